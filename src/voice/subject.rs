//! Who acts: the subject of a verb, over appositions, relative clauses, chains of predicates and participles.

use super::clause::Reading;
use super::cues::CueAt;
use super::grammar::Function;
use super::sheet::{Gap, Name, NameUsage, Party};
use super::speaker::{is_private, is_road, speaks};
use super::word_class::Class;
use crate::codebook::{CueKind, CueScope, Strength};
use crate::id::ActorId;

/// How far to the left the subject of a verb is looked for.
const SUBJECT_WORDS: usize = 14;

/// The actor that is the subject of the verb at `verb`. `before` is the subject of the sentence before, for pronouns.
pub(super) fn subject(r: &Reading, verb: usize, before: Option<ActorId>) -> Option<ActorId> {
    let mut at = verb;
    while at > 0
        && !r.gap(at).has(Gap::BREAK)
        && matches!(r.function(at - 1), Function::Auxiliary | Function::Modal | Function::Adverb | Function::To)
        && r.name_at(at - 1).is_none()
    {
        at -= 1;
    }
    if at == 0 {
        return None;
    }
    let finite = (at..verb).any(|word| matches!(r.function(word), Function::Auxiliary | Function::Modal));
    if r.has_class(verb, Class::EndsIng) && !finite {
        return main_subject(r, verb, before);
    }
    let resumed = r.before_insertion(at);
    if resumed < at && !r.gap(resumed).has(Gap::COMMA) {
        // "X - backed by its ally, Y - launched": X.
        at = resumed;
    } else if r.gap(at).has(Gap::BREAK) {
        return after_apposition(r, at);
    }
    if at < verb
        && r.function(verb - 1) == Function::To
        && let Some(name) = owner_of_plan(r, at)
    {
        return Some(name.fact.actor);
    }
    match r.function(at - 1) {
        Function::Pronoun => return pronoun(r, at - 1, before),
        Function::Relative => return antecedent(r, at - 1),
        Function::That if at >= 2 => return antecedent(r, at - 1),
        // "X denied A and called B": the verb before has the same subject.
        Function::And => return earlier_predicate(r, at - 1, before),
        _ => {}
    }
    let mut fallback = None;
    for word in (at.saturating_sub(SUBJECT_WORDS)..at).rev() {
        if word + 1 < at && (r.gap(word + 1).has(Gap::BREAK) || is_boundary(r, word)) {
            break;
        }
        if is_private(r, word) {
            return None;
        }
        if r.has_class(word, Class::Latter) {
            return r.names.iter().rev().find(|name| (name.last as usize) < word).map(|name| name.fact.actor);
        }
        if let Some(name) = r.name_at(word).filter(|name| name.last as usize == word) {
            let first = name.first as usize;
            let governed = first > 0 && !r.gap(first).has(Gap::BREAK) && is_oblique(r, first);
            match name.usage {
                // "the foreign ministry in Baku"
                NameUsage::Place if governed && is_seat(r, first) => return Some(name.fact.actor),
                NameUsage::Place => {}
                _ if governed => {}
                NameUsage::Possessive | NameUsage::Plain => return speaks(r, name).then_some(name.fact.actor),
                NameUsage::Demonym => fallback = speaks(r, name).then_some(name.fact.actor),
            }
        } else if r.function(word) == Function::Pronoun {
            return fallback.or_else(|| pronoun(r, word, before));
        }
    }
    fallback
}

/// "X's campaign to retake": X.
fn owner_of_plan<'a>(r: &Reading<'a>, to: usize) -> Option<&'a Name> {
    for word in (to.saturating_sub(4)..to).rev() {
        if r.gap(word + 1).has(Gap::BREAK) {
            return None;
        }
        match r.name_at(word) {
            Some(name) if matches!(name.usage, NameUsage::Possessive | NameUsage::Demonym) => return Some(name),
            None if r.function(word) == Function::Content => {}
            _ => return None,
        }
    }
    None
}

/// "the envoy *to* X", "a protest *against* X": X is not who acts. "the ministry *of* X" is.
fn is_oblique(r: &Reading, name: usize) -> bool {
    let mut at = name - 1;
    while at > 0 && matches!(r.function(at), Function::Definite | Function::Indefinite) && !r.gap(at).has(Gap::BREAK) {
        at -= 1;
    }
    matches!(
        r.function(at),
        Function::To
            | Function::Against
            | Function::With
            | Function::On
            | Function::About
            | Function::Preposition
            | Function::For
            | Function::In
    )
}

