//! The names that a tally counts by, numbered in the order in which they were found, and keys made of them.

use crate::error::Result;
use rustc_hash::FxHashMap;

/// Bits of a name's number in a key.
const BITS: u32 = 21;
/// So many names that a key of three of them fits in 64 bits, here and in a line.
pub(super) const MOST_NAMES: usize = (1 << BITS) - 1;

/// Up to three names in one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct NameKey(u64);

impl NameKey {
    pub fn new(names: &[u32]) -> Self {
        Self(names.iter().fold(0, |key, name| key << BITS | u64::from(*name)))
    }

    /// The names of a key of `N`.
    pub fn names<const N: usize>(self) -> [u32; N] {
        let mut names = [0; N];
        let mut rest = self.0;
        for name in names.iter_mut().rev() {
            *name = (rest & MOST_NAMES as u64) as u32;
            rest >>= BITS;
        }
        names
    }

    /// The same key by other numbers.
    pub fn renamed(self, arity: usize, numbers: &[u32]) -> Self {
        match arity {
            1 => Self(u64::from(numbers[self.0 as usize])),
            2 => Self::new(&self.names::<2>().map(|name| numbers[name as usize])),
            _ => Self::new(&self.names::<3>().map(|name| numbers[name as usize])),
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct NameTable {
    names: Vec<Box<str>>,
    numbers: FxHashMap<Box<str>, u32>,
}

impl NameTable {
    /// The number of a name, given to it now if it is new.
    ///
    /// # Errors
    /// More names than keys can tell apart.
    pub fn number(&mut self, name: &str) -> Result<u32> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        if self.names.len() == MOST_NAMES {
            return Err(super::names::broken(format!("more than {MOST_NAMES} different names")));
        }
        let number = self.names.len() as u32;
        self.names.push(name.into());
        self.numbers.insert(name.into(), number);
        Ok(number)
    }

    pub fn known(&self, name: &str) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    pub fn name(&self, number: u32) -> &str {
        &self.names[number as usize]
    }

    /// The numbers of the names of another table, given to them here.
    ///
    /// # Errors
    /// More names than keys can tell apart.
    pub fn absorb(&mut self, other: &Self) -> Result<Vec<u32>> {
        other.names.iter().map(|name| self.number(name)).collect()
    }

    /// The numbers by name, and of each number its place among them.
    pub fn sorted(&self) -> (Vec<u32>, Vec<u32>) {
        let mut order: Vec<u32> = (0..self.names.len() as u32).collect();
        order.sort_unstable_by(|a, b| self.names[*a as usize].cmp(&self.names[*b as usize]));
        let mut places = vec![0; order.len()];
        for (place, number) in order.iter().enumerate() {
            places[*number as usize] = place as u32;
        }
        (order, places)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_hold_the_largest_numbers_apart() {
        let most = MOST_NAMES as u32;
        assert_eq!(NameKey::new(&[most, 0, most]).names::<3>(), [most, 0, most]);
        assert_eq!(NameKey::new(&[7, most]).names::<2>(), [7, most]);
        assert!(NameKey::new(&[1, 0]) > NameKey::new(&[0, most]));
        assert_eq!(NameKey::new(&[0, 2]).renamed(2, &[5, 6, 7]), NameKey::new(&[5, 7]));
    }
}
