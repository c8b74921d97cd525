//! Reading a line from left to right, without copying what can be borrowed from it.
//!
//! Lines are read as strictly as they are written: keys in their order, no spaces. Numbers, which are most of a line, go
//! straight into arrays; what is small is left to `serde`. It must read what `serde_json` reads of a line in this form, in
//! a third of the instructions (see the top of the folder).

use crate::error::{Error, Place};
use serde::Deserialize;
use std::borrow::Cow;

/// Why a line cannot be added.
#[derive(Debug)]
pub(super) enum Refusal {
    /// It is no tally: what is wrong, and at which byte if that is known.
    Broken(String, Option<usize>),
    /// It must not be added to what is there.
    Refused(Error),
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl Refusal {
    pub fn what(what: impl Into<String>) -> Self {
        Self::Broken(what.into(), None)
    }

    pub fn error(self, place: &Place) -> Error {
        match self {
            Self::Refused(error) => error,
            Self::Broken(what, at) => Error::input(
                Place { column: at.map_or(0, |at| at as u64 + 1), ..place.clone() },
                format!("broken tally: {what}"),
                "each line is what `framescope tally` or `framescope merge` printed; make it again",
            ),
        }
    }
}

pub(super) type Scanned<T> = Result<T, Refusal>;

#[derive(Debug, Clone)]
pub(super) struct Scanner<'l> {
    line: &'l str,
    at: usize,
}

impl<'l> Scanner<'l> {
    pub fn new(line: &'l str) -> Self {
        Self { line, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.line.as_bytes().get(self.at).copied()
    }

    fn broken<T>(&self, what: impl Into<String>) -> Scanned<T> {
        let what = if self.at >= self.line.len() { "the line ends too early".to_owned() } else { what.into() };
        Err(Refusal::Broken(what, Some(self.at)))
    }

    /// Goes on if this text is next.
    pub fn is_next(&mut self, text: &str) -> bool {
        let is_next = self.line.as_bytes()[self.at..].starts_with(text.as_bytes());
        if is_next {
            self.at += text.len();
        }
        is_next
    }

    pub fn expect(&mut self, text: &str) -> Scanned<()> {
        if self.is_next(text) { Ok(()) } else { self.broken(format!("expected `{text}`")) }
    }

    pub fn end(&self) -> Scanned<()> {
        if self.at == self.line.len() { Ok(()) } else { self.broken("more after the end") }
    }

    /// Calls `each` at every element of an array or object of this closing bracket, whose opening one has been read.
    pub fn elements(&mut self, close: &str, mut each: impl FnMut(&mut Self) -> Scanned<()>) -> Scanned<()> {
        if self.is_next(close) {
            return Ok(());
        }
        loop {
            each(self)?;
            if self.is_next(close) {
                return Ok(());
            }
            self.expect(",")?;
        }
    }

    /// Any JSON value, by serde.
    pub fn value<T: Deserialize<'l>>(&mut self) -> Scanned<T> {
        let mut values = serde_json::Deserializer::from_str(&self.line[self.at..]).into_iter::<T>();
        match values.next() {
            Some(Ok(value)) => {
                self.at += values.byte_offset();
                Ok(value)
            }
            Some(Err(error)) if error.is_eof() => {
                self.at = self.line.len();
                self.broken("")
            }
            Some(Err(error)) => {
                let message = error.to_string();
                let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
                let at = if error.line() == 1 { self.at + error.column().saturating_sub(1) } else { self.at };
                Err(Refusal::Broken(what.to_owned(), Some(at)))
            }
            None => self.broken("expected a value"),
        }
    }

    /// A string, borrowed unless it has escapes.
    pub fn text(&mut self) -> Scanned<Cow<'l, str>> {
        self.expect("\"")?;
        let rest = &self.line[self.at..];
        let bytes = rest.as_bytes();
        match memchr::memchr2(b'"', b'\\', bytes) {
            // A control character in a string is no JSON.
            Some(end) if bytes[end] == b'"' && !bytes[..end].iter().any(|byte| *byte < 0x20) => {
                self.at += end + 1;
                Ok(Cow::Borrowed(&rest[..end]))
            }
            _ => {
                self.at -= 1;
                self.value::<String>().map(Cow::Owned)
            }
        }
    }

    /// A key of an object with its colon.
    pub fn key(&mut self) -> Scanned<Cow<'l, str>> {
        let key = self.text()?;
        self.expect(":")?;
        Ok(key)
    }

    /// A whole number.
    pub fn number(&mut self) -> Scanned<u64> {
        let bytes = &self.line.as_bytes()[self.at..];
        let mut number = 0u64;
        let mut digits = 0;
        while let Some(digit) = bytes.get(digits).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
            // Nineteen digits always fit.
            number = if digits < 19 {
                number * 10 + u64::from(digit)
            } else {
                let longer = number.checked_mul(10).and_then(|number| number.checked_add(u64::from(digit)));
                let Some(longer) = longer else { return self.broken("the number exceeds 64 bits") };
                longer
            };
            digits += 1;
        }
        let follows = bytes.get(digits);
        if digits == 0 || (digits > 1 && bytes[0] == b'0') || matches!(follows, Some(b'.' | b'e' | b'E')) {
            return self.broken("expected a whole number");
        }
        self.at += digits;
        Ok(number)
    }

    /// An array of whole numbers, appended.
    pub fn numbers(&mut self, into: &mut Vec<u64>) -> Scanned<()> {
        self.expect("[")?;
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(());
        }
        loop {
            into.push(self.number()?);
            let next = self.peek();
            if next != Some(b',') && next != Some(b']') {
                return self.broken("expected `,` or `]`");
            }
            self.at += 1;
            if next == Some(b']') {
                return Ok(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(line: &str) -> Option<Vec<u64>> {
        let mut into = Vec::new();
        let mut scanner = Scanner::new(line);
        scanner.numbers(&mut into).and_then(|()| scanner.end()).ok().map(|()| into)
    }

    #[test]
    fn numbers_are_read_to_the_last_that_fits_and_nothing_else_is() {
        assert_eq!(numbers("[0,7,18446744073709551615]"), Some(vec![0, 7, u64::MAX]));
        assert_eq!(numbers("[]"), Some(Vec::new()));
        for bad in
            ["[18446744073709551616]", "[00]", "[01]", "[-1]", "[1.0]", "[1e2]", "[1,]", "[,1]", "[1 ]", "[1", "[", ""]
        {
            assert_eq!(numbers(bad), None, "{bad}");
        }
        let large = "[".to_owned() + &"9".repeat(4000) + "]";
        assert_eq!(numbers(&large), None);
    }

    #[test]
    fn strings_are_those_of_json() {
        for text in ["", "plain", "quote \" and \\ and \u{1} and é and \u{1F600}"] {
            let line = serde_json::to_string(text).unwrap();
            let mut scanner = Scanner::new(&line);
            assert_eq!(scanner.text().unwrap(), text);
            assert!(scanner.end().is_ok());
        }
        for bad in ["\"", "\"\u{1}\"", "\"\\x\"", "x", "\"a"] {
            assert!(Scanner::new(bad).text().is_err(), "{bad}");
        }
    }
}
