//! Electronic books (EPUB 2 and 3): the parts of the reading order, one after another.

use std::collections::HashMap;

use super::super::decode::NoText;
use super::super::metadata::KnownMeta;
use super::paragraphs::Paragraphs;
use super::xml::{XmlEvent, walk};
use super::zipped::ZipParts;
use super::{Document, Extracted, Note, properties};

/// Name and version of what finds the text.
pub(super) const EXTRACTOR: &str = "epub 1";

/// The text of a book.
///
/// # Errors
///
/// A file that is no EPUB, is damaged or protected.
pub(super) fn epub(bytes: &[u8]) -> Result<Document, NoText> {
    let mut parts = ZipParts::open(bytes)?;
    let no_epub =
        || NoText { what: "it has no EPUB book in it".to_owned(), help: "give the file the extension of what it is" };
    let container = parts.part("META-INF/container.xml")?.ok_or_else(no_epub)?;
    let mut root = None;
    walk(&container, |node| {
        if let XmlEvent::Open("rootfile", attributes) = node {
            root = root.take().or_else(|| attributes.get("full-path"));
        }
    })?;
    let root = root.ok_or_else(no_epub)?;
    let package = Package::read(&parts.part(&root)?.ok_or_else(no_epub)?)?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut paragraphs = Paragraphs::default();
    let mut notes = Vec::new();
    let mut total = 0;
    for (number, file) in (1..).zip(package.in_order()) {
        let name = resolved(folder, file);
        let Some(part) = parts.part(&name)? else {
            notes.push(Note::new(number, format!("its part `{name}` is missing"), ""));
            continue;
        };
        total += part.len();
        if total > MAX_BYTES {
            let what = format!("the book unpacks to more than {} MB", MAX_BYTES >> 20);
            return Err(NoText { what, help: "it is no usual book; save its text as .txt" });
        }
        if let Err(error) = page(&part, &mut paragraphs) {
            notes.push(Note::new(number, format!("its part `{name}` is read in part: {}", error.what), error.help));
        }
    }
    let text = paragraphs.finish();
    if text.is_empty() && parts.part("META-INF/encryption.xml")?.is_some() {
        let what = "the book is protected against copying".to_owned();
        return Err(NoText { what, help: "use a copy without protection" });
    }
    Ok(vec![Extracted { text, hints: package.known, line: 1, notes, ..Extracted::default() }].into())
}

/// All parts together.
const MAX_BYTES: usize = 256 << 20;

/// The list of parts, and the order in which they are read.
#[derive(Default)]
struct Package {
    known: KnownMeta,
    files: HashMap<String, String>,
    order: Vec<String>,
    /// The page of contents.
    contents: Option<String>,
}

impl Package {
    fn read(xml: &[u8]) -> Result<Self, NoText> {
        let mut package = Self::default();
        let (mut value, mut is_metadata) = (String::new(), false);
        walk(xml, |node| match node {
            XmlEvent::Open(name, attributes) => {
                value.clear();
                is_metadata |= name == "metadata";
                if let ("item", Some(id), Some(file)) = (name, attributes.get("id"), attributes.get("href")) {
                    if attributes
                        .get("properties")
                        .is_some_and(|properties| properties.split(' ').any(|it| it == "nav"))
                    {
                        package.contents = Some(id.clone());
                    }
                    package.files.insert(id, file);
                } else if let ("itemref", Some(id)) = (name, attributes.get("idref")) {
                    package.order.push(id);
                }
            }
            XmlEvent::Text(text) => value.push_str(text),
            XmlEvent::Close(name) => {
                is_metadata &= name != "metadata";
                if is_metadata {
                    properties::put(&mut package.known, name, &value);
                }
            }
        })?;
        Ok(package)
    }

    fn in_order(&self) -> impl Iterator<Item = &str> {
        let read = self.order.iter().filter(|id| self.contents.as_ref() != Some(id));
        read.filter_map(|id| self.files.get(id).map(String::as_str))
    }
}

/// A part's name in the archive: relative to the package's folder, with its escapes undone.
fn resolved(folder: &str, file: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = file.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| after.get(..2)).flatten();
        let value = escaped.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        bytes.push(value.unwrap_or(*first));
        rest = if value.is_some() { &after[2..] } else { after };
    }
    let file = String::from_utf8_lossy(&bytes).into_owned();
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in file.split('/') {
        match step {
            ".." => drop(steps.pop()),
            "." | "" => {}
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The text of one part, which is XHTML.
fn page(xml: &[u8], paragraphs: &mut Paragraphs) -> Result<(), NoText> {
    const BLOCKS: [&str; 20] = [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "td",
        "th",
        "blockquote",
        "section",
        "article",
        "dt",
        "dd",
        "pre",
        "figcaption",
        "aside",
        "body",
    ];
    const LEFT_OUT: [&str; 5] = ["script", "style", "head", "nav", "svg"];
    let mut left_out = 0u32;
    let walked = walk(xml, |node| match node {
        XmlEvent::Open(name, _) if LEFT_OUT.contains(&name) => left_out += 1,
        XmlEvent::Close(name) if LEFT_OUT.contains(&name) => left_out = left_out.saturating_sub(1),
        _ if left_out > 0 => {}
        // a block ends the one before it, so that text between blocks is a paragraph too
        XmlEvent::Open(name, _) if BLOCKS.contains(&name) => {
            paragraphs.end();
            paragraphs.begin();
        }
        XmlEvent::Close(name) if BLOCKS.contains(&name) => paragraphs.end(),
        XmlEvent::Open("br", _) => paragraphs.push("\n"),
        XmlEvent::Text(text) => {
            let mut blank = paragraphs.ends_blank();
            let mut plain = String::with_capacity(text.len());
            for c in text.chars() {
                if matches!(c, ' ' | '\n' | '\r' | '\t') {
                    if !blank {
                        plain.push(' ');
                    }
                    blank = true;
                } else {
                    plain.push(c);
                    blank = false;
                }
            }
            paragraphs.push(&plain);
        }
        XmlEvent::Open(..) | XmlEvent::Close(_) => {}
    });
    paragraphs.end();
    walked
}
