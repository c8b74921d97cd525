//! How often chance alone would tell two sides apart as far: articles are exchanged between them.
//!
//! Of few articles every division is looked at, of more a random sample of divisions. The sample ends early where the
//! answer is plain (Besag and Clifford 1991, *Sequential Monte Carlo p-values*), and counts the division that was
//! observed where it does not (Phipson and Smyth 2010, *Permutation p-values should never be zero*).

mod adders;
mod bundles;
mod counts;
mod draws;
mod lists;
mod pool;
mod trial;

pub(crate) use bundles::Bundles;
pub(super) use counts::CountSums;
pub use draws::{Random, Stream};
pub use lists::ItemLists;
pub use pool::{Pool, Sides};

/// Up to so many divisions all of them are looked at.
pub const MOST_DIVISIONS: u64 = 10_000;
/// Random divisions at most.
pub const MOST_DRAWS: u64 = 9_999;
/// So many divisions at least as far apart end the drawing.
pub const ENOUGH: u64 = 50;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exact_p_has_its_vector() {
        let sizes = vec![500, 400, 600, 500, 700, 500, 400, 600, 300];
        let pool = Pool::new(sizes, vec![vec![(0, 3), (2, 1), (3, 2), (5, 1), (8, 1)]]);
        let sides = pool.sides((0..4).collect()).expect("two sides");
        assert!(sides.is_exact());
        let p = sides.p(&[0], Stream { seed: 1, pair: 0 });
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
    fn sides_that_share_orders_have_the_p_of_the_first_articles() {
        let sizes: Vec<u64> = (0..90).map(|at| 300 + 37 * at % 101).collect();
        let item = |step: u32| (0..90).filter(|at| at % step == 0).map(|at| (at, 1 + at % 3)).collect();
        let pool = Pool::new(sizes, vec![item(1), item(2), (0..20).map(|at| (at, 9)).collect()]);
        let sides = |first: std::ops::Range<u32>| pool.sides(first.collect()).expect("two sides");
        let stream = Stream { seed: 7, pair: 3 };
        let shared = pool
            .p_of_each(&[(sides(0..12), vec![0, 2]), (sides(2..4), vec![1]), (sides(4..31), vec![0, 1, 2])], stream);
        // The largest side has the orders that it would have by itself; of two articles all divisions are looked at.
        assert_eq!(shared[2], sides(4..31).p(&[0, 1, 2], stream));
        assert_eq!(shared[1], sides(2..4).p(&[1], stream));
        let alone = sides(0..12).p(&[0, 2], stream);
        assert!((shared[0][0] - alone[0]).abs() < 0.5 * alone[0], "{shared:?} {alone:?}");
        assert_eq!((shared[0][1], alone[1]), (1.0 / 10_000.0, 1.0 / 10_000.0));
    }

    #[test]
    fn sides_that_share_orders_have_the_p_of_all_divisions() {
        let sizes = vec![500, 400, 600, 500, 700, 500, 400, 600, 300];
        let of_item = vec![(0, 3), (2, 1), (3, 2), (5, 1), (8, 1)];
        // Of one item its counts are shuffled, of two the articles.
        for items in [1, 2] {
            let pool = Pool::new(sizes.clone(), vec![of_item.clone(); items]);
            let sides = [vec![0, 1, 2, 3], vec![4, 5], vec![6, 7, 8], vec![0, 2]]
                .map(|first| pool.sides(first).expect("two sides"));
            let asked = sides.each_ref().map(|sides| (sides, [0].as_slice()));
            const SEEDS: u64 = 300;
            let mut sums = [0.0; 4];
            for seed in 0..SEEDS {
                let found = pool.sample(&asked, Stream { seed, pair: 0 });
                sums.iter_mut().zip(found).for_each(|(sum, p)| *sum += p[0]);
            }
            for (sum, sides) in sums.into_iter().zip(sides) {
                let exact = sides.p(&[0], Stream { seed: 1, pair: 0 })[0];
                // `50/l` is a little too large on average, by a fiftieth of itself at most.
                let mean = sum / SEEDS as f64;
                assert!((mean / exact - 1.01).abs() < 0.03, "{mean} {exact}");
            }
        }
    }

    #[test]
    fn items_do_not_change_each_other() {
        let sizes: Vec<u64> = (0..60).map(|at| 300 + 37 * at % 101).collect();
        let item = |step: u32| (0..60).filter(|at| at % step == 0).map(|at| (at, 1 + at % 3)).collect();
        let items: Vec<Vec<(u32, u32)>> =
            vec![item(1), item(2), item(7), (0..20).map(|at| (at, 9)).collect(), item(11)];
        let stream = Stream { seed: 7, pair: 3 };
        let p = |items: &[Vec<(u32, u32)>], asked: &[u32]| {
            let pool = Pool::new(sizes.clone(), items.to_vec());
            pool.sides((0..20).collect()).expect("two sides").p(asked, stream)
        };
        let together = p(&items, &[0, 1, 2, 3, 4]);
        let alone: Vec<f64> = items.iter().map(|item| p(std::slice::from_ref(item), &[0])[0]).collect();
        assert_eq!(p(&items, &[3, 1]), [together[3], together[1]]);
        assert_eq!(together, alone);
        assert_eq!(together[3], 1.0 / 10_000.0);
    }
}
