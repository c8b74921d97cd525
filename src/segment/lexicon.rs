//! The types of a corpus: its different words, numbered in the order in which they were found.

use crate::id::Identity;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Words of up to this many bytes lie in the table itself.
const SHORT: usize = 16;

/// A word of one to sixteen bytes: padded with zeros, little end first. No zero byte is part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ShortWord([u64; 2]);

impl ShortWord {
    pub fn new(word: &str) -> Option<Self> {
        if word.is_empty() || word.len() > SHORT || word.contains('\0') {
            return None;
        }
        let mut padded = [0u8; SHORT];
        padded[..word.len()].copy_from_slice(word.as_bytes());
        Some(Self::of(&padded))
    }

    #[inline]
    fn of(sixteen: &[u8; SHORT]) -> Self {
        let word = u128::from_le_bytes(*sixteen);
        Self([word as u64, (word >> 64) as u64])
    }

    /// Half by half, as it was just written: a word read as a whole would wait until both halves are.
    #[inline]
    fn is(self, Self([low, high]): Self) -> bool {
        (self.0[0] ^ low) | (self.0[1] ^ high) == 0
    }

    fn text(self) -> String {
        let bytes = (u128::from(self.0[0]) | u128::from(self.0[1]) << 64).to_le_bytes();
        let length = bytes.iter().position(|byte| *byte == 0).unwrap_or(SHORT);
        String::from_utf8_lossy(&bytes[..length]).into_owned()
    }

    /// The same for a word in a text, without a copy where the text goes on long enough.
    #[inline]
    pub fn at(text: &str, range: Range<usize>) -> Option<Self> {
        let keep = KEEP.get(range.len())?;
        match text.as_bytes().get(range.start..).and_then(<[u8]>::first_chunk::<SHORT>) {
            // A word holds no zero byte: no letter, digit or joining sign is one.
            Some(sixteen) => {
                let Self([low, high]) = Self::of(sixteen);
                Some(Self([low & keep[0], high & keep[1]]))
            }
            None => Self::new(&text[range]),
        }
    }
}

/// A hash of the word, for tables whose size is a power of two.
#[inline]
fn mix(ShortWord([low, high]): ShortWord) -> usize {
    let mixed = (low ^ high.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as usize
}

/// Masks that keep so many of sixteen bytes.
const KEEP: [[u64; 2]; SHORT + 1] = {
    let mut keep = [[0; 2]; SHORT + 1];
    let mut n = 1;
    while n <= SHORT {
        let bits: u128 = !0 >> (8 * (SHORT - n));
        keep[n] = [bits as u64, (bits >> 64) as u64];
        n += 1;
    }
    keep
};

/// A place of the table: a word with its number.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// The default where the slot is free.
    word: ShortWord,
    /// From 1; 0 where the slot is free.
    number: u32,
}

/// A flat table for short words, and a map for the few long ones.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    identity: Identity,
    /// Open addressing. Frequent words come early, so that most stand where they belong. Made anew from `shorts` where it
    /// is empty.
    slots: Vec<Slot>,
    /// By number; the default for a long word.
    shorts: Vec<ShortWord>,
    longs: FxHashMap<Box<str>, u32>,
}

impl Lexicon {
    pub(super) fn identity(&self) -> &Identity {
        &self.identity
    }

    pub fn len(&self) -> usize {
        self.shorts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.shorts.is_empty()
    }

    /// The number of a word, given to it now if it is new.
    pub fn number(&mut self, word: &str) -> u32 {
        match ShortWord::new(word) {
            Some(short) => self.short_number(short),
            None => self.long_number(word),
        }
    }

