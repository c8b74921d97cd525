//! The files of a command that makes no output folder: a sheet with its key, a sketch, an exported corpus. They are made
//! aside and moved to their places when all are whole, and nothing of the user's is replaced unasked.

use super::folder::Overwrite;
use super::made::MadeFolder;
use super::making::{Making, keep_rights, remove_litter};
use super::place::{parent, refuse_read, resolve};
use super::sync::sync_file;
use crate::error::{Error, Result};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// How the name of a folder begins in which files are made, beside their place.
const ASIDE: &str = ".framescope-files-";

/// The only folder in such a folder.
const INSIDE: &str = "files";

/// Which old file may be replaced without `--force`.
pub type IsOurs = fn(&Path) -> bool;

/// Files in the making. Dropped before [`Files::commit`], nothing has happened.
#[derive(Debug)]
pub struct Files {
    planned: Vec<Planned>,
    force: Overwrite,
    is_ours: IsOurs,
    aside: Vec<(PathBuf, Making)>,
    made: Vec<MadeFolder>,
    remarks: Vec<String>,
}

#[derive(Debug)]
struct Planned {
    /// As the user named it.
    named: PathBuf,
    /// With links followed.
    target: PathBuf,
    /// Where it is made; `None` for a pipe or a device, which takes the bytes itself.
    fresh: Option<PathBuf>,
}

impl Files {
    /// Prepares files of these names, before any work is done for them. `inputs` are what the command reads; `is_ours`
    /// knows an older file of the same kind, which is replaced.
    ///
    /// # Errors
    /// A file that is read or lies in a folder that is read, two files of one name, a file of other origin that is there
    /// already (unless `force`), a folder, a place that cannot be written.
    pub fn create(names: &[PathBuf], force: Overwrite, inputs: &[PathBuf], is_ours: IsOurs) -> Result<Self> {
        let mut files =
            Self { planned: Vec::new(), force, is_ours, aside: Vec::new(), made: Vec::new(), remarks: Vec::new() };
        for named in names {
            files.plan(named, inputs)?;
        }
        Ok(files)
    }

    fn plan(&mut self, named: &Path, inputs: &[PathBuf]) -> Result<()> {
        let above = parent(named);
        self.made.push(MadeFolder::create(&above).map_err(Error::io("create the folder", &above))?);
        let target = resolve(named)?;
        if self.planned.iter().any(|planned| planned.target == target) {
            let named = named.display();
            return Err(Error::Usage(format!("`{named}` would be written twice; give each file its own name")));
        }
        let is_special = match std::fs::metadata(&target) {
            Ok(old) if old.is_dir() => {
                let named = named.display();
                return Err(Error::Output(format!("cannot write `{named}`: it is a folder; name a file")));
            }
            Ok(old) => !old.is_file(),
            Err(_) => false,
        };
        let mut fresh = None;
        if !is_special {
            refuse_read(named, &target, inputs)?;
            self.refuse_old(named, &target)?;
            fresh = Some(self.aside(&parent(&target))?.join(self.planned.len().to_string()));
        }
        self.planned.push(Planned { named: named.to_path_buf(), target, fresh });
        Ok(())
    }

    /// A folder on the same disk as the place of a file.
    fn aside(&mut self, above: &Path) -> Result<PathBuf> {
        let at = match self.aside.iter().position(|(folder, _)| folder == above) {
            Some(at) => at,
            None => {
                self.remarks.extend(remove_litter(above, ASIDE, &[INSIDE.to_owned()]));
                let making = Making::create(above, ASIDE).map_err(Error::io("write in the folder", above))?;
                let inside = making.path().join(INSIDE);
                std::fs::create_dir(&inside).map_err(Error::io("write in the folder", above))?;
                self.aside.push((above.to_path_buf(), making));
                self.aside.len() - 1
            }
        };
        Ok(self.aside[at].1.path().join(INSIDE))
    }

    fn refuse_old(&self, named: &Path, target: &Path) -> Result<()> {
        if self.force == Overwrite::Yes || !target.exists() || (self.is_ours)(target) {
            return Ok(());
        }
        Err(Error::Output(format!(
            "`{}` is there already; take another name, or write over it with `--force`",
            named.display()
        )))
    }

    /// Makes the file of a place in the list of names.
    ///
    /// # Errors
    /// What `make` says; a file that cannot be written.
    pub fn write(&self, at: usize, make: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
        let Planned { named, target, fresh } = &self.planned[at];
        let failed = || Error::io("write", named);
        let file = match fresh {
            Some(fresh) => File::create(fresh),
            None => File::options().write(true).open(target),
        };
        let mut out = BufWriter::new(file.map_err(failed())?);
        make(&mut out)?;
        let file = out.into_inner().map_err(|error| failed()(error.into_error()))?;
        match fresh {
            Some(_) => file.sync_all().map_err(failed()),
            None => Ok(()),
        }
    }

