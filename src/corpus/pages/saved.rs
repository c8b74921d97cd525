//! Saved pages, with the addresses that tell which they are.

use super::super::extract::warc::Warc;
use super::super::extract::{MAX_DOCUMENT_BYTES, addresses};
use super::super::options::Way;
use super::super::origin::Origin;
use crate::error::Result;

/// A page in a file.
pub(super) struct Page {
    /// The number of the record in a web archive; 0 for the page of a file.
    pub number: u64,
    /// The surest first.
    pub addresses: Vec<String>,
}

/// The pages of a file. A file that is damaged is one page whose address is not known: it is told where it is read.
///
/// # Errors
///
/// A file that cannot be opened.
pub(super) fn pages(origin: &Origin) -> Result<Vec<Page>> {
    if origin.format.way() == Way::Records {
        let mut warc = Warc::new(origin.material.stream(origin.compression)?);
        let mut pages = Vec::new();
        // what comes after a fault is told when the pages before it are read
        while let Ok(Some(page)) = warc.next_page() {
            pages.extend(page.ok().map(|page| Page { number: page.number, addresses: vec![page.address] }));
        }
        return Ok(pages);
    }
    let bytes = match origin.material.whole(origin.compression, origin.bytes, MAX_DOCUMENT_BYTES) {
        Ok(bytes) => bytes.unwrap_or_default(),
        Err(crate::error::Error::Input(_)) => Vec::new(),
        Err(error) => return Err(error),
    };
    Ok(vec![Page { number: 0, addresses: addresses(origin.format, &bytes) }])
}
