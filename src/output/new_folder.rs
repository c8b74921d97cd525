//! A folder of files that are no tables of a run: it is new, and appears whole or not at all.

use super::making::Making;
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// A folder in the making.
#[derive(Debug)]
pub struct NewFolder {
    target: PathBuf,
    fresh: Making,
}

impl NewFolder {
    /// Begins a folder that is not there, or is empty.
    ///
    /// # Errors
    /// A folder with files, a file of this name, a place that cannot be written to.
    pub fn create(target: &Path) -> Result<Self> {
        if target.exists() && !std::fs::read_dir(target).is_ok_and(|mut files| files.next().is_none()) {
            return Err(Error::Output(format!(
                "cannot write into `{}`: something is there already; name a new folder",
                target.display()
            )));
        }
        let above = target.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(above).map_err(Error::io("create the folder", above))?;
        let fresh = Making::create(above, ".framescope-").map_err(Error::io("write in the folder", above))?;
        Ok(Self { target: target.to_path_buf(), fresh })
    }

    /// Writes one file; its name may have folders.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.fresh.path().join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(Error::io("create the folder", folder))?;
        }
        std::fs::write(&path, bytes).map_err(Error::io("write", path))
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    /// A folder that cannot be renamed.
    pub fn commit(self) -> Result<()> {
        let fresh = self.fresh.path().to_path_buf();
        self.fresh.take(|| {
            // an empty folder gives way; it is gone already where none was
            let _ = std::fs::remove_dir(&self.target);
            std::fs::rename(&fresh, &self.target).map_err(Error::io("put the files into", &self.target))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_appears_whole_and_never_over_another() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("a/b");
        let folder = NewFolder::create(&target).unwrap();
        folder.write("c/d.txt", b"text").unwrap();
        assert!(!target.exists());
        folder.commit().unwrap();
        assert_eq!(std::fs::read(target.join("c/d.txt")).unwrap(), b"text");
        assert!(NewFolder::create(&target).unwrap_err().to_string().contains("something is there already"));
        drop(NewFolder::create(&root.path().join("e")).unwrap());
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 1);
    }
}
