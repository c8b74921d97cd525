//! `--excel`: the tables once more as spreadsheets want them: byte order mark, CRLF, and no cell that is run as a
//! formula.

use crate::error::{Error, Result};
use crate::tables::{Field, Kind};
use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

/// Copies a table that is on disk.
pub(super) fn copy(from: &Path, to: &Path, fields: &[Field]) -> Result<()> {
    let source = File::open(from).map_err(Error::io("read", from))?;
    let target = File::create(to).map_err(Error::io("write", to))?;
    guard(BufReader::with_capacity(1 << 18, source), BufWriter::with_capacity(1 << 18, target), fields).map_err(
        |error| match error.into_kind() {
            csv::ErrorKind::Io(error) => Error::io("write", to)(error),
            kind => Error::Output(format!("`{}`: {kind:?}", from.display())),
        },
    )
}

fn guard(from: impl std::io::Read, mut to: impl Write, fields: &[Field]) -> csv::Result<()> {
    to.write_all("\u{FEFF}".as_bytes())?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(from);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).has_headers(false).from_writer(to);
    let mut record = csv::StringRecord::new();
    let mut is_header = true;
    while reader.read_record(&mut record)? {
        for (value, field) in record.iter().zip(fields) {
            if (is_header || field.kind == Kind::Text) && runs(value) {
                writer.write_field(format!("'{value}"))?;
            } else {
                writer.write_field(value)?;
            }
        }
        writer.write_record(None::<&[u8]>)?;
        is_header = false;
    }
    writer.flush()?;
    Ok(())
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
        let fields = ["word", "g2"].map(|name| Field {
            name: name.into(),
            kind: if name == "g2" { Kind::Number } else { Kind::Text },
            about: String::new(),
        });
        let mut out = Vec::new();
        guard("word,g2\n=1+1,-2.5\n\"@a,\"\"b\",3\n\"\t\",\n".as_bytes(), &mut out, &fields).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "\u{FEFF}word,g2\r\n'=1+1,-2.5\r\n\"'@a,\"\"b\",3\r\n'\t,\r\n");
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
