//! Co-occurrence in sentences, paragraphs and articles: each unit counts a thing once, and a pair once.
//!
//! Actors and frames get small numbers by their first hit, once within the article and once within the group, so that
//! pairs are counted in tables that stay in the cache. A pair of a sentence is mostly one of the paragraph too: at the
//! article's end each is added to the group once, for both units. An article has the most pairs by far, all pairs of its
//! things; those are counted for many articles at once ([`ThingColumns`]).

use super::MOST_KEPT;
use super::columns::{ThingColumns, Voices};
use super::pair_table::PairTable;
use super::scratch::Scratch;
use super::unit::{CodingUnit, PairKey, PairTally, UnitCounts};
use super::waiting::{ArticlePair, PARTS, WaitingPairs};
use crate::segment::Sentence;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What co-occurrence is between.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Thing {
    Actor(u32),
    Frame(u32, Own),
}

/// Whether a framing hit stands in the article's own voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Own {
    Yes,
    No,
}

impl Thing {
    /// The same actor, or the same frame in whatever voice.
    pub fn is_same(self, other: Self) -> bool {
        self.without_voice() == other.without_voice()
    }

    pub fn without_voice(self) -> Self {
        match self {
            Self::Actor(_) => self,
            Self::Frame(frame, _) => Self::Frame(frame, Own::Yes),
        }
    }
}

/// A mention as co-occurrence sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacedMention {
    pub thing: Thing,
    pub sentence: u32,
    /// Where it begins in the view.
    pub start: u32,
}

/// Sentence, paragraph and article.
const UNITS: usize = 3;
/// The place of the article among them.
const ARTICLE: usize = 2;

/// The place of a unit in the arrays below; `None` for windows.
fn place(unit: CodingUnit) -> Option<usize> {
    match unit {
        CodingUnit::Sentence => Some(0),
        CodingUnit::Paragraph => Some(1),
        CodingUnit::Article => Some(ARTICLE),
        CodingUnit::Window(_) => None,
    }
}

/// The counts of one group. Small integers keep the table small; before they could overflow, the group's counts take
/// them over ([`Together::is_full`]).
#[derive(Debug, Default)]
pub(super) struct Together {
    numbers: FxHashMap<Thing, u32>,
    /// By number: the thing, and in how many units of each kind it occurs.
    things: Vec<(Thing, [u32; UNITS])>,
    pairs: PairTable<PairOfGroup>,
    /// Pairs of the last articles. The table is too large to stay in the cache while other groups are counted: it takes
    /// over the pairs of many articles at once.
    waiting: WaitingPairs,
    /// The last articles, by number of the thing.
    columns: ThingColumns,
    /// Sentences counted, of which there are as many as of any other unit or more.
    sentences: u64,
}

/// When the table takes over the pairs that wait, in bytes. With those of the article that comes last they mostly fit in
/// 16 kB: each group has space for a power of two.
const MANY: usize = 13_600;

/// Units of each kind that hold both of a pair.
#[derive(Debug, Clone, Copy, Default)]
struct PairOfGroup {
    observed: [u32; UNITS],
    own: [u32; UNITS],
    not_own: [u32; UNITS],
    articles: [u32; UNITS],
}

impl Together {
    /// Whether the next article might make a number too large.
    pub fn is_full(&self) -> bool {
        self.sentences > u64::from(u32::MAX) / 2
    }

    /// Adds everything to the counts of the units.
    pub fn add_to(mut self, units: &[CodingUnit], counts: &mut BTreeMap<CodingUnit, UnitCounts>) {
        self.take_over();
        self.count_columns();
        let (mut actor_pairs, mut frame_pairs, mut actor_frames) = (Vec::new(), Vec::new(), Vec::new());
        for unit in units {
            let Some(at) = place(*unit) else { continue };
            let into = counts.entry(*unit).or_default();
            for (thing, n) in self.things.iter().filter(|(_, n)| n[at] > 0) {
                let sum = match *thing {
                    Thing::Actor(actor) => into.actors.entry(actor).or_default(),
                    Thing::Frame(frame, _) => into.frames.entry(frame).or_default(),
                };
                *sum += u64::from(n[at]);
            }
            [&mut actor_pairs, &mut frame_pairs, &mut actor_frames].into_iter().for_each(Vec::clear);
            for (a, b, pair) in self.pairs.iter().filter(|(_, _, pair)| pair.observed[at] > 0) {
                let kind = PairPlace::of(self.things[a as usize].0, self.things[b as usize].0);
                let voices = if kind.has_voice() { [pair.own[at], pair.not_own[at]] } else { [0, 0] };
                let tally = PairTally {
                    observed: u64::from(pair.observed[at]),
                    observed_own: u64::from(voices[0]),
                    observed_not_own: u64::from(voices[1]),
                    articles: u64::from(pair.articles[at]),
                };
                match kind {
                    PairPlace::Actors(key) => actor_pairs.push((key, tally)),
                    PairPlace::Frames(key) => frame_pairs.push((key, tally)),
                    PairPlace::ActorFrame(key) => actor_frames.push((key, tally)),
                }
            }
            into.actor_pairs.add_all(&actor_pairs);
            into.frame_pairs.add_all(&frame_pairs);
            into.actor_frames.add_all(&actor_frames);
        }
    }

