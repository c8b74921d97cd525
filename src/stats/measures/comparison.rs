//! The measures of `contrasts.csv`, as the reader sees them; its intervals of one side are those of the rates.

use super::{Column, Example, Family, Measure};
use crate::stats::permutation::{Pool, Stream};
use crate::stats::{Interval, Part, Sums, clusters};

const A: &[(u64, u64)] = &[(3, 500), (0, 400), (1, 600), (2, 500)];
const B: &[(u64, u64)] = &[(0, 700), (1, 500), (0, 400), (0, 600), (1, 300)];
const INPUTS: &str = "3, 0, 1, 2 of 500, 400, 600, 500 against 0, 1, 0, 0, 1 of 700, 500, 400, 600, 300";
const WELCH: &str = "Welch 1947, The generalization of Student's problem when several different population variances are \
                     involved; variances after Cochran 1977, Sampling techniques";

fn sums(articles: &[(u64, u64)]) -> Sums {
    Sums::of(&articles.iter().map(|(count, size)| Part { count: *count, size: *size }).collect::<Vec<_>>())
}

fn end(of: fn(Interval) -> f64) -> Option<f64> {
    clusters::ratio_interval(&sums(A), &sums(B)).map(of)
}

fn exact_p() -> Option<f64> {
    let articles: Vec<&(u64, u64)> = A.iter().chain(B).collect();
    let having = (0..).zip(&articles).map(|(at, (count, _))| (at, *count as u32)).collect();
    let pool = Pool::new(articles.iter().map(|(_, size)| *size).collect(), vec![having]);
    pool.sides((0..A.len() as u32).collect())?.p(&[0], Stream { seed: 1, pair: 0 }).pop()
}

pub(super) const RATIO: Measure = Measure {
    name: "ratio",
    family: Family::Comparison,
    formula: "r1/r2",
    range: "above 0; 1: no difference",
    meaning: "how many times the value of the reference that of the group is",
    edge_rule: "empty when F1 = 0 or F2 = 0 (flag `zero_side`)",
    reference: "Cochran 1977, Sampling techniques",
    vector: &[Example { inputs: INPUTS, value: "3.75", compute: || clusters::ratio_of(&sums(A), &sums(B)) }],
    column: Column::Default,
};

pub(super) const RATIO_LOW: Measure = Measure {
    name: "ratio_low",
    family: Family::Comparison,
    formula: "exp(ln(r1/r2) - t(.975; df)*sqrt(v1+v2)), v = m/(m-1)*sum((f_i - r*s_i)^2)/F^2, df = \
              (v1+v2)^2 / (v1^2/(m1-1) + v2^2/(m2-1))",
    range: "0 to ratio",
    meaning: "lower end of the 95% interval of the ratio over articles",
    edge_rule: "empty where the ratio is, and when a side has fewer than two articles",
    reference: WELCH,
    vector: &[Example { inputs: INPUTS, value: "0.519441", compute: || end(|ends| ends.low) }],
    column: Column::Default,
};

pub(super) const RATIO_HIGH: Measure = Measure {
    name: "ratio_high",
    formula: "exp(ln(r1/r2) + t(.975; df)*sqrt(v1+v2)), as ratio_low",
    range: "ratio and above",
    meaning: "upper end of the 95% interval of the ratio over articles",
    vector: &[Example { inputs: INPUTS, value: "27.0724", compute: || end(|ends| ends.high) }],
    ..RATIO_LOW
};

pub(super) const P: Measure = Measure {
    name: "p",
    family: Family::Comparison,
    formula: "share of the divisions of all articles into sides of m1 and m2 whose abs(r1 - r2) is at least the observed \
              one; all divisions when at most 10,000 (flag `exact`), else random ones: 50/l when the 50th is draw l, \
              (e+1)/10000 for e of 9,999 draws; of bundles where the sides have at least 500 articles, both together 2,000",
    range: "above 0 to 1",
    meaning: "how often articles exchanged at random between the two sides would tell them apart as far",
    edge_rule: "empty when a side has fewer than two articles",
    reference: "Besag and Clifford 1991, Sequential Monte Carlo p-values; Phipson and Smyth 2010, Permutation p-values \
                should never be zero",
    vector: &[Example { inputs: INPUTS, value: "0.174603", compute: exact_p }],
    column: Column::Default,
};
