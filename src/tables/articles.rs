//! `articles.csv`: what was read.

use super::columns::columns;
use super::{Declared, Row, RowSink, Source, TableSpec, integer, text};
use crate::analysis::Analysis;
use crate::codebook::hex;
use crate::count::ArticleRecord;
use crate::needs::Need;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "articles",
    needs: &[Need::Voice],
    answers: "What was read, from where, and how much of it counted?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>(id: &'r str, record: &'r ArticleRecord<'_>, duplicate_of: &'r str, metadata: &[String]) {
        text("article_id", "stable id of the article, unique in the corpus") => id,
        text("source", "who published it") => record.source,
        text("date", "date as given: YYYY, YYYY-MM or YYYY-MM-DD") => record.date.as_ref(),
        text("title", "title from the metadata; never counted") => record.title,
        text("language", "language from the metadata; where they have none, as the most frequent words show it") => record.language,
        text("path", "file, relative to its corpus folder") => record.path,
        text("encoding", "character encoding found") => record.encoding,
        integer("bytes", "size of the raw material in bytes") => record.bytes,
        integer("words", "counted words (UAX #29 segments with a letter or digit)") => record.words,
        integer("words_dropped", "words in zones that are not counted") => record.words_dropped,
        integer("sentences", "counted sentences, headings included") => record.sentences,
        integer("paragraphs", "counted paragraphs, headings included") => record.paragraphs,
        integer("repairs", "characters that could not be decoded and became U+FFFD") => record.repairs,
        integer("unclosed_quotes", "quotations that are opened and never closed") => record.unclosed_quotes,
        text(
            "duplicate_of",
            "smallest id of the articles with the same text or, by the sketch, with nearly the same; empty for that article itself",
        ) => duplicate_of,
        text("sha256", "SHA-256 of the raw material") => hex(&record.sha256),
        Declared::Metadata => more(record, metadata),
    }
}

/// What the article has in the further columns.
fn more<'r>(record: &'r ArticleRecord<'_>, columns: &[String]) -> Vec<&'r str> {
    columns.iter().map(|column| record.more.get(column.as_str()).copied().unwrap_or_default()).collect()
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    for filed in analysis.counts.articles.iter() {
        let (id, record) = (filed.id(), filed.open());
        let duplicate_of = match record.duplicate_of {
            "" => analysis.same_texts.get(id).copied().unwrap_or_default(),
            nearly => nearly,
        };
        out.row(&cells(id, &record, duplicate_of, &analysis.metadata));
    }
}
