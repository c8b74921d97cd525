//! Who does it to whom: agent and target of a framing hit, where the sentence shows them.

use super::Hit;
use super::clause::Reading;
use super::deed::{Deed, Use, deed, used_as};
use super::grammar::Function;
use super::sheet::{Gap, Name, NameUsage, Party, People};
use super::speaker::{by_phrase, holds_to_blame, is_passive, name_in};
use super::subject::{accused_by, pronoun, subject};
use super::walk::Governor;
use super::word_class::Class;
use crate::codebook::{CueKind, Strength};
use crate::id::ActorId;

/// How far a phrase ("against X", "by X") may stand behind the term.
const PHRASE_WORDS: usize = 10;
/// How far the actor may stand behind its preposition ("on the southern border of X").
const OBJECT_WORDS: usize = 7;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Roles {
    pub agent: Option<ActorId>,
    pub target: Option<ActorId>,
}

pub(super) fn roles(r: &Reading, hit: &Hit, before: Option<ActorId>) -> Roles {
    let (deed, strength, head) = deed(r, hit);
    let inner = Hit { first: head, ..*hit };
    // In "lift the siege" the siege is what counts, in "take control" the whole is the verb.
    let inside = head > hit.first && (r.is(hit.first, CueKind::Doing) || r.is(hit.first, CueKind::Ending));
    let hit = if inside { &inner } else { hit };
    let mut roles = match used_as(r, hit, head, deed) {
        Use::Active => Roles { agent: subject(r, hit.first, before), target: object(r, hit.last, hit) },
        Use::Passive => Roles { agent: by_phrase(r, hit.last), target: subject(r, hit.first, before) },
        Use::Adjective => adjective(r, hit, before),
        Use::Noun => noun(r, hit, deed, strength, before),
    };
    if roles.agent.is_some() && roles.agent == roles.target {
        // One of them is wrong; what follows the term is the weaker evidence.
        roles.target = None;
    }
    roles
}

/// "Azerbaijan's occupied territories", "occupied territories of Azerbaijan", "Armenian-occupied districts".
fn adjective(r: &Reading, hit: &Hit, before: Option<ActorId>) -> Roles {
    let agent = match hit.first.checked_sub(1).and_then(|word| r.name_at(word)) {
        Some(name) if r.gap(hit.first).has(Gap::HYPHEN) => Some(name.fact.actor),
        _ => by_phrase(r, hit.last).or_else(|| withdrawing(r, hit, before)),
    };
    let owner = possessor(r, hit.first).and_then(|name| as_target(r, name));
    Roles { agent, target: owner.or_else(|| object(r, hit.last, hit)) }
}

/// "withdraw its forces from the occupied territories": whoever withdraws holds them.
fn withdrawing(r: &Reading, hit: &Hit, before: Option<ActorId>) -> Option<ActorId> {
    if !r.any_class(Class::Withdraw) {
        return None;
    }
    let verb = (hit.first.saturating_sub(12)..hit.first).rev().find(|word| r.has_class(*word, Class::Withdraw))?;
    let from = (verb..hit.first).find(|word| r.has_class(*word, Class::From))?;
    if (verb + 1..=hit.first).any(|word| r.gap(word).has(Gap::BREAK)) {
        return None;
    }
    let named = (verb + 1..from).rev().find_map(|word| r.name_at(word)).map(|name| name.fact.actor);
    named.or_else(|| subject(r, verb, before))
}

