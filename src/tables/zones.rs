//! `zones.csv`: every stretch of every article, what it was taken for, and why.

use super::columns::record;
use super::{CsvBuffer, Declared, Source, TableSpec, boolean, integer, text};

pub(super) const TABLE: TableSpec = TableSpec {
    name: "zones",
    needs: &[],
    answers: "What was left out, where, and by which rule?",
    columns: COLUMNS,
    rows: Source::Stream,
};

record! {
    COLUMNS,
    /// One stretch of an article.
    ZoneRow {
        article_id: text = "id of the article",
        start_byte: integer = "first byte of the stretch in the raw text",
        end_byte: integer = "byte after the last one",
        start_char: integer = "first code point of the stretch in the raw text",
        end_char: integer = "code point after the last one",
        zone: text = "headline, standfirst, heading, body, pull_quote, caption, byline, bio, editor_note, appeal, navigation, \
                      related or duplicate",
        rule: text = "the rule that put it there: a structural rule, or a line of zones.csv",
        words: integer = "words of the stretch",
        counted: boolean = "whether its words counted",
    }
}
