//! One table against its older self.

use super::join::{Columns, FirstPlaces, Joined, cell, hash, join};
use super::{Compared, Table, keys};
use crate::error::{Error, Result};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek};
use std::num::NonZeroU64;
use std::path::Path;

/// The rows of a table that differ.
#[derive(Debug, Default, PartialEq, Eq)]
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
    derived: usize,
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

/// The columns of two tables: of each list the first is that of the old one.
struct Shared {
    keys: [Columns; 2],
    compared: [Columns; 2],
    derived: [Columns; 2],
}

/// Where the rows that are shown begin: in the new table, with the row of the old one; and in the old one alone.
struct ShownPlaces {
    here: Vec<(u64, Option<NonZeroU64>)>,
    gone: Vec<u64>,
}

impl TableDiff {
    /// Compares two files and tells `each` of so many rows that differ, one after the other.
    pub(super) fn between(
        name: &str,
        paths: [&Path; 2],
        (by, compared): (&[String], Compared),
        most: usize,
        each: &mut dyn FnMut(&Self, RowChange) -> Result<()>,
    ) -> Result<Self> {
        if is_same(paths[0], paths[1])? {
            return Ok(Self { name: name.into(), ..Self::default() });
        }
        let (mut old, mut new) = (Table::open(paths[0])?, Table::open(paths[1])?);
        Self::of(name, [&mut old, &mut new], (by, compared), most, each)
    }

    /// Of the rows their places are kept; those that are shown are read again.
    fn of<R: Read + Seek>(
        name: &str,
        [old, new]: [&mut Table<R>; 2],
        (by, compared): (&[String], Compared),
        most: usize,
        each: &mut dyn FnMut(&Self, RowChange) -> Result<()>,
    ) -> Result<Self> {
        let mut diff = Self { name: name.into(), ..Self::default() };
        let shared = diff.columns(&old.header, &new.header, by, compared);
        let (mut here, mut gone) = (FirstPlaces::new(most), FirstPlaces::new(most));
        let keep =
            |side: usize, row: &csv::StringRecord| [&shared.compared, &shared.derived].map(|of| hash(row, &of[side]));
        join([old, new], shared.keys.each_ref(), keep, |found| match found {
            Joined::Both(was, is) if was.of[0] != is.of[0] => {
                diff.changed += 1;
                // No row begins where the header does, at 0.
                here.put((is.place, NonZeroU64::new(was.place)));
            }
            Joined::Both(was, is) => diff.derived += usize::from(was.of[1] != is.of[1]),
            Joined::OnlyNew(is) => {
                diff.added += 1;
                here.put((is.place, None));
            }
            Joined::OnlyOld(was) => {
                diff.removed += 1;
                gone.put(was.place);
            }
        })?;
        let mut places = ShownPlaces { here: here.sorted(), gone: gone.sorted() };
        places.gone.truncate(most - places.here.len());
        diff.show(&places, &shared, [old, new], each)?;
        Ok(diff)
    }

    fn columns(&mut self, old: &[String], new: &[String], by: &[String], compared: Compared) -> Shared {
        let in_old = |column: &String| old.iter().position(|known| known == column);
        let key_of_new = keys::columns(&self.name, new, by);
        self.key_columns = key_of_new.iter().map(|column| new[*column].clone()).collect();
        let (before, after): (BTreeSet<&String>, BTreeSet<&String>) = (old.iter().collect(), new.iter().collect());
        self.columns_added = after.difference(&before).map(|column| (*column).clone()).collect();
        self.columns_removed = before.difference(&after).map(|column| (*column).clone()).collect();
        // A row is known by the same columns in both, or every row is another one.
        let keys = [self.key_columns.iter().map(in_old).collect(), key_of_new.into_iter().map(Some).collect()];
        let is_left = |column: &str| compared == Compared::Counted && keys::is_derived(&self.name, column);
        let of = |left: bool| -> [Columns; 2] {
            let columns = new.iter().enumerate().filter(|(_, column)| is_left(column) == left);
            let (old, new) = columns.filter_map(|(at, column)| Some((Some(in_old(column)?), Some(at)))).unzip();
            [old, new]
        };
        Shared { keys, compared: of(false), derived: of(true) }
    }

