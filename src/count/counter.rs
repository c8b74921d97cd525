//! Adds coded articles to counts. One counter per worker; what they counted is merged at the end.

use super::record::{ArticleRecord, Item, ItemKey};
use super::unit::{CodingUnit, Demonyms, Level, UnitCounts};
use super::{Counts, Described, GroupCounts, GroupKey};
use crate::codebook::{AliasKind, Codebook};
use crate::id::{ActorId, AliasId};
use crate::normalise::View;
use crate::segment::Sentence;
use crate::span::NormSpan;
use crate::tag::{Entry, Mention, Rejected, Usage};
use crate::voice::{Voice, Voicing};
use rustc_hash::FxHashMap;

/// What to count, beyond the frequencies that are always counted.
#[derive(Debug, Clone)]
pub struct CountOptions {
    pub units: Vec<CodingUnit>,
    pub level: Level,
    pub demonyms: Demonyms,
}

/// One article as the earlier stages coded it.
#[derive(Debug, Clone, Copy)]
pub struct CodedArticle<'a> {
    pub id: &'a str,
    pub view: &'a View,
    pub raw: &'a str,
    /// The counted passages: paragraphs and headings.
    pub paragraphs: &'a [NormSpan],
    /// The counted sentences; `passage` is the index in `paragraphs`.
    pub sentences: &'a [Sentence],
    pub mentions: &'a [Mention],
    /// One per mention; `None` for actors, and for framing terms that `--voice` or `--target` leave out.
    pub voices: &'a [Option<Voicing>],
    pub rejected: &'a [Rejected],
}

#[derive(Debug)]
pub struct Counter<'s> {
    codebook: &'s Codebook,
    options: &'s CountOptions,
    /// The actor each actor rolls up to.
    rollups: Vec<ActorId>,
    counts: Counts,
    words: WordCounter,
    items: Vec<Occurrence>,
}

