//! `naming.csv`: which name of a contested object each group uses.

use super::columns::columns;
use super::{Declared, Row, RowSink, Source, TableSpec, integer, number, text};
use crate::analysis::{Analysis, Group};
use crate::codebook::{Pair, Variant};
use crate::count::VariantTally;
use crate::id::PairId;
use crate::needs::Need;
use crate::stats;
use rustc_hash::FxHashMap;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "naming",
    needs: &[Need::Voice],
    answers: "Which of its contested names does each group give an object?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>(pair: &'r Pair, variant: &'r Variant, group: &'r Group<'_>, tally: VariantTally, n_pair: u64) {
        text("pair", "pair id of the codebook") => pair.code.as_str(),
        text("object", "what is named") => pair.object.as_str(),
        text("pole", "whose usage the name is, as the codebook says") => variant.pole.as_str(),
        text("variant", "the name, as the codebook writes it") => variant.term.as_str(),
        Declared::By => &group.key,
        integer(
            "n",
            "hits of the name; a group that names the object has a row of 0 for each name that only others give it",
        ) => tally.n,
        integer("n_pair", "hits of all names of the pair in the group") => n_pair,
        number("share", "n over n_pair; empty without hits of the pair") => stats::ratio(tally.n as f64, n_pair as f64),
        integer("n_own", "hits in the article's own voice, hypothetical ones included") => tally.n_own,
        integer("n_not_own", "hits in any other voice") => tally.n - tally.n_own,
    }
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let book = analysis.codebook;
    let mut variants: Vec<usize> = (0..book.variants.len()).collect();
    variants.sort_by_key(|at| {
        let variant = &book.variants[*at];
        (&book.pairs[variant.pair.index()].code, &variant.pole, &variant.term)
    });
    let tally =
        |group: &Group<'_>, at: usize| -> VariantTally { group.counts.variants.get(at as u32).unwrap_or_default() };
    let of_pairs: Vec<FxHashMap<PairId, u64>> = analysis
        .groups
        .iter()
        .map(|group| {
            let mut of_pairs = FxHashMap::default();
            for (variant, tally) in group.counts.variants.iter() {
                *of_pairs.entry(book.variants[variant as usize].pair).or_default() += tally.n;
            }
            of_pairs
        })
        .collect();
    for at in variants {
        let variant = &book.variants[at];
        if tally(analysis.all(), at).n == 0 {
            out.leave_out(analysis.groups.len() as u64);
            continue;
        }
        let pair = &book.pairs[variant.pair.index()];
        for (group, of_pairs) in analysis.groups.iter().zip(&of_pairs) {
            let n_pair = of_pairs.get(&variant.pair).copied().unwrap_or_default();
            if n_pair == 0 {
                out.leave_out(1);
                continue;
            }
            out.row(&cells(pair, variant, group, tally(group, at), n_pair));
        }
    }
}
