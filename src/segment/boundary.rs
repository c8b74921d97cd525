//! Where a sentence ends: UAX #29, repaired.
//!
//! After a stop, the closing quotation marks and brackets, and a space, a sentence ends unless
//! - what follows is a comma, colon, semicolon, dash or another stop, or a small letter (UAX #29 for the full stop;
//!   here for `?` and `!` too: "Why?" he asked); a dash before a capital opens speech ("he said. - We will not go.");
//! - the stop is an ellipsis and no capital follows;
//! - the stop stands alone in brackets: `(?)`, `[...]`;
//! - the word before is an abbreviation, an initialism or an initial, and what follows does not begin a sentence
//!   beyond doubt: a word of a closed list, or an acting name before a small word that is no head noun;
//! - the stop ends a quotation, and behind it stands who said it;
//! - the stop belongs to an enumeration: a number or a letter that is all there is of the sentence.
//!
//! UAX #29 finds no end in "in 2020. 44 days later"; here one is found after a word that is no abbreviation.

use super::abbreviations::{AbbreviationKind, Abbreviations};
use super::openers::{is_acting_name, is_circumstance, is_head_noun, is_opener};
use crate::normalise::View;
use crate::span::NormSpan;

/// Longer words before a full stop are no abbreviations.
const MAX_ABBREVIATION_BYTES: usize = 24;
/// `12.` at the start of a sentence counts items, `1994.` does not.
const MAX_ENUMERATION_DIGITS: usize = 3;

/// Behind a dash with fewer words stands who signs the text.
const LEAST_SPOKEN_WORDS: usize = 4;

/// Title, names and surname of a speaker.
const MAX_SPEAKER_WORDS: usize = 5;

/// A run of stops with what surrounds it. Positions are bytes of the view.
pub(super) struct StopPlace {
    sentence_start: usize,
    stop: usize,
    pub after_stops: usize,
    /// Behind the closing marks: the end of the sentence, if it ends here.
    pub close: usize,
    /// The first byte behind the space.
    pub next: usize,
    end: usize,
    kind: Stop,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Full,
    Ellipsis,
    /// `?`, `!` and runs with one of them.
    Mark,
    /// A stop of a script that needs no space after it.
    Foreign,
}

/// What stands first behind the space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NextSign {
    Small,
    Capital,
    /// A letter of a script without case.
    Letter,
    Digit,
    /// A sign that carries the sentence on.
    Continues,
    Nothing,
}

impl StopPlace {
    pub fn read(view: &View, sentence_start: usize, stop: usize, end: usize) -> Self {
        let stops = view.masks();
        let text = view.text();
        let mut after_stops = stop;
        let mut kind = None;
        let mut dots = 0;
        while after_stops < end && stops.stop.get(after_stops) {
            let c = first_char(text, after_stops);
            kind = match c {
                '.' => kind.or(Some(Stop::Full)),
                '…' => Some(if kind == Some(Stop::Mark) { Stop::Mark } else { Stop::Ellipsis }),
                '!' | '?' => Some(Stop::Mark),
                _ => Some(Stop::Foreign),
            };
            dots += usize::from(c == '.');
            after_stops += c.len_utf8();
        }
        let kind = match kind {
            Some(Stop::Full) if dots > 1 => Stop::Ellipsis,
            Some(kind) => kind,
            None => Stop::Full,
        };
        let close = closing(view, after_stops, end);
        let bytes = view.bytes();
        let mut next = close;
        while next < end && bytes[next] == b' ' {
            next += 1;
        }
        Self { sentence_start, stop, after_stops, close, next, end, kind }
    }

    pub fn is_boundary(&self, view: &View, abbreviations: &Abbreviations) -> bool {
        if self.next == self.close && !self.ends_without_space(view) {
            return false;
        }
        if self.stop > self.sentence_start && matches!(view.bytes()[self.stop - 1], b'(' | b'[') {
            return false;
        }
        let (near, far) = (self.near(view), self.far(view));
        if near == NextSign::Continues {
            return false;
        }
        if near == NextSign::Capital && self.is_before_speaker(view, abbreviations) {
            return false;
        }
        match self.kind {
            Stop::Foreign => true,
            Stop::Mark => near != NextSign::Small,
            Stop::Ellipsis => matches!(near, NextSign::Capital | NextSign::Letter),
            Stop::Full => {
                let begins_with_number = near == NextSign::Digit;
                (far != NextSign::Small || begins_with_number)
                    && !self.is_enumeration(view)
                    && self.ends_word(view, abbreviations, near, far)
            }
        }
    }

