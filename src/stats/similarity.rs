//! How alike the profiles of two groups are, and how alike chance alone would make them: articles are exchanged between
//! the two.
//!
//! A profile is the counts of its items; `p` and `q` are the relative frequencies on the two sides, over the items of
//! both.

use super::exact::float;
use super::keyness::FEWEST_ARTICLES;
use super::logarithm::{log2, small};
use super::permutation::{CountSums, Stream, divisions, next_choice};
use super::wide::wide;

/// Divisions of the articles that are looked at: all of them where there are no more, and a random sample otherwise.
pub const MOST_DRAWS: usize = 999;
/// Random divisions at least: the median of so many is within a quarter of their standard deviation.
pub const FEWEST_DRAWS: usize = 99;
/// So many at least as far apart end the drawing: p is then known to a fifth of itself.
const ENOUGH: u64 = 25;
/// Two distances this close are equal: they are of the order of 1.
const TIE: f64 = 1e-12;

/// Jensen-Shannon divergence in bits, `H((p+q)/2) - (H(p)+H(q))/2`: 0 of equal profiles, 1 of those without a common
/// item. `None` when a side has nothing. Lin (1991), *Divergence measures based on the Shannon entropy*.
pub fn jsd(a: &[u64], b: &[u64]) -> Option<f64> {
    let (n1, n2) = (a.iter().sum(), b.iter().sum());
    jsd_of(a.iter().copied().zip(b.iter().copied()), n1, n2)
}

/// [`jsd`] of items with their counts on the two sides, of which the sums are known.
pub fn jsd_of(items: impl Iterator<Item = (u64, u64)>, n1: u64, n2: u64) -> Option<f64> {
    if n1 == 0 || n2 == 0 {
        return None;
    }
    let of = |(a, b): (u64, u64)| {
        let (p, q) = (a as f64 / n1 as f64, b as f64 / n2 as f64);
        let m = (p + q) / 2.0;
        match (a, b) {
            // Of what only one side has, p*log2(p/(p/2))/2 is m.
            (0, _) | (_, 0) => m,
            _ => (p * (p / m).log2() + q * (q / m).log2()) / 2.0,
        }
    };
    Some(items.map(of).sum::<f64>().clamp(0.0, 1.0))
}

/// Cosine of the two profiles, `sum(a*b)/sqrt(sum(a*a)*sum(b*b))`, 0 to 1. `None` when a side has nothing. Salton and
/// McGill (1983), *Introduction to modern information retrieval*.
pub fn cosine(a: &[u64], b: &[u64]) -> Option<f64> {
    cosine_of(a.iter().copied().zip(b.iter().copied()))
}

/// [`cosine`] of items with their counts on the two sides.
pub fn cosine_of(items: impl Iterator<Item = (u64, u64)>) -> Option<f64> {
    let [mut ab, mut aa, mut bb] = [0u128; 3];
    for (a, b) in items {
        let (a, b) = (u128::from(a), u128::from(b));
        ab += a * b;
        aa += a * a;
        bb += b * b;
    }
    let size = (float(aa) * float(bb)).sqrt();
    (size > 0.0).then(|| (float(ab) / size).min(1.0))
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Similarity {
    /// Counts of the profile on the two sides.
    pub n: [u64; 2],
    /// Jensen-Shannon divergence in bits.
    pub jsd: Option<f64>,
    /// Cosine.
    pub cosine: Option<f64>,
    /// What chance would show.
    pub null: Option<Null>,
}

/// The divergences of the divisions that were looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Null {
    /// Their median; of an even number the higher one in the middle.
    pub median: f64,
    /// How often a division is at least as far apart as the observed one: of all divisions the share of those, of a
    /// sample `(e+1)/(draws+1)` (Phipson and Smyth 2010), which ends early with 25 of them (Besag and Clifford
    /// 1991).
    pub p: f64,
    /// Whether all divisions were looked at.
    pub is_exact: bool,
}

/// Items that are looked at together.
const TOGETHER: usize = 32;

/// The profiles of articles, or of bundles of articles.
#[derive(Debug)]
pub struct Profiles {
    profiles: Vec<Profile>,
    logarithms: Logarithms,
}

/// The articles of two groups in the order of their ids.
#[derive(Debug)]
pub struct TwoGroups {
    /// Their numbers.
    pub articles: Vec<u32>,
    /// Whether the article is of the first group.
    pub is_first: Vec<bool>,
}

