//! Ratios whose sample are articles: the words of one article hang together, and the article is what was sampled.
//!
//! Article `i` of a group has `f_i` of `s_i`; `m` articles have `s_i > 0`, `F` and `S` are the sums, `r = F/S`.

use super::dispersion::{Part, with_words};
use super::exact::{cross_difference, float, ratio};
use super::intervals::Interval;
use super::quantile::{beta_975_lower, student_t_975};
use rustc_hash::FxHashMap;
use std::cell::RefCell;

/// The sums over the articles of a group: integers, so that groups merge and differ exactly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Articles with `s_i > 0`.
    pub m: u64,
    /// Sum of `f_i`.
    pub f: u64,
    /// Sum of `s_i`.
    pub s: u64,
    ff: u128,
    fs: u128,
    ss: u128,
}

impl Sums {
    /// Of some articles.
    pub fn of(parts: &[Part]) -> Self {
        let mut sums = Self::default();
        with_words(parts).for_each(|part| sums.add(part));
        sums
    }

    /// Adds an article; one without `s_i` changes nothing.
    pub fn add(&mut self, Part { count, size }: Part) {
        if size == 0 {
            return;
        }
        let (f, s) = (u128::from(count), u128::from(size));
        self.m += 1;
        self.f += count;
        self.s += size;
        self.ff += f * f;
        self.fs += f * s;
        self.ss += s * s;
    }

    /// With those of other articles.
    pub fn plus(self, other: Self) -> Self {
        Self {
            m: self.m + other.m,
            f: self.f + other.f,
            s: self.s + other.s,
            ff: self.ff + other.ff,
            fs: self.fs + other.fs,
            ss: self.ss + other.ss,
        }
    }

    /// Without those of some of its articles.
    pub fn minus(self, part: Self) -> Self {
        Self {
            m: self.m - part.m,
            f: self.f - part.f,
            s: self.s - part.s,
            ff: self.ff - part.ff,
            fs: self.fs - part.fs,
            ss: self.ss - part.ss,
        }
    }

    /// `F/S`; `None` when `S = 0`.
    pub fn value(&self) -> Option<f64> {
        ratio(self.f as f64, self.s as f64)
    }

    /// Variance of the ratio over articles, `m/(m-1) * sum((f_i - r*s_i)^2) / S^2`; `None` when `m < 2`. Cochran
    /// (1977), *Sampling techniques*.
    pub fn variance(&self) -> Option<f64> {
        if self.m < 2 {
            return None;
        }
        let m = self.m as f64;
        Some(m / (m - 1.0) * self.squares() / (self.s as f64).powi(2))
    }

    /// `sum((f_i - r*s_i)^2)`, from integers while they fit: equal rates give exactly 0.
    fn squares(&self) -> f64 {
        let (f, s) = (u128::from(self.f), u128::from(self.s));
        let exact = || {
            let positive =
                self.ff.checked_mul(s)?.checked_mul(s)?.checked_add(self.ss.checked_mul(f)?.checked_mul(f)?)?;
            let negative = self.fs.checked_mul(f)?.checked_mul(s)?.checked_mul(2)?;
            Some(float(positive.saturating_sub(negative)) / float(s) / float(s))
        };
        exact().unwrap_or_else(|| {
            let r = float(f) / float(s);
            (float(self.ff) - 2.0 * r * float(self.fs) + r * r * float(self.ss)).max(0.0)
        })
    }

    /// Design effect, the variance over `r(1-r)/S`, which it would be if the units of `S` were drawn one by one; `None`
    /// when `m < 2`, `F = 0` or `F >= S`. Kish (1965), *Survey sampling*.
    pub fn deff(&self) -> Option<f64> {
        if self.f == 0 || self.f >= self.s {
            return None;
        }
        let r = self.value()?;
        let others = (self.s - self.f) as f64 / self.s as f64;
        Some(self.variance()? / (r * others / self.s as f64))
    }

    /// Hits and units of a simple sample that would tell as much: `x` and `n` of the Korn-Graubard interval.
    fn effective(&self) -> Option<(f64, f64)> {
        if self.m < 2 || self.f > self.s {
            return None;
        }
        let s = self.s as f64;
        let deff = self.deff().unwrap_or(1.0).max(1.0);
        let t = student_t_975(s - 1.0) / student_t_975(self.m as f64 - 1.0);
        let n = (s / deff * t * t).min(s);
        Some((self.f as f64 / s * n, n))
    }

    /// The effective sample size `n` of the interval; `None` when `m < 2`.
    pub fn effective_size(&self) -> Option<f64> {
        Some(self.effective()?.1)
    }

    /// 95% interval of the ratio, after Korn and Graubard (1998), *Confidence intervals for proportions with small
    /// expected number of positive counts estimated from survey data*.
    ///
    /// `n = min(S, S/max(deff,1) * (t(.975;S-1)/t(.975;m-1))^2)`, `x = r*n`; low is the quantile .025 of
    /// Beta(x, n-x+1), 0 at `x = 0`; high the quantile .975 of Beta(x+1, n-x), 1 at `x = n`. `None` when `m < 2`.
    pub fn interval(&self) -> Option<Interval> {
        let (x, n) = self.effective()?;
        let find = || {
            let rest = (self.s - self.f) as f64 / self.s as f64 * n;
            let low = if self.f == 0 { 0.0 } else { beta_975_lower(x, rest + 1.0) };
            let high = if self.f == self.s { 1.0 } else { 1.0 - beta_975_lower(rest, x + 1.0) };
            Interval { low, high }
        };
        KNOWN.with_borrow_mut(|known| {
            if known.len() >= MOST_KNOWN {
                known.clear();
            }
            Some(*known.entry((self.f, self.s, n.to_bits())).or_insert_with(find))
        })
    }
}

