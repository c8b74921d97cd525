//! Which columns tell the rows of a table apart.

use crate::error::Result;
use crate::tables::{ColumnKind, Declared, table};
use std::path::Path;

/// Stands for the columns of `--by`.
const BY: &str = "<by>";

/// The columns that a row of the table is known by.
fn declared(table: &str) -> Option<&'static [&'static str]> {
    let columns: &[&str] = match table {
        "articles" => &["article_id"],
        "groups" => &[BY],
        "mentions" => &["article_id", "layer", "code", "alias", "start_byte", "end_byte"],
        "actor_frequency" => &["actor", "level", BY],
        "frame_frequency" => &["frame", "term", BY],
        "frame_comparison" | "frame_comparison_own" => &["frame", "term"],
        "actor_cooccurrence" => &["a", "b", "level", BY, "unit"],
        "frame_cooccurrence" => &["a", "b", BY, "unit"],
        "actor_frame" => &["actor", "frame", "level", BY, "unit"],
        "frame_targets" => &["frame", "term", "agent", "target", BY],
        "speakers" => &["speaker", "frame", "term", BY],
        "naming" => &["pair", "pole", "variant", BY],
        "contrasts" => &["measure", "layer", "item", BY, "reference"],
        "similarity" => &["profile", "a", "b"],
        "sourcing" => &["speaker", BY],
        "quotations" => &["article_id", "start_byte", "end_byte"],
        "keyness" => &["layer", "item", BY, "reference"],
        "dispersion" => &["layer", "item", BY],
        "trend" => &["month", "frame", "term", BY],
        "vocabulary" => &["word", BY],
        "zones" => &["article_id", "start_byte", "end_byte"],
        "codebook_usage" => &["layer", "code", "entry", "kind"],
        _ => return None,
    };
    Some(columns)
}

/// The key columns of a table, as far as its header has them. Of a table without a declared key these are its leading
/// columns of text; of one that nobody knows, the first.
pub(super) fn columns(name: &str, header: &[String], by: &[String]) -> Vec<usize> {
    let place = |column: &str| header.iter().position(|known| known == column);
    let named: Vec<usize> = match declared(name) {
        Some(columns) => columns
            .iter()
            .flat_map(|column| if *column == BY { by.to_vec() } else { vec![(*column).to_owned()] })
            .filter_map(|column| place(&column))
            .collect(),
        None => leading_text(name, header),
    };
    if named.is_empty() { vec![0] } else { named }
}

fn leading_text(name: &str, header: &[String]) -> Vec<usize> {
    let Some(spec) = table(name) else { return Vec::new() };
    let first_number = spec.columns.iter().find_map(|declared| match declared {
        Declared::One(column) if column.kind != ColumnKind::Text => Some(column.name),
        Declared::One(_)
        | Declared::Extra(_)
        | Declared::Several(_)
        | Declared::By
        | Declared::Groups(_)
        | Declared::Metadata => None,
    });
    let end = first_number.and_then(|number| header.iter().position(|column| column == number));
    (0..end.unwrap_or(0)).collect()
}

/// Whether a column of a table is computed from counts, of other rows too. One that nobody knows is not.
pub(super) fn is_derived(name: &str, column: &str) -> bool {
    let Some(spec) = table(name) else { return false };
    column == FLAGS || computed(spec.columns, column).unwrap_or_else(|| has_groups(spec.columns))
}

/// Why numbers are empty or weak.
const FLAGS: &str = "flags";

/// By its declaration; `None` of a column whose name is not the table's own.
fn computed(columns: &[Declared], name: &str) -> Option<bool> {
    columns.iter().find_map(|declared| match declared {
        Declared::One(column) | Declared::Extra(column) => {
            (column.name == name).then_some(column.kind == ColumnKind::Number)
        }
        Declared::Several(columns) => computed(columns, name),
        Declared::By | Declared::Groups(_) | Declared::Metadata => None,
    })
}

/// Of a table with a column for each group every other column is one of these, a rate.
fn has_groups(columns: &[Declared]) -> bool {
    columns.iter().any(|declared| matches!(declared, Declared::Groups(_)))
}

/// The columns of `--by`: those of `groups.csv` before its counts. `None` without that table.
pub(super) fn by_columns(folder: &Path) -> Result<Option<Vec<String>>> {
    let path = folder.join("groups.csv");
    if !path.is_file() {
        return Ok(None);
    }
    let header = super::Table::open(&path)?.header;
    Ok(header.iter().position(|column| column == "articles").map(|end| header[..end].to_vec()))
}
