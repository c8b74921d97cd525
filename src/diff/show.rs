//! A difference as text for a terminal.

use super::{Diff, Estimate, Moved, RowChange, Setting, TableDiff};
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
    show_moved(&mut out, diff, rows);
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

fn show_moved(out: &mut String, diff: &Diff, most: usize) {
    if diff.contrasts_moved == 0 {
        return;
    }
    out.push_str("contrasts that moved most, with their 95% intervals\n");
    for Moved { key, old, new } in diff.moved.iter().take(most) {
        let _ = writeln!(out, "  {}: {} -> {}", key.join(" | "), estimate(old), estimate(new));
    }
    let shown = diff.moved.len().min(most);
    if diff.contrasts_moved > shown {
        let _ = writeln!(out, "  and {} more", diff.contrasts_moved - shown);
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
    let derived = match table.derived() {
        0 => String::new(),
        n => format!(", {n} changed in computed numbers only"),
    };
    format!("{}: {changed} rows changed, {added} added, {removed} removed{derived}", table.name)
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
