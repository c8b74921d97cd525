//! Folders in the making: each has an owner, who holds a lock on it. A folder without an owner was left by a run that was killed.

use super::earlier::Survey;
use crate::error::{Error, Result};
use crate::package::MARK;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// What this process is making now.
static MAKING: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// A new folder with a lock on it. Dropped before [`Making::take`], it is deleted.
#[derive(Debug)]
pub(crate) struct Making {
    path: PathBuf,
    /// The lock goes with it, and with the process.
    _lock: Option<File>,
}

impl Making {
    /// Makes a folder of a new name that begins with `prefix`, with the rights of any new folder.
    pub fn create(folder: &Path, prefix: &str) -> std::io::Result<Self> {
        loop {
            let mut builder = tempfile::Builder::new();
            builder.prefix(prefix);
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
            let path = builder.tempdir_in(folder)?.keep();
            let lock = File::open(&path).ok();
            if let Some(lock) = &lock {
                wait_for(lock);
            }
            // Another run may have taken it for litter before it was locked.
            if path.exists() {
                making().push(path.clone());
                return Ok(Self { path, _lock: lock });
            }
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Lets `work` put the folder to its place. It is not done when the program is ending, and the end waits for it.
    pub fn take<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let mut making = making();
        let at = making.iter().position(|path| *path == self.path).ok_or(Error::Interrupted)?;
        let done = work()?;
        making.swap_remove(at);
        Ok(done)
    }

    /// Does `work`, which the end of the program waits for, and is not done when it is ending.
    ///
    /// # Errors
    /// What `work` says; an interruption.
    pub fn hold<T>(&self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let making = making();
        if making.contains(&self.path) { work() } else { Err(Error::Interrupted) }
    }
}

impl Drop for Making {
    fn drop(&mut self) {
        let mut making = making();
        if let Some(at) = making.iter().position(|path| *path == self.path) {
            making.swap_remove(at);
            // What cannot be deleted is removed by the next run.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

fn making() -> std::sync::MutexGuard<'static, Vec<PathBuf>> {
    MAKING.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Deletes what this process was making; for a program that ends at once. No output can be put to its place any more.
pub fn abandon() {
    let mut making = making();
    for path in making.drain(..) {
        // The next run removes what stays.
        let _ = std::fs::remove_dir_all(path);
    }
    // Never unlocked: the program ends.
    std::mem::forget(making);
}

/// Removes what killed runs left beside an output, and says what was done.
pub(crate) fn remove_litter(folder: &Path, prefix: &str, known: &[String]) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut remarks = Vec::new();
    for entry in entries.flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let suffix = name.to_str().and_then(|name| name.strip_prefix(prefix));
        let is_ours =
            suffix.is_some_and(|suffix| suffix.len() == 6 && suffix.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !is_ours || !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            continue;
        }
        let Ok(lock) = File::open(&path) else { continue };
        if !try_lock(&lock) {
            continue;
        }
        remarks.push(match discard(&path, known) {
            Ok(()) => format!("removed `{}`, which a killed run had left", path.display()),
            Err(why) => format!("a killed run left `{}`, which could not be removed: {why}", path.display()),
        });
    }
    remarks.sort();
    remarks
}

/// Deletes an output that is not needed any more, or one that was never finished, but nothing that no run has written.
pub(super) fn discard(folder: &Path, known: &[String]) -> std::result::Result<(), String> {
    let survey = Survey::of(folder, &Survey::default()).map_err(|error| error.to_string())?;
    let is_known = |path: &PathBuf| {
        let first = path.iter().next().and_then(|name| name.to_str()).unwrap_or_default();
        known.iter().any(|known| known == first) || first.ends_with(".sorted") || first.starts_with(".tmp")
    };
    // A run that was killed while it deleted its files leaves empty folders.
    let is_empty = |path: &PathBuf| std::fs::symlink_metadata(folder.join(path)).is_ok_and(|entry| entry.is_dir());
    let mut unknown = survey.foreign.iter().filter(|path| !is_empty(path));
    let unknown = match survey.is_output {
        true => unknown.next(),
        false => unknown.find(|path| !is_known(path)),
    };
    if let Some(unknown) = unknown {
        return Err(format!("no run has written `{}` in it", unknown.display()));
    }
    // The mark goes last: as long as it is there, the next run knows what is what.
    for name in survey.own.keys().filter(|name| *name != Path::new(MARK)) {
        std::fs::remove_file(folder.join(name)).map_err(|error| error.to_string())?;
    }
    std::fs::remove_dir_all(folder).map_err(|error| error.to_string())
}

/// A new file or folder gets the rights of the old one, and its group where that may be given. What cannot be set stays as
/// it is for any new file.
pub(super) fn keep_rights(old: &Path, new: &Path) {
    let Ok(file) = std::fs::metadata(old) else { return };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let _ = std::os::unix::fs::chown(new, Some(file.uid()), Some(file.gid()));
    }
    let _ = std::fs::set_permissions(new, file.permissions());
}

/// Waits until no other process has the lock. Where folders cannot be locked, it does not wait.
pub(super) fn wait_for(file: &File) {
    #[cfg(unix)]
    let _ = rustix::fs::flock(file, rustix::fs::FlockOperation::LockExclusive);
    #[cfg(not(unix))]
    let _ = file;
}

#[cfg(unix)]
fn try_lock(file: &File) -> bool {
    rustix::fs::flock(file, rustix::fs::FlockOperation::NonBlockingLockExclusive).is_ok()
}

#[cfg(not(unix))]
fn try_lock(_file: &File) -> bool {
    false
}
