//! One table against its older self.

use super::{Table, keys};
use crate::error::{Error, Result};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::fs::File;
use std::hash::{Hash, Hasher};
use std::io::{BufRead, BufReader, Read, Seek};
use std::path::Path;

/// The rows of a table that differ.
#[derive(Debug, PartialEq, Eq)]
pub struct TableDiff {
    pub name: String,
    /// The columns that a row is known by.
    pub key_columns: Vec<String>,
    /// Columns that only one of the two has.
    pub columns_added: Vec<String>,
    pub columns_removed: Vec<String>,
    /// Added and changed rows in the order of the new table, then the removed ones in that of the old: as many as were
    /// to be kept.
    pub rows: Vec<RowChange>,
    added: usize,
    removed: usize,
    changed: usize,
}

#[derive(Debug, PartialEq, Eq)]
pub enum RowChange {
    Added { key: Vec<String> },
    Removed { key: Vec<String> },
    Changed { key: Vec<String>, cells: Vec<CellChange> },
}

/// A cell of a column that both have.
#[derive(Debug, PartialEq, Eq)]
pub struct CellChange {
    pub column: String,
    pub old: String,
    pub new: String,
}

impl RowChange {
    pub fn key(&self) -> &[String] {
        match self {
            Self::Added { key } | Self::Removed { key } | Self::Changed { key, .. } => key,
        }
    }
}

/// What is kept of a row of the old table.
struct OldRow {
    /// Where it begins in the file.
    place: u64,
    /// Of the cells that both tables have.
    cells: u64,
    is_met: bool,
}

impl TableDiff {
    pub(super) fn between(name: &str, old: &Path, new: &Path, by: &[String], most: usize) -> Result<Self> {
        if is_same(old, new)? {
            return Ok(Self::unchanged(name));
        }
        Self::of(name, &mut Table::open(old)?, &mut Table::open(new)?, by, most)
    }

    fn unchanged(name: &str) -> Self {
        let none = Vec::new;
        Self {
            name: name.into(),
            key_columns: none(),
            columns_added: none(),
            columns_removed: none(),
            rows: Vec::new(),
            added: 0,
            removed: 0,
            changed: 0,
        }
    }

    /// Of the old table a few bytes a row are kept; its rows are read again where they are shown.
    fn of<R: Read + Seek>(
        name: &str,
        old: &mut Table<R>,
        new: &mut Table<R>,
        by: &[String],
        most: usize,
    ) -> Result<Self> {
        let mut diff = Self::unchanged(name);
        let key_of_new = keys::columns(name, &new.header, by);
        diff.key_columns = key_of_new.iter().map(|column| new.header[*column].clone()).collect();
        // A row is known by the same columns in both, or every row is another one.
        let key_of_old: Vec<Option<usize>> =
            diff.key_columns.iter().map(|column| old.header.iter().position(|known| known == column)).collect();
        let (before, after): (BTreeSet<&String>, BTreeSet<&String>) =
            (old.header.iter().collect(), new.header.iter().collect());
        diff.columns_added = after.difference(&before).map(|column| (*column).clone()).collect();
        diff.columns_removed = before.difference(&after).map(|column| (*column).clone()).collect();
        let key_of_new: Vec<Option<usize>> = key_of_new.into_iter().map(Some).collect();
        let (of_old, of_new): (Vec<Option<usize>>, Vec<Option<usize>>) = new
            .header
            .iter()
            .enumerate()
            .filter_map(|(at, column)| Some((Some(old.header.iter().position(|known| known == column)?), Some(at))))
            .unzip();
        let mut known: FxHashMap<u64, OldRow> = FxHashMap::default();
        let mut repeated: FxHashMap<u64, u32> = FxHashMap::default();
        let (mut row, mut was) = (csv::StringRecord::new(), csv::StringRecord::new());
        while old.next(&mut row)? {
            let place = row.position().map_or(0, csv::Position::byte);
            let mut key = hash(&row, &key_of_old);
            if known.contains_key(&key) {
                key = again(key, &mut repeated);
            }
            known.insert(key, OldRow { place, cells: hash(&row, &of_old), is_met: false });
        }
        repeated.clear();
        while new.next(&mut row)? {
            let mut key = hash(&row, &key_of_new);
            if known.get(&key).is_some_and(|old| old.is_met) {
                key = again(key, &mut repeated);
            }
            let Some(found) = known.get_mut(&key) else {
                diff.added += 1;
                diff.keep(most, || RowChange::Added { key: cells(&row, &key_of_new) });
                continue;
            };
            found.is_met = true;
            if found.cells == hash(&row, &of_new) {
                continue;
            }
            diff.changed += 1;
            if diff.rows.len() < most && old.at(found.place, &mut was)? {
                let pairs = of_old.iter().zip(&of_new).filter_map(|(was_at, is_at)| Some(((*was_at)?, (*is_at)?)));
                let change = |(was_at, is_at): (usize, usize)| CellChange {
                    column: new.header[is_at].clone(),
                    old: was.get(was_at).unwrap_or_default().to_owned(),
                    new: row.get(is_at).unwrap_or_default().to_owned(),
                };
                let cells_changed = pairs.map(change).filter(|cell| cell.old != cell.new).collect();
                diff.rows.push(RowChange::Changed { key: cells(&row, &key_of_new), cells: cells_changed });
            }
        }
        let mut gone: Vec<u64> = known.into_values().filter(|row| !row.is_met).map(|row| row.place).collect();
        gone.sort_unstable();
        diff.removed = gone.len();
        for place in gone {
            if diff.rows.len() == most || !old.at(place, &mut was)? {
                break;
            }
            diff.rows.push(RowChange::Removed { key: cells(&was, &key_of_old) });
        }
        Ok(diff)
    }

