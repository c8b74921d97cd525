//! `speakers.csv`: to whom a group leaves its framing terms.

use super::frame_item::{self, FrameItem, items};
use super::frame_targets::{actor_or_none, places};
use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, text};
use crate::analysis::Analysis;
use crate::count::{Merge, VoiceTally};
use crate::needs::Need;
use crate::voice::Voice;
use std::collections::BTreeMap;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "speakers",
    needs: &[Need::Voice],
    answers: "Who speaks where a framing term is not in the article's own voice, or where the article is somebody's speech?",
    columns: &[
        text("speaker", "actor whose words they are, rolled up; `(none)` where the sentence does not name one"),
        text("frame", "frame id of the codebook"),
        frame_item::TERM,
        Declared::By,
        integer(
            "n",
            "hits of the term in the speaker's words, own words of a speech or statement (`voice_owner`) included; speakers without hits in the group have no row",
        ),
        integer("n_quoted", "of these inside a longer direct quotation"),
        integer("n_attributed", "of these governed by a reporting cue"),
        integer("n_scare", "of these singled out by quotation marks or a distancing word"),
        integer("n_denied", "of these under a denial"),
    ],
    rows: Source::Analysis(rows),
};

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let items = items(analysis);
    let places = places(&items);
    let mut heard: BTreeMap<(&str, usize, usize), VoiceTally> = BTreeMap::new();
    for (at, group) in analysis.groups.iter().enumerate() {
        for ((speaker, term), voices) in &group.counts.speakers {
            let speaker = actor_or_none(analysis, *speaker);
            for place in FrameItem::of_term(analysis.codebook, *term).filter_map(|item| places.get(&item)) {
                heard.entry((speaker, *place, at)).or_default().merge(voices);
            }
        }
    }
    for ((speaker, item, group), voices) in heard.into_iter().filter(|(_, voices)| voices.n() > 0) {
        let (item, group) = (items[item], &analysis.groups[group]);
        let mut row: Row<'_> = [speaker, analysis.frame_code(item.frame), item.name(analysis)].map(Cell::from).into();
        row.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
        row.push(voices.n().into());
        row.extend(
            [Voice::Quoted, Voice::Attributed, Voice::Scare, Voice::Denied].map(|voice| Cell::from(voices.of(voice))),
        );
        out.row(&row);
    }
}
