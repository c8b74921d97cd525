//! Counts that travel: a corpus in, one line of JSON out; lines merge, and tables are made from the sum.
//!
//! Comes in: what the pipeline read, or lines that earlier tallies printed. Goes out: one line, the same bytes for the
//! same articles whatever the split, the order or the shape of the merge. Refused: a line that is broken, a line that
//! was made with another codebook, other options or another program, an article that two lines have.
//!
//! Everything is keyed by the codes of the codebook, so merging needs no codebook, and a line can be read by eye.

mod convert;
mod fingerprint;
mod json;
mod names;
mod outputs;

mod read;
mod record;
mod section;
mod write;

pub use fingerprint::Fingerprint;
pub use outputs::{TableJob, TablesWritten, write_tables};

use crate::corpus::ReadAs;
use crate::count::GroupKey;
use crate::error::{Error, Place, Result};
use rustc_hash::FxHashMap;
use section::Numbers;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// What a line calls itself.
const SCHEMA: &str = "framescope tally";
/// Changes whenever an older program would misread a line.
const VERSION: u64 = 2;

/// Mergeable counts. The default is the neutral element: it merges with any other tally and changes nothing.
#[derive(Debug, Default)]
pub struct Tally {
    /// How the articles were counted; none before the first one that was.
    fingerprint: Option<Fingerprint>,
    /// Records handed in: counted articles and bad records.
    articles_in: u64,
    /// In which ways they were told from bytes.
    read_as: BTreeSet<ReadAs>,
    /// By id; what is known of each, as JSON that merging does not look into.
    articles: BTreeMap<String, Box<RawValue>>,
    /// How often a record could not be read, by fault and way out. Files and lines are not kept: they would tell how the
    /// corpus was split.
    bad_records: BTreeMap<[String; 2], u64>,
    groups: BTreeMap<GroupKey, Group>,
    /// Names of the parts with the ledger and zones, and how many articles each has.
    parts: BTreeMap<String, u64>,
    lexicon: crate::count::Lexicon,
}

/// The counts of one group.
#[derive(Debug, Default)]
struct Group {
    sections: BTreeMap<String, FxHashMap<Box<str>, Numbers>>,
    /// Of each entry of the codebook the first counted hit: article and raw byte.
    first: FxHashMap<Box<str>, (String, u64)>,
    /// By number in the lexicon: occurrences and articles.
    words: FxHashMap<u32, [u64; 2]>,
}

impl Tally {
    /// Records handed in.
    pub fn articles_in(&self) -> u64 {
        self.articles_in
    }

    /// Articles that were counted.
    pub fn articles_counted(&self) -> u64 {
        self.articles.len() as u64
    }

    /// Records that could not be read.
    pub fn bad_records(&self) -> u64 {
        self.bad_records.values().fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// The faults of the bad records, each with how often it was met.
    pub fn faults(&self) -> impl Iterator<Item = (crate::error::Fault, u64)> {
        self.bad_records.iter().map(|([what, help], n)| {
            let place = Place::default();
            (crate::error::Fault { place, what: what.clone(), help: help.clone() }, *n)
        })
    }

    /// How the articles were counted; `None` for the neutral element.
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        self.fingerprint.as_ref()
    }

    /// In which ways the records were told from bytes; more than one when the tallies of several corpora were merged.
    pub fn read_as(&self) -> &BTreeSet<ReadAs> {
        &self.read_as
    }

    /// The parts with the ledger and zones: name and number of articles.
    pub fn parts(&self) -> &BTreeMap<String, u64> {
        &self.parts
    }

    /// Names a part that holds the ledger and zones of articles of this tally.
    pub fn add_part(&mut self, name: String, articles: u64) {
        self.parts.insert(name, articles);
    }

    /// Refuses a tally that a partition is missing from.
    ///
    /// # Errors
    /// Another number of records than expected.
    pub fn expect_articles(&self, expected: u64) -> Result<()> {
        if self.articles_in == expected {
            return Ok(());
        }
        Err(Error::Incompatible(format!(
            "the tally has {} articles ({} counted, {} bad records), {expected} were expected; a partition is {}",
            self.articles_in,
            self.articles_counted(),
            self.bad_records(),
            if self.articles_in < expected { "missing: look for a job that failed" } else { "too many" }
        )))
    }
}

/// A sum that does not fit is no count any more.
fn checked_add(a: u64, b: u64) -> std::result::Result<u64, Error> {
    a.checked_add(b).ok_or_else(|| {
        Error::Incompatible(format!("the tallies are too large to be added: {a} + {b} exceeds 64 bits; one is forged"))
    })
}