    /// As [`Files::write`], for bytes that are at hand.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn put(&self, at: usize, bytes: &[u8]) -> Result<()> {
        self.write(at, |out| out.write_all(bytes).map_err(Error::io("write", &self.planned[at].named)))
    }

    /// Moves the files to their places, in the order of their names. The answer is what a user should hear.
    ///
    /// # Errors
    /// A file that came there since the beginning; one that cannot be moved.
    pub fn commit(mut self) -> Result<Vec<String>> {
        for planned in &self.planned {
            if planned.fresh.is_some() {
                self.refuse_old(&planned.named, &planned.target)?;
            }
        }
        let all = || {
            for Planned { named, target, fresh } in &self.planned {
                let Some(fresh) = fresh else { continue };
                keep_rights(target, fresh);
                std::fs::rename(fresh, target).map_err(Error::io("write", named))?;
            }
            Ok(())
        };
        match self.aside.first() {
            // No signal ends the program between two of them.
            Some((_, making)) => making.hold(all)?,
            None => all()?,
        }
        for (folder, _) in &self.aside {
            // The files are whole, whether or not their folder can be synced.
            let _ = sync_file(folder);
        }
        self.made.drain(..).for_each(MadeFolder::keep);
        Ok(std::mem::take(&mut self.remarks))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOBODYS: IsOurs = |_| false;

    fn write(
        names: &[PathBuf],
        text: &str,
        force: Overwrite,
        inputs: &[PathBuf],
        is_ours: IsOurs,
    ) -> Result<Vec<String>> {
        let files = Files::create(names, force, inputs, is_ours)?;
        (0..names.len()).try_for_each(|at| files.put(at, text.as_bytes()))?;
        files.commit()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("read");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn all_files_appear_or_none_and_an_older_one_stays_unasked() {
        let root = tempfile::tempdir().expect("a folder");
        let both = [root.path().join("new/a"), root.path().join("new/b")];
        let files = Files::create(&both, Overwrite::No, &[], NOBODYS).expect("planned");
        files.put(0, b"half").expect("written");
        drop(files);
        assert!(names(root.path()).is_empty(), "{:?}", names(root.path()));
        write(&both, "one", Overwrite::No, &[], NOBODYS).expect("written");
        assert_eq!(names(&root.path().join("new")), ["a", "b"]);
        let remarks = write(&both, "two", Overwrite::No, &[], NOBODYS).expect_err("refused").to_string();
        assert!(remarks.contains("a` is there already") && remarks.contains("--force"), "{remarks}");
        write(&both, "two", Overwrite::No, &[], |old| std::fs::read(old).is_ok_and(|old| old == b"one"))
            .expect("its own");
        write(&both, "three", Overwrite::Yes, &[], NOBODYS).expect("forced");
        assert_eq!(std::fs::read(&both[1]).expect("read"), b"three");
        let twice = [both[0].clone(), root.path().join("new/../new/a")];
        assert!(write(&twice, "x", Overwrite::Yes, &[], NOBODYS).expect_err("refused").to_string().contains("twice"));
        assert!(write(&[root.path().join("new")], "x", Overwrite::Yes, &[], NOBODYS).is_err());
        assert_eq!(names(&root.path().join("new")), ["a", "b"]);
    }

    #[test]
    fn a_file_that_came_meanwhile_stays() {
        let root = tempfile::tempdir().expect("a folder");
        let name = root.path().join("a");
        let files = Files::create(std::slice::from_ref(&name), Overwrite::No, &[], NOBODYS).expect("planned");
        files.put(0, b"ours").expect("written");
        std::fs::write(&name, "theirs").expect("written");
        assert!(files.commit().is_err());
        assert_eq!(std::fs::read(&name).expect("read"), b"theirs");
    }

    #[test]
    fn what_is_read_is_never_written_whatever_it_is_called() {
        let root = tempfile::tempdir().expect("a folder");
        let corpus = root.path().join("corpus");
        std::fs::create_dir(&corpus).expect("made");
        std::fs::write(corpus.join("a.txt"), "text").expect("written");
        let inputs = [corpus.clone()];
        for name in ["corpus/a.txt", "corpus/new.csv", "corpus/inner/new.csv"] {
            assert!(write(&[root.path().join(name)], "x", Overwrite::Yes, &inputs, |_| true).is_err(), "{name}");
        }
        #[cfg(unix)]
        {
            let link = root.path().join("link");
            std::os::unix::fs::symlink(corpus.join("a.txt"), &link).expect("linked");
            assert!(write(&[link], "x", Overwrite::Yes, &inputs, |_| true).is_err());
        }
        assert_eq!(std::fs::read(corpus.join("a.txt")).expect("read"), b"text");
        assert_eq!(names(&corpus), ["a.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_its_file_keeps_its_rights() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().expect("a folder");
        let (file, link) = (root.path().join("file"), root.path().join("link"));
        std::fs::write(&file, "before").expect("written");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).expect("set");
        std::os::unix::fs::symlink("file", &link).expect("linked");
        write(std::slice::from_ref(&link), "after", Overwrite::Yes, &[], NOBODYS).expect("written");
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&file).expect("read"), b"after");
        assert_eq!(std::fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
        // A device takes the bytes itself.
        write(&[PathBuf::from("/dev/null")], "x", Overwrite::No, &[], NOBODYS).expect("written");
    }
}
