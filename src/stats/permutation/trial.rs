//! Divisions of two sides, looked at one by one for all items at once.

use super::super::clusters::distance;
use super::counts::{CountSums, FEW};
use super::draws::RandomChoices;
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

/// Up to so many articles on the smaller side, items are looked at one by one after the first draws.
const FEW_ARTICLES: usize = 8;
/// Draws after which mostly rare items need more.
const FIRST_DRAWS: u64 = 250;

/// The numbers of the divisions that choose each article.
struct ByArticle {
    numbers: Vec<u32>,
    /// Where those of each article begin, and where the last ones end.
    begins: Vec<u32>,
}

impl ByArticle {
    /// Of pairs of an article and a division.
    fn new(articles: usize, chosen: &[(u32, u32)]) -> Self {
        let mut begins = vec![0; articles + 1];
        chosen.iter().for_each(|(article, _)| begins[*article as usize + 1] += 1);
        for at in 1..begins.len() {
            begins[at] += begins[at - 1];
        }
        let mut next = begins.clone();
        let mut numbers = vec![0; chosen.len()];
        for (article, number) in chosen {
            numbers[next[*article as usize] as usize] = *number;
            next[*article as usize] += 1;
        }
        Self { numbers, begins }
    }

    fn of(&self, article: u32) -> &[u32] {
        &self.numbers[self.begins[article as usize] as usize..self.begins[article as usize + 1] as usize]
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
        let mut draw = 1;
        while draw <= MOST_DRAWS && !self.live.is_empty() {
            if self.is_of_few() && draw > FIRST_DRAWS {
                draw += self.look_at_many(&mut choices, draw);
                continue;
            }
            if !self.is_of_few() && self.sums.len() > FEW && self.live.len() * 3 <= self.sums.len() {
                self.leave_out();
            }
            self.look_at(choices.next(), draw, ENOUGH);
            draw += 1;
        }
        self.items.iter().map(Item::p).collect()
    }

    /// Whether the smaller side has so few articles that rare items are in hardly any division.
    fn is_of_few(&self) -> bool {
        self.sides.smaller.len() <= FEW_ARTICLES && self.sums.len() > FEW
    }

    /// Looks at the next divisions, of which it says how many, item by item: one that still needs some is rare, and only the
    /// divisions that choose one of its articles are looked at. It must come to what [`Trial::look_at`] comes to; of thousands
    /// of groups it takes a fifth of the time.
    fn look_at_many(&mut self, choices: &mut RandomChoices, from: u64) -> u64 {
        let Self { sides, items, live, .. } = self;
        let pool = sides.pool;
        let number = (from * 3).min(MOST_DRAWS - from + 1);
        let (mut chosen, mut divisions) = (Vec::new(), Vec::new());
        for at in 0..number as u32 {
            let articles = choices.next();
            chosen.extend(articles.iter().map(|article| (*article, at)));
            divisions.push(Division::new(articles.iter().map(|at| pool.sizes[*at as usize]).sum(), pool.s));
        }
        let by_article = ByArticle::new(pool.sizes.len(), &chosen);
        // Without a hit the larger side of all is the farthest from the other.
        let largest = divisions.iter().max_by_key(|division| division.s1);
        let mut f1: Vec<(u32, u64)> = Vec::new();
        live.retain(|item| {
            let item = &mut items[*item as usize];
            f1.clear();
            if largest.is_some_and(|division| division.is_as_far(0, &item.observed)) {
                f1.extend((0..number as u32).map(|at| (at, 0)));
            }
            for (article, n) in &pool.items[item.number as usize] {
                f1.extend(by_article.of(*article).iter().map(|at| (*at, u64::from(*n))));
            }
            f1.sort_unstable();
            for of_division in f1.chunk_by(|a, b| a.0 == b.0) {
                let (at, sum) = (of_division[0].0, of_division.iter().map(|(_, n)| n).sum());
                item.look_at(&divisions[at as usize], sum, from + u64::from(at), ENOUGH);
                if item.ended.is_some() {
                    return false;
                }
            }
            true
        });
        number
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
        let of_few = chosen.len() <= FEW_ARTICLES && sums.len() > FEW;
        let of_pool = || if of_few { pool.counts_of_few() } else { &pool.counts };
        counts.as_ref().unwrap_or_else(of_pool).sum(chosen, sums);
        let division = Division::new(chosen.iter().map(|at| pool.sizes[*at as usize]).sum(), pool.s);
        live.retain(|item| {
            let item = &mut items[*item as usize];
            item.look_at(&division, sums[item.place], draw, enough);
            item.ended.is_none()
        });
    }
}
