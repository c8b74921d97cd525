//! The measures of keyness, as the reader sees them.

use super::{Column, Example, Family, Measure};
use crate::stats::{Keyness, keyness, multiple};

const DUNNING: &str = "Dunning 1993, Accurate methods for the statistics of surprise and coincidence";
const P_IS_EMPTY: &str = "empty when a side has fewer than two articles";

fn table(a: u64, n1: u64, b: u64, n2: u64, measure: fn(Keyness) -> Option<f64>) -> Option<f64> {
    Keyness::new(a, n1, b, n2).and_then(measure)
}

pub(super) const EXPECTED: Measure = Measure {
    name: "expected",
    family: Family::Keyness,
    formula: "E1 = n1*R/N",
    range: "0 to n1",
    meaning: "hits the target would have at the rate of both sides together",
    edge_rule: "always defined; below 5 the row is flagged `expected_below_5`",
    reference: "Pearson 1900, On the criterion that a given system of deviations from the probable ...",
    vector: &[Example {
        inputs: "(a, n1, b, n2) = (3, 1286, 0, 5864)",
        value: "0.539580",
        compute: || table(3, 1286, 0, 5864, |t| Some(keyness::expected(t))),
    }],
    column: Column::Default,
};

pub(super) const G2: Measure = Measure {
    name: "g2",
    family: Family::Keyness,
    formula: "2*sum(O*ln(O/E)) over a, b, c, d, with the sign of a/n1 - b/n2",
    range: "any number; 0 for equal rates",
    meaning: "strength of the evidence that the rates differ; positive when the target has the higher one",
    edge_rule: "always defined: 0*ln 0 = 0",
    reference: DUNNING,
    vector: &[
        Example {
            inputs: "(a, n1, b, n2) = (7, 1000, 2, 1000)",
            value: "2.954494",
            compute: || table(7, 1000, 2, 1000, |t| Some(keyness::g2(t))),
        },
        Example {
            inputs: "(60, 1000, 20, 1000)",
            value: "21.763319",
            compute: || table(60, 1000, 20, 1000, |t| Some(keyness::g2(t))),
        },
        Example {
            inputs: "(3, 1286, 0, 5864)",
            value: "10.299199",
            compute: || table(3, 1286, 0, 5864, |t| Some(keyness::g2(t))),
        },
    ],
    column: Column::Default,
};

pub(super) const P: Measure = Measure {
    name: "p",
    family: Family::Keyness,
    formula: "chi-square survival with 1 degree of freedom of abs(g2); fisher_p (flag `exact`) where min(E1,E2) < 5",
    range: "0 to 1",
    meaning: "how often chance alone would tell the rates apart as far, were words drawn independently",
    edge_rule: P_IS_EMPTY,
    reference: DUNNING,
    vector: &[Example {
        inputs: "abs(g2) of (a, n1, b, n2) = (7, 1000, 2, 1000)",
        value: "0.0856391",
        compute: || table(7, 1000, 2, 1000, |t| Some(keyness::p(t))),
    }],
    column: Column::Default,
};

/// Shared by keyness and association, which differ in their families of tests only.
pub(super) const Q_EXAMPLES: &[Example] = &[
    Example {
        inputs: "p = 0.01 among 0.01, 0.04, 0.03, 0.005, 0.5",
        value: "0.025",
        compute: || multiple::benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005, 0.5].map(Some))[0],
    },
    Example {
        inputs: "p = 0.03 among the same",
        value: "0.05",
        compute: || multiple::benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005, 0.5].map(Some))[2],
    },
];
pub(super) const Q_FORMULA: &str = "min over j >= i of p(j)*m/j, with p(1) <= ... <= p(m), at most 1";
pub(super) const Q_REFERENCE: &str = "Benjamini and Hochberg 1995, Controlling the false discovery rate";

pub(super) const Q: Measure = Measure {
    name: "q",
    family: Family::Keyness,
    formula: Q_FORMULA,
    range: "p to 1",
    meaning: "expected share of false findings when all rows up to this q are taken for findings; the family is one \
              group and one layer, m its rows with a p before any display filter",
    edge_rule: "empty where p is empty; ties share",
    reference: Q_REFERENCE,
    vector: Q_EXAMPLES,
    column: Column::Default,
};

