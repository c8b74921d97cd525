//! An article's record in a tally: what is known of it as JSON that merging does not look into, and its counts.

use super::names::broken;
use super::numbered::{Numbered, Resolved};
use super::section::Shape;
use crate::codebook::hex;
use crate::count::{ArticleRecord, FiledRecord, GroupKey, Item, ItemKey, Shelf};
use crate::error::{Error, Place, Result};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is counted per article, in the order of a line.
pub(super) const ITEMS: [(&str, Shape); 3] = [
    ("actors", Shape { arity: 1, width: 1 }),
    ("terms", Shape { arity: 1, width: 2 }),
    ("variants", Shape { arity: 1, width: 2 }),
];

#[derive(Debug)]
pub(super) struct Article {
    pub about: Box<RawValue>,
    /// Actors, terms, variants.
    pub items: [Box<[Count]>; 3],
    /// The tally it was read from.
    pub place: Arc<Place>,
}

/// How often an article has what a name stands for, and of these in own voice.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count {
    pub name: u32,
    pub n: u32,
    pub n_own: u32,
}

impl Article {
    /// The names by other numbers.
    pub fn renamed(mut self, numbers: &[u32]) -> Self {
        for count in self.items.iter_mut().flatten() {
            count.name = numbers[count.name as usize];
        }
        self
    }

    /// That an article is in two tallies.
    pub fn is_twice(&self, id: &str, other: &Self) -> Error {
        let (first, second) =
            (self.place.clone().min(other.place.clone()), self.place.clone().max(other.place.clone()));
        Error::Incompatible(format!(
            "the article `{id}` is in two tallies, {first} and {second}; count each article once, and give it an `id` of its own"
        ))
    }
}

/// The fields in the order of their names; empty ones are left out. The line of the container is not kept: it would
/// tell how the corpus was split.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
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
/// More names than a tally can have.
pub(super) fn write(record: &FiledRecord, names: &mut Numbered<'_>) -> Result<Article> {
    let record = record.open();
    let (mut actors, mut terms, mut variants) = (Vec::new(), Vec::new(), Vec::new());
    for Item { key, n, n_own } in record.items.iter() {
        match key {
            ItemKey::Actor(actor) => actors.push(Count { name: names.actor(actor)?, n, n_own }),
            ItemKey::Term(term) => terms.push(Count { name: names.term(term)?, n, n_own }),
            ItemKey::Variant(variant) => variants.push(Count { name: names.variant(variant)?, n, n_own }),
        }
    }
    let about = About {
        by: record.group.to_vec(),
        bytes: record.bytes,
        date: record.date.into_owned(),
        duplicate_of: record.duplicate_of.to_owned(),
        encoding: record.encoding.to_owned(),
        language: record.language.to_owned(),
        more: record.more.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        paragraphs: record.paragraphs,
        path: record.path.to_owned(),
        repairs: record.repairs,
        sentences: record.sentences,
        sha256: hex(&record.sha256),
        source: record.source.to_owned(),
        title: record.title.to_owned(),
        unclosed_quotes: record.unclosed_quotes,
        words: record.words,
        words_dropped: record.words_dropped,
    };
    let about = serde_json::value::to_raw_value(&about).map_err(|error| broken(error.to_string()))?;
    Ok(Article { about, items: [actors.into(), terms.into(), variants.into()], place: Arc::default() })
}

/// The record of an article.
///
/// # Errors
/// JSON that is no record, an entry that the codebook does not have.
pub(super) fn read(id: &str, article: &Article, names: &mut Resolved<'_>, shelf: &mut Shelf) -> Result<FiledRecord> {
    let about: About =
        serde_json::from_str(article.about.get()).map_err(|error| broken(format!("article `{id}`: {error}")))?;
    let [actors, terms, variants] = &article.items;
    let mut items = Vec::with_capacity(actors.len() + terms.len() + variants.len());
    for Count { name, n, n_own } in actors {
        items.push(Item { key: ItemKey::Actor(names.actor(*name)?), n: *n, n_own: *n_own });
    }
    for Count { name, n, n_own } in terms {
        items.push(Item { key: ItemKey::Term(names.term(*name)?), n: *n, n_own: *n_own });
    }
    for Count { name, n, n_own } in variants {
        items.push(Item { key: ItemKey::Variant(names.variant(*name)?), n: *n, n_own: *n_own });
    }
    if let Some(item) = items.iter().find(|item| item.n_own > item.n) {
        return Err(broken(format!("article `{id}`: {} of {} hits are in own voice", item.n_own, item.n)));
    }
    let sha256 =
        unhex(&about.sha256).ok_or_else(|| broken(format!("article `{id}`: `{}` is no SHA-256", about.sha256)))?;
    Ok(shelf.file(&ArticleRecord {
        group: &about.by,
        source: &about.source,
        date: about.date.into(),
        title: &about.title,
        language: &about.language,
        path: &about.path,
        line: 0,
        encoding: &about.encoding,
        bytes: about.bytes,
        words: about.words,
        words_dropped: about.words_dropped,
        sentences: about.sentences,
        paragraphs: about.paragraphs,
        repairs: about.repairs,
        unclosed_quotes: about.unclosed_quotes,
        duplicate_of: &about.duplicate_of,
        sha256,
        more: about.more.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
        items: items.into_iter().collect(),
    }))
}

/// The bytes of a hash as [`hex`] writes it.
fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    (hex(&bytes) == text).then_some(bytes)
}
