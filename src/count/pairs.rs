//! The pairs of one coding unit in one group, each with its tally.
//!
//! Every group keeps those that it has, and of thousands of groups they are most of what is kept: once a group is counted
//! they lie in one piece, sorted, about six bytes each. A map takes 60.

use super::unit::PairTally;
use super::{Merge, Numbers};
use crate::varint;
use rustc_hash::FxHashMap;

/// Two numbers; of two things of one kind the smaller one first.
pub type PairKey = (u32, u32);

#[derive(Debug, Clone)]
pub struct Pairs(Form);

#[derive(Debug, Clone)]
enum Form {
    /// While pairs are added.
    Open(FxHashMap<PairKey, PairTally>),
    /// By key, ascending: of each pair the distance from the one before it, and its tally.
    Packed { bytes: Box<[u8]>, number: usize },
}

impl Default for Pairs {
    fn default() -> Self {
        Self(Form::Packed { bytes: Box::default(), number: 0 })
    }
}

impl Pairs {
    /// The number of pairs.
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Open(map) => map.len(),
            Form::Packed { number, .. } => *number,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Each pair once, in no order that matters.
    pub fn iter(&self) -> impl Iterator<Item = (PairKey, PairTally)> + '_ {
        let (open, mut rest): (_, &[u8]) = match &self.0 {
            Form::Open(map) => (Some(map), &[]),
            Form::Packed { bytes, .. } => (None, bytes),
        };
        let (mut a, mut b) = (0, 0);
        let packed = std::iter::from_fn(move || {
            let more = varint::take(&mut rest)? as u32;
            b = if more > 0 { 0 } else { b } + varint::take(&mut rest)? as u32;
            a += more;
            let mut numbers = std::iter::from_fn(|| varint::take(&mut rest));
            Some(((a, b), PairTally::take(&mut numbers)))
        });
        open.into_iter().flatten().map(|(key, tally)| (*key, *tally)).chain(packed)
    }

    /// The tally of a pair, to be changed; [`Pairs::pack`] ends it.
    pub(super) fn at(&mut self, key: PairKey) -> &mut PairTally {
        self.open().entry(key).or_default()
    }

    /// Adds to a pair.
    pub fn add(&mut self, key: PairKey, more: &PairTally) {
        self.at(key).merge(more);
    }

    /// Adds different pairs.
    pub(super) fn add_all(&mut self, pairs: &[(PairKey, PairTally)]) {
        if self.is_empty() {
            *self = Self::of(pairs);
        } else {
            pairs.iter().for_each(|(key, tally)| self.add(*key, tally));
        }
    }

    fn open(&mut self) -> &mut FxHashMap<PairKey, PairTally> {
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
        *self = Self::of(&map.iter().map(|(key, tally)| (*key, *tally)).collect::<Vec<_>>());
    }

    /// Different pairs, packed.
    pub(super) fn of(pairs: &[(PairKey, PairTally)]) -> Self {
        // Only the keys are moved about.
        let order = |(at, ((a, b), _)): (usize, &(PairKey, PairTally))| (u64::from(*a) << 32 | u64::from(*b), at);
        let mut sorted: Vec<(u64, usize)> = pairs.iter().enumerate().map(order).collect();
        sorted.sort_unstable_by_key(|(key, _)| *key);
        let (mut bytes, mut before, mut row) = (Vec::new(), (0, 0), Vec::new());
        for ((a, b), tally) in sorted.iter().map(|(_, at)| &pairs[*at]) {
            let more = a - before.0;
            varint::push(more.into(), &mut bytes);
            varint::push((if more > 0 { *b } else { b - before.1 }).into(), &mut bytes);
            row.clear();
            tally.put(&mut row);
            row.iter().for_each(|number| varint::push(*number, &mut bytes));
            before = (*a, *b);
        }
        Self(Form::Packed { number: pairs.len(), bytes: bytes.into() })
    }
}

impl PartialEq for Pairs {
    fn eq(&self, other: &Self) -> bool {
        let of = |pairs: &Self| pairs.iter().collect::<FxHashMap<_, _>>();
        self.len() == other.len() && of(self) == of(other)
    }
}

impl Merge for Pairs {
    fn merge(&mut self, other: &Self) {
        let map = self.open();
        other.iter().for_each(|(key, tally)| map.entry(key).or_default().merge(&tally));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn packed_pairs_are_a_map(
            adds in proptest::collection::vec(((0u32..9, prop_oneof![0u32..300, any::<u32>()]), any::<[u16; 4]>(), any::<bool>()), 0..60),
        ) {
            let (mut pairs, mut plain) = (Pairs::default(), BTreeMap::new());
            for (key, numbers, is_packed) in adds {
                let [observed, observed_own, observed_not_own, articles] = numbers.map(u64::from);
                let tally = PairTally { observed, observed_own, observed_not_own, articles };
                pairs.add(key, &tally);
                plain.entry(key).or_insert_with(PairTally::default).merge(&tally);
                if is_packed {
                    pairs.pack();
                }
            }
            let mut packed = pairs.clone();
            packed.pack();
            prop_assert_eq!(&pairs, &packed);
            prop_assert_eq!(packed.len(), plain.len());
            prop_assert_eq!(packed.iter().collect::<Vec<_>>(), plain.into_iter().collect::<Vec<_>>());
            let mut twice = packed.clone();
            twice.merge(&pairs);
            let halves: BTreeMap<PairKey, PairTally> = packed.iter().collect();
            prop_assert_eq!(twice.len(), halves.len());
            for (key, tally) in twice.iter() {
                prop_assert_eq!(tally.observed, halves[&key].observed * 2);
            }
        }
    }
}
