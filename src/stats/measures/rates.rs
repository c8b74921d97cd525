//! Rates per 1,000 words, as the reader sees them.

use super::{Column, Example, Family, Measure};
use crate::stats::{Interval, Part, Sums, intervals};

const KORN_GRAUBARD: &str = "Korn and Graubard 1998, Confidence intervals for proportions with small expected number of \
                             positive counts estimated from survey data";
const JACKKNIFE: &str = "Quenouille 1956, Notes on bias in estimation";
const ONE_ARTICLE: &str = "empty when fewer than two articles have words (flag `single_article`)";

const TWO_ARTICLES: &[Part] = &[Part { count: 6, size: 400 }, Part { count: 1, size: 600 }];

const fn parts<const N: usize>(f: [u64; N], s: [u64; N]) -> [Part; N] {
    let mut parts = [Part { count: 0, size: 0 }; N];
    let mut at = 0;
    while at < N {
        parts[at] = Part { count: f[at], size: s[at] };
        at += 1;
    }
    parts
}

const FOUR: &str = "3, 0, 1 and 2 hits in articles of 500, 400, 600 and 500 words";
const FOUR_ARTICLES: &[Part] = &parts([3, 0, 1, 2], [500, 400, 600, 500]);
const NONE: &str = "no hit in articles of 400, 500 and 300 words";
const NO_HIT: &[Part] = &parts([0, 0, 0], [400, 500, 300]);

fn per_1000(end: fn(Interval) -> f64, interval: Option<Interval>) -> Option<f64> {
    interval.map(|interval| intervals::PER * end(interval))
}

pub(super) const PER_1000: Measure = Measure {
    name: "per_1000",
    family: Family::Rates,
    formula: "1000*a/n1",
    range: "0 and above",
    meaning: "hits per 1,000 counted words of the group, its articles pooled",
    edge_rule: "empty without words",
    reference: "McEnery and Hardie 2012, Corpus linguistics: method, theory and practice",
    vector: &[Example { inputs: "7 hits in 1000 words", value: "7", compute: || intervals::per_1000(7, 1000) }],
    column: Column::Default,
};

pub(super) const PER_1000_LOW: Measure = Measure {
    name: "per_1000_low",
    family: Family::Rates,
    formula: "1000*B(.025; x, n-x+1), n = min(n1, n1/max(deff,1)*(t(.975;n1-1)/t(.975;m-1))^2), x = n*a/n1, m articles",
    range: "0 to per_1000",
    meaning: "lower end of the 95% interval of the rate: what other articles of the group would show",
    edge_rule: "empty when fewer than two articles have words (flag `single_article`); 0 at no hit",
    reference: KORN_GRAUBARD,
    vector: &[
        Example {
            inputs: FOUR,
            value: "0.428297",
            compute: || per_1000(|interval| interval.low, Sums::of(FOUR_ARTICLES).interval()),
        },
        Example {
            inputs: NONE,
            value: "0",
            compute: || per_1000(|interval| interval.low, Sums::of(NO_HIT).interval()),
        },
    ],
    column: Column::Default,
};

pub(super) const PER_1000_HIGH: Measure = Measure {
    name: "per_1000_high",
    family: Family::Rates,
    formula: "1000*B(.975; x+1, n-x), n and x as in per_1000_low",
    range: "per_1000 to 1000",
    meaning: "upper end of the 95% interval of the rate: what other articles of the group would show",
    edge_rule: "empty when fewer than two articles have words (flag `single_article`); above 0 even at no hit",
    reference: KORN_GRAUBARD,
    vector: &[
        Example {
            inputs: FOUR,
            value: "10.165353",
            compute: || per_1000(|interval| interval.high, Sums::of(FOUR_ARTICLES).interval()),
        },
        Example {
            inputs: NONE,
            value: "14.675938",
            compute: || per_1000(|interval| interval.high, Sums::of(NO_HIT).interval()),
        },
    ],
    column: Column::Default,
};

pub(super) const DEFF: Measure = Measure {
    name: "deff",
    family: Family::Rates,
    formula: "m/(m-1)*sum((f_i - r*s_i)^2)/S^2 / (r*(1-r)/S), r = F/S, m articles",
    range: "0 and above; 1: words of an article are as independent as words of different ones",
    meaning: "design effect: how many times the variance over articles exceeds that of words drawn one by one",
    edge_rule: "empty when fewer than two articles have words, and when no word or every word is a hit",
    reference: "Kish 1965, Survey sampling; the variance after Cochran 1977, Sampling techniques",
    vector: &[Example { inputs: FOUR, value: "1.020840", compute: || Sums::of(FOUR_ARTICLES).deff() }],
    column: Column::Default,
};

pub(super) const LOO_MIN: Measure = Measure {
    name: "loo_min",
    family: Family::Rates,
    formula: "1000 * min over i of (a - f_i)/(n1 - s_i)",
    range: "0 to loo_max",
    meaning: "smallest rate when each article is left out in turn: what the group has without its strongest article",
    edge_rule: ONE_ARTICLE,
    reference: JACKKNIFE,
    vector: &[Example {
        inputs: "6 hits in 400 words and 1 in 600",
        value: "1.666667",
        compute: || per_1000(|interval| interval.low, intervals::leave_one_out(TWO_ARTICLES)),
    }],
    column: Column::Default,
};

pub(super) const LOO_MAX: Measure = Measure {
    name: "loo_max",
    family: Family::Rates,
    formula: "1000 * max over i of (a - f_i)/(n1 - s_i)",
    range: "loo_min to 1000",
    meaning: "largest rate when each article is left out in turn",
    edge_rule: ONE_ARTICLE,
    reference: JACKKNIFE,
    vector: &[Example {
        inputs: "6 hits in 400 words and 1 in 600",
        value: "15",
        compute: || per_1000(|interval| interval.high, intervals::leave_one_out(TWO_ARTICLES)),
    }],
    column: Column::Default,
};

pub(super) const MEAN_OF_ARTICLES: Measure = Measure {
    name: "mean_of_articles",
    family: Family::Rates,
    formula: "1000 * mean over i of f_i/s_i",
    range: "0 to 1000",
    meaning: "mean of the articles' own rates: every article weighs the same, however long",
    edge_rule: "articles without words are left out; empty when none is left",
    reference: "Egbert and Burch 2023, Which words matter most?",
    vector: &[Example {
        inputs: "6 hits in 400 words and 1 in 600",
        value: "8.333333",
        compute: || intervals::mean_of_articles(TWO_ARTICLES).map(|mean| intervals::PER * mean),
    }],
    column: Column::Default,
};
