//! Word segmentation (UAX #29) as bit operations, with `unicode-segmentation` where a character is not ASCII.
//!
//! It must equal what `mark_unknown` marks for a whole text, which asks `unicode-segmentation` everywhere, but for
//! words whose space was lost. It takes 24 instructions a byte, 248 that way (callgrind, 197 kB of speeches).

use super::block::{BLOCK, bits_where, block_at};
use super::view::Masks;
use crate::span::NormSpan;
use unicode_segmentation::UnicodeSegmentation;

/// Marks words, their starts, letters and digits, stops and quotation marks of the view's text.
pub(super) fn mark(text: &str, masks: &mut Masks) {
    let bytes = text.as_bytes();
    for bits in [&mut masks.word, &mut masks.start, &mut masks.alnum, &mut masks.stop, &mut masks.quote] {
        bits.reset(bytes.len() + 1);
    }
    let blocks = masks.word.words().len();
    let (mut before, mut current) = (ByteClasses::default(), ByteClasses::read(bytes, 0));
    let mut unknown = false;
    let mut last_word = 0u64;
    let mut glued = Vec::new();
    for index in 0..blocks {
        let after = if index + 1 < blocks { ByteClasses::read(bytes, index + 1) } else { ByteClasses::default() };
        let joins = current.joins_letters
            & before.carry_up(current.letter, |b| b.letter)
            & after.carry_down(current.letter, |b| b.letter)
            | current.joins_digits
                & before.carry_up(current.digit, |b| b.digit)
                & after.carry_down(current.digit, |b| b.digit);
        let alnum = current.letter | current.digit;
        let word = alnum | joins;
        masks.alnum.words_mut()[index] = alnum;
        masks.word.words_mut()[index] = word;
        masks.start.words_mut()[index] = word & !(word << 1 | last_word >> 63);
        masks.stop.words_mut()[index] = current.stop;
        masks.quote.words_mut()[index] = current.quote;
        let upper = masks.upper.words();
        let capital_before = upper[index] << 1 | index.checked_sub(1).map_or(0, |before| upper[before] >> 63);
        let capital_after = upper[index] >> 1 | upper.get(index + 1).map_or(0, |after| after << 63);
        let two_before = upper[index] << 2 | index.checked_sub(1).map_or(0, |before| upper[before] >> 62);
        let mut may_part = current.joins_text & capital_after & (!capital_before | two_before);
        while may_part != 0 {
            glued.push(index * BLOCK + may_part.trailing_zeros() as usize);
            may_part &= may_part - 1;
        }
        unknown |= current.unknown != 0;
        last_word = word;
        before = current;
        current = after;
    }
    if unknown {
        mark_unknown(text, masks);
    }
    for at in glued {
        if is_glued(bytes, masks, at) {
            masks.word.unset(at);
            masks.start.set(at + 1);
        }
    }
}

/// The last letters of names on the web: `News.Az`, `Report.Am`.
const DOMAIN_ENDINGS: &[&[u8]] = &[
    b"am", b"az", b"by", b"com", b"de", b"eu", b"fr", b"ge", b"info", b"io", b"net", b"org", b"ru", b"tr", b"tv",
    b"ua", b"uk",
];

/// Whether the stop or colon inside a word stands between two words whose space was lost: `Armenia.The`, `out:Then`.
/// A word before it has two letters at least; behind it a capital is followed by a letter, or is `I` or `A`.
fn is_glued(bytes: &[u8], masks: &Masks, at: usize) -> bool {
    let letter = |at: usize| masks.alnum.get(at);
    if !masks.word.get(at) || at < 2 || !letter(at - 1) || !letter(at - 2) || !letter(at + 1) {
        return false;
    }
    if !letter(at + 2) {
        return matches!(bytes[at + 1], b'a' | b'i') && matches!(bytes.get(at + 2), Some(b' ' | b'\''));
    }
    if masks.upper.get(at - 1) && masks.upper.get(at + 2) {
        return false;
    }
    let end = at + 1 + masks.alnum.run_from(at + 1);
    DOMAIN_ENDINGS.binary_search(&&bytes[at + 1..end.min(bytes.len())]).is_err()
}

/// The classes of 64 bytes, one bit a byte.
#[derive(Clone, Copy, Default)]
struct ByteClasses {
    letter: u64,
    digit: u64,
    /// `:` joins letters, `'` and `.` letters or digits, `,` and `;` digits.
    joins_letters: u64,
    joins_digits: u64,
    stop: u64,
    quote: u64,
    /// Full stops and colons: where a space may be lost.
    joins_text: u64,
    /// Left to `unicode-segmentation`, together with all that stands between the same white space.
    unknown: u64,
}

