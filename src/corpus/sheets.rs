//! Containers that are not streams of text: spreadsheets, Parquet and JSON files, made into rows and lines.

use std::io::Cursor;

use csv::ByteRecord;

use super::compressed::ByteStream;
use super::decode::{NoText, decode};
use super::extract::{self, MAX_DOCUMENT_BYTES, Note};
use super::options::{Format, Settings};
use super::origin::Origin;
use super::read;
use super::rows::{NextRow, RowFault, RowReader};
use crate::error::Result;

/// Where the rows of a table come from.
pub(crate) enum RowSource {
    Text(RowReader<ByteStream>),
    Ready(Ready),
}

/// What a file that could be read gives, or why it gives nothing.
type Inner<T> = std::result::Result<T, NoText>;

/// Gives the next rows of a container that is read piece by piece.
type More = Box<dyn FnMut() -> Inner<Option<Vec<Vec<String>>>> + Send>;

/// Rows that were made from something else.
pub(crate) struct Ready {
    more: More,
    rows: std::vec::IntoIter<Vec<String>>,
    /// The number of the last row in its container.
    line: u64,
    is_done: bool,
    max_row_bytes: u64,
}

/// A container that was opened.
pub(crate) enum Opened {
    Lines(ByteStream),
    Rows(Ready, Vec<Note>),
}

impl RowSource {
    /// The next row.
    ///
    /// # Errors
    ///
    /// An unreadable stream.
    pub fn next_row(&mut self) -> std::io::Result<NextRow> {
        match self {
            Self::Text(reader) => reader.next_row(),
            Self::Ready(ready) => Ok(ready.next_row()),
        }
    }
}

impl Ready {
    fn next_row(&mut self) -> NextRow {
        loop {
            for row in self.rows.by_ref() {
                self.line += 1;
                if row.iter().all(String::is_empty) {
                    continue;
                }
                let bytes: usize = row.iter().map(String::len).sum();
                if bytes as u64 > self.max_row_bytes {
                    let what = format!("the row has more than {}", read::in_words(self.max_row_bytes));
                    return NextRow::LeftOut(RowFault { line: self.line, column: 0, what, help: read::TOO_LONG_HELP });
                }
                return NextRow::Row { line: self.line, record: ByteRecord::from(row), has_backslashes: false };
            }
            if self.is_done {
                return NextRow::End;
            }
            match (self.more)() {
                Ok(Some(rows)) => self.rows = rows.into_iter(),
                Ok(None) => self.is_done = true,
                Err(no_text) => {
                    // what comes after cannot be read either
                    self.is_done = true;
                    let what = format!("the rest is not counted: {}", no_text.what);
                    return NextRow::LeftOut(RowFault { line: self.line + 1, column: 0, what, help: no_text.help });
                }
            }
        }
    }
}

/// Opens a container of this kind; the inner error says why it holds no articles.
///
/// # Errors
///
/// A file that cannot be read.
pub(crate) fn open(origin: &Origin, settings: &Settings) -> Result<Inner<Opened>> {
    #[cfg(feature = "parquet")]
    if origin.format == Format::Parquet {
        return parquet(origin, settings);
    }
    let bytes = match whole(origin)? {
        Ok(bytes) => bytes,
        Err(no_text) => return Ok(Err(no_text)),
    };
    Ok(match origin.format {
        Format::Json => decode(bytes)
            .and_then(|decoded| extract::json_lines(&decoded.text, &settings.columns))
            .map(|lines| Opened::Lines(Box::new(Cursor::new(lines)))),
        format => extract::sheet(format, &bytes, settings).map(|sheet| {
            let other = |name: String| {
                let what = format!("the sheet `{name}` has a text column too, and is not read");
                Note::new(0, what, "save it as a file of its own")
            };
            let ready = Ready {
                more: Box::new(|| Ok(None)),
                rows: sheet.rows.into_iter(),
                line: sheet.first_row - 1,
                is_done: false,
                max_row_bytes: settings.max_article,
            };
            Opened::Rows(ready, sheet.others.into_iter().map(other).collect())
        }),
    })
}

fn whole(origin: &Origin) -> Result<Inner<Vec<u8>>> {
    let bytes = origin.material.whole(origin.compression, origin.bytes, MAX_DOCUMENT_BYTES)?;
    Ok(bytes.ok_or_else(|| NoText {
        what: format!("the file has more than {}", read::in_words(MAX_DOCUMENT_BYTES)),
        help: "divide it into several, or save it as JSON Lines or CSV",
    }))
}

/// A file is read where it lies; anything else is kept in a file without a name.
#[cfg(feature = "parquet")]
fn parquet(origin: &Origin, settings: &Settings) -> Result<Inner<Opened>> {
    use super::compressed::Compression;
    use super::read::Material;
    use crate::error::Error;

    let file = match (&origin.material, origin.compression) {
        (Material::File(path), Compression::Plain) => std::fs::File::open(path).map_err(Error::io("open", path))?,
        _ => {
            let mut file = tempfile::tempfile().map_err(Error::io("make room for", origin.material.path()))?;
            let mut stream = origin.material.stream(origin.compression)?;
            std::io::copy(&mut stream, &mut file).map_err(origin.unreadable())?;
            file
        }
    };
    let max_row_bytes = settings.max_article;
    Ok(extract::Columnar::open(file).map(|mut columnar| {
        let more: More = Box::new(move || columnar.next_rows());
        let ready = Ready { more, rows: Vec::new().into_iter(), line: 0, is_done: false, max_row_bytes };
        Opened::Rows(ready, Vec::new())
    }))
}

/// A workbook by its name: the sheet with a column of this name, its header first, and the number of the header's row.
/// `None` where the name is of no workbook.
pub(crate) fn workbook_rows(name: &str, bytes: &[u8], column: &str) -> Option<Inner<(Vec<Vec<String>>, u64)>> {
    let (_, extension) = name.rsplit_once('.')?;
    let format = extension.to_ascii_lowercase().parse().ok()?;
    if !matches!(format, Format::Xlsx | Format::Xls | Format::Ods) {
        return None;
    }
    let columns = super::ColumnNames { text: Some(column.to_owned()), ..super::ColumnNames::default() };
    let sheet = extract::sheet(format, bytes, &Settings { columns, ..Settings::default() });
    Some(sheet.map(|sheet| (sheet.rows, sheet.first_row)))
}