    fn show<R: Read + Seek>(
        &self,
        places: &ShownPlaces,
        shared: &Shared,
        [old, new]: [&mut Table<R>; 2],
        each: &mut dyn FnMut(&Self, RowChange) -> Result<()>,
    ) -> Result<()> {
        let (mut was, mut is) = (csv::StringRecord::new(), csv::StringRecord::new());
        for (place, older) in &places.here {
            new.at(*place, &mut is)?;
            let key = cells(&is, &shared.keys[1]);
            let Some(older) = older else {
                each(self, RowChange::Added { key })?;
                continue;
            };
            old.at(older.get(), &mut was)?;
            let [before, after] = &shared.compared;
            let change = |(was_at, is_at): (&Option<usize>, &Option<usize>)| CellChange {
                column: is_at.and_then(|at| new.header.get(at)).cloned().unwrap_or_default(),
                old: cell(&was, *was_at).to_owned(),
                new: cell(&is, *is_at).to_owned(),
            };
            let differ =
                |(was_at, is_at): &(&Option<usize>, &Option<usize>)| cell(&was, **was_at) != cell(&is, **is_at);
            let cells = before.iter().zip(after).filter(differ).map(change).collect();
            each(self, RowChange::Changed { key, cells })?;
        }
        for place in &places.gone {
            old.at(*place, &mut was)?;
            each(self, RowChange::Removed { key: cells(&was, &shared.keys[0]) })?;
        }
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.differing() == 0 && self.derived == 0 && self.columns_added.is_empty() && self.columns_removed.is_empty()
    }

    /// All rows that differ in what is compared, whether they are kept or not.
    pub fn differing(&self) -> usize {
        self.added + self.removed + self.changed
    }

    pub fn added(&self) -> usize {
        self.added
    }

    pub fn removed(&self) -> usize {
        self.removed
    }

    /// Rows that both have, with another value in some cell that is compared.
    pub fn changed(&self) -> usize {
        self.changed
    }