fn noun(r: &Reading, hit: &Hit, deed: Deed, strength: Strength, before: Option<ActorId>) -> Roles {
    // "Armenian genocide": a demonym may name the victim.
    let victim = |name: &&Name| deed == Deed::Of && strength == Strength::Weak && name.usage == NameUsage::Demonym;
    let owner = possessor(r, hit.first).filter(|name| !victim(name));
    let under = r.has_class(hit.first, Class::Under) || hit.first > 0 && r.has_class(hit.first - 1, Class::Under);
    let deed = if under && deed == Deed::Of { Deed::On } else { deed };
    let owned = owner.map(|name| name.fact.actor).or_else(|| pronoun_owner(r, hit.first, before));
    match deed {
        Deed::Holder => Roles { agent: None, target: owned.or_else(|| after(r, hit, &[Function::Of])) },
        Deed::Force => {
            let sent_by = r.name_at(hit.first).map(|name| name.fact.actor).or(owned);
            Roles { agent: sent_by.or_else(|| after(r, hit, &[Function::Of])), target: None }
        }
        Deed::Other => Roles { agent: owner.map(|name| name.fact.actor), target: after(r, hit, &[Function::Against]) },
        Deed::On | Deed::Of if is_blamed_on(r, hit) => Roles { agent: after(r, hit, &[Function::On]), target: None },
        Deed::On | Deed::Of => {
            let victim: &[Function] = if deed == Deed::On {
                &[Function::Against, Function::On, Function::In]
            } else {
                &[Function::Of, Function::Against, Function::About, Function::On]
            };
            let struck = || if deed == Deed::On { struck(r, hit) } else { None };
            let mut target = after(r, hit, victim).or_else(|| modifier(r, hit, deed)).or_else(struck);
            let by = by_phrase_of(r, hit);
            if by.is_some() && by != owned && target.is_none() {
                // "X's invasion by Y": X suffers it.
                target = owner.and_then(|name| as_target(r, name));
            }
            let of = deed == Deed::On && r.function_after(hit.last) == Function::Of;
            let agent = by
                .or(owned)
                .or_else(|| of.then(|| after(r, hit, &[Function::Of])).flatten())
                .or_else(|| doer(r, hit, before))
                .or_else(|| done_by(r, hit))
                .or_else(|| accused(r, hit));
            Roles { agent, target }
        }
    }
}

/// "blamed the attack on X": who stands behind "on" is said to have done it.
fn is_blamed_on(r: &Reading, hit: &Hit) -> bool {
    let (_, start) = r.determiner(hit.first);
    let verb = start.checked_sub(1).is_some_and(|verb| r.has_class(verb, Class::Blame));
    verb && r.function_after(hit.last) == Function::On
}

/// "imposed *by X*" directly behind the term, no later accusation by somebody else.
fn by_phrase_of(r: &Reading, hit: &Hit) -> Option<ActorId> {
    let end = r.words.len().min(hit.last + PHRASE_WORDS);
    for word in hit.last + 1..end {
        if r.gap(word).has(Gap::BREAK)
            || matches!(r.function(word), Function::Auxiliary | Function::Modal | Function::And)
        {
            return None;
        }
        if r.function(word) == Function::By {
            if r.is_by_of_report(word) {
                return None;
            }
            return object_from(r, word, hit).map(|name| name.fact.actor);
        }
    }
    None
}

/// The possessive or demonym that determines the noun phrase of the term: "X's growing aggression", "X's A and B".
fn possessor<'a>(r: &Reading<'a>, first: usize) -> Option<&'a Name> {
    for word in (first.saturating_sub(6)..first).rev() {
        if r.gap(word + 1).has(Gap::BREAK) {
            return None;
        }
        if let Some(name) = r.name_at(word) {
            if r.gap(name.first as usize).has(Gap::HYPHEN) {
                // "neo-Ottoman", "pro-Western".
                return None;
            }
            let adjective = name.usage == NameUsage::Demonym && name.fact.people == People::No;
            let compound = r.gap(word + 1).has(Gap::HYPHEN);
            return (name.usage == NameUsage::Possessive || adjective || compound).then_some(name);
        }
        match r.function(word) {
            Function::Content | Function::Adverb if !r.is_verb_of_speech(word) => {}
            // "X's aggression and occupation": both are X's.
            Function::And if word > 0 && r.function(word - 1) == Function::Content => {}
            _ => return None,
        }
    }
    None
}

/// "its attacks": the subject of the clause.
fn pronoun_owner(r: &Reading, first: usize, before: Option<ActorId>) -> Option<ActorId> {
    let (determiner, at) = r.determiner(first);
    let third = r.has_class(at, Class::Owner);
    if determiner != super::clause::Determiner::Possessive || !third || at == 0 {
        return None;
    }
    let mut names = r.names.iter().filter(|name| (name.last as usize) < at);
    // "X's refusal to end its blockade": X's.
    let beside = names.next_back().filter(|name| {
        let last = name.last as usize;
        name.usage == NameUsage::Possessive
            && at - last <= 8
            && !(last + 1..at).any(|word| r.gap(word).has(Gap::BREAK) || r.function(word) == Function::Auxiliary)
    });
    if let Some(name) = beside {
        return Some(name.fact.actor);
    }
    // "encouraged X to resume its offensive": X's.
    let resumes = r.chunk_at(at).and_then(|chunk| r.governor(chunk));
    if let Some(Governor::Object(verb)) = resumes
        && let Some(actor) = r.subject_of(verb).and_then(|(chunk, _)| r.actor_of(chunk))
    {
        return Some(actor);
    }
    pronoun(r, at, before)
}