thread_local! {
    /// Intervals that were asked for, by all that they are made of. A frame, its loaded terms and its only term have the same
    /// sums, and so have the tables of rates and of contrasts; and small groups have few hits of everything. Of 1,000 sources a
    /// seventh of all intervals is computed.
    static KNOWN: RefCell<FxHashMap<(u64, u64, u64), Interval>> = RefCell::default();
}

/// Intervals that are kept: 3 MB of a thread.
const MOST_KNOWN: usize = 1 << 16;

/// `r1/r2`; `None` when either is 0 or missing.
pub fn ratio_of(target: &Sums, reference: &Sums) -> Option<f64> {
    (target.f > 0 && reference.f > 0).then(|| Some(target.value()? / reference.value()?))?
}

/// 95% interval of `r1/r2`: `exp(ln(r1/r2) -/+ t(.975; df)*sqrt(v1+v2))`, `v` the variance over `r^2` of a side,
/// `df = (v1+v2)^2 / (v1^2/(m1-1) + v2^2/(m2-1))`. `None` where the ratio is, and when a side has `m < 2`. Welch (1947),
/// *The generalization of Student's problem when several different population variances are involved*.
pub fn ratio_interval(target: &Sums, reference: &Sums) -> Option<Interval> {
    let ratio = ratio_of(target, reference)?;
    let relative = |side: &Sums| Some(side.variance()? / side.value()?.powi(2));
    let (v1, v2) = (relative(target)?, relative(reference)?);
    let v = v1 + v2;
    if v == 0.0 {
        return Some(Interval { low: ratio, high: ratio });
    }
    let df = v * v / (v1 * v1 / (target.m - 1) as f64 + v2 * v2 / (reference.m - 1) as f64);
    let reach = (student_t_975(df) * v.sqrt()).exp();
    let ends = Interval { low: ratio / reach, high: ratio * reach };
    ends.high.is_finite().then_some(ends)
}

/// `abs(r1 - r2)` of a division of the articles; `None` when a side has nothing to divide by.
pub(super) fn distance(f1: u64, s1: u64, f: u64, s: u64) -> Option<f64> {
    // r1 - r2 = (F1*S - F*S1) / (S1*S2), with F and S those of both sides.
    let between = cross_difference(f1.into(), s.into(), f.into(), s1.into()).abs();
    ratio(between, s1 as f64 * (s - s1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn sums(f: &[u64], s: &[u64]) -> Sums {
        let parts: Vec<Part> = f.iter().zip(s).map(|(count, size)| Part { count: *count, size: *size }).collect();
        Sums::of(&parts)
    }

    fn near(value: Option<f64>, expected: f64) {
        assert_relative_eq!(value.expect("defined"), expected, max_relative = 5e-9);
    }

    #[test]
    fn ratios_have_their_vectors() {
        let a = sums(&[3, 0, 1, 2], &[500, 400, 600, 500]);
        near(a.value(), 0.003);
        near(a.variance(), 1.526666667e-6);
        near(a.deff(), 1.020840301);
        near(a.effective_size(), 743.998866);
        let ends = a.interval().expect("an interval");
        near(Some(ends.low), 0.000428297039);
        near(Some(ends.high), 0.0101653528);
        let b = sums(&[0, 1, 0, 0, 1], &[700, 500, 400, 600, 300]);
        near(b.value(), 0.0008);
        near(b.deff(), 0.990792634);
        near(b.effective_size(), 1247.03545);
        let ends = b.interval().expect("an interval");
        near(Some(ends.low), 0.0000201025367);
        near(Some(ends.high), 0.00445643963);
        let none = sums(&[0, 0, 0], &[400, 500, 300]);
        near(none.effective_size(), 249.506628);
        let ends = none.interval().expect("an interval");
        assert_eq!(ends.low, 0.0);
        near(Some(ends.high), 0.0146759383);
        let share = sums(&[3, 4, 2, 5], &[9, 10, 4, 12]);
        near(share.value(), 0.4);
        near(share.effective_size(), 14.2724257);
        let ends = share.interval().expect("an interval");
        near(Some(ends.low), 0.158365051);
        near(Some(ends.high), 0.684098313);
        near(ratio_of(&a, &b), 3.75);
        let ends = ratio_interval(&a, &b).expect("an interval");
        near(Some(ends.low), 0.519440558);
        near(Some(ends.high), 27.0723951);
    }

    #[test]
    fn what_is_undefined_is_none() {
        let one = sums(&[3], &[10]);
        assert_eq!((one.value(), one.variance(), one.deff(), one.interval()), (Some(0.3), None, None, None));
        let nothing = sums(&[0, 0], &[0, 0]);
        assert_eq!((nothing.value(), nothing.variance(), nothing.interval()), (None, None, None));
        let all = sums(&[4, 6], &[4, 6]);
        assert_eq!(all.deff(), None);
        assert_eq!(all.interval().expect("an interval").high, 1.0);
        assert_eq!(ratio_of(&all, &sums(&[0, 0], &[5, 5])), None);
        // As often in every article: nothing varies.
        let ends = ratio_interval(&sums(&[1, 2], &[10, 20]), &sums(&[2, 4], &[10, 20])).expect("an interval");
        assert_eq!((ends.low, ends.high), (0.5, 0.5));
    }

    #[test]
    fn sums_add_up_and_come_apart() {
        let (a, b) = (sums(&[3, 0], &[5, 4]), sums(&[1, 2], &[6, 5]));
        let both = sums(&[3, 0, 1, 2], &[5, 4, 6, 5]);
        assert_eq!(a.plus(b), both);
        assert_eq!(both.minus(a), b);
    }
}