impl TwoGroups {
    /// The articles of the one group or the other.
    fn of(&self, first: bool) -> Vec<u32> {
        let is_in = self.articles.iter().zip(&self.is_first).filter(|(_, is_first)| **is_first == first);
        is_in.map(|(article, _)| *article).collect()
    }
}

impl Profiles {
    /// So many articles; of each profile the items, each with the articles that have it and its count in each.
    pub fn new(articles: usize, profiles: impl IntoIterator<Item = Vec<Vec<(u32, u32)>>>) -> Self {
        let mut most = 0;
        let of_profile = |items: Vec<Vec<(u32, u32)>>| {
            let sums = items.iter().map(|item| item.iter().map(|(_, n)| u64::from(*n)).sum::<u64>());
            most = sums.max().unwrap_or_default().max(most);
            Profile { counts: CountSums::new(articles, items.iter().map(Vec::as_slice)), items: items.len() }
        };
        let profiles = profiles.into_iter().map(of_profile).collect();
        Self { profiles, logarithms: Logarithms::up_to(most) }
    }

    /// Each profile of the one group against that of the other. A division that leaves a side without a count is as far
    /// apart as can be. Without a null where a group has fewer than two articles.
    pub fn compare(&self, groups: &TwoGroups, stream: Stream) -> Vec<Similarity> {
        let sides = [true, false].map(|first| groups.of(first));
        let [a, b] =
            [0, 1].map(|side| self.profiles.iter().map(|profile| profile.sum(&sides[side])).collect::<Vec<_>>());
        let of_profile = |(a, b): (&Vec<u64>, &Vec<u64>)| {
            let n = [a.iter().sum(), b.iter().sum()];
            Similarity { n, jsd: jsd(a, b), cosine: cosine(a, b), null: None }
        };
        let mut found: Vec<Similarity> = a.iter().zip(&b).map(of_profile).collect();
        let smaller = sides[0].len().min(sides[1].len());
        if smaller as u64 >= FEWEST_ARTICLES {
            let both = a.into_iter().zip(b).map(|(a, b)| a.iter().zip(b).map(|(a, b)| a + b).collect());
            let trials = self.profiles.iter().zip(both).zip(&found);
            let mut trials: Vec<ProfileTrial<'_>> = trials
                .map(|((profile, both), found)| {
                    // Those of two groups stay in the cache.
                    let counts = profile.counts.among(&groups.articles);
                    ProfileTrial::new(counts, both, found.jsd, &self.logarithms)
                })
                .collect();
            look_at_divisions(&mut trials, groups.articles.len(), smaller, stream);
            for (similarity, trial) in found.iter_mut().zip(trials) {
                similarity.null = trial.null();
            }
        }
        found
    }
}

fn look_at_divisions(trials: &mut [ProfileTrial<'_>], articles: usize, smaller: usize, stream: Stream) {
    let look_at = |chosen: &[u32], trials: &mut [ProfileTrial<'_>]| {
        trials.iter_mut().filter(|trial| !trial.is_ended()).for_each(|trial| trial.look_at(chosen));
    };
    if divisions(articles as u64, smaller as u64, MOST_DRAWS as u64).is_some() {
        trials.iter_mut().for_each(|trial| trial.is_exact = true);
        let mut chosen: Vec<u32> = (0..smaller as u32).collect();
        loop {
            look_at(&chosen, trials);
            if !next_choice(&mut chosen, articles as u32) {
                return;
            }
        }
    }
    let mut random = stream.open();
    let mut choices = random.choices_of_articles(articles, smaller);
    for _ in 0..MOST_DRAWS {
        look_at(choices.next(), trials);
        if trials.iter().all(ProfileTrial::is_ended) {
            break;
        }
    }
}

/// The counts of one profile.
#[derive(Debug)]
struct Profile {
    counts: CountSums,
    items: usize,
}

impl Profile {
    fn sum(&self, chosen: &[u32]) -> Vec<u64> {
        let mut sums = vec![0; self.items];
        self.counts.sum(chosen, &mut sums);
        sums
    }
}

/// The divisions of one profile. The last places of both lists are of no item.
struct ProfileTrial<'p> {
    /// Of the articles of both groups, by their places.
    counts: CountSums,
    /// Counts of both groups together, and of the chosen articles.
    both: Vec<u64>,
    chosen: Vec<u64>,
    /// Of all items together.
    n: u64,
    logarithms: &'p Logarithms,
    observed: Option<f64>,
    is_exact: bool,
    exceeded: u64,
    drawn: Vec<f64>,
}

