//! Attribution: whose report a term stands in.

use super::added::{is_added, is_beside_report, is_left_out};
use super::claim::noun_governs;
use super::clause::{Hold, Reading};
use super::cues::CueAt;
use super::denial::{is_denied, is_negated};
use super::feature::Head;
use super::grammar::Function;
use super::naming::{by_accusation, by_comparison, by_list_named, by_name};
use super::phrases::{Chunk, Group};
use super::place::head_of;
use super::planned::is_planned;
use super::possibility::{is_known, tells_when};
use super::sheet::Gap;
use super::source::{by_source, is_as_clause};
use super::speaker::is_passive;
use super::trailing::{is_inserted, is_trailing};
use super::walk::Governor;
use super::walk_subject::How;
use super::word_class::{Class, Tag};
use super::{Hit, rules};
use crate::codebook::{CueKind, CueScope, Strength};

/// How far a verb of saying acts without and with "that".
const OBJECT_WORDS: usize = 26;
pub(super) const CLAUSE_WORDS: usize = 60;
/// How far behind a verb of asking the question may stand.
pub(super) const ASKED_WORDS: usize = 10;
/// How far behind a verb of saying the verb of what is said may stand, and how many others before it.
const SAID_WORDS: usize = 24;
const SAID_VERBS: usize = 3;
/// How far before a verb of saying the "whom" may stand of whom it is said.
const WHOM_WORDS: usize = 5;

/// The rule by which a cue attributes the hit to somebody, if it does.
pub(super) fn attributes(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let follows = hit.first > cue.last as usize;
    if cue.kind.is_verb_of_speech() && is_own_speech(r, cue) {
        return None;
    }
    match cue.kind {
        CueKind::Report | CueKind::Assertion | CueKind::Factive => by_verb(r, cue, hit),
        CueKind::Accusation if follows => by_accusation(r, cue, hit),
        // "designated the Hill Front, the League and others as terrorist groups"
        CueKind::Naming if follows => by_name(r, cue, hit).or_else(|| by_list_named(r, cue, hit)),
        CueKind::Perception if follows => by_comparison(r, cue, hit),
        // "rejected the charge as a provocation"
        CueKind::Denial if follows => by_comparison(r, cue, hit),
        CueKind::Perception => is_as_clause(r, cue, hit).then_some(rules::ATTRIBUTED_SOURCE),
        CueKind::Source => by_source(r, cue, hit),
        // "we fear that": a verb after all, and the article's own.
        CueKind::SpeechNoun if is_own_speech(r, cue) && !r.is_noun(cue.first as usize) => None,
        CueKind::SpeechNoun if cue.first == cue.last && r.tag(cue.first as usize).is_verb() => None,
        CueKind::SpeechNoun => noun_governs(r, cue, hit).then_some(rules::ATTRIBUTED_NOUN),
        _ => None,
    }
}

/// Whether the clause ends with this word.
pub(super) fn trails_nothing(r: &Reading, word: usize) -> bool {
    word + 1 >= r.words.len() || r.gap(word + 1).has(Gap::BREAK) || r.function(word + 1) == Function::And
}

