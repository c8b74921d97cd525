//! What the page carries for its script: the rows of the tables, and the hits with their texts. Both are JSON, compressed
//! with gzip, in base64.

mod hits;
mod tables;

pub(super) use hits::hits;
pub(super) use tables::tables;

use crate::html::base64;
use flate2::{Compression, GzBuilder};
use serde::Serialize;
use std::io::Write;

/// The same bytes each time: no name and no time goes into the head. More compression takes twice the time and saves a
/// twentieth.
pub(super) fn packed(value: &impl Serialize) -> std::io::Result<String> {
    let mut zip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::new(5));
    zip.write_all(&serde_json::to_vec(value)?)?;
    Ok(base64(&zip.finish()?))
}
