//! The features of an actor that no verb and no noun gives: where it stands to the term, and what speaks for nobody.

use super::clause::Reading;
use super::feature::{Feature, Head, Relation, STEPS, Step, Use, Verb};
use super::phrases::Group;
use super::sheet::{Gap, NameUsage, Party, People, Word};
use super::ties::{FAR_AWAY, PHRASE_WORDS, Ties};
use super::word_class::{Class, Tag};
use crate::codebook::{CueKind, Strength};

impl Ties<'_, '_> {
    /// Where an actor stands, and what it is.
    pub(super) fn place(&mut self, number: usize) {
        let r = self.r;
        let name = r.names[number];
        let (first, last) = (usize::from(name.first), usize::from(name.last));
        let (side, from, to) = if last < self.hit.first {
            (Relation::Left, last + 1, self.hit.first)
        } else if first > self.hit.last {
            (Relation::Right, self.hit.last + 1, first)
        } else {
            (Relation::Inside, first, first)
        };
        if to - from > FAR_AWAY {
            return;
        }
        let distance = [1, 2, 4, 8, 16, 32].iter().take_while(|most| to + 1 - from >= **most).count();
        self.add(number, Feature::of(side).number(distance));
        // What is counted up to a word, less what is counted before the first.
        let count = |up_to: usize, of: fn(&Word) -> u16| {
            let up_to_word = |end: usize| end.checked_sub(1).map_or(0, |word| of(&r.words[word]));
            usize::from(up_to_word(up_to) - up_to_word(from))
        };
        let breaks = count(to + 1, |word| word.breaks);
        self.add(number, Feature::of(Relation::Breaks).number(breaks.min(3)));
        let others = count(to, |word| word.named);
        self.add(
            number,
            Feature::of(Relation::Between)
                .used(if side == Relation::Left { Use::Active } else { Use::Passive })
                .number(others.min(2)),
        );
        self.add_path(number, side, from, to);
        if r.gap(last + 1).has(Gap::HYPHEN) {
            let verb = self.verb_at(last + 1).unwrap_or(Verb::Other);
            self.add(number, Feature::of(Relation::Hyphen).verb(verb));
        }
        if r.gap(first).has(Gap::HYPHEN) {
            self.add(number, Feature::of(Relation::HyphenBefore));
        }
        if let Some(chunk) = r.chunk_at(last).map(|chunk| r.chunk(chunk)).filter(|chunk| last < chunk.last) {
            let head = head_of(r, chunk.last);
            self.add(number, Feature::of(Relation::HeadIs).head(head));
        }
        let mut is = |holds: bool, relation: Relation| {
            if holds {
                self.out[number].push(Feature::of(relation));
            }
        };
        is(name.usage == NameUsage::Possessive, Relation::OwnsSomething);
        is(name.usage == NameUsage::Place, Relation::IsPlace);
        is(name.usage == NameUsage::Demonym, Relation::IsDemonym);
        is(name.fact.people == People::Yes, Relation::IsPeople);
        match name.fact.party {
            Party::Territory => is(true, Relation::IsTerritory),
            Party::Person => is(true, Relation::IsPerson),
            Party::Group => is(true, Relation::IsGroup),
            Party::Other => is(true, Relation::IsOther),
            Party::Side => {}
        }
        let Some(chunk) = r.chunk_at(last).map(|chunk| r.chunk(chunk)) else { return };
        if let Some(before) = chunk.first.checked_sub(1).filter(|_| !r.gap(chunk.first).has(Gap::BREAK))
            && r.tag(before) == Tag::Adposition
        {
            self.add(number, Feature::of(Relation::Governed).preposition(r.preposition(before)));
        }
        let next = chunk.last + 1;
        if last == chunk.last
            && !r.gap(next).has(Gap::BREAK)
            && let Some(group) = r.group_at(next)
        {
            let verb = self.verb_of(r.group(group));
            self.add(number, Feature::of(Relation::BeforeVerb).verb(verb));
        }
    }

    /// Subjects and objects of the verbs that stand next to the term, whatever governs it, and of the first verb of all.
    pub(super) fn of_sentence(&mut self) {
        let r = self.r;
        let finite = |word: &usize| r.group_at(*word).is_some_and(|group| r.group(group).finite);
        let from = self.hit.first.saturating_sub(FAR_AWAY);
        if let Some(group) =
            (from..r.words.len().min(self.hit.last + PHRASE_WORDS)).find(finite).and_then(|word| r.group_at(word))
            && let Some((subject, _)) = r.subject_of(group)
        {
            let kind = self.verb_of(r.group(group));
            self.give_one(subject, Feature::of(Relation::MainSubject).verb(kind));
        }
        let before = (self.hit.first.saturating_sub(PHRASE_WORDS)..self.hit.first).rev().find(finite);
        let after = (self.hit.last + 1..r.words.len().min(self.hit.last + PHRASE_WORDS)).find(finite);
        for (side, word) in [before, after].into_iter().enumerate() {
            let Some(group) = word.and_then(|word| r.group_at(word)) else { continue };
            let kind = self.verb_of(r.group(group));
            if let Some((subject, _)) = r.subject_of(group).filter(|(subject, _)| !self.holds_hit(*subject)) {
                self.give_one(subject, Feature::of(Relation::NearSubject).number(side).verb(kind));
            }
            if let Some(object) = r.object_of(group).filter(|object| !self.holds_hit(*object)) {
                self.give_one(object, Feature::of(Relation::NearObject).number(side).verb(kind));
            }
        }
    }

