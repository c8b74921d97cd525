//! Tokens and types: the words of an article's counted passages, each with the number of its type.
//!
//! A word is looked up once, here. What a later stage knows of a type it keeps in a [`Memo`], by that number: a corpus
//! has many tokens and few types.

use super::lexicon::{Lexicon, ShortWord};
use crate::id::Identity;
use crate::normalise::fold::{Folded, fold_char};
use crate::normalise::{Bits, View, read_through};
use crate::span::NormSpan;
use unicode_normalization::UnicodeNormalization;

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub span: NormSpan,
    /// The number of its type, and in the highest bit its spelling: of the twelve bytes of a word a long article takes two
    /// times its size.
    word: u32,
}

/// The bit of [`Spelling::Accented`].
const ACCENTED: u32 = 1 << 31;

impl Token {
    /// The number of its type in the lexicon.
    #[inline(always)]
    pub fn word(&self) -> u32 {
        self.word & !ACCENTED
    }

    #[inline(always)]
    pub fn spelling(&self) -> Spelling {
        if self.word & ACCENTED == 0 { Spelling::Folded } else { Spelling::Accented }
    }
}

/// How the type of a token is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// As the view has it.
    Folded,
    /// With diacritics that the view does not have.
    Accented,
}

/// The tokens of one article, and the lexicon that numbers the types of all articles. Reused from article to article.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    tokens: Vec<Token>,
    lexicon: Lexicon,
    spelling: String,
}

/// Words that are looked up together, so that the processor fetches their memory at the same time.
const TOGETHER: usize = 16;

impl Tokens {
    /// Reads the words that begin in the passages.
    pub fn read(&mut self, view: &View, raw: &str, passages: &[NormSpan]) {
        self.tokens.clear();
        for passage in passages {
            let first = self.tokens.len();
            let token = |span| Token { span, word: 0 };
            self.tokens.extend(view.words(*passage).map(token));
            mark_accented(view, &mut self.tokens[first..]);
        }
        for chunk in self.tokens.chunks_mut(TOGETHER) {
            let mut words = [ShortWord::default(); TOGETHER];
            for (word, token) in words.iter_mut().zip(chunk.iter()) {
                *word = match token.spelling() {
                    Spelling::Folded => ShortWord::at(view.text(), token.span.range()).unwrap_or_default(),
                    Spelling::Accented => ShortWord::default(),
                };
            }
            let seen = self.lexicon.glance(&words);
            for (token, number) in chunk.iter_mut().zip(&seen) {
                token.word |= match number.checked_sub(1) {
                    Some(word) => word,
                    None => look_up(&mut self.lexicon, &mut self.spelling, view, raw, token),
                };
            }
        }
    }

    /// The tokens in the order of the text.
    pub fn all(&self) -> &[Token] {
        &self.tokens
    }

    /// The tokens that begin in a span.
    pub fn of(&self, span: NormSpan) -> &[Token] {
        let first = self.tokens.partition_point(|token| token.span.start < span.start);
        Sentencewise { rest: &self.tokens[first..] }.of(span)
    }

    /// The tokens of one sentence after the other.
    pub fn sentencewise(&self) -> Sentencewise<'_> {
        Sentencewise { rest: &self.tokens }
    }

    pub fn into_lexicon(self) -> Lexicon {
        self.lexicon
    }
}

/// The number of a token's type where a glance did not tell.
#[cold]
fn look_up(lexicon: &mut Lexicon, spelling: &mut String, view: &View, raw: &str, token: &Token) -> u32 {
    match token.spelling() {
        Spelling::Folded => lexicon.number(view.slice(token.span)),
        Spelling::Accented => {
            spelling.clear();
            accented_word(raw, view, token.span, spelling);
            lexicon.number(spelling)
        }
    }
}

/// A cursor over the tokens: from one sentence to the next few are passed, where a search would look at many.
#[derive(Debug, Clone)]
pub struct Sentencewise<'t> {
    rest: &'t [Token],
}

impl<'t> Sentencewise<'t> {
    /// The tokens that begin in a span. Spans must come in the order of the text.
    pub fn of(&mut self, span: NormSpan) -> &'t [Token] {
        let before = |rest: &[Token], at: u32| rest.iter().take_while(|token| token.span.start < at).count();
        self.rest = &self.rest[before(self.rest, span.start)..];
        let (tokens, rest) = self.rest.split_at(before(self.rest, span.end));
        self.rest = rest;
        tokens
    }
}

