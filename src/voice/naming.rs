//! What somebody is charged with, and what somebody calls it: "accused of", "called it", "sees it as".

use super::added::{is_added, opens_judgement};
use super::attribution::ends_with_its_noun;
use super::clause::{Determiner, Hold, Reading};
use super::cues::CueAt;
use super::grammar::Function;
use super::possibility::{is_known, is_undone, tells_when};
use super::sheet::Gap;
use super::source::is_as_clause;
use super::walk::Governor;
use super::word_class::{Class, Tag};
use super::{Hit, rules};
use crate::codebook::{CueKind, CueScope, Strength};

/// How far the object of a verb like "condemned" or of a noun like "claims of" reaches.
pub(super) const CONDEMNED_WORDS: usize = 12;
/// How far a name or a comparison reaches ("called the offensive ... a liberation").
pub(super) const COMPLEMENT_WORDS: usize = 10;

pub(super) fn by_accusation(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    // Whoever does "not condemn" the aggression has not spoken of it.
    let noun = first == last && (r.is_noun(first) || r.tag(first) == Tag::Noun);
    // "protests against the union sparked a crackdown"
    let subject = first != last && r.group_at(first).is_none() && r.has_finite_verb(last + 1, hit.first);
    if noun || subject || is_undone(r, first) {
        return None;
    }
    // "criticised Norland for the siege": that there is one is the article's.
    let verb = || (last + 1..hit.first).any(|word| r.group_at(word).is_some());
    let judged = cue.strength == Strength::Weak && is_known(r, hit) && !verb();
    let link = match cue.scope {
        CueScope::Clause if judged => return None,
        CueScope::Clause => {
            let opens = |word: &usize| {
                matches!(r.function(*word), Function::Of | Function::For | Function::With | Function::That)
            };
            (last + 1..hit.first).find(opens).filter(|link| !is_in_apposition(r, last, *link, hit))?
        }
        _ if hit.first - last > CONDEMNED_WORDS => return None,
        // "condemned the invasion", "condemned the meeting that followed an offensive": that there is one is the article's.
        CueScope::Adjacent if is_judged(r, hit) || is_of_relative(r, last, hit) => return None,
        _ => last,
    };
    // "accused them of theft after the invasion", "blamed them for a fire in the occupied town"
    // "charged with theft in what was the worst case of corruption"
    let judged = || (link..hit.first).any(|word| opens_judgement(r, word));
    let granted = || is_known(r, hit) && tells_when(r, link, hit) || is_of_place(r, link, hit) || judged();
    let elsewhere = || {
        r.is_in_other_clause(link, hit.first)
            || r.joins_clause(link, hit.first)
            || ends_with_its_noun(r, first, hit)
            || is_of_accuser(r, hit)
            || is_added(r, last, hit)
            || is_beside_accused(r, last, hit)
            || does_more(r, link, hit)
            || granted()
    };
    let reached = r.reaches(link.max(last), hit.first, r.hold_of(first)) && !elsewhere();
    reached.then_some(rules::ATTRIBUTED_ACCUSATION)
}

/// "condemned the attack several times and sent aid": another deed.
fn does_more(r: &Reading, link: usize, hit: &Hit) -> bool {
    let relative = |word: usize| matches!(r.function(word), Function::That | Function::Relative);
    r.has_second_verb(link, hit.first) && !(link..hit.first).any(relative)
}

/// "blamed the firm, the maker of arms for the war, for the delay": what the accused is.
fn is_in_apposition(r: &Reading, verb: usize, link: usize, hit: &Hit) -> bool {
    let comma = |word: &usize| r.gap(*word).has(Gap::COMMA);
    let Some(start) = (verb + 1..=link).find(comma).filter(|start| r.chunk_at(start - 1).is_some()) else {
        return false;
    };
    let end = (hit.last + 1..r.words.len().min(hit.last + CONDEMNED_WORDS)).find(comma);
    let determined = matches!(r.function(start), Function::Definite | Function::Indefinite);
    let whole = !(link..=hit.first).any(|word| r.gap(word).has(Gap::COMMA));
    determined && whole && end.is_some_and(|end| matches!(r.function(end), Function::Of | Function::For))
}

