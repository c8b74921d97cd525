//! The rows of tables as spreadsheets and exports write them.
//!
//! Fields are separated by one byte and may stand in quotation marks, with blanks around these. A mark inside is doubled
//! or, in some exports, has a backslash before it. A mark that does neither makes the row unreadable: it is left out
//! with its place, and reading goes on with the next line where that line begins a row of the header's width. Where it
//! does not, or where a mark is never closed, rows and text cannot be distinguished, and the table is refused: rows
//! that run into each other would give one source the words of another.

use std::io::Read;

use csv::ByteRecord;
use memchr::{memchr, memchr_iter, memchr3};

use super::quotes::Quotes;
use super::read;

/// What the next row is.
pub(crate) enum NextRow {
    Row {
        /// Where the row begins.
        line: u64,
        record: ByteRecord,
        /// Marks with a backslash before them were read as marks.
        has_backslashes: bool,
    },
    /// The row cannot be read; the next ones can.
    LeftOut(RowFault),
    /// The rest of the table cannot be read.
    Unreadable(RowFault),
    End,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowFault {
    pub line: u64,
    /// Counts fields; 0 for the row as a whole.
    pub column: u64,
    pub what: String,
    pub help: &'static str,
}

/// Separators that are tried, the most usual first.
pub(crate) const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

const CHUNK_BYTES: usize = 1 << 17;
const HELP: &str = "double a quotation mark that belongs to the value, and close the one before it";

pub(crate) struct RowReader<R> {
    inner: R,
    pub delimiter: u8,
    buffer: Vec<u8>,
    /// How much of the buffer was used.
    used: usize,
    is_at_end: bool,
    /// Why the stream ended before its end; whole rows before it are given first.
    error: Option<std::io::Error>,
    line: u64,
    max_row_bytes: usize,
    width: Option<usize>,
    /// A row was left out: from here on, a single mark in a bare field shows that rows were mistaken for text.
    is_wary: bool,
}

/// What the bytes from a row's start give.
enum Parsed {
    Row { end: usize, has_backslashes: bool, has_stray_mark: bool },
    Partial,
    Malformed { at: usize, field: usize },
    Unclosed { field: usize },
}

impl<R: Read> RowReader<R> {
    pub fn new(inner: R, delimiter: u8, max_row_bytes: u64) -> Self {
        Self {
            inner,
            delimiter,
            buffer: Vec::new(),
            used: 0,
            is_at_end: false,
            error: None,
            line: 1,
            max_row_bytes: usize::try_from(max_row_bytes).unwrap_or(usize::MAX),
            width: None,
            is_wary: false,
        }
    }

    /// Takes the separator by which the header is worth most; the one given at first wins a tie.
    ///
    /// # Errors
    /// An unreadable stream.
    pub fn find_delimiter<W: Ord>(&mut self, worth: impl Fn(&ByteRecord) -> W) -> std::io::Result<()> {
        self.fill()?;
        self.skip_empty_lines()?;
        let first = self.delimiter;
        let others = DELIMITERS.into_iter().filter(|delimiter| *delimiter != first);
        let mut best: Option<(W, u8)> = None;
        for delimiter in std::iter::once(first).chain(others) {
            let mut header = ByteRecord::new();
            let parsed = parse(&self.buffer[self.used..], delimiter, true, &mut header);
            if matches!(parsed, Parsed::Row { .. }) {
                let worth = worth(&header);
                if best.as_ref().is_none_or(|(known, _)| worth > *known) {
                    best = Some((worth, delimiter));
                }
            }
        }
        self.delimiter = best.map_or(first, |(_, delimiter)| delimiter);
        Ok(())
    }

