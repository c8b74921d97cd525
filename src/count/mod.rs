//! Stage 7, count: coded articles in, [`Counts`] out.
//!
//! `Counts` holds integers only and merges in any order to the same value. From that come parallel runs with the same
//! bytes at any number of threads, reruns on added articles, and runs on many machines.

mod articles;
mod columns;
mod counter;
mod distances;
mod group;
mod items;
mod pair_table;
mod record;
mod scratch;
mod sums;
mod tallies;
mod tally_map;
mod together;
mod unit;
mod usage;
mod usages;
mod vocabulary;
mod waiting;
mod waiting_items;
mod window;
mod words;

pub(crate) use articles::Shelf;
pub use articles::{Articles, FiledRecord};
pub use counter::{CountOptions, Counter};
pub(crate) use group::Occurrence;
pub use group::{ActorTally, GroupCounts, RoleTally, TermTally, UsageTally, VariantTally, VoiceTally};
pub use items::PackedItems;
pub use record::{ArticleRecord, Counted, HitCounts, ItemKey, ItemRecord, Said};
pub(crate) use sums::Numbers;
pub use tallies::Tallies;
pub use unit::{CodingUnit, Demonyms, Level, PairKey, PairTally, Pairs, UnitCounts};
pub use usages::Usages;
pub use vocabulary::{Vocabulary, WordTally};

use crate::error::Fault;
use crate::segment::Lexicon;
use std::collections::BTreeMap;

/// The values of the `--by` columns that make one group.
pub type GroupKey = Vec<String>;

/// The value of every `--by` column in the row of the whole corpus.
pub const ALL: &str = "ALL";
/// Space that a buffer keeps from one article to the next at most: what a long article took would be held while its rows are
/// written.
const MOST_KEPT: usize = 1 << 16;
/// A `--by` value that an article does not have.
pub(crate) const NONE: &str = "(none)";
/// The term of the row over all terms of a frame.
pub(crate) const ALL_TERMS: &str = "(all)";

/// Everything counted in a corpus: integers per group, and a short record per article.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// The words that the groups' vocabularies count.
    pub lexicon: Lexicon,
    pub groups: BTreeMap<GroupKey, GroupCounts>,
    pub articles: Articles,
    /// Records that could not be read, with their places.
    pub bad_records: Vec<Fault>,
}

/// What can be added up.
pub trait Merge {
    fn merge(&mut self, other: &Self);
}

impl Counts {
    /// Adds what another worker or another run counted.
    pub fn absorb(&mut self, mut other: Self) {
        if self.groups.is_empty() && self.lexicon.is_empty() {
            self.lexicon = std::mem::take(&mut other.lexicon);
            self.groups = std::mem::take(&mut other.groups);
        } else {
            let numbers = self.lexicon.absorb(&other.lexicon);
            for (key, mut counts) in other.groups {
                counts.vocabulary = counts.vocabulary.renumbered(&numbers);
                match self.groups.entry(key) {
                    std::collections::btree_map::Entry::Occupied(mut entry) => {
                        entry.get_mut().merge(&counts);
                        entry.get_mut().pack();
                    }
                    std::collections::btree_map::Entry::Vacant(entry) => {
                        counts.pack();
                        entry.insert(counts);
                    }
                }
            }
        }
        self.articles.absorb(other.articles);
        self.bad_records.extend(other.bad_records);
        self.bad_records.sort_by(|a, b| a.place.cmp(&b.place));
    }
}
