//! A quick look at a word: may any key begin with it?

use super::pattern::Tail;
use crate::normalise::Bits;

/// Tells at a word start, by the hash of the word's letters, whether any key may begin there.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    /// By the whole first word (up to eight bytes).
    words: Vec<u64>,
    /// By the first three bytes, for keys that end inside a word.
    stems: Vec<u64>,
}

const FILTER_BITS: u32 = 16;

impl Default for Filter {
    fn default() -> Self {
        let words = vec![0; 1 << (FILTER_BITS - 6)];
        Self { stems: words.clone(), words }
    }
}

impl Filter {
    pub fn add(&mut self, key: &str, tail: &Tail) {
        let bytes = key.as_bytes();
        let run = key.char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(bytes.len(), |(at, _)| at);
        let whole = run < bytes.len() || matches!(tail, Tail::Exact);
        let (table, slot) = if whole {
            (&mut self.words, slot(head(bytes, run)))
        } else {
            (&mut self.stems, slot(head(bytes, run.min(3))))
        };
        table[slot / 64] |= 1 << (slot % 64);
    }

    /// Whether a key may begin at this start of a word.
    #[inline]
    pub fn lets_pass(&self, bytes: &[u8], alnum: &Bits, start: usize) -> bool {
        let run = (!alnum.window(start)).trailing_zeros() as usize;
        let eight = match bytes.get(start..).and_then(<[u8]>::first_chunk) {
            Some(eight) => u64::from_le_bytes(*eight),
            None => head(&bytes[start..], 8),
        };
        let word = slot(eight & KEEP[run.min(8)]);
        let stem = slot(eight & KEEP[run.min(3)]);
        (self.words[word / 64] >> (word % 64) | self.stems[stem / 64] >> (stem % 64)) & 1 == 1
    }
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

/// The first `run` bytes, eight at most, as a number.
fn head(bytes: &[u8], run: usize) -> u64 {
    bytes.iter().take(run.min(8)).rev().fold(0, |head, byte| head << 8 | u64::from(*byte))
}

fn slot(head: u64) -> usize {
    (head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - FILTER_BITS)) as usize
}