    /// The next row. The first one is the header and sets the width that a row after a fault must have.
    ///
    /// # Errors
    /// An unreadable stream.
    pub fn next_row(&mut self) -> std::io::Result<NextRow> {
        if !self.skip_empty_lines()? {
            return Ok(NextRow::End);
        }
        let line = self.line;
        let mut record = ByteRecord::new();
        loop {
            record.clear();
            let bytes = &self.buffer[self.used..];
            match parse(bytes, self.delimiter, self.is_at_end, &mut record) {
                Parsed::Row { has_stray_mark: true, .. } if self.is_wary => {
                    let what = "a quotation mark stands alone here, after a row that was left out".to_owned();
                    return Ok(NextRow::Unreadable(RowFault { line, column: 0, what, help: HELP }));
                }
                Parsed::Row { end, .. } if end > self.max_row_bytes => {
                    self.advance(end);
                    return Ok(NextRow::LeftOut(self.too_long(line)));
                }
                Parsed::Row { end, has_backslashes, .. } => {
                    self.advance(end);
                    self.width.get_or_insert(record.len());
                    return Ok(NextRow::Row { line, record, has_backslashes });
                }
                Parsed::Partial if bytes.len() >= self.max_row_bytes => return self.discard_row(line),
                Parsed::Partial => self.fill()?,
                Parsed::Malformed { at, field } => {
                    let at_line = line + newlines(&bytes[..at]);
                    let place = if at_line == line { String::new() } else { format!(" (found in line {at_line})") };
                    let what =
                        format!("text follows a closing quotation mark{place}, so that the row has no clear end");
                    let mut fault = RowFault { line, column: field as u64, what, help: HELP };
                    if self.next_line_is_a_row()? {
                        self.is_wary = true;
                        fault.what += "; it is left out";
                        return Ok(NextRow::LeftOut(fault));
                    }
                    return Ok(NextRow::Unreadable(fault));
                }
                Parsed::Unclosed { field } => {
                    let what = "a quote opened in this row is never closed, so that the row takes in all that follows";
                    let help = "close it, or double a quote that belongs to the text";
                    return Ok(NextRow::Unreadable(RowFault {
                        line,
                        column: field as u64,
                        what: what.to_owned(),
                        help,
                    }));
                }
            }
        }
    }

