//! Integers in decimal, written from the end of a small array to its beginning: no length has to be known before.
//!
//! It must equal `write!("{integer}")`; the test compares them. An integer of five digits takes 100 instructions, 270
//! that way (callgrind).

use super::number::PAIRS;

/// One or several integers; `N` bytes hold the longest of them all, 20 digits each and a comma between two.
#[derive(Debug)]
pub(crate) struct Integers<const N: usize> {
    bytes: [u8; N],
    begin: usize,
}

impl<const N: usize> Integers<N> {
    pub fn of(last: u64) -> Self {
        let mut integers = Self { bytes: [b','; N], begin: N };
        integers.digits(last);
        integers
    }

    /// Writes an integer and a comma before those that are there.
    pub fn before(&mut self, integer: u64) {
        // The array is full of commas.
        self.begin -= 1;
        self.digits(integer);
    }

    fn digits(&mut self, mut integer: u64) {
        while integer >= 100 {
            self.pair(integer % 100);
            integer /= 100;
        }
        if integer >= 10 {
            self.pair(integer);
        } else {
            self.begin -= 1;
            self.bytes[self.begin] = b'0' + integer as u8;
        }
    }

    fn pair(&mut self, below_hundred: u64) {
        self.begin -= 2;
        self.bytes[self.begin..self.begin + 2].copy_from_slice(&PAIRS[below_hundred as usize]);
    }

    /// The bytes with a comma before them; `N` bytes hold it too.
    pub fn after_comma(&self) -> &[u8] {
        &self.bytes[self.begin - 1..]
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes[self.begin..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn integers_are_written_as_the_standard_library_does((first, second, third) in (any::<u64>(), 0..2000u64, prop_oneof![any::<u64>(), Just(u64::MAX)])) {
            let mut written = Integers::<62>::of(third);
            written.before(second);
            written.before(first);
            let expected = format!("{first},{second},{third}");
            prop_assert_eq!(written.bytes(), expected.as_bytes());
        }
    }
}
