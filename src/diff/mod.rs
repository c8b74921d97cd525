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
use std::path::Path;

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
    /// Compares two outputs.
    ///
    /// # Errors
    /// A folder that cannot be read or holds no table; a table that is no CSV file.
    pub fn between(old: &Path, new: &Path) -> Result<Self> {
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
            let table = TableDiff::between(name, &old.join(&file), &new.join(&file), &by)?;
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
    let file = std::fs::File::open(path).map_err(Error::io("read", path))?;
    let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(std::io::BufReader::new(file));
    let fault = |error: csv::Error| {
        let line = error.position().map_or(0, csv::Position::line);
        Error::input(Place::at(path, line, 0), format!("no table: {error}"), "compare outputs that were not edited")
    };
    let header = reader.headers().map_err(fault)?.iter().map(|name| name.trim_start_matches('\u{FEFF}').to_owned());
    let header: Vec<String> = header.collect();
    if header.is_empty() {
        let help = "write the output once more: a file without a header is what a power loss leaves";
        return Err(Error::input(Place::file(path), "no table: the file is empty", help));
    }
    let rows = reader.records().collect::<std::result::Result<_, _>>().map_err(fault)?;
    Ok(Read { header, rows })
}
