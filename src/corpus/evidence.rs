//! The order of day and month in a file's dates, as the whole file shows it.
//!
//! The file is read a second time, and only when a date needs it; so the answer does not depend on how far reading has
//! come. Standard input cannot be read again and shows nothing.

use super::BLOCK_BYTES;
use super::columns::{Role, roles};
use super::compressed::ByteStream;
use super::dates::{DateOrder, Evidence};
use super::jsonl;
use super::lines::LineSource;
use super::options::Way;
use super::origin::Container;
use super::read::Material;
use super::rows::NextRow;
use super::sheets::{self, Opened, RowSource};
use super::table::{self, header_names};
use super::transcode;

/// `None` where the dates show no order, or more than one.
pub(crate) fn date_order(container: &Container) -> Option<DateOrder> {
    let origin = &container.origin;
    if origin.material == Material::Stdin {
        return None;
    }
    let mut evidence = Evidence::default();
    if origin.format.way() == Way::Made {
        match sheets::open(origin, &container.settings).ok()?.ok()? {
            Opened::Lines(stream) => of_lines(container, stream, &mut evidence)?,
            Opened::Rows(ready, _) => of_rows(container, RowSource::Ready(ready), &mut evidence)?,
        }
        return evidence.order();
    }
    let mut stream = origin.material.stream(origin.compression).ok()?;
    let start = transcode::start(&mut stream).ok()?;
    let (stream, _) = transcode::as_utf8(start, stream);
    match origin.format.way() {
        Way::Rows => {
            let reader = table::reader(container, stream).ok()?;
            of_rows(container, RowSource::Text(reader), &mut evidence)?;
        }
        Way::Lines => of_lines(container, stream, &mut evidence)?,
        Way::Text | Way::Document | Way::Records | Way::Made => {}
    }
    evidence.order()
}

fn of_rows(container: &Container, mut reader: RowSource, evidence: &mut Evidence) -> Option<()> {
    let NextRow::Row { record: header, .. } = reader.next_row().ok()? else { return None };
    let names = header_names(&header);
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let column = roles(&names, &container.settings.columns).iter().position(|role| *role == Role::Date)?;
    loop {
        match reader.next_row().ok()? {
            NextRow::Row { record, .. } => {
                evidence.add(&String::from_utf8_lossy(record.get(column).unwrap_or_default()))
            }
            NextRow::LeftOut(_) => {}
            NextRow::Unreadable(_) | NextRow::End => return Some(()),
        }
    }
}

fn of_lines(container: &Container, stream: ByteStream, evidence: &mut Evidence) -> Option<()> {
    let mut source = LineSource::new(stream, container.settings.max_article);
    while let Some(lines) = source.next_lines(BLOCK_BYTES).ok()? {
        for (_, line) in lines.iter() {
            if let Some(date) = jsonl::date_of(line, &container.settings.columns) {
                evidence.add(&date);
            }
        }
    }
    Some(())
}
