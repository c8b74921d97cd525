//! What is on the disk, not only in memory: after a power loss there is the old output or the new one.

use crate::error::{Error, Result};
use std::fs::File;
use std::path::Path;

/// Waits until the content of a file, or the names in a folder, are on the disk.
pub(super) fn sync_file(path: &Path) -> std::io::Result<()> {
    match File::open(path)?.sync_all() {
        // Some file systems cannot sync folders.
        Err(error) if matches!(error.raw_os_error(), Some(code) if code == 22) => Ok(()),
        other => other,
    }
}

/// The same for everything below a folder.
pub(super) fn sync_folder(folder: &Path) -> Result<()> {
    for entry in walkdir::WalkDir::new(folder).contents_first(true) {
        let entry = entry.map_err(|error| Error::io("read the folder", folder)(error.into()))?;
        sync_file(entry.path()).map_err(Error::io("sync", entry.path()))?;
    }
    Ok(())
}
