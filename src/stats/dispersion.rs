//! Dispersion: is an item spread over the articles of a group, or is it a matter of a few?
//!
//! Parts are articles with their real sizes: `f_i` hits in `s_i` words, `F` hits in `S` words together, `k` parts.
//! A part without words has no rate and is no part.

use super::exact::{cross_difference, float, positive_zero};

/// One article: hits of the item, and all its counted words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Part {
    /// Hits of the item.
    pub count: u64,
    /// Counted words.
    pub size: u64,
}

impl Part {
    pub(super) fn rate(self) -> f64 {
        self.count as f64 / self.size as f64
    }
}

pub(super) fn with_words(parts: &[Part]) -> impl Iterator<Item = Part> + Clone {
    parts.iter().copied().filter(|part| part.size > 0)
}

/// Hits, words and number of the parts with words.
pub(super) fn totals(parts: &[Part]) -> (u128, u128, u64) {
    with_words(parts).fold((0, 0, 0), |(hits, words, number), part| {
        (hits + u128::from(part.count), words + u128::from(part.size), number + 1)
    })
}

/// Number of parts with at least one hit.
pub fn range(parts: &[Part]) -> u64 {
    with_words(parts).filter(|part| part.count > 0).count() as u64
}

/// Juilland's D: `1 - (sd_pop(p)/mean(p))/sqrt(k-1)` over the rates `p = f/size`.
///
/// 0, all hits in one part, to 1, the same rate in every part. `None` with fewer than two parts or no hit. Juilland
/// and Chang-Rodríguez (1964), *Frequency dictionary of Spanish words*.
pub fn juilland_d(parts: &[Part]) -> Option<f64> {
    let (hits, _, number) = totals(parts);
    if number < 2 || hits == 0 {
        return None;
    }
    let rates = || with_words(parts).map(Part::rate);
    let k = number as f64;
    // 1 - variation = (1 - variation^2)/(1 + variation), and 1 - variation^2 is a sum of products of two rates: it is
    // exactly 0 when one part has all hits.
    let (mut sum, mut products) = (0.0, 0.0);
    for rate in rates() {
        products += sum * rate;
        sum += rate;
    }
    let mean = sum / k;
    let variance = rates().map(|rate| (rate - mean) * (rate - mean)).sum::<f64>() / k;
    let variation = variance.sqrt() / mean / (k - 1.0).sqrt();
    let shared = 2.0 * k * products / ((k - 1.0) * sum * sum);
    Some((shared / (1.0 + variation)).min(1.0))
}

/// Gries' deviation of proportions: `0.5*sum(abs(f_i/F - s_i/S))`.
///
/// 0, the hits lie as the words do, to below 1. `None` when there is no hit. Gries (2008), *Dispersions and adjusted
/// frequencies in corpora*.
pub fn gries_dp(parts: &[Part]) -> Option<f64> {
    let (hits, words, _) = totals(parts);
    if hits == 0 {
        return None;
    }
    let deviation: f64 =
        with_words(parts).map(|part| cross_difference(part.count.into(), words, part.size.into(), hits).abs()).sum();
    Some(positive_zero(0.5 * deviation / (float(hits) * float(words))))
}

/// Deviation of proportions over its largest possible value: `gries_dp / (1 - min(s_i/S))`.
///
/// 0, even, to 1, all hits in the smallest part. `None` with fewer than two parts or no hit. Lijffijt and Gries (2012),
/// *Correction to Stefan Th. Gries' "Dispersions and adjusted frequencies in corpora"*.
pub fn dp_norm(parts: &[Part]) -> Option<f64> {
    normalised(gries_dp(parts)?, parts)
}

/// [`dp_norm`] of a known [`gries_dp`].
pub fn normalised(deviation: f64, parts: &[Part]) -> Option<f64> {
    let (_, words, number) = totals(parts);
    let smallest = with_words(parts).map(|part| part.size).min()?;
    (number >= 2).then(|| (deviation * float(words) / float(words - u128::from(smallest))).min(1.0))
}
