//! `workbook.xlsx`: the comparison tables as sheets. Article text is always written as a string, so that no cell is ever
//! a formula.

use super::facts::Facts;
use super::figure::{self, GroupChoice, Matrix};
use super::shown::{COMPARED, MOST_ROWS, Shown};
use crate::error::{Error, Result};
use crate::tables::Cell;
use rust_xlsxwriter::{
    Chart, ChartType, ConditionalFormat2ColorScale, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook,
    Worksheet, XlsxError,
};
use std::path::Path;

/// Of zip, 1 to 9. The usual 6 takes three times as long and saves an eighth of the file.
const COMPRESSION: u8 = 2;

/// What a spreadsheet holds in one row.
const MOST_COLUMNS: usize = 16_384;

/// What a spreadsheet holds in one cell.
const MOST_CHARACTERS: usize = 32_000;

/// Rows wait in files in `folder` until the book is put together.
pub(super) fn workbook(facts: &Facts<'_>, groups: &GroupChoice, folder: &Path) -> Result<Vec<u8>> {
    make(facts, groups, folder).map_err(|error| Error::Output(format!("cannot make `workbook.xlsx`: {error}")))
}

fn make(facts: &Facts<'_>, groups: &GroupChoice, folder: &Path) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_tempdir(folder)?;
    book.set_zip_compression_level(COMPRESSION);
    // The time of the run would change the bytes.
    let properties = DocProperties::new()
        .set_title("framescope workbook")
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    let shown: Vec<&Shown> = COMPARED.iter().filter_map(|name| facts.shown(name)).collect();
    about(book.add_worksheet(), &shown)?;
    if let Some(matrix) = figure::frames_by_group(facts, groups)
        && !matrix.rows.is_empty()
    {
        heat_map(book.add_worksheet(), &matrix)?;
    }
    for sheet in &shown {
        table_sheet(book.add_worksheet_with_low_memory()?, sheet)?;
    }
    columns(book.add_worksheet(), &shown)?;
    book.save_to_buffer()
}

fn head() -> Format {
    Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top)
}

