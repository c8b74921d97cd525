//! The items of one article in few bytes, as its record keeps them.

use super::record::{HitCounts, ItemKey, ItemRecord};
use crate::varint;
use std::borrow::Cow;

/// Items by key, ascending; about two bytes each. What follows from one to the next is small, and so are counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PackedItems<'a> {
    bytes: Cow<'a, [u8]>,
}

impl<'a> PackedItems<'a> {
    /// Those of other items' bytes.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes: bytes.into() }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// By key, ascending.
    pub fn iter(&self) -> impl Iterator<Item = ItemRecord> + '_ {
        let (mut rest, mut before) = (&self.bytes[..], 0);
        std::iter::from_fn(move || {
            before += varint::take(&mut rest)?;
            let key = key_of(before);
            let counts = if has_kinds(key) {
                HitCounts::take(&mut rest)?
            } else {
                HitCounts::hits(varint::take(&mut rest)? as u32)
            };
            Some(ItemRecord { key, counts })
        })
    }
}

impl FromIterator<ItemRecord> for PackedItems<'_> {
    /// Of items in any order. Actors have no voice.
    fn from_iter<I: IntoIterator<Item = ItemRecord>>(items: I) -> Self {
        let mut items: Vec<ItemRecord> = items.into_iter().collect();
        items.sort_unstable_by_key(|item| item.key);
        let (mut bytes, mut before) = (Vec::with_capacity(items.len() * 3), 0);
        for item in items {
            let number = number_of(item.key);
            varint::push(number - before, &mut bytes);
            before = number;
            if has_kinds(item.key) {
                item.counts.push(&mut bytes);
            } else {
                varint::push(item.n().into(), &mut bytes);
            }
        }
        Self { bytes: bytes.into() }
    }
}

/// Actors have no voice, and of targets all hits count.
fn has_kinds(key: ItemKey) -> bool {
    match key {
        ItemKey::Actor(_) | ItemKey::Target { .. } => false,
        ItemKey::Term(_) | ItemKey::Variant(_) | ItemKey::Speaker(_) => true,
    }
}

/// Bits of an actor's number in the key of a target.
const ACTOR_BITS: u32 = 28;

/// One number for each key, in the order of the keys.
fn number_of(key: ItemKey) -> u64 {
    match key {
        ItemKey::Actor(actor) => actor.into(),
        ItemKey::Term(term) => 1 << 32 | u64::from(term),
        ItemKey::Variant(variant) => 2 << 32 | u64::from(variant),
        ItemKey::Speaker(speaker) => 3 << 32 | u64::from(speaker),
        ItemKey::Target { frame, actor } => (4 << 32) + (u64::from(frame) << ACTOR_BITS) + u64::from(actor),
    }
}

fn key_of(number: u64) -> ItemKey {
    match number >> 32 {
        0 => ItemKey::Actor(number as u32),
        1 => ItemKey::Term(number as u32),
        2 => ItemKey::Variant(number as u32),
        3 => ItemKey::Speaker(number as u32),
        _ => {
            let number = number - (4 << 32);
            let actor = number & ((1 << ACTOR_BITS) - 1);
            ItemKey::Target { frame: (number >> ACTOR_BITS) as u32, actor: actor as u32 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn items_come_back_by_key(
            items in proptest::collection::vec(
                (0u8..5, prop_oneof![0u32..200, any::<u32>()], any::<u32>(), proptest::collection::vec(0u32..3, 8)),
                0..50,
            ),
        ) {
            let item = |(kind, number, n, kinds): (u8, u32, u32, Vec<u32>)| {
                let mut counts = HitCounts::hits(n);
                let key = match kind {
                    0 => ItemKey::Actor(number),
                    1 => ItemKey::Term(number),
                    2 => ItemKey::Variant(number),
                    3 => ItemKey::Speaker(number),
                    _ => ItemKey::Target { frame: number, actor: number >> 4 },
                };
                if has_kinds(key) {
                    counts.0[1..].iter_mut().zip(kinds).for_each(|(count, kind)| *count = kind.min(n));
                }
                ItemRecord { key, counts }
            };
            let by_key: BTreeMap<ItemKey, ItemRecord> = items.into_iter().map(item).map(|item| (item.key, item)).collect();
            let packed: PackedItems<'_> = by_key.values().rev().copied().collect();
            prop_assert_eq!(packed.iter().collect::<Vec<_>>(), by_key.into_values().collect::<Vec<_>>());
        }
    }
}
