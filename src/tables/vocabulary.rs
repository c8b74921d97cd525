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
    // Most words are rare, so that few rows differ in more than the word.
    let mut alike: Vec<FxHashMap<WordTally, ItemRow<'_>>> = vec![FxHashMap::default(); analysis.groups.len()];
    let (groups, ends) = groups_of_words(analysis);
    for (at, number) in words.numbers.iter().enumerate() {
        let begin = number.checked_sub(1).map_or(0, |before| ends[before as usize]);
        for group in &groups[begin..ends[*number as usize]] {
            let of = &analysis.groups[*group as usize];
            let Some(tally) = of.counts.vocabulary.get(number) else { continue };
            let row = alike[*group as usize].entry(tally).or_insert_with(|| ItemRow::new(cells(of, tally), 0));
            out.item_row(row, words.names.get(at));
        }
    }
}

/// Word by word, by its number, the groups that have it, and where those of each word end.
fn groups_of_words(analysis: &Analysis<'_>) -> (Vec<u32>, Vec<usize>) {
    let mut ends = vec![0; analysis.words.len()];
    let words = |group: &Group<'_>, take: &mut dyn FnMut(usize)| {
        group.counts.vocabulary.iter().for_each(|(word, _)| take(word as usize));
    };
    for group in &analysis.groups {
        words(group, &mut |word| ends[word] += 1);
    }
    let mut begin = 0;
    for end in &mut ends {
        // Moves to the end of its groups as they are filled in.
        begin += std::mem::replace(end, begin);
    }
    let mut groups = vec![0; begin];
    for (number, group) in (0..).zip(&analysis.groups) {
        words(group, &mut |word| {
            groups[ends[word]] = number;
            ends[word] += 1;
        });
    }
    (groups, ends)
}
