//! Direct quotations: where a paragraph stops being the article's own words.
//!
//! The folded view has one sign for every kind of quotation mark, so the raw character is asked for its direction.
//! Pairing begins anew in each paragraph, except that a paragraph which opens with a mark continues a quotation that
//! the paragraph before left open. An apostrophe, a possessive plural (`United States'`) and a clipped year (`'90s`)
//! close and open nothing.

use crate::normalise::View;
use crate::segment::Sentence;
use crate::span::NormSpan;
use crate::zones::Passage;

/// A quotation nobody closed reaches no further than this many words, and no further than its paragraph.
const LONGEST_UNCLOSED_WORDS: usize = 300;
/// A quotation in single marks is closed within this many bytes, or its mark was an apostrophe.
const LONGEST_SINGLE_BYTES: usize = 1200;

/// How far behind a possessive the mark may stand that closes the quotation.
const LONGEST_AFTER_POSSESSIVE_BYTES: usize = 120;

/// The text between two quotation marks, without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotation {
    pub span: NormSpan,
    pub words: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Single,
    Double,
}

/// What the raw character says about its direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Opening,
    Closing,
    Straight,
}

#[derive(Debug, Clone, Copy)]
struct Sign {
    at: usize,
    mark: Mark,
    shape: Shape,
    may_open: bool,
    may_close: bool,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Quotations {
    /// By their start; a nested one follows the one around it.
    pub found: Vec<Quotation>,
    /// Quotations that were never closed.
    pub unclosed: u64,
    /// Those that reach into the sentence at hand.
    near: Vec<Quotation>,
    /// All before this one end before the sentence at hand.
    cursor: usize,
    signs: Vec<Sign>,
    open: Vec<Sign>,
}

impl Quotations {
    pub fn read(&mut self, view: &View, raw: &str, passages: &[Passage], sentences: &[Sentence]) {
        self.found.clear();
        self.near.clear();
        self.cursor = 0;
        self.unclosed = 0;
        let mut left_open: Option<Sign> = None;
        for passage in passages {
            self.collect(view, raw, passage.span);
            if self.signs.is_empty() && left_open.is_none() {
                continue;
            }
            let continues = self.signs.first().is_some_and(|sign| {
                sign.may_open && sign.mark == Mark::Double && sign.at == passage.span.start as usize
            });
            if left_open.take().is_some_and(|_| !continues) {
                self.unclosed += 1;
            }
            left_open = self.pair(view, passage.span, sentences);
        }
        self.unclosed += u64::from(left_open.is_some());
        self.found.sort_unstable_by_key(|quotation| (quotation.span.start, std::cmp::Reverse(quotation.span.end)));
    }

    /// Prepares for questions about a sentence. Sentences come in their order.
    pub fn approach(&mut self, sentence: NormSpan) {
        while self.found.get(self.cursor).is_some_and(|quotation| quotation.span.end <= sentence.start) {
            self.cursor += 1;
        }
        self.near.clear();
        let ahead = self.found[self.cursor..].iter().take_while(|quotation| quotation.span.start < sentence.end);
        self.near.extend(ahead.filter(|quotation| quotation.span.end > sentence.start));
    }

    /// The quotations of the sentence at hand around the beginning of a span.
    pub fn around(&self, span: NormSpan) -> impl Iterator<Item = &Quotation> {
        self.near.iter().filter(move |quotation| quotation.span.contains(span.start as usize))
    }

    fn collect(&mut self, view: &View, raw: &str, paragraph: NormSpan) {
        self.signs.clear();
        let masks = view.masks();
        let (start, end) = (paragraph.start as usize, paragraph.end as usize);
        for at in masks.quote.iter(start, end) {
            if masks.word.get(at) && !masks.start.get(at) {
                // Between two letters: an apostrophe.
                continue;
            }
            self.signs.extend(sign(view, raw, at, paragraph));
        }
    }

