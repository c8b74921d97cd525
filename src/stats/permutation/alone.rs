//! Divisions of articles with one item, as those of a share are: what the articles have is shuffled instead of the articles.
//!
//! The p must be that of looking up what each of the chosen articles has. Without the looking up, and with the sums of both
//! numbers in one, the shares of 100 MB take 1.0 s of the processor instead of 1.55.

use super::pool::Sides;
use super::trial::{Division, Item};
use super::{ENOUGH, MOST_DRAWS, Random};

/// What an article has: `f` in the upper half, `s` in the lower one.
const HALF: u32 = 32;

/// Whether no sum of either is too large for its half.
pub(super) fn is_possible(sides: &Sides<'_>) -> bool {
    let pool = sides.pool;
    pool.items.len() == 1 && pool.s >> HALF == 0 && pool.f[0] >> HALF == 0
}

/// The p of the only item of the pool.
pub(super) fn sample(sides: &Sides<'_>, random: &mut Random) -> f64 {
    let pool = sides.pool;
    let has = pool.both_halves(|| {
        let mut has: Vec<u64> = pool.sizes.clone();
        pool.items[0].iter().for_each(|(article, f)| has[*article as usize] += u64::from(*f) << HALF);
        has
    });
    let halves = |sum: u64| [sum >> HALF, sum & ((1 << HALF) - 1)];
    let observed = sides.smaller.iter().map(|at| has[*at as usize]).sum();
    let mut item = Item::new(0, halves(observed), [pool.f[0], pool.s]);
    let mut choices = random.choices(has.to_vec(), sides.smaller.len());
    for draw in 1..=MOST_DRAWS {
        let [f1, s1] = halves(choices.next().iter().sum());
        if item.look_at(&Division::new(s1, pool.s), f1, draw, ENOUGH) {
            break;
        }
    }
    item.p()
}
