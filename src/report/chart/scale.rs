//! From values to positions.

/// A linear scale from zero.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    pub from: f64,
    pub to: f64,
    /// Position of `from` and of `to`.
    pub start: f64,
    pub end: f64,
}

impl Scale {
    pub fn place(&self, value: f64) -> f64 {
        if self.to <= self.from {
            return self.start;
        }
        self.start + (value - self.from) / (self.to - self.from) * (self.end - self.start)
    }

    /// Round numbers that cover the scale, about `wanted` of them.
    pub fn ticks(&self, wanted: usize) -> Vec<f64> {
        let step = round_step((self.to - self.from) / wanted.max(1) as f64);
        if !(step > 0.0 && step.is_finite()) {
            return vec![self.from];
        }
        let first = (self.from / step).ceil() as i64;
        let last = (self.to / step + 1e-9).floor() as i64;
        (first..=last.min(first + 20)).map(|n| n as f64 * step).collect()
    }
}

/// The smallest of 1, 2, 5 times a power of ten that is not below `least`.
fn round_step(least: f64) -> f64 {
    if !(least > 0.0 && least.is_finite()) {
        return 0.0;
    }
    let mut power = 1.0;
    while power > least {
        power /= 10.0;
    }
    while power * 10.0 <= least {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= least).unwrap_or(power * 10.0)
}

/// A round number not below `value`, for the end of an axis.
pub(super) fn round_up(value: f64) -> f64 {
    let step = round_step(value / 4.0);
    if step > 0.0 { (value / step).ceil() * step } else { 1.0 }
}

/// A tick's number without needless zeros.
pub(super) fn tick(value: f64) -> String {
    let text = format!("{value:.3}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" || text.is_empty() { "0".into() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        let scale = Scale { from: 0.0, to: 7.3, start: 0.0, end: 100.0 };
        assert_eq!(scale.ticks(4), [0.0, 2.0, 4.0, 6.0]);
        assert_eq!(round_up(7.3), 8.0);
        assert_eq!([tick(0.5), tick(-0.0), tick(20.0)], ["0.5", "0", "20"]);
        assert_eq!(Scale { from: 0.0, to: 0.0, start: 3.0, end: 9.0 }.place(1.0), 3.0);
    }
}