/// Whether a term only says who accuses: "was accused of theft by hostage families".
fn is_of_accuser(r: &Reading, hit: &Hit) -> bool {
    let chunk = r.chunk_at(hit.last).filter(|chunk| r.chunk(*chunk).last > hit.last);
    matches!(chunk.and_then(|chunk| r.governor(chunk)), Some(Governor::Preposition { at, .. }) if r.has_class(at, Class::By))
}

/// Whether a term stands in a clause that only says which thing is judged.
fn is_of_relative(r: &Reading, last: usize, hit: &Hit) -> bool {
    let relative = |word: usize| matches!(r.function(word), Function::That | Function::Relative);
    (last + 2..hit.first)
        .any(|word| relative(word) && r.chunk_at(word - 1).is_some() && r.has_finite_verb(word, hit.first))
}

/// "includes men accused of theft, as well as the envoy of the occupiers": another one, who is not accused.
fn is_beside_accused(r: &Reading, verb: usize, hit: &Hit) -> bool {
    let group = r.group_at(verb).map(|group| r.group(group)).filter(|group| group.bare && group.passive);
    let beside = |word: usize| {
        r.gap(word).has(Gap::COMMA) && r.has_class(word, Class::As) && r.function_after(word + 1) == Function::As
    };
    group.is_some() && r.any_class_in(verb, hit.first, Class::As) && (verb + 1..hit.first).any(beside)
}

/// Whether a term qualifies the name of a place where something is: "in the occupied town".
fn is_of_place(r: &Reading, link: usize, hit: &Hit) -> bool {
    let Some(chunk) = r.chunk_at(hit.last).filter(|chunk| r.chunk(*chunk).last > hit.last) else { return false };
    let place = matches!(r.governor(chunk), Some(Governor::Preposition { at, .. }) if at > link + 1
        && [Class::In, Class::On].iter().any(|class| r.has_class(at, *class)));
    place && (r.has_class(hit.last, Class::EndsEd) || r.tag(r.chunk(chunk).last) == Tag::Name)
}

/// "condemned the invasion", "protested against raids", but not "condemned an invasion".
fn is_judged(r: &Reading, hit: &Hit) -> bool {
    let known = r.determiner(hit.first).0 != Determiner::Indefinite;
    // "denounced the offensive as a crime"
    known && !(hit.last + 1..hit.last + COMPLEMENT_WORDS).any(|word| r.function_at(word) == Some(Function::As))
}

/// "called it an act of aggression": the complement is the speaker's, the object is the article's.
pub(super) fn by_name(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let barred = (last + 1..hit.first).any(|word| {
        // "called her mother during the siege", "saw the ships as the attack began"
        let when = r.has_class(word, Class::Time) || r.opens_clause(word);
        // "called home from the besieged town"
        r.gap(word).has(Gap::BREAK)
            || when
            || r.has_class(word, Class::From)
            || match r.function(word) {
                // "considers it to be an occupation"
                Function::To => !r.has_class(word + 1, Class::Be),
                function => matches!(function, Function::On | Function::For | Function::With | Function::About),
            }
    });
    let noun = first == last && (r.is_noun(first) || r.tag(first) == Tag::Noun);
    // "to consider an offer made by the mediators"
    let governor = r.chunk_at(hit.last).and_then(|chunk| r.governor(chunk));
    let by = |at: usize| at > last && r.has_class(at, Class::By);
    let barred = barred || matches!(governor, Some(Governor::Preposition { at, .. }) if by(at));
    if barred || hit.first - last > COMPLEMENT_WORDS || noun || r.has_second_verb(last, hit.first) {
        return None;
    }
    let (determiner, start) = r.determiner(hit.first);
    let known = matches!(determiner, Determiner::Definite | Determiner::Possessive);
    let complement = |word: usize| r.function(word) == Function::Indefinite || r.gap(word).has(Gap::QUOTE);
    let end = r.segment_end_by(hit.last, hit.last + 8);
    let complement_after = (hit.last + 1..end).any(complement);
    // not "considering sanctions at a forum"
    let marked = (hit.last + 1..end).any(|word| r.gap(word).has(Gap::QUOTE));
    let named = marked || (hit.last + 1..end).take_while(|word| !r.is_adposition(*word)).any(complement);
    // "considering sanctions", "considering an invasion": the thing that is considered, not a name that it is given
    let active = r.group_at(first).is_some_and(|group| r.group(group).head == first && !r.group(group).passive);
    let active = active && !is_set_off(r, first);
    // "compared the strike to the attack": that there was one is the article's
    let compared = known && first < last && (r.has_class(last, Class::To) || r.has_class(last, Class::With));
    let noun = r.chunk_at(hit.last).is_some() && r.tag(hit.last) == Tag::Noun;
    let new = determiner == Determiner::Indefinite && r.is(first, CueKind::Hypothetical);
    let alone = active && first == last && noun && (determiner == Determiner::None || new) && start == last + 1;
    let what =
        || (first.saturating_sub(9)..first).any(|word| matches!(r.function(word), Function::What | Function::Relative));
    // "considered the hardships of displacement"
    let of_object = active
        && matches!(r.chunk_at(hit.last).and_then(|chunk| r.governor(chunk)),
            Some(Governor::Preposition { at, chunk: Some(object), .. }) if r.has_class(at, Class::Of)
                && r.determiner(r.chunk(object).last).0 == Determiner::Definite
                && r.chunk(object).first == last + 1);
    let is_object =
        known && start == last + 1 && complement_after || alone && !named && !what() || of_object || compared;
    (!is_object && r.reaches(last, hit.first, r.hold_of(first))).then_some(rules::ATTRIBUTED_NAMING)
}

