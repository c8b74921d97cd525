//! `vocabulary.csv`: every word of every group.

use super::{Cell, Declared, Row, Source, TableSpec, integer, rates, text};
use crate::analysis::Analysis;
use crate::stats;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "vocabulary",
    answers: "Which words does each group use at all?",
    columns: &[
        text("word", "word in lower case, diacritics kept"),
        Declared::By,
        integer("n", "occurrences in the group"),
        integer("articles", "articles of the group with the word"),
        integer("words", "counted words of the group"),
        rates::PER_1000,
    ],
    rows: Source::Analysis(rows),
};

fn rows(analysis: &Analysis<'_>) -> Vec<Row> {
    let mut order: Vec<u32> = (0..analysis.words.len() as u32).collect();
    order.sort_unstable_by_key(|word| analysis.words[*word as usize].as_str());
    let mut rows = Vec::new();
    for word in order {
        for group in &analysis.groups {
            let Some(tally) = group.counts.vocabulary.get(&word) else { continue };
            let mut row: Row = vec![analysis.words[word as usize].as_str().into()];
            row.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
            row.extend([
                tally.n.into(),
                tally.articles.into(),
                group.counts.words.into(),
                stats::per_1000(tally.n, group.counts.words).into(),
            ]);
            rows.push(row);
        }
    }
    rows
}
