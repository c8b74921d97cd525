//! The hits of a corpus with the sentences they stand in, gathered while it is read: what the page opens behind its
//! numbers.
//!
//! How much is kept depends on the size of the corpus alone, not on the order in which workers process its articles: whole
//! texts up to [`MOST_WHOLE`] bytes; then of each article the sentences with a hit, up to [`MOST_SENTENCES`] bytes; then
//! the sentences of the articles of smallest hash of id, [`MOST_OF_SAMPLE`] bytes of them. Each limit is on a sum that only
//! grows, so what pieces of a corpus have kept adds up to what the whole would have kept.

mod article;
mod sink;

pub use article::{NOWHERE, Stretch, TextArticle, TextHit, TextLayer};
pub use sink::TextSink;

use crate::codebook::Codebook;
use crate::error::{Error, Result, one_of};
use crate::named::named;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Bytes of articles, with what is remembered of their hits, up to which whole texts are kept.
pub const MOST_WHOLE: u64 = 11_000_000;
/// Bytes of sentences with hits up to which those of every article are kept.
pub const MOST_SENTENCES: u64 = 12_000_000;
/// Bytes of sentences with hits that are kept of a larger corpus.
pub const MOST_OF_SAMPLE: u64 = 3_000_000;

named! {
    /// How much of the articles a page may hold.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub enum ReportText {
        /// Whole articles, where the corpus is small enough.
        #[default]
        All = "all",
        /// The sentences of framing hits and contested names.
        Hits = "hits",
        /// No word of them.
        None = "none",
    }
}

impl FromStr for ReportText {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        one_of("amount of text", text, &Self::NAMES)
    }
}

/// How much of a corpus was kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Depth {
    /// Whole texts.
    #[default]
    Articles,
    /// Of every article the sentences with a hit.
    Sentences,
    /// Of some articles the sentences with a hit.
    Sample,
}

/// What was kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Texts {
    pub depth: Depth,
    /// Articles of the corpus, kept or not.
    pub articles_total: u64,
    /// Framing hits of the corpus, kept or not.
    pub hits_total: u64,
    /// Size of the whole texts, as long as they are kept.
    whole: u64,
    /// Size of the sentences with hits, until a sample is kept.
    short: u64,
    /// Of a sample: articles from this hash and id on are left out.
    below: Option<(u64, String)>,
    /// By source, date and id.
    pub articles: Vec<TextArticle>,
}

impl Texts {
    /// Adds the texts of other articles: what one look at all of them would have kept.
    pub fn merge(&mut self, other: Self) {
        self.articles_total = self.articles_total.saturating_add(other.articles_total);
        self.hits_total = self.hits_total.saturating_add(other.hits_total);
        self.whole = self.whole.saturating_add(other.whole);
        self.short = self.short.saturating_add(other.short);
        self.depth = self.depth.max(other.depth);
        self.below = match (self.below.take(), other.below) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        self.articles.extend(other.articles);
        self.settle();
    }

    /// Of whole texts the sentences with a hit.
    pub fn shorten(&mut self) {
        self.depth = self.depth.max(Depth::Sentences);
        self.settle();
    }

    /// Keeps to the limits.
    fn settle(&mut self) {
        if self.depth == Depth::Articles && self.whole > MOST_WHOLE {
            self.depth = Depth::Sentences;
        }
        if self.depth > Depth::Articles {
            self.whole = 0;
            self.articles.iter_mut().for_each(TextArticle::shorten);
        }
        if self.depth == Depth::Sentences && self.short > MOST_SENTENCES {
            self.depth = Depth::Sample;
        }
        if self.depth == Depth::Sample {
            self.short = 0;
            self.articles.sort_by(|a, b| a.order().cmp(&b.order()));
            if let Some(below) = &self.below {
                self.articles.retain(|article| article.order() < (below.0, below.1.as_str()));
            }
            let mut sum = 0;
            let kept = self.articles.iter().take_while(|article| {
                sum += article.short_size();
                sum <= MOST_OF_SAMPLE
            });
            let kept = kept.count();
            if let Some(first) = self.articles.get(kept) {
                self.below = Some((first.hash, first.id.clone()));
            }
            self.articles.truncate(kept);
        }
        self.sort();
    }

    fn sort(&mut self) {
        let key = |article: &TextArticle| (article.source.clone(), article.date.clone(), article.id.clone());
        self.articles.sort_by_cached_key(key);
    }

    /// Whether all numbers of it are those of a codebook, and all places those of its texts.
    pub fn fits(&self, book: &Codebook) -> bool {
        self.articles.iter().all(|article| article.fits(book))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(numbers: &[u64], size: usize) -> Texts {
        let mut sum = Texts::default();
        for number in numbers {
            let article = TextArticle::sample(*number, size);
            let (whole, short) = (article.whole_size(), article.short_size());
            sum.merge(Texts {
                articles_total: 1,
                hits_total: 1,
                whole,
                short,
                articles: vec![article],
                ..Texts::default()
            });
        }
        sum
    }

    #[test]
    fn pieces_add_up_to_the_whole_at_every_depth() {
        for (size, depth) in [(100, Depth::Articles), (60_000, Depth::Sentences), (200_000, Depth::Sample)] {
            let all: Vec<u64> = (0..200).collect();
            let whole = texts(&all, size);
            assert_eq!(whole.depth, depth, "{size}");
            let mut backward: Vec<u64> = all[..70].iter().rev().copied().collect();
            backward.rotate_left(13);
            let mut sum = texts(&backward, size);
            sum.merge(texts(&all[70..], size));
            assert_eq!((sum.articles.len(), &sum), (whole.articles.len(), &whole), "{size}");
            assert!(depth < Depth::Sample || (5..200).contains(&whole.articles.len()));
        }
    }

    #[test]
    fn texts_shortened_early_are_those_shortened_late() {
        let all: Vec<u64> = (0..9).collect();
        let (mut early, mut late) = (texts(&all[..4], 100), texts(&all, 100));
        early.shorten();
        early.merge(texts(&all[4..], 100));
        late.shorten();
        assert_eq!(early, late);
        assert!(late.articles[0].text.len() < 100);
    }
}