/// "X was hit by a wave of attacks": X.
fn struck(r: &Reading, hit: &Hit) -> Option<ActorId> {
    let mut chunk = r.chunk_at(hit.last)?;
    if let Governor::Preposition { at, chunk: Some(above), .. } = r.governor(chunk)?
        && r.function(at) == Function::Of
    {
        chunk = above;
    }
    let Governor::Preposition { at, chunk: None, group: Some(group) } = r.governor(chunk)? else { return None };
    let verb = r.group(group);
    let harmed = verb.passive && r.has_class(verb.head, Class::Harm) && r.has_class(at, Class::By);
    let (subject, _) = r.subject_of(group).filter(|_| harmed)?;
    let name = r.name_at(r.chunk(subject).last)?;
    as_target(r, name)
}

/// "X launched an offensive": the subject of the verb that does the deed.
fn doer(r: &Reading, hit: &Hit, before: Option<ActorId>) -> Option<ActorId> {
    let mut inside_what = false;
    for word in (hit.first.saturating_sub(14)..hit.first).rev() {
        if r.gap(word + 1).has(Gap::STOP) || r.is(word + 1, CueKind::Stop) {
            return None;
        }
        if r.is(word, CueKind::Doing) {
            if r.is_noun(word) {
                return None;
            }
            return if is_passive(r, word) { None } else { subject(r, word, before) };
        }
        if r.is(word, CueKind::Naming) && r.any_what(word) {
            // "launched what it called an operation".
            inside_what = true;
            continue;
        }
        if inside_what {
            inside_what = r.function(word) != Function::What;
            continue;
        }
        let barred = matches!(r.function(word), Function::That | Function::Relative)
            || r.name_at(word).is_some_and(|name| name.usage == NameUsage::Plain);
        if barred {
            return None;
        }
    }
    None
}

/// "The siege was imposed by X": X.
fn done_by(r: &Reading, hit: &Hit) -> Option<ActorId> {
    let chunk = r.chunk_at(hit.last).filter(|chunk| r.chunk(*chunk).last == hit.last)?;
    let next = |word: &usize| r.group_at(*word).filter(|group| r.group(*group).finite);
    let verb = (hit.last + 1..r.segment_end_by(hit.last, hit.last + PHRASE_WORDS)).find_map(|word| next(&word))?;
    let group = r.group(verb);
    let done = group.passive && (group.head..=group.head + 1).any(|word| r.is(word, CueKind::Doing));
    let (subject, _) = r.subject_of(verb).filter(|_| done)?;
    if subject == chunk { by_phrase(r, group.last) } else { None }
}

/// "accused X of aggression": X.
fn accused(r: &Reading, hit: &Hit) -> Option<ActorId> {
    let cue = r.cues.iter().rev().find(|cue| cue.kind == CueKind::Accusation && (cue.last as usize) < hit.first)?;
    let (first, last) = (cue.first as usize, cue.last as usize);
    if first != last && r.reaches(last, hit.first, r.hold_of(first)) && hit.first - last <= 4 {
        if holds_to_blame(r, cue) {
            return name_in(r, first + 1, last);
        }
        // "Y is guilty of aggression": Y.
        return if r.function(last) == Function::Of { subject(r, first, None) } else { None };
    }
    if cue.scope != crate::codebook::CueScope::Clause || !r.reaches(last, hit.first, r.hold_of(first)) {
        return None;
    }
    let is_link = |word: &usize| matches!(r.function(*word), Function::Of | Function::For);
    let first_link = (last + 1..hit.first).find(is_link)?;
    let link = (last + 1..hit.first).rev().find(is_link)?;
    // The term must be what X is accused of, not the object of another verb ("of obstructing the inquiry into ...").
    let direct =
        hit.first - link <= 4 || r.gap(hit.first).has(Gap::COMMA) || r.function(hit.first - 1) == Function::And;
    if !direct || r.is_verb_of_speech(link + 1) || r.has_class(link + 1, Class::EndsIng) {
        return None;
    }
    accused_by(r, cue, first_link)
}

