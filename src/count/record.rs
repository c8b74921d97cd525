//! What is remembered of each article: its row of `articles.csv` and sparse counts for leave-one-out and dispersion.

use super::Items;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The record of one counted article; [`FiledRecord`](super::FiledRecord) is the form it is kept in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleRecord<'a> {
    pub group: &'a [String],
    pub source: &'a str,
    pub date: Cow<'a, str>,
    pub title: &'a str,
    pub language: &'a str,
    pub path: &'a str,
    pub line: u64,
    pub encoding: &'a str,
    pub bytes: u64,
    pub words: u64,
    pub words_dropped: u64,
    pub sentences: u64,
    pub paragraphs: u64,
    pub repairs: u64,
    pub unclosed_quotes: u64,
    pub duplicate_of: &'a str,
    pub sha256: [u8; 32],
    /// Every further metadata column.
    pub more: BTreeMap<&'a str, &'a str>,
    pub items: Items<'a>,
}

impl ArticleRecord<'_> {
    /// Where the article came from, for messages.
    pub fn place(&self) -> String {
        if self.line > 1 { format!("{}:{}", self.path, self.line) } else { self.path.to_owned() }
    }

    /// `YYYY-MM`, when the date is that precise.
    pub fn month(&self) -> Option<&str> {
        self.date.get(..7)
    }
}

/// What an article's counts are counts of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKey {
    /// An actor as coded.
    Actor(u32),
    Term(u32),
    Variant(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    pub key: ItemKey,
    pub n: u32,
    /// Of these in the article's own voice (terms and variants).
    pub n_own: u32,
}
