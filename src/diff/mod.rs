//! What changed between two outputs, and why.
//!
//! Comes in: two folders that runs have written. Goes out: a [`Diff`] with the causes (articles, codebook, options,
//! version) and, for each table, the rows and cells that differ, by the key of their row. Refused: a folder without
//! tables.

mod causes;
mod keys;
mod moved;
mod show;
mod table;

pub use causes::{Causes, Setting};
pub use moved::{Estimate, Moved};
pub use show::{Detail, csv, text};
pub use table::{CellChange, RowChange, TableDiff};

use crate::error::{Error, Place, Result};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Everything that differs between two outputs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Diff {
    pub causes: Causes,
    /// The contrasts whose values differ, the one that moved most first.
    pub moved: Vec<Moved>,
    /// The tables with a difference, by name.
    pub tables: Vec<TableDiff>,
    /// Tables that only one of the outputs has.
    pub only_old: Vec<String>,
    pub only_new: Vec<String>,
}

impl Diff {
    /// Compares two outputs, and keeps at most so many rows of each table that differ; all of them are counted.
    ///
    /// # Errors
    /// A folder that cannot be read or holds no table; a table that is no CSV file.
    pub fn between(old: &Path, new: &Path, most: usize) -> Result<Self> {
        let (old_tables, new_tables) = (tables(old)?, tables(new)?);
        let by = keys::by_columns(new)?.or(keys::by_columns(old)?).unwrap_or_else(|| vec!["source".into()]);
        let mut diff = Self {
            causes: Causes::between(old, new)?,
            moved: moved::moved(&old.join("contrasts.csv"), &new.join("contrasts.csv"), &by)?,
            tables: Vec::new(),
            only_old: old_tables.difference(&new_tables).cloned().collect(),
            only_new: new_tables.difference(&old_tables).cloned().collect(),
        };
        for name in old_tables.intersection(&new_tables) {
            let file = format!("{name}.csv");
            let table = TableDiff::between(name, &old.join(&file), &new.join(&file), &by, most)?;
            if !table.is_empty() {
                diff.tables.push(table);
            }
        }
        Ok(diff)
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The names of the tables in a folder.
fn tables(folder: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder).map_err(Error::io("read the output", folder))? {
        let name = entry.map_err(Error::io("read the output", folder))?.file_name().to_string_lossy().into_owned();
        if let Some(table) = name.strip_suffix(".csv") {
            names.insert(table.to_owned());
        }
    }
    if names.is_empty() {
        let help = "name two folders that `framescope run` has written, the old one first";
        return Err(Error::input(Place::file(folder), "no table in the folder", help));
    }
    Ok(names)
}

/// A table as text: the header and the rows.
struct Read {
    header: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

fn read(path: &Path) -> Result<Read> {
    let mut table = Table::open(path)?;
    let rows = table.reader.records().collect::<std::result::Result<_, _>>().map_err(|error| fault(path, &error))?;
    Ok(Read { header: table.header, rows })
}

/// A table that is read row by row.
struct Table<R> {
    path: PathBuf,
    header: Vec<String>,
    reader: csv::Reader<R>,
}

impl Table<File> {
    fn open(path: &Path) -> Result<Self> {
        Self::new(path, File::open(path).map_err(Error::io("read", path))?)
    }
}

impl<R: std::io::Read + std::io::Seek> Table<R> {
    fn new(path: &Path, input: R) -> Result<Self> {
        let mut reader = csv::ReaderBuilder::new().has_headers(true).buffer_capacity(1 << 16).from_reader(input);
        let header = reader.headers().map_err(|error| fault(path, &error))?;
        let header: Vec<String> = header.iter().map(|name| name.trim_start_matches('\u{FEFF}').to_owned()).collect();
        if header.is_empty() {
            let help = "write the output once more: a file without a header is what a power loss leaves";
            return Err(Error::input(Place::file(path), "no table: the file is empty", help));
        }
        Ok(Self { path: path.to_owned(), header, reader })
    }

    /// Reads the next row; `false` after the last.
    fn next(&mut self, row: &mut csv::StringRecord) -> Result<bool> {
        self.reader.read_record(row).map_err(|error| fault(&self.path, &error))
    }

    /// Reads the row that begins at a place in the file.
    fn at(&mut self, place: u64, row: &mut csv::StringRecord) -> Result<bool> {
        // Of rows that stand one behind the other none is sought: the reader is there already.
        if self.reader.position().byte() != place {
            let mut position = csv::Position::new();
            position.set_byte(place);
            self.reader.seek(position).map_err(|error| fault(&self.path, &error))?;
        }
        self.next(row)
    }
}

fn fault(path: &Path, error: &csv::Error) -> Error {
    let line = error.position().map_or(0, csv::Position::line);
    Error::input(Place::at(path, line, 0), format!("no table: {error}"), "compare outputs that were not edited")
}
