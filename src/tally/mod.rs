//! Counts that travel: a corpus in, one line of JSON out; lines merge, and tables are made from the sum.
//!
//! Comes in: what the pipeline read, or lines that earlier tallies printed. Goes out: one line, the same bytes for the
//! same articles whatever the split, the order or the shape of the merge. Refused: a line that is broken, a line that
//! was made with another codebook, other options or another program, an article that two lines have.
//!
//! Everything is keyed by the codes of the codebook, so merging needs no codebook. A line has each code once, in the
//! sorted array `codes`; counts are columns of numbers that refer to it:
//!
//! ```text
//! {"about":{...},"bad_records":[[WHAT,HELP,N],...],"codes":[...],
//!  "counted":{ARTICLE:{"about":{...},"actors":COLUMNS,"terms":COLUMNS,"variants":COLUMNS,"targets":COLUMNS,"speakers":COLUMNS},...},
//!  "groups":[{"by":[...],"counts":{SECTION:COLUMNS,...},"first":COLUMNS},...],
//!  "parts":{NAME:ARTICLES,...},"words":{WORD:[GROUP,N,ARTICLES,...],...}}
//! ```
//!
//! `COLUMNS` is an array of arrays of the same length. The first has the keys, ascending, each as the difference from
//! the one before it; the others have the numbers that the section counts. A key is the place of a code in `codes`; the
//! key of several codes `a b c` is `(a * N + b) * N + c`, where `N` is the number of codes. `first` refers to the articles
//! by their place in the line. `about` has a digest of the whole line, so that a number that was changed is noticed.
//!
//! Why lines are read by hand (`scan`) and not by a `derive` of serde: a line of ten speeches, 331 kB, is scanned in 9.1
//! million instructions, and parsed into structs with arrays of numbers in 26.3 million (callgrind, release build). A merge
//! takes 78.9 million for each such line, 22 % more with serde; so the merge of 1,000 tallies of `docs/scale.md` would go
//! from 3.3 s of a core to 4.0 s, our limit. And a line would stand in memory once more, as numbers of eight bytes, before
//! it is added. What is small, as `about`, is read by serde.

mod article;
mod columns;
mod convert;
mod digest;
mod fingerprint;
mod merge;
mod name_table;
mod names;
mod numbered;
mod outputs;
mod parts;
mod read;
mod scan;
mod section;
mod sum;
mod write;

pub(crate) use fingerprint::Fingerprint;
pub use outputs::{TableJob, TablesWritten, write_tables};
pub use parts::PartSink;
pub use sum::sum;

use crate::analysis::same_texts;
use crate::corpus::ReadAs;
use crate::count::GroupKey;
use crate::error::{Error, Place, Result};
use article::TallyArticle;
use name_table::{NameKey, NameTable};
use rustc_hash::FxHashMap;
use section::Section;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a line calls itself.
const SCHEMA: &str = "framescope tally";
/// Changes whenever an older program would misread a line.
const VERSION: u64 = 6;

/// Mergeable counts. The default is the neutral element: it merges with any other tally and changes nothing.
#[derive(Debug, Default)]
pub struct Tally {
    /// How the articles were counted, and where that was read first; none before the first tally that was made.
    counted_by: Option<(Fingerprint, Arc<Place>)>,
    /// Records handed in: counted articles and bad records.
    articles_in: u64,
    /// In which ways the bytes were divided into them.
    read_as: BTreeSet<ReadAs>,
    /// By id.
    articles: BTreeMap<Arc<str>, TallyArticle>,
    /// How often a record could not be read, by fault and way out. Files and lines are not kept: they would tell how the
    /// corpus was split.
    bad_records: BTreeMap<[String; 2], u64>,
    groups: BTreeMap<GroupKey, TallyGroup>,
    /// Names of the parts with the ledger and zones, and how many articles each has.
    parts: BTreeMap<String, u64>,
    /// The names that everything is counted by.
    names: NameTable,
    lexicon: crate::segment::Lexicon,
}

/// The counts of one group.
#[derive(Debug, Default)]
struct TallyGroup {
    sections: BTreeMap<String, Section>,
    /// Of each entry of the codebook the first counted hit: article and raw byte.
    first: FxHashMap<NameKey, (Arc<str>, u64)>,
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

    /// The faults of the bad records, each with how often it was found.
    pub fn faults(&self) -> impl Iterator<Item = (crate::error::Fault, u64)> {
        self.bad_records.iter().map(|([what, help], n)| {
            let place = Place::default();
            (crate::error::Fault { place, what: what.clone(), help: help.clone() }, *n)
        })
    }

    /// How the articles were counted; `None` for the neutral element.
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        self.counted_by.as_ref().map(|(fingerprint, _)| fingerprint)
    }

    /// In which ways the bytes were divided into the records; more than one after a merge of several corpora.
    pub fn read_as(&self) -> &BTreeSet<ReadAs> {
        &self.read_as
    }

    /// The parts with the ledger and zones: name and number of articles.
    pub fn parts(&self) -> &BTreeMap<String, u64> {
        &self.parts
    }

    /// Articles that have the text of another one, each with the smallest id among those that have it.
    pub fn same_texts(&self) -> Vec<(&str, &str)> {
        let digests = self.articles.iter().map(|(id, article)| (id.as_ref(), article::text_digest(article)));
        same_texts(digests.filter(|(_, digest)| !digest.is_empty()))
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
            "the tally has {} ({} counted, {} bad), {expected} were expected; {}",
            counted(self.articles_in, "record"),
            self.articles_counted(),
            self.bad_records(),
            if self.articles_in < expected {
                "a partition is missing: look for a job that failed, or a tally that was not named"
            } else {
                "a partition is too many, or the number counts something else than the records of the corpus"
            }
        )))
    }
}

/// A number with its noun.
fn counted(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}

/// A sum that does not fit is no count any more.
#[inline]
fn checked_add(a: u64, b: u64) -> Result<u64> {
    a.checked_add(b).ok_or_else(|| {
        Error::Incompatible(format!("the tallies are too large to be added: {a} + {b} exceeds 64 bits; one is forged"))
    })
}