pub(super) const LOG_RATIO: Measure = Measure {
    name: "log_ratio",
    family: Family::Keyness,
    formula: "log2((a+0.5)/(n1+0.5)) - log2((b+0.5)/(n2+0.5))",
    range: "any number; 1 is twice the rate, -1 half of it",
    meaning: "size of the difference between the rates, in doublings",
    edge_rule: "always finite: the halves are part of the definition",
    reference: "Hardie 2014, Log Ratio: an informal introduction; halves after Walter 1975, The distribution of \
                Levin's measure of attributable risk",
    vector: &[
        Example {
            inputs: "(a, n1, b, n2) = (7, 1000, 2, 1000)",
            value: "1.584963",
            compute: || table(7, 1000, 2, 1000, |t| Some(keyness::log_ratio(t))),
        },
        Example {
            inputs: "(3, 1286, 0, 5864)",
            value: "4.995912",
            compute: || table(3, 1286, 0, 5864, |t| Some(keyness::log_ratio(t))),
        },
    ],
    column: Column::Default,
};

pub(super) const LOG_RATIO_CONSERVATIVE: Measure = Measure {
    name: "log_ratio_conservative",
    family: Family::Keyness,
    formula: "Clopper-Pearson interval of t = a/(a+b) at 0.05/m, mapped by log2(n2/n1 * t/(1-t)); the bound nearer to \
              0, or 0 when the interval holds 0",
    range: "any number; 0 means: not distinguishable",
    meaning: "the smallest log ratio the counts support, allowing for m items compared at once (the m of q)",
    edge_rule: P_IS_EMPTY,
    reference: "Evert 2022, Measuring keyness",
    vector: &[
        Example {
            inputs: "m = 1, (a, n1, b, n2) = (60, 1000, 20, 1000)",
            value: "0.834062",
            compute: || table(60, 1000, 20, 1000, |t| keyness::log_ratio_conservative(t, keyness::ALPHA, 1)),
        },
        Example {
            inputs: "m = 1, (7, 1000, 2, 1000)",
            value: "0",
            compute: || table(7, 1000, 2, 1000, |t| keyness::log_ratio_conservative(t, keyness::ALPHA, 1)),
        },
        Example {
            inputs: "m = 1, (3, 1286, 0, 5864)",
            value: "0.914016",
            compute: || table(3, 1286, 0, 5864, |t| keyness::log_ratio_conservative(t, keyness::ALPHA, 1)),
        },
    ],
    column: Column::Default,
};

pub(super) const BIC: Measure = Measure {
    name: "bic",
    family: Family::Keyness,
    formula: "abs(g2) - ln N",
    range: "any number; above 2 positive, above 6 strong, above 10 very strong evidence",
    meaning: "evidence for a difference after the size of the corpus is paid for",
    edge_rule: "always defined",
    reference: "Wilson 2013, Embracing Bayes factors for key item analysis in corpus linguistics",
    vector: &[
        Example {
            inputs: "(a, n1, b, n2) = (7, 1000, 2, 1000)",
            value: "-4.646408",
            compute: || table(7, 1000, 2, 1000, |t| Some(keyness::bic(t))),
        },
        Example {
            inputs: "(60, 1000, 20, 1000)",
            value: "14.162417",
            compute: || table(60, 1000, 20, 1000, |t| Some(keyness::bic(t))),
        },
    ],
    column: Column::Default,
};

pub(super) const CHI2: Measure = Measure {
    name: "chi2",
    family: Family::Keyness,
    formula: "N*(ad-bc)^2 / (R*(N-R)*n1*n2)",
    range: "0 to N",
    meaning: "Pearson's test statistic for different rates, without a continuity correction or a sign",
    edge_rule: "empty when no word or every word is a hit",
    reference: "Pearson 1900, On the criterion that a given system of deviations from the probable ...",
    vector: &[Example {
        inputs: "(a, n1, b, n2) = (7, 1000, 2, 1000)",
        value: "2.790334",
        compute: || table(7, 1000, 2, 1000, keyness::chi2),
    }],
    column: Column::All,
};

