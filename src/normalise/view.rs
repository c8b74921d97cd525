//! The view: one article's folded text with its masks. Made anew for each article in the same buffers.

use super::align::Alignment;
use super::bits::Bits;
use super::fill::Fill;
use super::words::{self, Words};
use crate::span::{NormSpan, RawSpan};

/// The matching view of one article.
///
/// `text` is valid UTF-8, folded; runs of spaces are one space, runs of line breaks one `\n` (a line break) or two (a
/// blank line). All positions are bytes of `text`; [`View::raw_span`] leads back.
#[derive(Debug, Clone, Default)]
pub struct View {
    pub(super) text: String,
    pub(super) masks: Masks,
    pub(super) alignment: Alignment,
    pub(super) found: Noticed,
}

/// What was found in the raw text that is not as a writer would have it.
#[derive(Debug, Clone, Default)]
pub(super) struct Noticed {
    /// Web and mail addresses, handles and hashtags: their words are no words of the text.
    pub addresses: Vec<NormSpan>,
    /// Soft hyphens at the end of a line, where one word was divided: hyphens in the view.
    pub soft_hyphens: Vec<u32>,
    pub oddities: Oddities,
}

/// How often a text was not as a writer would have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Oddities {
    /// HTML tags that were read as such.
    pub tags: u64,
    /// Characters that had been read in the wrong encoding and could be repaired.
    pub repaired: u64,
    /// Places where a character is lost.
    pub lost: u64,
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
    /// Em dashes: they separate, where a hyphen joins.
    pub dash: Bits,
}

impl Masks {
    /// The words that lie in the span, or partly in it, are no words and end nothing.
    fn unmark(&mut self, span: NormSpan) {
        let is_inside = |masks: &Self, at: usize| masks.word.get(at) && !masks.start.get(at);
        let (mut start, mut end) = (span.start as usize, span.end as usize);
        if is_inside(self, start) {
            start = self.start.previous(0, start).unwrap_or(start);
        }
        while is_inside(self, end) {
            end += 1;
        }
        for at in start..end {
            for bits in [&mut self.word, &mut self.start, &mut self.alnum, &mut self.stop, &mut self.quote] {
                bits.unset(at);
            }
        }
    }
}

/// Where an address that begins with `www.` has ended.
fn is_no_address(c: char) -> bool {
    c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ',')
}

/// Where positions lie once stretches are cut out. Asked by position.
pub(crate) struct Shift<'s> {
    stretches: &'s [NormSpan],
    removed: usize,
}

impl<'s> Shift<'s> {
    pub fn new(stretches: &'s [NormSpan]) -> Self {
        Self { stretches, removed: 0 }
    }

    pub fn of(&mut self, at: usize) -> usize {
        while let Some((first, rest)) = self.stretches.split_first()
            && first.end as usize <= at
        {
            self.removed += first.len();
            self.stretches = rest;
        }
        // Inside a stretch: where it was cut out.
        at.min(self.stretches.first().map_or(at, |stretch| stretch.start as usize)) - self.removed
    }
}

impl View {
    /// Builds the view of `raw`, reusing this view's buffers.
    pub fn read(&mut self, raw: &str) {
        Fill::new(raw, self).run();
        self.mark_words();
    }

