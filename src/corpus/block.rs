//! A block of undecoded material: pulled cheaply under one lock, decoded in a worker.

use std::sync::Arc;

use super::Article;
use super::decode::{Decoded, NoText, decode};
use super::extract::{self, Document, Note};
use super::first::{self, Later};
use super::jsonl::JsonLines;
use super::metadata::KnownMeta;
use super::name::NamePattern;
use super::options::{Format, Settings, Way};
use super::origin::{Origin, Record, sha256};
use super::read;
use super::records::Records;
use super::table::TableRows;
use crate::error::{Error, Fault};

/// Part of a corpus, not yet decoded. Blocks come in the order of the corpus, numbered from 0.
pub struct Block {
    pub index: u64,
    pub(crate) content: Content,
    /// Articles that are left out because an earlier one has the same text.
    pub(crate) later: Option<Arc<Later>>,
}

/// What a block holds.
pub(crate) enum Content {
    /// Files that are read whole, by the worker.
    Files {
        origins: Vec<Origin>,
        pattern: Arc<NamePattern>,
        settings: Arc<Settings>,
        bytes: u64,
    },
    Lines(JsonLines),
    Rows(TableRows),
    Records(Records),
    /// What could not be read.
    LeftOut(Vec<Fault>),
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
            Content::Records(records) => records.bytes,
            Content::LeftOut(_) => 0,
        }
    }

    /// Decodes, record by record, in the order of the corpus.
    pub fn into_articles(self) -> impl Iterator<Item = Result<Article, BadRecord>> + Send {
        let articles: Box<dyn Iterator<Item = Result<Article, BadRecord>> + Send> = match self.content {
            Content::Files { origins, pattern, settings, .. } => {
                Box::new(origins.into_iter().flat_map(move |origin| whole_file(&origin, &pattern, &settings)))
            }
            Content::Lines(lines) => Box::new(lines.into_articles()),
            Content::Rows(rows) => Box::new(rows.into_articles()),
            Content::Records(records) => Box::new(records.into_articles()),
            Content::LeftOut(faults) => Box::new(faults.into_iter().map(|fault| Err(BadRecord::Skipped(fault)))),
        };
        match self.later {
            Some(later) => Box::new(first::without(later, self.index, articles)),
            None => articles,
        }
    }
}

type Outcome = Result<Article, BadRecord>;

/// Reads a whole file: mostly one article.
fn whole_file(origin: &Origin, pattern: &NamePattern, settings: &Settings) -> Vec<Outcome> {
    let outcome = match origin.format.way() {
        Way::Document => document(origin, pattern, settings),
        Way::Text | Way::Lines | Way::Rows | Way::Records | Way::Made => text(origin, pattern, settings),
    };
    outcome.unwrap_or_else(|error| vec![Err(error)])
}

/// Finds the articles in a document.
fn document(origin: &Origin, pattern: &NamePattern, settings: &Settings) -> Result<Vec<Outcome>, BadRecord> {
    let max_bytes = extract::MAX_DOCUMENT_BYTES;
    let content = origin.material.whole(origin.compression, origin.bytes, max_bytes).map_err(unreadable)?;
    let content = content.ok_or_else(|| {
        let what = format!("not counted: the file has more than {}", read::in_words(max_bytes));
        BadRecord::Skipped(origin.fault(0, 0, what, "divide it into several"))
    })?;
    let document =
        extract::extract(origin.format, &content, settings).map_err(|no_text| not_counted(origin, &no_text))?;
    Ok(articles(origin, pattern, settings, document))
}

/// A file that the system does not give stops the run; one that is damaged or cut short does not.
fn unreadable(error: Error) -> BadRecord {
    match error {
        Error::Input(fault) => BadRecord::Skipped(super::not_counted(fault)),
        error => BadRecord::Fatal(error),
    }
}

fn not_counted(origin: &Origin, no_text: &NoText) -> BadRecord {
    BadRecord::Skipped(origin.fault(0, 0, format!("not counted: {}", no_text.what), no_text.help))
}

