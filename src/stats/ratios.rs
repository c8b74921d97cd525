//! The registry of ratio measures: each is a numerator and a denominator per article. Adding one is one row of
//! [`RATIOS`].

use super::Column;
use super::intervals::PER;

/// What is counted of an item in an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Counted words of the article.
    Words,
    /// Hits in any voice.
    Hits,
    /// Hits in the article's own voice.
    Own,
    /// Hits governed by a reporting cue.
    Attributed,
    /// Hits inside a longer direct quotation.
    Quoted,
    /// Hits that quotation marks or a distancing word single out.
    Scare,
    /// Hits under a denial.
    Denied,
    /// Hits whose doer is known.
    Agent,
    /// Hits in the headline or the standfirst.
    Lead,
    /// Hits of the frame about one actor.
    Target,
    /// Hits of the names that one pole gives the object of a pair.
    Pole,
    /// Hits of all names of the pair.
    Pair,
    /// Cues of a speaker that keep their distance from what is said.
    Distancing,
    /// Cues of a speaker.
    Cues,
}

/// A ratio whose sample are articles.
#[derive(Debug, Clone, Copy)]
pub struct RatioMeasure {
    /// Its name in the column `measure`.
    pub name: &'static str,
    /// What is counted.
    pub numerator: Quantity,
    /// Of what.
    pub denominator: Quantity,
    /// What the value is multiplied by.
    pub per: f64,
    /// The layers that have it.
    pub layers: &'static [&'static str],
    /// Whether every run has it.
    pub column: Column,
    /// What it says.
    pub about: &'static str,
}

const CODED: &[&str] = &["actor", "force", "frame", "naming", "term"];
const VOICED: &[&str] = &["force", "frame", "naming", "term"];
const FRAMED: &[&str] = &["force", "frame", "term"];
/// The layer of those who are given the word.
pub const SPEAKER: &str = "speaker";

const fn share_of_hits(
    name: &'static str,
    numerator: Quantity,
    layers: &'static [&'static str],
    about: &'static str,
) -> RatioMeasure {
    RatioMeasure { name, numerator, denominator: Quantity::Hits, per: 1.0, layers, column: Column::All, about }
}

/// Every ratio measure, in the order of `contrasts.csv`.
pub const RATIOS: &[RatioMeasure] = &[
    RatioMeasure {
        name: "rate",
        numerator: Quantity::Hits,
        denominator: Quantity::Words,
        per: PER,
        layers: CODED,
        column: Column::Default,
        about: "hits per 1,000 counted words",
    },
    RatioMeasure {
        column: Column::Default,
        ..share_of_hits(
            "own_share",
            Quantity::Own,
            VOICED,
            "share of hits in the article's own voice; of naming variants with the hypothetical ones",
        )
    },
    share_of_hits("attributed_share", Quantity::Attributed, FRAMED, "share of hits governed by a reporting cue"),
    share_of_hits("quoted_share", Quantity::Quoted, FRAMED, "share of hits inside a longer direct quotation"),
    share_of_hits("scare_share", Quantity::Scare, FRAMED, "share of hits singled out by marks or a distancing word"),
    share_of_hits("denied_share", Quantity::Denied, FRAMED, "share of hits under a denial"),
    share_of_hits("agent_share", Quantity::Agent, FRAMED, "share of hits whose doer is named"),
    share_of_hits("lead_share", Quantity::Lead, VOICED, "share of hits in the headline or the standfirst"),
    share_of_hits("target_share", Quantity::Target, &["frame"], "share of a frame's hits that are about an actor"),
    RatioMeasure {
        denominator: Quantity::Pair,
        ..share_of_hits("pole_share", Quantity::Pole, &["naming"], "share of a pair's hits that a pole's names have")
    },
    RatioMeasure {
        denominator: Quantity::Cues,
        ..share_of_hits(
            "distancing_share",
            Quantity::Distancing,
            &[SPEAKER],
            "share of distancing verbs (`claimed`) among the cues that bring in a speaker's words",
        )
    },
];
