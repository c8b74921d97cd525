//! CSV: RFC 4180, UTF-8, LF, a header even when there are no rows.

use super::{Cell, Field, Row, Table};
use std::io::Write;

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

    pub fn end_row(&mut self) {
        self.bytes.push(b'\n');
        self.fields = 0;
    }
}

/// Writes a table's header and rows.
///
/// # Errors
/// Whatever the writer says.
pub fn write_csv(out: impl Write, table: &Table) -> csv::Result<()> {
    let mut writer = csv::WriterBuilder::new().has_headers(false).from_writer(out);
    write_header(&mut writer, &table.fields)?;
    for row in &table.rows {
        write_row(&mut writer, row)?;
    }
    writer.flush()?;
    Ok(())
}

fn write_header(writer: &mut csv::Writer<impl Write>, fields: &[Field]) -> csv::Result<()> {
    writer.write_record(fields.iter().map(|field| field.name.as_str()))
}

fn write_row(writer: &mut csv::Writer<impl Write>, row: &Row) -> csv::Result<()> {
    for cell in row {
        match cell {
            Cell::Text(text) => writer.write_field(text)?,
            Cell::Integer(_) | Cell::Number(_) | Cell::Boolean(_) | Cell::Empty => writer.write_field(cell.text())?,
        }
    }
    writer.write_record(None::<&[u8]>)
}
