//! Adds coded articles to counts. One counter per worker; what they counted is merged at the end.

use super::record::{ArticleRecord, Counted, HitCounts, ItemKey, ItemRecord, Said};
use super::scratch::Scratch;
use super::together::{Own, PlacedMention, Thing, Together, TogetherCounter};
use super::unit::{CodingUnit, Demonyms, Level};
use super::usage::{UsageCounter, UsageSums};
use super::waiting_items::{WaitingItems, add_to};
use super::words::{Used, WordCounter};
use super::{
    ActorTally, Counts, GroupCounts, GroupKey, MOST_KEPT, Occurrence, PackedItems, RoleTally, Shelf, TermTally,
    VariantTally, VoiceTally, window,
};
use crate::codebook::{AliasKind, Codebook, Force, Stance};
use crate::coded::Coded;
use crate::id::{ActorId, AliasId};
use crate::needs::{Need, Needs};
use crate::normalise::Zone;
use crate::segment::Lexicon;
use crate::span::NormSpan;
use crate::tag::{Entry, Mention, Usage};
use crate::voice::{Voice, Voicing};
use rustc_hash::{FxHashMap, FxHashSet};

/// What to count, beyond the frequencies that are always counted.
#[derive(Debug, Clone)]
pub struct CountOptions {
    pub units: Vec<CodingUnit>,
    pub level: Level,
    pub demonyms: Demonyms,
}

#[derive(Debug)]
pub struct Counter<'s> {
    codebook: &'s Codebook,
    options: &'s CountOptions,
    /// The actor each actor rolls up to.
    rollups: Vec<ActorId>,
    /// All but articles and groups.
    counts: Counts,
    shelf: Shelf,
    groups: FxHashMap<GroupKey, GroupSums>,
    /// `None` where no table needs the vocabulary.
    words: Option<WordCounter>,
    coded: Scratch<Noted<ActorTally>>,
    rolled: Scratch<Noted<ActorTally>>,
    terms: Scratch<Noted<VoiceTally>>,
    frames: Scratch<Noted<VoiceTally>>,
    /// By frame and force, see [`force_number`].
    forces: Scratch<Noted<VoiceTally>>,
    variants: Scratch<VariantTally>,
    /// What the article's record remembers of terms and variants, and of hits by frame and firm target.
    term_hits: Scratch<HitCounts>,
    variant_hits: Scratch<HitCounts>,
    targets: FxHashMap<(u32, u32), u32>,
    /// By the keys of the group's tallies.
    roles: FxHashMap<(u32, u32, u32), RoleTally>,
    speakers: FxHashMap<(u32, u32), VoiceTally>,
    row: Vec<u64>,
    said: FxHashMap<u32, Said>,
    usage: UsageCounter,
    things: Vec<PlacedMention>,
    together: TogetherCounter,
}

/// The counts of a group while articles are added.
#[derive(Debug, Default)]
struct GroupSums {
    counts: GroupCounts,
    items: WaitingItems,
    usage: UsageSums,
    words: Used,
    together: Together,
}

/// A tally of one article, with the sentences it stands in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Noted<T> {
    tally: T,
    sentences: u64,
    /// The last sentence it was found in, from 1.
    last: u32,
}

impl<T> Noted<T> {
    fn meet(&mut self, sentence: u32) {
        self.sentences += u64::from(self.last != sentence + 1);
        self.last = sentence + 1;
    }

    /// How it occurs in the group's articles and sentences.
    fn occurs(&self) -> Occurrence {
        Occurrence { articles: u64::from(self.last > 0), sentences: self.sentences }
    }
}

impl<'s> Counter<'s> {
    pub fn new(codebook: &'s Codebook, options: &'s CountOptions, needs: Needs) -> Self {
        let rollups = (0..codebook.actors.len()).map(|actor| codebook.rollup(ActorId::new(actor))).collect();
        Self {
            codebook,
            options,
            rollups,
            counts: Counts::default(),
            shelf: Shelf::default(),
            groups: FxHashMap::default(),
            words: needs.has(Need::Words).then(WordCounter::default),
            coded: Scratch::default(),
            rolled: Scratch::default(),
            terms: Scratch::default(),
            frames: Scratch::default(),
            forces: Scratch::default(),
            variants: Scratch::default(),
            term_hits: Scratch::default(),
            variant_hits: Scratch::default(),
            targets: FxHashMap::default(),
            roles: FxHashMap::default(),
            speakers: FxHashMap::default(),
            row: Vec::new(),
            said: FxHashMap::default(),
            usage: UsageCounter::default(),
            things: Vec::new(),
            together: TogetherCounter::default(),
        }
    }

