//! For whom a noun phrase speaks: an actor itself, or an office that stands for one.

use super::clause::Reading;
use super::cues::CueAt;
use super::grammar::Function;
use super::phrases::Chunk;
use super::sheet::{Gap, Name, NameUsage, Party, People};
use super::speaker::is_road;
use super::walk::Governor;
use super::word_class::{Class, Tag};
use crate::codebook::{CueKind, Strength};
use crate::id::ActorId;

/// How far the phrases that follow an office are read ("a spokesman for the ministry of X").
const OFFICE_WORDS: usize = 12;

/// What a noun phrase says of who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Actor(ActorId),
    /// Somebody who speaks for himself, a newspaper, a paper.
    Nobody,
    /// An office whose actor the phrase does not name.
    Office,
    /// A name or a noun that is not known.
    Unknown,
}

/// The actor for whom the noun phrase speaks, over what depends on it and what is set beside it.
pub(super) fn speaks_for(r: &Reading, chunk: usize) -> Option<ActorId> {
    let phrase = r.chunk(chunk);
    if phrase.pronoun {
        return pronoun(r, chunk);
    }
    let named = match says(r, phrase) {
        Says::Actor(actor) => Some(actor),
        Says::Nobody => None,
        Says::Office => {
            let named = owned(r, phrase).or_else(|| office_of(r, phrase.last));
            let named = named.or_else(|| beside(r, phrase)).or_else(|| sender(r, chunk));
            let named = named.or_else(|| fronted(r, phrase)).or_else(|| accompanied(r, phrase));
            named.or_else(|| of_state(r, phrase))
        }
        Says::Unknown => {
            let named = issued(r, phrase).or_else(|| most_of(r, phrase)).or_else(|| member_of(r, phrase));
            named.or_else(|| serves(r, phrase)).or_else(|| beside(r, phrase)).or_else(|| leads(r, phrase))
        }
    };
    named.or_else(|| such_as(r, phrase)).or_else(|| joined(r, phrase))
}

/// "Doctors and X said": X.
fn joined(r: &Reading, phrase: Chunk) -> Option<ActorId> {
    let and = phrase.last + 1;
    let second = r.chunk_at(and + 1).filter(|_| r.function_at(and) == Some(Function::And) && !r.breaks(and + 1))?;
    actor_named(r, r.chunk(second))
}

/// "groups like X", "the bodies, including X": X.
fn such_as(r: &Reading, phrase: Chunk) -> Option<ActorId> {
    let like = phrase.last + 1;
    let named = r.chunk_at(like + 1).filter(|_| r.has_class(like, Class::Like))?;
    actor_named(r, r.chunk(named))
}

/// "the majority of the union": the union.
fn most_of(r: &Reading, phrase: Chunk) -> Option<ActorId> {
    let of = phrase.last + 1;
    let whole = r.chunk_at(of + 1).filter(|_| r.has_class(phrase.last, Class::Most) && r.has_class(of, Class::Of))?;
    actor_named(r, r.chunk(whole))
}

/// "members of the police of X": X, but not "members of the public in X".
fn serves(r: &Reading, phrase: Chunk) -> Option<ActorId> {
    let of = phrase.last + 1;
    let members = r.has_class(phrase.last, Class::Members) && r.has_class(of, Class::Of);
    let body = r.chunk_at(of + 1).filter(|_| members)?;
    match says(r, r.chunk(body)) {
        Says::Actor(actor) => Some(actor),
        Says::Office => office_of(r, phrase.last),
        _ => None,
    }
}

/// "Orlo Benn of the X Committee": X, but not "Benn of X" where X is a land.
fn member_of(r: &Reading, phrase: Chunk) -> Option<ActorId> {
    let of = phrase.last + 1;
    let person = r.tag(phrase.last) == Tag::Name && r.is_capital(phrase.last);
    let body = r.chunk_at(of + 1).filter(|_| person && r.has_class(of, Class::Of) && !r.breaks(of))?;
    let name = r.name_at(r.chunk(body).last).filter(|name| matches!(name.fact.party, Party::Group | Party::Other))?;
    (name.usage == NameUsage::Plain).then_some(name.fact.actor)
}