    /// Pairs the signs of one paragraph. Returns the double mark that stays open at its end.
    fn pair(&mut self, view: &View, paragraph: NormSpan, sentences: &[Sentence]) -> Option<Sign> {
        self.open.clear();
        for index in 0..self.signs.len() {
            let sign = self.signs[index];
            let opener = self.open.iter().rposition(|open| open.mark == sign.mark);
            let closes = sign.may_close && opener.is_some() && !self.is_possessive(view, index);
            if closes && !(sign.shape == Shape::Opening && sign.may_open) {
                let opener = opener.unwrap_or_default();
                let span = NormSpan::new(self.open[opener].at + 1, sign.at);
                self.found.push(Quotation { span, words: view.words_in(span) as u32 });
                self.open.truncate(opener);
            } else if sign.may_open && (sign.mark == Mark::Double || self.closes_soon(index)) {
                self.open.push(sign);
            }
        }
        let open = self.open.iter().find(|open| open.mark == Mark::Double).copied()?;
        let span = unclosed_span(view, open, paragraph, sentences);
        self.found.push(Quotation { span, words: view.words_in(span) as u32 });
        Some(open)
    }

    /// `States’ policy’`: a single mark after an `s` is a possessive when a better closing mark follows.
    fn is_possessive(&self, view: &View, index: usize) -> bool {
        let sign = self.signs[index];
        if sign.mark == Mark::Double || sign.at == 0 || view.bytes()[sign.at - 1] != b's' {
            return false;
        }
        let followed_by_word = view.bytes().get(sign.at + 1) == Some(&b' ') && view.masks().start.get(sign.at + 2);
        let next = self.signs[index + 1..].iter().find(|next| next.mark == Mark::Single);
        followed_by_word
            && next.is_some_and(|next| {
                let near = next.at - sign.at <= LONGEST_AFTER_POSSESSIVE_BYTES;
                near && next.may_close && !next.may_open && view.bytes()[next.at - 1] != b's'
            })
    }

    /// A single mark opens a quotation only if one closes it; otherwise it was an apostrophe.
    fn closes_soon(&self, index: usize) -> bool {
        let opener = self.signs[index];
        self.signs[index + 1..]
            .iter()
            .take_while(|sign| sign.at - opener.at <= LONGEST_SINGLE_BYTES)
            .any(|sign| sign.mark == Mark::Single && sign.may_close)
    }
}

fn sign(view: &View, raw: &str, at: usize, paragraph: NormSpan) -> Option<Sign> {
    let bytes = view.bytes();
    let mark = if bytes[at] == b'"' { Mark::Double } else { Mark::Single };
    let before = (at > paragraph.start as usize).then(|| bytes[at - 1]);
    let after = (at + 1 < paragraph.end as usize).then(|| bytes[at + 1]);
    let shape = match raw[view.alignment().raw_start(at)..].chars().next() {
        Some('‘' | '“' | '„' | '‚' | '«' | '‹' | '〝') => Shape::Opening,
        Some('’' | '”' | '»' | '›' | '‟' | '〞') => Shape::Closing,
        _ => Shape::Straight,
    };
    let space_before =
        before.is_none_or(|byte| matches!(byte, b' ' | b'\n' | b'(' | b'[' | b'-' | b'/' | b'"' | b'\''));
    let space_after = after.is_none_or(|byte| byte == b' ' || byte == b'\n');
    let word_after = after.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte >= 0x80);
    let may_open = match shape {
        Shape::Opening => !space_after,
        // »so« opens with what closes elsewhere; a curly apostrophe before a word is a clipped one (’90s).
        Shape::Closing => space_before && !space_after && mark == Mark::Double,
        Shape::Straight => space_before && !space_after,
    };
    let clipped = mark == Mark::Single && shape != Shape::Opening && after.is_some_and(|byte| byte.is_ascii_digit());
    // The German “ closes; a mark after a word and before a space can do nothing else.
    let may_close = before.is_some_and(|byte| byte != b' ' && byte != b'\n') && !(mark == Mark::Single && word_after);
    (may_open || may_close).then_some(Sign { at, mark, shape, may_open: may_open && !clipped, may_close })
}

