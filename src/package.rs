//! The data package of an output folder, as far as a later run asks: did a run write this folder, and which files?

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// Every run writes this file last; a folder that has it is an output folder.
pub const MARK: &str = "datapackage.json";

/// The name that the data package of every output has.
const NAME: &str = "framescope-output";

/// Files by relative path, with the hexadecimal SHA-256 that a run noted.
pub(crate) type Listed = BTreeMap<PathBuf, String>;

/// The files that the data package of an output folder lists, itself not among them; `None` for any other folder.
pub fn listed(folder: &Path) -> Option<Listed> {
    listed_by(folder, NAME)
}

/// The same for a data package of another name.
pub(crate) fn listed_by(folder: &Path, package_name: &str) -> Option<Listed> {
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
