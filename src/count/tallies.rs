//! The tallies of one kind of item in one group, by key.
//!
//! Of thousands of groups each keeps its own. Once a group is counted they lie sorted in one piece, about 15 bytes each,
//! most of whose counts are small; a map takes a hundred and more.

use super::{Merge, Numbers};
use crate::varint;
use rustc_hash::FxHashMap;
use std::hash::Hash;

/// What a tally is found by.
pub(crate) trait TallyKey: Copy + Ord + Hash + Numbers {}

impl<K: Copy + Ord + Hash + Numbers> TallyKey for K {}

#[derive(Debug, Clone)]
pub struct Tallies<K, V>(Form<K, V>);

#[derive(Debug, Clone)]
enum Form<K, V> {
    /// While tallies are added.
    Open(FxHashMap<K, V>),
    /// By key, ascending, with where the numbers of each end.
    Packed { keys: Box<[(K, u32)]>, bytes: Box<[u8]> },
}

impl<K, V> Default for Tallies<K, V> {
    fn default() -> Self {
        Self(Form::Packed { keys: Box::default(), bytes: Box::default() })
    }
}

#[expect(private_bounds, reason = "no other crate makes keys")]
impl<K: TallyKey, V: Copy + Default + Merge + Numbers> Tallies<K, V> {
    /// The number of keys.
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Open(map) => map.len(),
            Form::Packed { keys, .. } => keys.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, key: K) -> Option<V> {
        match &self.0 {
            Form::Open(map) => map.get(&key).copied(),
            Form::Packed { keys, bytes } => {
                let at = keys.binary_search_by_key(&key, |(key, _)| *key).ok()?;
                let begin = at.checked_sub(1).map_or(0, |before| keys[before].1);
                Some(take(&mut &bytes[begin as usize..]))
            }
        }
    }

    pub fn contains_key(&self, key: K) -> bool {
        match &self.0 {
            Form::Open(map) => map.contains_key(&key),
            Form::Packed { keys, .. } => keys.binary_search_by_key(&key, |(key, _)| *key).is_ok(),
        }
    }

    /// Each key once with its tally, in no order that matters.
    pub fn iter(&self) -> impl Iterator<Item = (K, V)> + '_ {
        let (open, keys, mut rest): (_, &[(K, u32)], &[u8]) = match &self.0 {
            Form::Open(map) => (Some(map), &[], &[]),
            Form::Packed { keys, bytes } => (None, keys, bytes),
        };
        let packed = keys.iter().map(move |(key, _)| (*key, take(&mut rest)));
        open.into_iter().flatten().map(|(key, tally)| (*key, *tally)).chain(packed)
    }

    pub fn keys(&self) -> impl Iterator<Item = K> + '_ {
        self.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl Iterator<Item = V> + '_ {
        self.iter().map(|(_, tally)| tally)
    }

    /// Adds to a tally; [`Tallies::pack`] ends it.
    pub fn add(&mut self, key: K, more: &V) {
        self.open().entry(key).or_default().merge(more);
    }

    fn open(&mut self) -> &mut FxHashMap<K, V> {
        if let Form::Packed { .. } = self.0 {
            self.0 = Form::Open(self.iter().collect());
        }
        match &mut self.0 {
            Form::Open(map) => map,
            Form::Packed { .. } => unreachable!("opened above"),
        }
    }

    /// Puts them into few bytes.
    pub fn pack(&mut self) {
        let Form::Open(map) = &self.0 else { return };
        let mut sorted: Vec<(K, V)> = map.iter().map(|(key, tally)| (*key, *tally)).collect();
        sorted.sort_unstable_by_key(|(key, _)| *key);
        let (mut bytes, mut row) = (Vec::new(), Vec::new());
        let end = |(key, tally): &(K, V)| {
            push(tally, &mut row, &mut bytes);
            (*key, bytes.len() as u32)
        };
        let keys = sorted.iter().map(end).collect();
        self.0 = Form::Packed { keys, bytes: bytes.into() };
    }
}

/// Appends the numbers of a key or a tally; `row` is space that is used again.
pub(super) fn push(of: &impl Numbers, row: &mut Vec<u64>, bytes: &mut Vec<u8>) {
    row.clear();
    of.put(row);
    // Most numbers are one byte each, as they are.
    if row.iter().fold(0, |all, number| all | number) < 0x80 {
        bytes.extend(row.iter().map(|number| *number as u8));
    } else {
        row.iter().for_each(|number| varint::push(*number, bytes));
    }
}

/// Takes from the front what [`push`] has appended.
pub(super) fn take<N: Numbers>(bytes: &mut &[u8]) -> N {
    if let Some((small, rest)) = bytes.split_at_checked(N::WIDTH)
        && small.iter().fold(0, |all, byte| all | byte) < 0x80
    {
        *bytes = rest;
        return N::take(&mut small.iter().map(|byte| u64::from(*byte)));
    }
    N::take(&mut std::iter::from_fn(|| varint::take(bytes)))
}

impl<K: TallyKey, V: Copy + Default + Merge + Numbers + PartialEq> PartialEq for Tallies<K, V> {
    fn eq(&self, other: &Self) -> bool {
        let of = |tallies: &Self| tallies.iter().collect::<FxHashMap<_, _>>();
        self.len() == other.len() && of(self) == of(other)
    }
}

impl<K: TallyKey, V: Copy + Default + Merge + Numbers> Merge for Tallies<K, V> {
    fn merge(&mut self, other: &Self) {
        let map = self.open();
        other.iter().for_each(|(key, tally)| map.entry(key).or_default().merge(&tally));
    }
}

#[cfg(test)]
mod tests {
    use super::super::RoleTally;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn packed_tallies_are_a_map(
            adds in proptest::collection::vec((any::<(u8, u32)>(), any::<[u16; 4]>(), any::<bool>()), 0..60),
            missing in any::<(u8, u32)>(),
        ) {
            let (mut tallies, mut plain) = (Tallies::default(), BTreeMap::new());
            for ((a, b), [n, agent_firm, target_firm, both_firm], is_packed) in adds {
                let [n, agent_firm, target_firm, both_firm] = [n, agent_firm, target_firm, both_firm].map(u64::from);
                let (key, tally) = ((u32::from(a % 4), b % 9), RoleTally { n, agent_firm, target_firm, both_firm });
                tallies.add(key, &tally);
                plain.entry(key).or_insert_with(RoleTally::default).merge(&tally);
                if is_packed {
                    tallies.pack();
                }
            }
            let mut packed = tallies.clone();
            packed.pack();
            prop_assert_eq!(&packed, &tallies);
            for tallies in [&tallies, &packed] {
                prop_assert_eq!(tallies.len(), plain.len());
                for key in plain.keys().copied().chain([(missing.0.into(), missing.1)]) {
                    prop_assert_eq!(tallies.get(key), plain.get(&key).copied());
                    prop_assert_eq!(tallies.contains_key(key), plain.contains_key(&key));
                }
            }
            prop_assert_eq!(packed.iter().collect::<Vec<_>>(), plain.into_iter().collect::<Vec<_>>());
        }
    }
}
