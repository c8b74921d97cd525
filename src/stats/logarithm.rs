//! Logarithms of many numbers: without a branch and without a call, so that the processor takes several at once, and
//! the same on every machine.

/// The binary logarithm of a normal number above 0, and a finite one of 0, without a branch: so several are taken at
/// once, and every machine takes the same. Off by less than `1e-15` times the larger of 1 and itself.
#[inline(always)]
pub(super) fn log2(x: f64) -> f64 {
    log2_by(x, &TERMS)
}

/// The same in two thirds of the time, off by less than `2e-9`.
#[inline(always)]
pub(super) fn log2_roughly(x: f64) -> f64 {
    log2_by(x, &TERMS[6..])
}

/// From the last term of the series on.
const TERMS: [f64; 11] = [
    1.0 / 21.0,
    1.0 / 19.0,
    1.0 / 17.0,
    1.0 / 15.0,
    1.0 / 13.0,
    1.0 / 11.0,
    1.0 / 9.0,
    1.0 / 7.0,
    1.0 / 5.0,
    1.0 / 3.0,
    1.0,
];

#[inline(always)]
fn log2_by(x: f64, terms: &[f64]) -> f64 {
    const ONE: u64 = 1023 << 52;
    let bits = x.to_bits();
    // x = m * 2^(k - 1023), m from sqrt(1/2) to sqrt(2).
    let k = (bits + (ONE - std::f64::consts::FRAC_1_SQRT_2.to_bits())) >> 52;
    let m = f64::from_bits((bits + ONE).wrapping_sub(k << 52));
    let exponent = small(k) - 1023.0;
    // ln(m) = 2*atanh(t) = 2*(t + t^3/3 + t^5/5 + ...).
    let t = (m - 1.0) / (m + 1.0);
    let square = t * t;
    let series = terms.iter().fold(0.0, |series, term| series * square + term);
    exponent + 2.0 * std::f64::consts::LOG2_E * t * series
}

/// A number below `2^52`, in two instructions for several at once.
#[inline(always)]
pub(super) fn small(n: u64) -> f64 {
    f64::from_bits(WHOLE | n) - f64::from_bits(WHOLE)
}

/// Of two numbers with these first bits the difference is that of their other bits.
const WHOLE: u64 = 1075 << 52;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_times_its_logarithm_is_nothing() {
        assert_eq!((0.0 * log2(0.0), log2(1.0), log2(8.0), small(7)), (0.0, 0.0, 3.0, 7.0));
    }

    proptest! {
        #[test]
        fn a_logarithm_is_that_of_the_library(x in 1e-12f64..1e12) {
            prop_assert!((log2(x) - x.log2()).abs() < 1e-15 * x.log2().abs().max(1.0), "{} {}", log2(x), x.log2());
            prop_assert!((log2_roughly(x) - x.log2()).abs() < 2e-9, "{} {}", log2_roughly(x), x.log2());
        }
    }
}
