//! Saved pages, with the addresses that tell which they are.

use std::io::Read;
use std::path::Path;

use super::super::compressed::Compression;
use super::super::extract::warc::Warc;
use super::super::extract::{MAX_DOCUMENT_BYTES, addresses};
use super::super::gather::GatheredFiles;
use super::super::options::{Format, Way};
use super::super::origin::Origin;
use super::super::read::{self, Material};
use super::super::walk::{self, FileClass, FoundFile};
use crate::error::Result;

/// A page in a file.
pub(super) struct SavedPage {
    /// The number of the record in a web archive; 0 for the page of a file.
    pub number: u64,
    /// The surest first.
    pub addresses: Vec<String>,
}

/// The pages of a file. A file that is damaged is one page whose address is not known: it is reported where it is read.
///
/// # Errors
///
/// A file that cannot be opened.
pub(super) fn pages(origin: &Origin) -> Result<Vec<SavedPage>> {
    if origin.format.way() == Way::Records {
        let mut warc = Warc::new(origin.material.stream(origin.compression)?);
        let mut pages = Vec::new();
        // what comes after a fault is reported when the pages before it are read
        while let Ok(Some(page)) = warc.next_page() {
            pages.extend(page.ok().map(|page| SavedPage { number: page.number, addresses: vec![page.address] }));
        }
        return Ok(pages);
    }
    let bytes = match origin.material.whole(origin.compression, origin.bytes, MAX_DOCUMENT_BYTES) {
        Ok(bytes) => bytes.unwrap_or_default(),
        Err(crate::error::Error::Input(_)) => Vec::new(),
        Err(error) => return Err(error),
    };
    Ok(vec![SavedPage { number: 0, addresses: addresses(origin.format, &bytes) }])
}

impl GatheredFiles {
    /// The files of a folder (or archive) that may be saved pages. One that is also among the inputs is read once, as a
    /// page. Programs that copy a site leave the ending out: what begins as HTML is HTML.
    ///
    /// # Errors
    ///
    /// A folder that is not there or cannot be read.
    pub fn pages(&mut self, root: &Path) -> Result<Vec<Origin>> {
        let found = if read::look(root)?.is_dir() {
            walk::folder(root, None)?
        } else {
            let relative = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let (class, path) = (FileClass::of_named(&relative, None), root.to_owned());
            let bytes = read::look(root)?.len();
            vec![FoundFile { path, relative, bytes, class, identity: None, member: None }]
        };
        let mut pages = Vec::new();
        for file in self.unpacked(found, None)? {
            let (format, compression) = match file.class {
                FileClass::Article(format, compression) if format.is_whole() || format == Format::Warc => {
                    (format, compression)
                }
                FileClass::UnknownFormat if begins_as_page(&file.material()) => (Format::Html, Compression::Plain),
                _ => continue,
            };
            if let Some(path) = file.identity.as_ref().and_then(|identity| self.seen.get(identity)) {
                self.origins.retain(|origin| origin.material.path() != path);
            }
            let material = file.material();
            let FoundFile { relative, bytes, .. } = file;
            pages.push(Origin { material, format, compression, relative, bytes, listed: None, rows: None });
        }
        Ok(pages)
    }
}

/// Whether a file of any name is a web page.
fn begins_as_page(material: &Material) -> bool {
    let Ok(stream) = material.stream(Compression::Plain) else { return false };
    let mut begin = Vec::new();
    let read = stream.take(1024).read_to_end(&mut begin);
    let begin = begin.to_ascii_lowercase();
    let has = |tag: &[u8]| memchr::memmem::find(&begin, tag).is_some();
    read.is_ok() && begin.trim_ascii_start().starts_with(b"<") && (has(b"<!doctype html") || has(b"<html"))
}
