//! A run writes into a new folder beside its output folder; when everything is there, the two change places.
//!
//! An output folder is one that a run made. Only files that the run has written are replaced, and nothing that is read.

use super::earlier::{Survey, names_in};
use super::in_place::{self, STAGE};
use super::made::MadeFolder;
use super::making::{Making, discard, keep_rights, remove_litter, wait_for};
use super::place::{parent, refuse_inputs, resolve};
use super::sync::{sync_file, sync_folder};
use crate::error::{Error, Result};
use crate::package::is_output_folder;
use std::fs::File;
use std::path::{Path, PathBuf};

/// An output folder in the making. Dropped before [`OutputFolder::commit`], it leaves nothing behind.
#[derive(Debug)]
pub struct OutputFolder {
    /// As the user named it.
    named: PathBuf,
    /// With links followed.
    target: PathBuf,
    fresh: Making,
    made: MadeFolder,
    known: Vec<String>,
    force: Overwrite,
    survey: Survey,
    remarks: Vec<String>,
}

/// Whether an output may go into a folder with files of other origin, which stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overwrite {
    Yes,
    No,
}

impl OutputFolder {
    /// Prepares to replace `target`. `known` are the names a run may write there, `inputs` what it reads. Ends what a
    /// run that was killed had begun, and removes what it left.
    ///
    /// # Errors
    /// `target` is a file, is or holds an input, or holds files that no run has written; it cannot be written.
    pub fn create(target: &Path, known: &[String], force: Overwrite, inputs: &[PathBuf]) -> Result<Self> {
        let named = target.to_path_buf();
        let above = parent(target);
        let made = MadeFolder::create(&above).map_err(Error::io("create the folder", &above))?;
        let target = resolve(target)?;
        if target.exists() && !target.is_dir() {
            return Err(Error::Output(format!(
                "cannot write into `{}`: it is a file; name a folder with `--output`",
                named.display()
            )));
        }
        let mut remarks = Vec::new();
        if target.is_dir() {
            let _lock = lock(&target);
            if in_place::finish(&target)? {
                remarks.push(format!("ended what a killed run had begun in `{}`", named.display()));
            }
            remarks.extend(remove_litter(&target, STAGE, known));
        }
        // Before every file is looked at: a whole home directory may have been named.
        refuse_inputs(&target, None, inputs)?;
        if force == Overwrite::No {
            refuse_other_folders(&named, &target)?;
        }
        let survey = Survey::of(&target, &Survey::default())?;
        refuse_inputs(&target, Some(&survey), inputs)?;
        if force == Overwrite::No {
            refuse_foreign(&named, &survey)?;
        }
        let name = target.file_name().map_or_else(|| "output".into(), |name| name.to_string_lossy().into_owned());
        let prefix = format!(".{name}.new-");
        let above = parent(&target);
        remarks.extend(remove_litter(&above, &prefix, known));
        let beside = || Making::create(&above, &prefix).map_err(Error::io("write in the folder", &above));
        let inside = || Making::create(&target, STAGE).map_err(Error::io("write in the folder", &target));
        let fresh = match target.is_dir() {
            true if !survey.foreign.is_empty() || is_mount(&target) || holds_this_process(&target) => inside()?,
            true => beside().or_else(|error| inside().map_err(|_| error))?,
            false => beside()?,
        };
        Ok(Self { named, target, fresh, made, known: known.to_vec(), force, survey, remarks })
    }

    /// Where the new files go until all are there.
    pub fn path(&self) -> &Path {
        self.fresh.path()
    }

    /// Puts the new files in the place of the old ones, which are deleted then. The answer is what a user should hear.
    ///
    /// # Errors
    /// A file that cannot be synced or a folder that cannot be renamed; the old output is in its place still, or the
    /// next run ends the exchange.
    pub fn commit(mut self) -> Result<Vec<String>> {
        let fresh = self.fresh.path().to_path_buf();
        let lock = lock(&self.target);
        self.survey = Survey::of(&self.target, &self.survey)?;
        if self.force == Overwrite::No {
            refuse_foreign(&self.named, &self.survey)?;
        }
        if lock.is_some() {
            keep_all_rights(&self.target, &fresh);
        }
        sync_folder(&fresh)?;
        let is_inside = fresh.starts_with(&self.target) || !self.survey.foreign.is_empty();
        let exchanged = self.fresh.take(|| match (lock.is_some(), is_inside) {
            (false, _) => {
                let failed = Error::io("put the new output in the place of", &self.target);
                std::fs::rename(&fresh, &self.target).map_err(failed).map(|()| FolderSwap::New)
            }
            (true, true) => Ok(FolderSwap::Impossible),
            (true, false) => exchange(&fresh, &self.target),
        })?;
        match exchanged {
            FolderSwap::New => {}
            FolderSwap::Done => self.put_away(&fresh)?,
            FolderSwap::Impossible => {
                let kept = in_place::replace(&fresh, &self.target, &self.survey)?;
                self.remarks.extend(kept);
            }
        }
        // The output is whole, whether or not the folder above can be synced.
        let _ = sync_file(&parent(&self.target));
        self.made.keep();
        Ok(self.remarks)
    }

