//! Folders: which files lie in one, in an order that every machine agrees on.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::compressed::Compression;
use super::options::Format;
use super::packed::Member;
use super::read::Material;
use crate::error::{Error, Place, Result};

/// The name of a manifest.
pub(crate) const MANIFEST: &str = "sources.csv";

/// A file of a corpus folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundFile {
    pub path: PathBuf,
    /// Relative to the corpus root, `/`-separated.
    pub relative: String,
    pub bytes: u64,
    pub class: FileClass,
    /// Identifies the file, whatever it is called here.
    pub identity: Option<FileIdentity>,
    /// Where it lies in an archive.
    pub member: Option<Member>,
}

impl FoundFile {
    /// Where its bytes come from.
    pub fn material(&self) -> Material {
        match &self.member {
            Some(member) => Material::Member(member.clone()),
            None => Material::File(self.path.clone()),
        }
    }
}

/// What a file is to the corpus, by its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileClass {
    Article(Format, Compression),
    /// A zip archive of files.
    Archive,
    Manifest,
    /// About the corpus: a licence or a read-me.
    About,
    /// Its name begins with a dot.
    Hidden,
    /// What an editor leaves behind.
    Backup,
    /// A pipe, a device or a socket: reading it may never end.
    NoFile,
    UnknownFormat,
}

/// The names of files about a corpus, in any case. In capitals they may go on after a hyphen, a dot or a low line:
/// `LICENSE-MIT`; `Noticeable shift.txt` is an article.
const ABOUT: [&str; 4] = ["readme", "license", "licence", "notice"];

fn is_about(name: &str) -> bool {
    let plain = name.split('.').next().unwrap_or(name);
    ABOUT.iter().any(|word| {
        let begins_in_capitals =
            || name.strip_prefix(&word.to_uppercase()).is_some_and(|rest| rest.starts_with(['-', '_', '.']));
        plain.eq_ignore_ascii_case(word) || begins_in_capitals()
    })
}

/// `a.txt~`, `#a.txt#`, `~$a.txt`, `a.txt.bak` and the like.
fn is_backup(name: &str) -> bool {
    const ENDINGS: [&str; 6] = ["~", ".bak", ".orig", ".swp", ".swo", ".tmp"];
    let lower = name.to_ascii_lowercase();
    name.starts_with("~$")
        || (name.starts_with('#') && name.ends_with('#'))
        || ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// Device and number of a file, or its path where the system has no such numbers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum FileIdentity {
    #[cfg(unix)]
    Number(u64, u64),
    #[cfg(not(unix))]
    Path(PathBuf),
}

impl FileIdentity {
    #[cfg(unix)]
    pub fn of(_path: &Path, metadata: &std::fs::Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        Some(Self::Number(metadata.dev(), metadata.ino()))
    }

    #[cfg(not(unix))]
    pub fn of(path: &Path, _metadata: &std::fs::Metadata) -> Option<Self> {
        path.canonicalize().ok().map(Self::Path)
    }
}

impl FileClass {
    pub fn of(name: &str, forced: Option<Format>) -> Self {
        if name == MANIFEST {
            return Self::Manifest;
        }
        if name.starts_with('.') {
            return Self::Hidden;
        }
        if is_backup(name) {
            return Self::Backup;
        }
        if is_about(name) {
            return Self::About;
        }
        Self::of_named(name, forced)
    }

    /// The same for a file the user named, which is read whatever it is called.
    pub fn of_named(name: &str, forced: Option<Format>) -> Self {
        if name.len() > 4 && name.to_ascii_lowercase().ends_with(".zip") {
            return Self::Archive;
        }
        let (compression, inner) = Compression::strip(name);
        let by_name = || {
            let (stem, extension) = inner.rsplit_once('.')?;
            if stem.is_empty() { None } else { Format::from_extension(extension) }
        };
        match forced.or_else(by_name) {
            Some(format) => Self::Article(format, compression),
            None => Self::UnknownFormat,
        }
    }
}

/// A relative path without the extensions of its format and compression: `a/b.txt.gz` is `a/b`.
pub(crate) fn stem(relative: &str) -> &str {
    let name_start = relative.rfind('/').map_or(0, |slash| slash + 1);
    let (_, name) = Compression::strip(&relative[name_start..]);
    let stem_bytes = name.rfind('.').filter(|dot| *dot > 0).unwrap_or(name.len());
    &relative[..name_start + stem_bytes]
}