    /// `lexicon` is the one that numbers the words of the articles.
    pub fn finish(mut self, lexicon: Lexicon) -> Counts {
        if self.words.is_some() {
            self.counts.lexicon = lexicon;
        }
        self.counts.articles = self.shelf.finish();
        for (key, GroupSums { mut counts, mut items, usage, mut words, together }) in self.groups {
            add_items(&mut items, &mut counts);
            counts.usage = usage.finish(self.codebook);
            words.add_to(&mut counts.vocabulary);
            together.add_to(&self.options.units, &mut counts.units);
            counts.pack();
            self.counts.groups.insert(key, counts);
        }
        self.counts
    }

    pub fn counts_mut(&mut self) -> &mut Counts {
        &mut self.counts
    }

    /// Adds one article. `record` has the metadata; its counts are filled in here.
    pub fn add(&mut self, coded: &Coded<'_>, group: GroupKey, record: ArticleRecord<'_>) {
        let mut sums = self.groups.remove(&group).unwrap_or_default();
        let counts = &mut sums.counts;
        counts.articles += 1;
        counts.words += record.words;
        counts.words_dropped += record.words_dropped;
        counts.sentences += record.sentences;
        counts.paragraphs += record.paragraphs;
        let items = self.count_items(coded, &mut sums.items);
        if sums.items.are_many() {
            add_items(&mut sums.items, counts);
        }
        self.usage.count(coded, self.codebook, &mut sums.usage);
        if let Some(words) = &mut self.words {
            words.count(coded.tokens.all(), &mut sums.words);
            if sums.words.are_many() {
                sums.words.add_to(&mut counts.vocabulary);
            }
        }
        self.count_units(coded, &mut sums, record.words);
        self.shelf.file(&coded.article.id, &ArticleRecord { group: &group, items, ..record });
        self.groups.insert(group, sums);
    }

