//! Where a rate changes: months are divided into segments of one rate each.
//!
//! The best division has the largest binomial likelihood, less `ln(months)` for each change, and at least five articles
//! in every segment. It is found exactly. Hits of one month hang together, so that the likelihood alone sees changes
//! everywhere: the division is kept only where months in random order seldom have one as good.

mod segments;

use self::segments::Segments;
use super::logarithm::log2;
use super::permutation::Stream;
use super::wide::wide;
use std::f64::consts::LN_2;

/// Articles that a segment has at least.
pub const FEWEST_IN_SEGMENT: u64 = 5;
/// Random orders of the months.
const DRAWS: u64 = 499;
/// Changes are kept where p is below.
pub const LARGEST_P: f64 = 0.05;

/// What is counted in a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MonthCounts {
    /// Hits, at most as many as words.
    pub hits: u64,
    /// Counted words.
    pub words: u64,
    /// Articles.
    pub articles: u64,
}

/// Where new levels begin.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// The first month of each segment but the first, as an index.
    pub starts: Vec<usize>,
    /// `(e+1)/500`: e of 499 random orders of the months have a division at least as good.
    pub p: f64,
}

/// The changes of some items in the same months, in the order of time: these have one number of words and of articles for all
/// of them. `None` where there are none to be kept.
pub fn changes(items: &[Vec<MonthCounts>], stream: Stream) -> Vec<Option<Changes>> {
    let mut trials: Vec<ItemTrial<'_>> = Vec::new();
    let mut trial_of = Vec::with_capacity(items.len());
    for item in items {
        // Many an item has the hits of another: a frame with terms of one force only.
        let known = trials.iter().position(|trial| trial.months == item);
        trial_of.push(known.unwrap_or(trials.len()));
        if known.is_none() {
            trials.push(ItemTrial::new(item));
        }
    }
    try_orders(&mut trials, stream);
    let found: Vec<Option<Changes>> = trials.into_iter().map(ItemTrial::changes).collect();
    trial_of.into_iter().map(|trial| found[trial].clone()).collect()
}

/// Looks at random orders of the months, each for all items that are still open.
fn try_orders(trials: &mut [ItemTrial<'_>], stream: Stream) {
    let mut open: Vec<&mut ItemTrial<'_>> = trials.iter_mut().filter(|trial| !trial.has_none).collect();
    let Some(first) = open.first() else { return };
    let months = first.months;
    let mut segments = Segments::new(open.iter().map(|trial| trial.hits()).max().unwrap_or_default());
    let mut random = stream.open();
    let mut shuffle = random.shuffle((0..months.len() as u32).collect());
    for draw in 1..=DRAWS {
        let order = shuffle.next(months.len());
        segments.read(months, order);
        open.retain_mut(|trial| {
            trial.look_at(order, &mut segments);
            trial.has_none = is_too_often(trial.exceeded, draw);
            !trial.has_none
        });
        if open.is_empty() {
            return;
        }
    }
}

/// An item, with the orders that were looked at.
struct ItemTrial<'m> {
    months: &'m [MonthCounts],
    search: Search,
    observed: f64,
    starts: Vec<usize>,
    exceeded: u64,
    has_none: bool,
    order: Vec<MonthCounts>,
}

impl<'m> ItemTrial<'m> {
    fn new(months: &'m [MonthCounts]) -> Self {
        let mut search = Search::new(months);
        let observed = search.best_gain();
        let starts = search.starts();
        Self { months, search, observed, starts, exceeded: 0, has_none: observed <= 0.0, order: Vec::new() }
    }

    fn hits(&self) -> u64 {
        self.months.iter().map(|month| month.hits).sum()
    }

    fn look_at(&mut self, order: &[u32], segments: &mut Segments) {
        // What differs by rounding only is as good.
        let least = self.observed * (1.0 - 1e-9);
        let quick =
            if self.search.seldom { segments.is_as_good(self.months, order, self.search.penalty, least) } else { None };
        let is_as_good = quick.unwrap_or_else(|| {
            self.order.clear();
            self.order.extend(order.iter().map(|at| self.months[*at as usize]));
            self.search.read(&self.order);
            self.search.best_gain() >= least
        });
        self.exceeded += u64::from(is_as_good);
    }

    fn changes(self) -> Option<Changes> {
        (!self.has_none).then(|| Changes { starts: self.starts, p: p_of(self.exceeded) })
    }
}

/// Whether p cannot be below [`LARGEST_P`] any more, or would be only by a chance of four standard deviations: after 100
/// orders 15 are enough to know, and most series have no change.
fn is_too_often(exceeded: u64, draws: u64) -> bool {
    let expected = LARGEST_P * draws as f64;
    p_of(exceeded) >= LARGEST_P || exceeded as f64 > expected + 4.0 * expected.sqrt() + 1.0
}

