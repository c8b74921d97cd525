//! The names of the structural rules.

use crate::id::RuleId;
use crate::named::named;

named! {
    /// The rules that are code, because they look at more than one line.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Structure: meaning {
        RunningText = "running_text": "Body: no other rule applies.",
        FirstLine = "first_line": "Headline: the first line of at most 20 words that is no navigation and does not end in a full stop, comma, colon or semicolon, with running text below it.",
        MetadataTitle = "metadata_title": "Headline: a line near the top that is the title of the metadata.",
        BelowHeadline = "below_headline": "Standfirst: the first paragraph below the headline, of at most 40 words, with a longer one further down.",
        ShortLine = "short_line": "Heading: a line of at most 12 words without closing punctuation above running text, alone or with one other such line.",
        NamesAboveHeadline = "names_above_headline": "Navigation: a line of capitalised names without a function word, above the headline.",
        PullQuote = "pull_quote": "Pull quote: a paragraph of at least 6 words that stands again, word for word, inside a longer paragraph.",
        AfterEndMarker = "after_end_marker": "Related: what follows an end marker and has no rule of its own.",
        LabelAfterEndMarker = "label_after_end_marker": "Navigation: a line of at most 4 words without closing punctuation after an end marker.",
        AroundMainText = "around_main_text": "Navigation or related: a line of a whole web page that lies above or below its main text, the stretch with the most running text.",
        ListInMainText = "list_in_main_text": "Related: one of several short lines in a row without closing punctuation, or a longer one, in the main text of a whole web page.",
        TemplateLine = "template_line": "Navigation: a line that the sketch found to be a template of the source.",
    }
}

impl Structure {
    pub(super) fn rule(self) -> RuleId {
        RuleId::new(self as usize)
    }
}
