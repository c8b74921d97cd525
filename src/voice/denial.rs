//! Denial: what is said not to be so, by somebody or by the article itself.

use super::attribution::trails_nothing;
use super::claim::noun_governs;
use super::clause::{Determiner, Reading};
use super::cues::CueAt;
use super::grammar::Function;
use super::phrases::{Chunk, Group};
use super::planned::is_planned;
use super::possibility::{is_head_of_subject, is_known, tells_when};
use super::sheet::Gap;
use super::speaker::speaker;
use super::walk::Governor;
use super::word_class::{Class, Tag};
use super::{Hit, rules};
use crate::codebook::{CueKind, CueScope};

/// How far a denial without a that-clause acts.
const OBJECT_WORDS: usize = 20;
/// How far a that-clause is followed.
const CLAUSE_WORDS: usize = 40;
/// How far behind the "that" of a promise its negation may stand.
const PROMISE_WORDS: usize = 8;
/// How far behind what is belittled its name may stand.
const BELITTLED_WORDS: usize = 8;
/// A predicate denies its subject, when no noun of speech shows the way.
const PREDICATE_WORDS: usize = 8;

/// The rule by which a cue denies the hit, if it does.
pub(super) fn denies(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    match cue.kind {
        CueKind::Denial if hit.first > cue.last as usize => by_verb(r, cue, hit),
        CueKind::Denial => by_clause_after(r, cue, hit).or_else(|| by_passive(r, cue, hit)),
        CueKind::DenialPredicate => by_predicate(r, cue, hit),
        CueKind::Negation => by_negation(r, cue, hit),
        CueKind::Naming | CueKind::Perception => by_refused_name(r, cue, hit),
        _ => None,
    }
}

/// "denies that ...", "rejected claims of ...", "no evidence of ...".
fn by_verb(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    if is_denied(r, first) || (first == last && r.is_noun(first)) || is_withholding(r, cue, hit) {
        return None;
    }
    // not "X, which denies this, said that"
    let finite = |word: &usize| r.group_at(*word).is_some_and(|group| r.group(group).finite);
    let before_verb = (last + 1..hit.first.min(last + 4)).take_while(|word| !finite(word));
    let that = before_verb.into_iter().find(|word| r.function(*word) == Function::That);
    let most = if that.is_some() { CLAUSE_WORDS } else { OBJECT_WORDS };
    if hit.first - last > most {
        return None;
    }
    // "was not involved in the siege and that it should end", "denied any role and the siege went on"
    let clause = |word: usize| r.chunk_at(word).is_some_and(|subject| r.has_verb_behind(subject));
    let opens = |word: usize| r.function(word) == Function::That || clause(word);
    let and_clause = |word: usize| r.function(word) == Function::And && opens(word + 1);
    let another = || r.is_in_other_clause(last, hit.first) || (last + 1..hit.first).any(and_clause);
    // "has no intention of ending the siege"
    // "did not intend to take it as they had taken the valley"
    let infinitive = r.has_class(last, Class::Infinitive) && !is_planned(r, cue, hit);
    let ends = infinitive || that.is_none() && r.any_in(last + 1, hit.first, CueKind::Ending);
    // "rejected the officers who had attacked"
    let who = |word: usize| r.has_class(word, Class::Who) && r.has_finite_verb(word, hit.first + 1);
    // "rejected the claims to the land that it holds", "to the land it holds"
    let contact = || {
        let group = r.group_at(hit.first).map(|group| r.group(group)).filter(|group| group.finite);
        let subject = group.and_then(|group| r.chunk_at(group.first.checked_sub(1)?)).map(|chunk| r.chunk(chunk));
        subject.is_some_and(|subject| {
            subject.pronoun
                && subject.first > last + 1
                && r.chunk_at(subject.first - 1).is_some()
                && !r.breaks(subject.first)
        })
    };
    let relative = || contact() || r.any_class_in(last + 2, hit.first, Class::Who) && (last + 2..hit.first).any(who);
    // "no reports of damage from the attack", "rejected its reasons for the attack"
    let source = || {
        let governor = r.chunk_at(hit.last).and_then(|chunk| r.governor_before(chunk));
        let owned = r.determiner(hit.first).0 == Determiner::Possessive;
        let from = |at: usize| r.has_class(at, Class::From) || owned && r.has_class(at, Class::For);
        matches!(governor, Some(Governor::Preposition { at, .. }) if at > last + 1 && from(at))
    };
    // "dismissed the claim, saying it was an attack"
    let says = |word: usize| r.gap(word).has(Gap::COMMA) && r.tag(word) == Tag::Ing && r.is_verb_of_speech(word);
    // "accused of brushing aside the costs", but "accused of denying the genocide"
    let of = first > 0 && r.has_class(first - 1, Class::Of) && !r.has_class(first, Class::Deny);
    let charged = of && r.any_in(first.saturating_sub(OBJECT_WORDS), first, CueKind::Accusation);
    let other = ends
        || charged
        || is_known(r, hit) && (source() || is_belittled(r, first, hit) || tells_when(r, last, hit))
        || that.is_none() && (is_shrugged_off(r, first, hit) || is_named(r, cue, hit))
        || (last + 1..hit.first).any(says)
        || that.is_none() && (another() || relative() || tells_when(r, last, hit))
        || is_other_predicate(r, last, hit);
    (!other && r.reaches(that.unwrap_or(last), hit.first, r.hold_of(first))).then_some(rules::DENIED_VERB)
}

