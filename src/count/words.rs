//! Counts the words of one article.

use super::{Vocabulary, WordTally};
use crate::segment::Token;

/// Reused from article to article.
#[derive(Debug, Default)]
pub(super) struct WordCounter {
    /// By number of the word: its occurrences in the article. All zero between two articles.
    of_article: Vec<u32>,
    /// The words of the article, each once, as far as they are counted.
    counts: Vec<u32>,
}

/// The words that the last articles of a group used, each article each word once. A vocabulary is too large to stay in
/// the cache while other groups are counted: it takes over many articles at once.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// Numbers of words, and how often.
    words: Vec<(u32, u32)>,
}

/// When the vocabulary takes them over. With the words of the article that comes last they fit in 8192: each group has
/// space for a power of two.
const MANY: usize = 7_000;

impl Used {
    pub fn are_many(&self) -> bool {
        self.words.len() >= MANY
    }

    pub fn add_to(&mut self, vocabulary: &mut Vocabulary) {
        for (word, n) in self.words.drain(..) {
            vocabulary.add(word, WordTally { n: u64::from(n), articles: 1 });
        }
    }
}

impl WordCounter {
    pub fn count(&mut self, tokens: &[Token], into: &mut Used) {
        let highest = tokens.iter().map(|token| token.word()).max().map_or(0, |highest| highest as usize + 1);
        self.of_article.resize(highest.max(self.of_article.len()), 0);
        // A place for each word that may be new, and one that is written in any case: a long article has many words, few of them new.
        self.counts.resize(tokens.len().min(highest + 1).max(self.counts.len()), 0);
        let mut distinct = 0;
        for token in tokens {
            let n = &mut self.of_article[token.word() as usize];
            // Whether a word is new to the article cannot be guessed, so that a branch would cost more than a write.
            self.counts[distinct] = token.word();
            distinct += usize::from(*n == 0);
            *n += 1;
        }
        let of_article = &mut self.of_article;
        into.words.extend(
            self.counts[..distinct].iter().map(|word| (*word, std::mem::take(&mut of_article[*word as usize]))),
        );
    }
}
