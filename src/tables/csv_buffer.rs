//! CSV in memory: RFC 4180, UTF-8, LF.

use super::digits::Integers;
use super::number::write_number;
use super::{Cell, Truth};

/// Rows of CSV in memory, for tables written article by article.
#[derive(Debug, Clone, Default)]
pub struct CsvBuffer {
    pub bytes: Vec<u8>,
    /// Cells of the row so far.
    pub(super) fields: usize,
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
        write_text(text, &mut self.bytes);
        self
    }

    /// A cell that needs no quotes: a code, a kind, a rule's name.
    pub fn plain(&mut self, text: &str) -> &mut Self {
        self.separate();
        self.bytes.extend_from_slice(text.as_bytes());
        self
    }

    pub fn integer(&mut self, integer: u64) -> &mut Self {
        let integer = Integers::<21>::of(integer);
        self.bytes.extend_from_slice(if self.fields > 0 { integer.after_comma() } else { integer.bytes() });
        self.fields += 1;
        self
    }

    pub fn boolean(&mut self, truth: bool) -> &mut Self {
        self.plain(Truth::from(truth).name())
    }

    pub fn cell(&mut self, cell: &Cell<'_>) -> &mut Self {
        match cell {
            Cell::Text(text) => self.text(text),
            Cell::Integer(integer) => self.integer(*integer),
            Cell::Number(number) => {
                self.separate();
                write_number(*number, &mut self.bytes);
                self
            }
            Cell::Boolean(truth) => self.plain(truth.name()),
            Cell::Empty => self.plain(""),
        }
    }

    pub fn end_row(&mut self) {
        self.bytes.push(b'\n');
        self.fields = 0;
    }
}

/// By byte: whether a cell that holds it is quoted.
static NEEDS_QUOTES: [bool; 256] = {
    let mut needs = [false; 256];
    let mut bytes: &[u8] = b",\"\n\r";
    while let [byte, rest @ ..] = bytes {
        needs[*byte as usize] = true;
        bytes = rest;
    }
    needs
};

/// A cell of any text, quoted where it must be.
pub(crate) fn write_text(text: &str, out: &mut Vec<u8>) {
    // All bytes are looked at: most cells are short and need no quotes, and where to stop could not be guessed.
    if !text.bytes().fold(false, |found, byte| found | NEEDS_QUOTES[usize::from(byte)]) {
        return out.extend_from_slice(text.as_bytes());
    }
    out.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_reader_of_csv_gets_every_cell_back(
            texts in proptest::collection::vec("[a-c ,\"\n\ré]{0,8}", 1..6),
            integers in proptest::collection::vec(any::<u64>(), 1..6),
        ) {
            let mut csv = CsvBuffer::default();
            csv.plain("first");
            for text in &texts {
                csv.text(text);
            }
            for integer in &integers {
                csv.integer(*integer);
            }
            csv.end_row();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.bytes.as_slice());
            let row = reader.records().next().expect("one row").expect("CSV");
            let cells = texts.iter().cloned().chain(integers.iter().map(u64::to_string));
            let expected: Vec<String> = std::iter::once("first".to_owned()).chain(cells).collect();
            prop_assert_eq!(row.iter().collect::<Vec<_>>(), expected);
        }
    }
}
