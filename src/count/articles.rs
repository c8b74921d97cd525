//! The records of a corpus's articles in few bytes: they are kept until the tables are made.
//!
//! What many articles have in common is kept once, numbers take seven bits to a byte, and the records lie end to end in
//! pages. A million articles of a sentence take 100 bytes each; each in memory of its own, in a tree by id, took twice as much.

use super::{ArticleRecord, GroupKey, PackedItems};
use crate::by_text::sort_by_text;
use crate::varint;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;
use std::sync::Arc;

/// Bytes of a page; a record that is larger has a page of its own.
const PAGE: usize = 1 << 18;

/// Records by id.
#[derive(Debug, Clone, Default)]
pub struct Articles {
    pages: Vec<Page>,
    places: Vec<Place>,
}

#[derive(Debug, Clone)]
struct Page {
    bytes: Vec<u8>,
    shared: Arc<SharedFacts>,
}

/// Where a record begins.
#[derive(Debug, Clone, Copy)]
struct Place {
    page: u32,
    at: u32,
}

/// What records name by its number.
#[derive(Debug, Default)]
struct SharedFacts {
    common: Vec<Common>,
    paths: Vec<Box<str>>,
}

/// What an article shares with many.
#[derive(Debug)]
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

/// Takes records, in any order. One per worker; no count depends on what is shared.
#[derive(Debug, Default)]
pub struct Shelf {
    shared: SharedFacts,
    /// The numbers of [`SharedFacts::common`] by hash; of several with one hash the last.
    by_hash: FxHashMap<u64, u32>,
    pages: Vec<Vec<u8>>,
    places: Vec<Place>,
    record: Vec<u8>,
}

impl Shelf {
    pub fn file(&mut self, id: &str, record: &ArticleRecord<'_>) {
        // A container has many articles, one after the other.
        if self.shared.paths.last().is_none_or(|path| **path != *record.path) {
            self.shared.paths.push(record.path.into());
        }
        let (common, path) = (self.common(record), self.shared.paths.len() as u64 - 1);
        let out = &mut self.record;
        out.clear();
        push_text(id, out);
        for number in [
            common,
            record.words,
            path,
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
        varint::push(record.items.bytes().len() as u64, out);
        out.extend_from_slice(record.items.bytes());
        self.append();
    }

    /// Appends the packed record to the last page, or to a new one.
    fn append(&mut self) {
        let length = self.record.len();
        if self.pages.last().is_none_or(|page| page.capacity() - page.len() < length) {
            self.pages.push(Vec::with_capacity(PAGE.max(length)));
        }
        let page = self.pages.len() - 1;
        self.places.push(Place { page: page as u32, at: self.pages[page].len() as u32 });
        self.pages[page].extend_from_slice(&self.record);
    }

    fn common(&mut self, record: &ArticleRecord<'_>) -> u64 {
        let common = &mut self.shared.common;
        let hash = FxBuildHasher.hash_one((record.group, record.source, record.language, record.encoding));
        let known = self.by_hash.get(&hash).filter(|number| common[**number as usize].is_of(record));
        let number = known.copied().unwrap_or_else(|| {
            common.push(Common {
                group: record.group.to_vec(),
                source: record.source.into(),
                language: record.language.into(),
                encoding: record.encoding.into(),
            });
            self.by_hash.insert(hash, common.len() as u32 - 1);
            common.len() as u32 - 1
        });
        number.into()
    }

    pub fn finish(self) -> Articles {
        let shared = Arc::new(self.shared);
        let pages = self.pages.into_iter().map(|bytes| Page { bytes, shared: Arc::clone(&shared) }).collect();
        let mut articles = Articles { pages, places: self.places };
        articles.sort();
        articles
    }
}

impl Articles {
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The records in the order of their ids.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = FiledRecord<'_>> {
        self.places.iter().map(|place| self.record(*place))
    }

