//! Who speaks: the subject of a verb of speech, the source after "according to", the owner of a claim.

use super::clause::Reading;
use super::cues::CueAt;
use super::grammar::Function;
use super::sheet::{Gap, Name, NameUsage, Party, People};
use super::subject::subject;
use crate::codebook::{CueKind, CueScope, Strength};
use crate::id::ActorId;

/// How far to the right a source or an inverted subject is looked for.
const SOURCE_WORDS: usize = 8;

/// The actor who governs a cue of speech.
pub(super) fn speaker(r: &Reading, cue: &CueAt, before: Option<ActorId>) -> Option<ActorId> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    match cue.kind {
        CueKind::Source => match cue.scope {
            CueScope::Adjacent => None,
            CueScope::Backward => point_of_view(r, first, before),
            _ => name_in(r, first, last).or_else(|| name_after(r, last)),
        },
        CueKind::SpeechNoun => owner(r, cue),
        CueKind::Report
        | CueKind::Assertion
        | CueKind::Factive
        | CueKind::Accusation
        | CueKind::Naming
        | CueKind::Perception
        | CueKind::Demand
        | CueKind::Denial => {
            if is_noun_of_denial(r, cue) {
                return owner(r, cue);
            }
            if cue.kind == CueKind::Accusation && first != last {
                // "is guilty of": said by whoever reports it.
                return speaker_above(r, first, before);
            }
            if is_passive(r, first) {
                return by_phrase(r, last);
            }
            subject(r, first, before).or_else(|| inverted(r, first, last))
        }
        _ => None,
    }
}

/// "from X's perspective": X; "in its view": the subject.
fn point_of_view(r: &Reading, noun: usize, before: Option<ActorId>) -> Option<ActorId> {
    let owner = noun.checked_sub(1)?;
    match r.name_at(owner) {
        Some(name) => Some(name.fact.actor),
        None if matches!(r.text(owner), "its" | "his" | "her" | "their") => before,
        None => None,
    }
}

fn is_noun_of_denial(r: &Reading, cue: &CueAt) -> bool {
    cue.kind == CueKind::Denial && cue.first != cue.last && r.text(cue.last as usize) == "of"
}

/// The speaker of a predicate ("claims of a blockade are baseless"): who insists that it is so.
pub(super) fn speaker_above(r: &Reading, word: usize, before: Option<ActorId>) -> Option<ActorId> {
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
    let above = verbs.next_back()?;
    r.reaches(above.last as usize, word, r.hold_of(above.first as usize)).then(|| speaker(r, above, before)).flatten()
}

/// Whether a form of "be" stands before the participle.
pub(super) fn is_passive(r: &Reading, verb: usize) -> bool {
    let text = r.text(verb);
    let participle =
        text.ends_with("ed") || matches!(text, "said" | "seen" | "told" | "known" | "held" | "driven" | "taken");
    participle
        && (verb.saturating_sub(3)..verb)
            .rev()
            .take_while(|at| matches!(r.function(*at), Function::Auxiliary | Function::Adverb | Function::And))
            .any(|at| {
                matches!(r.text(at), "is" | "are" | "was" | "were" | "be" | "been" | "being" | "isn't" | "wasn't")
            })
}

/// "criticised by X for", "imposed by X".
pub(super) fn by_phrase(r: &Reading, last: usize) -> Option<ActorId> {
    let by = (last + 1..r.words.len().min(last + 9))
        .take_while(|word| !r.gap(*word).has(Gap::BREAK) && !r.is_verb_of_speech(*word))
        .find(|word| r.function(*word) == Function::By)?;
    name_after(r, by)
}

/// The first actor after a word, before the phrase ends.
pub(super) fn name_after(r: &Reading, word: usize) -> Option<ActorId> {
    for at in word + 1..r.words.len().min(word + 1 + SOURCE_WORDS) {
        if at > word + 1 && r.gap(at).has(Gap::BREAK) {
            return None;
        }
        if let Some(name) = r.name_at(at) {
            return speaks(r, name).then_some(name.fact.actor);
        }
        let ends = matches!(
            r.function(at),
            Function::Auxiliary
                | Function::Modal
                | Function::That
                | Function::In
                | Function::On
                | Function::Against
                | Function::For
                | Function::With
                | Function::Preposition
        );
        if ends || is_private(r, at) {
            return None;
        }
    }
    None
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

fn name_in(r: &Reading, first: usize, last: usize) -> Option<ActorId> {
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
            None => break,
        }
    }
    by_phrase(r, cue.last as usize)
}

/// "..., said the ministry's spokesman X".
fn inverted(r: &Reading, first: usize, last: usize) -> Option<ActorId> {
    let opens = r.gap(first).has(Gap::ASIDE) || first == 0;
    if !opens || r.text(first).ends_with("ing") || r.function_after(last) == Function::That {
        return None;
    }
    name_after(r, last)
}
