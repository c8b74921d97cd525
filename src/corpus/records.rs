//! Web archives, read record by record: a block holds some of their pages, and a worker finds the article in each.

use std::sync::Arc;

use super::Article;
use super::block::BadRecord;
use super::compressed::ByteStream;
use super::decode::Decoded;
use super::extract::Note;
use super::extract::warc::{self, PageRecord, Warc};
use super::metadata::KnownMeta;
use super::origin::{Container, Record, sha256};
use super::read;
use crate::error::Fault;

/// A web archive that is being read.
pub(crate) struct RecordReader {
    container: Arc<Container>,
    warc: Warc,
    /// What is still to be said of the archive as a whole.
    is_done: bool,
}

/// Some records, not yet unpacked.
pub(crate) struct Records {
    container: Arc<Container>,
    found: Vec<Result<PageRecord, Note>>,
    /// Said with the first article, as it is of the archive as a whole.
    passed_over: Option<Note>,
    /// Why the rest is not read.
    fault: Option<Fault>,
    pub bytes: u64,
}

impl RecordReader {
    pub fn new(container: Container, stream: ByteStream) -> Self {
        Self { container: Arc::new(container), warc: Warc::new(stream), is_done: false }
    }

    /// The next pages, about as many bytes of them as asked for; `None` at the end. An archive that cannot be read to its
    /// end gives what came before.
    pub fn next_records(&mut self, block_bytes: u64) -> Option<Records> {
        if self.is_done {
            return None;
        }
        let container = self.container.clone();
        let mut records = Records { container, found: Vec::new(), passed_over: None, fault: None, bytes: 0 };
        while records.bytes < block_bytes {
            match self.warc.next_page() {
                Ok(Some(found)) => {
                    records.bytes += found.as_ref().map_or(0, PageRecord::bytes);
                    // pages that no row of a list names were reported before
                    let rows = self.container.origin.rows.as_deref();
                    let is_wanted = |page: &PageRecord| rows.is_none_or(|rows| rows.contains_key(&page.number));
                    records.found.extend(Some(found).filter(|found| found.as_ref().map_or(true, is_wanted)));
                }
                Ok(None) => {
                    self.is_done = true;
                    records.passed_over = self.warc.passed_over();
                    let none = self.warc.without_a_page();
                    records.fault = none.map(|none| {
                        self.container.origin.fault(0, 0, format!("not counted: {}", none.what), none.help)
                    });
                    break;
                }
                Err(error) => {
                    self.is_done = true;
                    let what = format!("the rest is not counted: it cannot be read or unpacked: {error}");
                    records.fault = Some(self.container.origin.fault(0, 0, what, "fetch it anew"));
                    break;
                }
            }
        }
        Some(records)
    }
}

impl Records {
    pub fn into_articles(self) -> impl Iterator<Item = Result<Article, BadRecord>> + Send {
        let Self { container, found, mut passed_over, fault, .. } = self;
        let skipped = |note: Note| BadRecord::Skipped(container.origin.fault(note.line, 0, note.what, note.help));
        let mut articles = Vec::with_capacity(found.len());
        for page in found {
            let mut outcome = page.and_then(|page| article(&container, &page)).map_err(skipped);
            if let Ok(article) = &mut outcome {
                let note = passed_over.take().map(|note| container.origin.fault(note.line, 0, note.what, note.help));
                article.notes.extend(note);
            }
            articles.push(outcome);
        }
        articles.extend(passed_over.map(|note| Err(skipped(note))));
        articles.extend(fault.map(|fault| Err(BadRecord::Skipped(fault))));
        articles.into_iter()
    }
}

fn article(container: &Container, page: &PageRecord) -> Result<Article, Note> {
    let origin = &container.origin;
    let extracted = warc::article(page)?;
    let (bytes, hash) = (extracted.text.len() as u64, sha256(extracted.text.as_bytes()));
    if bytes > container.settings.max_article {
        let what = format!("the article has more than {}", read::in_words(container.settings.max_article));
        return Err(Note::new(page.number, what, read::TOO_LONG_HELP));
    }
    let row = origin.row(page.number);
    let id = match row {
        Some(row) => row.id.to_string(),
        None => extracted.id.unwrap_or_else(|| container.id_of_row(page.number)),
    };
    let known = match row {
        Some(row) => KnownMeta::clone(&row.known).or(&extracted.known),
        None => extracted.known,
    };
    let decoded = Decoded { text: extracted.text, encoding: extracted.encoding, repairs: extracted.repairs };
    let fault = |note: Note| origin.fault(note.line, 0, note.what, note.help);
    let notes = extracted.notes.into_iter().map(fault).collect();
    let record = Record { id, known, decoded, bytes, sha256: hash, line: extracted.line, notes };
    Ok(origin.article(&container.known, record))
}
