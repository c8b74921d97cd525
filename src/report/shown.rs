//! The rows that report and workbook show, in memory: of large tables a part, which is chosen while the rows are made.

use super::rows::{integer, text};
use crate::analysis::Analysis;
use crate::count::ALL;
use crate::tables::Layer;
use crate::tables::keyness::write_layers;
use crate::tables::{Cell, CsvName, ItemRow, Row, RowSink, Source, Table, TableColumn, TableSpec};
use std::cmp::Reverse;

/// The tables that compare groups, in the order of the workbook's sheets.
pub(super) const COMPARED: [&str; 19] = [
    "groups",
    "articles",
    "frame_frequency",
    "contrasts",
    "frame_comparison",
    "frame_comparison_own",
    "actor_frequency",
    "naming",
    "keyness",
    "speakers",
    "sourcing",
    "frame_targets",
    "actor_frame",
    "actor_cooccurrence",
    "frame_cooccurrence",
    "dispersion",
    "trend",
    "similarity",
    "corrected",
];

/// Rows of one sheet of the workbook; of more, those of the highest counts are shown, or the first where nothing is counted.
/// More would take longer to write than the articles take to read, and nobody reads on.
pub(super) const MOST_ROWS: usize = 1_200;

/// Rows of the groups' months up to which all of them are kept: a line of the page has no month left out. Of more the page
/// has those of the whole corpus.
const MOST_MONTHS: usize = 12_000;

/// The column whose numbers say which rows of a table are shown.
pub(super) fn counted_column(table: &str, fields: &[TableColumn]) -> Option<usize> {
    // Its groups are what is compared: none is left out for having less.
    let counted = if table == "groups" { [].as_slice() } else { &["observed", "n", "a"] };
    counted.iter().find_map(|name| fields.iter().position(|field| field.name == *name))
}

/// The rows that are shown of many, in their order: those of the highest counts, of equal ones the first.
pub(super) fn most_frequent<T>(rows: &mut Vec<T>, most: usize, count: impl Fn(&T) -> u64) {
    if rows.len() <= most {
        return;
    }
    let mut order: Vec<(Reverse<u64>, usize)> = rows.iter().map(|row| Reverse(count(row))).zip(0..).collect();
    order.select_nth_unstable(most);
    let last = order[most];
    let mut at = 0;
    rows.retain(|row| {
        let is_shown = (Reverse(count(row)), at) < last;
        at += 1;
        is_shown
    });
}

/// Words times groups up to which the words that set groups apart are shown too: a row each would take its time.
const MOST_WORDS: usize = 1_000_000;

/// A table with the rows that are shown.
#[derive(Debug)]
pub struct Shown {
    pub(super) table: Table,
    /// Rows in the CSV file, as far as they were looked at.
    pub(super) total: usize,
    /// What is not shown.
    pub(super) left_out: &'static str,
}

/// Hands the rows of a table to `out`, and keeps those that are shown of it: they are made once for both.
pub fn fill(spec: &TableSpec, fields: &[TableColumn], analysis: &Analysis<'_>, out: &mut dyn RowSink) -> Option<Shown> {
    let Source::Analysis(fill) = spec.rows else { return None };
    let Some((mut kept, mut left_out)) = KeptRows::of(spec, fields, analysis) else {
        fill(analysis, out);
        return None;
    };
    if spec.name == "keyness" {
        // Most rows are of words, and those are seldom shown.
        fill(analysis, out);
        write_layers(analysis, &Layer::CODED, &mut kept);
        if analysis.words.len() * analysis.groups.len() <= MOST_WORDS {
            write_layers(analysis, &[Layer::Word], &mut kept);
            left_out = "words that do not set a group apart";
        }
    } else {
        fill(analysis, &mut TwoSinks { out, kept: &mut kept });
    }
    let table = Table { name: spec.name, answers: spec.answers, fields: fields.to_vec(), rows: kept.rows };
    Some(Shown { table, total: kept.total, left_out })
}

/// Rows that go to two places.
struct TwoSinks<'s> {
    out: &'s mut dyn RowSink,
    kept: &'s mut KeptRows,
}

impl RowSink for TwoSinks<'_> {
    fn row(&mut self, row: &[Cell<'_>]) {
        self.out.row(row);
        self.kept.row(row);
    }

    fn item_row(&mut self, row: &ItemRow<'_>, item: CsvName<'_>) {
        self.out.item_row(row, item);
        self.kept.item_row(row, item);
    }

    fn leave_out(&mut self, rows: u64) {
        self.out.leave_out(rows);
    }
}

/// What is kept beyond the rows of a sheet: what figures look at.
enum Beyond {
    Everything,
    /// The rows of the whole corpus, by the places of the `--by` columns.
    Whole(Vec<usize>),
    Nothing,
}

/// Keeps observed pairs of one unit, and of the words those whose bound is not zero.
struct KeptRows {
    rows: Vec<Row<'static>>,
    beyond: Beyond,
    /// The place of what is counted.
    counts: Option<usize>,
    /// Rows with no more than this have no place any more: enough others have.
    too_few: Option<u64>,
    /// Rows that are kept for a sheet alone, and how many of them make some leave.
    for_sheet: usize,
    most_for_sheet: usize,
    total: usize,
    /// Place and name of the unit, place of the count.
    pairs: Option<(usize, String, usize)>,
    /// Places of the layer and of the bound.
    words: Option<(usize, usize)>,
}