fn p_of(exceeded: u64) -> f64 {
    (exceeded + 1) as f64 / (DRAWS + 1) as f64
}

/// The exact search for the best division: the best one that ends before a month goes on from the best ones that end
/// earlier.
struct Search {
    /// Sums of all months before: hits, words, articles.
    hits: Vec<f64>,
    words: Vec<f64>,
    articles: Vec<u64>,
    /// Of the months before: the likelihood of the best division less its penalties, and where its last segment begins.
    best: Vec<f64>,
    begins: Vec<usize>,
    /// That of the divisions that end with a month, by where their last segment begins.
    values: Vec<f64>,
    penalty: f64,
    /// Whether no month has a rate above [`SELDOM`].
    seldom: bool,
}

/// Up to this rate `rest` has the bits of a logarithm.
const SELDOM: f64 = 1.0 / 32.0;

/// `(1-r)*ln(1-r)` of a small rate, by its series: `-r` and `r^k/(k*(k-1))` from `k` = 2 on.
#[inline(always)]
fn rest(rate: f64) -> f64 {
    const TERMS: [f64; 9] =
        [1.0 / 90.0, 1.0 / 72.0, 1.0 / 56.0, 1.0 / 42.0, 1.0 / 30.0, 1.0 / 20.0, 1.0 / 12.0, 1.0 / 6.0, 1.0 / 2.0];
    (TERMS.iter().fold(0.0, |series, term| series * rate + term) * rate - 1.0) * rate
}

wide! {
    /// Adds to each value the likelihood of the months between two sums, of hits and of words. Without a word there is no
    /// hit: any size will do.
    fn add_likelihoods(values: &mut [f64], hits: &[f64], words: &[f64], all_hits: f64, all_words: f64) {
        for ((value, hits), words) in values.iter_mut().zip(hits).zip(words) {
            let (hits, size) = (all_hits - hits, (all_words - words).max(1.0));
            let others = (size - hits).max(0.0);
            *value += (hits * log2(hits / size) + others * log2(others / size)) * LN_2;
        }
    }
}

wide! {
    /// [`add_likelihoods`] where no rate is above [`SELDOM`].
    fn add_seldom(values: &mut [f64], hits: &[f64], words: &[f64], all_hits: f64, all_words: f64) {
        for ((value, hits), words) in values.iter_mut().zip(hits).zip(words) {
            let (hits, size) = (all_hits - hits, (all_words - words).max(1.0));
            let rate = hits / size;
            *value += hits * log2(rate) * LN_2 + size * rest(rate);
        }
    }
}

impl Search {
    fn new(months: &[MonthCounts]) -> Self {
        let mut search = Self {
            hits: Vec::new(),
            words: Vec::new(),
            articles: Vec::new(),
            best: Vec::new(),
            begins: Vec::new(),
            values: Vec::new(),
            penalty: (months.len().max(1) as f64).ln(),
            seldom: months.iter().all(|month| month.hits as f64 <= SELDOM * month.words as f64),
        };
        search.read(months);
        search
    }

    fn read(&mut self, months: &[MonthCounts]) {
        let mut sum = MonthCounts::default();
        self.hits.clear();
        self.words.clear();
        self.articles.clear();
        for month in std::iter::once(&MonthCounts::default()).chain(months) {
            sum.hits += month.hits;
            sum.words += month.words;
            sum.articles += month.articles;
            self.hits.push(sum.hits as f64);
            self.words.push(sum.words as f64);
            self.articles.push(sum.articles);
        }
    }

    /// By how much the best division is better than none.
    fn best_gain(&mut self) -> f64 {
        let months = self.articles.len() - 1;
        self.best.clear();
        self.best.push(0.0);
        self.begins.clear();
        self.begins.push(0);
        let mut undivided = f64::NEG_INFINITY;
        for end in 1..=months {
            self.fill_values(end);
            undivided = self.values.first().copied().unwrap_or(f64::NEG_INFINITY);
            let (mut best, mut begin) = (f64::NEG_INFINITY, 0);
            for (at, value) in self.values.iter().enumerate() {
                let value = if at == 0 { *value } else { value - self.penalty };
                if value > best {
                    (best, begin) = (value, at);
                }
            }
            self.best.push(best);
            self.begins.push(begin);
        }
        let gain = self.best[months] - undivided;
        if gain.is_finite() { gain } else { 0.0 }
    }

