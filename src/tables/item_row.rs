//! Rows that are alike but for the item's name, as most rows of the large tables are.

use super::csv_buffer::write_text;
use super::{Cell, CsvBuffer, Row};
use std::borrow::Cow;

/// The names of many items as cells of CSV, one behind the other: they are looked up out of order and repeated for
/// every group.
#[derive(Debug, Clone, Default)]
pub struct CsvNames {
    cells: Vec<u8>,
    ends: Vec<u32>,
}

/// A name as it stands in the file, quoted where it must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CsvName<'a>(&'a [u8]);

impl CsvNames {
    pub fn push(&mut self, name: &str) {
        write_text(name, &mut self.cells);
        self.ends.push(self.cells.len() as u32);
    }

    pub fn get(&self, at: usize) -> CsvName<'_> {
        let begin = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        CsvName(&self.cells[begin as usize..self.ends[at] as usize])
    }
}

impl<S: AsRef<str>> FromIterator<S> for CsvNames {
    fn from_iter<I: IntoIterator<Item = S>>(iter: I) -> Self {
        let mut names = Self::default();
        iter.into_iter().for_each(|name| names.push(name.as_ref()));
        names
    }
}

impl<'a> CsvName<'a> {
    /// The name itself.
    pub fn text(self) -> Cow<'a, str> {
        let text = String::from_utf8_lossy(self.0);
        match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(quoted) => Cow::Owned(quoted.replace("\"\"", "\"")),
            None => text,
        }
    }
}

/// Rows that are alike but for one text cell: written out once, repeated for each item.
#[derive(Debug, Clone, Default)]
pub struct ItemRow<'a> {
    /// All cells but the item's.
    cells: Row<'a>,
    /// The number of those before it.
    before: usize,
    /// The cells before the item with the commas behind them; then a comma, the other cells and the end of the row.
    bytes: Vec<u8>,
    bytes_before: usize,
}

/// Bytes that a row seldom exceeds.
const USUAL_BYTES: usize = 192;

impl<'a> ItemRow<'a> {
    /// The cells but the item's, of which `before` stand before it; there is at least one after it.
    pub fn new(cells: Row<'a>, before: usize) -> Self {
        let mut row = Self { cells, before, bytes: Vec::with_capacity(USUAL_BYTES), bytes_before: 0 };
        row.write_out();
        row
    }

    /// Without the memory that is kept for longer rows: of rows that are kept by the ten thousand.
    #[must_use]
    pub fn compact(mut self) -> Self {
        self.cells.shrink_to_fit();
        self.bytes.shrink_to_fit();
        self
    }

    /// Other cells in the same memory.
    pub fn set(&mut self, before: usize, fill: impl FnOnce(&mut Row<'a>)) {
        self.cells.clear();
        fill(&mut self.cells);
        self.before = before;
        self.write_out();
    }

    fn write_out(&mut self) {
        let mut csv = CsvBuffer { bytes: std::mem::take(&mut self.bytes), fields: 0 };
        csv.clear();
        for cell in &self.cells[..self.before] {
            csv.cell(cell);
        }
        if self.before > 0 {
            csv.bytes.push(b',');
        }
        self.bytes_before = csv.bytes.len();
        // After the item, whose cell is another's business.
        csv.fields = self.before + 1;
        for cell in &self.cells[self.before..] {
            csv.cell(cell);
        }
        csv.end_row();
        self.bytes = csv.bytes;
    }

    /// The whole row, borrowed from nothing.
    pub fn row(&self, item: CsvName<'_>) -> Row<'static> {
        let (before, after) = self.cells.split_at(self.before);
        let owned = |cells: &[Cell<'_>]| cells.iter().cloned().map(Cell::into_owned).collect::<Row<'static>>();
        let item = Cell::from(item.text().into_owned());
        [owned(before), vec![item], owned(after)].concat()
    }

    /// A cell by its place in the row; `None` for the item's.
    pub fn cell(&self, at: usize) -> Option<&Cell<'a>> {
        match at.cmp(&self.before) {
            std::cmp::Ordering::Less => self.cells.get(at),
            std::cmp::Ordering::Equal => None,
            std::cmp::Ordering::Greater => self.cells.get(at - 1),
        }
    }

    pub(super) fn write(&self, item: CsvName<'_>, out: &mut Vec<u8>) {
        let (before, after) = self.bytes.split_at(self.bytes_before);
        out.extend_from_slice(before);
        out.extend_from_slice(item.0);
        out.extend_from_slice(after);
    }

    pub(super) fn width(&self) -> usize {
        self.cells.len() + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_back_as_it_was() {
        let all = ["plain", "with \"quotes\", and a comma", "", "\"", "é\nü"];
        let names: CsvNames = all.iter().collect();
        for (at, name) in all.into_iter().enumerate() {
            assert_eq!(names.get(at).text(), name);
        }
    }

    #[test]
    fn the_cells_of_a_row_are_found_by_their_places() {
        let row = ItemRow::new(vec!["a".into(), 1u64.into(), 2u64.into()], 1);
        let names: CsvNames = ["x"].into_iter().collect();
        assert_eq!(row.row(names.get(0)), vec!["a".into(), "x".into(), 1u64.into(), Cell::from(2u64)]);
        let cells: Vec<Option<Cell<'_>>> = (0..5).map(|at| row.cell(at).cloned()).collect();
        assert_eq!(cells, [Some("a".into()), None, Some(1u64.into()), Some(2u64.into()), None]);
    }
}