/// "the group, widely considered a", "the two, both considered": a participle that is set off from its noun.
pub(super) fn is_set_off(r: &Reading, verb: usize) -> bool {
    let beside = |word: &usize| matches!(r.tag(*word), Tag::Adverb | Tag::Determiner | Tag::Pronoun);
    let adverb = verb.checked_sub(1).filter(|word| beside(word) && !r.breaks(verb));
    let ed = r.has_class(verb, Class::EndsEd);
    ed && adverb.is_some_and(|word| r.gap(word).has(Gap::COMMA)) && r.chunk_at(verb + 1).is_some()
}

/// "designated X, Y and others as terrorist groups": behind a list of what is named.
pub(super) fn by_list_named(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let link = (cue.last as usize + 1..hit.first)
        .rev()
        .take(COMPLEMENT_WORDS)
        .find(|word| r.function(*word) == Function::As)?;
    let named = !r.gap(link).has(Gap::BREAK) && r.adjoins(link, hit.first, 4);
    by_comparison(r, cue, hit).filter(|_| named)
}

/// "sees it as interference": what follows "as".
pub(super) fn by_comparison(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    if is_as_clause(r, cue, hit) {
        return Some(rules::ATTRIBUTED_SOURCE);
    }
    // "as Baku turned its back", not "as a man involved in it"
    let is_clause = |word: usize| {
        let verb = r.chunk_at(word + 1).and_then(|chunk| r.group_at(r.chunk(chunk).last + 1));
        r.opens_clause(word) && verb.is_some_and(|verb| r.object_of(verb).is_some())
    };
    // The last one: "sees it not as help but as an invasion".
    let is_as = |word: &usize| r.function(*word) == Function::As && !is_clause(*word);
    let link = (last + 1..hit.first).rev().take(COMPLEMENT_WORDS).find(is_as)?;
    // "hailed as a hero after the attack"
    let later = r.any_class_in(link + 2, hit.first, Class::Time)
        || (link + 2..hit.first)
            .any(|word| r.tag(word) == Tag::Subordinator && r.function(word) == Function::Subordinator);
    // "recognised it as the capital, and his crimes"
    let and = |word: usize| r.function(word) == Function::And && r.gap(word).has(Gap::COMMA);
    let other = (link + 1..hit.first).any(|word| and(word) && r.function_after(word) == Function::Possessive);
    // "widely seen as a sham, the vote ended the siege"
    let clause = |subject: usize| r.has_verb_behind(subject) && !r.is_verb_of_speech(r.chunk(subject).last + 1);
    let ended = (link + 1..=hit.first).any(|word| r.gap(word).has(Gap::COMMA) && r.chunk_at(word).is_some_and(clause));
    // "the question of defending the port came up as a result of the siege"
    let other = other || r.has_finite_verb(last + 1, link);
    let near = link - last <= COMPLEMENT_WORDS && !later && !other && !ended;
    let reached = r.reaches(last, link, r.hold_of(first)) && r.reaches(link, hit.first, Hold::Main);
    (near && reached && !(first == last && r.is_noun(first))).then_some(rules::ATTRIBUTED_NAMING)
}
