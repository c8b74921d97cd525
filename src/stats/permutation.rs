//! How often chance alone would tell two sides apart as far: articles are exchanged between them.
//!
//! Of few articles every division is looked at, of more a random sample of divisions. The sample ends early where the
//! answer is plain (Besag and Clifford 1991, *Sequential Monte Carlo p-values*), and counts the division that was
//! observed where it does not (Phipson and Smyth 2010, *Permutation p-values should never be zero*).

use super::clusters::distance;
use super::keyness::FEWEST_ARTICLES;
use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};

/// Up to so many divisions all of them are looked at.
pub const MOST_DIVISIONS: u64 = 10_000;
/// Random divisions at most.
pub const MOST_DRAWS: u64 = 9_999;
/// So many divisions at least as far apart end the drawing.
pub const ENOUGH: u64 = 50;
/// Two distances this close, relative to their size, are equal.
const TIE: f64 = 1e-12;

/// The random numbers of a pair of sides: ChaCha8 with the seed as the first eight bytes of its key, lowest first, the
/// others 0, and the number of the pair as its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    /// `--seed`.
    pub seed: u64,
    /// The number of the pair.
    pub pair: u64,
}

impl Stream {
    pub(super) fn open(self) -> ChaCha8Rng {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&self.seed.to_le_bytes());
        let mut random = ChaCha8Rng::from_seed(key);
        random.set_stream(self.pair);
        random
    }

    /// Draws of some of so many articles, one after the other.
    pub(super) fn shuffle(self, articles: usize) -> Shuffle {
        Shuffle { random: self.open(), order: (0..articles as u32).collect() }
    }
}

/// Articles in an order that each draw goes on from.
pub(super) struct Shuffle {
    random: ChaCha8Rng,
    order: Vec<u32>,
}

impl Shuffle {
    /// The next draw of as many articles, each set of them as probable as another.
    pub fn next(&mut self, number: usize) -> &[u32] {
        for at in 0..number {
            let other = at + below(&mut self.random, (self.order.len() - at) as u32) as usize;
            self.order.swap(at, other);
        }
        &self.order[..number]
    }
}

/// A number below `bound`, each as probable as another (Lemire 2019, *Fast random integer generation in an interval*).
pub(super) fn below(random: &mut ChaCha8Rng, bound: u32) -> u32 {
    loop {
        let product = u64::from(random.next_u32()) * u64::from(bound);
        // Of the 2^32 numbers the first 2^32 mod bound are one too many for some results.
        if product as u32 >= bound || product as u32 >= bound.wrapping_neg() % bound {
            return (product >> 32) as u32;
        }
    }
}

/// The number of divisions, if it is at most `most`.
pub(super) fn divisions(articles: u64, chosen: u64, most: u64) -> Option<u64> {
    let mut number = 1u64;
    for k in 1..=chosen.min(articles - chosen) {
        number = number * (articles - chosen.min(articles - chosen) + k) / k;
        if number > most {
            return None;
        }
    }
    Some(number)
}

/// Articles in order, divided into two sides.
#[derive(Debug)]
pub struct Sides {
    /// `s` of each article.
    sizes: Vec<u64>,
    /// The articles of the smaller side.
    smaller: Vec<u32>,
    s: u64,
    exact: Option<u64>,
}

impl Sides {
    /// `None` when a side has fewer than two articles. All sizes are above 0.
    pub fn new(sizes: Vec<u64>, is_first: impl Fn(usize) -> bool) -> Option<Self> {
        let (first, second): (Vec<u32>, Vec<u32>) = (0..sizes.len() as u32).partition(|at| is_first(*at as usize));
        let smaller = if first.len() <= second.len() { first } else { second };
        if (smaller.len() as u64) < FEWEST_ARTICLES {
            return None;
        }
        let exact = divisions(sizes.len() as u64, smaller.len() as u64, MOST_DIVISIONS);
        Some(Self { s: sizes.iter().sum(), sizes, smaller, exact })
    }

