//! The articles that are exchanged, with the items they have, and a division of them into two sides.

use super::super::keyness::FEWEST_ARTICLES;
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
    /// `f` of each item.
    pub(super) f: Vec<u64>,
    pub(super) by_article: ByArticle,
}

/// The items of each article.
#[derive(Debug)]
pub(super) struct ByArticle {
    /// Item and its `f`.
    entries: Vec<(u32, u32)>,
    /// Where those of each article begin.
    begins: Vec<u32>,
}

impl ByArticle {
    pub fn new<'a>(articles: usize, items: impl Iterator<Item = (u32, &'a [(u32, u32)])> + Clone) -> Self {
        let mut begins = vec![0u32; articles + 1];
        items.clone().flat_map(|(_, of)| of).for_each(|(at, _)| begins[*at as usize + 1] += 1);
        for at in 1..begins.len() {
            begins[at] += begins[at - 1];
        }
        let mut next = begins.clone();
        let mut entries = vec![(0, 0); begins[articles] as usize];
        for (item, of) in items {
            for (at, f) in of {
                let slot = &mut next[*at as usize];
                entries[*slot as usize] = (item, *f);
                *slot += 1;
            }
        }
        Self { entries, begins }
    }

    pub fn of(&self, article: u32) -> &[(u32, u32)] {
        let at = article as usize;
        &self.entries[self.begins[at] as usize..self.begins[at + 1] as usize]
    }
}

impl Pool {
    /// `sizes` are the `s` of the articles, all above 0; an item is the articles that have it, each with its `f`.
    pub fn new(sizes: Vec<u64>, items: Vec<Vec<(u32, u32)>>) -> Self {
        let by_article = ByArticle::new(sizes.len(), (0..).zip(items.iter().map(Vec::as_slice)));
        let f = items.iter().map(|of| of.iter().map(|(_, f)| u64::from(*f)).sum()).collect();
        Self { s: sizes.iter().sum(), f, sizes, items, by_article }
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
