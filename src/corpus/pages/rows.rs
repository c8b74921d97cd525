//! The rows of all lists, found by the addresses and names of pages.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::super::gather::GatheredFiles;
use super::super::origin::ListedPage;
use super::super::walk;
use super::super::warning::WarningKind;
use super::address;
use super::list::ListRow;
use crate::error::Place;

/// Names of files are cut at some length; a shorter one is not taken for the begin of an address.
const LEAST_LETTERS: usize = 40;

/// The number of a row.
type Number = usize;

#[derive(Default)]
pub(super) struct Rows {
    rows: Vec<ListRow>,
    keys: FxHashMap<String, Number>,
    /// By the address without its query, where only one row has it.
    plain: FxHashMap<String, Option<Number>>,
    letters: BTreeMap<String, Option<Number>>,
    ids: FxHashMap<String, Option<Number>>,
    /// Where the page of each row lies.
    taken: FxHashMap<Number, Place>,
    /// Rows with the address of an earlier one.
    repeated: Vec<(Place, Place)>,
}

impl Rows {
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds the rows of a list. A row with the address of an earlier row is reported, and its page not counted twice.
    pub fn add(&mut self, rows: Vec<ListRow>) {
        for row in rows {
            let key = address::key(&row.address).unwrap_or_else(|| row.address.clone());
            let number = self.rows.len();
            if let Some(first) = self.keys.get(&key) {
                self.repeated.push((row.place.clone(), self.rows[*first].place.clone()));
                continue;
            }
            let plain = key.split('?').next().unwrap_or_default().to_owned();
            only(self.plain.entry(plain).or_insert(Some(number)), number);
            only(self.letters.entry(address::letters(&key)).or_insert(Some(number)), number);
            only(self.ids.entry(row.page.id.to_string()).or_insert(Some(number)), number);
            self.keys.insert(key, number);
            self.rows.push(row);
        }
    }

    /// Columns of the lists beyond the well-known ones.
    pub fn further_columns(&self) -> BTreeSet<String> {
        self.rows.iter().flat_map(|row| row.page.known.more.keys().cloned()).collect()
    }

    /// The row with the address. An address without a query is also that of the one row that has one more.
    pub fn by_address(&self, address: &str) -> Option<Number> {
        let key = address::key(address)?;
        let plain = || if key.contains('/') { self.plain.get(&key).copied().flatten() } else { None };
        self.keys.get(&key).copied().or_else(plain)
    }

    /// The row whose address or id a file's name is made from. Folders may be part of it, as programs that copy a site
    /// make them.
    pub fn by_name(&self, relative: &str) -> Option<Number> {
        let stem = walk::stem(relative);
        let name = stem.rsplit('/').next().unwrap_or(stem);
        let starts = std::iter::once(0).chain(relative.match_indices('/').map(|(at, _)| at + 1));
        let by_letters = starts.into_iter().find_map(|start| {
            let whole = address::letters(&relative[start..]);
            let index = whole.strip_suffix("index").filter(|_| name == "index");
            let known = |letters: &str| self.letters.get(letters).copied().flatten();
            known(&whole).or_else(|| index.and_then(known)).or_else(|| self.by_begin(&whole))
        });
        by_letters.or_else(|| self.ids.get(name).copied().flatten())
    }

    /// The only row whose address begins so.
    fn by_begin(&self, letters: &str) -> Option<Number> {
        if letters.len() < LEAST_LETTERS {
            return None;
        }
        let mut begin = self.letters.range(letters.to_owned()..).take_while(|(known, _)| known.starts_with(letters));
        let only = *begin.next()?.1;
        if begin.next().is_some() { None } else { only }
    }

    /// Gives a row to a page at a place, or says which page has it.
    pub fn take(&mut self, row: Number, place: &Place) -> Result<ListedPage, Place> {
        if let Some(other) = self.taken.get(&row) {
            return Err(other.clone());
        }
        self.taken.insert(row, place.clone());
        Ok(self.rows[row].page.clone())
    }

    /// Tells of rows that have no page, and of those that come again.
    pub fn tell(self, gathered: &mut GatheredFiles) {
        for (_, row) in self.rows.iter().enumerate().filter(|(number, _)| !self.taken.contains_key(number)) {
            let what = format!("no page in the folder is that of `{}`", row.address);
            gathered.warn(WarningKind::NoPage, row.place.clone(), what, "");
        }
        for (place, first) in self.repeated {
            let what = format!("its address came before, in {first}, and is counted once");
            gathered.warn(WarningKind::SamePage, place, what, "");
        }
    }
}

/// A name that several rows would answer to leads to none of them.
fn only(known: &mut Option<Number>, number: Number) {
    if *known != Some(number) {
        *known = None;
    }
}
