//! CSV: RFC 4180, UTF-8, LF, a header even when there are no rows.

use super::cell::write_number;
use super::{Cell, Field, Row};
use std::io::{self, Write};

/// Rows of CSV in memory, for tables written article by article.
#[derive(Debug, Clone, Default)]
pub struct CsvBuffer {
    pub bytes: Vec<u8>,
    fields: usize,
}

impl CsvBuffer {
    pub fn clear(&mut self) {
        self.bytes.clear();
    }

    fn separate(&mut self) {
        if self.fields > 0 {
            self.bytes.push(b',');
        }
        self.fields += 1;
    }

    /// A cell of any text, quoted where it must be.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.separate();
        if text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
            self.bytes.push(b'"');
            for byte in text.bytes() {
                if byte == b'"' {
                    self.bytes.push(b'"');
                }
                self.bytes.push(byte);
            }
            self.bytes.push(b'"');
        } else {
            self.bytes.extend_from_slice(text.as_bytes());
        }
        self
    }

    /// A cell that needs no quotes: a code, a kind, a rule's name.
    pub fn plain(&mut self, text: &str) -> &mut Self {
        self.separate();
        self.bytes.extend_from_slice(text.as_bytes());
        self
    }

    pub fn integer(&mut self, mut integer: u64) -> &mut Self {
        self.separate();
        let mut digits = [0u8; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b'0' + (integer % 10) as u8;
            integer /= 10;
            if integer == 0 {
                break;
            }
        }
        self.bytes.extend_from_slice(&digits[at..]);
        self
    }

    pub fn cell(&mut self, cell: &Cell) -> &mut Self {
        match cell {
            Cell::Text(text) => self.text(text),
            Cell::Integer(integer) => self.integer(*integer),
            Cell::Number(number) => {
                self.separate();
                write_number(*number, &mut self.bytes);
                self
            }
            Cell::Boolean(truth) => self.text(truth.name()),
            Cell::Empty => self.text(""),
        }
    }

    pub fn end_row(&mut self) {
        self.bytes.push(b'\n');
        self.fields = 0;
    }
}

/// Rows that are alike but for one text cell: written out once, repeated for each item.
#[derive(Debug, Clone)]
pub struct ItemRow {
    before: Row,
    after: Row,
    bytes_before: Vec<u8>,
    bytes_after: Vec<u8>,
}

impl ItemRow {
    /// The cells before and after the item; there is at least one after it.
    pub fn new(before: Row, after: Row) -> Self {
        let mut csv = CsvBuffer::default();
        for cell in &before {
            csv.cell(cell);
        }
        let bytes_before = std::mem::take(&mut csv.bytes);
        // The comma after the item is part of what follows it.
        csv.fields = 1;
        for cell in &after {
            csv.cell(cell);
        }
        Self { before, after, bytes_before, bytes_after: csv.bytes }
    }

    /// The whole row.
    pub fn row(&self, item: &str) -> Row {
        self.before.iter().cloned().chain([item.into()]).chain(self.after.iter().cloned()).collect()
    }

    /// A cell by its place in the row; `None` for the item's.
    pub fn cell(&self, at: usize) -> Option<&Cell> {
        self.before.get(at).or_else(|| self.after.get(at.checked_sub(self.before.len() + 1)?))
    }

    fn width(&self) -> usize {
        self.before.len() + 1 + self.after.len()
    }
}

/// Takes the rows of a table as they are made.
pub trait RowSink {
    fn row(&mut self, row: Row);
    fn item_row(&mut self, row: &ItemRow, item: &str);
}

impl RowSink for Vec<Row> {
    fn row(&mut self, row: Row) {
        self.push(row);
    }

    fn item_row(&mut self, row: &ItemRow, item: &str) {
        self.push(row.row(item));
    }
}

/// Writes a table's header, and its rows as `fill` makes them: a table need not fit in memory.
///
/// # Errors
/// Whatever the writer says; a row that is not as wide as the header.
pub fn write_csv(out: impl Write, fields: &[Field], fill: impl FnOnce(&mut dyn RowSink)) -> io::Result<()> {
    let mut sink = CsvSink { out, csv: CsvBuffer::default(), width: fields.len(), result: Ok(()) };
    for field in fields {
        sink.csv.text(&field.name);
    }
    sink.csv.end_row();
    fill(&mut sink);
    sink.flush();
    sink.result?;
    sink.out.flush()
}

struct CsvSink<W> {
    out: W,
    csv: CsvBuffer,
    width: usize,
    result: io::Result<()>,
}

/// Bytes kept before they are written.
const BATCH: usize = 1 << 16;

impl<W: Write> CsvSink<W> {
    fn end_row(&mut self, width: usize) {
        self.csv.end_row();
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
    fn row(&mut self, row: Row) {
        for cell in &row {
            self.csv.cell(cell);
        }
        self.end_row(row.len());
    }

    fn item_row(&mut self, row: &ItemRow, item: &str) {
        self.csv.bytes.extend_from_slice(&row.bytes_before);
        self.csv.fields = row.before.len();
        self.csv.text(item);
        self.csv.bytes.extend_from_slice(&row.bytes_after);
        self.end_row(row.width());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Kind;

    fn fields(names: &[&str]) -> Vec<Field> {
        names.iter().map(|name| Field { name: (*name).into(), kind: Kind::Text, about: String::new() }).collect()
    }

    fn written(names: &[&str], fill: impl FnOnce(&mut dyn RowSink)) -> io::Result<String> {
        let mut out = Vec::new();
        write_csv(&mut out, &fields(names), fill)?;
        Ok(String::from_utf8(out).expect("UTF-8"))
    }

    #[test]
    fn an_item_row_is_written_as_the_same_row_without_it() {
        let row = ItemRow::new(vec!["a,b".into()], vec![Cell::Empty, 0.5.into(), true.into()]);
        for item in ["plain", "with \"quotes\", and a comma", ""] {
            let names = ["1", "2", "3", "4", "5"];
            let one = written(&names, |sink| sink.item_row(&row, item)).expect("written");
            let other = written(&names, |sink| sink.row(row.row(item))).expect("written");
            assert_eq!(one, other);
        }
        let first = ItemRow::new(Vec::new(), vec![7u64.into()]);
        assert_eq!(written(&["word", "n"], |sink| sink.item_row(&first, "x")).expect("written"), "word,n\nx,7\n");
    }

    #[test]
    fn a_row_of_another_width_is_an_error() {
        let error = written(&["a", "b"], |sink| sink.row(vec!["x".into()])).expect_err("too narrow");
        assert_eq!(error.to_string(), "a row has 1 cells, the header 2");
    }

    #[test]
    fn a_table_without_rows_has_a_header() {
        assert_eq!(written(&["a", "b"], |_| {}).expect("written"), "a,b\n");
    }
}
