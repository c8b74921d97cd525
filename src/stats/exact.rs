//! Sums, products and differences of counts, taken as integers before they become floats.
//!
//! A difference of two rounded proportions loses the digits they share; a difference of two exact products does not.

/// `a * b - c * d`, rounded once.
///
/// Only products beyond 128 bits, which no corpus reaches, are multiplied as floats.
pub(super) fn cross_difference(a: u128, b: u128, c: u128, d: u128) -> f64 {
    match (a.checked_mul(b), c.checked_mul(d)) {
        (Some(left), Some(right)) if left >= right => float(left - right),
        (Some(left), Some(right)) => -float(right - left),
        (None, _) | (_, None) => positive_zero(a as f64 * b as f64 - c as f64 * d as f64),
    }
}

/// The nearest float. Of a number below 2^64, as almost all are, the processor finds it in one step.
pub(super) fn float(integer: u128) -> f64 {
    match u64::try_from(integer) {
        Ok(integer) => integer as f64,
        Err(_) => float_of_large(integer),
    }
}

/// By a function of many steps: apart, since the compiler would call it in advance for every number.
#[cold]
#[inline(never)]
fn float_of_large(integer: u128) -> f64 {
    integer as f64
}

/// Natural logarithm of `(a * b) / (c * d)`; all four above 0.
///
/// Close to 1 the ratio is taken through its distance from 1, which is exact.
pub(super) fn ln_ratio(a: u128, b: u128, c: u128, d: u128) -> f64 {
    let denominator = float(c) * float(d);
    let distance = cross_difference(a, b, c, d) / denominator;
    if distance.abs() < 0.5 { distance.ln_1p() } else { (float(a) * float(b) / denominator).ln() }
}

/// The sum of two counts, which may pass 64 bits.
pub(super) fn sum(a: u64, b: u64) -> u128 {
    u128::from(a) + u128::from(b)
}

/// The same value, with `-0.0` written as `0.0`.
pub(super) fn positive_zero(value: f64) -> f64 {
    value + 0.0
}

/// `numerator / denominator`, `None` when the denominator is 0.
pub fn ratio(numerator: f64, denominator: f64) -> Option<f64> {
    (denominator != 0.0).then(|| positive_zero(numerator / denominator))
}
