//! How numbers are written: twelve significant digits, positional, without an exponent; minus zero is zero.
//!
//! Almost every number of a table lies where its digits are found exactly with one product of 128 bits; the others, and
//! those that lie halfway between two candidates, are left to the standard library.
//!
//! It must equal `Decimal::by_printing`, which takes the digits from `format!("{number:.11e}")`; the tests compare
//! them. A number takes 270 instructions, 2,070 that way (callgrind, 100,000 quotients).

/// Digits of a number as they are printed.
const SIGNIFICANT: usize = 12;
/// The smallest number with more digits.
const BEYOND: u64 = 1_000_000_000_000;

/// The number as it is printed.
pub fn number_text(number: f64) -> String {
    let mut text = Vec::with_capacity(24);
    write_number(number, &mut text);
    text.into_iter().map(char::from).collect()
}

/// The value of the number as it is printed.
pub(crate) fn rounded(number: f64) -> f64 {
    if number == 0.0 || !number.is_finite() {
        return number;
    }
    let value = Decimal::of(number.abs()).value().unwrap_or_else(|| by_parsing(number.abs()));
    value.copysign(number)
}

pub(super) fn write_number(number: f64, out: &mut Vec<u8>) {
    if number == 0.0 || !number.is_finite() {
        out.push(b'0');
        return;
    }
    if number < 0.0 {
        out.push(b'-');
    }
    let decimal = Decimal::of(number.abs());
    let digits = decimal.digits();
    let shown = digits.iter().rposition(|digit| *digit != b'0').unwrap_or(0) + 1;
    match decimal.exponent {
        FEW_ZEROS..0 => {
            // The zeros that are not overwritten stand before the digits.
            let mut text = *b"0.00000000000000000";
            let zeros = (-decimal.exponent - 1) as usize;
            text[2 + zeros..2 + zeros + SIGNIFICANT].copy_from_slice(&digits);
            out.extend_from_slice(&text[..2 + zeros + shown]);
        }
        0..LAST => {
            let whole = decimal.exponent as usize + 1;
            let mut text = [b'.'; SIGNIFICANT + 1];
            text[1..].copy_from_slice(&digits);
            text.copy_within(1..=whole, 0);
            text[whole] = b'.';
            out.extend_from_slice(&text[..if shown > whole { shown + 1 } else { whole }]);
        }
        ..0 => {
            out.extend_from_slice(b"0.");
            out.extend(std::iter::repeat_n(b'0', decimal.exponent.unsigned_abs() as usize - 1));
            out.extend_from_slice(&digits[..shown]);
        }
        LAST.. => {
            out.extend_from_slice(&digits);
            out.extend(std::iter::repeat_n(b'0', (decimal.exponent - LAST) as usize));
        }
    }
}

/// The exponent of the smallest fractions with few zeros before their digits, as most have.
const FEW_ZEROS: i32 = -5;
/// The exponent of a number whose last digit is that of the ones.
const LAST: i32 = SIGNIFICANT as i32 - 1;

/// A positive number, rounded: `d.ddddddddddd * 10^exponent`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Decimal {
    /// Twelve digits, the first not 0.
    significand: u64,
    exponent: i32,
}

impl Decimal {
    fn of(number: f64) -> Self {
        Self::exactly(number).unwrap_or_else(|| Self::by_printing(number))
    }

    /// From 1e-16 to below 1e12, unless the number lies halfway between two candidates.
    fn exactly(number: f64) -> Option<Self> {
        if !(1e-16..1e12).contains(&number) {
            return None;
        }
        let bits = number.to_bits();
        let mantissa = (bits & ((1 << 52) - 1)) | (1 << 52);
        let binary = (bits >> 52) as i32 - 1075;
        // The exponent of the power of two below the number: that of the number, or one less.
        let mut exponent = ((binary + 52) * 78_913) >> 18;
        let mut significand = scaled(mantissa, binary, exponent)?;
        if significand >= BEYOND {
            exponent += 1;
            significand = scaled(mantissa, binary, exponent)?;
        }
        Some(Self { significand, exponent })
    }

