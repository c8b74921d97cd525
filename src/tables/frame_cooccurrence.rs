//! `frame_cooccurrence.csv`: which frames stand together.

use super::cooccurrence::{self as shared, Pairs};
use super::{Declared, RowSink, Source, TableSpec, text};
use crate::analysis::Analysis;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "frame_cooccurrence",
    needs: &[],
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

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    shared::write(Pairs::Frames, analysis, out);
}
