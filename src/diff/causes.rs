//! Why two outputs differ: what went in, and how it was counted.

use super::read;
use crate::error::{Error, Place, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The differences of what tables are made from.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Causes {
    pub articles_added: Vec<String>,
    pub articles_removed: Vec<String>,
    /// Articles whose text is another one.
    pub articles_edited: Vec<String>,
    /// Articles with the same text and other metadata.
    pub articles_redescribed: Vec<String>,
    /// Files of the codebook.
    pub codebook: Vec<Setting>,
    /// Entries of the codebook: layer, code and entry.
    pub entries_added: Vec<String>,
    pub entries_removed: Vec<String>,
    pub options: Vec<Setting>,
    pub version: Vec<Setting>,
}

/// A setting with another value; absent values are `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub name: String,
    pub old: Option<String>,
    pub new: Option<String>,
}

impl Causes {
    pub(super) fn between(old: &Path, new: &Path) -> Result<Self> {
        let mut causes = Self::default();
        causes.articles(old, new)?;
        let (before, after) = (entries(old)?, entries(new)?);
        if let (Some(before), Some(after)) = (before, after) {
            causes.entries_added = after.difference(&before).cloned().collect();
            causes.entries_removed = before.difference(&after).cloned().collect();
        }
        let (before, after) = (package(old)?, package(new)?);
        causes.codebook = differing(&codebook(&before), &codebook(&after));
        causes.options = differing(&section(&before, "options"), &section(&after, "options"));
        causes.version = differing(&version(&before), &version(&after));
        Ok(causes)
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn articles(&mut self, old: &Path, new: &Path) -> Result<()> {
        let (Some(before), Some(after)) = (articles(old)?, articles(new)?) else { return Ok(()) };
        for (id, (sha256, row)) in &after {
            match before.get(id) {
                None => self.articles_added.push(id.clone()),
                Some((known, _)) if known != sha256 => self.articles_edited.push(id.clone()),
                Some((_, known)) if known != row => self.articles_redescribed.push(id.clone()),
                Some(_) => {}
            }
        }
        self.articles_removed = before.into_keys().filter(|id| !after.contains_key(id)).collect();
        Ok(())
    }
}

/// Columns of `articles.csv` that describe the article; the others are counts.
const COUNTS: [&str; 5] = ["words", "words_dropped", "sentences", "paragraphs", "unclosed_quotes"];

type Described = BTreeMap<String, String>;

/// By id the hash of the text and what else is known of it; `None` without the table.
fn articles(folder: &Path) -> Result<Option<BTreeMap<String, (String, Described)>>> {
    let path = folder.join("articles.csv");
    if !path.is_file() {
        return Ok(None);
    }
    let table = read(&path)?;
    let article = |row: &csv::StringRecord| {
        let mut cells: Described = table
            .header
            .iter()
            .cloned()
            .zip(row.iter().map(str::to_owned))
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        cells.retain(|column, _| !COUNTS.contains(&column.as_str()));
        let id = cells.remove("article_id").unwrap_or_default();
        let sha256 = cells.remove("sha256").unwrap_or_default();
        (id, (sha256, cells))
    };
    Ok(Some(table.rows.iter().map(article).collect()))
}

/// The entries of the codebook, by the table of their usage.
fn entries(folder: &Path) -> Result<Option<BTreeSet<String>>> {
    let path = folder.join("codebook_usage.csv");
    if !path.is_file() {
        return Ok(None);
    }
    let table = read(&path)?;
    let columns: Vec<usize> = ["layer", "code", "entry", "kind"]
        .iter()
        .filter_map(|name| table.header.iter().position(|column| column == name))
        .collect();
    let entry = |row: &csv::StringRecord| {
        let cells: Vec<&str> = columns.iter().filter_map(|column| row.get(*column)).collect();
        cells.join(" ")
    };
    Ok(Some(table.rows.iter().map(entry).collect()))
}

/// `datapackage.json`, or nothing: an output without it is compared by its tables.
fn package(folder: &Path) -> Result<Value> {
    let path = folder.join("datapackage.json");
    if !path.is_file() {
        return Ok(Value::Null);
    }
    let text = std::fs::read_to_string(&path).map_err(Error::io("read", &path))?;
    serde_json::from_str(&text).map_err(|error| {
        let place = Place::at(&path, error.line() as u64, error.column() as u64);
        Error::input(place, "no JSON", "compare outputs that were not edited")
    })
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => Some(value.to_string()),
    }
}

fn section(package: &Value, name: &str) -> Described {
    let values = package.get(name).and_then(Value::as_object);
    values.into_iter().flatten().filter_map(|(name, value)| Some((name.clone(), plain(value)?))).collect()
}

fn codebook(package: &Value) -> Described {
    let files = package.pointer("/codebook/files").and_then(Value::as_array);
    let file = |file: &Value| {
        let of = |name: &str| file.get(name).and_then(plain);
        Some((of("path").or_else(|| of("name"))?, of("hash").or_else(|| of("sha256"))?))
    };
    files.into_iter().flatten().filter_map(file).collect()
}

fn version(package: &Value) -> Described {
    let version = package.get("framescope").and_then(plain);
    version.into_iter().map(|version| ("framescope".to_owned(), version)).collect()
}

fn differing(old: &Described, new: &Described) -> Vec<Setting> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let setting = |name: &String| {
        let (old, new) = (old.get(name).cloned(), new.get(name).cloned());
        (old != new).then(|| Setting { name: name.clone(), old, new })
    };
    names.into_iter().filter_map(setting).collect()
}
