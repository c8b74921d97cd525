//! Co-occurrence in a window of words.

use super::UnitCounts;
use super::together::{Own, PlacedMention, Thing};
use crate::coded::Coded;

/// Counts the pairs of mentions whose first words are at most `reach` words apart, within one paragraph, each pair
/// once; two mentions of one thing are no pair.
pub(super) fn count(coded: &Coded<'_>, things: &[PlacedMention], reach: u32, into: &mut UnitCounts) {
    let starts = &coded.view.masks().start;
    let mut placed: Vec<(u32, usize, Thing)> = Vec::with_capacity(things.len());
    for mention in things {
        match mention.thing {
            Thing::Actor(actor) => *into.actors.entry(actor).or_default() += 1,
            Thing::Frame(frame, _) => *into.frames.entry(frame).or_default() += 1,
        }
        let paragraph = coded.sentences[mention.sentence as usize].passage;
        let begin = coded.paragraphs[paragraph as usize].start as usize;
        placed.push((paragraph, starts.count(begin, mention.start as usize), mention.thing));
    }
    placed.sort_unstable();
    let mut pairs = ArticlePairs { into, pairs: Vec::new() };
    for (at, (paragraph, word, thing)) in placed.iter().enumerate() {
        let within = |next: &&(u32, usize, Thing)| next.0 == *paragraph && next.1 - word <= reach as usize;
        for (_, _, other) in placed[at + 1..].iter().take_while(within) {
            pairs.add(*thing, *other);
        }
    }
    pairs.count_article();
}

/// The pairs of one article, which count one article each.
struct ArticlePairs<'u> {
    into: &'u mut UnitCounts,
    pairs: Vec<(Thing, Thing)>,
}

impl ArticlePairs<'_> {
    fn add(&mut self, a: Thing, b: Thing) {
        if a.is_same(b) {
            return;
        }
        let (tally, has_voice) = self.into.pair(a, b);
        tally.observed += 1;
        if has_voice {
            let is_own = |thing| matches!(thing, Thing::Frame(_, Own::Yes));
            let own = is_own(a) || is_own(b);
            tally.observed_own += u64::from(own);
            tally.observed_not_own += u64::from(!own);
        }
        let (a, b) = (a.without_voice(), b.without_voice());
        self.pairs.push((a.min(b), a.max(b)));
    }

    fn count_article(mut self) {
        self.pairs.sort_unstable();
        self.pairs.dedup();
        for (a, b) in self.pairs {
            self.into.pair(a, b).0.articles += 1;
        }
    }
}
