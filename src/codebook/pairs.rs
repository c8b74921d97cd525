//! `pairs.csv`: contested naming pairs, one object under two or more names.

use super::about::actor_list;
use super::aliases::{DateRange, dates};
use super::rows::{CsvFile, YES_OR_NO};
use crate::error::Fault;
use crate::id::{ActorId, PairId};
use crate::normalise::fold::fold_key;
use std::collections::HashMap;

#[derive(Debug, Clone)]
pub struct Pair {
    pub code: String,
    /// What is named, in words.
    pub object: String,
}

/// One name of the object of a pair, and whose usage it is.
#[derive(Debug, Clone)]
pub struct Variant {
    pub pair: PairId,
    pub pole: String,
    pub term: String,
    /// Actors of whom one, or one under them, must be named in the sentence; empty: none need be.
    pub near: Vec<ActorId>,
    /// Days of the articles in which the name means the object.
    pub dates: DateRange,
    /// Said by the author: the words mean the object wherever they stand.
    pub alone: bool,
    pub line: u64,
}

impl Variant {
    /// Whether the words have a capital letter or a number.
    pub fn is_name(&self) -> bool {
        self.term.chars().any(|c| c.is_uppercase() || c.is_numeric())
    }

    /// Whether the words are ordinary ones (no capital letter) and nothing says when they mean the object.
    pub fn is_unconditional_word(&self) -> bool {
        !self.is_name() && !self.alone && self.near.is_empty() && self.dates.is_open()
    }
}

const COLUMNS: [&str; 9] = ["pair", "object", "pole", "term", "near", "from", "to", "alone", "note"];

pub(super) fn parse(
    file: &CsvFile,
    actors: &HashMap<&str, ActorId>,
    faults: &mut Vec<Fault>,
) -> (Vec<Pair>, Vec<Variant>) {
    let rows = file.rows(&COLUMNS, 4, faults);
    let (mut pairs, mut variants): (Vec<Pair>, Vec<Variant>) = (Vec::new(), Vec::new());
    let mut seen: HashMap<(PairId, String), u64> = HashMap::new();
    for row in &rows {
        let (Some(code), Some(pole), Some(term)) =
            (row.code(file, 0, "pair", faults), row.code(file, 2, "pole", faults), row.filled(file, 3, "term", faults))
        else {
            continue;
        };
        if let Err(message) = file.check_pattern(term, super::Pattern::Literal) {
            faults.push(row.fault(file, 3, format!("name `{term}`: {message}"), ""));
            continue;
        }
        let pair = match pairs.iter().position(|pair| pair.code == code) {
            Some(at) => PairId::new(at),
            None => {
                pairs.push(Pair { code: code.clone(), object: row.take(1) });
                PairId::new(pairs.len() - 1)
            }
        };
        let first = &pairs[pair.index()].object;
        if !row.cell(1).is_empty() && row.cell(1) != first {
            let what = format!("pair `{code}` has the object `{first}` above and `{}` here", row.cell(1));
            faults.push(row.fault(file, 1, what, "one pair names one object"));
        }
        if let Some(line) = seen.insert((pair, fold_key(term)), row.line) {
            faults.push(row.fault(
                file,
                3,
                format!("`{term}` stands twice in pair `{code}`"),
                format!("first in line {line}"),
            ));
            continue;
        }
        variants.push(Variant {
            pair,
            pole,
            term: term.to_owned(),
            near: actor_list(file, row, 4, actors, faults),
            dates: dates(file, row, [5, 6], faults),
            alone: row.choice(file, 7, "value of `alone`", &YES_OR_NO, faults).unwrap_or(false),
            line: row.line,
        });
    }
    (pairs, variants)
}
