//! How large a table will be, said before it is written: its rows follow from the merged counts.

use super::cooccurrence::are_all_shown;
use super::items::Layer;
use super::keyness::FEWEST_OF_A_WORD;
use super::rates::{are_side_by_side, is_fivefold, is_shown};
use super::similarity::MOST_GROUPS;
use super::{ColumnKind, Source, TableColumn, TableSpec};
use crate::analysis::{Analysis, Group, Series};
use crate::count::{FiledRecord, GroupCounts, Level, Pairs, UnitCounts};
use std::collections::{BTreeSet, HashSet};

/// What a table will take, about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableSize {
    pub table: &'static str,
    /// Unknown of a table that was written while the corpus was read.
    pub rows: Option<u64>,
    pub bytes: u64,
}

/// The size of a table that is made from the merged counts; `None` for one that is written while the corpus is read.
pub fn size(spec: &TableSpec, fields: &[TableColumn], analysis: &Analysis<'_>) -> Option<TableSize> {
    match spec.rows {
        Source::Analysis(_) => {}
        Source::Stream => return None,
    }
    let rows = rows(spec.name, analysis);
    let header: u64 = fields.iter().map(|field| field.name.len() as u64 + 1).sum();
    Some(TableSize { table: spec.name, rows: Some(rows), bytes: header + rows * row_bytes(fields, analysis) })
}

/// Bytes of a usual row, commas included.
fn row_bytes(fields: &[TableColumn], analysis: &Analysis<'_>) -> u64 {
    let groups = analysis.groups.len().max(1) as u64;
    let keys: u64 = analysis.groups.iter().flat_map(|group| &group.key).map(|value| value.len() as u64).sum();
    let is_by = |field: &&TableColumn| analysis.options.by.contains(&field.name);
    let of_keys = if fields.iter().any(|field| is_by(&field)) { keys / groups } else { 0 };
    let cell = |field: &TableColumn| match field.kind {
        _ if is_by(&field) => 1,
        ColumnKind::Text => 11,
        ColumnKind::Integer => 3,
        ColumnKind::Number => 9,
        ColumnKind::Boolean => 6,
    };
    of_keys + fields.iter().map(cell).sum::<u64>()
}

