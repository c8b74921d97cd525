//! Speech behind a colon without quotation marks, as pages print long quotations: "Orlo Benn said: We go on. The siege ends."
//!
//! A verb of speech directly before the colon makes the rest of the paragraph speech, and one near a colon that ends its
//! paragraph the next paragraph, where no mark stands in it: marks would say themselves where speech begins.

use super::grammar::rows;
use super::quotations::{Quotation, WHOLE_SENTENCE_WORDS};
use crate::normalise::View;
use crate::segment::Sentence;
use crate::span::NormSpan;
use std::sync::LazyLock;

/// How many words before the colon within a paragraph, and before one at its end, may be the verb of speech.
const WORDS_INSIDE: usize = 1;
const WORDS_AT_END: usize = 8;
/// They stand within so many bytes.
const LONGEST_BEFORE_BYTES: usize = 200;

static VERBS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let row = rows().find(|(name, _)| *name == "before_colon");
    row.map(|(_, words)| words.split(' ').collect()).unwrap_or_default()
});

/// Gives the speech of an article to `found`.
pub(super) fn read(view: &View, sentences: &[Sentence], mut found: impl FnMut(Quotation)) {
    let says = |word: NormSpan| {
        let capitals = view.masks().upper.get(word.start as usize + 1);
        !capitals && VERBS.contains(&view.slice(word))
    };
    let said_before = |sentence: usize, colon: usize, words: usize| {
        let near = sentence.max(colon.saturating_sub(LONGEST_BEFORE_BYTES));
        let from = (near..=colon).find(|at| view.text().is_char_boundary(*at)).unwrap_or(colon);
        let before: Vec<NormSpan> = view.words(NormSpan::new(from, colon)).collect();
        before.iter().rev().take(words).any(|word| says(*word))
    };
    let mut give = |start: usize, end: usize| {
        let span = NormSpan::new(start, end);
        let words = view.words_in(span) as u32;
        if words > 0 && view.masks().quote.iter(start, end).all(|at| view.bytes()[at] != b'"') {
            found(Quotation { span, words: words.max(WHOLE_SENTENCE_WORDS) });
        }
    };
    let mut introduced = false;
    for paragraph in sentences.chunk_by(|a, b| a.passage == b.passage) {
        let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { continue };
        let (start, end) = (first.span.start as usize, last.span.end as usize);
        if std::mem::take(&mut introduced) {
            give(start, end);
            continue;
        }
        // Most paragraphs end here: the whole is read without a branch, which is faster than to stop at the first colon.
        let text = &view.bytes()[start..end];
        if !text.iter().fold(false, |found, byte| found | (*byte == b':')) {
            continue;
        }
        if text.ends_with(b":") {
            introduced = said_before(last.span.start as usize, end - 1, WORDS_AT_END);
        }
        let colon = paragraph.iter().find_map(|sentence| {
            let from = sentence.span.start as usize;
            let colons = view.slice(sentence.span).match_indices(": ").map(|(at, _)| from + at);
            let mut opening = colons.filter(|colon| view.masks().upper.get(colon + 2));
            opening.find(|colon| said_before(from, *colon, WORDS_INSIDE))
        });
        if let Some(colon) = colon {
            give(colon + 2, end);
        }
    }
}