/// One thing in one place, as co-occurrence sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Occurrence {
    unit: u32,
    thing: Thing,
    own: Own,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Actor(u32),
    Frame(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Own {
    Yes,
    No,
}

impl<'s> Counter<'s> {
    pub fn new(codebook: &'s Codebook, options: &'s CountOptions) -> Self {
        let rollups = (0..codebook.actors.len()).map(|actor| codebook.rollup(ActorId::new(actor))).collect();
        Self { codebook, options, rollups, counts: Counts::default(), words: WordCounter::default(), items: Vec::new() }
    }

    pub fn finish(self) -> Counts {
        self.counts
    }

    pub fn counts_mut(&mut self) -> &mut Counts {
        &mut self.counts
    }

    /// Adds one article. `record` has the metadata; its counts are filled in here.
    pub fn add(&mut self, article: &CodedArticle<'_>, group: GroupKey, mut record: ArticleRecord) {
        let mut counts = self.counts.groups.remove(&group).unwrap_or_default();
        counts.articles += 1;
        counts.words += record.words;
        counts.words_dropped += record.words_dropped;
        counts.sentences += record.sentences;
        counts.paragraphs += record.paragraphs;
        record.items = self.count_items(article, &mut counts);
        self.count_usage(article, &mut counts);
        self.count_units(article, &mut counts, record.words);
        self.words.count(article, &mut self.counts.lexicon, &mut counts.vocabulary);
        record.group = group.clone();
        self.counts.groups.insert(group, counts);
        self.counts.add_record(article.id.to_owned(), record);
    }

    fn count_items(&self, article: &CodedArticle<'_>, counts: &mut GroupCounts) -> Vec<Item> {
        let mut items: FxHashMap<ItemKey, Item> = FxHashMap::default();
        // (kind of thing, its number, sentence), to count the sentences and articles of each once.
        let mut places: Vec<(u8, u32, u32)> = Vec::new();
        for (mention, voicing) in article.mentions.iter().zip(article.voices) {
            match mention.entry {
                Entry::Alias(alias) => {
                    let Some(actor) = self.codebook.aliases[alias.index()].actor else { continue };
                    let rolled = self.rollups[actor.index()];
                    for (tally, number) in [(&mut counts.coded, actor.0), (&mut counts.rolled, rolled.0)] {
                        let tally = tally.entry(number).or_default();
                        match (mention.usage, self.codebook.aliases[alias.index()].kind) {
                            (Usage::Place, _) => tally.n_place_use += 1,
                            (Usage::Actor, AliasKind::Demonym) => tally.n_demonym += 1,
                            (Usage::Actor, AliasKind::Metonym) => tally.n_metonym += 1,
                            (
                                Usage::Actor,
                                AliasKind::Name
                                | AliasKind::Acronym
                                | AliasKind::Title
                                | AliasKind::Spelling
                                | AliasKind::Mask,
                            ) => tally.n_name += 1,
                        }
                    }
                    if mention.usage == Usage::Actor {
                        places.push((0, actor.0, mention.sentence));
                        places.push((1, rolled.0, mention.sentence));
                        note(&mut items, ItemKey::Actor(actor.0), None);
                    }
                }
                Entry::Term(term) => {
                    let Some(voicing) = voicing else { continue };
                    let Some(frame) = self.codebook.terms[term.index()].frame else { continue };
                    counts.terms.entry(term.0).or_default().voices.add(voicing);
                    counts.frames.entry(frame.0).or_default().voices.add(voicing);
                    let number = |actor: Option<ActorId>| actor.map_or(0, |actor| actor.0 + 1);
                    *counts.targets.entry((frame.0, number(voicing.agent), number(voicing.target))).or_default() += 1;
                    if !matches!(voicing.voice, Voice::Own | Voice::Hypothetical) {
                        counts.speakers.entry((number(voicing.speaker), frame.0)).or_default().add(voicing);
                    }
                    places.push((2, term.0, mention.sentence));
                    places.push((3, frame.0, mention.sentence));
                    note(&mut items, ItemKey::Term(term.0), Some(voicing));
                }
                Entry::Variant(variant) => {
                    let tally = counts.variants.entry(variant.0).or_default();
                    tally.n += 1;
                    tally.n_own += u64::from(voicing.is_none_or(|voicing| voicing.voice == Voice::Own));
                    places.push((4, variant.0, mention.sentence));
                    note(&mut items, ItemKey::Variant(variant.0), voicing.as_ref());
                }
            }
        }
        places.sort_unstable();
        places.dedup();
        for of_one in places.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (kind, number, _) = of_one[0];
            let occurs = Described { articles: 1, sentences: of_one.len() as u64 };
            match kind {
                0 => add_occurs(&mut counts.coded.entry(number).or_default().occurs, occurs),
                1 => add_occurs(&mut counts.rolled.entry(number).or_default().occurs, occurs),
                2 => add_occurs(&mut counts.terms.entry(number).or_default().occurs, occurs),
                3 => add_occurs(&mut counts.frames.entry(number).or_default().occurs, occurs),
                _ => counts.variants.entry(number).or_default().articles += 1,
            }
        }
        let mut items: Vec<Item> = items.into_values().collect();
        items.sort_unstable_by_key(|item| item.key);
        items
    }

    fn count_usage(&self, article: &CodedArticle<'_>, counts: &mut GroupCounts) {
        let mut seen: Vec<(Entry, u32)> = Vec::with_capacity(article.mentions.len());
        for mention in article.mentions {
            counts.usage.entry(mention.entry).or_default().n += 1;
            seen.push((mention.entry, mention.span.start));
        }
        seen.sort_unstable();
        seen.dedup_by_key(|(entry, _)| *entry);
        for (entry, start) in seen {
            let usage = counts.usage.entry(entry).or_default();
            usage.articles += 1;
            if usage.first.as_ref().is_none_or(|(id, _)| article.id < id.as_str()) {
                usage.first = Some((article.id.to_owned(), article.view.alignment().raw_start(start as usize) as u64));
            }
        }
        for rejected in article.rejected {
            counts.usage.entry(rejected.entry).or_default().refuse(rejected.reason);
        }
    }

    fn count_units(&mut self, article: &CodedArticle<'_>, counts: &mut GroupCounts, words: u64) {
        for unit in &self.options.units {
            let into = counts.units.entry(*unit).or_default();
            if let CodingUnit::Window(reach) = unit {
                into.units += words;
                self.count_window(article, *reach, into);
                continue;
            }
            into.units += match unit {
                CodingUnit::Sentence => article.sentences.len() as u64,
                CodingUnit::Paragraph => article.paragraphs.len() as u64,
                CodingUnit::Article | CodingUnit::Window(_) => 1,
            };
            let mut items = std::mem::take(&mut self.items);
            items.clear();
            for (mention, voicing) in article.mentions.iter().zip(article.voices) {
                let number = match unit {
                    CodingUnit::Sentence => mention.sentence,
                    CodingUnit::Paragraph => article.sentences[mention.sentence as usize].passage,
                    CodingUnit::Article | CodingUnit::Window(_) => 0,
                };
                if let Some((thing, own)) = self.thing(mention, voicing.as_ref()) {
                    items.push(Occurrence { unit: number, thing, own });
                }
            }
            items.sort_unstable();
            items.dedup();
            let mut pairs = ArticlePairs::default();
            for of_unit in items.chunk_by(|a, b| a.unit == b.unit) {
                count_unit(of_unit, into, &mut pairs);
            }
            pairs.count_articles(into);
            self.items = items;
        }
    }

    /// What a mention is to co-occurrence, if anything.
    fn thing(&self, mention: &Mention, voicing: Option<&Voicing>) -> Option<(Thing, Own)> {
        match mention.entry {
            Entry::Alias(alias) => {
                let actor = self.actor(alias, mention.usage)?;
                Some((Thing::Actor(actor.0), Own::Yes))
            }
            Entry::Term(term) => {
                let frame = self.codebook.terms[term.index()].frame?;
                let own = if voicing?.voice == Voice::Own { Own::Yes } else { Own::No };
                Some((Thing::Frame(frame.0), own))
            }
            Entry::Variant(_) => None,
        }
    }

    fn actor(&self, alias: AliasId, usage: Usage) -> Option<ActorId> {
        let row = &self.codebook.aliases[alias.index()];
        if usage == Usage::Place || (row.kind == AliasKind::Demonym && self.options.demonyms == Demonyms::Ignored) {
            return None;
        }
        let actor = row.actor?;
        Some(match self.options.level {
            Level::Coded => actor,
            Level::Rolled => self.rollups[actor.index()],
        })
    }

    fn count_window(&self, article: &CodedArticle<'_>, reach: u32, into: &mut UnitCounts) {
        let starts = &article.view.masks().start;
        let mut pairs = ArticlePairs::default();
        let mut placed: Vec<(u32, usize, Thing, Own)> = Vec::new();
        for (mention, voicing) in article.mentions.iter().zip(article.voices) {
            let Some((thing, own)) = self.thing(mention, voicing.as_ref()) else { continue };
            match thing {
                Thing::Actor(actor) => *into.actors.entry(actor).or_default() += 1,
                Thing::Frame(frame) => *into.frames.entry(frame).or_default() += 1,
            }
            let paragraph = article.sentences[mention.sentence as usize].passage;
            let begin = article.paragraphs[paragraph as usize].start as usize;
            placed.push((paragraph, starts.count(begin, mention.span.start as usize), thing, own));
        }
        placed.sort_unstable();
        for (at, (paragraph, word, thing, own)) in placed.iter().enumerate() {
            for (_, _, other, other_own) in
                placed[at + 1..].iter().take_while(|next| next.0 == *paragraph && next.1 - word <= reach as usize)
            {
                count_pair((*thing, *own), (*other, *other_own), into, &mut pairs);
            }
        }
        pairs.count_articles(into);
    }
}

