//! Sources that are only named: "according to X", "in X's view", "as X put it", the label of a headline.

use super::clause::{Hold, Reading};
use super::cues::CueAt;
use super::grammar::Function;
use super::phrases::Chunk;
use super::possibility::is_head_of_subject;
use super::sheet::{Gap, NameUsage, Party};
use super::spokesman::speaks_for;
use super::word_class::{Class, Tag};
use super::{Hit, rules};
use crate::codebook::{AliasKind, CueKind, CueScope};

/// How many words before the end of its stretch the verb of an as-clause may stand.
const AS_CLAUSE_TAIL: usize = 4;
/// How many words a label at the end has.
const LABEL_WORDS: usize = 4;

/// "as Baku contends", "As the minister put it, ...": acts on both sides.
pub(super) fn is_as_clause(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let end = r.segment_end_by(last, last + AS_CLAUSE_TAIL + 1);
    // "as Baku adds a goal" tells when; "as the minister put it" tells who says so.
    let object = r.group_at(first).and_then(|group| r.object_of(group)).map(|chunk| r.chunk(chunk));
    let told = |chunk: Chunk| chunk.pronoun || r.has_class(chunk.first, Class::Day);
    // "As Baku hints at a raid"
    let hints = last > first && r.chunk_at(last + 1).is_some_and(|chunk| !told(r.chunk(chunk)));
    if end - last > AS_CLAUSE_TAIL || hints || object.is_some_and(|chunk| !told(chunk)) {
        return false;
    }
    let start = r.segment_start(first);
    let Some(subject) = (start..first).find(|word| r.function(*word) == Function::As).map(|word| word + 1) else {
        return false;
    };
    // "as well as ships near what the ministry said was"
    let other = r.group_at(first).and_then(|group| r.subject_of(group)).map(|(chunk, _)| r.chunk(chunk).first);
    let own = subject >= first || r.function(subject) == Function::Adverb || other.is_some_and(|other| other > subject);
    if own {
        return false;
    }
    if hit.first >= end {
        r.reaches(last, hit.first, Hold::Main)
    } else {
        hit.last < subject - 1 && r.reaches(hit.last, subject - 1, Hold::Main)
    }
}

/// "according to X", on either side; "From X's perspective, ..."; "reportedly".
pub(super) fn by_source(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    // "has alleged that": the verb is another cue.
    let alleges = |group: usize| r.group(group).finite && !r.group(group).passive && r.group(group).head == first;
    if cue.scope == CueScope::Adjacent && first == last && r.group_at(first).is_some_and(alleges) {
        return None;
    }
    let governed = match cue.scope {
        CueScope::Backward if first > 0 && r.has_class(first - 1, Class::Ours) => false,
        CueScope::Backward if !is_point_of_view(r, first) => false,
        // "a massacre reportedly took place", "an attack is said to have failed"
        CueScope::Adjacent if hit.last < first => {
            let verb = r.group_at(first).or_else(|| r.group_at(last + 1));
            verb.is_some_and(|verb| r.group(verb).finite && is_head_of_subject(r, verb, hit))
        }
        CueScope::Adjacent => hit.first > last && hit.first - last <= 6 && r.reaches(last, hit.first, Hold::Main),
        _ if hit.first > last => {
            // What names the source itself ends with the comma, or the dash: "- according to X - ..."
            let closes = |word: usize| r.gap(word).has(Gap::COMMA) || r.gap(word).has(Gap::DASH);
            let closed = (last + 1..=hit.first).any(closes);
            // "a paper according to which"
            let which = r.function_after(last) == Function::Relative;
            (closed || which) && !closes_report(r, first, hit) && r.reaches(last, hit.first, Hold::Main)
        }
        CueScope::Forward => false,
        _ => {
            let and = first > 0 && r.function(first - 1) == Function::And;
            !and && r.reaches(hit.last, first, Hold::Main)
        }
    };
    governed.then_some(rules::ATTRIBUTED_SOURCE)
}

/// "Two men died, according to doctors, as the siege went on": the source covers what stands before.
fn closes_report(r: &Reading, source: usize, hit: &Hit) -> bool {
    let opens = |word: usize| {
        let participle = r.tag(word) == Tag::Ing && r.group_at(word).is_some();
        // ", a charity that works in the occupied town", ", the envoy in the occupied town"
        let title = r.chunk_at(word).is_some_and(|chunk| {
            let office = r.is(r.chunk(chunk).last, CueKind::SourceNoun);
            r.function(word) == Function::Indefinite || office && r.function(word) == Function::Content
        });
        participle || title || r.has_class(word, Class::Opener) || r.tag(word) == Tag::Subordinator
    };
    let next = (source + 1..=hit.first).find(|word| r.gap(*word).has(Gap::COMMA));
    r.has_finite_verb(0, source) && next.is_some_and(opens)
}

/// "from X's perspective", "in its view", "by its own account".
fn is_point_of_view(r: &Reading, noun: usize) -> bool {
    // "by its own account"
    let adjective = noun > 1 && r.tag(noun - 1) == Tag::Adjective;
    let Some(owner) = noun.checked_sub(if adjective { 2 } else { 1 }) else { return false };
    let owned = r.function(owner) == Function::Possessive
        || r.name_at(owner).is_some_and(|name| name.usage == NameUsage::Possessive)
        || r.is_possessive(owner);
    owned
        && (owner.saturating_sub(5)..owner).rev().any(|word| {
            let opens = matches!(r.function(word), Function::In | Function::By) || r.has_class(word, Class::From);
            opens && !(word + 1..=noun).any(|between| r.gap(between).has(Gap::BREAK))
        })
}

/// A headline's label: "Lavrov: ...", "Ministry: ...", "Baku: ...".
pub(super) fn label(r: &Reading, hit: &Hit) -> Option<usize> {
    let colon = (1..=hit.first.min(6)).find(|word| r.gap(*word).has(Gap::COLON))?;
    let before = colon - 1;
    let named = r.name_at(before).is_some_and(|name| {
        let capital = name.fact.kind == AliasKind::Metonym && name.usage == NameUsage::Plain;
        name.fact.party == Party::Person || capital
    });
    // "President of Norland: ..."
    let office = || before > 1 && r.has_class(before - 1, Class::Of) && r.any_office(0, before - 2);
    (named || r.is(before, CueKind::SourceNoun) || office()).then_some(before)
}

/// A label at the end of a headline: "Fighting goes on: army", "The siege is over: Lavrov".
pub(super) fn label_behind(r: &Reading, hit: &Hit) -> Option<usize> {
    let last = r.words.len() - 1;
    let colon = (last.saturating_sub(LABEL_WORDS).max(hit.last)..last).map(|word| word + 1);
    let colon = colon.rev().find(|word| r.gap(*word).has(Gap::COLON) || r.gap(*word).has(Gap::DASH))?;
    let chunk = r.chunk_at(colon).filter(|chunk| r.chunk(*chunk).last == last)?;
    let named = speaks_for(r, chunk).is_some() || r.is(last, CueKind::SourceNoun);
    // "On the verge of war – UN": a headline needs no verb where nothing closes it
    let end = r.words[last].span.end as usize;
    let headline = || r.chunk_at(0).is_some() && r.view.bytes().get(end).is_none_or(|byte| *byte == b'\n');
    (named && (r.has_finite_verb(0, colon) || headline())).then_some(last)
}
