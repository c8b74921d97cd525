//! The keys of all entries in one automaton, walked from the start of a word.
//!
//! The automaton is `aho_corasick`'s contiguous NFA driven by hand, since a search of its own would stop at the first
//! leftmost-longest match and so lose `phonebook` to `the phone`.

use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::{contiguous, noncontiguous};
use aho_corasick::{Anchored, MatchKind};
use std::collections::BTreeMap;

#[derive(Debug, Clone)]
pub(super) struct Keys {
    automaton: contiguous::NFA,
    root: StateID,
    /// By state: the number of the key that ends there, from 1. A match state of the automaton knows the keys that
    /// end in its key as well, which a walk from their own starts would meet.
    own: Vec<u32>,
    /// By number of the key: its entries, as a range of `entries`.
    ranges: Vec<(u32, u32)>,
    entries: Vec<u32>,
}

impl Keys {
    /// The entries of each key; `None` when there is no key.
    ///
    /// # Errors
    /// What the automaton's builder says; more keys than it can number.
    pub fn new(keys: &BTreeMap<String, Vec<u32>>) -> Result<Option<Self>, String> {
        if keys.is_empty() {
            return Ok(None);
        }
        let automaton = noncontiguous::Builder::new()
            .match_kind(MatchKind::Standard)
            .build(keys.keys())
            .and_then(|sparse| contiguous::Builder::new().dense_depth(3).build_from_noncontiguous(&sparse))
            .map_err(|error| error.to_string())?;
        let root = automaton.start_state(Anchored::Yes).map_err(|error| error.to_string())?;
        let mut built = Self { automaton, root, own: Vec::new(), ranges: Vec::new(), entries: Vec::new() };
        for (number, (key, entries)) in (1..).zip(keys) {
            let state = key.bytes().fold(root, |state, byte| built.automaton.next_state(Anchored::Yes, state, byte));
            if state.as_usize() >= built.own.len() {
                built.own.resize(state.as_usize() + 1, 0);
            }
            built.own[state.as_usize()] = number;
            let begin = built.entries.len() as u32;
            built.entries.extend(entries);
            built.ranges.push((begin, built.entries.len() as u32));
        }
        Ok(Some(built))
    }

    /// Meets every key that the bytes begin with, shorter ones first: its length and its entries. A hyphen is a space.
    #[inline]
    pub fn walk(&self, bytes: &[u8], mut meet: impl FnMut(usize, &[u32])) {
        let mut state = self.root;
        for (before, byte) in bytes.iter().enumerate() {
            let byte = if *byte == b'-' { b' ' } else { *byte };
            state = self.automaton.next_state(Anchored::Yes, state, byte);
            if self.automaton.is_special(state) {
                if self.automaton.is_dead(state) {
                    return;
                }
                if let Some(key) = self.own.get(state.as_usize()).and_then(|number| number.checked_sub(1)) {
                    let (begin, end) = self.ranges[key as usize];
                    meet(before + 1, &self.entries[begin as usize..end as usize]);
                }
            }
        }
    }
}