/// All files below a folder, sorted by the bytes of their relative paths. Links are followed; hidden folders
/// and the outputs of earlier runs are not entered.
///
/// # Errors
///
/// A folder that cannot be listed, a link that leads nowhere or in a circle, a name that is not Unicode.
pub(crate) fn folder(root: &Path, forced: Option<Format>) -> Result<Vec<FoundFile>> {
    let mut found = Vec::new();
    let is_hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    let walk = WalkDir::new(root).follow_links(true).into_iter().filter_entry(|entry| {
        let is_left_out = || is_hidden(entry.file_name()) || crate::package::is_output_folder(entry.path());
        entry.depth() == 0 || !(entry.file_type().is_dir() && is_left_out())
    });
    for entry in walk {
        let entry = entry.map_err(|error| broken(root, error))?;
        if entry.file_type().is_dir() {
            continue;
        }
        let inside = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
        let Some(parts) = parts else {
            return Err(Error::input(
                Place::file(entry.path()),
                "the file name is not Unicode, so it cannot name an article",
                "rename the file",
            ));
        };
        let name = parts.last().copied().unwrap_or_default();
        let is_file = entry.file_type().is_file();
        let class = if is_file { FileClass::of(name, forced) } else { FileClass::NoFile };
        let (bytes, identity) = match class {
            FileClass::Article(..) | FileClass::Archive => {
                let metadata = entry.metadata().map_err(|error| broken(root, error))?;
                (metadata.len(), FileIdentity::of(entry.path(), &metadata))
            }
            FileClass::Manifest
            | FileClass::About
            | FileClass::Hidden
            | FileClass::Backup
            | FileClass::NoFile
            | FileClass::UnknownFormat => (0, None),
        };
        found.push(FoundFile {
            relative: parts.join("/"),
            path: entry.into_path(),
            bytes,
            class,
            identity,
            member: None,
        });
    }
    found.sort_by(|a, b| a.relative.as_bytes().cmp(b.relative.as_bytes()));
    Ok(found)
}

fn broken(root: &Path, error: walkdir::Error) -> Error {
    let path = error.path().unwrap_or(root).to_owned();
    match error.into_io_error() {
        Some(source) => Error::Io { path, action: "read", source },
        None => Error::input(Place::file(&path), "the link leads back to a folder above it", "remove the link"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_what_a_file_is_to_the_corpus() {
        use Compression::*;
        use FileClass::*;
        for (name, class) in [
            ("a.txt", Article(Format::Text, Plain)),
            ("a.MD.gz", Article(Format::Markdown, Gzip)),
            ("a.ndjson.zst", Article(Format::JsonLines, Zstd)),
            ("a.tsv", Article(Format::Tsv, Plain)),
            ("sources.csv", Manifest),
            ("Sources.csv", Article(Format::Csv, Plain)),
            ("sources.csv.gz", Article(Format::Csv, Gzip)),
            ("README", About),
            ("readme.TXT", About),
            ("README.de.md", About),
            ("Licence.txt", About),
            ("Licensed to kill.txt", Article(Format::Text, Plain)),
            ("LICENSE-MIT", About),
            ("notice.md", About),
            ("Noticeable shift.txt", Article(Format::Text, Plain)),
            ("notice-board.txt", Article(Format::Text, Plain)),
            ("a.txt~", Backup),
            ("#a.txt#", Backup),
            ("~$a.txt", Backup),
            ("a.txt.BAK", Backup),
            (".hidden.txt", Hidden),
            (".txt", Hidden),
            ("é.txt", Article(Format::Text, Plain)),
            ("a.doc", UnknownFormat),
            ("a.ZIP", Archive),
            ("txt", UnknownFormat),
            ("a", UnknownFormat),
        ] {
            assert_eq!(FileClass::of(name, None), class, "{name}");
        }
        assert_eq!(FileClass::of("a.log.gz", Some(Format::Text)), Article(Format::Text, Gzip));
        assert_eq!(FileClass::of("README", Some(Format::Text)), About);
        assert_eq!(FileClass::of("a.txt~", Some(Format::Text)), Backup);
        assert_eq!(FileClass::of_named("README.txt", None), Article(Format::Text, Plain));
    }

    #[test]
    fn a_stem_loses_both_extensions_and_nothing_else() {
        for (relative, expected) in [
            ("a.txt", "a"),
            ("a.txt.gz", "a"),
            ("x.y/a.b.txt.zst", "x.y/a.b"),
            ("x.y/a", "x.y/a"),
            (".a", ".a"),
            ("a.gz", "a"),
        ] {
            assert_eq!(stem(relative), expected, "{relative}");
        }
    }

    #[test]
    fn files_come_sorted_by_their_relative_path_without_hidden_folders() {
        let root = tempfile::tempdir().unwrap();
        for name in ["b.txt", "a/z.txt", "a.txt", "a/.git/x.txt", "A.txt", "a-b.txt", ".h.txt"] {
            let path = root.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let found = folder(root.path(), None).unwrap();
        let names: Vec<&str> = found.iter().map(|found| found.relative.as_str()).collect();
        assert_eq!(names, [".h.txt", "A.txt", "a-b.txt", "a.txt", "a/z.txt", "b.txt"]);
        assert_eq!(found[1].bytes, 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_circles_and_dead_ends_are_errors() {
        use std::os::unix::fs::symlink;
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("a.txt"), "x").unwrap();
        symlink("a.txt", root.path().join("b.txt")).unwrap();
        assert_eq!(folder(root.path(), None).unwrap().len(), 2);
        symlink(root.path(), root.path().join("c")).unwrap();
        let message = folder(root.path(), None).unwrap_err().to_string();
        assert!(message.contains("leads back"), "{message}");
        std::fs::remove_file(root.path().join("c")).unwrap();
        symlink("nowhere", root.path().join("d.txt")).unwrap();
        let message = folder(root.path(), None).unwrap_err().to_string();
        assert!(message.contains("d.txt"), "{message}");
    }
}
