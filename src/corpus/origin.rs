//! The file an article comes from, and what is known from the file alone.

use std::borrow::Cow;
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};

use memchr::memchr;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::Article;
use super::compressed::Compression;
use super::dates::DateOrder;
use super::decode::Decoded;
use super::evidence;
use super::extract;
use super::language;
use super::metadata::KnownMeta;
use super::name::NamePattern;
use super::options::{Format, Settings};
use super::packed::Member;
use super::read::Material;
use super::visible::visible;
use super::walk;
use crate::error::{Error, Fault};

/// A file (or standard input) to read articles from.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub material: Material,
    pub format: Format,
    pub compression: Compression,
    /// Relative to the corpus root, `/`-separated.
    pub relative: String,
    /// As stored; 0 when it cannot be known before reading.
    pub bytes: u64,
    /// What a manifest says of the file.
    pub listed: Option<Arc<KnownMeta>>,
    /// The rows of a list of addresses that its pages belong to: by the number of the record in a web archive, 0 for
    /// any other file. Other pages of the archive are not read.
    pub rows: Option<Arc<FxHashMap<u64, ListedPage>>>,
}

/// What a list of addresses says of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListedPage {
    pub id: Arc<str>,
    pub known: Arc<KnownMeta>,
}

/// What the file alone says of its articles; the articles' own values go before it.
#[derive(Debug)]
pub(crate) struct Container {
    pub origin: Origin,
    pub known: KnownMeta,
    pub settings: Arc<Settings>,
    /// What the file was in before it was streamed as UTF-8.
    pub encoding: &'static str,
    /// The order of its dates; looked for when a date first needs it.
    order: OnceLock<Option<DateOrder>>,
}

/// One article as its record has it.
pub(crate) struct Record {
    pub id: String,
    pub known: KnownMeta,
    pub decoded: Decoded,
    pub bytes: u64,
    pub sha256: [u8; 32],
    pub line: u64,
    pub notes: Vec<Fault>,
}

impl Origin {
    /// What to say when reading fails.
    pub fn unreadable(&self) -> impl FnOnce(std::io::Error) -> Error {
        self.compression.unreadable(&self.material)
    }

    /// The relative path without extensions.
    pub fn stem(&self) -> &str {
        match self.material {
            Material::File(_) | Material::Member(_) | Material::Memory { .. } => walk::stem(&self.relative),
            Material::Stdin => "stdin",
        }
    }

    /// The row of a list that a page of the file belongs to.
    pub fn row(&self, number: u64) -> Option<&ListedPage> {
        self.rows.as_ref()?.get(&number)
    }

    /// What the manifest and then the file's name tell. The name of a container of many articles names none of them, so
    /// it gives no title.
    pub fn known(&self, pattern: &NamePattern, is_one_article: bool) -> KnownMeta {
        let named = self.named(pattern, is_one_article);
        match &self.listed {
            Some(listed) => KnownMeta::clone(listed).or(&named),
            None => named,
        }
    }

    /// What the file's name says.
    pub fn named(&self, pattern: &NamePattern, is_one_article: bool) -> KnownMeta {
        let mut named = pattern.read(self.stem()).unwrap_or_default();
        if !is_one_article {
            named.title = None;
        }
        named
    }

    /// The source when nothing else gives one: the sub-folder of the corpus root, or the stem of a file in the root.
    fn fallback_source(&self) -> &str {
        if let Material::Member(Member { source: Some(source), .. }) = &self.material {
            return source;
        }
        let stem = self.stem();
        if let Material::Member(member) = &self.material {
            // the folder of the archive, or the archive itself
            let archive = member.archive_name(stem);
            return archive.split_once('/').map_or(archive, |(folder, _)| folder);
        }
        stem.split_once('/').map_or(stem, |(folder, _)| folder)
    }

    pub fn fault(&self, line: u64, column: u64, what: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault { place: self.material.place(line, column), what: what.into(), help: help.into() }
    }