    /// Whether all divisions are looked at.
    pub fn is_exact(&self) -> bool {
        self.exact.is_some()
    }

    /// The p of each item: how often divisions are at least as far apart, by `abs(r1 - r2)`, as the two sides are. An
    /// item is the articles that have it, each with its `f`.
    pub fn p(&self, items: &[Vec<(u32, u32)>], stream: Stream) -> Vec<f64> {
        let mut trial = Trial::new(self, items);
        match self.exact {
            Some(number) => {
                let mut chosen: Vec<u32> = (0..self.smaller.len() as u32).collect();
                while trial.look_at(&chosen) && next_choice(&mut chosen, self.sizes.len() as u32) {}
                trial.items.iter().map(|item| item.exceeded as f64 / number as f64).collect()
            }
            None => {
                trial.enough = ENOUGH;
                let mut shuffle = stream.shuffle(self.sizes.len());
                for draw in 1..=MOST_DRAWS {
                    trial.draw = draw;
                    if !trial.look_at(shuffle.next(self.smaller.len())) {
                        break;
                    }
                }
                let p = |item: &Item| match item.ended {
                    Some(draw) => ENOUGH as f64 / draw as f64,
                    None => (item.exceeded + 1) as f64 / (MOST_DRAWS + 1) as f64,
                };
                trial.items.iter().map(p).collect()
            }
        }
    }
}

/// The next choice of as many numbers below `end`, in lexical order; `false` after the last.
pub(super) fn next_choice(chosen: &mut [u32], end: u32) -> bool {
    let number = chosen.len() as u32;
    let Some(at) = (0..chosen.len()).rev().find(|at| chosen[*at] < end - number + *at as u32) else { return false };
    let first = chosen[at] + 1;
    for (value, slot) in (first..).zip(&mut chosen[at..]) {
        *slot = value;
    }
    true
}

struct Item {
    f: u64,
    /// The distance from which on a division counts.
    threshold: f64,
    exceeded: u64,
    ended: Option<u64>,
}

/// Items whose divisions are still looked at.
struct Trial<'s> {
    sides: &'s Sides,
    items: Vec<Item>,
    live: Vec<u32>,
    /// Article by article the live items it has, as `(item, f)`, and where those of each begin.
    entries: Vec<(u32, u32)>,
    begins: Vec<u32>,
    /// `f` of the chosen articles, by item.
    sums: Vec<u64>,
    enough: u64,
    draw: u64,
    /// The number of live items when the entries were made.
    entered: usize,
}

impl<'s> Trial<'s> {
    fn new(sides: &'s Sides, of_items: &[Vec<(u32, u32)>]) -> Self {
        let mut is_smaller = vec![false; sides.sizes.len()];
        sides.smaller.iter().for_each(|at| is_smaller[*at as usize] = true);
        let s1 = sides.smaller.iter().map(|at| sides.sizes[*at as usize]).sum();
        let item = |of: &Vec<(u32, u32)>| {
            let f = of.iter().map(|(_, f)| u64::from(*f)).sum();
            let f1 = of.iter().filter(|(at, _)| is_smaller[*at as usize]).map(|(_, f)| u64::from(*f)).sum();
            let threshold = distance(f1, s1, f, sides.s).unwrap_or(0.0) * (1.0 - TIE);
            Item { f, threshold, exceeded: 0, ended: None }
        };
        let mut begins = vec![0u32; sides.sizes.len() + 1];
        of_items.iter().flatten().for_each(|(at, _)| begins[*at as usize + 1] += 1);
        for at in 1..begins.len() {
            begins[at] += begins[at - 1];
        }
        let mut next = begins.clone();
        let mut entries = vec![(0, 0); begins[sides.sizes.len()] as usize];
        for (of, item) in of_items.iter().zip(0..) {
            for (at, f) in of {
                let slot = &mut next[*at as usize];
                entries[*slot as usize] = (item, *f);
                *slot += 1;
            }
        }
        Self {
            sides,
            items: of_items.iter().map(item).collect(),
            live: (0..of_items.len() as u32).collect(),
            entries,
            begins,
            sums: vec![0; of_items.len()],
            enough: u64::MAX,
            draw: 0,
            entered: of_items.len(),
        }
    }

