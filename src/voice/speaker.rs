//! Who speaks: the subject of a verb of speech, the source after "according to", the owner of a claim.

use super::clause::Reading;
use super::cues::CueAt;
use super::denial::is_negated;
use super::grammar::Function;
use super::phrases::{Chunk, Group};
use super::sheet::{Gap, Name, NameUsage, Party, People};
use super::spokesman::speaks_for;
use super::walk::Governor;
use super::walk_subject::How;
use super::word_class::{Class, Tag};
use crate::codebook::{CueKind, CueScope, Strength};
use crate::id::ActorId;

/// How far a by-phrase is looked for.
const BY_WORDS: usize = 10;
/// How far before "its" the verb of its subject may stand.
const SUBJECT_WORDS: usize = 10;

/// The actor who governs a cue of speech.
pub(super) fn speaker(r: &Reading, cue: &CueAt) -> Option<ActorId> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    match cue.kind {
        CueKind::Source => match cue.scope {
            CueScope::Adjacent => None,
            CueScope::Backward => owner_before(r, first),
            _ => name_in(r, first, last).or_else(|| speaking(r, cue).and_then(|chunk| speaks_for(r, chunk))),
        },
        CueKind::SpeechNoun => owner(r, cue).or_else(|| match issuer(r, first) {
            Some(chunk) => speaks_for(r, chunk),
            None => speaker_above(r, first),
        }),
        // "is guilty of": said by whoever reports it.
        // "has been charged with a crime, according to X": X accuses.
        CueKind::Accusation if first != last && !holds_to_blame(r, cue) => {
            speaker_above(r, first).or_else(|| speaker_behind(r, last))
        }
        CueKind::Report
        | CueKind::Assertion
        | CueKind::Factive
        | CueKind::Accusation
        | CueKind::Naming
        | CueKind::Perception
        | CueKind::Demand
        // "urges Norland to attack"
        | CueKind::Hypothetical
        | CueKind::Denial => {
            if is_noun_of_denial(r, cue) {
                return owner(r, cue).or_else(|| name_in(r, first, last));
            }
            let chunk = speaking(r, cue)?;
            speaks_for(r, chunk).or_else(|| planner(r, cue, chunk))
        }
        _ => None,
    }
}

/// "Norland's efforts to present itself as": who plans what the infinitive says.
fn planner(r: &Reading, cue: &CueAt, plan: usize) -> Option<ActorId> {
    let Chunk { first, last, .. } = r.chunk(plan);
    let owner = (first..last).rev().find_map(|word| r.name_at(word))?;
    let plans = is_infinitive(r, cue) && r.is(last, CueKind::Hypothetical);
    (plans && matches!(owner.usage, NameUsage::Possessive | NameUsage::Demonym)).then_some(owner.fact.actor)
}

/// "Norland holds X responsible for": the words of the cue name who is blamed.
pub(super) fn holds_to_blame(r: &Reading, cue: &CueAt) -> bool {
    let group = r.group_at(cue.first as usize).map(|group| r.group(group));
    let object = (cue.first as usize + 1..cue.last as usize).any(|word| r.chunk_at(word).is_some());
    object && group.is_some_and(|group| !group.passive && !group.copula)
}