/// "the Ukraine invasion", "the Karabakh blockade".
fn modifier(r: &Reading, hit: &Hit, deed: Deed) -> Option<ActorId> {
    let name = hit.first.checked_sub(1).and_then(|word| r.name_at(word))?;
    let plain = deed == Deed::Of && name.usage == NameUsage::Plain && !r.gap(hit.first).has(Gap::BREAK);
    let governed = (name.first as usize)
        .checked_sub(1)
        .is_some_and(|word| matches!(r.function(word), Function::Definite | Function::Indefinite | Function::Content));
    if plain && governed && !r.gap(hit.first).has(Gap::HYPHEN) { as_target(r, name) } else { None }
}

/// The actor in a phrase behind the term that one of these prepositions opens.
fn after(r: &Reading, hit: &Hit, prepositions: &[Function]) -> Option<ActorId> {
    let end = r.words.len().min(hit.last + PHRASE_WORDS);
    for word in hit.last + 1..end {
        let verb = matches!(
            r.function(word),
            Function::Auxiliary | Function::Modal | Function::Relative | Function::That | Function::By
        );
        // "between X and Y" names both sides; behind "in response to" stands what is answered, and whom that was done to.
        let other = r.has_class(word, Class::Between) || r.has_class(word, Class::Answer);
        if r.gap(word).has(Gap::BREAK) || verb || other || r.is(word, CueKind::Stop) || r.is_verb_of_speech(word) {
            return None;
        }
        if prepositions.contains(&r.function(word))
            || r.has_class(word, Class::To)
                && r.function(word) == Function::Preposition
                && prepositions.contains(&Function::In)
        {
            if let Some(name) = object_from(r, word, hit) {
                let papers = r.function(word) == Function::In && name.usage == NameUsage::Demonym;
                return if papers { None } else { as_target(r, name) };
            }
            if r.function(word) == Function::Of {
                return None;
            }
        }
    }
    None
}

/// The object of the verb that ends at `last`.
fn object(r: &Reading, last: usize, hit: &Hit) -> Option<ActorId> {
    object_from(r, last, hit).and_then(|name| as_target(r, name))
}

/// The first actor of the noun phrase behind a word: "on southern X", "the territory of X", "X's border".
fn object_from<'a>(r: &Reading<'a>, word: usize, hit: &Hit) -> Option<&'a Name> {
    for at in word + 1..r.words.len().min(word + 1 + OBJECT_WORDS) {
        if r.gap(at).has(Gap::BREAK) || r.is(at, CueKind::Stop) {
            return None;
        }
        if let Some(name) = r.name_at(at) {
            let people = (name.last as usize + 1..r.words.len().min(name.last as usize + 3))
                .take_while(|at| !r.gap(*at).has(Gap::BREAK) && r.function(*at) == Function::Content)
                .any(|at| r.is(at, CueKind::People));
            let own = hit.span.start < name.span.end && name.span.start < hit.span.end;
            return (!own && (!people || name.usage != NameUsage::Demonym)).then_some(name);
        }
        if r.has_class(at, Class::Latter) {
            return r.names.iter().rev().find(|name| (name.last as usize) < hit.first);
        }
        match r.function(at) {
            Function::Content if !r.is_verb_of_speech(at) && !r.is(at, CueKind::Doing) => {}
            Function::Definite | Function::Indefinite | Function::Adverb | Function::Of => {}
            Function::Possessive if at == word + 1 => {}
            Function::About if at == word + 1 => {}
            _ => return None,
        }
    }
    None
}

/// Whether a name can be who it is done to. A bare people ("Armenians") may be a state's or a minority: no answer.
fn as_target(r: &Reading, name: &Name) -> Option<ActorId> {
    if name.fact.people == People::Yes {
        return name.group;
    }
    // A road is closed to somebody; it is not the one who suffers it.
    let thing = r.any_in(name.first as usize, name.last as usize + 1, CueKind::Thing);
    let fits = !thing
        && name.usage != NameUsage::Place
        && matches!(name.fact.party, Party::Side | Party::Group | Party::Territory);
    fits.then_some(name.fact.actor)
}
