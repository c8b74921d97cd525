//! `actor_frequency.csv`: who is named how often.

use super::columns::columns;
use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, number, rates, text};
use crate::analysis::{Analysis, Group, Series};
use crate::count::{ActorTally, Level};
use crate::stats::{self, Spread};

pub(super) const TABLE: TableSpec = TableSpec {
    name: "actor_frequency",
    needs: &[],
    answers: "Who is named, how often, under which kind of name?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>([actor, name, level]: [&'r str; 3], group: &'r Group<'_>, tally: &ActorTally, total: u64, spread: Spread<'_>, flags: Cell<'r>) {
        text("actor", "actor id of the codebook") => actor,
        text("name", "name of the actor in the codebook") => name,
        text("level", "`coded`: as the codebook codes it; `rolled`: with all that roll up to it") => level,
        Declared::By => &group.key,
        integer(
            "n",
            "mentions: names, demonyms and metonyms; of more than 40 groups one has a row of 0 only where five would be expected",
        ) => tally.n(),
        integer("n_name", "mentions by name, acronym, title or spelling variant") => tally.n_name,
        integer("n_demonym", "mentions by demonym (\"Armenian\")") => tally.n_demonym,
        integer("n_metonym", "mentions by the seat of government (\"Baku\")") => tally.n_metonym,
        integer("n_place_use", "capitals that are only a place; in no other number") => tally.n_place_use,
        integer("articles", "articles of the group that name the actor") => tally.occurs.articles,
        integer("sentences", "sentences of the group that name the actor") => tally.occurs.sentences,
        integer("n_articles", "counted articles of the group") => group.counts.articles,
        integer("words", "counted words of the group") => group.counts.words,
        rates::COLUMNS => rates::cells(spread),
        number("share", "n over all n of the group and level") => stats::ratio(tally.n() as f64, total as f64),
        text("flags", "why the number is fragile: expected_below_5, single_article") => flags,
    }
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let mut actors: Vec<(u32, Level)> = Vec::new();
    actors.extend(analysis.all().counts.coded.keys().map(|actor| (actor, Level::Coded)));
    actors.extend(analysis.all().counts.rolled.keys().map(|actor| (actor, Level::Rolled)));
    actors.sort_by_key(|(actor, level)| (analysis.actor_code(*actor), *level));
    let total = |counts: &crate::count::GroupCounts, level: Level| -> u64 {
        let table = match level {
            Level::Coded => &counts.coded,
            Level::Rolled => &counts.rolled,
        };
        table.values().map(|tally| tally.n()).sum()
    };
    let totals: Vec<[u64; 2]> =
        analysis.groups.iter().map(|group| Level::ALL.map(|level| total(&group.counts, level))).collect();
    for (actor, level) in actors {
        let of = match level {
            Level::Coded => Series::Coded(actor),
            Level::Rolled => Series::Rolled(actor),
        };
        let spread = analysis.spread(of);
        let name = analysis.codebook.actors[actor as usize].name.as_str();
        let names = [analysis.actor_code(actor), name, level.name()];
        let (in_all, all_words) = (spread.in_all(), analysis.all().counts.words);
        for (number, (group, totals)) in analysis.groups.iter().zip(&totals).enumerate() {
            let table = match level {
                Level::Coded => &group.counts.coded,
                Level::Rolled => &group.counts.rolled,
            };
            let tally = table.get(actor).unwrap_or_default();
            if tally == ActorTally::default() && rates::is_silent(group, in_all, analysis) {
                out.leave_out(1);
                continue;
            }
            let total = totals[usize::from(level == Level::Rolled)];
            let flags = rates::flags(group, in_all, all_words);
            out.row(&cells(names, group, &tally, total, spread.of(number), flags));
        }
    }
}
