//! People whom the codebook does not name, as the article brings them in: who was "Foreign Minister X" once speaks for the
//! same actor when he is only "X" later.

use super::clause::Reading;
use super::word_class::Tag;
use crate::id::ActorId;
use rustc_hash::FxHashMap;

/// Persons, each with the actor that he or she was brought in with.
#[derive(Debug, Clone, Default)]
pub(super) struct Introduced {
    /// By the last word of the name.
    known: FxHashMap<Box<str>, ActorId>,
}

impl Introduced {
    pub fn clear(&mut self) {
        self.known.clear();
    }

    /// The speaker that a noun phrase shows, or whom it showed before in the article. A person who is known once keeps
    /// his actor.
    pub fn speaker_of(&mut self, r: &Reading, chunk: usize, speaker: Option<ActorId>) -> Option<ActorId> {
        let last = r.chunk(chunk).last;
        // "Katz", who was "Israel Katz" in the codebook's words before
        let short = r.name_at(last).is_some_and(|name| name.first == name.last);
        if short || !r.is_capital(last) || r.tag(last) != Tag::Name {
            return speaker;
        }
        let name = r.text(last);
        match speaker {
            Some(actor) => {
                self.known.entry(name.into()).or_insert(actor);
                Some(actor)
            }
            None => self.known.get(name).copied(),
        }
    }
}