    /// Rows that both have with the same counts, and with other numbers computed from the counts of other rows too.
    pub fn derived(&self) -> usize {
        self.derived
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

pub(super) fn cells(row: &csv::StringRecord, columns: &[Option<usize>]) -> Vec<String> {
    columns.iter().map(|column| cell(row, *column).to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table<std::io::Cursor<&[u8]>> {
        Table::new(Path::new("table.csv"), std::io::Cursor::new(text.as_bytes())).unwrap()
    }

    fn compare(name: &str, old: &str, new: &str, compared: Compared, most: usize) -> TableDiff {
        let mut rows = Vec::new();
        let tables = [&mut table(old), &mut table(new)];
        let mut diff = TableDiff::of(name, tables, (&["source".into()], compared), most, &mut |_, row| {
            rows.push(row);
            Ok(())
        })
        .unwrap();
        diff.rows = rows;
        diff
    }

    fn diff(name: &str, old: &str, new: &str, most: usize) -> TableDiff {
        compare(name, old, new, Compared::All, most)
    }

    fn key(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    fn cell_change(column: &str, old: &str, new: &str) -> CellChange {
        CellChange { column: column.into(), old: old.into(), new: new.into() }
    }

    #[test]
    fn cells_are_compared_by_the_key_of_their_row_wherever_it_stands() {
        let old = "frame,term,source,n\nblockade,siege,A,1\nblockade,siege,B,2\ngenocide,x,A,5";
        let new = "frame,term,source,n\nblockade,siege,B,3\nblockade,siege,A,1\ncorridor,y,A,4";
        let found = diff("frame_frequency", old, new, usize::MAX);
        assert_eq!(
            found.rows,
            [
                RowChange::Changed { key: key(&["blockade", "siege", "B"]), cells: vec![cell_change("n", "2", "3")] },
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
        let three = "article_id,start_byte,end_byte,zone\na,0,0,body\na,0,0,heading\nb,0,0,body\na,0,0,body";
        let found = diff("zones", three, old, 9);
        assert_eq!((found.changed(), found.removed(), found.added()), (0, 2, 0));
        assert_eq!(found.rows[1], RowChange::Removed { key: key(&["a", "0", "0"]) });
    }

    #[test]
    fn what_is_computed_from_counts_is_counted_but_not_shown_unless_asked_for() {
        let old = "frame,term,source,n,per_1000,flags\nx,y,A,1,0.5,\nx,y,B,2,0.5,";
        let new = "frame,term,source,n,per_1000,flags\nx,y,A,1,0.7,few\nx,y,B,3,0.7,";
        let counted = compare("frame_frequency", old, new, Compared::Counted, 9);
        assert_eq!((counted.changed(), counted.derived()), (1, 1));
        assert_eq!(
            counted.rows,
            [RowChange::Changed { key: key(&["x", "y", "B"]), cells: vec![cell_change("n", "2", "3")] }]
        );
        let all = diff("frame_frequency", old, new, 9);
        assert_eq!((all.changed(), all.derived()), (2, 0));
        // What nobody has declared is compared.
        assert_eq!(compare("frame_frequency", "frame,mine\nx,1", "frame,mine\nx,2", Compared::Counted, 9).changed(), 1);
        assert_eq!(compare("mine", "a,per_1000\nx,1", "a,per_1000\nx,2", Compared::Counted, 9).changed(), 1);
    }

    #[test]
    fn an_empty_table_has_only_rows_of_the_other() {
        let (none, some) = ("word,source,n\n", "word,source,n\na,A,1\nb,A,1\n\"c\nd\",A,1\n");
        assert_eq!(
            [diff("vocabulary", none, some, 2), diff("vocabulary", some, none, 2)].map(|diff| diff.rows),
            [
                vec![RowChange::Added { key: key(&["a", "A"]) }, RowChange::Added { key: key(&["b", "A"]) }],
                vec![RowChange::Removed { key: key(&["a", "A"]) }, RowChange::Removed { key: key(&["b", "A"]) }],
            ]
        );
        assert_eq!(diff("vocabulary", none, some, 9).rows[2].key(), ["c\nd", "A"]);
        assert!(diff("vocabulary", none, none, 9).is_empty());
    }

    /// The answer of a map of all rows, which needs no order and no lists of those that wait.
    fn by_map(old: &str, new: &str) -> (usize, usize, usize) {
        let rows = |text: &str| {
            let mut times = std::collections::BTreeMap::new();
            let mut all = std::collections::BTreeMap::new();
            for (word, n) in text.lines().skip(1).filter_map(|line| line.split_once(',')) {
                let time = times.entry(word.to_owned()).or_insert(0);
                *time += 1;
                all.insert((word.to_owned(), *time), n.to_owned());
            }
            all
        };
        let (old, new) = (rows(old), rows(new));
        let changed = new.iter().filter(|(key, n)| old.get(*key).is_some_and(|was| was != *n)).count();
        let only = |of: &std::collections::BTreeMap<_, _>, other: &std::collections::BTreeMap<_, String>| {
            of.keys().filter(|key: &&(String, i32)| !other.contains_key(*key)).count()
        };
        (changed, only(&new, &old), only(&old, &new))
    }

    proptest::proptest! {
        #[test]
        fn any_order_of_rows_gives_what_a_map_of_all_rows_gives(
            old in proptest::collection::vec((0..30u8, 0..3u8), 0..60),
            new in proptest::collection::vec((0..30u8, 0..3u8), 0..60),
            most in 0..50usize,
        ) {
            let text = |rows: &[(u8, u8)]| {
                let rows: String = rows.iter().map(|(word, n)| format!("w{word},{n}\n")).collect();
                format!("word,n\n{rows}")
            };
            let (old, new) = (text(&old), text(&new));
            let found = diff("vocabulary", &old, &new, most);
            proptest::prop_assert_eq!((found.changed(), found.added(), found.removed()), by_map(&old, &new));
            let all = diff("vocabulary", &old, &new, usize::MAX);
            proptest::prop_assert_eq!(all.rows.len(), all.differing());
            proptest::prop_assert_eq!(&found.rows[..], &all.rows[..most.min(all.rows.len())]);
        }
    }
}
