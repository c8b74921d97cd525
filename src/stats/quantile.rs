//! Quantiles of the beta and of Student's t distribution, at real parameters.
//!
//! Both are found by Newton's steps in the log-odds of the proportion, in which the logarithm of the lower tail is
//! concave: the steps meet from any start, and an end next to 0 or 1 keeps its digits.

use super::special::deviance_part;
use rustc_hash::FxHashMap;
use statrs::function::gamma::ln_gamma;
use std::cell::RefCell;
use std::f64::consts::TAU;

/// Quadratic convergence needs fewer than ten; the bound only guards against a step that flickers in its last bit.
const MAX_STEPS: usize = 80;

/// Above this the log-odds are too far from 0 to keep all digits of t.
const LARGE_DF: f64 = 1e5;

/// The quantile .975 of the normal distribution.
const Z_975: f64 = 1.959_963_984_540_054;

/// Log-odds of the proportion below which Beta(a, b) has the probability `tail`; `a, b > 0` and `0 < tail <= 0.5`.
pub(super) fn beta_quantile_log_odds(a: f64, b: f64, tail: f64) -> f64 {
    let goal = tail.ln();
    let mode = (a / b).ln();
    // What the tail has of a and b alone.
    let height = 0.5 * (a * b / (TAU * (a + b))).ln() + remainder(a + b) - remainder(a) - remainder(b);
    // Below the mode of the log-odds, a/(a+b), by two standard deviations of the log-odds.
    let mut log_odds = mode - 2.0 * (1.0 / a + 1.0 / b).sqrt();
    let mut before = [f64::NAN; MAX_STEPS];
    for step_number in 0..MAX_STEPS {
        let (log_tail, slope) = ln_lower_tail(a, b, height, log_odds);
        let step = (goal - log_tail) / slope;
        // A step beyond the mean would leave the half in which the continued fraction converges.
        log_odds = (log_odds + step).min(mode + 1.0 / a.min(b));
        if step.abs() <= 1e-14 * log_odds.abs().max(1.0) {
            break;
        }
        // Steps that flicker come round again: the last of them is known without going on.
        if let Some(back) = before[..step_number].iter().rposition(|value| *value == log_odds) {
            return before[back + (MAX_STEPS - 1 - back) % (step_number - back)];
        }
        before[step_number] = log_odds;
    }
    log_odds
}

/// The proportion of log-odds.
pub(super) fn proportion(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// What a proportion of Beta(a, b) exceeds with the probability 0.975.
pub(super) fn beta_975_lower(a: f64, b: f64) -> f64 {
    proportion(beta_quantile_log_odds(a, b, 0.025))
}

/// `t(.975; df)`: the quantile of a two-sided 95% interval; `df > 0`.
pub fn student_t_975(df: f64) -> f64 {
    if df > LARGE_DF {
        // The first terms of Fisher's series in 1/df; the next one is below the last digit.
        let (z, square) = (Z_975, Z_975 * Z_975);
        let second = ((5.0 * square + 16.0) * square + 3.0) * z / 96.0;
        return z + ((square + 1.0) * z / 4.0 + second / df) / df;
    }
    // df/(df + t^2) is Beta(df/2, 1/2), and both tails of t are its lower one.
    let quantile = || (df * (-beta_quantile_log_odds(df / 2.0, 0.5, 0.05)).exp()).sqrt();
    if df.fract() == 0.0 {
        // The number of a group's articles stands behind every interval of the group.
        KNOWN.with_borrow_mut(|known| *known.entry(df as u32).or_insert_with(quantile))
    } else {
        quantile()
    }
}

thread_local! {
    /// `t(.975; df)` of the whole numbers that were asked for, at most [`LARGE_DF`].
    static KNOWN: RefCell<FxHashMap<u32, f64>> = RefCell::default();
}

/// `ln I_x(a, b)` and its slope in the log-odds of `x`.
fn ln_lower_tail(a: f64, b: f64, height: f64, log_odds: f64) -> (f64, f64) {
    let (x, rest) = (proportion(log_odds), proportion(-log_odds));
    let n = a + b;
    let difference = if x < 0.5 { a - n * x } else { n * rest - b };
    let front = height - deviance_part(a, n * x, difference) - deviance_part(b, n * rest, -difference);
    // I_x(a, b) is the front times the fraction over a.
    let over_front = continued_fraction(a, b, x) / a;
    (front + over_front.ln(), 1.0 / over_front)
}

/// What Stirling's main terms leave of the logarithm of the gamma function.
fn remainder(z: f64) -> f64 {
    if z < 15.0 {
        return ln_gamma(z) - (z - 0.5) * z.ln() + z - 0.5 * TAU.ln();
    }
    let (inverse, square) = (1.0 / z, 1.0 / (z * z));
    inverse
        * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square * (1.0 / 1680.0 - square / 1188.0))))
}

/// The continued fraction of the incomplete beta function, by Lentz's method; `x` is not far above the mean.
fn continued_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let not_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / not_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    let mut k = 0.0;
    // Some multiple of the root of the larger parameter.
    let most = 200 + (a.max(b).sqrt() * 5.0) as usize;
    for _ in 0..most {
        k += 1.0;
        let even = k * (b - k) * x / ((a + 2.0 * k - 1.0) * (a + 2.0 * k));
        d = 1.0 / not_zero(1.0 + even * d);
        c = not_zero(1.0 + even / c);
        fraction *= d * c;
        let odd = -(a + k) * (a + b + k) * x / ((a + 2.0 * k) * (a + 2.0 * k + 1.0));
        d = 1.0 / not_zero(1.0 + odd * d);
        c = not_zero(1.0 + odd / c);
        fraction *= d * c;
        if (d * c - 1.0).abs() < 1e-15 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    #[test]
    fn t_has_its_published_quantiles() {
        let published = [(1.0, 12.706204736), (2.0, 4.302652730), (5.0, 2.570581836), (30.0, 2.042272456)];
        for (df, t) in published {
            assert_relative_eq!(student_t_975(df), t, max_relative = 1e-9);
        }
        assert_relative_eq!(student_t_975(1e9), 1.959963987, max_relative = 1e-9);
    }
}