/// "Orlo Benn, who heads X's foreign ministry, said", "Orlo Benn, who is X's foreign minister, said": X.
fn leads(r: &Reading, phrase: Chunk) -> Option<ActorId> {
    let who = phrase.last + 1;
    let verb = r.group_at(who + 1).filter(|_| r.has_class(who, Class::Who) && r.gap(who).has(Gap::COMMA))?;
    let is = || r.chunk_at(r.group(verb).last + 1).filter(|_| r.group(verb).copula);
    let led = r.object_of(verb).filter(|_| r.has_class(r.group(verb).head, Class::Lead)).or_else(is)?;
    let office = r.chunk(led);
    match says(r, office) {
        // "who is the first X prosecutor of Y": Y.
        Says::Actor(actor) if r.any_office(office.first, office.last) => {
            let of = Some(office.last).filter(|last| r.has_class(last + 1, Class::Of));
            of.and_then(|last| office_of(r, last)).or(Some(actor))
        }
        Says::Office => office_of(r, office.last),
        _ => None,
    }
}

/// "its president", "the country's president": whoever "its" stands for, and the only state that is named before.
fn owned(r: &Reading, phrase: Chunk) -> Option<ActorId> {
    let bloc = |word: &usize| r.has_class(*word, Class::Bloc) && r.is_possessive(*word);
    if let Some(bloc) = (phrase.first..phrase.last).find(bloc) {
        return of_bloc(r, bloc);
    }
    let owner = (phrase.first..phrase.last).find(|word| r.has_class(*word, Class::Owner) || is_land(r, *word))?;
    let is_state = |name: &&Name| name.fact.party == Party::Side && usize::from(name.last) < owner;
    if is_land(r, owner) {
        // "X wants peace with Y, the country's president said": X.
        let subject = || r.first_subject().and_then(|subject| r.name_at(subject.last)).filter(is_state);
        return only(r.names.iter().filter(is_state)).or_else(|| subject().map(|name| name.fact.actor));
    }
    let name = &r.names[r.antecedent_of(owner)?];
    // "they spoke of a raid on X, their army said": not X's.
    let first = r.chunk_at(usize::from(name.last)).map_or(usize::from(name.first), |chunk| r.chunk(chunk).first);
    let governed = first.checked_sub(1).is_some_and(|word| r.is_adposition(word));
    let subject = |word: usize| r.has_class(word, Class::Pronoun) && r.has_class(word, Class::Nominative);
    if governed && !r.has_class(owner, Class::PersonOwner) && (0..usize::from(name.first)).any(subject) {
        return None;
    }
    // "met Utopian parents, her office said": hers.
    let adjective = name.usage == NameUsage::Demonym && r.has_class(owner, Class::PersonOwner);
    (name.usage != NameUsage::Place && name.fact.people == People::No && !adjective).then_some(name.fact.actor)
}

/// "the bloc's president": the only organisation that is named before.
fn of_bloc(r: &Reading, bloc: usize) -> Option<ActorId> {
    let is_body = |name: &&Name| name.fact.party == Party::Other && usize::from(name.last) < bloc;
    only(r.names.iter().filter(is_body))
}

/// The actor of these names, if they are of one.
pub(super) fn only<'a>(names: impl Iterator<Item = &'a Name>) -> Option<ActorId> {
    let mut actors = names.map(|name| name.fact.actor);
    let actor = actors.next()?;
    actors.all(|other| other == actor).then_some(actor)
}

pub(super) fn is_land(r: &Reading, word: usize) -> bool {
    r.has_class(word, Class::Land) && r.is_possessive(word)
}

