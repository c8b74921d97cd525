//! `sources.csv`: what is known of the files of a folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use memchr::memchr_iter;
use unicode_normalization::UnicodeNormalization;

use super::date::DATE_HELP;
use super::decode::decode;
use super::metadata::{Known, Role, listed, roles};
use super::quotes::Quotes;
use crate::error::{Error, Place, Result, did_you_mean};

/// A manifest: one row a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Manifest {
    pub rows: Vec<Row>,
    /// Columns beyond the well-known ones, in their order.
    pub further_columns: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// Relative to the manifest's folder, as written.
    pub file: String,
    pub known: Arc<Known>,
    pub place: Place,
}

/// File names are compared in one Unicode form, since systems differ in how they store `é`.
pub(crate) fn key(relative: &str) -> String {
    relative.strip_prefix("./").unwrap_or(relative).nfc().collect()
}

impl Manifest {
    /// # Errors
    ///
    /// A header without `file` or with a name twice, a row of another width, a row without a file or for a file that
    /// already has one, a date that is none, a quote that never closes.
    pub fn parse(path: &Path, bytes: Vec<u8>) -> Result<Self> {
        let fault = |line: u64, column: usize, what: String, help: String| {
            Error::input(Place::at(path, line, column as u64), what, help)
        };
        let decoded = decode(bytes).map_err(|no_text| fault(0, 0, no_text.what, no_text.help.to_owned()))?;
        let text = decoded.text.trim_start_matches('\u{FEFF}');
        let open_quote = {
            let mut quotes = Quotes::new(b',');
            quotes.feed(text.as_bytes());
            quotes.open_byte()
        };
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut records = Vec::new();
        let (mut line, mut counted_bytes) = (1, 0);
        for record in reader.records() {
            let record = record.map_err(|error| fault(0, 0, error.to_string(), String::new()))?;
            // the parser counts empty lines before a record, and the second half of a CR LF, as part of it
            let start = record.position().map_or(0, |position| position.byte() as usize);
            let blank = text[start..].bytes().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            line += newlines(&text[counted_bytes..start + blank]);
            counted_bytes = start + blank;
            records.push((line, record));
        }
        if let (Some(byte), Some((_, last))) = (open_quote, records.last()) {
            let line = 1 + newlines(&text[..byte as usize]);
            let help = "close it, or double a quote that belongs to the value".to_owned();
            return Err(fault(line, last.len(), "the quote is never closed".to_owned(), help));
        }
        let mut records = records.into_iter();
        let Some((header_line, header)) = records.next() else {
            return Err(fault(1, 0, "the manifest is empty".to_owned(), header_help()));
        };
        let names: Vec<&str> = header.iter().map(str::trim).collect();
        if let Some(index) = (1..names.len()).find(|index| names[..*index].contains(&names[*index])) {
            return Err(fault(
                header_line,
                index + 1,
                format!("the column `{}` comes twice", names[index]),
                String::new(),
            ));
        }
        let Some(file_column) = names.iter().position(|name| name.eq_ignore_ascii_case("file")) else {
            let listed = listed(&names);
            let nearest = did_you_mean("file", names.iter().copied());
            let help = match nearest.strip_prefix("did you mean ").and_then(|name| name.strip_suffix('?')) {
                Some(name) if !name.is_empty() => format!("rename {name} to `file`"),
                Some(_) | None => header_help(),
            };
            return Err(fault(header_line, 0, format!("no column `file` among {listed}"), help));
        };
        // a manifest tells nothing of ids and texts, so columns of these names are kept like any other
        let roles: Vec<Role> = roles(&names, None)
            .into_iter()
            .map(|role| match role {
                Role::Id | Role::Text => Role::More,
                Role::Source | Role::Date | Role::Title | Role::Language | Role::Author | Role::More => role,
            })
            .collect();
        let mut manifest = Self::default();
        for (index, name) in names.iter().enumerate() {
            if index != file_column && roles[index] == Role::More && !name.is_empty() {
                manifest.further_columns.push((*name).to_owned());
            }
        }
        let mut first_lines: BTreeMap<String, u64> = BTreeMap::new();
        for (line, record) in records {
            if record.len() != names.len() {
                let what = format!("{} fields, where the header has {}", record.len(), names.len());
                return Err(fault(line, 0, what, "put a value that has a comma into quotes".to_owned()));
            }
            let file = record[file_column].trim().to_owned();
            if file.is_empty() {
                return Err(fault(line, file_column + 1, "the row names no file".to_owned(), String::new()));
            }
            if let Some(first) = first_lines.insert(key(&file), line) {
                let what = format!("`{file}` already has a row, in line {first}");
                return Err(fault(line, file_column + 1, what, "keep one of them".to_owned()));
            }
            let mut known = Known::default();
            for (index, value) in record.iter().enumerate() {
                if index == file_column || names[index].is_empty() {
                    continue;
                }
                known
                    .put(roles[index], names[index], value)
                    .map_err(|date| fault(line, index + 1, format!("`{date}` is not a date"), DATE_HELP.to_owned()))?;
            }
            manifest.rows.push(Row {
                file,
                known: Arc::new(known),
                place: Place::at(path, line, file_column as u64 + 1),
            });
        }
        Ok(manifest)
    }
}

