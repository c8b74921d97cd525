//! `actor_frequency.csv`: who is named how often.

use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, number, rates, text};
use crate::analysis::{Analysis, Series};
use crate::count::{ActorTally, Level};
use crate::stats;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "actor_frequency",
    needs: &[],
    answers: "Who is named, how often, under which kind of name?",
    columns: &[
        text("actor", "actor id of the codebook"),
        text("name", "name of the actor in the codebook"),
        text("level", "`coded`: as the codebook codes it; `rolled`: with all that roll up to it"),
        Declared::By,
        integer(
            "n",
            "mentions: names, demonyms and metonyms; of more than 40 groups one has a row of 0 only where five would be expected",
        ),
        integer("n_name", "mentions by name, acronym, title or spelling variant"),
        integer("n_demonym", "mentions by demonym (\"Armenian\")"),
        integer("n_metonym", "mentions by the seat of government (\"Baku\")"),
        integer("n_place_use", "capitals that are only a place; in no other number"),
        integer("articles", "articles of the group that name the actor"),
        integer("sentences", "sentences of the group that name the actor"),
        integer("n_articles", "counted articles of the group"),
        integer("words", "counted words of the group"),
        rates::PER_1000,
        rates::PER_1000_LOW,
        rates::PER_1000_HIGH,
        rates::DEFF,
        rates::LOO_MIN,
        rates::LOO_MAX,
        rates::MEAN_OF_ARTICLES,
        number("share", "n over all n of the group and level"),
        text("flags", "why the number is fragile: expected_below_5, single_article"),
    ],
    rows: Source::Analysis(rows),
};

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let mut actors: Vec<(u32, Level)> = Vec::new();
    actors.extend(analysis.all().counts.coded.keys().map(|actor| (*actor, Level::Coded)));
    actors.extend(analysis.all().counts.rolled.keys().map(|actor| (*actor, Level::Rolled)));
    actors.sort_by_key(|(actor, level)| (analysis.actor_code(*actor), *level));
    let total = |counts: &crate::count::GroupCounts, level: Level| -> u64 {
        let table = match level {
            Level::Coded => &counts.coded,
            Level::Rolled => &counts.rolled,
        };
        table.values().map(ActorTally::n).sum()
    };
    let totals: Vec<[u64; 2]> =
        analysis.groups.iter().map(|group| Level::ALL.map(|level| total(&group.counts, level))).collect();
    for (actor, level) in actors {
        let of = match level {
            Level::Coded => Series::Coded(actor),
            Level::Rolled => Series::Rolled(actor),
        };
        let spread = analysis.spread(of);
        let (in_all, all_words) = (spread.in_all(), analysis.all().counts.words);
        for (number, (group, totals)) in analysis.groups.iter().zip(&totals).enumerate() {
            let table = match level {
                Level::Coded => &group.counts.coded,
                Level::Rolled => &group.counts.rolled,
            };
            let tally = table.get(&actor).copied().unwrap_or_default();
            if tally == ActorTally::default() && rates::is_silent(group, in_all, analysis) {
                out.leave_out(1);
                continue;
            }
            let total = totals[usize::from(level == Level::Rolled)];
            let mut row: Row<'_> = vec![
                analysis.actor_code(actor).into(),
                analysis.codebook.actors[actor as usize].name.as_str().into(),
                level.name().into(),
            ];
            row.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
            row.extend([
                tally.n().into(),
                tally.n_name.into(),
                tally.n_demonym.into(),
                tally.n_metonym.into(),
                tally.n_place_use.into(),
                tally.occurs.articles.into(),
                tally.occurs.sentences.into(),
                group.counts.articles.into(),
                group.counts.words.into(),
            ]);
            row.extend(rates::cells(tally.n(), group.counts.words, spread.of(number)));
            row.push(stats::ratio(tally.n() as f64, total as f64).into());
            row.push(rates::flags(group, in_all, all_words));
            out.row(&row);
        }
    }
}
