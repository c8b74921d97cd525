//! What was asked of the reading stage.

use crate::named::named;
use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use serde::{Deserialize, Serialize};

use super::columns::{ColumnNames, Taken};
use super::dates::DateOrder;
use super::name::NamePattern;
use super::read::MAX_ARTICLE_BYTES;
use crate::error::{Error, Place, one_of};

/// What was asked.
#[derive(Debug, Clone, Default)]
pub struct CorpusOptions {
    /// Folders, files or standard input, read in this order.
    pub inputs: Vec<Input>,
    /// The format of every input; recognised by name when absent.
    pub format: Option<Format>,
    /// How file names tell metadata; `{source}_{date}_{title}` is tried when absent.
    pub name_pattern: Option<NamePattern>,
    /// The columns (or keys) that hold text, source and so on; found by their names when absent.
    pub columns: ColumnNames,
    /// What `09/05/2023` means; shown by the column's other dates when absent.
    pub date_order: Option<DateOrder>,
    /// What is done with articles that have the same text.
    pub duplicates: Duplicates,
    /// Saved pages (a folder, an archive or a web archive) for the lists of addresses among the inputs.
    pub pages: Option<PathBuf>,
    /// The size in bytes beyond which an article is left out; [`DEFAULT_MAX_ARTICLE`] when absent.
    pub max_article: Option<u64>,
}

named! {
    /// What is done with articles that have the same text but for white space.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
    pub enum Duplicates {
        /// All are counted, and reported.
        #[default]
        Keep = "keep",
        /// Only the first in the order of the corpus is counted; the others are left out, and listed. The corpus is read
        /// twice.
        First = "first",
    }
}

impl FromStr for Duplicates {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        one_of("way with duplicates", text, &Self::NAMES)
    }
}

/// An article of more bytes than this is left out, unless asked for otherwise.
pub const DEFAULT_MAX_ARTICLE: u64 = 64 << 20;

/// What all containers of one corpus are read by.
#[derive(Debug, Default)]
pub(crate) struct Settings {
    pub columns: ColumnNames,
    pub date_order: Option<DateOrder>,
    pub max_article: u64,
    pub taken: Taken,
    /// How many texts in tables and JSON Lines were HTML.
    pub markup: AtomicU64,
}

impl Settings {
    /// The same for another reading, which has no metadata of its own.
    pub fn same(&self) -> Self {
        Self {
            columns: self.columns.clone(),
            date_order: self.date_order,
            max_article: self.max_article,
            ..Self::default()
        }
    }

    pub fn of(options: &CorpusOptions) -> Self {
        Self {
            columns: options.columns.clone(),
            date_order: options.date_order,
            max_article: options.max_article.unwrap_or(DEFAULT_MAX_ARTICLE).min(MAX_ARTICLE_BYTES),
            taken: Taken::default(),
            markup: AtomicU64::new(0),
        }
    }
}

/// How the bytes were divided into articles, as far as it was asked for: what the data package says of it. The fields
/// are in the order of their names, as tallies have them.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadAs {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_column: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_order: Option<String>,
    /// `first` where only the first of articles with the same text was counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicates: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_column: Option<String>,
    pub input_format: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_article: Option<u64>,
    pub name_pattern: Option<String>,
    /// `true` where addresses were read from saved pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_column: Option<String>,
    pub text_column: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_column: Option<String>,
}

impl CorpusOptions {
    /// The folders and files that are read.
    pub fn paths(&self) -> Vec<PathBuf> {
        let path = |input: &Input| match input {
            Input::Path(path) => Some(path.clone()),
            Input::Stdin | Input::Memory { .. } => None,
        };
        self.inputs.iter().filter_map(path).collect()
    }

    /// The options that decide what an article is.
    pub fn read_as(&self) -> ReadAs {
        ReadAs {
            input_format: self.format.map(|format| format.name().to_owned()),
            name_pattern: self.name_pattern.as_ref().map(|pattern| pattern.as_str().to_owned()),
            text_column: self.columns.text.clone(),
            id_column: self.columns.id.clone(),
            source_column: self.columns.source.clone(),
            date_column: self.columns.date.clone(),
            title_column: self.columns.title.clone(),
            date_order: self.date_order.map(|order| order.name().to_owned()),
            duplicates: (self.duplicates == Duplicates::First).then(|| self.duplicates.name().to_owned()),
            pages: self.pages.is_some().then_some(true),
            max_article: self.max_article,
        }
    }

    /// A place without the part of its path that is this machine's business.
    pub fn place_inside(&self, place: &Place) -> Place {
        let mut short = place.clone();
        for root in self.paths().iter().chain(&self.pages) {
            if let Ok(inside) = Path::new(&place.file).strip_prefix(root) {
                let inside = if inside.as_os_str().is_empty() { root.file_name().map(Path::new) } else { Some(inside) };
                if let Some(inside) = inside {
                    short.file = inside.to_string_lossy().into_owned();
                }
                break;
            }
        }
        if Path::new(&short.file).is_absolute() {
            let name = Path::new(&short.file).file_name().map(|name| name.to_string_lossy().into_owned());
            short.file = name.unwrap_or_default();
        }
        short
    }
}

