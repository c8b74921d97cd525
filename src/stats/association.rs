//! Association: do two items occur together more often than their own frequencies make likely?
//!
//! Evert's notation, drawn in [`Association`]: `o11` of `n` units hold both, `r1` the first, `c1` the second;
//! `e11 = r1*c1/n`. Everything is counted in the same unit. All measures but [`delta_p_2_given_1`] and
//! [`delta_p_1_given_2`] are symmetrical.

use std::f64::consts::LN_2;

use super::contingency::Association;
use super::exact::{ln_ratio, positive_zero, ratio, sum};
use super::keyness::{FEWEST_ARTICLES, SMALLEST_EXPECTED, p_of_g2};

/// Expected units with both, were the two items independent: `e11 = r1*c1/n`. 0 to `n`.
pub fn expected(pair: Association) -> f64 {
    pair.r1() as f64 * pair.c1() as f64 / pair.n() as f64
}

/// Mutual information of the pair in bits: `log2(o11/e11)`.
///
/// Any real number; 0 for independence; `None` when `o11 = 0`. High for rare pairs whatever the evidence. Church and
/// Hanks (1990), *Word association norms, mutual information, and lexicography*.
pub fn mi(pair: Association) -> Option<f64> {
    (pair.o11() > 0).then(|| positive_zero(mi_in_nats(pair) / LN_2))
}

fn mi_in_nats(pair: Association) -> f64 {
    ln_ratio(pair.o11().into(), pair.n().into(), pair.r1().into(), pair.c1().into())
}

/// Normalised mutual information: `mi / -log2(o11/n)`.
///
/// Above -1, to 1: 0 for independence, 1 when neither occurs without the other. `None` when `o11 = 0`; 1 when
/// `o11 = n`. Bouma (2009), *Normalized (pointwise) mutual information in collocation extraction*.
pub fn npmi(pair: Association) -> Option<f64> {
    if pair.o11() == 0 {
        return None;
    }
    if pair.o11() == pair.n() {
        return Some(1.0);
    }
    let information = ln_ratio(pair.n().into(), 1, pair.o11().into(), 1);
    Some(positive_zero(mi_in_nats(pair) / information).min(1.0))
}

/// t-score: `(o11-e11)/sqrt(o11)`.
///
/// At most `sqrt(o11)`; 0 for independence; `None` when `o11 = 0`. Church, Gale, Hanks and Hindle (1991), *Using
/// statistics in lexical analysis*.
pub fn t_score(pair: Association) -> Option<f64> {
    (pair.o11() > 0).then(|| positive_zero(pair.cells().cross() / pair.n() as f64 / (pair.o11() as f64).sqrt()))
}

/// logDice: `14 + log2(2*o11/(r1+c1))`.
///
/// At most 14, reached when neither occurs without the other; independent of `n`. `None` when `o11 = 0`. Rychlý
/// (2008), *A lexicographer-friendly association score*.
pub fn log_dice(pair: Association) -> Option<f64> {
    (pair.o11() > 0).then(|| {
        let marginals = sum(pair.r1(), pair.c1());
        positive_zero(14.0 - ln_ratio(marginals, 1, 2 * u128::from(pair.o11()), 1) / LN_2)
    })
}

/// Dice coefficient: `2*o11/(r1+c1)`. 0 to 1; `None` when neither item occurs. Dice (1945), *Measures of the amount of
/// ecologic association between species*.
pub fn dice(pair: Association) -> Option<f64> {
    ratio(2.0 * pair.o11() as f64, sum(pair.r1(), pair.c1()) as f64)
}

/// Jaccard coefficient: `o11/(r1+c1-o11)`, of the units with either the share with both. 0 to 1; `None` when neither
/// item occurs. Jaccard (1912), *The distribution of the flora in the alpine zone*.
pub fn jaccard(pair: Association) -> Option<f64> {
    ratio(pair.o11() as f64, (sum(pair.r1(), pair.c1()) - u128::from(pair.o11())) as f64)
}

/// How much the first item raises the probability of the second: `o11/r1 - o21/(n-r1)`.
///
/// -1 to 1; `None` when the first is in no unit or in all (0/0). Gries (2013), *50-something years of work on
/// collocations*.
pub fn delta_p_2_given_1(pair: Association) -> Option<f64> {
    let (with, without) = (pair.r1() as f64, (pair.n() - pair.r1()) as f64);
    ratio(pair.cells().cross(), with * without)
}

/// How much the second item raises the probability of the first: `o11/c1 - o12/(n-c1)`.
///
/// -1 to 1; `None` when the second is in no unit or in all (0/0). Reference as in [`delta_p_2_given_1`].
pub fn delta_p_1_given_2(pair: Association) -> Option<f64> {
    delta_p_2_given_1(pair.swapped())
}

/// Signed log-likelihood ratio: `2*sum(O*ln(O/E))` over the four cells, with the sign of `o11 - e11`.
///
/// Any real number, always defined; `0*ln 0 = 0`. Dunning (1993), as for keyness.
pub fn g2(pair: Association) -> f64 {
    pair.cells().signed_likelihood_ratio()
}

/// Chi-square survival of `abs(g2)`, one degree of freedom: 0 to 1, always defined; see [`is_p_shown`].
pub fn p(pair: Association) -> f64 {
    p_of_g2(g2(pair))
}

/// Whether a table shows `p`, and with it `q`: `e11` is [`SMALLEST_EXPECTED`] or more and the group has
/// [`FEWEST_ARTICLES`] or more articles.
pub fn is_p_shown(pair: Association, articles: u64) -> bool {
    !is_expected_low(pair) && articles >= FEWEST_ARTICLES
}

/// Whether `e11` is below [`SMALLEST_EXPECTED`]; compared as integers.
pub fn is_expected_low(pair: Association) -> bool {
    u128::from(pair.r1()) * u128::from(pair.c1()) < u128::from(SMALLEST_EXPECTED) * u128::from(pair.n())
}

/// Co-occurrence within a window of words, where one occurrence may have several partners.
///
/// Only observed, expected and mi exist here: there is no 2x2 table of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window {
    /// Pairs of occurrences within the window of each other.
    pub observed: u64,
    /// Occurrences of the first item.
    pub f1: u64,
    /// Occurrences of the second item.
    pub f2: u64,
    /// Words of the window on both sides together.
    pub span: u64,
    /// All words.
    pub n: u64,
}

/// Expected pairs within the window: `f1*f2*s/n`, 0 or more; `None` without words.
///
/// Without the factor `s` it would count one neighbour only, and mi would be inflated by `log2(s)`. Evert (2008),
/// *Corpora and collocations*.
pub fn window_expected(window: Window) -> Option<f64> {
    ratio(window.f1 as f64 * window.f2 as f64 * window.span as f64, window.n as f64)
}

/// Mutual information within the window: `log2(observed/expected)`, any real number; `None` when either is 0.
pub fn window_mi(window: Window) -> Option<f64> {
    let expected = window_expected(window)?;
    (window.observed > 0 && expected > 0.0).then(|| {
        let f1_and_f2 = u128::from(window.f1) * u128::from(window.f2);
        positive_zero(ln_ratio(window.observed.into(), window.n.into(), f1_and_f2, window.span.into()) / LN_2)
    })
}
