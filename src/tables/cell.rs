//! The values of a table and how they are written.

use std::io::Write;

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Text(String),
    Integer(u64),
    /// Undefined is [`Cell::Empty`], never a number.
    Number(f64),
    Boolean(Truth),
    Empty,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Truth {
    True,
    False,
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl Truth {
    pub fn name(self) -> &'static str {
        match self {
            Self::True => "true",
            Self::False => "false",
        }
    }
}

impl Cell {
    /// The value as text, as it stands in a CSV file before quoting.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Integer(integer) => integer.to_string(),
            Self::Number(number) => number_text(*number),
            Self::Boolean(truth) => truth.name().to_owned(),
            Self::Empty => String::new(),
        }
    }

    pub fn as_number(&self) -> Option<f64> {
        match self {
            Self::Integer(integer) => Some(*integer as f64),
            Self::Number(number) => Some(*number),
            Self::Text(_) | Self::Boolean(_) | Self::Empty => None,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<u64> for Cell {
    fn from(integer: u64) -> Self {
        Self::Integer(integer)
    }
}

impl From<usize> for Cell {
    fn from(integer: usize) -> Self {
        Self::Integer(integer as u64)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Empty }
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::from)
    }
}

impl From<Option<u64>> for Cell {
    fn from(integer: Option<u64>) -> Self {
        integer.map_or(Self::Empty, Self::Integer)
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Boolean(value.into())
    }
}

/// Twelve significant digits, positional, without an exponent; minus zero is zero.
pub fn number_text(number: f64) -> String {
    let mut digits = Vec::with_capacity(24);
    write_number(number, &mut digits);
    digits.into_iter().map(char::from).collect()
}

/// The same into a buffer: as `{}` prints the number after rounding, without a second parse and print.
pub(super) fn write_number(number: f64, out: &mut Vec<u8>) {
    if number == 0.0 || !number.is_finite() {
        out.push(b'0');
        return;
    }
    // `d.ddddddddddde-7`; writing to a vector cannot fail.
    let begin = out.len();
    let _ = write!(out, "{number:.11e}");
    let mut digits = [0u8; SIGNIFICANT];
    let (mut exponent, mut exponent_sign, mut found, mut in_exponent) = (0i32, 1, 0, false);
    for byte in out.drain(begin..) {
        match byte {
            b'e' => in_exponent = true,
            b'-' if in_exponent => exponent_sign = -1,
            b'0'..=b'9' if in_exponent => exponent = exponent * 10 + i32::from(byte - b'0'),
            b'0'..=b'9' => {
                digits[found] = byte;
                found += 1;
            }
            _ => {}
        }
    }
    exponent *= exponent_sign;
    let last = digits.iter().rposition(|digit| *digit != b'0').unwrap_or(0);
    let digits = &digits[..=last];
    if number < 0.0 {
        out.push(b'-');
    }
    let Ok(whole) = usize::try_from(exponent + 1) else {
        return fraction((-exponent - 1) as usize, digits, out);
    };
    match digits.split_at_checked(whole) {
        Some(([], digits)) => fraction(0, digits, out),
        Some((whole, rest)) => {
            out.extend_from_slice(whole);
            if !rest.is_empty() {
                out.push(b'.');
                out.extend_from_slice(rest);
            }
        }
        None => {
            out.extend_from_slice(digits);
            out.extend(std::iter::repeat_n(b'0', whole - digits.len()));
        }
    }
}

/// Digits of a number as they are printed.
const SIGNIFICANT: usize = 12;

fn fraction(zeros: usize, digits: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(b"0.");
    out.extend(std::iter::repeat_n(b'0', zeros));
    out.extend_from_slice(digits);
}

/// The number as it is printed.
pub(super) fn rounded(number: f64) -> f64 {
    format!("{number:.11e}").parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

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
        ] {
            assert_eq!(number_text(number), text);
        }
        let mut number = 1e-300;
        while number < 1e300 {
            assert_eq!(number_text(number), format!("{}", rounded(number)));
            assert_eq!(number_text(-number), format!("{}", rounded(-number)));
            number *= 1.734_987;
        }
        assert_eq!(Cell::from(f64::NAN), Cell::Empty);
        assert_eq!(Cell::from(f64::INFINITY), Cell::Empty);
    }
}
