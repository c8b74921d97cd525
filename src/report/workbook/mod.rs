//! `workbook.xlsx`: the answers, the frames of each group, the comparison tables and the hits as sheets. Text of a corpus is
//! always written as a string, so that no cell is ever a formula.
//!
//! What does not fit into a sheet is left out, and this is said on the first sheet, and under the last row of the sheet itself.

mod first;
mod frames;
mod hits;
mod table;

use super::answers::answers;
use super::facts::Facts;
use super::figure::{self, GroupChoice};
use super::inert;
use super::shown::{COMPARED, Shown};
use crate::error::{Error, Result};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use std::path::Path;

type SheetResult<T = ()> = std::result::Result<T, XlsxError>;

/// Of zip, 1 to 9. The usual 6 takes three times as long and saves an eighth of the file.
const COMPRESSION: u8 = 2;

/// A cell holds 32,767 characters.
const MOST_CHARACTERS: usize = 32_000;

/// Sheets that are named where some leave rows out.
const MOST_NAMED: usize = 3;

/// A sheet as the first one lists it.
struct ListedSheet {
    name: String,
    answers: String,
    rows: usize,
    total: usize,
    left_out: String,
    /// Of this, what a sheet could not hold, and not what it need not hold.
    cut: String,
}

/// The book, and what its sheets could not hold. Rows wait in files in `folder` until the book is put together.
pub(super) fn workbook(facts: &Facts<'_>, groups: &GroupChoice, folder: &Path) -> Result<(Vec<u8>, Option<String>)> {
    // The crate panics where a row cannot be written, and a full disk is no fault of the program.
    let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| make(facts, groups, folder)));
    let why = match made {
        Ok(Ok(book)) => return Ok(book),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "its rows could not be written; is the disk full?".to_owned(),
    };
    Err(Error::Output(format!("cannot make `workbook.xlsx`: {why}")))
}

fn make(facts: &Facts<'_>, groups: &GroupChoice, folder: &Path) -> SheetResult<(Vec<u8>, Option<String>)> {
    let mut book = Workbook::new();
    book.set_tempdir(folder)?;
    book.set_zip_compression_level(COMPRESSION);
    // The time of the run would change the bytes.
    let properties = DocProperties::new()
        .set_title("framescope workbook")
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    book.add_worksheet().set_name("answers")?;
    let mut listed = Vec::new();
    if let Some(matrix) = figure::frames_by_group(facts, groups).filter(|matrix| !matrix.rows.is_empty()) {
        listed.push(frames::sheet(book.add_worksheet(), &matrix, &facts.study.codebook)?);
    }
    let shown: Vec<&Shown> = COMPARED.iter().filter_map(|name| facts.shown(name)).collect();
    for shown in &shown {
        listed.push(table::sheet(book.add_worksheet_with_low_memory()?, shown)?);
    }
    if let Some(texts) = facts.texts {
        listed.push(hits::sheet(book.add_worksheet_with_low_memory()?, texts, facts)?);
    }
    listed.push(table::columns(book.add_worksheet(), &shown)?);
    first::fill(book.worksheet_from_name("answers")?, facts, groups, &answers(facts, groups), &listed)?;
    Ok((book.save_to_buffer()?, cut_rows(&listed)))
}

/// What does not fit, as one line for the reader of a run's messages.
fn cut_rows(listed: &[ListedSheet]) -> Option<String> {
    let cut: Vec<String> =
        listed.iter().filter(|one| !one.cut.is_empty()).map(|one| format!("of `{}` {}", one.name, one.cut)).collect();
    let which = match cut.len() {
        0 => return None,
        1..=MOST_NAMED => cut.join(", "),
        sheets => format!("rows of {sheets} sheets, which its first sheet names"),
    };
    Some(format!("`workbook.xlsx` leaves out, for lack of room, {which}; the CSV files have all"))
}

fn head() -> Format {
    Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_background_color("F0F0EC")
}

/// Of columns of numbers, over which it stands.
fn number_head() -> Format {
    head().set_align(FormatAlign::Right)
}

/// Text of several lines.
fn wrapped() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// Text behind a column of numbers, which end where it begins.
fn behind_numbers() -> Format {
    wrapped().set_align(FormatAlign::Left).set_indent(1)
}

/// Rows of wrapped cells do not grow by themselves everywhere.
fn height(lines: usize) -> f64 {
    // The format knows no higher row.
    (15.0 * lines.max(1) as f64).min(409.0)
}

/// The lines that a text takes in a column of so many characters.
fn lines(text: &str, characters: usize) -> usize {
    text.chars().count().div_ceil(characters.max(1)).max(1)
}

/// On paper: as wide as a sheet, with its heads on each.
fn on_paper(sheet: &mut Worksheet) -> SheetResult {
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_paper_size(9);
    sheet.set_repeat_rows(0, 0)?.set_freeze_panes(1, 1)?;
    Ok(())
}

fn clip(text: &str) -> String {
    let text = inert::inert(text);
    // Nearly every cell: it need not be copied.
    if text.len() <= MOST_CHARACTERS { text } else { inert::clip(&text, MOST_CHARACTERS) }
}

/// The value that the CSV file has, where minus zero is zero.
fn rounded(value: f64) -> f64 {
    crate::tables::rounded(value) + 0.0
}
