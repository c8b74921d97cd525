//! `speakers.csv`: to whom a group leaves its framing terms.

use super::columns::columns;
use super::frame_item::{self, FrameItem, items, places};
use super::frame_targets::actor_or_none;
use super::{Declared, Row, RowSink, Source, TableSpec, integer, text};
use crate::analysis::{Analysis, Group};
use crate::count::{Merge, VoiceTally};
use crate::needs::Need;
use crate::voice::Voice;
use std::collections::BTreeMap;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "speakers",
    needs: &[Need::Voice],
    answers: "Who speaks where a framing term is not in the article's own voice, or where the article is somebody's speech?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>([speaker, frame, term]: [&'r str; 3], group: &'r Group<'_>, voices: &VoiceTally) {
        text("speaker", "actor whose words they are, rolled up; `(none)` where the sentence does not name one") => speaker,
        text("frame", "frame id of the codebook") => frame,
        frame_item::TERM => term,
        Declared::By => &group.key,
        integer(
            "n",
            "hits of the term in the speaker's words, own words of a speech or statement (`voice_owner`) included; speakers without hits in the group have no row",
        ) => voices.n(),
        integer("n_quoted", "of these inside a longer direct quotation") => voices.of(Voice::Quoted),
        integer("n_attributed", "of these governed by a reporting cue") => voices.of(Voice::Attributed),
        integer("n_scare", "of these singled out by quotation marks or a distancing word") => voices.of(Voice::Scare),
        integer("n_denied", "of these under a denial") => voices.of(Voice::Denied),
    }
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let items = items(analysis);
    let places = places(&items);
    let mut heard: BTreeMap<(&str, usize, usize), VoiceTally> = BTreeMap::new();
    for (at, group) in analysis.groups.iter().enumerate() {
        for ((speaker, term), voices) in group.counts.speakers.iter() {
            let speaker = actor_or_none(analysis, speaker);
            for place in FrameItem::of_term(analysis.codebook, term).filter_map(|item| places.get(&item)) {
                heard.entry((speaker, *place, at)).or_default().merge(&voices);
            }
        }
    }
    for ((speaker, item, group), voices) in heard.into_iter().filter(|(_, voices)| voices.n() > 0) {
        let (item, group) = (items[item], &analysis.groups[group]);
        let names = [speaker, analysis.frame_code(item.frame), item.name(analysis)];
        out.row(&cells(names, group, &voices));
    }
}