fn by_verb(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    // "reported deaths", "his hints at talks": no verb.
    let noun = r.is_noun(first) || r.tag(first) == Tag::Noun || r.chunk_at(first).is_some();
    let hints = r.is_noun(first) && r.group_at(first).is_none();
    if hints || first == last && (noun || is_listed_adjective(r, first)) || ends_with_its_noun(r, first, hit) {
        return None;
    }
    // "a war that claimed 300 lives and many hostages"
    let group = r.group_at(first);
    let toll = r.has_class(first, Class::Toll) && last + 1 < r.words.len() && r.tag(last + 1) == Tag::Number;
    if toll && group.and_then(|group| r.subject_of(group)).is_some_and(|(_, how)| how == How::Relative) {
        return None;
    }
    // "said in an interview posted on a website that": not who posted it
    let paper = |group: &Group| group.bare && group.passive && r.has_class(group.head, Class::File);
    let filed = group.map(|group| r.group(group)).filter(paper);
    if filed.is_some_and(|group| group.first > 0 && r.chunk_at(group.first - 1).is_some()) && r.is_adposition(last + 1)
    {
        return None;
    }
    // "Add to this the cost of the invasion": the reader is told to; "That said, the siege goes on".
    // "That being said"
    let between = first == 1 || first == 2 && r.has_class(1, Class::Be);
    let that_said = between && first == last && r.function(0) == Function::That && r.gap(first + 1).has(Gap::COMMA);
    if that_said
        || says_this(r, last)
        || is_inferred(r, first)
        || ends_before(r, first, hit)
        || first == 0 && r.tag(first) == Tag::Base
    {
        return None;
    }
    // "has not admitted the attack"; "it was revealed that": nobody has said it.
    if cue.kind == CueKind::Factive && (is_denied(r, first) || is_impersonal(r, first)) {
        return None;
    }
    // "said Orlo Benn, whose unit holds the town", "said the occupier"
    let speaker = r.group_at(first).and_then(|group| r.inverted(r.group(group)));
    if speaker.is_some_and(|chunk| r.chunk(chunk).first <= hit.first) {
        return None;
    }
    if is_as_clause(r, cue, hit) {
        return Some(rules::ATTRIBUTED_SOURCE);
    }
    if is_inserted(r, cue, hit) {
        return Some(rules::ATTRIBUTED_TRAILING);
    }
    if hit.first < first {
        return is_trailing(r, cue, hit).then_some(rules::ATTRIBUTED_TRAILING);
    }
    let that = (last + 1..hit.first.min(last + 12)).find(|word| {
        let topic = *word > last + 1 && r.opens_topic(*word - 1);
        matches!(r.function(*word), Function::That)
            || r.has_class(*word, Class::Question) && !r.has_class(*word, Class::Condition) && !topic
    });
    // "expressed hope that the siege would end", but not "expressed interest in talks that would end it"
    let object = r.group_at(first).and_then(|group| r.object_of(group)).map(|chunk| r.chunk(chunk).last + 1);
    let of_noun = |that: usize| object.is_some_and(|behind| behind < that) && r.chunk_at(that - 1).is_some();
    // "told his army to stop the siege": an order, not what somebody says
    let base = |word: usize| word < r.words.len() && r.tag(word) == Tag::Base;
    let order = |behind: usize| r.has_class(behind, Class::Infinitive) && base(behind + 1);
    if r.has_class(first, Class::ObjectControl) && that.is_none() && object.is_some_and(order) {
        return None;
    }
    // "expressed interest in talks that": a clause, and another word's
    let is_others = |that: &usize| cue.scope == CueScope::Clause && of_noun(*that);
    let of_other = that.is_some_and(|that| is_others(&that));
    let that = that.filter(|that| !is_others(that));
    // "cannot expect", but "would not speak of"
    let modal = r.group_at(first).is_some_and(|group| r.has_class(r.group(group).first, Class::Modal));
    if modal && is_negated(r, first) && !r.has_class(last, Class::Of) {
        return None;
    }
    // "did not say if", "has not said that it was behind the attack", "nobody feared the siege"
    if !modal && is_denied(r, first) {
        return None;
    }
    // "vowed to answer the attack with force": of what is only vowed.
    let infinitive = [last, last + 1].into_iter().find(|word| r.has_class(*word, Class::Infinitive));
    let vowed = infinitive.is_some_and(|to| cue.kind == CueKind::Assertion && !r.has_class(to + 1, Class::Have));
    if vowed && that.is_none() && !is_planned(r, cue, hit) {
        return None;
    }
    if is_topic(r, cue, hit) || that.is_none() && is_beside_report(r, last, hit) {
        return None;
    }
    // "asked whether an offensive was near": nobody says that it is
    let asks = asks(r, last) && !is_known(r, hit);
    let clause = that.is_some() || !of_other && has_bare_clause(r, cue, hit);
    if cue.scope == CueScope::Clause && (asks || !clause) {
        return None;
    }
    // "They fled, the army said, as the siege went on": the report has closed its clause; not "he said, but it went on".
    let pronoun =
        || r.group_at(first).and_then(|verb| r.subject_of(verb)).is_some_and(|(chunk, _)| r.chunk(chunk).pronoun);
    let other = r.is(last + 1, CueKind::Stop) && !pronoun();
    let opens = other || r.has_class(last + 1, Class::Opener) || r.has_class(last + 1, Class::Time);
    let closes = opens && r.gap(last + 1).has(Gap::COMMA) && r.segment_start(first) > 0;
    if closes && !clause && r.has_finite_verb(0, r.segment_start(first)) {
        return None;
    }
    // "reports from the occupied town", "reports for a paper on the siege"
    let place = r.has_class(last + 1, Class::From) || r.function_after(last) == Function::For;
    // "countered with a raid"
    let deed = cue.scope == CueScope::Clause && r.has_class(last + 1, Class::With);
    if deed || !clause && (has_attitude(r, first) || place) {
        return None;
    }
    let most = if clause { CLAUSE_WORDS } else { OBJECT_WORDS };
    if hit.first - last > most || is_addressee(r, first, hit) {
        return None;
    }
    let said = that.is_some() || opens_said_clause(r, last);
    // "told the agency in the occupied town": behind who is told
    let hearer = || r.chunk_at(last + 1).filter(|_| r.has_class(last, Class::Tell));
    let heard = hearer().map_or(last, |chunk| r.chunk(chunk).last);
    let elsewhere = || {
        let second = !clause && r.has_second_verb(last, hit.first);
        let beside = !clause && is_known(r, hit) && is_beside_object(r, last, hit);
        // "admits blocking the road"
        let object = cue.kind == CueKind::Factive && r.tag(last + 1) == Tag::Ing && !r.breaks(last + 1);
        // "confirmed his death and the court has opened a case of genocide"
        second
            || !clause && r.joins_clause(last, hit.first)
            || beside
            || !object && r.is_circumstance(heard, hit.first)
            // "claimed to have seized two valleys following its invasion"
            || !clause && is_known(r, hit) && tells_when(r, last, hit)
            || r.is_in_other_clause(last, hit.first)
    };
    if !said && elsewhere() || is_apposition(r, hit) || is_added(r, last, hit) || is_left_out(r, last, hit) {
        return None;
    }
    let hold = match r.hold_of(first) {
        // ", saying ..." behind a whole clause, not inside it
        Hold::Aside if said && r.has_finite_verb(0, first) => Hold::Said,
        Hold::Main if said => Hold::Said,
        hold => hold,
    };
    if !r.reaches(that.unwrap_or(last), hit.first, hold) {
        return None;
    }
    Some(if cue.kind == CueKind::Factive { rules::ATTRIBUTED_ENDORSED } else { rules::ATTRIBUTED_VERB })
}

