//! Keyness: is an item more frequent in the words of a target than in those of a reference?
//!
//! The table and its letters are drawn in [`Keyness`]; `c = n1 - a`, `d = n2 - b`, `N = n1 + n2`, `R = a + b`,
//! `E1 = n1*R/N`, `E2 = n2*R/N`. Signs are positive when the target has the higher rate. Measures which exist for
//! every [`Keyness`] return `f64`, the others `Option<f64>`.

use std::f64::consts::LN_2;

use super::contingency::Keyness;
use super::exact::{float, ln_ratio, positive_zero, ratio};
use super::hypergeometric;
use super::intervals::ends_apart_from;
use super::special::chi_square_survival;

/// A p is shown where every side is expected to have at least this many hits.
pub const SMALLEST_EXPECTED: u64 = 5;

/// A p is shown where every side has at least this many articles.
pub const FEWEST_ARTICLES: u64 = 2;

/// The error level of every interval whose level the user does not set.
pub const ALPHA: f64 = 0.05;

/// Expected hits in the target, `E1 = n1*R/N`: what it would have at the rate of both sides together. 0 to `n1`.
pub fn expected(table: Keyness) -> f64 {
    table.n1() as f64 * float(table.hits()) / float(table.words())
}

/// Signed log-likelihood ratio: `2*sum(O*ln(O/E))` over `a, b, c, d`, with the sign of `a/n1 - b/n2`.
///
/// Any real number; 0 when the rates are equal. `0*ln 0 = 0`, so that it always exists.
/// Dunning (1993), *Accurate methods for the statistics of surprise and coincidence*.
pub fn g2(table: Keyness) -> f64 {
    table.cells().signed_likelihood_ratio()
}

/// Probability, were there no difference, of a [`g2`] at least this far from 0: chi-square survival with one degree
/// of freedom of `abs(g2)`.
///
/// 0 to 1, always defined; [`shown_p`] says where it is printed. Below about 1e-308 it is 0.
pub fn p(table: Keyness) -> f64 {
    p_of_g2(g2(table))
}

/// The p of a signed or unsigned log-likelihood ratio, as in [`p`]; serves association as well.
pub fn p_of_g2(g2: f64) -> f64 {
    chi_square_survival(g2.abs())
}

/// The p that a table shows: Fisher's exact one where an expected count is below [`SMALLEST_EXPECTED`], since the
/// chi-square distribution does not hold there; that of a known [`g2`] otherwise. `None` when a side has fewer than
/// [`FEWEST_ARTICLES`] articles: one article is one event, however many words it has.
pub fn shown_p(table: Keyness, g2: f64, target_articles: u64, reference_articles: u64) -> Option<f64> {
    let is_shown = target_articles.min(reference_articles) >= FEWEST_ARTICLES;
    is_shown.then(|| if is_expected_low(table) { fisher_p(table) } else { p_of_g2(g2) })
}

/// Whether the smaller of `E1` and `E2` is below [`SMALLEST_EXPECTED`]; compared as integers.
pub fn is_expected_low(table: Keyness) -> bool {
    let smaller_side = u128::from(table.n1().min(table.n2()));
    // A product beyond 128 bits is far above five words in the corpus.
    smaller_side
        .checked_mul(table.hits())
        .is_some_and(|product| product < u128::from(SMALLEST_EXPECTED) * table.words())
}

/// Pearson's chi-square without a continuity correction: `N*(ad-bc)^2 / (R*(N-R)*n1*n2)`.
///
/// 0 to `N`; `None` when no word or every word is a hit. Pearson (1900), *On the criterion that a given system of
/// deviations from the probable ...*.
pub fn chi2(table: Keyness) -> Option<f64> {
    let cross = table.cells().cross();
    let (hits, words) = (table.hits() as f64, table.words() as f64);
    let others = (table.words() - table.hits()) as f64;
    let (n1, n2) = (table.n1() as f64, table.n2() as f64);
    let left = ratio(cross, hits * n1)?;
    let right = ratio(cross, others * n2)?;
    Some(positive_zero(words * left * right))
}

