//! Reporting clauses behind a term or inserted before it: "..., the ministry said.", "It is, Yerevan argues, a siege".

use super::Hit;
use super::clause::{Hold, Reading};
use super::cues::CueAt;
use super::grammar::Function;
use super::sheet::Gap;
use super::word_class::{Class, Tag};
use crate::codebook::CueKind;

/// How many words the aside that a trailing verb stands in may have before it.
const ASIDE_WORDS: usize = 12;
/// How many words an inserted clause may have before its verb and behind it.
const INSERTED_HEAD: usize = 6;
const INSERTED_TAIL: usize = 3;
/// How many words may follow a reporting verb that closes its sentence (", the ministry said on Monday.").
const TRAILING_WORDS: usize = 9;

/// "It is, Yerevan argues, a siege": a subject and its verb between two breaks, and the clause goes on behind them.
pub(super) fn is_inserted(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let (start, end) = (r.segment_start(first), r.segment_end_by(last, last + INSERTED_TAIL + 1));
    let closed = end - last <= INSERTED_TAIL && end < r.words.len() && hit.first >= end;
    let opens = start > 0 && start < first && first - start <= INSERTED_HEAD && !r.gap(start).has(Gap::STOP);
    // "Baku, the agency reported, marking an escalation", "..., amid the fighting": the article's own.
    let participle = |word: usize| r.tag(word) == Tag::Ing && r.group_at(word).is_some_and(|group| r.group(group).bare);
    let report = cue.kind == CueKind::Report;
    let added =
        |word: usize| report && participle(word) || r.has_class(word, Class::Opener) || r.has_class(word, Class::Time);
    // "..., the farmers say, but the siege shows"; he who said it goes on: "..., he said, but it goes on"
    let pronoun = r.chunk_at(start).is_some_and(|chunk| r.chunk(chunk).pronoun);
    closed
        && (pronoun || !r.is(end, CueKind::Stop))
        && !(end..=hit.first.min(end + 1)).any(added)
        && opens
        && r.chunk_at(start).is_some()
        && r.group_at(first).is_some_and(|group| r.group(group).finite)
        && r.has_finite_verb(0, start) | r.has_finite_verb(end, hit.first + 1)
        && !(start..first).any(|word| r.function(word) == Function::Relative)
        && r.reaches(end, hit.first, Hold::Main)
}