/// The object of a verb, where a hit ends it.
fn object_with(r: &Reading, verb: usize, hit: &Hit) -> Option<Chunk> {
    let object = r.group_at(verb).and_then(|verb| r.object_of(verb)).map(|object| r.chunk(object));
    object.filter(|object| object.last == hit.last)
}

/// "dismissed the invasion as a small thing": what it is called is denied, not that it is there.
fn is_belittled(r: &Reading, verb: usize, hit: &Hit) -> bool {
    let end = r.segment_end_by(hit.last, hit.last + BELITTLED_WORDS);
    object_with(r, verb, hit).is_some() && (hit.last + 1..end).any(|word| r.function(word) == Function::As)
}

/// "the market dismissed the attacks", "rejected the occupation": it is there.
fn is_shrugged_off(r: &Reading, verb: usize, hit: &Hit) -> bool {
    // not "rejects the word genocide"
    let alone = |object: Chunk| !(object.first..hit.first).any(|word| r.tag(word) == Tag::Noun);
    let finite = r.group_at(verb).is_some_and(|verb| r.group(verb).finite);
    finite && r.has_class(verb, Class::Dismiss) && object_with(r, verb, hit).is_some_and(alone)
}

/// "avoid calling the invasion a crisis": the name is avoided, not the thing.
fn is_named(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let calls = cue.first < cue.last && !r.has_class(cue.last as usize, Class::Infinitive);
    let object = object_with(r, cue.last as usize, hit).filter(|_| calls);
    let named =
        |word: usize| matches!(r.function(word), Function::Indefinite | Function::As) || r.gap(word).has(Gap::QUOTE);
    object.is_some() && (hit.last + 1..r.segment_end_by(hit.last, hit.last + BELITTLED_WORDS)).any(named)
}

/// "denied the charge and announced an offensive", "dismissed him as a man of violence".
pub(super) fn is_other_predicate(r: &Reading, last: usize, hit: &Hit) -> bool {
    r.has_second_verb(last, hit.first) || (last + 1..hit.first).any(|word| r.function(word) == Function::As)
}

/// Access or a proposal is refused, not denied: "denied humanitarian access", "were denied food", "rejected the plan".
fn is_withholding(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let after = r.function_after(last);
    let passive = first > 0 && r.has_class(first - 1, Class::Be) && r.tag(first).is_verb();
    let passive = passive && !matches!(after, Function::By | Function::That);
    let end = r.chunk_at(hit.last).map_or(hit.last, |chunk| r.chunk(chunk).last);
    // "denies plans to invade": there are none, where "rejects plans to invade" refuses them
    let denied = r.has_class(first, Class::Deny);
    let withheld = |word: usize| r.is(word, CueKind::Withheld) && !(denied && r.is(word, CueKind::Hypothetical));
    passive || (last + 1..=end).any(withheld) || r.any_in(last + 1, hit.first, CueKind::Demand)
}