    /// Counts the pairs that wait.
    fn take_over(&mut self) {
        for (a, b, pair) in self.waiting.iter() {
            let sums = self.pairs.at(a, b);
            add(&mut sums.observed, &pair.observed);
            add(&mut sums.own, &pair.own);
            add(&mut sums.not_own, &pair.not_own);
            add(&mut sums.articles, &pair.observed.map(|n| u32::from(n > 0)));
        }
        self.waiting.clear();
    }

    /// Counts the pairs of the last articles as units.
    fn count_columns(&mut self) {
        let Self { columns, pairs, .. } = self;
        columns.drain_pairs(|a, b, counted| {
            let pair = pairs.at(a, b);
            pair.observed[ARTICLE] += counted.observed;
            pair.articles[ARTICLE] += counted.observed;
            pair.own[ARTICLE] += counted.own;
            pair.not_own[ARTICLE] += counted.not_own;
        });
    }

    /// The group's number of a thing.
    fn number(&mut self, thing: Thing) -> u32 {
        let thing = thing.without_voice();
        let next = self.things.len() as u32;
        *self.numbers.entry(thing).or_insert_with(|| {
            self.things.push((thing, [0; UNITS]));
            next
        })
    }
}

impl UnitCounts {
    /// The tally of a pair, and whether it is one of an actor and a frame, which counts own and other voices separately.
    pub(super) fn pair(&mut self, a: Thing, b: Thing) -> (&mut PairTally, bool) {
        let kind = PairPlace::of(a, b);
        let tally = match kind {
            PairPlace::Actors(key) => self.actor_pairs.at(key),
            PairPlace::Frames(key) => self.frame_pairs.at(key),
            PairPlace::ActorFrame(key) => self.actor_frames.at(key),
        };
        (tally, kind.has_voice())
    }
}

/// The table of a pair, and its key there.
#[derive(Debug, Clone, Copy)]
enum PairPlace {
    Actors(PairKey),
    Frames(PairKey),
    ActorFrame(PairKey),
}

impl PairPlace {
    fn of(a: Thing, b: Thing) -> Self {
        match (a, b) {
            (Thing::Actor(a), Thing::Actor(b)) => Self::Actors((a.min(b), a.max(b))),
            (Thing::Frame(a, _), Thing::Frame(b, _)) => Self::Frames((a.min(b), a.max(b))),
            (Thing::Actor(actor), Thing::Frame(frame, _)) | (Thing::Frame(frame, _), Thing::Actor(actor)) => {
                Self::ActorFrame((actor, frame))
            }
        }
    }

    fn has_voice(self) -> bool {
        matches!(self, Self::ActorFrame(_))
    }
}

/// Counts one article after the other; reused.
#[derive(Debug, Default)]
pub(super) struct TogetherCounter {
    /// The article's number of an actor or frame, from 1.
    actors: Scratch<u32>,
    frames: Scratch<u32>,
    /// What the numbers stand for.
    things: Vec<Thing>,
    /// The article's mentions by number.
    numbered: Vec<(u32, Voices)>,
    /// Units of each kind that hold the thing.
    units: Vec<[u32; UNITS]>,
    pairs: PairTable<ArticlePair>,
    present: Present,
    /// The voices of a thing in the whole article.
    voices: Vec<Voices>,
    /// The group's numbers of the things.
    group_numbers: Vec<u32>,
}

/// What the current unit holds, each thing once.
#[derive(Debug, Default)]
struct Present {
    numbers: Vec<u32>,
    /// By number.
    voices: Vec<Voices>,
    is_in: Vec<bool>,
}

