//! A table as a CSV file: a header even when there are no rows.

use super::item_row::{CsvName, ItemRow};
use super::{Cell, CsvBuffer, Row, TableColumn};
use std::io::{self, Write};

/// Takes the rows of a table as they are made.
pub trait RowSink {
    fn row(&mut self, row: &[Cell<'_>]);
    fn item_row(&mut self, row: &ItemRow<'_>, item: CsvName<'_>);
    /// So many rows are not made, because nothing occurs in them.
    fn leave_out(&mut self, _rows: u64) {}
}

impl RowSink for Vec<Row<'static>> {
    fn row(&mut self, row: &[Cell<'_>]) {
        self.push(row.iter().cloned().map(Cell::into_owned).collect());
    }

    fn item_row(&mut self, row: &ItemRow<'_>, item: CsvName<'_>) {
        self.push(row.row(item));
    }
}

/// Writes a table's header, and its rows as `fill` makes them: a table need not fit in memory. The answer is how many
/// rows were left out.
///
/// # Errors
/// Whatever the writer says; a row that is not as wide as the header.
pub fn write_csv(out: impl Write, fields: &[TableColumn], fill: impl FnOnce(&mut dyn RowSink)) -> io::Result<u64> {
    let mut sink = CsvSink { out, csv: CsvBuffer::default(), width: fields.len(), result: Ok(()), left_out: 0 };
    for field in fields {
        sink.csv.text(&field.name);
    }
    sink.csv.end_row();
    fill(&mut sink);
    sink.flush();
    sink.result?;
    sink.out.flush()?;
    Ok(sink.left_out)
}

struct CsvSink<W> {
    out: W,
    csv: CsvBuffer,
    width: usize,
    result: io::Result<()>,
    left_out: u64,
}

/// Bytes kept before they are written.
const BATCH: usize = 1 << 16;

impl<W: Write> CsvSink<W> {
    /// After each row.
    fn check(&mut self, width: usize) {
        if width != self.width && self.result.is_ok() {
            let message = format!("a row has {width} cells, the header {}", self.width);
            self.result = Err(io::Error::new(io::ErrorKind::InvalidData, message));
        }
        if self.csv.bytes.len() >= BATCH {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if self.result.is_ok() {
            self.result = self.out.write_all(&self.csv.bytes);
        }
        self.csv.clear();
    }
}

impl<W: Write> RowSink for CsvSink<W> {
    fn row(&mut self, row: &[Cell<'_>]) {
        for cell in row {
            self.csv.cell(cell);
        }
        self.csv.end_row();
        self.check(row.len());
    }

    fn item_row(&mut self, row: &ItemRow<'_>, item: CsvName<'_>) {
        row.write(item, &mut self.csv.bytes);
        self.check(row.width());
    }

    fn leave_out(&mut self, rows: u64) {
        self.left_out += rows;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::ColumnKind;
    use crate::tables::item_row::CsvNames;

    fn fields(names: &[&str]) -> Vec<TableColumn> {
        names
            .iter()
            .map(|name| TableColumn { name: (*name).into(), kind: ColumnKind::Text, about: String::new() })
            .collect()
    }

    fn written(names: &[&str], fill: impl FnOnce(&mut dyn RowSink)) -> io::Result<String> {
        let mut out = Vec::new();
        write_csv(&mut out, &fields(names), fill)?;
        Ok(String::from_utf8(out).expect("UTF-8"))
    }

    #[test]
    fn an_item_row_is_written_as_the_same_row_without_it() {
        let row = ItemRow::new(vec!["a,b".into(), Cell::Empty, 0.5.into(), true.into()], 1);
        let items: CsvNames = ["plain", "with \"quotes\", and a comma", ""].into_iter().collect();
        for item in (0..3).map(|at| items.get(at)) {
            let names = ["1", "2", "3", "4", "5"];
            let one = written(&names, |sink| sink.item_row(&row, item)).expect("written");
            let other = written(&names, |sink| sink.row(&row.row(item))).expect("written");
            assert_eq!(one, other);
        }
        let first = ItemRow::new(vec![7u64.into()], 0);
        let text = written(&["word", "n"], |sink| sink.item_row(&first, items.get(0))).expect("written");
        assert_eq!(text, "word,n\nplain,7\n");
    }

    #[test]
    fn a_row_of_another_width_is_an_error() {
        let error = written(&["a", "b"], |sink| sink.row(&["x".into()])).expect_err("too narrow");
        assert_eq!(error.to_string(), "a row has 1 cells, the header 2");
    }

    #[test]
    fn a_table_without_rows_has_a_header() {
        assert_eq!(written(&["a", "b"], |_| {}).expect("written"), "a,b\n");
    }
}