fn says(r: &Reading, phrase: Chunk) -> Says {
    // "the X-run ministry" and "the pro-X ministry" are not X's.
    let inside = |name: &&Name| {
        let next = usize::from(name.last) + 1;
        let compound =
            next <= phrase.last && r.gap(next).has(Gap::HYPHEN) || r.gap(usize::from(name.first)).has(Gap::HYPHEN);
        usize::from(name.first) >= phrase.first && usize::from(name.last) <= phrase.last && !compound
    };
    // "Iran's UN mission" is Iran's.
    let mut within = r.names.iter().rev().filter(inside);
    let last = within.next();
    // "the UN Middle East envoy"
    let party = |name: &&Name| matches!(name.fact.party, Party::Side | Party::Other);
    let last = last.filter(|name| name.fact.party != Party::Territory).or_else(|| within.find(party)).or(last);
    let ends = last.is_some_and(|name| usize::from(name.last) == phrase.last);
    let abroad = (phrase.first..=phrase.last).any(|word| r.has_class(word, Class::Abroad));
    // "the Utopian UN ambassador"
    let owns = |name: &Name| name.usage == NameUsage::Possessive || abroad && name.usage == NameUsage::Demonym;
    let owner = r.names.iter().find(|name| inside(name) && owns(name));
    // "Norland's Red Guard chief" is the guard's.
    let body = |name: &Name| matches!(name.fact.party, Party::Group | Party::Other) && name.usage == NameUsage::Plain;
    let name = owner.filter(|_| !ends && (abroad || !last.is_some_and(body))).or(last);
    // not "a previously unknown group"
    let former = |word: usize| r.has_class(word, Class::Former) && r.tag(word) != Tag::Adverb;
    if !ends && (phrase.first..=phrase.last).any(former) {
        return Says::Nobody;
    }
    let office = |from: usize| {
        let nouns = (from..=phrase.last).flat_map(|word| r.cues_at(word));
        // Of "rights group" both words count.
        let nouns = nouns.filter(|cue| cue.kind == CueKind::SourceNoun);
        nouns.max_by_key(|cue| (cue.last, std::cmp::Reverse(cue.first))).map(|cue| cue.strength)
    };
    let Some(name) = name else {
        return match office(phrase.first) {
            Some(Strength::Strong) => Says::Office,
            Some(_) => Says::Nobody,
            None => Says::Unknown,
        };
    };
    let last = usize::from(name.last);
    let actor = if name.usage == NameUsage::Place || is_road(r, name) { None } else { Some(name.fact.actor) };
    if last == phrase.last {
        let before = (phrase.first..usize::from(name.first)).flat_map(|word| r.cues_at(word));
        let weak = |cue: &CueAt| cue.kind == CueKind::SourceNoun && cue.strength == Strength::Weak;
        // "the charity X" is X, "the activist X" is not.
        let private = !body(name) && before.filter(|cue| cue.kind == CueKind::SourceNoun).last().is_some_and(weak)
            || name.usage == NameUsage::Possessive;
        return actor.filter(|_| !private).map_or(Says::Nobody, Says::Actor);
    }
    // "Utopia's Orlo Benn", "Utopia's CDF"
    let own_name = || name.usage == NameUsage::Possessive && r.tag(phrase.last) == Tag::Name;
    // "Utopian Minister Arcadia Benn": the office stands behind an earlier name.
    let earlier = r.names.iter().find(|other| inside(other) && usize::from(other.last) < usize::from(name.first));
    let behind = |from: usize| r.any_office(from + 1, usize::from(name.first) - 1);
    if let Some(other) = earlier.filter(|other| behind(usize::from(other.last)) && r.tag(phrase.last) == Tag::Name) {
        return Says::Actor(other.fact.actor);
    }
    // "the Red Guard director", not "the Norland director" of somebody else
    let directs = || (body(name) || name.fact.part) && r.has_class(last + 1, Class::Director);
    match office(last + 1) {
        // "the governor of the X region" is the state's, whoever claims the region.
        Some(Strength::Strong) if governs_land(r, phrase, name) => Says::Nobody,
        Some(Strength::Strong) => Says::Actor(name.fact.actor),
        Some(_) if directs() => Says::Actor(name.fact.actor),
        None if own_name() => Says::Actor(name.fact.actor),
        // "states of the union" as "union states"
        None if body(name) && r.has_class(phrase.last, Class::Members) => Says::Actor(name.fact.actor),
        _ => Says::Nobody,
    }
}

/// "X's governor", where X is a territory.
fn governs_land(r: &Reading, phrase: Chunk, name: &Name) -> bool {
    name.fact.party == Party::Territory && (phrase.first..=phrase.last).any(|word| r.has_class(word, Class::Governor))
}

