//! The way back from the view to the raw text.

use crate::span::{NormSpan, RawSpan};

/// Where the distance between view and raw text changes. Between two anchors both advance byte by byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Anchor {
    norm: u32,
    raw: u32,
}

/// A sparse alignment: one anchor per character whose length the view changed, and two around what vanished.
#[derive(Debug, Clone, Default)]
pub struct Alignment {
    anchors: Vec<Anchor>,
}

impl Alignment {
    pub fn reset(&mut self) {
        self.anchors.clear();
        self.anchors.push(Anchor { norm: 0, raw: 0 });
    }

    /// States that byte `norm` of the view is byte `raw` of the text from here on.
    pub fn push(&mut self, norm: usize, raw: usize) {
        let anchor = Anchor { norm: norm as u32, raw: raw as u32 };
        if self.anchors.last() != Some(&anchor) {
            self.anchors.push(anchor);
        }
    }

    /// Takes stretches out of the view, in their order.
    pub fn cut(&mut self, stretches: &[NormSpan]) {
        let old = self.clone();
        self.anchors.clear();
        let (mut next, mut removed) = (0, 0);
        for stretch in stretches {
            while let Some(anchor) = old.anchors.get(next).filter(|anchor| anchor.norm <= stretch.start) {
                // What vanished right before the stretch belongs to what is cut.
                if anchor.norm < stretch.start || anchor.raw as usize <= old.raw_end(stretch.start as usize) {
                    self.push((anchor.norm - removed) as usize, anchor.raw as usize);
                }
                next += 1;
            }
            let at = (stretch.start - removed) as usize;
            self.push(at, old.raw_end(stretch.start as usize));
            self.push(at, old.raw_start(stretch.end as usize));
            removed += stretch.end - stretch.start;
            while old.anchors.get(next).is_some_and(|anchor| anchor.norm <= stretch.end) {
                next += 1;
            }
        }
        for anchor in &old.anchors[next..] {
            self.push((anchor.norm - removed) as usize, anchor.raw as usize);
        }
    }

    /// The raw byte at which the view's byte `at` begins, after anything that vanished before it.
    pub fn raw_start(&self, at: usize) -> usize {
        let after = self.anchors.partition_point(|anchor| anchor.norm as usize <= at);
        let anchor = self.anchors[after - 1];
        anchor.raw as usize + (at - anchor.norm as usize)
    }

    /// The raw byte at which what lies before the view's byte `at` ends, before anything that vanished after it.
    pub fn raw_end(&self, at: usize) -> usize {
        let first = self.anchors.partition_point(|anchor| (anchor.norm as usize) < at);
        match self.anchors.get(first) {
            Some(anchor) if anchor.norm as usize == at => anchor.raw as usize,
            _ if first == 0 => 0,
            _ => {
                let anchor = self.anchors[first - 1];
                anchor.raw as usize + (at - anchor.norm as usize)
            }
        }
    }

    pub fn raw_span(&self, span: NormSpan) -> RawSpan {
        let start = self.raw_start(span.start as usize);
        if span.is_empty() {
            return RawSpan::new(start, start);
        }
        RawSpan::new(start, self.raw_end(span.end as usize))
    }
}

impl Alignment {
    /// The way back for many spans that come by start.
    pub fn forward(&self) -> Forward<'_> {
        Forward { anchors: &self.anchors, after: 0 }
    }
}

/// A cursor: from one span to the next few anchors are passed, where a search would look at many.
#[derive(Debug, Clone)]
pub struct Forward<'a> {
    anchors: &'a [Anchor],
    /// The first anchor beyond the start of the last span.
    after: usize,
}

impl Forward<'_> {
    /// The same as [`Alignment::raw_span`]. Spans must come by start.
    pub fn raw_span(&mut self, span: NormSpan) -> RawSpan {
        let passed = |from: usize, is_passed: &dyn Fn(&Anchor) -> bool| {
            from + self.anchors[from..].iter().take_while(|anchor| is_passed(anchor)).count()
        };
        self.after = passed(self.after, &|anchor| anchor.norm <= span.start);
        let raw = |anchor: &Anchor, at: u32| (anchor.raw + (at - anchor.norm)) as usize;
        let start = raw(&self.anchors[self.after - 1], span.start);
        if span.is_empty() {
            return RawSpan::new(start, start);
        }
        let end = passed(self.after, &|anchor| anchor.norm < span.end);
        let anchor = self.anchors.get(end).filter(|anchor| anchor.norm == span.end);
        RawSpan::new(start, raw(anchor.unwrap_or(&self.anchors[end - 1]), span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::super::View;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn spans_by_start_are_led_back_as_single_ones(
            raw in "[ab \u{e9}\u{ad}\u{301}\u{2019}\n]{0,50}",
            spans in proptest::collection::vec((0usize..50, 0usize..9), 0..12),
        ) {
            let view = View::of(&raw);
            let length = view.text().len();
            let mut spans: Vec<NormSpan> = spans
                .into_iter()
                .map(|(start, more)| NormSpan::new(start.min(length), (start + more).min(length)))
                .collect();
            spans.sort_unstable();
            let mut forward = view.alignment().forward();
            for span in spans {
                prop_assert_eq!(forward.raw_span(span), view.raw_span(span));
            }
        }
    }
}
