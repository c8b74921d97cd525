//! The sheet as a workbook: drop-down lists in the columns to fill, and the codes on a page of their own.

use super::files::{reading_columns, reading_text};
use super::{Code, Sample};
use crate::coding::{CODER, Field, NOTE};
use crate::error::{Error, Result};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook,
    XlsxError,
};

const CODES: &str = "codes";

/// A cell holds 32,767 characters.
const MOST_CHARACTERS: usize = 32_000;

/// The sheet of a coder, or the one sheet.
///
/// # Errors
/// A workbook that cannot be put together.
pub fn workbook(sample: &Sample, coder: Option<&str>) -> Result<Vec<u8>> {
    make(sample, coder).map_err(|error| Error::Output(format!("cannot make the workbook: {error}")))
}

fn make(sample: &Sample, coder: Option<&str>) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // No clock in any output.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    let head = Format::new().set_bold().set_background_color("E8EDF3");
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    // As text: `-` and `1` are to come back as they were typed.
    let to_fill = Format::new().set_num_format("@").set_background_color("FFFBE6").set_align(FormatAlign::Top);
    let columns = reading_columns(sample);
    let fields = sample.kind.fields();
    let sheet = book.add_worksheet();
    sheet.set_name("sheet")?.set_freeze_panes(1, 1)?;
    let names = columns.iter().copied().chain(fields.iter().map(|field| field.name())).chain([NOTE, CODER]);
    for (at, name) in names.enumerate() {
        let width = match name {
            "sentence" => 70,
            "before" | "after" => 40,
            NOTE => 30,
            _ => 14,
        };
        sheet.write_string_with_format(0, at as u16, name, &head)?.set_column_width(at as u16, width)?;
    }
    let mut last = 0;
    for (row, item) in (1..).zip(sample.of(coder)) {
        last = row;
        for (at, column) in (0..).zip(&columns) {
            let text: String = reading_text(item, column).chars().take(MOST_CHARACTERS).collect();
            sheet.write_string_with_format(row, at, text, &wrapped)?;
        }
        let first = columns.len() as u16;
        for at in first..=first + fields.len() as u16 {
            sheet.write_blank(row, at, &to_fill)?;
        }
        sheet.write_string_with_format(row, first + fields.len() as u16 + 1, coder.unwrap_or_default(), &wrapped)?;
    }
    let mut code_row = 1;
    for (at, field) in (columns.len() as u16..).zip(fields) {
        let own: Vec<&Code> = sample.codes.iter().filter(|code| code.field == *field).collect();
        if !own.is_empty() && last > 0 {
            let (from, to) = (code_row + 1, code_row + own.len() as u32);
            let list = format!("={CODES}!$B${from}:$B${to}");
            // A warning lets several codes stand in a cell, with `|` between them.
            let choice = DataValidation::new()
                .allow_list_formula(Formula::new(list))
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title("not on the list")?
                .set_error_message("Keep it? Several answers have | between them, several missed frames ;")?;
            sheet.add_data_validation(1, at, last, at, &choice)?;
        }
        code_row += own.len() as u32;
    }
    codes_page(&mut book, &sample.codes, &head, &wrapped)?;
    book.save_to_buffer()
}

fn codes_page(
    book: &mut Workbook,
    codes: &[Code],
    head: &Format,
    wrapped: &Format,
) -> std::result::Result<(), XlsxError> {
    let page = book.add_worksheet();
    page.set_name(CODES)?.set_freeze_panes(1, 0)?;
    for (at, (name, width)) in [("column", 14), ("code", 24), ("label", 34), ("meaning", 90)].iter().enumerate() {
        page.write_string_with_format(0, at as u16, *name, head)?.set_column_width(at as u16, *width)?;
    }
    for (row, code) in (1..).zip(codes) {
        let field: Field = code.field;
        for (at, text) in [field.name(), &code.code, &code.label, &code.meaning].into_iter().enumerate() {
            page.write_string_with_format(row, at as u16, text, wrapped)?;
        }
    }
    Ok(())
}