    fn by_printing(number: f64) -> Self {
        let text = format!("{number:.11e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let significand =
            digits.bytes().filter(u8::is_ascii_digit).fold(0, |n, digit| n * 10 + u64::from(digit - b'0'));
        Self { significand, exponent: exponent.parse().unwrap_or(0) }
    }

    fn digits(self) -> [u8; SIGNIFICANT] {
        let mut digits = [0; SIGNIFICANT];
        // Two halves: their divisions do not wait for each other.
        let (high, low) = ((self.significand / 1_000_000) as u32, (self.significand % 1_000_000) as u32);
        for (half, mut rest) in digits.chunks_exact_mut(SIGNIFICANT / 2).zip([high, low]) {
            for pair in half.rchunks_exact_mut(2) {
                pair.copy_from_slice(&PAIRS[(rest % 100) as usize]);
                rest /= 100;
            }
        }
        digits
    }

    /// The nearest float; `None` where one division or product would not give it.
    fn value(self) -> Option<f64> {
        let significand = self.significand as f64;
        let power = self.exponent + 1 - SIGNIFICANT as i32;
        let of_ten = *POWERS_OF_TEN.get(power.unsigned_abs() as usize)?;
        Some(if power < 0 { significand / of_ten } else { significand * of_ten })
    }
}

/// `mantissa * 2^binary * 10^(11 - exponent)`, rounded; `None` halfway. The number lies within the bounds of
/// [`Decimal::exactly`], so that the product has no more than 116 bits, of which at least ten are cut.
fn scaled(mantissa: u64, binary: i32, exponent: i32) -> Option<u64> {
    let power = usize::try_from(SIGNIFICANT as i32 - 1 - exponent).ok()?;
    let product = u128::from(mantissa) * u128::from(*POWERS_OF_FIVE.get(power)?);
    let cut = u32::try_from(-(power as i32 + binary)).ok().filter(|cut| (1..128).contains(cut))?;
    let (kept, rest, half) = ((product >> cut) as u64, product & ((1 << cut) - 1), 1 << (cut - 1));
    (rest != half).then_some(kept + u64::from(rest > half))
}

fn by_parsing(number: f64) -> f64 {
    format!("{number:.11e}").parse().unwrap_or(number)
}

/// The two digits of the numbers below 100.
pub(super) const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut n = 0;
    while n < 100 {
        pairs[n] = [b'0' + (n / 10) as u8, b'0' + (n % 10) as u8];
        n += 1;
    }
    pairs
};

const POWERS_OF_FIVE: [u64; 28] = {
    let mut powers = [1; 28];
    let mut n = 1;
    while n < powers.len() {
        powers[n] = powers[n - 1] * 5;
        n += 1;
    }
    powers
};

/// Those that a float holds exactly.
const POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_have_twelve_digits_and_no_exponent() {
        for (number, text) in [
            (0.1 + 0.2, "0.3"),
            (-0.0, "0"),
            (1e-20, "0.00000000000000000001"),
            (123456789.1234568, "123456789.123"),
            (1e15, "1000000000000000"),
            (2.0 / 3.0, "0.666666666667"),
            (-12.5, "-12.5"),
            (9.9999999999999, "10"),
            (0.05, "0.05"),
            (100.0, "100"),
            (123456789012.4, "123456789012"),
            (999999999999.4, "999999999999"),
            (999999999999.6, "1000000000000"),
            (f64::NAN, "0"),
        ] {
            assert_eq!(number_text(number), text);
        }
    }

    /// What the standard library prints of the rounded number.
    fn check(number: f64) {
        let rounded_by_parsing = by_parsing(number);
        assert_eq!(number_text(number), format!("{rounded_by_parsing}"), "{number:e}");
        assert_eq!(number_text(-number), format!("{}", -rounded_by_parsing));
        assert_eq!(rounded(number).to_bits(), rounded_by_parsing.to_bits(), "{number:e}");
        assert_eq!(rounded(-number).to_bits(), (-rounded_by_parsing).to_bits());
    }

    #[test]
    fn numbers_at_the_edges_are_written_as_the_standard_library_does() {
        let mut number = 1e-300;
        while number < 1e300 {
            check(number);
            number *= 1.734_987;
        }
        for exponent in -20..20 {
            let power = format!("1e{exponent}").parse::<f64>().expect("a number");
            for number in [power, power.next_down(), power.next_up(), power * 0.999_999_999_999_5, power * 5.0] {
                check(number);
            }
        }
        // Halfway between two candidates.
        for number in [100_000_000_000.5, 100_000_000_001.5, 0.5, 12_345_678.000_012_208, f64::MIN_POSITIVE] {
            check(number);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn any_number_is_written_as_the_standard_library_does(
            any in any::<f64>(),
            few in (0u64..100_000_000, 1u64..3_000_000),
            near in (0u64..1 << 53, -60i32..10),
        ) {
            for number in [any.abs(), few.0 as f64 / few.1 as f64, near.0 as f64 * 2f64.powi(near.1)] {
                // A number below the normal ones has fewer digits than twelve, and the standard library prints only these.
                if number.is_normal() {
                    check(number);
                }
            }
        }
    }
}
