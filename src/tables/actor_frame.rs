//! `actor_frame.csv`: which frames stand near which actors, and in whose voice.

use super::columns::columns;
use super::cooccurrence::{self as shared, PairKind, PairRow, Rest};
use super::{Declared, Row, RowSink, Source, TableSpec, integer, text};
use crate::analysis::Analysis;
use crate::needs::Need;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "actor_frame",
    needs: &[Need::Voice],
    answers: "Which frames stand in one unit with which actors, and in whose voice?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, fill cells<'r>(pair: &PairRow<'r>) {
        text("actor", "actor id of the codebook") => pair.a,
        text("frame", "frame id of the codebook") => pair.b,
        shared::LEVEL => pair.level,
        Declared::By => &pair.group.key,
        shared::UNIT => pair.unit_name,
        shared::OBSERVED => pair.of.tally.observed,
        integer(
            "observed_own",
            "units with the actor and a hit of the frame in the article's own voice",
        ) => pair.of.tally.observed_own,
        integer(
            "observed_not_own",
            "units with the actor and a hit of the frame in any other voice; a unit may be in both",
        ) => pair.of.tally.observed_not_own,
        Declared::Several(shared::REST) => Rest(pair),
    }
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    shared::write(PairKind::ActorAndFrame, cells, analysis, out);
}
