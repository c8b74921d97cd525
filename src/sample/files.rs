//! The sheet, the key and the codes as CSV.

use super::{Blind, Code, Sample, SampleItem};
use crate::coding::{CODER, GROUP, ITEM, KEY_COLUMNS, Key, KeyRow, Kind, NOTE, Stratum};
use crate::tables::CsvBuffer;

/// The columns that are for reading.
pub(super) fn reading_columns(sample: &Sample) -> Vec<&'static str> {
    let place: &[&str] = if sample.blind == Blind::Yes { &[] } else { &["article", "source", "date"] };
    let marked: &[&str] = match sample.kind {
        Kind::Hits | Kind::Roles => &["span", "frame"],
        Kind::Actors => &["span"],
        Kind::Misses | Kind::Zones => &[],
    };
    [&[ITEM], place, &["before", "sentence", "after"], marked].concat()
}

/// The text of such a column.
pub(super) fn reading_text(item: &SampleItem, column: &str) -> String {
    let text = match column {
        "article" => item.article.clone(),
        "source" => item.source.clone(),
        "date" => item.date.clone(),
        "before" => item.before.clone(),
        "sentence" => item.sentence(),
        "after" => item.after.clone(),
        "span" => item.span.clone(),
        "frame" => item.frame.clone(),
        _ => item.id.clone(),
    };
    // No spreadsheet is to take a sentence for a formula.
    if text.starts_with(['=', '+', '-', '@']) { format!(" {text}") } else { text }
}

/// The sheet of a coder, or the one sheet.
pub fn sheet_csv(sample: &Sample, coder: Option<&str>) -> Vec<u8> {
    let mut out = CsvBuffer::default();
    let columns = reading_columns(sample);
    let fields = sample.kind.fields();
    let names = columns.iter().copied().chain(fields.iter().map(|field| field.name())).chain([NOTE, CODER]);
    header(names, &mut out);
    for item in sample.of(coder) {
        for column in &columns {
            out.text(&reading_text(item, column));
        }
        for _ in fields {
            out.plain("");
        }
        out.plain("").text(coder.unwrap_or_default());
        out.end_row();
    }
    out.bytes
}

/// The codes: column, code, label, meaning.
pub fn codes_csv(codes: &[Code]) -> Vec<u8> {
    let mut out = CsvBuffer::default();
    header(["column", "code", "label", "meaning"], &mut out);
    for code in codes {
        out.plain(code.field.name()).text(&code.code).text(&code.label).text(&code.meaning);
        out.end_row();
    }
    out.bytes
}

/// The key.
pub fn key_csv(key: &Key) -> Vec<u8> {
    let mut out = CsvBuffer::default();
    let by: Vec<String> = key.by.iter().map(|name| format!("{GROUP}{name}")).collect();
    header(KEY_COLUMNS.into_iter().chain(by.iter().map(String::as_str)), &mut out);
    // A map with text keys and values always has a JSON text.
    let settings = serde_json::to_string(&key.settings).unwrap_or_default();
    for row in &key.rows {
        key_row(key, row, row.stratum, &settings, &mut out);
    }
    for (at, _) in key.strata.iter().enumerate().filter(|(_, stratum)| stratum.drawn == 0) {
        key_row(key, &KeyRow::default(), at, &settings, &mut out);
    }
    out.bytes
}

fn key_row(key: &Key, row: &KeyRow, stratum: usize, settings: &str, out: &mut CsvBuffer) {
    let of: &Stratum = &key.strata[stratum];
    out.text(&row.item).plain(key.kind.name()).text(&row.article).plain(&row.sha256);
    out.integer(row.start).integer(row.end);
    for cell in
        [&row.frame, &row.term, &row.voice, &row.speaker, &row.agent, &row.target, &row.rule, &row.actor, &row.zone]
    {
        out.text(cell);
    }
    out.plain(if row.counted { "true" } else { "false" });
    out.text(&row.coders.join(";")).integer(stratum as u64 + 1).text(&of.class).integer(of.size).integer(of.drawn);
    out.cell(&of.inclusion().into()).integer(key.seed).text(settings);
    for value in &of.group {
        out.text(value);
    }
    out.end_row();
}

fn header<'n>(names: impl IntoIterator<Item = &'n str>, out: &mut CsvBuffer) {
    for name in names {
        out.text(name);
    }
    out.end_row();
}