/// The articles of a document, with the metadata that the file gives for each.
fn articles(origin: &Origin, pattern: &NamePattern, settings: &Settings, document: Document) -> Vec<Outcome> {
    let fault = |note: Note| origin.fault(note.line, 0, note.what, note.help);
    let is_one = document.articles.len() + document.left_out.len() == 1;
    let named = origin.named(pattern, is_one);
    let mut of_file: Vec<Fault> = document.notes.into_iter().map(fault).collect();
    let mut outcomes: Vec<Outcome> =
        document.left_out.into_iter().map(|note| Err(BadRecord::Skipped(fault(note)))).collect();
    for (at, extracted) in (1..).zip(document.articles) {
        let (bytes, sha256) = (extracted.text.len() as u64, sha256(extracted.text.as_bytes()));
        if bytes > settings.max_article {
            let what = format!("the article has more than {}", read::in_words(settings.max_article));
            outcomes.push(Err(BadRecord::Skipped(origin.fault(extracted.line, 0, what, read::TOO_LONG_HELP))));
            continue;
        }
        let of_place = || if is_one { origin.stem().to_owned() } else { format!("{}:{at}", origin.stem()) };
        let row = origin.row(0).filter(|_| is_one);
        let id = row.map_or_else(|| extracted.id.unwrap_or_else(of_place), |row| row.id.to_string());
        let encoding = if extracted.encoding.is_empty() { "UTF-8" } else { extracted.encoding };
        let decoded = Decoded { text: extracted.text, encoding, repairs: extracted.repairs };
        let mut notes: Vec<Fault> = std::mem::take(&mut of_file);
        notes.extend(extracted.notes.into_iter().map(fault));
        // of many articles in one file a manifest knows none by itself
        let known = match origin.listed.as_deref() {
            Some(listed) if is_one => listed.clone().or(&extracted.known),
            Some(listed) => extracted.known.or(listed),
            None => extracted.known,
        };
        let known = known.or(&named);
        let record = Record { id, known, decoded, bytes, sha256, line: extracted.line, notes };
        outcomes.push(Ok(origin.article(&extracted.hints, record)));
    }
    outcomes
}

/// Reads a document that has the name of a text as what it is, since its marks would be counted as words.
fn misnamed(
    origin: &Origin,
    pattern: &NamePattern,
    settings: &Settings,
    format: Format,
    content: &[u8],
) -> Result<Vec<Outcome>, BadRecord> {
    let mut document = extract::extract(format, content, settings).map_err(|no_text| not_counted(origin, &no_text))?;
    let what = format!("it is no plain text and was read as .{format}");
    document.notes.push(Note::new(0, what, format!("name it .{format}")));
    Ok(articles(origin, pattern, settings, document))
}

/// Reads a text: one article, or the download of an archive.
fn text(origin: &Origin, pattern: &NamePattern, settings: &Settings) -> Result<Vec<Outcome>, BadRecord> {
    let max_bytes = settings.max_article;
    let content = origin.material.whole(origin.compression, origin.bytes, max_bytes).map_err(unreadable)?;
    let content = content.ok_or_else(|| {
        let what = format!("the article has more than {}", read::in_words(max_bytes));
        BadRecord::Skipped(origin.fault(0, 0, what, read::TOO_LONG_HELP))
    })?;
    if let Some(format) = extract::misnamed(&content) {
        return misnamed(origin, pattern, settings, format, &content);
    }
    let (bytes, sha256) = (content.len() as u64, sha256(&content));
    let decoded = decode(content).map_err(|no_text| not_counted(origin, &no_text))?;
    if let Some(download) = extract::download(&decoded, sha256) {
        let document = download.map_err(|no_text| not_counted(origin, &no_text))?;
        return Ok(articles(origin, pattern, settings, document));
    }
    let known = origin.known(pattern, true);
    let id = origin.row(0).map_or(origin.stem(), |row| &row.id).to_owned();
    let record = Record { id, known, decoded, bytes, sha256, line: 1, notes: Vec::new() };
    Ok(vec![Ok(origin.article(&KnownMeta::default(), record))])
}