    fn mark_words(&mut self) {
        words::mark(&self.text, &mut self.masks);
        for found in memchr::memmem::find_iter(self.text.as_bytes(), b"www.") {
            let rest = &self.text[found..];
            let end = found + rest.find(is_no_address).unwrap_or(rest.len());
            if found == 0 || !self.masks.word.get(found - 1) {
                self.masks.unmark(NormSpan::new(found, end));
            }
        }
        for address in &self.found.addresses {
            self.masks.unmark(*address);
        }
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

    /// What was odd in the text that was read.
    pub fn oddities(&self) -> Oddities {
        self.found.oddities
    }

    /// Whether a soft hyphen stood here, at the end of a line.
    pub fn is_soft_hyphen(&self, at: usize) -> bool {
        self.found.soft_hyphens.binary_search(&(at as u32)).is_ok()
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

    /// Takes stretches out of the text, in their order and apart from each other; what lay around them moves together,
    /// and every span taken before is void.
    pub fn cut(&mut self, stretches: &[NormSpan]) {
        let mut text = String::with_capacity(self.text.len());
        let mut at = 0;
        for stretch in stretches {
            text.push_str(&self.text[at..stretch.start as usize]);
            at = stretch.end as usize;
        }
        text.push_str(&self.text[at..]);
        self.alignment.cut(stretches);
        for bits in [&mut self.masks.upper, &mut self.masks.accent, &mut self.masks.dash] {
            bits.cut(stretches, self.text.len());
        }
        let mut shift = Shift::new(stretches);
        for address in &mut self.found.addresses {
            *address = NormSpan::new(shift.of(address.start as usize), shift.of(address.end as usize));
        }
        self.found.soft_hyphens.clear();
        self.text = text;
        self.mark_words();
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
            ("x ``word'' y", "\"word\"", "``word''"),
            ("x ‘‘word’’ y", "\"word\"", "‘‘word’’"),
            ("a ceaseﬁre b", "ceasefire", "ceaseﬁre"),
            ("ethnic&nbsp;\n cleansing", "ethnic\ncleansing", "ethnic&nbsp;\n cleansing"),
            ("in Nagorno&#8209;Karabakh.", "nagorno-karabakh", "Nagorno&#8209;Karabakh"),
            ("a <b>Ar</b>menia b", "armenia", "Ar</b>menia"),
            ("in TÃ¼rkiyeâ€™s army", "turkiye's", "TÃ¼rkiyeâ€™s"),
            ("of _Armenia_ and", "armenia", "Armenia"),
            ("a **United *States*** b", "united states", "United *States"),
        ] {
            assert_eq!(raw_of(raw, &View::of(raw), needle), surface, "{raw:?}");
        }
    }

    #[test]
    fn runs_of_white_space_become_a_space_a_break_or_a_blank_line() {
        assert_eq!(View::of("a \t b\r\nc \n \r\n d\re").text(), "a b\nc\n\nd\ne");
    }

    #[test]
    fn words_whose_space_was_lost_are_two() {
        for (raw, words) in [
            ("left Armenia.The road", "left armenia the road"),
            ("two states:Russia:Turkey", "two states russia turkey"),
            ("of Ağdam.Then, in 2020.The NATO.The", "of agdam then in 2020 the nato the"),
            ("here.I left.A x.So it is", "here i left a x.so it is"),
            (
                "a Ph.D. of the U.S.A. in Node.js at News.Az on ASP.NET",
                "a ph.d of the u.s.a in node.js at news.az on asp.net",
            ),
        ] {
            let view = View::of(raw);
            let whole = NormSpan::new(0, view.text().len());
            assert_eq!(view.words(whole).map(|word| view.slice(word)).collect::<Vec<_>>().join(" "), words, "{raw}");
        }
    }

    #[test]
    fn tags_leave_breaks_and_quotations_and_no_words() {
        for (raw, text) in [
            ("<p>One.</p><p>Two<br>three.</p>", "\n\none.\n\ntwo\nthree.\n\n"),
            ("a<script>var b;</script>c", "a\n\nc"),
            ("a\n<blockquote>b</blockquote>\nc", "a\n> b\n\nc"),
            ("2 < 3 <3 a<b", "2 < 3 <3 a<b"),
            ("a &amp; b AT&T", "a & b at&t"),
            ("snake_case _ * x\n* item", "snake_case _ * x\n* item"),
        ] {
            assert_eq!(View::of(raw).text(), text, "{raw}");
        }
    }

    #[test]
    fn words_of_addresses_are_no_words() {
        for (raw, words) in [
            ("at https://x.org/a-b_c?d=e&f=g, so", "at so"),
            ("(see www.x.org/armenia) so", "see so"),
            ("write to jan.doe@x.org. So", "write to so"),
            ("by @BakuNews and #Karabakh so", "by and so"),
            ("at example.org/genocide so", "at so"),
            ("x.org and/or U.S./Russia #1 & @ so", "x.org and or u.s russia 1 so"),
        ] {
            let view = View::of(raw);
            let found: Vec<&str> =
                view.words(NormSpan::new(0, view.text().len())).map(|word| view.slice(word)).collect();
            assert_eq!(found.join(" "), words, "{raw}");
        }
    }

    proptest! {
        #[test]
        fn what_is_cut_out_leaves_the_rest_aligned(
            raw in "[ab é\u{ad}\u{301}’ﬁ\n&;<p>.A]{0,60}",
            cuts in proptest::collection::vec((0usize..9, 1usize..4), 0..6),
        ) {
            let mut view = View::of(&raw);
            let before = view.clone();
            let boundary = |at: usize| (at..).find(|at| before.text().is_char_boundary(*at)).unwrap_or(at);
            let (mut at, mut stretches, mut kept) = (0, Vec::new(), Vec::new());
            for (gap, length) in cuts {
                let start = boundary((at + gap + 1).min(before.text().len()));
                let end = boundary((start + length).min(before.text().len()));
                if start < end {
                    kept.push(at..start);
                    stretches.push(NormSpan::new(start, end));
                    at = end;
                }
            }
            kept.push(at..before.text().len());
            view.cut(&stretches);
            let expected: String = kept.iter().map(|kept| &before.text()[kept.clone()]).collect();
            prop_assert_eq!(view.text(), expected);
            let mut shift = Shift::new(&stretches);
            for kept in kept {
                for (offset, c) in before.text()[kept.clone()].char_indices() {
                    let old = NormSpan::new(kept.start + offset, kept.start + offset + c.len_utf8());
                    let at = shift.of(old.start as usize);
                    let new = NormSpan::new(at, at + c.len_utf8());
                    prop_assert_eq!(view.raw_span(new), before.raw_span(old));
                    prop_assert_eq!(view.masks().upper.get(at), before.masks().upper.get(old.start as usize));
                    prop_assert_eq!(view.masks().accent.get(at), before.masks().accent.get(old.start as usize));
                }
            }
        }
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

    /// Puts the words together again that the view parts because their space was lost.
    fn glued<'t>(view: &'t View, words: &[(usize, &'t str)]) -> Vec<(usize, &'t str)> {
        let mut out: Vec<(usize, &str)> = Vec::new();
        for (start, word) in words {
            match out.last_mut() {
                Some((before, text))
                    if *before + text.len() + 1 == *start
                        && matches!(view.bytes()[start - 1], b'.' | b':')
                        && view.masks().upper.get(*start) =>
                {
                    *text = &view.text()[*before..start + word.len()];
                }
                _ => out.push((*start, word)),
            }
        }
        out
    }

    fn check_words(raw: &str) {
        let view = View::of(raw);
        // The view has no words of addresses; a word of UAX 29 may begin in one and go on after it.
        let overlap = |start: usize, end: usize, (at, word): &(usize, &str)| start < at + word.len() && *at < end;
        let (in_address, expected): (Vec<_>, Vec<_>) =
            words_by_unicode_segmentation(view.text()).into_iter().partition(|word| {
                let meets = |address: &NormSpan| overlap(address.start as usize, address.end as usize, word);
                view.found.addresses.iter().any(meets)
            });
        let mut got: Vec<(usize, &str)> = view
            .words(NormSpan::new(0, view.text().len()))
            .map(|span| (span.start as usize, view.slice(span)))
            .collect();
        got.retain(|word| !in_address.iter().any(|(at, text)| overlap(*at, at + text.len(), word)));
        assert_eq!(glued(&view, &got), glued(&view, &expected), "{:?}", view.text());
    }

    #[test]
    fn words_are_uax_29_words() {
        for raw in [
            "Azerbaijan's 2,000 U.S.A. end.Next Baku-Moscow 3.5% a_b _ __ _x 1_2 a:b it's' 'tis o''clock 1.a a.1 1,a 12:30",
            "Москва и Баку 東京 กรุงเทพ Երևան e\u{301}t\u{E9} ‘quote’ “x” x’s' ½ ² a\u{AD}b 👩‍👩‍👧 🇦🇲🇦🇿 ł'ə 3.ə",
            "U.S.A Ph.D. Mr.Doe 2020.The ASP.NET é.The",
            "#Σ:Aa @aେ:Ύ",
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
