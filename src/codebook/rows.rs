//! CSV files of the codebook as rows with named cells, and the faults one can find in any of them.

use super::pattern::check_pattern;
use super::sheet::{self, CsvText};
use super::{Case, Pattern};
use crate::error::{Fault, Place, did_you_mean};

/// The values of a column that says yes or no; empty is no.
pub(super) const YES_OR_NO: [(&str, bool); 3] = [("true", true), ("false", false), ("", false)];

/// The text of one codebook file and where it came from.
#[derive(Debug, Clone, Default)]
pub struct CsvFile {
    folder: String,
    name: String,
    text: String,
    /// Whether it is a file of this program, whose patterns a test has checked.
    is_ours: bool,
}

impl CsvFile {
    pub fn new(folder: impl Into<String>, name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { folder: folder.into(), name: name.into(), text: text.into(), is_ours: false }
    }

    /// A file of the embedded codebook.
    pub(super) fn ours(name: &str, text: &str) -> Self {
        Self { is_ours: true, ..Self::new("embedded codebook", name, text) }
    }

    /// Says why a pattern of this file cannot be used, if so.
    pub(super) fn check_pattern(&self, pattern: &str, kind: Pattern) -> Result<(), String> {
        if self.is_ours { Ok(()) } else { check_pattern(pattern, kind) }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn place(&self, line: u64, column: u64) -> Place {
        let file = if self.folder.is_empty() { self.name.clone() } else { format!("{}/{}", self.folder, self.name) };
        Place { file, line, column }
    }

    /// The rows, with columns in the order of `columns` whatever the file's order. `required` is how many of the first
    /// columns a file must have. Spreadsheets save in many ways and all are read: see `codebook/sheet.rs`. A header with an
    /// unknown column, a row with more cells than the header and broken quoting are faults.
    pub fn rows(&self, columns: &[&str], required: usize, faults: &mut Vec<Fault>) -> Vec<CodebookRow> {
        if self.name.is_empty() {
            return Vec::new();
        }
        let sheet = CsvText::of(&self.text);
        if let Some((line, column)) = unclosed_quote(&sheet.text, sheet.delimiter) {
            faults.push(self.fault(
                line + sheet.lines_before,
                column,
                "the quotation mark that opens this cell is not closed at its end",
                "close it before the next comma, or write \"\" for a quotation mark inside a quoted cell",
            ));
            return Vec::new();
        }
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(sheet.delimiter)
            .from_reader(sheet.text.as_bytes());
        let header_line = sheet.lines_before + 1;
        let mut header = csv::StringRecord::new();
        match reader.read_record(&mut header) {
            Ok(true) => {}
            Err(error) => {
                faults.push(self.fault(header_line, 0, &error.to_string(), ""));
                return Vec::new();
            }
            Ok(false) => {
                faults.push(self.fault(
                    0,
                    0,
                    "the file is empty",
                    &format!("its first line names its columns: {}", columns.join(",")),
                ));
                return Vec::new();
            }
        }
        let Some(order) = self.order(&header, header_line, columns, required, faults) else { return Vec::new() };
        let mut rows = Vec::new();
        let mut record = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(false) => break,
                Ok(true) => {
                    let line = sheet.lines_before + record.position().map_or(0, csv::Position::line);
                    if is_comment(&record) || record.iter().all(|cell| cell.trim().is_empty()) {
                        continue;
                    }
                    // A row that cannot be trusted is read all the same: what refers to it is no second fault.
                    faults.extend(
                        fault_of_row(&record, &header)
                            .map(|(column, what, help)| self.fault(line, column, &what, help)),
                    );
                    // Cells that a spreadsheet has left out at the end are empty ones.
                    let cell = |at: usize| sheet::bare(record.get(at).unwrap_or("")).to_owned();
                    let cells = order.iter().map(|at| at.map_or_else(String::new, cell)).collect();
                    let fields = order.iter().map(|at| at.map_or(0, |at| at as u64 + 1)).collect();
                    rows.push(CodebookRow { cells, fields, line });
                }
                Err(error) => {
                    let line = sheet.lines_before + error.position().map_or(0, csv::Position::line);
                    faults.push(self.fault(line, 0, &error.to_string(), "save the file as UTF-8 CSV"));
                }
            }
        }
        rows
    }

    fn order(
        &self,
        header: &csv::StringRecord,
        line: u64,
        columns: &[&str],
        required: usize,
        faults: &mut Vec<Fault>,
    ) -> Option<Vec<Option<usize>>> {
        let before = faults.len();
        let mut order = vec![None; columns.len()];
        for (at, name) in header.iter().enumerate() {
            let name = sheet::bare(name);
            if name.is_empty() {
                continue;
            }
            match columns.iter().position(|column| column.eq_ignore_ascii_case(name)) {
                Some(known) if order[known].is_none() => order[known] = Some(at),
                Some(_) => faults.push(self.fault(line, at as u64 + 1, &format!("column `{name}` stands twice"), "")),
                None => faults.push(self.fault(
                    line,
                    at as u64 + 1,
                    &format!("unknown column `{name}`"),
                    &did_you_mean(name, columns.iter().copied()),
                )),
            }
        }
        for (column, at) in columns.iter().zip(&order).take(required) {
            if at.is_none() {
                let help = format!("the columns are {}", columns.join(","));
                faults.push(self.fault(line, 0, &format!("column `{column}` is missing"), &help));
            }
        }
        (faults.len() == before).then_some(order)
    }

    pub fn fault(&self, line: u64, column: u64, what: &str, help: &str) -> Fault {
        Fault { place: self.place(line, column), what: what.into(), help: help.into() }
    }
}

