//! Each item's counts per article: what leave-one-out and dispersion are computed from.

use super::postings::Postings;
use crate::codebook::Codebook;
use crate::count::{FiledRecord, ItemKey};
use crate::id::ActorId;
use rustc_hash::FxHashMap;

/// What is counted per article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Series {
    Coded(u32),
    Rolled(u32),
    Frame(u32),
    Term(u32),
    Variant(u32),
}

/// The counts of the whole corpus, kept once: the articles are numbered group by group, so that a group is a range of
/// them, and rolled-up actors and frames are added up from their parts.
#[derive(Debug)]
pub(super) struct SeriesIndex {
    counts: FxHashMap<ItemKey, Postings>,
    rolled: FxHashMap<u32, Vec<ItemKey>>,
    frames: FxHashMap<u32, Vec<ItemKey>>,
}

impl SeriesIndex {
    pub fn new(codebook: &Codebook, articles: &[&FiledRecord]) -> Self {
        let mut counts: FxHashMap<ItemKey, Postings> = FxHashMap::default();
        for (article, number) in articles.iter().zip(0..) {
            for item in article.open().items.iter() {
                counts.entry(item.key).or_default().push(number, item.n);
            }
        }
        counts.values_mut().for_each(Postings::finish);
        let mut rolled: FxHashMap<u32, Vec<ItemKey>> = FxHashMap::default();
        let mut frames: FxHashMap<u32, Vec<ItemKey>> = FxHashMap::default();
        let mut keys: Vec<ItemKey> = counts.keys().copied().collect();
        keys.sort_unstable();
        for key in keys {
            match key {
                ItemKey::Actor(actor) => {
                    rolled.entry(codebook.rollup(ActorId(actor)).0).or_default().push(key);
                }
                ItemKey::Term(term) => {
                    if let Some(frame) = codebook.terms[term as usize].frame {
                        frames.entry(frame.0).or_default().push(key);
                    }
                }
                ItemKey::Variant(_) => {}
            }
        }
        Self { counts, rolled, frames }
    }

    /// Calls `take` with article and hits; an article may come several times.
    pub fn each(&self, of: Series, mut take: impl FnMut(u32, u32)) {
        let single;
        let members: &[ItemKey] = match of {
            Series::Rolled(actor) => self.rolled.get(&actor).map_or(&[], Vec::as_slice),
            Series::Frame(frame) => self.frames.get(&frame).map_or(&[], Vec::as_slice),
            Series::Coded(actor) => {
                single = [ItemKey::Actor(actor)];
                &single
            }
            Series::Term(term) => {
                single = [ItemKey::Term(term)];
                &single
            }
            Series::Variant(variant) => {
                single = [ItemKey::Variant(variant)];
                &single
            }
        };
        for counts in members.iter().filter_map(|key| self.counts.get(key)) {
            counts.iter().for_each(|(article, n)| take(article, n));
        }
    }
}
