//! Within a layer: longest first, leftmost, without overlap; a mask hides what lies inside it.

use super::RejectReason;
use crate::span::NormSpan;

/// A hit that does not count, with the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejected {
    pub span: NormSpan,
    pub entry: super::Entry,
    pub sentence: u32,
    pub reason: RejectReason,
}

/// How far the hits taken so far reach in one layer (or one frame, or one pair).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Reach {
    end: u32,
    masked: u32,
}

impl Reach {
    /// Takes a span if nothing taken before covers its start. Spans come by start, longer first.
    pub fn take(&mut self, span: NormSpan) -> Result<(), RejectReason> {
        self.is_free(span)?;
        self.end = span.end;
        Ok(())
    }

    /// Takes the span of a mask.
    pub fn mask(&mut self, span: NormSpan) -> Result<(), RejectReason> {
        self.take(span)?;
        self.masked = span.end;
        Ok(())
    }

    pub fn is_free(&self, span: NormSpan) -> Result<(), RejectReason> {
        if span.start >= self.end {
            return Ok(());
        }
        Err(if self.masked == self.end { RejectReason::Masked } else { RejectReason::Shadowed })
    }
}