    /// The best value before each month with the likelihood of a segment from there to `end` added, where it has
    /// articles enough: `hits*ln(r) + (words-hits)*ln(1-r)`. Nearly all the time of a search is spent here.
    fn fill_values(&mut self, end: usize) {
        let Self { hits, words, articles, best, values, .. } = self;
        let number = articles[..end].partition_point(|before| articles[end] - before >= FEWEST_IN_SEGMENT);
        values.clear();
        values.extend_from_slice(&best[..number]);
        let add = if self.seldom { add_seldom } else { add_likelihoods };
        add(values, &hits[..number], &words[..number], hits[end], words[end]);
    }

    /// The segments of the division found last, without the first one.
    fn starts(&self) -> Vec<usize> {
        let mut starts = Vec::new();
        let mut end = self.articles.len() - 1;
        while self.begins[end] > 0 {
            end = self.begins[end];
            starts.push(end);
        }
        starts.reverse();
        starts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const STREAM: Stream = Stream { seed: 1, pair: 0 };

    fn changes(months: &[MonthCounts], stream: Stream) -> Option<Changes> {
        super::changes(&[months.to_vec()], stream).pop().expect("of one item")
    }

    fn months(hits: &[u64], articles: u64) -> Vec<MonthCounts> {
        hits.iter().map(|hits| MonthCounts { hits: *hits, words: 1000, articles }).collect()
    }

    /// Of one segment; `None` with too few articles.
    fn likelihood(months: &[MonthCounts]) -> Option<f64> {
        let sum = |of: fn(&MonthCounts) -> u64| months.iter().map(of).sum::<u64>();
        let (hits, words) = (sum(|month| month.hits), sum(|month| month.words));
        let of = |n: u64| if n == 0 { 0.0 } else { n as f64 * (n as f64 / words as f64).ln() };
        (sum(|month| month.articles) >= FEWEST_IN_SEGMENT).then(|| of(hits) + of(words - hits))
    }

    #[test]
    fn a_level_begins_where_the_rate_changes() {
        let found = changes(&months(&[2, 3, 2, 2, 3, 2, 12, 11, 13, 12, 11, 12], 6), STREAM).expect("a change");
        assert_eq!(found.starts, [6]);
        assert!(found.p < 0.01);
        let up_and_down = [2, 3, 2, 2, 3, 2, 30, 31, 29, 30, 31, 30, 2, 2, 3, 2, 3, 2];
        assert_eq!(changes(&months(&up_and_down, 6), STREAM).expect("changes").starts, [6, 12]);
    }

    #[test]
    fn a_level_rate_has_no_change() {
        assert_eq!(changes(&months(&[3; 12], 6), STREAM), None);
        assert_eq!(changes(&[], STREAM), None);
        // High and low months by turns: as good in any order.
        assert_eq!(changes(&months(&[2, 30, 3, 29, 2, 31, 2, 30, 3, 28], 6), STREAM), None);
        assert_eq!(changes(&months(&[0; 12], 6), STREAM), None);
    }

    #[test]
    fn each_segment_has_five_articles() {
        assert_eq!(changes(&months(&[0, 0, 90, 90], 2), STREAM), None);
        let mut series = months(&[1, 1, 1, 1, 1, 1, 40, 40, 40], 1);
        assert_eq!(changes(&series, STREAM), None);
        series.iter_mut().for_each(|month| month.articles = 2);
        assert_eq!(changes(&series, STREAM).expect("a change").starts, [6]);
    }

    proptest! {
        #[test]
        fn the_search_finds_what_trying_all_divisions_finds(
            series in proptest::collection::vec((0u64..30, 30u64..60, 1u64..6), 1..9),
            more_words in prop_oneof![Just(1u64), Just(40)],
        ) {
            let months: Vec<MonthCounts> =
                series.iter().map(|(hits, words, articles)| MonthCounts { hits: *hits, words: *words * more_words, articles: *articles }).collect();
            let mut search = Search::new(&months);
            let found = search.best_gain();
            let likelihood = |begin: usize, end: usize| likelihood(&months[begin..end]);
            let undivided = likelihood(0, months.len());
            let mut best: f64 = 0.0;
            for choice in 0u32..1 << (months.len() - 1) {
                let mut begin = 0;
                let mut value = Some(0.0);
                for end in 1..=months.len() {
                    if end == months.len() || choice >> (end - 1) & 1 == 1 {
                        value = value.and_then(|value| Some(value + likelihood(begin, end)?));
                        begin = end;
                    }
                }
                if let (Some(value), Some(undivided)) = (value, undivided) {
                    best = best.max(value - undivided - f64::from(choice.count_ones()) * search.penalty);
                }
            }
            prop_assert!((found - best).abs() < 1e-9, "{found} {best}");
        }
    }
}
