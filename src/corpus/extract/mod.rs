//! Documents: files that are read whole, and whose text has to be found in them.
//!
//! Comes in: the bytes of one file. Goes out: a [`Document`], which is any number of articles, each with its text, what
//! the file says of it and its place; or the reason why there is none. A file without a text is reported, never an empty
//! article. The text that was found is the article's raw text, and offsets go into it.
//!
//! One file per format. Third-party parsers are called here only, and whatever they do with hostile bytes stays here:
//! see [`guard`].

mod archive;
#[cfg(feature = "parquet")]
mod columnar;
mod docx;
mod epub;
mod guard;
mod html;
mod json;
mod mhtml;
mod mime;
mod odt;
mod paragraphs;
#[cfg(feature = "pdf")]
mod pdf;
mod properties;
mod rtf;
mod sheet;
pub(crate) mod warc;
mod xml;
mod zipped;

#[cfg(feature = "parquet")]
pub(crate) use columnar::Columnar;
pub(crate) use json::lines as json_lines;
pub(crate) use sheet::sheet;

use super::decode::{Decoded, NoText};
use super::metadata::KnownMeta;
use super::options::{Format, Settings};
use super::origin::sha256;
use super::pages::in_comments;
use super::same::hex;

/// The column in which an article has the name and version of what found its text.
pub(crate) const EXTRACTOR: &str = "extractor";
/// The column in which it has the SHA-256 of the file that the text was found in.
pub(crate) const FILE_SHA256: &str = "file_sha256";

/// A file of more bytes than this (unpacked) is not read whole.
pub(crate) const MAX_DOCUMENT_BYTES: u64 = 512 << 20;

/// What a file gave.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// The articles, in the order of the file; none only where something was left out.
    pub articles: Vec<Extracted>,
    /// What stands in the file as an article and gave none; each is listed as a record that was left out.
    pub left_out: Vec<Note>,
    /// What is odd about the file as a whole.
    pub notes: Vec<Note>,
    /// The archive whose download the file is, by its name in `archives.csv`.
    pub archive: Option<&'static str>,
}

/// An article as a document holds it.
#[derive(Debug, Default)]
pub(crate) struct Extracted {
    pub text: String,
    /// What the document says of the article; only a manifest lies over it.
    pub known: KnownMeta,
    /// What the file's properties say, which are often those of a template; the file's name lies over it.
    pub hints: KnownMeta,
    /// The article's own id; `<stem>` or, of several in one file, `<stem>:<n>` where it has none.
    pub id: Option<String>,
    /// Where it begins in the file, from 1: the line of a text, the number of a record or paragraph elsewhere.
    pub line: u64,
    /// What the file's text was encoded in; `UTF-8` when empty.
    pub encoding: &'static str,
    /// Places that could not be decoded and became U+FFFD.
    pub repairs: u64,
    pub notes: Vec<Note>,
}

/// Something to tell about a place in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// As [`Extracted::line`]; 0 for the file as a whole.
    pub line: u64,
    pub what: String,
    pub help: String,
}

impl Note {
    pub fn new(line: u64, what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { line, what: what.into(), help: help.into() }
    }
}

impl From<Vec<Extracted>> for Document {
    fn from(articles: Vec<Extracted>) -> Self {
        Self { articles, ..Self::default() }
    }
}

/// Finds the articles of a document.
///
/// # Errors
///
/// Why there is none: another format, a damaged or locked file, no text, a parser that gave up.
pub(crate) fn extract(format: Format, bytes: &[u8], _settings: &Settings) -> Result<Document, NoText> {
    let (extractor, document) = guard::guarded(|| match format {
        Format::Html => match archive::factiva_html(bytes) {
            Some(download) => Ok(("html 1", download)),
            None => Ok((html::EXTRACTOR, html::html(bytes)?.into())),
        },
        Format::Docx => Ok((docx::EXTRACTOR, docx::docx(bytes)?)),
        Format::Rtf => Ok((rtf::EXTRACTOR, rtf::rtf(bytes)?)),
        Format::Odt => Ok((odt::EXTRACTOR, odt::odt(bytes)?)),
        #[cfg(feature = "pdf")]
        Format::Pdf => Ok((pdf::EXTRACTOR, pdf::pdf(bytes)?)),
        Format::Epub => Ok((epub::EXTRACTOR, epub::epub(bytes)?)),
        Format::Mhtml => Ok((html::EXTRACTOR, mhtml::mhtml(bytes)?.into())),
        _ => {
            let what = format!("this build of the program does not read .{format}");
            Err(NoText { what, help: "use a build with all features, or save its text as .txt" })
        }
    })?;
    finished(document, extractor, sha256(bytes))
}

