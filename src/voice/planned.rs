//! What is wanted, planned or tried: the term stands in an infinitive that depends on a cue, at whatever distance.

use super::Hit;
use super::clause::Reading;
use super::cues::CueAt;
use super::phrases::Group;
use super::sheet::Gap;
use super::walk::Governor;
use super::word_class::{Class, Tag};
use crate::codebook::CueKind;

/// How many verbs may stand above each other between a cue and its term ("wants to try to find a way to end").
const DEEP: usize = 4;
/// How far before an infinitive the verb it is joined to by "and" may stand.
const JOINED_WORDS: usize = 12;
/// How far before "for" the verb may stand: "to make it safe for them to return".
const FOR_WORDS: usize = 3;

/// Whether a hit is done by, or is the object of, an infinitive that depends on a cue.
pub(super) fn is_planned(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let is_cue = |word: usize| (usize::from(cue.first)..=usize::from(cue.last)).contains(&word);
    let mut link = below(r, hit);
    for _ in 0..DEEP {
        let Some(word) = link.filter(|word| *word >= usize::from(cue.first)) else { return false };
        let verb = r.group_at(word);
        // "urged them to stop shelling": what is to be ended is there.
        if verb.is_some_and(|verb| r.is(r.group(verb).head, CueKind::Ending)) {
            return false;
        }
        if is_cue(verb.map_or(word, |verb| r.group(verb).head)) || is_above_noun(r, word, is_cue) {
            return true;
        }
        link = verb.or_else(|| asked(r, word)).and_then(|verb| linked(r, r.group(joined(r, verb))));
    }
    false
}

/// "to persuade Norland to allow", "to make it safe for families from the north to return": the verb above the one who is
/// to act.
fn asked(r: &Reading, word: usize) -> Option<usize> {
    let mut chunk = r.chunk_at(word)?;
    for _ in 0..DEEP {
        match r.governor_before(chunk)? {
            Governor::Object(verb)
                if r.group(verb).infinitive && r.has_class(r.group(verb).head, Class::ObjectControl) =>
            {
                return Some(verb);
            }
            Governor::Preposition { at, .. } if r.has_class(at, Class::For) => {
                return r.group_before(at, FOR_WORDS).filter(|verb| r.group(*verb).infinitive);
            }
            Governor::Preposition { chunk: Some(above), .. } => chunk = above,
            _ => return None,
        }
    }
    None
}

/// The word that the infinitive of a hit depends on: "wants to attack", "ways of attacking", whatever else "attack" may be.
fn below(r: &Reading, hit: &Hit) -> Option<usize> {
    let before = hit.first.checked_sub(1).filter(|_| !r.gap(hit.first).has(Gap::BREAK));
    match before {
        Some(to) if r.has_class(to, Class::Infinitive) && may_be_verb(r, hit) => above_infinitive(r, to),
        Some(of) if r.has_class(hit.first, Class::EndsIng) && is_link(r, of) => of.checked_sub(1),
        // "threatens to starve the town by blocking the road"
        Some(by) if r.has_class(hit.first, Class::EndsIng) && r.has_class(by, Class::By) => {
            let verb = r.group_before(by, JOINED_WORDS).filter(|verb| r.group(*verb).infinitive)?;
            linked(r, r.group(joined(r, verb)))
        }
        _ => verb_above(r, hit).and_then(|verb| linked(r, r.group(joined(r, verb)))),
    }
}

/// "to attack", "to de-escalate", but not "to Attackville" or "to freedom".
fn may_be_verb(r: &Reading, hit: &Hit) -> bool {
    let parts = hit.first < hit.last && r.gap(hit.first + 1).has(Gap::HYPHEN);
    parts || r.tag(hit.first) != Tag::Name && r.may_be(hit.first, Tag::Base)
}