/// "..., the ministry said.", "..., said its spokesman", "The siege, Yerevan says, ...".
pub(super) fn is_trailing(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let nearest = (hit.last + 1).max(first.saturating_sub(ASIDE_WORDS));
    let Some(start) = (nearest..=first).rev().find(|word| r.gap(*word).has(Gap::ASIDE)) else { return false };
    // "Asked if there was a siege, the minister said": somebody else asks.
    if r.any_class(Class::Asked) && r.has_class(0, Class::Asked) && hit.last < start {
        return false;
    }
    let relative = (start..first).any(|word| r.function(word) == Function::Relative);
    // ", Norland would respond."
    let modal = r.group_at(first).is_some_and(|group| r.has_class(r.group(group).first, Class::Modal));
    // ", hopes to win": nothing is reported.
    let infinitive = r.group_at(last + 1).is_some_and(|group| r.group(group).infinitive);
    // "Norland has not commented"
    let silent = r.group_at(first).is_some_and(|group| {
        let group = r.group(group);
        cue.kind == CueKind::Report && r.any_class_in(group.first, group.head, Class::Negation)
    });
    if relative
        || modal
        || silent
        || infinitive
        || matches!(r.function(start), Function::And | Function::That | Function::Subordinator | Function::With)
    {
        return false;
    }
    if r.is(start, CueKind::Stop) || (start < first && (start..first).any(|word| r.is_verb_of_speech(word))) {
        return false;
    }
    // "the ministry, which has sent peacekeepers, reported": the clause of the speaker goes on.
    let verb = r.group_at(first).map_or(first, |group| r.group(group).first);
    let resumed = r.before_insertion(verb);
    if resumed < first && hit.first >= resumed || is_in_title(r, verb, hit) {
        return false;
    }
    // "broadcast a report from a roof, claiming - falsely - that"
    if r.tag(first) == Tag::Ing && r.group_at(first).is_some_and(|group| r.group(group).bare) {
        return false;
    }
    let inverted = (start..first).all(|word| matches!(r.function(word), Function::Auxiliary | Function::Adverb));
    if inverted && r.has_class(first, Class::EndsIng) {
        return false;
    }
    if r.function_after(last) == Function::By {
        // "ruled by", "expected by": a participle.
        return false;
    }
    let end = r.segment_end(last);
    let follows_clause = (last + 1..end).any(|word| {
        r.gap(word).has(Gap::QUOTE)
            || matches!(r.function(word), Function::That | Function::Auxiliary | Function::Modal)
            || (r.function(word) == Function::Pronoun && word > last + 1)
    });
    let tail = match r.words.get(last + 1).map(|word| word.function) {
        _ if last + 1 >= end => true,
        Some(
            Function::On
            | Function::In
            | Function::To
            | Function::Preposition
            | Function::Subordinator
            | Function::Adverb
            | Function::And
            | Function::As
            | Function::By,
        ) => true,
        Some(Function::Content) if r.has_class(last + 1, Class::Recent) => true,
        _ => inverted || r.has_class(last, Class::Tell),
    };
    // The subject of the verb stands before the term: "the ministry, which has sent peacekeepers, reported".
    let subject = r.group_at(first).and_then(|group| r.subject_of(group)).map(|(chunk, _)| r.chunk(chunk));
    // "Truce near, Baku says", "Truce near, says Baku": a headline has no verb.
    let closes = last + 1 == r.words.len() || inverted && end == r.words.len();
    let headline = || closes && r.chunk_at(0).is_some() && start > 2;
    // "The siege, Yerevan says, is": the verb follows.
    let goes_on = || r.gap(end).has(Gap::COMMA) && r.has_finite_verb(end, end + 2);
    let clause = r.has_finite_verb(0, start) || headline() || goes_on();
    if !inverted && subject.is_some_and(|chunk| chunk.last < hit.first) || !clause {
        return false;
    }
    if !tail || follows_clause || end - last > TRAILING_WORDS + usize::from(inverted) * 12 {
        return false;
    }
    if is_told_of(r, first, hit) || is_fronted(r, hit, start) && (!goes_on() || r.gap(end).has(Gap::QUOTE)) {
        return false;
    }
    let hold = r.hold_of(hit.first);
    let closes = end >= r.words.len() || r.gap(end).has(Gap::STOP) || r.tag(end) == Tag::Ing;
    let end = if closes { main_end(r, hit, start) } else { start - 1 };
    r.reaches(hit.last, end, if hold == Hold::Main { Hold::Said } else { hold })
}

/// Where the clause of a term ends before its report: "A siege began, while nine fled, he said", "..., which is cruel, he said".
fn main_end(r: &Reading, hit: &Hit, report: usize) -> usize {
    let last = |word: usize| !(word + 1..report).any(|at| r.gap(at).has(Gap::COMMA));
    let aside = |word: &usize| {
        r.gap(*word).has(Gap::COMMA)
            && *word + 1 < report
            && (r.has_class(*word, Class::While) || r.function(*word) == Function::Relative && last(*word))
    };
    (hit.last + 1..report).find(aside).unwrap_or(report) - 1
}

/// "The death of four in the attack was announced on Monday": the verb is of the sentence itself, not of who reports it.
fn is_told_of(r: &Reading, verb: usize, hit: &Hit) -> bool {
    let group = r.group_at(verb).filter(|group| r.group(*group).passive && !r.group(*group).bare);
    let subject = group.and_then(|group| r.subject_of(group)).map(|(chunk, _)| r.chunk(chunk));
    subject.is_some_and(|subject| !subject.pronoun && subject.last < hit.first)
}

/// "While he regretted the siege, he said": the clause before the report stands below it.
fn is_fronted(r: &Reading, hit: &Hit, report: usize) -> bool {
    let start = r.segment_start(hit.first);
    let opens = start == 0 || r.gap(start).has(Gap::STOP);
    opens && r.tag(start) == Tag::Subordinator && r.segment_end(hit.last) == report
}

/// "Orlo Benn, a veteran of the siege, said", "Orlo Benn, the envoy for the corridor, said": who the speaker is.
fn is_in_title(r: &Reading, verb: usize, hit: &Hit) -> bool {
    let start = r.segment_start(hit.last);
    let Some(title) = r.chunk_at(start).filter(|_| start > 0 && r.segment_end(hit.last) == verb) else { return false };
    let named = r.chunk_at(start - 1).is_some() && r.gap(start).has(Gap::COMMA);
    let office = r.is(r.chunk(title).last, CueKind::SourceNoun) || r.function(start) == Function::Definite;
    let title = r.function(start) == Function::Indefinite || r.is_capital(start - 1) && office;
    named && title && !r.has_finite_verb(start, verb)
}
