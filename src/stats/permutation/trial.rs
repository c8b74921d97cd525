//! Divisions of two sides, looked at one by one for all items at once.

use super::super::clusters::distance;
use super::counts::{CountSums, FEW};
use super::pool::Sides;
use super::{ENOUGH, MOST_DRAWS, Stream, next_choice};

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
    /// Where its sum is.
    place: usize,
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
    /// Of the live items alone, once they are much fewer than those of the pool.
    counts: Option<CountSums>,
    /// `f` of the chosen articles, by the place of the item.
    sums: Vec<u64>,
}

impl<'s> Trial<'s> {
    pub fn new(sides: &'s Sides<'s>, items: &[u32]) -> Self {
        let pool = sides.pool;
        let mut sums = vec![0; pool.items.len()];
        pool.counts.sum(&sides.smaller, &mut sums);
        let s1 = sides.smaller.iter().map(|at| pool.sizes[*at as usize]).sum();
        let item = |number: &u32| {
            let (f1, f) = (sums[*number as usize], pool.f[*number as usize]);
            let observed = Observed { f, least: distance(f1, s1, f, pool.s).unwrap_or(0.0) * (1.0 - TIE) };
            Item { number: *number, place: *number as usize, observed, exceeded: 0, ended: None }
        };
        let items: Vec<Item> = items.iter().map(item).collect();
        Self { sides, live: (0..items.len() as u32).collect(), items, counts: None, sums }
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
        let mut choices = stream.choices(self.sides.pool.sizes.len(), self.sides.smaller.len());
        for draw in 1..=MOST_DRAWS {
            if self.live.is_empty() {
                break;
            }
            if self.sums.len() > FEW && self.live.len() * 3 <= self.sums.len() {
                self.leave_out();
            }
            self.look_at(choices.next(), draw, ENOUGH);
        }
        self.items.iter().map(Item::p).collect()
    }

    /// Leaves out the items that have enough.
    fn leave_out(&mut self) {
        let Self { sides, items, live, counts, sums } = self;
        live.iter().enumerate().for_each(|(place, item)| items[*item as usize].place = place);
        sums.truncate(live.len());
        let of_live = live.iter().map(|item| sides.pool.items[items[*item as usize].number as usize].as_slice());
        *counts = Some(CountSums::new(sides.pool.sizes.len(), of_live));
    }

    /// Looks at a division; items that have enough leave the live ones.
    fn look_at(&mut self, chosen: &[u32], draw: u64, enough: u64) {
        let Self { sides, items, live, counts, sums } = self;
        let pool = sides.pool;
        counts.as_ref().unwrap_or(&pool.counts).sum(chosen, sums);
        let division = Division::new(chosen.iter().map(|at| pool.sizes[*at as usize]).sum(), pool.s);
        live.retain(|item| {
            let item = &mut items[*item as usize];
            item.look_at(&division, sums[item.place], draw, enough);
            item.ended.is_none()
        });
    }
}
