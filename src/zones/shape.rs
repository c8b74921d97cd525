//! What a short line looks like: how it ends, whether it is made of names.

use crate::normalise::View;
use crate::span::NormSpan;

/// How a line ends once closing quotation marks and brackets are taken away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// A full stop.
    Stop,
    /// A question mark, an exclamation mark or an ellipsis.
    Mark,
    /// A comma, a semicolon, a colon or a dash: the line goes on elsewhere.
    Pause,
    /// Anything else.
    Open,
}

pub(super) fn ending(view: &View, span: NormSpan) -> Ending {
    let text = view.slice(span).trim_end_matches(['"', '\'', ')', ']', '*', ' ']);
    let Some(last) = text.chars().next_back() else { return Ending::Open };
    match last {
        '.' if is_initialism(text) => Ending::Open,
        '.' | '。' => Ending::Stop,
        '?' | '!' | '…' | '？' | '！' => Ending::Mark,
        ',' | ';' | ':' | '-' => Ending::Pause,
        _ => Ending::Open,
    }
}

/// `U.S.` at the end of a line is no full stop.
fn is_initialism(text: &str) -> bool {
    let bytes = text.as_bytes();
    match bytes {
        [.., b'.', letter, b'.'] => letter.is_ascii_alphabetic(),
        _ => false,
    }
}

/// Whether the line begins like a title: with a letter or a digit, after an opening quotation mark at most.
pub(super) fn begins_like_a_title(view: &View, span: NormSpan) -> bool {
    let text = view.slice(span);
    let trimmed = text.trim_start_matches(['"', '\'']);
    let at = span.start as usize + (text.len() - trimmed.len());
    trimmed.chars().next().is_some_and(|c| c.is_numeric() || (c.is_alphabetic() && !is_small_letter(view, at, c)))
}

/// Whether the line begins with a small letter: it continues another.
pub(super) fn begins_small(view: &View, span: NormSpan) -> bool {
    view.slice(span).chars().next().is_some_and(|c| is_small_letter(view, span.start as usize, c))
}

fn is_small_letter(view: &View, at: usize, c: char) -> bool {
    c.is_lowercase() && !view.masks().upper.get(at)
}

/// Words that may stand small in a name ("Ministry of Foreign Affairs", "Thomas de Waal").
#[rustfmt::skip]
const SMALL_IN_NAMES: &[&str] = &[
    "al", "and", "at", "bin", "by", "da", "de", "del", "den", "der", "di", "el", "for", "from", "ibn", "in", "la",
    "le", "of", "s", "the", "van", "von", "with",
];

/// Whether every word but the small ones of names begins with a capital or a digit.
pub(super) fn is_capitalised(view: &View, span: NormSpan) -> bool {
    view.words(span).all(|word| starts_high(view, word) || SMALL_IN_NAMES.contains(&view.slice(word)))
}

/// Words that a mere list of names or sections does not hold.
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "against", "all", "amid", "an", "and", "are", "as", "at", "be", "been", "before",
    "between", "but", "by", "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "he", "her",
    "his", "how", "if", "in", "into", "is", "it", "its", "may", "might", "must", "no", "not", "of", "off", "on", "or",
    "our", "out", "over", "she", "should", "so", "than", "that", "the", "their", "they", "this", "to", "under",
    "until", "up", "was", "we", "were", "what", "when", "where", "which", "while", "who", "why", "will", "with",
    "without", "would", "you", "your",
];

const MAX_NAMES_WORDS: usize = 8;

/// Whether the line is nothing but capitalised names, without a function word and without punctuation of a sentence.
pub(super) fn is_names_only(view: &View, span: NormSpan, words: usize) -> bool {
    (1..=MAX_NAMES_WORDS).contains(&words)
        && !view.slice(span).contains(['.', ',', ';', ':', '?', '!', '"', '…'])
        && view.words(span).all(|word| starts_high(view, word) && !FUNCTION_WORDS.contains(&view.slice(word)))
}

fn starts_high(view: &View, word: NormSpan) -> bool {
    let at = word.start as usize;
    view.slice(word).chars().next().is_some_and(|c| c.is_numeric() || !c.is_lowercase() || view.masks().upper.get(at))
}
