//! The words of a corpus, numbered in the order in which they were met.

use rustc_hash::FxHashMap;
use std::ops::Range;

/// Words of up to this many bytes lie in the table itself.
const SHORT: usize = 16;

/// A word of at most sixteen bytes: padded with zeros, little end first. No zero byte is part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ShortWord(u128);

impl ShortWord {
    pub fn new(word: &str) -> Option<Self> {
        if word.len() > SHORT || word.contains('\0') {
            return None;
        }
        let mut padded = [0u8; SHORT];
        padded[..word.len()].copy_from_slice(word.as_bytes());
        Some(Self(u128::from_le_bytes(padded)))
    }

    /// The same for a word in a text, without a copy where the text goes on long enough.
    #[inline]
    pub fn at(text: &str, range: Range<usize>) -> Option<Self> {
        let keep = KEEP.get(range.len())?;
        match text.as_bytes().get(range.start..).and_then(<[u8]>::first_chunk::<SHORT>) {
            // A word holds no zero byte: no letter, digit or joining sign is one.
            Some(sixteen) => Some(Self(u128::from_le_bytes(*sixteen) & keep)),
            None => Self::new(&text[range]),
        }
    }
}

/// A hash of the word, for tables whose size is a power of two.
#[inline]
pub(super) fn mix(ShortWord(word): ShortWord) -> usize {
    let mixed = (word as u64 ^ ((word >> 64) as u64).rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as usize
}

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
    word: ShortWord,
    number: u32,
}

#[derive(Debug, Clone)]
enum Word {
    Short(ShortWord),
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
        match ShortWord::new(word) {
            Some(short) => self.short_number(short),
            None => self.long_number(word),
        }
    }

    pub(super) fn short_number(&mut self, word: ShortWord) -> u32 {
        if self.slots.is_empty() {
            self.grow();
        }
        let at = self.find(word);
        match self.slots[at].number {
            0 => self.insert(word, at),
            number => number - 1,
        }
    }

    #[cold]
    fn insert(&mut self, word: ShortWord, at: usize) -> u32 {
        self.words.push(Word::Short(word));
        let number = self.words.len() as u32;
        self.slots[at] = Slot { word, number };
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

    /// The slot of the word, or the free one where it belongs.
    fn find(&self, word: ShortWord) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = mix(word) & mask;
        while self.slots[at].number != 0 && self.slots[at].word != word {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(1024);
        self.slots = vec![Slot::default(); size];
        for number in 0..self.words.len() {
            if let Word::Short(word) = self.words[number] {
                let at = self.find(word);
                self.slots[at] = Slot { word, number: number as u32 + 1 };
            }
        }
    }

    /// The words by number.
    pub fn words(&self) -> Vec<String> {
        let word = |word: &Word| match word {
            Word::Short(ShortWord(word)) => {
                let bytes = word.to_le_bytes();
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
            Word::Short(word) => self.short_number(*word),
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
                    prop_assert_eq!(ShortWord::at(&text, 0..word.len()), ShortWord::new(word));
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
