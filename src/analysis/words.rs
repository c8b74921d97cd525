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
        let mut words = Self::default();
        words.words.reserve_exact(lexicon.len());
        lexicon.each_in_order(|word, number| {
            words.text.push_str(word);
            words.words.push((words.text.len() as u32, number));
        });
        words.text.shrink_to_fit();
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
