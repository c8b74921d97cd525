//! Which contrasts moved most between two outputs: what a reader of the older one would have to write anew.

use super::join::{Columns, Joined, cell, hash, join};
use super::{Table, keys, table};
use crate::error::Result;
use std::io::{Read, Seek};
use std::path::Path;

/// A contrast whose value is another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The key of its row.
    pub key: Vec<String>,
    pub old: Estimate,
    pub new: Estimate,
}

/// A value with its interval, as the table has them; empty where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimate {
    pub value: String,
    pub low: String,
    pub high: String,
}

/// The columns of a value and of its interval.
const COLUMNS: [&str; 3] = ["value", "value_low", "value_high"];

/// The contrasts that both outputs have with different values: by the distance of the values, measured by the width of
/// both intervals, the largest first; then those without an interval, by the distance alone. So many of them, and how
/// many there are.
pub(super) fn moved(old: &Path, new: &Path, by: &[String], most: usize) -> Result<(Vec<Moved>, usize)> {
    if !old.exists() || !new.exists() {
        return Ok(Default::default());
    }
    of([&mut Table::open(old)?, &mut Table::open(new)?], by, most)
}

fn of<R: Read + Seek>(tables: [&mut Table<R>; 2], by: &[String], most: usize) -> Result<(Vec<Moved>, usize)> {
    let [old, new] = tables;
    let key = keys::columns("contrasts", &new.header, by);
    let name = |at: &usize| new.header[*at].clone();
    let place = |header: &[String], name: &str| header.iter().position(|known| known == name);
    let names: Vec<String> = key.iter().map(name).collect();
    let columns: [Columns; 2] =
        [names.iter().map(|name| place(&old.header, name)).collect(), key.into_iter().map(Some).collect()];
    let cells = [&old.header, &new.header].map(|header| COLUMNS.map(|name| place(header, name)));
    let keep = |side: usize, row: &csv::StringRecord| MovedValue::of(row, &cells[side]);
    let mut found = Vec::new();
    join([&mut *old, &mut *new], columns.each_ref(), keep, |pair| {
        if let Joined::Both(was, is) = pair
            && was.of.text != is.of.text
        {
            found.push((Distance::of(was.of, is.of), is.place, was.place));
        }
    })?;
    let count = found.len();
    found.sort_by(|(a, at_a, _), (b, at_b, _)| b.compare(a).then(at_a.cmp(at_b)));
    // Of contrasts that moved as far as the last one, the key decides which are shown.
    let last = found.get(most.wrapping_sub(1)).map(|(distance, ..)| *distance);
    let is_beyond = |distance: &Distance| last.is_some_and(|last| distance.compare(&last).is_lt());
    let end = found.iter().skip(most).position(|(distance, ..)| is_beyond(distance)).map_or(count, |more| most + more);
    found.truncate(if most == 0 { 0 } else { end });
    let (mut was, mut is) = (csv::StringRecord::new(), csv::StringRecord::new());
    let mut moved = Vec::with_capacity(found.len());
    for (distance, at, was_at) in found {
        new.at(at, &mut is)?;
        old.at(was_at, &mut was)?;
        let key = table::cells(&is, &columns[1]);
        moved.push((distance, Moved { key, old: Estimate::of(&was, &cells[0]), new: Estimate::of(&is, &cells[1]) }));
    }
    moved.sort_by(|(a, of_a), (b, of_b)| b.compare(a).then_with(|| of_a.key.cmp(&of_b.key)));
    Ok((moved.into_iter().map(|(_, moved)| moved).take(most).collect(), count))
}

impl Estimate {
    fn of(row: &csv::StringRecord, columns: &[Option<usize>; 3]) -> Self {
        let [value, low, high] = columns.map(|column| cell(row, column).to_owned());
        Self { value, low, high }
    }
}

/// What decides how far a value has moved.
#[derive(Debug, Clone, Copy)]
struct MovedValue {
    /// A number for the text of the value: an empty one is not 0.
    text: u64,
    number: f64,
    /// Of the interval, where there is one.
    width: Option<f64>,
}

impl MovedValue {
    fn of(row: &csv::StringRecord, [value, low, high]: &[Option<usize>; 3]) -> Self {
        let number = |column: &Option<usize>| cell(row, *column).parse::<f64>().unwrap_or(0.0);
        let has_interval = !cell(row, *low).is_empty();
        Self {
            text: hash(row, &[*value]),
            number: number(value),
            width: has_interval.then(|| number(high) - number(low)),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Distance {
    /// In widths of both intervals together.
    in_widths: Option<f64>,
    plain: f64,
}

impl Distance {
    fn of(old: MovedValue, new: MovedValue) -> Self {
        let plain = (new.number - old.number).abs();
        let widths = old.width.zip(new.width).map(|(old, new)| old + new);
        Self { in_widths: widths.filter(|widths| *widths > 0.0).map(|widths| plain / widths), plain }
    }

    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let widths = |distance: &Self| distance.in_widths.unwrap_or(-1.0);
        widths(self).total_cmp(&widths(other)).then(self.plain.total_cmp(&other.plain))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(old: &[&str], new: &[&str], most: usize) -> (Vec<Moved>, usize) {
        let text = |rows: &[&str]| {
            format!("measure,layer,item,source,reference,value,value_low,value_high\n{}\n", rows.join("\n"))
        };
        let (old, new) = (text(old), text(new));
        let table = |text: &str| Table::new(Path::new("contrasts.csv"), std::io::Cursor::new(text.to_owned())).unwrap();
        of([&mut table(&old), &mut table(&new)], &["source".into()], most).unwrap()
    }

    const OLD: [&str; 5] = [
        "rate,frame,a,N,o,1,0,2",
        "rate,frame,b,N,o,1,0.9,1.1",
        "rate,frame,c,N,o,1,,",
        "rate,frame,d,N,o,1,0,9",
        "rate,frame,A,N,o,1,,",
    ];

    #[test]
    fn what_moved_beyond_its_intervals_comes_first() {
        let new = [
            "rate,frame,a,N,o,3,2,4",
            "rate,frame,b,N,o,2,1.9,2.1",
            "rate,frame,c,N,o,9,,",
            "rate,frame,d,N,o,1,0,8",
            "rate,frame,A,N,o,9,,",
        ];
        let items = |most| {
            let (moved, count) = find(&OLD, &new, most);
            assert_eq!(count, 4);
            moved.into_iter().map(|moved| moved.key[2].clone()).collect::<Vec<_>>()
        };
        assert_eq!(items(9), ["b", "a", "A", "c"]);
        // Two that moved as far: the first by its key, not by its place.
        assert_eq!(items(3), ["b", "a", "A"]);
        assert!(items(0).is_empty());
        let first = &find(&OLD, &new, 1).0[0];
        assert_eq!((first.old.low.as_str(), first.new.value.as_str()), ("0.9", "2"));
    }

    #[test]
    fn an_empty_value_has_moved_to_zero() {
        assert_eq!(find(&["rate,frame,a,N,o,,,"], &["rate,frame,a,N,o,0,,"], 9).1, 1);
    }
}
