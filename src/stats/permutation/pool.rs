//! The articles that are exchanged, with the items they have, and a division of them into two sides.

use super::super::keyness::FEWEST_ARTICLES;
use super::alone;
use super::bundles::Bundles;
use super::counts::{CountSums, OneByOne};
use super::draws::RandomChoices;
use super::trial::Trial;
use super::{MOST_DIVISIONS, MOST_DRAWS, Random, Stream, divisions};
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// Articles of a smaller side at most for which the choices of a whole sample are kept: 16 MB.
const MOST_KEPT: usize = (1 << 22) / MOST_DRAWS as usize;

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
    /// And article by article, where divisions with few articles ask for it.
    one_by_one: OnceLock<OneByOne>,
    /// Item by item and article by article, where divisions with a handful of articles ask for it.
    rows: Vec<OnceLock<Box<[u8]>>>,
    /// The largest `f` of an article.
    pub(super) most: u32,
    /// `f` of each item.
    pub(super) f: Vec<u64>,
}

impl Pool {
    /// `sizes` are the `s` of the articles, all above 0; an item is the articles that have it, each with its `f`.
    pub fn new(sizes: Vec<u64>, items: Vec<Vec<(u32, u32)>>) -> Self {
        let f = items.iter().map(|of| of.iter().map(|(_, f)| u64::from(*f)).sum()).collect();
        let counts = CountSums::new(sizes.len(), items.iter().map(Vec::as_slice));
        let rows = items.iter().map(|_| OnceLock::new()).collect();
        let most = items.iter().flatten().map(|(_, f)| *f).max().unwrap_or_default();
        Self { s: sizes.iter().sum(), f, sizes, items, counts, one_by_one: OnceLock::new(), rows, most }
    }

    pub(super) fn one_by_one(&self) -> &OneByOne {
        let of_items = || OneByOne::of(self.sizes.len(), (0..).zip(self.items.iter().map(Vec::as_slice)));
        self.one_by_one.get_or_init(of_items)
    }

    /// What each article has of an item; no article has more than a byte holds.
    pub(super) fn row(&self, item: u32) -> &[u8] {
        self.rows[item as usize].get_or_init(|| {
            let mut row = vec![0; self.sizes.len()];
            self.items[item as usize].iter().for_each(|(article, f)| row[*article as usize] = *f as u8);
            row.into()
        })
    }

