//! What the three co-occurrence tables share: counts of a pair and the measures computed from them.

use super::columns::{Put, columns};
use super::{Cell, Declared, Measures, Row, RowSink, extra, integer, number, rates, text};
use crate::analysis::{Analysis, Group};
use crate::count::{CodingUnit, PairTally, UnitCounts};
use crate::stats::{self, Association, association};
use rustc_hash::FxHashMap;

pub(super) const LEVEL: Declared = text("level", "`coded` or `rolled`: which actors the pairs are made of");
pub(super) const UNIT: Declared = text("unit", "coding unit: sentence, paragraph, article or window:K");
pub(super) const OBSERVED: Declared = integer("observed", "units with both (windows: pairs of mentions)");

columns! {
    REST, pub(super) fill rest<'r>(of: &PairRow<'_>, table: Option<Association>) {
        integer("n_a", "units with the first (windows: its mentions)") => of.n_a,
        integer("n_b", "units with the second (windows: its mentions)") => of.n_b,
        integer("n_units", "units of the group (windows: counted words)") => of.n_units,
        integer("articles", "articles of the group in which both occur in one unit") => of.tally.articles,
        number("expected", "units with both if the two were independent") => of.expected(table),
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
        ) => of.tested.map(|tested| tested.p),
        number(
            "q",
            "p adjusted for the false discovery rate (Benjamini-Hochberg) within group, unit and level",
        ) => of.tested.and_then(|tested| tested.q),
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
        rest(row, self.0, self.0.association());
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
/// group that has the pair and more than one unit, since in a single one all that occurs does so together. Time and
/// memory follow the pairs that groups have, not groups times pairs.
pub(super) fn write(
    pairs: PairKind,
    fill: for<'r> fn(&mut Row<'r>, &PairRow<'r>),
    analysis: &Analysis<'_>,
    out: &mut dyn RowSink,
) {
    for unit in analysis.all().counts.units.keys() {
        let observed = pairs.observed(analysis, *unit);
        let having = Having::new(pairs, &observed, *unit, analysis);
        let mut tested = having.tested.iter().peekable();
        let unit_name = unit.name();
        let mut cells = Row::new();
        for (at, pair) in (0..).zip(&observed) {
            for number in having.groups_of(at) {
                let group = &analysis.groups[*number as usize];
                let Some(counts) = group.counts.units.get(unit) else { continue };
                let mut row = pairs.row(*pair, *unit, counts, group, analysis);
                row.unit_name = &unit_name;
                row.tested = tested.next_if(|tested| (tested.pair, tested.group) == (at, *number));
                cells.clear();
                fill(&mut cells, &row);
                out.row(&cells);
            }
        }
        out.leave_out((observed.len() * analysis.groups.len() - having.groups.len()) as u64);
    }
}

/// Which groups have which pair.
struct Having {
    /// Pair by pair the numbers of the groups, and where those of each pair end.
    groups: Vec<u32>,
    ends: Vec<usize>,
    /// By pair and group.
    tested: Vec<Tested>,
}

/// A pair of a group that has a p.
struct Tested {
    pair: u32,
    group: u32,
    p: f64,
    q: Option<f64>,
}

impl Having {
    fn new(pairs: PairKind, observed: &[TablePair], unit: CodingUnit, analysis: &Analysis<'_>) -> Self {
        let places: FxHashMap<(u32, u32), u32> = observed.iter().map(|pair| pair.key).zip(0..).collect();
        let in_groups = || {
            let counts = analysis.groups.iter().map(|group| group.counts.units.get(&unit));
            let groups = (0..).zip(&analysis.groups).zip(counts).filter_map(|(group, counts)| Some((group, counts?)));
            groups.filter(|((number, _), counts)| *number == 0 || counts.units > 1)
        };
        let places_of = |counts: &UnitCounts| -> Vec<u32> {
            let table = pairs.table(counts).iter().filter(|(_, tally)| tally.observed > 0);
            table.filter_map(|(key, _)| places.get(key).copied()).collect()
        };
        let mut ends = vec![0; observed.len()];
        for (_, counts) in in_groups() {
            places_of(counts).into_iter().for_each(|pair| ends[pair as usize] += 1);
        }
        let mut begin = 0;
        for end in &mut ends {
            // Moves to the end of its groups as they are filled in.
            begin += std::mem::replace(end, begin);
        }
        let mut groups = vec![0; begin];
        let mut tested = Vec::new();
        for ((number, group), counts) in in_groups() {
            let begin = tested.len();
            for pair in places_of(counts) {
                let end = &mut ends[pair as usize];
                groups[*end] = number;
                *end += 1;
                let row = pairs.row(observed[pair as usize], unit, counts, group, analysis);
                tested.extend(row.p().map(|p| Tested { pair, group: number, p, q: None }));
            }
            // The pairs of one group and unit share the correction for multiple testing.
            let p: Vec<Option<f64>> = tested[begin..].iter().map(|tested| Some(tested.p)).collect();
            for (tested, q) in tested[begin..].iter_mut().zip(stats::benjamini_hochberg(&p)) {
                tested.q = q;
            }
        }
        tested.sort_unstable_by_key(|tested| (tested.pair, tested.group));
        Self { groups, ends, tested }
    }

