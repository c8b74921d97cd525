//! Tallies of the last articles of a group, before its tables take them over.
//!
//! Tables that are added to take much space, and those of thousands of groups do not stay in the cache: they take over
//! many articles at once. A group of a few articles has no table before all articles are counted.

use super::Numbers;
use super::sums::{push, take};
use super::tally_map::{Pack, TallyMap};
use crate::varint;

/// When the tables take them over, in bytes. With those of the article that comes last they mostly fit in 16 kB.
const MANY: usize = 12_000;

/// Keys with their tallies, kind by kind and article by article.
#[derive(Debug, Default)]
pub(super) struct WaitingItems {
    bytes: Vec<u8>,
}

impl WaitingItems {
    pub fn are_many(&self) -> bool {
        self.bytes.len() >= MANY
    }

    /// Appends the tallies of one kind; `row` is space that is used again.
    pub fn push<K: Numbers, V: Numbers>(&mut self, tallies: impl ExactSizeIterator<Item = (K, V)>, row: &mut Vec<u64>) {
        varint::push(tallies.len() as u64, &mut self.bytes);
        for (key, tally) in tallies {
            push(&key, row, &mut self.bytes);
            push(&tally, row, &mut self.bytes);
        }
    }

    /// Hands what waits to `add`, which takes the kinds of each article in the order in which they were pushed.
    pub fn drain(&mut self, mut add: impl FnMut(&mut &[u8])) {
        let mut rest = self.bytes.as_slice();
        while !rest.is_empty() {
            add(&mut rest);
        }
        self.bytes.clear();
    }
}

/// Adds the tallies of one kind of one article.
pub(super) fn add_to<P: Pack<Key: Numbers, Tally: Numbers>>(tallies: &mut TallyMap<P>, rest: &mut &[u8]) {
    for _ in 0..varint::take(rest).unwrap_or_default() {
        let key = take(rest);
        tallies.add(key, &take(rest));
    }
}
