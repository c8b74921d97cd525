//! What the three co-occurrence tables share: counts of a pair and the measures computed from them.

use super::columns::{Put, columns};
use super::{Cell, Declared, Measures, Row, RowSink, extra, integer, number, rates, text};
use crate::analysis::{Analysis, Group};
use crate::codebook::Codebook;
use crate::count::{CodingUnit, PairKey, PairTally, Pairs, UnitCounts};
use crate::stats::{self, Association, association};
use rustc_hash::FxHashMap;

pub(super) const LEVEL: Declared = text("level", "`coded` or `rolled`: which actors the pairs are made of");
pub(super) const UNIT: Declared = text("unit", "coding unit: sentence, paragraph, article or window:K");
pub(super) const OBSERVED: Declared = integer(
    "observed",
    "units with both (windows: pairs of mentions); among more than 40 groups, of each those where they are five, or five would be expected; so too, without `--measures all`, where groups have more than 5,000 pairs of this table",
);

/// Pairs of a table up to which each group has a row for all of its own. Of more, two in three were seen in four units or
/// fewer and have no p: they were half of all that 100 articles in 10 sources wrote.
const MOST_OF_GROUPS: usize = 5_000;

columns! {
    REST, pub(super) fill rest<'r>(of: &PairRow<'_>, table: Option<Association>) {
        integer("n_a", "units with the first (windows: its mentions)") => of.of.n_a,
        integer("n_b", "units with the second (windows: its mentions)") => of.of.n_b,
        integer("n_units", "units of the group (windows: counted words)") => of.of.n_units,
        integer("articles", "articles of the group in which both occur in one unit") => of.of.tally.articles,
        number("expected", "units with both if the two were independent") => of.of.expected(table, of.unit),
        number("npmi", "normalised pointwise mutual information, -1 to 1") => table.and_then(association::npmi),
        number("log_dice", "logDice, at most 14") => table.and_then(association::log_dice),
        number(
            "delta_p_2_given_1",
            "delta P of the second given the first, -1 to 1",
        ) => table.and_then(association::delta_p_2_given_1),
        number(
            "delta_p_1_given_2",
            "delta P of the first given the second, -1 to 1",
        ) => table.and_then(association::delta_p_1_given_2),
        number("g2", "log-likelihood ratio, signed by observed minus expected") => table.map(association::g2),
        number(
            "p",
            "chi-square p of g2, 1 df; empty when expected is below 5 or the group has one article",
        ) => of.of.p,
        number(
            "q",
            "p adjusted for the false discovery rate (Benjamini-Hochberg) within group, unit and level",
        ) => of.of.q,
        Declared::Several(&[
            extra("mi", "pointwise mutual information in bits"),
            extra("t_score", "t-score: how sure it is that both meet more often than expected"),
            extra("dice", "Dice coefficient, 0 to 1"),
            extra("jaccard", "Jaccard coefficient, 0 to 1"),
        ]) => of.measures.are_all().then(|| of.more(table)),
        text("flags", "why the number is fragile: expected_below_5, single_article") => of.flags(table),
    }
}

/// The cells of [`REST`].
pub(super) struct Rest<'p, 'r>(pub &'p PairRow<'r>);

impl<'r> Put<'r> for Rest<'_, '_> {
    fn put(self, row: &mut Row<'r>) {
        rest(row, self.0, self.0.of.association(self.0.unit));
    }
}

/// What the pairs of a table are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PairKind {
    Actors,
    Frames,
    ActorAndFrame,
}

/// One pair: its key in the counts, and its two things in the order of the table.
#[derive(Debug, Clone, Copy)]
struct TablePair {
    key: (u32, u32),
    a: u32,
    b: u32,
}