/// The verb that a hit is, or whose object it is.
fn verb_above(r: &Reading, hit: &Hit) -> Option<usize> {
    let Some(chunk) = r.chunk_at(hit.last) else { return r.group_at(hit.first) };
    // "a ceasefire deal": the deal is what is wanted.
    let last = r.chunk(chunk).last;
    if last > hit.last && !r.is(last, CueKind::Hypothetical) {
        return None;
    }
    let governor = match r.governor(chunk)? {
        // "the return of the families"
        Governor::Preposition { chunk: Some(above), .. } if r.has_class(r.chunk(above).last, Class::Coming) => {
            r.governor(above)?
        }
        governor => governor,
    };
    let verb = match governor {
        // "vowed to protect its sovereignty"
        Governor::Object(group) if r.has_class(r.group(group).head, Class::Protect) => return Some(group),
        Governor::Object(group) => group,
        Governor::Preposition { chunk: None, group, .. } => group?,
        _ => return None,
    };
    // What is to be fended off, looked into or ended is there.
    let head = r.group(verb).head;
    let repels = r.has_class(head, Class::Repelling) && r.has_class(head + 1, Class::Particle);
    let fends = repels || [Class::Fend, Class::Combat, Class::Examine].iter().any(|class| r.has_class(head, *class));
    (!fends && !r.is(head, CueKind::Ending)).then_some(verb)
}

/// The first of infinitives or participles that are joined: "wanted to advance and to attack".
fn joined(r: &Reading, number: usize) -> usize {
    let mut number = number;
    for _ in 0..DEEP {
        let group = r.group(number);
        let before = joint(r, group).and_then(|at| r.group_before(at, JOINED_WORDS));
        let base = |group: Group| group.infinitive || group.first == group.head && r.tag(group.head) == Tag::Base;
        match before.map(|before| (before, r.group(before))) {
            // "to advance and attack", "to advance, attack and win": only the first needs "to".
            Some((before, first)) if base(group) && (first.infinitive || base(first) && joint(r, first).is_some()) => {
                number = before;
            }
            Some((before, first)) if first.bare && group.bare => number = before,
            _ => break,
        }
    }
    number
}

/// The "and" or comma that joins a verb to those before it: "to advance, attack and thus win".
fn joint(r: &Reading, group: Group) -> Option<usize> {
    let over = (0..group.first).rev().take_while(|word| r.tag(*word) == Tag::Adverb && !r.breaks(word + 1)).count();
    let start = group.first - over;
    if r.gap(start).has(Gap::COMMA) && !group.infinitive {
        return Some(start);
    }
    start.checked_sub(1).filter(|word| r.tag(*word) == Tag::Conjunction)
}

/// The word that an infinitive, or "of", "for", "against" or "to" before a verb in -ing ("committed to ending"), depends on.
fn linked(r: &Reading, group: Group) -> Option<usize> {
    if group.infinitive {
        return above_infinitive(r, group.first);
    }
    let joined = group.bare && !group.passive && !r.gap(group.first).has(Gap::BREAK);
    let before = group.first.checked_sub(1).filter(|_| joined)?;
    if is_link(r, before) { before.checked_sub(1) } else { r.group_at(before).map(|_| before) }
}

fn is_link(r: &Reading, word: usize) -> bool {
    [Class::Of, Class::For, Class::About, Class::Against, Class::To].into_iter().any(|class| r.has_class(word, class))
}

/// The word before "to", over adverbs and "not"; before the first of infinitives that are joined.
fn above_infinitive(r: &Reading, to: usize) -> Option<usize> {
    // "is about to attack": the adverb is what it depends on.
    let skipped = |word: &usize| {
        r.tag(*word) == Tag::Adverb && !r.is(*word, CueKind::Hypothetical) || r.has_class(*word, Class::Negation)
    };
    let word = (to.saturating_sub(3)..to).rev().find(|word| !skipped(word))?;
    if r.tag(word) != Tag::Conjunction {
        return Some(word);
    }
    let mut verbs = (word.saturating_sub(JOINED_WORDS)..word).rev().filter_map(|word| r.group_at(word));
    let first = verbs.find(|verb| r.group(*verb).infinitive)?;
    r.group(first).first.checked_sub(1)
}

/// Whether a word stands above a noun phrase before an infinitive: "urged *them* to stop", "plans by *the army* of *its
/// neighbour* to stop".
fn is_above_noun(r: &Reading, word: usize, wanted: impl Fn(usize) -> bool) -> bool {
    let mut chunk = r.chunk_at(word);
    for _ in 0..DEEP {
        let above = match chunk.and_then(|chunk| r.governor(chunk)) {
            Some(Governor::Object(group)) => return wanted(r.group(group).head),
            Some(Governor::Preposition { chunk: None, group: Some(group), .. }) => return wanted(r.group(group).head),
            Some(Governor::Preposition { chunk: Some(above), .. }) => above,
            _ => return false,
        };
        if wanted(r.chunk(above).last) {
            return true;
        }
        chunk = Some(above);
    }
    false
}
