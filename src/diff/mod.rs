//! What changed between two outputs, and why.
//!
//! Comes in: two folders that runs have written. Goes out: a [`Diff`] with the causes (articles, codebook, options,
//! version) and, for each table, the rows and cells that differ, by the key of their row. Refused: a folder without
//! tables. Both outputs are read as streams: memory follows what differs, not what is there (`join.rs`).

mod as_csv;
mod causes;
mod join;
mod keys;
mod moved;
mod show;
mod table;

pub use as_csv::write_csv;
pub use causes::{Causes, Setting};
pub use moved::{Estimate, Moved};
pub use show::{Detail, text};
pub use table::{CellChange, RowChange, TableDiff};

use crate::error::{Error, Place, Result};
use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};

/// Everything that differs between two outputs.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Diff {
    pub causes: Causes,
    /// The contrasts whose values differ, the one that moved most first: as many as were to be kept.
    pub moved: Vec<Moved>,
    /// How many there are.
    pub contrasts_moved: usize,
    /// The tables with a difference, by name.
    pub tables: Vec<TableDiff>,
    /// Tables that only one of the outputs has.
    pub only_old: Vec<String>,
    pub only_new: Vec<String>,
}

/// Which columns of a table's rows are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// What was read and counted. Numbers computed from counts, as rates, intervals and p, move with any article that
    /// comes or goes; rows in which nothing else differs are counted by themselves.
    Counted,
    All,
}

/// How much is kept of what differs; all of it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Contrasts that moved.
    pub contrasts: usize,
    /// Rows of each table.
    pub rows: usize,
}

impl Diff {
    /// Compares two outputs.
    ///
    /// # Errors
    /// A folder that cannot be read or holds no table; a table that is no CSV file.
    pub fn between(old: &Path, new: &Path, compared: Compared, keep: Keep) -> Result<Self> {
        let both = Both::of(old, new)?;
        let contrasts = both.paths("contrasts");
        let (moved, contrasts_moved) = moved::moved(&contrasts[0], &contrasts[1], &both.by, keep.contrasts)?;
        let mut diff = Self { causes: Causes::between(old, new)?, moved, contrasts_moved, ..Self::default() };
        for name in &both.names {
            let mut rows = Vec::new();
            let mut table = both.compare(name, compared, keep.rows, &mut |_, row| {
                rows.push(row);
                Ok(())
            })?;
            table.rows = rows;
            if !table.is_empty() {
                diff.tables.push(table);
            }
        }
        (diff.only_old, diff.only_new) = (both.only_old, both.only_new);
        Ok(diff)
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Two folders and the tables in them.
struct Both<'a> {
    old: &'a Path,
    new: &'a Path,
    /// The columns of `--by`.
    by: Vec<String>,
    names: Vec<String>,
    only_old: Vec<String>,
    only_new: Vec<String>,
}

impl<'a> Both<'a> {
    fn of(old: &'a Path, new: &'a Path) -> Result<Self> {
        let (in_old, in_new) = (tables(old)?, tables(new)?);
        let by = keys::by_columns(new)?.or(keys::by_columns(old)?).unwrap_or_else(|| vec!["source".into()]);
        Ok(Self {
            old,
            new,
            by,
            names: in_old.intersection(&in_new).cloned().collect(),
            only_old: in_old.difference(&in_new).cloned().collect(),
            only_new: in_new.difference(&in_old).cloned().collect(),
        })
    }

    fn paths(&self, table: &str) -> [PathBuf; 2] {
        [self.old, self.new].map(|folder| folder.join(format!("{table}.csv")))
    }

    fn compare(
        &self,
        name: &str,
        compared: Compared,
        most: usize,
        each: &mut dyn FnMut(&TableDiff, RowChange) -> Result<()>,
    ) -> Result<TableDiff> {
        let paths = self.paths(name);
        TableDiff::between(name, paths.each_ref().map(PathBuf::as_path), (&self.by, compared), most, each)
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

/// Bytes between two places that are rather read than passed over.
const NEAR: u64 = 16 << 10;

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
    fn at(&mut self, place: u64, row: &mut csv::StringRecord) -> Result<()> {
        // A few rows further on they are read: a search throws away what was read ahead.
        while self.reader.position().byte() < place && place - self.reader.position().byte() < NEAR {
            if !self.next(row)? {
                break;
            }
        }
        if self.reader.position().byte() != place {
            let mut position = csv::Position::new();
            position.set_byte(place);
            self.reader.seek(position).map_err(|error| fault(&self.path, &error))?;
        }
        if self.next(row)? {
            return Ok(());
        }
        let help = "compare outputs that nobody writes meanwhile";
        Err(Error::input(Place::file(&self.path), "the table has become shorter while it was read", help))
    }
}

fn fault(path: &Path, error: &csv::Error) -> Error {
    let line = error.position().map_or(0, csv::Position::line);
    Error::input(Place::at(path, line, 0), format!("no table: {error}"), "compare outputs that were not edited")
}
