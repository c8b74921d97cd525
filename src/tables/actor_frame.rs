//! `actor_frame.csv`: which frames stand near which actors, and in whose voice.

use super::cooccurrence::{self as shared, Pairs};
use super::{Declared, RowSink, Source, TableSpec, integer, text};
use crate::analysis::Analysis;
use crate::needs::Need;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "actor_frame",
    needs: &[Need::Voice],
    answers: "Which frames stand in one unit with which actors, and in whose voice?",
    columns: &[
        text("actor", "actor id of the codebook"),
        text("frame", "frame id of the codebook"),
        text("level", "`coded` or `rolled`: which actors the pairs are made of"),
        Declared::By,
        shared::UNIT,
        shared::OBSERVED,
        integer("observed_own", "units with the actor and a hit of the frame in the article's own voice"),
        integer(
            "observed_not_own",
            "units with the actor and a hit of the frame in any other voice; a unit may be in both",
        ),
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
    shared::write(Pairs::ActorAndFrame, analysis, out);
}