/// Marks the tokens of a passage in which a character lost a diacritic.
fn mark_accented(view: &View, tokens: &mut [Token]) {
    let ([first, ..], [.., last]) = (&*tokens, &*tokens) else { return };
    let accents = &view.masks().accent;
    let (mut at, end) = (first.span.start as usize, last.span.end as usize);
    let mut rest = tokens;
    while let Some(accent) = accents.next(at, end) {
        let behind = rest.partition_point(|token| token.span.end as usize <= accent);
        rest = &mut rest[behind..];
        let Some(token) = rest.first_mut() else { return };
        at = accent + 1;
        // A mark may also stand on a sign before the word.
        if token.span.start as usize <= accent {
            token.word |= ACCENTED;
            at = token.span.end as usize;
        }
    }
}

/// The word as the normalised text has it: NFC, lower case, diacritics kept, quotation marks straight.
pub fn accented_word(raw: &str, view: &View, word: NormSpan, out: &mut String) {
    let mut read = String::new();
    read_through(&raw[view.raw_span(word).range()], &mut read);
    for c in read.nfc() {
        match fold_char(c) {
            // The word was divided at the end of a line.
            Folded::Char('-', _) | Folded::Space | Folded::LineBreak => {}
            Folded::Nothing if !matches!(c, '\u{300}'..='\u{36F}') => {}
            Folded::Char(folded, _) if !c.is_alphabetic() => out.push(folded),
            Folded::Char(..) | Folded::Nothing => {
                // The dot that lower-casing İ would add belongs to no spelling.
                out.extend(c.to_lowercase().filter(|lower| c != 'İ' || *lower != '\u{307}'));
            }
        }
    }
}

/// So many types are remembered.
const MOST_KNOWN: usize = 1 << 17;

/// What a stage knows of the types of one lexicon, by number. It forgets all when either of them is another one.
///
/// Most types are of no interest to a stage: what is known of them is the default. Of those there is one bit each, so
/// that the words of a corpus stay in the nearest cache. Of the others the first [`MOST_KNOWN`] are remembered: types are
/// numbered as they are met, so that later ones are rare.
#[derive(Debug, Clone, Default)]
pub struct Memo<T> {
    of: Option<(u64, u64)>,
    /// The types of no interest.
    dull: Bits,
    /// By number of the type: where in `facts`; 0 when nothing but the default is known yet.
    known: Vec<u32>,
    /// The first is the default.
    facts: Vec<T>,
    /// Of the last token that is not remembered.
    other: T,
}

impl<T: Default + PartialEq> Memo<T> {
    /// To be called for each article, with the tokens that `stage` will ask about.
    pub fn prepare(&mut self, tokens: &Tokens, stage: &Identity) {
        let of = Some((tokens.lexicon.identity().number(), stage.number()));
        if self.of != of {
            self.dull.reset(0);
            self.known.clear();
            self.facts.clear();
            self.facts.push(T::default());
            self.of = of;
        }
        self.known.resize(tokens.lexicon.len().min(MOST_KNOWN), 0);
    }

    /// Whether what is found out of the token's type is remembered.
    #[inline]
    pub fn keeps(&self, token: &Token) -> bool {
        token.spelling() == Spelling::Folded && (token.word() as usize) < self.known.len()
    }

    /// Those of up to 64 tokens that may be of interest, the first lowest: all of which it is not known that they are
    /// not. Which words these are cannot be guessed, so that a branch for each would cost more.
    #[inline]
    pub fn of_interest(&self, tokens: &[Token]) -> u64 {
        tokens.iter().zip(0..64).fold(0, |mask, (token, at)| mask | u64::from(!self.is_dull(token)) << at)
    }

    #[inline]
    fn is_dull(&self, token: &Token) -> bool {
        (token.spelling() == Spelling::Folded) & self.dull.get(token.word() as usize)
    }

