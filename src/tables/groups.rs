//! `groups.csv`: the sizes behind every rate.

use super::{Declared, Row, RowSink, Source, TableSpec, integer, number, rates};
use crate::analysis::Analysis;
use crate::count::{Merge, VoiceTally};
use crate::needs::Need;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "groups",
    needs: &[Need::Voice, Need::Words],
    answers: "How large is each group, and how much of its framing stands in its own voice?",
    columns: &[
        Declared::By,
        integer("articles", "counted articles"),
        integer("words", "counted words"),
        integer("words_dropped", "words in zones that are not counted"),
        integer("sentences", "counted sentences, headings included"),
        integer("paragraphs", "counted paragraphs, headings included"),
        integer("types", "different words"),
        integer("actor_mentions", "mentions of actors, place uses left out"),
        integer("frame_hits", "hits of framing terms"),
        number("own_low", "share of framing hits in own voice without any cue"),
        number("own_high", "share of framing hits in own voice or hypothetical, or decided by a weak cue only"),
    ],
    rows: Source::Analysis(rows),
};

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    for group in &analysis.groups {
        let counts = &group.counts;
        let mut voices = VoiceTally::default();
        for frame in counts.frames.values() {
            voices.merge(&frame.voices);
        }
        let mentions: u64 = counts.coded.values().map(crate::count::ActorTally::n).sum();
        let mut row: Row<'_> = group.key.iter().map(|value| value.as_str().into()).collect();
        row.extend([
            counts.articles.into(),
            counts.words.into(),
            counts.words_dropped.into(),
            counts.sentences.into(),
            counts.paragraphs.into(),
            counts.vocabulary.len().into(),
            mentions.into(),
            voices.n().into(),
        ]);
        row.extend(rates::own_share(&voices));
        out.row(&row);
    }
}
