//! `naming.csv`: which name of a contested object each group uses.

use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, number, text};
use crate::analysis::{Analysis, Group};
use crate::count::VariantTally;
use crate::needs::Need;
use crate::stats;

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
            "hits of the name; a name that nobody uses has no row, one that another group uses has a row of 0",
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
    let of_pair = |group: &Group<'_>, pair| -> u64 {
        (0..book.variants.len()).filter(|at| book.variants[*at].pair == pair).map(|at| tally(group, at).n).sum()
    };
    for at in variants {
        let variant = &book.variants[at];
        if tally(analysis.all(), at).n == 0 {
            out.leave_out(analysis.groups.len() as u64);
            continue;
        }
        let pair = &book.pairs[variant.pair.index()];
        for group in &analysis.groups {
            let (tally, n_pair) = (tally(group, at), of_pair(group, variant.pair));
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
