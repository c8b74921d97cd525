//! Agreement between human coders, and between them and the program.

use std::collections::{BTreeMap, BTreeSet};

use super::exact::{cross_difference, positive_zero, ratio};
use super::intervals::{Interval, wilson};
use super::permutation::Stream;

/// Cohen's kappa of two coders: `(p_o - p_e)/(1 - p_e)`.
///
/// `pairs` holds both codes of every unit. `p_o` is the share of equal codes, `p_e` the share expected from how often
/// each coder uses each code. -1 to 1: 1 full agreement, 0 as by chance. `None` without units, and when both coders use
/// one and the same code throughout. Cohen (1960), *A coefficient of agreement for nominal scales*.
pub fn cohen_kappa<Code: Ord>(pairs: &[(Code, Code)]) -> Option<f64> {
    let mut uses: BTreeMap<&Code, (u128, u128)> = BTreeMap::new();
    let mut agreed: u128 = 0;
    for (first, second) in pairs {
        uses.entry(first).or_default().0 += 1;
        uses.entry(second).or_default().1 += 1;
        agreed += u128::from(first == second);
    }
    let n = pairs.len() as u128;
    let by_chance: u128 = uses.values().map(|(first, second)| first * second).sum();
    ratio(cross_difference(n, agreed, by_chance, 1), (n * n - by_chance) as f64)
}

/// Krippendorff's alpha for nominal codes: `1 - D_o/D_e`, for any number of coders, with gaps.
///
/// `units` holds for each unit what each coder wrote, `None` for a gap; the order of coders does not matter. `D_o` is
/// the observed share of differing pairs of codes within units, each pair weighed by `1/(codes of the unit - 1)`; `D_e`
/// the share among all pairs of codes. Units with fewer than two codes are left out. At most 1: 1 full agreement, 0 as
/// by chance, negative below. `None` when nothing can be paired or all codes are the same. Hayes and Krippendorff
/// (2007), *Answering the call for a standard reliability measure for coding data*.
pub fn krippendorff_alpha<Code: Ord>(units: &[Vec<Option<Code>>]) -> Option<f64> {
    let mut uses: BTreeMap<&Code, u128> = BTreeMap::new();
    // Differing pairs by number of codes in the unit: integers as long as possible.
    let mut differing: BTreeMap<u128, u128> = BTreeMap::new();
    for unit in units {
        let mut codes: BTreeMap<&Code, u128> = BTreeMap::new();
        for code in unit.iter().flatten() {
            *codes.entry(code).or_default() += 1;
        }
        let number: u128 = codes.values().sum();
        if number < 2 {
            continue;
        }
        *differing.entry(number).or_default() += number * number - squares(codes.values());
        for (code, times) in codes {
            *uses.entry(code).or_default() += times;
        }
    }
    let n: u128 = uses.values().sum();
    let expected = (n * n - squares(uses.values())) as f64;
    let observed: f64 = differing.iter().map(|(number, pairs)| (pairs * (n - 1)) as f64 / (number - 1) as f64).sum();
    ratio(expected - observed, expected)
}

/// Draws of a bootstrap.
pub const DRAWS: usize = 1_000;

/// 95% interval of [`krippendorff_alpha`]: articles are drawn with replacement, [`DRAWS`] times, each with all its units;
/// the ends are the percentiles 2.5 and 97.5 of the alphas. Draws of which nothing can be said are left out.
///
/// `None` with fewer than two articles that have a unit with two codes, and where half of the draws say nothing. Efron and
/// Tibshirani (1993), *An introduction to the bootstrap*.
pub fn alpha_interval<Code: Ord>(articles: &[Vec<Vec<Option<Code>>>], stream: Stream) -> Option<Interval> {
    let codes: BTreeSet<&Code> = articles.iter().flatten().flatten().flatten().collect();
    let codes: Vec<&Code> = codes.into_iter().collect();
    let sums: Vec<(f64, Vec<f64>)> = articles.iter().filter_map(|units| article_sums(units, &codes)).collect();
    if sums.len() < 2 {
        return None;
    }
    let mut random = stream.open();
    let mut alphas = Vec::with_capacity(DRAWS);
    let mut uses = vec![0.0; codes.len()];
    for _ in 0..DRAWS {
        let mut differing = 0.0;
        uses.fill(0.0);
        for _ in 0..sums.len() {
            let (of_article, own) = &sums[random.below(sums.len() as u32) as usize];
            differing += of_article;
            uses.iter_mut().zip(own).for_each(|(sum, n)| *sum += n);
        }
        let n: f64 = uses.iter().sum();
        let expected = n * n - uses.iter().map(|n| n * n).sum::<f64>();
        alphas.extend(ratio(expected - differing * (n - 1.0), expected));
    }
    if alphas.len() < DRAWS / 2 {
        return None;
    }
    alphas.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = share * (alphas.len() - 1) as f64;
        let (below, part) = (place.floor() as usize, place.fract());
        let above = alphas[(below + 1).min(alphas.len() - 1)];
        alphas[below] + part * (above - alphas[below])
    };
    Some(Interval { low: at(0.025), high: at(0.975) })
}