/// Whether a phrase ends with the name of a territory.
fn is_land_itself(r: &Reading, phrase: Chunk) -> bool {
    r.name_at(phrase.last).is_some_and(|name| name.fact.party == Party::Territory)
}

/// "officials in X", "the office of X's president", "a spokesman for X".
fn office_of(r: &Reading, last: usize) -> Option<ActorId> {
    let phrase = r.chunk_at(last).map_or(last..=last, |chunk| r.chunk(chunk).first..=last);
    let abroad = phrase.clone().any(|word| r.has_class(word, Class::Abroad));
    let governs = phrase.into_iter().any(|word| r.has_class(word, Class::Governor));
    for (preposition, chunk) in r.phrases_after(last, OFFICE_WORDS) {
        let phrase = r.chunk(chunk);
        let inside = |name: &&Name| usize::from(name.first) >= phrase.first && usize::from(name.last) <= phrase.last;
        let links = [Class::Of, Class::For, Class::In, Class::From, Class::By, Class::With];
        // "the embassy in X" is another's.
        let abroad = abroad && r.has_class(preposition, Class::In);
        let link = !abroad && links.iter().any(|class| r.has_class(preposition, *class));
        // "an adviser to X's president", not "the envoy to X".
        let owned = |name: &Name| name.usage == NameUsage::Possessive && inside(&name);
        let titled = || r.any_office(phrase.first, phrase.last);
        let person = || r.names.iter().filter(inside).any(|name| name.fact.party == Party::Person);
        let is_to_owner = r.has_class(preposition, Class::To) && (r.names.iter().any(owned) || titled() || person());
        if !link && !is_to_owner {
            return None;
        }
        if governs && r.names.iter().any(|name| inside(&name) && name.fact.party == Party::Territory) {
            // "the governor of X's border region"
            let state = |name: &&Name| owned(name) && name.fact.party == Party::Side;
            return r.names.iter().find(state).map(|name| name.fact.actor);
        }
        match says(r, phrase) {
            // "the envoy for the Caucasus" speaks for no region.
            Says::Actor(_) if r.has_class(preposition, Class::For) && is_land_itself(r, phrase) => return None,
            Says::Actor(actor) => return Some(actor),
            // "officials in Baku"
            Says::Nobody => {
                // "the leader of the breakaway X region"
                let name = r.names.iter().find(inside)?;
                let region = usize::from(name.last) + 1 == phrase.last && r.has_class(phrase.last, Class::Region);
                let place = usize::from(name.last) == phrase.last && name.usage == NameUsage::Place;
                return (place || region && name.fact.party == Party::Territory).then_some(name.fact.actor);
            }
            // "the Ministry of Foreign Affairs of X"
            Says::Unknown if r.has_class(last, Class::Cabinet) && r.has_class(preposition, Class::Of) => {}
            Says::Unknown if (phrase.first..=phrase.last).any(|word| r.is_capital(word)) => return None,
            Says::Office | Says::Unknown => {}
        }
    }
    None
}

/// "X, the foreign minister of Y, said", "the foreign minister of Y, X, said".
fn beside(r: &Reading, phrase: Chunk) -> Option<ActorId> {
    let person = |phrase: Chunk| r.name_at(phrase.last).is_some_and(|name| name.fact.party == Party::Person);
    let next = phrase.last + 1;
    // "X, then the foreign minister of Y"
    let adverb = r.words.len() > next && r.tag(next) == Tag::Adverb && !r.has_class(next, Class::Former);
    // "According to Orlo Benn, the army of X has fled": no title.
    let source = r.cues.iter().any(|cue| cue.kind == CueKind::Source && usize::from(cue.last) + 1 == phrase.first);
    let title = |chunk: &usize| r.gap(next).has(Gap::COMMA) && !(source && r.has_verb_behind(*chunk));
    let after = r.chunk_at(next + usize::from(adverb)).filter(title);
    let of_after = after.and_then(|chunk| {
        let phrase = r.chunk(chunk);
        match says(r, phrase) {
            Says::Actor(actor) if r.any_office(phrase.first, phrase.last) || person(phrase) => Some(actor),
            Says::Office => office_of(r, phrase.last),
            // "X, director of the army of Y"
            _ if r.has_class(phrase.last, Class::Director) => office_of(r, phrase.last),
            _ => None,
        }
    });
    of_after.or_else(|| {
        let gap = r.gap(phrase.first);
        let before = phrase.first.checked_sub(1).filter(|_| gap.has(Gap::COMMA) && !gap.has(Gap::QUOTE))?;
        let chunk = r.chunk_at(before)?;
        // The last phrase of the title: "head of the office of X, Y, said".
        let head = match r.governor(chunk) {
            Some(Governor::Preposition { chunk: Some(head), .. }) => head,
            // "seized by X's forces, the agency said"
            Some(Governor::Preposition { .. } | Governor::Object(_)) => return None,
            _ => chunk,
        };
        let title = r.chunk(head);
        match says(r, title) {
            Says::Actor(actor) if r.any_office(title.first, title.last) => Some(actor),
            Says::Office => office_of(r, title.last),
            _ => None,
        }
    })
}

