//! The lint: a codebook that parses in, [`Finding`]s out: entries that cannot do what their author wants.
//!
//! What can be proved by trying is tried: each entry's own spelling is tagged with the whole codebook, and the entry
//! must win it.

mod corpus;
mod guards;
mod names;
mod rows;
mod spellings;
mod suggest;
mod trial;
mod unused;

pub use corpus::{CorpusUsage, usage};
pub use names::{Candidates, UnknownName};
pub use suggest::{Suggestions, TermCandidate, suggest};

use crate::codebook::Codebook;
use crate::error::{Fault, Place, Result};
use crate::named::named;

/// Everyday words: none is a name by itself, and no term begins or ends with one.
const COMMON: &str = include_str!("common.txt");

named! {
    /// What is wrong with an entry.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum LintKind: meaning {
        /// Two entries that contradict each other.
        Contradictory = "contradictory": "entries that contradict each other",
        /// It can never match, or a guard of it never applies.
        Unmatchable = "unmatchable": "entries or guards that can never match",
        /// Other entries take every hit of it.
        Shadowed = "shadowed": "entries whose every hit another entry takes",
        /// It says again what another entry says.
        Duplicate = "duplicate": "entries that say again what another one says",
        /// It matches ordinary words.
        Ordinary = "ordinary": "entries that match ordinary words",
        /// Nothing refers to it.
        Unused = "unused": "actors, frames and pairs that no entry refers to",
        /// It lacks what the other entries have.
        Incomplete = "incomplete": "entries that lack what the other entries have",
        /// It does not occur in the corpus.
        Dead = "dead": "entries that do not occur in the corpus",
    }
}

/// Something the lint has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub kind: LintKind,
    pub fault: Fault,
}

/// The files of a codebook, for places.
#[derive(Debug, Clone, Copy)]
struct CodebookFiles<'a> {
    folder: &'a str,
}

impl CodebookFiles<'_> {
    fn finding(
        self,
        kind: LintKind,
        (file, line): (&str, u64),
        what: impl Into<String>,
        help: impl Into<String>,
    ) -> Finding {
        let place = Place { file: format!("{}/{file}", self.folder), line, column: 0 };
        Finding { kind, fault: Fault { place, what: what.into(), help: help.into() } }
    }
}

/// Checks a codebook. `folder` is its name in the places of the findings.
///
/// # Errors
/// A codebook that cannot be compiled; a parsed one can.
pub fn lint(codebook: &Codebook, folder: &str) -> Result<Vec<Finding>> {
    let files = CodebookFiles { folder };
    let mut findings = Vec::new();
    trial::check(codebook, files, &mut findings)?;
    guards::check(codebook, files, &mut findings);
    rows::check(codebook, files, &mut findings);
    unused::check(codebook, files, &mut findings);
    findings.sort_by(|a, b| (a.kind, &a.fault.place).cmp(&(b.kind, &b.fault.place)));
    Ok(findings)
}
