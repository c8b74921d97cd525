//! Attribution: whose report a term stands in.

use super::claim::noun_governs;
use super::clause::{Determiner, Hold, Reading};
use super::cues::CueAt;
use super::denial::{is_denied, is_negated};
use super::grammar::Function;
use super::phrases::{Chunk, Group};
use super::planned::is_planned;
use super::possibility::{is_known, is_undone};
use super::sheet::{Gap, NameUsage, Party};
use super::speaker::inverted;
use super::spokesman::speaks_for;
use super::walk::How;
use super::word_class::{Class, Tag};
use super::{Hit, rules};
use crate::codebook::{CueKind, CueScope, Strength};

/// How far a verb of saying acts without and with "that".
const OBJECT_WORDS: usize = 26;
pub(super) const CLAUSE_WORDS: usize = 60;
/// How far the object of a verb like "condemned" or of a noun like "claims of" reaches.
pub(super) const CONDEMNED_WORDS: usize = 12;
/// How far a name or a comparison reaches ("called the offensive ... a liberation").
pub(super) const COMPLEMENT_WORDS: usize = 10;
/// How many words the aside that a trailing verb stands in may have before it.
const ASIDE_WORDS: usize = 12;
/// How many words before the end of its stretch the verb of an as-clause may stand.
const AS_CLAUSE_TAIL: usize = 4;
/// How many words an inserted clause may have before its verb and behind it.
const INSERTED_HEAD: usize = 6;
const INSERTED_TAIL: usize = 3;
/// How far behind a verb of saying the verb of what is said may stand, and how many others before it.
const SAID_WORDS: usize = 24;
const SAID_VERBS: usize = 3;
/// How many words may follow a reporting verb that closes its sentence (", the ministry said on Monday.").
const TRAILING_WORDS: usize = 9;

