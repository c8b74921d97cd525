//! Folders that go again when what they were made for fails.

use std::path::{Path, PathBuf};

/// A folder and the parents that were made for it. Dropped before [`MadeFolder::keep`], those that are empty are
/// deleted.
#[derive(Debug)]
pub(crate) struct MadeFolder {
    /// The innermost first.
    made: Vec<PathBuf>,
}

impl MadeFolder {
    /// Makes the folder where it is not there yet.
    pub fn create(folder: &Path) -> std::io::Result<Self> {
        let missing = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let made = Self { made: missing.map(Path::to_path_buf).collect() };
        std::fs::create_dir_all(folder)?;
        Ok(made)
    }

    pub fn keep(mut self) {
        self.made.clear();
    }
}

impl Drop for MadeFolder {
    fn drop(&mut self) {
        for folder in &self.made {
            // Of a folder that another has put something into nothing is deleted, nor of its parents.
            if std::fs::remove_dir(folder).is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_empty_folders_that_were_made_go() {
        let root = tempfile::tempdir().expect("a folder");
        let inner = root.path().join("a/b");
        drop(MadeFolder::create(&inner).expect("made"));
        assert!(root.path().exists() && !root.path().join("a").exists());
        let made = MadeFolder::create(&inner).expect("made");
        drop(MadeFolder::create(&inner).expect("there"));
        assert!(inner.exists());
        std::fs::write(root.path().join("a/x"), "").expect("written");
        drop(made);
        assert!(!inner.exists() && root.path().join("a/x").exists());
        MadeFolder::create(&inner).expect("made").keep();
        assert!(inner.exists());
    }
}
