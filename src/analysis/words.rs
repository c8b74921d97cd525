//! The words of the corpus in alphabetical order, one behind the other in memory.

use crate::segment::Lexicon;

#[derive(Debug, Default)]
pub struct WordList {
    text: String,
    /// End of each word in the text, and its number in the lexicon.
    words: Vec<(u32, u32)>,
}

impl WordList {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let mut sorted: Vec<(String, u32)> = lexicon.words().into_iter().zip(0..).collect();
        sorted.sort_unstable();
        let mut words = Self::default();
        words.text.reserve_exact(sorted.iter().map(|(word, _)| word.len()).sum());
        words.words.reserve_exact(sorted.len());
        for (word, number) in sorted {
            words.text.push_str(&word);
            words.words.push((words.text.len() as u32, number));
        }
        words
    }

    pub fn len(&self) -> usize {
        self.words.len()
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Each word with its number in the lexicon.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        let mut begin = 0;
        self.words.iter().map(move |(end, number)| {
            let word = &self.text[begin..*end as usize];
            begin = *end as usize;
            (word, *number)
        })
    }
}