/// Writes the rows of a co-occurrence table: each pair observed anywhere in the corpus, in the whole of it and in every
/// group that has the pair and more than one unit, since in a single one all that occurs does so together. Among many
/// groups, those where it is observed five times, or would be. Time follows the pairs that groups have, not groups times
/// pairs, and memory the rows.
pub(super) fn write(
    pairs: PairKind,
    fill: for<'r> fn(&mut Row<'r>, &PairRow<'r>),
    analysis: &Analysis<'_>,
    out: &mut dyn RowSink,
) {
    let are_all_shown = are_all_shown(analysis, |unit| pairs.table(unit));
    for unit in analysis.all().counts.units.keys() {
        let observed = pairs.observed(analysis, *unit);
        let shown = shown(pairs, &observed, *unit, analysis, are_all_shown);
        let unit_name = unit.name();
        let mut cells = Row::new();
        for pair in &shown {
            let (a, b) = pairs.codes(observed[pair.pair as usize], analysis);
            cells.clear();
            let group = &analysis.groups[pair.group as usize];
            let level = analysis.options.level.name();
            let measures = analysis.options.measures;
            fill(&mut cells, &PairRow { a, b, level, group, unit_name: &unit_name, of: pair, unit: *unit, measures });
            out.row(&cells);
        }
        out.leave_out((observed.len() * analysis.groups.len() - shown.len()) as u64);
    }
}

/// A pair of a group that has a row.
pub(super) struct GroupPair {
    pair: u32,
    group: u32,
    pub tally: PairTally,
    n_a: u64,
    n_b: u64,
    n_units: u64,
    p: Option<f64>,
    q: Option<f64>,
}

/// Whether each group has a row for every pair that was observed in it.
pub(super) fn are_all_shown<'a>(analysis: &'a Analysis<'_>, of: impl Fn(&'a UnitCounts) -> &'a Pairs) -> bool {
    let observed = |unit: &'a UnitCounts| of(unit).iter().filter(|(_, tally)| tally.observed > 0).count();
    let in_group = |group: &'a Group<'_>| -> usize {
        group.counts.units.values().filter(|unit| unit.units > 1).map(observed).sum()
    };
    rates::are_side_by_side(analysis)
        && (analysis.options.measures.are_all()
            || analysis.parts().iter().map(in_group).sum::<usize>() <= MOST_OF_GROUPS)
}

/// The pairs that have a row, by pair and group.
fn shown(
    pairs: PairKind,
    observed: &[TablePair],
    unit: CodingUnit,
    analysis: &Analysis<'_>,
    are_all_shown: bool,
) -> Vec<GroupPair> {
    let places: FxHashMap<PairKey, u32> = observed.iter().map(|pair| pair.key).zip(0..).collect();
    let mut shown: Vec<GroupPair> = Vec::new();
    for (number, group) in (0..).zip(&analysis.groups) {
        let Some(counts) = group.counts.units.get(&unit).filter(|counts| number == 0 || counts.units > 1) else {
            continue;
        };
        let [firsts, seconds] = pairs.marginals(counts, analysis.codebook);
        let begin = shown.len();
        for (key, tally) in pairs.table(counts).iter().filter(|(_, tally)| tally.observed > 0) {
            let (n_a, n_b) = (firsts[key.0 as usize], seconds[key.1 as usize]);
            let of = |pair| GroupPair { pair, group: number, tally, n_a, n_b, n_units: counts.units, p: None, q: None };
            let is_expected = || of(0).expected(of(0).association(unit), unit).is_some_and(|n| !is_low(n));
            if number > 0 && !are_all_shown && !rates::is_fivefold(tally.observed, is_expected) {
                continue;
            }
            let Some(place) = places.get(&key) else { continue };
            let mut of_group = of(*place);
            // The first of a row is the first by its code.
            if observed[*place as usize].a != key.0 {
                (of_group.n_a, of_group.n_b) = (n_b, n_a);
            }
            of_group.p = of_group.p_of(unit, group.counts.articles);
            shown.push(of_group);
        }
        // The pairs of one group and unit share the correction for multiple testing; each that has a p has a row.
        let p: Vec<Option<f64>> = shown[begin..].iter().map(|pair| pair.p).collect();
        for (pair, q) in shown[begin..].iter_mut().zip(stats::benjamini_hochberg(&p)) {
            pair.q = q;
        }
    }
    shown.sort_unstable_by_key(|pair| (pair.pair, pair.group));
    shown
}

impl GroupPair {
    fn association(&self, unit: CodingUnit) -> Option<Association> {
        match unit {
            CodingUnit::Window(_) => None,
            CodingUnit::Sentence | CodingUnit::Paragraph | CodingUnit::Article => {
                Association::new(self.tally.observed, self.n_a, self.n_b, self.n_units)
            }
        }
    }

