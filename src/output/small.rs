//! The data package of a folder whose files no other program has to know, such as that of `agreement`.

use super::hash_of;
use crate::codebook::hex;
use crate::package::{MARK, listed_by};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Names and hashes, so that a later run sees which files nobody has changed.
pub fn small_package(package_name: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let row = |(name, bytes): &(&str, &[u8])| {
        let hash = format!("sha256:{}", hex(&Sha256::digest(bytes)));
        json!({ "name": name.split('.').next().unwrap_or(name), "path": name, "format": "csv", "hash": hash })
    };
    let rows: Vec<Value> = files.iter().map(row).collect();
    let package = json!({ "name": package_name, "framescope": env!("CARGO_PKG_VERSION"), "resources": rows });
    format!("{package:#}\n").into_bytes()
}

/// Whether a file is as the data package of this name beside it says; the package itself too.
pub fn is_as_written(path: &Path, package_name: &str) -> bool {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return false };
    let Some(listed) = listed_by(folder, package_name) else { return false };
    name == MARK || listed.get(Path::new(name)).is_some_and(|hash| hash_of(path).is_ok_and(|now| now == *hash))
}