/// "a cruel, calculated blockade": behind an adjective and a comma, before a noun.
fn is_listed_adjective(r: &Reading, word: usize) -> bool {
    let participle = r.group_at(word).map(|group| r.group(group)).is_some_and(|group| group.bare && group.passive);
    let adjective = |before: usize| {
        matches!(r.tag(before), Tag::Adjective | Tag::Ing | Tag::Participle) || r.has_class(before, Class::EndsIng)
    };
    let listed = word > 0 && r.gap(word) == Gap::COMMA && adjective(word - 1);
    participle && listed && !r.breaks(word + 1) && r.chunk_at(word + 1).is_some()
}

/// "said this in a review of the siege": what was said stands before it.
fn says_this(r: &Reading, last: usize) -> bool {
    let object = r.chunk_at(last + 1).map(|chunk| r.chunk(chunk));
    let lone = object.filter(|object| object.first == object.last && r.function(object.first) == Function::Definite);
    lone.is_some_and(|object| r.is_adposition(object.last + 1))
}

/// "if Norland thinks it safe, it will attack", "with a king who says so, we are near a siege": a clause before the main one
/// ends with its comma.
fn ends_before(r: &Reading, verb: usize, hit: &Hit) -> bool {
    let start = r.segment_start(verb);
    let opens = |word: &usize| matches!(r.function(*word), Function::Relative | Function::Subordinator);
    let Some(opener) = (start..verb).rev().find(opens) else { return false };
    let fronted = match r.function(opener) {
        Function::Relative => opener > start && !r.has_finite_verb(start, opener),
        _ => opener == start || r.function(opener - 1) == Function::That,
    };
    let main =
        |word: usize| r.gap(word).has(Gap::COMMA) && r.chunk_at(word).is_some_and(|chunk| r.has_verb_behind(chunk));
    fronted && (verb + 1..=hit.first).any(main)
}

