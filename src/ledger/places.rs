//! Code points and lines of ascending byte positions: cursors that only move forward.

use crate::span::RawSpan;

/// Each stretch of the text is looked at once, however many positions lie in it.
#[derive(Debug)]
pub struct Places<'a> {
    raw: &'a [u8],
    /// Beginning and end of the last span: a byte, and the code points before it.
    start: (usize, u64),
    end: (usize, u64),
    /// The first byte at or after the start of the last span that is not ASCII: up to it each byte is a code point.
    next_wide: usize,
    line: u64,
    /// The first line break that was not counted yet; beyond the text when there is none.
    next_break: usize,
}

impl<'a> Places<'a> {
    pub fn new(raw: &'a str) -> Self {
        let raw = raw.as_bytes();
        let (next_wide, next_break) = (wide_from(raw, 0), line_break_from(raw, 0));
        Self { raw, start: (0, 0), end: (0, 0), next_wide, line: 1, next_break }
    }

    /// Code points at which a span begins and ends. Spans must come by start.
    pub fn chars(&mut self, span: RawSpan) -> (u64, u64) {
        let (start, end) = (span.start as usize, span.end as usize);
        let before = if self.end.0 <= start { self.end } else { self.start };
        self.start = self.advanced(before, start);
        if self.next_wide < start {
            self.next_wide = wide_from(self.raw, start);
        }
        self.end = self.advanced(self.start, end);
        (self.start.1, self.end.1)
    }

    fn advanced(&self, from: (usize, u64), to: usize) -> (usize, u64) {
        let chars = if to <= self.next_wide { (to - from.0) as u64 } else { count_chars(&self.raw[from.0..to]) };
        (to, from.1 + chars)
    }

    /// The line on which a span begins, from 1. Spans must come by start.
    pub fn line(&mut self, span: RawSpan) -> u64 {
        while self.next_break < span.start as usize {
            self.line += 1;
            self.next_break = line_break_from(self.raw, self.next_break + 1);
        }
        self.line
    }
}

/// The first byte from `at` on that is not ASCII; beyond the text when there is none.
fn wide_from(bytes: &[u8], at: usize) -> usize {
    const HIGH_BITS: u64 = 0x8080_8080_8080_8080;
    let (eights, rest) = bytes[at..].as_chunks::<8>();
    let wide = |eight: &[u8; 8]| u64::from_le_bytes(*eight) & HIGH_BITS;
    match eights.iter().position(|eight| wide(eight) != 0) {
        Some(before) => at + 8 * before + (wide(&eights[before]).trailing_zeros() / 8) as usize,
        None => {
            rest.iter().position(|byte| !byte.is_ascii()).map_or(usize::MAX, |more| bytes.len() - rest.len() + more)
        }
    }
}

fn line_break_from(bytes: &[u8], from: usize) -> usize {
    memchr::memchr(b'\n', &bytes[from..]).map_or(usize::MAX, |at| from + at)
}

/// Every byte but a continuation byte, `10xxxxxx`, begins a code point.
fn count_chars(bytes: &[u8]) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // One in each byte that is a continuation byte.
    let continuations = |eight: u64| eight >> 7 & !(eight >> 6) & ONES;
    let (eights, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let mut total = 0;
    // A byte of the sum holds no more than 255.
    for eights in eights.chunks(254) {
        let sum: u64 = eights.iter().map(|eight| continuations(u64::from_le_bytes(*eight))).sum();
        total += sum.to_le_bytes().iter().map(|byte| u64::from(*byte)).sum::<u64>();
    }
    total += u64::from(continuations(u64::from_le_bytes(last)).count_ones());
    bytes.len() as u64 - total
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn places_are_those_that_counting_from_the_beginning_gives(
            raw in "[a-c\n\u{e9}\u{4e1c}\u{1f642}]{0,60}",
            spans in proptest::collection::vec((0usize..60, 0usize..20), 0..12),
        ) {
            let boundary = |at: usize| (0..=at.min(raw.len())).rev().find(|at| raw.is_char_boundary(*at)).unwrap_or(0);
            let mut spans: Vec<(usize, usize)> =
                spans.into_iter().map(|(start, length)| (boundary(start), boundary(start + length))).collect();
            spans.sort_unstable();
            let mut places = Places::new(&raw);
            for (start, end) in spans {
                let span = RawSpan::new(start, end);
                let chars = |at: usize| raw[..at].chars().count() as u64;
                prop_assert_eq!(places.chars(span), (chars(start), chars(end)));
                prop_assert_eq!(places.line(span), 1 + raw[..start].matches('\n').count() as u64);
            }
        }
    }
}
