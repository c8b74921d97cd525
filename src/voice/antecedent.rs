//! Whom "he", "it" and "the group" may stand for, by the sentences before: who was the subject of the last one that named
//! an actor, and who closed it by saying so ("..., the minister said.").

use super::clause::Reading;
use super::cues::CueAt;
use super::denial::is_negated;
use super::grammar::Function;
use super::introduced::{Introduced, is_person};
use super::sheet::{AliasFact, Gap, Name, NameUsage, Party, Sheet};
use super::speaker::{speaker, speaking};
use super::spokesman::{is_land, only};
use super::subject::is_subject;
use super::word_class::Class;
use crate::codebook::CueKind;
use crate::id::ActorId;
use crate::normalise::View;
use crate::segment::Sentence;

/// Among so many cues at the end of a sentence the one is looked for that reports it.
const LAST_CUES: usize = 4;
/// How far from the beginning of its sentence the name of a subject may stand.
const HEAD_BYTES: u32 = 32;

/// Who a pronoun may stand for by the sentence before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    /// Its subject, in the same paragraph.
    pub actor: Option<ActorId>,
    /// The person who closed it by a report or is its subject, in the paragraph before too.
    pub person: Option<ActorId>,
    /// The same if it is a state, an army or the like, in the same paragraph.
    body: Option<ActorId>,
    /// Its subject if that is a movement.
    movement: Option<ActorId>,
    /// Its subject, if what the sentence tells is what he says: a quotation that follows goes on with it.
    pub said: Option<ActorId>,
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
            let movement = |name: &&Name| matches!(name.fact.party, Party::Group | Party::Other);
            let here = r.names.iter().filter(movement).filter(|name| usize::from(name.last) < phrase.first);
            return only(here).or(self.movement).filter(|_| !named());
        }
        // "The union said it hoped": whoever is the subject before "it" in its sentence.
        let named = |group: usize| r.subject_of(group).is_some_and(|(subject, _)| !r.chunk(subject).pronoun);
        let finite = |word: usize| r.group_at(word).filter(|group| r.group(*group).finite);
        let it = || phrase.pronoun && r.has_class(phrase.first, Class::It);
        let land = (phrase.first..phrase.last).any(|word| is_land(r, word)) && r.any_office(phrase.first, phrase.last);
        self.body.filter(|_| (owner || land || it()) && !(0..phrase.first).filter_map(finite).any(named))
    }
}

/// An actor that a pronoun in the next sentence may stand for.
#[derive(Debug, Clone, Copy)]
struct Antecedent {
    sentence: u32,
    actor: ActorId,
    party: Party,
    /// It does what the first verb of the sentence says, or reports the sentence.
    opens: bool,
}

/// What the sentences of an article so far leave for pronouns.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Antecedents {
    subject: Option<Antecedent>,
    /// Who closed the last sentence by a report.
    reporter: Option<Antecedent>,
    /// The number of the last sentence and who says something in it.
    said: Option<(u32, ActorId)>,
}

impl Antecedents {
    /// Who a pronoun of a sentence may stand for.
    pub fn before(&self, sentences: &[Sentence], number: u32) -> Before {
        let near = |known: &Antecedent| known.sentence + 1 >= number;
        let inside = |known: &Antecedent| {
            near(known) && sentences[known.sentence as usize].passage == sentences[number as usize].passage
        };
        let opens = |known: &Antecedent, person: bool| known.opens && (known.party == Party::Person) == person;
        let actor = |known: Antecedent| known.actor;
        let of = |person: bool, fits: &dyn Fn(&Antecedent) -> bool| {
            let mut both = [self.reporter, self.subject].into_iter().flatten();
            both.find(|known| fits(known) && opens(known, person)).map(actor)
        };
        let subject = self.subject.filter(inside);
        let is_movement = |known: &Antecedent| known.opens && matches!(known.party, Party::Group | Party::Other);
        Before {
            actor: subject.map(actor),
            person: of(true, &near),
            body: of(false, &inside),
            movement: subject.filter(is_movement).map(actor),
            said: self.said.filter(|(sentence, _)| sentence + 1 == number).map(|(_, actor)| actor),
        }
    }

