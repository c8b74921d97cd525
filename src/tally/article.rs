//! An article's record in a tally: what is known of it as JSON that merging does not look into, and its counts.

use super::names::broken;
use super::numbered::{Numbered, Resolved};
use super::section::SectionShape;
use crate::codebook::hex;
use crate::count::{ArticleRecord, Counted, FiledRecord, GroupKey, HitCounts, ItemKey, ItemRecord, Said, Shelf};
use crate::error::{Error, Place, Result};
use crate::varint;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Kinds of items.
pub(super) const KINDS: usize = 5;

/// What is counted per article, in the order of a line.
pub(super) const ITEMS: [(&str, SectionShape); KINDS] = [
    ("actors", SectionShape { arity: 1, width: 1 }),
    ("terms", SectionShape { arity: 1, width: Counted::NUMBER }),
    ("variants", SectionShape { arity: 1, width: Counted::NUMBER }),
    ("targets", SectionShape { arity: 2, width: 1 }),
    ("speakers", SectionShape { arity: 1, width: Said::NUMBER }),
];

#[derive(Debug)]
pub(super) struct TallyArticle {
    pub about: Box<RawValue>,
    /// Actors, terms, variants, frames with their targets, speakers.
    pub items: [PackedCounts; KINDS],
    /// The tally it was read from.
    pub place: Arc<Place>,
}

/// How often an article has what one or two names stand for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count {
    pub names: [u32; 2],
    pub counts: HitCounts,
}

/// Counts in few bytes: a tally holds those of every article.
#[derive(Debug, Default)]
pub(super) struct PackedCounts(Box<[u8]>);

impl PackedCounts {
    pub fn iter(&self) -> impl Iterator<Item = Count> + '_ {
        let mut rest = &self.0[..];
        std::iter::from_fn(move || {
            let names = [varint::take(&mut rest)? as u32, varint::take(&mut rest)? as u32];
            Some(Count { names, counts: HitCounts::take(&mut rest)? })
        })
    }
}

impl FromIterator<Count> for PackedCounts {
    fn from_iter<I: IntoIterator<Item = Count>>(counts: I) -> Self {
        let mut bytes = Vec::new();
        for Count { names, counts } in counts {
            names.into_iter().for_each(|name| varint::push(name.into(), &mut bytes));
            counts.push(&mut bytes);
        }
        Self(bytes.into())
    }
}

impl TallyArticle {
    /// The names by other numbers.
    pub fn renamed(mut self, numbers: &[u32]) -> Self {
        let renamed = |count: Count| Count { names: count.names.map(|name| numbers[name as usize]), ..count };
        self.items = self.items.map(|items| items.iter().map(renamed).collect());
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

/// Of a record what is compared to find two articles with the same text.
#[derive(Debug, Deserialize)]
struct RecordText {
    #[serde(default)]
    text_digest: String,
}

/// The digest of an article's text; empty for a text without a word and for a record that cannot be read.
pub(super) fn text_digest(article: &TallyArticle) -> String {
    serde_json::from_str(article.about.get()).map_or_else(|_| String::new(), |text: RecordText| text.text_digest)
}

/// The fields in the order of their names; empty ones are left out. The line of the container is not kept: it would
/// tell how the corpus was split.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleAbout {
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
    text_digest: String,
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
pub(super) fn write(record: FiledRecord<'_>, names: &mut Numbered<'_>) -> Result<TallyArticle> {
    let record = record.open();
    let mut items: [Vec<Count>; KINDS] = Default::default();
    for ItemRecord { key, counts } in record.items.iter() {
        // Of a single name the second is the same once more.
        let (kind, named) = match key {
            ItemKey::Actor(actor) => (0, [names.actor(actor)?; 2]),
            ItemKey::Term(term) => (1, [names.term(term)?; 2]),
            ItemKey::Variant(variant) => (2, [names.variant(variant)?; 2]),
            ItemKey::Target { frame, actor } => (3, [names.frame(frame)?, names.actor(actor)?]),
            ItemKey::Speaker(speaker) => (4, [names.anyone(speaker)?; 2]),
        };
        items[kind].push(Count { names: named, counts });
    }
    let about = ArticleAbout {
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
        text_digest: if record.text_digest == [0; 16] { String::new() } else { hex(&record.text_digest) },
        title: record.title.to_owned(),
        unclosed_quotes: record.unclosed_quotes,
        words: record.words,
        words_dropped: record.words_dropped,
    };
    let about = serde_json::value::to_raw_value(&about).map_err(|error| broken(error.to_string()))?;
    Ok(TallyArticle { about, items: items.map(|counts| counts.into_iter().collect()), place: Arc::default() })
}

/// Files the record of an article.
///
/// # Errors
/// JSON that is no record, an entry that the codebook does not have.
pub(super) fn read(id: &str, article: &TallyArticle, names: &mut Resolved<'_>, shelf: &mut Shelf) -> Result<()> {
    let about: ArticleAbout =
        serde_json::from_str(article.about.get()).map_err(|error| broken(format!("article `{id}`: {error}")))?;
    let mut items = Vec::new();
    for (kind, packed) in article.items.iter().enumerate() {
        for Count { names: [name, second], counts } in packed.iter() {
            let key = match kind {
                0 => ItemKey::Actor(names.actor(name)?),
                1 => ItemKey::Term(names.term(name)?),
                2 => ItemKey::Variant(names.variant(name)?),
                4 => ItemKey::Speaker(names.anyone(name)?),
                _ => ItemKey::Target { frame: names.frame(name)?, actor: names.actor(second)? },
            };
            items.push(ItemRecord { key, counts });
        }
    }
    if let Some(item) = items.iter().find(|item| !item.counts.is_possible()) {
        let most = item.counts.0.iter().max().unwrap_or(&0);
        return Err(broken(format!("article `{id}`: {most} of {} hits are of one kind", item.n())));
    }
    let sha256 =
        unhex(&about.sha256).ok_or_else(|| broken(format!("article `{id}`: `{}` is no SHA-256", about.sha256)))?;
    let text_digest = match about.text_digest.as_str() {
        "" => [0; 16],
        digest => unhex(digest).ok_or_else(|| broken(format!("article `{id}`: `{digest}` is no digest of a text")))?,
    };
    let record = ArticleRecord {
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
        text_digest,
        more: about.more.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
        items: items.into_iter().collect(),
    };
    shelf.file(id, &record);
    Ok(())
}

/// The bytes of a hash as [`hex`] writes it.
fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    (hex(&bytes) == text).then_some(bytes)
}
