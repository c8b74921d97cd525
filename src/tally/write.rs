//! A tally as one line: keys sorted, integers only, the same bytes for the same counts.

use super::article::{Count, ITEMS};
use super::columns::{place_of, write_columns};
use super::digest;
use super::name_table::NameKey;
use super::section::SectionShape;
use super::{SCHEMA, Tally, TallyGroup, VERSION};
use crate::count::GroupKey;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// The form of a group's first hits: the entry's kind and name, the article and the byte.
pub(super) const FIRST: SectionShape = SectionShape { arity: 2, width: 2 };

impl Tally {
    /// The line, without the line break.
    pub fn line(&self) -> String {
        let mut out = String::with_capacity(1 << 16);
        let (order, places) = self.names.sorted();
        out.push_str("{\"about\":");
        self.write_about(&mut out);
        out.push_str(",\"bad_records\":[");
        for (at, ([what, help], n)) in self.bad_records.iter().enumerate() {
            separate(&mut out, at);
            out.push('[');
            for cell in [what, help] {
                text(&mut out, cell);
                out.push(',');
            }
            integer(&mut out, *n);
            out.push(']');
        }
        out.push_str("],\"codes\":[");
        for (at, number) in order.iter().enumerate() {
            separate(&mut out, at);
            text(&mut out, self.names.name(*number));
        }
        out.push_str("],\"counted\":{");
        self.write_articles(&mut out, &places);
        out.push_str("},\"groups\":[");
        let articles: Vec<&Arc<str>> = self.articles.keys().collect();
        for (at, (by, group)) in self.groups.iter().enumerate() {
            separate(&mut out, at);
            group.write(&mut out, by, &places, &articles);
        }
        out.push_str("],\"parts\":{");
        for (at, (name, articles)) in self.parts.iter().enumerate() {
            key(&mut out, at, name);
            integer(&mut out, *articles);
        }
        out.push_str("},\"words\":{");
        self.write_words(&mut out);
        out.push_str("}}");
        digest::seal(&mut out);
        out
    }

    fn write_about(&self, out: &mut String) {
        out.push_str("{\"articles_counted\":");
        integer(out, self.articles_counted());
        out.push_str(",\"articles_in\":");
        integer(out, self.articles_in);
        out.push_str(",\"bad_records\":");
        integer(out, self.bad_records());
        out.push_str(",\"counted_by\":{");
        let nothing = BTreeMap::new();
        let parts = self.fingerprint().map_or(&nothing, |fingerprint| fingerprint.parts());
        for (at, (name, value)) in parts.iter().enumerate() {
            key(out, at, name);
            text(out, value);
        }
        out.push('}');
        out.push_str(digest::KEY);
        out.push_str("\",\"fingerprint\":");
        text(out, self.fingerprint().map_or("", |fingerprint| fingerprint.hash()));
        out.push_str(",\"read_as\":[");
        for (at, read) in self.read_as.iter().enumerate() {
            separate(out, at);
            // texts and numbers under fixed keys always have a JSON text
            out.push_str(&serde_json::to_string(read).unwrap_or_default());
        }
        out.push_str("],\"schema\":");
        text(out, SCHEMA);
        out.push_str(",\"version\":");
        integer(out, VERSION);
        out.push('}');
    }

    fn write_articles(&self, out: &mut String, places: &[u32]) {
        let mut rows = Vec::new();
        for (at, (id, article)) in self.articles.iter().enumerate() {
            key(out, at, id);
            out.push_str("{\"about\":");
            out.push_str(article.about.get());
            for ((name, shape), counts) in ITEMS.iter().zip(&article.items) {
                rows.clear();
                let place = |count: &Count| place_of(NameKey::new(&count.names[..shape.arity]), shape.arity, places);
                rows.extend(counts.iter().map(|count| (place(&count), count)));
                rows.sort_unstable_by_key(|row| row.0);
                out.push(',');
                key(out, 0, name);
                write_columns(out, &rows, *shape, |count, column| u64::from(count.counts.0[column]));
            }
            out.push('}');
        }
    }

