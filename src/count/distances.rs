//! Tallies that are only gone through, never looked up: of each key the distance from the one before it. Of thousands of
//! groups the pairs are most of what is kept, at about six bytes each; a word takes three or four.

use super::sums::{push, take};
use super::tally_map::Pack;
use super::{Merge, Numbers};
use crate::varint;
use std::fmt::Debug;
use std::hash::Hash;
use std::marker::PhantomData;

/// A key in the form of its distance from one that is not larger.
pub trait DistanceKey: Debug + Copy + Ord + Hash + Default {
    fn push_after(self, before: Self, bytes: &mut Vec<u8>);

    /// `None` at the end.
    fn take_after(before: Self, bytes: &mut &[u8]) -> Option<Self>;
}

impl DistanceKey for u32 {
    fn push_after(self, before: Self, bytes: &mut Vec<u8>) {
        varint::push((self - before).into(), bytes);
    }

    fn take_after(before: Self, bytes: &mut &[u8]) -> Option<Self> {
        Some(before + varint::take(bytes)? as Self)
    }
}

impl DistanceKey for (u32, u32) {
    fn push_after(self, before: Self, bytes: &mut Vec<u8>) {
        self.0.push_after(before.0, bytes);
        self.1.push_after(if self.0 > before.0 { 0 } else { before.1 }, bytes);
    }

    fn take_after(before: Self, bytes: &mut &[u8]) -> Option<Self> {
        let a = u32::take_after(before.0, bytes)?;
        Some((a, u32::take_after(if a > before.0 { 0 } else { before.1 }, bytes)?))
    }
}

/// Key by key, ascending: its distance from the one before it, and its tally.
#[derive(Debug, Clone)]
pub struct Distances<K, V> {
    bytes: Box<[u8]>,
    of: PhantomData<(K, V)>,
}

impl<K: DistanceKey, V: Debug + Copy + Default + PartialEq + Merge + Numbers> Pack for Distances<K, V> {
    type Key = K;
    type Tally = V;

    fn of(sorted: &[(K, &V)]) -> Self {
        // Most numbers take a byte.
        let mut bytes = Vec::with_capacity(sorted.len() * (2 + V::WIDTH));
        let (mut before, mut row) = (K::default(), Vec::new());
        for (key, tally) in sorted {
            key.push_after(before, &mut bytes);
            push(*tally, &mut row, &mut bytes);
            before = *key;
        }
        Self { bytes: bytes.into(), of: PhantomData }
    }

    fn iter(&self) -> impl Iterator<Item = (K, V)> + '_ {
        let (mut rest, mut before) = (&self.bytes[..], K::default());
        std::iter::from_fn(move || {
            before = K::take_after(before, &mut rest)?;
            Some((before, take(&mut rest)))
        })
    }
}