/// The noun phrase of who speaks: what follows "according to", or does what a verb of speech says.
pub(super) fn speaking(r: &Reading, cue: &CueAt) -> Option<usize> {
    if cue.kind == CueKind::Source {
        let whole = cue.scope != CueScope::Adjacent && cue.scope != CueScope::Backward;
        return r.chunk_at(cue.last as usize + 1).filter(|_| whole);
    }
    if cue.kind == CueKind::SpeechNoun {
        return teller(r, cue.first as usize);
    }
    let verb = cue.kind.is_verb_of_speech() || cue.kind == CueKind::Hypothetical;
    let number = r.group_at(cue.first as usize).filter(|_| verb)?;
    let group = r.group(number);
    if let Some(told) = cited(r, group).or_else(|| prompted(r, group)) {
        return Some(told);
    }
    if let Some(verb) = parted_perfect(r, group).or_else(|| asks(r, group)) {
        return r.subject_of(verb).map(|(chunk, _)| chunk);
    }
    // "X was quoted as saying"
    let quoted = r.has_class(group.last + 1, Class::As) && r.is_verb_of_speech(group.last + 2);
    if group.passive && quoted {
        return r.subject_of(number).map(|(chunk, _)| chunk);
    }
    if group.passive {
        let by = (group.last + 1..r.words.len().min(group.last + BY_WORDS))
            .take_while(|word| !r.gap(*word).has(Gap::BREAK) && !r.is_verb_of_speech(*word))
            .find(|word| {
                r.has_class(*word, Class::By) || r.has_class(*word, Class::In) && proscribes(r, group, *word)
            })?;
        let chunk = r.chunk_at(by + 1)?;
        // "seen as an attempt by X to": who attempts it, not "believed by X to".
        let attempt =
            by > group.last + 1 && r.group_at(r.chunk(chunk).last + 1).is_some_and(|group| r.group(group).infinitive);
        return (!attempt).then_some(chunk);
    }
    // "In its statement accusing Y, X said"
    if let Some(chunk) = r.subject_of_fronted(group) {
        return Some(chunk);
    }
    // "X said that Y had come, adding that ..."
    if r.tag(group.head) == Tag::Ing && group.bare && r.gap(group.first).has(Gap::COMMA) {
        let finite = |word: &usize| {
            r.group_at(*word).is_some_and(|group| r.group(group).finite) && !r.parted_by_mark(*word, group.first)
        };
        let stop = (0..=group.first).rev().find(|word| r.gap(*word).has(Gap::STOP)).unwrap_or(0);
        let mut verbs = (stop..group.first).filter(finite).filter_map(|word| r.group_at(word));
        // "Even as the envoys told them, X shot back, saying": not the envoys.
        let fronted = |number: &usize| {
            let subject = r.subject_of(*number).map(|(chunk, _)| r.chunk(chunk).first);
            subject.and_then(|first| first.checked_sub(1)).is_some_and(|word| {
                (r.tag(word) == Tag::Subordinator || r.has_class(word, Class::Opener))
                    && (stop..word).all(|word| r.tag(word) == Tag::Adverb || word == stop)
            })
        };
        let says = |number: &usize| r.is_verb_of_speech(r.group(*number).head) && !fronted(number);
        if let Some(chunk) = filed_by(r, group).or_else(|| contrasted(r, group, verbs.clone().next_back())) {
            return Some(chunk);
        }
        let said = verbs.clone().find(says);
        // Not who is only the subject of a relative clause.
        let above = |number: usize| {
            let (chunk, how) = r.subject_of(number)?;
            let before = r.chunk(chunk).first.checked_sub(1);
            let relative = how == How::Relative || before.is_some_and(|word| r.has_class(word, Class::Relative));
            (!relative).then_some(chunk)
        };
        let found =
            said.and_then(above).or_else(|| verbs.clone().rfind(|number| above(*number).is_some()).and_then(above));
        // "X, who spoke to the press, telling it that the siege went on"
        return found.or_else(|| verbs.next_back().and_then(|verb| r.subject_of(verb)).map(|(chunk, _)| chunk));
    }
    let subject = r.subject_of(number).map(|(chunk, _)| chunk)?;
    Some(if group.bare && r.tag(group.head) == Tag::Ing { doer_above(r, subject) } else { subject })
}

/// "X said in a statement that": X.
fn teller(r: &Reading, noun: usize) -> Option<usize> {
    let governor = r.governor(r.chunk_at(noun)?);
    let Some(Governor::Preposition { at, group: Some(verb), .. }) = governor else { return None };
    let says = r.has_class(at, Class::In) && r.is_verb_of_speech(r.group(verb).head);
    r.subject_of(verb).filter(|_| says).map(|(chunk, _)| chunk)
}

/// "a complaint filed by X, alleging": X.
fn filed_by(r: &Reading, group: Group) -> Option<usize> {
    let chunk = r.chunk_at(group.first.checked_sub(1)?)?;
    let Some(Governor::Preposition { at, group: Some(filed), .. }) = r.governor(chunk) else { return None };
    let filed = r.group(filed);
    let paper = filed.bare && filed.passive && r.has_class(filed.head, Class::File);
    (paper && r.has_class(at, Class::By)).then_some(chunk)
}

/// "Norland said a deal was near, but X turned it down, saying": X.
fn contrasted(r: &Reading, group: Group, verb: Option<usize>) -> Option<usize> {
    let (chunk, _) = r.subject_of(verb.filter(|_| !r.has_class(group.head, Class::Adds))?)?;
    let first = r.chunk(chunk).first;
    let opens =
        first.checked_sub(1).is_some_and(|word| r.has_class(word, Class::Contrast) && r.gap(word).has(Gap::COMMA));
    (opens && speaks_for(r, chunk).is_some()).then_some(chunk)
}

/// "They marched through X calling for", "filed a case at X alleging": who marched and filed.
fn doer_above(r: &Reading, subject: usize) -> usize {
    let verb = match r.governor(subject) {
        Some(Governor::Preposition { at, chunk, group }) if tells_where(r, at) => {
            match chunk.map(|above| r.governor(above)) {
                Some(Some(Governor::Object(verb))) => Some(verb),
                Some(_) => return chunk.unwrap_or(subject),
                None => group,
            }
        }
        _ => None,
    };
    verb.and_then(|verb| r.subject_of(verb)).map_or(subject, |(above, _)| above)
}

