//! `actor_cooccurrence.csv`: who is named together with whom.

use super::cooccurrence::{self as shared, Pairs};
use super::{Declared, RowSink, Source, TableSpec, text};
use crate::analysis::Analysis;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "actor_cooccurrence",
    needs: &[],
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

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    shared::write(Pairs::Actors, analysis, out);
}
