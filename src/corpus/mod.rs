//! Stage 1, read.
//!
//! Comes in: folders, files and standard input, as [`CorpusOptions`] name them. Goes out: [`Article`]s, each with its
//! text, what is known of it and where it came from, in [`Block`]s that workers decode.
//!
//! Refused, each with its place: a path that is not there, a folder without an article, an unreadable file, a table
//! without its text column or with a quote that never closes, a manifest with a fault. Left out, each with its place:
//! a line that is no JSON object with a text, a row of another width, a file that is no text, damaged or cut short.
//! Everything else is read, and what was odd about it is reported in [`Article::notes`] or [`Corpus::warnings`].

mod block;
mod columns;
mod compressed;
mod date;
mod dates;
pub(crate) mod decode;
mod evidence;
mod extract;
mod first;
mod gather;
mod json;
mod jsonl;
mod language;
mod lines;
mod manifest;
mod metadata;
mod name;
mod options;
mod origin;
mod packed;
mod pages;
mod parts;
mod quotes;
mod read;
pub(crate) mod reading;
mod records;
mod rows;
mod same;
pub(crate) mod sheets;
mod table;
mod transcode;
mod visible;
mod walk;
mod warning;

use sha2::Digest;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

pub(crate) use block::BadRecord;
pub use block::Block;
pub use columns::ColumnNames;
pub(crate) use columns::is_further;
pub use date::PartialDate;
pub use dates::DateOrder;
pub(crate) use language::language_code;
pub use metadata::Metadata;
pub use name::NamePattern;
pub use options::{CorpusOptions, DEFAULT_MAX_ARTICLE, Duplicates, Format, Input, ReadAs};
pub use same::hex;
pub(crate) use same::text_digest;
pub use warning::{Warning, WarningKind};

use block::Content;
use compressed::Compression;
use first::Later;
use gather::GatheredFiles;
use jsonl::LineReader;
use options::{Settings, Way};
use origin::{Container, Origin};
use read::Material;
use records::RecordReader;
use sheets::{Opened, RowSource};
use table::ArticleTable;

use crate::error::{Error, Fault, Result};

/// An article as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The path relative to the corpus root without extensions, the record's own id, or `<stem>:<row>`. Whoever remembers
    /// the article shares it.
    pub id: Arc<str>,
    /// The text. Of a valid UTF-8 file its bytes unchanged, a byte order mark included; otherwise what was decoded.
    pub raw: String,
    pub meta: Metadata,
    /// The file, relative to the corpus root and `/`-separated; `-` for standard input.
    pub path: String,
    /// The name of the encoding by the Encoding Standard: `UTF-8`, `UTF-16LE`, `windows-1252`.
    pub encoding: String,
    /// Size before decoding: of the file (unpacked), or of the text field.
    pub bytes: u64,
    /// Places that could not be decoded and became U+FFFD.
    pub repairs: u64,
    /// SHA-256 of the file's (unpacked) bytes, or of the text field's.
    pub sha256: [u8; 32],
    /// Where the record begins in its container, from 1; 1 for a file of one article.
    pub line: u64,
    /// What was odd about the record and did not stop it from being read.
    pub notes: Vec<Fault>,
}

impl Article {
    /// Where it stands: the file, and the line where a file holds several.
    pub fn place(&self) -> crate::error::Place {
        crate::error::Place { file: self.path.clone(), line: if self.line > 1 { self.line } else { 0 }, column: 0 }
    }

    /// An article that was in no file: no metadata, source and path `-`.
    pub fn from_text(id: &str, text: impl Into<String>) -> Self {
        let raw = text.into();
        Self {
            id: id.into(),
            meta: Metadata { source: "-".into(), ..Metadata::default() },
            path: "-".into(),
            encoding: "UTF-8".into(),
            bytes: raw.len() as u64,
            repairs: 0,
            sha256: sha2::Sha256::digest(&raw).into(),
            line: 1,
            notes: Vec::new(),
            raw,
        }
    }
}

/// About how much undecoded material a block holds.
const BLOCK_BYTES: u64 = 1 << 18;

/// More small files than this in one block would leave other workers idle.
const BLOCK_FILES: usize = 512;

/// A corpus that is being read, block by block.
pub struct Corpus {
    origins: std::vec::IntoIter<Origin>,
    open: Option<OpenContainer>,
    pattern: Arc<NamePattern>,
    settings: Arc<Settings>,
    further_columns: BTreeSet<String>,
    warnings: Vec<Warning>,
    size_hint: (Option<u64>, Option<u64>),
    next_index: u64,
    block_bytes: u64,
    later: Option<Arc<Later>>,
}

