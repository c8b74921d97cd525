//! An article's record as JSON.

use super::names::{Book, broken};
use crate::count::{ArticleRecord, GroupKey, Item, ItemKey};
use crate::error::Result;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The fields in the order of their names; empty ones are left out. The line of the container is not kept: it would
/// tell how the corpus was split.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    actors: BTreeMap<String, u32>,
    by: GroupKey,
    #[serde(default, skip_serializing_if = "is_zero")]
    bytes: u64,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    date: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    duplicate_of: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    encoding: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    language: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    more: BTreeMap<String, String>,
    /// Hits, and hits in own voice.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    names: BTreeMap<String, [u32; 2]>,
    #[serde(default, skip_serializing_if = "is_zero")]
    paragraphs: u64,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    path: String,
    #[serde(default, skip_serializing_if = "is_zero")]
    repairs: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    sentences: u64,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    sha256: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    source: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    terms: BTreeMap<String, [u32; 2]>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(default, skip_serializing_if = "is_zero")]
    unclosed_quotes: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    words: u64,
    #[serde(default, skip_serializing_if = "is_zero")]
    words_dropped: u64,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// A record as it stands in a tally.
///
/// # Errors
/// None that is known: every record has a JSON form.
pub(super) fn write(record: ArticleRecord, book: &Book) -> Result<Box<RawValue>> {
    let (mut actors, mut terms, mut names) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for item in record.items.iter() {
        match item.key {
            ItemKey::Actor(actor) => {
                actors.insert(book.actors.name(actor).to_owned(), item.n);
            }
            ItemKey::Term(term) => {
                terms.insert(book.terms.name(term).to_owned(), [item.n, item.n_own]);
            }
            ItemKey::Variant(variant) => {
                names.insert(book.variants.name(variant).to_owned(), [item.n, item.n_own]);
            }
        }
    }
    let line = Line {
        actors,
        by: record.group,
        bytes: record.bytes,
        date: record.date,
        duplicate_of: record.duplicate_of,
        encoding: record.encoding,
        language: record.language,
        more: record.more,
        names,
        paragraphs: record.paragraphs,
        path: record.path,
        repairs: record.repairs,
        sentences: record.sentences,
        sha256: record.sha256,
        source: record.source,
        terms,
        title: record.title,
        unclosed_quotes: record.unclosed_quotes,
        words: record.words,
        words_dropped: record.words_dropped,
    };
    serde_json::value::to_raw_value(&line).map_err(|error| broken(error.to_string()))
}

/// The record of an article.
///
/// # Errors
/// JSON that is no record, an entry that the codebook does not have.
pub(super) fn read(id: &str, raw: &RawValue, book: &Book) -> Result<ArticleRecord> {
    let line: Line = serde_json::from_str(raw.get()).map_err(|error| broken(format!("article `{id}`: {error}")))?;
    let mut items = Vec::with_capacity(line.actors.len() + line.terms.len() + line.names.len());
    for (name, n) in line.actors {
        items.push(Item { key: ItemKey::Actor(book.actors.number(&name)?), n, n_own: 0 });
    }
    for (name, [n, n_own]) in line.terms {
        items.push(Item { key: ItemKey::Term(book.terms.number(&name)?), n, n_own });
    }
    for (name, [n, n_own]) in line.names {
        items.push(Item { key: ItemKey::Variant(book.variants.number(&name)?), n, n_own });
    }
    if let Some(item) = items.iter().find(|item| item.n_own > item.n) {
        return Err(broken(format!("article `{id}`: {} of {} hits are in own voice", item.n_own, item.n)));
    }
    Ok(ArticleRecord {
        group: line.by,
        source: line.source,
        date: line.date,
        title: line.title,
        language: line.language,
        path: line.path,
        line: 0,
        encoding: line.encoding,
        bytes: line.bytes,
        words: line.words,
        words_dropped: line.words_dropped,
        sentences: line.sentences,
        paragraphs: line.paragraphs,
        repairs: line.repairs,
        unclosed_quotes: line.unclosed_quotes,
        duplicate_of: line.duplicate_of,
        sha256: line.sha256,
        more: line.more,
        items: items.into_iter().collect(),
    })
}
