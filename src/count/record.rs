//! What is remembered of each article: its row of `articles.csv` and sparse counts for leave-one-out and dispersion.

use super::{GroupKey, Items};
use std::collections::BTreeMap;

/// The record of one counted article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleRecord {
    pub group: GroupKey,
    pub source: String,
    pub date: String,
    pub title: String,
    pub language: String,
    pub path: String,
    pub line: u64,
    pub encoding: String,
    pub bytes: u64,
    pub words: u64,
    pub words_dropped: u64,
    pub sentences: u64,
    pub paragraphs: u64,
    pub repairs: u64,
    pub unclosed_quotes: u64,
    pub duplicate_of: String,
    pub sha256: String,
    /// Every further metadata column.
    pub more: BTreeMap<String, String>,
    pub items: Items,
}

impl ArticleRecord {
    /// Where the article came from, for messages.
    pub fn place(&self) -> String {
        if self.line > 1 { format!("{}:{}", self.path, self.line) } else { self.path.clone() }
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
