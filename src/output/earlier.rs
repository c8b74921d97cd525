//! What an earlier run left in a folder: its data package lists which files are its own, and what was in them.

use super::Hashing;
use crate::error::{Error, Result};
use crate::package::{Listed, MARK, listed};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// How the names of what a run needs inside an output folder for a while begin.
pub(super) const OWN_PREFIX: &str = ".framescope-";

/// What lies in an output folder.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub is_output: bool,
    /// Files that are as a run wrote them.
    pub own: BTreeMap<PathBuf, Stamp>,
    /// Everything else: files and folders of the user, and files of a run that were changed.
    pub foreign: BTreeSet<PathBuf>,
}

/// A file with the same stamp need not be hashed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    bytes: u64,
    changed: Option<SystemTime>,
}

impl Stamp {
    fn of(file: &Metadata) -> Self {
        Self { bytes: file.len(), changed: file.modified().ok() }
    }
}

impl Survey {
    /// Looks at every file of a folder, which may be missing. `before` is what an earlier look found.
    ///
    /// # Errors
    /// A folder or a file that cannot be read.
    pub fn of(folder: &Path, before: &Self) -> Result<Self> {
        let listed = listed(folder);
        let mut survey = Self { is_output: listed.is_some(), ..Self::default() };
        if folder.exists() {
            survey.look(folder, Path::new(""), &listed.unwrap_or_default(), before)?;
        }
        Ok(survey)
    }

    fn look(&mut self, root: &Path, inside: &Path, listed: &Listed, before: &Self) -> Result<()> {
        let folder = root.join(inside);
        for entry in std::fs::read_dir(&folder).map_err(Error::io("read the output folder", &folder))? {
            let entry = entry.map_err(Error::io("read the output folder", &folder))?;
            let (path, name) = (entry.path(), inside.join(entry.file_name()));
            if inside.as_os_str().is_empty() && entry.file_name().as_encoded_bytes().starts_with(OWN_PREFIX.as_bytes())
            {
                continue;
            }
            let file = match entry.metadata() {
                // It has gone since the folder was listed.
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                file => file.map_err(Error::io("read", &path))?,
            };
            let is_empty = || std::fs::read_dir(&path).is_ok_and(|mut entries| entries.next().is_none());
            if file.is_dir() && !is_empty() {
                self.look(root, &name, listed, before)?;
                continue;
            }
            let stamp = Stamp::of(&file);
            let is_own = file.is_file()
                && match listed.get(&name) {
                    None => self.is_output && name == Path::new(MARK),
                    Some(_) if before.own.get(&name) == Some(&stamp) => true,
                    Some(hash) => hash_of(&path)? == *hash,
                };
            match is_own {
                true => _ = self.own.insert(name, stamp),
                false => _ = self.foreign.insert(name),
            }
        }
        Ok(())
    }
}

/// What lies in a folder itself, but for what a run needs there for a while, in order.
pub(super) fn names_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let read = || Error::io("read the output folder", folder);
    let entries = std::fs::read_dir(folder).map_err(read())?.collect::<std::io::Result<Vec<_>>>().map_err(read())?;
    let mut names: Vec<PathBuf> = entries.iter().map(|entry| PathBuf::from(entry.file_name())).collect();
    names.retain(|name| !name.as_os_str().as_encoded_bytes().starts_with(OWN_PREFIX.as_bytes()));
    names.sort();
    Ok(names)
}

/// The hexadecimal SHA-256 of a file.
pub(crate) fn hash_of(path: &Path) -> Result<String> {
    let mut hashing = Hashing::new(std::io::sink());
    let mut file = std::fs::File::open(path).map_err(Error::io("read", path))?;
    std::io::copy(&mut file, &mut hashing).map_err(Error::io("read", path))?;
    Ok(hashing.finish("").0.sha256)
}

/// A file of an output that is not as its data package says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deviation {
    Changed(PathBuf),
    Gone(PathBuf),
    /// No run has written it.
    Added(PathBuf),
}

impl std::fmt::Display for Deviation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Changed(path) => write!(f, "`{}` is not what `{MARK}` says: its hash differs", path.display()),
            Self::Gone(path) => write!(f, "`{}` is gone, which `{MARK}` lists", path.display()),
            Self::Added(path) => write!(f, "`{}` was written by no run", path.display()),
        }
    }
}

/// Every difference between an output and its data package: files that were changed, that are gone, and that no run has
/// written.
///
/// # Errors
/// The folder is no output of a run, or cannot be read.
pub fn check_output(folder: &Path) -> Result<Vec<Deviation>> {
    let Some(listed) = listed(folder) else {
        return Err(Error::input(
            crate::error::Place::file(folder),
            format!("no output of a run: there is no `{MARK}` that a run wrote"),
            "name a folder that `framescope run` or `framescope tables` wrote",
        ));
    };
    let survey = Survey::of(folder, &Survey::default())?;
    let is_there = |name: &PathBuf| survey.own.contains_key(name) || survey.foreign.contains(name);
    let gone = listed.keys().filter(|name| !is_there(name)).map(|name| Deviation::Gone(folder.join(name)));
    let other = survey.foreign.iter().map(|name| match listed.contains_key(name) {
        true => Deviation::Changed(folder.join(name)),
        false => Deviation::Added(folder.join(name)),
    });
    Ok(gone.chain(other).collect())
}
