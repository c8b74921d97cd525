//! Word counts: a lexicon that numbers the words, and sparse counts per group.

use super::Merge;
use rustc_hash::FxHashMap;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct WordTally {
    pub n: u64,
    pub articles: u32,
}

impl Merge for WordTally {
    fn merge(&mut self, other: Self) {
        self.n += other.n;
        self.articles = self.articles.saturating_add(other.articles);
    }
}

/// Counts of one group by the number of the word.
pub type Vocabulary = FxHashMap<u32, WordTally>;

/// Lower-cased words, numbered in the order in which they were met.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    numbers: FxHashMap<Box<str>, u32>,
}

impl Lexicon {
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The number of a word, given to it now if it is new.
    pub fn number(&mut self, word: &str) -> u32 {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = self.numbers.len() as u32;
        self.numbers.insert(word.into(), number);
        number
    }

    pub fn get(&self, word: &str) -> Option<u32> {
        self.numbers.get(word).copied()
    }

    /// The words by number.
    pub fn words(&self) -> Vec<&str> {
        let mut words = vec![""; self.numbers.len()];
        for (word, number) in &self.numbers {
            words[*number as usize] = word;
        }
        words
    }

    /// Takes over the words of another lexicon; the answer maps its numbers to the ones here.
    pub fn absorb(&mut self, other: Self) -> Vec<u32> {
        let mut map = vec![0; other.numbers.len()];
        for (word, number) in other.numbers {
            let next = self.numbers.len() as u32;
            map[number as usize] = *self.numbers.entry(word).or_insert(next);
        }
        map
    }
}
