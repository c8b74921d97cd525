//! The measures of dispersion, as the reader sees them.

use super::{Column, Example, Family, Measure};
use crate::stats::{Part, dispersion};

const INPUTS: &str = "f = 1, 2, 3, 4, 5 in articles of 9, 10, 10, 10, 11 words";
const PARTS: &[Part] = &[
    Part { count: 1, size: 9 },
    Part { count: 2, size: 10 },
    Part { count: 3, size: 10 },
    Part { count: 4, size: 10 },
    Part { count: 5, size: 11 },
];
const FEW_PARTS: &str = "empty with fewer than two articles or no hit";

pub(super) const RANGE: Measure = Measure {
    name: "range",
    family: Family::Dispersion,
    formula: "number of articles with f > 0",
    range: "0 to k",
    meaning: "how many articles have the item at all",
    edge_rule: "always defined",
    reference: "Gries 2008, Dispersions and adjusted frequencies in corpora",
    vector: &[Example { inputs: INPUTS, value: "5", compute: || Some(dispersion::range(PARTS) as f64) }],
    column: Column::Default,
};

pub(super) const JUILLAND_D: Measure = Measure {
    name: "juilland_d",
    family: Family::Dispersion,
    formula: "1 - (sd_pop(p)/mean(p))/sqrt(k-1)",
    range: "0 to 1",
    meaning: "evenness of the articles' rates: 1 the same rate everywhere, 0 all hits in one article",
    edge_rule: FEW_PARTS,
    reference: "Juilland and Chang-Rodríguez 1964, Frequency dictionary of Spanish words",
    vector: &[Example { inputs: INPUTS, value: "0.785150", compute: || dispersion::juilland_d(PARTS) }],
    column: Column::Default,
};

pub(super) const GRIES_DP: Measure = Measure {
    name: "gries_dp",
    family: Family::Dispersion,
    formula: "0.5*sum(abs(f_i/F - s_i/S))",
    range: "0 to below 1",
    meaning: "share of the hits which would have to move to lie as the words do: 0 is even",
    edge_rule: "empty when F = 0",
    reference: "Gries 2008, Dispersions and adjusted frequencies in corpora",
    vector: &[Example { inputs: INPUTS, value: "0.18", compute: || dispersion::gries_dp(PARTS) }],
    column: Column::Default,
};

pub(super) const DP_NORM: Measure = Measure {
    name: "dp_norm",
    family: Family::Dispersion,
    formula: "gries_dp / (1 - min(s_i/S))",
    range: "0 to 1",
    meaning: "gries_dp as a share of its largest possible value, so that groups can be compared",
    edge_rule: FEW_PARTS,
    reference: "Lijffijt and Gries 2012, Correction to Stefan Th. Gries' \"Dispersions and adjusted frequencies in \
                corpora\"",
    vector: &[Example { inputs: INPUTS, value: "0.219512", compute: || dispersion::dp_norm(PARTS) }],
    column: Column::Default,
};
