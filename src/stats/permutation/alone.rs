//! Divisions of articles with one item, as those of a share are: what the articles have is shuffled instead of the articles,
//! and several sides, those of all groups, share the orders. The first articles of a random order are a random choice, however
//! many they are, so that one order serves all sides; of 40 groups one by one each order was made for one of them.
//!
//! The p of one side must be that of looking up what each of the chosen articles has.

use super::pool::{Pool, Sides};
use super::trial::{Division, Item};
use super::{ENOUGH, MOST_DRAWS, Random};

/// What an article has: `f` in the upper half, `s` in the lower one.
const HALF: u32 = 32;

/// Whether no sum of either is too large for its half.
pub(super) fn is_possible(pool: &Pool) -> bool {
    pool.items.len() == 1 && pool.s >> HALF == 0 && pool.f[0] >> HALF == 0
}

/// Two sides that need more divisions.
struct LiveSides {
    /// Which ones they are.
    place: usize,
    /// Articles of the smaller side.
    number: usize,
    item: Item,
}

/// The p of the only item of the pool that all these sides are of, for each of them.
pub(super) fn sample(sides: &[&Sides<'_>], random: &mut Random) -> Vec<f64> {
    let mut found = vec![1.0; sides.len()];
    let Some(pool) = sides.first().map(|sides| sides.pool) else { return found };
    let mut has = pool.sizes.clone();
    pool.items[0].iter().for_each(|(article, f)| has[*article as usize] += u64::from(*f) << HALF);
    let halves = |sum: u64| [sum >> HALF, sum & ((1 << HALF) - 1)];
    let live_of = |(place, sides): (usize, &&Sides<'_>)| {
        let observed = sides.smaller.iter().map(|at| has[*at as usize]).sum();
        LiveSides { place, number: sides.smaller.len(), item: Item::new(0, halves(observed), [pool.f[0], pool.s]) }
    };
    let mut live: Vec<LiveSides> = sides.iter().enumerate().map(live_of).collect();
    live.sort_by_key(|sides| sides.number);
    let mut choices = random.choices_of_each(has, live[0].number..=live[live.len() - 1].number);
    for draw in 1..=MOST_DRAWS {
        let Some(largest) = live.last() else { break };
        choices.shorten(largest.number);
        let chosen = choices.next();
        let (mut sum, mut summed, mut has_ended) = (0, 0, false);
        for of_number in live.chunk_by_mut(|a, b| a.number == b.number) {
            let number = of_number[0].number;
            sum += chosen[summed..number].iter().sum::<u64>();
            summed = number;
            let [f1, s1] = halves(sum);
            let division = Division::new(s1, pool.s);
            for sides in of_number {
                has_ended |= sides.item.look_at(&division, f1, draw, ENOUGH);
            }
        }
        if has_ended {
            live.retain(|sides| {
                found[sides.place] = sides.item.p();
                sides.item.is_live()
            });
        }
    }
    live.iter().for_each(|sides| found[sides.place] = sides.item.p());
    found
}

#[cfg(test)]
mod tests {
    use super::super::Stream;
    use super::*;

    #[test]
    fn sides_that_share_orders_have_the_p_of_all_divisions() {
        let sizes = vec![500, 400, 600, 500, 700, 500, 400, 600, 300];
        let pool = Pool::new(sizes, vec![vec![(0, 3), (2, 1), (3, 2), (5, 1), (8, 1)]]);
        let sides = [vec![0, 1, 2, 3], vec![4, 5], vec![6, 7, 8], vec![0, 2]]
            .map(|first| pool.sides(first).expect("two sides"));
        const SEEDS: u64 = 300;
        let mut sums = [0.0; 4];
        for seed in 0..SEEDS {
            let found = sample(&sides.each_ref(), &mut Stream { seed, pair: 0 }.open());
            sums.iter_mut().zip(found).for_each(|(sum, p)| *sum += p);
        }
        for (sum, sides) in sums.into_iter().zip(&sides) {
            let exact = sides.p(&[0], &mut Stream { seed: 1, pair: 0 }.open())[0];
            // `50/l` is a little too large on average, by a fiftieth of itself at most.
            let mean = sum / SEEDS as f64;
            assert!((mean / exact - 1.01).abs() < 0.03, "{mean} {exact}");
        }
    }
}