/// "This suggests that", "..., which implies that", "the attack underlined how": nobody says it.
fn is_inferred(r: &Reading, verb: usize) -> bool {
    let group = r.group_at(verb).filter(|group| r.has_class(verb, Class::Infer) && r.group(*group).finite);
    let Some((subject, how)) = group.and_then(|group| r.subject_of(group)) else { return false };
    let Chunk { first, last, .. } = r.chunk(subject);
    let group = group.map_or(verb, |group| r.group(group).first);
    let which = group > 0 && r.function(group - 1) == Function::Relative && r.gap(group - 1).has(Gap::COMMA);
    let speaks = |kind: CueKind| r.is(last, kind);
    let nobody = r.name_at(last).is_none() && !speaks(CueKind::SourceNoun) && !speaks(CueKind::SpeechNoun);
    let which = which && nobody && !r.has_class(group - 1, Class::Who);
    // "the closing could indicate that"
    let may = nobody && how == How::Plain && !r.chunk(subject).pronoun && r.function(group) == Function::Modal;
    let this = may || first == last && r.function(first) == Function::Definite;
    let deed = || matches!(head_of(r, last), Head::Deed | Head::Conflict);
    this || which || how == How::Plain && deed()
}

/// "warned the occupying army that": who is told.
fn is_addressee(r: &Reading, verb: usize, hit: &Hit) -> bool {
    let object =
        r.group_at(verb).filter(|_| r.has_class(verb, Class::ObjectControl)).and_then(|verb| r.object_of(verb));
    object.is_some_and(|chunk| {
        let Chunk { first, last, .. } = r.chunk(chunk);
        (first..=last).contains(&hit.first) && r.function_at(last + 1) == Some(Function::That)
    })
}

/// "claimed their money back after the invasion", "vowed revenge for the attack".
fn is_beside_object(r: &Reading, verb: usize, hit: &Hit) -> bool {
    let governor = r.chunk_at(hit.last).and_then(|chunk| r.governor(chunk));
    let beside = |word: usize| r.has_class(word, Class::For) || r.preposition(word) == Some(Class::Time);
    matches!(governor, Some(Governor::Preposition { at, .. }) if at > verb + 1 && beside(at))
}

/// "The only man reported dead was in the occupied town": a participle ends where the clause of its noun goes on.
pub(super) fn ends_with_its_noun(r: &Reading, verb: usize, hit: &Hit) -> bool {
    let to = |group: &Group| r.group_at(group.last + 1).is_some_and(|next| r.group(next).infinitive);
    let alone = |group: &Group| group.first == group.last && (group.bare && group.passive || to(group));
    let group = r.group_at(verb).map(|group| r.group(group)).filter(alone);
    let after_noun = group.filter(|group| group.first > 0 && r.chunk_at(group.first - 1).is_some());
    after_noun.is_some_and(|group| {
        // "said to have taken what Baku had seized": a verb, but of another clause.
        let clause = |word: &usize| matches!(r.function(*word), Function::That | Function::Relative | Function::What);
        let end = (group.last + 1..hit.first).find(clause).unwrap_or(hit.first);
        let that = r.function_after(group.last) == Function::That;
        // "he told the press they had fled"
        let tells = r.has_class(group.head, Class::Tell) && r.chunk_at(group.last + 1).is_some();
        !that && !tells && !r.gap(group.first).has(Gap::BREAK) && r.has_finite_verb(group.last + 1, end)
    })
}