    fn count_items(&mut self, coded: &Coded<'_>, waiting: &mut WaitingItems) -> PackedItems<'static> {
        for (mention, voicing) in coded.mentions.iter().zip(coded.kept.iter()) {
            match mention.entry {
                Entry::Alias(alias) => {
                    let kind = self.codebook.aliases[alias.index()].kind;
                    let Some(actor) = self.codebook.aliases[alias.index()].actor else { continue };
                    let rolled = self.rollups[actor.index()];
                    for noted in [self.coded.at(actor.0), self.rolled.at(rolled.0)] {
                        add_mention(&mut noted.tally, mention.usage, kind);
                        if mention.usage == Usage::Actor {
                            noted.meet(mention.sentence);
                        }
                    }
                }
                Entry::Term(term) => {
                    let Some(voicing) = voicing else { continue };
                    let Some(frame) = self.codebook.terms[term.index()].frame else { continue };
                    let force = force_number(frame.0, self.codebook.terms[term.index()].force());
                    for noted in [self.terms.at(term.0), self.frames.at(frame.0), self.forces.at(force)] {
                        noted.tally.add(voicing);
                        noted.meet(mention.sentence);
                    }
                    let hits = self.term_hits.at(term.0);
                    hits.add(Counted::Hits);
                    hits.add(Counted::of_voice(voicing.voice));
                    if voicing.firm_agent().is_some() {
                        hits.add(Counted::Agent);
                    }
                    if is_lead(coded, mention) {
                        hits.add(Counted::Lead);
                    }
                    if let Some(target) = voicing.firm_target() {
                        *self.targets.entry((frame.0, target.0)).or_default() += 1;
                    }
                    let number = |actor: Option<ActorId>| actor.map_or(0, |actor| actor.0 + 1);
                    let roles = (term.0, number(voicing.agent), number(voicing.target));
                    self.roles.entry(roles).or_default().add(voicing);
                    // Own voice has a speaker in speeches and statements only.
                    if !matches!(voicing.voice, Voice::Own | Voice::Hypothetical) || voicing.speaker.is_some() {
                        self.speakers.entry((number(voicing.speaker), term.0)).or_default().add(voicing);
                    }
                }
                Entry::Variant(variant) => {
                    let tally = self.variants.at(variant.0);
                    tally.n += 1;
                    let own = |voicing: &Voicing| matches!(voicing.voice, Voice::Own | Voice::Hypothetical);
                    let is_own = voicing.is_none_or(own);
                    tally.n_own += u64::from(is_own);
                    let hits = self.variant_hits.at(variant.0);
                    hits.add(Counted::Hits);
                    if is_own {
                        hits.add(Counted::Own);
                    }
                    if is_lead(coded, mention) {
                        hits.add(Counted::Lead);
                    }
                }
            }
        }
        self.count_speech(coded);
        self.flush_items(waiting)
    }

    /// Quotations, and clauses with a framing hit that are attributed: each cue is one, whatever it brings in.
    fn count_speech(&mut self, coded: &Coded<'_>) {
        let number = |speaker: Option<ActorId>| speaker.map_or(0, |actor| actor.0 + 1);
        let (mut cues, mut clauses) = (FxHashSet::default(), FxHashSet::default());
        let mut bring_in = |said: &mut Said, cue: Option<NormSpan>, stance: Option<Stance>| {
            if let (Some(cue), Some(stance)) = (cue, stance)
                && cues.insert(cue.start)
            {
                said.cues[stance as usize] += 1;
            }
        };
        for speech in coded.speeches.iter().filter(|speech| speech.is_direct()) {
            let said = self.said.entry(number(speech.speaker)).or_default();
            said.quotations += 1;
            said.words += speech.words;
            bring_in(said, speech.cue, speech.stance);
        }
        for (mention, voicing) in coded.mentions.iter().zip(coded.kept.iter()) {
            let attributed = voicing.as_ref().filter(|voicing| voicing.voice == Voice::Attributed);
            let (Entry::Term(_), Some(Voicing { cue, stance, speaker, .. })) = (mention.entry, attributed) else {
                continue;
            };
            if cue.is_some_and(|cue| !clauses.insert(cue.start)) {
                continue;
            }
            let said = self.said.entry(number(*speaker)).or_default();
            said.attributed += 1;
            bring_in(said, *cue, *stance);
        }
    }

    /// Hands the article's tallies to the group; the answer is what the article's record remembers.
    fn flush_items(&mut self, waiting: &mut WaitingItems) -> PackedItems<'static> {
        let mut items = Vec::new();
        let row = &mut self.row;
        let coded = self.coded.drain().map(|(actor, noted)| {
            let tally = ActorTally { occurs: noted.occurs(), ..noted.tally };
            if tally.n() > 0 {
                items.push(ItemRecord { key: ItemKey::Actor(actor), counts: HitCounts::hits(saturate(tally.n())) });
            }
            (actor, tally)
        });
        waiting.push(coded, row);
        let rolled = self.rolled.drain();
        waiting.push(rolled.map(|(actor, noted)| (actor, ActorTally { occurs: noted.occurs(), ..noted.tally })), row);
        let of_terms = |noted: Noted<VoiceTally>| TermTally { voices: noted.tally, occurs: noted.occurs() };
        waiting.push(self.terms.drain().map(|(term, noted)| (term, of_terms(noted))), row);
        waiting.push(self.frames.drain().map(|(frame, noted)| (frame, of_terms(noted))), row);
        waiting.push(self.forces.drain().map(|(number, noted)| (force_of(number), of_terms(noted))), row);
        let variants = self.variants.drain();
        waiting.push(variants.map(|(variant, tally)| (variant, VariantTally { articles: 1, ..tally })), row);
        waiting.push(self.roles.drain(), row);
        waiting.push(self.speakers.drain(), row);
        items.extend(self.term_hits.drain().map(|(term, counts)| ItemRecord { key: ItemKey::Term(term), counts }));
        items.extend(
            self.variant_hits.drain().map(|(variant, counts)| ItemRecord { key: ItemKey::Variant(variant), counts }),
        );
        let target =
            |((frame, actor), n)| ItemRecord { key: ItemKey::Target { frame, actor }, counts: HitCounts::hits(n) };
        items.extend(self.targets.drain().map(target));
        let said =
            |(speaker, said): (u32, Said)| ItemRecord { key: ItemKey::Speaker(speaker), counts: said.to_counts() };
        items.extend(self.said.drain().map(said));
        items.into_iter().collect()
    }

