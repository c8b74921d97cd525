//! Own voice that asserts nothing yet: risks, preventions, possibilities and goals.

use super::added::opens_judgement;
use super::clause::{Determiner, Hold, Reading};
use super::cues::CueAt;
use super::denial::is_negated;
use super::feature::Head;
use super::grammar::Function;
use super::naming::is_set_off;
use super::place::head_of;
use super::planned::is_planned;
use super::sheet::Gap;
use super::walk::{DEEP, Governor};
use super::word_class::{Class, Tag};
use super::{Hit, rules};
use crate::codebook::{CueKind, CueScope, Strength};

/// How far a risk, a modal verb or a goal acts.
const RISK_WORDS: usize = 12;

/// What a cue of possibility makes of a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Possibility {
    /// The term names what may come.
    Open(&'static str),
    /// The term names what is known to be ("prevent the ethnic cleansing"): own voice, not for certain.
    Presupposed,
}

pub(super) fn opens(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<Possibility> {
    let last = cue.last as usize;
    if cue.scope == CueScope::Backward {
        // "the escalation worries diplomats": a verb.
        let first = cue.first as usize;
        let beside = hit.last < first && !r.tag(first).is_verb() && r.adjoins(hit.last, first, 1);
        // "failed to deliver a plan": not "siege plan"
        let beside = beside && (hit.last + 1 == first || r.chunk_at(hit.last) == r.chunk_at(first));
        let beside = beside && (cue.strength == Strength::Strong || !exists(r, hit));
        return beside.then_some(Possibility::Open(rules::HYPOTHETICAL_ADJECTIVE));
    }
    if cue.scope == CueScope::Subject {
        // "famine looms", "a truce is within reach"
        let verb = r.group_at(cue.first as usize).filter(|_| hit.last < cue.first as usize);
        let says = verb.is_some_and(|verb| is_head_of_subject(r, verb, hit));
        return says.then_some(Possibility::Open(rules::HYPOTHETICAL_ADJECTIVE));
    }
    // "the talks on Monday"
    if r.has_class(last, Class::On) && r.has_class(last + 1, Class::Day) {
        return None;
    }
    let known = is_known(r, hit);
    if hit.first <= last {
        let rule = match cue.scope {
            CueScope::Forward if is_subject_of_modal(r, cue, hit) => rules::HYPOTHETICAL_MODAL,
            _ if is_predicate(r, cue, hit) && (cue.strength == Strength::Strong || !known) => {
                rules::HYPOTHETICAL_ADJECTIVE
            }
            _ => return None,
        };
        return Some(Possibility::Open(rule));
    }
    if cue.scope == CueScope::Infinitive {
        // "due to heavy attacks"
        let phrase = r.chunk_at(last + 2).filter(|_| r.function_after(last) == Function::To);
        let noun = hit.first > last + 2 && phrase.is_some_and(|phrase| r.chunk(phrase).last >= hit.first);
        let planned = !noun && !known && !exists(r, hit) && !is_over(r, cue) && is_planned(r, cue, hit);
        return planned.then_some(Possibility::Open(rules::HYPOTHETICAL_PLAN));
    }
    // "unless the consequences of the war": what has consequences is known.
    let known = known || (cue.strength == Strength::Weak && is_part_of_known(r, last, hit));
    // "may end in a war"
    let ending = |word: usize| r.is(word, CueKind::Ending) && r.function_after(word) != Function::In;
    let ends = (last + 1..hit.first).any(ending) && !is_further(r, hit);
    // "does not rule out the occupation", "drafts of sanctions"
    let open = r.any_class_in(cue.first as usize, last + 1, Class::LeftOpen) && is_below(r, cue, hit);
    let known = (known || ends) && !open;
    let new = cue.strength == Strength::Strong && is_new(r, last, hit);
    let is_thing = exists(r, hit) && !open && !new;
    match (cue.scope, cue.strength) {
        (CueScope::Adjacent, _) => {
            let governed = r.adjoins(last, hit.first, 3) && !is_thing && (cue.strength == Strength::Strong || !known);
            // "widely considered an occupier": so called
            let passive = || r.group_at(last).is_some_and(|group| r.group(group).passive);
            let named = r.is(last, CueKind::Naming) && (passive() || is_set_off(r, last));
            let governed = governed && !is_none(r, cue) && !named;
            // "threatens an invasion", but not "threatens a supply line"
            let deed = || matches!(head_of(r, hit.last), Head::Deed | Head::Conflict) || is_new(r, last, hit);
            let threatens = r.has_class(cue.first as usize, Class::Threatening);
            (governed && (!threatens || deed())).then_some(Possibility::Open(rules::HYPOTHETICAL_ADJECTIVE))
        }
        (CueScope::Clause, _) => {
            let comma = (last + 1..=hit.first).any(|word| r.gap(word).has(Gap::COMMA));
            let even = last > 0 && r.has_class(last - 1, Class::Even);
            // "whether through raids or through talks": either way
            let either = r.is_adposition(last + 1)
                && !r.has_class(last + 1, Class::Infinitive)
                && !r.has_class(last, Class::Condition);
            let governed = !comma && !known && !is_thing && !even && !either && is_condition(r, cue);
            let governed = governed && reaches(r, last, hit);
            governed.then_some(Possibility::Open(rules::HYPOTHETICAL_CONDITION))
        }
        (_, Strength::Strong) => {
            let undone = || is_undone(r, cue.first as usize) || is_beside_risk(r, last, hit);
            if hit.first - last > RISK_WORDS || undone() || !reaches(r, last, hit) {
                return None;
            }
            Some(if known && !is_prevented(r, cue, hit) || is_thing || is_kept_from(r, hit) {
                Possibility::Presupposed
            } else {
                Possibility::Open(rules::HYPOTHETICAL_RISK)
            })
        }
        (_, Strength::Weak) => {
            let governed = (!known && !is_thing && !is_described(r, hit) || is_object_of_modal(r, cue, hit) && !ends)
                && !is_fought(r, hit)
                && !is_negated_modal(r, cue)
                && !(cue.first > 1 && opens_judgement(r, cue.first as usize - 2))
                && hit.first - last <= RISK_WORDS
                && !subordinate(r, last, hit)
                && reaches(r, last, hit);
            governed.then_some(Possibility::Open(rules::HYPOTHETICAL_MODAL))
        }
    }
}

/// "have not confirmed any losses", "without mentioning any raid": they are denied or left out, not what may come.
fn is_none(r: &Reading, cue: &CueAt) -> bool {
    let first = cue.first as usize;
    let without = || r.any_class_in(first.saturating_sub(2), first, Class::Without);
    r.function(first) == Function::Indefinite && (is_negated(r, first) || without())
}

/// "repelled an attempt to seize", "a failed attempt to seize", "when they decided to invade": it was made.
fn is_over(r: &Reading, cue: &CueAt) -> bool {
    let first = cue.first as usize;
    if let Some(group) = r.group_at(first).map(|group| r.group(group)) {
        let when = r.segment_start(first);
        return group.finite
            && r.tag(group.head) == Tag::Past
            && group.first == group.head
            && r.has_class(when, Class::When);
    }
    // "was later able to retake"
    if r.has_class(first, Class::Able) {
        return r.any_class_in(first.saturating_sub(3), first, Class::Was);
    }
    let Some(chunk) = r.chunk_at(first) else { return false };
    let phrase = r.chunk(chunk);
    // "X's decision to invade"
    if r.has_class(first, Class::Decision) && (phrase.first..first).any(|word| r.is_possessive(word)) {
        return true;
    }
    let failed = (phrase.first..first).any(|word| r.has_class(word, Class::Failed));
    let fended = |group: usize| {
        let fends = [Class::Fend, Class::Repelling].iter().any(|class| r.has_class(r.group(group).head, *class));
        fends && r.group(group).passive && r.subject_of(group).is_some_and(|(subject, _)| subject == chunk)
    };
    // "an attempt to seize the port was repelled"
    let mut behind = (phrase.last + 1..r.words.len().min(phrase.last + RISK_WORDS)).filter_map(|word| r.group_at(word));
    failed
        || r.any_class(Class::Fend) && behind.any(fended)
        || matches!(r.governor(chunk), Some(Governor::Object(verb))
            if [Class::Fend, Class::Repelling].iter().any(|class| r.has_class(r.group(verb).head, *class)))
}

/// "will fight the Norlandic occupation": it is.
fn is_fought(r: &Reading, hit: &Hit) -> bool {
    let governor = r.chunk_at(hit.last).and_then(|chunk| r.governor(chunk));
    let fights = |verb: usize| r.has_class(r.group(verb).head, Class::Combat);
    r.determiner(hit.first).0 != Determiner::Indefinite
        && matches!(governor, Some(Governor::Object(verb)) if fights(verb))
}

/// "could lose a town occupied by Norland": it is.
fn is_described(r: &Reading, hit: &Hit) -> bool {
    let group = r.group_at(hit.first).map(|group| r.group(group)).filter(|group| group.bare && group.passive);
    let noun = group.is_some_and(|group| group.first > 0 && r.chunk_at(group.first - 1).is_some());
    noun && r.has_class(hit.last + 1, Class::By)
}

/// "prevent the clashes from growing": they are there.
fn is_kept_from(r: &Reading, hit: &Hit) -> bool {
    let end = r.segment_end_by(hit.last, hit.last + RISK_WORDS);
    let from = |word: usize| r.has_class(word, Class::From) && word + 1 < end && r.tag(word + 1) == Tag::Ing;
    r.any_class(Class::From) && (hit.last + 1..end).any(from)
}

/// "to prevent its escalation": whose it would be does not make it real.
fn is_prevented(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let object = r.group_at(cue.first as usize).and_then(|verb| r.object_of(verb)).map(|chunk| r.chunk(chunk));
    object.is_some_and(|object| object.last == hit.last && r.has_class(object.first, Class::Owner))
}

/// "The risk of fire is high in the occupied town", "prevented a fire during the siege": no risk of it.
fn is_beside_risk(r: &Reading, last: usize, hit: &Hit) -> bool {
    let clause = (last + 1..hit.first).any(|word| matches!(r.function(word), Function::That | Function::What));
    let own = r.group_at(hit.first).map_or(hit.first, |group| r.group(group).first);
    let mut verbs = (last + 1..own).filter_map(|word| r.group_at(word)).map(|group| r.group(group));
    let other = verbs.any(|verb| verb.finite && verb.first > last) || has_happened(r, last, hit);
    // "the possibility of a deal by building in the occupied valley"
    let by = |word: usize| r.has_class(word, Class::By) && r.tag(word + 1) == Tag::Ing;
    !clause && (other || r.any_class_in(last + 1, hit.first, Class::By) && (last + 1..hit.first).any(by))
        || tells_when(r, last, hit)
}

/// "may lose the towns that it occupied": a past of its own, with a subject behind what may be.
fn has_happened(r: &Reading, last: usize, hit: &Hit) -> bool {
    let group =
        r.group_at(hit.first).filter(|group| r.group(*group).finite && r.tag(r.group(*group).head) == Tag::Past);
    let subject = group.and_then(|group| r.subject_of(group)).map(|(chunk, _)| r.chunk(chunk).first);
    subject.is_some_and(|first| first > last + 1)
}

/// "called for calm after the attack": the phrase only tells when.
pub(super) fn tells_when(r: &Reading, last: usize, hit: &Hit) -> bool {
    let mut governor = r.chunk_at(hit.last).and_then(|chunk| r.governor_before(chunk));
    // "after six weeks of fighting"
    for _ in 0..DEEP {
        match governor {
            Some(Governor::Preposition { at, chunk: Some(above), .. })
                if at > last + 1 && r.has_class(at, Class::Of) =>
            {
                governor = r.governor_before(above);
            }
            _ => break,
        }
    }
    match governor {
        // "two years into the siege"
        Some(Governor::Preposition { at, .. }) if at > last + 1 => {
            let period = r.has_class(at - 1, Class::Period) && r.function(at) == Function::In;
            period || r.preposition(at) == Some(Class::Time)
        }
        // "following the attack"
        Some(Governor::Object(verb)) => {
            let group = r.group(verb);
            let head = group.head;
            // "after launching the attack"
            let after = group.bare && group.first > last + 2 && r.preposition(group.first - 1) == Some(Class::Time);
            after || head > last + 1 && r.has_class(head, Class::Time)
        }
        _ => false,
    }
}

/// "An invasion is unlikely", "the attack was averted": what is said of the term.
fn is_predicate(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let first = cue.first as usize;
    let adverb = |word: usize| {
        r.function(word) == Function::Adverb || r.tag(word) == Tag::Adverb || r.has_class(word, Class::Roughly)
    };
    let before = (first.saturating_sub(2)..first).rev().find(|word| !adverb(*word));
    // "is unlikely", "remains unlikely"
    let copula = |group: &usize| r.group(*group).copula || r.has_class(r.group(*group).head, Class::Proving);
    let copula = || before.and_then(|word| r.group_at(word)).filter(copula);
    // The verb alone: what "is aimed at" something is there, and an invasion that somebody ordered may have begun.
    let alone = cue.first == cue.last && cue.scope != CueScope::Infinitive;
    // not "are not considered tools", "the rebels are unlikely to support"
    let named = r.is(first, CueKind::Naming) && r.chunk_at(cue.last as usize + 1).is_some();
    let deed = matches!(head_of(r, hit.last), Head::Deed | Head::Conflict);
    if named || !deed && r.function_after(cue.last as usize) == Function::To {
        return false;
    }
    let passive = r.group_at(first).filter(|group| alone && r.group(*group).passive && r.group(*group).head == first);
    let adjective = cue.scope == CueScope::Adjacent && cue.strength == Strength::Strong;
    let group = passive.or_else(|| copula().filter(|_| adjective));
    group.is_some_and(|group| is_head_of_subject(r, group, hit))
}

/// A verb opens a condition only before its subject, at the head of the clause: "Were Norland to attack".
fn is_condition(r: &Reading, cue: &CueAt) -> bool {
    let first = cue.first as usize;
    let verb = matches!(r.function(first), Function::Auxiliary | Function::Modal);
    // not: "the spring - were a wave"
    let opens = first == 0 || r.gap(first).has(Gap::COMMA) || r.gap(first).has(Gap::STOP);
    // not "two men, X and Y, were each sentenced"
    let subject = r.group_at(first).and_then(|group| r.subject_of(group)).map(|(chunk, _)| r.chunk(chunk).last);
    let inverted = subject.is_none_or(|subject| subject > first);
    !verb || opens && inverted && r.chunk_at(first + 1).is_some()
}

/// Whether the term names what there is already: "the siege", but not "the return of the families" or "a further siege".
pub(super) fn is_known(r: &Reading, hit: &Hit) -> bool {
    let determined = matches!(r.determiner(hit.first).0, Determiner::Definite | Determiner::Possessive);
    determined && !is_further(r, hit) && !is_coming(r, hit)
}

/// "the liberation", but not "the liberation hero"
fn is_coming(r: &Reading, hit: &Hit) -> bool {
    let describes = r.chunk_at(hit.last).is_some_and(|chunk| r.chunk(chunk).last > hit.last);
    !describes && r.any_class_in(hit.first, hit.last + 1, Class::Coming)
}

/// "further attacks"
fn is_further(r: &Reading, hit: &Hit) -> bool {
    r.any_class(Class::Further) && r.any_class_in(r.determiner(hit.first).1, hit.first, Class::Further)
}

/// Whether the term is a thing that is there whether or not it is spoken of: "the road", but not "a new road".
fn exists(r: &Reading, hit: &Hit) -> bool {
    // not "violate the law"
    let deed = hit.first < hit.last && r.tag(hit.first).is_verb();
    let thing = !deed && (hit.first..=hit.last).any(|word| r.is(word, CueKind::Thing) || r.is(word, CueKind::Holder));
    // "retaking occupied land"
    let state = || {
        let of_noun = r.chunk_at(hit.last).is_some_and(|chunk| r.chunk(chunk).last > hit.last);
        of_noun && hit.first == hit.last && r.has_class(hit.last, Class::EndsEd)
    };
    let new = || r.determiner(hit.first).0 == Determiner::Indefinite || is_further(r, hit) || is_created(r, hit);
    (thing || state()) && !new()
}

/// "plans to impose sanctions", "to open corridors"
fn is_created(r: &Reading, hit: &Hit) -> bool {
    let governor = r.chunk_at(hit.last).and_then(|chunk| r.governor(chunk));
    r.any_class(Class::Creating)
        && r.determiner(hit.first).0 == Determiner::None
        && matches!(governor, Some(Governor::Object(verb)) if r.has_class(r.group(verb).head, Class::Creating))
}

/// "in case of an attack", "in the event of the start of the attack", but not "in case of an attack on the corridor".
fn is_below(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let (first, last) = (cue.first as usize, cue.last as usize);
    // "the imposition of sanctions" has its head in its first phrase.
    let head = r.chunk_at(hit.first).filter(|chunk| r.chunk(*chunk).last <= hit.last);
    let mut governor = head.and_then(|chunk| r.governor(chunk));
    for _ in 0..DEEP {
        match governor {
            Some(Governor::Preposition { at, chunk: Some(above), .. }) if at > last => {
                governor = r.governor(above).filter(|_| r.has_class(at, Class::Of));
            }
            Some(Governor::Preposition { at, .. }) => return at == last,
            Some(Governor::Object(verb)) => return (first..=last).contains(&r.group(verb).head),
            _ => return false,
        }
    }
    false
}

/// "the threat of sanctions", "possible sanctions", "called for sanctions": others than those that are there.
pub(super) fn is_new(r: &Reading, last: usize, hit: &Hit) -> bool {
    let direct = [Class::Of, Class::For].iter().any(|class| r.has_class(last, *class)) || last + 1 == hit.first;
    let bare = r.determiner(hit.first).0 == Determiner::None && r.function(hit.first) != Function::Definite;
    // "calls for refugees to return"
    let to = (hit.last + 1..r.segment_end_by(hit.last, hit.last + 4)).any(|word| r.has_class(word, Class::Infinitive));
    let held = (hit.first..=hit.last).any(|word| r.is(word, CueKind::Holder));
    // not "instead of gas", "in exchange for sanctions relief"
    let many = r.has_class(hit.last, Class::EndsS)
        && r.chunk_at(hit.last).is_some_and(|chunk| r.chunk(chunk).last == hit.last);
    direct && bare && many && !to && !held && r.adjoins(last, hit.first, 3)
}

fn reaches(r: &Reading, last: usize, hit: &Hit) -> bool {
    // After a comma only the last item of a list stands under the same risk.
    let clause = |word: usize| r.chunk_at(word).is_some_and(|subject| r.has_verb_behind(subject));
    let last_item = |and: usize| r.function(and) == Function::And && !clause(and + 1);
    let list = |word: usize| !r.gap(word).has(Gap::COMMA) || last_item(word);
    (last + 1..=hit.first).all(list) && r.reaches(last, hit.first, r.hold_of(last))
}

fn is_part_of_known(r: &Reading, last: usize, hit: &Hit) -> bool {
    let (_, start) = r.determiner(hit.first);
    let Some(of) = start.checked_sub(1).filter(|word| *word > last + 1 && r.function(*word) == Function::Of) else {
        return false;
    };
    let known = matches!(r.determiner(of - 1).0, Determiner::Definite | Determiner::Possessive);
    known && !r.has_class(of - 1, Class::Coming)
}

/// "A second offensive could ...": what is not yet known of is only possible.
fn is_subject_of_modal(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let first = cue.first as usize;
    // "Shelling may have driven them out", "sanctions may be hard to end": it is there.
    let ends = |word: usize| r.has_class(word, Class::Infinitive) && r.is(word + 1, CueKind::Ending);
    let ends = (first + 2..r.segment_end_by(first, first + RISK_WORDS)).any(ends);
    if r.group_at(first).is_some_and(|group| is_perfect(r, group) || ends && r.group(group).copula) {
        return false;
    }
    // "Attacking the plant could ..."
    let doing = r.group_at(hit.first).is_some_and(|group| r.group(group).bare && !r.group(group).passive);
    let start = r.segment_start(hit.first);
    let head = start == 0 || r.gap(start).has(Gap::STOP);
    let opens = || head && !r.has_finite_verb(start, first) && r.tag(hit.first) == Tag::Ing;
    if doing && r.function(first) == Function::Modal && opens() && r.reaches(hit.last, first, Hold::Main) {
        return true;
    }
    let heads = || r.group_at(first).is_some_and(|group| is_head_of_subject(r, group, hit));
    cue.scope == CueScope::Forward
        && cue.strength == Strength::Weak
        && r.function(first) == Function::Modal
        && match r.determiner(hit.first).0 {
            // "shelling could be heard"
            _ if r.group_at(first).is_some_and(|group| r.has_class(r.group(group).head, Class::Sense)) => false,
            Determiner::Indefinite => is_beside(r, first, hit) || heads(),
            // "occupation of the valley would", but not "sanctions on the valley would"
            Determiner::None if !is_further(r, hit) => {
                let one = !r.any_class_in(hit.first, hit.last + 1, Class::EndsS) && !exists(r, hit);
                is_beside(r, first, hit) || one && r.has_class(first, Class::Conditional) && heads()
            }
            Determiner::Definite if !is_coming(r, hit) => false,
            // "further attacks will", "the restoration of its sovereignty will"
            Determiner::None | Determiner::Definite => heads(),
            Determiner::Possessive => false,
        }
}

/// "will guard the corridor", not "will admit its losses"
fn is_object_of_modal(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    if r.determiner(hit.first).0 == Determiner::Possessive {
        return false;
    }
    let group = r.group_at(cue.first as usize).filter(|_| r.function(cue.first as usize) == Function::Modal);
    // "could see the siege", "could undermine the truce", "may have planned the attack": it is there.
    let there = [Class::Sense, Class::Undoing];
    let is_there =
        |group: usize| there.iter().any(|class| r.has_class(r.group(group).head, *class)) || is_perfect(r, group);
    let group = group.filter(|group| !is_there(*group));
    let chunk = r.chunk_at(hit.last).filter(|chunk| r.chunk(*chunk).last == hit.last);
    group.is_some() && chunk.and_then(|chunk| r.governor(chunk)) == group.map(Governor::Object)
}

fn is_perfect(r: &Reading, group: usize) -> bool {
    let group = r.group(group);
    (group.first..group.head).any(|word| r.has_class(word, Class::Have))
}

fn is_beside(r: &Reading, modal: usize, hit: &Hit) -> bool {
    modal == hit.last + 1 && !r.gap(modal).has(Gap::BREAK)
}

/// "an attack on X that kills people may ...": the term heads the subject of a group of verbs.
pub(super) fn is_head_of_subject(r: &Reading, group: usize, hit: &Hit) -> bool {
    let Some((subject, _)) = r.subject_of(group) else { return false };
    let chunk = r.chunk(subject);
    let heads = chunk.first <= hit.first && chunk.last == hit.last;
    heads || hit.last < chunk.first && r.phrases_after(hit.last, RISK_WORDS).any(|(_, phrase)| phrase == subject)
}

/// "failed to prevent", "did not avert": it happened.
pub(super) fn is_undone(r: &Reading, word: usize) -> bool {
    let before = word.saturating_sub(4)..word;
    let Some(failed) = before.rev().find(|at| r.is(*at, CueKind::PseudoNegation)) else { return is_negated(r, word) };
    // not "failure to do so risks a siege"
    let other = |at: usize| r.group_at(at).is_some_and(|group| Some(group) != r.group_at(word));
    is_negated(r, word) || !(failed + 1..word).any(|at| other(at) && r.tag(at) == Tag::Base)
}

fn is_negated_modal(r: &Reading, cue: &CueAt) -> bool {
    let last = cue.last as usize;
    // not "in the hope of not provoking an attack"
    !r.has_class(last, Class::Of) && r.any_in(last, (last + 3).min(r.words.len()), CueKind::Negation)
}

/// A relative clause, what goes on meanwhile or another finite verb after the modal verb asserts what it says: "may meet those
/// who occupied", "will meet amid an offensive", "will meet as the siege goes on".
fn subordinate(r: &Reading, last: usize, hit: &Hit) -> bool {
    (last + 1..hit.first).any(|word| {
        // "will stay away because of the siege"
        let because = r.function(word) == Function::Subordinator && r.function_after(word) == Function::Of;
        because
            || matches!(r.function(word), Function::Relative | Function::That | Function::What)
            || r.has_class(word, Class::Meanwhile)
            || r.has_class(word, Class::As) && r.opens_clause(word)
            || r.has_class(word, Class::Time) && r.opens_clause(word) && has_happened(r, word - 1, hit)
            || (word > last + 2
                && r.group_at(word)
                    .is_some_and(|group| r.group(group).finite && r.function(word) == Function::Auxiliary))
    })
}