fn about(sheet: &mut Worksheet, shown: &[&Shown]) -> std::result::Result<(), XlsxError> {
    sheet.set_name("about")?.set_column_width(0, 26)?.set_column_width(1, 80)?.set_column_width(2, 14)?;
    sheet.set_column_width(3, 14)?.set_column_width(4, 44)?;
    for (at, name) in ["sheet", "answers", "rows here", "rows in the CSV", "left out here"].iter().enumerate() {
        sheet.write_string_with_format(0, at as u16, *name, &head())?;
    }
    let mut at = 1;
    for sheet_shown in shown {
        sheet.write_string(at, 0, sheet_shown.table.name)?;
        sheet.write_string(at, 1, sheet_shown.table.answers)?;
        sheet.write_number(at, 2, sheet_shown.table.rows.len().min(MOST_ROWS) as f64)?;
        sheet.write_number(at, 3, sheet_shown.total as f64)?;
        let mut left_out: Vec<String> = Vec::new();
        left_out.extend((!sheet_shown.left_out.is_empty()).then(|| sheet_shown.left_out.to_owned()));
        let (rows, columns) = (sheet_shown.table.rows.len(), sheet_shown.table.fields.len());
        left_out.extend((rows > MOST_ROWS).then(|| format!("rows after the first {MOST_ROWS}")));
        left_out
            .extend((columns > MOST_COLUMNS).then(|| format!("columns after the first {MOST_COLUMNS} of {columns}")));
        sheet.write_string(at, 4, left_out.join("; "))?;
        at += 1;
    }
    at += 1;
    for line in [
        "Empty cells are undefined values, never zero. Rates are per 1,000 counted words.",
        "The numbers describe the articles that were read; a group of one article has rates, but no p and no q.",
        "The sheet `columns` explains every column. The CSV files beside this workbook have all rows.",
    ] {
        sheet.write_string(at, 0, line)?;
        at += 1;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

/// Frames by group with colours, and a bar chart of the same cells.
fn heat_map(sheet: &mut Worksheet, matrix: &Matrix) -> std::result::Result<(), XlsxError> {
    const MOST_SERIES: usize = 7;
    sheet.set_name("heat map")?.set_column_width(0, 26)?;
    sheet.write_string_with_format(0, 0, format!("{}: {}", matrix.row_head, matrix.value), &head())?;
    for (at, name) in matrix.columns.iter().take(MOST_COLUMNS - 1).enumerate() {
        sheet.write_string_with_format(0, at as u16 + 1, clip(name), &head())?;
    }
    let two_places = Format::new().set_num_format("0.00");
    for (at, (name, cells)) in matrix.rows.iter().zip(&matrix.cells).enumerate() {
        let row = at as u32 + 1;
        sheet.write_string(row, 0, clip(name))?;
        for (at, cell) in cells.iter().take(MOST_COLUMNS - 1).enumerate() {
            if let Some(value) = cell.value {
                sheet.write_number_with_format(row, at as u16 + 1, rounded(value), &two_places)?;
            }
        }
    }
    let (last_row, last_column) = (matrix.rows.len() as u32, matrix.columns.len().min(MOST_COLUMNS - 1) as u16);
    let colours = ConditionalFormat2ColorScale::new().set_minimum_color("FFFFFF").set_maximum_color("E1CC55");
    sheet.add_conditional_format(1, 1, last_row, last_column, &colours)?;
    sheet.autofilter(0, 0, last_row, last_column)?.set_freeze_panes(1, 1)?;
    let mut chart = Chart::new(ChartType::Bar);
    let charted = last_row.min(15);
    for at in (1..=last_column).take(MOST_SERIES) {
        chart
            .add_series()
            .set_name(("heat map", 0, at))
            .set_categories(("heat map", 1, 0, charted, 0))
            .set_values(("heat map", 1, at, charted, at));
    }
    chart.title().set_name("Framing hits per 1,000 counted words");
    chart.y_axis().set_reverse();
    chart.set_width(760).set_height(120 + 40 * charted);
    sheet.insert_chart(last_row + 2, 0, &chart)?;
    Ok(())
}

fn table_sheet(sheet: &mut Worksheet, shown: &Shown) -> std::result::Result<(), XlsxError> {
    sheet.set_name(shown.table.name)?;
    for (at, field) in shown.table.fields.iter().take(MOST_COLUMNS).enumerate() {
        let at = at as u16;
        sheet.write_string_with_format(0, at, clip(&field.name), &head())?;
        sheet.set_column_width(at, (field.name.chars().count() as f64 + 3.0).clamp(9.0, 32.0))?;
    }
    for (at, row) in shown.table.rows.iter().take(MOST_ROWS).enumerate() {
        let number = at as u32 + 1;
        for (at, cell) in row.iter().take(MOST_COLUMNS).enumerate() {
            let at = at as u16;
            match cell {
                Cell::Text(text) => sheet.write_string(number, at, clip(text))?,
                Cell::Integer(integer) => sheet.write_number(number, at, *integer as f64)?,
                Cell::Number(value) => sheet.write_number(number, at, rounded(*value))?,
                Cell::Boolean(truth) => sheet.write_boolean(number, at, *truth == crate::tables::Truth::True)?,
                Cell::Empty => sheet,
            };
        }
    }
    let last_row = shown.table.rows.len().min(MOST_ROWS) as u32;
    let last_column = (shown.table.fields.len().min(MOST_COLUMNS) as u16).saturating_sub(1);
    sheet.autofilter(0, 0, last_row, last_column)?.set_freeze_panes(1, 0)?;
    if matches!(shown.table.name, "frame_comparison" | "frame_comparison_own") && last_row > 0 {
        let colours = ConditionalFormat2ColorScale::new().set_minimum_color("FFFFFF").set_maximum_color("E1CC55");
        sheet.add_conditional_format(1, 2, last_row, last_column.max(2), &colours)?;
    }
    Ok(())
}

fn columns(sheet: &mut Worksheet, shown: &[&Shown]) -> std::result::Result<(), XlsxError> {
    sheet.set_name("columns")?.set_column_width(0, 24)?.set_column_width(1, 26)?.set_column_width(3, 100)?;
    for (at, name) in ["table", "column", "type", "meaning"].iter().enumerate() {
        sheet.write_string_with_format(0, at as u16, *name, &head())?;
    }
    let mut at = 1;
    for shown in shown {
        for field in shown.table.fields.iter().take(MOST_COLUMNS) {
            sheet.write_string(at, 0, shown.table.name)?;
            sheet.write_string(at, 1, clip(&field.name))?;
            sheet.write_string(at, 2, super::guide::kind(field.kind))?;
            sheet.write_string(at, 3, clip(&field.about))?;
            at += 1;
        }
    }
    sheet.autofilter(0, 0, at - 1, 3)?.set_freeze_panes(1, 0)?;
    Ok(())
}

fn clip(text: &str) -> String {
    super::inert::clip(text, MOST_CHARACTERS)
}

/// The value that the CSV file has, where minus zero is zero.
fn rounded(value: f64) -> f64 {
    crate::tables::rounded(value) + 0.0
}
