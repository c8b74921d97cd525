//! `actor_cooccurrence.csv`: who is named together with whom.

use super::cooccurrence::{self as shared, PairRow};
use super::{Cell, Declared, Row, Source, TableSpec, text};
use crate::analysis::Analysis;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "actor_cooccurrence",
    answers: "Who is named together with whom, more often than chance would have it?",
    columns: &[
        text("a", "actor id, the smaller of the two as text"),
        text("b", "actor id, the larger of the two as text"),
        text("level", "`coded` or `rolled`: which actors the pairs are made of"),
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
    let code = |actor: u32| analysis.actor_code(actor);
    let mut rows = Vec::new();
    for (unit, _) in shared::units(analysis.all()) {
        let pairs = shared::observed_pairs(analysis, |counts| &counts.actor_pairs, unit, code, code);
        for pair in pairs {
            let (a, b) = shared::in_order(pair.0, pair.1, code);
            for (number, group) in analysis.groups.iter().enumerate() {
                let Some(counts) = group.counts.units.get(&unit) else { continue };
                let mut head: Row = vec![code(a).into(), code(b).into(), analysis.options.level.name().into()];
                head.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
                rows.push(PairRow {
                    head,
                    unit,
                    tally: counts.actor_pairs.get(&pair).copied().unwrap_or_default(),
                    between: Vec::new(),
                    n_a: counts.actors.get(&a).copied().unwrap_or_default(),
                    n_b: counts.actors.get(&b).copied().unwrap_or_default(),
                    n_units: counts.units,
                    group_articles: group.counts.articles,
                    family: (number, unit),
                });
            }
        }
    }
    shared::finish(rows, analysis)
}
