//! Guards: words before or after a hit that forbid it. A guard that begins with a comma (`, Pennsylvania`, after the hit) or
//! ends with one (`Atlanta,`, before it) forbids across that comma.

use crate::normalise::View;
use crate::normalise::fold::fold_key;
use crate::span::NormSpan;

/// Words or short phrases; `*` at the end of a word is any run of letters.
#[derive(Debug, Clone, Default)]
pub(super) struct Guards {
    beside: GuardPhrases,
    across_comma: GuardPhrases,
}

/// The phrases for one place: the word that stands there is read once for all of them.
#[derive(Debug, Clone, Default)]
struct GuardPhrases {
    phrases: Vec<Vec<GuardWord>>,
    /// One bit for the first byte of a word with which a phrase may begin, or end: few words have one of them.
    begin: FirstBytes,
    end: FirstBytes,
}

#[derive(Debug, Clone, Copy, Default)]
struct FirstBytes(u64);

impl FirstBytes {
    fn with(self, word: &GuardWord) -> Self {
        Self(self.0 | word.text.bytes().next().map_or(!0, |byte| 1 << (byte & 63)))
    }

    fn has(self, word: &str) -> bool {
        word.bytes().next().map_or(self.0 == !0, |byte| self.0 >> (byte & 63) & 1 == 1)
    }
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
    fn new(word: &str) -> Self {
        match word.strip_suffix('*') {
            Some(stem) => Self { text: stem.to_owned(), open: OpenEnd::Yes },
            None => Self { text: word.to_owned(), open: OpenEnd::No },
        }
    }

    fn fits(&self, word: &str) -> bool {
        match self.open {
            OpenEnd::No => word == self.text,
            OpenEnd::Yes => word.starts_with(self.text.as_str()),
        }
    }
}

/// A word of the text as guards have it.
fn stem(view: &View, word: NormSpan) -> &str {
    let word = view.slice(word);
    word.strip_suffix("'s").unwrap_or(word)
}

impl GuardPhrases {
    fn add(&mut self, phrase: &str) {
        let phrase = fold_key(phrase);
        let words = phrase.split([' ', '-']).filter(|part| !part.is_empty());
        let words: Vec<GuardWord> = words.map(GuardWord::new).collect();
        if let ([first, ..], [.., last]) = (&words[..], &words[..]) {
            (self.begin, self.end) = (self.begin.with(first), self.end.with(last));
            self.phrases.push(words);
        }
    }

    /// Whether the words from `at` on are one of the phrases.
    fn follow(&self, view: &View, at: usize, end: usize) -> bool {
        let Some(next) = next_word(view, at, end) else { return false };
        let word = stem(view, next);
        self.begin.has(word)
            && self.phrases.iter().filter_map(|phrase| phrase.split_first()).any(|(first, rest)| {
                let mut at = next.end as usize;
                first.fits(word)
                    && rest.iter().all(|guard| match next_word(view, at, end) {
                        Some(word) if guard.fits(stem(view, word)) => {
                            at = word.end as usize;
                            true
                        }
                        _ => false,
                    })
            })
    }

    /// Whether the words up to `at` are one of the phrases.
    fn precede(&self, view: &View, start: usize, at: usize) -> bool {
        let Some(previous) = previous_word(view, start, at) else { return false };
        let word = stem(view, previous);
        self.end.has(word)
            && self.phrases.iter().filter_map(|phrase| phrase.split_last()).any(|(last, rest)| {
                let mut at = previous.start as usize;
                last.fits(word)
                    && rest.iter().rev().all(|guard| match previous_word(view, start, at) {
                        Some(word) if guard.fits(stem(view, word)) => {
                            at = word.start as usize;
                            true
                        }
                        _ => false,
                    })
            })
    }

    fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }
}

impl Guards {
    pub fn new(phrases: &[String]) -> Self {
        let mut guards = Self::default();
        for phrase in phrases {
            let place = if is_across_comma(phrase) { &mut guards.across_comma } else { &mut guards.beside };
            place.add(phrase.trim_matches([',', ' ']));
        }
        guards
    }

    pub fn is_empty(&self) -> bool {
        self.beside.is_empty() && self.across_comma.is_empty()
    }

    /// Whether the words that follow `at` in the sentence are one of the phrases. Only spaces, hyphens and a
    /// possessive may stand between.
    pub fn forbid_after(&self, view: &View, at: usize, sentence: NormSpan) -> bool {
        let end = sentence.end as usize;
        !self.beside.is_empty() && self.beside.follow(view, at, end)
            || !self.across_comma.is_empty()
                && comma_after(view, at, end).is_some_and(|behind| self.across_comma.follow(view, behind, end))
    }

    /// Whether the words that precede `at` in the sentence are one of the phrases.
    pub fn forbid_before(&self, view: &View, at: usize, sentence: NormSpan) -> bool {
        let start = sentence.start as usize;
        let comma = || view.slice(NormSpan::new(start, at)).trim_end().strip_suffix(',');
        !self.beside.is_empty() && self.beside.precede(view, start, at)
            || !self.across_comma.is_empty()
                && comma().is_some_and(|before| self.across_comma.precede(view, start, start + before.len()))
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
