//! The lint against a corpus: entries that do not occur in it, and names it has that the codebook does not know.

use super::names::{Candidates, UnknownName};
use super::{CodebookFiles, Finding, LintKind};
use crate::codebook::{AliasKind, Pattern};
use crate::corpus::CorpusOptions;
use crate::error::{Fault, Result};
use crate::inspect::inspect;
use crate::study::Study;
use crate::tag::Entry;
use std::collections::HashSet;
use std::ops::ControlFlow;

/// What a corpus shows about a codebook: entries that are never found, names that are missing.
#[derive(Debug, Clone, Default)]
pub struct CorpusUsage {
    /// Entries that neither counted nor were refused anywhere.
    pub dead: Vec<Finding>,
    /// Capitalised names that no entry knows, most frequent first.
    pub candidates: Vec<UnknownName>,
    pub articles: u64,
    /// Records that could not be read.
    pub left_out: Vec<Fault>,
}

/// Tries a codebook on a corpus.
///
/// # Errors
/// Whatever reading says.
pub fn usage(study: &Study, corpus: &CorpusOptions, folder: &str) -> Result<CorpusUsage> {
    let mut found: HashSet<Entry> = HashSet::new();
    let mut names = Candidates::new(&study.codebook)?;
    let mut articles = 0;
    let left_out = inspect(study, corpus, &mut |coded| {
        articles += 1;
        found.extend(coded.mentions.iter().map(|mention| mention.entry));
        found.extend(coded.rejected.iter().map(|rejected| rejected.entry));
        names.read(coded);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(CorpusUsage {
        dead: dead(study, &found, CodebookFiles { folder }),
        candidates: names.finish(),
        articles,
        left_out,
    })
}

fn dead(study: &Study, found: &HashSet<Entry>, files: CodebookFiles<'_>) -> Vec<Finding> {
    use crate::id::{AliasId, TermId, VariantId};
    let book = &study.codebook;
    let mut findings = Vec::new();
    let mut add = |entry: Entry, file: &str, line: u64, name: &str| {
        if !found.contains(&entry) {
            findings.push(files.finding(LintKind::Dead, (file, line), format!("`{name}` does not occur"), ""));
        }
    };
    for (at, alias) in book.aliases.iter().enumerate().filter(|(_, alias)| alias.kind != AliasKind::Mask) {
        add(Entry::Alias(AliasId::new(at)), "aliases.csv", alias.line, &alias.alias);
    }
    for (at, term) in book.terms.iter().enumerate().filter(|(_, term)| term.kind != Pattern::Mask) {
        add(Entry::Term(TermId::new(at)), "terms.csv", term.line, &term.term);
    }
    for (at, variant) in book.variants.iter().enumerate() {
        add(Entry::Variant(VariantId::new(at)), "pairs.csv", variant.line, &variant.term);
    }
    findings
}
