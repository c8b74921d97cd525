//! The data package of an output folder, as far as a later run asks: did a run write this folder, and which files?

use crate::codebook::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// Every run writes this file last; a folder that has it is an output folder.
pub const MARK: &str = "datapackage.json";

/// The name that the data package of every output has.
const NAME: &str = "framescope-output";

/// Files by relative path, with the hexadecimal SHA-256 that a run noted.
pub type Listed = BTreeMap<PathBuf, String>;

/// The files that the data package of an output folder lists, itself not among them; `None` for any other folder.
pub fn listed(folder: &Path) -> Option<Listed> {
    listed_by(folder, NAME)
}

/// The same for a data package of another name.
fn listed_by(folder: &Path, package_name: &str) -> Option<Listed> {
    let package: Value = serde_json::from_slice(&std::fs::read(folder.join(MARK)).ok()?).ok()?;
    if package["name"] != package_name || !package["framescope"].is_string() {
        return None;
    }
    let rows = ["resources", "files"].into_iter().filter_map(|list| package[list].as_array()).flatten();
    let file = |row: &Value| {
        let (path, hash) = (PathBuf::from(row["path"].as_str()?), row["hash"].as_str()?.strip_prefix("sha256:")?);
        // A package from elsewhere could name files outside its folder.
        path.components().all(|part| matches!(part, Component::Normal(_))).then(|| (path, hash.to_owned()))
    };
    Some(rows.filter_map(file).collect())
}

/// Whether a run wrote into this folder.
pub fn is_output_folder(folder: &Path) -> bool {
    listed(folder).is_some()
}

/// The data package of a folder whose files no other program has to know: names and hashes, so that a later run sees which
/// files nobody has changed.
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
    name == MARK
        || listed.get(Path::new(name)).is_some_and(|hash| crate::output::hash_of(path).is_ok_and(|now| now == *hash))
}