fn add_occurs(into: &mut Described, occurs: Described) {
    into.articles += occurs.articles;
    into.sentences += occurs.sentences;
}

fn note(items: &mut FxHashMap<ItemKey, Item>, key: ItemKey, voicing: Option<&Voicing>) {
    let item = items.entry(key).or_insert(Item { key, n: 0, n_own: 0 });
    item.n += 1;
    item.n_own += u32::from(voicing.is_some_and(|voicing| voicing.voice == Voice::Own));
}

/// The pairs met in one article, so that each counts the article once.
#[derive(Debug, Default)]
struct ArticlePairs {
    actors: Vec<(u32, u32)>,
    frames: Vec<(u32, u32)>,
    mixed: Vec<(u32, u32)>,
}

impl ArticlePairs {
    fn count_articles(mut self, into: &mut UnitCounts) {
        for (met, table) in [
            (&mut self.actors, &mut into.actor_pairs),
            (&mut self.frames, &mut into.frame_pairs),
            (&mut self.mixed, &mut into.actor_frames),
        ] {
            met.sort_unstable();
            met.dedup();
            for pair in met.iter() {
                table.entry(*pair).or_default().articles += 1;
            }
        }
    }
}

/// Counts one unit: each thing once, each pair of things once. A frame may stand twice, in own voice and in another.
fn count_unit(things: &[Occurrence], into: &mut UnitCounts, pairs: &mut ArticlePairs) {
    let mut actors = Vec::new();
    let mut frames: Vec<(u32, u64, u64)> = Vec::new();
    for occurrence in things {
        match occurrence.thing {
            Thing::Actor(actor) => actors.push(actor),
            Thing::Frame(frame) => {
                let (own, not_own) = (u64::from(occurrence.own == Own::Yes), u64::from(occurrence.own == Own::No));
                match frames.last_mut() {
                    Some(last) if last.0 == frame => {
                        last.1 |= own;
                        last.2 |= not_own;
                    }
                    _ => frames.push((frame, own, not_own)),
                }
            }
        }
    }
    for (at, a) in actors.iter().enumerate() {
        *into.actors.entry(*a).or_default() += 1;
        for b in &actors[at + 1..] {
            into.actor_pairs.entry((*a, *b)).or_default().observed += 1;
            pairs.actors.push((*a, *b));
        }
        for (frame, own, not_own) in &frames {
            let tally = into.actor_frames.entry((*a, *frame)).or_default();
            tally.observed += 1;
            tally.observed_own += own;
            tally.observed_not_own += not_own;
            pairs.mixed.push((*a, *frame));
        }
    }
    for (at, (a, ..)) in frames.iter().enumerate() {
        *into.frames.entry(*a).or_default() += 1;
        for (b, ..) in &frames[at + 1..] {
            into.frame_pairs.entry((*a, *b)).or_default().observed += 1;
            pairs.frames.push((*a, *b));
        }
    }
}

