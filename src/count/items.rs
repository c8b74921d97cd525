//! The items of one article in few bytes, as its record keeps them.

use super::record::{Item, ItemKey};
use crate::varint;
use std::borrow::Cow;

/// Items by key, ascending; about two bytes each. What follows from one to the next is small, and so are counts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Items<'a> {
    bytes: Cow<'a, [u8]>,
}

impl<'a> Items<'a> {
    /// Those of other items' bytes.
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self { bytes: bytes.into() }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// By key, ascending.
    pub fn iter(&self) -> impl Iterator<Item = Item> + '_ {
        let (mut rest, mut before) = (&self.bytes[..], 0);
        std::iter::from_fn(move || {
            before += varint::take(&mut rest)?;
            let key = key_of(before);
            let n = varint::take(&mut rest)? as u32;
            let n_own = match key {
                ItemKey::Actor(_) => 0,
                ItemKey::Term(_) | ItemKey::Variant(_) => varint::take(&mut rest)? as u32,
            };
            Some(Item { key, n, n_own })
        })
    }
}

impl FromIterator<Item> for Items<'_> {
    /// Of items in any order. Actors are in nobody's voice.
    fn from_iter<I: IntoIterator<Item = Item>>(items: I) -> Self {
        let mut items: Vec<Item> = items.into_iter().collect();
        items.sort_unstable_by_key(|item| item.key);
        let (mut bytes, mut before) = (Vec::with_capacity(items.len() * 3), 0);
        for item in items {
            let number = number_of(item.key);
            varint::push(number - before, &mut bytes);
            before = number;
            varint::push(item.n.into(), &mut bytes);
            match item.key {
                ItemKey::Actor(_) => {}
                ItemKey::Term(_) | ItemKey::Variant(_) => varint::push(item.n_own.into(), &mut bytes),
            }
        }
        Self { bytes: bytes.into() }
    }
}

/// One number for each key, in the order of the keys.
fn number_of(key: ItemKey) -> u64 {
    match key {
        ItemKey::Actor(actor) => actor.into(),
        ItemKey::Term(term) => 1 << 32 | u64::from(term),
        ItemKey::Variant(variant) => 2 << 32 | u64::from(variant),
    }
}

fn key_of(number: u64) -> ItemKey {
    match number >> 32 {
        0 => ItemKey::Actor(number as u32),
        1 => ItemKey::Term(number as u32),
        _ => ItemKey::Variant(number as u32),
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
            items in proptest::collection::vec((0u8..3, prop_oneof![0u32..200, any::<u32>()], any::<u32>(), 0u32..9), 0..50),
        ) {
            let item = |(kind, number, n, n_own): (u8, u32, u32, u32)| match kind {
                0 => Item { key: ItemKey::Actor(number), n, n_own: 0 },
                1 => Item { key: ItemKey::Term(number), n, n_own },
                _ => Item { key: ItemKey::Variant(number), n, n_own },
            };
            let by_key: BTreeMap<ItemKey, Item> = items.into_iter().map(item).map(|item| (item.key, item)).collect();
            let packed: Items<'_> = by_key.values().rev().copied().collect();
            prop_assert_eq!(packed.iter().collect::<Vec<_>>(), by_key.into_values().collect::<Vec<_>>());
        }
    }
}
