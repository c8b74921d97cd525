//! The view: one article's folded text with its masks. Made anew for each article in the same buffers.

use super::align::Alignment;
use super::bits::Bits;
use super::block::{BLOCK, bits_where, block_at, lowest};
use super::fold::{Diacritic, Folded, fold_char};
use super::words::{self, Words};
use crate::span::{NormSpan, RawSpan};

/// The matching view of one article.
///
/// `text` is valid UTF-8, folded; runs of spaces are one space, runs of line breaks one `\n` (a line break) or two (a
/// blank line). All positions are bytes of `text`; [`View::raw_span`] leads back.
#[derive(Debug, Clone, Default)]
pub struct View {
    text: String,
    pub(super) masks: Masks,
    alignment: Alignment,
}

/// Bit sets over the bytes of the view.
#[derive(Debug, Clone, Default)]
pub struct Masks {
    /// Letters and digits, and the signs that join them inside one word (`Azerbaijan's`, `2,000`, `U.S`).
    pub word: Bits,
    /// First bytes of words (UAX #29 word segments with at least one letter or digit).
    pub start: Bits,
    /// Letters and digits alone.
    pub alnum: Bits,
    /// Characters that are upper case in the raw text.
    pub upper: Bits,
    /// Characters that lost a diacritic.
    pub accent: Bits,
    /// `.`, `!`, `?`, the ellipsis and the full stops of other scripts: where a sentence may end.
    pub stop: Bits,
    /// Quotation marks `"` and `'`, apostrophes included.
    pub quote: Bits,
}

impl View {
    /// Builds the view of `raw`, reusing this view's buffers.
    pub fn read(&mut self, raw: &str) {
        let mut fill = Fill::new(std::mem::take(&mut self.text), raw, &mut self.masks, &mut self.alignment);
        fill.run();
        self.text = fill.text;
        words::mark(&self.text, &mut self.masks);
    }

    /// Convenience for tests and one-off uses: a new view.
    pub fn of(raw: &str) -> Self {
        let mut view = Self::default();
        view.read(raw);
        view
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    pub fn slice(&self, span: NormSpan) -> &str {
        &self.text[span.range()]
    }

    pub fn masks(&self) -> &Masks {
        &self.masks
    }

    pub fn alignment(&self) -> &Alignment {
        &self.alignment
    }

    pub fn raw_span(&self, span: NormSpan) -> RawSpan {
        self.alignment.raw_span(span)
    }

    /// Turns the line breaks at these positions into spaces: the lines belong to one paragraph.
    pub fn join_lines(&mut self, breaks: impl IntoIterator<Item = usize>) {
        let mut bytes = std::mem::take(&mut self.text).into_bytes();
        for at in breaks {
            if bytes.get(at) == Some(&b'\n') {
                bytes[at] = b' ';
            }
        }
        // One ASCII byte for another keeps the text valid.
        self.text = String::from_utf8(bytes).unwrap_or_default();
    }

    /// The number of words that begin in a span.
    pub fn words_in(&self, span: NormSpan) -> usize {
        self.masks.start.count(span.start as usize, span.end as usize)
    }

    /// The words that begin in a span, as spans of their own.
    pub fn words(&self, span: NormSpan) -> Words<'_> {
        Words::new(&self.masks, span)
    }

    /// The word that begins at `start`.
    pub fn word_at(&self, start: usize) -> NormSpan {
        let run = self.masks.word.run_from(start);
        // Adjacent words of scripts without spaces are runs that a start bit cuts.
        let end = self.masks.start.next(start + 1, start + run).unwrap_or(start + run);
        NormSpan::new(start, end)
    }

    /// True where a match may end: not inside a word, or inside one only before a possessive `'s`.
    pub fn is_right_edge(&self, at: usize) -> bool {
        if !self.masks.word.get(at) || self.masks.start.get(at) || at == 0 {
            return true;
        }
        if !self.masks.word.get(at - 1) {
            return true;
        }
        let bytes = self.bytes();
        bytes[at] == b'\'' && bytes.get(at + 1) == Some(&b's') && !self.masks.alnum.get(at + 2) && {
            let word_goes_on = self.masks.word.get(at + 2) && !self.masks.start.get(at + 2);
            !word_goes_on
        }
    }

    /// True when every letter of the span that has a case is a capital, and there are at least two.
    pub fn is_all_capitals(&self, span: NormSpan) -> bool {
        let mut capitals = 0;
        for (at, c) in self.slice(span).char_indices() {
            if c.is_lowercase() || c.is_uppercase() {
                if !self.masks.upper.get(span.start as usize + at) {
                    return false;
                }
                capitals += 1;
            }
        }
        capitals >= 2
    }
}

