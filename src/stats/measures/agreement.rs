//! The measures of agreement, as the reader sees them.

use super::{Column, Example, Family, Measure};
use crate::stats::{Confusion, agreement, correction};

const INPUTS: &str = "tp = 8, fp = 2, fn = 4";
const CONFUSION: Confusion = Confusion { true_positives: 8, false_positives: 2, false_negatives: 4 };

const TWO_CODERS: [(char, char); 12] = [
    ('a', 'b'),
    ('a', 'a'),
    ('b', 'b'),
    ('b', 'b'),
    ('d', 'b'),
    ('c', 'c'),
    ('c', 'c'),
    ('c', 'c'),
    ('e', 'e'),
    ('d', 'd'),
    ('d', 'd'),
    ('a', 'd'),
];
const TWO_CODERS_INPUTS: &str = "a a b b d c c c e d d a against b a b b b c c c e d d d";

fn two_coders_as_units() -> Vec<Vec<Option<char>>> {
    TWO_CODERS.iter().map(|&(first, second)| vec![Some(first), Some(second)]).collect()
}

/// A dot is a gap.
const FOUR_CODERS: [&str; 4] = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
const FOUR_CODERS_INPUTS: &str = "1 2 3 3 2 1 4 1 2 . . . against 1 2 3 3 2 2 4 1 2 5 . 3 against . 3 3 3 2 3 4 2 2 5 \
                                  1 . against 1 2 3 3 2 4 4 1 2 5 1 .";

fn four_coders_as_units() -> Vec<Vec<Option<char>>> {
    (0..12)
        .map(|unit| FOUR_CODERS.iter().map(|codes| codes.chars().nth(unit).filter(|&code| code != '.')).collect())
        .collect()
}

pub(super) const COHEN_KAPPA: Measure = Measure {
    name: "cohen_kappa",
    family: Family::Agreement,
    formula: "(p_o - p_e)/(1 - p_e), p_o the share of equal codes, p_e the share expected from each coder's own use",
    range: "-1 to 1; 0 as by chance",
    meaning: "agreement of two coders beyond chance",
    edge_rule: "empty without units, and when both use one and the same code throughout",
    reference: "Cohen 1960, A coefficient of agreement for nominal scales",
    vector: &[Example {
        inputs: TWO_CODERS_INPUTS,
        value: "0.684211",
        compute: || agreement::cohen_kappa(&TWO_CODERS),
    }],
    column: Column::Agreement,
};

pub(super) const KRIPPENDORFF_ALPHA: Measure = Measure {
    name: "krippendorff_alpha",
    family: Family::Agreement,
    formula: "1 - D_o/D_e, D_o the share of differing pairs of codes within units, D_e among all codes",
    range: "at most 1; 0 as by chance; interval by a bootstrap over articles, 1,000 draws, percentiles",
    meaning: "agreement beyond chance of any number of coders, nominal codes, gaps allowed",
    edge_rule: "units with fewer than two codes are left out; empty when none is left or all codes are the same",
    reference: "Hayes and Krippendorff 2007, Answering the call for a standard reliability measure for coding data",
    vector: &[
        Example {
            inputs: TWO_CODERS_INPUTS,
            value: "0.692",
            compute: || agreement::krippendorff_alpha(&two_coders_as_units()),
        },
        Example {
            inputs: FOUR_CODERS_INPUTS,
            value: "0.743",
            compute: || agreement::krippendorff_alpha(&four_coders_as_units()),
        },
    ],
    column: Column::Agreement,
};

pub(super) const PRECISION: Measure = Measure {
    name: "precision",
    family: Family::Agreement,
    formula: "tp/(tp+fp)",
    range: "0 to 1, with Wilson's 95% interval; of a sample weighted by inclusion, with the interval of `corrected`",
    meaning: "share of the program's findings which the coder has too",
    edge_rule: "empty when the program found nothing",
    reference: "van Rijsbergen 1979, Information retrieval",
    vector: &[Example { inputs: INPUTS, value: "0.8", compute: || agreement::precision(CONFUSION) }],
    column: Column::Agreement,
};

pub(super) const RECALL: Measure = Measure {
    name: "recall",
    family: Family::Agreement,
    formula: "tp/(tp+fn)",
    range: "0 to 1, with Wilson's 95% interval; of a sample weighted by inclusion, with the interval of `corrected`",
    meaning: "share of the coder's findings which the program has too",
    edge_rule: "empty when the coder found nothing",
    reference: "van Rijsbergen 1979, Information retrieval",
    vector: &[Example { inputs: INPUTS, value: "0.666667", compute: || agreement::recall(CONFUSION) }],
    column: Column::Agreement,
};

pub(super) const F1: Measure = Measure {
    name: "f1",
    family: Family::Agreement,
    formula: "2*tp/(2*tp+fp+fn)",
    range: "0 to 1, with Wilson's 95% interval of tp/(tp+fp+fn) mapped by 2x/(1+x)",
    meaning: "harmonic mean of precision and recall",
    edge_rule: "empty when neither side found anything",
    reference: "van Rijsbergen 1979, Information retrieval",
    vector: &[Example { inputs: INPUTS, value: "0.727273", compute: || agreement::f1(CONFUSION) }],
    column: Column::Agreement,
};

/// `k` of `n` coded units of a class of `size` units have the property.
fn class(size: f64, k: usize, n: usize) -> correction::Cell {
    let unit = |at: usize| correction::Coded { weight: size / n as f64, y: f64::from(u8::from(at < k)), x: 0.0 };
    correction::Cell {
        size,
        drawn_from: size,
        coded: (0..n).map(unit).collect(),
        possible: vec![(0.0, 0.0), (1.0, 0.0)],
    }
}

fn corrected() -> Option<correction::Estimate> {
    correction::ratio(correction::Counted { y: 0.0, x: 238.0 }, &[class(150.0, 38, 40), class(88.0, 6, 40)])
}

const CORRECTED_INPUTS: &str = "150 hits that are own to the program, of 40 coded 38 are; 88 others, of 40 coded 6 are";

pub(super) const CORRECTED: Measure = Measure {
    name: "corrected",
    family: Family::Agreement,
    formula: "sum W_c k_c/n_c; of n_c coded hits of class c k_c have the property, W_c is the class's share of all hits; \
              variance sum W_c^2 p_c(1-p_c)/(n_c-1) (1 - n_c/N_c), interval by the normal distribution",
    range: "0 to 1 of a share, 0 or more of a rate",
    meaning: "what a share or rate would be if people had read every hit",
    edge_rule: "p_c of 0 or 1 is (k+.5)/(n+1) in the variance; classes with fewer than 10 coded hits are put together with \
                others of their side; a group with fewer than 20 takes the errors of all groups (`pooled`); empty with fewer \
                than two",
    reference: "Cochran 1977, Sampling techniques; TeBlunthuis, Hase and Chan 2023, Misclassification in automated content \
                analysis causes bias in regression; Egami and others 2023, Using imperfect surrogates for downstream inference",
    vector: &[
        Example { inputs: CORRECTED_INPUTS, value: "0.654202", compute: || Some(corrected()?.value) },
        Example { inputs: "its lower end", value: "0.60625", compute: || Some(corrected()?.share_interval().low) },
        Example { inputs: "its upper end", value: "0.702154", compute: || Some(corrected()?.share_interval().high) },
    ],
    column: Column::Coded,
};
