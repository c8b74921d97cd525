//! Web archives.

use super::super::decode::NoText;
use super::Extracted;

/// Name and version of what finds the text.
pub(super) const EXTRACTOR: &str = "warc 0";

/// The pages of a web archive.
///
/// # Errors
///
/// That web archives are not read yet.
pub(super) fn warc(_bytes: &[u8]) -> Result<Vec<Extracted>, NoText> {
    Err(NoText { what: "a web archive, which is not read yet".to_owned(), help: "save its pages as text" })
}