/// The rows of a table, in some cases a few more; among many groups without those that are there because five are expected,
/// which are few.
fn rows(table: &str, analysis: &Analysis<'_>) -> u64 {
    let in_groups = |of: &dyn Fn(&GroupCounts) -> usize| sum(&analysis.groups, &|group| of(&group.counts));
    let in_parts = |of: &dyn Fn(&GroupCounts) -> usize| sum(analysis.parts(), &|group| of(&group.counts));
    let is_shown = |n: u64| is_shown(analysis, n, || false);
    let pairs = |of: &dyn Fn(&UnitCounts) -> &Pairs| {
        let are_all_shown = are_all_shown(analysis, of);
        let is_shown = |n: u64| are_all_shown || is_fivefold(n, || false);
        let rows = |unit: &UnitCounts| of(unit).iter().filter(|(_, tally)| is_shown(tally.observed)).count();
        let of_all = analysis.all().counts.units.values().map(|unit| of(unit).len() as u64).sum::<u64>();
        of_all + in_parts(&|counts| counts.units.values().filter(|unit| unit.units > 1).map(rows).sum())
    };
    let all = &analysis.all().counts;
    let in_all_or = |of: &dyn Fn(&GroupCounts) -> usize| {
        if are_side_by_side(analysis) { (of(all) * analysis.groups.len()) as u64 } else { in_groups(of) }
    };
    let actors = |counts: &GroupCounts| match analysis.options.level {
        Level::Coded => counts.coded.len(),
        Level::Rolled => counts.rolled.len(),
    };
    let frames = |counts: &GroupCounts| counts.frames.len() + counts.terms.len();
    let coded = |counts: &GroupCounts| actors(counts) + counts.forces.len() + frames(counts) + counts.variants.len();
    let term_rows = |counts: &GroupCounts| {
        let tallies = counts.forces.values().chain(counts.frames.values()).chain(counts.terms.values());
        tallies.filter(|tally| is_shown(tally.voices.n())).count()
    };
    let coded_rows = |counts: &GroupCounts| {
        let actors = match analysis.options.level {
            Level::Coded => &counts.coded,
            Level::Rolled => &counts.rolled,
        };
        let actors = actors.values().filter(|tally| is_shown(tally.n())).count();
        actors + term_rows(counts) + counts.variants.values().filter(|tally| is_shown(tally.n)).count()
    };
    let book = analysis.codebook;
    match table {
        "articles" => analysis.counts.articles.len() as u64,
        "groups" => analysis.groups.len() as u64,
        "actor_frequency" => in_all_or(&|counts| counts.coded.len() + counts.rolled.len()),
        "frame_frequency" => in_all_or(&|counts| frames(counts) + counts.forces.len()),
        "frame_comparison" | "frame_comparison_own" => (frames(all) + all.forces.len()) as u64,
        "actor_cooccurrence" => pairs(&|unit| &unit.actor_pairs),
        "frame_cooccurrence" => pairs(&|unit| &unit.frame_pairs),
        "actor_frame" => pairs(&|unit| &unit.actor_frames),
        // A term's row, and those of its frame and force, which it may share.
        "frame_targets" => 3 * in_groups(&|counts| counts.targets.len()),
        "speakers" => 3 * in_groups(&|counts| counts.speakers.len()),
        "sourcing" => speakers_of_groups(analysis),
        "naming" => 2 * in_groups(&|counts| counts.variants.len()),
        "contrasts" => in_parts(&|counts| coded_rows(counts) + term_rows(counts)),
        "similarity" => {
            let groups = analysis.parts().len() as u64;
            let is_made = groups <= MOST_GROUPS;
            if is_made { groups * groups.saturating_sub(1) / 2 * (Layer::PROFILES.len() as u64 + 1) } else { 0 }
        }
        "keyness" => in_parts(&|counts| {
            let all = &all.vocabulary;
            let is_written = |word: &u32| all.get(word).is_some_and(|all| all.n >= FEWEST_OF_A_WORD);
            let words = counts.vocabulary.iter().filter(|(word, tally)| is_shown(tally.n) && is_written(word));
            coded_rows(counts) + words.count()
        }),
        "dispersion" => in_groups(&coded),
        "trend" => (all.frames.len() + all.forces.len()) as u64 * months_of_groups(analysis),
        "vocabulary" => in_groups(&|counts| counts.vocabulary.len()),
        "codebook_usage" => (book.aliases.len() + book.terms.len() + book.variants.len()) as u64,
        // One that is made of what people coded is short.
        _ => 0,
    }
}

fn sum(groups: &[Group<'_>], of: &dyn Fn(&Group<'_>) -> usize) -> u64 {
    groups.iter().map(|group| of(group) as u64).sum()
}

/// Who speaks in which group, and the row of each such group; those of the whole corpus too.
fn speakers_of_groups(analysis: &Analysis<'_>) -> u64 {
    let group_of = analysis.group_of_articles();
    let (mut rows, mut groups) = (0, HashSet::new());
    for speaker in analysis.speakers() {
        let articles = analysis.hits([Series::Speaker(speaker)]);
        let of_speaker: HashSet<u32> = articles.map(|(article, _)| group_of[article as usize]).collect();
        rows += 1 + of_speaker.len() as u64;
        groups.extend(of_speaker);
    }
    if groups.is_empty() { 0 } else { rows + 1 + groups.len() as u64 }
}

/// The months of each group, and those of the whole corpus.
fn months_of_groups(analysis: &Analysis<'_>) -> u64 {
    let mut all: BTreeSet<String> = BTreeSet::new();
    let mut rows = 0;
    for group in analysis.parts() {
        let mut months: BTreeSet<String> = BTreeSet::new();
        for record in group.articles.iter().map(FiledRecord::open) {
            if let Some(month) = record.month().filter(|month| !months.contains(*month)) {
                months.insert(month.to_owned());
            }
        }
        rows += months.len();
        all.extend(months);
    }
    (rows + all.len()) as u64
}