    /// Without a space a sentence ends only where a capital follows and no name or address can be meant.
    fn ends_without_space(&self, view: &View) -> bool {
        let follows_capital = self.near(view) == NextSign::Capital;
        match self.kind {
            Stop::Foreign => true,
            Stop::Mark => follows_capital,
            Stop::Full | Stop::Ellipsis => {
                // A stop inside a word is part of a name; where a space was lost the view has parted the words.
                let inside_word = view.masks().word.get(self.stop);
                follows_capital && (self.close > self.after_stops || !inside_word)
            }
        }
    }

    /// What stands behind the space, opening quotation marks and brackets aside.
    fn near(&self, view: &View) -> NextSign {
        let rest = &view.text()[self.next..self.end];
        let inner = rest.trim_start_matches(['"', '\'', '(', '[', '{']);
        let at = self.next + (rest.len() - inner.len());
        match inner.chars().next() {
            None => NextSign::Nothing,
            Some(c) if c.is_numeric() => NextSign::Digit,
            Some(c) if c.is_alphabetic() => letter(view, at, c),
            Some('-') if self.opens_speech(view, at) => NextSign::Capital,
            Some(',' | ';' | ':' | '-') => NextSign::Continues,
            // "[...] The": the stops in the bracket belong to what follows; bare ones to what stands before.
            Some(_) if at == self.next && view.masks().stop.get(at) => NextSign::Continues,
            Some(_) => NextSign::Nothing,
        }
    }

    /// "he said. - We will not go.", but not "... the road. - Reuters".
    fn opens_speech(&self, view: &View, dash: usize) -> bool {
        let dash_and_capital = view.masks().upper.get(dash + 2) && view.bytes()[dash..].starts_with(b"- ");
        dash_and_capital && view.words(NormSpan::new(dash, self.end)).nth(LEAST_SPOKEN_WORDS - 1).is_some()
    }

    /// The first letter or stop behind the space, whatever stands between (rule SB8).
    fn far(&self, view: &View) -> NextSign {
        for (offset, c) in view.text()[self.next..self.end].char_indices() {
            let at = self.next + offset;
            if c.is_alphabetic() {
                return letter(view, at, c);
            }
            if view.masks().stop.get(at) {
                return NextSign::Nothing;
            }
        }
        NextSign::Nothing
    }

    /// `3. The road`: the number is all there is of the sentence so far.
    fn is_enumeration(&self, view: &View) -> bool {
        let before = view.text()[self.sentence_start..self.stop].trim_start_matches(['(', '[', '"', '\'']);
        let is_number = before.len() <= MAX_ENUMERATION_DIGITS && before.bytes().all(|byte| byte.is_ascii_digit());
        let is_letter = before.len() == 1 && before.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_roman = before.len() <= 4 && before.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
        !before.is_empty() && (is_number || is_letter || is_roman)
    }

    /// Whether the full stop ends more than the word before it.
    fn ends_word(&self, view: &View, abbreviations: &Abbreviations, near: NextSign, far: NextSign) -> bool {
        let word = self.word_before(view);
        let text = view.slice(word);
        let is_capitalised = view.masks().upper.get(word.start as usize);
        let kind = match abbreviations.kind(text) {
            // "the sun.", "may.": only a capital makes a month or a day of it.
            Some(AbbreviationKind::Month) if !is_capitalised => None,
            Some(AbbreviationKind::Speech) => None,
            Some(kind) => Some(kind),
            None if is_initial(text) && is_capitalised => Some(AbbreviationKind::Initialism),
            None if is_initialism(text) => Some(AbbreviationKind::Initialism),
            None => None,
        };
        match kind {
            Some(AbbreviationKind::Title) => false,
            Some(AbbreviationKind::Speech) => true,
            Some(AbbreviationKind::Number) => near != NextSign::Digit && !self.is_before_roman(view),
            Some(AbbreviationKind::Month | AbbreviationKind::Initialism | AbbreviationKind::Other) => {
                near == NextSign::Capital && self.begins_beyond_doubt(view)
            }
            // UAX #29 goes on here; a sentence may well begin with a number.
            None if far == NextSign::Small => near == NextSign::Digit && (text.len() >= 3 || is_number(text)),
            None => true,
        }
    }

