//! What somebody demands: whether it is there, and whose word the term is.

use super::Hit;
use super::clause::Reading;
use super::cues::CueAt;
use super::possibility::{is_known, is_new, tells_when};
use super::walk::Governor;
use super::word_class::Class;
use crate::codebook::CueKind;

/// How far a demand acts.
const DEMAND_WORDS: usize = 16;

/// Whether what is demanded is not there yet: "called for a ceasefire".
pub(super) fn wishes(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let last = cue.last as usize;
    let is_thing = |word: usize| r.is(word, CueKind::Thing) || r.is(word, CueKind::Holder);
    let thing = (hit.first..=hit.last).any(is_thing) && !is_new(r, last, hit);
    let ends = r.any_in(last + 1, hit.last + 1, CueKind::Ending);
    // "called for an immediate and unconditional ceasefire"
    let chunk = r.chunk_at(hit.last);
    let object = chunk.is_some_and(|chunk| r.chunk(chunk).first == last + 1);
    // "called for a ceasefire and more humanitarian aid"
    let listed = || match chunk.and_then(|chunk| r.governor(chunk)) {
        Some(Governor::Preposition { at, .. }) => at == last,
        Some(Governor::Object(group)) => r.group_at(last) == Some(group),
        _ => false,
    };
    // "called on the army and the rebels to stop": who is asked
    let asked = r.has_class(last, Class::On) && r.has_class(cue.first as usize, Class::ObjectControl);
    // "called for rockets to attack the port"
    let infinitive =
        || r.group_at(hit.first).is_some_and(|group| r.group(group).infinitive && r.group(group).head == hit.first);
    let noun = object || r.adjoins(last, hit.first, 3) || listed();
    !is_known(r, hit) && !thing && !ends && (noun && !asked || infinitive())
}

/// "called for an end to the siege", "insists on a corridor": the term stays the article's.
pub(super) fn demands(r: &Reading, cue: &CueAt, hit: &Hit) -> bool {
    let last = cue.last as usize;
    let noun = cue.first == cue.last && r.is_noun(last);
    !noun
        && hit.first > last
        && !tells_when(r, last, hit)
        && hit.first - last <= DEMAND_WORDS
        && r.reaches(last, hit.first, r.hold_of(cue.first as usize))
}