    /// What stands between an actor and the term, if that is little.
    fn add_path(&mut self, number: usize, side: Relation, from: usize, to: usize) {
        let r = self.r;
        let mut feature = match side {
            Relation::Left => Feature::of(Relation::PathLeft),
            Relation::Right => Feature::of(Relation::PathRight),
            _ => return,
        };
        let own = [from.checked_sub(1).and_then(|word| r.chunk_at(word)), r.chunk_at(to)];
        let mut steps = 0;
        let (mut at, mut seen) = (from, usize::MAX);
        while at <= to {
            let mut found = [None, None];
            if r.gap(at).has(Gap::BREAK) {
                found[0] = Some(Step::Comma as usize);
            }
            if at < to {
                if let Some(chunk) = r.chunk_at(at).filter(|chunk| !own.contains(&Some(*chunk)) && *chunk != seen) {
                    seen = chunk;
                    let named = (r.chunk(chunk).first..=r.chunk(chunk).last).any(|word| r.words[word].name != 0);
                    found[1] = Some(if named { Step::Actor } else { Step::Phrase } as usize);
                } else if r.chunk_at(at).is_none() {
                    found[1] = self.step_of(at);
                }
            }
            for step in found.into_iter().flatten() {
                if steps == STEPS {
                    return;
                }
                feature = feature.step(steps, step);
                steps += 1;
            }
            at += 1;
        }
        self.add(number, feature);
    }

    fn step_of(&self, word: usize) -> Option<usize> {
        let r = self.r;
        if let Some(class) =
            r.preposition(word).filter(|_| !r.has_class(word, Class::Infinitive) || r.group_at(word).is_none())
        {
            return Some(Step::Preposition as usize + 1 + class as usize - Class::Of as usize);
        }
        if let Some(group) = r.group_at(word).map(|group| r.group(group)) {
            let step = match group {
                Group { copula: true, .. } => Step::Be,
                Group { bare: true, passive: true, .. } => Step::Participle,
                Group { bare: true, .. } => Step::Ing,
                Group { passive: true, .. } => Step::Passive,
                Group { infinitive: true, .. } => Step::Infinitive,
                _ => Step::Active,
            };
            return (word == group.head).then_some(step as usize);
        }
        match r.tag(word) {
            Tag::Conjunction => Some(Step::And as usize),
            Tag::Subordinator => Some(Step::Clause as usize),
            Tag::Adposition => Some(Step::Preposition as usize),
            _ if r.has_class(word, Class::Relative) => Some(Step::Clause as usize),
            _ => None,
        }
    }

    /// How the term stands in its sentence, which tells whether anybody is to be found.
    pub(super) fn of_nobody(&mut self) {
        let r = self.r;
        let (determiner, start) = r.determiner(self.hit.first);
        self.nobody.push(Feature::of(Relation::Determined).number(determiner as usize));
        if let Some(before) = start.checked_sub(1).filter(|_| !r.gap(start).has(Gap::BREAK))
            && let Some(preposition) = r.preposition(before)
        {
            self.nobody.push(Feature::of(Relation::HitGoverned).preposition(Some(preposition)));
        }
        let nearby = self.hit.first.saturating_sub(FAR_AWAY)..r.words.len().min(self.hit.last + FAR_AWAY);
        if !r.has_finite_verb(nearby.start, nearby.end) {
            self.nobody.push(Feature::of(Relation::Verbless));
        }
        let mut sides: Vec<_> = r
            .names
            .iter()
            .zip(self.out.iter())
            .filter(|(name, features)| !features.is_empty() && matches!(name.fact.party, Party::Side | Party::Group))
            .map(|(name, _)| name.fact.actor)
            .collect();
        sides.sort_unstable();
        sides.dedup();
        self.nobody.push(Feature::of(Relation::NobodySides).number(sides.len().min(4)));
    }
}

/// What the noun is at a word.
pub(super) fn head_of(r: &Reading, word: usize) -> Head {
    let kinds = [
        (CueKind::People, Head::People),
        (CueKind::Force, Head::Force),
        (CueKind::DeedOn, Head::Deed),
        (CueKind::DeedOf, Head::Deed),
        (CueKind::Conflict, Head::Conflict),
        (CueKind::Thing, Head::Thing),
    ];
    if let Some(source) = r.cues_at(word).find(|cue| cue.kind == CueKind::SourceNoun) {
        return if source.strength == Strength::Strong { Head::Office } else { Head::Observer };
    }
    kinds.iter().find(|(kind, _)| r.is(word, *kind)).map_or(Head::Noun, |(_, head)| *head)
}