/// The addresses that a saved page gives itself: in the comment of the program that saved it, and in the page.
pub(crate) fn addresses(format: Format, bytes: &[u8]) -> Vec<String> {
    let found = guard::guarded(|| match format {
        Format::Html => {
            let decoded = html::decoded(bytes, None)?;
            Ok(in_comments(&decoded.text).into_iter().chain(html::addresses(&decoded)).collect())
        }
        Format::Mhtml => Ok(mhtml::addresses(bytes)),
        _ => Ok(Vec::new()),
    });
    found.unwrap_or_default()
}

/// The format of a file that has the name of a text and is a web page or in Rich Text Format.
pub(crate) fn misnamed(bytes: &[u8]) -> Option<Format> {
    let begin = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let begin = begin[..begin.len().min(64)].to_ascii_lowercase();
    let is_page = begin.starts_with(b"<!doctype html") || begin.starts_with(b"<html");
    match is_page {
        true => Some(Format::Html),
        false => begin.starts_with(b"{\\rtf1").then_some(Format::Rtf),
    }
}

/// The articles of a text file that is the download of an archive; `None` for any other text.
///
/// # Errors
///
/// A download without an article that has a text.
pub(crate) fn download(file: &Decoded, file_sha256: [u8; 32]) -> Option<Result<Document, NoText>> {
    let mut document = archive::of_text(&file.text)?;
    for article in &mut document.articles {
        article.encoding = file.encoding;
    }
    Some(finished(document, "txt 1", file_sha256))
}

/// The text of a cell that is HTML, with what it says of itself; `None` where the cell is plain text.
pub(crate) fn cell(text: &str) -> Option<(String, KnownMeta)> {
    let (plain, mut known) = html::cell(text)?;
    stamp(&mut known, html::EXTRACTOR, &hex(&sha256(text.as_bytes())));
    Some((plain, known))
}

/// Writes down what found a text, and the hash of what it was found in.
fn stamp(known: &mut KnownMeta, extractor: &str, sha256: &str) {
    known.more.insert(EXTRACTOR.to_owned(), extractor.to_owned());
    known.more.insert(FILE_SHA256.to_owned(), sha256.to_owned());
}

/// Takes articles without a word out, and writes down what found the others.
fn finished(mut document: Document, extractor: &str, file_sha256: [u8; 32]) -> Result<Document, NoText> {
    let several = document.articles.len() > 1;
    let (articles, empty): (Vec<_>, Vec<_>) = std::mem::take(&mut document.articles)
        .into_iter()
        .partition(|article: &Extracted| article.text.contains(char::is_alphanumeric));
    document.articles = articles;
    if several {
        let note = |article: Extracted| Note::new(article.line, "an article without a text", "");
        document.left_out.extend(empty.into_iter().map(note));
    }
    if document.articles.is_empty() && document.left_out.is_empty() {
        return Err(NoText {
            what: "no text was found in it".to_owned(),
            help: "look at it, and save its text as .txt",
        });
    }
    let file_sha256 = hex(&file_sha256);
    let extractor = match document.archive {
        Some(archive) => format!("{extractor}, {archive} 1"),
        None => extractor.to_owned(),
    };
    for article in &mut document.articles {
        stamp(&mut article.known, &extractor, &file_sha256);
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_without_a_word_is_reported_and_one_of_many_is_left_out() {
        let article = |text: &str| Extracted { text: text.to_owned(), line: 7, ..Extracted::default() };
        let (empty, word) = (|| article(" * \n"), || article("word"));
        let error = finished(vec![empty()].into(), "x 1", [0; 32]).unwrap_err();
        assert_eq!(error.what, "no text was found in it");
        let document = finished(vec![empty(), word()].into(), "x 1", [0; 32]).unwrap();
        assert_eq!((document.articles.len(), document.left_out.len()), (1, 1));
        let more = &document.articles[0].known.more;
        assert_eq!((more[EXTRACTOR].as_str(), more[FILE_SHA256].len()), ("x 1", 64));
    }
}
