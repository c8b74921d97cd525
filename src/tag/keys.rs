//! The keys of all entries in one automaton, walked from the start of a word.
//!
//! Most words begin no key, and most keys are words: what a walk finds within a word is the same for each token of a
//! type, so that it is walked once and remembered as its [`Start`].
//!
//! The automaton is `aho_corasick`'s contiguous NFA driven by hand, since a search of its own would stop at the first
//! leftmost-longest match and so lose `phonebook` to `the phone`.

use super::next_words::{NextWords, spaced};
use crate::id::Identity;
use aho_corasick::automaton::{Automaton, StateID};
use aho_corasick::nfa::{contiguous, noncontiguous};
use aho_corasick::{Anchored, MatchKind};
use std::collections::BTreeMap;

/// Where the walks from the tokens of a type begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Start {
    /// No key begins with the word.
    #[default]
    Nowhere,
    /// At its first byte, since a key ends inside it.
    Word,
    /// Behind it. `key` is the number from 1 of the key that ends with it; `next` says how longer keys go on.
    Behind { state: StateID, key: u32, next: NextWords },
}

#[derive(Debug, Clone)]
pub(super) struct Keys {
    /// In their order.
    keys: Vec<Box<str>>,
    automaton: contiguous::NFA,
    root: StateID,
    /// By state: the number of the key that ends there, from 1. A match state of the automaton knows the keys that
    /// end in its key as well, which a walk from their own starts would meet.
    own: Vec<u32>,
    identity: Identity,
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
        let mut built = Self {
            keys: keys.keys().map(|key| key.as_str().into()).collect(),
            automaton,
            root,
            own: Vec::new(),
            identity: Identity::default(),
            ranges: Vec::new(),
            entries: Vec::new(),
        };
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

    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Where to begin with the tokens of a type.
    pub fn start(&self, word: &str) -> Start {
        let mut state = self.root;
        let (mut ends_inside, mut key) = (false, None);
        for byte in word.bytes() {
            ends_inside |= key.is_some();
            state = self.next(state, byte);
            key = self.key_at(state);
        }
        if ends_inside {
            Start::Word
        } else if self.automaton.is_dead(state) {
            Start::Nowhere
        } else {
            Start::Behind { state, key: key.map_or(0, |key| key + 1), next: self.next_words(word) }
        }
    }

    /// How the keys go on that begin with a word.
    fn next_words(&self, word: &str) -> NextWords {
        let first = self.keys.partition_point(|key| **key < *word);
        let rests = self.keys[first..].iter().map_while(|key| key.as_bytes().strip_prefix(word.as_bytes()));
        rests.fold(NextWords::default(), NextWords::with)
    }

    #[inline]
    fn next(&self, state: StateID, byte: u8) -> StateID {
        self.automaton.next_state(Anchored::Yes, state, spaced(byte))
    }

    /// The key that ends in a state.
    #[inline]
    fn key_at(&self, state: StateID) -> Option<u32> {
        self.own.get(state.as_usize()).and_then(|number| number.checked_sub(1))
    }

    fn entries_of(&self, key: u32) -> &[u32] {
        let (begin, end) = self.ranges[key as usize];
        &self.entries[begin as usize..end as usize]
    }

    /// Meets every key that the bytes begin with, shorter ones first: its length and its entries. A hyphen is a space.
    /// `word` is how many bytes the first word has.
    #[inline]
    pub fn walk(&self, start: &Start, bytes: &[u8], word: usize, mut meet: impl FnMut(usize, &[u32])) {
        let (mut state, from) = match start {
            Start::Nowhere => return,
            Start::Word => (self.root, 0),
            Start::Behind { state, key, next } => {
                if let Some(key) = key.checked_sub(1) {
                    meet(word, self.entries_of(key));
                }
                if !next.may_follow(bytes, word) {
                    return;
                }
                (*state, word)
            }
        };
        for (before, byte) in bytes.iter().enumerate().skip(from) {
            state = self.next(state, *byte);
            if self.automaton.is_special(state) {
                if self.automaton.is_dead(state) {
                    return;
                }
                if let Some(key) = self.key_at(state) {
                    meet(before + 1, self.entries_of(key));
                }
            }
        }
    }
}
