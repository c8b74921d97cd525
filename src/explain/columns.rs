//! Tables and columns, from the registry of tables.

use super::{Topic, TopicKind};
use crate::tables::{ColumnKind, ColumnSpec, Declared, TABLES, TableSpec};
use std::collections::BTreeMap;
use std::fmt::Write as _;

pub(super) fn tables() -> impl Iterator<Item = Topic> {
    TABLES.iter().map(|table| {
        let mut text = format!("  file       {}\n  answers    {}\n  columns\n", table.file(), table.answers);
        for line in column_lines(table.columns) {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "    {line}");
        }
        Topic::new(TopicKind::Table, table.name, table.answers).with_text(text)
    })
}

fn column_lines(columns: &[Declared]) -> Vec<String> {
    let line = |name: &str, kind: ColumnKind, about: &str| format!("{name:<26} {:<8} {about}", kind_name(kind));
    let mut lines = Vec::new();
    for declared in columns {
        match declared {
            Declared::One(column) => lines.push(line(column.name, column.kind, column.about)),
            Declared::Extra(column) => {
                lines.push(line(column.name, column.kind, &format!("{} (with `--measures all`)", column.about)));
            }
            Declared::Several(columns) => lines.extend(column_lines(columns)),
            Declared::By => lines.push(line("<by>", ColumnKind::Text, "the columns of `--by`, `source` by default")),
            Declared::Groups(about) => lines.push(line("<one per group>", ColumnKind::Number, about)),
            Declared::Metadata => lines.push(line("<metadata>", ColumnKind::Text, "every further metadata column")),
        }
    }
    lines
}

fn kind_name(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "text",
        ColumnKind::Integer => "integer",
        ColumnKind::Number => "number",
        ColumnKind::Boolean => "boolean",
    }
}

fn flat(columns: &'static [Declared], out: &mut Vec<ColumnSpec>) {
    for declared in columns {
        match declared {
            Declared::One(column) | Declared::Extra(column) => out.push(*column),
            Declared::Several(columns) => flat(columns, out),
            Declared::By | Declared::Groups(_) | Declared::Metadata => {}
        }
    }
}

fn columns_of(table: &'static TableSpec) -> Vec<ColumnSpec> {
    let mut columns = Vec::new();
    flat(table.columns, &mut columns);
    columns
}

/// One topic a name: what it means, and in which tables.
pub(super) fn columns() -> impl Iterator<Item = Topic> {
    // Name, then meaning, then tables: the same column means the same in most tables.
    let mut names: BTreeMap<&str, Vec<(ColumnSpec, Vec<&str>)>> = BTreeMap::new();
    for table in TABLES {
        for column in columns_of(table) {
            let meanings = names.entry(column.name).or_default();
            match meanings.iter_mut().find(|(known, _)| known.about == column.about) {
                Some((_, tables)) => tables.push(table.name),
                None => meanings.push((column, vec![table.name])),
            }
        }
    }
    names.into_iter().map(|(name, meanings)| {
        let mut text = String::new();
        for (column, tables) in &meanings {
            let _ = writeln!(
                text,
                "  meaning    {} ({})\n  tables     {}",
                column.about,
                kind_name(column.kind),
                tables.join(", ")
            );
        }
        Topic::new(TopicKind::Column, name, meanings[0].0.about).with_text(text)
    })
}

/// The text of `TABLE.COLUMN`.
pub(super) fn column_of_table(name: &str) -> Option<String> {
    let (table, column) = name.split_once('.')?;
    let table = TABLES.iter().find(|known| known.name.eq_ignore_ascii_case(table))?;
    let column = columns_of(table).into_iter().find(|known| known.name.eq_ignore_ascii_case(column))?;
    Some(format!(
        "{}.{} (column)\n  meaning    {} ({})\n  tables     {}\n",
        table.name,
        column.name,
        column.about,
        kind_name(column.kind),
        table.name
    ))
}
