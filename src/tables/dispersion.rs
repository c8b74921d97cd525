//! `dispersion.csv`: is an item spread over the articles of a group, or a matter of a few?

use super::columns::columns;
use super::items::{Layer, items, series};
use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, number, rates, text};
use crate::analysis::{Analysis, Group};
use crate::stats::Spread;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "dispersion",
    needs: &[],
    answers: "Is an item spread over a group's articles, or a matter of a few of them?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>(layer: Layer, name: &'r str, group: &'r Group<'_>, of: Spread<'_>, dp: Option<f64>, flags: Cell<'r>) {
        text("layer", "`actor`, `force`, `frame`, `naming` or `term`") => layer.name(),
        text("item", "actor, frame, `pair/variant` or `frame/term`; of `force` `frame/(loaded)` and `frame/(neutral)`") => name,
        Declared::By => &group.key,
        integer("n", "hits in the group; without any there is no row") => of.hits(),
        integer("parts", "articles of the group with counted words") => of.articles(),
        integer("range", "articles of the group with the item") => of.range(),
        number(
            "juilland_d",
            "Juilland's D: 1 the same rate in every article, 0 all hits in one; empty with one article",
        ) => of.juilland_d(),
        number("gries_dp", "Gries' deviation of proportions: 0 as even as the words; empty without hits") => dp,
        number("dp_norm", "gries_dp over its largest possible value, 0 to 1; empty with one article") => dp.and_then(|dp| of.normalised(dp)),
        text("flags", "why the number is fragile: expected_below_5, single_article") => flags,
    }
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    for layer in Layer::CODED {
        let items = items(layer, analysis);
        for (at, number) in items.numbers.iter().enumerate() {
            let Some(of) = series(layer, *number, analysis.options.level) else { continue };
            let name = items.names.get(at).text();
            let spread = analysis.spread(of);
            for (number, group) in analysis.groups.iter().enumerate() {
                let of_group = spread.of(number);
                if of_group.hits() == 0 {
                    out.leave_out(1);
                    continue;
                }
                let flags = rates::flags(group, spread.in_all(), analysis.all().counts.words);
                out.row(&cells(layer, &name, group, of_group, of_group.gries_dp(), flags));
            }
        }
    }
}