/// Whether an office that speaks for a state stands before "in" and the capital.
fn is_seat(r: &Reading, name: usize) -> bool {
    name >= 2
        && r.function(name - 1) == Function::In
        && r.cues.iter().any(|cue| {
            let office = cue.kind == CueKind::SourceNoun && cue.strength == Strength::Strong;
            office && cue.last as usize == name - 2
        })
}

fn is_boundary(r: &Reading, word: usize) -> bool {
    matches!(r.function(word), Function::That | Function::Relative | Function::Subordinator | Function::What)
        || r.is(word, CueKind::Stop)
}

/// "it", "he", "they", "its": the subject of the clause before in this sentence, or of the sentence before.
pub(super) fn pronoun(r: &Reading, word: usize, before: Option<ActorId>) -> Option<ActorId> {
    let owner = r.has_class(word, Class::Owner);
    if !owner && !r.has_class(word, Class::Pronoun) {
        return None;
    }
    let person = r.has_class(word, if owner { Class::PersonOwner } else { Class::Person });
    let earlier = || r.names.iter().rev().filter(|name| (name.last as usize) < word);
    let named = earlier().find(|name| if person { name.fact.party == Party::Person } else { is_subject(r, name) });
    // "X's siege, it argues, ..."
    let owner = || earlier().find(|name| name.usage == NameUsage::Possessive && heads_clause(r, name));
    named
        .map(|name| name.fact.actor)
        .or_else(|| if person { None } else { head_name(r, word) })
        .or(before)
        .or_else(|| owner().filter(|_| !person).map(|name| name.fact.actor))
}

/// "X", "X's foreign ministry", "Armenian officials".
fn is_head(r: &Reading, name: &Name) -> bool {
    let last = name.last as usize;
    let office = || {
        (last + 1..r.words.len().min(last + 4))
            .take_while(|word| !r.gap(*word).has(Gap::BREAK) && r.function(*word) == Function::Content)
            .any(|word| r.cues_at(word).any(|cue| cue.kind == CueKind::SourceNoun && cue.strength == Strength::Strong))
    };
    match name.usage {
        NameUsage::Plain => true,
        NameUsage::Possessive | NameUsage::Demonym => office(),
        NameUsage::Place => false,
    }
}

/// Whether a name stands where a subject does. A place says and does nothing.
pub(super) fn is_subject(r: &Reading, name: &Name) -> bool {
    is_head(r, name) && heads_clause(r, name) && name.fact.party != Party::Territory
}

/// Whether a name opens its clause: nothing but titles and an article stand before it there.
fn heads_clause(r: &Reading, name: &Name) -> bool {
    let mut at = name.first as usize;
    loop {
        if at == 0 || r.gap(at).has(Gap::BREAK) {
            return true;
        }
        let before = at - 1;
        let opener = is_boundary(r, before) || (r.function(before) == Function::And && r.gap(before).has(Gap::COMMA));
        if opener {
            return true;
        }
        if !(r.function(before) == Function::Definite
            || (r.function(before) == Function::Content && r.is_capital(before)))
        {
            return false;
        }
        at = before;
    }
}

/// The first actor of the sentence that is a subject: no possessive, no object of a preposition.
fn head_name(r: &Reading, end: usize) -> Option<ActorId> {
    let heads = r.names.iter().filter(|name| (name.last as usize) < end);
    let plain = |name: &&Name| {
        let first = name.first as usize;
        matches!(name.usage, NameUsage::Plain) && !(first > 0 && !r.gap(first).has(Gap::BREAK) && is_governed(r, first))
    };
    heads.into_iter().find(plain).map(|name| name.fact.actor)
}

fn is_governed(r: &Reading, name: usize) -> bool {
    let before = if r.function(name - 1) == Function::Definite && name >= 2 { name - 2 } else { name - 1 };
    matches!(r.function(before), Function::Of | Function::By | Function::As) || is_oblique(r, name)
}

/// The nearest actor before a relative pronoun.
fn antecedent(r: &Reading, relative: usize) -> Option<ActorId> {
    let name = r.names.iter().rev().find(|name| (name.last as usize) < relative)?;
    (relative - name.last as usize <= 3 && name.usage != NameUsage::Possessive).then_some(name.fact.actor)
}

/// The subject before an insertion: "X, the prime minister, said".
fn after_apposition(r: &Reading, verb: usize) -> Option<ActorId> {
    let mut start = r.segment_start(verb - 1);
    for _ in 0..3 {
        let name = (start..verb).find_map(|word| r.name_at(word));
        let inserted = r.gap(start).has(Gap::COMMA);
        match name {
            Some(name) if !inserted => return speaks(r, name).then_some(name.fact.actor),
            _ if start == 0 => return name.filter(|name| speaks(r, name)).map(|name| name.fact.actor),
            _ => start = r.segment_start(start - 1),
        }
    }
    None
}

