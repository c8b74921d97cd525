//! `groups.csv`: the sizes behind every rate.

use super::columns::columns;
use super::{Declared, Row, RowSink, Source, TableSpec, integer, number, rates};
use crate::analysis::{Analysis, Group};
use crate::count::{Merge, VoiceTally};
use crate::needs::Need;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "groups",
    needs: &[Need::Voice, Need::Words],
    answers: "How large is each group, and how much of its framing stands in its own voice?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>(group: &'r Group<'_>, voices: &VoiceTally, mentions: u64) {
        Declared::By => &group.key,
        integer("articles", "counted articles") => group.counts.articles,
        integer("words", "counted words") => group.counts.words,
        integer("words_dropped", "words in zones that are not counted") => group.counts.words_dropped,
        integer("sentences", "counted sentences, headings included") => group.counts.sentences,
        integer("paragraphs", "counted paragraphs, headings included") => group.counts.paragraphs,
        integer("types", "different words") => group.counts.vocabulary.len(),
        integer("actor_mentions", "mentions of actors, place uses left out") => mentions,
        integer("frame_hits", "hits of framing terms") => voices.n(),
        number("own_low", "share of framing hits in own voice without any cue") => rates::own_share(voices)[0],
        number("own_high", "share of framing hits in own voice or hypothetical, or decided by a weak cue only") => rates::own_share(voices)[1],
    }
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    for group in &analysis.groups {
        let mut voices = VoiceTally::default();
        for frame in group.counts.frames.values() {
            voices.merge(&frame.voices);
        }
        let mentions = group.counts.coded.values().map(|tally| tally.n()).sum();
        out.row(&cells(group, &voices, mentions));
    }
}