    fn count_units(&mut self, coded: &Coded<'_>, sums: &mut GroupSums, words: u64) {
        for unit in &self.options.units {
            sums.counts.units.entry(*unit).or_default().units += match unit {
                CodingUnit::Sentence => coded.sentences.len() as u64,
                CodingUnit::Paragraph => coded.paragraphs.len() as u64,
                CodingUnit::Article => 1,
                CodingUnit::Window(_) => words,
            };
        }
        for (mention, voicing) in coded.mentions.iter().zip(coded.kept.iter()) {
            if let Some(thing) = self.thing(mention, voicing) {
                self.things.push(PlacedMention { thing, sentence: mention.sentence, start: mention.span.start });
            }
        }
        for unit in &self.options.units {
            match unit {
                CodingUnit::Window(reach) => {
                    window::count(coded, &self.things, *reach, sums.counts.units.entry(*unit).or_default());
                }
                CodingUnit::Sentence | CodingUnit::Paragraph | CodingUnit::Article => {}
            }
        }
        self.together.count(coded.sentences, &self.things, &self.options.units, &mut sums.together);
        self.things.clear();
        self.things.shrink_to(MOST_KEPT);
        if sums.together.is_full() {
            std::mem::take(&mut sums.together).add_to(&self.options.units, &mut sums.counts.units);
        }
    }

    /// What a mention is to co-occurrence, if anything.
    fn thing(&self, mention: &Mention, voicing: Option<&Voicing>) -> Option<Thing> {
        match mention.entry {
            Entry::Alias(alias) => self.actor(alias, mention.usage).map(|actor| Thing::Actor(actor.0)),
            Entry::Term(term) => {
                let frame = self.codebook.terms[term.index()].frame?;
                let own = if voicing?.voice == Voice::Own { Own::Yes } else { Own::No };
                Some(Thing::Frame(frame.0, own))
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
}

/// Adds the tallies that wait to the group's.
fn add_items(waiting: &mut WaitingItems, counts: &mut GroupCounts) {
    waiting.drain(|rest| {
        add_to(&mut counts.coded, rest);
        add_to(&mut counts.rolled, rest);
        add_to(&mut counts.terms, rest);
        add_to(&mut counts.frames, rest);
        add_to(&mut counts.forces, rest);
        add_to(&mut counts.variants, rest);
        add_to(&mut counts.targets, rest);
        add_to(&mut counts.speakers, rest);
    });
}

/// One number for a frame and a force.
fn force_number(frame: u32, force: Force) -> u32 {
    frame * Force::ALL.len() as u32 + force as u32
}

fn force_of(number: u32) -> (u32, Force) {
    let forces = Force::ALL.len() as u32;
    (number / forces, Force::ALL[(number % forces) as usize])
}

/// Whether a mention stands in the headline or the standfirst.
fn is_lead(coded: &Coded<'_>, mention: &Mention) -> bool {
    matches!(coded.zone_of(&coded.sentences[mention.sentence as usize]), Zone::Headline | Zone::Standfirst)
}

/// What an article counts of one thing fits into 32 bits, since the article itself does.
fn saturate(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn add_mention(tally: &mut ActorTally, usage: Usage, kind: AliasKind) {
    match (usage, kind) {
        (Usage::Place, _) => tally.n_place_use += 1,
        (Usage::Actor, AliasKind::Demonym) => tally.n_demonym += 1,
        (Usage::Actor, AliasKind::Metonym) => tally.n_metonym += 1,
        (
            Usage::Actor,
            AliasKind::Name | AliasKind::Acronym | AliasKind::Title | AliasKind::Spelling | AliasKind::Mask,
        ) => tally.n_name += 1,
    }
}
