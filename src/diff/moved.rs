//! Which contrasts moved most between two outputs: what a reader of the older one would have to write anew.

use super::keys;
use super::{Read, read};
use crate::error::Result;
use std::collections::HashMap;
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
/// both intervals, the largest first; then those without an interval, by the distance alone.
pub(super) fn moved(old: &Path, new: &Path, by: &[String]) -> Result<Vec<Moved>> {
    if !old.exists() || !new.exists() {
        return Ok(Vec::new());
    }
    Ok(of(&read(old)?, &read(new)?, by))
}

fn of(old: &Read, new: &Read, by: &[String]) -> Vec<Moved> {
    let (before, after) = (estimates(old, by), estimates(new, by));
    let before: HashMap<Vec<String>, Estimate> = before.into_iter().collect();
    let changed = after.into_iter().filter_map(|(key, new)| {
        let old = before.get(&key).filter(|old| old.value != new.value)?.clone();
        Some(Moved { key, old, new })
    });
    let mut moved: Vec<(Distance, Moved)> = changed.map(|moved| (Distance::of(&moved), moved)).collect();
    moved.sort_by(|(a, of_a), (b, of_b)| b.compare(a).then_with(|| of_a.key.cmp(&of_b.key)));
    moved.into_iter().map(|(_, moved)| moved).collect()
}

fn estimates(table: &Read, by: &[String]) -> Vec<(Vec<String>, Estimate)> {
    let columns = keys::columns("contrasts", &table.header, by);
    let place = |column: &str| table.header.iter().position(|known| known == column);
    let cells = COLUMNS.map(place);
    let row = |row: &csv::StringRecord| {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).unwrap_or_default().to_owned();
        let [value, low, high] = cells.map(cell);
        (columns.iter().map(|at| cell(Some(*at))).collect(), Estimate { value, low, high })
    };
    table.rows.iter().map(row).collect()
}

struct Distance {
    /// In widths of both intervals together.
    in_widths: Option<f64>,
    plain: f64,
}

impl Distance {
    fn of(Moved { old, new, .. }: &Moved) -> Self {
        let number = |text: &String| text.parse::<f64>().unwrap_or(0.0);
        let width = |of: &Estimate| (!of.low.is_empty()).then(|| number(&of.high) - number(&of.low));
        let plain = (number(&new.value) - number(&old.value)).abs();
        let widths = width(old).zip(width(new)).map(|(old, new)| old + new);
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

    fn table(rows: &[&str]) -> Read {
        let header = "measure,layer,item,source,reference,value,value_low,value_high";
        let cells = |line: &str| line.split(',').map(str::to_owned).collect::<Vec<_>>();
        Read { header: cells(header), rows: rows.iter().map(|row| csv::StringRecord::from(cells(row))).collect() }
    }

    #[test]
    fn what_moved_beyond_its_intervals_comes_first() {
        let old = table(&[
            "rate,frame,a,N,o,1,0,2",
            "rate,frame,b,N,o,1,0.9,1.1",
            "rate,frame,c,N,o,1,,",
            "rate,frame,d,N,o,1,0,9",
        ]);
        let new = table(&[
            "rate,frame,a,N,o,3,2,4",
            "rate,frame,b,N,o,2,1.9,2.1",
            "rate,frame,c,N,o,9,,",
            "rate,frame,d,N,o,1,0,8",
        ]);
        let moved = of(&old, &new, &["source".into()]);
        let items: Vec<&str> = moved.iter().map(|moved| moved.key[2].as_str()).collect();
        assert_eq!(items, ["b", "a", "c"]);
        assert_eq!((moved[0].old.low.as_str(), moved[0].new.value.as_str()), ("0.9", "2"));
    }
}
