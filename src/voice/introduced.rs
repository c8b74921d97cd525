//! People and offices as the article brings them in: who was "Foreign Minister X" once speaks for the same actor when he
//! is only "X" later, and "the ministry" is the one that was named before.

use super::clause::{Determiner, Reading};
use super::grammar::Function;
use super::sheet::{Gap, NameUsage};
use super::spokesman::speaks_for;
use super::word_class::{Class, Tag};
use crate::codebook::{CueKind, Strength};
use crate::id::ActorId;
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

/// Who a pronoun may stand for by the sentence before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    /// Its subject, in the same paragraph.
    pub actor: Option<ActorId>,
    /// Its subject if that is a person, in the paragraph before too.
    pub person: Option<ActorId>,
    /// Its subject if that is a state, an army or the like, in the same paragraph.
    pub body: Option<ActorId>,
    /// The same if it is a movement.
    pub movement: Option<ActorId>,
}

impl Before {
    /// For whom a noun phrase speaks that is a pronoun or begins with one: "he" and "his office" for a person, "it" and
    /// "its army" for another actor.
    pub fn speaker(&self, r: &Reading, chunk: usize) -> Option<ActorId> {
        let phrase = r.chunk(chunk);
        let owner = r.has_class(phrase.first, Class::Owner) && r.any_office(phrase.last, phrase.last);
        if r.has_class(phrase.first, Class::Person) || owner && r.has_class(phrase.first, Class::PersonOwner) {
            return self.person;
        }
        // "the group", "the militant group"
        let definite = r.function(phrase.first) == Function::Definite && r.has_class(phrase.last, Class::Movement);
        let named = || {
            (phrase.first..=phrase.last)
                .any(|word| r.name_at(word).is_some_and(|name| !r.gap(usize::from(name.last) + 1).has(Gap::HYPHEN)))
        };
        if definite {
            return self.movement.filter(|_| !named());
        }
        // "The union said it hoped": whoever is the subject before "it" in its sentence.
        let named = |group: usize| r.subject_of(group).is_some_and(|(subject, _)| !r.chunk(subject).pronoun);
        let finite = |word: usize| r.group_at(word).filter(|group| r.group(*group).finite);
        let it = || phrase.pronoun && r.has_class(phrase.first, Class::It);
        self.body.filter(|_| (owner || it()) && !(0..phrase.first).filter_map(finite).any(named))
    }
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
                if !self.known.contains_key(r.text(last))
                    && (titled(number) || beside().is_some_and(titled))
                    && let Some(actor) = speaks_for(r, number)
                {
                    self.known.insert(r.text(last).into(), actor);
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
        let last = r.chunk(chunk).last;
        if !is_person(r, last) {
            return speaker.or_else(|| self.office_of(r, chunk));
        }
        let name = r.text(last);
        match speaker {
            Some(actor) => {
                self.known.entry(name.into()).or_insert(actor);
                Some(actor)
            }
            None => self.known.get(name).copied(),
        }
    }

    /// The actor for whom the person speaks who is the subject of the sentence, if the codebook does not know him: whom
    /// "he" stands for in the next one.
    pub fn subject(&self, r: &Reading) -> Option<ActorId> {
        let verb = (0..r.words.len()).find_map(|word| r.group_at(word).filter(|group| r.group(*group).finite))?;
        let last = r.subject_of(verb).map(|(chunk, _)| r.chunk(chunk).last)?;
        let opens = !r.gap(0).has(Gap::QUOTE) && is_person(r, last) && r.name_at(last).is_none();
        self.known.get(r.text(last)).copied().filter(|_| opens)
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
fn is_person(r: &Reading, last: usize) -> bool {
    let short = r.name_at(last).is_some_and(|name| name.first == name.last || name.usage == NameUsage::Place);
    !short && r.is_capital(last) && r.tag(last) == Tag::Name
}

fn is_office(r: &Reading, word: usize) -> bool {
    r.cues_at(word).any(|cue| cue.kind == CueKind::SourceNoun && cue.strength == Strength::Strong)
}
