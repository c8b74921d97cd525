//! `zones.csv`: every stretch of every article, what it was taken for, and why.

use super::{CsvBuffer, Source, TableSpec, Truth, boolean, integer, text};

pub(super) const TABLE: TableSpec = TableSpec {
    name: "zones",
    needs: &[],
    answers: "What was left out, where, and by which rule?",
    columns: &[
        text("article_id", "id of the article"),
        integer("start_byte", "first byte of the stretch in the raw text"),
        integer("end_byte", "byte after the last one"),
        integer("start_char", "first code point of the stretch in the raw text"),
        integer("end_char", "code point after the last one"),
        text(
            "zone",
            "headline, standfirst, heading, body, pull_quote, caption, byline, bio, editor_note, appeal, navigation, related or duplicate",
        ),
        text("rule", "the rule that put it there: a structural rule, or a line of zones.csv"),
        integer("words", "words of the stretch"),
        boolean("counted", "whether its words counted"),
    ],
    rows: Source::Stream,
};

/// One stretch of an article.
#[derive(Debug, Clone, Copy)]
pub struct ZoneRow<'a> {
    pub article_id: &'a str,
    pub bytes: crate::span::RawSpan,
    pub chars: (u64, u64),
    pub zone: &'a str,
    pub rule: &'a str,
    pub words: u64,
    pub counted: Truth,
}

impl ZoneRow<'_> {
    pub fn write(&self, out: &mut CsvBuffer) {
        out.text(self.article_id)
            .integer(self.bytes.start.into())
            .integer(self.bytes.end.into())
            .integer(self.chars.0)
            .integer(self.chars.1)
            .text(self.zone)
            .text(self.rule)
            .integer(self.words)
            .text(self.counted.name());
        out.end_row();
    }
}