    /// What is known of the token's type; `find` finds it out from the word in the view, once for each that is remembered. A
    /// token whose type is spelled otherwise than in the view is not.
    #[inline]
    pub fn of(&mut self, token: &Token, find: impl FnOnce() -> T) -> &T {
        if self.is_dull(token) {
            return &self.facts[0];
        }
        match (token.spelling(), self.known.get(token.word() as usize)) {
            (Spelling::Folded, Some(0)) => self.learn(token.word(), find()),
            (Spelling::Folded, Some(fact)) => &self.facts[*fact as usize],
            (spelling, _) => {
                self.other = find();
                if spelling == Spelling::Folded && self.other == T::default() {
                    self.dull.set(token.word() as usize);
                }
                &self.other
            }
        }
    }

    #[cold]
    fn learn(&mut self, word: u32, fact: T) -> &T {
        if fact == T::default() {
            self.dull.set(word as usize);
            return &self.facts[0];
        }
        let at = self.facts.len();
        self.known[word as usize] = at as u32;
        self.facts.push(fact);
        &self.facts[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn tokens_are_the_words_of_the_passages_and_their_numbers_tell_the_spellings(
            texts in proptest::collection::vec("[aeA'. é\u{301}東ß,\n]{0,40}( x[a-c]{17,20})?", 1..5),
            cut in 0usize..30,
        ) {
            let (mut tokens, mut memo, stage) = (Tokens::default(), Memo::default(), Identity::default());
            let mut numbers: HashMap<String, u32> = HashMap::new();
            for raw in &texts {
                let view = View::of(raw);
                let length = view.text().len();
                let cut = (0..=cut.min(length)).rev().find(|at| view.text().is_char_boundary(*at)).unwrap_or(0);
                let passages = [NormSpan::new(0, cut), NormSpan::new(cut, length)];
                tokens.read(&view, raw, &passages);
                let words: Vec<NormSpan> = passages.iter().flat_map(|passage| view.words(*passage)).collect();
                prop_assert_eq!(tokens.all().iter().map(|token| token.span).collect::<Vec<_>>(), words);
                memo.prepare(&tokens, &stage);
                let mut sentencewise = tokens.sentencewise();
                for passage in passages {
                    let begins_in = |token: &&Token| passage.range().contains(&(token.span.start as usize));
                    let of: Vec<Token> = tokens.all().iter().filter(begins_in).copied().collect();
                    prop_assert_eq!(sentencewise.of(passage), of);
                }
                for token in tokens.all() {
                    let mut spelling = String::new();
                    accented_word(raw, &view, token.span, &mut spelling);
                    let is_accented = (token.span.range()).any(|at| view.masks().accent.get(at));
                    prop_assert_eq!(token.spelling() == Spelling::Accented, is_accented);
                    if !is_accented {
                        spelling = view.slice(token.span).to_owned();
                    }
                    let next = numbers.len() as u32;
                    let number = *numbers.entry(spelling).or_insert(next);
                    let fact = token.span.len() as u32 % 3;
                    prop_assert_eq!(*memo.of(token, || fact), fact);
                    let is_known_to_be_dull = fact == 0 && !is_accented;
                    prop_assert_eq!(memo.of_interest(std::slice::from_ref(token)), u64::from(!is_known_to_be_dull));
                    prop_assert_eq!(token.word(), number);
                }
                for tokens in tokens.all().chunks(64) {
                    let is_interesting = |token: &Token| memo.of_interest(std::slice::from_ref(token)) == 1;
                    let one_by_one = tokens.iter().rev().fold(0, |mask, token| mask << 1 | u64::from(is_interesting(token)));
                    prop_assert_eq!(memo.of_interest(tokens), one_by_one);
                }
            }
            prop_assert_eq!(tokens.lexicon.len(), numbers.len());
        }
    }

    #[test]
    fn a_memo_forgets_what_it_knows_of_another_lexicon_or_for_another_stage() {
        let read = |text: &str| {
            let mut tokens = Tokens::default();
            tokens.read(&View::of(text), text, &[NormSpan::new(0, text.len())]);
            tokens
        };
        let (one, other, stage) = (read("a b"), read("c d"), Identity::default());
        let mut memo = Memo::default();
        let mut answers = Vec::new();
        for (tokens, stage) in [(&one, &stage), (&one, &stage), (&other, &stage), (&other, &Identity::default())] {
            memo.prepare(tokens, stage);
            answers.push(*memo.of(&tokens.all()[0], || answers.len() as u32 + 1));
        }
        assert_eq!(answers, [1, 1, 3, 4]);
    }
}
