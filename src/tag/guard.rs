//! Guards: words before or after a hit that forbid it. A guard that begins with a comma (`, Pennsylvania`, after the hit) or
//! ends with one (`Atlanta,`, before it) forbids across that comma.

use crate::normalise::View;
use crate::normalise::fold::fold_key;
use crate::span::NormSpan;

/// Words or short phrases; `*` at the end of a word is any run of letters.
#[derive(Debug, Clone, Default)]
pub(super) struct Guards {
    phrases: Vec<Phrase>,
}

#[derive(Debug, Clone)]
struct Phrase {
    words: Vec<GuardWord>,
    between: Between,
}

/// What stands between the hit and the guard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    Space,
    Comma,
}

#[derive(Debug, Clone)]
struct GuardWord {
    text: String,
    open: OpenEnd,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OpenEnd {
    No,
    Yes,
}

impl GuardWord {
    fn fits(&self, word: &str) -> bool {
        let word = word.strip_suffix("'s").unwrap_or(word);
        match self.open {
            OpenEnd::No => word == self.text,
            OpenEnd::Yes => word.starts_with(self.text.as_str()),
        }
    }
}

impl Guards {
    pub fn new(phrases: &[String]) -> Self {
        let word = |word: &str| match word.strip_suffix('*') {
            Some(stem) => GuardWord { text: stem.to_owned(), open: OpenEnd::Yes },
            None => GuardWord { text: word.to_owned(), open: OpenEnd::No },
        };
        let split =
            |phrase: &String| fold_key(phrase).split([' ', '-']).filter(|part| !part.is_empty()).map(word).collect();
        let phrase = |phrase: &String| Phrase {
            between: if is_across_comma(phrase) { Between::Comma } else { Between::Space },
            words: split(&phrase.trim_matches([',', ' ']).to_owned()),
        };
        Self { phrases: phrases.iter().map(phrase).filter(|phrase| !phrase.words.is_empty()).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Whether the words that follow `at` in the sentence are one of the phrases. Only spaces, hyphens and a
    /// possessive may stand between.
    pub fn forbid_after(&self, view: &View, at: usize, sentence: NormSpan) -> bool {
        self.phrases.iter().any(|phrase| {
            let mut at = match phrase.between {
                Between::Space => at,
                Between::Comma => match comma_after(view, at, sentence.end as usize) {
                    Some(behind) => behind,
                    None => return false,
                },
            };
            phrase.words.iter().all(|guard| match next_word(view, at, sentence.end as usize) {
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
            let mut at = match phrase.between {
                Between::Space => at,
                Between::Comma => {
                    match view.slice(NormSpan::new(sentence.start as usize, at)).trim_end().strip_suffix(',') {
                        Some(before) => sentence.start as usize + before.len(),
                        None => return false,
                    }
                }
            };
            phrase.words.iter().rev().all(|guard| match previous_word(view, sentence.start as usize, at) {
                Some(word) if guard.fits(view.slice(word)) => {
                    at = word.start as usize;
                    true
                }
                _ => false,
            })
        })
    }
}

/// Whether a guard is one across a comma.
pub fn is_across_comma(guard: &str) -> bool {
    let guard = guard.trim();
    guard.starts_with(',') || guard.ends_with(',')
}

/// The place behind the comma that follows directly.
fn comma_after(view: &View, at: usize, end: usize) -> Option<usize> {
    let rest = view.text()[at..end].strip_prefix("'s").unwrap_or(&view.text()[at..end]);
    rest.trim_start().strip_prefix(',').map(|behind| end - behind.len())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_may_reach_across_a_comma() {
        let guards = |phrase: &str| Guards::new(&[phrase.to_owned()]);
        let forbids = |text: &str, hit: &str, phrase: &str| {
            let view = View::of(text);
            let whole = NormSpan::new(0, view.text().len());
            let at = view.text().find(hit).expect("the hit");
            let guards = guards(phrase);
            guards.forbid_before(&view, at, whole) || guards.forbid_after(&view, at + hit.len(), whole)
        };
        for (text, hit, phrase, forbidden) in [
            ("He left Atlanta, Georgia, in May.", "georgia", "Atlanta,", true),
            ("He left Atlanta Georgia in May.", "georgia", "Atlanta,", false),
            ("He left Atlanta, Georgia, in May.", "georgia", "Atlanta", false),
            ("Of Lebanon, Pennsylvania.", "lebanon", ", Penn*", true),
            ("Of Lebanon, Syria and Pennsylvania.", "lebanon", ", Pennsylvania", false),
            ("Lebanon", "lebanon", ", Pennsylvania", false),
        ] {
            assert_eq!(forbids(text, hit, phrase), forbidden, "{text} {phrase}");
        }
    }
}
