//! The values of a table and how they are written.

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
    if number == 0.0 || !number.is_finite() {
        return "0".into();
    }
    let rounded: f64 = format!("{number:.11e}").parse().unwrap_or(number);
    format!("{rounded}")
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
            (123456789.123456789, "123456789.123"),
            (1e15, "1000000000000000"),
            (2.0 / 3.0, "0.666666666667"),
        ] {
            assert_eq!(number_text(number), text);
        }
        assert_eq!(Cell::from(f64::NAN), Cell::Empty);
        assert_eq!(Cell::from(f64::INFINITY), Cell::Empty);
    }
}