    fn keep(&mut self, most: usize, row: impl FnOnce() -> RowChange) {
        if self.rows.len() < most {
            self.rows.push(row());
        }
    }

    pub fn is_empty(&self) -> bool {
        self.differing() == 0 && self.columns_added.is_empty() && self.columns_removed.is_empty()
    }

    /// All rows that differ, whether they are kept or not.
    pub fn differing(&self) -> usize {
        self.added + self.removed + self.changed
    }

    pub fn added(&self) -> usize {
        self.added
    }

    pub fn removed(&self) -> usize {
        self.removed
    }

    /// Rows that both have, with another value in some cell.
    pub fn changed(&self) -> usize {
        self.changed
    }
}

/// Whether two files have the same bytes.
fn is_same(old: &Path, new: &Path) -> Result<bool> {
    let open = |path: &Path| File::open(path).map_err(Error::io("read", path));
    let (old_file, new_file) = (open(old)?, open(new)?);
    let length = |file: &File| file.metadata().ok().map(|file| file.len());
    if length(&old_file) != length(&new_file) {
        return Ok(false);
    }
    let (mut a, mut b) = (BufReader::with_capacity(1 << 16, old_file), BufReader::with_capacity(1 << 16, new_file));
    loop {
        let of_a = a.fill_buf().map_err(Error::io("read", old))?;
        let of_b = b.fill_buf().map_err(Error::io("read", new))?;
        let both = of_a.len().min(of_b.len());
        if of_a[..both] != of_b[..both] {
            return Ok(false);
        }
        if both == 0 {
            return Ok(of_a.len() == of_b.len());
        }
        a.consume(both);
        b.consume(both);
    }
}

fn cell(row: &csv::StringRecord, column: Option<usize>) -> &str {
    column.and_then(|column| row.get(column)).unwrap_or_default()
}

fn cells(row: &csv::StringRecord, columns: &[Option<usize>]) -> Vec<String> {
    columns.iter().map(|column| cell(row, *column).to_owned()).collect()
}

/// A number of 64 bits for some cells: that two rows of millions have the same is as likely as one in a million.
fn hash(row: &csv::StringRecord, columns: &[Option<usize>]) -> u64 {
    let mut hasher = DefaultHasher::new();
    columns.iter().for_each(|column| cell(row, *column).hash(&mut hasher));
    hasher.finish()
}

/// The number of one more row with the same key: nothing forbids two, and they are compared in their order.
fn again(key: u64, repeated: &mut FxHashMap<u64, u32>) -> u64 {
    let times = repeated.entry(key).or_default();
    *times += 1;
    let mut hasher = DefaultHasher::new();
    (key, *times).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &'static str) -> Table<std::io::Cursor<&'static [u8]>> {
        Table::new(Path::new("table.csv"), std::io::Cursor::new(text.as_bytes())).unwrap()
    }

    fn diff(name: &str, old: &'static str, new: &'static str, most: usize) -> TableDiff {
        TableDiff::of(name, &mut table(old), &mut table(new), &["source".into()], most).unwrap()
    }

    #[test]
    fn cells_are_compared_by_the_key_of_their_row_wherever_it_stands() {
        let old = "frame,term,source,n\nblockade,siege,A,1\nblockade,siege,B,2\ngenocide,x,A,5";
        let new = "frame,term,source,n\nblockade,siege,B,3\nblockade,siege,A,1\ncorridor,y,A,4";
        let found = diff("frame_frequency", old, new, usize::MAX);
        let key = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let cell = CellChange { column: "n".into(), old: "2".into(), new: "3".into() };
        assert_eq!(
            found.rows,
            [
                RowChange::Changed { key: key(&["blockade", "siege", "B"]), cells: vec![cell] },
                RowChange::Added { key: key(&["corridor", "y", "A"]) },
                RowChange::Removed { key: key(&["genocide", "x", "A"]) },
            ]
        );
        let two = diff("frame_frequency", old, new, 2);
        assert_eq!(two.rows, found.rows[..2]);
        assert_eq!([&two, &found].map(|diff| (diff.changed(), diff.added(), diff.removed())), [(1, 1, 1); 2]);
    }

    #[test]
    fn columns_that_come_and_go_are_no_changed_cells() {
        let old = "word,source,n,old\na,A,1,9";
        let new = "word,source,n,new\na,A,1,8";
        let diff = diff("vocabulary", old, new, 9);
        assert_eq!(
            (diff.differing(), diff.columns_added, diff.columns_removed),
            (0, vec!["new".into()], vec!["old".into()])
        );
    }

    #[test]
    fn rows_of_one_key_are_compared_in_their_order() {
        let old = "article_id,start_byte,end_byte,zone\na,0,0,body\na,0,0,heading";
        let new = "article_id,start_byte,end_byte,zone\na,0,0,body\na,0,0,caption";
        assert_eq!(diff("zones", old, new, 9).changed(), 1);
    }
}
