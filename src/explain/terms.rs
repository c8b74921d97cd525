//! The words in the cells of the tables: zones, voices, tiers, reasons, flags, and values with a meaning of their own.

use super::{Topic, TopicKind};
use crate::codebook::Force;
use crate::count::{ALL, ALL_TERMS, NONE};
use crate::normalise::Zone;
use crate::stats::{Column, RATIOS};
use crate::tag::RejectReason;
use crate::voice::{Tier, Voice};

pub(super) fn zones() -> impl Iterator<Item = Topic> {
    Zone::ALL.into_iter().map(|zone| {
        let counted = if Zone::COUNTED.contains(&zone) { "counted" } else { "not counted" };
        Topic::new(
            TopicKind::Zone,
            zone.name(),
            format!("{}; {counted} unless `--zones` says otherwise", zone_meaning(zone)),
        )
    })
}

fn zone_meaning(zone: Zone) -> &'static str {
    match zone {
        Zone::Headline => "the headline",
        Zone::Standfirst => "the paragraph between headline and body that sums the article up",
        Zone::Heading => "a heading between paragraphs",
        Zone::Body => "running text",
        Zone::PullQuote => "a sentence of the body, repeated to catch the eye",
        Zone::Caption => "what stands under a picture, and its credit",
        Zone::Byline => "who wrote it, where and when",
        Zone::Bio => "a note on the author",
        Zone::EditorNote => "a note of the editors",
        Zone::Appeal => "a request to give, subscribe or follow",
        Zone::Navigation => "menus, section labels and buttons",
        Zone::Related => "teasers of other articles",
        Zone::Duplicate => "a repetition of another article",
    }
}

pub(super) fn voices() -> impl Iterator<Item = Topic> {
    Voice::ALL.into_iter().map(|voice| Topic::new(TopicKind::Voice, voice.name(), voice_meaning(voice)))
}

fn voice_meaning(voice: Voice) -> &'static str {
    match voice {
        Voice::Own => "the article says it itself: no other voice applies",
        Voice::Hypothetical => "the article's own voice, but as a risk, a possibility or something prevented",
        Voice::Attributed => "governed by a reporting cue in the same clause: somebody else says it",
        Voice::Quoted => "inside a longer direct quotation",
        Voice::Scare => "the quotation is the term itself or little more, or a distancing cue stands before it",
        Voice::Denied => "under a denial: said only to be rejected",
    }
}

pub(super) fn tiers() -> impl Iterator<Item = Topic> {
    [Tier::Firm, Tier::Ambiguous, Tier::None].into_iter().map(|tier| {
        let meaning = match tier {
            Tier::Firm => "a strong cue or a quotation decided the voice",
            Tier::Ambiguous => "a weak cue or a demand decided the voice; it widens the interval of own voice",
            Tier::None => "no cue: the article's own voice by default",
        };
        Topic::new(TopicKind::Tier, tier.name(), meaning)
    })
}

pub(super) fn reject_reasons() -> impl Iterator<Item = Topic> {
    RejectReason::ALL.into_iter().map(|reason| {
        let meaning = match reason {
            RejectReason::Shadowed => "a longer or earlier hit of its layer covers it",
            RejectReason::Masked => "it lies in a mask of the codebook",
            RejectReason::NotBefore => "the next words stand in the entry's `not_before`",
            RejectReason::NotAfter => "the words before it stand in the entry's `not_after`",
            RejectReason::Date => "the article's date lies outside the entry's `from` and `to`, or it has none and a contested name hangs on it",
            RejectReason::Case => "its capitals are not those of the entry",
            RejectReason::CapitalsLine => "a short name that is an English word too, in a line of capitals",
            RejectReason::Near => "none of the actors in the entry's `near` is named in the sentence",
            RejectReason::Everyday => {
                "the term is of everyday use (`everyday` in terms.csv), its sentence names no actor and has no other term, and the article has few other terms or the sentences beside do not speak for it either"
            }
        };
        Topic::new(TopicKind::RejectReason, reason.name(), meaning)
    })
}

/// The ratio measures of `contrasts.csv`.
pub(super) fn ratios() -> impl Iterator<Item = Topic> {
    RATIOS.iter().map(|ratio| {
        let column = match ratio.column {
            Column::Default => "in every run",
            Column::All | Column::Window | Column::Agreement | Column::Coded => "with `--measures all`",
        };
        let text = format!(
            "  meaning    {}\n  layers     {}\n  written    {column}\n  intervals  over articles: `framescope explain value_low`, `ratio_low`, `p`\n",
            ratio.about,
            ratio.layers.join(", ")
        );
        Topic::new(TopicKind::Ratio, ratio.name, ratio.about).with_text(text)
    })
}

pub(super) fn flags() -> impl Iterator<Item = Topic> {
    [
        ("single_article", "the group has one article: the number describes that article, and no p or q is given"),
        ("expected_below_5", "the expected count is below 5: too little for a test"),
        ("b_zero", "the item does not occur in the reference: the ratio is a lower bound made by smoothing"),
        ("zero_side", "one side has none: there is no ratio to 0"),
        (
            "exact",
            "in `keyness` Fisher's exact p, in `contrasts` the p of all divisions of the articles, not of a sample",
        ),
        ("no_null", "words are counted by group and not by article: no articles can be exchanged, so there is no p"),
        ("undated", "a date-bound alias matched in an article without a date (column `rule` of the ledger)"),
    ]
    .into_iter()
    .map(|(name, meaning)| Topic::new(TopicKind::Flag, name, meaning))
}

pub(super) fn values() -> impl Iterator<Item = Topic> {
    [
        (ALL, "the row of the whole corpus"),
        (NONE, "the group of the articles without a value in this column"),
        (ALL_TERMS, "the row over all terms of a frame, each hit counted once"),
        (Force::Loaded.row(), "the row over the terms of a frame that judge what they name (`force` in terms.csv)"),
        (Force::Neutral.row(), "the row over the terms of a frame that do not judge (`force` in terms.csv)"),
        ("place_use", "a capital that is plainly a place (`Baku-based`); counted in `n_place_use` only"),
    ]
    .into_iter()
    .map(|(name, meaning)| Topic::new(TopicKind::Value, name, meaning))
}
