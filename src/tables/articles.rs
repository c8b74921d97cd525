//! `articles.csv`: what was read.

use super::{Declared, Row, RowSink, Source, TableSpec, integer, text};
use crate::analysis::Analysis;
use crate::codebook::hex;
use crate::needs::Need;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "articles",
    needs: &[Need::Voice],
    answers: "What was read, from where, and how much of it counted?",
    columns: &[
        text("article_id", "stable id of the article, unique in the corpus"),
        text("source", "who published it"),
        text("date", "date as given: YYYY, YYYY-MM or YYYY-MM-DD"),
        text("title", "title from the metadata; never counted"),
        text("language", "language from the metadata; where they have none, as the most frequent words show it"),
        text("path", "file, relative to its corpus folder"),
        text("encoding", "character encoding found"),
        integer("bytes", "size of the raw material in bytes"),
        integer("words", "counted words (UAX #29 segments with a letter or digit)"),
        integer("words_dropped", "words in zones that are not counted"),
        integer("sentences", "counted sentences, headings included"),
        integer("paragraphs", "counted paragraphs, headings included"),
        integer("repairs", "characters that could not be decoded and became U+FFFD"),
        integer("unclosed_quotes", "quotations that are opened and never closed"),
        text(
            "duplicate_of",
            "smallest id of the articles with the same text or, by the sketch, with nearly the same; empty for that article itself",
        ),
        text("sha256", "SHA-256 of the raw material"),
        Declared::Metadata,
    ],
    rows: Source::Analysis(rows),
};

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    for (id, record) in &analysis.counts.articles {
        let record = record.open();
        let sha256 = hex(&record.sha256);
        let duplicate_of = match record.duplicate_of {
            "" => analysis.same_texts.get(id.as_ref()).copied().unwrap_or_default(),
            nearly => nearly,
        };
        let mut row: Row<'_> = vec![
            id.as_ref().into(),
            record.source.into(),
            record.date.as_ref().into(),
            record.title.into(),
            record.language.into(),
            record.path.into(),
            record.encoding.into(),
            record.bytes.into(),
            record.words.into(),
            record.words_dropped.into(),
            record.sentences.into(),
            record.paragraphs.into(),
            record.repairs.into(),
            record.unclosed_quotes.into(),
            duplicate_of.into(),
            sha256.as_str().into(),
        ];
        row.extend(
            analysis.metadata.iter().map(|column| record.more.get(column.as_str()).copied().unwrap_or_default().into()),
        );
        out.row(&row);
    }
}