    /// Takes a sentence, or a piece of one. One that has not been read has no words: there the subject is an actor named at
    /// its head.
    pub fn note(
        &mut self,
        view: &View,
        sheet: &Sheet,
        sentence: &Sentence,
        number: u32,
        before: Before,
        introduced: &mut Introduced,
    ) {
        let r = Reading::of(view, sheet);
        let person = introduced.subject(&r).or_else(|| before.person.filter(|_| opens_with_pronoun(&r)));
        if let Some(actor) = person {
            self.subject = Some(Antecedent { sentence: number, actor, party: Party::Person, opens: true });
        } else if let Some(fact) = subject_of(view, sheet, sentence) {
            let opens = opens_with(view, sheet, sentence, fact);
            self.subject = Some(Antecedent { sentence: number, actor: fact.actor, party: fact.party, opens });
        }
        self.said = saying(&r, before, introduced).map(|actor| (number, actor));
        self.reporter =
            reporter(&r, introduced).map(|(actor, party)| Antecedent { sentence: number, actor, party, opens: true });
    }
}

/// "He left": the first verb has a pronoun for a person.
fn opens_with_pronoun(r: &Reading) -> bool {
    r.first_subject().is_some_and(|chunk| chunk.pronoun && r.has_class(chunk.first, Class::Person))
        && !r.gap(0).has(Gap::QUOTE)
}

/// "The minister said that ...": the subject of the sentence, who speaks.
fn saying(r: &Reading, before: Before, introduced: &mut Introduced) -> Option<ActorId> {
    let subject = r.first_subject().filter(|_| !r.gap(0).has(Gap::QUOTE))?;
    let says = |cue: &&CueAt| {
        let first = usize::from(cue.first);
        matches!(cue.kind, CueKind::Report | CueKind::Assertion | CueKind::Factive)
            && !is_negated(r, first)
            && r.group_at(first).is_some_and(|group| r.group(group).finite)
            && speaking(r, cue).is_some_and(|chunk| r.chunk(chunk) == subject)
    };
    let cue = r.cues.iter().find(says)?;
    let chunk = speaking(r, cue)?;
    introduced.speaker_of(r, chunk, speaker(r, cue)).or_else(|| before.speaker(r, chunk))
}

/// "..., the minister said.", "..., according to the ministry.": who closes the sentence by saying so, and if that is a
/// person.
fn reporter(r: &Reading, introduced: &mut Introduced) -> Option<(ActorId, Party)> {
    let closes = |cue: &&CueAt| {
        let (first, last) = (usize::from(cue.first), usize::from(cue.last));
        let verb = matches!(cue.kind, CueKind::Report | CueKind::Assertion | CueKind::Factive)
            && r.group_at(first).is_some_and(|group| r.group(group).finite);
        let start = r.segment_start(first);
        (verb || cue.kind == CueKind::Source)
            && start > 0
            && r.segment_end(last) == r.words.len()
            && r.has_finite_verb(0, start)
    };
    let cue = r.cues.iter().rev().take(LAST_CUES).filter(|_| !r.words.is_empty()).find(closes)?;
    let chunk = speaking(r, cue).filter(|chunk| r.chunk(*chunk).first >= r.segment_start(usize::from(cue.first)))?;
    let last = r.chunk(chunk).last;
    let named = r.name_at(last).is_some_and(|name| name.fact.party == Party::Person);
    let actor = introduced.speaker_of(r, chunk, speaker(r, cue))?;
    Some((actor, if named || is_person(r, last) { Party::Person } else { Party::Side }))
}

/// The actor that is the subject of a sentence.
fn subject_of(view: &View, sheet: &Sheet, sentence: &Sentence) -> Option<AliasFact> {
    let r = Reading::of(view, sheet);
    let subject = sheet.names.iter().find(|name| {
        if r.words.is_empty() {
            let near = name.span.start - sentence.span.start <= HEAD_BYTES;
            near && name.usage == NameUsage::Plain && name.fact.party != Party::Territory
        } else {
            is_subject(&r, name)
        }
    });
    subject.map(|name| name.fact)
}

/// Whether this actor does what the first verb of the sentence says. Of a sentence that has not been read, whether
/// nothing but titles stands before the name.
fn opens_with(view: &View, sheet: &Sheet, sentence: &Sentence, subject: AliasFact) -> bool {
    let r = Reading::of(view, sheet);
    let is_its = |name: &&Name| name.fact.actor == subject.actor;
    if r.words.is_empty() {
        let (masks, start) = (view.masks(), sentence.span.start as usize);
        return sheet.names.iter().find(is_its).is_some_and(|name| {
            let end = name.span.start as usize;
            masks.quote.next(start, end).is_none() && masks.start.iter(start, end).all(|word| masks.upper.get(word))
        });
    }
    let quoted = view.slice(sentence.span).starts_with(['"', '\'']);
    !quoted && r.first_subject().and_then(|chunk| r.name_at(chunk.last)).is_some_and(|name| is_its(&name))
}