/// What is wrong with a row as a whole, with the field, the fault and the way out.
fn fault_of_row(record: &csv::StringRecord, header: &csv::StringRecord) -> Option<(u64, String, &'static str)> {
    let surplus = record.iter().skip(header.len()).any(|cell| !cell.trim().is_empty());
    if surplus {
        let what = format!("{} cells where the header has {}", record.len(), header.len());
        let curly = record.iter().any(|cell| cell.trim().starts_with(['\u{201C}', '\u{201E}']));
        let help = match curly {
            true => "curly marks do not hold a cell together; put a cell that holds a comma in straight ones",
            false => "put a cell that holds a comma in quotation marks",
        };
        return Some((0, what, help));
    }
    let column_of = |at: usize| at as u64 + 1;
    let broken = record.iter().position(sheet::is_spreadsheet_error);
    if let Some(at) = broken {
        let what = format!("`{}` is the error of a formula in a spreadsheet", &record[at]);
        return Some((column_of(at), what, "write the text again, in a cell that is formatted as text"));
    }
    let nameless = (0..header.len())
        .find(|at| header[*at].trim().is_empty() && record.get(*at).is_some_and(|cell| !cell.trim().is_empty()))?;
    Some((
        column_of(nameless),
        "this cell stands in a column without a name".into(),
        "name the column, or empty the cell",
    ))
}

/// A row that begins with `#` is a remark to the reader of the file.
fn is_comment(record: &csv::StringRecord) -> bool {
    record.get(0).is_some_and(|cell| cell.trim_start().starts_with('#') && !sheet::is_spreadsheet_error(cell))
}

/// Where the reader of [`unclosed_quote`] stands.
enum CellState {
    Begins,
    Plain,
    /// In a quoted cell; line and column of where it opened.
    Quoted((u64, u64)),
    /// Behind a quotation mark in a quoted cell: its end, or the first of two.
    Closed((u64, u64)),
}

/// Line and column of a quoted cell that does not end with its quotation mark: none comes, or something follows it. A
/// cell that swallows the rows up to the next quoted one is found by what follows there.
pub(crate) fn unclosed_quote(text: &str, delimiter: u8) -> Option<(u64, u64)> {
    let (mut line, mut column) = (1, 1);
    let mut cell = CellState::Begins;
    for byte in text.bytes() {
        cell = match (cell, byte) {
            (CellState::Quoted(opened), b'"') => CellState::Closed(opened),
            (CellState::Closed(opened), b'"') => CellState::Quoted(opened),
            (CellState::Quoted(opened), _) => {
                line += u64::from(byte == b'\n');
                CellState::Quoted(opened)
            }
            (_, byte) if byte == delimiter => {
                column += 1;
                CellState::Begins
            }
            (_, b'\n') => {
                (line, column) = (line + 1, 1);
                CellState::Begins
            }
            (CellState::Closed(opened), b' ' | b'\r') => CellState::Closed(opened),
            (CellState::Closed(opened), _) => return Some(opened),
            (CellState::Begins, b'"') => CellState::Quoted((line, column)),
            (CellState::Begins | CellState::Plain, _) => CellState::Plain,
        };
    }
    match cell {
        CellState::Quoted(opened) => Some(opened),
        CellState::Begins | CellState::Plain | CellState::Closed(_) => None,
    }
}

