//! Direct quotations: where a paragraph stops being the article's own words.
//!
//! The folded view has one sign for every kind of quotation mark, so the raw character is asked for its direction.
//! Pairing begins anew in each paragraph, except that a paragraph which opens with a mark continues a quotation that
//! the paragraph before left open; so does a mark before a sentence where a page has joined such paragraphs. An
//! apostrophe, a possessive plural (`United States'`) and a clipped year (`'90s`) close and open nothing. Dashes may do
//! what marks do (see `dashes`), and so do the signature of a post (see `posts`) and a colon behind a verb of speech (see `blocks`).

use super::{blocks, dashes, posts};
use crate::normalise::View;
use crate::segment::Sentence;
use crate::span::NormSpan;
use crate::zones::Passage;

/// A quotation nobody closed reaches no further than this many words, and no further than its paragraph.
const LONGEST_UNCLOSED_WORDS: usize = 300;
/// A paragraph of speech that is joined to the next one has no more words than this.
const LONGEST_JOINED_WORDS: u32 = 120;
/// A quotation in single marks is closed within this many bytes, or its mark was an apostrophe.
const LONGEST_SINGLE_BYTES: usize = 1200;
/// A whole sentence in quotation marks is speech however short, and counts as so many words at least.
pub(super) const WHOLE_SENTENCE_WORDS: u32 = 7;
/// What is shorter is no sentence.
const MIN_SENTENCE_WORDS: u32 = 3;

/// How far behind a possessive the mark may stand that closes the quotation.
const LONGEST_AFTER_POSSESSIVE_BYTES: usize = 120;

