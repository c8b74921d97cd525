//! Things in rows and columns with one value each.

use super::super::Facts;
use super::super::rows::{integer, number, text};
use super::{GroupChoice, largest, unit, view, whole_counts};
use crate::analysis::Whole;
use crate::count::{ALL, ALL_TERMS};
use crate::stats::{self, Part, Sums};

#[derive(Debug, Clone)]
pub struct Matrix {
    pub row_head: &'static str,
    pub column_head: &'static str,
    /// What the value is, with its unit.
    pub value: &'static str,
    pub rows: Vec<String>,
    pub columns: Vec<String>,
    /// Rows there are, shown or not.
    pub of: usize,
    /// By row, then by column.
    pub cells: Vec<Vec<MatrixCell>>,
}

#[derive(Debug, Clone, Default)]
pub struct MatrixCell {
    /// `None` is undefined.
    pub value: Option<f64>,
    /// The counts behind the value.
    pub note: String,
    pub n: u64,
    /// Of the value, 95 %.
    pub interval: Option<(f64, f64)>,
}

const MOST_FRAMES: usize = 40;
const MOST_ACTORS: usize = 20;

pub fn frames_by_group(facts: &Facts<'_>, groups: &GroupChoice) -> Option<Matrix> {
    by_group(facts, groups, "frame_frequency", "frame", MOST_FRAMES, "frame", |at, row| text(row, at) == ALL_TERMS)
}

pub fn actors_by_group(facts: &Facts<'_>, groups: &GroupChoice) -> Option<Matrix> {
    by_group(facts, groups, "actor_frequency", "actor", MOST_ACTORS, "actor", |at, row| text(row, at) == "rolled")
}

fn by_group(
    facts: &Facts<'_>,
    groups: &GroupChoice,
    csv: &'static str,
    key: &str,
    most: usize,
    row_head: &'static str,
    passes: impl Fn(usize, &crate::tables::Row) -> bool,
) -> Option<Matrix> {
    let view = view(facts, csv)?;
    let key = view.column(key)?;
    let chosen = view.column("term").or_else(|| view.column("level"))?;
    let (n, rate) = (view.column("n")?, view.column("per_1000")?);
    let (low, high) = (view.column("per_1000_low"), view.column("per_1000_high"));
    let found = whole_counts(&view, key, n, |row| passes(chosen, row));
    let of = found.len();
    let rows = largest(found, most);
    let mut cells = vec![without_hits(facts, groups); rows.len()];
    for row in view.rows().filter(|row| passes(chosen, row)) {
        let Some(at) = rows.iter().position(|known| known == text(row, key)) else { continue };
        let Some(group) = groups.index(&view.group(row)) else { continue };
        cells[at][group] = MatrixCell {
            value: number(row, rate),
            note: integer(row, n).to_string(),
            n: integer(row, n),
            interval: low.and_then(|at| number(row, at)).zip(high.and_then(|at| number(row, at))),
        };
    }
    Some(Matrix {
        row_head,
        column_head: "group",
        value: "hits per 1,000 counted words",
        rows,
        columns: groups.names.clone(),
        of,
        cells,
    })
}

/// The cells of an item that no group has: groups in which few hits would be expected have no row in the tables.
fn without_hits(facts: &Facts<'_>, groups: &GroupChoice) -> Vec<MatrixCell> {
    let mut cells = vec![MatrixCell::default(); groups.names.len()];
    for group in &facts.analysis.groups {
        let name = if group.whole == Whole::Corpus { ALL.to_owned() } else { group.name() };
        let Some(at) = groups.index(&name) else { continue };
        let mut sums = Sums::default();
        group.articles.iter().for_each(|article| sums.add(Part { count: 0, size: article.words() }));
        cells[at] = MatrixCell {
            value: stats::per_1000(0, group.counts.words),
            note: "0".into(),
            n: 0,
            interval: sums.interval().map(|ends| (ends.low * stats::PER, ends.high * stats::PER)),
        };
    }
    cells
}

/// The most named actors and the most frequent frames of the whole corpus.
pub fn actor_frame(facts: &Facts<'_>) -> Option<Matrix> {
    const MOST: usize = 14;
    let view = view(facts, "actor_frame")?;
    let (actor, frame, at_unit) = (view.column("actor")?, view.column("frame")?, view.column("unit")?);
    let (observed, expected, npmi) = (view.column("observed")?, view.column("expected")?, view.column("npmi")?);
    let unit = unit(facts)?;
    let mine = |row: &&crate::tables::Row| view.is_whole(row) && text(row, at_unit) == unit;
    let (mut actors, mut frames) = (std::collections::BTreeMap::new(), std::collections::BTreeMap::new());
    for row in view.rows().filter(mine) {
        *actors.entry(text(row, actor).to_owned()).or_insert(0) += integer(row, observed);
        *frames.entry(text(row, frame).to_owned()).or_insert(0) += integer(row, observed);
    }
    let of = actors.len();
    let rows = largest(actors.into_iter().collect(), MOST);
    let columns = largest(frames.into_iter().collect(), MOST);
    let mut cells = vec![vec![MatrixCell::default(); columns.len()]; rows.len()];
    for row in view.rows().filter(mine) {
        let a = rows.iter().position(|known| known == text(row, actor));
        let b = columns.iter().position(|known| known == text(row, frame));
        let (Some(a), Some(b)) = (a, b) else { continue };
        let n = integer(row, observed);
        let expected = number(row, expected).map_or_else(String::new, |expected| format!(" of {expected:.1}"));
        cells[a][b] = MatrixCell { value: number(row, npmi), note: format!("{n}{expected}"), n, interval: None };
    }
    Some(Matrix {
        row_head: "actor",
        column_head: "frame",
        value: "normalised pointwise mutual information (-1 to 1)",
        rows,
        columns,
        of,
        cells,
    })
}
