//! What stands behind a verb of saying and is not said: what the article adds, and what is left out.

use super::Hit;
use super::attribution::{ASKED_WORDS, CLAUSE_WORDS};
use super::clause::Reading;
use super::grammar::Function;
use super::phrases::Group;
use super::sheet::{Gap, Party};
use super::walk::Governor;
use super::word_class::{Class, Tag};
use crate::codebook::CueKind;

/// How far before a term may stand what leaves it out ("without mentioning") or sets it beside ("AS").
const LEFT_OUT_WORDS: usize = 12;

/// "announced when it began the siege", "quoted a spokesman for the occupiers as saying": when it was said, and who said it.
pub(super) fn is_beside_report(r: &Reading, verb: usize, hit: &Hit) -> bool {
    let end = r.segment_end_by(hit.last, hit.last + ASKED_WORDS);
    let speaks = |group: Group| group.bare && r.tag(group.head) == Tag::Ing && r.is_verb_of_speech(group.head);
    let next = (hit.last + 1..end).find_map(|word| r.group_at(word)).map(|group| r.group(group));
    let alone = |group: Group| speaks(group) && !r.has_finite_verb(verb + 1, group.first);
    r.has_class(verb + 1, Class::When) || r.chunk_at(verb + 1).is_some() && next.is_some_and(alone)
}

/// "said it shelled the port, without mentioning the siege", "said when asked about the siege": what was not said, and what
/// somebody else asked.
pub(super) fn is_left_out(r: &Reading, verb: usize, hit: &Hit) -> bool {
    let from = hit.first.saturating_sub(LEFT_OUT_WORDS).max(verb + 1);
    let behind = |class: Class, other: Class| {
        // "without directly mentioning"
        let adverb = |word: usize| word + 1 < r.words.len() && r.tag(word + 1) == Tag::Adverb;
        let both = |word: usize| r.has_class(word, class) && r.has_class(word + 1 + usize::from(adverb(word)), other);
        r.any_class_in(from, hit.first, other) && (from..hit.first).any(both)
    };
    behind(Class::Without, Class::Saying) || behind(Class::When, Class::Asked)
}

/// What the article adds behind a comma of what is said: "they held the town, as hospitals filled with victims of the siege",
/// "..., amid the siege", "..., a port in the occupied valley".
pub(super) fn is_added(r: &Reading, verb: usize, hit: &Hit) -> bool {
    // "ARMY SAYS BORDER IS SAFE AS ROCKETS HIT BESIEGED TOWN"
    let from = hit.first.saturating_sub(LEFT_OUT_WORDS).max(verb + 2);
    let capital_as = |word: usize| r.has_class(word, Class::As) && r.is_capital(word) && r.chunk_at(word + 1).is_some();
    if r.any_class_in(from, hit.first, Class::As) && (from..hit.first).any(capital_as) {
        return true;
    }
    // "in a reference to the siege"
    let governor = r.chunk_at(hit.last).and_then(|chunk| r.governor_before(chunk));
    let refers = |above: usize| r.chunk(above).first > verb && r.has_class(r.chunk(above).last, Class::Judging);
    if matches!(governor, Some(Governor::Preposition { chunk: Some(above), .. }) if refers(above)) {
        return true;
    }
    let comma = (verb + 1..=hit.first).rev().take(CLAUSE_WORDS).find(|word| r.gap(*word).has(Gap::BREAK));
    // "- using Norland's word for its invasion"
    let participle = |dash: usize| r.tag(dash) == Tag::Ing && !r.has_class(dash, Class::Like);
    if comma.is_some_and(|dash| r.gap(dash).has(Gap::DASH) && participle(dash)) {
        return true;
    }
    let Some(start) = comma.filter(|word| r.gap(*word).has(Gap::COMMA)) else { return false };
    // "even as the siege began", "two days into the siege"
    let even = r.has_class(start, Class::Even) && r.opens_clause(start + 1);
    let nominal = |word: &usize| r.tag(*word).is_nominal() || matches!(r.tag(*word), Tag::Adverb | Tag::Determiner);
    let span = (start..hit.first.min(start + 5)).take_while(nominal).last();
    let period = span.filter(|word| r.has_class(*word, Class::Period)).map_or(start, |word| word + 1);
    let into = period > start && r.has_class(period, Class::In);
    let circumstance = (r.has_class(period, Class::Time) || into) && !r.has_finite_verb(start, hit.first);
    // ", marking an escalation", ", referring to the siege", ", in what would be a siege"
    // "said it would stay, raising fears of a siege"
    let follows = |word: usize| {
        r.gap(word).has(Gap::COMMA) && r.has_class(word, Class::Aftermath) && !r.has_finite_verb(word, hit.first)
    };
    let aftermath = r.any_class(Class::Aftermath) && r.function_after(verb) != Function::That;
    let judges = r.has_class(start, Class::Judging)
        || r.chunk_at(start).is_some_and(|chunk| r.has_class(r.chunk(chunk).last, Class::Judging))
        || aftermath && (verb + 1..=hit.first).rev().take(CLAUSE_WORDS).any(follows)
        || opens_judgement(r, start);
    // ", in comments made shortly ahead of the invasion"
    let comments = r.has_class(start, Class::In)
        && r.chunk_at(start + 1).is_some_and(|chunk| {
            let last = r.chunk(chunk).last;
            last < hit.first && (r.is(last, CueKind::SpeechNoun) || r.has_class(last, Class::Comment))
        });
    let circumstance = circumstance || comments && !r.has_finite_verb(start, hit.first);
    // ", so the mayor fled"
    let so = r.has_class(start, Class::So) && r.chunk_at(start + 1).is_some_and(|subject| r.has_verb_behind(subject));
    circumstance || judges || even || so || r.opens_clause(start) || is_noun_added(r, start, hit)
}

/// "in what would be a siege": what the writer makes of it.
pub(super) fn opens_judgement(r: &Reading, word: usize) -> bool {
    r.has_class(word, Class::In) && r.function_after(word) == Function::What
}

/// ", a port in the occupied valley", ", the group that led the attack", but not the last of a list.
fn is_noun_added(r: &Reading, start: usize, hit: &Hit) -> bool {
    let indefinite = |word: usize| r.function(word) == Function::Indefinite;
    let (Some(before), Some(added)) = (r.chunk_at(start - 1), r.chunk_at(start)) else { return false };
    let of_list = indefinite(r.chunk(before).first) || r.function_at(hit.last + 1) == Some(Function::And);
    // ", the group that led the attack"
    let behind = r.chunk(added).last + 1;
    let described = r.function(start) == Function::Definite
        && (r.has_class(behind, Class::Relative) || r.has_class(behind, Class::Whose))
        && r.has_finite_verb(behind, hit.first + 1);
    // "in Eastvale, a refugee camp"
    let named = r.name_at(r.chunk(before).last).is_none_or(|name| name.fact.party == Party::Territory);
    let place = named && r.tag(r.chunk(before).last) == Tag::Name && hit.last < r.chunk(added).last;
    (indefinite(start) && !of_list || described) && (r.chunk(added).last < hit.first || place)
}
