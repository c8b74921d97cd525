//! `--excel`: the tables once more as spreadsheets want them: byte order mark, CRLF, and no cell that is run as a
//! formula.

use crate::error::{Error, Result};
use crate::tables::{ColumnKind, TableColumn};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

/// Rows that a spreadsheet has, the header included.
const MOST_ROWS: u64 = 1_048_576;

/// Copies a table that is on disk, as many rows of it as a spreadsheet has. The answer is how many rows it has without
/// the header, where these are too many.
pub(super) fn copy(from: &Path, to: &Path, fields: &[TableColumn]) -> Result<Option<u64>> {
    let source = File::open(from).map_err(Error::io("read", from))?;
    let target = File::create(to).map_err(Error::io("write", to))?;
    let (from_file, to_file) = (BufReader::with_capacity(1 << 18, source), BufWriter::with_capacity(1 << 18, target));
    let rows = guard(from_file, to_file, fields, MOST_ROWS).map_err(|error| match error.into_kind() {
        csv::ErrorKind::Io(error) => Error::io("write", to)(error),
        kind => Error::Output(format!("`{}`: {kind:?}", from.display())),
    })?;
    Ok((rows > MOST_ROWS).then(|| rows - 1))
}

/// What to say of a table that does not fit.
pub(super) fn too_long(table: &str, rows: u64) -> String {
    format!(
        "`excel/{table}.csv` has the first {} of {rows} rows, as many as a spreadsheet holds; `{table}.csv` has all",
        MOST_ROWS - 1
    )
}

/// The answer is the number of rows read; those after the first `most` are not written.
fn guard(from: impl std::io::Read, mut to: impl Write, fields: &[TableColumn], most: u64) -> csv::Result<u64> {
    to.write_all("\u{FEFF}".as_bytes())?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(from);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).has_headers(false).from_writer(to);
    let mut record = csv::StringRecord::new();
    let mut rows = 0;
    while reader.read_record(&mut record)? {
        let is_header = rows == 0;
        rows += 1;
        if rows > most {
            continue;
        }
        for (value, field) in record.iter().zip(fields) {
            if (is_header || field.kind == ColumnKind::Text) && runs(value) {
                writer.write_field(format!("'{value}"))?;
            } else {
                writer.write_field(value)?;
            }
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()?;
    Ok(rows)
}

/// Whether a spreadsheet would take the text for a formula. Some read the full-width signs as the plain ones, and pass
/// over blanks and characters without width in front.
fn runs(text: &str) -> bool {
    let is_blank =
        |c: char| c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}');
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start_matches(is_blank).starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_numbers_are_not() {
        let fields = ["word", "g2"].map(|name| TableColumn {
            name: name.into(),
            kind: if name == "g2" { ColumnKind::Number } else { ColumnKind::Text },
            about: String::new(),
        });
        let mut out = Vec::new();
        let rows = guard("word,g2\n=1+1,-2.5\n\"@a,\"\"b\",3\n\"\t\",\n".as_bytes(), &mut out, &fields, 9).unwrap();
        assert_eq!(rows, 4);
        assert_eq!(String::from_utf8(out).unwrap(), "\u{FEFF}word,g2\r\n'=1+1,-2.5\r\n\"'@a,\"\"b\",3\r\n'\t,\r\n");
    }

    #[test]
    fn rows_that_no_spreadsheet_holds_are_left_out_and_counted() {
        let fields = [TableColumn { name: "word".into(), kind: ColumnKind::Text, about: String::new() }];
        let mut out = Vec::new();
        assert_eq!(guard("word\na\nb\nc\nd\n".as_bytes(), &mut out, &fields, 3).unwrap(), 5);
        assert_eq!(String::from_utf8(out).unwrap(), "\u{FEFF}word\r\na\r\nb\r\n");
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for (rows, expected) in [(MOST_ROWS, Some(MOST_ROWS)), (MOST_ROWS - 1, None)] {
            std::fs::write(path("a.csv"), "w\n".repeat(rows as usize + 1)).unwrap();
            assert_eq!(copy(&path("a.csv"), &path("b.csv"), &fields).unwrap(), expected);
        }
        assert_eq!(
            too_long("keyness", 2_000_000),
            "`excel/keyness.csv` has the first 1048575 of 2000000 rows, as many as a spreadsheet holds; `keyness.csv` has all"
        );
    }

    #[test]
    fn other_forms_of_the_signs_are_guarded_too() {
        for text in ["＝1+1", "＋1", "－1", "＠A1", "\u{200B}=1+1", " \u{FEFF}＝1", "\n=1"] {
            assert!(runs(text), "{text:?}");
        }
        for text in ["a=1", "\u{200B}a", "", "’s", "–"] {
            assert!(!runs(text), "{text:?}");
        }
    }
}