/// "..., a claim Yerevan denies", "..., which Baku has rejected": nothing follows the verb.
fn by_clause_after(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let start = r.segment_start(first);
    if start <= hit.last || !trails_nothing(r, last) || is_negated(r, first) {
        return None;
    }
    let resumes = match r.function(start) {
        Function::Relative => true,
        Function::Indefinite => r.is(start + 1, CueKind::SpeechNoun),
        _ => r.is(start, CueKind::SpeechNoun) || r.has_class(start, Class::Something),
    };
    (resumes && first > start + 1 && r.reaches(hit.last, start - 1, r.hold_of(hit.first)))
        .then_some(rules::DENIED_CLAIM)
}

/// "Accusations of a siege were rejected by Baku": where nobody is told whose they are.
fn by_passive(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let first = cue.first as usize;
    let group = r.group_at(first).filter(|group| r.group(*group).passive && !is_denied(r, first))?;
    let subject = r.subject_of(group).map(|(chunk, _)| r.chunk(chunk))?;
    let is_subject = |noun: &&CueAt| (subject.first..=subject.last).contains(&(noun.first as usize));
    let mut nouns = r.cues.iter().filter(|cue| cue.kind == CueKind::SpeechNoun).filter(is_subject);
    let claim = nouns.find(|noun| noun_governs(r, noun, hit)).filter(|noun| speaker(r, noun).is_none());
    claim.map(|_| rules::DENIED_PREDICATE)
}

/// "claims of a blockade are baseless", "an assault could not be proven", "baseless claims of a blockade".
fn by_predicate(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let claim = |from: usize, to: usize| {
        let nouns = r.cues.iter().filter(|noun| noun.kind == CueKind::SpeechNoun);
        nouns.filter(|noun| (from..to).contains(&(noun.first as usize))).find(|noun| noun_governs(r, noun, hit))
    };
    if hit.first > last {
        let noun = claim(last + 1, hit.first)?;
        let adjective = cue.scope == CueScope::Clause && r.adjoins(last, noun.first as usize, 2);
        return adjective.then_some(rules::DENIED_PREDICATE);
    }
    // "the genocide claims"
    let behind = || r.is(hit.last + 1, CueKind::SpeechNoun) && !r.gap(hit.last + 1).has(Gap::BREAK);
    let copula = cue.scope != CueScope::Clause
        || (first.saturating_sub(4).max(hit.last + 1)..first).any(|word| {
            let verb = matches!(r.function(word), Function::Auxiliary | Function::As | Function::Modal);
            verb || r.has_class(word, Class::Proving)
        });
    // "called the reports of a massacre fake"
    let named = || {
        let noun = claim(0, hit.first).map(|noun| noun.first as usize).or_else(|| behind().then_some(hit.last + 1));
        let noun = noun.and_then(|noun| r.chunk_at(noun));
        let governor = noun.and_then(|noun| r.governor(noun));
        matches!(governor, Some(Governor::Object(verb)) if r.is(r.group(verb).head, CueKind::Naming))
    };
    if !copula && !named() || is_negated(r, first) || !r.reaches(hit.last, first, r.hold_of(hit.first)) {
        return None;
    }
    // "is propaganda against the state": what it is, not that it is untrue
    let direct = || {
        !r.has_class(last + 1, Class::Against) && {
            let (_, start) = r.determiner(hit.first);
            // Not "the claim to independence"; "before the siege his fears had seemed absurd".
            let governs = |word: usize| r.is_adposition(word) || r.preposition(word) == Some(Class::Time);
            let object = start > 0 && governs(start - 1) && r.function(start - 1) != Function::To;
            first - hit.last <= PREDICATE_WORDS
                && !object
                && !(hit.last + 1..=first).any(|word| r.gap(word).has(Gap::COMMA) || r.is_verb_of_speech(word))
        }
    };
    (claim(0, hit.first).is_some() || behind() || direct()).then_some(rules::DENIED_PREDICATE)
}