    /// The articles of the one side, in order, against all others. `None` when a side has fewer than two.
    pub fn sides(&self, first: Vec<u32>) -> Option<Sides<'_>> {
        let articles = self.sizes.len();
        let smaller = if first.len() * 2 <= articles { first } else { self.others(first.into_iter()) };
        if (smaller.len() as u64) < FEWEST_ARTICLES {
            return None;
        }
        let exact = divisions(articles as u64, smaller.len() as u64, MOST_DIVISIONS);
        Some(Sides { pool: self, smaller, exact })
    }

    /// [`Sides::p`] of several sides, each with its items, of one stream. Random orders of the articles are made once for all of
    /// them: the first articles of an order, as many as it has, are the smaller side of each. A side of more than 419 articles
    /// has choices of its own, unless the pool has one item only.
    pub fn p_of_each(&self, asked: &[(Sides<'_>, Vec<u32>)], stream: Stream) -> Vec<Vec<f64>> {
        let mut found = vec![Vec::new(); asked.len()];
        let (mut together, mut alone): (Vec<usize>, Vec<usize>) =
            (0..asked.len()).partition(|at| asked[*at].0.are_sampled());
        if alone::is_possible(self) {
            let sides: Vec<&Sides<'_>> = together.iter().map(|at| &asked[*at].0).collect();
            let p = alone::sample(&sides, &mut stream.open());
            together.iter().zip(p).for_each(|(at, p)| found[*at] = vec![p]);
        } else {
            together.retain(|at| {
                let is_kept = asked[*at].0.smaller.len() <= MOST_KEPT;
                alone.extend((!is_kept).then_some(*at));
                is_kept
            });
            // For one of them no more choices are made than it needs.
            if together.len() == 1 {
                alone.append(&mut together);
            }
            let numbers = || together.iter().map(|at| asked[*at].0.smaller.len());
            if let (Some(smallest), Some(largest)) = (numbers().min(), numbers().max()) {
                let made = self.made(smallest..=largest, stream);
                for at in &together {
                    let (sides, items) = &asked[*at];
                    let choices = RandomChoices::Made(made.chunks_exact(largest), sides.smaller.len());
                    found[*at] = Trial::new(sides, items).sample(&mut { choices });
                }
            }
        }
        for at in alone {
            let (sides, items) = &asked[at];
            found[at] = sides.p(items, &mut stream.open());
        }
        found
    }

    /// The choices of a whole sample, one after the other.
    fn made(&self, numbers: RangeInclusive<usize>, stream: Stream) -> Vec<u32> {
        let mut random = stream.open();
        let mut choices = random.choices_of_each((0..self.sizes.len() as u32).collect(), numbers.clone());
        let mut made = Vec::with_capacity(numbers.end() * MOST_DRAWS as usize);
        (0..MOST_DRAWS).for_each(|_| made.extend_from_slice(choices.next()));
        made
    }

    /// All articles but these, which are in order.
    fn others(&self, these: impl Iterator<Item = u32>) -> Vec<u32> {
        let mut these = these.peekable();
        (0..self.sizes.len() as u32).filter(|at| these.next_if_eq(at).is_none()).collect()
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

    /// The p of some items: how often divisions are at least as far apart, by `abs(r1 - r2)`, as the two sides are. Where
    /// both sides have 2,000 articles or more, bundles of them are exchanged.
    pub fn p(&self, items: &[u32], random: &mut Random) -> Vec<f64> {
        if let Some(number) = self.exact {
            return Trial::new(self, items).look_at_all(number);
        }
        let Some((pool, smaller)) = self.bundled(items) else { return self.sample(items, random) };
        let sides = Sides { pool: &pool, smaller, exact: None };
        sides.sample(&(0..items.len() as u32).collect::<Vec<_>>(), random)
    }

    /// Whether articles are exchanged, neither in all divisions nor in bundles.
    fn are_sampled(&self) -> bool {
        self.exact.is_none() && !Bundles::are_worth(self.smaller.len())
    }

    fn sample(&self, items: &[u32], random: &mut Random) -> Vec<f64> {
        if items == [0] && alone::is_possible(self.pool) {
            return alone::sample(&[self], random);
        }
        Trial::new(self, items).sample(&mut self.choices(random))
    }

    pub(super) fn choices<'r>(&self, random: &'r mut Random) -> RandomChoices<'r, u32> {
        random.choices_of_articles(self.pool.sizes.len(), self.smaller.len())
    }

    /// Bundles as the articles of a pool, with those of the smaller side.
    fn bundled(&self, items: &[u32]) -> Option<(Pool, Vec<u32>)> {
        if !Bundles::are_worth(self.smaller.len()) {
            return None;
        }
        let articles = self.pool.sizes.len();
        let others = self.pool.others(self.smaller.iter().copied());
        let bundles = Bundles::new(articles, [&self.smaller, &others])?;
        let items = items.iter().map(|item| bundles.item(&self.pool.items[*item as usize])).collect();
        Some((Pool::new(bundles.sizes(&self.pool.sizes), items), (0..bundles.first as u32).collect()))
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
        let pool = Pool::new(sizes, [0, 4, 16, 22].map(item).to_vec());
        let sides = pool.sides((0..articles).filter(|at| is_first(*at)).collect()).expect("two sides");
        let stream = Stream { seed: 1, pair: 0 };
        let bundled = sides.p(&[0, 1, 2, 3], &mut stream.open());
        let alone = Trial::new(&sides, &[0, 1, 2, 3]).sample(&mut sides.choices(&mut stream.open()));
        for (bundled, alone) in bundled.iter().zip(&alone) {
            // Both are known to a seventh of themselves.
            assert!((bundled - alone).abs() <= 0.5 * alone, "{bundled} {alone}");
        }
        assert!(alone[0] > 0.05, "{alone:?}");
    }
}
