//! A quick look at a word: may any key begin with it?
//!
//! Each key is known by the first bytes of its text, its head, and each word of a text is looked up by two heads it may
//! share with a key:
//!
//! | the key's first word | its head | looked up for words |
//! |---|---|---|
//! | longer than three letters | the word, eight bytes of it at most | of any length, by as much of them |
//! | short, the key of six bytes or more ("the West") | six bytes | that are short, by six bytes |
//! | short, the key too ("EU") | the word | of any length, by as much of them |
//! | the key ends inside a word (`separatis*`) | three bytes | that are longer than three letters, by three bytes |

use super::pattern::Tail;
use crate::normalise::Bits;

/// Words of up to so many letters are short; a key that ends inside a word has at least as many.
const SHORT: usize = 3;
/// What a short word is looked up by, together with what follows.
const LONG_HEAD: usize = 6;
/// Bits of the filter for each key: one in sixteen heads that are no key's is let pass.
const BITS_PER_KEY: usize = 16;

/// A set of hashed heads.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    bits: Vec<u64>,
    /// What is left of a hash after this shift is the number of a bit.
    shift: u32,
}

impl Filter {
    pub fn new(heads: &[u64]) -> Self {
        let bits = (heads.len() * BITS_PER_KEY).next_power_of_two().max(1024);
        let mut filter = Self { bits: vec![0; bits / 64], shift: 64 - bits.trailing_zeros() };
        for head in heads {
            let slot = filter.slot(*head);
            filter.bits[slot / 64] |= 1 << (slot % 64);
        }
        filter
    }

    /// Whether a key may begin at this start of a word.
    #[inline(always)]
    pub fn lets_pass(&self, bytes: &[u8], alnum: &Bits, start: usize) -> bool {
        let run = (!alnum.window(start)).trailing_zeros() as usize;
        let eight = match bytes.get(start..).and_then(<[u8]>::first_chunk) {
            Some(eight) => u64::from_le_bytes(*eight),
            None => first_bytes(&bytes[start..], 8),
        };
        let word = eight & KEEP[run.min(8)];
        let other = if run > SHORT { eight & KEEP[SHORT] } else { hyphens_as_spaces(eight) & KEEP[LONG_HEAD] };
        (self.bit(word) | self.bit(other)) & 1 == 1
    }

    #[inline(always)]
    fn bit(&self, head: u64) -> u64 {
        let slot = self.slot(head);
        self.bits[slot / 64] >> (slot % 64)
    }

    #[inline(always)]
    fn slot(&self, head: u64) -> usize {
        (head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize
    }
}

/// By what a key is known to the filter.
pub(super) fn head(key: &str, tail: &Tail) -> u64 {
    let bytes = key.as_bytes();
    let run = key.char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(bytes.len(), |(at, _)| at);
    let ends_in_word = run == bytes.len() && !matches!(tail, Tail::Exact);
    let length = if ends_in_word {
        SHORT
    } else if run <= SHORT && bytes.len() >= LONG_HEAD {
        LONG_HEAD
    } else {
        run
    };
    first_bytes(bytes, length)
}

/// The first bytes, eight at most, as a number.
fn first_bytes(bytes: &[u8], length: usize) -> u64 {
    bytes.iter().take(length.min(8)).rev().fold(0, |head, byte| head << 8 | u64::from(*byte))
}

/// Masks that keep so many of eight bytes.
const KEEP: [u64; 9] = {
    let mut keep = [0; 9];
    let mut n = 1;
    while n <= 8 {
        keep[n] = !0 >> (64 - 8 * n);
        n += 1;
    }
    keep
};

/// As keys have them.
fn hyphens_as_spaces(eight: u64) -> u64 {
    const LOW: u64 = 0x7F7F_7F7F_7F7F_7F7F;
    let differs = eight ^ 0x2D2D_2D2D_2D2D_2D2D;
    // The high bit of each byte that is a hyphen; no sum carries over.
    let hyphens = !(((differs & LOW) + LOW) | differs | LOW);
    eight ^ ((hyphens >> 7) * u64::from(b'-' ^ b' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::View;
    use proptest::prelude::*;

    #[test]
    fn hyphens_become_spaces_and_nothing_else_changes() {
        for text in ["-a-b - c", "--------", "abc\u{e9}-,.", "........", "\u{ad}\u{ad}\u{ad}-x"] {
            let spaced = text.replace('-', " ");
            let bytes = |text: &str| first_bytes(text.as_bytes(), 8);
            assert_eq!(hyphens_as_spaces(bytes(text)), bytes(&spaced), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_key_passes_wherever_it_stands(key in "[a-c]{1,9}([ .'][a-cж]{1,5}){0,2}", after in "[ .,a]{0,9}", exact in any::<bool>()) {
            let tail = if exact || key.len() < SHORT { Tail::Exact } else { Tail::Letters };
            let filter = Filter::new(&[head(&key, &tail)]);
            let after = if exact || key.len() < SHORT { format!(" {after}") } else { after };
            for text in [format!("{key}{after}"), format!("a {}{after}", key.replace(' ', "-"))] {
                let view = View::of(&text);
                let start = text.len() - after.len() - key.len();
                prop_assert!(filter.lets_pass(view.bytes(), &view.masks().alnum, start), "{key:?} in {text:?}");
            }
        }
    }
}