/// Binary logarithm of the ratio of the rates: `log2((a+0.5)/(n1+0.5)) - log2((b+0.5)/(n2+0.5))`.
///
/// Any real number, always finite: the half hit is part of the definition. 1 means twice the rate, -1 half of it.
/// Hardie (2014), *Log Ratio: an informal introduction*; the half after Walter (1975), *The distribution of Levin's
/// measure of attributable risk*.
pub fn log_ratio(table: Keyness) -> f64 {
    let doubled = |count: u64| 2 * u128::from(count) + 1;
    let [a, n1, b, n2] = [table.a(), table.n1(), table.b(), table.n2()].map(doubled);
    positive_zero(ln_ratio(a, n2, b, n1) / LN_2)
}

/// The log ratio which the counts support at the least: the bound nearer to 0 of its confidence interval, 0 when the
/// interval holds 0.
///
/// Clopper-Pearson interval of `t = a/(a+b)` at `alpha/m`, for `m` items compared at once (Bonferroni), mapped by
/// `log2(n2/n1 * t/(1-t))`. 0 means: not distinguishable. `None` when there is no hit, when `m` is 0, or when `alpha`
/// is not between 0 and 1. Print it where [`shown_p`] is. Evert (2022), *Measuring keyness*.
pub fn log_ratio_conservative(table: Keyness, alpha: f64, m: u64) -> Option<f64> {
    if table.hits() == 0 || m == 0 {
        return None;
    }
    let words = ln_ratio(table.n2().into(), 1, table.n1().into(), 1);
    let interval = ends_apart_from(-words, table.a(), table.b(), alpha, m)?;
    let bound = |log_odds: Option<f64>| log_odds.map(|log_odds| (words + log_odds) / LN_2);
    let nearer_zero = match (bound(interval.low), bound(interval.high)) {
        (Some(low), _) if low > 0.0 => low,
        (_, Some(high)) if high < 0.0 => high,
        (_, _) => 0.0,
    };
    Some(nearer_zero)
}

/// By how many per cent the target's rate is above the reference's: `100*(a/n1 - b/n2)/(b/n2)`.
///
/// -100 or more; `None` when `b = 0`. Gabrielatos and Marchi (2011), *Keyness: matching metrics to definitions*.
pub fn percent_diff(table: Keyness) -> Option<f64> {
    // As one product the denominator is rounded as the difference is, so that no hit gives -100 and not a bit less.
    let denominator = (u128::from(table.b()) * u128::from(table.n1())) as f64;
    ratio(table.cells().cross(), denominator).map(|share| positive_zero(100.0 * share))
}

/// Odds ratio `ad/(bc)`: 0 or more, 1 for equal rates; `None` when `b` or `c` is 0. Cornfield (1951), *A method of
/// estimating comparative rates from clinical data*.
pub fn odds_ratio(table: Keyness) -> Option<f64> {
    let cells = table.cells();
    ratio(cells.a as f64 * cells.d as f64, cells.b as f64 * cells.c as f64)
}

/// Bayesian information criterion of a difference between the rates against none: `abs(g2) - ln N`.
///
/// Any real number; above 2 positive, above 6 strong, above 10 very strong evidence. Wilson (2013), *Embracing Bayes
/// factors for key item analysis in corpus linguistics*.
pub fn bic(table: Keyness) -> f64 {
    bic_of_g2(table, g2(table))
}

/// [`bic`] of a known [`g2`].
pub fn bic_of_g2(table: Keyness, g2: f64) -> f64 {
    positive_zero(g2.abs() - float(table.words()).ln())
}

/// Fisher's exact test, two-sided: the probability, given all marginals, of a table no more probable than this one.
///
/// 0 to 1, always defined, at any size of the counts. Fisher (1922), *On the interpretation of chi-square from
/// contingency tables, and the calculation of P*.
pub fn fisher_p(table: Keyness) -> f64 {
    hypergeometric::two_sided(table.cells())
}