/// The text between two quotation marks, without them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotation {
    pub span: NormSpan,
    /// As many as there are, or those of a longer one where a whole sentence is quoted.
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
    /// Directly behind the end of a sentence, before a capital: it may belong to what stands before it.
    glued: bool,
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
    /// `says` tells whether a verb of speech stands near the beginning of a span.
    pub fn read(
        &mut self,
        view: &View,
        raw: &str,
        passages: &[Passage],
        sentences: &[Sentence],
        says: impl Fn(NormSpan) -> bool,
    ) {
        self.found.clear();
        self.near.clear();
        self.cursor = 0;
        self.unclosed = 0;
        let mut left_open: Option<Sign> = None;
        for passage in passages {
            self.collect(view, raw, passage.span);
            let is_block = view.bytes()[passage.span.start as usize] == b'>';
            if self.signs.is_empty() && left_open.is_none() && !is_block {
                continue;
            }
            if is_block {
                // A block quotation is quoted as a whole, however long.
                self.unclosed += u64::from(left_open.take().is_some());
                let span = NormSpan::new(passage.span.start as usize + 1, passage.span.end as usize);
                self.found.push(Quotation { span, words: words_of(view, span).max(WHOLE_SENTENCE_WORDS) });
                continue;
            }
            let continues = self.signs.first().is_some_and(|sign| {
                sign.may_open && sign.mark == Mark::Double && sign.at == passage.span.start as usize
            });
            if left_open.take().is_some_and(|_| !continues) {
                self.unclosed += 1;
            }
            left_open = self.pair(view, raw, passage.span, sentences);
        }
        self.unclosed += u64::from(left_open.is_some());
        let posted = view.text().contains(posts::ACCOUNT);
        for paragraph in sentences.chunk_by(|a, b| a.passage == b.passage) {
            if paragraph.iter().any(|sentence| dashes::opens(view, sentence.span.start as usize)) {
                dashes::read(view, paragraph, &says, |speech| self.found.push(speech));
            }
            if posted {
                posts::read(view, paragraph, |post| self.found.push(post));
            }
        }
        blocks::read(view, sentences, |speech| self.found.push(speech));
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
    fn pair(&mut self, view: &View, raw: &str, paragraph: NormSpan, sentences: &[Sentence]) -> Option<Sign> {
        self.open.clear();
        let before = self.found.len();
        for index in 0..self.signs.len() {
            let sign = self.signs[index];
            let opener = self.open.iter().rposition(|open| open.mark == sign.mark);
            // `” said` set as ` ”said`: what opened with its own mark is closed by the other one.
            let pair = opener.is_some_and(|open| self.open[open].shape == Shape::Opening);
            let may_close = sign.may_close || pair && sign.shape == Shape::Closing && sign.mark == Mark::Double;
            let closes = may_close && opener.is_some() && !self.is_possessive(view, index);
            if closes && !(sign.shape == Shape::Opening && sign.may_open) {
                let opener = opener.unwrap_or_default();
                let span = NormSpan::new(self.open[opener].at + 1, sign.at);
                self.found.push(Quotation { span, words: weight(view, paragraph, span) });
                self.open.truncate(opener);
            } else if sign.may_open && self.opens_well(index) && (sign.mark == Mark::Double || self.closes_soon(index))
            {
                if let Some(opener) = opener.filter(|opener| goes_on(view, raw, &self.open[*opener], &sign)) {
                    let span = NormSpan::new(self.open[opener].at + 1, sign.at);
                    self.found.push(Quotation { span, words: words_of(view, span) });
                    self.unclosed += 1;
                    self.open.truncate(opener);
                }
                self.open.push(sign);
            }
        }
        let open = self.open.iter().find(|open| open.mark == Mark::Double).copied()?;
        let mut span = unclosed_span(view, open, paragraph, sentences);
        // Where a mark opens again, what was left open ends.
        let again = self.found[before..].iter().map(|quotation| quotation.span.start).filter(|at| *at > span.start);
        let reopened = self.signs.iter().filter(|sign| sign.mark == Mark::Double && sign.at > open.at);
        if let Some(again) = again.min().filter(|again| reopened.clone().any(|sign| sign.at + 1 == *again as usize)) {
            span.end = span.end.min(again - 1);
        }
        self.found.push(Quotation { span, words: words_of(view, span) });
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

    /// `left."We go," he said`: what stands between two sentences opens a quotation only if the next mark closes one.
    fn opens_well(&self, index: usize) -> bool {
        let next = self.signs[index + 1..].iter().find(|next| next.mark == Mark::Double);
        !self.signs[index].glued || next.is_some_and(|next| next.may_close && (next.glued || !next.may_open))
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
    let raw_mark = raw[view.alignment().raw_start(at)..].chars().next();
    let shape = match raw_mark {
        Some('‘' | '“' | '„' | '‚' | '«' | '‹' | '〝' | '「' | '『') => Shape::Opening,
        // Two backticks; a single one may be an apostrophe.
        Some('`') if mark == Mark::Double => Shape::Opening,
        Some('’' | '”' | '»' | '›' | '‟' | '〞' | '」' | '』') => Shape::Closing,
        _ => Shape::Straight,
    };
    let is_angle = matches!(raw_mark, Some('›' | '‹'));
    let space = |byte: Option<u8>| byte.is_none_or(|byte| byte == b' ' || byte == b'\n');
    let space_before = space(before) || before.is_some_and(|byte| b"([-/\"'".contains(&byte));
    let space_after = space(after);
    let word_after = after.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte >= 0x80);
    let pause_after = after.is_some_and(|byte| b",.;:!?)]".contains(&byte)) && bytes.get(at + 2) != Some(&b'.');
    // `APP"Second`, `left."We`: two paragraphs that a page's reader has glued together. Where a quotation is open, it closes
    // it.
    let capital_after = word_after && view.masks().upper.get(at + 1);
    let ends = |byte: u8| b".!?".contains(&byte) && capital_after;
    let behind_stop = mark == Mark::Double && before.is_some_and(ends);
    let glued =
        mark == Mark::Double && word_after && before.is_some_and(|byte| byte == b')' || byte.is_ascii_alphanumeric());
    let glued = glued || behind_stop;
    let is_between_spaces = space(before) && space_after;
    let may_open = match shape {
        // A space inside the marks is no matter where their direction is known.
        Shape::Opening => !pause_after && (!space_after || space(before)),
        // »so« opens with what closes elsewhere; a curly apostrophe before a word is a clipped one (’90s).
        Shape::Closing => space_before && !space_after && !pause_after && (mark == Mark::Double || is_angle),
        Shape::Straight => {
            glued || space_before && !space_after && !pause_after || is_between_spaces && after.is_some()
        }
    };
    // "Armenia 's": a possessive that a tokeniser set apart.
    let possessive = mark == Mark::Single && after == Some(b's') && !view.masks().alnum.get(at + 2);
    let may_open = may_open && !(possessive && shape != Shape::Opening);
    let clipped = mark == Mark::Single && shape != Shape::Opening && after.is_some_and(|byte| byte.is_ascii_digit());
    // The German “ closes; a mark after a word and before a space can do nothing else.
    let may_close = match shape {
        _ if before.is_none() || mark == Mark::Single && word_after => false,
        Shape::Opening => !space(before),
        Shape::Closing => !space(before) || space_after || pause_after,
        Shape::Straight => !space(before) || is_between_spaces || pause_after && mark == Mark::Double,
    };
    (may_open || may_close).then_some(Sign {
        at,
        mark,
        shape,
        may_open: may_open && !clipped,
        may_close,
        glued: behind_stop,
    })
}

/// `"We left. "It was cold."`: paragraphs of one speech, of which only the last one closes, that a page has joined. Both
/// begin as sentences do, and the first one ends as they do.
fn goes_on(view: &View, raw: &str, open: &Sign, next: &Sign) -> bool {
    let masks = view.masks();
    let span = NormSpan::new(open.at + 1, next.at);
    // Two spaces are what is left between paragraphs: one without a mark is the article's.
    let has_other = raw[view.raw_span(span).range()].trim_end().contains(".  ");
    let capital = |mark: usize| masks.start.next(mark, view.bytes().len()).is_some_and(|first| masks.upper.get(first));
    open.mark == Mark::Double
        && view.slice(span).trim_end().ends_with(['.', '!', '?', '…'])
        && !has_other
        && capital(open.at)
        && capital(next.at)
        && (MIN_SENTENCE_WORDS..=LONGEST_JOINED_WORDS).contains(&words_of(view, span))
}

fn words_of(view: &View, span: NormSpan) -> u32 {
    view.words_in(span) as u32
}

/// How many words a quotation counts for. One that begins where a sentence may, with a capital, and ends in a stop is a
/// sentence of its own: nobody's distance from a word.
fn weight(view: &View, paragraph: NormSpan, span: NormSpan) -> u32 {
    let words = words_of(view, span);
    if !(MIN_SENTENCE_WORDS..WHOLE_SENTENCE_WORDS).contains(&words) {
        return words;
    }
    let (start, end) = (span.start as usize, span.end as usize);
    let before = view.text()[paragraph.start as usize..start - 1].trim_end();
    let begins = before.is_empty() || before.ends_with(['.', '!', '?', ',', ':', '"']);
    let capital = view.masks().start.next(start, end).is_some_and(|first| view.masks().upper.get(first));
    let inside = view.slice(span).trim_end();
    let behind = &view.text()[end + 1..paragraph.end as usize];
    let ends = inside.ends_with(['.', '!', '?', '…']) || inside.ends_with(',') && !behind.trim_start().is_empty();
    if begins && capital && ends { WHOLE_SENTENCE_WORDS } else { words }
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
        let says = |span| view.slice(span).split(' ').any(|word| word.trim_end_matches('.') == "said");
        quotations.read(&view, raw, &passages, &sentences, says);
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
            ("« We left », he said in the town of « stone ».", vec![" We left ", " stone "]),
            ("« We left\u{A0}», he said.", vec![" We left\u{A0}"]),
            ("“ We left ” , he said . “ We came . ”", vec![" We left ", " We came . "]),
            ("\" We left . \" He came . \" So \" it is .", vec![" We left . ", " So "]),
            ("``We left.'' He came.", vec!["We left."]),
            ("»We left«, he said, »and came«.", vec!["We left", "and came"]),
            ("„We left“, he said, „and came“.", vec!["We left", "and came"]),
            ("„We left”, he said.", vec!["We left"]),
            ("‹We left›, he said, ›and came‹.", vec!["We left", "and came"]),
            ("「We left」 he said, 『and came』.", vec!["We left", "and came"]),
            ("“We left“, he said.", vec!["We left"]),
            ("”We left”, he said.", vec!["We left"]),
            ("“...and we left,” he said.", vec!["...and we left,"]),
            ("Armenia 's army and Baku 's road.", vec![]),
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
    fn a_mark_that_opens_twice_quotes_nothing_behind_the_quotation() {
        let (texts, unclosed) = quoted("“We left. “It was cold,” he said. The road is ours.");
        assert_eq!((texts, unclosed), (vec!["We left. ".to_owned(), "It was cold,".to_owned()], 1));
        let (texts, _) = quoted("““We left,” he said. The road is ours.");
        assert!(texts.iter().all(|text| !text.contains("road")), "{texts:?}");
    }

    #[test]
    fn a_block_quotation_is_quoted_as_a_whole() {
        let (texts, unclosed) = quoted("He wrote:\n\n> The road is “ours.\n\nHe left.");
        assert_eq!((texts, unclosed), (vec![" The road is “ours.".to_owned()], 0));
    }

    #[test]
    fn dashes_hold_speech_where_a_verb_of_speech_closes_it() {
        for (raw, expected) in [
            ("- We left - said the envoy. He is here.", vec!["We left"]),
            ("— We left — the envoy said. — It was cold.", vec!["We left", "It was cold."]),
            ("He came.- We left.It was cold - he said.- And dark - she said.", vec!["We left.It was cold", "And dark"]),
            ("– We left – he said – and it was cold.", vec!["We left", "and it was cold."]),
            ("- The road is ours - all of it.\n\n- The hill - a long road to town.", vec![]),
            ("The road - he said - is ours. It is cold - he said.", vec![]),
        ] {
            assert_eq!(quoted(raw).0, expected, "{raw}");
        }
    }

    #[test]
    fn a_post_is_quoted_up_to_its_signature() {
        for (raw, expected) in [
            ("We go on. It is cold.— Orlo Benn (@orlobenn) May 8, 2022", vec!["We go on. It is cold."]),
            (
                "He left.We go on — Benn (@benn) May 8, 2022 It rained. — The Post (@post)",
                vec!["We go on", " It rained."],
            ),
            ("The account (@orlobenn) is new - and it is his.", vec![]),
            ("The siege goes on - follow it on his page (@orlobenn).", vec![]),
        ] {
            assert_eq!(quoted(raw).0, expected, "{raw}");
        }
    }

    #[test]
    fn a_whole_sentence_in_marks_counts_as_a_long_quotation() {
        for (raw, long) in [
            ("“We must go,” he said. “The road is closed.” He left.", vec![true, true]),
            ("“This is genocide!” he said.", vec![true]),
            ("It is a so-called “Long Iron War.”", vec![false]),
            ("He spoke of a “road to ruin” then.", vec![false]),
        ] {
            let view = View::of(raw);
            let passages = passages_of(&view, Zone::Body);
            let mut quotations = Quotations::default();
            quotations.read(&view, raw, &passages, &sentences_of(&view, &passages), |_| false);
            let found: Vec<bool> = quotations.found.iter().map(|q| q.words >= WHOLE_SENTENCE_WORDS).collect();
            assert_eq!(found, long, "{raw}");
        }
    }

    #[test]
    fn a_speech_whose_paragraphs_are_joined_is_quoted_to_its_end() {
        let raw = "She said: \"We left the town. It was cold. \"We came back in May. \"We stay.\" The road is ours.";
        let texts = ["We left the town. It was cold. ", "We came back in May. ", "We stay."].map(String::from).to_vec();
        assert_eq!(quoted(raw), (texts, 2));
        // No sentence ends before the second mark, or none begins with the first; in the last one two spaces show where a
        // paragraph without a mark begins.
        for raw in [
            "It is \"a door, and the \"Road\" is ours.",
            "It is \"a door. The road is ours. \"We left,\" he said.",
            "He: \"We left it.  The road is ours.  \"We came,\" he said.",
        ] {
            assert!(quoted(raw).0.iter().all(|text| !text.contains("road is ours")), "{raw}");
        }
    }

    #[test]
    fn a_quotation_runs_on_over_paragraphs_that_open_with_a_mark() {
        let (texts, unclosed) = quoted("“We left. It was cold.\n\n“We came back,” she said. It was May.");
        assert_eq!(texts, ["We left. It was cold.", "We came back,"]);
        assert_eq!(unclosed, 0);
    }
}
