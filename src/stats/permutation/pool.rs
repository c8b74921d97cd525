//! The articles that are exchanged, with the items they have, and a division of them into two sides.

use super::super::keyness::FEWEST_ARTICLES;
use super::counts::CountSums;
use super::trial::Trial;
use super::{MOST_DIVISIONS, Stream, divisions};

/// Articles in order: one pool serves every pair of sides that it is divided into.
#[derive(Debug)]
pub struct Pool {
    /// `s` of each article, and of all.
    pub(super) sizes: Vec<u64>,
    pub(super) s: u64,
    /// The articles of each item, each with its `f`.
    pub(super) items: Vec<Vec<(u32, u32)>>,
    /// The same, quick to sum.
    pub(super) counts: CountSums,
    /// `f` of each item.
    pub(super) f: Vec<u64>,
}

impl Pool {
    /// `sizes` are the `s` of the articles, all above 0; an item is the articles that have it, each with its `f`.
    pub fn new(sizes: Vec<u64>, items: Vec<Vec<(u32, u32)>>) -> Self {
        let f = items.iter().map(|of| of.iter().map(|(_, f)| u64::from(*f)).sum()).collect();
        let counts = CountSums::new(sizes.len(), items.iter().map(Vec::as_slice));
        Self { s: sizes.iter().sum(), f, sizes, items, counts }
    }

    /// The articles of the one side, in order, against all others. `None` when a side has fewer than two.
    pub fn sides(&self, first: Vec<u32>) -> Option<Sides<'_>> {
        let articles = self.sizes.len();
        let smaller = if first.len() * 2 <= articles {
            first
        } else {
            let mut first = first.into_iter().peekable();
            (0..articles as u32).filter(|at| first.next_if_eq(at).is_none()).collect()
        };
        if (smaller.len() as u64) < FEWEST_ARTICLES {
            return None;
        }
        let exact = divisions(articles as u64, smaller.len() as u64, MOST_DIVISIONS);
        Some(Sides { pool: self, smaller, exact })
    }
}

/// Two sides of a pool.
#[derive(Debug)]
pub struct Sides<'p> {
    pub(super) pool: &'p Pool,
    /// The articles of the smaller side.
    pub(super) smaller: Vec<u32>,
    exact: Option<u64>,
}

impl Sides<'_> {
    /// Whether all divisions are looked at.
    pub fn is_exact(&self) -> bool {
        self.exact.is_some()
    }

    /// The p of some items: how often divisions are at least as far apart, by `abs(r1 - r2)`, as the two sides are.
    pub fn p(&self, items: &[u32], stream: Stream) -> Vec<f64> {
        let trial = Trial::new(self, items);
        match self.exact {
            Some(number) => trial.look_at_all(number),
            None => trial.sample(stream),
        }
    }
}
