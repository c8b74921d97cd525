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
