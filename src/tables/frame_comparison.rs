//! `frame_comparison.csv` and `frame_comparison_own.csv`: one line a term, one column a group; loaded terms first.

use super::columns::columns;
use super::frame_item::{self, FrameItem, items};
use super::{Declared, Row, RowSink, Source, TableSpec, number, text};
use crate::analysis::{Analysis, Group};
use crate::count::TermTally;
use crate::needs::Need;
use crate::stats;
use crate::voice::Voice;

columns! {
    COLUMNS, cells<'r>(analysis: &Analysis<'r>, item: FrameItem, rates: &[Option<f64>]) {
        text("frame", "frame id of the codebook") => analysis.frame_code(item.frame),
        frame_item::TERM => item.name(analysis),
        number("ALL", "hits per 1,000 counted words of the whole corpus") => rates[0],
        Declared::Groups("hits per 1,000 counted words of this group") => rates[1..].to_vec(),
    }
}

columns! {
    OWN_COLUMNS, own_cells<'r>(analysis: &Analysis<'r>, item: FrameItem, rates: &[Option<f64>]) {
        text("frame", "frame id of the codebook") => analysis.frame_code(item.frame),
        frame_item::TERM => item.name(analysis),
        number("ALL", "hits in own voice per 1,000 counted words of the whole corpus") => rates[0],
        Declared::Groups("hits in own voice per 1,000 counted words of this group") => rates[1..].to_vec(),
    }
}

pub(super) const TABLE: TableSpec = TableSpec {
    name: "frame_comparison",
    needs: &[],
    answers: "How do the groups' rates of each framing term compare, side by side?",
    columns: COLUMNS,
    rows: Source::Analysis(|analysis, out| compare(analysis, out, cells, |tally| tally.voices.n())),
};

pub(super) const OWN_TABLE: TableSpec = TableSpec {
    name: "frame_comparison_own",
    needs: &[Need::Voice],
    answers: "The same, counting only hits in the article's own voice.",
    columns: OWN_COLUMNS,
    rows: Source::Analysis(|analysis, out| compare(analysis, out, own_cells, |tally| tally.voices.of(Voice::Own))),
};

/// Makes the row of an item from the rates of all groups.
type RowOfRates = for<'r> fn(&Analysis<'r>, FrameItem, &[Option<f64>]) -> Row<'r>;

fn compare(analysis: &Analysis<'_>, out: &mut dyn RowSink, cells: RowOfRates, hits: fn(&TermTally) -> u64) {
    let mut items = items(analysis);
    items.sort_by_key(|item| (analysis.frame_code(item.frame), item.loaded_first(analysis.codebook)));
    for item in items {
        let rate = |group: &Group<'_>| stats::per_1000(hits(&item.tally(group)), group.counts.words);
        let rates: Vec<Option<f64>> = analysis.groups.iter().map(rate).collect();
        out.row(&cells(analysis, item, &rates));
    }
}
