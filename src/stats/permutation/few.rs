//! Divisions of which one side has a handful of articles, as thousands of groups do: item by item, with what each article has
//! of it in a row that stays in the cache, until the item has enough.
//!
//! The p must be those of looking at every item of each division. Most items need few of the divisions in which an article
//! has them. Division by division, the 5,000 sources of 9,218 articles take more than twice as long.

use super::super::wide::wide;
use super::draws::RandomChoices;
use super::pool::{Pool, Sides};
use super::trial::{Division, Item, may_be_as_far};
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
    let mut drawn = 0;
    for number in [FIRST, MOST_DRAWS as usize - FIRST] {
        if !items.iter().any(Item::is_live) {
            return;
        }
        let mut draws = Draws::new(sides, drawn as u64 + 1, number);
        (0..number).for_each(|_| draws.push(choices.next()));
        items.iter_mut().filter(|item| item.is_live()).for_each(|item| draws.look_at(item, ENOUGH));
        drawn += number;
    }
}

/// Looks at all divisions, which are so many.
pub(super) fn look_at_all(sides: &Sides<'_>, items: &mut [Item], number: u64) {
    let mut draws = Draws::new(sides, 1, number as usize);
    let mut chosen: Vec<u32> = (0..sides.smaller.len() as u32).collect();
    draws.push(&chosen);
    while next_choice(&mut chosen, sides.pool.sizes.len() as u32) {
        draws.push(&chosen);
    }
    items.iter_mut().for_each(|item| draws.look_at(item, u64::MAX));
}

/// Divisions that are looked at together.
struct Draws<'s> {
    pool: &'s Pool,
    /// The number of the first one.
    first: u64,
    /// `s` of the smaller side of each division.
    sizes: Vec<u64>,
    /// One over the size of the smaller side, and of the larger one.
    per_size: [Vec<f64>; 2],
    /// The first chosen article of each division, the second one, and so on.
    chosen: Vec<Vec<u32>>,
}

impl<'s> Draws<'s> {
    /// None yet, with space for so many.
    fn new(sides: &Sides<'s>, first: u64, number: usize) -> Self {
        let chosen = sides.smaller.iter().map(|_| Vec::with_capacity(number)).collect();
        let per_size = [0; 2].map(|_| Vec::with_capacity(number));
        Self { pool: sides.pool, first, sizes: Vec::with_capacity(number), per_size, chosen }
    }

    fn push(&mut self, chosen: &[u32]) {
        let size = chosen.iter().map(|at| self.pool.sizes[*at as usize]).sum();
        self.sizes.push(size);
        self.per_size.iter_mut().zip(Division::new(size, self.pool.s).per_s).for_each(|(all, per)| all.push(per));
        self.chosen.iter_mut().zip(chosen).for_each(|(all, article)| all.push(*article));
    }

    /// Looks at the divisions until the item has enough.
    fn look_at(&self, item: &mut Item, enough: u64) {
        let row = self.pool.row(item.number);
        for begin in (0..self.sizes.len()).step_by(BLOCK) {
            let block = begin..self.sizes.len().min(begin + BLOCK);
            let mut sums = [0u16; BLOCK];
            for chosen in &self.chosen {
                for (sum, article) in sums.iter_mut().zip(&chosen[block.clone()]) {
                    *sum += u16::from(row[*article as usize]);
                }
            }
            let per_size = self.per_size.each_ref().map(|of| &of[block.clone()]);
            let are_far = may_be_far(&sums, per_size, item.observed.f as f64, item.observed.least);
            // Most divisions are not, so eight of them are skipped at once.
            for (eight, are_far) in (begin..).step_by(8).zip(are_far.as_chunks().0) {
                let mut are_far = u64::from_le_bytes(*are_far);
                while are_far != 0 {
                    let at = eight + are_far.trailing_zeros() as usize / 8;
                    are_far &= are_far - 1;
                    let division = Division::new(self.sizes[at], self.pool.s);
                    if item.look_at(&division, sums[at - begin].into(), self.first + at as u64, enough) {
                        return;
                    }
                }
            }
        }
    }
}

wide! {
    /// Of each division of a block 1 where the sides may be as far apart, else 0.
    fn may_be_far(sums: &[u16; BLOCK], per_size: [&[f64]; 2], f: f64, least: f64) -> [u8; BLOCK] {
        let mut are_far = [0; BLOCK];
        let sizes = per_size[0].iter().zip(per_size[1]);
        for ((is_far, sum), (per_s1, per_s2)) in are_far.iter_mut().zip(sums).zip(sizes) {
            *is_far = u8::from(may_be_as_far(f64::from(*sum), f, [*per_s1, *per_s2], least));
        }
        are_far
    }
}
