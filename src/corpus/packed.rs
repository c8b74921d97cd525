//! Zip archives of articles: each member is a file, as if it lay in a folder of the archive's name.

use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zip::ZipArchive;
use zip::result::ZipError;

use super::compressed::ByteStream;
use super::options::Format;
use super::walk::{FileClass, FoundFile};
use crate::error::{Error, Result};

/// A member of more bytes than this is not unpacked.
const MAX_MEMBER_BYTES: u64 = 1 << 30;
/// So many times its size no text unpacks to: where an archive says so, it is made to fill the memory.
const MAX_RATIO: u64 = 300;
/// Below this size a ratio means nothing.
const SMALL_BYTES: u64 = 64 << 20;

/// A file in an archive.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    archive: Arc<ZipArchive<Reopened>>,
    index: usize,
    /// `archive.zip/folder/name`, for messages.
    pub path: PathBuf,
    bytes: u64,
    /// The source that the place in the archive gives: a folder in it; none where the archive has no folders.
    pub source: Option<String>,
}

impl PartialEq for Member {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Eq for Member {}

/// A file that is opened when it is first read, so that each reader of an archive has a place of its own.
#[derive(Debug)]
struct Reopened {
    path: PathBuf,
    file: Option<File>,
}

impl Clone for Reopened {
    fn clone(&self) -> Self {
        Self { path: self.path.clone(), file: None }
    }
}

impl Reopened {
    fn file(&mut self) -> std::io::Result<&mut File> {
        Ok(match &mut self.file {
            Some(file) => file,
            none => none.insert(File::open(&self.path)?),
        })
    }
}

impl Read for Reopened {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.file()?.read(buffer)
    }
}

impl Seek for Reopened {
    fn seek(&mut self, position: SeekFrom) -> std::io::Result<u64> {
        self.file()?.seek(position)
    }
}

/// What an archive holds.
#[derive(Debug, Default)]
pub(crate) struct ArchiveListing {
    /// The files, sorted by the bytes of their paths.
    pub found: Vec<FoundFile>,
    /// What is not read, with the reason.
    pub not_read: Vec<(PathBuf, String, &'static str)>,
}

/// Lists an archive. `relative` is its path in the corpus.
///
/// # Errors
///
/// A file that cannot be opened.
pub(crate) fn list(path: &Path, relative: &str, forced: Option<Format>) -> Result<ArchiveListing> {
    let mut listing = ArchiveListing::default();
    let size = File::open(path).and_then(|file| file.metadata()).map_err(Error::io("open", path))?.len();
    let mut refuse = |what: String, help| listing.not_read.push((path.to_owned(), what, help));
    let archive = match ZipArchive::new(Reopened { path: path.to_owned(), file: None }) {
        Ok(archive) => archive,
        Err(ZipError::Io(source)) if source.raw_os_error().is_some() => {
            return Err(Error::Io { path: path.to_owned(), action: "read", source });
        }
        Err(error) => {
            refuse(format!("not read: the archive is damaged or cut short: {error}"), "fetch it anew");
            return Ok(listing);
        }
    };
    let shared = Arc::new(archive.clone());
    let mut archive = archive;
    let (mut members, mut total) = (Vec::new(), 0u64);
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index_raw(index) else {
            refuse(format!("its member {} cannot be read", index + 1), "fetch the archive anew");
            continue;
        };
        let name = entry.name().ok().and_then(|name| plain_name(&name)).filter(|_| entry.is_file());
        let Some(name) = name else { continue };
        total = total.saturating_add(entry.size());
        let ratio = entry.size() / entry.compressed_size().max(1);
        let is_bomb = entry.size() > SMALL_BYTES && ratio > MAX_RATIO;
        let fault = if entry.encrypted() {
            Some("not read: it is locked with a password")
        } else if is_bomb || entry.size() > MAX_MEMBER_BYTES {
            Some("not read: it unpacks to more than any file of articles")
        } else {
            None
        };
        members.push((name, index, entry.size(), fault));
    }
    if total > (SMALL_BYTES * 4).max(size.saturating_mul(MAX_RATIO)) {
        refuse(format!("not read: the archive says that it unpacks to {total} bytes"), "it is no usual archive");
        return Ok(listing);
    }
    members.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
    members.dedup_by(|second, first| first.0 == second.0);
    let common = common_folder(members.iter().map(|(name, ..)| name.as_str()));
    for (name, index, bytes, fault) in members {
        let place = path.join(&name);
        if let Some(fault) = fault {
            listing.not_read.push((place, fault.to_owned(), "unpack it, and look at it"));
            continue;
        }
        let file_name = name.rsplit('/').next().unwrap_or(&name);
        let class = match FileClass::of(file_name, forced) {
            FileClass::Archive => {
                listing.not_read.push((place, "not read: an archive in an archive".to_owned(), "unpack it"));
                continue;
            }
            class => class,
        };
        let source = name[common..].split_once('/').map(|(folder, _)| folder.to_owned());
        let member = Member { archive: shared.clone(), index, path: place.clone(), bytes, source };
        let relative = format!("{relative}/{name}");
        listing.found.push(FoundFile { path: place, relative, bytes, class, identity: None, member: Some(member) });
    }
    Ok(listing)
}

/// A member's path without steps that lead nowhere; none for hidden folders and what systems put beside files.
fn plain_name(name: &str) -> Option<String> {
    let steps: Vec<&str> = name.split(['/', '\\']).filter(|step| !matches!(*step, "" | "." | "..")).collect();
    let (_, folders) = steps.split_last()?;
    if folders.iter().any(|folder| folder.starts_with('.') || *folder == "__MACOSX") {
        return None;
    }
    Some(steps.join("/"))
}

/// The length of the folder that all members lie in: an archive of one folder is read as the folder.
fn common_folder<'n>(names: impl Iterator<Item = &'n str>) -> usize {
    let mut common: Option<&str> = None;
    for name in names {
        let Some(slash) = name.find('/') else { return 0 };
        let folder = &name[..=slash];
        if common.is_some_and(|common| common != folder) {
            return 0;
        }
        common = Some(folder);
    }
    common.map_or(0, str::len)
}

impl Member {
    /// The part of a path in the corpus that names the archive, without its extension.
    pub fn archive_name<'r>(&self, relative: &'r str) -> &'r str {
        let end = relative.to_ascii_lowercase().find(".zip/").unwrap_or(relative.len());
        &relative[..end]
    }

    /// The member's bytes.
    ///
    /// # Errors
    ///
    /// A damaged member, or one that is larger than it says.
    pub fn stream(&self) -> std::io::Result<ByteStream> {
        let mut archive = ZipArchive::clone(&self.archive);
        let mut bytes = Vec::with_capacity(usize::try_from(self.bytes.min(1 << 26)).unwrap_or(0));
        let member = archive.by_index(self.index).map_err(std::io::Error::from)?;
        member.take(self.bytes + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > self.bytes {
            return Err(std::io::Error::other("it unpacks to more than it says"));
        }
        Ok(Box::new(Cursor::new(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_a_folder_of_all_is_no_source() {
        assert_eq!(plain_name("../a/./b.txt").as_deref(), Some("a/b.txt"));
        assert_eq!(plain_name("a\\b.txt").as_deref(), Some("a/b.txt"));
        for hidden in ["__MACOSX/a.txt", ".git/a.txt", "", "/"] {
            assert_eq!(plain_name(hidden), None);
        }
        assert_eq!(common_folder(["c/a.txt", "c/T/b.txt"].into_iter()), 2);
        assert_eq!(common_folder(["c/a.txt", "b.txt"].into_iter()), 0);
    }
}
