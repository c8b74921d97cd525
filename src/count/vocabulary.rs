//! Word counts of one group, by the number of the word.

use super::Merge;
use super::distances::Distances;
use super::sums::numbers;
use super::tally_map::TallyMap;
use rustc_hash::FxHashMap;

numbers! {
    #[derive(Hash)]
    pub struct WordTally {
        pub n: u64,
        pub articles: u64,
    }
}

/// Frequent words have small numbers, since they come early. A group that uses many words counts those with small
/// numbers in a plain array; the rest, and all of a small group, is sparse. Once a group is counted its words lie in one
/// piece, sorted, three or four bytes each.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    dense: Vec<Small>,
    sparse: FxHashMap<u32, WordTally>,
    /// All of them, or nothing.
    packed: TallyMap<Distances<u32, WordTally>>,
    distinct: usize,
}

/// Half the size of a [`WordTally`]; what outgrows it moves to the sparse part.
#[derive(Debug, Clone, Copy, Default)]
struct Small {
    n: u32,
    articles: u32,
}

/// The array may be this many times longer than the group has words.
const SLACK: usize = 4;

impl Vocabulary {
    /// The number of different words.
    pub fn len(&self) -> usize {
        self.distinct
    }

    pub fn is_empty(&self) -> bool {
        self.distinct == 0
    }

    /// Of a vocabulary that is packed this takes as long as going through it.
    pub fn get(&self, word: &u32) -> Option<WordTally> {
        if !self.packed.is_empty() {
            return self.packed.get(*word);
        }
        let small = self.dense.get(*word as usize).copied().unwrap_or_default();
        let mut tally = self.sparse.get(word).copied().unwrap_or_default();
        tally.n += u64::from(small.n);
        tally.articles += u64::from(small.articles);
        (tally.n > 0).then_some(tally)
    }

    /// The words that occur, in no order that matters.
    pub fn iter(&self) -> impl Iterator<Item = (u32, WordTally)> + '_ {
        let dense = (0..self.dense.len() as u32).filter_map(|word| self.get(&word).map(|tally| (word, tally)));
        let rest = self.sparse.iter().filter(|(word, _)| **word as usize >= self.dense.len());
        dense.chain(rest.map(|(word, tally)| (*word, *tally))).chain(self.packed.iter())
    }

    /// Puts them into few bytes.
    pub(super) fn pack(&mut self) {
        let mut words: Vec<(u32, WordTally)> = Vec::with_capacity(self.len());
        words.extend(self.iter());
        let packed = TallyMap::of(words.iter().map(|(word, tally)| (*word, tally)));
        *self = Self { distinct: self.distinct, packed, ..Self::default() };
    }

    /// Adds occurrences of a word.
    pub fn add(&mut self, word: u32, more: WordTally) {
        if !self.packed.is_empty() {
            let packed = std::mem::take(self);
            packed.packed.iter().for_each(|(word, tally)| self.add(word, tally));
        }
        if let Some(small) = self.dense.get_mut(word as usize) {
            let sums = (
                u32::try_from(more.n).ok().and_then(|n| small.n.checked_add(n)),
                u32::try_from(more.articles).ok().and_then(|articles| small.articles.checked_add(articles)),
            );
            if small.n == 0 && !self.sparse.contains_key(&word) {
                self.distinct += 1;
            }
            if let (Some(n), Some(articles)) = sums {
                *small = Small { n, articles };
                return;
            }
        }
        self.add_sparse(word, more);
    }

    fn add_sparse(&mut self, word: u32, more: WordTally) {
        let beyond = word as usize >= self.dense.len();
        let tally = self.sparse.entry(word).or_insert_with(|| {
            self.distinct += usize::from(beyond);
            WordTally::default()
        });
        tally.n += more.n;
        tally.articles += more.articles;
        if self.sparse.len() > 256 && self.sparse.len() * 2 > self.dense.len() {
            self.densify();
        }
    }

    /// Lengthens the array and moves the words it now covers.
    fn densify(&mut self) {
        let length = (self.distinct * SLACK).next_power_of_two();
        if length <= self.dense.len() {
            return;
        }
        self.dense.resize(length, Small::default());
        let dense = &mut self.dense;
        self.sparse.retain(|word, tally| {
            let Some(small) = dense.get_mut(*word as usize) else { return true };
            match (u32::try_from(tally.n), u32::try_from(tally.articles)) {
                (Ok(n), Ok(articles)) if small.n == 0 => {
                    *small = Small { n, articles };
                    false
                }
                _ => true,
            }
        });
    }

    /// The same counts under other numbers.
    #[must_use]
    pub fn renumbered(&self, numbers: &[u32]) -> Self {
        let mut renumbered = Self::default();
        for (word, tally) in self.iter() {
            renumbered.add(numbers[word as usize], tally);
        }
        renumbered
    }
}

impl PartialEq for Vocabulary {
    fn eq(&self, other: &Self) -> bool {
        let of = |vocabulary: &Self| vocabulary.iter().collect::<FxHashMap<_, _>>();
        self.distinct == other.distinct && of(self) == of(other)
    }
}

impl Merge for Vocabulary {
    fn merge(&mut self, other: &Self) {
        for (word, tally) in other.iter() {
            self.add(word, tally);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn a_vocabulary_counts_as_a_plain_map_does(
            adds in proptest::collection::vec((0u32..5000, prop_oneof![1u64..9, Just(u64::from(u32::MAX))]), 0..2000),
            again in proptest::collection::vec((0u32..5000, 1u64..9), 0..20),
        ) {
            let (mut vocabulary, mut plain) = (Vocabulary::default(), BTreeMap::new());
            for (word, n) in adds {
                vocabulary.add(word, WordTally { n, articles: 1 });
                let tally: &mut WordTally = plain.entry(word).or_default();
                tally.n += n;
                tally.articles += 1;
            }
            prop_assert_eq!(vocabulary.len(), plain.len());
            let got: BTreeMap<u32, WordTally> = vocabulary.iter().collect();
            prop_assert_eq!(&got, &plain);
            let mut packed = vocabulary.clone();
            packed.pack();
            prop_assert_eq!(packed.iter().collect::<BTreeMap<_, _>>(), plain);
            prop_assert_eq!(packed.len(), vocabulary.len());
            for (word, n) in again {
                for vocabulary in [&mut vocabulary, &mut packed] {
                    vocabulary.add(word, WordTally { n, articles: 1 });
                }
                prop_assert_eq!(packed.get(&word), vocabulary.get(&word));
            }
            prop_assert_eq!(packed, vocabulary);
        }
    }
}
