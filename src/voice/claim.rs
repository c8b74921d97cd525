//! Nouns of speech and thought: whether a term is what a claim, a fear or a statement is of.

use super::Hit;
use super::attribution::CLAUSE_WORDS;
use super::clause::{Hold, Reading};
use super::cues::CueAt;
use super::denial::is_other_predicate;
use super::grammar::Function;
use super::naming::{COMPLEMENT_WORDS, CONDEMNED_WORDS};
use super::possibility::tells_when;
use super::sheet::Gap;
use super::walk_subject::How;
use super::word_class::Class;
use crate::codebook::{CueKind, CueScope};

/// How many words may stand between a noun of speech and its "of" or "that" ("claims by the ministry in Baku that").
const NOUN_LINK_WORDS: usize = 9;

/// "claims by the ministry that ...", "fears of ...", "statements in support of ...".
pub(super) fn noun_governs(r: &Reading, noun: &CueAt, hit: &Hit) -> bool {
    let last = noun.last as usize;
    if hit.first <= last + 1 && !(hit.first == last + 1 && noun.first != noun.last) {
        return false;
    }
    if noun.first != noun.last {
        // The form has its preposition ("sense of").
        // "a sense of safety from attack"
        let other = r.chunk_at(last + 1).is_some_and(|chunk| r.has_class(r.chunk(chunk).last + 1, Class::From));
        // "the sense of safety the siege has brought"
        let relative = r.chunk_at(hit.last).is_some_and(|chunk| {
            let first = r.chunk(chunk).first;
            let before = first.checked_sub(1).and_then(|word| r.chunk_at(word));
            before.is_some() && !r.breaks(first) && r.has_verb_behind(chunk)
        });
        let near = hit.first - last <= COMPLEMENT_WORDS
            && !other
            && !relative
            && !tells_when(r, last, hit)
            && !is_other_predicate(r, last, hit);
        return near && r.reaches(last, hit.first, Hold::Main);
    }
    // "there was no warning of the attack": nobody has said anything.
    let none = |cue: &CueAt| cue.kind == CueKind::Negation && cue.scope == CueScope::Adjacent;
    if r.chunk_at(last).is_some_and(|chunk| r.cues_at(r.chunk(chunk).first).any(none)) {
        return false;
    }
    let mut diverted = false;
    for word in last + 1..hit.first.min(last + 1 + NOUN_LINK_WORDS) {
        if r.gap(word).has(Gap::BREAK) || r.is_verb_of_speech(word) {
            return false;
        }
        let support = |at: usize| r.has_class(at, Class::Favour);
        let link = match r.function(word) {
            // "allegations related to that attack"
            Function::That => !r.is_adposition(word - 1),
            // "the statement of 9 November" has no content.
            Function::Of | Function::About => {
                let date = word + 1 < r.words.len() && is_date(r, word + 1);
                noun.scope == CueScope::Forward && !diverted && !date
            }
            // "the report by the Commission of Inquiry", but not "claims by Norland of genocide"
            Function::By => {
                let agent = r.chunk_at(word + 1).map(|chunk| r.chunk(chunk).last);
                diverted |= agent.is_some_and(|agent| r.name_at(agent).is_none());
                false
            }
            Function::On | Function::For | Function::To | Function::With | Function::Preposition => {
                diverted = true;
                false
            }
            Function::In => support(word + 1),
            // "a warning against swimming because of the siege"
            Function::Subordinator if r.function_after(word) == Function::Of => return false,
            Function::Auxiliary | Function::Modal | Function::Relative => return false,
            // "The statement raised questions of ...": a verb begins.
            _ => {
                diverted |= r.has_class(word, Class::EndsEd) && r.function_after(word) != Function::By;
                false
            }
        };
        if link {
            let that = r.function(word) == Function::That;
            let most = if that { CLAUSE_WORDS } else { CONDEMNED_WORDS };
            // "raised fears of a war and sped up talks on the siege"
            if !that && (is_other_predicate(r, word, hit) || is_beside_claim(r, noun, word, hit)) {
                return false;
            }
            return hit.first - word <= most && r.reaches(word, hit.first, r.hold_of(noun.first as usize));
        }
    }
    false
}

/// "worries of a wider war rose after weeks of shelling": the verb of the claim stands between, or the phrase only tells when.
fn is_beside_claim(r: &Reading, noun: &CueAt, link: usize, hit: &Hit) -> bool {
    let claim = r.chunk_at(noun.last as usize);
    let mut verbs = (link + 1..hit.first).filter_map(|word| r.group_at(word)).filter(|group| r.group(*group).finite);
    let says =
        |group: usize| r.subject_of(group).is_some_and(|(subject, how)| Some(subject) == claim && how == How::Plain);
    tells_when(r, link, hit) || verbs.any(says)
}

fn is_date(r: &Reading, word: usize) -> bool {
    let month = r.is_capital(word) && r.has_class(word, Class::Month);
    r.text(word).starts_with(|c: char| c.is_ascii_digit()) || (month && r.name_at(word).is_none())
}
