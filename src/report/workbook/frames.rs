//! Frames and groups side by side: rates with colours, counts and intervals, and a chart of all groups.

use super::super::figure::Matrix;
use super::super::palette::KINDS;
use super::{ListedSheet, SheetResult, clip, head, height, lines, number_head, rounded};
use crate::codebook::Codebook;
use rust_xlsxwriter::{
    Chart, ChartFormat, ChartSolidFill, ChartType, ConditionalFormat2ColorScale, Format, FormatAlign, Worksheet,
};

/// Frames of the chart: more colours cannot be distinguished.
const CHARTED: usize = 5;

pub(super) fn sheet(sheet: &mut Worksheet, matrix: &Matrix, book: &Codebook) -> SheetResult<ListedSheet> {
    sheet.set_name("frames")?.set_column_width(0, 34)?;
    let right = Format::new().set_align(FormatAlign::Right);
    let whole = Format::new().set_num_format("#,##0");
    let two = Format::new().set_num_format("0.00");
    let groups = matrix.columns.len();
    for (at, _) in matrix.columns.iter().enumerate() {
        sheet.set_column_width(at as u16 + 1, 13)?;
    }
    let name_of = |code: &str| book.frame(code).map_or(code.to_owned(), |at| book.frames[at.index()].name.clone());
    let rows = matrix.rows.len() as u32;
    heads(sheet, 0, "Per 1,000 counted words", matrix)?;
    heads(sheet, rows + 2, "Hits", matrix)?;
    heads(sheet, 2 * rows + 4, "Interval of the rate, 95 %", matrix)?;
    for (at, (name, cells)) in matrix.rows.iter().zip(&matrix.cells).enumerate() {
        let row = at as u32 + 1;
        for block in 0..3 {
            sheet.write_string(row + block * (rows + 2), 0, clip(&name_of(name)))?;
        }
        for (at, cell) in cells.iter().enumerate() {
            let column = at as u16 + 1;
            if let Some(value) = cell.value {
                sheet.write_number_with_format(row, column, rounded(value), &two)?;
            }
            sheet.write_number_with_format(row + rows + 2, column, cell.n as f64, &whole)?;
            if let Some((low, high)) = cell.interval {
                let ends = format!("{low:.2} – {high:.2}");
                sheet.write_string_with_format(row + 2 * (rows + 2), column, ends, &right)?;
            }
        }
    }
    let colours = ConditionalFormat2ColorScale::new().set_minimum_color("FFFFFF").set_maximum_color("7FB0D9");
    sheet.add_conditional_format(1, 1, rows, groups as u16, &colours)?;
    let mut chart = Chart::new(ChartType::Bar);
    for (row, colour) in (1..=rows).zip(KINDS).take(CHARTED) {
        let fill = ChartSolidFill::new().set_color(colour).clone();
        chart
            .add_series()
            .set_name(("frames", row, 0))
            .set_categories(("frames", 0, 1, 0, groups as u16))
            .set_values(("frames", row, 1, row, groups as u16))
            .set_gap(60)
            .set_format(ChartFormat::new().set_solid_fill(&fill));
    }
    let title = format!("Hits per 1,000 counted words: the {} most frequent frames", rows.min(CHARTED as u32));
    chart.title().set_name(title.as_str());
    chart.y_axis().set_reverse();
    chart.set_width(820).set_height(140 + 18 * CHARTED as u32 * groups as u32);
    sheet.insert_chart(3 * rows + 7, 0, &chart)?;
    // Each block has heads of its own.
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_paper_size(9).set_freeze_panes(1, 1)?;
    sheet.set_page_breaks(&[rows + 2, 2 * rows + 4, 3 * rows + 6])?;
    Ok(ListedSheet {
        name: "frames".into(),
        answers: "Which frames does each group use? Rates, hits and intervals, and a chart of all groups".into(),
        rows: matrix.rows.len(),
        total: matrix.of,
        left_out: if matrix.of > matrix.rows.len() { "the least frequent frames".into() } else { String::new() },
        cut: String::new(),
    })
}

fn heads(sheet: &mut Worksheet, row: u32, title: &str, matrix: &Matrix) -> SheetResult {
    sheet.set_row_height(row, 32)?.write_string_with_format(row, 0, title, &head())?;
    for (at, name) in matrix.columns.iter().enumerate() {
        sheet.write_string_with_format(row, at as u16 + 1, clip(name), &number_head())?;
    }
    let highest = matrix.columns.iter().map(|name| lines(name, 10)).max().unwrap_or(1);
    sheet.set_row_height(row, height(highest))?;
    Ok(())
}
