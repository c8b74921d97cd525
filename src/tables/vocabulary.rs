//! `vocabulary.csv`: every word of every group.

use super::{Cell, Declared, ItemRow, Row, RowSink, Source, TableSpec, integer, rates, text};
use crate::analysis::{Analysis, Group};
use crate::count::WordTally;
use crate::stats;
use rustc_hash::FxHashMap;

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

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let mut order: Vec<u32> = (0..analysis.words.len() as u32).collect();
    order.sort_unstable_by_key(|word| analysis.words[*word as usize].as_str());
    // Most words are rare, so that few rows differ in more than the word.
    let mut alike: Vec<FxHashMap<WordTally, ItemRow>> = vec![FxHashMap::default(); analysis.groups.len()];
    for word in order {
        for (group, alike) in analysis.groups.iter().zip(&mut alike) {
            let Some(tally) = group.counts.vocabulary.get(&word) else { continue };
            let row = alike.entry(tally).or_insert_with(|| item_row(group, tally));
            out.item_row(row, &analysis.words[word as usize]);
        }
    }
}

/// The row of the words that are as frequent in the group.
fn item_row(group: &Group<'_>, tally: WordTally) -> ItemRow {
    let mut after: Row = group.key.iter().map(|value| Cell::from(value.as_str())).collect();
    after.extend([
        tally.n.into(),
        tally.articles.into(),
        group.counts.words.into(),
        stats::per_1000(tally.n, group.counts.words).into(),
    ]);
    ItemRow::new(Row::new(), after)
}
