//! `sources.csv`: what is known of the files of a folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::columns::{Role, listed, roles, twice};
use super::dates::Evidence;
use super::decode::decode;
use super::metadata::KnownMeta;
use super::options::Settings;
use super::rows::{NextRow, RowReader};
use super::table::header_names;
use crate::error::{Error, Fault, Place, Result, did_you_mean};

/// A manifest: one row a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Manifest {
    pub rows: Vec<ManifestRow>,
    /// Columns beyond the well-known ones, in their order.
    pub further_columns: Vec<String>,
    /// Dates that were left empty.
    pub bad_dates: Vec<Fault>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ManifestRow {
    /// Relative to the manifest's folder, as written but with `/`.
    pub file: String,
    pub known: Arc<KnownMeta>,
    pub place: Place,
}

/// File names are compared in one Unicode form, since systems differ in how they store `é`.
pub(crate) fn key(relative: &str) -> String {
    relative.strip_prefix("./").unwrap_or(relative).nfc().collect()
}

impl Manifest {
    /// # Errors
    ///
    /// A header without a column of files or with a name twice, a row with more cells than the header, a row without a
    /// file or for a file that already has one, a quotation mark that leaves no clear end of a row.
    pub fn parse(path: &Path, bytes: Vec<u8>, settings: &Settings) -> Result<Self> {
        let fault = |line: u64, column: usize, what: String, help: String| {
            Error::input(Place::at(path, line, column as u64), what, help)
        };
        let decoded = decode(bytes).map_err(|no_text| fault(0, 0, no_text.what, no_text.help.to_owned()))?;
        let text = decoded.text.trim_start_matches('\u{FEFF}');
        let (header_line, header, records) = cells(path, text.as_bytes(), settings)?;
        let names: Vec<&str> = header.iter().map(String::as_str).collect();
        // a spreadsheet may have many columns without a heading; they are no columns
        let named: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
        if let Some(name) = twice(&named).map(|at| named[at]) {
            let at = names.iter().rposition(|known| *known == name).unwrap_or_default();
            return Err(fault(header_line, at + 1, format!("the column `{name}` comes twice"), String::new()));
        }
        let roles = roles(&names, &settings.columns);
        let Some(file_column) = roles.iter().position(|role| *role == Role::File) else {
            let what = format!("no column `file` among {}", listed(&names));
            let nearest = did_you_mean("file", names.iter().copied());
            let help = match nearest.strip_prefix("did you mean ").and_then(|name| name.strip_suffix('?')) {
                Some(name) if !name.is_empty() => format!("rename {name} to `file`"),
                Some(_) | None => header_help(),
            };
            return Err(fault(header_line, 0, what, help));
        };
        settings.taken.add(&names, &roles);
        // a manifest has no ids and no texts, so columns of these names are kept like any other
        let roles: Vec<Role> = roles
            .into_iter()
            .map(|role| match role {
                Role::Id | Role::Text | Role::Standfirst => Role::More,
                _ => role,
            })
            .collect();
        let mut evidence = Evidence::default();
        for value in records.iter().flat_map(|(_, row)| row.iter().zip(&roles)).filter(|(_, role)| **role == Role::Date)
        {
            evidence.add(value.0);
        }
        let order = settings.date_order.or(evidence.order());
        let further = names.iter().zip(&roles).filter(|(name, role)| **role == Role::More && !name.is_empty());
        let mut manifest =
            Self { further_columns: further.map(|(name, _)| (*name).to_owned()).collect(), ..Self::default() };
        let mut first_lines: BTreeMap<String, u64> = BTreeMap::new();
        for (line, record) in records {
            if record.iter().all(|value| value.trim().is_empty()) {
                continue;
            }
            if record.len() > names.len() && record[names.len()..].iter().any(|value| !value.trim().is_empty()) {
                let what = format!("{} fields, where the header has {}", record.len(), names.len());
                return Err(fault(line, 0, what, "put a value that has a comma into quotes".to_owned()));
            }
            let file = record.get(file_column).map_or("", |file| file.trim()).replace('\\', "/");
            if file.is_empty() {
                return Err(fault(line, file_column + 1, "the row names no file".to_owned(), String::new()));
            }
            if let Some(first) = first_lines.insert(key(&file), line) {
                let what = format!("`{file}` already has a row, in line {first}");
                return Err(fault(line, file_column + 1, what, "keep one of them".to_owned()));
            }
            let mut known = KnownMeta::default();
            for (index, value) in record.iter().enumerate().take(names.len()) {
                if names[index].is_empty() {
                    continue;
                }
                if let Err(date) = known.put(roles[index], names[index], value, || order) {
                    let place = Place::at(path, line, index as u64 + 1);
                    manifest.bad_dates.push(Fault { place, what: date.to_string(), help: date.help().to_owned() });
                }
            }
            let place = Place::at(path, line, file_column as u64 + 1);
            manifest.rows.push(ManifestRow { file, known: Arc::new(known), place });
        }
        Ok(manifest)
    }
}

