//! Folders: which files lie in one, in an order that every machine agrees on.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::compressed::Compression;
use super::options::Format;
use crate::error::{Error, Place, Result};

/// The name of a manifest.
pub(crate) const MANIFEST: &str = "sources.csv";

/// A file of a corpus folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub path: PathBuf,
    /// Relative to the corpus root, `/`-separated.
    pub relative: String,
    pub bytes: u64,
    pub class: Class,
}

/// What a file is to the corpus, by its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Article(Format, Compression),
    Manifest,
    /// Hidden, or about the corpus.
    NotArticle,
    UnknownFormat,
}

/// How the names of files about a corpus begin, in any case.
const ABOUT: [&str; 3] = ["readme", "license", "notice"];

impl Class {
    pub fn of(name: &str, forced: Option<Format>) -> Self {
        let is_about = |word: &str| name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        if name == MANIFEST {
            return Self::Manifest;
        }
        if name.starts_with('.') || ABOUT.iter().any(|word| is_about(word)) {
            return Self::NotArticle;
        }
        Self::of_named(name, forced)
    }

    /// The same for a file the user named, which is read whatever it is called.
    pub fn of_named(name: &str, forced: Option<Format>) -> Self {
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
pub(crate) fn folder(root: &Path, forced: Option<Format>) -> Result<Vec<Found>> {
    let mut found = Vec::new();
    let is_hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    let walk = WalkDir::new(root).follow_links(true).into_iter().filter_entry(|entry| {
        let is_left_out = || is_hidden(entry.file_name()) || crate::output::is_output_folder(entry.path());
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
        let class = Class::of(name, forced);
        let bytes = match class {
            Class::Article(..) => entry.metadata().map_err(|error| broken(root, error))?.len(),
            Class::Manifest | Class::NotArticle | Class::UnknownFormat => 0,
        };
        found.push(Found { relative: parts.join("/"), path: entry.into_path(), bytes, class });
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
        use Class::*;
        use Compression::*;
        for (name, class) in [
            ("a.txt", Article(Format::Text, Plain)),
            ("a.MD.gz", Article(Format::Markdown, Gzip)),
            ("a.ndjson.zst", Article(Format::JsonLines, Zstd)),
            ("a.tsv", Article(Format::Tsv, Plain)),
            ("sources.csv", Manifest),
            ("Sources.csv", Article(Format::Csv, Plain)),
            ("sources.csv.gz", Article(Format::Csv, Gzip)),
            ("README", NotArticle),
            ("readme.TXT", NotArticle),
            ("Licence.txt", Article(Format::Text, Plain)),
            ("LICENSE-MIT", NotArticle),
            ("notice.md", NotArticle),
            (".hidden.txt", NotArticle),
            (".txt", NotArticle),
            ("é.txt", Article(Format::Text, Plain)),
            ("a.pdf", UnknownFormat),
            ("txt", UnknownFormat),
            ("a", UnknownFormat),
        ] {
            assert_eq!(Class::of(name, None), class, "{name}");
        }
        assert_eq!(Class::of("a.log.gz", Some(Format::Text)), Article(Format::Text, Gzip));
        assert_eq!(Class::of("README", Some(Format::Text)), NotArticle);
        assert_eq!(Class::of_named("README.txt", None), Article(Format::Text, Plain));
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