    /// Fills what the record leaves empty with what the file says.
    pub fn article(&self, lower: &KnownMeta, record: Record) -> Article {
        let Record { id, known, decoded, bytes, sha256, line, mut notes } = record;
        if memchr(0, decoded.text.as_bytes()).is_some() {
            let help = "they count as separators; remove them if they are not meant";
            notes.push(self.fault(line, 0, "the text has NUL characters", help));
        }
        if !decoded.text.contains(char::is_alphanumeric) {
            notes.push(self.fault(line, 0, "the text has no word", "it counts as an article of no words"));
        }
        let mut meta = known.or(lower).finish(&visible(self.fallback_source()));
        if meta.language.is_empty() {
            meta.language = language::of(&decoded.text).unwrap_or_default().to_owned();
        }
        Article {
            id: nfc(id).into(),
            raw: decoded.text,
            meta,
            path: self.relative.clone(),
            encoding: decoded.encoding.to_owned(),
            bytes,
            repairs: decoded.repairs,
            sha256,
            line,
            notes,
        }
    }
}

impl Container {
    pub fn new(origin: Origin, known: KnownMeta, settings: Arc<Settings>, encoding: &'static str) -> Self {
        Self { origin, known, settings, encoding, order: OnceLock::new() }
    }

    /// What `09/05/2023` means here: as it was declared, or as the other dates of the file show.
    pub fn date_order(&self) -> Option<DateOrder> {
        self.settings.date_order.or_else(|| *self.order.get_or_init(|| evidence::date_order(self)))
    }

    /// The text of a cell; where that is HTML, what is shown of it, with what the markup says filled in where the record
    /// says nothing.
    pub fn plain<'t>(&self, cell: Cow<'t, str>, known: &mut KnownMeta) -> Cow<'t, str> {
        let Some((text, said)) = extract::cell(&cell) else { return cell };
        self.settings.markup.fetch_add(1, Ordering::Relaxed);
        *known = std::mem::take(known).or(&said);
        Cow::Owned(text)
    }

    /// The id of a record that has none of its own: `<stem>:<row>`.
    pub fn id_of_row(&self, row: u64) -> String {
        format!("{}:{row}", self.origin.stem())
    }
}

/// Ids are compared in one Unicode form.
fn nfc(id: String) -> String {
    if id.is_ascii() { id } else { id.nfc().collect() }
}

pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::options::CorpusOptions;
    use super::*;

    pub fn container(relative: &str, format: Format) -> Container {
        let origin = Origin {
            material: Material::File(relative.into()),
            format,
            compression: Compression::Plain,
            relative: relative.to_owned(),
            bytes: 0,
            listed: None,
            rows: None,
        };
        let settings = Arc::new(Settings::of(&CorpusOptions::default()));
        Container::new(origin, KnownMeta::default(), settings, "UTF-8")
    }

    #[test]
    fn the_source_falls_back_to_the_sub_folder_and_then_to_the_stem() {
        for (relative, source) in [("a.txt.gz", "a"), ("Times/a.txt", "Times"), ("Times/2020/a.txt", "Times")] {
            assert_eq!(container(relative, Format::Text).origin.fallback_source(), source);
        }
    }

    #[test]
    fn the_manifest_lies_over_the_name_and_a_container_gives_no_title() {
        let pattern = NamePattern::parse("{source}_{date}_{title}").unwrap();
        let mut origin = container("Times_2020_x.txt", Format::Text).origin;
        origin.listed = Some(Arc::new(KnownMeta { source: Some("Listed".into()), ..KnownMeta::default() }));
        let known = origin.known(&pattern, true);
        assert_eq!((known.source.as_deref(), known.title.as_deref()), (Some("Listed"), Some("x")));
        let known = container("Times_2020_x.csv", Format::Csv).origin.known(&pattern, false);
        assert_eq!((known.source.as_deref(), known.title.as_deref()), (Some("Times"), None));
    }
}
