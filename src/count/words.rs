//! Counts the words of one article.

use super::counter::CodedArticle;
use super::scratch::Scratch;
use super::{Lexicon, Vocabulary, WordTally};
use crate::normalise::View;
use crate::normalise::fold::{Folded, fold_char};
use crate::span::NormSpan;
use unicode_normalization::UnicodeNormalization;

/// Reused from article to article.
#[derive(Debug, Default)]
pub(super) struct WordCounter {
    /// By the word's number in the lexicon.
    counts: Scratch<u32>,
    spelling: String,
}

impl WordCounter {
    pub fn count(&mut self, article: &CodedArticle<'_>, lexicon: &mut Lexicon, vocabulary: &mut Vocabulary) {
        let view = article.view;
        let accents = &view.masks().accent;
        for paragraph in article.paragraphs {
            let mut accent = accents.next(paragraph.start as usize, paragraph.end as usize).unwrap_or(usize::MAX);
            for word in view.words(*paragraph) {
                let (start, end) = (word.start as usize, word.end as usize);
                let number = if accent < end {
                    self.spelling.clear();
                    accented_word(article.raw, view, word, &mut self.spelling);
                    accent = accents.next(end, paragraph.end as usize).unwrap_or(usize::MAX);
                    lexicon.number(&self.spelling)
                } else {
                    lexicon.number_at(view.text(), start, end)
                };
                *self.counts.at(number) += 1;
            }
        }
        for (word, n) in self.counts.drain() {
            vocabulary.add(word, WordTally { n: u64::from(n), articles: 1 });
        }
    }
}

/// The word as the normalised text has it: NFC, lower case, diacritics kept, quotation marks straight.
pub(crate) fn accented_word(raw: &str, view: &View, word: NormSpan, out: &mut String) {
    for c in raw[view.raw_span(word).range()].nfc() {
        match fold_char(c) {
            Folded::Nothing if !matches!(c, '\u{300}'..='\u{36F}') => {}
            Folded::Char(folded, _) if !c.is_alphabetic() => out.push(folded),
            Folded::Char(..) | Folded::Nothing | Folded::Space | Folded::LineBreak => {
                // The dot that lower-casing İ would add belongs to no spelling.
                out.extend(c.to_lowercase().filter(|lower| c != 'İ' || *lower != '\u{307}'));
            }
        }
    }
}
