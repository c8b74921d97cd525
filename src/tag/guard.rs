//! Guards: words before or after a hit that forbid it.

use crate::normalise::View;
use crate::normalise::fold::fold_key;
use crate::span::NormSpan;

/// Words or short phrases; `*` at the end of a word is any run of letters.
#[derive(Debug, Clone, Default)]
pub(super) struct Guards {
    phrases: Vec<Vec<GuardWord>>,
}

#[derive(Debug, Clone)]
struct GuardWord {
    text: String,
    open: Open,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    No,
    Yes,
}

impl GuardWord {
    fn fits(&self, word: &str) -> bool {
        let word = word.strip_suffix("'s").unwrap_or(word);
        match self.open {
            Open::No => word == self.text,
            Open::Yes => word.starts_with(self.text.as_str()),
        }
    }
}

impl Guards {
    pub fn new(phrases: &[String]) -> Self {
        let word = |word: &str| match word.strip_suffix('*') {
            Some(stem) => GuardWord { text: stem.to_owned(), open: Open::Yes },
            None => GuardWord { text: word.to_owned(), open: Open::No },
        };
        let split =
            |phrase: &String| fold_key(phrase).split([' ', '-']).filter(|part| !part.is_empty()).map(word).collect();
        Self { phrases: phrases.iter().map(split).filter(|words: &Vec<GuardWord>| !words.is_empty()).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Whether the words that follow `at` in the sentence are one of the phrases. Only spaces, hyphens and a
    /// possessive may stand between.
    pub fn forbid_after(&self, view: &View, at: usize, sentence: NormSpan) -> bool {
        self.phrases.iter().any(|phrase| {
            let mut at = at;
            phrase.iter().all(|guard| match next_word(view, at, sentence.end as usize) {
                Some(word) if guard.fits(view.slice(word)) => {
                    at = word.end as usize;
                    true
                }
                _ => false,
            })
        })
    }

    /// Whether the words that precede `at` in the sentence are one of the phrases.
    pub fn forbid_before(&self, view: &View, at: usize, sentence: NormSpan) -> bool {
        self.phrases.iter().any(|phrase| {
            let mut at = at;
            phrase.iter().rev().all(|guard| match previous_word(view, sentence.start as usize, at) {
                Some(word) if guard.fits(view.slice(word)) => {
                    at = word.start as usize;
                    true
                }
                _ => false,
            })
        })
    }
}

/// The word that follows, with nothing but spaces, hyphens or a possessive ending in between.
pub(super) fn next_word(view: &View, at: usize, end: usize) -> Option<NormSpan> {
    let start = view.masks().start.next(at, end)?;
    let between = &view.text()[at..start];
    let between = between.strip_prefix("'s").unwrap_or(between);
    between.chars().all(|c| matches!(c, ' ' | '-' | '\'')).then(|| view.word_at(start))
}

/// The word that precedes, with nothing but spaces or hyphens in between.
pub(super) fn previous_word(view: &View, start: usize, at: usize) -> Option<NormSpan> {
    let found = view.masks().start.previous(start, at)?;
    let word = view.word_at(found);
    let end = (word.end as usize).min(at);
    view.text()[end..at].chars().all(|c| matches!(c, ' ' | '-')).then(|| NormSpan::new(found, end))
}
