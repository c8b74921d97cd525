//! The data dictionary of `docs/reference.md`: every table and column, from the registry.

use super::{ColumnKind, Declared, TABLES};

impl ColumnKind {
    /// The name of the kind as readers know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "true/false",
        }
    }
}

/// The tables as Markdown: for each a heading, the question it answers, and its columns.
pub fn readme_tables() -> String {
    let sections = TABLES.iter().map(|table| {
        let mut text =
            format!("### `{}`\n\n{}\n\n| column | holds | meaning |\n|---|---|---|\n", table.file(), table.answers);
        add_rows(table.columns, &mut text);
        text
    });
    let preface = "`<by>` stands for the columns of `--by`; `(all)` marks what only `--measures all` writes.\n\n";
    format!("{preface}{}", sections.collect::<Vec<_>>().join("\n"))
}

fn add_rows(columns: &[Declared], text: &mut String) {
    for declared in columns {
        match declared {
            Declared::One(column) => add_row(&format!("`{}`", column.name), column.kind, column.about, text),
            Declared::Extra(column) => add_row(&format!("`{}` (all)", column.name), column.kind, column.about, text),
            Declared::Several(columns) => add_rows(columns, text),
            Declared::By => {
                let about = "the group; `ALL` in the row of the whole corpus, `(none)` without a value";
                add_row("`<by>`", ColumnKind::Text, about, text);
            }
            Declared::Groups(about) => add_row("one per group", ColumnKind::Number, about, text),
            Declared::Metadata => {
                add_row("further columns", ColumnKind::Text, "every further metadata column of the corpus", text);
            }
        }
    }
}

fn add_row(name: &str, kind: ColumnKind, about: &str, text: &mut String) {
    text.push_str(&format!("| {name} | {} | {} |\n", kind.name(), about.replace('|', "\\|")));
}
