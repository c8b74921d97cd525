//! `frame_cooccurrence.csv`: which frames stand together.

use super::cooccurrence::{self as shared, PairRow};
use super::{Cell, Declared, Row, Source, TableSpec, text};
use crate::analysis::Analysis;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "frame_cooccurrence",
    answers: "Which frames stand together, more often than chance would have it?",
    columns: &[
        text("a", "frame id, the smaller of the two as text"),
        text("b", "frame id, the larger of the two as text"),
        Declared::By,
        shared::UNIT,
        shared::OBSERVED,
        shared::N_A,
        shared::N_B,
        shared::N_UNITS,
        shared::ARTICLES,
        shared::EXPECTED,
        Declared::Several(&shared::MEASURES),
        shared::FLAGS,
    ],
    rows: Source::Analysis(rows),
};

fn rows(analysis: &Analysis<'_>) -> Vec<Row> {
    let code = |frame: u32| analysis.frame_code(frame);
    let mut rows = Vec::new();
    for (unit, _) in shared::units(analysis.all()) {
        for pair in shared::observed_pairs(analysis, |counts| &counts.frame_pairs, unit, code, code) {
            let (a, b) = shared::in_order(pair.0, pair.1, code);
            for (number, group) in analysis.groups.iter().enumerate() {
                let Some(counts) = group.counts.units.get(&unit) else { continue };
                let mut head: Row = vec![code(a).into(), code(b).into()];
                head.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
                rows.push(PairRow {
                    head,
                    unit,
                    tally: counts.frame_pairs.get(&pair).copied().unwrap_or_default(),
                    between: Vec::new(),
                    n_a: counts.frames.get(&a).copied().unwrap_or_default(),
                    n_b: counts.frames.get(&b).copied().unwrap_or_default(),
                    n_units: counts.units,
                    group_articles: group.counts.articles,
                    family: (number, unit),
                });
            }
        }
    }
    shared::finish(rows, analysis)
}
