//! Counts that are added up field by field; those of one thing are a row of numbers in a tally.

use super::Merge;
use crate::codebook::Force;
use crate::varint;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

/// Declares counts whose fields are merged one by one.
macro_rules! merged {
    ($(#[$meta:meta])* pub struct $type:ident { $($(#[$about:meta])* pub $field:ident: $kind:ty,)* }) => {
        $(#[$meta])*
        pub struct $type { $($(#[$about])* pub $field: $kind,)* }

        impl crate::count::Merge for $type {
            fn merge(&mut self, other: &Self) {
                $(crate::count::Merge::merge(&mut self.$field, &other.$field);)*
            }
        }
    };
}

/// Declares the counts of one thing, whose fields are [`Numbers`].
macro_rules! numbers {
    ($(#[$meta:meta])* pub struct $type:ident { $($(#[$about:meta])* pub $field:ident: $kind:ty,)* }) => {
        crate::count::sums::merged! {
            $(#[$meta])*
            #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
            pub struct $type { $($(#[$about])* pub $field: $kind,)* }
        }

        impl crate::count::Numbers for $type {
            const WIDTH: usize = 0 $(+ <$kind as crate::count::Numbers>::WIDTH)*;

            fn put(&self, into: &mut Vec<u64>) {
                $(self.$field.put(into);)*
            }

            fn take(from: &mut impl Iterator<Item = u64>) -> Self {
                Self { $($field: crate::count::Numbers::take(from),)* }
            }
        }
    };
}

pub(super) use {merged, numbers};

/// A row of numbers, in the order of the fields.
pub(crate) trait Numbers: Sized {
    const WIDTH: usize;

    fn put(&self, into: &mut Vec<u64>);

    /// Numbers that are missing are 0.
    fn take(from: &mut impl Iterator<Item = u64>) -> Self;

    fn of_row(row: &[u64]) -> Self {
        Self::take(&mut row.iter().copied())
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

impl Numbers for u64 {
    const WIDTH: usize = 1;

    fn put(&self, into: &mut Vec<u64>) {
        into.push(*self);
    }

    fn take(from: &mut impl Iterator<Item = u64>) -> Self {
        from.next().unwrap_or_default()
    }
}

impl Numbers for u32 {
    const WIDTH: usize = 1;

    fn put(&self, into: &mut Vec<u64>) {
        into.push((*self).into());
    }

    fn take(from: &mut impl Iterator<Item = u64>) -> Self {
        u64::take(from) as Self
    }
}

impl Numbers for Force {
    const WIDTH: usize = 1;

    fn put(&self, into: &mut Vec<u64>) {
        into.push(*self as u64);
    }

    fn take(from: &mut impl Iterator<Item = u64>) -> Self {
        Self::ALL[u64::take(from) as usize]
    }
}

impl<A: Numbers, B: Numbers> Numbers for (A, B) {
    const WIDTH: usize = A::WIDTH + B::WIDTH;

    fn put(&self, into: &mut Vec<u64>) {
        self.0.put(into);
        self.1.put(into);
    }

    fn take(from: &mut impl Iterator<Item = u64>) -> Self {
        (A::take(from), B::take(from))
    }
}

impl<A: Numbers, B: Numbers, C: Numbers> Numbers for (A, B, C) {
    const WIDTH: usize = A::WIDTH + B::WIDTH + C::WIDTH;

    fn put(&self, into: &mut Vec<u64>) {
        self.0.put(into);
        self.1.put(into);
        self.2.put(into);
    }

    fn take(from: &mut impl Iterator<Item = u64>) -> Self {
        (A::take(from), B::take(from), C::take(from))
    }
}

impl<const N: usize> Numbers for [u64; N] {
    const WIDTH: usize = N;

    fn put(&self, into: &mut Vec<u64>) {
        into.extend(self);
    }

    fn take(from: &mut impl Iterator<Item = u64>) -> Self {
        std::array::from_fn(|_| u64::take(from))
    }
}

impl Merge for u64 {
    fn merge(&mut self, other: &Self) {
        *self += other;
    }
}

impl<const N: usize> Merge for [u64; N] {
    fn merge(&mut self, other: &Self) {
        self.iter_mut().zip(other).for_each(|(into, from)| *into += from);
    }
}

/// The values of the same key are merged.
impl<K: Copy + Eq + Hash, V: Merge + Clone> Merge for FxHashMap<K, V> {
    fn merge(&mut self, other: &Self) {
        for (key, value) in other {
            match self.entry(*key) {
                Entry::Occupied(mut entry) => entry.get_mut().merge(value),
                Entry::Vacant(entry) => {
                    entry.insert(value.clone());
                }
            }
        }
    }
}

impl<K: Copy + Ord, V: Merge + Default> Merge for std::collections::BTreeMap<K, V> {
    fn merge(&mut self, other: &Self) {
        for (key, value) in other {
            self.entry(*key).or_default().merge(value);
        }
    }
}
