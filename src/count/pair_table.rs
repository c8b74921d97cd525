//! A value for each unordered pair of small numbers.

use rustc_hash::FxHashMap;

/// Pairs of numbers below this lie in the table, others in a map.
const SIDE: u32 = 128;

/// Half of a square table, row by row as far as it is used, and a map for large numbers. Things are numbered as they
/// come, so that the frequent ones lie in the table.
#[derive(Debug, Clone)]
pub(super) struct PairTable<T> {
    table: Vec<T>,
    sparse: FxHashMap<(u32, u32), T>,
}

impl<T> Default for PairTable<T> {
    fn default() -> Self {
        Self { table: Vec::new(), sparse: FxHashMap::default() }
    }
}

impl<T: Copy + Default> PairTable<T> {
    /// The value of two different numbers.
    #[inline]
    pub fn at(&mut self, a: u32, b: u32) -> &mut T {
        let (small, large) = (a.min(b), a.max(b));
        if large >= SIDE {
            return self.sparse.entry((small, large)).or_default();
        }
        let index = row(large) + small as usize;
        if index >= self.table.len() {
            self.table.resize(row(large + 1), T::default());
        }
        &mut self.table[index]
    }

    /// The pairs with their values, the smaller number first; values that were never touched too.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32, &T)> {
        let pairs = (0..SIDE).flat_map(|large| (0..large).map(move |small| (small, large)));
        let table = pairs.zip(&self.table).map(|((small, large), value)| (small, large, value));
        table.chain(self.sparse.iter().map(|((small, large), value)| (*small, *large, value)))
    }

    /// Forgets all values and keeps the memory.
    pub fn clear(&mut self) {
        self.table.clear();
        self.sparse.clear();
    }
}

/// Where the row of a number begins: before it lie the pairs of all smaller ones.
fn row(large: u32) -> usize {
    let large = large as usize;
    large * large.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn a_pair_table_is_a_map_of_unordered_pairs(pairs in proptest::collection::vec((0u32..300, 0u32..300), 0..200)) {
            let (mut table, mut map) = (PairTable::<u32>::default(), BTreeMap::new());
            for (a, b) in pairs.into_iter().filter(|(a, b)| a != b) {
                *table.at(a, b) += 1;
                *map.entry((a.min(b), a.max(b))).or_insert(0u32) += 1;
            }
            let got: BTreeMap<(u32, u32), u32> =
                table.iter().filter(|(_, _, n)| **n > 0).map(|(a, b, n)| ((a, b), *n)).collect();
            prop_assert_eq!(got, map);
            table.clear();
            prop_assert_eq!(*table.at(1, 0), 0);
        }
    }
}
