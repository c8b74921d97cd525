//! A set of positions, one bit a byte of the view.
//!
//! It must equal a plain vector of truth values; the test compares them.

use crate::span::NormSpan;

/// Bits in `u64` words. Reading beyond the end gives unset bits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// Makes space for `len` bits, all unset. Keeps the allocation.
    pub fn reset(&mut self, len: usize) {
        self.words.clear();
        self.words.resize(len.div_ceil(64), 0);
    }

    pub fn words(&self) -> &[u64] {
        &self.words
    }

    pub fn words_mut(&mut self) -> &mut [u64] {
        &mut self.words
    }

    pub fn get(&self, at: usize) -> bool {
        self.words.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1)
    }

    /// Sets a bit, growing as needed.
    pub fn set(&mut self, at: usize) {
        if at / 64 >= self.words.len() {
            self.words.resize(at / 64 + 1, 0);
        }
        self.words[at / 64] |= 1 << (at % 64);
    }

    pub fn unset(&mut self, at: usize) {
        if let Some(word) = self.words.get_mut(at / 64) {
            *word &= !(1 << (at % 64));
        }
    }

    /// Takes stretches of positions out of the first `len` bits, in their order; the space stays as it is.
    pub fn cut(&mut self, stretches: &[NormSpan], len: usize) {
        let Some(first) = stretches.first() else { return };
        let set: Vec<usize> = self.iter(first.start as usize, len).collect();
        for at in &set {
            self.unset(*at);
        }
        let (mut rest, mut removed) = (stretches, 0);
        for at in set {
            while let Some((stretch, behind)) = rest.split_first()
                && stretch.end as usize <= at
            {
                removed += stretch.len();
                rest = behind;
            }
            if rest.first().is_none_or(|stretch| (stretch.start as usize) > at) {
                self.set(at - removed);
            }
        }
    }

    /// The 64 bits that begin at `at`, the first of them lowest.
    pub fn window(&self, at: usize) -> u64 {
        let (index, shift) = (at / 64, at % 64);
        let low = self.words.get(index).copied().unwrap_or(0) >> shift;
        if shift == 0 { low } else { low | self.words.get(index + 1).copied().unwrap_or(0) << (64 - shift) }
    }

    /// Sets those of the 64 bits beginning at `at` that are set in `bits`, which must lie within the space made.
    pub fn set_window(&mut self, at: usize, bits: u64) {
        let (index, shift) = (at / 64, at % 64);
        if bits << shift != 0 {
            self.words[index] |= bits << shift;
        }
        if shift > 0 && bits >> (64 - shift) != 0 {
            self.words[index + 1] |= bits >> (64 - shift);
        }
    }

    /// How many bits are set from `at` on without a gap.
    pub fn run_from(&self, at: usize) -> usize {
        let mut total = 0;
        loop {
            let ones = (!self.window(at + total)).trailing_zeros() as usize;
            total += ones;
            if ones < 64 {
                return total;
            }
        }
    }

    /// The first set bit at or after `at` and before `end`.
    pub fn next(&self, at: usize, end: usize) -> Option<usize> {
        let mut index = at / 64;
        let mut word = self.words.get(index)? & (!0 << (at % 64));
        loop {
            if word != 0 {
                let found = index * 64 + word.trailing_zeros() as usize;
                return (found < end).then_some(found);
            }
            index += 1;
            if index * 64 >= end {
                return None;
            }
            word = *self.words.get(index)?;
        }
    }

    /// The last set bit before `end` and at or after `start`.
    pub fn previous(&self, start: usize, end: usize) -> Option<usize> {
        let end = end.min(self.words.len() * 64);
        if end <= start {
            return None;
        }
        let mut index = (end - 1) / 64;
        let mut word = self.words[index] & (!0 >> (63 - (end - 1) % 64));
        loop {
            if word != 0 {
                let found = index * 64 + 63 - word.leading_zeros() as usize;
                return (found >= start).then_some(found);
            }
            if index == 0 || index * 64 <= start {
                return None;
            }
            index -= 1;
            word = self.words[index];
        }
    }

    /// How many bits are set in `start..end`.
    pub fn count(&self, start: usize, end: usize) -> usize {
        let end = end.min(self.words.len() * 64);
        if end <= start {
            return 0;
        }
        let (first, last) = (start / 64, (end - 1) / 64);
        let head = !0u64 << (start % 64);
        let tail = !0u64 >> (63 - (end - 1) % 64);
        if first == last {
            return (self.words[first] & head & tail).count_ones() as usize;
        }
        let middle: u32 = self.words[first + 1..last].iter().map(|word| word.count_ones()).sum();
        ((self.words[first] & head).count_ones() + middle + (self.words[last] & tail).count_ones()) as usize
    }

    /// The set bits in `start..end`, ascending.
    pub fn iter(&self, start: usize, end: usize) -> Ones<'_> {
        let end = end.min(self.words.len() * 64);
        let words = self.words.get(start / 64..end.div_ceil(64)).unwrap_or_default();
        let left = words.first().map_or(0, |word| word & !0 << (start % 64));
        Ones { words, left, base: start - start % 64, end }
    }
}

/// See [`Bits::iter`].
#[derive(Debug, Clone)]
pub struct Ones<'b> {
    /// The present word and those after it.
    words: &'b [u64],
    /// Bits of the present word that are still to come.
    left: u64,
    base: usize,
    end: usize,
}

impl Iterator for Ones<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            self.words = self.words.get(1..)?;
            self.left = *self.words.first()?;
            self.base += 64;
        }
        let at = self.base + self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        (at < self.end).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bits_agree_with_a_plain_vector(set in proptest::collection::vec(any::<bool>(), 0..300), a in 0usize..310, b in 0usize..310) {
            let mut bits = Bits::default();
            bits.reset(set.len());
            for (at, _) in set.iter().enumerate().filter(|(_, on)| **on) {
                bits.set(at);
            }
            let on = |at: &usize| set.get(*at).copied().unwrap_or(false);
            let (a, b) = (a.min(b), a.max(b));
            prop_assert_eq!(bits.count(a, b), (a..b).filter(|at| on(at)).count());
            prop_assert_eq!(bits.next(a, b), (a..b).find(|at| on(at)));
            prop_assert_eq!(bits.previous(a, b), (a..b).rev().find(|at| on(at)));
            prop_assert_eq!(bits.iter(a, b).collect::<Vec<_>>(), (a..b).filter(|at| on(at)).collect::<Vec<_>>());
            let mut window = Bits::default();
            window.reset(400);
            window.set_window(a, bits.window(a));
            prop_assert_eq!(window.iter(0, 400).collect::<Vec<_>>(), (a..a + 64).filter(|at| on(at)).collect::<Vec<_>>());
            prop_assert_eq!(bits.run_from(a), (a..).take_while(|at| on(at)).count());
            for at in a..b {
                prop_assert_eq!(bits.window(a) >> (at - a).min(63) & 1 == 1, on(&(a + (at - a).min(63))));
            }
        }
    }
}