    /// A closing quotation mark, and behind it only the speaker with a verb of saying: "It is war!" Doe said on Monday.
    fn is_before_speaker(&self, view: &View, abbreviations: &Abbreviations) -> bool {
        let closes_quotation = view.masks().quote.next(self.after_stops, self.close).is_some();
        if !closes_quotation || !view.masks().start.get(self.next) {
            return false;
        }
        let mut end = self.next;
        for (number, word) in view.words(NormSpan::new(self.next, self.end)).take(MAX_SPEAKER_WORDS + 1).enumerate() {
            let between = &view.bytes()[end..word.start as usize];
            if number > 0 && !matches!(between, b" " | b". " | b"-") {
                return false;
            }
            end = word.end as usize;
            if number > 0 && abbreviations.kind(view.slice(word)) == Some(AbbreviationKind::Speech) {
                return self.ends_speech(view, end);
            }
            if !view.masks().upper.get(word.start as usize) {
                return false;
            }
        }
        false
    }

    /// Whether nothing is said behind a word of saying but when, where or how.
    fn ends_speech(&self, view: &View, at: usize) -> bool {
        let rest = &view.text()[at..self.end];
        match rest.strip_prefix(' ') {
            // "He said, “We go.”": what follows is said, not what stands before.
            None if rest.starts_with(", \"") => false,
            None => rest.is_empty() || rest.starts_with(['.', ',', ';', ':', '-']),
            Some(next) => is_circumstance(next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()),
        }
    }

    /// The word before the stop: letters, digits, full stops and ampersands, up to a space, hyphen or bracket.
    fn word_before(&self, view: &View) -> NormSpan {
        let bytes = view.bytes();
        let least = self.sentence_start.max(self.stop.saturating_sub(MAX_ABBREVIATION_BYTES));
        let mut start = self.stop;
        while start > least && (view.masks().alnum.get(start - 1) || matches!(bytes[start - 1], b'.' | b'&')) {
            start -= 1;
        }
        while !view.text().is_char_boundary(start) {
            start += 1;
        }
        NormSpan::new(start, self.stop)
    }

    /// `Art. IV`: the next word is a number of capital letters. `I` is rather the pronoun.
    fn is_before_roman(&self, view: &View) -> bool {
        view.words(NormSpan::new(self.next, self.end)).next().is_some_and(|word| {
            let text = view.slice(word);
            text != "i"
                && text.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'l' | b'c'))
                && view.masks().upper.count(word.start as usize, word.end as usize) == word.len()
        })
    }

    fn begins_beyond_doubt(&self, view: &View) -> bool {
        let mut words = view.words(NormSpan::new(self.next, self.end));
        let Some(first) = words.next() else { return false };
        let is_initial_again = first.len() == 1 && view.bytes().get(first.end as usize) == Some(&b'.');
        if is_initial_again {
            return false;
        }
        if is_opener(view.slice(first)) {
            return true;
        }
        let second = words.next();
        is_acting_name(view.slice(first))
            && second.is_some_and(|second| {
                let at = second.start as usize;
                let is_next_word = &view.text()[first.end as usize..at] == " ";
                is_next_word && !view.masks().upper.get(at) && !is_head_noun(view.slice(second))
            })
    }
}

fn letter(view: &View, at: usize, c: char) -> NextSign {
    if view.masks().upper.get(at) {
        NextSign::Capital
    } else if c.is_lowercase() {
        NextSign::Small
    } else {
        NextSign::Letter
    }
}

/// Behind closing quotation marks, brackets and note numbers (`end.[12]`).
fn closing(view: &View, from: usize, end: usize) -> usize {
    let bytes = view.bytes();
    let mut at = from;
    while at < end {
        match bytes[at] {
            b'"' | b'\'' | b')' | b']' | b'}' => at += 1,
            b'[' => {
                let digits = bytes[at + 1..end].iter().take_while(|byte| byte.is_ascii_digit()).count();
                if digits == 0 || bytes.get(at + 1 + digits) != Some(&b']') {
                    return at;
                }
                at += digits + 2;
            }
            _ => return at,
        }
    }
    at
}

fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// `u.s`, `a.b.c`.
fn is_initialism(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_alphabetic()))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn first_char(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('.')
}
