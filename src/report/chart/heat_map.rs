//! A table whose cells are coloured by their values, which are printed.

use super::palette::{CIVIDIS, step};
use super::{clip, escape};
use crate::report::figure::{Matrix, MatrixCell};
use std::fmt::Write;

/// The matrix as a table; it is its own data, so nothing lies beneath.
pub fn heat_map(matrix: &Matrix, caption: &str) -> String {
    let largest = matrix.cells.iter().flatten().filter_map(|cell| cell.value).fold(0.0, f64::max);
    let mut out = String::new();
    let _ = write!(
        out,
        "<table class=\"heat\"><caption>{}</caption><thead><tr><th scope=\"col\">{}</th>",
        escape(caption),
        matrix.row_head
    );
    for (name, note) in matrix.columns.iter().zip(&matrix.column_notes) {
        let _ = write!(
            out,
            "<th scope=\"col\" title=\"{}\"><bdi>{}</bdi>",
            escape(&clip(name, 400)),
            escape(&clip(name, 40))
        );
        if !note.is_empty() {
            let _ = write!(out, "<small>{}</small>", escape(note));
        }
        out.push_str("</th>");
    }
    out.push_str("</tr></thead><tbody>");
    for (name, cells) in matrix.rows.iter().zip(&matrix.cells) {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", escape(&clip(name, 60)));
        for (value, column) in cells.iter().zip(&matrix.columns) {
            cell(&mut out, value, largest, &format!("{name}, {column}"));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table>");
    out.push_str(&legend(largest, matrix.value));
    out
}

fn cell(out: &mut String, cell: &MatrixCell, largest: f64, place: &str) {
    let Some(value) = cell.value else {
        out.push_str("<td class=\"none\" title=\"undefined\">–</td>");
        return;
    };
    let class = step(value, largest).map_or_else(|| "zero".to_owned(), |step| format!("c{step}"));
    let mut hover = format!("{}: {value:.3}", clip(place, 200));
    if cell.of > 0 {
        let _ = write!(hover, " ({} hits in {} words)", cell.n, cell.of);
    }
    let _ = write!(
        out,
        "<td class=\"{class}\" data-sort=\"{value:.6}\" title=\"{}\">{value:.2}<small>{}</small></td>",
        escape(&hover),
        escape(&cell.note)
    );
}

fn legend(largest: f64, value: &str) -> String {
    let mut out = String::from("<p class=\"legend\"><span>0</span>");
    for number in 0..CIVIDIS.len() {
        let _ = write!(out, "<i class=\"c{number}\" aria-hidden=\"true\"></i>");
    }
    let _ = write!(out, "<span>{largest:.2}</span> <span>{}</span></p>", escape(value));
    out
}
