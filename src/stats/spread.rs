//! How an item is spread over the articles of a group, from the few that have it: the same values, bit for bit, as the
//! functions over all articles give, in time that follows the articles with a hit.

use super::clusters::Sums;
use super::dispersion::Part;
use super::exact::{float, positive_zero, ratio};
use super::intervals::Interval;

/// What is the same for every item: the counted words of a group's articles. Articles without any are no part of it.
#[derive(Debug, Default)]
pub struct Sizes {
    /// Of all articles, without hits.
    sums: Sums,
    /// In the order of the articles.
    sizes: Vec<u64>,
    ascending: Vec<u64>,
}

impl Sizes {
    /// Of the articles' words.
    pub fn new(words: impl Iterator<Item = u64>) -> Self {
        let sizes: Vec<u64> = words.filter(|size| *size > 0).collect();
        let mut sums = Sums::default();
        sizes.iter().for_each(|size| sums.add(Part { count: 0, size: *size }));
        let mut ascending = sizes.clone();
        ascending.sort_unstable();
        Self { sums, sizes, ascending }
    }
}

/// An item in a group.
#[derive(Debug, Clone, Copy)]
pub struct Spread<'s> {
    sizes: &'s Sizes,
    /// The articles that have it, ascending: their places among those with words, counted from `first`.
    hits: &'s [(u32, Part)],
    first: u32,
}

impl<'s> Spread<'s> {
    /// The places begin with `first`.
    pub fn new(sizes: &'s Sizes, hits: &'s [(u32, Part)], first: u32) -> Self {
        Self { sizes, hits, first }
    }

    fn parts(&self) -> impl DoubleEndedIterator<Item = Part> + use<'s> {
        self.hits.iter().map(|(_, part)| *part)
    }

    /// Articles with words.
    pub fn articles(&self) -> u64 {
        self.sizes.sums.m
    }

    /// Hits in all articles.
    pub fn hits(&self) -> u64 {
        self.parts().map(|part| part.count).sum()
    }

    /// See [`Sums`].
    pub fn sums(&self) -> Sums {
        let (mut with, mut without) = (Sums::default(), Sums::default());
        for part in self.parts() {
            with.add(part);
            without.add(Part { count: 0, size: part.size });
        }
        self.sizes.sums.minus(without).plus(with)
    }

    /// See [`leave_one_out`](super::leave_one_out).
    pub fn leave_one_out(&self) -> Option<Interval> {
        let (hits, words) = (u128::from(self.hits()), u128::from(self.sizes.sums.s));
        if self.sizes.sums.m < 2 {
            return None;
        }
        let rate = |part: Part| float(hits - u128::from(part.count)) / float(words - u128::from(part.size));
        // Of the articles without a hit only the shortest and the longest can be at an end.
        let ends = self.shortest_and_longest_without().into_iter().flatten().map(|size| Part { count: 0, size });
        let rates = self.parts().chain(ends).map(rate);
        let (low, high) =
            rates.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), rate| (low.min(rate), high.max(rate)));
        Some(Interval { low, high })
    }

    fn shortest_and_longest_without(&self) -> [Option<u64>; 2] {
        let mut with: Vec<u64> = self.parts().map(|part| part.size).collect();
        with.sort_unstable();
        let all = &self.sizes.ascending;
        let mut shortest = with.iter();
        let mut longest = with.iter().rev();
        [
            all.iter().find(|size| shortest.next() != Some(size)).copied(),
            all.iter().rev().find(|size| longest.next() != Some(size)).copied(),
        ]
    }

    /// See [`mean_of_articles`](super::mean_of_articles).
    pub fn mean_of_articles(&self) -> Option<f64> {
        ratio(self.parts().map(Part::rate).fold(0.0, |sum, rate| sum + rate), self.sizes.sums.m as f64)
    }

    /// See [`range`](super::dispersion::range).
    pub fn range(&self) -> u64 {
        self.parts().filter(|part| part.count > 0).count() as u64
    }

    /// See [`juilland_d`](super::dispersion::juilland_d).
    pub fn juilland_d(&self) -> Option<f64> {
        let number = self.sizes.sums.m;
        if number < 2 || self.hits() == 0 {
            return None;
        }
        let k = number as f64;
        let (mut sum, mut products) = (0.0, 0.0);
        for rate in self.parts().map(Part::rate) {
            products += sum * rate;
            sum += rate;
        }
        let mean = sum / k;
        // An article without a hit adds the same square each time.
        let square = |rate: f64| (rate - mean) * (rate - mean);
        let (mut squares, mut next) = (0.0, self.first);
        for (place, part) in self.hits {
            squares = add_often(squares, square(0.0), u64::from(place - next));
            squares += square(part.rate());
            next = place + 1;
        }
        squares = add_often(squares, square(0.0), number - u64::from(next - self.first));
        let variation = (squares / k).sqrt() / mean / (k - 1.0).sqrt();
        let shared = 2.0 * k * products / ((k - 1.0) * sum * sum);
        Some((shared / (1.0 + variation)).min(1.0))
    }

    /// See [`gries_dp`](super::dispersion::gries_dp).
    pub fn gries_dp(&self) -> Option<f64> {
        let (hits, words) = (u128::from(self.hits()), u128::from(self.sizes.sums.s));
        if hits == 0 {
            return None;
        }
        // All sums are of integers: while floats hold them exactly, their order does not matter.
        let deviation = if 2 * hits * words < 1 << f64::MANTISSA_DIGITS {
            let with = self.parts().map(|part| (u128::from(part.count) * words).abs_diff(u128::from(part.size) * hits));
            let their_words: u128 = self.parts().map(|part| u128::from(part.size)).sum();
            float(with.sum::<u128>() + (words - their_words) * hits)
        } else {
            let mut counts = self.hits.iter().peekable();
            let part = |(place, size): (u32, &u64)| {
                let count = counts.next_if(|(at, _)| at - self.first == place).map_or(0, |(_, part)| part.count);
                float((u128::from(count) * words).abs_diff(u128::from(*size) * hits))
            };
            (0..).zip(&self.sizes.sizes).map(part).sum()
        };
        Some(positive_zero(0.5 * deviation / (float(hits) * float(words))))
    }

    /// [`dp_norm`](super::dispersion::dp_norm) of a known [`gries_dp`](super::dispersion::gries_dp).
    pub fn normalised(&self, deviation: f64) -> Option<f64> {
        let words = u128::from(self.sizes.sums.s);
        let smallest = *self.sizes.ascending.first()?;
        let others = float(words - u128::from(smallest));
        (self.sizes.sums.m >= 2).then(|| (deviation * float(words) / others).min(1.0))
    }
}

