//! How alike the profiles of two groups are, and how alike chance alone would make them: articles are exchanged between
//! the two.
//!
//! A profile is the counts of its items; `p` and `q` are the relative frequencies on the two sides, over the items of
//! both.

use super::exact::float;
use super::keyness::FEWEST_ARTICLES;
use super::permutation::{ENOUGH, Stream, divisions, next_choice};

/// Divisions of the articles that are looked at: all of them where there are no more, and a random sample otherwise.
pub const MOST_DRAWS: usize = 999;
/// Random divisions at least: of fewer the median would be a guess.
pub const FEWEST_DRAWS: usize = 199;
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
    /// sample `(e+1)/(draws+1)` (Phipson and Smyth 2010), which ends early with [`ENOUGH`] of them (Besag and Clifford
    /// 1991).
    pub p: f64,
    /// Whether all divisions were looked at.
    pub is_exact: bool,
}

/// The articles of two groups in the order of their ids, each with its items and their counts.
#[derive(Debug)]
pub struct TwoGroups<'a> {
    /// Item and count.
    pub articles: Vec<&'a [(u32, u32)]>,
    /// Whether the article is of the first group.
    pub is_first: Vec<bool>,
    /// The items of each profile are those before its end, and not before the end of the one before it.
    pub ends: &'a [u32],
}

impl TwoGroups<'_> {
    /// Each profile of the one group against that of the other. A division that leaves a side without a count is as far
    /// apart as can be. Without a null where a group has fewer than two articles.
    pub fn compare(&self, stream: Stream) -> Vec<Similarity> {
        let items = self.ends.last().copied().unwrap_or_default() as usize;
        let [mut first, mut both] = [vec![0u64; items], vec![0u64; items]];
        for (article, is_first) in self.articles.iter().zip(&self.is_first) {
            add(article, &mut both);
            if *is_first {
                add(article, &mut first);
            }
        }
        let second: Vec<u64> = both.iter().zip(&first).map(|(both, first)| both - first).collect();
        let of_profile = |range: std::ops::Range<usize>| {
            let (a, b) = (&first[range.clone()], &second[range]);
            let n = [a.iter().sum(), b.iter().sum()];
            Similarity { n, jsd: jsd(a, b), cosine: cosine(a, b), null: None }
        };
        let mut found: Vec<Similarity> = ranges(self.ends).map(of_profile).collect();
        let of_first = self.is_first.iter().filter(|is_first| **is_first).count();
        let smaller = of_first.min(self.articles.len() - of_first);
        if smaller as u64 >= FEWEST_ARTICLES {
            let observed: Vec<Option<f64>> = found.iter().map(|similarity| similarity.jsd).collect();
            for (similarity, null) in found.iter_mut().zip(self.nulls(smaller, &both, &observed, stream)) {
                similarity.null = null;
            }
        }
        found
    }

    /// What chance shows of each profile that was observed.
    fn nulls(&self, smaller: usize, both: &[u64], observed: &[Option<f64>], stream: Stream) -> Vec<Option<Null>> {
        // A sum of 16 bits cannot overflow where all articles together do not.
        if both.iter().all(|n| *n <= u64::from(u16::MAX)) {
            Divided::<u16>::new(self, both).nulls(smaller, observed, stream)
        } else {
            Divided::<u32>::new(self, both).nulls(smaller, observed, stream)
        }
    }
}

/// Items that are summed at once: the processor adds several of them in one instruction.
const TOGETHER: usize = 32;

/// A count that is summed: as narrow as the sums allow.
trait Narrow: Copy + Default + TryFrom<u64> + Into<u32> {
    fn plus(self, other: Self) -> Self;
}

impl Narrow for u16 {
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
}

impl Narrow for u32 {
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
}

/// The items that occur in either group, article by article.
struct Divided<T> {
    /// The counts of each article, block by block, a block for the same items of all of them.
    blocks: Vec<Vec<[T; TOGETHER]>>,
    articles: usize,
    /// Of both groups together, item by item.
    both: Vec<u64>,
    /// Where the items of each profile end.
    ends: Vec<u32>,
    logarithms: Logarithms,
    /// The sums of the chosen articles.
    chosen: Vec<u64>,
}