/// One row, its cells in the order the parser asked for.
#[derive(Debug, Clone)]
pub struct CodebookRow {
    cells: Vec<String>,
    fields: Vec<u64>,
    pub line: u64,
}

impl CodebookRow {
    pub fn cell(&self, column: usize) -> &str {
        &self.cells[column]
    }

    pub fn take(&self, column: usize) -> String {
        self.cells[column].clone()
    }

    /// Where the file has this column, from 1; 0 when it has not.
    pub fn column(&self, column: usize) -> u64 {
        self.fields[column]
    }

    /// A fault of this cell.
    pub fn fault(&self, file: &CsvFile, column: usize, what: impl AsRef<str>, help: impl AsRef<str>) -> Fault {
        file.fault(self.line, self.fields[column], what.as_ref(), help.as_ref())
    }

    /// A cell that must hold something.
    pub fn filled(&self, file: &CsvFile, column: usize, name: &str, faults: &mut Vec<Fault>) -> Option<&str> {
        if self.cell(column).is_empty() {
            faults.push(self.fault(file, column, format!("`{name}` is empty"), ""));
            return None;
        }
        Some(self.cell(column))
    }

    /// A cell with one of a closed list of values; upper and lower case are the same.
    pub fn choice<T: Copy>(
        &self,
        file: &CsvFile,
        column: usize,
        name: &str,
        known: &[(&str, T)],
        faults: &mut Vec<Fault>,
    ) -> Option<T> {
        let value = self.cell(column);
        let found = known.iter().find(|(word, _)| word.eq_ignore_ascii_case(value)).map(|(_, choice)| *choice);
        if found.is_none() && value.is_empty() {
            let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
            faults.push(self.fault(
                file,
                column,
                format!("{name} is empty"),
                format!("write one of {}", words.join(", ")),
            ));
        } else if found.is_none() {
            let help = did_you_mean(value, known.iter().map(|(word, _)| *word));
            faults.push(self.fault(file, column, format!("unknown {name} `{value}`"), help));
        }
        found
    }

    /// A cell with `true`, `false` or nothing.
    pub fn case(&self, file: &CsvFile, column: usize, default: Case, faults: &mut Vec<Fault>) -> Case {
        let known = [("true", Case::Sensitive), ("false", Case::Insensitive), ("", default)];
        self.choice(file, column, "value of `match_case`", &known, faults).unwrap_or(default)
    }

    /// A cell with values separated by `|`.
    pub fn list(&self, column: usize) -> Vec<String> {
        self.cell(column).split('|').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    }

    /// A code: a letter, then letters, digits, `_` or `-`; not one of the words other programs read as "missing".
    pub fn code(&self, file: &CsvFile, column: usize, name: &str, faults: &mut Vec<Fault>) -> Option<String> {
        let code = self.filled(file, column, name, faults)?;
        let shape = code.starts_with(|c: char| c.is_ascii_alphabetic())
            && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        let missing = ["na", "nan", "null", "none", "inf"].contains(&code.to_ascii_lowercase().as_str());
        if shape && !missing {
            return Some(code.to_owned());
        }
        let help = "a code is a letter followed by letters, digits, `_` or `-`, and not NA, NaN, null, none or inf";
        faults.push(self.fault(file, column, format!("`{code}` cannot be a code"), help));
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_cell_ends_with_its_mark() {
        for (text, found) in [
            ("", None),
            ("a,b\n1,2\n", None),
            ("\"a,\"\"b\"\"\",\"c\nd\" ,\"\"\r\n\"e\"", None),
            // In a cell that is not quoted a mark is a sign like any other.
            ("a,5\" gun\n", None),
            ("a,b\n\"c,d\n", Some((2, 1))),
            ("a,b\nc,\"d\ne,\"f\"\ng,h\n", Some((2, 2))),
            ("a,b\nc,\"d\" e\n", Some((2, 2))),
            ("a,\"b\"\"", Some((1, 2))),
        ] {
            assert_eq!(unclosed_quote(text, b','), found, "{text}");
        }
    }
}
