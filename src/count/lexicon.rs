//! The words of a corpus, numbered in the order in which they were met.

use rustc_hash::FxHashMap;

/// Words of up to this many bytes lie in the table itself.
const SHORT: usize = 16;

/// Masks that keep so many of sixteen bytes.
const KEEP: [u128; SHORT + 1] = {
    let mut keep = [0; SHORT + 1];
    let mut n = 1;
    while n <= SHORT {
        keep[n] = !0 >> (8 * (SHORT - n));
        n += 1;
    }
    keep
};

/// A flat table for short words, a map for the few long ones: a lookup touches one line of memory.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// Open addressing; `number` counts from 1, 0 is a free slot.
    slots: Vec<Slot>,
    long: FxHashMap<Box<str>, u32>,
    words: Vec<Word>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: u128,
    number: u32,
}

#[derive(Debug, Clone)]
enum Word {
    /// Bytes padded with zeros, little end first; no word holds a zero byte.
    Short(u128),
    Long(Box<str>),
}

impl Lexicon {
    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The number of a word, given to it now if it is new.
    pub fn number(&mut self, word: &str) -> u32 {
        if word.len() > SHORT || word.contains('\0') {
            return self.long_number(word);
        }
        let mut padded = [0u8; SHORT];
        padded[..word.len()].copy_from_slice(word.as_bytes());
        self.short_number(u128::from_le_bytes(padded))
    }

    /// The same for the bytes `start..end` of a text, without a copy where the text goes on long enough.
    #[inline]
    pub fn number_at(&mut self, text: &str, start: usize, end: usize) -> u32 {
        let keep = KEEP.get(end - start);
        match (keep, text.as_bytes().get(start..).and_then(<[u8]>::first_chunk::<SHORT>)) {
            (Some(keep), Some(sixteen)) => self.short_number(u128::from_le_bytes(*sixteen) & keep),
            _ => self.number(&text[start..end]),
        }
    }

    #[inline]
    fn short_number(&mut self, key: u128) -> u32 {
        if self.slots.is_empty() {
            self.grow();
        }
        let at = self.find(key);
        match self.slots[at].number {
            0 => self.insert(key, at),
            number => number - 1,
        }
    }

    #[cold]
    fn insert(&mut self, key: u128, at: usize) -> u32 {
        self.words.push(Word::Short(key));
        let number = self.words.len() as u32;
        self.slots[at] = Slot { key, number };
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        number - 1
    }

    fn long_number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.long.get(word) {
            return *number;
        }
        let number = self.words.len() as u32;
        self.words.push(Word::Long(word.into()));
        self.long.insert(word.into(), number);
        number
    }

    /// The slot of the key, or the free one where it belongs.
    #[inline]
    fn find(&self, key: u128) -> usize {
        let mask = self.slots.len() - 1;
        let mixed = (key as u64 ^ ((key >> 64) as u64).rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut at = (mixed >> 32) as usize & mask;
        while self.slots[at].number != 0 && self.slots[at].key != key {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1024);
        self.slots = vec![Slot::default(); size];
        for number in 0..self.words.len() {
            if let Word::Short(key) = self.words[number] {
                let at = self.find(key);
                self.slots[at] = Slot { key, number: number as u32 + 1 };
            }
        }
    }

    /// The words by number.
    pub fn words(&self) -> Vec<String> {
        let word = |word: &Word| match word {
            Word::Short(key) => {
                let bytes = key.to_le_bytes();
                let length = bytes.iter().position(|byte| *byte == 0).unwrap_or(SHORT);
                String::from_utf8_lossy(&bytes[..length]).into_owned()
            }
            Word::Long(word) => word.to_string(),
        };
        self.words.iter().map(word).collect()
    }

    /// Takes over the words of another lexicon; the answer maps its numbers to the ones here.
    pub fn absorb(&mut self, other: &Self) -> Vec<u32> {
        let number = |word: &Word| match word {
            Word::Short(key) => self.short_number(*key),
            Word::Long(word) => self.long_number(word),
        };
        other.words.iter().map(number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn a_lexicon_numbers_words_as_a_plain_map_does(words in proptest::collection::vec("[a-cé\0]{1,20}", 0..300)) {
            let (mut lexicon, mut plain) = (Lexicon::default(), HashMap::new());
            for word in &words {
                let next = plain.len() as u32;
                let expected = *plain.entry(word.clone()).or_insert(next);
                prop_assert_eq!(lexicon.number(word), expected);
                let text = format!("{word} and so on and so forth");
                if !word.contains('\0') {
                    prop_assert_eq!(lexicon.number_at(&text, 0, word.len()), expected);
                }
            }
            for (number, word) in lexicon.words().iter().enumerate() {
                prop_assert_eq!(plain[word], number as u32);
            }
            let mut other = Lexicon::default();
            other.number("z");
            let map = other.absorb(&lexicon);
            prop_assert_eq!(map.len(), lexicon.len());
        }
    }
}
