//! The zones of an article: which lines are body and which are something else.

/// The kind of text a line belongs to. Every line of an article lies in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    Headline,
    Standfirst,
    Heading,
    Body,
    PullQuote,
    Caption,
    Byline,
    Bio,
    EditorNote,
    Appeal,
    Navigation,
    Related,
    Duplicate,
}

impl Zone {
    pub const ALL: [Self; 13] = [
        Self::Headline,
        Self::Standfirst,
        Self::Heading,
        Self::Body,
        Self::PullQuote,
        Self::Caption,
        Self::Byline,
        Self::Bio,
        Self::EditorNote,
        Self::Appeal,
        Self::Navigation,
        Self::Related,
        Self::Duplicate,
    ];

    /// The zones that are counted unless `--zones` says otherwise.
    pub const COUNTED: [Self; 4] = [Self::Headline, Self::Standfirst, Self::Heading, Self::Body];

    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Standfirst => "standfirst",
            Self::Heading => "heading",
            Self::Body => "body",
            Self::PullQuote => "pull_quote",
            Self::Caption => "caption",
            Self::Byline => "byline",
            Self::Bio => "bio",
            Self::EditorNote => "editor_note",
            Self::Appeal => "appeal",
            Self::Navigation => "navigation",
            Self::Related => "related",
            Self::Duplicate => "duplicate",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|zone| zone.name() == name)
    }
}
