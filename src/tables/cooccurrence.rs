//! What the three co-occurrence tables share: counts of a pair and the measures computed from them.

use super::{Cell, Declared, Kind, Row, integer, number, rates, text};
use crate::analysis::{Analysis, Group};
use crate::count::{CodingUnit, PairTally, UnitCounts};
use crate::stats::{self, Association};

pub(super) const UNIT: Declared = text("unit", "coding unit: sentence, paragraph, article or window:K");
pub(super) const OBSERVED: Declared = integer("observed", "units with both (windows: pairs of mentions)");
pub(super) const N_A: Declared = integer("n_a", "units with the first (windows: its mentions)");
pub(super) const N_B: Declared = integer("n_b", "units with the second (windows: its mentions)");
pub(super) const N_UNITS: Declared = integer("n_units", "units of the group (windows: counted words)");
pub(super) const ARTICLES: Declared = integer("articles", "articles of the group in which both occur in one unit");
pub(super) const EXPECTED: Declared = number("expected", "units with both if the two were independent");
pub(super) const MEASURES: [Declared; 11] = [
    number("npmi", "normalised pointwise mutual information, -1 to 1; empty when never together"),
    number("log_dice", "logDice, at most 14; empty when never together"),
    number("delta_p_2_given_1", "delta P of the second given the first, -1 to 1"),
    number("delta_p_1_given_2", "delta P of the first given the second, -1 to 1"),
    number("g2", "log-likelihood ratio, signed by observed minus expected"),
    number("p", "chi-square p of g2, 1 df; empty when expected is below 5 or the group has one article"),
    number("q", "p adjusted for the false discovery rate (Benjamini-Hochberg) within group, unit and level"),
    Declared::Extra(super::Column {
        name: "mi",
        kind: Kind::Number,
        about: "pointwise mutual information in bits; empty when never together",
    }),
    Declared::Extra(super::Column { name: "t_score", kind: Kind::Number, about: "t-score; empty when never together" }),
    Declared::Extra(super::Column { name: "dice", kind: Kind::Number, about: "Dice coefficient, 0 to 1" }),
    Declared::Extra(super::Column { name: "jaccard", kind: Kind::Number, about: "Jaccard coefficient, 0 to 1" }),
];
pub(super) const FLAGS: Declared =
    text("flags", "why the number is fragile: no_cooccurrence, expected_below_5, single_article");

/// One pair in one group and unit, before `q` is known.
pub(super) struct PairRow {
    /// The cells before `unit`: what the pair is, and the group.
    pub head: Row,
    pub unit: CodingUnit,
    pub tally: PairTally,
    /// Cells that stand between `observed` and `n_a`.
    pub between: Row,
    pub n_a: u64,
    pub n_b: u64,
    pub n_units: u64,
    pub group_articles: u64,
    /// Rows of one family share the correction for multiple testing.
    pub family: (usize, CodingUnit),
}

/// Fills the measures in, `q` over each family.
pub(super) fn finish(rows: Vec<PairRow>, analysis: &Analysis<'_>) -> Vec<Row> {
    let shown: Vec<Option<f64>> = rows
        .iter()
        .map(|row| {
            let table = row.association()?;
            stats::association::is_p_shown(table, row.group_articles).then(|| stats::association::p(table))
        })
        .collect();
    let mut adjusted = vec![None; rows.len()];
    let mut families: std::collections::BTreeMap<(usize, CodingUnit), Vec<usize>> = Default::default();
    for (at, row) in rows.iter().enumerate() {
        families.entry(row.family).or_default().push(at);
    }
    for members in families.values() {
        let p: Vec<Option<f64>> = members.iter().map(|at| shown[*at]).collect();
        for (at, q) in members.iter().zip(stats::benjamini_hochberg(&p)) {
            adjusted[*at] = q;
        }
    }
    let finished = rows.into_iter().zip(shown).zip(adjusted);
    finished.map(|((row, p), q)| row.cells(p, q, analysis)).collect()
}

