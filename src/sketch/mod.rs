//! What needs the whole corpus before counting: template lines and near-duplicate articles.
//!
//! A [`Sketch`] is filled article by article, merged in any order to the same value, and written as one line of JSON.
//! It depends on the texts alone, on no codebook. What it keeps: per source one number for each distinct line of at
//! most 12 words; per article a number of its text and the least `SIGNATURE` hashes of its 5-word shingles (at most 2 KB in the file).
//!
//! What can be relied on: template lines are exact (two lines count as one with probability 2^-64). Articles whose
//! sets of shingles are equal are always found, and where two articles have at most 128 shingles together their
//! Jaccard coefficient is exact. For longer articles it is estimated from the 128 least shingles of both, with a
//! standard error of 0.035 at 0.8: pairs above 0.9 are found and pairs below 0.65 are not, but for one in a thousand.

mod corpus;
mod duplicates;
pub(crate) mod hash;
mod json;

pub use corpus::sketch_corpus;
pub use json::beginning;

use crate::error::{Error, Result};
use crate::normalise::View;
use crate::span::NormSpan;
use crate::zones::{KnownWords, MAX_TEMPLATE_WORDS, TemplateLines, lines};
use hash::{line_hash, shingles};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A template stands in at least so many articles of its source ...
pub(crate) const MIN_TEMPLATE_ARTICLES: u64 = 5;
/// ... and in at least one of so many.
pub(crate) const TEMPLATE_SHARE: u64 = 10;
/// How many of an article's least hashes are kept.
pub(crate) const SIGNATURE: usize = 128;

/// Lines and shingles of any part of a corpus, as integers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sketch {
    sources: BTreeMap<String, SourceLines>,
    articles: BTreeMap<String, Signature>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct SourceLines {
    articles: u64,
    /// Hash of a short line -> articles in which it stands.
    #[serde(with = "json::lines")]
    lines: BTreeMap<u64, u64>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Signature {
    /// [`text_number`] of the article.
    #[serde(with = "json::hash")]
    text: u64,
    /// Distinct shingles of the article.
    shingles: u64,
    /// The least of them, ascending.
    #[serde(with = "json::hashes")]
    least: Vec<u64>,
}

/// What a sketch says about its corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SketchFindings {
    templates: BTreeMap<String, SourceTemplates>,
    /// Article -> the smallest id among its near-duplicates, itself left out when it is the smallest.
    pub duplicates: BTreeMap<String, String>,
    /// Article -> [`text_number`].
    texts: BTreeMap<String, u64>,
}

/// How many articles of a corpus a sketch knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct KnownArticles {
    pub articles: u64,
    /// The sketch has an article of this id, with the same text.
    pub known: u64,
    /// ... with another text.
    pub other_text: u64,
}

/// The beginning of a SHA-256, which is enough to tell whether a text is the one that was sketched.
fn text_number(sha256: &[u8; 32]) -> u64 {
    sha256[..8].iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The template lines of one source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SourceTemplates {
    lines: FxHashSet<u64>,
    /// How often they stand in articles, each counted once an article.
    pub occurrences: u64,
}

impl Sketch {
    /// Adds one article; `sha256` is that of its text. The lines of hard-wrapped paragraphs are joined in the view, as zones do it.
    ///
    /// # Errors
    /// [`Error::Incompatible`] when an article of this id is there already.
    pub fn add(&mut self, view: &mut View, article_id: &str, source: &str, sha256: &[u8; 32]) -> Result<()> {
        if self.articles.contains_key(article_id) {
            return Err(twice(article_id));
        }
        let paragraphs = lines::paragraphs(view, &KnownWords::default());
        let short = paragraphs.iter().filter(|paragraph| (1..=MAX_TEMPLATE_WORDS).contains(&paragraph.words));
        let distinct: FxHashSet<u64> = short.map(|paragraph| line_hash(view.slice(paragraph.span))).collect();
        let lines = self.sources.entry(source.to_owned()).or_default();
        lines.articles += 1;
        for line in distinct {
            *lines.lines.entry(line).or_default() += 1;
        }
        let whole = NormSpan::new(0, view.text().len());
        let mut least = shingles(view.words(whole).map(|word| view.slice(word)));
        let shingles = least.len() as u64;
        least.truncate(SIGNATURE);
        let text = text_number(sha256);
        self.articles.insert(article_id.to_owned(), Signature { text, shingles, least });
        Ok(())
    }

    /// Adds another sketch. Commutative and associative; an empty sketch changes nothing.
    ///
    /// # Errors
    /// [`Error::Incompatible`] when an article is in both; this sketch is then unchanged.
    pub fn merge(&mut self, other: Self) -> Result<()> {
        if let Some(id) = other.articles.keys().find(|id| self.articles.contains_key(*id)) {
            return Err(twice(id));
        }
        self.articles.extend(other.articles);
        for (source, theirs) in other.sources {
            let ours = self.sources.entry(source).or_default();
            ours.articles = ours.articles.saturating_add(theirs.articles);
            for (line, articles) in theirs.lines {
                let count = ours.lines.entry(line).or_default();
                *count = count.saturating_add(articles);
            }
        }
        Ok(())
    }

    /// How many articles are in it.
    pub fn articles(&self) -> usize {
        self.articles.len()
    }

    pub fn finish(&self) -> SketchFindings {
        let templates = self.sources.iter().filter_map(|(source, lines)| {
            let found = lines.templates();
            (!found.lines.is_empty()).then(|| (source.clone(), found))
        });
        SketchFindings {
            templates: templates.collect(),
            duplicates: duplicates::find(&self.articles),
            texts: self.articles.iter().map(|(id, signature)| (id.clone(), signature.text)).collect(),
        }
    }
}

/// Whether a line is a template that stands in so many of the articles of its source.
pub(crate) fn is_template(articles: u64, of_source: u64) -> bool {
    articles >= MIN_TEMPLATE_ARTICLES && articles.saturating_mul(TEMPLATE_SHARE) >= of_source
}

impl SourceLines {
    fn templates(&self) -> SourceTemplates {
        let mut found = SourceTemplates::default();
        for (line, articles) in &self.lines {
            if is_template(*articles, self.articles) {
                found.lines.insert(*line);
                found.occurrences = found.occurrences.saturating_add(*articles);
            }
        }
        found
    }
}

impl SketchFindings {
    /// How many of these articles, by id and SHA-256, the sketch knows.
    pub(crate) fn known<'a>(&self, articles: impl IntoIterator<Item = (&'a str, [u8; 32])>) -> KnownArticles {
        let mut known = KnownArticles::default();
        for (id, sha256) in articles {
            known.articles += 1;
            match self.texts.get(id) {
                Some(text) if *text == text_number(&sha256) => known.known += 1,
                Some(_) => known.other_text += 1,
                None => {}
            }
        }
        known
    }

    /// The template lines of a source, in the form in which zones ask for them.
    pub(crate) fn templates(&self, source: &str) -> Option<&SourceTemplates> {
        self.templates.get(source)
    }

    /// Distinct template lines, summed over the sources.
    pub fn template_lines(&self) -> usize {
        self.templates.values().map(|templates| templates.lines.len()).sum()
    }
}

impl TemplateLines for SourceTemplates {
    fn is_template(&self, line: &str) -> bool {
        self.lines.contains(&line_hash(line))
    }
}

fn twice(id: &str) -> Error {
    Error::Incompatible(format!("article `{id}` is in the sketch twice; sketch each article once"))
}

#[cfg(test)]
mod tests;