/// "no blockade", "was not an act of genocide", "never attacked".
fn by_negation(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    // "no end to the blockade": the end is denied; "should not attack", "to not attack": nobody says that it is not so.
    let asked = first > 0 && (r.has_class(first - 1, Class::Duty) || r.has_class(first - 1, Class::Infinitive));
    // "aimed at not provoking them", "less or no help"
    let aim = first > 0 && r.is_adposition(first - 1) && r.words.len() > first + 1 && r.tag(first + 1) == Tag::Ing;
    let or = first > 0 && r.function(first - 1) == Function::And && cue.scope == CueScope::Adjacent;
    if asked
        || aim
        || or
        || is_promised(r, first)
        || is_condition(r, first)
        || r.any_in(hit.first, hit.last + 1, CueKind::Ending)
    {
        return None;
    }
    if hit.first <= last {
        return is_not_made(r, first, hit).then_some(rules::DENIED_NEGATION);
    }
    if cue.scope == CueScope::Adjacent {
        // "neither the siege nor the rain stopped them"
        let (determiner, start) = r.determiner(hit.first);
        let known = start > last && matches!(determiner, Determiner::Definite | Determiner::Possessive);
        // "no truce without talks", "no truce until they talk"
        let end = r.chunk_at(hit.last).map_or(hit.last, |chunk| r.chunk(chunk).last) + 1;
        let unless = [Class::Without, Class::Until].iter().any(|class| r.has_class(end, *class));
        return (!known && !unless && r.adjoins(last, hit.first, 3)).then_some(rules::DENIED_NEGATION);
    }
    // "not an ordinary separatist": one all the same
    let mere = r.any_class_in(last + 1, hit.first, Class::Mere);
    let noun_complement = |from: usize| {
        let (determiner, start) = r.determiner(hit.first);
        !mere && determiner != Determiner::Possessive && start <= from + 2 && r.adjoins(from, hit.first, 4)
    };
    let next = (last + 1..hit.first + 1).find(|word| r.function(*word) != Function::Adverb)?;
    let after_be = r.has_class(first, Class::Be) || (first > 0 && r.has_class(first - 1, Class::Be));
    let auxiliary = first > 0 && matches!(r.function(first - 1), Function::Auxiliary | Function::Modal);
    let denied = if next == hit.first {
        !r.gap(next).has(Gap::BREAK)
    } else if r.has_class(next, Class::Copular) {
        let complement = if r.function_after(next) == Function::To { next + 1 } else { next };
        noun_complement(complement)
    } else if (after_be || !auxiliary) && r.has_class(next, Class::Under) {
        // "was never under blockade"
        let (determiner, start) = r.determiner(hit.first);
        determiner == Determiner::None && start == next + 1
    } else if after_be || !auxiliary {
        let act_of = hit.first > next + 1;
        r.function(next) == Function::Indefinite
            && (noun_complement(last)
                || (act_of && r.function(hit.first - 1) == Function::Of && r.adjoins(next, hit.first - 1, 2)))
    } else {
        false
    };
    (denied || has_not_done(r, next, hit)).then_some(rules::DENIED_NEGATION)
}

/// "a guarantee that it will not attack", "the wish that it not attack": what shall not be.
fn is_promised(r: &Reading, negation: usize) -> bool {
    let start = negation.saturating_sub(PROMISE_WORDS);
    // "ensuring that the war did not escalate"
    if r.any_class_in(start, negation, Class::Ensure) {
        return true;
    }
    let that = (start..negation).rev().find(|word| r.function(*word) == Function::That);
    let promise = that.filter(|that| *that > 0 && r.has_class(that - 1, Class::Promise));
    // not "assurances that it did not attack"
    let group = [negation, negation + 1].into_iter().find_map(|word| r.group_at(word)).map(|group| r.group(group));
    let open = |group: Group| {
        r.function(group.first) == Function::Modal
            || r.tag(group.head) == Tag::Base && !r.has_class(group.first, Class::Do)
    };
    promise.is_some() && group.is_some_and(open)
}

/// "A truce has not been signed": what is not there, but not "the siege was not planned".
fn is_not_made(r: &Reading, negation: usize, hit: &Hit) -> bool {
    let group = r.group_at(negation).filter(|group| r.group(*group).passive && r.group(*group).finite);
    group.is_some_and(|group| {
        let head = r.group(group).head;
        let modal = r.function(r.group(group).first) == Function::Modal;
        let makes = r.has_class(head, Class::Agree) || r.is(head, CueKind::Doing);
        makes && !modal && !is_known(r, hit) && is_head_of_subject(r, group, hit)
    })
}