    /// The numbers from 1 of words that stand where they belong, without a search; 0 for the others. The default is no
    /// word.
    #[inline]
    pub(super) fn glance<const N: usize>(&self, words: &[ShortWord; N]) -> [u32; N] {
        let mut seen = [0; N];
        if self.slots.is_empty() {
            return seen;
        }
        let mask = self.slots.len() - 1;
        for (number, word) in seen.iter_mut().zip(words) {
            let slot = &self.slots[mix(*word) & mask];
            // Which words are found cannot be guessed, so that a branch would cost more. A free slot has no number.
            *number = slot.number * u32::from(slot.word.is(*word));
        }
        seen
    }

    fn short_number(&mut self, word: ShortWord) -> u32 {
        // Two thirds full at most.
        if (self.shorts.len() + 1) * 3 >= self.slots.len() * 2 {
            self.grow();
        }
        let at = self.find(word);
        let slot = &mut self.slots[at];
        if slot.number == 0 {
            self.shorts.push(word);
            *slot = Slot { word, number: self.shorts.len() as u32 };
        }
        slot.number - 1
    }

    fn long_number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.longs.get(word) {
            return *number;
        }
        let number = self.shorts.len() as u32;
        self.shorts.push(ShortWord::default());
        self.longs.insert(word.into(), number);
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

    #[cold]
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(self.shorts.len() * 2).next_power_of_two().max(1024);
        self.slots.clear();
        self.slots.resize(size, Slot::default());
        for (word, number) in self.shorts.iter().zip(1..) {
            if *word != ShortWord::default() {
                let at = self.find(*word);
                self.slots[at] = Slot { word: *word, number };
            }
        }
    }

    /// Gives back the table: of a lexicon that is complete, only the words by number are asked for.
    pub fn seal(&mut self) {
        self.slots = Vec::new();
    }

    /// Hands each word with its number to `take`, in the order of the words.
    pub fn each_in_order(&self, mut take: impl FnMut(&str, u32)) {
        let mut longs = vec![""; if self.longs.is_empty() { 0 } else { self.shorts.len() }];
        for (word, number) in &self.longs {
            longs[*number as usize] = word;
        }
        let long = |number: u32| longs.get(number as usize).copied().unwrap_or_default();
        let short = |number: u32| self.shorts[number as usize];
        let mut order: Vec<u32> = (0..).take(self.shorts.len()).collect();
        order.sort_unstable_by(|a, b| match (long(*a), long(*b)) {
            // Little end first: turned round, numbers are in the order of the bytes.
            ("", "") => short(*a).0.map(u64::swap_bytes).cmp(&short(*b).0.map(u64::swap_bytes)),
            ("", long) => short(*a).text().as_str().cmp(long),
            (long, "") => long.cmp(short(*b).text().as_str()),
            (a, b) => a.cmp(b),
        });
        for number in order {
            match long(number) {
                "" => take(&short(number).text(), number),
                long => take(long, number),
            }
        }
    }

    /// The words by number.
    pub fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = self.shorts.iter().map(|word| word.text()).collect();
        for (word, number) in &self.longs {
            words[*number as usize] = word.to_string();
        }
        words
    }

    /// Takes over the words of another lexicon; the answer maps its numbers to the ones here.
    pub fn absorb(&mut self, other: &Self) -> Vec<u32> {
        let mut numbers = vec![0; other.len()];
        for (word, number) in &other.longs {
            numbers[*number as usize] = self.long_number(word);
        }
        for (word, number) in other.shorts.iter().zip(&mut numbers) {
            if *word != ShortWord::default() {
                *number = self.short_number(*word);
            }
        }
        numbers
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
            let mut in_order = Vec::new();
            lexicon.each_in_order(|word, number| in_order.push((word.to_owned(), number)));
            let mut expected: Vec<(String, u32)> = lexicon.words().into_iter().zip(0..).collect();
            expected.sort_unstable();
            prop_assert_eq!(in_order, expected);
            lexicon.seal();
            for (word, number) in &plain {
                prop_assert_eq!(lexicon.number(word), *number);
            }
            let mut other = Lexicon::default();
            other.number("z");
            let map = other.absorb(&lexicon);
            prop_assert_eq!(map.len(), lexicon.len());
        }
    }
}