    /// Looks at a division; `false` when no item needs another.
    fn look_at(&mut self, chosen: &[u32]) -> bool {
        let mut s1 = 0;
        for at in chosen {
            let at = *at as usize;
            s1 += self.sides.sizes[at];
            for (item, f) in &self.entries[self.begins[at] as usize..self.begins[at + 1] as usize] {
                self.sums[*item as usize] += u64::from(*f);
            }
        }
        let Self { sides, items, live, sums, enough, draw, .. } = self;
        live.retain(|number| {
            let item = &mut items[*number as usize];
            let f1 = std::mem::take(&mut sums[*number as usize]);
            if distance(f1, s1, item.f, sides.s).is_some_and(|distance| distance >= item.threshold) {
                item.exceeded += 1;
                if item.exceeded == *enough {
                    item.ended = Some(*draw);
                    return false;
                }
            }
            true
        });
        if self.live.len() * 4 <= self.entered * 3 {
            self.forget_ended();
        }
        !self.live.is_empty()
    }

    /// Drops the entries of items that need no more divisions.
    fn forget_ended(&mut self) {
        self.entered = self.live.len();
        let (mut kept, mut begin) = (0u32, 0);
        for at in 1..self.begins.len() {
            let end = self.begins[at] as usize;
            for entry in begin..end {
                let (item, f) = self.entries[entry];
                if self.items[item as usize].ended.is_none() {
                    self.entries[kept as usize] = (item, f);
                    kept += 1;
                }
            }
            begin = end;
            self.begins[at] = kept;
        }
        self.entries.truncate(kept as usize);
        self.sums.fill(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_p_has_its_vector() {
        let sizes = vec![500, 400, 600, 500, 700, 500, 400, 600, 300];
        let sides = Sides::new(sizes, |at| at < 4).expect("two sides");
        assert!(sides.is_exact());
        let p = sides.p(&[vec![(0, 3), (2, 1), (3, 2), (5, 1), (8, 1)]], Stream { seed: 1, pair: 0 });
        assert_eq!(p, [22.0 / 126.0]);
    }

    #[test]
    fn choices_are_all_of_their_number() {
        for (articles, chosen) in [(5u64, 2u64), (9, 4), (141, 2), (6, 6)] {
            let mut choice: Vec<u32> = (0..chosen as u32).collect();
            let mut number = 1;
            while next_choice(&mut choice, articles as u32) {
                number += 1;
            }
            assert_eq!(divisions(articles, chosen, MOST_DIVISIONS), Some(number));
        }
        assert_eq!(divisions(142, 2, MOST_DIVISIONS), None);
    }

    #[test]
    fn items_do_not_change_each_other() {
        let sizes: Vec<u64> = (0..60).map(|at| 300 + 37 * at % 101).collect();
        let item = |step: u32| (0..60).filter(|at| at % step == 0).map(|at| (at, 1 + at % 3)).collect();
        let items: Vec<Vec<(u32, u32)>> =
            vec![item(1), item(2), item(7), (0..20).map(|at| (at, 9)).collect(), item(11)];
        let sides = Sides::new(sizes, |at| at < 20).expect("two sides");
        let stream = Stream { seed: 7, pair: 3 };
        let together = sides.p(&items, stream);
        let alone: Vec<f64> = items.iter().map(|item| sides.p(std::slice::from_ref(item), stream)[0]).collect();
        assert_eq!(together, alone);
        assert_eq!(together[3], 1.0 / 10_000.0);
    }
}
