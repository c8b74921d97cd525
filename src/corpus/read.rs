//! The input edge: the only place where articles and manifests are opened.

use std::fs::{File, Metadata};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::compressed::{ByteStream, Compression};
use super::packed::Member;
use crate::error::{Error, Place, Result, did_you_mean};

/// Where bytes come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Material {
    File(PathBuf),
    Member(Member),
    Memory { name: PathBuf, bytes: Arc<[u8]> },
    Stdin,
}

/// Positions in a text are 32 bits wide.
pub(crate) const MAX_ARTICLE_BYTES: u64 = u32::MAX as u64;

/// What to do about an article beyond the limit.
pub(crate) const TOO_LONG_HELP: &str =
    "it is left out; raise the limit with `--max-article`, or name the file by its format when it holds many articles";

/// A size for a message.
pub(crate) fn in_words(bytes: u64) -> String {
    const MB: u64 = 1 << 20;
    if bytes >= MB && bytes.is_multiple_of(MB) { format!("{} MB", bytes / MB) } else { format!("{bytes} bytes") }
}

impl Material {
    /// The name for messages.
    pub fn place(&self, line: u64, column: u64) -> Place {
        match self {
            Self::File(path) => Place::at(path, line, column),
            Self::Member(member) => Place::at(&member.path, line, column),
            Self::Memory { name, .. } => Place::at(name, line, column),
            Self::Stdin => Place { file: "<stdin>".to_owned(), line, column },
        }
    }

    /// The path for messages of the operating system's.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Member(member) => &member.path,
            Self::Memory { name, .. } => name,
            Self::Stdin => Path::new("<stdin>"),
        }
    }

    /// Opens for reading from the start.
    pub fn stream(&self, compression: Compression) -> Result<ByteStream> {
        let packed: ByteStream = match self {
            Self::File(path) => Box::new(File::open(path).map_err(Error::io("open", path))?),
            Self::Member(member) => member.stream().map_err(compression.unreadable(self))?,
            Self::Memory { bytes, .. } => Box::new(Cursor::new(Arc::clone(bytes))),
            Self::Stdin => Box::new(std::io::stdin()),
        };
        compression.unpack(packed).map_err(compression.unreadable(self))
    }

    /// All bytes, unpacked; `None` when there are more than the limit. `expected_bytes` is where to start.
    ///
    /// # Errors
    ///
    /// An unreadable file, a broken archive.
    pub fn whole(&self, compression: Compression, expected_bytes: u64, max_bytes: u64) -> Result<Option<Vec<u8>>> {
        if compression == Compression::Plain && expected_bytes > max_bytes {
            return Ok(None);
        }
        let capacity = usize::try_from(expected_bytes.min(1 << 26)).unwrap_or(0) + 1;
        let mut bytes = Vec::with_capacity(capacity);
        let stream = self.stream(compression)?;
        stream.take(max_bytes + 1).read_to_end(&mut bytes).map_err(compression.unreadable(self))?;
        Ok(if bytes.len() as u64 > max_bytes { None } else { Some(bytes) })
    }
}

/// Looks at a path the user gave.
///
/// # Errors
///
/// A path that is not there, with the nearest name that is.
pub(crate) fn look(path: &Path) -> Result<Metadata> {
    std::fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            Error::input(Place::file(path), "no such file or folder", neighbour(path).unwrap_or_default())
        }
        _ => Error::Io { path: path.to_owned(), action: "read", source: error },
    })
}

/// The name in the same folder that is nearest to a missing one.
fn neighbour(path: &Path) -> Option<String> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = std::fs::read_dir(folder).ok()?;
    let mut names: Vec<String> = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    let hint = did_you_mean(path.file_name()?.to_str()?, names.iter().map(String::as_str));
    // a listing of a user's folder helps no reader
    Some(hint).filter(|hint| hint.starts_with("did you mean"))
}

#[cfg(test)]
mod tests {
    use super::super::compressed::tests::{gzip, zstd};
    use super::*;

    #[test]
    fn a_missing_path_is_named_with_its_nearest_neighbour() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("articles"), "").unwrap();
        let message = look(&folder.path().join("artikles")).unwrap_err().to_string();
        assert!(message.ends_with("artikles: no such file or folder (did you mean `articles`?)"), "{message}");
        let message = look(Path::new("nowhere/at/all")).unwrap_err().to_string();
        assert_eq!(message, "nowhere/at/all: no such file or folder");
    }

    #[test]
    fn packed_files_are_read_as_what_they_hold_and_broken_ones_name_themselves() {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes, compression) in [
            ("a", b"text".to_vec(), Compression::Plain),
            ("b", gzip(b"text"), Compression::Gzip),
            ("c", zstd(b"text"), Compression::Zstd),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            assert_eq!(Material::File(path).whole(compression, 0, 4).unwrap().unwrap(), b"text");
        }
        let broken = Material::File(folder.path().join("a")).whole(Compression::Gzip, 4, 4).unwrap_err().to_string();
        let expected = format!("{}: it does not unpack as gzip: ", folder.path().join("a").display());
        assert!(broken.starts_with(&expected), "{broken}");
        let missing =
            Material::File(folder.path().join("none")).whole(Compression::Plain, 4, 4).unwrap_err().to_string();
        assert!(missing.starts_with("cannot open `"), "{missing}");
    }
}
