//! The 2x2 table behind keyness and association, drawn once.
//!
//! Keyness: how often an item occurs in the words of a target and of a reference.
//!
//! ```text
//!              target   reference
//! item            a         b       R = a + b
//! other words     c         d       N - R
//!                n1        n2       N = n1 + n2
//! ```
//!
//! Association: in how many units (sentences, paragraphs, articles) two items occur together.
//!
//! ```text
//!              second    not second
//! first          o11        o12      r1
//! not first      o21        o22      n - r1
//!                c1        n - c1    n
//! ```
//!
//! The expected count of a cell is its row total times its column total over the grand total. All four cells are as
//! far from their expected count: `O - E = (ad - bc)/N` for `a` and `d`, and the negative of it for `b` and `c`.

use super::exact::{cross_difference, float, positive_zero, sum};
use super::special::deviance_part;

/// Four observed counts; `first` and `second` are the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cells {
    pub(super) a: u64,
    pub(super) b: u64,
    pub(super) c: u64,
    pub(super) d: u64,
}

impl Cells {
    /// Total of all four cells.
    pub(super) fn total(self) -> u128 {
        sum(self.a, self.b) + sum(self.c, self.d)
    }

    /// `ad - bc`, exact before rounding; positive when `a` is above its expected count.
    pub(super) fn cross(self) -> f64 {
        cross_difference(self.a.into(), self.d.into(), self.b.into(), self.c.into())
    }

    /// Log-likelihood ratio `2*sum(O*ln(O/E))` with the sign of `ad - bc`; 0 for an empty table.
    ///
    /// `sum(O - E)` is 0, so that `O*ln(O/E) - (O - E)` sums to the same; none of its parts is negative and nothing
    /// cancels.
    pub(super) fn signed_likelihood_ratio(self) -> f64 {
        let total = float(self.total());
        if total == 0.0 {
            return 0.0;
        }
        let cross = self.cross();
        let difference = cross / total;
        let (top, bottom) = (float(sum(self.a, self.b)), float(sum(self.c, self.d)));
        let (left, right) = (float(sum(self.a, self.c)), float(sum(self.b, self.d)));
        let part = |observed: u64, row: f64, column: f64, difference: f64| {
            deviance_part(observed as f64, row * column / total, difference)
        };
        let magnitude = 2.0
            * (part(self.a, top, left, difference)
                + part(self.b, top, right, -difference)
                + part(self.c, bottom, left, -difference)
                + part(self.d, bottom, right, difference));
        positive_zero(if cross < 0.0 { -magnitude } else { magnitude })
    }
}

/// `a` of `n1` words in the target, `b` of `n2` words in the reference; see the drawing at the top of this file.
///
/// `n1` and `n2` are all counted words of a side, never the number of dictionary hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Keyness {
    a: u64,
    n1: u64,
    b: u64,
    n2: u64,
}

impl Keyness {
    /// The table of these counts; `None` when a side has no words (it has no rate) or more hits than words.
    pub fn new(a: u64, n1: u64, b: u64, n2: u64) -> Option<Self> {
        (n1 > 0 && n2 > 0 && a <= n1 && b <= n2).then_some(Self { a, n1, b, n2 })
    }

    /// Hits in the target.
    pub fn a(self) -> u64 {
        self.a
    }

    /// Words of the target.
    pub fn n1(self) -> u64 {
        self.n1
    }

    /// Hits in the reference.
    pub fn b(self) -> u64 {
        self.b
    }

    /// Words of the reference.
    pub fn n2(self) -> u64 {
        self.n2
    }

    /// The same comparison seen from the reference.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self { a: self.b, n1: self.n2, b: self.a, n2: self.n1 }
    }

    pub(super) fn cells(self) -> Cells {
        Cells { a: self.a, b: self.b, c: self.n1 - self.a, d: self.n2 - self.b }
    }

    /// `R`, the hits of both sides.
    pub(super) fn hits(self) -> u128 {
        sum(self.a, self.b)
    }

    /// `N`, the words of both sides.
    pub(super) fn words(self) -> u128 {
        sum(self.n1, self.n2)
    }
}

/// `o11` of `n` units hold both items, `r1` the first, `c1` the second; see the drawing at the top of this file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Association {
    o11: u64,
    r1: u64,
    c1: u64,
    n: u64,
}

impl Association {
    /// The table of these counts; `None` when there is no unit, or the four numbers cannot be counts of one set of
    /// units (a marginal above `n`, an overlap above a marginal, a negative `o22`).
    pub fn new(o11: u64, r1: u64, c1: u64, n: u64) -> Option<Self> {
        let is_possible = n > 0 && o11 <= r1.min(c1) && r1.max(c1) <= n && sum(r1, c1) <= sum(n, o11);
        is_possible.then_some(Self { o11, r1, c1, n })
    }

    /// Units with both items.
    pub fn o11(self) -> u64 {
        self.o11
    }

    /// Units with the first item.
    pub fn r1(self) -> u64 {
        self.r1
    }

    /// Units with the second item.
    pub fn c1(self) -> u64 {
        self.c1
    }

    /// All units.
    pub fn n(self) -> u64 {
        self.n
    }

    /// The same pair in the other order.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self { r1: self.c1, c1: self.r1, ..self }
    }

    pub(super) fn cells(self) -> Cells {
        let (o12, o21) = (self.r1 - self.o11, self.c1 - self.o11);
        Cells { a: self.o11, b: o12, c: o21, d: self.n - self.r1 - o21 }
    }
}
