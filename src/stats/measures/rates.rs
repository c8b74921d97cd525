//! Rates per 1,000 words, as the reader sees them.

use super::{Column, Example, Family, Measure};
use crate::stats::{Interval, Part, intervals};

const WILSON: &str = "Wilson 1927, Probable inference, the law of succession, and statistical inference";
const JACKKNIFE: &str = "Quenouille 1956, Notes on bias in estimation";
const ONE_ARTICLE: &str = "empty when fewer than two articles have words (flag `single_article`)";

const TWO_ARTICLES: &[Part] = &[Part { count: 6, size: 400 }, Part { count: 1, size: 600 }];

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
    formula: "1000*(2a + z^2 - z*sqrt(z^2 + 4a*(1-a/n1))) / (2*(n1 + z^2)), z = 1.959964",
    range: "0 to per_1000",
    meaning: "lower end of the 95% score interval of the rate, were words drawn independently",
    edge_rule: "empty without words; 0 at no hit",
    reference: WILSON,
    vector: &[
        Example {
            inputs: "7 hits in 1000 words",
            value: "3.394868",
            compute: || per_1000(|interval| interval.low, intervals::wilson(7, 1000)),
        },
        Example {
            inputs: "0 in 1286",
            value: "0",
            compute: || per_1000(|interval| interval.low, intervals::wilson(0, 1286)),
        },
    ],
    column: Column::Default,
};

pub(super) const PER_1000_HIGH: Measure = Measure {
    name: "per_1000_high",
    family: Family::Rates,
    formula: "1000*(2a + z^2 + z*sqrt(z^2 + 4a*(1-a/n1))) / (2*(n1 + z^2)), z = 1.959964",
    range: "per_1000 to 1000",
    meaning: "upper end of the 95% score interval of the rate, were words drawn independently",
    edge_rule: "empty without words; above 0 even at no hit",
    reference: WILSON,
    vector: &[
        Example {
            inputs: "7 hits in 1000 words",
            value: "14.37832",
            compute: || per_1000(|interval| interval.high, intervals::wilson(7, 1000)),
        },
        Example {
            inputs: "0 in 1286",
            value: "2.978241",
            compute: || per_1000(|interval| interval.high, intervals::wilson(0, 1286)),
        },
    ],
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