/// The rows of a manifest, each with its line.
type LinesOfCells = Vec<(u64, Vec<String>)>;

/// The header with its line, and the rows below.
fn cells(path: &Path, bytes: &[u8], settings: &Settings) -> Result<(u64, Vec<String>, LinesOfCells)> {
    let mut reader = RowReader::new(bytes, b',', settings.max_article);
    let unreadable = || Error::io("read", path);
    let worth = |header: &csv::ByteRecord| {
        let names = header_names(header);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let roles = roles(&names, &settings.columns);
        (roles.contains(&Role::File), roles.iter().filter(|role| **role != Role::More).count(), names.len())
    };
    reader.find_delimiter(worth).map_err(unreadable())?;
    let mut header = None;
    let mut rows = Vec::new();
    loop {
        match reader.next_row().map_err(unreadable())? {
            NextRow::Row { line, record, .. } if header.is_none() => header = Some((line, header_names(&record))),
            NextRow::Row { line, record, .. } => {
                rows.push((line, record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()));
            }
            // a file is known by all of its row or not at all
            NextRow::LeftOut(fault) | NextRow::Unreadable(fault) => {
                return Err(Error::input(Place::at(path, fault.line, fault.column), fault.what, fault.help));
            }
            NextRow::End => break,
        }
    }
    let Some((line, header)) = header else {
        return Err(Error::input(Place::at(path, 1, 0), "the manifest is empty", header_help()));
    };
    Ok((line, header, rows))
}

fn header_help() -> String {
    "the first line names the columns: file,source,date,title,author,language and any further ones".to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::dates::DateOrder;
    use super::super::options::CorpusOptions;
    use super::*;

    fn parse(text: &[u8]) -> Result<Manifest> {
        Manifest::parse(Path::new("sources.csv"), text.to_vec(), &Settings::of(&CorpusOptions::default()))
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
        let metadata = KnownMeta::clone(&first.known).finish("");
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
            ("file,date\na,\nb,\na,\n", "sources.csv:4:1: `a` already has a row, in line 2 (keep one of them)"),
            ("file,date\na,\n./a,\n", "sources.csv:3:1: `./a` already has a row"),
            ("file,date\n,2020\n", "sources.csv:2:1: the row names no file"),
            ("file,date\na,2020,x\n", "sources.csv:2: 3 fields, where the header has 2"),
            ("file,title\na,\"x\nb,y\nc,z\n", "sources.csv:2:2: a quote opened in this row is never closed"),
            ("title;x\na;b\n", "sources.csv:1: no column `file` among `title`, `x`"),
            ("\u{0}\u{1}\u{2}", "sources.csv: looks binary: 3 control bytes"),
        ] {
            let found = parse(text.as_bytes()).unwrap_err().to_string();
            assert!(found.starts_with(message), "{text:?}: {found}");
        }
    }

    #[test]
    fn a_manifest_from_a_spreadsheet_is_read() {
        let text = "File name;Outlet;Publication date;;\r\nsub\\a.txt;Post;25/09/2023;;\r\nb.txt;Times\r\n;;;;\r\n\
                    c.txt;Sun;03/04/2023;;\r\nd.txt;Sun;soon;;\r\n";
        let manifest = parse(text.as_bytes()).unwrap();
        let shown: Vec<(&str, Option<&str>, Option<&str>)> = manifest
            .rows
            .iter()
            .map(|row| {
                (row.file.as_str(), row.known.source.as_deref(), row.known.date.as_ref().map(|date| date.as_str()))
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("sub/a.txt", Some("Post"), Some("2023-09-25")),
                ("b.txt", Some("Times"), None),
                ("c.txt", Some("Sun"), Some("2023-04-03")),
                ("d.txt", Some("Sun"), None),
            ]
        );
        assert!(manifest.further_columns.is_empty());
        let bad: Vec<String> = manifest.bad_dates.iter().map(ToString::to_string).collect();
        assert_eq!(bad.len(), 1);
        assert!(bad[0].starts_with("sources.csv:6:3: `soon` is not a date and is left empty"), "{bad:?}");
    }

    #[test]
    fn a_date_of_two_readings_is_left_empty_unless_its_order_is_declared() {
        let text = b"file,date\na,09/05/2023\n";
        let manifest = parse(text).unwrap();
        assert_eq!(manifest.rows[0].known.date, None);
        let shown = manifest.bad_dates[0].to_string();
        assert!(shown.starts_with("sources.csv:2:2: the date `09/05/2023` may be read in two ways"), "{shown}");
        let options = CorpusOptions { date_order: Some(DateOrder::MonthFirst), ..CorpusOptions::default() };
        let manifest = Manifest::parse(Path::new("sources.csv"), text.to_vec(), &Settings::of(&options)).unwrap();
        assert_eq!(manifest.rows[0].known.date.as_ref().map(|date| date.as_str()), Some("2023-09-05"));
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