impl<'p> ProfileTrial<'p> {
    fn new(counts: CountSums, mut both: Vec<u64>, observed: Option<f64>, logarithms: &'p Logarithms) -> Self {
        let n = both.iter().sum();
        both.resize(both.len().next_multiple_of(TOGETHER), 0);
        let chosen = vec![0; both.len()];
        Self { counts, both, chosen, n, logarithms, observed, is_exact: false, exceeded: 0, drawn: Vec::new() }
    }

    /// Whether no other division is asked for.
    fn is_ended(&self) -> bool {
        let says_enough = !self.is_exact && self.exceeded >= ENOUGH && self.drawn.len() >= FEWEST_DRAWS;
        self.observed.is_none() || says_enough
    }

    fn look_at(&mut self, chosen: &[u32]) {
        let jsd = self.divergence(chosen).unwrap_or(1.0);
        self.exceeded += u64::from(self.observed.is_some_and(|observed| jsd >= observed - TIE));
        self.drawn.push(jsd);
    }

    /// [`jsd`] of the chosen articles and the rest. With `p` of one side and `q` of the other it is the sum over items
    /// of `p/2*log2(p) + q/2*log2(q) - m*log2(m)`: of the counts nearly all logarithms are known beforehand, and those
    /// of `m` are taken several at once.
    fn divergence(&mut self, chosen: &[u32]) -> Option<f64> {
        self.counts.sum(chosen, &mut self.chosen);
        let n1: u64 = self.chosen.iter().sum();
        let n2 = self.n - n1;
        if n1 == 0 || n2 == 0 {
            return None;
        }
        let (s1, s2) = (0.5 / n1 as f64, 0.5 / n2 as f64);
        let (mut p, mut q) = (0.0, 0.0);
        for (a, both) in self.chosen.iter().zip(&self.both) {
            p += self.logarithms.of(*a);
            q += self.logarithms.of(both - a);
        }
        let of_sides = p * s1 + q * s2 - (log2(n1 as f64) + log2(n2 as f64)) / 2.0;
        Some((of_sides - of_halves(&self.chosen, &self.both, s1, s2)).clamp(0.0, 1.0))
    }

    fn null(mut self) -> Option<Null> {
        self.observed?;
        let draws = self.drawn.len();
        // A sample counts the division that was observed; it is one of all of them.
        let one = u64::from(!self.is_exact);
        let p = (self.exceeded + one) as f64 / (draws as u64 + one) as f64;
        let (_, median, _) = self.drawn.select_nth_unstable_by(draws / 2, f64::total_cmp);
        Some(Null { median: *median, p, is_exact: self.is_exact })
    }
}

wide! {
    /// The sum of `m*log2(m)`.
    fn of_halves(chosen: &[u64], both: &[u64], s1: f64, s2: f64) -> f64 {
        let mut m = [0.0; TOGETHER];
        for (chosen, both) in chosen.chunks_exact(TOGETHER).zip(both.chunks_exact(TOGETHER)) {
            for (sum, (a, both)) in m.iter_mut().zip(chosen.iter().zip(both)) {
                let half = small(*a) * s1 + small(both - a) * s2;
                *sum += half * log2(half);
            }
        }
        m.iter().sum()
    }
}

/// `n*log2(n)` of small numbers.
#[derive(Debug)]
struct Logarithms(Vec<f64>);

/// Larger ones are computed.
const KEPT: u64 = 1 << 14;

impl Logarithms {
    fn up_to(most: u64) -> Self {
        Self((0..=most.min(KEPT)).map(|n| times_log2(n as f64)).collect())
    }

    fn of(&self, n: u64) -> f64 {
        self.0.get(n as usize).copied().unwrap_or_else(|| times_log2(n as f64))
    }
}

