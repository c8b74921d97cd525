//! Reads a codebook folder. The only file of this stage that touches the disk.

use super::{Codebook, CsvFile, FILE_NAMES};
use crate::error::{Error, Place, Result, did_you_mean};
use std::path::Path;

/// Reads the codebook files of a folder.
///
/// # Errors
/// A missing folder, a folder without any codebook file, an unreadable or undecodable file, a CSV file of an unknown
/// name, and every fault [`Codebook::parse`] finds.
pub fn read_folder(folder: &Path) -> Result<Codebook> {
    let shown = folder.display().to_string();
    let entries = std::fs::read_dir(folder).map_err(Error::io("read the codebook folder", folder))?;
    let mut files = Vec::new();
    for entry in entries {
        let name = entry.map_err(Error::io("read", folder))?.file_name().to_string_lossy().into_owned();
        if !name.ends_with(".csv") || name.starts_with('.') {
            continue;
        }
        let path = folder.join(&name);
        if !FILE_NAMES.contains(&name.as_str()) {
            let help = did_you_mean(&name, FILE_NAMES);
            return Err(Error::input(Place::file(&path), "no codebook file has this name", help));
        }
        let bytes = std::fs::read(&path).map_err(Error::io("read", &path))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            let line = 1 + error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count();
            Error::input(Place::at(&path, line as u64, 0), "this line is not UTF-8", "save the file as UTF-8 CSV")
        })?;
        files.push(CsvFile::new(shown.clone(), name, text));
    }
    if files.is_empty() {
        let help = format!(
            "its files are {}; `framescope codebook export DIR` writes the default ones",
            FILE_NAMES.join(", ")
        );
        return Err(Error::input(Place::file(folder), "no codebook file in this folder", help));
    }
    files.sort_by(|a, b| a.name().cmp(b.name()));
    Codebook::parse(files)
}
