//! What keyness and dispersion are about: the items of each layer, by name, with their counts in a group.

use super::CsvNames;
use super::frame_item::{self, FrameItem, Terms};
use crate::analysis::{Analysis, Group, Series};
use crate::codebook::Force;
use crate::count::{ActorTally, Level};
use crate::named::named;

named! {
    /// A layer of `keyness.csv` and `dispersion.csv`, in the order in which they are written.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Layer {
        /// Actors, on the level of `--level`.
        Actor = "actor",
        /// The terms of a frame that have one force, as `frame/(loaded)`.
        Force = "force",
        /// Frames, each hit of a frame once.
        Frame = "frame",
        /// Variants of naming pairs, as `pair/variant`.
        Naming = "naming",
        /// Terms, as `frame/term`.
        Term = "term",
        /// Words.
        Word = "word",
    }
}

impl Layer {
    /// The layers whose items come from the codebook: those that are counted article by article.
    pub const CODED: [Self; 5] = [Self::Actor, Self::Force, Self::Frame, Self::Naming, Self::Term];

    /// Those of them that are a profile of a group: the forces of some frames are a part of the frames.
    pub const PROFILES: [Self; 4] = [Self::Actor, Self::Frame, Self::Naming, Self::Term];
}

/// Actors, frames, variants, terms or words, by name.
#[derive(Debug, Default)]
pub(super) struct Items {
    pub names: CsvNames,
    /// Their numbers in the codebook or the lexicon.
    pub numbers: Vec<u32>,
}

impl Items {
    fn sorted<N: AsRef<str> + Ord>(mut items: Vec<(N, u32)>) -> Self {
        items.sort_unstable();
        items.into_iter().collect()
    }
}

impl<N: AsRef<str>> FromIterator<(N, u32)> for Items {
    fn from_iter<I: IntoIterator<Item = (N, u32)>>(items: I) -> Self {
        let mut all = Self::default();
        for (name, number) in items {
            all.names.push(name.as_ref());
            all.numbers.push(number);
        }
        all
    }
}

/// The items of a layer that occur in the corpus, by name.
pub(super) fn items(layer: Layer, analysis: &Analysis<'_>) -> Items {
    let counts = &analysis.all().counts;
    let book = analysis.codebook;
    match layer {
        Layer::Actor => Items::sorted(
            actors(analysis.all(), analysis.options.level)
                .filter(|(_, tally)| tally.n() > 0)
                .map(|(actor, _)| (analysis.actor_code(actor), actor))
                .collect(),
        ),
        Layer::Force => {
            let name = |item: FrameItem| {
                let Terms::Of(force) = item.terms else { return None };
                let name = format!("{}/{}", analysis.frame_code(item.frame), item.name(analysis));
                Some((name, number_of((item.frame, force))))
            };
            Items::sorted(frame_item::of_frames(analysis).into_iter().filter_map(name).collect())
        }
        Layer::Frame => Items::sorted(counts.frames.keys().map(|frame| (analysis.frame_code(frame), frame)).collect()),
        Layer::Naming => {
            let name = |number: u32| {
                let variant = &book.variants[number as usize];
                let pair = &book.pairs[variant.pair.index()].code;
                (format!("{pair}/{}", variant.term), number)
            };
            Items::sorted(counts.variants.keys().map(name).collect())
        }
        Layer::Term => {
            let name = |item: FrameItem| {
                let Terms::One(number) = item.terms else { return None };
                Some((format!("{}/{}", analysis.frame_code(item.frame), item.name(analysis)), number))
            };
            Items::sorted(frame_item::items(analysis).into_iter().filter_map(name).collect())
        }
        Layer::Word => analysis.words.iter().collect(),
    }
}

/// The counts of a layer's items in a group, by number.
pub(super) fn counts(layer: Layer, group: &Group<'_>, analysis: &Analysis<'_>) -> Vec<u64> {
    let book = analysis.codebook;
    let counts = &group.counts;
    let spread = |length: usize, counts: &mut dyn Iterator<Item = (u32, u64)>| {
        let mut spread = vec![0; length];
        for (number, n) in counts {
            spread[number as usize] = n;
        }
        spread
    };
    match layer {
        Layer::Actor => {
            let mut n = actors(group, analysis.options.level).map(|(actor, tally)| (actor, tally.n()));
            spread(book.actors.len(), &mut n)
        }
        Layer::Force => {
            let mut n = counts.forces.iter().map(|(of, tally)| (number_of(of), tally.voices.n()));
            spread(book.frames.len() * Force::ALL.len(), &mut n)
        }
        Layer::Frame => {
            spread(book.frames.len(), &mut counts.frames.iter().map(|(frame, tally)| (frame, tally.voices.n())))
        }
        Layer::Naming => {
            spread(book.variants.len(), &mut counts.variants.iter().map(|(variant, tally)| (variant, tally.n)))
        }
        Layer::Term => spread(book.terms.len(), &mut counts.terms.iter().map(|(term, tally)| (term, tally.voices.n()))),
        Layer::Word => spread(analysis.words.len(), &mut counts.vocabulary.iter().map(|(word, tally)| (word, tally.n))),
    }
}

/// The item's counts per article; `None` for words, which are counted per group only.
pub(super) fn series(layer: Layer, number: u32, level: Level) -> Option<Series> {
    match (layer, level) {
        (Layer::Actor, Level::Coded) => Some(Series::Coded(number)),
        (Layer::Actor, Level::Rolled) => Some(Series::Rolled(number)),
        (Layer::Force, _) => {
            let force = Force::ALL[number as usize % Force::ALL.len()];
            Some(Series::Force(number / Force::ALL.len() as u32, force))
        }
        (Layer::Frame, _) => Some(Series::Frame(number)),
        (Layer::Naming, _) => Some(Series::Variant(number)),
        (Layer::Term, _) => Some(Series::Term(number)),
        (Layer::Word, _) => None,
    }
}

/// The number of a frame's force among those of all frames.
fn number_of((frame, force): (u32, Force)) -> u32 {
    frame * Force::ALL.len() as u32 + force as u32
}

fn actors<'g>(group: &'g Group<'_>, level: Level) -> impl Iterator<Item = (u32, ActorTally)> + 'g {
    let table = match level {
        Level::Coded => &group.counts.coded,
        Level::Rolled => &group.counts.rolled,
    };
    table.iter()
}
