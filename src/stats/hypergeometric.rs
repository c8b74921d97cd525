//! Fisher's exact test of a 2x2 table, without a factorial of a large count.

use super::contingency::Cells;
use super::exact::sum;
use super::special::{NEGLIGIBLE, factorial_remainder};

/// Tables this much more probable than the observed one still count as equally probable, as in R and SciPy: a table
/// and its mirror image differ in the last bits only.
const TIE: f64 = 1e-7;

/// Two-sided p: the probability, with all marginals fixed, of a table no more probable than the observed one.
///
/// The tables between the two tails are never visited. Time grows with the standard deviation of a cell, not with the
/// size of the corpus.
pub(super) fn two_sided(observed: Cells) -> f64 {
    let support = Support::of(observed);
    let mode = support.mode();
    let at = support.position(observed);
    let log_observed = support.log_probability(at);
    let limit = log_observed + TIE;
    let as_improbable = |position: u64| support.log_probability(position) <= limit;

    let (lower, upper) = if at <= mode {
        (Some(at), first_where(mode, support.last, as_improbable))
    } else {
        (last_where(0, mode, as_improbable), Some(at))
    };
    if let (Some(low), Some(high)) = (lower, upper)
        && high <= low + 1
    {
        return 1.0;
    }
    let tail = |position: u64, side| {
        let of_first = if position == at { log_observed } else { support.log_probability(position) };
        of_first.exp() * support.over_first(position, side)
    };
    let lower = lower.map_or(0.0, |position| tail(position, Side::Lower));
    let upper = upper.map_or(0.0, |position| tail(position, Side::Upper));
    (lower + upper).min(1.0)
}

#[derive(Clone, Copy)]
enum Side {
    Lower,
    Upper,
}

/// All tables with the marginals of one table, numbered from 0 by how far `a` is above its smallest possible value.
struct Support {
    first: Cells,
    last: u64,
    constant: f64,
}

impl Support {
    fn of(observed: Cells) -> Self {
        let down = observed.a.min(observed.d);
        let up = observed.b.min(observed.c);
        let first = shifted_down(observed, down);
        let marginals = [
            sum(observed.a, observed.b),
            sum(observed.c, observed.d),
            sum(observed.a, observed.c),
            sum(observed.b, observed.d),
        ];
        let constant =
            marginals.into_iter().map(factorial_remainder).sum::<f64>() - factorial_remainder(observed.total());
        Self { first, last: down + up, constant }
    }

    fn position(&self, observed: Cells) -> u64 {
        observed.a - self.first.a
    }

    fn table(&self, position: u64) -> Cells {
        let Cells { a, b, c, d } = self.first;
        Cells { a: a + position, b: b - position, c: c - position, d: d + position }
    }

    /// The most probable table: the last one before the probabilities fall.
    fn mode(&self) -> u64 {
        last_where(0, self.last, |position| position == 0 || rises_to(self.table(position))).unwrap_or(0)
    }

    /// Stirling's main terms of the nine factorials make up half of the log-likelihood ratio; see `special.rs`.
    fn log_probability(&self, position: u64) -> f64 {
        let table = self.table(position);
        let cells = [table.a, table.b, table.c, table.d];
        self.constant
            - cells.into_iter().map(|count| factorial_remainder(count.into())).sum::<f64>()
            - table.signed_likelihood_ratio().abs() / 2.0
    }

    /// Probability of this table and of all beyond it on one side, where they can only fall, over that of this table.
    fn over_first(&self, position: u64, side: Side) -> f64 {
        let mut table = self.table(position);
        let steps = match side {
            Side::Lower => position,
            Side::Upper => self.last - position,
        };
        let mut term = 1.0;
        let mut total = 1.0;
        for _ in 0..steps {
            table = match side {
                Side::Lower => {
                    term *= table.a as f64 * table.d as f64 / ((table.b as f64 + 1.0) * (table.c as f64 + 1.0));
                    shifted_down(table, 1)
                }
                Side::Upper => {
                    term *= table.b as f64 * table.c as f64 / ((table.a as f64 + 1.0) * (table.d as f64 + 1.0));
                    Cells { a: table.a + 1, b: table.b - 1, c: table.c - 1, d: table.d + 1 }
                }
            };
            total += term;
            if term < NEGLIGIBLE * total {
                break;
            }
        }
        total
    }
}

fn shifted_down(table: Cells, by: u64) -> Cells {
    Cells { a: table.a - by, b: table.b + by, c: table.c + by, d: table.d - by }
}

/// Whether this table is at least as probable as its neighbour with one less in `a`: `ad <= (b+1)(c+1)`.
fn rises_to(table: Cells) -> bool {
    let below = u128::from(table.a) * u128::from(table.d);
    // A product beyond 128 bits is above any product of two counts.
    (u128::from(table.b) + 1).checked_mul(u128::from(table.c) + 1).is_none_or(|above| below <= above)
}

/// The last position in `from..=to` where `holds`, given that it holds up to some position and not after it.
fn last_where(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    if !holds(from) {
        return None;
    }
    let (mut yes, mut open) = (from, to);
    while yes < open {
        let middle = yes + (open - yes).div_ceil(2);
        if holds(middle) {
            yes = middle;
        } else {
            open = middle - 1;
        }
    }
    Some(yes)
}

/// The first position in `from..=to` where `holds`, given that it holds from some position on and not before it.
fn first_where(from: u64, to: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    if !holds(to) {
        return None;
    }
    let (mut open, mut yes) = (from, to);
    while open < yes {
        let middle = open + (yes - open) / 2;
        if holds(middle) {
            yes = middle;
        } else {
            open = middle + 1;
        }
    }
    Some(yes)
}