/// Of the units with two codes or more: the differing pairs, each weighed by `1/(codes of the unit - 1)`, and how often each
/// code is used.
fn article_sums<Code: Ord>(units: &[Vec<Option<Code>>], codes: &[&Code]) -> Option<(f64, Vec<f64>)> {
    let (mut differing, mut uses) = (0.0, vec![0.0; codes.len()]);
    for unit in units {
        let mut of_unit = vec![0.0; codes.len()];
        for code in unit.iter().flatten() {
            if let Ok(at) = codes.binary_search(&code) {
                of_unit[at] += 1.0;
            }
        }
        let n: f64 = of_unit.iter().sum();
        if n >= 2.0 {
            differing += (n * n - of_unit.iter().map(|n| n * n).sum::<f64>()) / (n - 1.0);
            uses.iter_mut().zip(&of_unit).for_each(|(sum, n)| *sum += n);
        }
    }
    uses.iter().any(|n| *n > 0.0).then_some((differing, uses))
}

fn squares<'a>(counts: impl Iterator<Item = &'a u128>) -> u128 {
    counts.map(|count| count * count).sum()
}

/// Decisions of the program against those of a human coder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Confusion {
    /// Found by both.
    pub true_positives: u64,
    /// Found by the program only.
    pub false_positives: u64,
    /// Found by the coder only.
    pub false_negatives: u64,
}

/// Share of the program's findings which are right: `tp/(tp+fp)`, 0 to 1; `None` when it found nothing.
pub fn precision(confusion: Confusion) -> Option<f64> {
    ratio(confusion.true_positives as f64, confusion.true_positives as f64 + confusion.false_positives as f64)
}

/// Share of the coder's findings which the program has: `tp/(tp+fn)`, 0 to 1; `None` when the coder found nothing.
pub fn recall(confusion: Confusion) -> Option<f64> {
    ratio(confusion.true_positives as f64, confusion.true_positives as f64 + confusion.false_negatives as f64)
}

/// Harmonic mean of precision and recall: `2*tp/(2*tp+fp+fn)`, 0 to 1; `None` when neither side found anything. van
/// Rijsbergen (1979), *Information retrieval*.
pub fn f1(confusion: Confusion) -> Option<f64> {
    let Confusion { true_positives, false_positives, false_negatives } = confusion;
    let twice = 2.0 * true_positives as f64;
    ratio(twice, twice + false_positives as f64 + false_negatives as f64)
}

/// Wilson's 95% interval of [`precision`]; `None` when the program found nothing.
pub fn precision_interval(confusion: Confusion) -> Option<Interval> {
    wilson(confusion.true_positives, confusion.true_positives.checked_add(confusion.false_positives)?)
}

/// Wilson's 95% interval of [`recall`]; `None` when the coder found nothing.
pub fn recall_interval(confusion: Confusion) -> Option<Interval> {
    wilson(confusion.true_positives, confusion.true_positives.checked_add(confusion.false_negatives)?)
}

/// Wilson's 95% interval of [`f1`]; `None` when neither side found anything.
///
/// F1 is no proportion, but `2*j/(1+j)` of one: `j = tp/(tp+fp+fn)`. The interval of `j` is mapped the same way.
pub fn f1_interval(confusion: Confusion) -> Option<Interval> {
    let Confusion { true_positives, false_positives, false_negatives } = confusion;
    let found = true_positives.checked_add(false_positives)?.checked_add(false_negatives)?;
    let mapped = |share: f64| positive_zero(2.0 * share / (1.0 + share));
    wilson(true_positives, found).map(|interval| Interval { low: mapped(interval.low), high: mapped(interval.high) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_sums_of_articles_give_the_alpha_of_all_their_units(
            articles in proptest::collection::vec(
                proptest::collection::vec(proptest::collection::vec(proptest::option::of(0u8..4), 1..4), 0..6),
                1..6,
            ),
        ) {
            let units: Vec<Vec<Option<u8>>> = articles.iter().flatten().cloned().collect();
            let codes: BTreeSet<&u8> = units.iter().flatten().flatten().collect();
            let codes: Vec<&u8> = codes.into_iter().collect();
            let sums: Vec<_> = articles.iter().filter_map(|units| article_sums(units, &codes)).collect();
            let differing: f64 = sums.iter().map(|(differing, _)| differing).sum();
            let uses = |code: usize| sums.iter().map(|(_, uses)| uses[code]).sum::<f64>();
            let n: f64 = (0..codes.len()).map(uses).sum();
            let expected = n * n - (0..codes.len()).map(|code| uses(code).powi(2)).sum::<f64>();
            let alpha = ratio(expected - differing * (n - 1.0), expected);
            match (alpha, krippendorff_alpha(&units)) {
                (Some(a), Some(b)) => prop_assert!((a - b).abs() < 1e-9),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }

    #[test]
    fn the_interval_of_alpha_holds_it_and_is_narrower_with_more_articles() {
        let article = |number: u64| -> Vec<Vec<Option<u64>>> {
            let unit = |at: u64| {
                vec![Some(at % 3), Some(if (number * 7 + at).is_multiple_of(5) { (at + 1) % 3 } else { at % 3 })]
            };
            (0..6).map(unit).collect()
        };
        let width = |articles: u64| {
            let all: Vec<_> = (0..articles).map(article).collect();
            let units: Vec<_> = all.iter().flatten().cloned().collect();
            let alpha = krippendorff_alpha(&units).expect("differing codes");
            let ends = alpha_interval(&all, Stream { seed: 1, pair: 0 }).expect("an interval");
            assert_eq!(Some(ends), alpha_interval(&all, Stream { seed: 1, pair: 0 }));
            assert!(ends.low <= alpha && alpha <= ends.high);
            ends.high - ends.low
        };
        assert!(width(10) > width(90));
        assert_eq!(alpha_interval(&[article(1)], Stream { seed: 1, pair: 0 }), None);
    }
}
