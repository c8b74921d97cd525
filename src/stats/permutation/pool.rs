//! The articles that are exchanged, with the items they have, and their divisions into two sides.

use super::super::keyness::FEWEST_ARTICLES;
use super::adders::{OfItems, OfOne};
use super::bundles::Bundles;
use super::counts::CountSums;
use super::lists::ItemLists;
use super::trial::Trial;
use super::{MOST_DIVISIONS, Stream, divisions};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Articles in order: one pool serves every pair of sides that it is divided into.
#[derive(Debug)]
pub struct Pool<'a> {
    /// `s` of each article, and of all.
    pub(super) sizes: Vec<u64>,
    pub(super) s: u64,
    pub(super) items: ItemLists<'a>,
    /// The same, quick to sum: made when first asked for, since bundles have their own.
    counts: OnceLock<CountSums>,
    /// `f` of each item.
    pub(super) f: Vec<u64>,
}

/// The articles of one side, by their places in the pool; all others are the other side.
#[derive(Debug)]
pub struct Sides<'a> {
    pool: &'a Pool<'a>,
    /// Those of the side with fewer articles, in order.
    pub(super) smaller: Vec<u32>,
}

/// Which divisions are looked at; sides of one kind are looked at together.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Divisions {
    /// All of them, which are so many, with so many articles in the smaller side.
    All { number: u64, articles: usize },
    /// A sample of them, with so many articles in a bundle at most.
    Sample { bundle: usize },
}

/// Sides with the items that are asked of them.
type AskedSides<'a> = (&'a Sides<'a>, &'a [u32]);

impl<'a> Pool<'a> {
    /// `sizes` are the `s` of the articles, all above 0; an item is the articles that have it, each with its `f`.
    pub fn new(sizes: Vec<u64>, items: impl Into<ItemLists<'a>>) -> Self {
        let items = items.into();
        let f = items.all().map(|of| of.iter().map(|(_, f)| u64::from(*f)).sum()).collect();
        Self { s: sizes.iter().sum(), f, sizes, items, counts: OnceLock::new() }
    }

    /// The counts of the items, quick to sum.
    pub(super) fn counts(&self) -> &CountSums {
        self.counts.get_or_init(|| {
            let lists: Vec<_> = self.items.all().collect();
            CountSums::new(self.sizes.len(), lists.iter().map(|of| &**of))
        })
    }

    /// `s` of some articles.
    pub(super) fn size_of(&self, articles: &[u32]) -> u64 {
        articles.iter().map(|at| self.sizes[*at as usize]).sum()
    }

