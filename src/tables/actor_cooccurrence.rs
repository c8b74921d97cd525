//! `actor_cooccurrence.csv`: who is named together with whom.

use super::columns::columns;
use super::cooccurrence::{self as shared, PairKind, PairRow, Rest};
use super::{Declared, Row, RowSink, Source, TableSpec, text};
use crate::analysis::Analysis;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "actor_cooccurrence",
    needs: &[],
    answers: "Who is named together with whom, more often than chance would have it?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, fill cells<'r>(pair: &PairRow<'r>) {
        text("a", "actor id, the smaller of the two as text") => pair.a,
        text("b", "actor id, the larger of the two as text") => pair.b,
        shared::LEVEL => pair.level,
        Declared::By => &pair.group.key,
        shared::UNIT => pair.unit_name,
        shared::OBSERVED => pair.of.tally.observed,
        Declared::Several(shared::REST) => Rest(pair),
    }
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    shared::write(PairKind::Actors, cells, analysis, out);
}