/// Counts one pair of mentions in a window. Two mentions of one thing are no pair.
fn count_pair(a: (Thing, Own), b: (Thing, Own), into: &mut UnitCounts, pairs: &mut ArticlePairs) {
    let (first, second) = if a.0 <= b.0 { (a, b) } else { (b, a) };
    match (first.0, second.0) {
        (x, y) if x == y => {}
        (Thing::Actor(x), Thing::Actor(y)) => {
            into.actor_pairs.entry((x, y)).or_default().observed += 1;
            pairs.actors.push((x, y));
        }
        (Thing::Frame(x), Thing::Frame(y)) => {
            into.frame_pairs.entry((x, y)).or_default().observed += 1;
            pairs.frames.push((x, y));
        }
        (Thing::Actor(x), Thing::Frame(y)) => {
            let tally = into.actor_frames.entry((x, y)).or_default();
            tally.observed += 1;
            tally.observed_own += u64::from(second.1 == Own::Yes);
            tally.observed_not_own += u64::from(second.1 == Own::No);
            pairs.mixed.push((x, y));
        }
        // Actors sort before frames.
        (Thing::Frame(_), Thing::Actor(_)) => {}
    }
}

/// Counts the words of an article, each word's articles once.
#[derive(Debug, Default)]
struct WordCounter {
    /// By word number: how often in this article.
    counts: Vec<u32>,
    touched: Vec<u32>,
    buffer: String,
}

impl WordCounter {
    fn count(&mut self, article: &CodedArticle<'_>, lexicon: &mut super::Lexicon, vocabulary: &mut super::Vocabulary) {
        let view = article.view;
        let accents = &view.masks().accent;
        for paragraph in article.paragraphs {
            for word in view.words(*paragraph) {
                let folded = view.slice(word);
                let number = if accents.next(word.start as usize, word.end as usize).is_none() {
                    lexicon.number(folded)
                } else {
                    self.buffer.clear();
                    accented_word(article.raw, view, word, &mut self.buffer);
                    lexicon.number(&self.buffer)
                };
                if self.counts.len() <= number as usize {
                    self.counts.resize(number as usize + 1, 0);
                }
                let count = &mut self.counts[number as usize];
                if *count == 0 {
                    self.touched.push(number);
                }
                *count += 1;
            }
        }
        for number in self.touched.drain(..) {
            let count = std::mem::take(&mut self.counts[number as usize]);
            let tally = vocabulary.entry(number).or_default();
            tally.n += u64::from(count);
            tally.articles += 1;
        }
    }
}

/// The word as the normalised text has it: NFC, lower case, diacritics kept, quotation marks straight.
pub(crate) fn accented_word(raw: &str, view: &View, word: NormSpan, out: &mut String) {
    use crate::normalise::fold::{Folded, fold_char};
    use unicode_normalization::UnicodeNormalization;
    for c in raw[view.raw_span(word).range()].nfc() {
        match fold_char(c) {
            Folded::Nothing if !matches!(c, '\u{300}'..='\u{36F}') => {}
            Folded::Char(folded, _) if !c.is_alphabetic() => out.push(folded),
            Folded::Char(..) | Folded::Nothing | Folded::Space | Folded::LineBreak => {
                // The dot that lower-casing İ would add belongs to no spelling.
                out.extend(c.to_lowercase().filter(|lower| c != 'İ' || *lower != '\u{307}'));
            }
        }
    }
}
