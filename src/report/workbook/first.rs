//! The first sheet: the corpus, the answers, and what the other sheets hold.

use super::super::answers::AnswerSentence;
use super::super::facts::Facts;
use super::super::figure::GroupChoice;
use super::super::page::{caveats, corpus, filters, title};
use super::{ListedSheet, SheetResult, behind_numbers, clip, head, height, lines, number_head, wrapped};
use rust_xlsxwriter::{Format, FormatAlign, Url, Worksheet};

/// Characters of a line over the first two columns.
const ACROSS: usize = 114;

pub(super) fn fill(
    sheet: &mut Worksheet,
    facts: &Facts<'_>,
    groups: &GroupChoice,
    answers: &[AnswerSentence],
    listed: &[ListedSheet],
) -> SheetResult {
    let wrapped = wrapped();
    let top = Format::new().set_align(FormatAlign::Top).set_num_format("#,##0");
    let link = Format::new().set_hyperlink().set_align(FormatAlign::Top);
    let large = Format::new().set_bold().set_font_size(16);
    for (column, width) in [(0, 24), (1, 90), (2, 11), (3, 12), (4, 46)] {
        sheet.set_column_width(column, width)?;
    }
    let mut row = 0;
    sheet.write_string_with_format(row, 0, clip(&title(facts)), &large)?;
    let mut paragraphs = corpus(facts, groups);
    let filters = filters(facts);
    if !filters.is_empty() {
        paragraphs.push(format!("Counted is only what passes {filters}."));
    }
    paragraphs.push("Empty cells are undefined values, never zero. Rates are per 1,000 counted words.".into());
    paragraphs.extend(caveats(facts, groups));
    for line in &paragraphs {
        row += 1;
        sheet.merge_range(row, 0, row, 1, &clip(line), &wrapped)?;
        sheet.set_row_height(row, height(lines(line, ACROSS)))?;
    }
    row += 2;
    sheet.write_string_with_format(row, 0, "Answers", &head())?;
    sheet.write_string_with_format(row, 1, "", &head())?;
    sheet.write_string_with_format(row, 2, "hits", &number_head())?;
    for answer in answers {
        row += 1;
        sheet.merge_range(row, 0, row, 1, &clip(&answer.text), &wrapped)?;
        sheet.set_row_height(row, height(lines(&answer.text, ACROSS)))?;
        if answer.n > 0 {
            sheet.write_number_with_format(row, 2, answer.n as f64, &top)?;
        }
    }
    row += 2;
    for (at, name) in ["sheet", "answers", "rows here", "rows in all", "left out here"].iter().enumerate() {
        let format = match at {
            2 | 3 => number_head(),
            4 => head().set_align(FormatAlign::Left).set_indent(1),
            _ => head(),
        };
        sheet.write_string_with_format(row, at as u16, *name, &format)?;
    }
    for one in listed {
        row += 1;
        let url = Url::new(format!("internal:'{}'!A1", one.name)).set_text(one.name.as_str());
        sheet.write_url_with_format(row, 0, url, &link)?;
        sheet.write_string_with_format(row, 1, &one.answers, &wrapped)?;
        sheet.write_number_with_format(row, 2, one.rows as f64, &top)?;
        sheet.write_number_with_format(row, 3, one.total as f64, &top)?;
        sheet.write_string_with_format(row, 4, &one.left_out, &behind_numbers())?;
        sheet.set_row_height(row, height(lines(&one.answers, 90).max(lines(&one.left_out, 46))))?;
    }
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_paper_size(9);
    Ok(())
}