    fn window(&self, unit: CodingUnit) -> Option<association::Window> {
        let CodingUnit::Window(reach) = unit else { return None };
        let (observed, span) = (self.tally.observed, 2 * u64::from(reach));
        Some(association::Window { observed, f1: self.n_a, f2: self.n_b, span, n: self.n_units })
    }

    fn p_of(&self, unit: CodingUnit, articles: u64) -> Option<f64> {
        let table = self.association(unit)?;
        let is_shown = association::is_p_shown(table, articles);
        is_shown.then(|| stats::keyness::p_of_g2(association::g2(table)))
    }

    fn expected(&self, table: Option<Association>, unit: CodingUnit) -> Option<f64> {
        self.window(unit).map_or_else(|| table.map(association::expected), association::window_expected)
    }
}

fn is_low(expected: f64) -> bool {
    expected < stats::SMALLEST_EXPECTED as f64
}

impl PairKind {
    fn table(self, counts: &UnitCounts) -> &Pairs {
        match self {
            Self::Actors => &counts.actor_pairs,
            Self::Frames => &counts.frame_pairs,
            Self::ActorAndFrame => &counts.actor_frames,
        }
    }

    /// In how many units each first and each second thing of a pair occurs, by its number.
    fn marginals(self, counts: &UnitCounts, codebook: &Codebook) -> [Vec<u64>; 2] {
        let spread = |of: &FxHashMap<u32, u64>, length: usize| {
            let mut spread = vec![0; length];
            of.iter().for_each(|(number, n)| spread[*number as usize] = *n);
            spread
        };
        let actors = || spread(&counts.actors, codebook.actors.len());
        let frames = || spread(&counts.frames, codebook.frames.len());
        match self {
            Self::Actors => [actors(), actors()],
            Self::Frames => [frames(), frames()],
            Self::ActorAndFrame => [actors(), frames()],
        }
    }

    fn codes<'a>(self, pair: TablePair, analysis: &Analysis<'a>) -> (&'a str, &'a str) {
        let TablePair { a, b, .. } = pair;
        match self {
            Self::Actors => (analysis.actor_code(a), analysis.actor_code(b)),
            Self::Frames => (analysis.frame_code(a), analysis.frame_code(b)),
            Self::ActorAndFrame => (analysis.actor_code(a), analysis.frame_code(b)),
        }
    }

    /// The pairs observed anywhere in the corpus, by the codes of both. Pairs of one kind are unordered: `a < b` as
    /// text.
    fn observed(self, analysis: &Analysis<'_>, unit: CodingUnit) -> Vec<TablePair> {
        let Some(counts) = analysis.all().counts.units.get(&unit) else { return Vec::new() };
        let in_order = |key: PairKey| {
            let pair = TablePair { key, a: key.0, b: key.1 };
            let codes = self.codes(pair, analysis);
            match self {
                Self::Actors | Self::Frames if codes.0 > codes.1 => TablePair { key, a: key.1, b: key.0 },
                Self::Actors | Self::Frames | Self::ActorAndFrame => pair,
            }
        };
        let observed = self.table(counts).iter().filter(|(_, tally)| tally.observed > 0);
        let mut pairs: Vec<TablePair> = observed.map(|(key, _)| in_order(key)).collect();
        pairs.sort_by_key(|pair| self.codes(*pair, analysis));
        pairs
    }
}

/// The counts of one pair in one group and unit.
pub(super) struct PairRow<'r> {
    pub a: &'r str,
    pub b: &'r str,
    pub level: &'static str,
    pub group: &'r Group<'r>,
    pub unit_name: &'r str,
    pub of: &'r GroupPair,
    unit: CodingUnit,
    measures: Measures,
}

impl PairRow<'_> {
    /// The measures of `--measures all`.
    fn more(&self, table: Option<Association>) -> [Option<f64>; 4] {
        let mi = self.of.window(self.unit).map_or_else(|| table.and_then(association::mi), association::window_mi);
        let of = |measure: fn(Association) -> Option<f64>| table.and_then(measure);
        [mi, of(association::t_score), of(association::dice), of(association::jaccard)]
    }

    fn flags(&self, table: Option<Association>) -> Cell<'static> {
        rates::flags_cell([
            ("expected_below_5", self.of.expected(table, self.unit).is_some_and(is_low)),
            ("single_article", self.group.counts.articles < stats::FEWEST_ARTICLES),
        ])
    }
}