    /// Goes to the next line, if a row of the header's width or the end is there; otherwise stays.
    fn next_line_is_a_row(&mut self) -> std::io::Result<bool> {
        let Some(width) = self.width else { return Ok(false) };
        loop {
            let bytes = &self.buffer[self.used..];
            if let Some(newline) = memchr(b'\n', bytes) {
                let blank = bytes[newline..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
                let start = newline + blank;
                let mut record = ByteRecord::new();
                match parse(&bytes[start..], self.delimiter, self.is_at_end, &mut record) {
                    Parsed::Row { has_stray_mark, .. } if record.len() == width && !has_stray_mark => {
                        self.advance(start);
                        return Ok(true);
                    }
                    Parsed::Partial if bytes.len() < self.max_row_bytes.saturating_mul(2) => {}
                    Parsed::Row { .. } | Parsed::Partial | Parsed::Malformed { .. } | Parsed::Unclosed { .. } => {
                        let is_last = self.is_at_end && start == bytes.len();
                        self.advance(if is_last { start } else { 0 });
                        return Ok(is_last);
                    }
                }
            } else if self.is_at_end {
                let rest = bytes.len();
                self.advance(rest);
                return Ok(true);
            }
            self.fill()?;
        }
    }

    /// Reads over a row that is too long to be kept.
    fn discard_row(&mut self, line: u64) -> std::io::Result<NextRow> {
        let mut quotes = Quotes::new(self.delimiter);
        loop {
            let bytes = &self.buffer[self.used..];
            let mut fed = 0;
            let row_end = memchr_iter(b'\n', bytes).map(|newline| newline + 1).find(|end| {
                quotes.feed(&bytes[fed..*end]);
                fed = *end;
                quotes.open_byte().is_none()
            });
            if row_end.is_none() {
                quotes.feed(&bytes[fed..]);
            }
            let is_at_end = self.is_at_end;
            self.advance(row_end.unwrap_or(bytes.len()));
            if row_end.is_some() || is_at_end {
                let fault = self.too_long(line);
                return Ok(if row_end.is_none() && quotes.open_byte().is_some() {
                    NextRow::Unreadable(RowFault { help: "close the quotation mark that it opens", ..fault })
                } else {
                    NextRow::LeftOut(fault)
                });
            }
            self.fill()?;
        }
    }

    fn too_long(&self, line: u64) -> RowFault {
        let what = format!("it has more than {}", read::in_words(self.max_row_bytes as u64));
        RowFault { line, column: 0, what, help: read::TOO_LONG_HELP }
    }

    /// Whether anything is left after the empty lines.
    fn skip_empty_lines(&mut self) -> std::io::Result<bool> {
        loop {
            let blank = self.buffer[self.used..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            self.advance(blank);
            if self.used < self.buffer.len() || self.is_at_end {
                return Ok(self.used < self.buffer.len());
            }
            self.fill()?;
        }
    }

    fn advance(&mut self, bytes: usize) {
        self.line += newlines(&self.buffer[self.used..self.used + bytes]);
        self.used += bytes;
    }

    /// Reads more, as much again as is there, so that a long row is not looked through too often.
    fn fill(&mut self) -> std::io::Result<()> {
        self.buffer.drain(..self.used);
        self.used = 0;
        let wanted = self.buffer.len().clamp(CHUNK_BYTES, self.max_row_bytes.max(CHUNK_BYTES));
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        let before = self.buffer.len();
        match self.inner.by_ref().take(wanted as u64).read_to_end(&mut self.buffer) {
            Ok(read) => self.is_at_end |= read < wanted,
            Err(error) if self.buffer.len() == before => return Err(error),
            Err(error) => self.error = Some(error),
        }
        Ok(())
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    memchr_iter(b'\n', bytes).count() as u64
}

/// Reads one row from its first byte.
fn parse(bytes: &[u8], delimiter: u8, is_at_end: bool, record: &mut ByteRecord) -> Parsed {
    let (mut at, mut has_backslashes, mut has_stray_mark) = (0, false, false);
    let mut value = Vec::new();
    loop {
        let field = record.len() + 1;
        let blanks = bytes[at..].iter().take_while(|byte| **byte == b' ').count();
        let end = match bytes.get(at + blanks) {
            Some(b'"') => {
                value.clear();
                match quoted(bytes, at + blanks + 1, delimiter, is_at_end, &mut value) {
                    Quoted::Closed { end, escaped } => {
                        has_backslashes |= escaped;
                        record.push_field(&value);
                        end
                    }
                    Quoted::Partial => return Parsed::Partial,
                    Quoted::Malformed(at) => return Parsed::Malformed { at, field },
                    Quoted::Unclosed => return Parsed::Unclosed { field },
                }
            }
            _ => {
                let end = match memchr3(delimiter, b'\n', b'\r', &bytes[at..]) {
                    Some(distance) => at + distance,
                    None if is_at_end => bytes.len(),
                    None => return Parsed::Partial,
                };
                has_stray_mark |= memchr_iter(b'"', &bytes[at..end]).count() % 2 == 1;
                record.push_field(&bytes[at..end]);
                end
            }
        };
        match bytes.get(end) {
            Some(byte) if *byte == delimiter => at = end + 1,
            Some(b'\r') if end + 1 == bytes.len() && !is_at_end => return Parsed::Partial,
            Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => {
                return Parsed::Row { end: end + 2, has_backslashes, has_stray_mark };
            }
            Some(_) => return Parsed::Row { end: end + 1, has_backslashes, has_stray_mark },
            None => return Parsed::Row { end, has_backslashes, has_stray_mark },
        }
    }
}

enum Quoted {
    /// `end` is the separator or line end after the field.
    Closed {
        end: usize,
        escaped: bool,
    },
    Partial,
    Malformed(usize),
    Unclosed,
}

/// Reads a field from behind its opening quotation mark.
fn quoted(bytes: &[u8], start: usize, delimiter: u8, is_at_end: bool, value: &mut Vec<u8>) -> Quoted {
    let (mut at, mut escaped) = (start, false);
    loop {
        let Some(distance) = memchr(b'"', &bytes[at..]) else {
            return if is_at_end { Quoted::Unclosed } else { Quoted::Partial };
        };
        let mark = at + distance;
        value.extend_from_slice(&bytes[at..mark]);
        let backslashes = bytes[start..mark].iter().rev().take_while(|byte| **byte == b'\\').count();
        let has_backslash = backslashes % 2 == 1;
        let after = mark + 1 + bytes[mark + 1..].iter().take_while(|byte| **byte == b' ').count();
        let closes = match bytes.get(after) {
            Some(byte) => *byte == delimiter || matches!(byte, b'\n' | b'\r'),
            None if is_at_end => true,
            None => return Quoted::Partial,
        };
        if has_backslash && (escaped || !(closes || bytes[mark + 1] == b'"')) {
            value.pop();
            value.push(b'"');
            escaped = true;
            at = mark + 1;
        } else if bytes.get(mark + 1) == Some(&b'"') {
            value.push(b'"');
            at = mark + 2;
        } else if closes {
            return Quoted::Closed { end: after, escaped };
        } else {
            return Quoted::Malformed(mark);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_of(text: &str, delimiter: u8) -> Vec<String> {
        let mut reader = RowReader::new(text.as_bytes(), delimiter, 1 << 20);
        let mut shown = Vec::new();
        loop {
            shown.push(match reader.next_row().unwrap() {
                NextRow::Row { line, record, has_backslashes } => {
                    let fields: Vec<String> =
                        record.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect();
                    format!("{line}{} {}", if has_backslashes { "\\" } else { "" }, fields.join("|"))
                }
                NextRow::LeftOut(fault) => format!("{}:{} left out", fault.line, fault.column),
                NextRow::Unreadable(fault) => {
                    shown.push(format!("{}:{} unreadable", fault.line, fault.column));
                    return shown;
                }
                NextRow::End => return shown,
            });
        }
    }

    #[test]
    fn rows_are_read_as_spreadsheets_write_them() {
        assert_eq!(
            rows_of("a,b\r\n\r\n\"x, \"\"y\"\"\r\nz\", 1 \r\n , \"blank before\" \n\"\",\"\"\nlast,", b','),
            ["1 a|b", "3 x, \"y\"\r\nz| 1 ", "5  |blank before", "6 |", "7 last|"]
        );
        assert_eq!(rows_of("a;b\n1,5;\"x;y\"", b';'), ["1 a|b", "2 1,5|x;y"]);
        assert_eq!(rows_of("a,b\rc,d\r", b','), ["1 a|b", "1 c|d"]);
        assert_eq!(rows_of("a,b\n5\" pipe,\"\"\"\"\n", b','), ["1 a|b", "2 5\" pipe|\""]);
        assert!(rows_of("\n\r\n", b',').is_empty());
    }

    #[test]
    fn marks_with_backslashes_are_marks() {
        let text = "a,b\n\"He said: \\\"Go\\\", and \\\"stay.\\\"\",x\n\"C:\\dir\\\",y\n";
        assert_eq!(rows_of(text, b','), ["1 a|b", "2\\ He said: \"Go\", and \"stay.\"|x", "3 C:\\dir\\|y"]);
    }

    #[test]
    fn a_malformed_row_is_left_out_only_where_the_next_line_is_a_row() {
        assert_eq!(
            rows_of("a,b\n1,\"open\n2,\"closed\"\n3,\"one \"two\" three\"\n4,x\n", b','),
            ["1 a|b", "2:2 left out", "3 2|closed", "4:2 left out", "5 4|x"]
        );
        assert_eq!(rows_of("a,b\n1,\"first \"line\nof many\nand the end\"\n2,x\n", b','), ["1 a|b", "2:2 unreadable"]);
        // the second line of the text looks like a row, but its end shows that it is none
        assert_eq!(
            rows_of("a,b\n1,\"first \"line\nof, many\nand, the end\"\n2,x\n", b','),
            ["1 a|b", "2:2 left out", "3 of| many", "4:0 unreadable"]
        );
        assert_eq!(rows_of("a,b\n1,\"x\n2,y\n", b','), ["1 a|b", "2:2 unreadable"]);
        assert_eq!(rows_of("a,\"b\" c\n1,2\n", b','), ["1:2 unreadable"]);
        assert_eq!(rows_of("a,b\n1,\"x\" y", b','), ["1 a|b", "2:2 left out"]);
    }

    #[test]
    fn a_row_beyond_the_limit_is_left_out_and_the_rest_is_read() {
        let long = "word, \"\"x\"\"\n".repeat(100_000);
        let text = format!("a,b\n1,\"{long}\"\n2,y\n");
        let shown = rows_of(&text, b',');
        let shown: Vec<&str> = shown.iter().map(|row| &row[..row.len().min(40)]).collect();
        assert_eq!(shown, ["1 a|b", "2:0 left out", "100003 2|y"]);
        let shown = rows_of(&format!("a,b\n1,\"{long}"), b',');
        assert!(shown.len() == 2 && shown[1].ends_with("unreadable"), "{shown:?}");
    }

    #[test]
    fn the_separator_is_the_one_that_gives_the_best_header() {
        for (text, first, delimiter) in [
            ("id;text;x\n", b',', b';'),
            ("id,text;x\n", b',', b','),
            ("\"a;b\",text\n", b',', b','),
            ("id|text\n", b',', b'|'),
            ("id,text\n", b'\t', b','),
            ("text\n", b',', b','),
            ("text\n", b'\t', b'\t'),
        ] {
            let mut reader = RowReader::new(text.as_bytes(), first, 1 << 20);
            reader.find_delimiter(|header| (header.iter().any(|name| name == b"text"), header.len())).unwrap();
            assert_eq!(char::from(reader.delimiter), char::from(delimiter), "{text}");
        }
    }
}
