//! People and offices as the article brings them in: who was "Foreign Minister X" once speaks for the same actor when he
//! is only "X" later, and "the ministry" is the one that was named before.

use super::clause::{Determiner, Reading};
use super::phrases::Chunk;
use super::sheet::{Gap, Name, NameUsage, Party};
use super::spokesman::speaks_for;
use super::word_class::{Class, Tag};
use crate::codebook::{CueKind, Strength};
use crate::id::ActorId;
use crate::normalise::View;
use crate::span::NormSpan;
use rustc_hash::FxHashMap;

/// Persons and offices, each with the actor that it was brought in with.
#[derive(Debug, Clone, Default)]
pub(super) struct Introduced {
    /// By the last word of the name.
    known: FxHashMap<Box<str>, ActorId>,
    /// By the noun.
    offices: FxHashMap<Box<str>, Office>,
    sentence: u32,
}

/// Whose "the ministry" is.
#[derive(Debug, Clone, Copy)]
struct Office {
    actor: ActorId,
    sentence: u32,
    /// Others have one too in this article.
    several: bool,
}

/// How far back "the ministry" is the one named before, where there are several, in sentences.
const SENTENCES_BACK: u32 = 1;
/// How far back it is where there is one, in sentences.
const MOST_BACK: u32 = 12;

impl Introduced {
    pub fn clear(&mut self) {
        self.known.clear();
        self.offices.clear();
    }

    /// Notes the persons of the codebook whose full names a sentence has: "Orlo Benn" may be "Benn" later.
    pub fn meet(&mut self, view: &View, names: &[Name]) {
        for name in names.iter().filter(|name| name.fact.party == Party::Person) {
            let whole = view.slice(name.span);
            let mut spaces = whole.rmatch_indices(' ').map(|(at, _)| at + 1);
            if let Some(last) = spaces.next() {
                self.remember(&whole[last..], name.fact.actor);
                self.remember(&whole[spaces.next().unwrap_or(0)..], name.fact.actor);
            }
        }
    }

    /// Notes a person by the last word of the name, and by the two last ones.
    fn know(&mut self, r: &Reading, person: Chunk, actor: ActorId) {
        self.remember(r.text(person.last), actor);
        if let Some(whole) = whole_name(r, person) {
            self.remember(whole, actor);
        }
    }

    /// Who has a name first keeps it.
    fn remember(&mut self, name: &str, actor: ActorId) {
        if !self.known.contains_key(name) {
            self.known.insert(name.into(), actor);
        }
    }

    /// The actor with whom a person was brought in: by both words of the name where there are two.
    fn known_as(&self, r: &Reading, person: Chunk) -> Option<ActorId> {
        self.known.get(whole_name(r, person).unwrap_or(r.text(person.last))).copied()
    }

    /// Notes the people and offices of a sentence.
    pub fn read(&mut self, r: &Reading, sentence: u32) {
        self.sentence = sentence;
        if r.names.is_empty() {
            return;
        }
        for number in 0..r.phrases.chunks.len() {
            let chunk = r.chunk(number);
            let last = chunk.last;
            if chunk.pronoun {
                continue;
            }
            if is_person(r, last) {
                let titled = |chunk: usize| (r.chunk(chunk).first..=r.chunk(chunk).last).any(|word| is_office(r, word));
                let beside = || r.chunk_at(last + 1).filter(|_| r.gap(last + 1).has(Gap::COMMA));
                if (titled(number) || beside().is_some_and(titled))
                    && let Some(actor) = speaks_for(r, number)
                {
                    self.know(r, chunk, actor);
                }
            } else if is_office(r, last)
                && let Some(actor) = speaks_for(r, number)
            {
                let office = self.offices.entry(r.text(last).into());
                let office = office.or_insert(Office { actor, sentence, several: false });
                let several = office.several || office.actor != actor;
                *office = Office { actor, sentence, several };
            }
        }
    }

    /// The speaker that a noun phrase shows, or whom it showed before in the article. A person who is known once keeps
    /// his actor.
    pub fn speaker_of(&mut self, r: &Reading, chunk: usize, speaker: Option<ActorId>) -> Option<ActorId> {
        let person = r.chunk(chunk);
        if !is_person(r, person.last) {
            return speaker.or_else(|| self.office_of(r, chunk));
        }
        match speaker {
            Some(actor) => {
                self.know(r, person, actor);
                Some(actor)
            }
            None => self.known_as(r, person),
        }
    }

    /// The actor for whom the person speaks who is the subject of the sentence: whom "he" stands for in the next one.
    pub fn subject(&self, r: &Reading) -> Option<ActorId> {
        let person = r.first_subject().filter(|subject| !r.gap(0).has(Gap::QUOTE) && is_person(r, subject.last))?;
        match r.name_at(person.last) {
            Some(name) => (name.fact.party == Party::Person).then_some(name.fact.actor),
            None => self.known_as(r, person),
        }
    }

    /// Whose "the ministry" is, by the sentences before.
    fn office_of(&self, r: &Reading, chunk: usize) -> Option<ActorId> {
        let phrase = r.chunk(chunk);
        let (determiner, _) = r.determiner(phrase.last);
        let alone = phrase.first == phrase.last;
        // "the ministry in the north" is another one
        let links = [Class::Of, Class::In, Class::For, Class::From];
        let qualified = links.iter().any(|class| r.has_class(phrase.last + 1, *class));
        if !is_office(r, phrase.last) || qualified || !(determiner == Determiner::Definite || alone) {
            return None;
        }
        let office = self.offices.get(r.text(phrase.last))?;
        let most = if office.several || alone { SENTENCES_BACK } else { MOST_BACK };
        (self.sentence - office.sentence <= most).then_some(office.actor)
    }
}

/// Whether a word ends the name of a person whom the codebook does not know. "Katz", who was "Israel Katz" in its words
/// before, is known.
pub(super) fn is_person(r: &Reading, last: usize) -> bool {
    let short = r.name_at(last).is_some_and(|name| name.first == name.last || name.usage == NameUsage::Place);
    !short && r.is_capital(last) && r.tag(last) == Tag::Name
}

/// The two last words of a person's name, if the first of them is a name too: "Ida Benn" is not "Orlo Benn".
fn whole_name<'r>(r: &Reading<'r>, Chunk { first, last, .. }: Chunk) -> Option<&'r str> {
    let name = |word: usize| r.tag(word) == Tag::Name && r.is_capital(word) && !r.has_class(word, Class::Honorific);
    let before = last.checked_sub(1).filter(|before| *before >= first && !r.gap(last).has(Gap::BREAK))?;
    let given = name(before) && r.name_at(before).is_none_or(|name| usize::from(name.last) == last);
    let span = NormSpan { end: r.words[last].span.end, ..r.words[before].span };
    (given && !r.is(before, CueKind::SourceNoun)).then(|| r.view.slice(span))
}

fn is_office(r: &Reading, word: usize) -> bool {
    r.cues_at(word).any(|cue| cue.kind == CueKind::SourceNoun && cue.strength == Strength::Strong)
}
