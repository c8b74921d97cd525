//! Divisions of two sides, looked at one by one for all items at once.

use super::super::clusters::distance;
use super::counts::{CountSums, FEW};
use super::draws::RandomChoices;
use super::few;
use super::pool::Sides;
use super::seldom::Seldom;
use super::{ENOUGH, MOST_DRAWS, next_choice};

/// Two distances this close, relative to their size, are equal.
pub(super) const TIE: f64 = 1e-12;
/// The number of no item.
pub(super) const NONE: u32 = u32::MAX;

/// How far apart the two sides are.
pub(super) struct Observed {
    /// `f` of both sides.
    pub f: u64,
    /// The distance from which on a division counts.
    pub least: f64,
}

/// The sizes of the two sides of a division.
pub(super) struct Division {
    s1: u64,
    s: u64,
    /// One over the size of each side.
    pub per_s: [f64; 2],
}

/// No count is as large as the sign bit, and the processor converts signed numbers at once.
#[inline(always)]
fn float(count: u64) -> f64 {
    count as i64 as f64
}

/// Whether the sides may be as far apart, by one over the size of each side. Most divisions are plainly nearer: of these no
/// exact difference is taken.
#[inline(always)]
pub(super) fn may_be_as_far(f1: f64, f: f64, [per_s1, per_s2]: [f64; 2], least: f64) -> bool {
    let (r1, r2) = (f1 * per_s1, (f - f1) * per_s2);
    (r1 - r2).abs() + (r1 + r2) * TIE >= least
}

impl Division {
    #[inline(always)]
    pub fn new(s1: u64, s: u64) -> Self {
        Self { s1, s, per_s: [1.0 / float(s1), 1.0 / float(s - s1)] }
    }

    /// Whether the sides are at least as far apart as the observed ones.
    fn is_as_far(&self, f1: u64, observed: &Observed) -> bool {
        may_be_as_far(float(f1), float(observed.f), self.per_s, observed.least)
            && distance(f1, self.s1, observed.f, self.s).is_some_and(|distance| distance >= observed.least)
    }
}

/// An item whose divisions are looked at.
pub(super) struct Item {
    /// Its number in the pool.
    pub number: u32,
    pub observed: Observed,
    /// How many divisions were as far apart.
    exceeded: u64,
    /// The draw with which there were enough of them.
    ended: Option<u64>,
}

impl Item {
    /// `f` and `s` of the smaller side, and of both.
    pub fn new(number: u32, [f1, s1]: [u64; 2], [f, s]: [u64; 2]) -> Self {
        let least = distance(f1, s1, f, s).unwrap_or(0.0) * (1.0 - TIE);
        Self { number, observed: Observed { f, least }, exceeded: 0, ended: None }
    }

    /// Whether this division makes it enough.
    pub fn look_at(&mut self, division: &Division, f1: u64, draw: u64, enough: u64) -> bool {
        if division.is_as_far(f1, &self.observed) {
            self.exceeded += 1;
            if self.exceeded == enough {
                self.ended = Some(draw);
            }
        }
        self.ended.is_some()
    }

    pub fn is_live(&self) -> bool {
        self.ended.is_none()
    }

    /// Of a sample.
    pub fn p(&self) -> f64 {
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
    live: Vec<Live>,
    /// Of the live items alone, once they are much fewer than those of the pool.
    counts: Option<CountSums>,
    /// `f` of the chosen articles, by place.
    sums: Vec<u64>,
}

/// What is asked of an item in every division: most are told from this alone.
struct Live {
    f: f64,
    least: f64,
    /// Where its sum is.
    place: u32,
    item: u32,
}

impl<'s> Trial<'s> {
    pub fn new(sides: &'s Sides<'s>, items: &[u32]) -> Self {
        let pool = sides.pool;
        let mut sums = vec![0; pool.items.len()];
        pool.counts.sum(&sides.smaller, &mut sums);
        let s1 = sides.smaller.iter().map(|at| pool.sizes[*at as usize]).sum();
        let item = |number: &u32| Item::new(*number, [sums[*number as usize], s1], [pool.f[*number as usize], pool.s]);
        let items: Vec<Item> = items.iter().map(item).collect();
        let live = (0..).zip(&items).map(|(number, item)| Live {
            f: item.observed.f as f64,
            least: item.observed.least,
            place: item.number,
            item: number,
        });
        Self { sides, live: live.collect(), items, counts: None, sums }
    }

    /// The share of the divisions, which are so many, that are as far apart.
    pub fn look_at_all(mut self, number: u64) -> Vec<f64> {
        if few::is_possible(self.sides) {
            few::look_at_all(self.sides, &mut self.items, number);
            return self.items.iter().map(|item| item.exceeded as f64 / number as f64).collect();
        }
        let mut chosen: Vec<u32> = (0..self.sides.smaller.len() as u32).collect();
        loop {
            self.look_at(&chosen, 0, u64::MAX);
            if !next_choice(&mut chosen, self.sides.pool.sizes.len() as u32) {
                return self.items.iter().map(|item| item.exceeded as f64 / number as f64).collect();
            }
        }
    }

    pub fn sample(self, choices: &mut RandomChoices<'_, u32>) -> Vec<f64> {
        if few::is_possible(self.sides) {
            self.sample_few(choices)
        } else if Seldom::is_worth(self.sides) {
            self.sample_seldom(choices)
        } else {
            self.sample_often(choices)
        }
    }

    pub(super) fn sample_few(mut self, choices: &mut RandomChoices<'_, u32>) -> Vec<f64> {
        few::sample(self.sides, &mut self.items, choices);
        self.items.iter().map(Item::p).collect()
    }

    pub(super) fn sample_seldom(mut self, choices: &mut RandomChoices<'_, u32>) -> Vec<f64> {
        Seldom::new(self.sides, &self.items).sample(&mut self.items, choices);
        self.items.iter().map(Item::p).collect()
    }

    pub(super) fn sample_often(mut self, choices: &mut RandomChoices<'_, u32>) -> Vec<f64> {
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
        (0..).zip(live.iter_mut()).for_each(|(place, of)| of.place = place);
        sums.truncate(live.len());
        let of_live = live.iter().map(|of| sides.pool.items[items[of.item as usize].number as usize].as_slice());
        *counts = Some(CountSums::new(sides.pool.sizes.len(), of_live));
    }

    /// Looks at a division; items that have enough leave the live ones.
    fn look_at(&mut self, chosen: &[u32], draw: u64, enough: u64) {
        let Self { sides, items, live, counts, sums } = self;
        let pool = sides.pool;
        counts.as_ref().unwrap_or(&pool.counts).sum(chosen, sums);
        let division = Division::new(chosen.iter().map(|at| pool.sizes[*at as usize]).sum(), pool.s);
        let mut has_ended = false;
        for of in live.iter() {
            let f1 = sums[of.place as usize];
            if may_be_as_far(float(f1), of.f, division.per_s, of.least) {
                has_ended |= items[of.item as usize].look_at(&division, f1, draw, enough);
            }
        }
        if has_ended {
            live.retain(|of| items[of.item as usize].is_live());
        }
    }
}
