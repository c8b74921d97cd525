//! `dispersion.csv`: is an item spread over the articles of a group, or a matter of a few?

use super::items::{Layer, items, series};
use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, number, rates, text};
use crate::analysis::Analysis;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "dispersion",
    needs: &[],
    answers: "Is an item spread over a group's articles, or a matter of a few of them?",
    columns: &[
        text("layer", "`actor`, `force`, `frame`, `naming` or `term`"),
        text("item", "actor, frame, `pair/variant` or `frame/term`; of `force` `frame/(loaded)` and `frame/(neutral)`"),
        Declared::By,
        integer("n", "hits in the group; without any there is no row"),
        integer("parts", "articles of the group with counted words"),
        integer("range", "articles of the group with the item"),
        number(
            "juilland_d",
            "Juilland's D: 1 the same rate in every article, 0 all hits in one; empty with one article",
        ),
        number("gries_dp", "Gries' deviation of proportions: 0 as even as the words; empty without hits"),
        number("dp_norm", "gries_dp over its largest possible value, 0 to 1; empty with one article"),
        text("flags", "why the number is fragile: expected_below_5, single_article"),
    ],
    rows: Source::Analysis(rows),
};

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    for layer in Layer::CODED {
        let items = items(layer, analysis);
        for (at, number) in items.numbers.iter().enumerate() {
            let Some(of) = series(layer, *number, analysis.options.level) else { continue };
            let name = items.names.get(at).text();
            let spread = analysis.spread(of);
            for (number, group) in analysis.groups.iter().enumerate() {
                let of_group = spread.of(number);
                let n = of_group.hits();
                if n == 0 {
                    out.leave_out(1);
                    continue;
                }
                let deviation = of_group.gries_dp();
                let mut row: Row<'_> = vec![layer.name().into(), name.as_ref().into()];
                row.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
                row.extend([
                    n.into(),
                    of_group.articles().into(),
                    of_group.range().into(),
                    of_group.juilland_d().into(),
                    deviation.into(),
                    deviation.and_then(|deviation| of_group.normalised(deviation)).into(),
                ]);
                row.push(rates::flags(group, spread.in_all(), analysis.all().counts.words));
                out.row(&row);
            }
        }
    }
}
