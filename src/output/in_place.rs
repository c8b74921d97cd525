//! Where two folders cannot change places (a mount point, a folder whose parent cannot be written, a folder that holds
//! files of the user), the files are exchanged one by one. A journal says what is to be done, so that the next run ends
//! what was cut off.

use super::earlier::{OWN_PREFIX, Survey};
use super::sync::sync_file;
use crate::error::{Error, Result};
use crate::package::MARK;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

const JOURNAL: &str = ".framescope-journal";

/// How the names of folders with new files begin, inside the output.
pub(super) const STAGE: &str = ".framescope-new-";

#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    /// The folder with the new files, in the output folder.
    stage: PathBuf,
    /// Files of the earlier run that have no successor.
    gone: Vec<PathBuf>,
    /// What no run has written and is in the way, with the name it gets.
    kept: Vec<(PathBuf, PathBuf)>,
}

/// Moves the files of `fresh` to their places in `target`. Nothing of the user's is deleted: what is in the way gets
/// another name, which is reported.
///
/// # Errors
/// A file that cannot be moved; the next run goes on.
pub(super) fn replace(fresh: &Path, target: &Path, survey: &Survey) -> Result<Vec<String>> {
    let stage = match fresh.starts_with(target) {
        true => fresh.to_path_buf(),
        false => tempfile::Builder::new()
            .prefix(STAGE)
            .tempdir_in(target)
            .map_err(Error::io("write in the folder", target))?
            .keep(),
    };
    let begun = carry(fresh, &stage).map_err(Error::io("write in the folder", &stage));
    let begun = begun.and_then(|()| begin(&stage, target, survey));
    if begun.is_err() {
        // Nothing has been exchanged yet. The next run removes what stays.
        let _ = std::fs::remove_dir_all(&stage);
        let _ = std::fs::remove_dir_all(fresh);
    }
    let remarks = begun?;
    finish(target)?;
    Ok(remarks)
}

/// Moves the files of `fresh` into a folder that is empty.
///
/// # Errors
/// A file that cannot be moved; the next call of [`finish`] goes on.
pub(super) fn fill(fresh: &Path, target: &Path) -> Result<()> {
    replace(fresh, target, &Survey::default()).map(drop)
}

/// Brings the new files into a folder that may be on another disk.
fn carry(fresh: &Path, stage: &Path) -> std::io::Result<()> {
    if fresh == stage {
        return Ok(());
    }
    for name in files(fresh)? {
        let to = stage.join(&name);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        if std::fs::rename(fresh.join(&name), &to).is_err() {
            std::fs::copy(fresh.join(&name), &to)?;
            sync_file(&to)?;
        }
    }
    std::fs::remove_dir_all(fresh)
}

/// Writes the journal: from here on, the exchange is ended by this run or by the next one.
fn begin(stage: &Path, target: &Path, survey: &Survey) -> Result<Vec<String>> {
    let write = || Error::io("write in the folder", target);
    let new: BTreeSet<PathBuf> = files(stage).map_err(write())?.into_iter().collect();
    let gone = survey.own.keys().filter(|name| !new.contains(*name)).cloned().collect();
    let in_the_way: BTreeSet<&Path> =
        new.iter().flat_map(|name| name.ancestors()).filter(|name| survey.foreign.contains(*name)).collect();
    let kept: Vec<(PathBuf, PathBuf)> =
        in_the_way.into_iter().map(|name| (name.to_path_buf(), free_name(target, name, &[]))).collect();
    let remarks = kept.iter().map(|(from, to)| {
        format!("`{}` was written by no run and is kept as `{}`", target.join(from).display(), to.display())
    });
    let remarks = remarks.collect();
    let stage = stage.file_name().map(PathBuf::from).unwrap_or_default();
    let journal = serde_json::to_vec(&Journal { stage, gone, kept }).unwrap_or_default();
    let mut file = tempfile::Builder::new().prefix(OWN_PREFIX).tempfile_in(target).map_err(write())?;
    file.write_all(&journal).and_then(|()| file.as_file().sync_all()).map_err(write())?;
    file.persist(target.join(JOURNAL)).map_err(|error| write()(error.error))?;
    sync_file(target).map_err(write())?;
    Ok(remarks)
}

/// Ends what a run that was cut off had begun; whether there was anything.
///
/// # Errors
/// A file that cannot be moved.
pub(super) fn finish(target: &Path) -> Result<bool> {
    let path = target.join(JOURNAL);
    let Ok(journal) = std::fs::read(&path) else { return Ok(false) };
    let journal: Journal = serde_json::from_slice(&journal).map_err(|error| {
        Error::Output(format!("cannot read `{}`: {error}; delete it, and the output is as it is", path.display()))
    })?;
    apply(target, &journal).map_err(Error::io("exchange the files in", target))?;
    std::fs::remove_file(&path).map_err(Error::io("remove", &path))?;
    Ok(true)
}

fn apply(target: &Path, journal: &Journal) -> std::io::Result<()> {
    let stage = target.join(&journal.stage);
    let mut new = if stage.is_dir() { files(&stage)? } else { Vec::new() };
    for (from, to) in &journal.kept {
        // Once a new file is in its place, it has left the stage.
        let is_in_the_way = new.iter().any(|name| name.starts_with(from)) && !target.join(to).exists();
        if is_in_the_way && target.join(from).symlink_metadata().is_ok() {
            std::fs::rename(target.join(from), target.join(to))?;
        }
    }
    // The data package last: until then, a reader sees that files differ from it.
    new.sort_by_key(|name| name == Path::new(MARK));
    for name in &new {
        let to = target.join(name);
        if let Some(folder) = to.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::rename(stage.join(name), to)?;
    }
    for name in &journal.gone {
        match std::fs::remove_file(target.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        for folder in name.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
            // One that is not empty stays.
            if std::fs::remove_dir(target.join(folder)).is_err() {
                break;
            }
        }
    }
    if stage.is_dir() {
        std::fs::remove_dir_all(&stage)?;
    }
    sync_file(target)
}

/// A name beside a file that nothing has yet: `README.md.kept`, then `README.md.kept-2`; before these, the name with the
/// endings of `first`.
pub(super) fn free_name(target: &Path, name: &Path, first: &[&str]) -> PathBuf {
    let with = |suffix: String| {
        let mut name = name.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    };
    let first = first.iter().map(|suffix| (*suffix).to_owned());
    let mut names =
        first.chain(std::iter::once(".kept".into())).chain((2u32..).map(|n| format!(".kept-{n}"))).map(with);
    let is_free = |name: &PathBuf| target.join(name).symlink_metadata().is_err();
    names.find(is_free).unwrap_or_else(|| name.to_path_buf())
}

/// The files of a folder and those below it, as relative paths.
pub(super) fn files(root: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry?;
        if !entry.file_type().is_dir() {
            files.push(entry.path().strip_prefix(root).unwrap_or(entry.path()).to_path_buf());
        }
    }
    Ok(files)
}
