//! `actor_frame.csv`: which frames stand near which actors, and in whose voice.

use super::cooccurrence::{self as shared, PairRow};
use super::{Cell, Declared, Row, Source, TableSpec, integer, text};
use crate::analysis::Analysis;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "actor_frame",
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

fn rows(analysis: &Analysis<'_>) -> Vec<Row> {
    let actor_code = |actor: u32| analysis.actor_code(actor);
    let frame_code = |frame: u32| analysis.frame_code(frame);
    let mut rows = Vec::new();
    for (unit, _) in shared::units(analysis.all()) {
        let pairs = shared::observed_pairs(analysis, |counts| &counts.actor_frames, unit, actor_code, frame_code);
        for (actor, frame) in pairs {
            for (number, group) in analysis.groups.iter().enumerate() {
                let Some(counts) = group.counts.units.get(&unit) else { continue };
                let tally = counts.actor_frames.get(&(actor, frame)).copied().unwrap_or_default();
                let mut head: Row =
                    vec![actor_code(actor).into(), frame_code(frame).into(), analysis.options.level.name().into()];
                head.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
                rows.push(PairRow {
                    head,
                    unit,
                    tally,
                    between: vec![tally.observed_own.into(), tally.observed_not_own.into()],
                    n_a: counts.actors.get(&actor).copied().unwrap_or_default(),
                    n_b: counts.frames.get(&frame).copied().unwrap_or_default(),
                    n_units: counts.units,
                    group_articles: group.counts.articles,
                    family: (number, unit),
                });
            }
        }
    }
    shared::finish(rows, analysis)
}