impl<T: Narrow> Divided<T> {
    fn new(groups: &TwoGroups<'_>, both: &[u64]) -> Self {
        let mut place_of = vec![u32::MAX; both.len()];
        let (mut kept, mut ends) = (Vec::new(), Vec::with_capacity(groups.ends.len()));
        for range in ranges(groups.ends) {
            for item in range.filter(|item| both[*item] > 0) {
                place_of[item] = kept.len() as u32;
                kept.push(both[item]);
            }
            ends.push(kept.len() as u32);
        }
        let articles = groups.articles.len();
        let mut blocks = vec![vec![[T::default(); TOGETHER]; articles]; kept.len().div_ceil(TOGETHER)];
        for (at, article) in groups.articles.iter().enumerate() {
            for (item, n) in *article {
                // An item that occurs has a place.
                let place = place_of[*item as usize] as usize;
                let count = &mut blocks[place / TOGETHER][at][place % TOGETHER];
                *count = count.plus(T::try_from(u64::from(*n)).unwrap_or_default());
            }
        }
        let logarithms = Logarithms::up_to(kept.iter().copied().max().unwrap_or_default());
        Self { chosen: vec![0; kept.len()], blocks, articles, both: kept, ends, logarithms }
    }

    fn nulls(&mut self, smaller: usize, observed: &[Option<f64>], stream: Stream) -> Vec<Option<Null>> {
        let is_exact = divisions(self.articles as u64, smaller as u64, MOST_DRAWS as u64).is_some();
        let trial = |observed: &Option<f64>| Trial { observed: *observed, is_exact, exceeded: 0, drawn: Vec::new() };
        let mut trials: Vec<Trial> = observed.iter().map(trial).collect();
        if is_exact {
            let mut chosen: Vec<u32> = (0..smaller as u32).collect();
            self.look_at(&chosen, &mut trials);
            while next_choice(&mut chosen, self.articles as u32) {
                self.look_at(&chosen, &mut trials);
            }
        } else {
            let mut shuffle = stream.shuffle(self.articles);
            for _ in 0..MOST_DRAWS {
                self.look_at(shuffle.next(smaller), &mut trials);
                if trials.iter().all(Trial::is_ended) {
                    break;
                }
            }
        }
        trials.into_iter().map(Trial::null).collect()
    }

    fn look_at(&mut self, chosen: &[u32], trials: &mut [Trial]) {
        for (block, sums) in self.blocks.iter().zip(self.chosen.chunks_mut(TOGETHER)) {
            let mut of_block = [T::default(); TOGETHER];
            for at in chosen {
                for (sum, n) in of_block.iter_mut().zip(&block[*at as usize]) {
                    *sum = sum.plus(*n);
                }
            }
            for (sum, n) in sums.iter_mut().zip(of_block) {
                *sum = u64::from(n.into());
            }
        }
        for (range, trial) in ranges(&self.ends).zip(trials).filter(|(_, trial)| !trial.is_ended()) {
            let jsd = self.logarithms.divergence(&self.chosen[range.clone()], &self.both[range]);
            trial.look_at(jsd.unwrap_or(1.0));
        }
    }
}

/// The divisions of one profile.
struct Trial {
    observed: Option<f64>,
    is_exact: bool,
    exceeded: u64,
    drawn: Vec<f64>,
}

impl Trial {
    /// Whether no other division is asked for.
    fn is_ended(&self) -> bool {
        let says_enough = !self.is_exact && self.exceeded >= ENOUGH && self.drawn.len() >= FEWEST_DRAWS;
        self.observed.is_none() || says_enough
    }

    fn look_at(&mut self, jsd: f64) {
        self.exceeded += u64::from(self.observed.is_some_and(|observed| jsd >= observed - TIE));
        self.drawn.push(jsd);
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

fn add(article: &[(u32, u32)], sums: &mut [u64]) {
    for (item, n) in article {
        sums[*item as usize] += u64::from(*n);
    }
}

fn ranges(ends: &[u32]) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    std::iter::once(&0).chain(ends).zip(ends).map(|(begin, end)| *begin as usize..*end as usize)
}

/// `n*log2(n)` of small numbers: most of a divergence is made of them.
struct Logarithms(Vec<f64>);

/// Larger ones are computed.
const KEPT: u64 = 1 << 14;

impl Logarithms {
    fn up_to(most: u64) -> Self {
        Self((0..=most.min(KEPT)).map(times_log2).collect())
    }

    fn of(&self, n: u64) -> f64 {
        self.0.get(n as usize).copied().unwrap_or_else(|| times_log2(n))
    }

