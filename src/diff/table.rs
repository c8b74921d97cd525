//! One table against its older self.

use super::{Read, keys, read};
use crate::error::Result;
use std::collections::{BTreeSet, HashMap};
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
    /// Added and changed rows in the order of the new table, then the removed ones in that of the old.
    pub rows: Vec<RowChange>,
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

/// A key, and which of the rows with this key: nothing forbids two.
type RowKey = (Vec<String>, usize);

impl TableDiff {
    pub(super) fn between(name: &str, old: &Path, new: &Path, by: &[String]) -> Result<Self> {
        let is_same = std::fs::metadata(old).ok().map(|file| file.len())
            == std::fs::metadata(new).ok().map(|file| file.len())
            && std::fs::read(old).ok() == std::fs::read(new).ok();
        if is_same {
            return Ok(Self::unchanged(name));
        }
        Ok(Self::of(name, &read(old)?, &read(new)?, by))
    }

    fn unchanged(name: &str) -> Self {
        let none = Vec::new;
        Self {
            name: name.into(),
            key_columns: none(),
            columns_added: none(),
            columns_removed: none(),
            rows: Vec::new(),
        }
    }

    fn of(name: &str, old: &Read, new: &Read, by: &[String]) -> Self {
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
        let mut known: HashMap<RowKey, usize> = HashMap::new();
        for (at, key) in keyed(old, &key_of_old).into_iter().enumerate() {
            known.insert(key, at);
        }
        let shared: Vec<(usize, usize)> = new
            .header
            .iter()
            .enumerate()
            .filter_map(|(at, column)| Some((old.header.iter().position(|known| known == column)?, at)))
            .collect();
        let mut is_met = vec![false; old.rows.len()];
        for (row, key) in new.rows.iter().zip(keyed(new, &key_of_new)) {
            let Some(at) = known.get(&key) else {
                diff.rows.push(RowChange::Added { key: key.0 });
                continue;
            };
            is_met[*at] = true;
            let changed = shared.iter().filter(|(was, is)| old.rows[*at].get(*was) != row.get(*is));
            let cells: Vec<CellChange> = changed
                .map(|(was, is)| CellChange {
                    column: new.header[*is].clone(),
                    old: old.rows[*at].get(*was).unwrap_or_default().to_owned(),
                    new: row.get(*is).unwrap_or_default().to_owned(),
                })
                .collect();
            if !cells.is_empty() {
                diff.rows.push(RowChange::Changed { key: key.0, cells });
            }
        }
        let gone = keyed(old, &key_of_old).into_iter().zip(is_met).filter(|(_, is_met)| !is_met);
        diff.rows.extend(gone.map(|(key, _)| RowChange::Removed { key: key.0 }));
        diff
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.columns_added.is_empty() && self.columns_removed.is_empty()
    }

    pub fn added(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row, RowChange::Added { .. })).count()
    }

    pub fn removed(&self) -> usize {
        self.rows.iter().filter(|row| matches!(row, RowChange::Removed { .. })).count()
    }

    /// Rows that both have, with another value in some cell.
    pub fn changed(&self) -> usize {
        self.rows.len() - self.added() - self.removed()
    }
}

fn keyed(table: &Read, columns: &[Option<usize>]) -> Vec<RowKey> {
    let mut met: HashMap<Vec<String>, usize> = HashMap::new();
    let cell = |row: &csv::StringRecord, column: &Option<usize>| {
        column.and_then(|column| row.get(column)).unwrap_or_default().to_owned()
    };
    let key = |row| {
        let key: Vec<String> = columns.iter().map(|column| cell(row, column)).collect();
        let times = met.entry(key.clone()).or_default();
        *times += 1;
        (key, *times)
    };
    table.rows.iter().map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Read {
        let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let header = lines.next().unwrap().into_iter().map(str::to_owned).collect();
        Read { header, rows: lines.map(csv::StringRecord::from).collect() }
    }

    #[test]
    fn cells_are_compared_by_the_key_of_their_row_wherever_it_stands() {
        let old = table("frame,term,source,n\nblockade,siege,A,1\nblockade,siege,B,2\ngenocide,x,A,5");
        let new = table("frame,term,source,n\nblockade,siege,B,3\nblockade,siege,A,1\ncorridor,y,A,4");
        let diff = TableDiff::of("frame_frequency", &old, &new, &["source".into()]);
        let key = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
        let cell = CellChange { column: "n".into(), old: "2".into(), new: "3".into() };
        assert_eq!(
            diff.rows,
            [
                RowChange::Changed { key: key(&["blockade", "siege", "B"]), cells: vec![cell] },
                RowChange::Added { key: key(&["corridor", "y", "A"]) },
                RowChange::Removed { key: key(&["genocide", "x", "A"]) },
            ]
        );
    }

    #[test]
    fn columns_that_come_and_go_are_no_changed_cells() {
        let old = table("word,source,n,old\na,A,1,9");
        let new = table("word,source,n,new\na,A,1,8");
        let diff = TableDiff::of("vocabulary", &old, &new, &["source".into()]);
        assert_eq!(
            (diff.rows.len(), diff.columns_added, diff.columns_removed),
            (0, vec!["new".into()], vec!["old".into()])
        );
    }

    #[test]
    fn rows_of_one_key_are_compared_in_their_order() {
        let old = table("article_id,start_byte,end_byte,zone\na,0,0,body\na,0,0,heading");
        let new = table("article_id,start_byte,end_byte,zone\na,0,0,body\na,0,0,caption");
        assert_eq!(TableDiff::of("zones", &old, &new, &[]).changed(), 1);
    }
}
