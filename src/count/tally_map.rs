//! Tallies by key of one group: a map while they are added, and few bytes once the group is counted.
//!
//! Thousands of groups keep their own, and most counts are small: a map takes 60 bytes a key and more, one of the packed
//! forms 6 to 15.

use super::Merge;
use rustc_hash::FxHashMap;
use std::fmt::Debug;
use std::hash::Hash;

/// Tallies in few bytes.
pub trait Pack: Debug + Clone {
    /// What a tally is found by.
    type Key: Debug + Copy + Ord + Hash;
    /// What is added up.
    type Tally: Debug + Clone + Default + PartialEq + Merge;

    /// Of different keys, ascending.
    fn of(sorted: &[(Self::Key, &Self::Tally)]) -> Self;

    /// In the order of the keys.
    fn iter(&self) -> impl Iterator<Item = (Self::Key, Self::Tally)> + '_;

    /// The tally of a key. Where a form has no quicker way, this takes as long as going through it.
    fn get(&self, key: Self::Key) -> Option<Self::Tally> {
        self.iter().find(|(of, _)| *of == key).map(|(_, tally)| tally)
    }
}

/// Tallies by key, in one of the packed forms once they are counted.
#[derive(Debug, Clone)]
pub struct TallyMap<P: Pack>(Form<P>);

#[derive(Debug, Clone)]
enum Form<P: Pack> {
    /// While tallies are added.
    Open(FxHashMap<P::Key, P::Tally>),
    Packed {
        number: usize,
        packed: P,
    },
}

impl<P: Pack> Default for TallyMap<P> {
    fn default() -> Self {
        Self(Form::Packed { number: 0, packed: P::of(&[]) })
    }
}

impl<P: Pack> TallyMap<P> {
    /// Tallies of different keys, packed.
    pub(super) fn of<'t>(tallies: impl Iterator<Item = (P::Key, &'t P::Tally)>) -> Self
    where
        P: 't,
    {
        // Only the keys are moved about.
        let mut sorted: Vec<(P::Key, &P::Tally)> = tallies.collect();
        sorted.sort_unstable_by_key(|(key, _)| *key);
        Self(Form::Packed { number: sorted.len(), packed: P::of(&sorted) })
    }

    /// The number of keys.
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Open(map) => map.len(),
            Form::Packed { number, .. } => *number,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, key: P::Key) -> Option<P::Tally> {
        match &self.0 {
            Form::Open(map) => map.get(&key).cloned(),
            Form::Packed { packed, .. } => packed.get(key),
        }
    }

    pub fn contains_key(&self, key: P::Key) -> bool {
        self.get(key).is_some()
    }

    /// Each key once with its tally, in no order that matters.
    pub fn iter(&self) -> impl Iterator<Item = (P::Key, P::Tally)> + '_ {
        let (open, packed) = match &self.0 {
            Form::Open(map) => (Some(map), None),
            Form::Packed { packed, .. } => (None, Some(packed.iter())),
        };
        let open = open.into_iter().flatten().map(|(key, tally)| (*key, tally.clone()));
        open.chain(packed.into_iter().flatten())
    }

    pub fn keys(&self) -> impl Iterator<Item = P::Key> + '_ {
        self.iter().map(|(key, _)| key)
    }

    pub fn values(&self) -> impl Iterator<Item = P::Tally> + '_ {
        self.iter().map(|(_, tally)| tally)
    }

    /// The tally of a key, to be changed; [`TallyMap::pack`] ends it.
    pub(super) fn at(&mut self, key: P::Key) -> &mut P::Tally {
        self.open().entry(key).or_default()
    }

    /// Adds to a tally; [`TallyMap::pack`] ends it.
    pub fn add(&mut self, key: P::Key, more: &P::Tally) {
        self.at(key).merge(more);
    }

    /// Adds to different keys.
    pub(super) fn add_all(&mut self, tallies: &[(P::Key, P::Tally)]) {
        let tallies = tallies.iter().map(|(key, tally)| (*key, tally));
        if self.is_empty() {
            *self = Self::of(tallies);
        } else {
            tallies.for_each(|(key, tally)| self.add(key, tally));
        }
    }

    fn open(&mut self) -> &mut FxHashMap<P::Key, P::Tally> {
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
        if let Form::Open(map) = &self.0 {
            *self = Self::of(map.iter().map(|(key, tally)| (*key, tally)));
        }
    }
}

