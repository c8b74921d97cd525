//! Each item's counts per article: what leave-one-out and dispersion are computed from.

use super::GroupArticles;
use super::postings::Postings;
use crate::codebook::{Codebook, Force};
use crate::count::ItemKey;
use crate::id::ActorId;
use rustc_hash::FxHashMap;

/// What is counted per article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Series {
    Coded(u32),
    Rolled(u32),
    Frame(u32),
    /// The terms of a frame that have one force.
    Force(u32, Force),
    Term(u32),
    Variant(u32),
    /// Hits of a frame about an actor.
    Target {
        frame: u32,
        actor: u32,
    },
    /// What a speaker is quoted with: the number of the actor plus 1, or 0 where the speaker is not known.
    Speaker(u32),
}

/// The counts of the whole corpus, kept once: the articles are numbered group by group, so that a group is a range of
/// them, and rolled-up actors and frames are added up from their parts.
#[derive(Debug)]
pub(super) struct SeriesIndex {
    counts: FxHashMap<ItemKey, Postings>,
    rolled: FxHashMap<u32, Vec<ItemKey>>,
    frames: FxHashMap<u32, Vec<ItemKey>>,
    forces: FxHashMap<(u32, Force), Vec<ItemKey>>,
}

impl SeriesIndex {
    pub fn new(codebook: &Codebook, articles: &GroupArticles<'_>) -> Self {
        let mut counts: FxHashMap<ItemKey, Postings> = FxHashMap::default();
        for (article, number) in articles.iter().zip(0..) {
            for item in article.open().items.iter() {
                counts.entry(item.key).or_default().push(number, &item.counts);
            }
        }
        counts.values_mut().for_each(Postings::finish);
        let mut rolled: FxHashMap<u32, Vec<ItemKey>> = FxHashMap::default();
        let mut frames: FxHashMap<u32, Vec<ItemKey>> = FxHashMap::default();
        let mut forces: FxHashMap<(u32, Force), Vec<ItemKey>> = FxHashMap::default();
        let mut keys: Vec<ItemKey> = counts.keys().copied().collect();
        keys.sort_unstable();
        for key in keys {
            match key {
                ItemKey::Actor(actor) => {
                    rolled.entry(codebook.rollup(ActorId(actor)).0).or_default().push(key);
                }
                ItemKey::Term(term) => {
                    let term = &codebook.terms[term as usize];
                    if let Some(frame) = term.frame {
                        frames.entry(frame.0).or_default().push(key);
                        forces.entry((frame.0, term.force())).or_default().push(key);
                    }
                }
                ItemKey::Variant(_) | ItemKey::Target { .. } | ItemKey::Speaker(_) => {}
            }
        }
        Self { counts, rolled, frames, forces }
    }

    /// The frames and actors that hits of the frame are about, in no order that matters.
    pub fn targets(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.counts.keys().filter_map(|key| match key {
            ItemKey::Target { frame, actor } => Some((*frame, *actor)),
            ItemKey::Actor(_) | ItemKey::Term(_) | ItemKey::Variant(_) | ItemKey::Speaker(_) => None,
        })
    }

    /// Those who are given the word, in no order that matters.
    pub fn speakers(&self) -> impl Iterator<Item = u32> + '_ {
        self.counts.keys().filter_map(|key| match key {
            ItemKey::Speaker(speaker) => Some(*speaker),
            ItemKey::Actor(_) | ItemKey::Term(_) | ItemKey::Variant(_) | ItemKey::Target { .. } => None,
        })
    }

    /// The postings that are added up to a series.
    pub fn of(&self, series: Series) -> Vec<&Postings> {
        let single;
        let members: &[ItemKey] = match series {
            Series::Rolled(actor) => self.rolled.get(&actor).map_or(&[], Vec::as_slice),
            Series::Frame(frame) => self.frames.get(&frame).map_or(&[], Vec::as_slice),
            Series::Force(frame, force) => self.forces.get(&(frame, force)).map_or(&[], Vec::as_slice),
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
            Series::Target { frame, actor } => {
                single = [ItemKey::Target { frame, actor }];
                &single
            }
            Series::Speaker(speaker) => {
                single = [ItemKey::Speaker(speaker)];
                &single
            }
        };
        members.iter().filter_map(|key| self.counts.get(key)).collect()
    }
}
