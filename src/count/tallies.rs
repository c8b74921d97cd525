//! Tallies of one kind of item, each found quickly: about 15 bytes each.

use super::sums::{push, take};
use super::tally_map::{Pack, TallyMap};
use super::{Merge, Numbers};
use std::fmt::Debug;
use std::hash::Hash;
use std::marker::PhantomData;

/// By key.
pub type Tallies<K, V> = TallyMap<Sorted<K, V>>;

/// Keys in order, each with where the numbers of its tally end.
#[derive(Debug, Clone)]
pub struct Sorted<K, V> {
    keys: Box<[(K, u32)]>,
    bytes: Box<[u8]>,
    of: PhantomData<V>,
}

impl<K: Debug + Copy + Ord + Hash, V: Debug + Copy + Default + PartialEq + Merge + Numbers> Pack for Sorted<K, V> {
    type Key = K;
    type Tally = V;

    fn of(sorted: &[(K, &V)]) -> Self {
        // Most numbers take a byte.
        let (mut bytes, mut row) = (Vec::with_capacity(sorted.len() * V::WIDTH), Vec::new());
        let end = |(key, tally): &(K, &V)| {
            push(*tally, &mut row, &mut bytes);
            (*key, bytes.len() as u32)
        };
        let keys = sorted.iter().map(end).collect();
        Self { keys, bytes: bytes.into(), of: PhantomData }
    }

    fn iter(&self) -> impl Iterator<Item = (K, V)> + '_ {
        let mut rest = &self.bytes[..];
        self.keys.iter().map(move |(key, _)| (*key, take(&mut rest)))
    }

    fn get(&self, key: K) -> Option<V> {
        let at = self.keys.binary_search_by_key(&key, |(key, _)| *key).ok()?;
        let begin = at.checked_sub(1).map_or(0, |before| self.keys[before].1);
        Some(take(&mut &self.bytes[begin as usize..]))
    }
}
