//! Word segmentation (UAX #29) as bit operations, with `unicode-segmentation` where a character is not ASCII.

use super::view::Masks;
use unicode_segmentation::UnicodeSegmentation;

const LETTER: u8 = 1;
const DIGIT: u8 = 1 << 1;
/// `:` joins letters, `'` and `.` letters or digits, `,` and `;` digits.
const JOINS_LETTERS: u8 = 1 << 2;
const JOINS_DIGITS: u8 = 1 << 3;
const STOP: u8 = 1 << 4;
const QUOTE: u8 = 1 << 5;
/// Left to `unicode-segmentation`, together with all that stands between the same white space.
const UNKNOWN: u8 = 1 << 6;

const CLASS: [u8; 256] = {
    let mut class = [0u8; 256];
    let mut byte = 0;
    while byte < 256 {
        let b = byte as u8;
        class[byte] = match b {
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'.' => JOINS_LETTERS | JOINS_DIGITS | STOP,
            b'\'' => JOINS_LETTERS | JOINS_DIGITS | QUOTE,
            b':' => JOINS_LETTERS,
            b',' | b';' => JOINS_DIGITS,
            b'!' | b'?' => STOP,
            b'"' => QUOTE,
            b'_' | 0x80..=0xFF => UNKNOWN,
            _ => 0,
        };
        byte += 1;
    }
    class
};

/// Marks words, their starts, letters and digits, stops and quotation marks of the view's text.
pub(super) fn mark(text: &str, masks: &mut Masks) {
    let bytes = text.as_bytes();
    for bits in [&mut masks.word, &mut masks.start, &mut masks.alnum, &mut masks.stop, &mut masks.quote] {
        bits.reset(bytes.len() + 1);
    }
    let blocks = masks.word.words().len();
    let (mut before, mut current) = (Block::default(), Block::read(bytes, 0));
    let mut unknown = false;
    let mut last_word = 0u64;
    for index in 0..blocks {
        let after = if index + 1 < blocks { Block::read(bytes, index + 1) } else { Block::default() };
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
        unknown |= current.unknown != 0;
        last_word = word;
        before = current;
        current = after;
    }
    if unknown {
        mark_unknown(text, masks);
    }
}

/// The classes of 64 bytes, one bit a byte.
#[derive(Clone, Copy, Default)]
struct Block {
    letter: u64,
    digit: u64,
    joins_letters: u64,
    joins_digits: u64,
    stop: u64,
    quote: u64,
    unknown: u64,
}

impl Block {
    fn read(bytes: &[u8], index: usize) -> Self {
        let start = index * 64;
        let chunk = &bytes[start.min(bytes.len())..(start + 64).min(bytes.len())];
        let mut planes = [0u64; 8];
        for (group, eight) in chunk.chunks(8).enumerate() {
            let mut classes = [0u8; 8];
            for (class, byte) in classes.iter_mut().zip(eight) {
                *class = CLASS[*byte as usize];
            }
            let transposed = transpose(u64::from_le_bytes(classes));
            for (plane, bits) in planes.iter_mut().zip(transposed.to_le_bytes()) {
                *plane |= u64::from(bits) << (group * 8);
            }
        }
        let [letter, digit, joins_letters, joins_digits, stop, quote, unknown, _] = planes;
        Self { letter, digit, joins_letters, joins_digits, stop, quote, unknown }
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

/// Transposes an 8 x 8 matrix of bits: byte `i`, bit `j` becomes byte `j`, bit `i`.
fn transpose(mut x: u64) -> u64 {
    let swap = (x ^ (x >> 7)) & 0x00AA_00AA_00AA_00AA;
    x ^= swap ^ (swap << 7);
    let swap = (x ^ (x >> 14)) & 0x0000_CCCC_0000_CCCC;
    x ^= swap ^ (swap << 14);
    let swap = (x ^ (x >> 28)) & 0x0000_0000_F0F0_F0F0;
    x ^ swap ^ (swap << 28)
}

/// Segments each stretch between white space that holds an unknown character with `unicode-segmentation`.
fn mark_unknown(text: &str, masks: &mut Masks) {
    let bytes = text.as_bytes();
    let is_space = |byte: u8| byte == b' ' || byte == b'\n';
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| CLASS[*byte as usize] & UNKNOWN != 0) {
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
