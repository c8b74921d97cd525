//! What a report with its source behind takes for granted: those words are the article's own.

use super::Hit;
use super::clause::{Determiner, Reading};
use super::cues::CueAt;
use super::grammar::Function;
use super::phrases::{Chunk, Group};
use super::possibility::{is_known, tells_when};
use super::sheet::Gap;
use super::walk::Governor;
use super::walk_subject::How;
use super::word_class::{Class, Tag};
use crate::codebook::{CueKind, CueScope};

/// How far behind a verb the number of its victims may stand.
const NUMBER_WORDS: usize = 4;
/// How far behind a term the verb that counts its victims may stand.
const VICTIM_WORDS: usize = 24;
/// How far from a term a figure may stand that its source vouches for.
const FIGURE_WORDS: usize = 30;
/// How far before a source ("according to") the words that it vouches for may end.
const SOURCE_WORDS: usize = 16;
/// So many finite verbs between a term and the clause that reports: it reports something else.
const OTHER_VERBS: usize = 2;
/// How far back the word is looked for that opens a clause of time.
const TIME_WORDS: usize = 14;

/// Whether a report with its source behind takes a term for granted: the term stands far before it or in a clause of time
/// ("since they attacked"), qualifies the noun of a circumstance ("in the occupied town"), or its victims are counted ("an
/// attack killed nine"). For a source that is only named ("according to"), less is enough: the term qualifies any noun,
/// is known, tells where, or stands with a figure.
pub(super) fn is_granted(r: &Reading, hit: &Hit, source: &CueAt) -> bool {
    let named = source.kind == CueKind::Source;
    // "They asked whether the siege was over, according to the paper"
    if r.any_class_in(r.segment_start(hit.first), hit.first, Class::Doubt) {
        return false;
    }
    let told = || is_in_clause_of_time(r, hit) || is_before_clause(r, hit) || !named && is_with_others(r, hit, source);
    if is_far(r, hit, source) || named && has_figure(r, hit, source) || told() {
        return true;
    }
    let Some(chunk) = r.chunk_at(hit.last) else { return false };
    let Chunk { last, .. } = r.chunk(chunk);
    let determiner = r.determiner(hit.first).0;
    let governor = r.governor(chunk);
    let circumstance = matches!(governor, Some(Governor::Preposition { .. }));
    if last > hit.last {
        let place = circumstance && matches!(determiner, Determiner::Definite | Determiner::None);
        // "a ceasefire deal": that is what is spoken of.
        return (named || place) && !r.is(last, CueKind::Hypothetical);
    }
    let known = matches!(determiner, Determiner::Definite | Determiner::Possessive);
    let object = known && !matches!(governor, Some(Governor::Subject(_)) | None);
    named && (object || circumstance) || has_counted_victims(r, chunk)
}

/// "According to the ministry, 900 have left since the siege began": a source before, and a term that only tells when.
pub(super) fn is_since_then(r: &Reading, hit: &Hit, source: &CueAt) -> bool {
    let last = usize::from(source.last);
    let before = source.kind == CueKind::Source && source.scope == CueScope::Clause && last < hit.first;
    before && (tells_when(r, last, hit) || is_in_clause_of_time(r, hit))
}

/// "900 have left since the siege began, according to the railway": who is named behind it vouches for the figure.
fn has_figure(r: &Reading, hit: &Hit, source: &CueAt) -> bool {
    let end = usize::from(source.first);
    let start = r.segment_start_from(hit.first, hit.first.saturating_sub(FIGURE_WORDS));
    // "in May 2020", "on 9 May", "in 2020"
    let month = |word: usize| r.has_class(word, Class::Month);
    let alone = |word: usize| r.chunk_at(word).is_none_or(|chunk| r.chunk(chunk).last == word);
    let dated = |word: usize| {
        let before = word.checked_sub(1);
        before.is_some_and(|before| month(before) || r.function(before) == Function::In && alone(word))
            || word + 1 < end && month(word + 1)
    };
    // "lasted nine months"
    let time = |word: usize| r.chunk_at(word).is_some_and(|chunk| r.has_class(r.chunk(chunk).last, Class::Period));
    (start..end).any(|word| r.tag(word) == Tag::Number && !dated(word) && !time(word))
}