/// The best-known names of the text's column, for messages; `columns.csv` has all.
pub const TEXT_COLUMNS: [&str; 4] = ["text", "body", "content", "article_text"];

/// One place to read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A folder or a file.
    Path(PathBuf),
    /// Standard input; JSON Lines unless a format is forced.
    Stdin,
    /// A file that was never on a disk: its name, by whose end its format is known unless one is forced, and its bytes.
    Memory { name: String, bytes: Arc<[u8]> },
}

impl From<&OsStr> for Input {
    /// `-` is standard input, anything else a path.
    fn from(argument: &OsStr) -> Self {
        if argument == "-" { Self::Stdin } else { Self::Path(PathBuf::from(argument)) }
    }
}

named! {
    /// The formats articles are read from.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Format {
        /// One article, plain text.
        Text = "txt",
        /// One article, Markdown, read as plain text.
        Markdown = "md",
        /// A table with one article a row.
        Csv = "csv",
        /// The same, separated by tabs.
        Tsv = "tsv",
        /// One JSON object a line, one article each.
        JsonLines = "jsonl",
        /// A saved web page.
        Html = "html",
        /// A web page saved with its pictures as one file.
        Mhtml = "mhtml",
        /// A web archive of many pages.
        Warc = "warc",
        /// A Word document.
        Docx = "docx",
        /// A text in Rich Text Format.
        Rtf = "rtf",
        /// An OpenDocument text.
        Odt = "odt",
        /// A page description.
        Pdf = "pdf",
        /// An electronic book.
        Epub = "epub",
        /// A workbook of Excel: the sheet with a text column is a table.
        Xlsx = "xlsx",
        /// The same, as Excel wrote it before 2007.
        Xls = "xls",
        /// An OpenDocument spreadsheet.
        Ods = "ods",
        /// A table in columns.
        Parquet = "parquet",
        /// An array of objects, one article each, wherever in the file it stands.
        Json = "json",
    }
}

/// How a format is gone through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// A text, read whole by a worker.
    Text,
    /// A document, read whole by a worker, which finds the articles in it.
    Document,
    /// Record by record; a worker finds the article in each.
    Records,
    /// Line by line.
    Lines,
    /// Row by row.
    Rows,
    /// Row by row or line by line, after it was made into rows or lines.
    Made,
}

/// File extension (without compression) and format.
const EXTENSIONS: [(&str, Format); 23] = [
    ("txt", Format::Text),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("jsonl", Format::JsonLines),
    ("ndjson", Format::JsonLines),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("mhtml", Format::Mhtml),
    ("mht", Format::Mhtml),
    ("warc", Format::Warc),
    ("docx", Format::Docx),
    ("rtf", Format::Rtf),
    ("odt", Format::Odt),
    ("pdf", Format::Pdf),
    ("epub", Format::Epub),
    ("xlsx", Format::Xlsx),
    ("xlsm", Format::Xlsx),
    ("xls", Format::Xls),
    ("ods", Format::Ods),
    ("parquet", Format::Parquet),
    ("json", Format::Json),
];

/// What is looked for in a folder, for messages.
pub(crate) const LOOKED_FOR: &str = "looked for .txt, .md, .csv, .tsv, .jsonl, .ndjson, .html, .mhtml, .warc, .docx, .rtf, .odt, .pdf, .epub, .xlsx, .xls, .ods, .parquet and .json, each also as .gz, .zst or in a .zip";

impl Format {
    /// The format a file extension stands for, in any case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        EXTENSIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension)).map(|(_, format)| *format)
    }

    pub(crate) fn way(self) -> Way {
        match self {
            Self::Text | Self::Markdown => Way::Text,
            Self::Html | Self::Mhtml | Self::Docx | Self::Rtf | Self::Pdf | Self::Odt | Self::Epub => Way::Document,
            Self::Warc => Way::Records,
            Self::JsonLines => Way::Lines,
            Self::Csv | Self::Tsv => Way::Rows,
            Self::Xlsx | Self::Xls | Self::Ods | Self::Parquet | Self::Json => Way::Made,
        }
    }

    /// Whether a file of this format is read whole; most such files are one article.
    pub(crate) fn is_whole(self) -> bool {
        matches!(self.way(), Way::Text | Way::Document)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::from_extension(text.trim_start_matches('.')).map_or_else(|| one_of("format", text, &EXTENSIONS), Ok)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_named_by_an_extension_that_leads_back_to_it() {
        for (extension, format) in EXTENSIONS {
            assert_eq!(extension.to_uppercase().parse::<Format>().unwrap(), format);
            assert_eq!(Format::from_extension(format.name()), Some(format));
            assert!(LOOKED_FOR.contains(format.name()));
        }
    }

    #[test]
    fn an_unknown_format_is_refused_with_the_nearest_name() {
        assert_eq!("jsnl".parse::<Format>().unwrap_err().to_string(), "unknown format `jsnl`; did you mean `jsonl`?");
    }

    #[test]
    fn a_dash_is_standard_input() {
        assert_eq!(Input::from(OsStr::new("-")), Input::Stdin);
        assert_eq!(Input::from(OsStr::new("a")), Input::Path(PathBuf::from("a")));
    }
}
