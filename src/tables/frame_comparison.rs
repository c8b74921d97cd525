//! `frame_comparison.csv` and `frame_comparison_own.csv`: one line a term, one column a group; loaded terms first.

use super::columns::columns;
use super::frame_item::{self, FrameItem, items, places};
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

/// Counts that are kept, 8 MB: of as many items as fit they are taken group by group, as the tallies lie. Of thousands of
/// groups, those of one item alone would come from all over the memory.
const MOST_KEPT: usize = 1 << 20;

fn compare(analysis: &Analysis<'_>, out: &mut dyn RowSink, cells: RowOfRates, hits: fn(&TermTally) -> u64) {
    let mut items = items(analysis);
    items.sort_by_key(|item| (analysis.frame_code(item.frame), item.loaded_first(analysis.codebook)));
    let groups = analysis.groups.len().max(1);
    for items in items.chunks((MOST_KEPT / groups).max(1)) {
        let (places, mut n) = (places(items), vec![0; items.len() * groups]);
        for (number, group) in analysis.groups.iter().enumerate() {
            for (item, tally) in frame_item::tallies(group, analysis.codebook) {
                if let Some(place) = places.get(&item) {
                    n[place * groups + number] = hits(&tally);
                }
            }
        }
        for (item, n) in items.iter().zip(n.chunks(groups)) {
            let rate = |(n, group): (&u64, &Group<'_>)| stats::per_1000(*n, group.counts.words);
            let rates: Vec<Option<f64>> = n.iter().zip(&analysis.groups).map(rate).collect();
            out.row(&cells(analysis, *item, &rates));
        }
    }
}