    /// The articles of the one side, in order, against all others. `None` when a side has fewer than two.
    pub fn sides(&self, first: Vec<u32>) -> Option<Sides<'_>> {
        let articles = self.sizes.len();
        let smaller = if first.len() * 2 <= articles { first } else { self.others(first.into_iter()) };
        (smaller.len() as u64 >= FEWEST_ARTICLES).then_some(Sides { pool: self, smaller })
    }

    /// All articles but these, which are in order.
    fn others(&self, these: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut these = these.peekable();
        (0..self.sizes.len() as u32).filter(|at| these.next_if_eq(at).is_none()).collect()
    }

    /// [`Sides::p`] of several sides of this pool, each with its items. They share their divisions: of each random order of the
    /// articles the first ones, as many as it has, are the smaller side of each.
    pub fn p_of_each(&self, asked: &[(Sides<'_>, Vec<u32>)], stream: Stream) -> Vec<Vec<f64>> {
        let asked: Vec<AskedSides<'_>> = asked.iter().map(|(sides, items)| (sides, items.as_slice())).collect();
        let mut found = vec![Vec::new(); asked.len()];
        let mut by_divisions: BTreeMap<Divisions, Vec<usize>> = BTreeMap::new();
        for (at, (sides, _)) in asked.iter().enumerate() {
            by_divisions.entry(sides.divided()).or_default().push(at);
        }
        for (divisions, places) in by_divisions {
            let of_them: Vec<AskedSides<'_>> = places.iter().map(|at| asked[*at]).collect();
            let p = match divisions {
                Divisions::All { number, .. } => Trial::new(self, &of_them).look_at_all(number, OfItems::new(self)),
                Divisions::Sample { bundle: 1 } => self.sample(&of_them, stream),
                Divisions::Sample { bundle } => self.sample_bundles(&of_them, bundle, stream),
            };
            places.into_iter().zip(p).for_each(|(at, p)| found[at] = p);
        }
        found
    }

    pub(super) fn sample(&self, asked: &[AskedSides<'_>], stream: Stream) -> Vec<Vec<f64>> {
        let trial = Trial::new(self, asked);
        let mut random = stream.open();
        let numbers = trial.numbers();
        if OfOne::is_possible(self) {
            trial.sample(random.choices_of_each(OfOne::things(self), numbers), OfOne::default())
        } else {
            let articles = (0..self.sizes.len() as u32).collect();
            trial.sample(random.choices_of_each(articles, numbers), OfItems::new(self))
        }
    }

    /// The same with bundles of articles as the articles of a pool.
    fn sample_bundles(&self, asked: &[AskedSides<'_>], most: usize, stream: Stream) -> Vec<Vec<f64>> {
        let bundles = Bundles::new(self.sizes.len(), most, &self.parts(asked), stream.seed);
        let mut items: Vec<u32> = asked.iter().flat_map(|(_, items)| *items).copied().collect();
        items.sort_unstable();
        items.dedup();
        let of_items: Vec<_> = items.iter().map(|item| bundles.item(&self.items.of(*item))).collect();
        let pool = Pool::new(bundles.sizes(&self.sizes), of_items);
        let place = |item: &u32| items.partition_point(|other| other < item) as u32;
        let bundled = |(sides, items): &AskedSides<'_>| {
            let sides = Sides { pool: &pool, smaller: bundles.of(&sides.smaller) };
            (sides, items.iter().map(place).collect::<Vec<_>>())
        };
        let asked: Vec<_> = asked.iter().map(bundled).collect();
        pool.sample(&asked.iter().map(|(sides, items)| (sides, items.as_slice())).collect::<Vec<_>>(), stream)
    }

    /// The articles in parts: those of a part are on the same side of each of the pairs of sides.
    fn parts(&self, asked: &[AskedSides<'_>]) -> Vec<Vec<u32>> {
        let mut part_of = vec![0; self.sizes.len()];
        let mut number = 1;
        for (sides, _) in asked {
            let mut moved = FxHashMap::default();
            for article in &sides.smaller {
                let part = &mut part_of[*article as usize];
                *part = *moved.entry(*part).or_insert_with(|| {
                    number += 1;
                    number - 1
                });
            }
        }
        let mut parts = vec![Vec::new(); number];
        (0..).zip(part_of).for_each(|(article, part)| parts[part].push(article));
        parts
    }
}

impl Sides<'_> {
    /// Whether all divisions are looked at.
    pub fn is_exact(&self) -> bool {
        matches!(self.divided(), Divisions::All { .. })
    }

    fn divided(&self) -> Divisions {
        let (articles, both) = (self.smaller.len(), self.pool.sizes.len());
        match divisions(both as u64, articles as u64, MOST_DIVISIONS) {
            Some(number) => Divisions::All { number, articles },
            None => Divisions::Sample { bundle: Bundles::articles(articles, both) },
        }
    }

    /// The p of some items: how often divisions are at least as far apart, by `abs(r1 - r2)`, as the two sides are. Where
    /// the sides have many articles, bundles of them are exchanged.
    pub fn p(self, items: &[u32], stream: Stream) -> Vec<f64> {
        let pool = self.pool;
        pool.p_of_each(&[(self, items.to_vec())], stream).remove(0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Stream;
    use super::*;

    #[test]
    fn bundles_have_the_p_of_their_articles() {
        // Articles of many sizes; of the items the first is alike on both sides, the others differ more and more.
        let articles = 6_300u32;
        let sizes: Vec<u64> = (0..articles).map(|at| 100 + u64::from(at * 7919 % 900)).collect();
        let is_first = |at: u32| at % 9 < 3;
        let n = |at: u32, more: u32| {
            let chance = at.wrapping_mul(2_654_435_761).wrapping_add(more.wrapping_mul(40_503)) >> 8 & 1023;
            u32::from(chance < 100 + if is_first(at) { more } else { 0 }) * (1 + chance % 4)
        };
        let item = |more: u32| (0..articles).map(|at| (at, n(at, more))).filter(|(_, n)| *n > 0).collect();
        // One more comes in the first months only, and then a little more often on the first side.
        let of_months = |at: &u32| *at < articles / 3 && (is_first(*at) || at % 16 != 1);
        let early = (0..articles).filter(of_months).map(|at| (at, 4)).collect();
        let pool = Pool::new(sizes, [0, 4, 16, 22].map(item).into_iter().chain([early]).collect::<Vec<_>>());
        let sides = pool.sides((0..articles).filter(|at| is_first(*at)).collect()).expect("two sides");
        let stream = Stream { seed: 1, pair: 0 };
        let alone = pool.sample(&[(&sides, &[0, 1, 2, 3, 4])], stream).remove(0);
        let bundled = sides.p(&[0, 1, 2, 3, 4], stream);
        for (bundled, alone) in bundled.iter().zip(&alone) {
            // Both are known to a seventh of themselves.
            assert!((bundled - alone).abs() <= 0.5 * alone, "{bundled} {alone}");
        }
        assert!(alone[0] > 0.05, "{alone:?}");
    }
}