    /// Of each word, for every group that has it: the group's number, occurrences, articles.
    fn write_words(&self, out: &mut String) {
        let words = self.lexicon.words();
        let mut order: Vec<u32> = (0..words.len() as u32).collect();
        order.sort_unstable_by_key(|word| words[*word as usize].as_str());
        let groups: Vec<&FxHashMap<u32, [u64; 2]>> = self.groups.values().map(|group| &group.words).collect();
        // Gathered by word first: asking every group for every word would cost their product. Those of a word end where
        // those of the next begin.
        let mut ends = vec![0usize; words.len()];
        groups.iter().flat_map(|group| group.keys()).for_each(|word| ends[*word as usize] += 1);
        let mut begin = 0;
        for end in &mut ends {
            (*end, begin) = (begin, begin + *end);
        }
        let mut cells: Vec<(u32, [u64; 2])> = vec![(0, [0, 0]); begin];
        for (number, group) in groups.iter().enumerate() {
            for (word, counts) in group.iter() {
                let next = &mut ends[*word as usize];
                cells[*next] = (number as u32, *counts);
                *next += 1;
            }
        }
        let of = |word: u32| {
            let begin = word.checked_sub(1).map_or(0, |before| ends[before as usize]);
            &cells[begin..ends[word as usize]]
        };
        for (at, word) in order.into_iter().filter(|word| !of(*word).is_empty()).enumerate() {
            key(out, at, &words[word as usize]);
            out.push('[');
            for (at, (group, [n, articles])) in of(word).iter().enumerate() {
                separate(out, at);
                integers(out, &[u64::from(*group), *n, *articles]);
            }
            out.push(']');
        }
    }
}

impl TallyGroup {
    fn write(&self, out: &mut String, by: &GroupKey, places: &[u32], articles: &[&Arc<str>]) {
        out.push_str("{\"by\":[");
        for (at, value) in by.iter().enumerate() {
            separate(out, at);
            text(out, value);
        }
        out.push_str("],\"counts\":{");
        for (at, (name, section)) in self.sections.iter().enumerate() {
            key(out, at, name);
            let shape = section.shape;
            let mut rows: Vec<(u64, usize)> =
                section.iter().zip(0..).map(|((key, _), row)| (place_of(key, shape.arity, places), row)).collect();
            rows.sort_unstable_by_key(|row| row.0);
            write_columns(out, &rows, shape, |row, column| section.number(*row, column));
        }
        out.push_str("},\"first\":");
        let mut first: Vec<(u64, [u64; 2])> = self
            .first
            .iter()
            .filter_map(|(key, (article, byte))| {
                // Every first hit is one of an article that is here.
                let at = articles.binary_search(&article).ok()?;
                Some((place_of(*key, FIRST.arity, places), [at as u64, *byte]))
            })
            .collect();
        first.sort_unstable_by_key(|row| row.0);
        write_columns(out, &first, FIRST, |row, column| row[column]);
        out.push('}');
    }
}

pub(super) fn separate(out: &mut String, at: usize) {
    if at > 0 {
        out.push(',');
    }
}

fn key(out: &mut String, at: usize, name: &str) {
    separate(out, at);
    text(out, name);
    out.push(':');
}

/// Most of a line are numbers of one digit, which formatting would make slow.
pub(super) fn integer(out: &mut String, number: u64) {
    if number >= 10 {
        integer(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

fn integers(out: &mut String, numbers: &[u64]) {
    for (at, number) in numbers.iter().enumerate() {
        separate(out, at);
        integer(out, *number);
    }
}

/// A JSON string: quotation marks, backslashes and control characters escaped, everything else as it is.
fn text(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte < 0x20 || byte == b'"' || byte == b'\\') {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            control => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{control:04x}");
            }
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}