/// A container in the middle of being read.
enum OpenContainer {
    Lines(LineReader),
    Table(ArticleTable),
    Records(RecordReader),
    /// What is to be reported of a container before, or instead of, its articles.
    Reports(Vec<Fault>, Option<Box<OpenContainer>>),
}

impl Corpus {
    /// Finds what there is to read; reads manifests, but no article.
    ///
    /// # Errors
    ///
    /// No input, a path that is not there, a folder without an article, a file of unknown format, a faulty manifest.
    pub fn open(options: &CorpusOptions) -> Result<Self> {
        let later = match options.duplicates {
            Duplicates::Keep => None,
            Duplicates::First if options.inputs.contains(&Input::Stdin) => {
                return Err(Error::Usage(
                    "`--duplicates first` reads the corpus twice, and standard input can be read once; name a file"
                        .to_owned(),
                ));
            }
            Duplicates::First => {
                let all = CorpusOptions { duplicates: Duplicates::Keep, ..options.clone() };
                Some(Arc::new(Later::of(Self::open(&all)?)?))
            }
        };
        let settings = Arc::new(Settings::of(options));
        let mut gathered = GatheredFiles::of(options, &settings)?;
        pages::join(&mut gathered, options, &settings)?;
        let GatheredFiles { origins, warnings, further_columns, .. } = gathered;
        let pattern = match &options.name_pattern {
            Some(pattern) => pattern.clone(),
            None => NamePattern::parse(name::DEFAULT_PATTERN)?,
        };
        Ok(Self { further_columns, warnings, later, ..Self::reading(origins, settings, pattern) })
    }

    fn reading(origins: Vec<Origin>, settings: Arc<Settings>, pattern: NamePattern) -> Self {
        Self {
            size_hint: size_hint(&origins),
            origins: origins.into_iter(),
            open: None,
            pattern: Arc::new(pattern),
            settings,
            further_columns: BTreeSet::new(),
            warnings: Vec::new(),
            next_index: 0,
            block_bytes: BLOCK_BYTES,
            later: None,
        }
    }

    /// One file by itself.
    fn of_one(origin: Origin, settings: Arc<Settings>) -> Result<Self> {
        Ok(Self::reading(vec![origin], settings, NamePattern::parse(name::DEFAULT_PATTERN)?))
    }

    /// The next block, `None` at the end: about 1 MiB of JSON Lines cut at a line's end, of table rows, or of small
    /// files that are not yet opened. A longer line, row or file makes a longer block.
    ///
    /// # Errors
    ///
    /// An unreadable container, a table without its text column or with a quote that never closes.
    pub fn next_block(&mut self) -> Result<Option<Block>> {
        loop {
            let content = match &mut self.open {
                Some(OpenContainer::Lines(reader)) => reader.next_lines(self.block_bytes)?.map(Content::Lines),
                Some(OpenContainer::Table(table)) => table.next_rows(self.block_bytes)?.map(Content::Rows),
                Some(OpenContainer::Records(reader)) => reader.next_records(self.block_bytes).map(Content::Records),
                Some(OpenContainer::Reports(faults, rest)) => {
                    let faults = std::mem::take(faults);
                    self.open = rest.take().map(|rest| *rest);
                    let index = self.next_index;
                    self.next_index += 1;
                    return Ok(Some(Block { index, content: Content::LeftOut(faults), later: self.later.clone() }));
                }
                None => match self.next_files() {
                    Some(files) => Some(files),
                    None => {
                        let Some(origin) = self.origins.next() else { return Ok(None) };
                        self.open_container(origin)?;
                        continue;
                    }
                },
            };
            if let Some(content) = content {
                let index = self.next_index;
                self.next_index += 1;
                return Ok(Some(Block { index, content, later: self.later.clone() }));
            }
            self.open = None;
        }
    }

    /// The number of articles and of bytes, each when it can be known without reading.
    pub fn size_hint(&self) -> (Option<u64>, Option<u64>) {
        self.size_hint
    }

    /// What was odd about the files and manifests.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Which columns and keys were taken for source, date and so on, where they have other names; of what was read so
    /// far.
    pub fn columns_taken(&self) -> Option<String> {
        let markup = match self.settings.markup.load(Ordering::Relaxed) {
            0 => None,
            1 => Some("one text was HTML, and what it shows was read".to_owned()),
            n => Some(format!("{n} texts were HTML, and what they show was read")),
        };
        let described: Vec<String> = self.settings.taken.described().into_iter().chain(markup).collect();
        (!described.is_empty()).then(|| described.join("; "))
    }

    /// Columns beyond the well-known ones that manifests, the name pattern and the headers of the tables read so far
    /// have. The keys of JSON Lines are known only by their articles.
    pub fn metadata_columns(&self) -> &BTreeSet<String> {
        &self.further_columns
    }