/// "did not carry out the attack", "never launched an offensive", "does not want to attack", but not "will not launch an
/// offensive" or "did not join the offensive".
fn has_not_done(r: &Reading, verb: usize, hit: &Hit) -> bool {
    let done = |group: &usize| r.function(r.group(*group).first) != Function::Modal;
    let Some(group) = r.group_at(verb).filter(done) else { return false };
    if r.has_class(verb, Class::Want) {
        let next = r.group_at(verb + 1).map(|next| r.group(next));
        return next.is_some_and(|next| next.infinitive && next.head == hit.first);
    }
    // "has not led to any attacks", "has not committed any terrorist acts"
    let chunk = r.chunk_at(hit.last).filter(|_| !r.has_class(verb, Class::TakesClause));
    let any = chunk.map(|chunk| r.chunk(chunk).first).filter(|first| is_any(r, *first));
    let governor = any.and(chunk).and_then(|chunk| r.governor(chunk));
    let of_verb = match governor {
        Some(Governor::Object(verb)) => verb == group,
        Some(Governor::Preposition { chunk: None, group: verb, .. }) => verb == Some(group),
        _ => false,
    };
    let group = Some(group).filter(|_| r.is(verb, CueKind::Doing) && !r.has_class(verb, Class::Join));
    // not "does not enforce its sanctions"
    let owned = r.determiner(hit.first).0 == Determiner::Possessive;
    let object = || group.and_then(|group| r.object_of(group));
    of_verb || !owned && object().is_some_and(|object| r.chunk(object).last == hit.last)
}

/// "any", but not "a".
fn is_any(r: &Reading, word: usize) -> bool {
    r.function(word) == Function::Indefinite && r.is(word, CueKind::Hypothetical)
}

/// "cannot be called genocide", "did not consider it genocide", "refuses to call it genocide"
fn by_refused_name(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let refused = |number: &usize| {
        let group = r.group(*number);
        group.finite && is_negated(r, first)
            || group.infinitive && group.first > 0 && r.is(group.first - 1, CueKind::PseudoNegation)
    };
    let number = r.group_at(first).filter(refused)?;
    // not "would not call the siege a mistake"
    let object = || r.object_of(number).filter(|_| cue.kind == CueKind::Naming).map(|chunk| r.chunk(chunk).last);
    let named = if r.group(number).passive { Some(last) } else { object() }?;
    let link = if r.function_after(named) == Function::As { named + 1 } else { named };
    (link < hit.first && r.adjoins(link, hit.first, 4)).then_some(rules::DENIED_NEGATION)
}

/// Whether a verb is negated, by a word before it or in its subject: "no one can deny".
pub(super) fn is_denied(r: &Reading, verb: usize) -> bool {
    let subject = || r.group_at(verb).and_then(|group| r.subject_of(group)).map(|(chunk, _)| r.chunk(chunk).first);
    let none =
        |word: usize| r.name_at(word).is_none() && (r.is(word, CueKind::Negation) || r.has_class(word, Class::Nobody));
    // "neither confirmed nor denied"
    let nor = verb > 0 && !r.breaks(verb) && r.is(verb - 1, CueKind::Negation);
    nor || is_negated(r, verb) || subject().is_some_and(|first| none(first) || first > 0 && none(first - 1))
}

/// "if they did not surrender" denies nothing.
fn is_condition(r: &Reading, word: usize) -> bool {
    r.any_class(Class::Condition) && r.any_class_in(r.segment_start(word), word, Class::Condition)
}

/// Whether a negation stands shortly before a word: "did not deny", "cannot be ruled out".
pub(super) fn is_negated(r: &Reading, word: usize) -> bool {
    (word.saturating_sub(3)..word).rev().any(|at| {
        let negation = r.cues_at(at).any(|cue| cue.kind == CueKind::Negation && cue.scope == CueScope::Forward);
        negation && !(at + 1..=word).any(|between| r.gap(between).has(Gap::BREAK))
    })
}
