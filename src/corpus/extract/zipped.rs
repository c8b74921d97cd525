//! The parts of a document that is a zip archive: DOCX, ODT, EPUB.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::decode::NoText;

/// A part of more bytes than this is not unpacked: no text is so long, and a few packed kilobytes may claim to be.
const MAX_PART_BYTES: u64 = 256 << 20;

/// An opened archive.
pub(super) struct ZipParts<'b>(ZipArchive<Cursor<&'b [u8]>>);

impl<'b> ZipParts<'b> {
    /// Reads the list of parts.
    ///
    /// # Errors
    ///
    /// Bytes that are no zip archive, or only the first piece of one.
    pub fn open(bytes: &'b [u8]) -> Result<Self, NoText> {
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            let what = "an old office document, or one that is locked with a password".to_owned();
            return Err(NoText { what, help: "open it, take the password off, and save it in the newer format" });
        }
        ZipArchive::new(Cursor::new(bytes)).map(Self).map_err(|error| broken(&error))
    }

    /// A part, unpacked; `None` where there is no such part.
    ///
    /// # Errors
    ///
    /// A locked or damaged part, or one that is too large.
    pub fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, NoText> {
        let mut part = match self.0.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(broken(&error)),
        };
        let mut bytes = Vec::new();
        part.by_ref().take(MAX_PART_BYTES + 1).read_to_end(&mut bytes).map_err(|error| broken(&error.into()))?;
        if bytes.len() as u64 > MAX_PART_BYTES {
            let what = format!("its part `{name}` unpacks to more than {} MB", MAX_PART_BYTES >> 20);
            return Err(NoText { what, help: "it is no usual document; save its text as .txt" });
        }
        Ok(Some(bytes))
    }
}

/// What is wrong with a zip archive or a part of it.
pub(super) fn broken(error: &ZipError) -> NoText {
    match error {
        ZipError::UnsupportedArchive(what) if what.contains("assword") => {
            NoText { what: "it is locked with a password".to_owned(), help: "unpack it with the password first" }
        }
        ZipError::InvalidPassword => {
            NoText { what: "it is locked with a password".to_owned(), help: "unpack it with the password first" }
        }
        error => NoText {
            what: format!("it is damaged, cut short or of another format: {error}"),
            help: "fetch it anew, or open it and save it again",
        },
    }
}
