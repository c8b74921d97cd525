//! `frame_targets.csv`: who does it to whom.

use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, number, text};
use crate::analysis::Analysis;
use crate::count::NONE;
use crate::needs::Need;
use crate::stats;
use std::collections::BTreeSet;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "frame_targets",
    needs: &[Need::Voice],
    answers: "Whose doing is a frame about, and to whom is it done?",
    columns: &[
        text("frame", "frame id of the codebook"),
        text("agent", "actor who does it, rolled up; `(none)` where the sentence does not show one"),
        text("target", "actor to whom it is done, rolled up; `(none)` where the sentence does not show one"),
        Declared::By,
        integer(
            "n",
            "hits of the frame in the group with this agent and target; combinations without hits have no row",
        ),
        integer("n_frame", "all hits of the frame in the group"),
        number("share", "n over n_frame"),
    ],
    rows: Source::Analysis(rows),
};

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let all = &analysis.all().counts;
    let names = |key: &(u32, u32, u32)| {
        [analysis.frame_code(key.0), actor_or_none(analysis, key.1), actor_or_none(analysis, key.2)]
    };
    let combinations: BTreeSet<_> = all.targets.keys().map(|key| (names(key), *key)).collect();
    for (names, key) in combinations {
        for group in &analysis.groups {
            let n = group.counts.targets.get(&key).copied().unwrap_or_default();
            if n == 0 {
                continue;
            }
            let n_frame = group.counts.frames.get(&key.0).map_or(0, |frame| frame.voices.n());
            let mut row: Row<'_> = names.map(Cell::from).into();
            row.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
            row.extend([n.into(), n_frame.into(), stats::ratio(n as f64, n_frame as f64).into()]);
            out.row(&row);
        }
    }
}

/// The actor of a key that keeps its number plus one, and 0 for none.
pub(super) fn actor_or_none<'a>(analysis: &Analysis<'a>, key: u32) -> &'a str {
    key.checked_sub(1).map_or(NONE, |actor| analysis.actor_code(actor))
}
