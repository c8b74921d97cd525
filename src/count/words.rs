//! Counts the words of one article.

use super::counter::CodedArticle;
use super::lexicon::{ShortWord, mix};
use super::scratch::Scratch;
use super::{Lexicon, Vocabulary, WordTally};

use crate::normalise::View;
use crate::normalise::fold::{Folded, fold_char};
use crate::span::NormSpan;
use unicode_normalization::UnicodeNormalization;

/// Reused from article to article. An article uses a few hundred different words, most of them often: they are counted
/// in a small table first, so that the large ones are asked once for each.
#[derive(Debug, Default)]
pub(super) struct WordCounter {
    /// Open addressing: the place of a word among `words`, from 1; 0 is free.
    slots: Vec<u32>,
    words: Vec<(ShortWord, u32)>,
    /// Long words, by their number in the lexicon.
    long: Scratch<u32>,
    spelling: String,
}

/// The words that the last articles of a group used, each article each word once. A vocabulary is too large to stay in
/// the cache while other groups are counted: it takes over many articles at once.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// Numbers of words, and how often.
    words: Vec<(u32, u32)>,
}

/// When the vocabulary takes them over. With the words of the article that comes last they fit in 8192: each group has
/// room for a power of two.
const MANY: usize = 7_000;

impl Used {
    pub fn are_many(&self) -> bool {
        self.words.len() >= MANY
    }

    pub fn add_to(&mut self, vocabulary: &mut Vocabulary) {
        for (word, n) in self.words.drain(..) {
            vocabulary.add(word, WordTally { n: u64::from(n), articles: 1 });
        }
    }
}

/// Slots at the beginning.
const SLOTS: usize = 2048;

impl WordCounter {
    pub fn count(&mut self, article: &CodedArticle<'_>, lexicon: &mut Lexicon, into: &mut Used) {
        let view = article.view;
        let accents = &view.masks().accent;
        for paragraph in article.paragraphs {
            let mut accent = accents.next(paragraph.start as usize, paragraph.end as usize).unwrap_or(usize::MAX);
            for word in view.words(*paragraph) {
                if accent < word.end as usize {
                    self.spelling.clear();
                    accented_word(article.raw, view, word, &mut self.spelling);
                    accent = accents.next(word.end as usize, paragraph.end as usize).unwrap_or(usize::MAX);
                    match ShortWord::new(&self.spelling) {
                        Some(short) => self.meet(short),
                        None => *self.long.at(lexicon.number(&self.spelling)) += 1,
                    }
                } else {
                    match ShortWord::at(view.text(), word.range()) {
                        Some(short) => self.meet(short),
                        None => *self.long.at(lexicon.number(view.slice(word))) += 1,
                    }
                }
            }
        }
        lexicon.short_numbers(&self.words, &mut into.words);
        self.words.clear();
        self.slots.fill(0);
        into.words.extend(self.long.drain());
    }

    #[inline]
    fn meet(&mut self, word: ShortWord) {
        if self.words.len() * 2 >= self.slots.len() {
            self.grow();
        }
        let at = self.find(word);
        match self.slots[at].checked_sub(1) {
            Some(place) => self.words[place as usize].1 += 1,
            None => {
                self.words.push((word, 1));
                self.slots[at] = self.words.len() as u32;
            }
        }
    }

    /// The slot of a word, or the free one where it belongs.
    #[inline]
    fn find(&self, word: ShortWord) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = mix(word) & mask;
        while self.slots[at].checked_sub(1).is_some_and(|place| self.words[place as usize].0 != word) {
            at = (at + 1) & mask;
        }
        at
    }

    #[cold]
    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(SLOTS);
        self.slots.clear();
        self.slots.resize(size, 0);
        for place in 0..self.words.len() {
            let at = self.find(self.words[place].0);
            self.slots[at] = place as u32 + 1;
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
