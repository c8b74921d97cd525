//! Co-occurrence in one coding unit.

use super::distances::Distances;
use super::sums::{merged, numbers};
use super::tally_map::TallyMap;
use crate::named::named;
use rustc_hash::FxHashMap;

/// The stretch of text within which two things occur together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CodingUnit {
    Sentence,
    Paragraph,
    Article,
    /// Pairs of mentions whose first words are at most this many words apart, within one paragraph.
    Window(u32),
}

impl CodingUnit {
    /// The units of a run that names none.
    pub const DEFAULT: [Self; 3] = [Self::Sentence, Self::Paragraph, Self::Article];

    pub fn name(self) -> String {
        match self {
            Self::Sentence => "sentence".into(),
            Self::Paragraph => "paragraph".into(),
            Self::Article => "article".into(),
            Self::Window(words) => format!("window:{words}"),
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "sentence" => Some(Self::Sentence),
            "paragraph" => Some(Self::Paragraph),
            "article" => Some(Self::Article),
            _ => {
                let words: u32 = name.strip_prefix("window:")?.parse().ok()?;
                (1..=1000).contains(&words).then_some(Self::Window(words))
            }
        }
    }
}

named! {
    /// Which actors co-occurrence is between.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Level {
        /// As the codebook codes them.
        Coded = "coded",
        /// Rolled up to the last parent.
        Rolled = "rolled",
    }
}

/// Whether demonyms ("Armenian") count as naming the actor in co-occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demonyms {
    Counted,
    Ignored,
}

numbers! {
    /// Units in which a pair occurs, and the articles they lie in.
    pub struct PairTally {
        pub observed: u64,
        /// Units with a hit of the frame in the article's own voice (actor x frame only).
        pub observed_own: u64,
        /// Units with a hit of the frame in any other voice (actor x frame only).
        pub observed_not_own: u64,
        pub articles: u64,
    }
}

/// Two numbers; of two things of one kind the smaller one first.
pub type PairKey = (u32, u32);

/// The pairs of one coding unit in one group.
pub type Pairs = TallyMap<Distances<PairKey, PairTally>>;

merged! {
    /// The counts of one coding unit in one group. In a window, `units` are words and marginals are mentions.
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct UnitCounts {
        pub units: u64,
        pub actors: FxHashMap<u32, u64>,
        pub frames: FxHashMap<u32, u64>,
        pub actor_pairs: Pairs,
        pub frame_pairs: Pairs,
        /// (actor, frame).
        pub actor_frames: Pairs,
    }
}

impl UnitCounts {
    /// Puts the pairs into few bytes.
    pub(super) fn pack(&mut self) {
        [&mut self.actor_pairs, &mut self.frame_pairs, &mut self.actor_frames].into_iter().for_each(Pairs::pack);
    }
}