fn times_log2(n: f64) -> f64 {
    n * log2(n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;
    use proptest::prelude::*;

    fn groups(articles: u32, is_first: impl Fn(u32) -> bool) -> TwoGroups {
        TwoGroups { articles: (0..articles).collect(), is_first: (0..articles).map(is_first).collect() }
    }

    #[test]
    fn profiles_have_their_vectors() {
        let (a, b) = ([5, 3, 2], [2, 3, 5]);
        assert_abs_diff_eq!(jsd(&a, &b).unwrap(), 0.095815602, epsilon = 5e-10);
        assert_abs_diff_eq!(cosine(&a, &b).unwrap(), 0.763157895, epsilon = 5e-10);
        assert_eq!((jsd(&[3, 0], &[0, 9]), cosine(&[3, 0], &[0, 9])), (Some(1.0), Some(0.0)));
        assert_eq!((jsd(&[1, 2], &[2, 4]), cosine(&[1, 2], &[2, 4])), (Some(0.0), Some(1.0)));
        assert_eq!((jsd(&[0, 0], &[2, 4]), cosine(&[0, 0], &[2, 4]), jsd(&[], &[])), (None, None, None));
    }

    #[test]
    fn a_group_with_one_article_has_values_and_no_null() {
        let profiles = Profiles::new(3, vec![vec![vec![(0, 2), (1, 1)], vec![(1, 3), (2, 1)]], Vec::new()]);
        let compare = |first| profiles.compare(&groups(3, |at| at < first), Stream { seed: 1, pair: 5 });
        let [profile, nothing] = compare(1)[..] else { panic!("two profiles") };
        assert_eq!((profile.n, profile.jsd, profile.null), ([2, 5], jsd(&[2, 0], &[1, 4]), None));
        assert_eq!(nothing, Similarity::default());
        assert_eq!(compare(0)[0].jsd, None);
    }

    #[test]
    fn a_difference_is_told_from_chance() {
        let compare = |is_other: fn(u32) -> bool| {
            let of = |other| (0..20).filter(|at| is_other(*at) == other).map(|at| (at, 5)).collect();
            let items = vec![of(true), of(false), (0..20).map(|at| (at, 5)).collect()];
            Profiles::new(20, vec![items]).compare(&groups(20, |at| at < 10), Stream { seed: 1, pair: 5 })[0]
        };
        let apart = compare(|at| at < 10);
        assert_eq!((apart.jsd, apart.null.unwrap().p), (Some(0.5), 0.001));
        assert!(apart.null.unwrap().median < 0.05 && !apart.null.unwrap().is_exact);
        let alike = compare(|at| at % 2 == 0);
        assert_eq!((alike.jsd, alike.null.unwrap().p), (Some(0.0), 1.0));
    }

    #[test]
    fn of_few_articles_all_divisions_are_looked_at() {
        let profiles = Profiles::new(4, vec![vec![vec![(0, 9), (1, 9)], vec![(2, 9), (3, 9)]]]);
        // Of the six divisions two are as far apart; the four others have equal sides.
        let found = profiles.compare(&groups(4, |at| at < 2), Stream { seed: 1, pair: 5 });
        let null = found[0].null.unwrap();
        assert_eq!((null.p, null.is_exact), (2.0 / 6.0, true));
        assert_abs_diff_eq!(null.median, 0.0, epsilon = TIE);
    }

    proptest! {
        #[test]
        fn a_division_has_the_divergence_of_its_sides(sides in proptest::collection::vec((0u64..9, 0u64..9), 1..9)) {
            let (a, b): (Vec<u64>, Vec<u64>) = sides.iter().copied().unzip();
            let items = sides.iter().map(|(a, b)| vec![(0, *a as u32), (1, *b as u32)]).collect();
            let profiles = Profiles::new(2, vec![items]);
            let both = sides.iter().map(|(a, b)| a + b).collect();
            let counts = profiles.profiles[0].counts.among(&[0, 1]);
            let mut trial = ProfileTrial::new(counts, both, None, &profiles.logarithms);
            match (trial.divergence(&[0]), jsd(&a, &b)) {
                (Some(quick), Some(plain)) => assert_abs_diff_eq!(quick, plain, epsilon = TIE),
                (quick, plain) => prop_assert_eq!(quick, plain),
            }
            // Neither order nor scale matters.
            let larger: Vec<u64> = a.iter().map(|n| n * 3).collect();
            if let (Some(one), Some(other), Some(scaled)) = (jsd(&a, &b), jsd(&b, &a), jsd(&larger, &b)) {
                assert_abs_diff_eq!(one, other, epsilon = TIE);
                assert_abs_diff_eq!(one, scaled, epsilon = TIE);
            }
        }
    }
}
