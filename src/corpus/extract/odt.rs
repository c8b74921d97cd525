//! Texts of LibreOffice and others (ODT): OpenDocument 1.3.

use super::super::decode::NoText;
use super::docx::notes_left_out;
use super::paragraphs::Paragraphs;
use super::xml::{XmlEvent, walk};
use super::zipped::ZipParts;
use super::{Document, Extracted, archive, properties};

/// Name and version of what finds the text.
pub(super) const EXTRACTOR: &str = "odt 1";

/// The text of an OpenDocument text, or the articles of an archive's bundle.
///
/// # Errors
///
/// A file that is no OpenDocument text, is damaged or locked.
pub(super) fn odt(bytes: &[u8]) -> Result<Document, NoText> {
    let mut parts = ZipParts::open(bytes)?;
    let is_locked = parts
        .part("META-INF/manifest.xml")?
        .is_some_and(|manifest| memchr::memmem::find(&manifest, b"encryption-data").is_some());
    if is_locked {
        return Err(NoText { what: "it is locked with a password".to_owned(), help: "take the password off" });
    }
    let main = parts.part("content.xml")?.ok_or_else(|| NoText {
        what: "it has no OpenDocument text in it".to_owned(),
        help: "give the file the extension of what it is",
    })?;
    let mut body = OdtBody::default();
    walk(&main, |node| body.take(&node))?;
    let text = body.paragraphs.finish();
    if let Some(download) = archive::of_text(&text) {
        return Ok(download);
    }
    let mut article = Extracted { text, line: 1, ..Extracted::default() };
    if let Some(meta) = parts.part("meta.xml")? {
        article.hints = properties::read(&meta)?;
        // of an OpenDocument text `date` is when it was last saved
        article.hints.date = None;
    }
    article.notes.extend(notes_left_out(body.notes));
    Ok(vec![article].into())
}

/// What stands in the text but is not read.
const LEFT_OUT: [&str; 6] =
    ["annotation", "note", "tracked-changes", "table-of-content", "illustration-index", "alphabetical-index"];

#[derive(Default)]
struct OdtBody {
    paragraphs: Paragraphs,
    left_out: u32,
    /// How deep in paragraphs: text between them is layout.
    depth: u32,
    notes: u64,
}

impl OdtBody {
    fn take(&mut self, node: &XmlEvent<'_>) {
        match node {
            XmlEvent::Open(name, attributes) => {
                if LEFT_OUT.contains(name) {
                    self.notes += u64::from(*name == "note" && self.left_out == 0);
                    self.left_out += 1;
                }
                if self.left_out > 0 {
                    return;
                }
                match *name {
                    "p" | "h" => {
                        self.depth += 1;
                        self.paragraphs.begin();
                    }
                    "s" => {
                        let count = attributes.get("c").and_then(|count| count.parse().ok()).unwrap_or(1usize);
                        self.paragraphs.push(&" ".repeat(count.min(80)));
                    }
                    "tab" if !self.paragraphs.is_at_start() => self.paragraphs.push("\t"),
                    "line-break" => self.paragraphs.push("\n"),
                    _ => {}
                }
            }
            XmlEvent::Close(name) => {
                if LEFT_OUT.contains(name) {
                    self.left_out = self.left_out.saturating_sub(1);
                } else if self.left_out == 0 && matches!(*name, "p" | "h") {
                    self.depth = self.depth.saturating_sub(1);
                    self.paragraphs.end();
                }
            }
            XmlEvent::Text(text) if self.depth > 0 && self.left_out == 0 => {
                // line ends in the file are blanks
                self.paragraphs.push(&text.replace(['\n', '\r', '\t'], " "));
            }
            XmlEvent::Text(_) => {}
        }
    }
}
