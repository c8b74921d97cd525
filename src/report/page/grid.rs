//! A table of the page: what each cell shows, and what it sorts by.

use serde::Serialize;

#[derive(Debug, Default, Serialize)]
pub(in crate::report) struct Grid {
    pub caption: String,
    pub heads: Vec<GridHead>,
    pub rows: Vec<Vec<Value>>,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct GridHead {
    pub text: String,
    pub numeric: bool,
    /// Shown while the pointer rests on the head.
    pub about: String,
}

#[derive(Debug, Serialize)]
pub(in crate::report) struct Value {
    pub text: String,
    /// Set for numbers, whose text may be rounded.
    pub sort: Option<String>,
}

/// How the values of a column are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Align {
    Text,
    Number,
}

impl Grid {
    pub fn new(caption: impl Into<String>, heads: &[(&str, Align, &str)]) -> Self {
        let head = |(text, align, about): &(&str, Align, &str)| GridHead {
            text: (*text).to_owned(),
            numeric: *align == Align::Number,
            about: (*about).to_owned(),
        };
        Self { caption: caption.into(), heads: heads.iter().map(head).collect(), rows: Vec::new() }
    }
}

impl Value {
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let short = super::super::inert::clip(&text, 200);
        Self { text: short, sort: None }
    }

    pub fn count(n: u64) -> Self {
        Self { text: n.to_string(), sort: Some(n.to_string()) }
    }

    /// Undefined is a dash and sorts last.
    pub fn number(value: Option<f64>, decimals: usize) -> Self {
        match value {
            Some(value) => {
                // What rounds to zero from below is written without its sign.
                let value = if value == 0.0 || (value < 0.0 && format!("{value:.decimals$}").parse() == Ok(0.0)) {
                    0.0
                } else {
                    value
                };
                Self { text: format!("{value:.decimals$}"), sort: Some(format!("{value:.6}")) }
            }
            None => Self { text: "–".into(), sort: Some(String::new()) },
        }
    }
}