    /// A run of files that are read whole; `None` when the next file is a container or there is none.
    fn next_files(&mut self) -> Option<Content> {
        let mut origins: Vec<Origin> = Vec::new();
        let mut bytes = 0;
        while let Some(next) = self.origins.as_slice().first() {
            let is_full = bytes + next.bytes > self.block_bytes || origins.len() == BLOCK_FILES;
            if !next.format.is_whole() || (is_full && !origins.is_empty()) {
                break;
            }
            bytes += next.bytes;
            origins.extend(self.origins.next());
        }
        if origins.is_empty() {
            None
        } else {
            Some(Content::Files { origins, pattern: self.pattern.clone(), settings: self.settings.clone(), bytes })
        }
    }

    fn open_container(&mut self, origin: Origin) -> Result<()> {
        if origin.format.way() == Way::Made {
            return self.open_made(origin);
        }
        let mut stream = origin.material.stream(origin.compression)?;
        if origin.format.way() == Way::Records {
            let known = origin.known(&self.pattern, false);
            let container = Container::new(origin, known, self.settings.clone(), "UTF-8");
            self.open = Some(OpenContainer::Records(RecordReader::new(container, stream)));
            return Ok(());
        }
        let start = match transcode::start(&mut stream).map_err(origin.unreadable()) {
            Ok(start) => start,
            Err(Error::Input(fault)) => {
                self.open = Some(OpenContainer::Reports(vec![not_counted(fault)], None));
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        if let Some(no_text) = decode::no_container(&start) {
            let fault = not_counted(origin.fault(0, 0, no_text.what, no_text.help));
            self.open = Some(OpenContainer::Reports(vec![fault], None));
            return Ok(());
        }
        let (stream, encoding) = transcode::as_utf8(start, stream);
        let known = origin.known(&self.pattern, false);
        let format = origin.format;
        let container = Container::new(origin, known, self.settings.clone(), encoding.name());
        self.open = Some(match format.way() {
            Way::Lines => OpenContainer::Lines(LineReader::new(container, stream)),
            Way::Rows | Way::Records | Way::Text | Way::Document | Way::Made => {
                let table = ArticleTable::open(container, stream)?;
                self.further_columns.extend(table.further_columns());
                OpenContainer::Table(table)
            }
        });
        Ok(())
    }
}

impl Corpus {
    /// A container that is made into rows or lines first; one that cannot be is reported, and the rest is read.
    fn open_made(&mut self, origin: Origin) -> Result<()> {
        let opened = match sheets::open(&origin, &self.settings)? {
            Ok(opened) => opened,
            Err(no_text) => {
                let fault = origin.fault(0, 0, format!("not counted: {}", no_text.what), no_text.help);
                self.open = Some(OpenContainer::Reports(vec![fault], None));
                return Ok(());
            }
        };
        let known = origin.known(&self.pattern, false);
        let container = Container::new(origin, known, self.settings.clone(), "UTF-8");
        self.open = Some(match opened {
            Opened::Lines(stream) => OpenContainer::Lines(LineReader::new(container, stream)),
            Opened::Rows(ready, notes) => {
                let faults: Vec<Fault> =
                    notes.into_iter().map(|note| container.origin.fault(note.line, 0, note.what, note.help)).collect();
                let table = ArticleTable::of(container, RowSource::Ready(ready))?;
                self.further_columns.extend(table.further_columns());
                if faults.is_empty() {
                    OpenContainer::Table(table)
                } else {
                    OpenContainer::Reports(faults, Some(Box::new(OpenContainer::Table(table))))
                }
            }
        });
        Ok(())
    }
}

fn not_counted(fault: Fault) -> Fault {
    Fault { what: format!("not counted: {}", fault.what), ..fault }
}

fn without_rest(fault: Fault) -> Fault {
    Fault { what: format!("the rest is not counted: {}", fault.what), ..fault }
}

fn size_hint(origins: &[Origin]) -> (Option<u64>, Option<u64>) {
    let is_known = |origin: &Origin| match (&origin.material, origin.compression) {
        (Material::File(_) | Material::Member(_) | Material::Memory { .. }, Compression::Plain) => true,
        // a packed file of one article counts as stored, in its block too
        (Material::File(_) | Material::Member(_) | Material::Memory { .. }, Compression::Gzip | Compression::Zstd) => {
            origin.format.is_whole()
        }
        (Material::Stdin, _) => false,
    };
    let articles = origins.iter().all(|origin| origin.format.way() == Way::Text).then_some(origins.len() as u64);
    let bytes = origins.iter().all(is_known).then(|| origins.iter().map(|origin| origin.bytes).sum());
    (articles, bytes)
}

#[cfg(test)]
mod tests;
