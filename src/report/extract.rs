//! What a report shows beside counts: the hits with their sentences, and what was odd about the corpus.
//!
//! The extract of a corpus is the sum of those of its pieces, in whatever order they are added.

use super::texts::Texts;
use crate::corpus::{CorpusOptions, Warning};
use crate::error::{Fault, Place};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extract {
    pub findings: CorpusFindings,
    pub texts: Texts,
}

/// What was odd about a corpus. Places are relative to it: where it lies is this machine's business.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorpusFindings {
    /// Records that could not be read, by place.
    pub left_out: Vec<Fault>,
    /// By kind and place.
    pub warnings: Vec<Warning>,
    /// About articles that were read nevertheless, by place.
    pub notes: Vec<Fault>,
}

impl Extract {
    /// Adds what other articles gave.
    pub fn merge(&mut self, other: Self) {
        self.findings.merge(other.findings);
        self.texts.merge(other.texts);
    }
}

impl CorpusFindings {
    pub fn of(corpus: &CorpusOptions, left_out: &[Fault], warnings: &[Warning], notes: &[Fault]) -> Self {
        let inside = |fault: &Fault| Fault { place: corpus.place_inside(&fault.place), ..fault.clone() };
        let mut findings = Self {
            left_out: left_out.iter().map(inside).collect(),
            warnings: warnings.iter().map(|w| Warning { kind: w.kind, fault: inside(&w.fault) }).collect(),
            notes: notes.iter().map(inside).collect(),
        };
        findings.sort();
        findings
    }

    fn sort(&mut self) {
        self.left_out.sort();
        self.warnings.sort();
        self.notes.sort();
    }

    fn merge(&mut self, other: Self) {
        self.left_out.extend(other.left_out);
        self.warnings.extend(other.warnings);
        self.notes.extend(other.notes);
        self.sort();
    }

    /// Completes the records left out to those that were counted: what only the counts know has no place.
    ///
    /// # Errors
    /// A fault that is here more often than it was counted.
    pub fn complete(&mut self, counted: &[Fault]) -> Result<(), String> {
        let mut missing: BTreeMap<(&str, &str), u64> = BTreeMap::new();
        for fault in counted {
            *missing.entry((&fault.what, &fault.help)).or_default() += 1;
        }
        for fault in &self.left_out {
            match missing.get_mut(&(fault.what.as_str(), fault.help.as_str())) {
                Some(n) if *n > 0 => *n -= 1,
                Some(_) | None => return Err(format!("`{}` was counted less often", fault.what)),
            }
        }
        let mut placeless = Vec::new();
        for ((what, help), n) in missing {
            for _ in 0..n {
                placeless.push(Fault { place: Place::default(), what: what.into(), help: help.into() });
            }
        }
        self.left_out.extend(placeless);
        self.sort();
        Ok(())
    }

    pub(super) fn total(&self) -> usize {
        self.left_out.len() + self.warnings.len() + self.notes.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::Input;
    use std::path::Path;

    fn fault(file: &str, line: u64, what: &str) -> Fault {
        Fault { place: Place::at(Path::new(file), line, 0), what: what.into(), help: String::new() }
    }

    #[test]
    fn findings_of_pieces_are_those_of_the_whole_and_forget_where_the_corpus_lies() {
        let corpus = CorpusOptions { inputs: vec![Input::Path("/data/corpus".into())], ..CorpusOptions::default() };
        let faults = [fault("/data/corpus/b", 2, "x"), fault("/data/corpus/a", 9, "y"), fault("/else/c", 1, "z")];
        let whole = CorpusFindings::of(&corpus, &faults, &[], &faults[1..]);
        let places: Vec<&str> = whole.left_out.iter().map(|fault| fault.place.file.as_str()).collect();
        assert_eq!(places, ["a", "b", "c"]);
        let mut merged = CorpusFindings::of(&corpus, &faults[2..], &[], &faults[2..]);
        merged.merge(CorpusFindings::of(&corpus, &faults[..2], &[], &faults[1..2]));
        assert_eq!(merged, whole);
    }

    #[test]
    fn what_only_the_counts_know_is_reported_without_a_place() {
        let known = fault("a", 3, "x");
        let mut findings = CorpusFindings { left_out: vec![known.clone()], ..CorpusFindings::default() };
        let counted = [fault("", 0, "x"), fault("", 0, "x"), fault("", 0, "y")];
        findings.complete(&counted).unwrap();
        assert_eq!(findings.left_out, [fault("", 0, "x"), fault("", 0, "y"), known]);
        assert!(findings.complete(&counted[..1]).is_err());
    }
}
