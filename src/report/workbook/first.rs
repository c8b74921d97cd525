//! The first sheet: the corpus, the answers, and what the other sheets hold.

use super::super::answers::Answer;
use super::super::facts::Facts;
use super::super::figure::GroupChoice;
use super::super::page::{caveats, corpus, filters, title};
use super::{Done, Listed, clip, head};
use rust_xlsxwriter::{Format, FormatAlign, Url, Worksheet};

pub(super) fn fill(
    sheet: &mut Worksheet,
    facts: &Facts<'_>,
    groups: &GroupChoice,
    answers: &[Answer],
    listed: &[Listed],
) -> Done {
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let large = Format::new().set_bold().set_font_size(16);
    for (column, width) in [(0, 24), (1, 90), (2, 11), (3, 11), (4, 46)] {
        sheet.set_column_width(column, width)?;
    }
    let mut row = 0;
    sheet.write_string_with_format(row, 0, clip(&title(facts)), &large)?;
    let mut lines = corpus(facts, groups);
    let filters = filters(facts);
    if !filters.is_empty() {
        lines.push(format!("Counted is only what passes {filters}."));
    }
    lines.push("Empty cells are undefined values, never zero. Rates are per 1,000 counted words.".into());
    lines.extend(caveats(facts, groups));
    for line in &lines {
        row += 1;
        sheet.merge_range(row, 0, row, 1, &clip(line), &wrapped)?;
        sheet.set_row_height(row, height(line, 114))?;
    }
    row += 2;
    sheet.write_string_with_format(row, 0, "Answers", &head())?;
    sheet.write_string_with_format(row, 1, "", &head())?;
    sheet.write_string_with_format(row, 2, "hits", &head())?;
    for answer in answers {
        row += 1;
        sheet.merge_range(row, 0, row, 1, &clip(&answer.text), &wrapped)?;
        sheet.set_row_height(row, height(&answer.text, 114))?;
        if answer.n > 0 {
            sheet.write_number(row, 2, answer.n as f64)?;
        }
    }
    row += 2;
    for (at, name) in ["sheet", "answers", "rows here", "rows in all", "left out here"].iter().enumerate() {
        sheet.write_string_with_format(row, at as u16, *name, &head())?;
    }
    for one in listed {
        row += 1;
        sheet.write_url_with_text(row, 0, Url::new(format!("internal:'{}'!A1", one.name)), one.name.as_str())?;
        sheet.write_string_with_format(row, 1, &one.answers, &wrapped)?;
        sheet.write_number(row, 2, one.rows as f64)?;
        sheet.write_number(row, 3, one.total as f64)?;
        sheet.write_string_with_format(row, 4, &one.left_out, &wrapped)?;
        sheet.set_row_height(row, height(&one.answers, 90).max(height(&one.left_out, 46)))?;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_paper_size(9);
    Ok(())
}

/// Merged cells do not grow by themselves.
fn height(text: &str, characters_of_line: usize) -> f64 {
    15.0 * text.chars().count().div_ceil(characters_of_line).max(1) as f64
}
