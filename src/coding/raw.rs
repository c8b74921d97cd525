//! A sheet as cells, whatever program it came from.

use super::{ITEM, exports};
use crate::codebook::rows::unclosed_quote;
use crate::codebook::sheet::{CsvText as Saved, bare};
use crate::corpus::decode::decode;
use crate::corpus::sheets::workbook_rows;
use crate::error::{Error, Fault, Place, Result};

/// A table with a header: what every format of a sheet is read into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawSheet {
    /// Its file, for messages.
    pub name: String,
    pub header: Vec<String>,
    pub rows: Vec<RawRow>,
}

/// A row with the line at which it begins, or its number where there are no lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRow {
    pub line: u64,
    pub cells: Vec<String>,
}

impl RawSheet {
    /// Reads a sheet, whatever came back: a table, a workbook, or an export of Label Studio or doccano.
    ///
    /// # Errors
    /// What [`Self::from_csv`] says; a damaged workbook; JSON that is broken.
    pub fn read(name: &str, bytes: Vec<u8>) -> Result<Self> {
        if let Some(rows) = workbook_rows(name, &bytes, ITEM) {
            let place = Place { file: name.to_owned(), line: 0, column: 0 };
            let (rows, first) = rows.map_err(|no_text| Error::input(place, no_text.what, no_text.help))?;
            let bare = |cells: Vec<String>| cells.iter().map(|cell| bare(cell).to_owned()).collect::<Vec<_>>();
            let mut rows = (first..).zip(rows.into_iter().map(bare));
            let header = rows.next().map_or_else(Vec::new, |(_, header)| header);
            let rows = rows.map(|(line, cells)| RawRow { line, cells });
            return Ok(Self { name: name.to_owned(), header, rows: rows.collect() });
        }
        match std::str::from_utf8(&bytes).map(|text| text.trim_start_matches('\u{FEFF}')) {
            Ok(text) if exports::is_export(text) => exports::read(name, text),
            _ => Self::from_csv(name, bytes).map(exports::of_table),
        }
    }

    /// Reads a table as any spreadsheet saves it: encodings, a byte order mark, three delimiters, three line ends.
    ///
    /// # Errors
    /// Bytes that are no text, a cell whose quotation mark is not closed, a file without a header.
    pub fn from_csv(name: &str, bytes: Vec<u8>) -> Result<Self> {
        let at = |line, column, what: &str, help: &str| {
            Error::Input(Fault {
                place: Place { file: name.to_owned(), line, column },
                what: what.into(),
                help: help.into(),
            })
        };
        let help = "save the sheet as CSV (UTF-8), and name that file";
        let text = decode(bytes).map_err(|no_text| at(0, 0, &no_text.what, help))?.text;
        let saved = Saved::of(&text);
        if let Some((line, column)) = unclosed_quote(&saved.text, saved.delimiter) {
            return Err(at(
                line + saved.lines_before,
                column,
                "the quotation mark that opens this cell is not closed at its end",
                "close it, or save the sheet from the spreadsheet again",
            ));
        }
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(saved.delimiter)
            .from_reader(saved.text.as_bytes());
        let mut header = Vec::new();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| at(0, 0, &error.to_string(), "save the sheet as CSV again"))?;
            let line = saved.lines_before + record.position().map_or(0, csv::Position::line);
            let cells: Vec<String> = record.iter().map(|cell| bare(cell).to_owned()).collect();
            if cells.iter().all(String::is_empty) {
                continue;
            }
            match header.is_empty() {
                true => header = cells,
                false => rows.push(RawRow { line, cells }),
            }
        }
        if header.is_empty() {
            return Err(at(0, 0, "the file is empty", "name a sheet or a key that `framescope sample` wrote"));
        }
        Ok(Self { name: name.to_owned(), header, rows })
    }

    /// The place of a column, by its name in any case.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| plain(column) == name)
    }

    /// A fault of this file; a line or column of 0 is the whole.
    pub fn fault(&self, line: u64, column: u64, what: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault { place: Place { file: self.name.clone(), line, column }, what: what.into(), help: help.into() }
    }
}

impl RawRow {
    pub fn cell(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }
}

/// A name as columns and codes are compared: small letters, and one `_` for blanks.
pub(super) fn plain(name: &str) -> String {
    let parts: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c == '_').filter(|part| !part.is_empty()).collect();
    parts.join("_").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_spreadsheets_make_of_a_sheet_is_one_table() {
        let plain = "item,voice,note\nh1-1,own,\"a, b\"\nh1-2,,\n";
        let expected = RawSheet::from_csv("s", plain.into()).expect("read");
        assert_eq!(expected.rows.len(), 2);
        let utf16: Vec<u8> = std::iter::once(0xFEFFu16)
            .chain(plain.replace('\n', "\r\n").replace(',', "\t").replace("\ta, b", ",").encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        for bytes in [
            "\u{FEFF}item;voice;note\r\nh1-1;own;a, b\r\nh1-2;;\r\n;;\r\n".as_bytes().to_vec(),
            "sep=;\nitem;voice;note\nh1-1;\" own \";a, b\nh1-2;;\n".into(),
            "item\tvoice\tnote\rh1-1\town\ta, b\rh1-2\t\t\r".into(),
        ] {
            let read = RawSheet::from_csv("s", bytes).expect("read");
            let cells = |sheet: &RawSheet| sheet.rows.iter().map(|row| row.cells.clone()).collect::<Vec<_>>();
            assert_eq!((&read.header, cells(&read)), (&expected.header, cells(&expected)));
        }
        assert_eq!(RawSheet::from_csv("s", utf16).expect("UTF-16 is read").header, expected.header);
    }

    #[test]
    fn what_is_no_table_is_refused_with_its_place() {
        let error = RawSheet::from_csv("s.csv", "item,note\nh1,\"open\nh2,x\n".into()).expect_err("an open cell");
        assert!(error.to_string().starts_with("s.csv:2:2: "), "{error}");
        assert!(RawSheet::from_csv("s.csv", Vec::new()).is_err());
        let error = RawSheet::from_csv("s.xlsx", b"PK\x03\x04\x14\0".to_vec()).expect_err("no text");
        assert!(error.to_string().contains("CSV"), "{error}");
    }
}