/// `sum + value`, rounded, and that again, so many times; both are 0 or more. Between two powers of two each addition
/// adds the same number of units in the last place, so that they are taken together.
fn add_often(mut sum: f64, value: f64, mut times: u64) -> f64 {
    while times > 0 {
        let next = sum + value;
        times -= 1;
        if next == sum {
            return sum;
        }
        let step = next.to_bits() - sum.to_bits();
        let is_same_power = next.to_bits() >> 52 == sum.to_bits() >> 52;
        sum = next;
        let again = sum + value;
        // A tie is rounded up and down in turn: it is added one by one.
        if times == 0 || !is_same_power || again.to_bits().wrapping_sub(sum.to_bits()) != step || is_tie(sum, value) {
            continue;
        }
        let room = (1u64 << 52) - 1 - (sum.to_bits() & ((1 << 52) - 1));
        let together = times.min(room / step);
        sum = f64::from_bits(sum.to_bits() + together * step);
        times -= together;
    }
    sum
}

/// Whether `sum + value` lies half way between two floats.
fn is_tie(sum: f64, value: f64) -> bool {
    let rounded = sum + value;
    // Both differences are exact, since `sum` is the larger one.
    let error = if sum >= value { value - (rounded - sum) } else { sum - (rounded - value) };
    let unit = f64::from_bits(rounded.to_bits() + 1) - rounded;
    error.abs() * 2.0 == unit
}

#[cfg(test)]
mod tests {
    use super::super::{dispersion, leave_one_out, mean_of_articles};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn few_articles_give_the_bits_that_all_give(
            parts in proptest::collection::vec((prop_oneof![6 => Just(0u64), 1 => 1u64..9], 0u64..400), 1..300),
            large in prop_oneof![Just(1u64), Just(1 << 22)],
        ) {
            let parts: Vec<Part> = parts
                .into_iter()
                .map(|(count, size)| Part { count: count.min(size), size: size * large })
                .collect();
            let sizes = Sizes::new(parts.iter().map(|part| part.size));
            let with_words = parts.iter().filter(|part| part.size > 0);
            let hits: Vec<(u32, Part)> = (7..).zip(with_words.copied()).filter(|(_, part)| part.count > 0).collect();
            let spread = Spread::new(&sizes, &hits, 7);
            prop_assert_eq!(spread.sums(), Sums::of(&parts));
            prop_assert_eq!(spread.leave_one_out(), leave_one_out(&parts));
            prop_assert_eq!(spread.mean_of_articles(), mean_of_articles(&parts));
            prop_assert_eq!(spread.range(), dispersion::range(&parts));
            prop_assert_eq!(spread.juilland_d(), dispersion::juilland_d(&parts));
            prop_assert_eq!(spread.gries_dp(), dispersion::gries_dp(&parts));
            let deviation = spread.gries_dp();
            prop_assert_eq!(deviation.and_then(|deviation| spread.normalised(deviation)), dispersion::dp_norm(&parts));
        }

        #[test]
        fn many_additions_at_once_are_those_one_by_one(
            sum in prop_oneof![Just(0.0f64), 1e-12f64..1.0, Just(1.0)],
            value in prop_oneof![0.0f64..1e-6, 1e-17f64..1e-9, Just(f64::EPSILON / 2.0), Just(f64::EPSILON * 1.5), Just(0.125)],
            times in 0u64..5000,
        ) {
            let one_by_one = (0..times).fold(sum, |sum, _| sum + value);
            prop_assert_eq!(add_often(sum, value, times).to_bits(), one_by_one.to_bits());
        }
    }
}
