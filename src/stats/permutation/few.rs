//! Divisions of which one side has a handful of articles, as thousands of groups do: item by item, with what each article has
//! of it in a row that stays in the cache, until the item has enough.
//!
//! The p must be those of looking at every item of each division. Most items need few of the divisions in which an article
//! has them. Division by division, the 5,000 sources of 9,218 articles take more than twice as long.

use super::draws::RandomChoices;
use super::pool::Sides;
use super::trial::{Division, Item, TIE};
use super::{ENOUGH, MOST_DRAWS, next_choice};

/// Articles of the smaller side at most: each is looked up in each division.
const MOST_ARTICLES: usize = 8;
/// Bytes of all rows at most.
const MOST_BYTES: usize = 1 << 26;
/// Divisions that are drawn at first, which are enough for many items.
const FIRST: usize = 1_000;
/// Divisions that are summed together.
const BLOCK: usize = 64;

/// Whether a row of bytes for each item is possible and worth it.
pub(super) fn is_possible(sides: &Sides<'_>) -> bool {
    let pool = sides.pool;
    sides.smaller.len() <= MOST_ARTICLES
        && pool.items.len().saturating_mul(pool.sizes.len()) <= MOST_BYTES
        && pool.most <= u8::MAX.into()
}

/// Looks at so many divisions as each item needs.
pub(super) fn sample(sides: &Sides<'_>, items: &mut [Item], choices: &mut RandomChoices<'_, u32>) {
    let pool = sides.pool;
    let far_without = far_without(sides, items);
    let mut drawn = 0;
    for number in [FIRST, MOST_DRAWS as usize - FIRST] {
        if !items.iter().any(Item::is_live) {
            return;
        }
        let mut draws = Draws::new(sides, drawn as u64 + 1, number);
        (0..number).for_each(|_| draws.push(choices.next(), sides));
        for (item, far_without) in items.iter_mut().zip(&far_without).filter(|(item, _)| item.is_live()) {
            draws.look_at(item, pool.row(item.number), *far_without, ENOUGH);
        }
        drawn += number;
    }
}

/// Looks at all divisions, which are so many.
pub(super) fn look_at_all(sides: &Sides<'_>, items: &mut [Item], number: u64) {
    let far_without = far_without(sides, items);
    let mut draws = Draws::new(sides, 1, number as usize);
    let mut chosen: Vec<u32> = (0..sides.smaller.len() as u32).collect();
    draws.push(&chosen, sides);
    while next_choice(&mut chosen, sides.pool.sizes.len() as u32) {
        draws.push(&chosen, sides);
    }
    for (item, far_without) in items.iter_mut().zip(far_without) {
        draws.look_at(item, sides.pool.row(item.number), far_without, u64::MAX);
    }
}

/// Of each item whether the sides may be as far apart where none of the chosen articles has it.
pub(super) fn far_without(sides: &Sides<'_>, items: &[Item]) -> Vec<bool> {
    let pool = sides.pool;
    // Without a hit the sides are the farther apart the more words the smaller side has.
    let largest = pool.sizes.iter().max().copied().unwrap_or_default();
    let most = largest.saturating_mul(sides.smaller.len() as u64).min(pool.s - 1);
    let without = |item: &Item| item.observed.f as f64 / (pool.s - most) as f64 * (1.0 + 1e3 * TIE);
    items.iter().map(|item| without(item) >= item.observed.least).collect()
}

/// Divisions that are looked at together.
struct Draws {
    /// The number of the first one.
    first: u64,
    divisions: Vec<Division>,
    /// The first chosen article of each division, the second one, and so on.
    chosen: Vec<Vec<u32>>,
}

impl Draws {
    /// None yet, with space for so many.
    fn new(sides: &Sides<'_>, first: u64, number: usize) -> Self {
        let chosen = sides.smaller.iter().map(|_| Vec::with_capacity(number)).collect();
        Self { first, divisions: Vec::with_capacity(number), chosen }
    }

    fn push(&mut self, chosen: &[u32], sides: &Sides<'_>) {
        let pool = sides.pool;
        self.divisions.push(Division::new(chosen.iter().map(|at| pool.sizes[*at as usize]).sum(), pool.s));
        self.chosen.iter_mut().zip(chosen).for_each(|(all, article)| all.push(*article));
    }

    /// Looks at the divisions until the item has enough.
    fn look_at(&self, item: &mut Item, row: &[u8], far_without: bool, enough: u64) {
        for begin in (0..self.divisions.len()).step_by(BLOCK) {
            let divisions = &self.divisions[begin..self.divisions.len().min(begin + BLOCK)];
            let mut sums = [0u16; BLOCK];
            for chosen in &self.chosen {
                for (sum, article) in sums.iter_mut().zip(&chosen[begin..begin + divisions.len()]) {
                    *sum += u16::from(row[*article as usize]);
                }
            }
            for (draw, (division, sum)) in (self.first + begin as u64..).zip(divisions.iter().zip(sums)) {
                if (sum > 0 || far_without) && item.look_at(division, sum.into(), draw, enough) {
                    return;
                }
            }
        }
    }
}
