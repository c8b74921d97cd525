//! Frames from month to month.

use super::super::Facts;
use super::super::rows::{integer, number, text};
use super::{largest, view};
use crate::count::ALL_TERMS;
use std::collections::BTreeMap;

#[derive(Debug, Clone)]
pub struct Trend {
    /// Every month from the first to the last, with or without articles.
    pub months: Vec<String>,
    pub panels: Vec<Panel>,
}

#[derive(Debug, Clone)]
pub struct Panel {
    pub frame: String,
    /// Rate, hits and words by month; `None` for a month without articles.
    pub points: Vec<Option<(f64, u64, u64)>>,
}

/// The most frequent frames over at least two months.
pub fn trend(facts: &Facts<'_>) -> Option<Trend> {
    const MOST_FRAMES: usize = 9;
    let view = view(facts, "trend")?;
    let (month, frame, term) = (view.column("month")?, view.column("frame")?, view.column("term")?);
    let (n, words, rate) = (view.column("n")?, view.column("words")?, view.column("per_1000")?);
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    let mut points: BTreeMap<(&str, usize), (f64, u64, u64)> = BTreeMap::new();
    for row in view.rows().filter(|row| view.is_whole(row) && text(row, term) == ALL_TERMS) {
        *sums.entry(text(row, frame).to_owned()).or_default() += integer(row, n);
        let Some(month) = month_number(text(row, month)) else { continue };
        if let Some(rate) = number(row, rate) {
            points.insert((text(row, frame), month), (rate, integer(row, n), integer(row, words)));
        }
    }
    let first = points.keys().map(|key| key.1).min()?;
    let last = points.keys().map(|key| key.1).max()?;
    if first == last {
        return None;
    }
    let frames = largest(sums.into_iter().filter(|(_, n)| *n > 0).collect(), MOST_FRAMES);
    let panels = frames
        .into_iter()
        .map(|frame| Panel {
            points: (first..=last).map(|month| points.get(&(frame.as_str(), month)).copied()).collect(),
            frame,
        })
        .collect();
    let months = (first..=last).map(|month| format!("{:04}-{:02}", month / 12, month % 12 + 1)).collect();
    Some(Trend { months, panels })
}

/// Months since the year 0.
fn month_number(text: &str) -> Option<usize> {
    let (year, month) = text.split_once('-')?;
    let month: usize = month.parse().ok()?;
    (1..=12).contains(&month).then_some(year.parse::<usize>().ok()? * 12 + month - 1)
}
