//! The values of a table and how they are written.

use super::number::number_text;
use crate::named::named;
use std::borrow::Cow;

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    Text(Cow<'a, str>),
    Integer(u64),
    /// Undefined is [`Cell::Empty`], never a number.
    Number(f64),
    Boolean(Truth),
    Empty,
}

named! {
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Truth {
        True = "true",
        False = "false",
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::True } else { Self::False }
    }
}

impl Cell<'_> {
    /// The same value, borrowed from nothing.
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Self::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Self::Integer(integer) => Cell::Integer(integer),
            Self::Number(number) => Cell::Number(number),
            Self::Boolean(truth) => Cell::Boolean(truth),
            Self::Empty => Cell::Empty,
        }
    }

    /// The value as text, as it stands in a CSV file before quoting.
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone().into_owned(),
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

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(Cow::Borrowed(text)) }
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(Cow::Owned(text)) }
    }
}

impl From<u64> for Cell<'_> {
    fn from(integer: u64) -> Self {
        Self::Integer(integer)
    }
}

impl From<usize> for Cell<'_> {
    fn from(integer: usize) -> Self {
        Self::Integer(integer as u64)
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Empty }
    }
}

impl From<Option<f64>> for Cell<'_> {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::from)
    }
}

impl From<Option<u64>> for Cell<'_> {
    fn from(integer: Option<u64>) -> Self {
        integer.map_or(Self::Empty, Self::Integer)
    }
}

impl From<bool> for Cell<'_> {
    fn from(value: bool) -> Self {
        Self::Boolean(value.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undefined_number_is_an_empty_cell() {
        assert_eq!(Cell::from(f64::NAN), Cell::Empty);
        assert_eq!(Cell::from(f64::INFINITY), Cell::Empty);
        assert_eq!(Cell::from(None::<f64>), Cell::Empty);
    }
}