/// At the head of a paragraph the whole of it may be speech; elsewhere a forgotten mark covers its sentence.
fn unclosed_span(view: &View, open: Sign, paragraph: NormSpan, sentences: &[Sentence]) -> NormSpan {
    let start = open.at + 1;
    let mut end = paragraph.end as usize;
    if open.at != paragraph.start as usize {
        let after = sentences.partition_point(|sentence| sentence.span.start as usize <= open.at);
        if let Some(sentence) = sentences[..after].last() {
            end = end.min((sentence.span.end as usize).max(start));
        }
    }
    let last_word = view.masks().start.iter(start, end).nth(LONGEST_UNCLOSED_WORDS);
    NormSpan::new(start, last_word.unwrap_or(end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::Zone;
    use crate::voice::tests::{passages_of, sentences_of};

    fn quoted(raw: &str) -> (Vec<String>, u64) {
        let view = View::of(raw);
        let passages = passages_of(&view, Zone::Body);
        let sentences = sentences_of(&view, &passages);
        let mut quotations = Quotations::default();
        quotations.read(&view, raw, &passages, &sentences);
        let texts = quotations.found.iter().map(|q| raw[view.raw_span(q.span).range()].to_owned()).collect();
        (texts, quotations.unclosed)
    }

    #[test]
    fn quotations_of_every_style_are_paired() {
        for (raw, expected) in [
            ("He said “we left” today.", vec!["we left"]),
            ("He said \"we left\" today.", vec!["we left"]),
            ("He said \"we left'' today.", vec!["we left"]),
            ("He said ''we left'' today.", vec!["we left"]),
            ("It is a ‘frozen’ conflict.", vec!["frozen"]),
            ("It is a 'frozen' conflict.", vec!["frozen"]),
            ("Le mot «frozen» dit-il.", vec!["frozen"]),
            ("Das Wort „frozen“ hier.", vec!["frozen"]),
            ("Das Wort »frozen« hier.", vec!["frozen"]),
            ("“They call it ‘frozen’ here,” she said.", vec!["They call it ‘frozen’ here,", "frozen"]),
            ("\"They call it 'frozen' here,\" she said.", vec!["They call it 'frozen' here,", "frozen"]),
            ("(“frozen”) and “thawed”—both.", vec!["frozen", "thawed"]),
        ] {
            assert_eq!(quoted(raw).0, expected, "{raw}");
        }
    }

    #[test]
    fn apostrophes_and_possessives_open_and_close_nothing() {
        for (raw, expected) in [
            ("The United States’ initiative and Paris’ answer.", vec![]),
            ("The Quai d'Orsay didn't answer in the '90s or the ’80s.", vec![]),
            ("A ‘United States’ policy’ it is not, and villages' wells dry.", vec!["United States’ policy"]),
            ("The villages' elders said 'no' to it.", vec!["no"]),
            ("The ‘frozen’ states’ quarrel.", vec!["frozen"]),
            ("The term ‘zone of the guards’ is out, as are the guards’ posts.", vec!["zone of the guards"]),
        ] {
            assert_eq!(quoted(raw), (expected.iter().map(ToString::to_string).collect(), 0), "{raw}");
        }
    }

    #[test]
    fn an_unclosed_quotation_is_counted_and_bounded() {
        let (texts, unclosed) = quoted("He called it “a door without a house, and left. The rest is ours.");
        assert_eq!(texts, ["a door without a house, and left."]);
        assert_eq!(unclosed, 1);
        let (texts, unclosed) = quoted("“We left.\n\nOur text.");
        assert_eq!((texts.as_slice(), unclosed), (&["We left.".to_owned()][..], 1));
    }

    #[test]
    fn a_quotation_runs_on_over_paragraphs_that_open_with_a_mark() {
        let (texts, unclosed) = quoted("“We left. It was cold.\n\n“We came back,” she said. It was May.");
        assert_eq!(texts, ["We left. It was cold.", "We came back,"]);
        assert_eq!(unclosed, 0);
    }
}
