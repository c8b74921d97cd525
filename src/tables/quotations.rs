//! `quotations.csv`: every direct quotation with its speaker, written when it is asked for.

use super::{CsvBuffer, Source, TableSpec, integer, text};
use crate::needs::Need;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "quotations",
    needs: &[Need::Voice],
    answers: "Who is quoted, where, and with which verb? One row a quotation; `sourcing` adds them up.",
    columns: &[
        text("article_id", "id of the article"),
        integer("start_byte", "first byte between the quotation marks in the raw text"),
        integer("end_byte", "byte after the last one"),
        integer("start_char", "first code point between the quotation marks in the raw text"),
        integer("end_char", "code point after the last one"),
        integer("line", "line of the raw text on which it begins, from 1"),
        text("speaker", "actor who speaks, rolled up; empty where nobody is named"),
        text("cue", "the verb or phrase that brings it in; of speech that goes on, the one of its beginning"),
        text("stance", "`neutral`, `distancing` or `factive`: how the cue stands to what is said; empty without a cue"),
        integer("words", "words between the marks"),
        text("quotation", "the words as they stand in the raw text"),
    ],
    rows: Source::Stream,
};

/// One quotation.
#[derive(Debug, Clone, Copy)]
pub struct QuotationRow<'a> {
    pub article_id: &'a str,
    pub bytes: crate::span::RawSpan,
    pub chars: (u64, u64),
    pub line: u64,
    pub speaker: &'a str,
    pub cue: &'a str,
    pub stance: &'a str,
    pub words: u64,
    pub quotation: &'a str,
}

impl QuotationRow<'_> {
    pub fn write(&self, out: &mut CsvBuffer) {
        out.text(self.article_id)
            .integer(self.bytes.start.into())
            .integer(self.bytes.end.into())
            .integer(self.chars.0)
            .integer(self.chars.1)
            .integer(self.line)
            .plain(self.speaker)
            .text(self.cue)
            .plain(self.stance)
            .integer(self.words)
            .text(self.quotation);
        out.end_row();
    }
}