/// "said little about the siege", "speaking about the siege": what is said of it is another matter.
fn is_topic(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let last = cue.last as usize;
    let governor = || r.chunk_at(hit.last).and_then(|chunk| r.governor_before(chunk));
    let about =
        || matches!(governor(), Some(Governor::Preposition { at, .. }) if at >= last && r.has_class(at, Class::About));
    // "speaking about"
    let speaks = cue.strength == Strength::Weak && is_known(r, hit);
    // "is told about"
    let told = r.has_class(last, Class::Tell) && is_passive(r, last);
    (speaks || told || r.has_class(last, Class::Say)) && about() && !r.has_finite_verb(last + 1, hit.first)
}

/// "asked if", "asked at the harbour whether"
fn asks(r: &Reading, last: usize) -> bool {
    let place = r.phrases_after(last, ASKED_WORDS).last().map(|(_, chunk)| r.chunk(chunk).last);
    [Some(last), place].into_iter().flatten().any(|word| r.has_class(word + 1, Class::Doubt))
}

/// "reiterated its support for": nothing is said of the matter.
fn has_attitude(r: &Reading, verb: usize) -> bool {
    let object = r.group_at(verb).and_then(|group| r.object_of(group));
    object.is_some_and(|chunk| r.has_class(r.chunk(chunk).last, Class::Attitude))
}

/// "it was revealed"
fn is_impersonal(r: &Reading, verb: usize) -> bool {
    let Some(group) = r.group_at(verb).filter(|group| r.group(*group).passive) else { return false };
    r.subject_of(group).is_some_and(|(chunk, _)| r.chunk(chunk).pronoun)
}

/// "Crimea, annexed by X": the article's own addition.
fn is_apposition(r: &Reading, hit: &Hit) -> bool {
    // "the towns had fallen, captured by the occupiers"
    let by = || match r.chunk_at(hit.last).and_then(|chunk| r.governor_before(chunk)) {
        Some(Governor::Preposition { at, group, .. }) if r.has_class(at, Class::By) => {
            group.filter(|group| r.gap(r.group(*group).first).has(Gap::COMMA))
        }
        _ => None,
    };
    let group = r.group_at(hit.first).or_else(by).map(|group| r.group(group));
    let set_off = |group: Group| {
        let adverb = group.first.checked_sub(1).filter(|word| r.function(*word) == Function::Adverb);
        let aside = |word: usize| r.gap(word).has(Gap::COMMA) || r.gap(word).has(Gap::DASH);
        aside(group.first) || adverb.is_some_and(aside)
    };
    // "said they had burnt the town, cut off its water and fled": no apposition.
    let object = r.group_at(hit.first).is_some_and(|group| r.object_of(group).is_some());
    !object && group.is_some_and(|group| group.bare && group.passive && set_off(group))
}

/// What "I" and "we" say is the article's own; so is what somebody ought to admit, and what is "worth noting".
fn is_own_speech(r: &Reading, cue: &CueAt) -> bool {
    let first = cue.first as usize;
    let first_person = || {
        let phrase = (r.segment_start_from(first, first.saturating_sub(7))..first).rev();
        let subject = phrase
            .take_while(|word| !matches!(r.function(*word), Function::That | Function::Relative | Function::What))
            .find(|word| {
                r.function(*word) == Function::Pronoun
                    || r.name_at(*word).is_some()
                    || r.has_class(*word, Class::FirstPerson)
            });
        subject.is_some_and(|word| r.has_class(word, Class::FirstPerson))
    };
    // not "The siege must end, said Norland"
    let joined = |word: &usize| !r.gap(word + 1).has(Gap::BREAK);
    let duty = (first.saturating_sub(2)..first).rev().take_while(joined).any(|word| r.has_class(word, Class::Duty));
    let infinitive = first > 0 && r.function(first - 1) == Function::To && cue.kind == CueKind::Factive;
    let is_remark = |back: usize| first.checked_sub(back).is_some_and(|word| r.has_class(word, Class::Remark));
    let to = first > 0 && r.function(first - 1) == Function::To;
    let remark = is_remark(1) && !r.breaks(first) || to && is_remark(2);
    r.any_class(Class::FirstPerson) && first_person() || duty || infinitive || remark
}

