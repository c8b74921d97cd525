//! A block of undecoded material: pulled cheaply under one lock, decoded in a worker.

use std::sync::Arc;

use super::Article;
use super::decode::decode;
use super::jsonl::Lines;
use super::metadata::Known;
use super::name::NamePattern;
use super::options::Settings;
use super::origin::{Origin, Record, sha256};
use super::read;
use super::table::Rows;
use crate::error::{Error, Fault};

/// Part of a corpus, not yet decoded. Blocks come in the order of the corpus, numbered from 0.
pub struct Block {
    pub index: u64,
    pub(crate) content: Content,
}

/// What a block holds.
pub(crate) enum Content {
    /// Files of one article each, read by the worker.
    Files {
        origins: Vec<Origin>,
        pattern: Arc<NamePattern>,
        settings: Arc<Settings>,
        bytes: u64,
    },
    Lines(Lines),
    Rows(Rows),
}

/// A record that gives no article.
#[derive(Debug)]
pub enum BadRecord {
    /// The run cannot go on: a file cannot be read.
    Fatal(Error),
    /// The record is left out, to be counted and listed; the rest is read.
    Skipped(Fault),
}

impl Block {
    /// The size of the undecoded (but unpacked) material in bytes; for files as they are stored.
    pub fn bytes(&self) -> u64 {
        match &self.content {
            Content::Files { bytes, .. } => *bytes,
            Content::Lines(lines) => lines.bytes(),
            Content::Rows(rows) => rows.bytes,
        }
    }

    /// Decodes, record by record, in the order of the corpus.
    pub fn into_articles(self) -> impl Iterator<Item = Result<Article, BadRecord>> + Send {
        let articles: Box<dyn Iterator<Item = Result<Article, BadRecord>> + Send> = match self.content {
            Content::Files { origins, pattern, settings, .. } => {
                Box::new(origins.into_iter().map(move |origin| whole_file(&origin, &pattern, &settings)))
            }
            Content::Lines(lines) => Box::new(lines.into_articles()),
            Content::Rows(rows) => Box::new(rows.into_articles()),
        };
        articles
    }
}

/// Reads a file that is one article.
fn whole_file(origin: &Origin, pattern: &NamePattern, settings: &Settings) -> Result<Article, BadRecord> {
    let max_bytes = settings.max_article;
    let content = origin.material.whole(origin.compression, origin.bytes, max_bytes).map_err(BadRecord::Fatal)?;
    let content = content.ok_or_else(|| {
        let what = format!("the article has more than {}", read::in_words(max_bytes));
        BadRecord::Skipped(origin.fault(0, 0, what, read::TOO_LONG_HELP))
    })?;
    let (bytes, sha256) = (content.len() as u64, sha256(&content));
    let decoded = decode(content).map_err(|no_text| {
        BadRecord::Skipped(origin.fault(0, 0, format!("not counted: {}", no_text.what), no_text.help))
    })?;
    let known = origin.known(pattern);
    let id = origin.stem().to_owned();
    Ok(origin.article(&Known::default(), Record { id, known, decoded, bytes, sha256, line: 1, notes: Vec::new() }))
}
