//! What the three co-occurrence tables share: counts of a pair and the measures computed from them.

use super::{Cell, Declared, Kind, Measures, Row, RowSink, integer, number, rates, text};
use crate::analysis::Analysis;
use crate::count::{CodingUnit, PairTally, UnitCounts};
use crate::stats::{self, Association};
use rustc_hash::FxHashMap;

pub(super) const UNIT: Declared = text("unit", "coding unit: sentence, paragraph, article or window:K");
pub(super) const OBSERVED: Declared = integer("observed", "units with both (windows: pairs of mentions)");
pub(super) const N_A: Declared = integer("n_a", "units with the first (windows: its mentions)");
pub(super) const N_B: Declared = integer("n_b", "units with the second (windows: its mentions)");
pub(super) const N_UNITS: Declared = integer("n_units", "units of the group (windows: counted words)");
pub(super) const ARTICLES: Declared = integer("articles", "articles of the group in which both occur in one unit");
pub(super) const EXPECTED: Declared = number("expected", "units with both if the two were independent");
pub(super) const MEASURES: [Declared; 11] = [
    number("npmi", "normalised pointwise mutual information, -1 to 1"),
    number("log_dice", "logDice, at most 14"),
    number("delta_p_2_given_1", "delta P of the second given the first, -1 to 1"),
    number("delta_p_1_given_2", "delta P of the first given the second, -1 to 1"),
    number("g2", "log-likelihood ratio, signed by observed minus expected"),
    number("p", "chi-square p of g2, 1 df; empty when expected is below 5 or the group has one article"),
    number("q", "p adjusted for the false discovery rate (Benjamini-Hochberg) within group, unit and level"),
    Declared::Extra(super::Column { name: "mi", kind: Kind::Number, about: "pointwise mutual information in bits" }),
    Declared::Extra(super::Column {
        name: "t_score",
        kind: Kind::Number,
        about: "t-score: how sure it is that both meet more often than expected",
    }),
    Declared::Extra(super::Column { name: "dice", kind: Kind::Number, about: "Dice coefficient, 0 to 1" }),
    Declared::Extra(super::Column { name: "jaccard", kind: Kind::Number, about: "Jaccard coefficient, 0 to 1" }),
];
pub(super) const FLAGS: Declared = text("flags", "why the number is fragile: expected_below_5, single_article");

/// What the pairs of a table are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pairs {
    Actors,
    Frames,
    ActorAndFrame,
}

/// One pair: its key in the counts, and its two things in the order of the table.
#[derive(Debug, Clone, Copy)]
struct Pair {
    key: (u32, u32),
    a: u32,
    b: u32,
}

/// Writes the rows of a co-occurrence table: each pair observed anywhere in the corpus, in the whole of it and in every
/// group that has the pair. Time and memory follow the pairs that groups have, not groups times pairs.
pub(super) fn write(pairs: Pairs, analysis: &Analysis<'_>, out: &mut dyn RowSink) {
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
                let row = pairs.row(*pair, *unit, counts, group.counts.articles);
                let tested = tested.next_if(|tested| (tested.pair, tested.group) == (at, *number));
                cells.clear();
                pairs.head(*pair, analysis, &mut cells);
                cells.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
                cells.push(unit_name.as_str().into());
                row.cells(tested, pairs, analysis.options.measures, &mut cells);
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
    fn new(pairs: Pairs, observed: &[Pair], unit: CodingUnit, analysis: &Analysis<'_>) -> Self {
        let places: FxHashMap<(u32, u32), u32> = observed.iter().map(|pair| pair.key).zip(0..).collect();
        let in_groups = || {
            let counts = analysis.groups.iter().map(|group| group.counts.units.get(&unit));
            (0..).zip(&analysis.groups).zip(counts).filter_map(|(group, counts)| Some((group, counts?)))
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
                let row = pairs.row(observed[pair as usize], unit, counts, group.counts.articles);
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

impl Pairs {
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
    fn observed(self, analysis: &Analysis<'_>, unit: CodingUnit) -> Vec<Pair> {
        let Some(counts) = analysis.all().counts.units.get(&unit) else { return Vec::new() };
        let in_order = |key: (u32, u32)| {
            let codes = self.codes(key.0, key.1, analysis);
            let (a, b) = match self {
                Self::Actors | Self::Frames if codes.0 > codes.1 => (key.1, key.0),
                Self::Actors | Self::Frames | Self::ActorAndFrame => key,
            };
            Pair { key, a, b }
        };
        let observed = self.table(counts).iter().filter(|(_, tally)| tally.observed > 0);
        let mut pairs: Vec<Pair> = observed.map(|(key, _)| in_order(*key)).collect();
        pairs.sort_by_key(|pair| self.codes(pair.a, pair.b, analysis));
        pairs
    }

    fn row(self, pair: Pair, unit: CodingUnit, counts: &UnitCounts, group_articles: u64) -> PairRow {
        let (first, second) = match self {
            Self::Actors => (&counts.actors, &counts.actors),
            Self::Frames => (&counts.frames, &counts.frames),
            Self::ActorAndFrame => (&counts.actors, &counts.frames),
        };
        PairRow {
            unit,
            tally: self.table(counts).get(&pair.key).copied().unwrap_or_default(),
            n_a: first.get(&pair.a).copied().unwrap_or_default(),
            n_b: second.get(&pair.b).copied().unwrap_or_default(),
            n_units: counts.units,
            group_articles,
        }
    }

    /// The cells before those of `--by`.
    fn head<'a>(self, pair: Pair, analysis: &Analysis<'a>, row: &mut Row<'a>) {
        let (a, b) = self.codes(pair.a, pair.b, analysis);
        row.extend([Cell::from(a), Cell::from(b)]);
        match self {
            Self::Frames => {}
            Self::Actors | Self::ActorAndFrame => row.push(analysis.options.level.name().into()),
        }
    }
}

/// The counts of one pair in one group and unit.
struct PairRow {
    unit: CodingUnit,
    tally: PairTally,
    n_a: u64,
    n_b: u64,
    n_units: u64,
    group_articles: u64,
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

    fn p(&self) -> Option<f64> {
        let table = self.association()?;
        let is_shown = stats::association::is_p_shown(table, self.group_articles);
        is_shown.then(|| stats::keyness::p_of_g2(stats::association::g2(table)))
    }

    /// The cells after that of the unit.
    fn cells(&self, tested: Option<&Tested>, pairs: Pairs, measures: Measures, row: &mut Row<'_>) {
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
        row.push(self.tally.observed.into());
        match pairs {
            Pairs::ActorAndFrame => {
                row.extend([self.tally.observed_own.into(), self.tally.observed_not_own.into()]);
            }
            Pairs::Actors | Pairs::Frames => {}
        }
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
            tested.map(|tested| tested.p).into(),
            tested.and_then(|tested| tested.q).into(),
        ]);
        if measures.are_all() {
            row.extend([
                mi,
                of(stats::association::t_score),
                of(stats::association::dice),
                of(stats::association::jaccard),
            ]);
        }
        row.push(rates::flags_cell([
            ("expected_below_5", expected.is_some_and(|expected| expected < stats::SMALLEST_EXPECTED as f64)),
            ("single_article", self.group_articles < stats::FEWEST_ARTICLES),
        ]));
    }
}
