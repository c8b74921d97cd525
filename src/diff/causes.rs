//! Why two outputs differ: what went in, and how it was counted.

use super::join::{Columns, Joined, cell, join};
use super::{Table, read};
use crate::error::{Error, Place, Result};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
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
        let (Some(mut old), Some(mut new)) = (articles(old)?, articles(new)?) else { return Ok(()) };
        let about = [described(&old.header), described(&new.header)];
        let place = |table: &Table<File>, name: &str| table.header.iter().position(|column| column == name);
        let ids: [Columns; 2] = [vec![place(&old, "article_id")], vec![place(&new, "article_id")]];
        let hashes = [place(&old, "sha256"), place(&new, "sha256")];
        let keep = |side: usize, row: &csv::StringRecord| {
            (digest(row, &[(String::new(), hashes[side])]), digest(row, &about[side]))
        };
        let (mut added, mut removed, mut edited, mut redescribed) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        join([&mut old, &mut new], ids.each_ref(), keep, |found| match found {
            Joined::OnlyOld(was) => removed.push(was.place),
            Joined::OnlyNew(is) => added.push(is.place),
            Joined::Both(was, is) if was.of.0 != is.of.0 => edited.push(is.place),
            Joined::Both(was, is) if was.of.1 != is.of.1 => redescribed.push(is.place),
            Joined::Both(..) => {}
        })?;
        self.articles_added = names(&mut new, added, ids[1][0])?;
        self.articles_edited = names(&mut new, edited, ids[1][0])?;
        self.articles_redescribed = names(&mut new, redescribed, ids[1][0])?;
        self.articles_removed = names(&mut old, removed, ids[0][0])?;
        Ok(())
    }
}

/// The ids in the rows at some places, in their order.
fn names(table: &mut Table<File>, mut places: Vec<u64>, id: Option<usize>) -> Result<Vec<String>> {
    places.sort_unstable();
    let mut row = csv::StringRecord::new();
    let name = |place| table.at(place, &mut row).map(|()| cell(&row, id).to_owned());
    let mut names = places.into_iter().map(name).collect::<Result<Vec<_>>>()?;
    names.sort_unstable();
    Ok(names)
}

/// Columns of `articles.csv` that describe the article; the others are counts.
const COUNTS: [&str; 5] = ["words", "words_dropped", "sentences", "paragraphs", "unclosed_quotes"];

type Described = BTreeMap<String, String>;

/// The table of articles, where there is one.
fn articles(folder: &Path) -> Result<Option<Table<File>>> {
    let path = folder.join("articles.csv");
    path.is_file().then(|| Table::open(&path)).transpose()
}

/// The columns that tell what else is known of an article, by name.
fn described(header: &[String]) -> Vec<(String, Option<usize>)> {
    let is_about = |name: &str| !COUNTS.contains(&name) && !["article_id", "sha256"].contains(&name);
    let columns = header.iter().enumerate().filter(|(_, name)| is_about(name));
    let mut columns: Vec<_> = columns.map(|(at, name)| (name.clone(), Some(at))).collect();
    columns.sort();
    columns
}

/// A number of 64 bits for the cells that are not empty: a column that only one output has says nothing where it is empty.
fn digest(row: &csv::StringRecord, columns: &[(String, Option<usize>)]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (name, at) in columns {
        let cell = cell(row, *at);
        if !cell.is_empty() {
            (name, cell).hash(&mut hasher);
        }
    }
    hasher.finish()
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
