//! Spreadsheets (XLSX, XLS, ODS): the sheet with a text column, as rows of a table.

use std::io::Cursor;

use calamine::{
    Data, DataRef, DataType, ExcelDateTime, ExcelDateTimeType, Ods, Reader, Xls, Xlsx, open_workbook_from_rs,
};

use super::super::columns::{Role, roles};
use super::super::decode::NoText;
use super::super::options::{Format, Settings};
use super::guard::guarded;
use super::zipped::ZipParts;
use quick_xml::events::Event;

/// Rows of one sheet, the header first.
#[derive(Debug, Default)]
pub(crate) struct SpreadsheetRows {
    pub rows: Vec<Vec<String>>,
    /// The number of the first row, from 1; the others follow it.
    pub first_row: u64,
    /// Other sheets that have a text column too, and are not read.
    pub others: Vec<String>,
}

/// Rows in which a header is looked for: exports have a title above it.
const HEADER_ROWS: usize = 20;

/// More cells than these are no table of articles.
const MAX_CELLS: usize = 20_000_000;

/// Reads the first sheet that has a text column; where none has, the first.
///
/// # Errors
///
/// A damaged, locked or empty workbook.
pub(crate) fn sheet(format: Format, bytes: &[u8], settings: &Settings) -> Result<SpreadsheetRows, NoText> {
    // what databases call a workbook is often a page with a table, or a table of text
    if std::str::from_utf8(&bytes[..bytes.len().min(64)]).is_ok_and(|begin| begin.trim().len() > 8) {
        return Err(NoText {
            what: "it is text, and no workbook".to_owned(),
            help: "name it .csv if it is a table of text; open a page in a spreadsheet program and save it as .xlsx",
        });
    }
    guarded(|| {
        let sheets = match format {
            Format::Xls => by_range(open_workbook_from_rs::<Xls<_>, _>(Cursor::new(bytes)).map_err(|e| damaged(&e))?)?,
            Format::Ods => {
                check_ods(bytes)?;
                by_range(open_workbook_from_rs::<Ods<_>, _>(Cursor::new(bytes)).map_err(|e| damaged(&e))?)?
            }
            _ => by_cell(open_workbook_from_rs(Cursor::new(bytes)).map_err(|e| damaged(&e))?)?,
        };
        chosen(sheets, settings)
    })
}

/// Elements that are not closed would be waited for without an end by the reader of cells, and repeated cells are written out
/// by it: both are looked for before.
fn check_ods(bytes: &[u8]) -> Result<(), NoText> {
    let Some(content) = ZipParts::open(bytes)?.part("content.xml")? else { return Ok(()) };
    let mut reader = quick_xml::Reader::from_reader(content.as_slice());
    let (mut depth, mut cells, mut of_row, mut rows) = (0i64, 0u64, 0u64, 1u64);
    loop {
        let event = reader.read_event().map_err(|error| damaged(&error))?;
        let repeated = |start: &quick_xml::events::BytesStart<'_>, name: &str| {
            let value = start.try_get_attribute(name).ok().flatten()?;
            value.value.parse::<u64>().ok()
        };
        match &event {
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(damaged(&"elements are not closed")),
            Event::Start(start) | Event::Empty(start) => {
                depth += i64::from(matches!(event, Event::Start(_)));
                match start.local_name().as_ref() {
                    "table-row" => (of_row, rows) = (0, repeated(start, "table:number-rows-repeated").unwrap_or(1)),
                    "table-cell" => {
                        // a cell without a value only fills space, to the right of the last value and below it
                        let has_value =
                            start.attributes().flatten().any(|a| a.key.local_name().as_ref() == "value-type");
                        of_row += repeated(start, "table:number-columns-repeated").unwrap_or(1).min(1 << 20);
                        cells += if has_value { of_row.saturating_mul(rows.min(1 << 20)) } else { 0 };
                        if cells > MAX_CELLS as u64 * 50 {
                            return Err(too_large());
                        }
                    }
                    _ => {}
                }
            }
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
}

fn damaged(error: &dyn std::fmt::Display) -> NoText {
    let said = error.to_string();
    if said.to_lowercase().contains("password") {
        return NoText { what: "it is locked with a password".to_owned(), help: "take the password off" };
    }
    NoText {
        what: format!("it is damaged, cut short or no spreadsheet: {said}"),
        help: "open it and save it again, or save the sheet as .csv",
    }
}

fn too_large() -> NoText {
    NoText { what: format!("a sheet has more than {MAX_CELLS} cells"), help: "save the sheet as .csv" }
}

/// Name and cells of a sheet: row, column (from 0) and value.
type SheetCells = (String, Vec<(u32, u32, Data)>);

/// Cell by cell, since a sheet may claim to reach further than any memory.
fn by_cell(mut book: Xlsx<Cursor<&[u8]>>) -> Result<Vec<SheetCells>, NoText> {
    let mut sheets = Vec::new();
    let mut count = 0;
    for name in book.sheet_names() {
        // a sheet that holds a chart has no cells
        let Ok(mut reader) = book.worksheet_cells_reader(&name) else { continue };
        let mut cells = Vec::new();
        while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
            if matches!(cell.get_value(), DataRef::Empty) {
                continue;
            }
            let (row, column) = cell.get_position();
            cells.push((row, column, Data::from(cell.get_value().clone())));
            count += 1;
            if count > MAX_CELLS {
                return Err(too_large());
            }
        }
        sheets.push((name, cells));
    }
    Ok(sheets)
}