impl TogetherCounter {
    /// Counts the mentions of an article, which come by sentence.
    pub fn count(
        &mut self,
        sentences: &[Sentence],
        mentions: &[PlacedMention],
        units: &[CodingUnit],
        into: &mut Together,
    ) {
        self.number(mentions);
        into.sentences += sentences.len() as u64;
        for unit in units {
            match unit {
                CodingUnit::Sentence => self.count_unit(0, mentions, |mention| mention.sentence),
                CodingUnit::Paragraph => {
                    self.count_unit(1, mentions, |mention| sentences[mention.sentence as usize].passage);
                }
                CodingUnit::Article | CodingUnit::Window(_) => {}
            }
        }
        self.numbered.clear();
        self.numbered.shrink_to(MOST_KEPT);
        self.add_article(units.contains(&CodingUnit::Article), into);
    }

    /// `of` gives the unit in which a mention stands; mentions of one unit stand together.
    fn count_unit(&mut self, unit: usize, mentions: &[PlacedMention], of: impl Fn(&PlacedMention) -> u32) {
        let mut current = None;
        for (mention, (number, voices)) in mentions.iter().zip(&self.numbered) {
            let of = of(mention);
            if current != Some(of) {
                self.present.finish(unit, &mut self.units, &mut self.pairs);
                current = Some(of);
            }
            self.present.meet(*number, *voices);
        }
        self.present.finish(unit, &mut self.units, &mut self.pairs);
    }

    /// Gives the article's things their numbers.
    fn number(&mut self, mentions: &[PlacedMention]) {
        self.actors.drain().for_each(drop);
        self.frames.drain().for_each(drop);
        self.things.clear();
        self.numbered.clear();
        self.voices.clear();
        for mention in mentions {
            let (slot, voices) = match mention.thing {
                Thing::Actor(actor) => (self.actors.at(actor), 0),
                Thing::Frame(frame, Own::Yes) => (self.frames.at(frame), 1),
                Thing::Frame(frame, Own::No) => (self.frames.at(frame), 2),
            };
            if *slot == 0 {
                self.things.push(mention.thing);
                self.voices.push(0);
                *slot = self.things.len() as u32;
            }
            self.voices[*slot as usize - 1] |= voices;
            self.numbered.push((*slot - 1, voices));
        }
        self.units.clear();
        self.units.resize(self.things.len(), [0; UNITS]);
        self.present.make_room(self.things.len());
    }

    fn add_article(&mut self, has_articles: bool, into: &mut Together) {
        self.group_numbers.clear();
        for (thing, units) in self.things.iter().zip(&mut self.units) {
            let number = into.number(*thing);
            self.group_numbers.push(number);
            units[ARTICLE] = u32::from(has_articles);
            add(&mut into.things[number as usize].1, units);
        }
        for (a, b, pair) in self.pairs.iter() {
            if pair.observed == [0; PARTS] {
                continue;
            }
            into.waiting.push(self.group_numbers[a as usize], self.group_numbers[b as usize], pair);
        }
        self.pairs.clear();
        if into.waiting.bytes() >= MANY {
            into.take_over();
        }
        if has_articles {
            into.columns.add(self.group_numbers.iter().copied().zip(self.voices.iter().copied()));
            if into.columns.are_full() {
                into.count_columns();
            }
        }
    }
}

fn add(sums: &mut [u32; UNITS], more: &[u32]) {
    for (sum, n) in sums.iter_mut().zip(more) {
        *sum += n;
    }
}

impl Present {
    fn make_room(&mut self, things: usize) {
        self.voices.resize(things.max(self.voices.len()), 0);
        self.is_in.resize(things.max(self.is_in.len()), false);
    }

    fn meet(&mut self, number: u32, voices: Voices) {
        let at = number as usize;
        self.voices[at] |= voices;
        if !self.is_in[at] {
            self.is_in[at] = true;
            self.numbers.push(number);
        }
    }

