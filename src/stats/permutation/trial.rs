//! Divisions of two sides, looked at one by one for all items at once.

use super::super::clusters::distance;
use super::pool::{ByArticle, Sides};
use super::{ENOUGH, MOST_DRAWS, Shuffle, Stream, next_choice};

/// So many items are looked at side by side.
const FEW: usize = 6;
/// Two distances this close, relative to their size, are equal.
const TIE: f64 = 1e-12;

/// How far apart the two sides are.
struct Observed {
    /// `f` of both sides.
    f: u64,
    /// The distance from which on a division counts.
    least: f64,
}

/// The sizes of the two sides of a division.
struct Division {
    s1: u64,
    s: u64,
    per_s1: f64,
    per_s2: f64,
}

impl Division {
    fn new(s1: u64, s: u64) -> Self {
        Self { s1, s, per_s1: 1.0 / s1 as f64, per_s2: 1.0 / (s - s1) as f64 }
    }

    /// Whether the sides are at least as far apart as the observed ones. Most divisions are plainly nearer: of these no
    /// exact difference is taken.
    fn is_as_far(&self, f1: u64, observed: &Observed) -> bool {
        let (r1, r2) = (f1 as f64 * self.per_s1, (observed.f - f1) as f64 * self.per_s2);
        if (r1 - r2).abs() + (r1 + r2) * TIE < observed.least {
            return false;
        }
        distance(f1, self.s1, observed.f, self.s).is_some_and(|distance| distance >= observed.least)
    }
}

/// An item whose divisions are looked at.
struct Item {
    /// Its number in the pool.
    number: u32,
    observed: Observed,
    /// How many divisions were as far apart.
    exceeded: u64,
    /// The draw with which there were enough of them.
    ended: Option<u64>,
}

impl Item {
    fn look_at(&mut self, division: &Division, f1: u64, draw: u64, enough: u64) {
        if division.is_as_far(f1, &self.observed) {
            self.exceeded += 1;
            if self.exceeded == enough {
                self.ended = Some(draw);
            }
        }
    }

    /// Of a sample.
    fn p(&self) -> f64 {
        match self.ended {
            Some(draw) => ENOUGH as f64 / draw as f64,
            None => (self.exceeded + 1) as f64 / (MOST_DRAWS + 1) as f64,
        }
    }
}

pub(super) struct Trial<'s> {
    sides: &'s Sides<'s>,
    items: Vec<Item>,
    /// Those that need more divisions.
    live: Vec<u32>,
    /// Their articles, once so much was looked at in vain that finding them pays.
    of_live: Option<ByArticle>,
    /// `f` of the chosen articles, by item of the pool.
    sums: Vec<u64>,
}

impl<'s> Trial<'s> {
    pub fn new(sides: &'s Sides<'s>, items: &[u32]) -> Self {
        let pool = sides.pool;
        let s1 = sides.smaller.iter().map(|at| pool.sizes[*at as usize]).sum();
        let mut sums = vec![0; pool.items.len()];
        for (item, f) in sides.smaller.iter().flat_map(|at| pool.by_article.of(*at)) {
            sums[*item as usize] += u64::from(*f);
        }
        let item = |number: &u32| {
            let (f1, f) = (sums[*number as usize], pool.f[*number as usize]);
            let observed = Observed { f, least: distance(f1, s1, f, pool.s).unwrap_or(0.0) * (1.0 - TIE) };
            Item { number: *number, observed, exceeded: 0, ended: None }
        };
        let items: Vec<Item> = items.iter().map(item).collect();
        sums.fill(0);
        Self { sides, live: (0..items.len() as u32).collect(), items, of_live: None, sums }
    }

    /// The share of the divisions, which are so many, that are as far apart.
    pub fn look_at_all(mut self, number: u64) -> Vec<f64> {
        let mut chosen: Vec<u32> = (0..self.sides.smaller.len() as u32).collect();
        loop {
            self.look_at(&chosen, 0, u64::MAX);
            if !next_choice(&mut chosen, self.sides.pool.sizes.len() as u32) {
                return self.items.iter().map(|item| item.exceeded as f64 / number as f64).collect();
            }
        }
    }

