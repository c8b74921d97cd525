//! Whether months in an order have a division as good as the observed one: what all items have in common is computed once for
//! an order, and the logarithm of a number of hits once for all orders. Trends of 65 items in 41 groups of 60 months took
//! 3.05 s of the processor, and take 1.0.
//!
//! The answer must be that of the search itself. Where the two could differ, since a series ends early here, there is none, and
//! the search is asked.

use super::super::logarithm::{log2, log2_roughly};
use super::super::wide::wide;
use super::{FEWEST_IN_SEGMENT, MonthCounts, SELDOM};
use std::f64::consts::LN_2;

/// More hits are left to the search.
const MOST_HITS: u64 = 1 << 14;

/// The segments of months in an order.
pub(super) struct Segments {
    /// `n*ln(n) - n`, by number of hits.
    of_hits: Vec<f64>,
    /// By the month after the last of a segment: how many months it can begin with, the first ones.
    begins: Vec<usize>,
    /// The words before each month.
    words: Vec<f64>,
    /// Of each segment, by its end and then by where it begins: the logarithm of its words, and one over them.
    log_words: Vec<f64>,
    per_word: Vec<f64>,
    /// Of an item: the hits before each month.
    hits: Vec<u32>,
    numbers: Vec<f64>,
    /// And of the best division before it the likelihood, less the penalty of another segment.
    best: Vec<f64>,
    values: Vec<f64>,
}

impl Segments {
    pub fn new(most_hits: u64) -> Self {
        let of = |n: u64| n as f64 * log2(n as f64) * LN_2 - n as f64;
        Self {
            of_hits: (0..=most_hits.min(MOST_HITS)).map(of).collect(),
            begins: Vec::new(),
            words: Vec::new(),
            log_words: Vec::new(),
            per_word: Vec::new(),
            hits: Vec::new(),
            numbers: Vec::new(),
            best: Vec::new(),
            values: Vec::new(),
        }
    }

    pub fn read(&mut self, months: &[MonthCounts], order: &[u32]) {
        let Self { words, begins, log_words, per_word, .. } = self;
        words.clear();
        words.push(0.0);
        let mut articles = vec![0];
        let mut possible = 0;
        begins.clear();
        let (mut all_words, mut all_articles, mut segments) = (0, 0, 0);
        for at in order {
            let month = &months[*at as usize];
            all_words += month.words;
            all_articles += month.articles;
            while possible < articles.len() && all_articles - articles[possible] >= FEWEST_IN_SEGMENT {
                possible += 1;
            }
            begins.push(possible);
            segments += possible;
            words.push(all_words as f64);
            articles.push(all_articles);
        }
        log_words.resize(segments, 0.0);
        per_word.resize(segments, 0.0);
        let (mut log_words, mut per_word) = (&mut log_words[..], &mut per_word[..]);
        for (begins, all) in begins.iter().zip(&words[1..]) {
            let (of_end, more) = log_words.split_at_mut(*begins);
            let (per_word_of_end, more_per_word) = per_word.split_at_mut(*begins);
            read_words(&words[..*begins], *all, of_end, per_word_of_end);
            (log_words, per_word) = (more, more_per_word);
        }
    }

    /// Whether an item, whose hits are seldom in all months, has a division that is better than none by so much.
    pub fn is_as_good(&mut self, months: &[MonthCounts], order: &[u32], penalty: f64, least: f64) -> Option<bool> {
        let Self { of_hits, begins, log_words, per_word, hits, numbers, best, values, .. } = self;
        hits.clear();
        hits.push(0);
        numbers.clear();
        numbers.push(0.0);
        let mut all = 0;
        for at in order {
            all += months[*at as usize].hits;
            if all >= of_hits.len() as u64 {
                return None;
            }
            hits.push(all as u32);
            numbers.push(f64::from(all as u32));
        }
        best.clear();
        best.push(0.0);
        let (mut from, mut value, mut undivided) = (0, f64::NEG_INFINITY, f64::NEG_INFINITY);
        for (end, begins) in begins.iter().enumerate() {
            let segments = from..from + begins;
            from += begins;
            values.clear();
            values.extend_from_slice(&best[..*begins]);
            add_without_logarithm(
                values,
                &numbers[..*begins],
                numbers[end + 1],
                &log_words[segments.clone()],
                &per_word[segments],
            );
            value = f64::NEG_INFINITY;
            let all = hits[end + 1];
            for (value_of, before) in values.iter_mut().zip(&hits[..*begins]) {
                *value_of += of_hits[(all - before) as usize];
                value = if *value_of > value { *value_of } else { value };
            }
            undivided = values.first().copied().unwrap_or(f64::NEG_INFINITY);
            best.push(value - penalty);
        }
        let gain = value - undivided;
        let gain = if gain.is_finite() { gain } else { 0.0 };
        // Of each hit at most `r^3/12 + r^4/20 + ...` is left out, and what a rough logarithm lacks.
        let off = all as f64 * (SELDOM.powi(3) / 10.0 + 2e-9) + 1e-9;
        ((gain - least).abs() > off).then_some(gain >= least)
    }
}

wide! {
    /// Adds to each value the likelihood of a segment without `n*ln(n) - n`: of `n*ln(r) + (w-n)*ln(1-r)`, with the first terms
    /// of the series of `ln(1-r)`.
    fn add_without_logarithm(values: &mut [f64], hits: &[f64], all: f64, log_words: &[f64], per_word: &[f64]) {
        for (((value, before), log_words), per_word) in values.iter_mut().zip(hits).zip(log_words).zip(per_word) {
            let n = all - before;
            let rate = n * per_word;
            *value += n * (rate * (0.5 + rate * (1.0 / 6.0)) - log_words);
        }
    }
}

wide! {
    /// Of the segments that end with a month.
    fn read_words(before: &[f64], all: f64, log_words: &mut [f64], per_word: &mut [f64]) {
        for ((before, log_words), per_word) in before.iter().zip(log_words).zip(per_word) {
            let words = (all - before).max(1.0);
            *log_words = log2_roughly(words) * LN_2;
            *per_word = 1.0 / words;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Search, Stream};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_answer_is_that_of_the_search(
            series in proptest::collection::vec((0u64..30, 1000u64..6000, 0u64..9), 1..40),
            times in prop_oneof![Just(1u64), Just(10)],
            near in -1e-3f64..1e-3,
        ) {
            let month = |(hits, words, articles): &(u64, u64, u64)| {
                MonthCounts { hits: hits * times, words: words * times, articles: *articles }
            };
            let months: Vec<MonthCounts> = series.iter().map(month).collect();
            let mut search = Search::new(&months);
            prop_assert!(search.seldom);
            let mut segments = Segments::new(months.iter().map(|month| month.hits).sum());
            let mut random = Stream { seed: 1, pair: 2 }.open();
            let mut shuffle = random.shuffle((0..months.len() as u32).collect());
            for _ in 0..5 {
                let order = shuffle.next(months.len());
                search.read(&order.iter().map(|at| months[*at as usize]).collect::<Vec<_>>());
                let gain = search.best_gain();
                segments.read(&months, order);
                for least in [gain, gain * (1.0 + near), gain + near, 0.1, 9.0] {
                    let answer = segments.is_as_good(&months, order, search.penalty, least);
                    prop_assert!(answer.is_none_or(|answer| answer == (gain >= least)), "{gain} {least} {answer:?}");
                }
                prop_assert_eq!(segments.is_as_good(&months, order, search.penalty, gain + 5.0), Some(false));
            }
        }
    }
}
