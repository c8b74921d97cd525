//! Saved web pages.

use super::super::decode::NoText;
use super::Extracted;

/// Name and version of what finds the text.
pub(super) const EXTRACTOR: &str = "html 0";

/// The main text of a page.
///
/// # Errors
///
/// That web pages are not read yet.
pub(super) fn html(_bytes: &[u8]) -> Result<Vec<Extracted>, NoText> {
    Err(NoText { what: "a web page, which is not read yet".to_owned(), help: "save its text as .txt" })
}
