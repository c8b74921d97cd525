//! A difference as text for a terminal, and as CSV for a notebook.

use super::{Diff, Estimate, Moved, RowChange, Setting, TableDiff};
use crate::tables::CsvBuffer;
use std::fmt::Write;

/// How much of the tables is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// How many rows differ.
    Counts,
    /// The rows too, with their cells.
    Rows,
}

/// The difference for a reader: the contrasts that moved most, the causes, then the tables. Of a long list `rows` rows.
pub fn text(diff: &Diff, detail: Detail, rows: usize) -> String {
    if diff.is_empty() {
        return "no difference\n".into();
    }
    let mut out = String::new();
    show_moved(&mut out, &diff.moved, rows);
    let causes = &diff.causes;
    out.push_str("why\n");
    let lists = [
        ("article added", "articles added", &causes.articles_added),
        ("article removed", "articles removed", &causes.articles_removed),
        ("article edited", "articles edited", &causes.articles_edited),
        ("article with other metadata", "articles with other metadata", &causes.articles_redescribed),
        ("entry added to the codebook", "entries added to the codebook", &causes.entries_added),
        ("entry removed from the codebook", "entries removed from the codebook", &causes.entries_removed),
    ];
    for (one, several, names) in lists {
        list(&mut out, if names.len() == 1 { one } else { several }, names, rows);
    }
    for (what, settings) in
        [("codebook file", &causes.codebook), ("option", &causes.options), ("version", &causes.version)]
    {
        for setting in settings {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "  {what} `{}`: {}", setting.name, shown(setting));
        }
    }
    if causes.is_empty() {
        out.push_str("  nothing that the outputs tell: neither articles, codebook, options nor version differ\n");
    }
    for (what, names) in [("only in the old output", &diff.only_old), ("only in the new output", &diff.only_new)] {
        list(&mut out, what, names, usize::MAX);
    }
    if detail == Detail::Counts && !diff.tables.is_empty() {
        out.push_str("\ntables (`--all` shows their rows)\n");
    }
    for table in &diff.tables {
        match detail {
            Detail::Counts => drop(writeln!(out, "  {}", counts(table))),
            Detail::Rows => show_table(&mut out, table, rows),
        }
    }
    out
}

fn show_moved(out: &mut String, moved: &[Moved], most: usize) {
    if moved.is_empty() {
        return;
    }
    out.push_str("contrasts that moved most, with their 95% intervals\n");
    for Moved { key, old, new } in moved.iter().take(most) {
        let _ = writeln!(out, "  {}: {} -> {}", key.join(" | "), estimate(old), estimate(new));
    }
    if moved.len() > most {
        let _ = writeln!(out, "  and {} more", moved.len() - most);
    }
    out.push('\n');
}

/// Three digits are what a reader compares.
fn estimate(Estimate { value, low, high }: &Estimate) -> String {
    let short = |text: &str| text.parse::<f64>().map_or_else(|_| "empty".to_owned(), three_digits);
    if low.is_empty() { short(value) } else { format!("{} [{}, {}]", short(value), short(low), short(high)) }
}

fn three_digits(value: f64) -> String {
    if value == 0.0 {
        return "0".into();
    }
    let decimals = 2.0 - value.abs().log10().floor();
    format!("{value:.*}", decimals.clamp(0.0, 9.0) as usize)
}

fn counts(table: &TableDiff) -> String {
    let (changed, added, removed) = (table.changed(), table.added(), table.removed());
    format!("{}: {changed} rows changed, {added} added, {removed} removed", table.name)
}

fn list(out: &mut String, what: &str, names: &[String], most: usize) {
    if names.is_empty() {
        return;
    }
    let _ =
        write!(out, "  {} {what}: {}", names.len(), names.iter().take(most).cloned().collect::<Vec<_>>().join(", "));
    if names.len() > most {
        let _ = write!(out, " and {} more", names.len() - most);
    }
    out.push('\n');
}

fn shown(setting: &Setting) -> String {
    let value = |value: &Option<String>| match value.as_deref() {
        None => "absent".to_owned(),
        Some("") => "empty".to_owned(),
        Some(value) => match value.strip_prefix("sha256:") {
            Some(hash) => hash.chars().take(12).collect(),
            None => value.to_owned(),
        },
    };
    format!("{} -> {}", value(&setting.old), value(&setting.new))
}

fn show_table(out: &mut String, table: &TableDiff, most: usize) {
    let _ = writeln!(out, "\n{}", counts(table));
    list(out, "columns added", &table.columns_added, usize::MAX);
    list(out, "columns removed", &table.columns_removed, usize::MAX);
    for row in table.rows.iter().take(most) {
        let key = row.key().join(" | ");
        match row {
            RowChange::Added { .. } => drop(writeln!(out, "  + {key}")),
            RowChange::Removed { .. } => drop(writeln!(out, "  - {key}")),
            RowChange::Changed { cells, .. } => {
                let value = |text: &str| if text.is_empty() { "empty".to_owned() } else { text.to_owned() };
                let cells: Vec<String> = cells
                    .iter()
                    .map(|cell| format!("{} {} -> {}", cell.column, value(&cell.old), value(&cell.new)))
                    .collect();
                let _ = writeln!(out, "  ~ {key}: {}", cells.join(", "));
            }
        }
    }
    if table.differing() > most {
        let _ = writeln!(out, "  and {} more", table.differing() - most);
    }
}

/// Every difference as a row: what kind of thing, its name or table, the row's key, the column, the two values, and
/// whether it was added, removed or changed.
pub fn csv(diff: &Diff) -> String {
    let mut out = CsvBuffer::default();
    let mut row = |cells: [&str; 7]| {
        for cell in cells {
            out.text(cell);
        }
        out.end_row();
    };
    row(["what", "name", "key", "column", "old", "new", "change"]);
    let causes = &diff.causes;
    let lists = [
        ("article", "added", &causes.articles_added),
        ("article", "removed", &causes.articles_removed),
        ("article", "edited", &causes.articles_edited),
        ("article", "metadata", &causes.articles_redescribed),
        ("codebook_entry", "added", &causes.entries_added),
        ("codebook_entry", "removed", &causes.entries_removed),
        ("table", "removed", &diff.only_old),
        ("table", "added", &diff.only_new),
    ];
    for (what, change, names) in lists {
        for name in names {
            row([what, name, "", "", "", "", change]);
        }
    }
    let settings = [("codebook_file", &causes.codebook), ("option", &causes.options), ("version", &causes.version)];
    for (what, settings) in settings {
        for setting in settings {
            let value = |value: &Option<String>| value.clone().unwrap_or_default();
            row([what, &setting.name, "", "", &value(&setting.old), &value(&setting.new), "changed"]);
        }
    }
    for table in &diff.tables {
        for (columns, change) in [(&table.columns_added, "added"), (&table.columns_removed, "removed")] {
            for column in columns {
                row(["column", &table.name, "", column, "", "", change]);
            }
        }
        for changed in &table.rows {
            let key = changed.key().join(" | ");
            match changed {
                RowChange::Added { .. } => row(["row", &table.name, &key, "", "", "", "added"]),
                RowChange::Removed { .. } => row(["row", &table.name, &key, "", "", "", "removed"]),
                RowChange::Changed { cells, .. } => {
                    for cell in cells {
                        row(["cell", &table.name, &key, &cell.column, &cell.old, &cell.new, "changed"]);
                    }
                }
            }
        }
    }
    // The buffer holds nothing but the texts put into it.
    String::from_utf8_lossy(&out.bytes).into_owned()
}
