//! `frame_targets.csv`: who does it to whom.

use super::columns::columns;
use super::frame_item::{self, FrameItem, items, places};
use super::{Declared, Row, RowSink, Source, TableSpec, integer, number, text};
use crate::analysis::{Analysis, Group};
use crate::count::{Merge, NONE, RoleTally};
use crate::needs::Need;
use crate::stats;

columns! {
    COLUMNS, cells<'r>(analysis: &Analysis<'r>, item: FrameItem, [agent, target]: [&'r str; 2], group: &'r Group<'_>, tally: &RoleTally, n_term: u64) {
        text("frame", "frame id of the codebook") => analysis.frame_code(item.frame),
        frame_item::TERM => item.name(analysis),
        text("agent", "actor who does it, rolled up; `(none)` where the sentence does not show one") => agent,
        text("target", "actor to whom it is done, rolled up; `(none)` where the sentence does not show one") => target,
        Declared::By => &group.key,
        integer("n", "hits of the term in the group with this agent and target; combinations without hits have no row") => tally.n,
        integer("n_term", "all hits of the term in the group; in the rows `(all)` those of the frame") => n_term,
        number("share", "n over n_term") => stats::ratio(tally.n as f64, n_term as f64),
        integer("n_agent_firm", "of n, those whose agent is a firm answer (`agent_tier` of `mentions.csv`)") => tally.agent_firm,
        integer("n_target_firm", "of n, those whose target is a firm answer (`target_tier`)") => tally.target_firm,
        integer("n_firm", "of n, those in which every actor that is given is a firm answer; empty where none is given") => n_firm(agent, target, tally),
        number("firm_share", "n_firm over n") => n_firm(agent, target, tally).and_then(|firm| stats::ratio(firm as f64, tally.n as f64)),
    }
}

pub(super) const TABLE: TableSpec = TableSpec {
    name: "frame_targets",
    needs: &[Need::Voice],
    answers: "Whose doing is a frame about, and to whom is it done?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

/// Item, agent and target by the order of their names, and group.
type RowKey = (u32, u32, u32, u32);

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let items = items(analysis);
    let places = places(&items);
    // The order of all names, as numbers: there are as many rows as all groups have hits, and names take long to compare.
    let mut names: Vec<&str> =
        (0..=analysis.codebook.actors.len() as u32).map(|key| actor_or_none(analysis, key)).collect();
    names.sort_unstable();
    let rank = |key: u32| names.partition_point(|name| *name < actor_or_none(analysis, key)) as u32;
    let ranks: Vec<u32> = (0..=analysis.codebook.actors.len() as u32).map(rank).collect();
    // Each hit is one of its term, of the terms of its force, and of the frame.
    let most = 3 * analysis.groups.iter().map(|group| group.counts.targets.len()).sum::<usize>();
    let mut hits: Vec<(RowKey, u32)> = Vec::with_capacity(most);
    let mut tallies = Vec::with_capacity(most / 3);
    for (at, group) in (0..).zip(&analysis.groups) {
        for ((term, agent, target), tally) in group.counts.targets.iter() {
            let [agent, target] = [agent, target].map(|actor| ranks[actor as usize]);
            for place in FrameItem::of_term(analysis.codebook, term).filter_map(|item| places.get(&item)) {
                hits.push(((*place as u32, agent, target, at), tallies.len() as u32));
            }
            tallies.push(tally);
        }
    }
    hits.sort_unstable_by_key(|(key, _)| *key);
    for of_row in hits.chunk_by(|a, b| a.0 == b.0) {
        let (item, agent, target, group) = of_row[0].0;
        let mut tally = RoleTally::default();
        of_row.iter().for_each(|(_, more)| tally.merge(&tallies[*more as usize]));
        if tally.n > 0 {
            let actors = [names[agent as usize], names[target as usize]];
            let (item, group) = (items[item as usize], &analysis.groups[group as usize]);
            out.row(&cells(analysis, item, actors, group, &tally, item.tally(group).voices.n()));
        }
    }
}

fn n_firm(agent: &str, target: &str, tally: &RoleTally) -> Option<u64> {
    match (agent == NONE, target == NONE) {
        (true, true) => None,
        (false, true) => Some(tally.agent_firm),
        (true, false) => Some(tally.target_firm),
        (false, false) => Some(tally.both_firm),
    }
}

/// The actor of a key that keeps its number plus one, and 0 for none.
pub(super) fn actor_or_none<'a>(analysis: &Analysis<'a>, key: u32) -> &'a str {
    key.checked_sub(1).map_or(NONE, |actor| analysis.actor_code(actor))
}
