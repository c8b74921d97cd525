//! Counts as columns: keys as differences, then the numbers, one array each.

use super::name_table::NameKey;
use super::scan::{Refusal, Scanner};
use super::section::SectionShape;
use super::write::{integer, separate};

/// The columns of one section as a line has them. The buffers are used again for the next one.
#[derive(Debug, Default)]
pub(super) struct SectionColumns {
    differences: Vec<u64>,
    keys: Vec<NameKey>,
    numbers: Vec<Vec<u64>>,
    width: usize,
    /// For whom the columns are added to.
    pub rows: Vec<u32>,
}

impl SectionColumns {
    /// Reads the columns of counts of this shape; the names of the keys have these numbers.
    pub fn scan(&mut self, scanner: &mut Scanner<'_>, shape: SectionShape, numbers: &[u32]) -> Result<(), Refusal> {
        self.width = shape.width;
        self.numbers.resize_with(shape.width.max(self.numbers.len()), Vec::new);
        self.differences.clear();
        scanner.expect("[")?;
        scanner.numbers(&mut self.differences)?;
        for column in &mut self.numbers[..shape.width] {
            column.clear();
            scanner.expect(",")?;
            scanner.numbers(column)?;
            if column.len() != self.differences.len() {
                let (keys, numbers) = (self.differences.len(), column.len());
                return Err(Refusal::what(format!("a column has {numbers} numbers for {keys} keys")));
            }
        }
        scanner.expect("]")?;
        self.read_keys(shape.arity, numbers)
    }

    fn read_keys(&mut self, arity: usize, numbers: &[u32]) -> Result<(), Refusal> {
        let base = numbers.len() as u64;
        let end = base.pow(arity as u32);
        let mut place = 0u64;
        self.keys.clear();
        for (row, more) in self.differences.iter().enumerate() {
            if *more == 0 && row > 0 {
                return Err(Refusal::what("a key stands twice"));
            }
            place = place
                .checked_add(*more)
                .filter(|place| *place < end)
                .ok_or_else(|| Refusal::what(format!("a key is beyond the {base} codes of the line")))?;
            let name = |place: u64| numbers[(place % base) as usize];
            self.keys.push(match arity {
                1 => NameKey::new(&[name(place)]),
                2 => NameKey::new(&[name(place / base), name(place)]),
                _ => NameKey::new(&[name(place / base / base), name(place / base), name(place)]),
            });
        }
        Ok(())
    }

    pub fn keys(&self) -> &[NameKey] {
        &self.keys
    }

    /// The number of a row in a column.
    pub fn number(&self, row: usize, column: usize) -> u64 {
        self.numbers[column][row]
    }

    /// The numbers of a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = u64> {
        self.numbers[..self.width].iter().map(move |column| column[row])
    }
}

/// A key as a line has it: the places of its names as digits of one number.
pub(super) fn place_of(key: NameKey, arity: usize, places: &[u32]) -> u64 {
    let base = places.len() as u64;
    let digits = |names: &[u32]| names.iter().fold(0, |place, name| place * base + u64::from(places[*name as usize]));
    match arity {
        1 => digits(&key.names::<1>()),
        2 => digits(&key.names::<2>()),
        _ => digits(&key.names::<3>()),
    }
}

/// Writes rows, which must be sorted by their keys' places.
pub(super) fn write_columns<R>(
    out: &mut String,
    rows: &[(u64, R)],
    SectionShape { width, .. }: SectionShape,
    number: impl Fn(&R, usize) -> u64,
) {
    out.push_str("[[");
    let mut last = 0;
    for (at, (place, _)) in rows.iter().enumerate() {
        separate(out, at);
        integer(out, place - last);
        last = *place;
    }
    for column in 0..width {
        out.push_str("],[");
        for (at, (_, row)) in rows.iter().enumerate() {
            separate(out, at);
            integer(out, number(row, column));
        }
    }
    out.push_str("]]");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_as_they_were_written() {
        let numbers = [4, 9, 2];
        // The names' places in the line are those of the numbers 2, 4, 9 in the order of this table.
        let places = [0, 0, 2, 0, 0, 0, 0, 0, 0, 1];
        assert_eq!(place_of(NameKey::new(&[9, 2]), 2, &places[..]), 12);
        let rows = [(1u64, [5u64, 6]), (5, [7, 8]), (8, [u64::MAX, 0])];
        let mut line = String::new();
        write_columns(&mut line, &rows, SectionShape { arity: 2, width: 2 }, |row, column| row[column]);
        assert_eq!(line, "[[1,4,3],[5,7,18446744073709551615],[6,8,0]]");
        let mut columns = SectionColumns::default();
        let mut scanner = Scanner::new(&line);
        columns.scan(&mut scanner, SectionShape { arity: 2, width: 2 }, &numbers).unwrap();
        assert_eq!(columns.keys(), [NameKey::new(&[4, 9]), NameKey::new(&[9, 2]), NameKey::new(&[2, 2])]);
        assert_eq!(columns.row(2).collect::<Vec<_>>(), [u64::MAX, 0]);
        assert_eq!((columns.number(1, 0), columns.number(1, 1)), (7, 8));
    }

    #[test]
    fn columns_that_were_not_written_so_are_refused() {
        let refused = |line: &str| {
            SectionColumns::default()
                .scan(&mut Scanner::new(line), SectionShape { arity: 1, width: 1 }, &[0, 1, 2])
                .is_err()
        };
        assert!(!refused("[[0,1,1],[1,1,1]]") && !refused("[[],[]]"));
        for line in
            ["[[0,0],[1,1]]", "[[3],[1]]", "[[1,2],[1,1]]", "[[1],[1,1]]", "[[1]]", "[[18446744073709551615,1],[1,1]]"]
        {
            assert!(refused(line), "{line}");
        }
    }
}
