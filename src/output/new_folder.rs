//! A folder of files that are no tables of a run: it is new, and appears whole or not at all.

use super::in_place;
use super::made::MadeFolder;
use super::making::{Making, keep_rights, remove_litter};
use super::place::{parent, refuse_read, resolve};
use super::sync::{sync_file, sync_folder};
use crate::error::{Error, Result};
use std::path::{Path, PathBuf};

/// How the name of a folder in the making begins.
const ASIDE: &str = ".framescope-folder-";

/// The folder inside it that is moved to its place.
const INSIDE: &str = "files";

/// A folder in the making.
#[derive(Debug)]
pub struct NewFolder {
    target: PathBuf,
    fresh: Making,
    made: MadeFolder,
    remarks: Vec<String>,
}

impl NewFolder {
    /// Begins a folder that is not there, or is empty. `inputs` are what is read for it.
    ///
    /// # Errors
    /// A folder with files, a file of this name, a place inside the inputs, or one that cannot be written to.
    pub fn create(named: &Path, inputs: &[PathBuf]) -> Result<Self> {
        let above = parent(named);
        let made = MadeFolder::create(&above).map_err(Error::io("create the folder", &above))?;
        let target = resolve(named)?;
        refuse_read(named, &target, inputs)?;
        let mut remarks = Vec::new();
        if target.is_dir() && in_place::finish(&target)? {
            remarks.push(format!("ended what a killed run had begun in `{}`", named.display()));
        }
        if target.exists() && !std::fs::read_dir(&target).is_ok_and(|mut files| files.next().is_none()) {
            return Err(Error::Output(format!(
                "cannot write into `{}`: something is there already; name a new folder",
                named.display()
            )));
        }
        let above = parent(&target);
        remarks.extend(remove_litter(&above, ASIDE, &[INSIDE.to_owned()]));
        let fresh = Making::create(&above, ASIDE).map_err(Error::io("write in the folder", &above))?;
        Ok(Self { target, fresh, made, remarks })
    }

    fn inside(&self) -> PathBuf {
        self.fresh.path().join(INSIDE)
    }

    /// Writes one file; its name may have folders.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let path = self.inside().join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(Error::io("create the folder", folder))?;
        }
        std::fs::write(&path, bytes).map_err(Error::io("write", path))
    }

    /// Puts the folder in its place. The answer is what a user should hear.
    ///
    /// # Errors
    /// A folder that cannot be renamed.
    pub fn commit(self) -> Result<Vec<String>> {
        let inside = self.inside();
        sync_folder(&inside)?;
        keep_rights(&self.target, &inside);
        self.fresh.hold(|| {
            // an empty folder gives way; it is gone already where none was
            let _ = std::fs::remove_dir(&self.target);
            match std::fs::rename(&inside, &self.target) {
                // A mounted folder stays where it is, and is filled.
                Err(_) if self.target.is_dir() => in_place::fill(&inside, &self.target),
                done => done.map_err(Error::io("put the files into", &self.target)),
            }
        })?;
        let _ = sync_file(&parent(&self.target));
        self.made.keep();
        Ok(self.remarks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_appears_whole_and_never_over_another() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("a/b");
        let folder = NewFolder::create(&target, &[]).unwrap();
        folder.write("c/d.txt", b"text").unwrap();
        assert!(!target.exists());
        folder.commit().unwrap();
        assert_eq!(std::fs::read(target.join("c/d.txt")).unwrap(), b"text");
        assert!(NewFolder::create(&target, &[]).unwrap_err().to_string().contains("something is there already"));
        drop(NewFolder::create(&root.path().join("e/f"), &[]).unwrap());
        assert!(NewFolder::create(&root.path().join("a/g"), &[root.path().join("a")]).is_err());
        assert_eq!(std::fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_an_empty_folder_stays_and_its_folder_is_filled() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let (real, link) = (root.path().join("real"), root.path().join("link"));
        std::fs::create_dir(&real).unwrap();
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o700)).unwrap();
        std::os::unix::fs::symlink("real", &link).unwrap();
        let folder = NewFolder::create(&link, &[]).unwrap();
        folder.write("a.txt", b"text").unwrap();
        folder.commit().unwrap();
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(real.join("a.txt")).unwrap(), b"text");
        assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
