//! What the statistics promise, tried on articles that are made up: p of groups that do not differ, and how often
//! intervals hold the true rate.
//!
//! `cargo test --test lib simulat -- --ignored --nocapture` prints the figures of `docs/comparing.md`.

use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use framescope::stats::permutation::{Pool, Stream};
use framescope::stats::{Part, Sums, clusters};

/// Hits per word that are true of every group.
const RATE: f64 = 0.004;

struct Chance(ChaCha8Rng);

impl Chance {
    /// Between 0 and 1, neither of them.
    fn share(&mut self) -> f64 {
        (f64::from(self.0.next_u32()) + 0.5) / 4_294_967_296.0
    }

    fn exponential(&mut self) -> f64 {
        -self.share().ln()
    }

    fn normal(&mut self) -> f64 {
        (2.0 * self.exponential()).sqrt() * (std::f64::consts::TAU * self.share()).cos()
    }

    fn poisson(&mut self, mean: f64) -> u64 {
        let (mut sum, mut n) = (self.exponential(), 0);
        while sum < mean {
            sum += self.exponential();
            n += 1;
        }
        n
    }

    /// An article of 100 to some thousand words. Its own rate is the true one times a number of mean 1 and standard
    /// deviation 0.7: articles are about different things.
    fn article(&mut self) -> Part {
        let size = (600.0 * (0.7 * self.normal()).exp()).clamp(100.0, 6000.0) as u64;
        let own = (self.exponential() + self.exponential()) / 2.0;
        let count = self.poisson(size as f64 * RATE * own).min(size);
        Part { count, size }
    }

    fn articles(&mut self, number: usize) -> Vec<Part> {
        (0..number).map(|_| self.article()).collect()
    }
}

fn chance(seed: u64) -> Chance {
    Chance(ChaCha8Rng::seed_from_u64(seed))
}

const CORPORA: u64 = 2000;

#[test]
#[ignore = "a simulation of some seconds"]
fn simulated_groups_that_do_not_differ_are_rejected_as_often_as_they_should_be() {
    let mut random = chance(1);
    for (m1, m2) in [(4, 5), (10, 20), (30, 100)] {
        let rejected = (0..CORPORA).filter(|corpus| {
            let both = random.articles(m1 + m2);
            let having = (0..).zip(&both).map(|(at, part)| (at, part.count as u32)).collect();
            let pool = Pool::new(both.iter().map(|part| part.size).collect(), vec![having]);
            let sides = pool.sides((0..m1 as u32).collect()).expect("two sides");
            sides.p(&[0], Stream { seed: 1, pair: *corpus })[0] <= 0.05
        });
        let rate = rejected.count() as f64 / CORPORA as f64;
        println!("{m1} against {m2} articles: p at most .05 in {rate:.4} of {CORPORA} corpora without a difference");
        // Of the 126 divisions of nine articles at most 6 have a p below .05: less than five per cent.
        let least = if m1 + m2 < 10 { 0.03 } else { 0.04 };
        assert!((least..=0.06).contains(&rate), "{rate}");
    }
}

#[test]
#[ignore = "a simulation of some seconds"]
fn simulated_groups_that_share_random_orders_are_rejected_as_often_as_they_should_be() {
    const GROUPS: [u32; 4] = [10, 25, 40, 60];
    // Items alone are drawn otherwise than several ones.
    for items in [1, 2] {
        let mut random = chance(3);
        let mut rejected = [0; GROUPS.len()];
        for corpus in 0..CORPORA {
            let all = random.articles(GROUPS.iter().sum::<u32>() as usize);
            let having: Vec<(u32, u32)> = (0..).zip(&all).map(|(at, part)| (at, part.count as u32)).collect();
            let pool = Pool::new(all.iter().map(|part| part.size).collect(), vec![having; items]);
            let mut next = 0;
            let sides = GROUPS.map(|articles| {
                next += articles;
                (pool.sides((next - articles..next).collect()).expect("two sides"), vec![0])
            });
            let found = pool.p_of_each(&sides, Stream { seed: 1, pair: corpus });
            rejected.iter_mut().zip(found).for_each(|(rejected, p)| *rejected += u32::from(p[0] <= 0.05));
        }
        for (articles, rejected) in GROUPS.into_iter().zip(rejected) {
            let rate = f64::from(rejected) / CORPORA as f64;
            println!(
                "{articles} of 135 articles: p at most .05 in {rate:.4} of {CORPORA} corpora without a difference"
            );
            assert!((0.04..=0.06).contains(&rate), "{rate}");
        }
    }
}

#[test]
#[ignore = "a simulation of some seconds"]
fn simulated_intervals_hold_the_truth_as_often_as_they_should() {
    let mut random = chance(2);
    for articles in [10, 30, 100] {
        let (mut rates, mut ratios, mut with_ratio) = (0, 0, 0);
        for _ in 0..CORPORA {
            let (a, b) = (Sums::of(&random.articles(articles)), Sums::of(&random.articles(articles)));
            rates += u64::from(a.interval().is_some_and(|ends| ends.low <= RATE && RATE <= ends.high));
            if let Some(ends) = clusters::ratio_interval(&a, &b) {
                with_ratio += 1;
                ratios += u64::from(ends.low <= 1.0 && 1.0 <= ends.high);
            }
        }
        let (rate, ratio) = (rates as f64 / CORPORA as f64, ratios as f64 / f64::from(with_ratio));
        println!(
            "{articles} articles: the interval of a rate holds the truth in {rate:.4}, that of a ratio in {ratio:.4}"
        );
        assert!((0.93..=0.97).contains(&rate), "{rate}");
        // Of few articles with rates as unequal as these the ratio's interval is a little too narrow.
        let least = if articles < 30 { 0.9 } else { 0.93 };
        assert!((least..=0.97).contains(&ratio), "{ratio}");
    }
}
