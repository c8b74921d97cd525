//! `vocabulary.csv`: every word of every group.

use super::columns::{OfItem, columns};
use super::items::{Layer, items};
use super::{Declared, ItemRow, Row, RowSink, Source, TableSpec, integer, rates, text};
use crate::analysis::{Analysis, Group};
use crate::count::WordTally;
use crate::needs::Need;
use crate::stats;
use rustc_hash::FxHashMap;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "vocabulary",
    needs: &[Need::Words],
    answers: "Which words does each group use at all?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>(group: &'r Group<'_>, tally: WordTally) {
        text("word", "word in lower case, diacritics kept") => OfItem,
        Declared::By => &group.key,
        integer("n", "occurrences in the group") => tally.n,
        integer("articles", "articles of the group with the word") => tally.articles,
        integer("words", "counted words of the group") => group.counts.words,
        rates::PER_1000 => stats::per_1000(tally.n, group.counts.words),
    }
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let words = items(Layer::Word, analysis);
    let VocabularyRows { alike, rows, ends } = VocabularyRows::new(analysis);
    for (at, number) in words.numbers.iter().enumerate() {
        let begin = number.checked_sub(1).map_or(0, |before| ends[before as usize]);
        for row in &rows[begin..ends[*number as usize]] {
            out.item_row(&alike[*row as usize], words.names.get(at));
        }
    }
}

/// The rows of all words, by the number of the word.
struct VocabularyRows<'a> {
    /// Most words are rare, so that few rows of a group differ in more than the word.
    alike: Vec<ItemRow<'a>>,
    /// Word by word the rows of the groups that have it, each by its place among those that are alike.
    rows: Vec<u32>,
    /// Where those of each word end.
    ends: Vec<usize>,
}

impl<'a> VocabularyRows<'a> {
    fn new(analysis: &'a Analysis<'_>) -> Self {
        let mut ends = vec![0; analysis.words.len()];
        for group in &analysis.groups {
            group.counts.vocabulary.iter().for_each(|(word, _)| ends[word as usize] += 1);
        }
        let mut begin = 0;
        for end in &mut ends {
            // Moves to the end of its rows as they are filled in.
            begin += std::mem::replace(end, begin);
        }
        let (mut alike, mut rows) = (Vec::new(), vec![0; begin]);
        let mut places: FxHashMap<WordTally, u32> = FxHashMap::default();
        for group in &analysis.groups {
            places.clear();
            for (word, tally) in group.counts.vocabulary.iter() {
                let row = *places.entry(tally).or_insert_with(|| {
                    alike.push(ItemRow::new(cells(group, tally), 0).compact());
                    alike.len() as u32 - 1
                });
                let end = &mut ends[word as usize];
                rows[*end] = row;
                *end += 1;
            }
        }
        Self { alike, rows, ends }
    }
}
