//! What the rows of a frame are about: all its terms, those of one force, or one of them.

use super::{Declared, text};
use crate::analysis::{Analysis, Group, Series};
use crate::codebook::{Codebook, Force};
use crate::count::{ALL_TERMS, TermTally};
use rustc_hash::FxHashMap;

/// The column that names them.
pub(super) const TERM: Declared = text(
    "term",
    "term of the codebook; `(all)` for the whole frame, `(loaded)` and `(neutral)` for its terms of that force, each hit counted once",
);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FrameItem {
    pub frame: u32,
    pub terms: Terms,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Terms {
    All,
    Of(Force),
    One(u32),
}

impl FrameItem {
    /// The items that a hit of a term counts for.
    pub fn of_term(codebook: &Codebook, number: u32) -> impl Iterator<Item = Self> {
        let term = &codebook.terms[number as usize];
        let all = [Terms::All, Terms::Of(term.force()), Terms::One(number)];
        term.frame.into_iter().flat_map(move |frame| all.map(|terms| Self { frame: frame.0, terms }))
    }

    pub fn series(self) -> Series {
        match self.terms {
            Terms::All => Series::Frame(self.frame),
            Terms::Of(force) => Series::Force(self.frame, force),
            Terms::One(term) => Series::Term(term),
        }
    }

    pub fn name<'a>(self, analysis: &Analysis<'a>) -> &'a str {
        match self.terms {
            Terms::All => ALL_TERMS,
            Terms::Of(force) => force.row(),
            Terms::One(term) => &analysis.codebook.terms[term as usize].term,
        }
    }

    pub fn tally(self, group: &Group<'_>) -> TermTally {
        match self.terms {
            Terms::All => group.counts.frames.get(self.frame),
            Terms::Of(force) => group.counts.forces.get((self.frame, force)),
            Terms::One(term) => group.counts.terms.get(term),
        }
        .unwrap_or_default()
    }

    /// The place in a frame's rows where those of loaded terms come first: loaded ones, neutral ones, all.
    pub fn loaded_first(self, codebook: &Codebook) -> (bool, Option<Force>, bool) {
        let force = match self.terms {
            Terms::All => None,
            Terms::Of(force) => Some(force),
            Terms::One(term) => Some(codebook.terms[term as usize].force()),
        };
        (force.is_none(), force, self.is_term())
    }

    pub fn is_term(self) -> bool {
        matches!(self.terms, Terms::One(_))
    }
}

/// What a group has of each item.
pub(super) fn tallies<'g>(
    group: &'g Group<'_>,
    codebook: &'g Codebook,
) -> impl Iterator<Item = (FrameItem, TermTally)> + 'g {
    let counts = &group.counts;
    let frames = counts.frames.iter().map(|(frame, tally)| (FrameItem { frame, terms: Terms::All }, tally));
    let of_force = |((frame, force), tally)| (FrameItem { frame, terms: Terms::Of(force) }, tally);
    let of_term = |(term, tally): (u32, TermTally)| {
        let frame = codebook.terms[term as usize].frame?.0;
        Some((FrameItem { frame, terms: Terms::One(term) }, tally))
    };
    frames.chain(counts.forces.iter().map(of_force)).chain(counts.terms.iter().filter_map(of_term))
}

/// The place of each item.
pub(super) fn places(items: &[FrameItem]) -> FxHashMap<FrameItem, usize> {
    items.iter().copied().zip(0..).collect()
}

/// The frames that occur in the corpus, each after those of its forces that occur.
pub(super) fn of_frames(analysis: &Analysis<'_>) -> Vec<FrameItem> {
    let mut items = items(analysis);
    items.retain(|item| !item.is_term());
    items.sort_by_key(|item| (analysis.frame_code(item.frame), item.loaded_first(analysis.codebook)));
    items
}

/// The frames that occur in the corpus, each followed by those of its forces and its terms that occur; a codebook that
/// says nothing of force has no rows of it.
pub(super) fn items(analysis: &Analysis<'_>) -> Vec<FrameItem> {
    let counts = &analysis.all().counts;
    let mut frames: Vec<u32> = counts.frames.keys().collect();
    frames.sort_by_key(|frame| analysis.frame_code(*frame));
    let terms = analysis.terms();
    let has_forces = analysis.codebook.has_forces();
    let mut items = Vec::new();
    for frame in frames {
        let occurs = |force: &Force| has_forces && counts.forces.contains_key((frame, *force));
        let forces = Force::ALL.into_iter().filter(occurs);
        let of_frame =
            terms.iter().filter(|term| analysis.codebook.terms[term.index()].frame.map(|f| f.0) == Some(frame));
        let of_frame = of_frame.filter(|term| counts.terms.contains_key(term.0));
        let all = std::iter::once(Terms::All);
        let all = all.chain(forces.map(Terms::Of)).chain(of_frame.map(|term| Terms::One(term.0)));
        items.extend(all.map(|terms| FrameItem { frame, terms }));
    }
    items
}
