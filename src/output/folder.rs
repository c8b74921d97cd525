//! A run writes into a sibling of its output folder; when everything is there, the two change places.

use crate::error::{Error, Result};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// An output folder in the making. Dropped before [`OutputFolder::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct OutputFolder {
    target: PathBuf,
    fresh: TempDir,
}

/// Whether an output folder with files of other origin may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    Yes,
    No,
}

/// Every run writes this file; a folder that has it is an output folder.
const MARK: &str = "datapackage.json";

impl OutputFolder {
    /// Prepares to replace `target`. `known` are the names a run may have written there.
    ///
    /// # Errors
    /// `target` is a file; it holds files the run does not know; its parent cannot be written.
    pub fn create(target: &Path, known: &[String], force: Force) -> Result<Self> {
        if target.is_file() {
            return Err(Error::Output(format!(
                "cannot write into `{}`: it is a file; name a folder with `--output`",
                target.display()
            )));
        }
        if force == Force::No {
            refuse_foreign_files(target, known)?;
        }
        let parent = match target.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        std::fs::create_dir_all(&parent).map_err(Error::io("create the folder", &parent))?;
        let name = target.file_name().map_or_else(|| "output".into(), |name| name.to_string_lossy().into_owned());
        let fresh = tempfile::Builder::new()
            .prefix(&format!(".{name}.new-"))
            .tempdir_in(&parent)
            .map_err(Error::io("write in the folder", &parent))?;
        Ok(Self { target: target.to_path_buf(), fresh })
    }

    /// Where the new files go until all are there.
    pub fn path(&self) -> &Path {
        self.fresh.path()
    }

    /// Puts the new folder in the place of the old one, which is deleted then.
    ///
    /// # Errors
    /// A file that cannot be synced or a folder that cannot be renamed; the old output is in its place still.
    pub fn commit(self) -> Result<()> {
        make_readable(self.fresh.path())?;
        let fresh = self.fresh.path();
        if self.target.exists() {
            exchange(fresh, &self.target)?;
            // Now the temporary name is the old output; dropping the guard deletes it.
            return Ok(());
        }
        std::fs::rename(fresh, &self.target).map_err(Error::io("put the new output in the place of", &self.target))?;
        // Nothing is left under the temporary name.
        let _ = self.fresh.keep();
        Ok(())
    }
}

fn refuse_foreign_files(target: &Path, known: &[String]) -> Result<()> {
    let entries = match std::fs::read_dir(target) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io("read the output folder", target)(error)),
    };
    let mut foreign = Vec::new();
    let mut marked = false;
    for entry in entries {
        let name =
            entry.map_err(Error::io("read the output folder", target))?.file_name().to_string_lossy().into_owned();
        marked |= name == MARK;
        if !known.contains(&name) {
            foreign.push(name);
        }
    }
    foreign.sort();
    match foreign.first() {
        None => Ok(()),
        Some(first) => {
            let more = if foreign.len() > 1 { format!(" and {} more", foreign.len() - 1) } else { String::new() };
            let what = if marked { "files that no run has written" } else { "files, but no output of a run" };
            Err(Error::Output(format!(
                "`{}` holds {what}: `{first}`{more}; the folder is replaced as a whole, so name another one with `--output`, \
                 or replace it with `--force`",
                target.display()
            )))
        }
    }
}

/// A temporary folder is private; an output folder has the rights of any new one.
fn make_readable(folder: &Path) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))
            .map_err(Error::io("set the rights of", folder))?;
    }
    Ok(())
}

#[cfg(target_os = "linux")]
fn exchange(fresh: &Path, target: &Path) -> Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, fresh, CWD, target, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Some file systems cannot exchange.
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {
            step_aside(fresh, target)
        }
        Err(error) => Err(Error::io("put the new output in the place of", target)(error.into())),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(fresh: &Path, target: &Path) -> Result<()> {
    step_aside(fresh, target)
}

/// The old folder steps aside, the new one takes its place, and the old one gets the temporary name.
fn step_aside(fresh: &Path, target: &Path) -> Result<()> {
    let aside = fresh.with_extension("old");
    std::fs::rename(target, &aside).map_err(Error::io("move aside", target))?;
    if let Err(error) = std::fs::rename(fresh, target) {
        let _ = std::fs::rename(&aside, target);
        return Err(Error::io("put the new output in the place of", target)(error));
    }
    std::fs::rename(&aside, fresh).map_err(Error::io("remove the old output at", &aside))
}
