//! Stage 5, tag: the view and sentences of an article in, [`Mention`]s out.
//!
//! A match begins at a word and ends at a word's edge (a possessive `'s` may follow), and that test comes before the
//! choice of the longest. Actors, frames and naming pairs are layers that do not hide one another. Nothing is lost in
//! silence: a refused hit has a [`RejectReason`].

mod conditions;
mod everyday;
mod guard;
mod keys;
mod matcher;
mod near;
mod next_words;
mod place;
mod resolve;
mod tagger;

pub(crate) use matcher::{Found, Matcher, MatcherEntry, Walks};
pub(crate) use next_words::NextWords;
pub use resolve::Rejected;
pub(crate) use tagger::Tagger;
pub use tagger::Tags;

use crate::id::{AliasId, TermId, VariantId};
use crate::named::named;
use crate::span::NormSpan;

/// What a mention is an instance of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entry {
    Alias(AliasId),
    Term(TermId),
    Variant(VariantId),
}

/// A counted hit of the codebook in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    pub span: NormSpan,
    pub entry: Entry,
    /// Index of the sentence in the article's sentences.
    pub sentence: u32,
    pub usage: Usage,
}

/// Whether an alias of an actor stands for the actor or is only a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    Actor,
    /// A capital that is plainly a place ("Baku-based", "a visit to Tehran"); counts in `n_place_use` only.
    Place,
}

named! {
    /// Why a hit does not count.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum RejectReason {
        /// A longer or earlier hit of its layer covers it.
        Shadowed = "shadowed",
        /// It lies in a mask.
        Masked = "masked",
        /// The next words are in `not_before`.
        NotBefore = "not_before",
        /// The preceding words are in `not_after`.
        NotAfter = "not_after",
        /// The article's date lies outside `from` and `to`.
        Date = "date",
        /// Its capitals are not those of the entry.
        Case = "case",
        /// A short alias that is also an English word, in an all-capitals line.
        CapitalsLine = "capitals_line",
        /// None of the actors in `near` is named in the sentence.
        Near = "near",
        /// A term of everyday use, in an article with few other terms, that nothing in or beside its sentence speaks for.
        Everyday = "everyday",
    }
}

/// Whether other hits or the entry's own conditions stood against a hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    Covered,
    Refused,
}

impl RejectReason {
    pub fn cover(self) -> Cover {
        match self {
            Self::Shadowed | Self::Masked => Cover::Covered,
            Self::NotBefore
            | Self::NotAfter
            | Self::Date
            | Self::Case
            | Self::CapitalsLine
            | Self::Near
            | Self::Everyday => Cover::Refused,
        }
    }
}
