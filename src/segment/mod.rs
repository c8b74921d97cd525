//! Stage 3, segment: the passages of one article in, its sentences and tokens out.
//!
//! Boundaries are those of UAX #29, repaired (see `boundary`); the places to look at come from the view's stop bits
//! alone, but for links to other articles inside a text (see `links`). A sentence never crosses a passage, and each passage
//! with a word in it has at least one.

pub(crate) mod abbreviations;
mod boundary;
mod lexicon;
mod links;
mod openers;
mod tokens;

pub use abbreviations::{Abbreviation, AbbreviationKind, Abbreviations};
pub(crate) use lexicon::Lexicon;
pub(crate) use tokens::{Memo, accented_word};
pub use tokens::{Spelling, Token, Tokens};

use crate::normalise::View;
use crate::span::NormSpan;
use crate::zones::Passage;
use boundary::StopPlace;

/// One sentence, or a heading, which is a unit of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Bytes of the view, without space at either end.
    pub span: NormSpan,
    /// The index of its passage in the slice that was segmented.
    pub passage: u32,
}

/// Cuts passages into sentences. Immutable; shared by all workers.
#[derive(Debug, Clone)]
pub struct Segmenter {
    abbreviations: Abbreviations,
}

impl Segmenter {
    pub fn new(abbreviations: &Abbreviations) -> Self {
        Self { abbreviations: abbreviations.clone() }
    }

    /// The sentences of the passages, in their order. A passage without a letter or digit has none.
    pub fn sentences(&self, view: &View, passages: &[Passage], out: &mut Vec<Sentence>) {
        out.clear();
        for (index, passage) in passages.iter().enumerate() {
            let mut cut = |span: NormSpan| {
                if view.words_in(span) > 0 {
                    out.push(Sentence { span, passage: index as u32 });
                }
            };
            if links::may_stand_in(view, passage.span) {
                self.cut(view, passage.span, &mut |sentence| links::cut(view, sentence, &mut cut));
            } else {
                self.cut(view, passage.span, &mut cut);
            }
        }
    }

    fn cut(&self, view: &View, passage: NormSpan, sentence: &mut impl FnMut(NormSpan)) {
        let (mut start, end) = (passage.start as usize, passage.end as usize);
        let mut at = start;
        // Up to here the sentence has no word.
        let mut wordless = start;
        while let Some(stop) = view.masks().stop.next(at, end) {
            let place = StopPlace::read(view, start, stop, end);
            if place.next >= end {
                break;
            }
            if place.is_boundary(view, &self.abbreviations) {
                // A stretch of signs alone is no sentence; it goes to the one after it.
                if view.masks().start.next(wordless, place.close).is_some() {
                    sentence(NormSpan::new(start, place.close));
                    start = place.next;
                    wordless = start;
                } else {
                    wordless = place.close;
                }
            }
            at = place.after_stops;
        }
        sentence(NormSpan::new(start, end));
    }
}

#[cfg(test)]
mod tests;
