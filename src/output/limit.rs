//! No output of unexpected size: a run says how large it would be before it writes it.

use crate::error::{Error, Result};
use crate::tables::TableSize;
use std::str::FromStr;

/// How many bytes the tables of an output may have: `--max-output`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MostBytes(pub u64);

impl Default for MostBytes {
    fn default() -> Self {
        Self(2_000_000_000)
    }
}

const UNITS: [(&str, u64); 4] = [("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];

impl FromStr for MostBytes {
    type Err = Error;

    /// A whole number with `TB`, `GB`, `MB` or `kB`; without a unit it is of megabytes.
    fn from_str(text: &str) -> Result<Self> {
        let known = UNITS.iter().find_map(|(unit, bytes)| {
            let (at, end) = text.len().checked_sub(unit.len()).and_then(|at| text.split_at_checked(at))?;
            end.eq_ignore_ascii_case(unit).then_some((at, *bytes))
        });
        let (number, unit) = known.unwrap_or((text, 1_000_000));
        let bytes = number.trim_end().parse::<u64>().ok().and_then(|number| number.checked_mul(unit));
        bytes.filter(|bytes| *bytes > 0).map(Self).ok_or_else(|| {
            Error::Usage(format!("`{text}` is no size; write a whole number with its unit, such as `500MB` or `4GB`"))
        })
    }
}

/// A size as people say it.
pub fn in_words(bytes: u64) -> String {
    let (unit, of_unit) = UNITS.into_iter().find(|(_, of_unit)| bytes >= *of_unit).unwrap_or(("bytes", 1));
    let number = bytes as f64 / of_unit as f64;
    if of_unit == 1 || number >= 100.0 { format!("{number:.0} {unit}") } else { format!("{number:.1} {unit}") }
}

/// How many tables a message names.
const NAMED: usize = 4;

/// Refuses tables that would be larger together, and says what would make them smaller.
///
/// # Errors
/// They are larger.
pub fn refuse_large(most: MostBytes, tables: &[TableSize], groups: usize, by: &[String]) -> Result<()> {
    let bytes: u64 = tables.iter().map(|table| table.bytes).sum();
    if bytes <= most.0 {
        return Ok(());
    }
    let mut largest: Vec<&TableSize> = tables.iter().collect();
    largest.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.table.cmp(b.table)));
    let name = |table: &&TableSize| {
        let rows = table.rows.map_or_else(String::new, |rows| format!(" ({rows} rows)"));
        format!("`{}` {}{rows}", table.table, in_words(table.bytes))
    };
    let named: Vec<String> = largest.iter().take(NAMED).map(name).collect();
    let mut rest = bytes;
    let mut gone = Vec::new();
    for table in &largest {
        if rest > most.0 {
            rest -= table.bytes;
            gone.push(table.table);
        }
    }
    let kept: Vec<&str> = tables.iter().map(|table| table.table).filter(|table| !gone.contains(table)).collect();
    let mut ways = Vec::new();
    if !kept.is_empty() {
        ways.push(format!("write fewer tables (`--only {}`)", kept.join(",")));
    }
    if groups > 1 {
        ways.push(format!("compare fewer groups than the {groups} of `--by {}`", by.join(",")));
    }
    ways.push(format!("or allow it with `--max-output {}GB`", bytes.div_ceil(UNITS[1].1)));
    Err(Error::Output(format!(
        "the tables would have about {}, and more than {} are not written: {}; {}",
        in_words(bytes),
        in_words(most.0),
        named.join(", "),
        ways.join(", "),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_said() {
        for (text, bytes) in [("4GB", 4_000_000_000), ("500 mb", 500_000_000), ("7", 7_000_000), ("1kB", 1000)] {
            assert_eq!(text.parse::<MostBytes>().expect(text), MostBytes(bytes));
        }
        for text in ["", "GB", "-1GB", "1.5GB", "0", "4 GiB", "99999999999TB", "４GB", "é"] {
            let error = text.parse::<MostBytes>().expect_err(text).to_string();
            assert!(error.starts_with(&format!("`{text}` is no size")), "{error}");
        }
        assert_eq!(
            [999, 1000, 27_431_000_000, 850_300_000].map(in_words),
            ["999 bytes", "1.0 kB", "27.4 GB", "850 MB"]
        );
    }

    #[test]
    fn a_large_output_is_refused_with_what_makes_it_smaller() {
        let table = |table, rows, bytes| TableSize { table, rows: Some(rows), bytes };
        let tables =
            [table("groups", 5000, 600_000), table("keyness", 9_000_000, 2_100_000_000), table("trend", 7, 300)];
        let by = ["source".to_owned()];
        assert!(refuse_large(MostBytes(2_100_600_300), &tables, 5000, &by).is_ok());
        let error = refuse_large(MostBytes::default(), &tables, 5000, &by).expect_err("too large");
        assert_eq!(error.exit_code(), 1);
        assert_eq!(
            error.to_string(),
            "the tables would have about 2.1 GB, and more than 2.0 GB are not written: `keyness` 2.1 GB (9000000 rows), `groups` 600 kB (5000 \
             rows), `trend` 300 bytes (7 rows); write fewer tables (`--only groups,trend`), compare fewer groups than the \
             5000 of `--by source`, or allow it with `--max-output 3GB`"
        );
    }
}