fn newlines(text: &str) -> u64 {
    memchr_iter(b'\n', text.as_bytes()).count() as u64
}

fn header_help() -> String {
    "the first line names the columns: file,source,date,title,author,language and any further ones".to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(text: &[u8]) -> Result<Manifest> {
        Manifest::parse(Path::new("sources.csv"), text.to_vec())
    }

    #[test]
    fn every_column_is_kept() {
        let text = "\u{FEFF}File,source,date,title,author,language,desk,note\r\n\
                    a.txt,Times, 2023-09 ,\"One, two\",Ann,en,world,\r\n\r\nb/c.txt,,,,,,,x\r\n";
        let manifest = parse(text.as_bytes()).unwrap();
        assert_eq!(manifest.further_columns, ["desk", "note"]);
        assert_eq!(manifest.rows.len(), 2);
        let first = &manifest.rows[0];
        assert_eq!((first.file.as_str(), first.place.to_string().as_str()), ("a.txt", "sources.csv:2:1"));
        let metadata = Known::clone(&first.known).finish("");
        let values =
            ["source", "date", "title", "author", "language", "desk", "note"].map(|column| metadata.value(column));
        assert_eq!(
            values,
            [Some("Times"), Some("2023-09"), Some("One, two"), Some("Ann"), Some("en"), Some("world"), None]
        );
        assert_eq!(manifest.rows[1].place.line, 4);
    }

    #[test]
    fn each_fault_points_at_its_place() {
        for (text, message) in [
            ("", "sources.csv:1: the manifest is empty"),
            ("source,date\n", "sources.csv:1: no column `file` among `source`, `date`"),
            ("files,date\n", "sources.csv:1: no column `file` among `files`, `date` (rename `files` to `file`)"),
            ("file,date,date\n", "sources.csv:1:3: the column `date` comes twice"),
            ("file,date\na,2023-13\n", "sources.csv:2:2: `2023-13` is not a date (write the date as"),
            ("file,date\na,\nb,\na,\n", "sources.csv:4:1: `a` already has a row, in line 2 (keep one of them)"),
            ("file,date\na,\n./a,\n", "sources.csv:3:1: `./a` already has a row"),
            ("file,date\n,2020\n", "sources.csv:2:1: the row names no file"),
            ("file,date\na,2020,x\n", "sources.csv:2: 3 fields, where the header has 2"),
            ("file,title\na,\"x\nb,y\nc,z\n", "sources.csv:2:2: the quote is never closed"),
            ("file;title\na;b\n", "sources.csv:1: no column `file` among `file;title`"),
            ("\u{0}\u{1}\u{2}", "sources.csv: looks binary: 3 control bytes"),
        ] {
            let found = parse(text.as_bytes()).unwrap_err().to_string();
            assert!(found.starts_with(message), "{text:?}: {found}");
        }
    }

    #[test]
    fn a_manifest_in_an_older_encoding_is_read() {
        let text = "file,source\na,Société générale à Genève\nb,Journal français d’été\n";
        let bytes = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        assert_eq!(parse(&bytes).unwrap().rows[0].known.source.as_deref(), Some("Société générale à Genève"));
    }

    #[test]
    fn names_are_compared_in_one_unicode_form() {
        assert_eq!(key("./e\u{301}.txt"), key("é.txt"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_manifest_or_a_fault(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes);
        }

        #[test]
        fn any_table_of_the_right_header_is_a_manifest_or_a_fault(rest in "[a-b,\"\n 0-9\r-]{0,60}") {
            let _ = parse(format!("file,date,x\n{rest}").as_bytes());
        }
    }
}
