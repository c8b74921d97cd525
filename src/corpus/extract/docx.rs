//! Word documents (DOCX): Office Open XML, ECMA-376.

use super::super::decode::NoText;
use super::xml::{XmlEvent, walk};
use super::zipped::ZipParts;
use super::{Document, paragraphs::Paragraphs};
use super::{Extracted, Note, archive, properties};

/// Name and version of what finds the text.
pub(super) const EXTRACTOR: &str = "docx 1";

/// The text of a Word document, or the articles of an archive's bundle.
///
/// # Errors
///
/// A file that is no Word document, is damaged or locked.
pub(super) fn docx(bytes: &[u8]) -> Result<Document, NoText> {
    let mut parts = ZipParts::open(bytes)?;
    let main = parts.part("word/document.xml")?.ok_or_else(|| NoText {
        what: "it has no Word document in it".to_owned(),
        help: "give the file the extension of what it is",
    })?;
    let mut body = DocxBody::default();
    walk(&main, |node| body.take(&node))?;
    let text = body.paragraphs.finish();
    if let Some(download) = archive::of_text(&text) {
        return Ok(download);
    }
    let mut article = Extracted { text, line: 1, ..Extracted::default() };
    if let Some(core) = parts.part("docProps/core.xml")? {
        article.hints = properties::read(&core)?;
    }
    article.notes.extend(notes_left_out(body.notes));
    Ok(vec![article].into())
}

/// Footnotes stand elsewhere in the file, and belong nowhere in the text.
pub(super) fn notes_left_out(count: u64) -> Option<Note> {
    (count > 0).then(|| Note::new(1, format!("{count} footnotes or endnotes are left out"), ""))
}

/// What stands in the text but is not read: deleted passages, a second form of the same content, comments.
const LEFT_OUT: [&str; 4] = ["del", "moveFrom", "Fallback", "sdtPr"];

#[derive(Default)]
struct DocxBody {
    paragraphs: Paragraphs,
    /// How deep in what is left out.
    left_out: u32,
    is_text: bool,
    /// Whether the paragraph is an entry of a table of contents.
    is_contents: bool,
    notes: u64,
}

impl DocxBody {
    fn take(&mut self, node: &XmlEvent<'_>) {
        match node {
            XmlEvent::Open(name, attributes) => {
                if LEFT_OUT.contains(name) {
                    self.left_out += 1;
                }
                if self.left_out > 0 {
                    return;
                }
                match *name {
                    "p" => self.paragraphs.begin(),
                    "pStyle" => {
                        let style = attributes.get("val").unwrap_or_default();
                        self.is_contents |= style.starts_with("TOC") && style != "TOCHeading";
                    }
                    "t" => self.is_text = true,
                    "tab" if !self.paragraphs.is_at_start() => self.paragraphs.push("\t"),
                    "br" | "cr" => self.paragraphs.push("\n"),
                    "noBreakHyphen" => self.paragraphs.push("\u{2011}"),
                    "footnoteReference" | "endnoteReference" => self.notes += 1,
                    _ => {}
                }
            }
            XmlEvent::Close(name) => {
                if LEFT_OUT.contains(name) {
                    self.left_out = self.left_out.saturating_sub(1);
                } else if self.left_out == 0 {
                    match *name {
                        "p" if self.is_contents => {
                            self.paragraphs.drop_open();
                            self.is_contents = false;
                        }
                        "p" => self.paragraphs.end(),
                        "t" => self.is_text = false,
                        _ => {}
                    }
                }
            }
            XmlEvent::Text(text) if self.is_text && self.left_out == 0 => self.paragraphs.push(text),
            XmlEvent::Text(_) => {}
        }
    }
}
