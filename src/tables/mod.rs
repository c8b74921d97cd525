//! Stage 9, tables: the analysis in, rows out.
//!
//! One file per table: its columns with their descriptions, and a function from the analysis to rows. Adding a table
//! is one file and one line in [`TABLES`]; header, data dictionary, schema and tests follow from it.

mod actor_cooccurrence;
mod actor_frame;
mod actor_frequency;
mod articles;
mod cell;
mod codebook_usage;
mod columns;
mod contrasts;
mod cooccurrence;
mod corrected;
mod csv_buffer;
mod dictionary;
pub(crate) mod digits;
mod dispersion;
mod exchange;
mod frame_comparison;
mod frame_cooccurrence;
mod frame_frequency;
mod frame_item;
mod frame_targets;
mod groups;
mod item_row;
mod items;
pub(crate) mod keyness;
pub mod ledger;
mod naming;
mod number;
pub(crate) mod quotations;
mod rates;
mod ratio_items;
mod similarity;
mod size;
mod sourcing;
mod speakers;
mod trend;
mod vocabulary;
mod write;
pub(crate) mod zones;

pub use cell::{Cell, Truth};
pub(crate) use corrected::check_hand_coding;
pub use csv_buffer::CsvBuffer;
pub(crate) use csv_buffer::write_text;
pub use dictionary::readme_tables;
pub(crate) use item_row::ItemRow;
pub use item_row::{CsvName, CsvNames};
pub use items::Layer;
pub use number::number_text;
pub(crate) use number::rounded;
pub(crate) use size::TableSize;
pub use size::size;
pub use write::{RowSink, write_csv};

use crate::analysis::Analysis;
use crate::needs::Need;
use crate::stats::Measures;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    Text,
    Integer,
    Number,
    Boolean,
}

/// A column with what it means, in which unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnSpec {
    pub name: &'static str,
    pub kind: ColumnKind,
    pub about: &'static str,
}

/// A column of the finished table; `--by` columns and one-per-group columns have their own names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableColumn {
    pub name: String,
    pub kind: ColumnKind,
    pub about: String,
}

