//! Abbreviations: words whose full stop need not end a sentence. Data, from `abbreviations.csv`.

use crate::named::named;
use crate::normalise::fold::fold_key;
use rustc_hash::FxHashMap;

named! {
    /// Whether a sentence may end with an abbreviation.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum AbbreviationKind {
        /// Stands before a name or a word that it brings in and never ends a sentence (`Mr.`, `St.`, `vs.`).
        Title = "title",
        /// Ends a sentence only before a word that surely begins one. Written with a capital.
        Month = "month",
        /// Letters with full stops (`U.S.`): ends a sentence only before a word that surely begins one.
        Initialism = "initialism",
        /// Does not end a sentence before a number; elsewhere it is an ordinary word (`No.`, `Art.`).
        Number = "number",
        /// Ends a sentence only before a word that surely begins one (`Inc.`, `vs.`, `etc.`).
        Other = "other",
        /// No abbreviation: a word of saying. With its subject it continues the sentence of a quotation that ended in a full
        /// stop ("It is war!" Doe said).
        Speech = "speech",
    }
}

/// One row of `abbreviations.csv`.
#[derive(Debug, Clone)]
pub struct Abbreviation {
    /// With or without its last full stop.
    pub abbreviation: String,
    pub kind: AbbreviationKind,
    pub note: String,
    /// The row's line in the file, from 1.
    pub line: u64,
}

/// The rows, ready to be looked up.
#[derive(Debug, Clone, Default)]
pub struct Abbreviations {
    kinds: FxHashMap<Box<str>, AbbreviationKind>,
    longest: usize,
}

impl Abbreviations {
    /// # Errors
    /// Rows that are empty, hold a space or stand twice, with their lines and what is wrong with them.
    pub fn compile(rows: &[Abbreviation]) -> Result<Self, Vec<(u64, String)>> {
        let mut compiled = Self::default();
        let mut faults = Vec::new();
        for row in rows {
            let key = fold_key(&row.abbreviation);
            let key = key.strip_suffix('.').unwrap_or(&key);
            if key.is_empty() || key.contains(' ') {
                let what = format!("`{}` is no abbreviation: one word without spaces is needed", row.abbreviation);
                faults.push((row.line, what));
            } else if compiled.kinds.insert(key.into(), row.kind).is_some() {
                faults.push((row.line, format!("`{}` stands twice; delete one of the rows", row.abbreviation)));
            }
            compiled.longest = compiled.longest.max(key.len());
        }
        if faults.is_empty() { Ok(compiled) } else { Err(faults) }
    }

    /// The kind of a folded word without its last full stop.
    pub(super) fn kind(&self, word: &str) -> Option<AbbreviationKind> {
        if word.len() > self.longest { None } else { self.kinds.get(word).copied() }
    }
}