/// "in", "through", but not "of" or "by".
fn tells_where(r: &Reading, preposition: usize) -> bool {
    r.has_class(preposition, Class::In)
        || r.function(preposition) == Function::Preposition && r.preposition(preposition).is_none()
}

/// "proscribed as a terrorist group in X": X.
fn proscribes(r: &Reading, group: Group, preposition: usize) -> bool {
    let state = r.chunk_at(preposition + 1).and_then(|chunk| r.name_at(r.chunk(chunk).last));
    r.has_class(group.head, Class::Proscribe) && state.is_some_and(|name| name.fact.party == Party::Side)
}

/// "Norland has for months accused": the group of "has".
fn parted_perfect(r: &Reading, group: Group) -> Option<usize> {
    let time = group.first.checked_sub(1).filter(|_| group.first == group.head && !r.breaks(group.first))?;
    let chunk = r.chunk_at(time).filter(|chunk| r.is_time(*chunk))?;
    let preposition = r.chunk(chunk).first.checked_sub(1).filter(|word| r.is_adposition(*word))?;
    let have = r.group_at(preposition.checked_sub(1)?)?;
    (r.has_class(r.group(have).head, Class::Have) && r.group(have).finite).then_some(have)
}

/// "X urged Y to consider a truce", "X called on Y to consider it": the group of "urged".
fn asks(r: &Reading, group: Group) -> Option<usize> {
    let before = group.first.checked_sub(1).filter(|_| group.infinitive && !r.breaks(group.first))?;
    let above = r.chunk(r.chunk_at(before)?).first.checked_sub(1)?;
    let verb = r.group_at(above - usize::from(above > 0 && r.has_class(above, Class::On)))?;
    let asked = r.group(verb);
    (asked.finite && !asked.passive && r.has_class(asked.head, Class::ObjectControl)).then_some(verb)
}

/// "prompting analysts to suggest": the analysts.
fn prompted(r: &Reading, group: Group) -> Option<usize> {
    let before = group.first.checked_sub(1).filter(|_| group.infinitive && !r.breaks(group.first))?;
    let chunk = r.chunk_at(before)?;
    let verb = r.chunk(chunk).first.checked_sub(1).filter(|word| r.has_class(*word, Class::Aftermath))?;
    r.group_at(verb).map(|_| chunk)
}

/// "cited X as saying": X.
fn cited(r: &Reading, group: Group) -> Option<usize> {
    let before = group.first.checked_sub(1).filter(|_| group.bare && !r.gap(group.first).has(Gap::BREAK))?;
    let verb = r.group_before(before, BY_WORDS).filter(|_| r.has_class(before, Class::As))?;
    let quotes = r.is(r.group(verb).head, CueKind::Report) && r.chunk_at(before.checked_sub(1)?).is_some();
    if r.group(verb).passive { r.subject_of(verb).map(|(chunk, _)| chunk) } else { r.object_of(verb) }
        .filter(|_| quotes)
}

/// "X raised concerns": X.
fn issuer(r: &Reading, noun: usize) -> Option<usize> {
    let Some(Governor::Object(verb)) = r.governor(r.chunk_at(noun)?) else { return None };
    let issues = r.has_class(r.group(verb).head, Class::Issue) && !r.group(verb).passive;
    r.subject_of(verb).filter(|_| issues).map(|(chunk, _)| chunk)
}

/// "from X's perspective": X.
fn owner_before(r: &Reading, noun: usize) -> Option<ActorId> {
    r.name_at(noun.checked_sub(1)?).map(|name| name.fact.actor)
}

fn is_noun_of_denial(r: &Reading, cue: &CueAt) -> bool {
    let noun = r.has_class(cue.last as usize, Class::Of) || r.group_at(cue.first as usize).is_none();
    cue.kind == CueKind::Denial && cue.first != cue.last && noun
}

/// The speaker of a predicate ("claims of a blockade are baseless"): who insists that it is so.
pub(super) fn speaker_above(r: &Reading, word: usize) -> Option<ActorId> {
    let mut verbs = r.cues.iter().filter(|cue| {
        matches!(
            cue.kind,
            CueKind::Report
                | CueKind::Assertion
                | CueKind::Factive
                | CueKind::Source
                | CueKind::Denial
                | CueKind::Perception
        ) && (cue.last as usize) < word
            && !(cue.first == cue.last && r.is_noun(cue.first as usize))
    });
    let above = verbs.next_back().filter(|cue| !is_negated(r, cue.first as usize))?;
    r.reaches(above.last as usize, word, r.hold_of(above.first as usize)).then(|| speaker(r, above)).flatten()
}