impl<P: Pack> FromIterator<(P::Key, P::Tally)> for TallyMap<P> {
    fn from_iter<I: IntoIterator<Item = (P::Key, P::Tally)>>(tallies: I) -> Self {
        Self(Form::Open(tallies.into_iter().collect()))
    }
}

impl<P: Pack> PartialEq for TallyMap<P> {
    fn eq(&self, other: &Self) -> bool {
        let of = |tallies: &Self| tallies.iter().collect::<FxHashMap<_, _>>();
        self.len() == other.len() && of(self) == of(other)
    }
}

impl<P: Pack> Merge for TallyMap<P> {
    fn merge(&mut self, other: &Self) {
        let map = self.open();
        other.iter().for_each(|(key, tally)| map.entry(key).or_default().merge(&tally));
    }
}

#[cfg(test)]
mod tests {
    use super::super::{PairTally, Pairs, RoleTally, Tallies, UsageTally, Usages};
    use super::*;
    use crate::id::{AliasId, TermId, VariantId};
    use crate::tag::Entry;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Adds these to none, packs them after some, and compares with a plain map.
    fn is_a_map<P: Pack>(
        mut tallies: TallyMap<P>,
        adds: impl Iterator<Item = ((P::Key, P::Tally), bool)>,
        missing: P::Key,
    ) -> Result<(), TestCaseError> {
        let mut plain = BTreeMap::new();
        for ((key, tally), is_packed) in adds {
            tallies.add(key, &tally);
            plain.entry(key).or_insert_with(P::Tally::default).merge(&tally);
            if is_packed {
                tallies.pack();
            }
        }
        let mut packed = tallies.clone();
        packed.pack();
        prop_assert_eq!(&packed, &tallies);
        for tallies in [&tallies, &packed] {
            prop_assert_eq!(tallies.len(), plain.len());
            for key in plain.keys().chain([&missing]) {
                prop_assert_eq!(tallies.get(*key), plain.get(key).cloned());
            }
        }
        packed.merge(&tallies);
        packed.pack();
        plain.values_mut().for_each(|tally| tally.merge(&tally.clone()));
        prop_assert_eq!(packed.iter().collect::<Vec<_>>(), plain.into_iter().collect::<Vec<_>>());
        Ok(())
    }

    /// Numbers of a key, those of a tally, and whether all is packed then.
    type Add = (u8, u32, [u64; 4], bool);

    fn entry((kind, number): (u8, u32)) -> Entry {
        match kind % 3 {
            0 => Entry::Alias(AliasId(number)),
            1 => Entry::Term(TermId(number)),
            _ => Entry::Variant(VariantId(number)),
        }
    }

    proptest! {
        #[test]
        fn every_packed_form_is_a_map(
            adds in vec((0u8..9, prop_oneof![0u32..9, 0u32..300, any::<u32>()], any::<[u16; 4]>(), any::<bool>()), 0..60),
            firsts in vec(proptest::option::of(("[a-c]", any::<u32>())), 60),
            missing in any::<(u8, u32)>(),
        ) {
            let adds = || adds.iter().map(|(a, b, numbers, is_packed)| (*a, *b, numbers.map(u64::from), *is_packed));
            let missing_pair = (missing.0.into(), missing.1);
            let roles = |(a, b, [n, agent_firm, target_firm, both_firm], is_packed): Add| {
                (((u32::from(a), b), RoleTally { n, agent_firm, target_firm, both_firm }), is_packed)
            };
            is_a_map(Tallies::default(), adds().map(roles), missing_pair)?;
            let pairs = |(a, b, [observed, observed_own, observed_not_own, articles], is_packed): Add| {
                (((a.into(), b), PairTally { observed, observed_own, observed_not_own, articles }), is_packed)
            };
            is_a_map(Pairs::default(), adds().map(pairs), missing_pair)?;
            let usages = |((a, b, [n, n_shadowed, n_refused, articles], is_packed), first): (Add, &Option<(String, u32)>)| {
                let first = first.as_ref().map(|(id, byte)| (id.as_str().into(), u64::from(*byte)));
                ((entry((a, b)), UsageTally { n, n_shadowed, n_refused, articles, first }), is_packed)
            };
            is_a_map(Usages::default(), adds().zip(&firsts).map(usages), entry(missing))?;
        }
    }
}
