//! Rates and how far they can be trusted: intervals of a proportion, and rates article by article.
//!
//! All functions return proportions; columns per 1,000 words multiply by [`PER`].

use super::dispersion::{Part, totals, with_words};
use super::exact::{float, ratio};
use super::special::{is_lower_limit_below, lower_limit_log_odds};

/// Normal quantile of a two-sided 95% interval, to the digits in which it is published.
pub const Z_95: f64 = 1.959964;

/// Words to which rates refer in the tables.
pub const PER: f64 = 1000.0;

/// Two ends of a range of proportions, `low <= high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Hits per 1,000 words: `1000*a/n1`; `None` without words.
pub fn per_1000(hits: u64, words: u64) -> Option<f64> {
    ratio(PER * hits as f64, words as f64)
}

/// Wilson's 95% score interval of a proportion, without continuity correction.
///
/// `(2np + z^2 -/+ z*sqrt(z^2 + 4np(1-p))) / (2(n + z^2))` with `p = hits/n` and `z = 1.959964`; within 0 to 1, and
/// exactly 0 or 1 at no hit or hits only. `None` when `n = 0` or `hits > n`. Wilson (1927), *Probable inference, the
/// law of succession, and statistical inference*.
pub fn wilson(hits: u64, n: u64) -> Option<Interval> {
    if n == 0 || hits > n {
        return None;
    }
    let high = |hits: f64, others: f64| {
        let n = n as f64;
        let root = (Z_95 * Z_95 + 4.0 * hits * (others / n)).sqrt();
        (2.0 * hits + Z_95 * Z_95 + Z_95 * root) / (2.0 * (n + Z_95 * Z_95))
    };
    let (a, others) = (hits as f64, (n - hits) as f64);
    let high = if hits == n { 1.0 } else { high(a, others) };
    // The product of both ends is n*p^2/(n + z^2): no difference of almost equal numbers for the lower one.
    let low = a / n as f64 * (a / (n as f64 + Z_95 * Z_95)) / high;
    Some(Interval { low, high })
}

/// Exact interval of a proportion at error level `alpha`, after Clopper and Pearson.
///
/// Lower end: quantile `alpha/2` of Beta(hits, n-hits+1), 0 at no hit; upper end: quantile `1-alpha/2` of
/// Beta(hits+1, n-hits), 1 at hits only. `None` when `n = 0`, `hits > n`, or `alpha` is not between 0 and 1. Clopper
/// and Pearson (1934), *The use of confidence or fiducial limits illustrated in the case of the binomial*.
pub fn clopper_pearson(hits: u64, n: u64, alpha: f64) -> Option<Interval> {
    if n == 0 {
        return None;
    }
    let ends = proportion_log_odds(hits, n.checked_sub(hits)?, alpha, 1)?;
    let proportion = |log_odds: f64| 1.0 / (1.0 + (-log_odds).exp());
    Some(Interval { low: ends.low.map_or(0.0, proportion), high: ends.high.map_or(1.0, proportion) })
}

/// Ends of a Clopper-Pearson interval as natural log-odds; `None` stands for an infinite one.
pub(super) struct LogOdds {
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
}

/// The Clopper-Pearson interval of `hits` against `others` at `alpha/m`; at least one hit or other.
pub(super) fn proportion_log_odds(hits: u64, others: u64, alpha: f64, m: u64) -> Option<LogOdds> {
    let (trials, tail) = trials_and_tail(hits, others, alpha, m)?;
    let limit = |successes: u64| (successes > 0).then(|| lower_limit_log_odds(successes, trials, tail));
    // The upper end of the hits is the lower end of the others, seen from the other side.
    Some(LogOdds { low: limit(hits), high: limit(others).map(|log_odds| -log_odds) })
}

/// The same, but an end that certainly does not lie between `null` and the observed log-odds is left out: most
/// intervals hold the null, and their ends are dear.
pub(super) fn ends_apart_from(null: f64, hits: u64, others: u64, alpha: f64, m: u64) -> Option<LogOdds> {
    let (trials, tail) = trials_and_tail(hits, others, alpha, m)?;
    let limit = |successes: u64, null: f64| {
        let is_wanted = successes > 0 && !is_lower_limit_below(successes, trials, tail, null);
        is_wanted.then(|| lower_limit_log_odds(successes, trials, tail))
    };
    Some(LogOdds { low: limit(hits, null), high: limit(others, -null).map(|log_odds| -log_odds) })
}

fn trials_and_tail(hits: u64, others: u64, alpha: f64, m: u64) -> Option<(u64, f64)> {
    let trials = hits.checked_add(others)?;
    let tail = alpha / m as f64 / 2.0;
    (alpha < 1.0 && tail >= f64::MIN_POSITIVE).then_some((trials, tail))
}

/// Smallest and largest rate when each article is left out in turn.
///
/// Columns `loo_min` and `loo_max`: a rate which one article carries has a wide range. `None` with fewer than two
/// articles that have words. Quenouille (1956), *Notes on bias in estimation*, for the procedure.
pub fn leave_one_out(articles: &[Part]) -> Option<Interval> {
    let (hits, words, number) = totals(articles);
    if number < 2 {
        return None;
    }
    let rates =
        with_words(articles).map(|part| float(hits - u128::from(part.count)) / float(words - u128::from(part.size)));
    let (low, high) =
        rates.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), rate| (low.min(rate), high.max(rate)));
    Some(Interval { low, high })
}

/// Mean over articles of the article's own rate: every article weighs the same, however long.
///
/// A proportion of 0 or more; articles without words have no rate and are left out; `None` when none has words.
pub fn mean_of_articles(articles: &[Part]) -> Option<f64> {
    let (_, _, number) = totals(articles);
    ratio(with_words(articles).map(Part::rate).sum(), number as f64)
}