/// "In the capital of X, officials said": X. "The army" is one that was named before.
fn fronted(r: &Reading, phrase: Chunk) -> Option<ActorId> {
    let aside = phrase.first > 0 && r.gap(phrase.first).has(Gap::COMMA) && !r.gap(phrase.first).has(Gap::QUOTE);
    let start = r.segment_start(phrase.first.checked_sub(1).filter(|_| aside)?);
    let opens = r.has_class(start, Class::In) && !r.has_finite_verb(start, phrase.first);
    let mut names = r.names.iter().filter(|name| (start..phrase.first).contains(&usize::from(name.first)));
    let name = names.next().filter(|_| opens)?;
    // "In Baku, the foreign ministry said", but "in Utopia, the army said" is one that was named before.
    let definite = r.function(phrase.first) == Function::Definite && name.usage == NameUsage::Place;
    if r.tag(phrase.first) == Tag::Determiner && !definite {
        return None;
    }
    names
        .all(|other| other.fact.actor == name.fact.actor || other.fact.party == Party::Territory)
        .then_some(name.fact.actor)
}

/// "X hopes for a truce, the foreign minister said": the state that is the subject of what is said.
fn of_state(r: &Reading, phrase: Chunk) -> Option<ActorId> {
    let trails = r.gap(phrase.first).has(Gap::COMMA) && !r.gap(phrase.first).has(Gap::QUOTE);
    let cabinet = |word: usize| r.has_class(word, Class::Cabinet);
    // "X will not talk, officials say"
    let bare = (phrase.first..=phrase.last).all(|word| r.any_office(word, word));
    if !trails || !bare && !(phrase.first..=phrase.last).any(cabinet) {
        return None;
    }
    let is_side = |name: &&Name| matches!(name.fact.party, Party::Side | Party::Group);
    let subject = r.first_subject().filter(|subject| subject.last < phrase.first)?;
    let name = r.name_at(subject.last).filter(is_side).filter(|name| name.fact.people == People::No)?;
    // not "X has killed soldiers of Y, officials say"; the "X-Y talks" name nobody who could speak
    let heads = |name: &Name| {
        r.chunk_at(usize::from(name.last)).is_some_and(|chunk| r.chunk(chunk).last == usize::from(name.last))
    };
    let other = |other: &Name| is_side(&other) && other.fact.actor != name.fact.actor && heads(other);
    (!r.names.iter().any(other)).then_some(name.fact.actor)
}

/// "X spoke up, with minister Orlo Benn calling it a siege": X.
fn accompanied(r: &Reading, phrase: Chunk) -> Option<ActorId> {
    let with = phrase.first.checked_sub(1).filter(|word| r.has_class(*word, Class::With))?;
    let verb =
        r.group_before(with, OFFICE_WORDS).filter(|verb| r.gap(with).has(Gap::COMMA) && r.group(*verb).finite)?;
    actor_named(r, r.chunk(r.subject_of(verb)?.0))
}

