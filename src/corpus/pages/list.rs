//! Lists of addresses: tables and JSON files that say where articles were, without their texts.

use std::sync::Arc;

use super::super::Corpus;
use super::super::block::{BadRecord, Block, Content};
use super::super::columns::ColumnNames;
use super::super::metadata::KnownMeta;
use super::super::options::{Settings, Way};
use super::super::origin::{ListedPage, Origin, Record};
use super::super::read::Material;
use super::address::is_address;
use crate::error::{Fault, Place, Result};

/// A row of a list.
pub(super) struct ListRow {
    pub page: ListedPage,
    pub address: String,
    pub place: Place,
}

/// The rows of a list, and those of its rows that cannot be read.
#[derive(Default)]
pub(super) struct List {
    pub rows: Vec<ListRow>,
    pub left_out: Vec<Fault>,
}

/// Reads a list; `None` where the file has texts, or no addresses.
///
/// # Errors
///
/// A file that cannot be read.
pub(super) fn read(origin: &Origin, settings: &Settings) -> Result<Option<List>> {
    if matches!(origin.format.way(), Way::Text | Way::Document | Way::Records) || origin.material == Material::Stdin {
        return Ok(None);
    }
    if has_texts(origin, settings) {
        return Ok(None);
    }
    let columns = ColumnNames { text_is_address: true, ..settings.columns.clone() };
    let of_list = Arc::new(Settings { columns, ..settings.same() });
    let mut corpus = Corpus::of_one(origin.clone(), of_list.clone())?;
    let mut list = List::default();
    // what is no list is reported by whoever reads it as texts
    while let Some(block) = corpus.next_block().unwrap_or_default() {
        list.add(origin, block);
    }
    if list.rows.is_empty() {
        return Ok(None);
    }
    settings.taken.absorb(&of_list.taken);
    Ok(Some(list))
}

/// Whether the first articles have texts that are no addresses.
fn has_texts(origin: &Origin, settings: &Settings) -> bool {
    let Ok(mut corpus) = Corpus::of_one(origin.clone(), Arc::new(settings.same())) else { return false };
    let first = corpus.next_block().unwrap_or_default();
    let is_text = |text: &str| text.contains(char::is_alphanumeric) && !is_address(text);
    first.is_some_and(|block| block.into_articles().flatten().any(|article| is_text(&article.raw)))
}

impl List {
    fn add(&mut self, origin: &Origin, block: Block) {
        let records: Box<dyn Iterator<Item = std::result::Result<Record, BadRecord>>> = match block.content {
            Content::Rows(rows) => Box::new(rows.into_records()),
            Content::Lines(lines) => Box::new(lines.into_records()),
            Content::LeftOut(faults) => return self.left_out.extend(faults),
            Content::Files { .. } | Content::Records(_) => return,
        };
        for record in records {
            match record {
                Ok(record) if is_address(&record.decoded.text) => self.rows.push(row(origin, record)),
                Ok(record) => self.left_out.push(origin.fault(record.line, 0, "the row has no address", "")),
                Err(BadRecord::Skipped(fault)) => self.left_out.push(fault),
                Err(BadRecord::Fatal(_)) => {}
            }
        }
    }
}

fn row(origin: &Origin, record: Record) -> ListRow {
    let address = record.decoded.text.trim().to_owned();
    let mut known = record.known;
    known.more.entry("url".to_owned()).or_insert_with(|| address.clone());
    if let Some(listed) = &origin.listed {
        known = KnownMeta::or(known, listed);
    }
    let page = ListedPage { id: record.id.into(), known: Arc::new(known) };
    ListRow { page, place: origin.material.place(record.line, 0), address }
}
