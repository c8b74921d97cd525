//! Very long sentences: a list, a table or a text without full stops, read in pieces.
//!
//! The rules of voice compare a hit with the cues of its sentence, in time that grows faster than the sentence. No
//! sentence of prose comes near the limit.

use crate::normalise::View;
use crate::span::NormSpan;
use crate::tag::Mention;

/// A sentence of up to this many bytes is read as a whole; a piece ends at the next semicolon before a mention.
const LONG: u32 = 1_000;
/// Where no semicolon comes, a piece ends here.
const LONGEST: u32 = 2 * LONG;
/// How far a piece reaches beyond its first and last mention, where no other mention stands.
const AROUND: u32 = 500;

/// The pieces of a sentence with their mentions. `mentions` are those of the sentence, by their start; without any, the
/// beginning of the sentence is one piece.
pub(super) fn pieces<'v, 'm>(view: &'v View, sentence: NormSpan, mentions: &'m [Mention]) -> Pieces<'v, 'm> {
    Pieces { view, sentence, rest: mentions, bare: mentions.is_empty() }
}

pub(super) struct Pieces<'v, 'm> {
    view: &'v View,
    /// What has not been read.
    sentence: NormSpan,
    rest: &'m [Mention],
    /// There were no mentions, and nothing was read yet.
    bare: bool,
}

impl<'m> Iterator for Pieces<'_, 'm> {
    type Item = (NormSpan, &'m [Mention]);

    fn next(&mut self) -> Option<Self::Item> {
        let word_at =
            |at: u32, end: u32| self.view.masks().start.next(at as usize, end as usize).map_or(end, |at| at as u32);
        if std::mem::take(&mut self.bare) {
            let NormSpan { start, end } = self.sentence;
            let cut = if self.sentence.len() <= LONGEST as usize { end } else { word_at(start + LONGEST, end) };
            return Some((NormSpan::new(start as usize, cut as usize), self.rest));
        }
        let first = self.rest.first()?.span.start;
        if self.sentence.len() <= LONG as usize {
            return Some((self.sentence, std::mem::take(&mut self.rest)));
        }
        let start = word_at(self.sentence.start.max(first.saturating_sub(AROUND)), first);
        let mut behind = first;
        let ends = |mention: &Mention| {
            let at = mention.span.start;
            let semicolon = || self.view.bytes()[behind as usize..at as usize].contains(&b';');
            let ends = at >= behind && (at >= start + LONGEST || (at >= start + LONG && semicolon()));
            behind = behind.max(mention.span.end);
            ends
        };
        let count = self.rest.iter().position(ends).unwrap_or(self.rest.len());
        let (mentions, rest) = self.rest.split_at(count);
        let next = rest.first().map_or(self.sentence.end, |mention| mention.span.start);
        let last = mentions.iter().map(|mention| mention.span.end).max().unwrap_or(first);
        let end = word_at(last.saturating_add(AROUND).min(next), next);
        self.rest = rest;
        self.sentence = NormSpan::new(end as usize, self.sentence.end as usize);
        Some((NormSpan::new(start as usize, end as usize), mentions))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::AliasId;
    use crate::tag::{Entry, Usage};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_are_short_and_each_mention_stands_in_one(
            words in proptest::collection::vec(("[a-z]{1,12}", 0usize..40, prop_oneof![Just(" "), Just("; ")]), 1..1500),
            rare in 1usize..300,
        ) {
            let (mut text, mut mentions) = (String::new(), Vec::new());
            for (word, dice, gap) in &words {
                let start = text.len();
                text += word;
                // Some overlap: the next one begins within.
                if dice % rare == 0 {
                    let span = NormSpan::new(start, start + word.len());
                    let mention = |span| Mention { span, entry: Entry::Alias(AliasId(0)), sentence: 0, usage: Usage::Actor };
                    mentions.push(mention(span));
                    mentions.push(mention(NormSpan::new(start + word.len() / 2, span.end as usize)));
                }
                text += gap;
            }
            let view = View::of(&text);
            let sentence = NormSpan::new(0, text.trim_end().len());
            let mut done = 0;
            let mut left = &mentions[..];
            for (span, mentions) in pieces(&view, sentence, &mentions) {
                prop_assert!(span.start >= done);
                done = span.end;
                prop_assert!(text.len() <= LONG as usize || span.len() <= (LONGEST + 2 * AROUND) as usize + 50);
                prop_assert!(mentions.iter().all(|mention| span.start <= mention.span.start && mention.span.end <= span.end));
                let expected;
                (expected, left) = left.split_at(mentions.len());
                prop_assert_eq!(expected, mentions);
            }
            prop_assert!(left.is_empty());
        }
    }
}