pub(super) const PERCENT_DIFF: Measure = Measure {
    name: "percent_diff",
    family: Family::Keyness,
    formula: "100*(a/n1 - b/n2)/(b/n2)",
    range: "-100 and above",
    meaning: "by how many per cent the target's rate is above the reference's",
    edge_rule: "empty when b = 0 (flag `b_zero`)",
    reference: "Gabrielatos and Marchi 2011, Keyness: matching metrics to definitions",
    vector: &[
        Example {
            inputs: "(a, n1, b, n2) = (7, 1000, 2, 1000)",
            value: "250",
            compute: || table(7, 1000, 2, 1000, keyness::percent_diff),
        },
        Example {
            inputs: "(3, 1286, 0, 5864)",
            value: "empty",
            compute: || table(3, 1286, 0, 5864, keyness::percent_diff),
        },
    ],
    column: Column::All,
};

pub(super) const ODDS_RATIO: Measure = Measure {
    name: "odds_ratio",
    family: Family::Keyness,
    formula: "ad/(bc)",
    range: "0 and above; 1 for equal rates",
    meaning: "odds of the item in the target over its odds in the reference",
    edge_rule: "empty when b or c = 0",
    reference: "Cornfield 1951, A method of estimating comparative rates from clinical data",
    vector: &[Example {
        inputs: "(a, n1, b, n2) = (7, 1000, 2, 1000)",
        value: "3.517623",
        compute: || table(7, 1000, 2, 1000, keyness::odds_ratio),
    }],
    column: Column::All,
};

const PRIOR: keyness::Prior = keyness::Prior { hits: 80, words: 2000 };
const PRIOR_INPUTS: &str = "(a, n1, b, n2) = (60, 1000, 20, 1000), 80 of 2000 in the whole corpus";

pub(super) const LOG_ODDS: Measure = Measure {
    name: "log_odds",
    family: Family::Keyness,
    formula: "ln((a+p)/(n1+500-a-p)) - ln((b+p)/(n2+500-b-p)), p = 500 times the item's share of the whole corpus",
    range: "any real number; 0 for equal rates",
    meaning: "difference of the log odds, both sides drawn towards what the whole corpus shows: rare items stay near 0",
    edge_rule: "empty where the whole corpus has no hit or nothing but hits",
    reference: "Monroe, Colaresi and Quinn 2008, Fightin' words: lexical feature selection and evaluation for identifying \
                the content of political conflict",
    vector: &[Example {
        inputs: PRIOR_INPUTS,
        value: "0.720927",
        compute: || table(60, 1000, 20, 1000, |t| keyness::log_odds(t, PRIOR)),
    }],
    column: Column::All,
};

pub(super) const LOG_ODDS_Z: Measure = Measure {
    name: "log_odds_z",
    formula: "log_odds / sqrt(1/(a+p) + 1/(b+p))",
    meaning: "log_odds over its standard deviation: beyond 1.96 either way a single item stands out",
    vector: &[Example {
        inputs: PRIOR_INPUTS,
        value: "3.72285",
        compute: || table(60, 1000, 20, 1000, |t| keyness::log_odds_z(t, PRIOR)),
    }],
    ..LOG_ODDS
};

pub(super) const FISHER_P: Measure = Measure {
    name: "fisher_p",
    family: Family::Keyness,
    formula: "sum of the hypergeometric probabilities, given all marginals, which are not above that of the table",
    range: "0 to 1",
    meaning: "two-sided exact test of equal rates; holds for small counts, where p does not",
    edge_rule: "always defined",
    reference: "Fisher 1922, On the interpretation of chi-square from contingency tables, and the calculation of P",
    vector: &[
        Example {
            inputs: "(a, n1, b, n2) = (7, 1000, 2, 1000)",
            value: "0.178702",
            compute: || table(7, 1000, 2, 1000, |t| Some(keyness::fisher_p(t))),
        },
        Example {
            inputs: "(3, 1286, 0, 5864)",
            value: "0.00580729",
            compute: || table(3, 1286, 0, 5864, |t| Some(keyness::fisher_p(t))),
        },
    ],
    column: Column::All,
};
