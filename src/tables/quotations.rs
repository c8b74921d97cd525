//! `quotations.csv`: every direct quotation with its speaker, written when it is asked for.

use super::columns::record;
use super::{CsvBuffer, Declared, Source, TableSpec, integer, text};
use crate::needs::Need;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "quotations",
    needs: &[Need::Voice],
    answers: "Who is quoted, where, and with which verb? One row a quotation; `sourcing` adds them up.",
    columns: COLUMNS,
    rows: Source::Stream,
};

record! {
    COLUMNS,
    /// One quotation.
    QuotationRow {
        article_id: text = "id of the article",
        start_byte: integer = "first byte between the quotation marks in the raw text",
        end_byte: integer = "byte after the last one",
        start_char: integer = "first code point between the quotation marks in the raw text",
        end_char: integer = "code point after the last one",
        line: integer = "line of the raw text on which it begins, from 1",
        speaker: text = "actor who speaks, rolled up; empty where no speaker is named",
        cue: text = "the verb or phrase that brings it in; of speech that goes on, the one of its beginning",
        stance: text = "`neutral`, `distancing` or `factive`: how the cue stands to what is said; empty without a cue",
        words: integer = "words between the marks",
        quotation: text = "the words as they stand in the raw text",
    }
}