impl KeptRows {
    /// Nothing kept yet, and what will be left out; `None` for a table that is not shown.
    fn of(spec: &TableSpec, fields: &[TableColumn], analysis: &Analysis<'_>) -> Option<(Self, &'static str)> {
        if !COMPARED.contains(&spec.name) {
            return None;
        }
        let column = |name: &str| fields.iter().position(|field| field.name == name);
        let words = column("layer").zip(column("log_ratio_conservative"));
        let beyond = match spec.name {
            "articles" => Beyond::Nothing,
            "actor_cooccurrence" | "frame_cooccurrence" | "actor_frame" | "dispersion" | "trend" => {
                Beyond::Whole(analysis.options.by.iter().map(|name| column(name)).collect::<Option<_>>()?)
            }
            _ => Beyond::Everything,
        };
        let counts = counted_column(spec.name, fields);
        let rows = Vec::new();
        let most_for_sheet = if spec.name == "trend" { MOST_MONTHS } else { 4 * MOST_ROWS };
        let (too_few, for_sheet, total, pairs) = (None, 0, 0, None);
        let mut kept = Self { rows, beyond, counts, too_few, for_sheet, most_for_sheet, total, pairs, words };
        let mut left_out = if spec.name == "keyness" { "words" } else { "" };
        if let (Some(unit), Some(observed)) = (column("unit"), column("observed")) {
            let first = analysis.all().counts.units.keys().next()?.name().to_string();
            kept.pairs = Some((unit, first, observed));
            left_out = "pairs that were not observed, and other units than the first";
        }
        Some((kept, left_out))
    }

    /// A sheet gets one row more than fits, and so can say that others are left out.
    fn keep(&mut self, row: &[Cell<'_>]) {
        let is_whole = match &self.beyond {
            Beyond::Everything => true,
            Beyond::Whole(by) => is_whole(row, by),
            Beyond::Nothing => false,
        };
        if is_whole {
            return self.rows.row(row);
        }
        let Some(counts) = self.counts else {
            if self.rows.len() <= MOST_ROWS {
                self.rows.row(row);
            }
            return;
        };
        if self.too_few.is_some_and(|few| integer(row, counts) <= few) {
            return;
        }
        self.rows.row(row);
        self.for_sheet += 1;
        if self.for_sheet > self.most_for_sheet {
            self.leave_out(counts);
        }
    }

    /// Rows that no sheet will have leave.
    fn leave_out(&mut self, counts: usize) {
        let Beyond::Whole(by) = &self.beyond else { return };
        // Those of the whole corpus stay, and are the first of all.
        let count = |row: &Row<'_>| if is_whole(row, by) { u64::MAX } else { integer(row, counts) };
        let whole = self.rows.iter().filter(|row| is_whole(row, by)).count();
        most_frequent(&mut self.rows, whole + MOST_ROWS + 1, count);
        self.for_sheet = self.rows.len() - whole;
        self.too_few = self.rows.iter().map(count).min();
    }
}

fn is_whole(row: &[Cell<'_>], by: &[usize]) -> bool {
    by.iter().all(|at| text(row, *at) == ALL)
}

impl RowSink for KeptRows {
    fn row(&mut self, row: &[Cell<'_>]) {
        self.total += 1;
        let is_kept = match &self.pairs {
            Some((unit, first, observed)) => text(row, *unit) == first && integer(row, *observed) > 0,
            None => true,
        };
        if is_kept {
            self.keep(row);
        }
    }

    fn item_row(&mut self, row: &ItemRow<'_>, item: CsvName<'_>) {
        self.total += 1;
        let is_kept = match self.words {
            Some((layer, bound)) if row.cell(layer) == Some(&Layer::Word.name().into()) => {
                row.cell(bound).and_then(Cell::as_number).is_some_and(|bound| bound != 0.0)
            }
            Some(_) | None => true,
        };
        if is_kept {
            self.rows.push(row.row(item));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_rows_those_of_the_highest_counts_stay_in_their_order() {
        for (most, expected) in
            [(9, "aebecbd"), (7, "aebecbd"), (6, "ebecbd"), (5, "ebecd"), (4, "eecd"), (3, "eed"), (1, "e"), (0, "")]
        {
            let mut rows: Vec<char> = "aebecbd".chars().collect();
            most_frequent(&mut rows, most, |row| u64::from(u32::from(*row)));
            assert_eq!(rows.into_iter().collect::<String>(), expected, "{most}");
        }
    }

    #[test]
    fn the_rows_of_the_whole_corpus_never_leave() {
        let mut kept = KeptRows {
            rows: Vec::new(),
            beyond: Beyond::Whole(vec![0]),
            counts: Some(1),
            too_few: None,
            for_sheet: 0,
            most_for_sheet: 2 * MOST_ROWS,
            total: 0,
            pairs: None,
            words: None,
        };
        for n in 0..10 * MOST_ROWS as u64 {
            let group: Cell<'_> = if n % 10 == 0 { ALL.into() } else { "g".into() };
            kept.row(&[group, (n * 7919 % 10_007).into()]);
        }
        let whole = kept.rows.iter().filter(|row| is_whole(row, &[0])).count();
        let mut shown: Vec<u64> =
            kept.rows.iter().filter(|row| !is_whole(row, &[0])).map(|row| integer(row, 1)).collect();
        shown.sort_unstable_by_key(|n| Reverse(*n));
        let mut all: Vec<u64> = (0..10 * MOST_ROWS as u64).filter(|n| n % 10 > 0).map(|n| n * 7919 % 10_007).collect();
        all.sort_unstable_by_key(|n| Reverse(*n));
        assert_eq!((kept.total, whole), (10 * MOST_ROWS, MOST_ROWS));
        assert_eq!(shown[..MOST_ROWS], all[..MOST_ROWS]);
        assert!(shown.len() <= 3 * MOST_ROWS);
    }
}
