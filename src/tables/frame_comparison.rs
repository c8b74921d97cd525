//! `frame_comparison.csv` and `frame_comparison_own.csv`: one line a term, one column a group; loaded terms first.

use super::frame_item::{self, items};
use super::{Cell, Declared, Row, RowSink, Source, TableSpec, number, text};
use crate::analysis::{Analysis, Group};
use crate::count::TermTally;
use crate::needs::Need;
use crate::stats;
use crate::voice::Voice;

const GROUP: &str = "hits per 1,000 counted words of this group";

pub(super) const TABLE: TableSpec = TableSpec {
    name: "frame_comparison",
    needs: &[],
    answers: "How do the groups' rates of each framing term compare, side by side?",
    columns: &[
        text("frame", "frame id of the codebook"),
        frame_item::TERM,
        number("ALL", "hits per 1,000 counted words of the whole corpus"),
        Declared::Groups(GROUP),
    ],
    rows: Source::Analysis(rows),
};

pub(super) const OWN_TABLE: TableSpec = TableSpec {
    name: "frame_comparison_own",
    needs: &[Need::Voice],
    answers: "The same, counting only hits in the article's own voice.",
    columns: &[
        text("frame", "frame id of the codebook"),
        frame_item::TERM,
        number("ALL", "hits in own voice per 1,000 counted words of the whole corpus"),
        Declared::Groups("hits in own voice per 1,000 counted words of this group"),
    ],
    rows: Source::Analysis(rows_own),
};

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    compare(analysis, out, |tally| tally.voices.n());
}

fn rows_own(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    compare(analysis, out, |tally| tally.voices.of(Voice::Own));
}

fn compare(analysis: &Analysis<'_>, out: &mut dyn RowSink, hits: impl Fn(&TermTally) -> u64) {
    let mut items = items(analysis);
    items.sort_by_key(|item| (analysis.frame_code(item.frame), item.loaded_first(analysis.codebook)));
    for item in items {
        let rate = |group: &Group<'_>| Cell::from(stats::per_1000(hits(&item.tally(group)), group.counts.words));
        let mut row: Row<'_> = vec![analysis.frame_code(item.frame).into(), item.name(analysis).into()];
        row.extend(analysis.groups.iter().map(rate));
        out.row(&row);
    }
}