/// The rule by which a cue attributes the hit to somebody, if it does.
pub(super) fn attributes(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let follows = hit.first > cue.last as usize;
    if cue.kind.is_verb_of_speech() && is_own_speech(r, cue) {
        return None;
    }
    match cue.kind {
        CueKind::Report | CueKind::Assertion | CueKind::Factive => by_verb(r, cue, hit),
        CueKind::Accusation if follows => by_accusation(r, cue, hit),
        CueKind::Naming if follows => by_name(r, cue, hit),
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

/// How many words a label at the end has.
const LABEL_WORDS: usize = 4;

/// Whether the clause ends with this word.
pub(super) fn trails_nothing(r: &Reading, word: usize) -> bool {
    word + 1 >= r.words.len() || r.gap(word + 1).has(Gap::BREAK) || r.function(word + 1) == Function::And
}

fn by_verb(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    // "reported deaths": no verb.
    let noun = r.is_noun(first) || r.tag(first) == Tag::Noun || r.chunk_at(first).is_some();
    if first == last && noun || ends_with_its_noun(r, first, hit) {
        return None;
    }
    // "has not admitted the attack"; "it was revealed that": nobody has said it.
    if cue.kind == CueKind::Factive && (is_denied(r, first) || is_impersonal(r, first)) {
        return None;
    }
    // "said Orlo Benn, whose unit holds the town"
    let speaker = r.group_at(first).and_then(|group| inverted(r, r.group(group)));
    if speaker.is_some_and(|chunk| r.chunk(chunk).last < hit.first) {
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
        matches!(r.function(*word), Function::That)
            || r.has_class(*word, Class::Question) && !r.has_class(*word, Class::Condition)
    });
    // "cannot expect", but "would not speak of"
    let modal = r.group_at(first).is_some_and(|group| r.has_class(r.group(group).first, Class::Modal));
    if modal && is_negated(r, first) && !r.has_class(last, Class::Of) {
        return None;
    }
    // "did not say if", "has not said that it was behind the attack"
    if !modal && is_negated(r, first) {
        return None;
    }
    // "vowed to answer the attack with force": of what is only vowed.
    let infinitive = [last, last + 1].into_iter().find(|word| r.has_class(*word, Class::Infinitive));
    let vowed = infinitive.is_some_and(|to| cue.kind == CueKind::Assertion && !r.has_class(to + 1, Class::Have));
    if vowed && that.is_none() && !is_planned(r, cue, hit) {
        return None;
    }
    // "asked whether an offensive was near": nobody says that it is
    let asks = r.has_class(last + 1, Class::Doubt) && !is_known(r, hit);
    let clause = that.is_some() || has_bare_clause(r, last, hit);
    if cue.scope == CueScope::Clause && (asks || !clause) {
        return None;
    }
    if !clause && has_attitude(r, first) {
        return None;
    }
    let most = if clause { CLAUSE_WORDS } else { OBJECT_WORDS };
    let said = that.is_some() || opens_said_clause(r, last);
    let elsewhere = || {
        let second = !clause && r.has_second_verb(last, hit.first);
        second || r.is_circumstance(last, hit.first) || r.is_in_other_clause(last, hit.first)
    };
    if !said && elsewhere() || is_apposition(r, hit) {
        return None;
    }
    let hold = match r.hold_of(first) {
        // ", saying ..." behind a whole clause, not inside it
        Hold::Aside if said && r.has_finite_verb(0, first) => Hold::Said,
        Hold::Main if said => Hold::Said,
        hold => hold,
    };
    if hit.first - last > most || !r.reaches(that.unwrap_or(last), hit.first, hold) {
        return None;
    }
    Some(if cue.kind == CueKind::Factive { rules::ATTRIBUTED_ENDORSED } else { rules::ATTRIBUTED_VERB })
}

/// "The only man reported dead was in the occupied town": a participle ends where the clause of its noun goes on.
fn ends_with_its_noun(r: &Reading, verb: usize, hit: &Hit) -> bool {
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

/// "It is, Yerevan argues, a siege": a subject and its verb between two breaks, and the clause goes on behind them.
fn is_inserted(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let (start, end) = (r.segment_start(first), r.segment_end_by(last, last + INSERTED_TAIL + 1));
    let closed = end - last <= INSERTED_TAIL && end < r.words.len() && hit.first >= end;
    let opens = start > 0 && start < first && first - start <= INSERTED_HEAD && !r.gap(start).has(Gap::STOP);
    // "Baku, the agency reported, marking an escalation", "..., amid the fighting": the article's own.
    let participle = |word: usize| r.tag(word) == Tag::Ing && r.group_at(word).is_some_and(|group| r.group(group).bare);
    let report = cue.kind == CueKind::Report;
    let added =
        |word: usize| report && participle(word) || r.has_class(word, Class::Opener) || r.has_class(word, Class::Time);
    closed
        && !(end..=hit.first.min(end + 1)).any(added)
        && opens
        && r.chunk_at(start).is_some()
        && r.group_at(first).is_some_and(|group| r.group(group).finite)
        && r.has_finite_verb(0, start) | r.has_finite_verb(end, hit.first)
        && !(start..first).any(|word| r.function(word) == Function::Relative)
        && r.reaches(end, hit.first, Hold::Main)
}

/// "Crimea, annexed by X": the article's own addition.
fn is_apposition(r: &Reading, hit: &Hit) -> bool {
    let group = r.group_at(hit.first).map(|group| r.group(group));
    let set_off = |group: Group| {
        let adverb = group.first.checked_sub(1).filter(|word| r.function(*word) == Function::Adverb);
        r.gap(group.first).has(Gap::COMMA) || adverb.is_some_and(|word| r.gap(word).has(Gap::COMMA))
    };
    // "said they had burnt the town, cut off its water and fled": no apposition.
    let object = r.group_at(hit.first).is_some_and(|group| r.object_of(group).is_some());
    !object && group.is_some_and(|group| group.bare && group.passive && set_off(group))
}

/// What "I" and "we" say is the article's own; so is what somebody ought to admit, and what is "worth noting".
fn is_own_speech(r: &Reading, cue: &CueAt) -> bool {
    let first = cue.first as usize;
    let phrase = (r.segment_start_from(first, first.saturating_sub(7))..first).rev();
    let subject = phrase
        .take_while(|word| !matches!(r.function(*word), Function::That | Function::Relative | Function::What))
        .find(|word| {
            r.function(*word) == Function::Pronoun
                || r.name_at(*word).is_some()
                || r.has_class(*word, Class::FirstPerson)
        });
    let first_person = subject.is_some_and(|word| r.has_class(word, Class::FirstPerson));
    let duty = (first.saturating_sub(2)..first).any(|word| r.has_class(word, Class::Duty));
    let infinitive = first > 0 && r.function(first - 1) == Function::To && cue.kind == CueKind::Factive;
    let is_remark = |back: usize| first.checked_sub(back).is_some_and(|word| r.has_class(word, Class::Remark));
    let to = first > 0 && r.function(first - 1) == Function::To;
    let remark = is_remark(1) || to && is_remark(2);
    first_person || duty || infinitive || remark
}

/// A clause without "that": a subject after the verb and a finite verb after it.
fn has_bare_clause(r: &Reading, last: usize, hit: &Hit) -> bool {
    let Some(next) = r.words.get(last + 1) else { return false };
    if next.gap.has(Gap::COLON) || (next.gap.has(Gap::QUOTE) && !next.gap.has(Gap::BREAK)) {
        return true;
    }
    let noun = matches!(
        next.function,
        Function::Definite | Function::Indefinite | Function::Possessive | Function::Pronoun | Function::Content
    );
    let end = r.segment_end_by(hit.last, hit.last + 9);
    noun && !next.gap.has(Gap::BREAK)
        && (last + 2..end)
            .take_while(|word| !matches!(r.function(*word), Function::Relative))
            .any(|word| matches!(r.function(word), Function::Auxiliary | Function::Modal))
}

/// "said it would stop": what follows the verb is the subject of a finite verb, and is said as if after "that".
fn opens_said_clause(r: &Reading, last: usize) -> bool {
    // "said on Sunday it would stop"
    let day = (last + 1..last + 3).find(|word| r.has_class(*word, Class::Day));
    let next = day.map_or(last, |day| r.chunk_at(day).map_or(day, |chunk| r.chunk(chunk).last)) + 1;
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

/// "as Baku contends", "As the minister put it, ...": acts on both sides.
fn is_as_clause(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let end = r.segment_end_by(last, last + AS_CLAUSE_TAIL + 1);
    // "as Baku adds a goal" tells when; "as the minister put it" tells who says so.
    let object = r.group_at(first).and_then(|group| r.object_of(group)).map(|chunk| r.chunk(chunk));
    let told = |chunk: Chunk| chunk.pronoun || r.has_class(chunk.first, Class::Day);
    if end - last > AS_CLAUSE_TAIL || object.is_some_and(|chunk| !told(chunk)) {
        return false;
    }
    let start = r.segment_start(first);
    let Some(subject) = (start..first).find(|word| r.function(*word) == Function::As).map(|word| word + 1) else {
        return false;
    };
    let own = subject >= first || r.function(subject) == Function::Adverb;
    if own {
        return false;
    }
    if hit.first >= end {
        r.reaches(last, hit.first, Hold::Main)
    } else {
        hit.last < subject - 1 && r.reaches(hit.last, subject - 1, Hold::Main)
    }
}

/// "..., the ministry said.", "..., said its spokesman", "The siege, Yerevan says, ...".
fn is_trailing(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let nearest = (hit.last + 1).max(first.saturating_sub(ASIDE_WORDS));
    let Some(start) = (nearest..=first).rev().find(|word| r.gap(*word).has(Gap::ASIDE)) else { return false };
    let relative = (start..first).any(|word| r.function(word) == Function::Relative);
    // ", Norland would respond."
    let modal = r.group_at(first).is_some_and(|group| r.has_class(r.group(group).first, Class::Modal));
    // ", hopes to win": nothing is reported.
    let infinitive = r.group_at(last + 1).is_some_and(|group| r.group(group).infinitive);
    if relative
        || modal
        || infinitive
        || matches!(r.function(start), Function::And | Function::That | Function::Subordinator)
    {
        return false;
    }
    if r.is(start, CueKind::Stop) || (start < first && (start..first).any(|word| r.is_verb_of_speech(word))) {
        return false;
    }
    // "the ministry, which has sent peacekeepers, reported": the clause of the speaker goes on.
    let resumed = r.before_insertion(first);
    if resumed < first && hit.first >= resumed {
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
    // "Truce near, Baku says": a headline has no verb.
    let headline = || last + 1 == r.words.len() && r.chunk_at(0).is_some() && start > 2;
    if !inverted && subject.is_some_and(|chunk| chunk.last < hit.first) || !r.has_finite_verb(0, start) && !headline() {
        return false;
    }
    if !tail || follows_clause || end - last > TRAILING_WORDS + usize::from(inverted) * 12 {
        return false;
    }
    let hold = r.hold_of(hit.first);
    r.reaches(hit.last, start - 1, if hold == Hold::Main { Hold::Said } else { hold })
}

fn by_accusation(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    // Whoever does "not condemn" the aggression has not spoken of it.
    let noun = first == last && (r.is_noun(first) || r.tag(first) == Tag::Noun);
    if noun || is_undone(r, first) {
        return None;
    }
    // "criticised Norland for the siege": that there is one is the article's.
    let verb = || (last + 1..hit.first).any(|word| r.group_at(word).is_some());
    let judged = cue.strength == Strength::Weak && is_known(r, hit) && !verb();
    let link = match cue.scope {
        CueScope::Clause if judged => return None,
        CueScope::Clause => (last + 1..hit.first)
            .find(|word| matches!(r.function(*word), Function::Of | Function::For | Function::With | Function::That))?,
        // "condemned the invasion": that there is one is the article's.
        CueScope::Adjacent if is_judged(r, last, hit) => return None,
        _ if hit.first - last > CONDEMNED_WORDS => return None,
        _ => last,
    };
    let elsewhere = || r.is_in_other_clause(link, hit.first) || ends_with_its_noun(r, first, hit);
    let reached = r.reaches(link.max(last), hit.first, r.hold_of(first)) && !elsewhere();
    reached.then_some(rules::ATTRIBUTED_ACCUSATION)
}

/// "condemned the invasion", "protested against the blockade": the object is known.
fn is_judged(r: &Reading, last: usize, hit: &Hit) -> bool {
    let (determiner, start) = r.determiner(hit.first);
    let known = matches!(determiner, Determiner::Definite | Determiner::Possessive) && start == last + 1;
    // "denounced the offensive as a crime"
    known && !(hit.last + 1..hit.last + COMPLEMENT_WORDS).any(|word| r.function_at(word) == Some(Function::As))
}

/// "called it an act of aggression": the complement is the speaker's, the object is the article's.
fn by_name(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let barred = (last + 1..hit.first).any(|word| {
        // "called her mother during the siege", "saw the ships as the attack began"
        let when = r.has_class(word, Class::Time) || r.opens_clause(word);
        r.gap(word).has(Gap::BREAK)
            || when
            || match r.function(word) {
                // "considers it to be an occupation"
                Function::To => !r.has_class(word + 1, Class::Be),
                function => matches!(function, Function::On | Function::For | Function::With | Function::About),
            }
    });
    let noun = first == last && (r.is_noun(first) || r.tag(first) == Tag::Noun);
    if barred || hit.first - last > COMPLEMENT_WORDS || noun || r.has_second_verb(last, hit.first) {
        return None;
    }
    let (determiner, start) = r.determiner(hit.first);
    let known = matches!(determiner, Determiner::Definite | Determiner::Possessive);
    let complement_after = (hit.last + 1..r.segment_end_by(hit.last, hit.last + 8))
        .any(|word| r.function(word) == Function::Indefinite || r.gap(word).has(Gap::QUOTE));
    let is_object = known && start == last + 1 && complement_after;
    (!is_object && r.reaches(last, hit.first, r.hold_of(first))).then_some(rules::ATTRIBUTED_NAMING)
}

/// "sees it as interference": what follows "as".
fn by_comparison(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    if is_as_clause(r, cue, hit) {
        return Some(rules::ATTRIBUTED_SOURCE);
    }
    // "as Baku turned its back", not "as a man involved in it"
    let is_clause = |word: usize| {
        let verb = r.chunk_at(word + 1).and_then(|chunk| r.group_at(r.chunk(chunk).last + 1));
        r.opens_clause(word) && verb.is_some_and(|verb| r.object_of(verb).is_some())
    };
    let link = (last + 1..hit.first).find(|word| r.function(*word) == Function::As && !is_clause(*word))?;
    let near = link - last <= COMPLEMENT_WORDS && hit.first - link <= COMPLEMENT_WORDS;
    let reached = r.reaches(last, link, r.hold_of(first)) && r.reaches(link, hit.first, Hold::Main);
    (near && reached && !(first == last && r.is_noun(first))).then_some(rules::ATTRIBUTED_NAMING)
}

/// "according to X", on either side; "From X's perspective, ..."; "reportedly".
fn by_source(r: &Reading, cue: &CueAt, hit: &Hit) -> Option<&'static str> {
    let (first, last) = (cue.first as usize, cue.last as usize);
    let governed = match cue.scope {
        CueScope::Backward if first > 0 && r.has_class(first - 1, Class::Ours) => false,
        CueScope::Backward if !is_point_of_view(r, first) => false,
        CueScope::Adjacent => hit.first > last && hit.first - last <= 6 && r.reaches(last, hit.first, Hold::Main),
        _ if hit.first > last => {
            // What names the source itself ends with the comma.
            let comma = (last + 1..=hit.first).any(|word| r.gap(word).has(Gap::COMMA));
            comma && !closes_report(r, first, hit) && r.reaches(last, hit.first, Hold::Main)
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
        participle || r.has_class(word, Class::Opener) || r.tag(word) == Tag::Subordinator
    };
    let next = (source + 1..=hit.first).find(|word| r.gap(*word).has(Gap::COMMA));
    r.gap(source).has(Gap::COMMA) && r.has_finite_verb(0, source) && next.is_some_and(opens)
}

/// "from X's perspective", "in its view".
fn is_point_of_view(r: &Reading, noun: usize) -> bool {
    let Some(owner) = noun.checked_sub(1) else { return false };
    let owned = r.function(owner) == Function::Possessive
        || r.name_at(owner).is_some_and(|name| name.usage == NameUsage::Possessive)
        || r.is_possessive(owner);
    owned
        && (owner.saturating_sub(5)..owner).rev().any(|word| {
            let opens = r.function(word) == Function::In || r.has_class(word, Class::From);
            opens && !(word + 1..=noun).any(|between| r.gap(between).has(Gap::BREAK))
        })
}

/// A headline's label: "Lavrov: ...", "Ministry: ...", "Baku: ...".
pub(super) fn label(r: &Reading, hit: &Hit) -> Option<usize> {
    let colon = (1..=hit.first.min(6)).find(|word| r.gap(*word).has(Gap::COLON))?;
    let before = colon - 1;
    let named = r.name_at(before).is_some_and(|name| {
        let capital = name.fact.kind == crate::codebook::AliasKind::Metonym && name.usage == NameUsage::Plain;
        name.fact.party == Party::Person || capital
    });
    (named || r.is(before, CueKind::SourceNoun)).then_some(before)
}

/// A label at the end of a headline: "Fighting goes on: army", "The siege is over: Lavrov".
pub(super) fn label_behind(r: &Reading, hit: &Hit) -> Option<usize> {
    let last = r.words.len() - 1;
    let colon = (last.saturating_sub(LABEL_WORDS).max(hit.last)..last).map(|word| word + 1);
    let colon = colon.rev().find(|word| r.gap(*word).has(Gap::COLON) || r.gap(*word).has(Gap::DASH))?;
    let chunk = r.chunk_at(colon).filter(|chunk| r.chunk(*chunk).last == last)?;
    let named = speaks_for(r, chunk).is_some() || r.is(last, CueKind::SourceNoun);
    (named && r.has_finite_verb(0, colon)).then_some(last)
}
