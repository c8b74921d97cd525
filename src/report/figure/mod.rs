//! What each figure shows, picked from the rows of the tables: neither drawn nor counted here.

mod effects;
mod graph;
mod matrix;
mod shares;
mod trend;
mod xray;

pub use effects::{Effect, effects};
pub use graph::{Edge, Graph, Node, graph, whole_graph};
pub use matrix::{Matrix, actor_frame, actors_by_group, frames_by_group};
pub use shares::{Bar, Shares, naming, voices};
pub use trend::{Trend, trend};
pub use xray::{Xray, xray};

use super::Facts;
use super::rows::{TableView, integer};

/// Groups of a figure; of more, those with the most words are shown.
pub const MOST_GROUPS: usize = 120;

/// The groups a figure shows, in the order of the tables, and how many there are.
#[derive(Debug, Clone, Default)]
pub struct GroupChoice {
    pub names: Vec<String>,
    pub of: usize,
}

impl GroupChoice {
    /// The groups of `groups.csv`, the whole corpus first.
    pub fn new(facts: &Facts<'_>) -> Self {
        // One group and the whole corpus are the same numbers; both are shown all the same, as in the tables.
        let mut all: Vec<(String, u64)> = facts
            .analysis
            .groups
            .iter()
            .map(|group| {
                let name = match group.whole {
                    crate::analysis::Whole::Corpus => crate::count::ALL.to_owned(),
                    crate::analysis::Whole::Group => group.name(),
                };
                (name, group.counts.words)
            })
            .collect();
        let of = all.len().saturating_sub(1);
        if of > MOST_GROUPS {
            let mut words: Vec<u64> = all[1..].iter().map(|group| group.1).collect();
            words.sort_unstable_by(|a, b| b.cmp(a));
            let least = words[MOST_GROUPS - 1];
            let mut first = true;
            all.retain(|group| std::mem::take(&mut first) || group.1 >= least);
            all.truncate(MOST_GROUPS + 1);
        }
        Self { names: all.into_iter().map(|group| group.0).collect(), of }
    }

    pub fn index(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }
}

/// The table of a name with its `--by` columns.
fn view<'f>(facts: &'f Facts<'_>, name: &str) -> Option<TableView<'f>> {
    TableView::new(facts.table(name)?, &facts.study.tables.by)
}

/// The unit that a figure shows: sentences, or the first the run has.
fn unit(facts: &Facts<'_>) -> Option<String> {
    facts.analysis.all().counts.units.keys().next().map(|unit| unit.name().to_string())
}

/// Sums the integer column of the rows of one key, for choosing what to show first.
fn largest(mut sums: Vec<(String, u64)>, most: usize) -> Vec<String> {
    sums.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    sums.truncate(most);
    sums.into_iter().map(|(key, _)| key).collect()
}

fn whole_counts(
    view: &TableView<'_>,
    key: usize,
    n: usize,
    passes: impl Fn(&crate::tables::Row) -> bool,
) -> Vec<(String, u64)> {
    view.rows()
        .filter(|row| view.is_whole(row) && passes(row))
        .map(|row| (super::rows::text(row, key).to_owned(), integer(row, n)))
        .filter(|(_, n)| *n > 0)
        .collect()
}