    /// Counts what the unit holds, and begins the next one.
    fn finish(&mut self, unit: usize, units: &mut [[u32; UNITS]], pairs: &mut PairTable<ArticlePair>) {
        for (at, a) in self.numbers.iter().enumerate() {
            units[*a as usize][unit] += 1;
            let voices = self.voices[*a as usize];
            for b in &self.numbers[at + 1..] {
                // Of an actor and a frame only the frame has voices.
                let voices = voices | self.voices[*b as usize];
                let pair = pairs.at(*a, *b);
                pair.observed[unit] += 1;
                pair.own[unit] += u32::from(voices & 1);
                pair.not_own[unit] += u32::from(voices >> 1);
            }
        }
        for number in self.numbers.drain(..) {
            self.voices[number as usize] = 0;
            self.is_in[number as usize] = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::NormSpan;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// The definition: for each unit the set of its things; for each pair of a set one more.
    fn plainly(units: &[Vec<PlacedMention>]) -> BTreeMap<(Thing, Thing), (u64, u64, u64)> {
        let mut counts = BTreeMap::new();
        for unit in units {
            let things: BTreeSet<Thing> = unit.iter().map(|mention| mention.thing.without_voice()).collect();
            for a in &things {
                for b in things.range(a..).skip(1) {
                    let tally: &mut (u64, u64, u64) = counts.entry((*a, *b)).or_default();
                    tally.0 += 1;
                    if let (Thing::Actor(_), Thing::Frame(frame, _)) = (*a, *b) {
                        tally.1 += u64::from(unit.iter().any(|mention| mention.thing == Thing::Frame(frame, Own::Yes)));
                        tally.2 += u64::from(unit.iter().any(|mention| mention.thing == Thing::Frame(frame, Own::No)));
                    }
                }
            }
        }
        counts
    }

    fn thing(number: u32) -> Thing {
        match number % 3 {
            0 => Thing::Actor(number / 3),
            1 => Thing::Frame(number / 3, Own::Yes),
            _ => Thing::Frame(number / 3, Own::No),
        }
    }

    proptest! {
        // A crowd makes many pairs.
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn pairs_are_counted_as_their_definition_says(
            articles in proptest::collection::vec(
                proptest::collection::vec((0u32..4, proptest::collection::vec(prop_oneof![0u32..12, 0u32..2000], 0..9)), 0..6),
                1..4,
            ),
            crowd in prop_oneof![Just(0u32), Just(300)],
        ) {
            let units = CodingUnit::DEFAULT;
            let (mut counter, mut sums) = (TogetherCounter::default(), Together::default());
            let (mut by_unit, mut paragraphs) = ([Vec::new(), Vec::new(), Vec::new()], 0);
            for article in &articles {
                let (mut sentences, mut mentions) = (Vec::new(), Vec::new());
                let mut of_paragraphs: BTreeMap<u32, Vec<PlacedMention>> = BTreeMap::new();
                for (step, numbers) in article {
                    paragraphs += step / 3;
                    let sentence = sentences.len() as u32;
                    sentences.push(Sentence { span: NormSpan::new(0, 0), passage: paragraphs });
                    let crowd = (0..crowd).map(|number| number * 3).filter(|_| sentence == 0);
                    let of_unit: Vec<PlacedMention> = numbers
                        .iter()
                        .copied()
                        .chain(crowd)
                        .map(|number| PlacedMention { thing: thing(number), sentence, start: 0 })
                        .collect();
                    of_paragraphs.entry(paragraphs).or_default().extend(&of_unit);
                    mentions.extend(&of_unit);
                    by_unit[0].push(of_unit);
                }
                by_unit[1].extend(of_paragraphs.into_values());
                by_unit[2].push(mentions.clone());
                counter.count(&sentences, &mentions, &units, &mut sums);
            }
            let mut counts = BTreeMap::new();
            sums.add_to(&units, &mut counts);
            for (unit, of_unit) in units.iter().zip(&by_unit) {
                let counts = &counts[unit];
                let tally = |tally: &PairTally| (tally.observed, tally.observed_own, tally.observed_not_own);
                let frame = |frame| Thing::Frame(frame, Own::Yes);
                let got: BTreeMap<(Thing, Thing), (u64, u64, u64)> = counts
                    .actor_pairs
                    .iter()
                    .map(|((a, b), pair)| ((Thing::Actor(a), Thing::Actor(b)), tally(&pair)))
                    .chain(counts.frame_pairs.iter().map(|((a, b), pair)| ((frame(a), frame(b)), tally(&pair))))
                    .chain(counts.actor_frames.iter().map(|((a, b), pair)| ((Thing::Actor(a), frame(b)), tally(&pair))))
                    .collect();
                prop_assert_eq!(got, plainly(of_unit));
            }
        }
    }
}
