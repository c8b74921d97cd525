//! `naming.csv`: which name of a contested object each group uses.

use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, number, text};
use crate::analysis::{Analysis, Group};
use crate::count::VariantTally;
use crate::id::PairId;
use crate::needs::Need;
use crate::stats;
use rustc_hash::FxHashMap;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "naming",
    needs: &[Need::Voice],
    answers: "Which of its contested names does each group give an object?",
    columns: &[
        text("pair", "pair id of the codebook"),
        text("object", "what is named"),
        text("pole", "whose usage the name is, as the codebook says"),
        text("variant", "the name, as the codebook writes it"),
        Declared::By,
        integer(
            "n",
            "hits of the name; a group that names the object has a row of 0 for each name that only others give it",
        ),
        integer("n_pair", "hits of all names of the pair in the group"),
        number("share", "n over n_pair; empty without hits of the pair"),
        integer("n_own", "hits in the article's own voice, hypothetical ones included"),
        integer("n_not_own", "hits in any other voice"),
    ],
    rows: Source::Analysis(rows),
};

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let book = analysis.codebook;
    let mut variants: Vec<usize> = (0..book.variants.len()).collect();
    variants.sort_by_key(|at| {
        let variant = &book.variants[*at];
        (&book.pairs[variant.pair.index()].code, &variant.pole, &variant.term)
    });
    let tally = |group: &Group<'_>, at: usize| -> VariantTally {
        group.counts.variants.get(&(at as u32)).copied().unwrap_or_default()
    };
    let of_pairs: Vec<FxHashMap<PairId, u64>> = analysis
        .groups
        .iter()
        .map(|group| {
            let mut of_pairs = FxHashMap::default();
            for (variant, tally) in &group.counts.variants {
                *of_pairs.entry(book.variants[*variant as usize].pair).or_default() += tally.n;
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
            let tally = tally(group, at);
            let mut row: Row<'_> = vec![
                pair.code.as_str().into(),
                pair.object.as_str().into(),
                variant.pole.as_str().into(),
                variant.term.as_str().into(),
            ];
            row.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
            row.extend([
                tally.n.into(),
                n_pair.into(),
                stats::ratio(tally.n as f64, n_pair as f64).into(),
                tally.n_own.into(),
                (tally.n - tally.n_own).into(),
            ]);
            out.row(&row);
        }
    }
}
