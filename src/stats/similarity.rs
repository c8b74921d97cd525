//! How alike the profiles of two groups are, and how alike chance alone would make them: articles are exchanged between
//! the two.
//!
//! A profile is the counts of its items; `p` and `q` are the relative frequencies on the two sides, over the items of
//! both.

use super::exact::float;
use super::keyness::FEWEST_ARTICLES;
use super::logarithm::{log2, small};
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
            for (similarity, null) in found.iter_mut().zip(Divided::new(self, &both).nulls(smaller, &observed, stream))
            {
                similarity.null = null;
            }
        }
        found
    }
}

/// Items whose counts are summed at once, four in each number of 64 bits, and four such numbers or more in one
/// instruction.
const TOGETHER: usize = 32;
const NUMBERS: usize = TOGETHER / 4;

/// The items of each profile that occur in either group.
struct Divided {
    profiles: Vec<Profile>,
    articles: usize,
    logarithms: Logarithms,
}

impl Divided {
    fn new(groups: &TwoGroups<'_>, both: &[u64]) -> Self {
        // Of each item its profile and its place there.
        let mut place_of = vec![(0, 0); both.len()];
        let mut profiles = Vec::with_capacity(groups.ends.len());
        for (number, range) in ranges(groups.ends).enumerate() {
            let occurring = range.clone().filter(|item| both[*item] > 0);
            occurring.enumerate().for_each(|(place, item)| place_of[item] = (number, place));
            let of_both: Vec<u64> = range.map(|item| both[item]).filter(|n| *n > 0).collect();
            profiles.push(Profile::new(&of_both, groups.articles.len()));
        }
        for (at, article) in groups.articles.iter().enumerate() {
            // An item with a count occurs.
            for (item, n) in article.iter().filter(|(_, n)| *n > 0) {
                let (profile, place) = place_of[*item as usize];
                let block: &mut Block = &mut profiles[profile].blocks[place / TOGETHER];
                block.add(at, place % TOGETHER, *n);
            }
        }
        let most = both.iter().copied().max().unwrap_or_default();
        Self { profiles, articles: groups.articles.len(), logarithms: Logarithms::up_to(most) }
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
        for (profile, trial) in self.profiles.iter_mut().zip(trials).filter(|(_, trial)| !trial.is_ended()) {
            profile.blocks.iter_mut().for_each(|block| block.divide(chosen));
            trial.look_at(profile.divergence(&self.logarithms).unwrap_or(1.0));
        }
    }
}

/// Items of a profile; the last ones of the last block are no items, and have no count.
struct Block {
    /// Article by article the counts, each in 16 bits.
    counts: Vec<[u64; NUMBERS]>,
    /// The largest of them.
    most: u64,
    /// Counts that need more bits: article, item of the block, and by how much it is above what `counts` has.
    more: Vec<(u32, u32, u32)>,
    /// Of both groups together.
    both: [u64; TOGETHER],
    /// Of the chosen articles.
    chosen: [u64; TOGETHER],
}

impl Block {
    fn new(both: &[u64], articles: usize) -> Self {
        let mut block = Self {
            counts: vec![[0; NUMBERS]; articles],
            most: 1,
            more: Vec::new(),
            both: [0; TOGETHER],
            chosen: [0; TOGETHER],
        };
        block.both[..both.len()].copy_from_slice(both);
        block
    }

    /// Adds to the count of an item in an article.
    fn add(&mut self, article: usize, item: usize, n: u32) {
        let (numbers, shift) = (&mut self.counts[article][item / 4], item % 4 * 16);
        let before = *numbers >> shift & 0xffff;
        let low = u64::from(n).min(0xffff - before);
        *numbers += low << shift;
        self.most = self.most.max(before + low);
        if u64::from(n) > low {
            self.more.push((article as u32, item as u32, n - low as u32));
        }
    }

    /// Sums the chosen articles up, so many at a time that no 16 bits overflow.
    fn divide(&mut self, chosen: &[u32]) {
        self.chosen = [0; TOGETHER];
        for chosen in chosen.chunks((u64::from(u16::MAX) / self.most) as usize) {
            let mut sums = [0; NUMBERS];
            for at in chosen {
                sums.iter_mut().zip(&self.counts[*at as usize]).for_each(|(sum, n)| *sum += n);
            }
            for (item, of_item) in self.chosen.iter_mut().enumerate() {
                *of_item += sums[item / 4] >> (item % 4 * 16) & 0xffff;
            }
        }
        for (_, item, more) in self.more.iter().filter(|(article, ..)| chosen.contains(article)) {
            self.chosen[*item as usize] += u64::from(*more);
        }
    }
}

/// The counts of one profile.
struct Profile {
    blocks: Vec<Block>,
    /// Their sum.
    n: u64,
}

impl Profile {
    fn new(both: &[u64], articles: usize) -> Self {
        let blocks = both.chunks(TOGETHER).map(|both| Block::new(both, articles)).collect();
        Self { blocks, n: both.iter().sum() }
    }

    /// [`jsd`] of the chosen articles and the rest. With `p` of one side and `q` of the other it is the sum over items
    /// of `p/2*log2(p) + q/2*log2(q) - m*log2(m)`: of the counts nearly all logarithms are known beforehand, and those
    /// of `m` are taken several at once.
    fn divergence(&self, logarithms: &Logarithms) -> Option<f64> {
        let n1: u64 = self.blocks.iter().flat_map(|block| block.chosen).sum();
        let n2 = self.n - n1;
        if n1 == 0 || n2 == 0 {
            return None;
        }
        let (s1, s2) = (0.5 / n1 as f64, 0.5 / n2 as f64);
        let (mut p, mut q, mut m) = (0.0, 0.0, [0.0; TOGETHER]);
        for block in &self.blocks {
            for (a, both) in block.chosen.iter().zip(&block.both) {
                p += logarithms.of(*a);
                q += logarithms.of(both - a);
            }
            for (sum, (a, both)) in m.iter_mut().zip(block.chosen.iter().zip(&block.both)) {
                let half = small(*a) * s1 + small(both - a) * s2;
                *sum += half * log2(half);
            }
        }
        let of_sides = p * s1 + q * s2 - (log2(n1 as f64) + log2(n2 as f64)) / 2.0;
        Some((of_sides - m.iter().sum::<f64>()).clamp(0.0, 1.0))
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

/// `n*log2(n)` of small numbers.
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
        // An item may stand twice in an article.
        let (many, few) = ([(0, 60_000), (1, 70_000), (0, 10_000)], [(0, 7), (1, 3), (1, 4)]);
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
            let items: Vec<[(u32, u32); 2]> = (0..).zip(&sides).map(|(item, (a, b))| [(item, *a as u32), (item, *b as u32)]).collect();
            let [first, second]: [Vec<(u32, u32)>; 2] = [0, 1].map(|side| items.iter().map(|item| item[side]).collect());
            let ends = [a.len() as u32];
            let groups = TwoGroups { articles: vec![&first, &second], is_first: vec![true, false], ends: &ends };
            let mut divided = Divided::new(&groups, &both);
            divided.profiles[0].blocks.iter_mut().for_each(|block| block.divide(&[0]));
            match (divided.profiles[0].divergence(&Logarithms::up_to(4)), jsd(&a, &b)) {
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
