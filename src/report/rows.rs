//! Reading the rows of a finished table by the names of its columns.

use crate::count::ALL;
use crate::tables::{Cell, Row, Table};

/// A table with the place of its `--by` columns.
#[derive(Clone)]
pub(super) struct TableView<'t> {
    pub table: &'t Table,
    by: Vec<usize>,
}

impl<'t> TableView<'t> {
    pub fn new(table: &'t Table, by: &[String]) -> Option<Self> {
        let by = by.iter().map(|name| table.column(name)).collect::<Option<Vec<_>>>()?;
        Some(Self { table, by })
    }

    pub fn rows(&self) -> impl Iterator<Item = &'t Row<'static>> + use<'t> {
        self.table.rows.iter()
    }

    pub fn column(&self, name: &str) -> Option<usize> {
        self.table.column(name)
    }

    /// The values of the `--by` columns in one string; `ALL` for the whole corpus.
    pub fn group(&self, row: &[Cell<'_>]) -> String {
        if self.is_whole(row) {
            return ALL.to_owned();
        }
        self.by.iter().map(|at| text(row, *at)).collect::<Vec<_>>().join(" / ")
    }

    pub fn is_whole(&self, row: &[Cell<'_>]) -> bool {
        self.by.iter().all(|at| text(row, *at) == ALL)
    }
}

pub(super) fn text<'r>(row: &'r [Cell<'_>], at: usize) -> &'r str {
    match row.get(at) {
        Some(Cell::Text(text)) => text,
        Some(Cell::Integer(_) | Cell::Number(_) | Cell::Boolean(_) | Cell::Empty) | None => "",
    }
}

pub(super) fn number(row: &[Cell<'_>], at: usize) -> Option<f64> {
    row.get(at).and_then(Cell::as_number)
}

pub(super) fn integer(row: &[Cell<'_>], at: usize) -> u64 {
    match row.get(at) {
        Some(Cell::Integer(integer)) => *integer,
        Some(Cell::Text(_) | Cell::Number(_) | Cell::Boolean(_) | Cell::Empty) | None => 0,
    }
}