/// What of the bytes of a block cannot be copied as it is: what is no printable ASCII, a backtick, the first of two
/// apostrophes, and a space before another special character. The last byte's neighbour is not known: when it would
/// matter, the byte counts as special.
#[inline]
fn specials(block: &[u8; BLOCK]) -> u64 {
    let odd = bits_where(block, |byte| byte.wrapping_sub(b' ') >= 0x80 - b' ' || byte == b'`');
    let space = bits_where(block, |byte| byte == b' ');
    let apostrophe = bits_where(block, |byte| byte == b'\'');
    let last = 1 << (BLOCK - 1);
    odd | space & ((odd | space) >> 1 | last) | apostrophe & (apostrophe >> 1 | last)
}

struct Fill<'a> {
    text: String,
    raw: &'a str,
    at: usize,
    masks: &'a mut Masks,
    alignment: &'a mut Alignment,
}

impl<'a> Fill<'a> {
    fn new(mut text: String, raw: &'a str, masks: &'a mut Masks, alignment: &'a mut Alignment) -> Self {
        text.clear();
        text.reserve(raw.len());
        // A folded character is never longer than the raw one, so the raw length bounds all masks.
        for bits in [&mut masks.upper, &mut masks.accent] {
            bits.reset(raw.len() + 64);
        }
        alignment.reset();
        Self { text, raw, at: 0, masks, alignment }
    }

    fn run(&mut self) {
        let bytes = self.raw.as_bytes();
        while self.at < bytes.len() {
            let block = block_at(bytes, self.at);
            let plain = specials(&block).trailing_zeros() as usize;
            self.copy(&block, plain.min(bytes.len() - self.at));
            // A byte that only lacked its neighbour is plain when it stands first.
            if plain < BLOCK - 1 {
                self.special();
            }
        }
        self.text.make_ascii_lowercase();
    }

    /// Takes over bytes that are plain ASCII.
    fn copy(&mut self, block: &[u8; BLOCK], plain: usize) {
        let to = self.text.len();
        let upper = bits_where(block, |byte| byte.is_ascii_uppercase()) & lowest(plain);
        self.masks.upper.set_window(to, upper);
        self.text.push_str(&self.raw[self.at..self.at + plain]);
        self.at += plain;
    }

    /// One character that is no plain ASCII, or a run of white space.
    fn special(&mut self) {
        let rest = &self.raw[self.at..];
        let Some(c) = rest.chars().next() else { return };
        let length = c.len_utf8();
        if c == '\'' && rest.as_bytes().get(1) == Some(&b'\'') {
            return self.replace('"', 2);
        }
        match fold_char(c) {
            Folded::Char(folded, diacritic) => {
                let at = self.text.len();
                if c.is_uppercase() {
                    self.masks.upper.set(at);
                }
                if diacritic == Diacritic::Removed {
                    self.masks.accent.set(at);
                }
                self.replace(folded, length);
            }
            Folded::Space | Folded::LineBreak => self.white_space(),
            Folded::Nothing if matches!(c, '\u{300}'..='\u{36F}') => {
                // A combining mark is part of the character before it.
                if let Some((at, _)) = self.text.char_indices().next_back() {
                    self.masks.accent.set(at);
                }
                self.at += length;
                self.alignment.push(self.text.len(), self.at);
            }
            Folded::Nothing => {
                self.alignment.push(self.text.len(), self.at);
                self.at += length;
                self.alignment.push(self.text.len(), self.at);
            }
        }
    }

    fn replace(&mut self, folded: char, raw_length: usize) {
        self.text.push(folded);
        self.at += raw_length;
        if folded.len_utf8() != raw_length {
            self.alignment.push(self.text.len(), self.at);
        }
    }

