//! The zones of an article: which lines are body and which are something else.

use crate::named::named;

named! {
    /// The kind of text a line belongs to. Every line of an article lies in exactly one.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Zone {
        Headline = "headline",
        Standfirst = "standfirst",
        Heading = "heading",
        Body = "body",
        PullQuote = "pull_quote",
        Caption = "caption",
        Byline = "byline",
        Bio = "bio",
        EditorNote = "editor_note",
        Appeal = "appeal",
        Navigation = "navigation",
        Related = "related",
        Duplicate = "duplicate",
    }
}

impl Zone {
    /// The zones that are counted unless `--zones` says otherwise.
    pub const COUNTED: [Self; 4] = [Self::Headline, Self::Standfirst, Self::Heading, Self::Body];
}
