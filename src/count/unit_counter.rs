//! Counts what occurs together in the units of one article, in small tables that stay in the cache; at the article's
//! end they are added to the group's.

use super::Merge;
use super::unit::{PairTally, UnitCounts};
use rustc_hash::FxHashMap;

/// What co-occurrence is between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Thing {
    Actor(u32),
    Frame(u32),
}

/// Whether a framing hit stands in the article's own voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Own {
    Yes,
    No,
}

#[derive(Debug, Default)]
pub(super) struct UnitCounter {
    /// What the unit holds so far, each once; a frame with its voices.
    actors: Vec<u32>,
    frames: Vec<(u32, [u64; 2])>,
    actor_pairs: FxHashMap<(u32, u32), PairTally>,
    frame_pairs: FxHashMap<(u32, u32), PairTally>,
    actor_frames: FxHashMap<(u32, u32), PairTally>,
}

impl UnitCounter {
    /// Notes a mention in the current unit.
    pub fn meet(&mut self, thing: Thing, own: Own) {
        match thing {
            Thing::Actor(actor) => {
                if !self.actors.contains(&actor) {
                    self.actors.push(actor);
                }
            }
            Thing::Frame(frame) => match self.frames.iter_mut().find(|(known, _)| *known == frame) {
                Some((_, voices)) => voices[own as usize] = 1,
                None => {
                    let mut voices = [0; 2];
                    voices[own as usize] = 1;
                    self.frames.push((frame, voices));
                }
            },
        }
    }

    /// Counts the current unit: each thing once, each pair once.
    pub fn finish_unit(&mut self, into: &mut UnitCounts) {
        for (at, a) in self.actors.iter().enumerate() {
            *into.actors.entry(*a).or_default() += 1;
            for b in &self.actors[at + 1..] {
                self.actor_pairs.entry(((*a).min(*b), (*a).max(*b))).or_default().observed += 1;
            }
            for (frame, voices) in &self.frames {
                let tally = self.actor_frames.entry((*a, *frame)).or_default();
                tally.observed += 1;
                tally.observed_own += voices[Own::Yes as usize];
                tally.observed_not_own += voices[Own::No as usize];
            }
        }
        for (at, (a, _)) in self.frames.iter().enumerate() {
            *into.frames.entry(*a).or_default() += 1;
            for (b, _) in &self.frames[at + 1..] {
                self.frame_pairs.entry(((*a).min(*b), (*a).max(*b))).or_default().observed += 1;
            }
        }
        self.actors.clear();
        self.frames.clear();
    }

    /// Counts one pair of mentions in a window. Two mentions of one thing are no pair.
    pub fn pair(&mut self, a: (Thing, Own), b: (Thing, Own)) {
        let (first, second) = if a.0 <= b.0 { (a, b) } else { (b, a) };
        match (first.0, second.0) {
            (x, y) if x == y => {}
            (Thing::Actor(x), Thing::Actor(y)) => self.actor_pairs.entry((x, y)).or_default().observed += 1,
            (Thing::Frame(x), Thing::Frame(y)) => self.frame_pairs.entry((x, y)).or_default().observed += 1,
            (Thing::Actor(x), Thing::Frame(y)) => {
                let tally = self.actor_frames.entry((x, y)).or_default();
                tally.observed += 1;
                tally.observed_own += u64::from(second.1 == Own::Yes);
                tally.observed_not_own += u64::from(second.1 == Own::No);
            }
            // Actors sort before frames.
            (Thing::Frame(_), Thing::Actor(_)) => {}
        }
    }

    /// Adds the article's pairs to the group's, each with one article.
    pub fn finish_article(&mut self, into: &mut UnitCounts) {
        for (met, table) in [
            (&mut self.actor_pairs, &mut into.actor_pairs),
            (&mut self.frame_pairs, &mut into.frame_pairs),
            (&mut self.actor_frames, &mut into.actor_frames),
        ] {
            for (pair, tally) in met.drain() {
                table.entry(pair).or_default().merge(&PairTally { articles: 1, ..tally });
            }
        }
    }
}