    pub fn sample(mut self, stream: Stream) -> Vec<f64> {
        let (articles, smaller) = (self.sides.pool.sizes.len(), self.sides.smaller.len());
        let mut shuffle = stream.shuffle(articles);
        // What was looked at since the articles of the live items were found; and how many items that was for.
        let (mut cost, mut entered) = (0, self.sides.pool.items.len());
        for draw in 1..=MOST_DRAWS {
            let live = self.live.len();
            if cost > articles && live <= FEW {
                match live {
                    0 => {}
                    1 => self.sample_few::<1>(draw, shuffle),
                    _ => self.sample_few::<FEW>(draw, shuffle),
                }
                break;
            }
            if live == 0 {
                break;
            }
            if live * 4 <= entered * 3 && cost > articles + self.entries_of_live() {
                (cost, entered) = (0, live);
                self.find_live();
            }
            cost += self.look_at(shuffle.next(smaller), draw, ENOUGH);
        }
        self.items.iter().map(Item::p).collect()
    }

    fn of_live(&self) -> impl Iterator<Item = (u32, &'s [(u32, u32)])> + Clone {
        let pool = self.sides.pool;
        let numbers = self.live.iter().map(|item| self.items[*item as usize].number);
        numbers.map(|number| (number, pool.items[number as usize].as_slice()))
    }

    fn entries_of_live(&self) -> usize {
        self.of_live().map(|(_, of)| of.len()).sum()
    }

    fn find_live(&mut self) {
        self.of_live = Some(ByArticle::new(self.sides.pool.sizes.len(), self.of_live()));
        self.sums.fill(0);
    }

    /// Looks at a division; items that have enough leave the live ones. Returns how much was looked at.
    fn look_at(&mut self, chosen: &[u32], draw: u64, enough: u64) -> usize {
        let pool = self.sides.pool;
        let Self { items, live, of_live, sums, .. } = self;
        let by_article = of_live.as_ref().unwrap_or(&pool.by_article);
        let (mut s1, mut cost) = (0, chosen.len());
        for at in chosen {
            s1 += pool.sizes[*at as usize];
            let entries = by_article.of(*at);
            cost += entries.len();
            for (item, f) in entries {
                sums[*item as usize] += u64::from(*f);
            }
        }
        let division = Division::new(s1, pool.s);
        live.retain(|item| {
            let item = &mut items[*item as usize];
            let f1 = std::mem::take(&mut sums[item.number as usize]);
            item.look_at(&division, f1, draw, enough);
            item.ended.is_none()
        });
        cost
    }

    /// The other draws, from `first` on, when at most `N` items are left: each article has their `f` side by side, so
    /// that nothing has to be found and the processor adds them at once.
    fn sample_few<const N: usize>(&mut self, first: u64, mut shuffle: Shuffle) {
        let pool = self.sides.pool;
        let mut articles: Vec<([u64; N], u64)> = pool.sizes.iter().map(|size| ([0; N], *size)).collect();
        for (place, (_, of)) in self.of_live().enumerate() {
            of.iter().for_each(|(at, f)| articles[*at as usize].0[place] += u64::from(*f));
        }
        let mut left = self.live.len();
        for draw in first..=MOST_DRAWS {
            let (mut f1, mut s1) = ([0; N], 0);
            for at in shuffle.next(self.sides.smaller.len()) {
                let (f, size) = &articles[*at as usize];
                f1.iter_mut().zip(f).for_each(|(sum, f)| *sum += f);
                s1 += size;
            }
            let division = Division::new(s1, pool.s);
            for (item, f1) in self.live.iter().zip(f1) {
                let item = &mut self.items[*item as usize];
                if item.ended.is_none() {
                    item.look_at(&division, f1, draw, ENOUGH);
                    left -= usize::from(item.ended.is_some());
                }
            }
            if left == 0 {
                return;
            }
        }
    }
}
