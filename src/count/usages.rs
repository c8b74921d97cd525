//! What became of the hits of each entry in one group, by entry. Once a group is counted they lie in one piece, about
//! ten bytes each: thousands of groups have some hundreds of entries.

use super::{Merge, UsageTally};
use crate::id::{AliasId, TermId, VariantId};
use crate::tag::Entry;
use crate::varint;
use rustc_hash::FxHashMap;
use std::sync::Arc;

#[derive(Debug, Clone)]
pub struct Usages(Form);

#[derive(Debug, Clone)]
enum Form {
    /// While tallies are added.
    Open(FxHashMap<Entry, UsageTally>),
    /// Entry by entry, with the ids of the articles that have a first hit.
    Packed { bytes: Box<[u8]>, ids: Box<[Arc<str>]> },
}

impl Default for Usages {
    fn default() -> Self {
        Self(Form::Packed { bytes: Box::default(), ids: Box::default() })
    }
}

impl Usages {
    /// Each entry once, in no order that matters.
    pub fn iter(&self) -> impl Iterator<Item = (Entry, UsageTally)> + '_ {
        let (open, mut rest, ids): (_, &[u8], &[Arc<str>]) = match &self.0 {
            Form::Open(map) => (Some(map), &[], &[]),
            Form::Packed { bytes, ids } => (None, bytes, ids),
        };
        let packed = std::iter::from_fn(move || {
            let mut next = || varint::take(&mut rest);
            let entry = entry_of(next()?, next()? as u32);
            let [n, n_shadowed, n_refused, articles, id] = [next()?, next()?, next()?, next()?, next()?];
            let first = match id.checked_sub(1) {
                Some(id) => Some((Arc::clone(&ids[id as usize]), next()?)),
                None => None,
            };
            Some((entry, UsageTally { n, n_shadowed, n_refused, articles, first }))
        });
        open.into_iter().flatten().map(|(entry, tally)| (*entry, tally.clone())).chain(packed)
    }

    /// Adds to a tally; [`Usages::pack`] ends it.
    pub fn add(&mut self, entry: Entry, more: &UsageTally) {
        self.open().entry(entry).or_default().merge(more);
    }

    fn open(&mut self) -> &mut FxHashMap<Entry, UsageTally> {
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
        let (mut bytes, mut ids) = (Vec::new(), Vec::new());
        let mut places: FxHashMap<&str, u64> = FxHashMap::default();
        for (entry, tally) in map {
            let (kind, number) = number_of(*entry);
            let place = tally.first.as_ref().map_or(0, |(id, _)| {
                *places.entry(id).or_insert_with(|| {
                    ids.push(Arc::clone(id));
                    ids.len() as u64
                })
            });
            let UsageTally { n, n_shadowed, n_refused, articles, .. } = *tally;
            let numbers = [kind, number.into(), n, n_shadowed, n_refused, articles, place];
            let byte = tally.first.as_ref().map(|(_, byte)| *byte);
            numbers.into_iter().chain(byte).for_each(|number| varint::push(number, &mut bytes));
        }
        self.0 = Form::Packed { bytes: bytes.into(), ids: ids.into() };
    }
}

fn number_of(entry: Entry) -> (u64, u32) {
    match entry {
        Entry::Alias(alias) => (0, alias.0),
        Entry::Term(term) => (1, term.0),
        Entry::Variant(variant) => (2, variant.0),
    }
}

fn entry_of(kind: u64, number: u32) -> Entry {
    match kind {
        0 => Entry::Alias(AliasId(number)),
        1 => Entry::Term(TermId(number)),
        _ => Entry::Variant(VariantId(number)),
    }
}

impl FromIterator<(Entry, UsageTally)> for Usages {
    fn from_iter<I: IntoIterator<Item = (Entry, UsageTally)>>(tallies: I) -> Self {
        Self(Form::Open(tallies.into_iter().collect()))
    }
}

impl PartialEq for Usages {
    fn eq(&self, other: &Self) -> bool {
        let of = |usages: &Self| usages.iter().collect::<FxHashMap<_, _>>();
        of(self) == of(other)
    }
}

impl Merge for Usages {
    fn merge(&mut self, other: &Self) {
        let map = self.open();
        other.iter().for_each(|(entry, tally)| map.entry(entry).or_default().merge(&tally));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn packed_usages_are_a_map(
            adds in proptest::collection::vec((0u64..3, 0u32..200, any::<[u16; 4]>(), proptest::option::of(("[a-c]", any::<u32>()))), 0..60),
        ) {
            let (mut usages, mut plain) = (Usages::default(), FxHashMap::default());
            for (kind, number, [n, n_shadowed, n_refused, articles], first) in adds {
                let [n, n_shadowed, n_refused, articles] = [n, n_shadowed, n_refused, articles].map(u64::from);
                let first = first.map(|(id, byte)| (id.into(), u64::from(byte)));
                let tally = UsageTally { n, n_shadowed, n_refused, articles, first };
                usages.add(entry_of(kind, number), &tally);
                plain.entry(entry_of(kind, number)).or_insert_with(UsageTally::default).merge(&tally);
            }
            let mut packed = usages.clone();
            packed.pack();
            prop_assert_eq!(&packed, &usages);
            prop_assert_eq!(packed.iter().collect::<FxHashMap<_, _>>(), plain);
        }
    }
}
