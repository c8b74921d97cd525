//! The measures of association, as the reader sees them.

use super::keyness::{Q_EXAMPLES, Q_FORMULA, Q_REFERENCE};
use super::{Column, Example, Family, Measure};
use crate::stats::{Association, Window, association};

const INPUTS: &str = "(o11, r1, c1, n) = (30, 100, 50, 10000)";
const NEVER_TOGETHER: &str = "empty when o11 = 0";
const EVERT: &str = "Evert 2008, Corpora and collocations";
const GRIES: &str = "Gries 2013, 50-something years of work on collocations";

fn published(measure: fn(Association) -> Option<f64>) -> Option<f64> {
    Association::new(30, 100, 50, 10_000).and_then(measure)
}

const WINDOW: Window = Window { observed: 12, f1: 40, f2: 30, span: 10, n: 10_000 };
const WINDOW_INPUTS: &str = "(observed, f1, f2, s, n) = (12, 40, 30, 10, 10000)";

pub(super) const EXPECTED: Measure = Measure {
    name: "expected",
    family: Family::Association,
    formula: "e11 = r1*c1/n",
    range: "0 to n",
    meaning: "units which would hold both, were the two independent",
    edge_rule: "empty without units; below 5 the row is flagged `expected_below_5`",
    reference: EVERT,
    vector: &[Example {
        inputs: INPUTS,
        value: "0.5",
        compute: || published(|pair| Some(association::expected(pair))),
    }],
    column: Column::Default,
};

pub(super) const NPMI: Measure = Measure {
    name: "npmi",
    family: Family::Association,
    formula: "mi / -log2(o11/n)",
    range: "above -1, to 1; 0 for independence",
    meaning: "mutual information as a share of its largest value: 1 when neither occurs without the other",
    edge_rule: "empty when o11 = 0; 1 when o11 = n",
    reference: "Bouma 2009, Normalized (pointwise) mutual information in collocation extraction",
    vector: &[Example { inputs: INPUTS, value: "0.704810", compute: || published(association::npmi) }],
    column: Column::Default,
};

pub(super) const LOG_DICE: Measure = Measure {
    name: "log_dice",
    family: Family::Association,
    formula: "14 + log2(2*o11/(r1+c1))",
    range: "at most 14",
    meaning: "overlap of the two items, one point for each doubling; does not depend on the size of the corpus",
    edge_rule: NEVER_TOGETHER,
    reference: "Rychlý 2008, A lexicographer-friendly association score",
    vector: &[Example { inputs: INPUTS, value: "12.678072", compute: || published(association::log_dice) }],
    column: Column::Default,
};

pub(super) const DELTA_P_2_GIVEN_1: Measure = Measure {
    name: "delta_p_2_given_1",
    family: Family::Association,
    formula: "o11/r1 - o21/(n-r1)",
    range: "-1 to 1; 0 for independence",
    meaning: "how much the first item raises the probability of the second",
    edge_rule: "empty at 0/0: the first is in no unit or in all",
    reference: GRIES,
    vector: &[Example { inputs: INPUTS, value: "0.297980", compute: || published(association::delta_p_2_given_1) }],
    column: Column::Default,
};

pub(super) const DELTA_P_1_GIVEN_2: Measure = Measure {
    name: "delta_p_1_given_2",
    family: Family::Association,
    formula: "o11/c1 - o12/(n-c1)",
    range: "-1 to 1; 0 for independence",
    meaning: "how much the second item raises the probability of the first",
    edge_rule: "empty at 0/0: the second is in no unit or in all",
    reference: GRIES,
    vector: &[Example { inputs: INPUTS, value: "0.592965", compute: || published(association::delta_p_1_given_2) }],
    column: Column::Default,
};

pub(super) const G2: Measure = Measure {
    name: "g2",
    family: Family::Association,
    formula: "2*sum(O*ln(O/E)) over the four cells, with the sign of o11 - e11",
    range: "any number; 0 for independence",
    meaning: "strength of the evidence that the two attract (positive) or avoid each other (negative)",
    edge_rule: "always defined: 0*ln 0 = 0",
    reference: "Dunning 1993, Accurate methods for the statistics of surprise and coincidence",
    vector: &[Example {
        inputs: INPUTS,
        value: "219.266579",
        compute: || published(|pair| Some(association::g2(pair))),
    }],
    column: Column::Default,
};