/// "No town was attacked, the army said": who closes the sentence by saying so.
pub(super) fn speaker_behind(r: &Reading, word: usize) -> Option<ActorId> {
    let says = |cue: &&CueAt| {
        let verb = matches!(cue.kind, CueKind::Report | CueKind::Assertion | CueKind::Factive)
            && r.group_at(cue.first as usize).is_some_and(|group| r.group(group).finite);
        let ends = r.gap(cue.last as usize + 1).has(Gap::STOP);
        (cue.first as usize) > word && (cue.kind == CueKind::Source || verb && ends)
    };
    let last = r.cues.iter().rev().find(says)?;
    let start = r.segment_start(last.first as usize);
    (start > word && r.has_finite_verb(0, start)).then(|| speaker(r, last)).flatten()
}

pub(super) fn is_infinitive(r: &Reading, cue: &CueAt) -> bool {
    r.group_at(cue.first as usize).is_some_and(|group| r.group(group).infinitive)
}

/// Whether a form of "be" stands before the participle.
pub(super) fn is_passive(r: &Reading, verb: usize) -> bool {
    r.group_at(verb).map(|group| r.group(group)).is_some_and(|group| group.passive && !group.bare)
}

/// "criticised by X for", "imposed by X".
pub(super) fn by_phrase(r: &Reading, last: usize) -> Option<ActorId> {
    let by = (last + 1..r.words.len().min(last + 9))
        .take_while(|word| !r.gap(*word).has(Gap::BREAK) && !r.is_verb_of_speech(*word))
        .find(|word| r.function(*word) == Function::By)?;
    r.chunk_at(by + 1).and_then(|chunk| speaks_for(r, chunk))
}

/// "Armenian analysts", "the capital" and a road do not speak for a state; "Armenian officials" do.
pub(super) fn speaks(r: &Reading, name: &Name) -> bool {
    let next = name.last as usize + 1;
    let private = (next..r.words.len().min(next + 3))
        .take_while(|at| !r.gap(*at).has(Gap::BREAK) && r.function(*at) == Function::Content)
        .any(|at| is_private(r, at));
    name.usage != NameUsage::Place
        && !is_road(r, name)
        && !(name.usage == NameUsage::Demonym && private)
        && name.fact.people == People::No
}

/// "the Lachin Corridor": a place to pass, where nobody is a subject.
pub(super) fn is_road(r: &Reading, name: &Name) -> bool {
    name.fact.party == Party::Territory && r.any_in(name.first as usize, name.last as usize + 1, CueKind::Thing)
}

pub(super) fn is_private(r: &Reading, word: usize) -> bool {
    r.cues_at(word).any(|cue| cue.kind == CueKind::SourceNoun && cue.strength == Strength::Weak)
}

pub(super) fn name_in(r: &Reading, first: usize, last: usize) -> Option<ActorId> {
    (first..=last).find_map(|word| r.name_at(word)).map(|name| name.fact.actor)
}

/// "X's claims", "Armenian allegations", "statements by X".
fn owner(r: &Reading, cue: &CueAt) -> Option<ActorId> {
    let first = cue.first as usize;
    for at in (first.saturating_sub(4)..first).rev() {
        if r.gap(at + 1).has(Gap::BREAK) {
            break;
        }
        match r.name_at(at).map(|name| (name.usage, name)) {
            Some((NameUsage::Possessive | NameUsage::Demonym, name)) => return Some(name.fact.actor),
            Some(_) => break,
            None if r.function(at) == Function::Content || r.function(at) == Function::Adverb => {}
            // "Norland has shown no proof for its claims"
            None if r.has_class(at, Class::It)
                || r.has_class(at, Class::Owner) && !r.has_class(at, Class::PersonOwner) =>
            {
                return subject_before(r, at);
            }
            None => break,
        }
    }
    // "statements by X", but not "fears of an attack by X"
    let last = cue.last as usize;
    let content = |word: usize| matches!(r.function(word), Function::Of | Function::About | Function::That);
    let mut words = last + 1..r.words.len().min(last + BY_WORDS);
    let nearest = words.find(|word| r.has_class(*word, Class::By) || content(*word));
    // "suggestions from X", but not "reports from the north"
    let sender = || {
        let chunk =
            r.chunk_at(last + 2).filter(|_| r.has_class(last + 1, Class::From) && !r.is(first, CueKind::SourceNoun))?;
        let Chunk { first, last, .. } = r.chunk(chunk);
        let place =
            r.name_at(last).is_none_or(|name| name.fact.party == Party::Territory) && !r.any_office(first, last);
        speaks_for(r, chunk).filter(|_| !place)
    };
    if nearest.is_none_or(content) { sender() } else { by_phrase(r, last) }
}

/// The actor that does what the verb before says.
fn subject_before(r: &Reading, word: usize) -> Option<ActorId> {
    let verb = r.group_before(word, SUBJECT_WORDS)?;
    let (chunk, _) = r.subject_of(verb).filter(|(chunk, _)| !r.chunk(*chunk).pronoun)?;
    speaks_for(r, chunk)
}
