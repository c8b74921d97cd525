//! What became of the hits of each entry in one group: about ten bytes each, of which thousands of groups have some hundreds.

use super::UsageTally;
use super::tally_map::{Pack, TallyMap};
use crate::id::{AliasId, TermId, VariantId};
use crate::tag::Entry;
use crate::varint;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// By entry.
pub type Usages = TallyMap<PackedUsages>;

/// Entry by entry, with the ids of the articles that have a first hit.
#[derive(Debug, Clone)]
pub struct PackedUsages {
    bytes: Box<[u8]>,
    ids: Box<[Arc<str>]>,
}

impl Pack for PackedUsages {
    type Key = Entry;
    type Tally = UsageTally;

    fn of(sorted: &[(Entry, &UsageTally)]) -> Self {
        let (mut bytes, mut ids) = (Vec::new(), Vec::new());
        let mut places: FxHashMap<&str, u64> = FxHashMap::default();
        for (entry, tally) in sorted {
            let (kind, number) = number_of(*entry);
            let place = tally.first.as_ref().map_or(0, |(id, _)| {
                *places.entry(id).or_insert_with(|| {
                    ids.push(Arc::clone(id));
                    ids.len() as u64
                })
            });
            let UsageTally { n, n_shadowed, n_refused, articles, .. } = **tally;
            let numbers = [kind, number.into(), n, n_shadowed, n_refused, articles, place];
            let byte = tally.first.as_ref().map(|(_, byte)| *byte);
            numbers.into_iter().chain(byte).for_each(|number| varint::push(number, &mut bytes));
        }
        Self { bytes: bytes.into(), ids: ids.into() }
    }

    fn iter(&self) -> impl Iterator<Item = (Entry, UsageTally)> + '_ {
        let mut rest = &self.bytes[..];
        std::iter::from_fn(move || {
            let mut next = || varint::take(&mut rest);
            let entry = entry_of(next()?, next()? as u32);
            let [n, n_shadowed, n_refused, articles, id] = [next()?, next()?, next()?, next()?, next()?];
            let first = match id.checked_sub(1) {
                Some(id) => Some((Arc::clone(&self.ids[id as usize]), next()?)),
                None => None,
            };
            Some((entry, UsageTally { n, n_shadowed, n_refused, articles, first }))
        })
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