impl PairRow {
    fn association(&self) -> Option<Association> {
        match self.unit {
            CodingUnit::Window(_) => None,
            CodingUnit::Sentence | CodingUnit::Paragraph | CodingUnit::Article => {
                Association::new(self.tally.observed, self.n_a, self.n_b, self.n_units)
            }
        }
    }

    fn cells(self, p: Option<f64>, q: Option<f64>, analysis: &Analysis<'_>) -> Row {
        let table = self.association();
        let window = match self.unit {
            CodingUnit::Window(reach) => Some(stats::association::Window {
                observed: self.tally.observed,
                f1: self.n_a,
                f2: self.n_b,
                span: 2 * u64::from(reach),
                n: self.n_units,
            }),
            CodingUnit::Sentence | CodingUnit::Paragraph | CodingUnit::Article => None,
        };
        let expected = match window {
            Some(window) => stats::association::window_expected(window),
            None => table.map(stats::association::expected),
        };
        let of = |measure: fn(Association) -> Option<f64>| Cell::from(table.and_then(measure));
        let mi = match window {
            Some(window) => stats::association::window_mi(window).into(),
            None => of(stats::association::mi),
        };
        let mut flags = Vec::new();
        if self.tally.observed == 0 {
            flags.push("no_cooccurrence");
        }
        if expected.is_some_and(|expected| expected < stats::SMALLEST_EXPECTED as f64) {
            flags.push("expected_below_5");
        }
        if self.group_articles < stats::FEWEST_ARTICLES {
            flags.push("single_article");
        }
        let mut row = self.head;
        row.push(self.unit.name().into());
        row.push(self.tally.observed.into());
        row.extend(self.between);
        row.extend([
            self.n_a.into(),
            self.n_b.into(),
            self.n_units.into(),
            self.tally.articles.into(),
            expected.into(),
        ]);
        row.extend([
            of(stats::association::npmi),
            of(stats::association::log_dice),
            of(stats::association::delta_p_2_given_1),
            of(stats::association::delta_p_1_given_2),
            table.map(stats::association::g2).into(),
            p.into(),
            q.into(),
        ]);
        if analysis.options.measures.are_all() {
            row.extend([
                mi,
                of(stats::association::t_score),
                of(stats::association::dice),
                of(stats::association::jaccard),
            ]);
        }
        row.push(rates::flags_cell(&flags));
        row
    }
}

/// The units of the run with their counts in a group.
pub(super) fn units<'g>(group: &'g Group<'_>) -> impl Iterator<Item = (CodingUnit, &'g UnitCounts)> {
    group.counts.units.iter().map(|(unit, counts)| (*unit, counts))
}

/// The pairs observed anywhere in the corpus in a unit, by the codes of both.
pub(super) fn observed_pairs<'a>(
    analysis: &Analysis<'_>,
    table: impl Fn(&UnitCounts) -> &rustc_hash::FxHashMap<(u32, u32), PairTally>,
    unit: CodingUnit,
    first: impl Fn(u32) -> &'a str,
    second: impl Fn(u32) -> &'a str,
) -> Vec<(u32, u32)> {
    let mut pairs: Vec<(u32, u32)> = analysis
        .all()
        .counts
        .units
        .get(&unit)
        .map(|counts| table(counts).iter().filter(|(_, tally)| tally.observed > 0).map(|(pair, _)| *pair).collect())
        .unwrap_or_default();
    pairs.sort_by_key(|(a, b)| (first(*a), second(*b)));
    pairs
}

/// The same two with the smaller code first: pairs are unordered, and `a < b` as text.
pub(super) fn in_order<'a>(a: u32, b: u32, code: impl Fn(u32) -> &'a str) -> (u32, u32) {
    if code(a) <= code(b) { (a, b) } else { (b, a) }
}