fn by_range<'b, R: Reader<Cursor<&'b [u8]>>>(mut book: R) -> Result<Vec<SheetCells>, NoText>
where
    R::Error: std::fmt::Display,
{
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|error| damaged(&error))?;
        let (row, column) = range.start().unwrap_or_default();
        let used = range.used_cells().filter(|(_, _, value)| !value.is_empty());
        let cells = used.map(|(down, right, value)| (row + down as u32, column + right as u32, value.clone()));
        sheets.push((name, cells.collect()));
    }
    Ok(sheets)
}

fn chosen(sheets: Vec<SheetCells>, settings: &Settings) -> Result<SpreadsheetRows, NoText> {
    let mut first: Option<SpreadsheetRows> = None;
    let mut best: Option<SpreadsheetRows> = None;
    for (name, cells) in sheets.into_iter().filter(|(_, cells)| !cells.is_empty()) {
        let (sheet, has_text) = table(cells, settings);
        match &mut best {
            Some(best) if has_text => best.others.push(name),
            None if has_text => best = Some(sheet),
            _ => first = first.or(Some(sheet)),
        }
    }
    best.or(first).ok_or_else(|| NoText { what: "the workbook has no cells".to_owned(), help: "" })
}

/// The rows of a sheet from its header on, and whether the header has a text column.
fn table(cells: Vec<(u32, u32, Data)>, settings: &Settings) -> (SpreadsheetRows, bool) {
    let mut rows: Vec<(u32, Vec<Data>)> = Vec::new();
    for (row, column, value) in cells {
        if rows.last().is_none_or(|(last, _)| *last != row) {
            rows.push((row, Vec::new()));
        }
        let Some((_, values)) = rows.last_mut() else { continue };
        let column = column as usize;
        if values.len() <= column {
            values.resize(column + 1, Data::Empty);
        }
        values[column] = value;
    }
    let roles_of = |values: &[Data]| {
        let names: Vec<String> = values.iter().map(|value| as_text(value, false).trim().to_owned()).collect();
        roles(&names.iter().map(String::as_str).collect::<Vec<_>>(), &settings.columns)
    };
    let header = rows.iter().take(HEADER_ROWS).position(|(_, values)| roles_of(values).contains(&Role::Text));
    let start = header.unwrap_or(0);
    let roles = roles_of(&rows[start].1);
    let width = rows[start].1.len();
    let mut sheet = SpreadsheetRows { first_row: u64::from(rows[start].0) + 1, ..SpreadsheetRows::default() };
    let mut next = rows[start].0;
    for (row, values) in rows.drain(..).skip(start) {
        // a row without a cell is a row, so that places stay true; it gives no article
        while next < row && sheet.rows.len() < MAX_CELLS {
            sheet.rows.push(Vec::new());
            next += 1;
        }
        next += 1;
        let is_date = |column: usize| roles.get(column) == Some(&Role::Date);
        let mut texts: Vec<String> =
            values.iter().enumerate().map(|(column, value)| as_text(value, is_date(column))).collect();
        texts.resize(texts.len().max(width), String::new());
        while texts.len() > width && texts.last().is_some_and(String::is_empty) {
            texts.pop();
        }
        sheet.rows.push(texts);
    }
    (sheet, header.is_some())
}

/// The days that spreadsheets count from 1900: a number below may be a year, one above a date in digits.
const SERIAL_DAYS: std::ops::Range<f64> = 3001.0..100_000.0;

/// A cell as a table would show it. In a column of dates a plain number is a day.
fn as_text(value: &Data, is_date: bool) -> String {
    let day = |number: f64| {
        let is_day = is_date && SERIAL_DAYS.contains(&number);
        is_day.then(|| date(ExcelDateTime::new(number, ExcelDateTimeType::DateTime, false)))
    };
    match value {
        Data::Int(number) => day(*number as f64).unwrap_or_else(|| number.to_string()),
        Data::Float(number) => day(*number).unwrap_or_else(|| number.to_string()),
        Data::String(text) => text.clone(),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(value) if value.is_datetime() => date(*value),
        Data::DateTime(value) => value.as_f64().to_string(),
        Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

fn date(value: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) { date } else { format!("{date}T{hour:02}:{minute:02}:{second:02}") }
}
