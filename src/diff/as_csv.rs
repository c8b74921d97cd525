//! A difference as CSV for a notebook, written while it is found.

use super::{Both, Causes, Compared, RowChange, TableDiff};
use crate::error::Result;
use crate::tables::CsvBuffer;
use std::path::Path;

/// Bytes that are gathered before they are written.
const ENOUGH: usize = 1 << 16;

/// Every difference as a row: what kind of thing, its name or table, the row's key, the column, the two values, and
/// whether it was added, removed or changed. Of rows whose computed numbers alone differ, and are not compared, a row
/// tells how many there are.
///
/// # Errors
/// As [`Diff::between`](super::Diff::between); what `out` gives back.
pub fn write_csv(old: &Path, new: &Path, compared: Compared, out: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
    let both = Both::of(old, new)?;
    let mut rows = CellRows { buffer: CsvBuffer::default(), out };
    rows.put(["what", "name", "key", "column", "old", "new", "change"])?;
    rows.causes(&Causes::between(old, new)?)?;
    for (names, change) in [(&both.only_old, "removed"), (&both.only_new, "added")] {
        for name in names {
            rows.put(["table", name, "", "", "", "", change])?;
        }
    }
    for name in &both.names {
        let mut has_begun = false;
        let table = both.compare(name, compared, usize::MAX, &mut |table, row| {
            if !has_begun {
                rows.columns(table)?;
            }
            has_begun = true;
            rows.row(&table.name, &row)
        })?;
        if !has_begun {
            rows.columns(&table)?;
        }
        if table.derived() > 0 {
            rows.put(["computed", name, "", "", "", &table.derived().to_string(), "changed"])?;
        }
    }
    (rows.out)(&rows.buffer.bytes)
}

struct CellRows<'a> {
    buffer: CsvBuffer,
    out: &'a mut dyn FnMut(&[u8]) -> Result<()>,
}

impl CellRows<'_> {
    fn put(&mut self, cells: [&str; 7]) -> Result<()> {
        for cell in cells {
            self.buffer.text(cell);
        }
        self.buffer.end_row();
        if self.buffer.bytes.len() >= ENOUGH {
            (self.out)(&self.buffer.bytes)?;
            self.buffer.bytes.clear();
        }
        Ok(())
    }

    fn causes(&mut self, causes: &Causes) -> Result<()> {
        let lists = [
            ("article", "added", &causes.articles_added),
            ("article", "removed", &causes.articles_removed),
            ("article", "edited", &causes.articles_edited),
            ("article", "metadata", &causes.articles_redescribed),
            ("codebook_entry", "added", &causes.entries_added),
            ("codebook_entry", "removed", &causes.entries_removed),
        ];
        for (what, change, names) in lists {
            for name in names {
                self.put([what, name, "", "", "", "", change])?;
            }
        }
        let settings = [("codebook_file", &causes.codebook), ("option", &causes.options), ("version", &causes.version)];
        for (what, settings) in settings {
            for setting in settings {
                let [old, new] = [&setting.old, &setting.new].map(|value| value.as_deref().unwrap_or_default());
                self.put([what, &setting.name, "", "", old, new, "changed"])?;
            }
        }
        Ok(())
    }

    fn columns(&mut self, table: &TableDiff) -> Result<()> {
        for (columns, change) in [(&table.columns_added, "added"), (&table.columns_removed, "removed")] {
            for column in columns {
                self.put(["column", &table.name, "", column, "", "", change])?;
            }
        }
        Ok(())
    }

    fn row(&mut self, table: &str, row: &RowChange) -> Result<()> {
        let key = row.key().join(" | ");
        match row {
            RowChange::Added { .. } => self.put(["row", table, &key, "", "", "", "added"]),
            RowChange::Removed { .. } => self.put(["row", table, &key, "", "", "", "removed"]),
            RowChange::Changed { cells, .. } => cells
                .iter()
                .try_for_each(|cell| self.put(["cell", table, &key, &cell.column, &cell.old, &cell.new, "changed"])),
        }
    }
}
