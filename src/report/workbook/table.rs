//! A table as a sheet, and the sheet that explains every column.

use super::super::rows;
use super::super::shown::{MOST_ROWS, Shown, counted_column, most_frequent};
use super::{ListedSheet, SheetResult, clip, head, height, lines, number_head, on_paper, rounded, wrapped};
use crate::tables::{Cell, ColumnKind, Row, Table, Truth};
use rust_xlsxwriter::{Format, FormatAlign, Worksheet};

/// What a spreadsheet holds in one row.
const MOST_COLUMNS: usize = 16_384;

pub(super) fn sheet(sheet: &mut Worksheet, shown: &Shown) -> SheetResult<ListedSheet> {
    let table = &shown.table;
    sheet.set_name(table.name)?;
    let mut highest = 1;
    for (at, field) in table.fields.iter().take(MOST_COLUMNS).enumerate() {
        let is_text = field.kind == ColumnKind::Text;
        let width = width(table.rows.as_slice(), at, &field.name, field.kind);
        // A name that is too long breaks between words.
        highest = highest.max(lines(&field.name, width as usize - 2));
        let format = if is_text { head().set_align(FormatAlign::Left) } else { number_head() };
        sheet.write_string_with_format(0, at as u16, clip(&field.name), &format.set_indent(indent(table, at)))?;
        sheet.set_column_width(at as u16, width)?;
    }
    sheet.set_row_height(0, height(highest))?;
    // A column has its format once: looking one up for every cell would take a quarter of the time of all tables.
    let number = Format::new().set_num_format("0.000");
    let chance = Format::new().set_num_format("[<0.001]\"<0.001\";0.000");
    let integer = Format::new().set_num_format("#,##0");
    for (at, field) in table.fields.iter().take(MOST_COLUMNS).enumerate() {
        match field.kind {
            ColumnKind::Integer => sheet.set_column_format(at as u16, &integer)?,
            ColumnKind::Number if CHANCES.contains(&field.name.as_str()) => {
                sheet.set_column_format(at as u16, &chance)?
            }
            ColumnKind::Number => sheet.set_column_format(at as u16, &number)?,
            _ if indent(table, at) > 0 => {
                sheet.set_column_format(at as u16, &Format::new().set_indent(indent(table, at)))?
            }
            _ => sheet,
        };
    }
    // A name that a group never uses says nothing beside those that it uses.
    let counted = table.column("n").filter(|_| table.name == "naming");
    let is_used = |row: &&Row<'static>| counted.is_none_or(|at| row[at] != Cell::Integer(0));
    let mut rows: Vec<&Row<'static>> = table.rows.iter().filter(is_used).collect();
    let used = rows.len();
    let by_count = counted_column(table.name, &table.fields);
    if let Some(by_count) = by_count {
        most_frequent(&mut rows, MOST_ROWS, |row| rows::integer(row, by_count));
    }
    for (at, row) in rows.iter().take(MOST_ROWS).enumerate() {
        let line = at as u32 + 1;
        for (at, cell) in row.iter().take(MOST_COLUMNS).enumerate() {
            let at = at as u16;
            match cell {
                Cell::Text(value) => sheet.write_string(line, at, clip(value))?,
                Cell::Integer(value) if table.fields[usize::from(at)].kind != ColumnKind::Integer => {
                    sheet.write_number_with_format(line, at, *value as f64, &integer)?
                }
                Cell::Integer(value) => sheet.write_number(line, at, *value as f64)?,
                Cell::Number(value) => sheet.write_number(line, at, rounded(*value))?,
                Cell::Boolean(truth) => sheet.write_boolean(line, at, *truth == Truth::True)?,
                Cell::Empty => sheet,
            };
        }
    }
    let written = rows.len().min(MOST_ROWS);
    let mut left_out: Vec<String> = Vec::new();
    if counted.is_some() && used < table.rows.len() {
        left_out.push("names without a hit".into());
    }
    if !shown.left_out.is_empty() {
        left_out.push(shown.left_out.to_owned());
    }
    let mut cut = Vec::new();
    if used > MOST_ROWS {
        cut.push(match by_count {
            Some(at) => format!("all rows but the {MOST_ROWS} with the highest `{}`", table.fields[at].name),
            None => format!("rows after the first {MOST_ROWS}"),
        });
    }
    let columns = table.fields.len();
    if columns > MOST_COLUMNS {
        cut.push(format!("columns after the first {MOST_COLUMNS} of {columns}"));
    }
    let cut = cut.join(" and ");
    left_out.extend(Some(&cut).filter(|cut| !cut.is_empty()).cloned());
    let left_out = left_out.join("; ");
    let last_column = (columns.min(MOST_COLUMNS) as u16).saturating_sub(1);
    sheet.autofilter(0, 0, written as u32, last_column)?;
    if !left_out.is_empty() {
        sheet.write_string(written as u32 + 2, 0, format!("Left out here: {left_out}. {}.csv has all.", table.name))?;
    }
    on_paper(sheet)?;
    Ok(ListedSheet {
        name: table.name.into(),
        answers: table.answers.into(),
        rows: written,
        total: shown.total,
        left_out,
        cut,
    })
}

/// Columns of probabilities, the smallest of which are no zeros.
const CHANCES: [&str; 4] = ["p", "q", "fisher_p", "change_p"];

/// One for text beside numbers, which end where it begins.
fn indent(table: &Table, at: usize) -> u8 {
    let is_text = |at: usize| table.fields[at].kind == ColumnKind::Text;
    u8::from(at > 0 && is_text(at) && !is_text(at - 1))
}

/// As wide as the first rows need, within limits.
fn width(rows: &[Row<'static>], at: usize, name: &str, kind: ColumnKind) -> f64 {
    let head = name.chars().count().min(22) as f64 + 3.0;
    let texts = rows.iter().take(200).filter_map(|row| row.get(at)).map(|cell| match cell {
        Cell::Text(text) => text.chars().count(),
        Cell::Integer(_) | Cell::Number(_) | Cell::Boolean(_) | Cell::Empty => 0,
    });
    let longest = if kind == ColumnKind::Text { texts.max().unwrap_or_default() as f64 + 2.0 } else { 0.0 };
    head.max(longest).clamp(8.0, 44.0)
}

pub(super) fn columns(sheet: &mut Worksheet, shown: &[&Shown]) -> SheetResult<ListedSheet> {
    sheet.set_name("columns")?.set_column_width(0, 24)?.set_column_width(1, 26)?.set_column_width(3, 110)?;
    for (at, name) in ["table", "column", "type", "meaning"].iter().enumerate() {
        sheet.write_string_with_format(0, at as u16, *name, &head())?;
    }
    let wrapped = wrapped();
    let mut at = 1;
    for shown in shown {
        for field in &shown.table.fields {
            sheet.write_string(at, 0, shown.table.name)?;
            sheet.write_string(at, 1, clip(&field.name))?;
            sheet.write_string(at, 2, super::super::guide::kind(field.kind))?;
            sheet.write_string_with_format(at, 3, clip(&field.about), &wrapped)?;
            sheet.set_row_height(at, height(lines(&field.about, 110)))?;
            at += 1;
        }
    }
    sheet.autofilter(0, 0, at - 1, 3)?;
    on_paper(sheet)?;
    let rows = at as usize - 1;
    Ok(ListedSheet {
        name: "columns".into(),
        answers: "What does each column of the tables mean?".into(),
        rows,
        total: rows,
        left_out: String::new(),
        cut: String::new(),
    })
}
