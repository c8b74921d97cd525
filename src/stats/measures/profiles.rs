//! The measures of `similarity.csv` and `sourcing.csv`, as the reader sees them.

use super::{Column, Example, Family, Measure};
use crate::stats::{diversity, similarity};

const PROFILES: &str = "5, 3 and 2 hits of three items against 2, 3 and 5";
const A: &[u64] = &[5, 3, 2];
const B: &[u64] = &[2, 3, 5];
const SPEAKERS: &str = "5, 2 and 1 quotations of three speakers";
const QUOTATIONS: &[u64] = &[5, 2, 1];

pub(super) const JSD: Measure = Measure {
    name: "jsd",
    family: Family::Similarity,
    formula: "H((p+q)/2) - (H(p)+H(q))/2, H(p) = -sum(p*log2(p))",
    range: "0 to 1",
    meaning: "Jensen-Shannon divergence in bits: 0 the same shares, 1 nothing in common",
    edge_rule: "empty when a group has no hit; grows with fewer hits, so read it beside null_median",
    reference: "Lin 1991, Divergence measures based on the Shannon entropy",
    vector: &[Example { inputs: PROFILES, value: "0.0958156", compute: || similarity::jsd(A, B) }],
    column: Column::Default,
};

pub(super) const COSINE: Measure = Measure {
    name: "cosine",
    family: Family::Similarity,
    formula: "sum(a*b)/sqrt(sum(a*a)*sum(b*b)) of the counts",
    range: "0 to 1",
    meaning: "cosine of the two profiles: 1 the same shares, 0 nothing in common",
    edge_rule: "empty when a group has no hit",
    reference: "Salton and McGill 1983, Introduction to modern information retrieval",
    vector: &[Example { inputs: PROFILES, value: "0.763158", compute: || similarity::cosine(A, B) }],
    column: Column::Default,
};

pub(super) const HHI: Measure = Measure {
    name: "hhi",
    family: Family::Sourcing,
    formula: "sum(n_i*(n_i-1))/(N*(N-1))",
    range: "0 to 1",
    meaning: "probability that two quotations have one speaker: 0 all different, 1 all of one",
    edge_rule: "empty with fewer than two quotations",
    reference: "Simpson 1949, Measurement of diversity",
    vector: &[Example { inputs: SPEAKERS, value: "0.392857", compute: || diversity::hhi(QUOTATIONS) }],
    column: Column::Default,
};

pub(super) const SHANNON: Measure = Measure {
    name: "shannon",
    formula: "-sum(p*log2(p)), p = n_i/N",
    range: "0 to log2(k)",
    meaning: "entropy of the speakers in bits: how many yes-or-no questions it takes to learn who speaks",
    edge_rule: "empty without a quotation",
    reference: "Shannon 1948, A mathematical theory of communication",
    vector: &[Example { inputs: SPEAKERS, value: "1.29879", compute: || diversity::shannon(QUOTATIONS) }],
    ..HHI
};

pub(super) const EVENNESS: Measure = Measure {
    name: "evenness",
    formula: "shannon/log2(k)",
    meaning: "how evenly the speakers are quoted: 1 all as often",
    edge_rule: "empty with fewer than two speakers",
    reference: "Pielou 1966, The measurement of diversity in different types of biological collections",
    vector: &[Example { inputs: SPEAKERS, value: "0.819448", compute: || diversity::evenness(QUOTATIONS) }],
    ..HHI
};