/// "X put out a statement saying", "X has joined voices calling for": X.
fn issued(r: &Reading, phrase: Chunk) -> Option<ActorId> {
    let before = phrase.first.checked_sub(1).filter(|_| !r.breaks(phrase.first))?;
    // "X put out a statement Sunday saying", "issued a statement on Monday saying"
    let on = usize::from(before > 0 && r.has_class(before, Class::On) && r.has_class(phrase.last, Class::Day));
    let paper = r.chunk_at(before - on).filter(|_| r.has_class(phrase.last, Class::Day));
    let paper = paper.map(|chunk| r.chunk(chunk).first);
    let before = paper.map_or(Some(before), |first| first.checked_sub(1))?;
    let verb = if r.has_class(before, Class::Particle) { before.checked_sub(1)? } else { before };
    let verb = r.group_at(verb).filter(|verb| r.has_class(r.group(*verb).head, Class::Issue))?;
    other_subject(r, verb, phrase)
}

/// "X sent an envoy who said": X.
fn sender(r: &Reading, chunk: usize) -> Option<ActorId> {
    let Some(Governor::Object(verb)) = r.governor(chunk).filter(|_| !r.breaks(r.chunk(chunk).first)) else {
        return None;
    };
    other_subject(r, verb, r.chunk(chunk))
}

/// The actor that does what a verb says, if that is not this phrase.
fn other_subject(r: &Reading, verb: usize, phrase: Chunk) -> Option<ActorId> {
    let subject = r.chunk(r.subject_of(verb)?.0);
    if subject == phrase || subject.pronoun { None } else { actor_named(r, subject).or_else(|| such_as(r, subject)) }
}

/// The actor that a phrase names itself.
fn actor_named(r: &Reading, phrase: Chunk) -> Option<ActorId> {
    match says(r, phrase) {
        Says::Actor(actor) => Some(actor),
        _ => None,
    }
}

/// "it", "he", "they": the subject of the first verb of the sentence, if it stands before; of a relative clause ("a man whom it
/// blames", "launched what it called"), that of the verb before, if it speaks for somebody.
fn pronoun(r: &Reading, chunk: usize) -> Option<ActorId> {
    let at = r.chunk(chunk).first;
    if !r.has_class(at, Class::Pronoun) {
        return None;
    }
    let finite = |word: usize| r.group_at(word).filter(|group| r.group(*group).finite);
    // "The siege was over, it said.": whoever spoke in the sentence before.
    let closes = |word: usize| r.is_verb_of_speech(word) && r.segment_end(word) == r.words.len();
    if r.has_class(at, Class::It) && r.gap(at).has(Gap::COMMA) && closes(at + 1) {
        return None;
    }
    let relative = at > 0 && (r.has_class(at - 1, Class::Relative) || r.function(at - 1) == Function::What);
    // "It warned of revenge if X went on with what it called": the same "it".
    let first = (0..at).find_map(finite)?;
    let pronoun = r.subject_of(first).is_some_and(|(subject, _)| r.chunk(subject).pronoun);
    let above = if relative && !pronoun { (0..at).rev().find_map(finite) } else { None };
    above.and_then(|group| meant(r, at, group)).or_else(|| meant(r, at, first))
}

/// For whom the subject of a verb speaks, if a pronoun behind it may mean it.
fn meant(r: &Reading, pronoun: usize, group: usize) -> Option<ActorId> {
    let (subject, _) = r.subject_of(group)?;
    let phrase = r.chunk(subject);
    // "he" is no state.
    let state = r.name_at(phrase.last).is_some_and(|name| name.fact.party != Party::Person);
    if state && r.has_class(pronoun, Class::Person) {
        return None;
    }
    // "“They attacked,” he said": whoever is named in the quotation is somebody else.
    if phrase.pronoun || phrase.first >= pronoun || r.parted_by_mark(phrase.last, pronoun) {
        None
    } else {
        speaks_for(r, subject)
    }
}

impl Reading<'_> {
    /// Whether a word of a stretch is an office that speaks for a state.
    pub(super) fn any_office(&self, first: usize, last: usize) -> bool {
        let cues = (first..=last).flat_map(|word| self.cues_at(word));
        cues.into_iter().any(|cue| cue.kind == CueKind::SourceNoun && cue.strength == Strength::Strong)
    }
}
