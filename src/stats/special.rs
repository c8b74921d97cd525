//! The few special functions which the measures share.
//!
//! The parts of binomial and hypergeometric probabilities follow Loader (2000), *Fast and accurate computation of
//! binomial probabilities*: Stirling's main terms are joined to a deviance before they are summed, because
//! differences of log-factorials of large counts would leave few digits.

use std::f64::consts::{PI, TAU};
use std::sync::LazyLock;

use statrs::function::gamma::checked_gamma_ur;

/// Below this the upper incomplete gamma function is replaced by the first terms of its series.
const SMALL_CHI_SQUARE: f64 = 1e-8;

/// Up to here the remainder of Stirling's formula is taken from the factorial itself; above, its series is exact.
const LARGEST_DIRECT_FACTORIAL: u64 = 15;

/// Probability that a chi-square variable of one degree of freedom is above `statistic`; 1 at 0 and below.
///
/// Values under about 1e-308 are 0.
pub(super) fn chi_square_survival(statistic: f64) -> f64 {
    if statistic <= 0.0 {
        1.0
    } else if statistic < SMALL_CHI_SQUARE {
        1.0 - (2.0 * statistic / PI).sqrt() * (1.0 - statistic / 6.0)
    } else {
        // The error function of `statrs` keeps ten digits, its incomplete gamma function thirteen.
        checked_gamma_ur(0.5, statistic / 2.0).map_or(0.0, |survival| survival.min(1.0))
    }
}

/// `observed*ln(observed/expected) - (observed - expected)`, 0 or more; `observed*ln(observed)` is 0 at 0.
///
/// `difference` is `observed - expected`, given because the caller knows it more exactly than a subtraction would.
pub(super) fn deviance_part(observed: f64, expected: f64, difference: f64) -> f64 {
    let sum = observed + expected;
    if observed == 0.0 {
        expected
    } else if difference.abs() >= 0.1 * sum {
        observed * (observed / expected).ln() - difference
    } else {
        // ln(O/E) = 2*artanh(v): its series, whose first term joins with the difference.
        let v = difference / sum;
        let square = v * v;
        let mut total = difference * v;
        let mut power = 2.0 * observed * v;
        let mut odd = 3.0;
        loop {
            power *= square;
            let next = total + power / odd;
            if next == total {
                return total;
            }
            total = next;
            odd += 2.0;
        }
    }
}

/// `ln(count!) - (count*ln(count) - count)`: what Stirling's main terms leave; 0 at 0.
pub(super) fn factorial_remainder(count: u128) -> f64 {
    if count == 0 {
        return 0.0;
    }
    let x = count as f64;
    if count <= u128::from(LARGEST_DIRECT_FACTORIAL) {
        // Most counts are small.
        static DIRECT: LazyLock<[f64; LARGEST_DIRECT_FACTORIAL as usize + 1]> = LazyLock::new(|| {
            std::array::from_fn(|count| {
                let x = count as f64;
                let factorial: u64 = (1..=count as u64).product();
                (factorial as f64).ln() - x * x.ln() + x
            })
        });
        return DIRECT[count as usize];
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = inverse
        * (1.0 / 12.0
            - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square * (1.0 / 1680.0 - square * (1.0 / 1188.0)))));
    0.5 * (TAU * x).ln() + series
}

/// Log-odds of the proportion at which `successes` or more of `trials` have the probability `tail`.
///
/// `0 < successes <= trials` and `0 < tail <= 0.5`. The proportion itself is a quantile of Beta(successes,
/// trials - successes + 1); its log-odds keep their digits where the proportion is next to 0 or 1.
pub(super) fn lower_limit_log_odds(successes: u64, trials: u64, tail: f64) -> f64 {
    let (k, rest) = (successes as f64, (trials - successes) as f64);
    let goal = tail.ln();
    let mut log_odds = (k / (rest + 1.0)).ln();
    // The logarithm of the tail is concave in the log-odds: Newton's steps come from below after the first and meet.
    for _ in 0..MAX_NEWTON_STEPS {
        let (log_tail, slope) = log_upper_tail(successes, trials, log_odds);
        let step = (goal - log_tail) / slope;
        log_odds += step;
        if step.abs() <= 4.0 * f64::EPSILON * log_odds.abs().max(1.0) {
            break;
        }
    }
    log_odds
}

/// Terms below this share of their sum change no digit of it.
pub(super) const NEGLIGIBLE: f64 = 1e-18;

/// Quadratic convergence needs fewer than ten; the bound only guards against a step that flickers in its last bit.
const MAX_NEWTON_STEPS: usize = 60;

/// `ln P(X >= k)` of a binomial variable, and its slope, both in the log-odds of the proportion.
fn log_upper_tail(successes: u64, trials: u64, log_odds: f64) -> (f64, f64) {
    let (proportion, complement) = (1.0 / (1.0 + (-log_odds).exp()), 1.0 / (1.0 + log_odds.exp()));
    let log_probability = log_probability(successes, trials, proportion, complement);
    let ratio = tail_over_first_term(successes, trials - successes, proportion / complement);
    (log_probability + ratio.ln(), successes as f64 / ratio * complement)
}

/// `ln P(X = k)` of a binomial variable, from the proportion and what it leaves to 1.
fn log_probability(successes: u64, trials: u64, proportion: f64, complement: f64) -> f64 {
    let (k, n, rest) = (successes as f64, trials as f64, (trials - successes) as f64);
    let (hits, misses) = (n * proportion, n * complement);
    let difference = if proportion < 0.5 { k - hits } else { misses - rest };
    factorial_remainder(trials.into())
        - factorial_remainder(successes.into())
        - factorial_remainder((trials - successes).into())
        - deviance_part(k, hits, difference)
        - deviance_part(rest, misses, -difference)
}

/// True where [`lower_limit_log_odds`] is certainly below `log_odds`, which most often can be seen without it.
///
/// At the limit `successes` or more have the probability `tail`, which grows with the proportion. So the limit lies
/// below a proportion at which `successes` alone are more probable than that, or are fewer than expected: these or
/// more have a probability of about a half there, or above.
pub(super) fn is_lower_limit_below(successes: u64, trials: u64, tail: f64, log_odds: f64) -> bool {
    /// Far above the error of both logarithms.
    const MARGIN: f64 = 1e-6;
    let (proportion, complement) = (1.0 / (1.0 + (-log_odds).exp()), 1.0 / (1.0 + log_odds.exp()));
    let expected = trials as f64 * proportion;
    expected > successes as f64 + 1.0 || log_probability(successes, trials, proportion, complement) > tail.ln() + MARGIN
}

/// `P(X >= k) / P(X = k)`: a sum of falling positive terms, where a continued fraction would subtract near 0 or 1.
///
/// It needs a few standard deviations of `X`, and never more than `rest` terms.
fn tail_over_first_term(successes: u64, rest: u64, odds: f64) -> f64 {
    let (mut hits, mut others) = (successes as f64, rest as f64);
    let mut term = 1.0;
    let mut total = 1.0;
    for _ in 0..rest {
        hits += 1.0;
        term *= others / hits * odds;
        others -= 1.0;
        total += term;
        if term < NEGLIGIBLE * total {
            break;
        }
    }
    total
}
