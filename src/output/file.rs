//! A single file that appears whole or not at all.

use crate::error::{Error, Result};
use std::fs::File;
use std::io::Write;
use std::path::Path;

/// Writes a file beside its place and moves it there when it is whole. On a full disk an older file stays as it was.
///
/// # Errors
/// A file that cannot be written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let written = match std::fs::metadata(path) {
        // A pipe or a device takes the bytes itself; a folder refuses them.
        Ok(old) if !old.is_file() => std::fs::write(path, bytes),
        Ok(old) => std::fs::canonicalize(path).and_then(|path| replace(&path, bytes, Some(old.permissions()))),
        Err(_) => replace(path, bytes, None),
    };
    written.map_err(Error::io("write", path))
}

/// As [`write_whole`] for what is too much to be held in memory: `make` writes it.
///
/// # Errors
/// What `make` says; a file that cannot be written.
pub fn write_streamed(path: &Path, make: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
    let failed = || Error::io("write", path);
    if std::fs::metadata(path).is_ok_and(|old| !old.is_file()) {
        let mut out = std::io::BufWriter::new(File::options().write(true).open(path).map_err(failed())?);
        make(&mut out)?;
        return out.flush().map_err(failed());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut out = std::io::BufWriter::new(temporary(folder, ".framescope-").map_err(failed())?);
    make(&mut out)?;
    let fresh = out.into_inner().map_err(|error| failed()(error.into_error()))?;
    fresh.as_file().sync_all().map_err(failed())?;
    fresh.persist(path).map_err(|error| failed()(error.error))?;
    super::sync::sync_file(folder).map_err(failed())
}

fn replace(path: &Path, bytes: &[u8], rights: Option<std::fs::Permissions>) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut fresh = temporary(folder, ".framescope-")?;
    fresh.write_all(bytes)?;
    if let Some(rights) = rights {
        fresh.as_file().set_permissions(rights)?;
    }
    fresh.as_file().sync_all()?;
    fresh.persist(path).map_err(|error| error.error)?;
    super::sync::sync_file(folder)
}

/// A temporary file with the rights of any new file: most temporary files are private, an output is read by others too.
pub(crate) fn temporary(folder: &Path, prefix: &str) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_and_replaced_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("sketch.json");
        for text in ["long before", "short"] {
            write_whole(&path, text.as_bytes()).expect("written");
            assert_eq!(std::fs::read_to_string(&path).expect("read"), text);
        }
        assert_eq!(std::fs::read_dir(folder.path()).expect("read").count(), 1);
        assert!(write_whole(folder.path(), b"x").is_err());
        assert!(write_whole(&folder.path().join("none/x"), b"x").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_its_file_keeps_its_rights() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        std::fs::write(&file, "before").expect("written");
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).expect("set");
        std::os::unix::fs::symlink(&file, &link).expect("linked");
        write_whole(&link, b"after").expect("written");
        assert!(link.is_symlink());
        assert_eq!(std::fs::read_to_string(&file).expect("read"), "after");
        assert_eq!(std::fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
    }
}