/// A clause without "that": a subject after the verb and a finite verb after it.
fn has_bare_clause(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let last = cue.last as usize;
    let Some(next) = r.words.get(last + 1).filter(|_| !r.is(last + 1, CueKind::Stop)) else { return false };
    // "insisted only soldiers were hit"
    let only = |word: usize| r.chunk_at(word).is_some_and(|subject| r.has_verb_behind(subject));
    if r.tag(last + 1) == Tag::Adverb && !next.gap.has(Gap::BREAK) && (only(last + 1) || only(last + 2)) {
        return true;
    }
    if next.gap.has(Gap::COLON) || (next.gap.has(Gap::QUOTE) && !next.gap.has(Gap::BREAK)) {
        // "voiced “deep concern” after the attack"
        return !(next.gap.has(Gap::QUOTE) && has_attitude(r, cue.first as usize));
    }
    let noun = matches!(
        next.function,
        Function::Definite | Function::Indefinite | Function::Possessive | Function::Pronoun | Function::Content
    );
    let end = r.segment_end_by(hit.last, hit.last + 9);
    // "arguing Norland began a war"
    let infers = r.has_class(cue.first as usize, Class::Infer) && !is_of_statement(r, cue.first as usize);
    let clause = || !infers && r.chunk_at(last + 1).is_some_and(|subject| r.has_verb_behind(subject));
    let helped = || {
        (last + 2..end)
            .take_while(|word| !matches!(r.function(*word), Function::Relative) && !r.opens_topic(*word))
            .any(|word| matches!(r.function(word), Function::Auxiliary | Function::Modal))
    };
    noun && !next.gap.has(Gap::BREAK) && (helped() || clause())
}

/// "assessments by the army indicate": what is said indicates it.
fn is_of_statement(r: &Reading, verb: usize) -> bool {
    let subject = r.group_at(verb).and_then(|group| r.subject_of(group)).map(|(chunk, _)| r.chunk(chunk).last);
    subject.is_some_and(|last| r.is(last, CueKind::SpeechNoun))
}

/// "said it would stop": what follows the verb is the subject of a finite verb, and is said as if after "that".
fn opens_said_clause(r: &Reading, last: usize) -> bool {
    // "said on Sunday it would stop"
    let day = (last + 1..last + 3).find(|word| r.has_class(*word, Class::Day));
    let next = day.map_or(last, |day| r.chunk_at(day).map_or(day, |chunk| r.chunk(chunk).last)) + 1;
    // "whom it said had planned and led the attack"
    let whom = || (last.saturating_sub(WHOM_WORDS)..last).any(|word| r.has_class(word, Class::Who));
    if r.has_finite_verb(next, next + 1) && !r.gap(next).has(Gap::BREAK) && whom() {
        return true;
    }
    let chunk = |word: usize| r.chunk_at(word).filter(|_| !r.gap(word).has(Gap::BREAK));
    let Some(first) = chunk(next) else { return false };
    // "told the press they had fled": behind who is told
    let hearer = r.has_class(last, Class::Tell).then(|| chunk(r.chunk(first).last + 1)).flatten();
    let subject = hearer.unwrap_or(first);
    let end = r.words.len().min(next + SAID_WORDS);
    let words = (r.chunk(subject).last + 1..end).take_while(|word| !r.gap(*word).has(Gap::STOP));
    let verbs = words.filter_map(|word| r.group_at(word)).filter(|group| r.group(*group).finite);
    let of_subject = |(chunk, how): (usize, How)| chunk == subject && how == How::Plain;
    verbs.take(SAID_VERBS).any(|group| r.subject_of(group).is_some_and(of_subject))
}
