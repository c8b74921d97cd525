//! Records in few bytes: every article of a corpus keeps its own until the tables are made.
//!
//! What many articles have in common is kept once, numbers take seven bits to a byte, and the rest lies in one piece.

use super::{ArticleRecord, GroupKey, PackedItems};
use crate::varint;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;
use std::sync::Arc;

/// The record of an article as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledRecord {
    common: Arc<Common>,
    path: Arc<str>,
    /// Every measure per article asks for them.
    words: u64,
    /// Numbers, texts, hash and items, in the order of [`FiledRecord::open`].
    packed: Box<[u8]>,
}

/// What an article shares with many.
#[derive(Debug, PartialEq, Eq)]
struct Common {
    group: GroupKey,
    source: Box<str>,
    language: Box<str>,
    encoding: Box<str>,
}

impl Common {
    fn is_of(&self, record: &ArticleRecord<'_>) -> bool {
        self.group == record.group
            && *self.source == *record.source
            && *self.language == *record.language
            && *self.encoding == *record.encoding
    }
}

/// Packs records, and keeps what many have in common only once. One per worker; no count depends on what is shared.
#[derive(Debug, Default)]
pub struct Shelf {
    /// By hash; of several with one hash the last.
    common: FxHashMap<u64, Arc<Common>>,
    /// The path of the last record: a container has many.
    path: Arc<str>,
    packed: Vec<u8>,
}

impl Shelf {
    pub fn file(&mut self, record: &ArticleRecord<'_>) -> FiledRecord {
        if *self.path != *record.path {
            self.path = record.path.into();
        }
        let (common, path) = (self.common(record), Arc::clone(&self.path));
        let out = &mut self.packed;
        out.clear();
        for number in [
            record.line,
            record.bytes,
            record.words_dropped,
            record.sentences,
            record.paragraphs,
            record.repairs,
            record.unclosed_quotes,
        ] {
            varint::push(number, out);
        }
        for text in [&*record.date, record.title, record.duplicate_of] {
            push_text(text, out);
        }
        varint::push(record.more.len() as u64, out);
        for (name, value) in &record.more {
            push_text(name, out);
            push_text(value, out);
        }
        out.extend_from_slice(&record.sha256);
        out.extend_from_slice(&record.text_digest);
        out.extend_from_slice(record.items.bytes());
        FiledRecord { common, path, words: record.words, packed: out.as_slice().into() }
    }

    fn common(&mut self, record: &ArticleRecord<'_>) -> Arc<Common> {
        let hash = FxBuildHasher.hash_one((record.group, record.source, record.language, record.encoding));
        match self.common.get(&hash) {
            Some(common) if common.is_of(record) => Arc::clone(common),
            Some(_) | None => {
                let common = Arc::new(Common {
                    group: record.group.to_vec(),
                    source: record.source.into(),
                    language: record.language.into(),
                    encoding: record.encoding.into(),
                });
                self.common.insert(hash, Arc::clone(&common));
                common
            }
        }
    }
}

impl FiledRecord {
    pub fn group(&self) -> &GroupKey {
        &self.common.group
    }

    /// Counted words.
    pub fn words(&self) -> u64 {
        self.words
    }

    pub fn open(&self) -> ArticleRecord<'_> {
        let mut packed = PackedRecord(&self.packed);
        ArticleRecord {
            group: &self.common.group,
            source: &self.common.source,
            language: &self.common.language,
            encoding: &self.common.encoding,
            path: &self.path,
            words: self.words,
            line: packed.number(),
            bytes: packed.number(),
            words_dropped: packed.number(),
            sentences: packed.number(),
            paragraphs: packed.number(),
            repairs: packed.number(),
            unclosed_quotes: packed.number(),
            date: packed.text().into(),
            title: packed.text(),
            duplicate_of: packed.text(),
            more: (0..packed.number()).map(|_| (packed.text(), packed.text())).collect(),
            sha256: packed.take(32).try_into().unwrap_or_default(),
            text_digest: packed.take(16).try_into().unwrap_or_default(),
            items: PackedItems::of(packed.0),
        }
    }
}

fn push_text(text: &str, out: &mut Vec<u8>) {
    varint::push(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
}

/// What is left of a packed record; it holds what [`Shelf::file`] wrote.
struct PackedRecord<'a>(&'a [u8]);

impl<'a> PackedRecord<'a> {
    fn number(&mut self) -> u64 {
        varint::take(&mut self.0).unwrap_or_default()
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.0.split_at_checked(length).unwrap_or_default();
        self.0 = rest;
        taken
    }

    fn text(&mut self) -> &'a str {
        let length = self.number() as usize;
        std::str::from_utf8(self.take(length)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::count::{HitCounts, ItemKey, ItemRecord};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn records_come_back(
            records in proptest::collection::vec(
                (
                    proptest::collection::vec("[ab]{0,2}", 0..3),
                    proptest::collection::vec("[aé]{0,3}", 7),
                    proptest::collection::vec(any::<u64>(), 8),
                    proptest::collection::btree_map("[a-c]{1,2}", "[aé]{0,200}", 0..3),
                    any::<([u8; 32], [u8; 16])>(),
                    0u32..300,
                ),
                0..9,
            ),
        ) {
            let mut shelf = Shelf::default();
            for (group, texts, numbers, more, (sha256, text_digest), items) in &records {
                let record = ArticleRecord {
                    group,
                    source: &texts[0],
                    date: texts[1].as_str().into(),
                    title: &texts[2],
                    language: &texts[3],
                    path: &texts[4],
                    line: numbers[0],
                    encoding: &texts[5],
                    bytes: numbers[1],
                    words: numbers[2],
                    words_dropped: numbers[3],
                    sentences: numbers[4],
                    paragraphs: numbers[5],
                    repairs: numbers[6],
                    unclosed_quotes: numbers[7],
                    duplicate_of: &texts[6],
                    sha256: *sha256,
                    text_digest: *text_digest,
                    more: more.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
                    items: (0..*items).map(|term| ItemRecord { key: ItemKey::Term(term), counts: HitCounts::hits(2) }).collect(),
                };
                let filed = shelf.file(&record);
                prop_assert_eq!(filed.open(), record);
            }
        }
    }
}