impl ByteClasses {
    #[inline]
    fn read(bytes: &[u8], index: usize) -> Self {
        let block = &block_at(bytes, index * BLOCK);
        let dot = bits_where(block, |byte| byte == b'.');
        let apostrophe = bits_where(block, |byte| byte == b'\'');
        let colon = bits_where(block, |byte| byte == b':');
        Self {
            letter: bits_where(block, |byte| (byte | 0x20).wrapping_sub(b'a') < 26),
            digit: bits_where(block, |byte| byte.wrapping_sub(b'0') < 10),
            joins_letters: dot | apostrophe | colon,
            joins_digits: dot | apostrophe | bits_where(block, |byte| byte == b',' || byte == b';'),
            stop: dot | bits_where(block, |byte| byte == b'!' || byte == b'?'),
            quote: apostrophe | bits_where(block, |byte| byte == b'"'),
            joins_text: dot | colon,
            unknown: bits_where(block, is_unknown),
        }
    }

    /// For each position whether the one before it is in the class; `self` is the block before.
    fn carry_up(&self, class: u64, of: impl Fn(&Self) -> u64) -> u64 {
        class << 1 | of(self) >> 63
    }

    /// For each position whether the one after it is in the class; `self` is the block after.
    fn carry_down(&self, class: u64, of: impl Fn(&Self) -> u64) -> u64 {
        class >> 1 | of(self) << 63
    }
}

fn is_unknown(byte: u8) -> bool {
    byte >= 0x80 || byte == b'_'
}

/// Segments each stretch between white space that holds an unknown character with `unicode-segmentation`.
fn mark_unknown(text: &str, masks: &mut Masks) {
    let bytes = text.as_bytes();
    let is_space = |byte: u8| byte == b' ' || byte == b'\n';
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| is_unknown(*byte)) {
        let found = at + found;
        let start = bytes[..found].iter().rposition(|byte| is_space(*byte)).map_or(0, |space| space + 1);
        let end = bytes[found..].iter().position(|byte| is_space(*byte)).map_or(bytes.len(), |space| found + space);
        for position in start..end {
            masks.word.unset(position);
            masks.start.unset(position);
        }
        for (offset, segment) in text[start..end].split_word_bound_indices() {
            mark_segment(start + offset, segment, masks);
        }
        at = end;
    }
}

fn mark_segment(start: usize, segment: &str, masks: &mut Masks) {
    for (offset, c) in segment.char_indices() {
        if c.is_alphanumeric() {
            for position in start + offset..start + offset + c.len_utf8() {
                masks.alnum.set(position);
            }
        } else if matches!(c, '…' | '。' | '！' | '？' | '؟' | '۔' | '։' | '।') {
            masks.stop.set(start + offset);
        }
    }
    if segment.chars().any(char::is_alphanumeric) {
        masks.start.set(start);
        for position in start..start + segment.len() {
            masks.word.set(position);
        }
    }
}

/// The words that begin in a span, one after the other: two cursors, one over the starts and one over the ends.
#[derive(Debug, Clone)]
pub struct Words<'v> {
    masks: &'v Masks,
    starts: u64,
    ends: u64,
    start_block: usize,
    end_block: usize,
    limit: usize,
}

impl<'v> Words<'v> {
    pub(super) fn new(masks: &'v Masks, span: NormSpan) -> Self {
        let first = masks.start.next(span.start as usize, span.end as usize);
        let (at, limit) = first.map_or((0, 0), |first| (first, span.end as usize));
        let block = at / 64;
        let mut words = Self { masks, starts: 0, ends: 0, start_block: block, end_block: block, limit };
        if first.is_some() {
            words.starts = masks.start.words()[block] & !0 << (at % 64);
            // A word before may end where the first one starts.
            words.ends = words.ends_in(block) & !1 << (at % 64);
        }
        words
    }

    /// Where words end: after a byte of a word, before one that belongs to none or begins the next.
    fn ends_in(&self, block: usize) -> u64 {
        let word = self.masks.word.words();
        let before = block.checked_sub(1).map_or(0, |before| word[before] >> 63);
        (word[block] << 1 | before) & (!word[block] | self.masks.start.words()[block])
    }
}

impl Iterator for Words<'_> {
    type Item = NormSpan;

    #[inline]
    fn next(&mut self) -> Option<NormSpan> {
        while self.starts == 0 {
            self.start_block += 1;
            if self.start_block * 64 >= self.limit {
                return None;
            }
            self.starts = self.masks.start.words()[self.start_block];
        }
        let start = self.start_block * 64 + self.starts.trailing_zeros() as usize;
        if start >= self.limit {
            return None;
        }
        self.starts &= self.starts - 1;
        while self.ends == 0 {
            self.end_block += 1;
            // The masks are a bit longer than the text: the last word ends too.
            self.ends = self.ends_in(self.end_block);
        }
        let end = self.end_block * 64 + self.ends.trailing_zeros() as usize;
        self.ends &= self.ends - 1;
        Some(NormSpan::new(start, end))
    }
}