/// Words that the prior of [`log_odds`] is worth.
const PRIOR_WORDS: f64 = 500.0;

/// What is known before: the item's share of the whole corpus, as `PRIOR_WORDS` words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Prior {
    /// Hits of the item in the whole corpus.
    pub hits: u64,
    /// Counted words of the whole corpus.
    pub words: u64,
}

/// Difference of the log odds of the item on the two sides, each with the prior added to it:
/// `ln((a+p)/(n1+P-a-p)) - ln((b+p)/(n2+P-b-p))`, `p = P*hits/words` of the whole corpus, `P` = 500.
///
/// Any real number; `None` where the prior has no hit, or nothing but hits. Monroe, Colaresi and Quinn (2008),
/// *Fightin' words*.
pub fn log_odds(table: Keyness, prior: Prior) -> Option<f64> {
    let p = PRIOR_WORDS * ratio(prior.hits as f64, prior.words as f64)?;
    let side = |hits: u64, words: u64| {
        let others = words.saturating_sub(hits) as f64 + (PRIOR_WORDS - p);
        (p > 0.0 && others > 0.0).then(|| ((hits as f64 + p) / others).ln())
    };
    Some(positive_zero(side(table.a(), table.n1())? - side(table.b(), table.n2())?))
}

/// [`log_odds`] over its standard deviation, `sqrt(1/(a+p) + 1/(b+p))`: beyond 1.96 either way a single item stands out.
pub fn log_odds_z(table: Keyness, prior: Prior) -> Option<f64> {
    let p = PRIOR_WORDS * ratio(prior.hits as f64, prior.words as f64)?;
    let variance = 1.0 / (table.a() as f64 + p) + 1.0 / (table.b() as f64 + p);
    Some(log_odds(table, prior)? / variance.sqrt())
}

#[cfg(test)]
mod tests {
    use super::super::intervals::proportion_log_odds;
    use super::*;
    use proptest::prelude::*;

    /// The definition: both ends of the interval, and then the one nearer to 0.
    fn by_both_ends(table: Keyness, m: u64) -> Option<f64> {
        let interval = proportion_log_odds(table.a(), table.b(), ALPHA, m)?;
        let words = ln_ratio(table.n2().into(), 1, table.n1().into(), 1);
        let bound = |log_odds: f64| (words + log_odds) / LN_2;
        let (low, high) = (interval.low.map(bound), interval.high.map(bound));
        Some(low.filter(|low| *low > 0.0).or(high.filter(|high| *high < 0.0)).unwrap_or(0.0))
    }

    #[test]
    fn log_odds_have_their_vector() {
        let table = Keyness::new(60, 1000, 20, 1000).unwrap();
        let prior = Prior { hits: 80, words: 2000 };
        approx::assert_abs_diff_eq!(log_odds(table, prior).unwrap(), 0.720927, epsilon = 5e-7);
        approx::assert_abs_diff_eq!(log_odds_z(table, prior).unwrap(), 3.722850, epsilon = 5e-7);
        let nothing = Keyness::new(0, 10, 0, 10).unwrap();
        assert_eq!(log_odds_z(nothing, Prior { hits: 0, words: 20 }), None);
        let all = Keyness::new(10, 10, 10, 10).unwrap();
        assert_eq!(log_odds(all, Prior { hits: 20, words: 20 }), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        #[test]
        fn a_conservative_log_ratio_is_that_of_both_ends(
            a in prop_oneof![0u64..30, 0u64..5000],
            b in prop_oneof![0u64..30, 0u64..5000],
            n1 in 5000u64..200_000,
            n2 in prop_oneof![5000u64..200_000, 5_000_000u64..50_000_000],
            m in prop_oneof![Just(1u64), 1u64..5000],
        ) {
            let Some(table) = Keyness::new(a, n1, b, n2).filter(|table| table.hits() > 0) else { return Ok(()) };
            let got = log_ratio_conservative(table, ALPHA, m).map(f64::to_bits);
            prop_assert_eq!(got, by_both_ends(table, m).map(f64::to_bits));
        }
    }
}
