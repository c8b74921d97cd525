//! `vocabulary.csv`: every word of every group.

use super::items::{Layer, items};
use super::{Cell, Declared, ItemRow, Row, RowSink, Source, TableSpec, integer, rates, text};
use crate::analysis::{Analysis, Group};
use crate::count::WordTally;
use crate::needs::Need;
use crate::stats;
use rustc_hash::FxHashMap;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "vocabulary",
    needs: &[Need::Words],
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

/// Words that are looked up in one group before the next: the counts of a group lie near each other.
const TOGETHER: usize = 1024;

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let words = items(Layer::Word, analysis);
    // Most words are rare, so that few rows differ in more than the word.
    let mut alike: Vec<FxHashMap<WordTally, ItemRow<'_>>> = vec![FxHashMap::default(); analysis.groups.len()];
    let mut tallies: Vec<Vec<Option<WordTally>>> = vec![Vec::new(); analysis.groups.len()];
    for (chunk, numbers) in words.numbers.chunks(TOGETHER).enumerate() {
        for (group, tallies) in analysis.groups.iter().zip(&mut tallies) {
            tallies.clear();
            tallies.extend(numbers.iter().map(|number| group.counts.vocabulary.get(number)));
        }
        for at in 0..numbers.len() {
            let name = words.names.get(chunk * TOGETHER + at);
            for ((group, alike), tallies) in analysis.groups.iter().zip(&mut alike).zip(&tallies) {
                let Some(tally) = tallies[at] else { continue };
                let row = alike.entry(tally).or_insert_with(|| item_row(group, tally));
                out.item_row(row, name);
            }
        }
    }
}

/// The row of the words that are as frequent in the group.
fn item_row<'a>(group: &'a Group<'_>, tally: WordTally) -> ItemRow<'a> {
    let mut cells: Row<'_> = group.key.iter().map(|value| Cell::from(value.as_str())).collect();
    cells.extend([
        tally.n.into(),
        tally.articles.into(),
        group.counts.words.into(),
        stats::per_1000(tally.n, group.counts.words).into(),
    ]);
    ItemRow::new(cells, 0)
}
