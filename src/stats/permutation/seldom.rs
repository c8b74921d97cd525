//! Divisions of which one side has few articles: most items stand in none of these, and are not looked at then.
//!
//! The p must be those of looking at every item of each division. Sums of all items, made anew for those that are left,
//! would take a time that grows with the articles, for each of the groups.

use super::counts::OneByOne;
use super::draws::RandomChoices;
use super::pool::Sides;
use super::trial::{Division, Item, NONE, TIE};
use super::{ENOUGH, MOST_DRAWS};

/// Lists are made anew when so many times fewer counts are asked for.
const FEWER: usize = 8;

pub(super) struct Seldom<'s> {
    sides: &'s Sides<'s>,
    /// Of the live items alone, once they are much fewer.
    lists: Option<OneByOne>,
    /// Counts in the lists, and those of live items.
    listed: usize,
    wanted: usize,
    /// By number in the pool: the live item.
    items: Vec<u32>,
    /// Those that may be as far apart where none of the chosen articles has them.
    far_without: Vec<u32>,
    /// By item: `f` of the chosen articles, 0 between two divisions.
    sums: Vec<u64>,
}

impl<'s> Seldom<'s> {
    /// Whether the chosen articles have few of the items.
    pub fn is_worth(sides: &Sides<'_>) -> bool {
        let pool = sides.pool;
        let entries: usize = pool.items.iter().map(Vec::len).sum();
        let in_chosen = entries * sides.smaller.len() / pool.sizes.len().max(1);
        in_chosen < 2 * pool.items.len()
    }

    pub fn new(sides: &'s Sides<'s>, items: &[Item]) -> Self {
        let pool = sides.pool;
        let mut numbers = vec![NONE; pool.items.len()];
        let mut wanted = 0;
        for (at, item) in (0..).zip(items) {
            numbers[item.number as usize] = at;
            wanted += pool.items[item.number as usize].len();
        }
        let far_without = (0..).zip(far_without(sides, items)).filter(|(_, is_far)| *is_far);
        Self {
            sides,
            lists: None,
            listed: pool.one_by_one().entries(),
            wanted,
            items: numbers,
            far_without: far_without.map(|(at, _)| at).collect(),
            sums: vec![0; items.len()],
        }
    }

    pub fn sample(mut self, items: &mut [Item], choices: &mut RandomChoices<'_, u32>) {
        let pool = self.sides.pool;
        let mut live = items.len();
        let mut met: Vec<u32> = Vec::new();
        for draw in 1..=MOST_DRAWS {
            if live == 0 {
                return;
            }
            if self.wanted * FEWER <= self.listed {
                self.leave_out(items);
            }
            let chosen = choices.next();
            let division = Division::new(chosen.iter().map(|at| pool.sizes[*at as usize]).sum(), pool.s);
            let lists = self.lists.as_ref().unwrap_or(pool.one_by_one());
            for (number, n) in chosen.iter().flat_map(|article| lists.of_article(*article)).filter(|(_, n)| *n > 0) {
                let at = self.items[*number as usize];
                if at != NONE {
                    let sum = &mut self.sums[at as usize];
                    if *sum == 0 {
                        met.push(at);
                    }
                    *sum += u64::from(*n);
                }
            }
            let before = live;
            let without = self.far_without.iter().filter(|at| self.sums[**at as usize] == 0);
            for at in met.iter().chain(without) {
                let item = &mut items[*at as usize];
                if item.look_at(&division, self.sums[*at as usize], draw, ENOUGH) {
                    live -= 1;
                    self.items[item.number as usize] = NONE;
                    self.wanted -= pool.items[item.number as usize].len();
                }
            }
            met.drain(..).for_each(|at| self.sums[at as usize] = 0);
            if live < before {
                self.far_without.retain(|at| items[*at as usize].is_live());
            }
        }
    }

    /// Leaves out the items that have enough.
    fn leave_out(&mut self, items: &[Item]) {
        let pool = self.sides.pool;
        let live = items.iter().filter(|item| item.is_live());
        let lists = live.map(|item| (item.number, pool.items[item.number as usize].as_slice()));
        self.lists = Some(OneByOne::of(pool.sizes.len(), lists));
        self.listed = self.wanted;
    }
}

/// Of each item whether the sides may be as far apart where none of the chosen articles has it.
fn far_without(sides: &Sides<'_>, items: &[Item]) -> Vec<bool> {
    let pool = sides.pool;
    // Without a hit the sides are the farther apart the more words the smaller side has.
    let largest = pool.sizes.iter().max().copied().unwrap_or_default();
    let most = largest.saturating_mul(sides.smaller.len() as u64).min(pool.s - 1);
    let without = |item: &Item| item.observed.f as f64 / (pool.s - most) as f64 * (1.0 + 1e3 * TIE);
    items.iter().map(|item| without(item) >= item.observed.least).collect()
}

#[cfg(test)]
mod tests {
    use super::super::trial::Trial;
    use super::super::{Pool, Stream};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_not_looked_at_changes_no_p(
            sizes in proptest::collection::vec(1u64..900, 160),
            items in proptest::collection::vec((1u32..60, 0u32..160, 1u32..9), 40..80),
            few in 2usize..4,
            seed in 0u64..99,
        ) {
            // An item every so many articles, from one of them on; some of them are in most.
            let item = |(step, from, n): &(u32, u32, u32)| -> Vec<(u32, u32)> {
                (*from % step..160).step_by(*step as usize).map(|at| (at, 1 + (at + n) % n)).collect()
            };
            let pool = Pool::new(sizes, items.iter().map(item).collect());
            let sides = pool.sides((3..3 + few as u32).collect()).expect("two sides");
            let asked: Vec<u32> = (0..items.len() as u32).filter(|at| at % 7 != 2).collect();
            let stream = Stream { seed, pair: 4 };
            let often = Trial::new(&sides, &asked).sample_often(&mut sides.choices(&mut stream.open()));
            let seldom = Trial::new(&sides, &asked).sample_seldom(&mut sides.choices(&mut stream.open()));
            prop_assert_eq!(&seldom, &often);
            let few = Trial::new(&sides, &asked).sample_few(&mut sides.choices(&mut stream.open()));
            prop_assert_eq!(&few, &often);
        }
    }

    #[test]
    fn few_articles_with_few_of_many_items_are_worth_it() {
        let item = |at: u32| (0..400).filter(|article| article % 40 == at % 40).map(|article| (article, 1)).collect();
        let pool = Pool::new(vec![100; 400], (0..80).map(item).collect());
        let is_worth = |first: u32| Seldom::is_worth(&pool.sides((0..first).collect()).expect("two sides"));
        assert!(is_worth(2) && is_worth(79) && !is_worth(80) && !is_worth(200));
    }
}