pub(super) const P: Measure = Measure {
    name: "p",
    family: Family::Association,
    formula: "chi-square survival with 1 degree of freedom of abs(g2)",
    range: "0 to 1",
    meaning: "how often chance alone would give a g2 at least this far from 0, were units independent",
    edge_rule: "empty when e11 < 5 or the group has fewer than two articles",
    reference: "Dunning 1993, Accurate methods for the statistics of surprise and coincidence",
    vector: &[Example {
        inputs: "(o11, r1, c1, n) = (10, 100, 60, 1000)",
        value: "0.099598",
        compute: || Association::new(10, 100, 60, 1000).map(association::p),
    }],
    column: Column::Default,
};

pub(super) const Q: Measure = Measure {
    name: "q",
    family: Family::Association,
    formula: Q_FORMULA,
    range: "p to 1",
    meaning: "expected share of false findings when all rows up to this q are taken for findings; the family is one \
              group, unit and level, m its rows with a p",
    edge_rule: "empty where p is empty; ties share",
    reference: Q_REFERENCE,
    vector: Q_EXAMPLES,
    column: Column::Default,
};

pub(super) const MI: Measure = Measure {
    name: "mi",
    family: Family::Association,
    formula: "log2(o11/e11)",
    range: "any number; 0 for independence",
    meaning: "how many times more often than expected, in doublings; high for rare pairs whatever the evidence",
    edge_rule: NEVER_TOGETHER,
    reference: "Church and Hanks 1990, Word association norms, mutual information, and lexicography",
    vector: &[Example { inputs: INPUTS, value: "5.906891", compute: || published(association::mi) }],
    column: Column::All,
};

pub(super) const T_SCORE: Measure = Measure {
    name: "t_score",
    family: Family::Association,
    formula: "(o11-e11)/sqrt(o11)",
    range: "at most sqrt(o11)",
    meaning: "distance from independence in standard deviations of the count; favours frequent pairs",
    edge_rule: NEVER_TOGETHER,
    reference: "Church, Gale, Hanks and Hindle 1991, Using statistics in lexical analysis",
    vector: &[Example { inputs: INPUTS, value: "5.385938", compute: || published(association::t_score) }],
    column: Column::All,
};

pub(super) const DICE: Measure = Measure {
    name: "dice",
    family: Family::Association,
    formula: "2*o11/(r1+c1)",
    range: "0 to 1",
    meaning: "units with both, as a share of the mean of units with either item",
    edge_rule: "empty when neither item occurs",
    reference: "Dice 1945, Measures of the amount of ecologic association between species",
    vector: &[Example { inputs: INPUTS, value: "0.4", compute: || published(association::dice) }],
    column: Column::All,
};

pub(super) const JACCARD: Measure = Measure {
    name: "jaccard",
    family: Family::Association,
    formula: "o11/(r1+c1-o11)",
    range: "0 to 1",
    meaning: "of the units with at least one of the two, the share with both",
    edge_rule: "empty when neither item occurs",
    reference: "Jaccard 1912, The distribution of the flora in the alpine zone",
    vector: &[Example { inputs: INPUTS, value: "0.25", compute: || published(association::jaccard) }],
    column: Column::All,
};

pub(super) const WINDOW_EXPECTED: Measure = Measure {
    name: "expected",
    family: Family::Window,
    formula: "f1*f2*s/n",
    range: "0 and above",
    meaning: "pairs within the window, were the occurrences placed at random",
    edge_rule: "empty without words",
    reference: EVERT,
    vector: &[Example { inputs: WINDOW_INPUTS, value: "1.2", compute: || association::window_expected(WINDOW) }],
    column: Column::Window,
};

pub(super) const WINDOW_MI: Measure = Measure {
    name: "mi",
    family: Family::Window,
    formula: "log2(observed/expected)",
    range: "any number; 0 for independence",
    meaning: "how many times more often than expected, in doublings; without the factor s it would be log2(s) higher",
    edge_rule: "empty when observed or expected is 0",
    reference: EVERT,
    vector: &[Example { inputs: WINDOW_INPUTS, value: "3.321928", compute: || association::window_mi(WINDOW) }],
    column: Column::Window,
};
