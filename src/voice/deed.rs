//! What kind of deed a term is a word for, and whether it is used as a noun, a verb or an adjective.

use super::Hit;
use super::clause::Reading;
use super::grammar::Function;
use super::sheet::{Gap, NameUsage};
use super::speaker::is_passive;
use super::word_class::{Class, Tag};
use crate::codebook::{CueKind, Strength, TermDeed};

/// What the term is a word for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// Done on or against somebody.
    On,
    /// Done to what "of" names.
    Of,
    /// Had by somebody.
    Holder,
    /// Those who act.
    Force,
    /// None of these.
    Other,
}

impl Deed {
    /// What a term of this kind would have in `terms.csv`.
    pub fn of_term(self) -> Option<TermDeed> {
        match self {
            Self::On => Some(TermDeed::On),
            Self::Of => Some(TermDeed::Of),
            Self::Holder => Some(TermDeed::Holder),
            Self::Force => Some(TermDeed::Force),
            Self::Other => None,
        }
    }
}

/// How the term is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Noun,
    /// "X attacked Y", "seizing Y".
    Active,
    /// "was attacked by X".
    Passive,
    /// "occupied territories".
    Adjective,
}

/// The kind of deed, by the last word of the hit that the codebook knows as one. "lack of action" is none.
pub(super) fn deed(r: &Reading, hit: &Hit) -> (Deed, Strength, usize) {
    let none = (Deed::Other, Strength::Weak, hit.last);
    if r.has_class(hit.first, Class::Lack) {
        return none;
    }
    let deeds = r.cues.iter().filter(|cue| hit.span.start <= cue.span.start && cue.span.end <= hit.span.end);
    let mut known = deeds.filter_map(|cue| {
        let deed = match cue.kind {
            CueKind::DeedOn => Deed::On,
            CueKind::DeedOf => Deed::Of,
            CueKind::Holder => Deed::Holder,
            CueKind::Force => Deed::Force,
            _ => return None,
        };
        Some((deed, cue.strength, cue.first as usize))
    });
    known.next_back().unwrap_or(none)
}

pub(super) fn used_as(r: &Reading, hit: &Hit, head: usize, deed: Deed) -> Use {
    if !matches!(deed, Deed::On | Deed::Of) {
        return Use::Noun;
    }
    let first = hit.first;
    // A verb may come first in a longer term ("taking control"), or last ("forcibly seized").
    let phrase = head > first && !r.is_noun(head) && r.has_class(first, Class::EndsIng);
    let (word, head) = if phrase { (first, first) } else { (head.max(first), head) };
    if head > first && r.has_class(first, Class::Infinitive) {
        return Use::Active;
    }
    let ends = |class: Class| r.has_class(word, class);
    let opens = first == 0 || r.gap(first).has(Gap::BREAK);
    let before = first.checked_sub(1).map(|word| r.function(word));
    let noun_before = !opens && r.is_noun(first);
    if ends(Class::EndsIng) && head == first {
        let object = !matches!(r.function_after(hit.last), Function::Of | Function::By | Function::Auxiliary);
        // "responded by shelling X"
        let by = || before == Some(Function::By) && r.name_at(hit.last + 1).is_some();
        return if noun_before || !object || r.has_class(first, Class::Act) && !by() { Use::Noun } else { Use::Active };
    }
    if ends(Class::EndsEd) && head > first && head < hit.last {
        return Use::Adjective;
    }
    if ends(Class::EndsEd) && head == first {
        if is_passive(r, first) {
            return Use::Passive;
        }
        let modifies = noun_before || (before.is_none_or(|_| opens) && hit.last > first);
        let hyphen = r.gap(first).has(Gap::HYPHEN);
        let by = r.function_after(hit.last) == Function::By;
        return if modifies || hyphen || by || hit.last > first || !has_subject(r, first) {
            Use::Adjective
        } else {
            Use::Active
        };
    }
    if head > first && matches!(r.tag(first), Tag::Past | Tag::Present) {
        return Use::Active;
    }
    let verb = !opens
        && match before {
            Some(Function::To) => r.name_at(first).is_none() && !ends(Class::EndsS),
            Some(Function::Modal | Function::Pronoun | Function::Relative) => true,
            Some(Function::Adverb) => matches!(
                first.checked_sub(2).map(|word| r.function(word)),
                Some(Function::Modal | Function::Pronoun | Function::To | Function::Relative)
            ),
            _ => {
                r.name_at(first - 1).is_some_and(|name| name.usage == NameUsage::Plain)
                    && (ends(Class::EndsS) || r.tag(first).is_verb())
            }
        };
    if verb { Use::Active } else { Use::Noun }
}

fn has_subject(r: &Reading, verb: usize) -> bool {
    let mut at = verb;
    while at > 0 && matches!(r.function(at - 1), Function::Adverb) && !r.gap(at).has(Gap::BREAK) {
        at -= 1;
    }
    at > 0
        && !r.gap(at).has(Gap::BREAK)
        && matches!(
            r.function(at - 1),
            Function::Content
                | Function::Pronoun
                | Function::Relative
                | Function::That
                | Function::Auxiliary
                | Function::And
                | Function::Modal
                | Function::Adverb
        )
}