    /// Deletes the old output. A file that came while the run went on moves into the new one.
    fn put_away(&mut self, old: &Path) -> Result<()> {
        let late = Survey::of(old, &self.survey)?;
        for name in &late.foreign {
            let to = in_place::free_name(&self.target, name, &[""]);
            if let Some(folder) = self.target.join(&to).parent() {
                std::fs::create_dir_all(folder).map_err(Error::io("create the folder", folder))?;
            }
            std::fs::rename(old.join(name), self.target.join(&to)).map_err(Error::io("keep", old.join(name)))?;
            let (folder, to) = (self.named.display(), to.display());
            self.remarks
                .push(format!("`{}` came into `{folder}` during the run and is kept as `{to}`", name.display()));
        }
        if let Err(why) = discard(old, &self.known) {
            let old = old.display();
            self.remarks.push(format!("the old output could not be deleted and lies in `{old}`: {why}"));
        }
        Ok(())
    }
}

/// How two folders changed places.
enum FolderSwap {
    /// There was no old one.
    New,
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux exchanges two folders in one step"))]
    Done,
    /// The files have to be exchanged one by one.
    Impossible,
}

/// Locks a folder once no other run exchanges it; `None` when it is not there.
fn lock(target: &Path) -> Option<File> {
    loop {
        let file = File::open(target).ok()?;
        wait_for(&file);
        if is_same(&file, target) {
            return Some(file);
        }
    }
}

/// Whether a path still names the folder that was opened.
#[cfg(unix)]
fn is_same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |file: std::fs::Metadata| (file.dev(), file.ino());
    matches!((file.metadata(), std::fs::metadata(path)), (Ok(a), Ok(b)) if place(a.clone()) == place(b.clone()))
}

#[cfg(not(unix))]
fn is_same(_file: &File, _path: &Path) -> bool {
    true
}

/// A mounted folder cannot be renamed.
#[cfg(unix)]
fn is_mount(target: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| std::fs::metadata(path).map(|file| file.dev()).ok();
    device(target) != device(&parent(target)) || target.parent().is_none()
}

#[cfg(not(unix))]
fn is_mount(target: &Path) -> bool {
    target.parent().is_none()
}

/// A shell that stands in the output folder stays in it.
fn holds_this_process(target: &Path) -> bool {
    std::env::current_dir().is_ok_and(|folder| folder.starts_with(target))
}

/// Refuses a folder that holds anything and was written by no run.
fn refuse_other_folders(named: &Path, target: &Path) -> Result<()> {
    if !target.is_dir() || is_output_folder(target) {
        return Ok(());
    }
    match names_in(target)?.as_slice() {
        [] => Ok(()),
        [first, more @ ..] => Err(foreign(named, "holds files, but is no output of a run", first, more.len())),
    }
}

fn refuse_foreign(named: &Path, survey: &Survey) -> Result<()> {
    let Some(first) = survey.foreign.first() else { return Ok(()) };
    let what = match survey.is_output {
        true => "holds what no run has written, or what was changed since",
        false => "holds files, but is no output of a run",
    };
    Err(foreign(named, what, first, survey.foreign.len() - 1))
}

fn foreign(named: &Path, what: &str, first: &Path, more: usize) -> Error {
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Error::Output(format!(
        "`{}` {what}: `{}`{more}; name another folder with `--output`, or write into this one with `--force`, which keeps them",
        named.display(),
        first.display()
    ))
}

/// The new output has the rights of the old one, file by file.
fn keep_all_rights(old: &Path, new: &Path) {
    let mut names = in_place::files(new).unwrap_or_default();
    names.push(PathBuf::new());
    for name in names {
        keep_rights(&old.join(&name), &new.join(&name));
    }
}

#[cfg(target_os = "linux")]
fn exchange(fresh: &Path, target: &Path) -> Result<FolderSwap> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, fresh, CWD, target, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(FolderSwap::Done),
        // Some file systems cannot exchange; a mount point stays where it is; a folder may be writable, and not its parent.
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP | Errno::BUSY | Errno::XDEV | Errno::ACCESS | Errno::PERM) => {
            Ok(FolderSwap::Impossible)
        }
        Err(error) => Err(Error::io("put the new output in the place of", target)(error.into())),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(_fresh: &Path, _target: &Path) -> Result<FolderSwap> {
    Ok(FolderSwap::Impossible)
}