/// The subject of an earlier verb in a chain of predicates.
fn earlier_predicate(r: &Reading, and: usize, before: Option<ActorId>) -> Option<ActorId> {
    let verb = (0..and).rev().find(|word| {
        r.is_verb_of_speech(*word)
            || matches!(r.function(*word), Function::Auxiliary | Function::Modal)
            || r.is(*word, CueKind::Doing)
    });
    match verb {
        Some(verb) if verb > 0 => subject(r, verb, before),
        _ => head_name(r, and),
    }
}

/// Whom the verb of a cue accuses; `link` is its "of".
pub(super) fn accused_by(r: &Reading, cue: &CueAt, link: usize) -> Option<ActorId> {
    let verb = cue.first as usize;
    if let Some(group) = r.group_at(verb).filter(|group| r.group(*group).passive) {
        // "X, accused of theft, ...", "X stands accused of theft": X.
        return match r.subject_of(group) {
            Some((chunk, _)) if !r.chunk(chunk).pronoun => r.actor_of(chunk),
            _ => subject(r, verb, None),
        };
    }
    let name = (cue.last as usize + 1..link).find_map(|word| r.name_at(word))?;
    (name.usage == NameUsage::Plain).then_some(name.fact.actor)
}

/// The subject of the main clause for a participle: before it, or after the comma that ends its clause.
fn main_subject(r: &Reading, participle: usize, before: Option<ActorId>) -> Option<ActorId> {
    if let Some(name) = participle.checked_sub(1).and_then(|word| r.name_at(word))
        && !r.gap(participle).has(Gap::BREAK)
        && name.usage == NameUsage::Plain
        && !is_road(r, name)
    {
        return Some(name.fact.actor);
    }
    // "warned X against planning the invasion": X would plan it.
    let object = r.group_at(participle).and_then(|group| r.charged(r.group(group)));
    if let Some(actor) = object.and_then(|chunk| r.actor_of(chunk)) {
        return Some(actor);
    }
    // "accused X of planning the invasion": X plans it.
    let accused = r.cues.iter().rev().find(|cue| {
        cue.kind == CueKind::Accusation && cue.scope == CueScope::Clause && (cue.last as usize) < participle
    });
    if let Some(cue) = accused
        && participle > 0
        && matches!(r.function(participle - 1), Function::Of | Function::For | Function::And)
        && r.reaches(cue.last as usize, participle, r.hold_of(cue.first as usize))
        && let Some(link) =
            (cue.last as usize + 1..participle).find(|word| matches!(r.function(*word), Function::Of | Function::For))
    {
        return accused_by(r, cue, link);
    }
    let stop = (0..=participle).rev().find(|word| r.gap(*word).has(Gap::STOP) || r.is(*word, CueKind::Stop));
    let start = stop.unwrap_or(0);
    let in_clause = r.names.iter().filter(|name| (start..participle).contains(&(name.first as usize)));
    let head = in_clause
        .filter(|name| name.usage == NameUsage::Plain && name.fact.party != Party::Territory)
        .find(|name| heads_clause(r, name));
    if let Some(name) = head {
        return Some(name.fact.actor);
    }
    let pronoun =
        (start..participle).find(|word| r.function(*word) == Function::Pronoun && r.has_class(*word, Class::Pronoun));
    if pronoun.is_some() {
        return before;
    }
    following_subject(r, participle)
}

/// "Despite taking control of Y, X insists": the actor that opens the clause after the comma.
fn following_subject(r: &Reading, word: usize) -> Option<ActorId> {
    let opens = |name: &&Name| {
        let first = name.first as usize;
        let after_article = first > 0 && r.function(first - 1) == Function::Definite;
        let start = if after_article { first - 1 } else { first };
        first > word && r.gap(start).has(Gap::COMMA) && name.usage == NameUsage::Plain
    };
    let goes_on = |name: &Name| {
        let next = name.last as usize + 1;
        next < r.words.len() && !r.gap(next).has(Gap::BREAK) && r.function(next) != Function::And
    };
    let name = r.names.iter().find(opens)?;
    (goes_on(name) && name.fact.party != Party::Territory).then_some(name.fact.actor)
}

impl Reading<'_> {
    /// The actor whose name ends a noun phrase.
    pub fn actor_of(&self, chunk: usize) -> Option<ActorId> {
        let name = self.name_at(self.chunk(chunk).last)?;
        (name.usage != NameUsage::Possessive && name.usage != NameUsage::Place).then_some(name.fact.actor)
    }
}