    /// The record of a place in that order.
    pub fn at(&self, place: u32) -> FiledRecord<'_> {
        self.record(self.places[place as usize])
    }

    pub fn get(&self, id: &str) -> Option<FiledRecord<'_>> {
        let place = self.places.binary_search_by(|place| self.record(*place).id().cmp(id)).ok()?;
        Some(self.at(place as u32))
    }

    /// Adds those that another worker filed.
    pub fn absorb(&mut self, other: Self) {
        let pages = self.pages.len() as u32;
        self.pages.extend(other.pages);
        self.places.extend(other.places.into_iter().map(|place| Place { page: place.page + pages, ..place }));
        self.sort();
    }

    /// Ids that two articles have, each with the places of both, in order.
    pub fn duplicates(&self) -> Vec<[String; 3]> {
        let mut found = Vec::new();
        let same = self.places.chunk_by(|a, b| self.record(*a).id() == self.record(*b).id());
        for same in same.filter(|same| same.len() > 1) {
            let mut places: Vec<String> = same.iter().map(|place| self.record(*place).open().place()).collect();
            places.sort();
            for second in &places[1..] {
                found.push([self.record(same[0]).id().to_owned(), places[0].clone(), second.clone()]);
            }
        }
        found
    }

    fn sort(&mut self) {
        let mut places = std::mem::take(&mut self.places);
        sort_by_text(&mut places, |place| self.record(place).id());
        self.places = places;
    }

    fn record(&self, place: Place) -> FiledRecord<'_> {
        let page = &self.pages[place.page as usize];
        FiledRecord { shared: &page.shared, packed: PackedRecord(&page.bytes[place.at as usize..]) }
    }
}

/// The record of an article as it is kept.
#[derive(Debug, Clone, Copy)]
pub struct FiledRecord<'a> {
    shared: &'a SharedFacts,
    packed: PackedRecord<'a>,
}

impl<'a> FiledRecord<'a> {
    pub fn id(mut self) -> &'a str {
        self.packed.text()
    }

    pub fn group(mut self) -> &'a GroupKey {
        self.packed.text();
        &self.shared.common[self.packed.number() as usize].group
    }

    /// Counted words.
    pub fn words(mut self) -> u64 {
        self.packed.text();
        self.packed.number();
        self.packed.number()
    }

    pub fn open(self) -> ArticleRecord<'a> {
        let mut packed = self.packed;
        packed.text();
        let common = &self.shared.common[packed.number() as usize];
        ArticleRecord {
            group: &common.group,
            source: &common.source,
            language: &common.language,
            encoding: &common.encoding,
            words: packed.number(),
            path: &self.shared.paths[packed.number() as usize],
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
            items: {
                let length = packed.number() as usize;
                PackedItems::of(packed.take(length))
            },
        }
    }
}

fn push_text(text: &str, out: &mut Vec<u8>) {
    varint::push(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
}

/// What is left of a packed record; it holds what [`Shelf::file`] wrote, and others behind it.
#[derive(Debug, Clone, Copy)]
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
    use std::collections::BTreeMap;

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
            let ids: Vec<String> = (0..records.len()).map(|at| format!("{}", at * 7 % 10)).collect();
            let mut shelves = [Shelf::default(), Shelf::default()];
            let mut filed = BTreeMap::new();
            for (at, (id, (group, texts, numbers, more, (sha256, text_digest), items))) in ids.iter().zip(&records).enumerate() {
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
                shelves[at % 2].file(id, &record);
                filed.insert(id.as_str(), record);
            }
            let [mut articles, others] = shelves.map(Shelf::finish);
            articles.absorb(others);
            prop_assert_eq!(articles.get("1").map(FiledRecord::words), filed.get("1").map(|record| record.words));
            let opened: Vec<_> = articles.iter().map(|record| (record.id(), record.open())).collect();
            prop_assert_eq!(opened, filed.into_iter().collect::<Vec<_>>());
        }
    }
}
