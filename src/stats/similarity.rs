//! How alike the profiles of two groups are, and how alike chance alone would make them: articles are exchanged between
//! the two.
//!
//! A profile is the counts of its items; `p` and `q` are the relative frequencies on the two sides, over the items of
//! both.

use super::exact::float;
use super::keyness::FEWEST_ARTICLES;
use super::permutation::Stream;

/// Divisions of the articles that are drawn.
pub const DRAWS: usize = 999;
/// Two distances this close are equal: they are of the order of 1.
const TIE: f64 = 1e-12;

/// Jensen-Shannon divergence in bits, `H((p+q)/2) - (H(p)+H(q))/2`: 0 of equal profiles, 1 of those without a common
/// item. `None` when a side has nothing. Lin (1991), *Divergence measures based on the Shannon entropy*.
pub fn jsd(a: &[u64], b: &[u64]) -> Option<f64> {
    let (n1, n2) = (a.iter().sum(), b.iter().sum());
    divergence(a.iter().copied().zip(b.iter().copied()), n1, n2)
}

fn divergence(items: impl Iterator<Item = (u64, u64)>, n1: u64, n2: u64) -> Option<f64> {
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
    let product =
        |a: &[u64], b: &[u64]| float(a.iter().zip(b).map(|(a, b)| u128::from(*a) * u128::from(*b)).sum::<u128>());
    let size = (product(a, a) * product(b, b)).sqrt();
    (size > 0.0).then(|| (product(a, b) / size).min(1.0))
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

/// The divergences of [`DRAWS`] random divisions of the articles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Null {
    /// Their median.
    pub median: f64,
    /// `(e+1)/(DRAWS+1)`, e those at least as large as the observed one (Phipson and Smyth 2010).
    pub p: f64,
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
            let drawn = self.draw(smaller, &both, stream);
            for (similarity, mut drawn) in found.iter_mut().zip(drawn) {
                similarity.null = similarity.jsd.map(|observed| {
                    let exceeded = drawn.iter().filter(|jsd| **jsd >= observed - TIE).count();
                    let (_, median, _) = drawn.select_nth_unstable_by(DRAWS / 2, f64::total_cmp);
                    Null { median: *median, p: (exceeded + 1) as f64 / (DRAWS + 1) as f64 }
                });
            }
        }
        found
    }

    /// The divergences of random divisions, by profile.
    fn draw(&self, smaller: usize, both: &[u64], stream: Stream) -> Vec<Vec<f64>> {
        let mut shuffle = stream.shuffle(self.articles.len());
        let logarithms = Logarithms::up_to(both.iter().copied().max().unwrap_or_default());
        let mut drawn: Vec<Vec<f64>> = self.ends.iter().map(|_| Vec::with_capacity(DRAWS)).collect();
        let mut chosen = vec![0u64; both.len()];
        for _ in 0..DRAWS {
            chosen.fill(0);
            for at in shuffle.next(smaller) {
                add(self.articles[*at as usize], &mut chosen);
            }
            for (range, drawn) in ranges(self.ends).zip(&mut drawn) {
                drawn.push(logarithms.divergence(&chosen[range.clone()], &both[range]).unwrap_or(1.0));
            }
        }
        drawn
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
        assert!(apart.null.unwrap().median < 0.05);
        let alike = compare(|at| at % 2 == 0);
        assert_eq!((alike.jsd, alike.null.unwrap().p), (Some(0.0), 1.0));
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