    fn groups_of(&self, pair: u32) -> &[u32] {
        let pair = pair as usize;
        let begin = pair.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.groups[begin..self.ends[pair]]
    }
}

impl PairKind {
    fn table(self, counts: &UnitCounts) -> &FxHashMap<(u32, u32), PairTally> {
        match self {
            Self::Actors => &counts.actor_pairs,
            Self::Frames => &counts.frame_pairs,
            Self::ActorAndFrame => &counts.actor_frames,
        }
    }

    fn codes<'a>(self, a: u32, b: u32, analysis: &Analysis<'a>) -> (&'a str, &'a str) {
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
        let in_order = |key: (u32, u32)| {
            let codes = self.codes(key.0, key.1, analysis);
            let (a, b) = match self {
                Self::Actors | Self::Frames if codes.0 > codes.1 => (key.1, key.0),
                Self::Actors | Self::Frames | Self::ActorAndFrame => key,
            };
            TablePair { key, a, b }
        };
        let observed = self.table(counts).iter().filter(|(_, tally)| tally.observed > 0);
        let mut pairs: Vec<TablePair> = observed.map(|(key, _)| in_order(*key)).collect();
        pairs.sort_by_key(|pair| self.codes(pair.a, pair.b, analysis));
        pairs
    }

    fn row<'r>(
        self,
        pair: TablePair,
        unit: CodingUnit,
        counts: &UnitCounts,
        group: &'r Group<'_>,
        analysis: &'r Analysis<'_>,
    ) -> PairRow<'r> {
        let (first, second) = match self {
            Self::Actors => (&counts.actors, &counts.actors),
            Self::Frames => (&counts.frames, &counts.frames),
            Self::ActorAndFrame => (&counts.actors, &counts.frames),
        };
        let (a, b) = self.codes(pair.a, pair.b, analysis);
        PairRow {
            a,
            b,
            level: analysis.options.level.name(),
            group,
            unit,
            unit_name: "",
            tally: self.table(counts).get(&pair.key).copied().unwrap_or_default(),
            n_a: first.get(&pair.a).copied().unwrap_or_default(),
            n_b: second.get(&pair.b).copied().unwrap_or_default(),
            n_units: counts.units,
            tested: None,
            measures: analysis.options.measures,
        }
    }
}

/// The counts of one pair in one group and unit.
pub(super) struct PairRow<'r> {
    pub a: &'r str,
    pub b: &'r str,
    pub level: &'static str,
    pub group: &'r Group<'r>,
    unit: CodingUnit,
    pub unit_name: &'r str,
    pub tally: PairTally,
    n_a: u64,
    n_b: u64,
    n_units: u64,
    tested: Option<&'r Tested>,
    measures: Measures,
}

impl PairRow<'_> {
    fn association(&self) -> Option<Association> {
        match self.unit {
            CodingUnit::Window(_) => None,
            CodingUnit::Sentence | CodingUnit::Paragraph | CodingUnit::Article => {
                Association::new(self.tally.observed, self.n_a, self.n_b, self.n_units)
            }
        }
    }

    fn window(&self) -> Option<association::Window> {
        let CodingUnit::Window(reach) = self.unit else { return None };
        let (observed, span) = (self.tally.observed, 2 * u64::from(reach));
        Some(association::Window { observed, f1: self.n_a, f2: self.n_b, span, n: self.n_units })
    }

    fn p(&self) -> Option<f64> {
        let table = self.association()?;
        let is_shown = association::is_p_shown(table, self.group.counts.articles);
        is_shown.then(|| stats::keyness::p_of_g2(association::g2(table)))
    }

    fn expected(&self, table: Option<Association>) -> Option<f64> {
        self.window().map_or_else(|| table.map(association::expected), association::window_expected)
    }

    /// The measures of `--measures all`.
    fn more(&self, table: Option<Association>) -> [Option<f64>; 4] {
        let mi = self.window().map_or_else(|| table.and_then(association::mi), association::window_mi);
        let of = |measure: fn(Association) -> Option<f64>| table.and_then(measure);
        [mi, of(association::t_score), of(association::dice), of(association::jaccard)]
    }

    fn flags(&self, table: Option<Association>) -> Cell<'static> {
        let is_low = |expected: f64| expected < stats::SMALLEST_EXPECTED as f64;
        rates::flags_cell([
            ("expected_below_5", self.expected(table).is_some_and(is_low)),
            ("single_article", self.group.counts.articles < stats::FEWEST_ARTICLES),
        ])
    }
}