/// Whether other clauses stand between a term and the report.
fn is_far(r: &Reading, hit: &Hit, source: &CueAt) -> bool {
    let report = usize::from(source.first);
    if source.kind == CueKind::Source {
        return report - hit.last > SOURCE_WORDS;
    }
    let between = hit.last + 1..r.segment_start(report);
    let finite = |group: &&Group| group.finite && between.contains(&group.first);
    r.phrases.groups.iter().filter(finite).take(OTHER_VERBS).count() == OTHER_VERBS
}

/// "Following the attack, the town was empty, the mayor said": a phrase of time before the clause that is reported.
fn is_before_clause(r: &Reading, hit: &Hit) -> bool {
    let start = r.segment_start_from(hit.first, hit.first.saturating_sub(TIME_WORDS));
    let opens = start == 0 || r.gap(start).has(Gap::STOP);
    let end = r.segment_end(hit.last);
    opens
        && r.has_class(start, Class::Time)
        && is_known(r, hit)
        && !r.has_finite_verb(start, end)
        && end < r.words.len()
}

/// "The siege goes on, with raids killing nine, doctors said": what stands behind "with" is reported.
fn is_with_others(r: &Reading, hit: &Hit, source: &CueAt) -> bool {
    let end = r.segment_end(hit.last);
    let with = r.gap(end).has(Gap::COMMA) && r.has_class(end, Class::With) && end < usize::from(source.first);
    with && r.has_finite_verb(hit.last + 1, end)
}

/// "when they launched an attack", "after they attacked".
fn is_in_clause_of_time(r: &Reading, hit: &Hit) -> bool {
    let start = r.segment_start_from(hit.first, hit.first.saturating_sub(TIME_WORDS));
    let opener =
        (start..hit.first).rev().find(|word| [Class::Time, Class::When].iter().any(|class| r.has_class(*word, *class)));
    // "after" with a noun is no clause.
    opener.is_some_and(|opener| {
        let when = r.has_class(opener, Class::When);
        let subject = r.chunk_at(opener + 1).map(|chunk| r.chunk(chunk).last);
        let verb =
            subject.and_then(|last| r.group_at(last + 1)).map(|group| r.group(group)).filter(|group| group.finite);
        // "when states fail to act": of all times, and said by somebody
        let of_all_times = |verb: Group| when && matches!(r.tag(verb.first), Tag::Present | Tag::Base);
        verb.is_some_and(|verb| !of_all_times(verb) && !r.has_finite_verb(verb.last + 1, hit.first))
    })
}

/// "An attack on a school has killed 22 people", "an attack that killed 22 people".
fn has_counted_victims(r: &Reading, chunk: usize) -> bool {
    let last = r.chunk(chunk).last;
    let groups = (last + 1..r.words.len().min(last + VICTIM_WORDS)).filter_map(|word| r.group_at(word));
    // "a campaign in the valley that has killed nine"
    let follows = |subject: usize| r.phrases_after(last, VICTIM_WORDS).any(|(_, phrase)| phrase == subject);
    // "strikes on the valley this week have killed nine"
    let first =
        |verb: usize| !r.has_finite_verb(last + 1, verb) && !(last + 1..=verb).any(|word| r.gap(word).has(Gap::BREAK));
    groups.map(|group| (group, r.group(group))).any(|(number, group)| {
        let objects = group.last + 1..r.words.len().min(group.last + NUMBER_WORDS + 1);
        [Class::Harm, Class::Toll].into_iter().any(|class| r.has_class(group.head, class))
            && objects.into_iter().any(|word| r.tag(word) == Tag::Number)
            && (group.finite && first(group.first)
                || r.subject_of(number)
                    .is_some_and(|(subject, how)| subject == chunk || how == How::Relative && follows(subject)))
    })
}