    /// [`jsd`] of a part of the counts and the rest, with one logarithm for each item that both have.
    fn divergence(&self, part: &[u64], both: &[u64]) -> Option<f64> {
        let n1: u64 = part.iter().sum();
        let n2 = both.iter().sum::<u64>() - n1;
        if n1 == 0 || n2 == 0 {
            return None;
        }
        let (s1, s2) = (0.5 / n1 as f64, 0.5 / n2 as f64);
        let [mut alone, mut p, mut q, mut m] = [0.0; 4];
        let [mut common1, mut common2] = [0u64; 2];
        for (a, both) in part.iter().zip(both) {
            let b = both - a;
            let half = *a as f64 * s1 + b as f64 * s2;
            if *a == 0 || b == 0 {
                alone += half;
            } else {
                common1 += a;
                common2 += b;
                p += self.of(*a);
                q += self.of(b);
                m += half * half.log2();
            }
        }
        p -= common1 as f64 * (n1 as f64).log2();
        q -= common2 as f64 * (n2 as f64).log2();
        Some((alone + p * s1 + q * s2 - m).clamp(0.0, 1.0))
    }
}

fn times_log2(n: u64) -> f64 {
    if n == 0 { 0.0 } else { n as f64 * (n as f64).log2() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;
    use proptest::prelude::*;

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
        let articles: [&[(u32, u32)]; 3] = [&[(0, 2)], &[(0, 1), (1, 3)], &[(1, 1)]];
        let is_first = |first: usize| (0..3).map(|at| at < first).collect();
        let compare = |first| {
            let groups = TwoGroups { articles: articles.to_vec(), is_first: is_first(first), ends: &[2, 2] };
            groups.compare(Stream { seed: 1, pair: 5 })
        };
        let [profile, nothing] = compare(1)[..] else { panic!("two profiles") };
        assert_eq!((profile.n, profile.jsd, profile.null), ([2, 5], jsd(&[2, 0], &[1, 4]), None));
        assert_eq!(nothing, Similarity::default());
        assert_eq!(compare(0)[0].jsd, None);
    }

    #[test]
    fn a_difference_is_told_from_chance() {
        let article = |item: u32| [(item, 5), (2, 5)];
        let (same, other) = (article(0), article(1));
        let compare = |of: fn(usize) -> bool| {
            let articles: Vec<&[(u32, u32)]> = (0..20).map(|at| if of(at) { &same[..] } else { &other[..] }).collect();
            let is_first = (0..20).map(|at| at < 10).collect();
            TwoGroups { articles, is_first, ends: &[3] }.compare(Stream { seed: 1, pair: 5 })[0]
        };
        let apart = compare(|at| at < 10);
        assert_eq!((apart.jsd, apart.null.unwrap().p), (Some(0.5), 0.001));
        assert!(apart.null.unwrap().median < 0.05 && !apart.null.unwrap().is_exact);
        let alike = compare(|at| at % 2 == 0);
        assert_eq!((alike.jsd, alike.null.unwrap().p), (Some(0.0), 1.0));
    }

    #[test]
    fn of_few_articles_all_divisions_are_looked_at() {
        let articles: [&[(u32, u32)]; 4] = [&[(0, 9)], &[(0, 9)], &[(1, 9)], &[(1, 9)]];
        let groups = TwoGroups { articles: articles.to_vec(), is_first: vec![true, true, false, false], ends: &[2] };
        // Of the six divisions two are as far apart; the four others have equal sides.
        let null = groups.compare(Stream { seed: 1, pair: 5 })[0].null.unwrap();
        assert_eq!((null.p, null.is_exact), (2.0 / 6.0, true));
        assert_abs_diff_eq!(null.median, 0.0, epsilon = TIE);
    }

    #[test]
    fn counts_above_16_bits_are_summed() {
        let (many, few) = ([(0, 70_000), (1, 70_000)], [(0, 7), (1, 7)]);
        let compare = |of: &[(u32, u32)]| {
            let articles = (0..20).map(|_| of).collect();
            let is_first = (0..20).map(|at| at < 10).collect();
            TwoGroups { articles, is_first, ends: &[2] }.compare(Stream { seed: 1, pair: 5 })[0]
        };
        for null in [compare(&many), compare(&few)].map(|found| found.null.unwrap()) {
            assert_eq!((null.p, null.is_exact), (1.0, false));
            assert_abs_diff_eq!(null.median, 0.0, epsilon = TIE);
        }
    }

    proptest! {
        #[test]
        fn a_division_has_the_divergence_of_its_sides(sides in proptest::collection::vec((0u64..9, 0u64..9), 1..9)) {
            let (a, b): (Vec<u64>, Vec<u64>) = sides.iter().copied().unzip();
            let both: Vec<u64> = sides.iter().map(|(a, b)| a + b).collect();
            match (Logarithms::up_to(4).divergence(&a, &both), jsd(&a, &b)) {
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