/// How a table's columns are declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Declared {
    One(ColumnSpec),
    /// A column of `--measures all`.
    Extra(ColumnSpec),
    /// Columns that several tables share.
    Several(&'static [Declared]),
    /// The columns of `--by`.
    By,
    /// One column for each group, the value of its `--by` columns joined with ` / ` as its name.
    Groups(&'static str),
    /// Every further metadata column of the corpus.
    Metadata,
}

pub const fn text(name: &'static str, about: &'static str) -> Declared {
    Declared::One(ColumnSpec { name, kind: ColumnKind::Text, about })
}

pub const fn integer(name: &'static str, about: &'static str) -> Declared {
    Declared::One(ColumnSpec { name, kind: ColumnKind::Integer, about })
}

pub const fn number(name: &'static str, about: &'static str) -> Declared {
    Declared::One(ColumnSpec { name, kind: ColumnKind::Number, about })
}

pub(crate) const fn boolean(name: &'static str, about: &'static str) -> Declared {
    Declared::One(ColumnSpec { name, kind: ColumnKind::Boolean, about })
}

/// A number of `--measures all`.
const fn extra(name: &'static str, about: &'static str) -> Declared {
    Declared::Extra(ColumnSpec { name, kind: ColumnKind::Number, about })
}

pub type Row<'a> = Vec<Cell<'a>>;

/// A table of the registry.
#[derive(Clone, Copy)]
pub struct TableSpec {
    pub name: &'static str,
    /// The question the table answers.
    pub answers: &'static str,
    /// What its rows show beyond mentions.
    pub needs: &'static [Need],
    pub columns: &'static [Declared],
    pub rows: Source,
}

/// Where a table's rows come from.
#[derive(Clone, Copy)]
pub enum Source {
    /// From the merged counts.
    Analysis(fn(&Analysis<'_>, &mut dyn RowSink)),
    /// Written article by article while the corpus is read.
    Stream,
}

/// Every table, in the order in which the reference explains them.
pub const TABLES: &[TableSpec] = &[
    articles::TABLE,
    groups::TABLE,
    ledger::TABLE,
    actor_frequency::TABLE,
    frame_frequency::TABLE,
    frame_comparison::TABLE,
    frame_comparison::OWN_TABLE,
    actor_cooccurrence::TABLE,
    frame_cooccurrence::TABLE,
    actor_frame::TABLE,
    frame_targets::TABLE,
    speakers::TABLE,
    sourcing::TABLE,
    quotations::TABLE,
    naming::TABLE,
    contrasts::TABLE,
    corrected::TABLE,
    similarity::TABLE,
    keyness::TABLE,
    dispersion::TABLE,
    trend::TABLE,
    vocabulary::TABLE,
    zones::TABLE,
    codebook_usage::TABLE,
];

/// The table of a name.
pub fn table(name: &str) -> Option<&'static TableSpec> {
    TABLES.iter().find(|table| table.name == name)
}

impl TableSpec {
    /// The file the table is written to.
    pub fn file(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// Whether the table is made from what people coded, and written only where there is such a thing.
    pub fn is_of_hand_coding(&self) -> bool {
        self.name == corrected::TABLE.name
    }

    /// Whether the table is written only where it is named, or with `--measures all`.
    pub fn is_on_request(&self) -> bool {
        self.name == quotations::TABLE.name
    }

    /// The columns as they stand in the header.
    pub fn fields(&self, context: &FieldContext<'_>) -> Vec<TableColumn> {
        let mut fields = Vec::new();
        add_fields(self.columns, context, &mut fields);
        fields
    }
}

fn add_fields(columns: &[Declared], context: &FieldContext<'_>, fields: &mut Vec<TableColumn>) {
    for declared in columns {
        match declared {
            Declared::One(column) => {
                fields.push(TableColumn { name: column.name.into(), kind: column.kind, about: column.about.into() });
            }
            Declared::Extra(column) if context.measures.are_all() => {
                fields.push(TableColumn { name: column.name.into(), kind: column.kind, about: column.about.into() });
            }
            Declared::Extra(_) => {}
            Declared::Several(columns) => add_fields(columns, context, fields),
            Declared::By => fields.extend(context.by.iter().map(|name| TableColumn {
                name: name.clone(),
                kind: ColumnKind::Text,
                about: format!(
                    "the `{}` of the group; `ALL` in the row of the whole corpus, `(none)` without a value",
                    name.replace('`', "'")
                ),
            })),
            Declared::Groups(about) => fields.extend(context.groups.iter().map(|name| TableColumn {
                name: name.clone(),
                kind: ColumnKind::Number,
                about: (*about).into(),
            })),
            Declared::Metadata => fields.extend(context.metadata.iter().map(|name| TableColumn {
                name: name.clone(),
                kind: ColumnKind::Text,
                about: "a further metadata column of the corpus".into(),
            })),
        }
    }
}

/// What the header of a table depends on.
#[derive(Debug, Clone, Copy)]
pub struct FieldContext<'a> {
    pub by: &'a [String],
    pub groups: &'a [String],
    pub metadata: &'a [String],
    pub measures: Measures,
}

/// A finished table in memory: what the report and the workbook show. The CSV files are written without it.
#[derive(Debug, Clone)]
pub struct Table {
    pub name: &'static str,
    pub answers: &'static str,
    pub fields: Vec<TableColumn>,
    pub rows: Vec<Row<'static>>,
}

impl Table {
    /// The index of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_table_and_column_is_named_once_and_explained() {
        let context = FieldContext { by: &[], groups: &[], metadata: &[], measures: Measures::All };
        let mut names = HashSet::new();
        for table in TABLES {
            assert!(names.insert(table.name), "{} stands twice", table.name);
            assert!(!table.answers.is_empty());
            let mut columns = HashSet::new();
            for TableColumn { name, about, .. } in table.fields(&context) {
                assert!(about.len() > 8, "{}.{name} is not explained", table.name);
                assert!(columns.insert(name.clone()), "{}.{name} stands twice", table.name);
            }
        }
    }
}