    /// A run of white space: one space, one line break, or a blank line.
    fn white_space(&mut self) {
        let (mut breaks, begin) = (0usize, self.at);
        let mut previous = '\0';
        while let Some(c) = self.raw[self.at..].chars().next() {
            match fold_char(c) {
                Folded::LineBreak => {
                    breaks += usize::from(!(c == '\n' && previous == '\r'));
                    // Alone in the run, "\r\n" is one break.
                }
                Folded::Space => {}
                Folded::Nothing if !matches!(c, '\u{300}'..='\u{36F}') => {}
                _ => break,
            }
            previous = c;
            self.at += c.len_utf8();
        }
        let text = match breaks {
            0 => " ",
            1 => "\n",
            _ => "\n\n",
        };
        self.text.push_str(text);
        if text.len() != self.at - begin {
            self.alignment.push(self.text.len(), self.at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn raw_of<'a>(raw: &'a str, view: &View, needle: &str) -> &'a str {
        let at = view.text().find(needle).expect("the needle is in the view");
        &raw[view.raw_span(NormSpan::new(at, at + needle.len())).start as usize..]
            [..view.raw_span(NormSpan::new(at, at + needle.len())).len()]
    }

    #[test]
    fn surfaces_are_sliced_from_the_raw_text_whatever_was_folded_away() {
        for (raw, needle, surface) in [
            ("in Türkiye.", "turkiye", "Türkiye"),
            ("the  \u{A0} Nagorno\u{2011}Karabakh x", "nagorno-karabakh", "Nagorno\u{2011}Karabakh"),
            ("co\u{AD}oper\u{AD}ation\u{AD} now", "cooperation", "co\u{AD}oper\u{AD}ation"),
            ("cafe\u{301} x", "cafe", "cafe\u{301}"),
            ("\u{FEFF}Baku", "baku", "Baku"),
            ("a  United\r\nStates b", "united\nstates", "United\r\nStates"),
            ("x ''word'' y", "\"word\"", "''word''"),
        ] {
            assert_eq!(raw_of(raw, &View::of(raw), needle), surface, "{raw:?}");
        }
    }

    #[test]
    fn runs_of_white_space_become_a_space_a_break_or_a_blank_line() {
        assert_eq!(View::of("a \t b\r\nc \n \r\n d\re").text(), "a b\nc\n\nd\ne");
    }

    #[test]
    fn a_possessive_is_an_edge_and_the_inside_of_a_word_is_none() {
        let view = View::of("Azerbaijan’s Western U.S.-led d'Orsay");
        for (needle, edge) in [
            ("azerbaijan", true),
            ("azer", false),
            ("west", false),
            ("u.s.", true),
            ("u", false),
            ("led", true),
            ("ors", false),
        ] {
            let at = view.text().find(needle).expect("present");
            assert_eq!(view.is_right_edge(at + needle.len()), edge, "{needle}");
        }
    }

    fn words_by_unicode_segmentation<'t>(text: &'t str) -> Vec<(usize, &'t str)> {
        // A mark of another script after a space belongs to the space there and to the word after it here.
        let unspaced = |(at, word): (usize, &'t str)| (at + word.len() - word.trim_start().len(), word.trim_start());
        text.split_word_bound_indices()
            .map(unspaced)
            .filter(|(_, word)| word.chars().any(char::is_alphanumeric))
            .collect()
    }

    fn check_words(raw: &str) {
        let view = View::of(raw);
        let expected = words_by_unicode_segmentation(view.text());
        let got: Vec<(usize, &str)> = view
            .words(NormSpan::new(0, view.text().len()))
            .map(|span| (span.start as usize, view.slice(span)))
            .collect();
        assert_eq!(got, expected, "{:?}", view.text());
    }

    #[test]
    fn words_are_uax_29_words() {
        for raw in [
            "Azerbaijan's 2,000 U.S.A. end.Next Baku-Moscow 3.5% a_b _ __ _x 1_2 a:b it's' 'tis o''clock 1.a a.1 1,a 12:30",
            "Москва и Баку 東京 กรุงเทพ Երևան e\u{301}t\u{E9} ‘quote’ “x” x’s' ½ ² a\u{AD}b 👩‍👩‍👧 🇦🇲🇦🇿 ł'ə 3.ə",
        ] {
            check_words(raw);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn words_agree_with_unicode_segmentation_on_any_text(raw in "[a-cA-C0-2 .,:;'’_\\-\"\n éłЖ東·\u{301}\u{AD}]{0,40}") {
            check_words(&raw);
        }

        #[test]
        fn any_text_aligns_and_round_trips(raw in any::<String>()) {
            let view = View::of(&raw);
            check_words(&raw);
            let mut last = 0;
            for (at, c) in view.text().char_indices() {
                let span = view.raw_span(NormSpan::new(at, at + c.len_utf8()));
                prop_assert!(span.start as usize >= last);
                prop_assert!(raw.get(span.range()).is_some(), "{:?} {:?}", raw, span);
                last = span.start as usize;
            }
        }
    }
}
