//! `README.md` of the output folder: what each table answers and what its columns mean.

use super::facts::{Facts, ReportPage, WrittenTable};
use super::inert::inert;
use crate::tables::ColumnKind;
use std::fmt::Write;

/// What is written beside the tables, and when.
const BESIDE: [(&str, &str); 8] = [
    ("report.html", "the page to look at first: every figure with its table, in one file that needs no network"),
    ("workbook.xlsx", "the comparison tables as sheets, with a sheet that explains every column"),
    ("actors.gexf", "who is named together with whom, for Gephi"),
    ("actors.graphml", "the same graph for networkx, igraph and others"),
    ("actors_nodes.csv", "the actors of the graph, for Gephi's spreadsheet import"),
    ("actors_edges.csv", "its edges, likewise"),
    ("charts/", "the figures of the report as Vega-Lite specifications with their data inside"),
    ("datapackage.json", "Data Package: types and meaning of every column, hashes of files, codebook and options"),
];

pub(super) fn guide(facts: &Facts<'_>) -> String {
    let mut out = String::new();
    let tables = &facts.written;
    out.push_str("# What lies here\n\n");
    out.push_str(
        "Written by `framescope run`; the folder is replaced as a whole by the next run. Every table is tidy CSV \
         (UTF-8, a header, one row a fact); an empty cell is an undefined value, never zero.\n\n",
    );
    if !facts.only.is_empty() {
        let _ = writeln!(out, "Only the tables named by `--only` are here: {}.\n", facts.only.join(", "));
    }
    out.push_str("| file | answers |\n|---|---|\n");
    for table in tables {
        let _ = writeln!(out, "| `{}.csv` | {} |", table.name, cell(table.answers));
    }
    for (name, about) in BESIDE {
        let of_page = name != "datapackage.json";
        if !of_page || facts.options.page == ReportPage::Yes {
            let _ = writeln!(out, "| `{name}` | {about} |");
        }
    }
    out.push_str(
        "\nThe numbers describe the articles that were read. A group of one article has rates, but no p and no q: what \
         one article does says nothing of its source.\n",
    );
    for table in tables {
        describe(table, &mut out);
    }
    out
}

fn describe(table: &WrittenTable, out: &mut String) {
    let _ = write!(out, "\n## {}.csv\n\n{}\n\n| column | type | meaning |\n|---|---|---|\n", table.name, table.answers);
    for field in &table.fields {
        let _ = writeln!(out, "| {} | {} | {} |", code(&field.name), kind(field.kind), cell(&field.about));
    }
}

/// The type as the data package names it.
pub(super) fn kind(kind: ColumnKind) -> &'static str {
    match kind {
        ColumnKind::Text => "string",
        ColumnKind::Integer => "integer",
        ColumnKind::Number => "number",
        ColumnKind::Boolean => "boolean",
    }
}

/// A name as code that ends where it is meant to: between more backticks than it has in a row.
fn code(name: &str) -> String {
    let fence = "`".repeat(name.split(|c| c != '`').map(str::len).max().unwrap_or_default() + 1);
    let blank = if name.starts_with('`') || name.ends_with('`') { " " } else { "" };
    let name = inert(name).replace(['\n', '\r'], " ").replace('|', "\\|");
    format!("{fence}{blank}{name}{blank}{fence}")
}

/// Text that cannot leave its cell.
fn cell(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace('|', "\\|").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_code_whatever_it_is() {
        for (name, text) in [
            ("source", "`source`"),
            ("a|b", "`a\\|b`"),
            ("a`b", "``a`b``"),
            ("`a``b", "``` `a``b ```"),
            ("a\nb", "`a b`"),
            ("<b>", "`<b>`"),
        ] {
            assert_eq!(code(name), text);
        }
    }
}
