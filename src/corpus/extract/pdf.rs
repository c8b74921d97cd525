//! PDF: characters with their places, put together to lines, columns and paragraphs.

mod layout;
mod safety;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::{Document as Pdf, MediaBox, Object, OutputDev, OutputError, Transform, output_doc_page};

use super::super::decode::NoText;
use super::super::metadata::KnownMeta;
use super::{Document, Extracted, Note, archive, properties};
use layout::{Ends, Glyph, PdfPage};

/// Name and version of what finds the text.
pub(super) const EXTRACTOR: &str = "pdf 1";

/// More pages than these are no article.
const MAX_PAGES: usize = 20_000;

/// The text of a PDF file, or the articles of an archive's bundle.
///
/// # Errors
///
/// A damaged or locked file, and one whose pages are pictures.
pub(super) fn pdf(bytes: &[u8]) -> Result<Document, NoText> {
    let mut pdf = Pdf::load_mem(bytes).map_err(|error| NoText {
        what: format!("it is damaged, cut short or no PDF: {error}"),
        help: "fetch it anew, or open it and print it into a new PDF",
    })?;
    if pdf.is_encrypted() && pdf.decrypt("").is_err() {
        return Err(NoText { what: "it is locked with a password".to_owned(), help: "take the password off" });
    }
    let numbers: Vec<u32> = pdf.get_pages().keys().copied().collect();
    if numbers.len() > MAX_PAGES {
        return Err(NoText { what: format!("it has {} pages", numbers.len()), help: "divide it" });
    }
    safety::check(&pdf)?;
    let mut notes = Vec::new();
    let mut pages = Vec::new();
    for number in &numbers {
        let mut page = PdfPage::default();
        let mut device = Device(&mut page);
        // a page with a broken font does not take the others with it
        let read = catch_unwind(AssertUnwindSafe(|| output_doc_page(&pdf, &mut device, *number)));
        if !matches!(read, Ok(Ok(()))) {
            let what = format!("page {number} could not be read as a whole");
            notes.push(Note::new(1, what, "look whether its text is there"));
        }
        pages.push(page);
    }
    let empty = pages.iter().filter(|page| page.glyphs.is_empty()).count();
    if empty == pages.len() {
        return Err(NoText {
            what: format!("a PDF without text: its pages ({}) are pictures or cannot be read", pages.len()),
            help: "a scanned text needs character recognition first; save the result as .txt",
        });
    }
    if empty > 0 {
        let what = format!("{empty} of {} pages have no text", pages.len());
        notes.push(Note::new(1, what, "pictures of text are not read"));
    }
    // the marks of an archive stand on lines of their own
    if let Some(mut download) = archive::of_text(&layout::text(&pages, Ends::Kept)) {
        download.notes.extend(notes);
        return Ok(download);
    }
    let text = layout::text(&pages, Ends::Joined);
    Ok(vec![Extracted { text, hints: info(&pdf), line: 1, notes, ..Extracted::default() }].into())
}

/// What the file's own table of properties says.
fn info(pdf: &Pdf) -> KnownMeta {
    let mut known = KnownMeta::default();
    let dictionary = pdf.trailer.get(b"Info").ok().and_then(|info| match info {
        Object::Reference(id) => pdf.get_object(*id).ok()?.as_dict().ok(),
        info => info.as_dict().ok(),
    });
    let Some(dictionary) = dictionary else { return known };
    let value = |key: &[u8]| dictionary.get(key).ok().and_then(|value| value.as_str().ok()).map(string);
    for (key, name) in [(&b"Title"[..], "title"), (b"Author", "creator")] {
        properties::put(&mut known, name, &value(key).unwrap_or_default());
    }
    // `D:20231007101500Z`
    let created = value(b"CreationDate").unwrap_or_default();
    if let Some(day) = created.trim_start_matches("D:").get(..8).filter(|day| day.bytes().all(|b| b.is_ascii_digit())) {
        properties::put(&mut known, "created", &format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]));
    }
    known
}

/// A text string: UTF-16 with its mark, UTF-8 with its mark, or bytes that are nearly Latin-1.
fn string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// Takes the characters of one page.
struct Device<'p>(&'p mut PdfPage);

impl OutputDev for Device<'_> {
    fn begin_page(&mut self, _: u32, media_box: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        self.0.bottom = media_box.lly;
        self.0.top = media_box.ury;
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        transform: &Transform,
        width: f64,
        _: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        // the side of a square of the same area
        let size = ((transform.m11 * transform.m22 - transform.m12 * transform.m21).abs()).sqrt() * font_size.abs();
        let (x, y) = (transform.m31, transform.m32);
        if [x, y, size, width].iter().all(|value| value.is_finite()) && self.0.glyphs.len() < layout::MAX_GLYPHS {
            self.0.glyphs.push(Glyph { x, y, end: x + width * size, size, text: text.to_owned() });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
