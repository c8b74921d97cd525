//! Speech between dashes, as many languages print it and translations keep it: "- We stay - said Doe. - And we win."
//!
//! A dash that begins a sentence opens speech. The next dash of the paragraph that a verb of speech follows closes it;
//! without one it was the dash of a list. A dash close behind the verb, or at the head of the next sentence, opens the
//! speech again, which may then end with the paragraph.

use super::quotations::{Quotation, WHOLE_SENTENCE_WORDS};
use crate::normalise::View;
use crate::segment::Sentence;
use crate::span::NormSpan;

/// "- We stay - said Doe on Monday - and we win": so many words at most stand between two stretches of one speech.
const LONGEST_INTERRUPTION_WORDS: usize = 6;
/// What is longer is a list, or a page without paragraphs.
const LONGEST_SPEECH_WORDS: usize = 150;

/// Gives the speech of one paragraph to `found`. `says` tells whether a verb of speech stands near the beginning of a span.
pub(super) fn read(
    view: &View,
    sentences: &[Sentence],
    says: impl Fn(NormSpan) -> bool,
    mut found: impl FnMut(Quotation),
) {
    let has_more = |span: NormSpan, words: usize| view.words(span).nth(words).is_some();
    let mut give = |from: usize, to: usize| {
        if has_more(NormSpan::new(from, to), LONGEST_SPEECH_WORDS) {
            return;
        }
        let text = &view.text()[from..to];
        let start = from + (text.len() - text.trim_start().len());
        let span = NormSpan::new(start, start + text.trim().len());
        found(Quotation { span, words: (view.words_in(span) as u32).max(WHOLE_SENTENCE_WORDS) });
    };
    // Where the speech begins that is open, and whether it was interrupted before.
    let mut open: Option<(usize, bool)> = None;
    // Somebody was said to speak in the sentence before.
    let mut spoken = false;
    let mut before = 0;
    for sentence in sentences {
        let NormSpan { start, end } = sentence.span;
        let (mut from, end) = (start as usize, end as usize);
        let mut said = None;
        if opens(view, from) {
            if let Some((speech, true)) = open {
                give(speech, before);
            }
            from += 1;
            open = Some((from, spoken));
        }
        while let Some(dash) = view.text()[from..end].find(" - ").map(|at| from + at + 1) {
            let next = view.text()[dash + 1..end].find(" - ").map_or(end, |at| dash + 1 + at);
            match (open, said) {
                (Some((speech, _)), _) if says(NormSpan::new(dash + 1, next)) => {
                    give(speech, dash);
                    (open, said) = (None, Some(dash));
                }
                (None, Some(said)) if !has_more(NormSpan::new(said, dash), LONGEST_INTERRUPTION_WORDS) => {
                    open = Some((dash + 1, true));
                }
                _ => {}
            }
            from = dash + 1;
        }
        spoken = said.is_some() && open.is_none();
        before = end;
    }
    if let Some((speech, true)) = open {
        give(speech, before);
    }
}

/// Whether a sentence begins with a dash and a space.
pub(super) fn opens(view: &View, sentence: usize) -> bool {
    view.bytes()[sentence..].starts_with(b"- ")
}
