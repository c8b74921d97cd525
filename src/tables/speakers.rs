//! `speakers.csv`: to whom a group leaves its framing terms.

use super::frame_targets::actor_or_none;
use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, text};
use crate::analysis::Analysis;
use crate::needs::Need;
use crate::voice::Voice;
use std::collections::BTreeSet;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "speakers",
    needs: &[Need::Voice],
    answers: "Who speaks where a framing term is not in the article's own voice, or where the article is somebody's speech?",
    columns: &[
        text("speaker", "actor whose words they are, rolled up; `(none)` where the sentence does not name one"),
        text("frame", "frame id of the codebook"),
        Declared::By,
        integer(
            "n",
            "hits of the frame in the speaker's words, own words of a speech or statement (`voice_owner`) included; speakers without hits in the group have no row",
        ),
        integer("n_quoted", "of these inside a longer direct quotation"),
        integer("n_attributed", "of these governed by a reporting cue"),
        integer("n_scare", "of these singled out by quotation marks or a distancing word"),
        integer("n_denied", "of these under a denial"),
    ],
    rows: Source::Analysis(rows),
};

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let all = &analysis.all().counts;
    let names = |key: &(u32, u32)| [actor_or_none(analysis, key.0), analysis.frame_code(key.1)];
    let combinations: BTreeSet<_> = all.speakers.keys().map(|key| (names(key), *key)).collect();
    for (names, key) in combinations {
        for group in &analysis.groups {
            let Some(voices) = group.counts.speakers.get(&key).filter(|voices| voices.n() > 0) else { continue };
            let mut row: Row<'_> = names.map(Cell::from).into();
            row.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
            row.push(voices.n().into());
            row.extend(
                [Voice::Quoted, Voice::Attributed, Voice::Scare, Voice::Denied]
                    .map(|voice| Cell::from(voices.of(voice))),
            );
            out.row(&row);
        }
    }
}
