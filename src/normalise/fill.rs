//! How a view is filled: the raw text from its beginning to its end, plain ASCII in blocks, all else sign by sign.
//!
//! It must equal `Fill::special` at every sign: the blocks only find the next sign that is not taken over as it is.

use super::block::{BLOCK, bits_where, block_at, lowest};
use super::fold::{Diacritic, Folded, fold_char};
use super::markup::{MarkupTags, TagEffect};
use super::signs::{Misread, entity, ligature, misread};
use super::view::View;
use crate::span::NormSpan;

/// What of the bytes of a block cannot be copied as it is: what is no printable ASCII, signs that may begin an entity, a
/// tag, an address or emphasis, the first of two apostrophes, and a space before another special character. The last
/// byte's neighbour is not known: when it would matter, the byte counts as special.
#[inline]
fn specials(block: &[u8; BLOCK]) -> u64 {
    let odd = bits_where(block, |byte| {
        byte.wrapping_sub(b' ') >= 0x80 - b' '
            // `@` and the backtick differ in one bit.
            || byte & !0x20 == b'@'
            || byte == b'_'
            || byte == b'#'
            || byte == b'&'
            || byte == b'*'
            || byte == b'/'
            || byte == b'<'
    });
    let space = bits_where(block, |byte| byte == b' ');
    let apostrophe = bits_where(block, |byte| byte == b'\'');
    let last = 1 << (BLOCK - 1);
    odd | space & ((odd | space) >> 1 | last) | apostrophe & (apostrophe >> 1 | last)
}

/// A sign of the raw text, once entities, tags and wrong encodings are read.
enum Piece {
    Char(char),
    /// So many line breaks.
    Breaks(usize),
    Nothing,
}

pub(super) struct Fill<'a> {
    raw: &'a str,
    at: usize,
    view: &'a mut View,
    tags: MarkupTags,
    /// How many block quotations are open.
    quotes: usize,
}

impl<'a> Fill<'a> {
    pub fn new(raw: &'a str, view: &'a mut View) -> Self {
        view.text.clear();
        view.text.reserve(raw.len());
        // What is written for a sign is never longer than the sign, so the raw length bounds all masks.
        for bits in [&mut view.masks.upper, &mut view.masks.accent, &mut view.masks.dash] {
            bits.reset(raw.len() + 64);
        }
        view.alignment.reset();
        view.found.addresses.clear();
        view.found.soft_hyphens.clear();
        view.found.oddities = Default::default();
        Self { raw, at: 0, view, tags: MarkupTags::default(), quotes: 0 }
    }

    pub fn run(&mut self) {
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
        self.view.text.make_ascii_lowercase();
    }

    /// Takes over bytes that are plain ASCII.
    fn copy(&mut self, block: &[u8; BLOCK], plain: usize) {
        let to = self.view.text.len();
        let upper = bits_where(block, |byte| byte.is_ascii_uppercase()) & lowest(plain);
        self.view.masks.upper.set_window(to, upper);
        self.view.text.push_str(&self.raw[self.at..self.at + plain]);
        self.at += plain;
    }

    fn rest(&self) -> &'a str {
        &self.raw[self.at..]
    }

    /// One sign that is no plain ASCII, or a run of white space.
    fn special(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        let next = rest.as_bytes().get(1).copied();
        match c {
            '\'' | '`' if next == Some(c as u8) => self.replace('"', 2),
            '\u{2018}' | '\u{2019}' if rest[c.len_utf8()..].starts_with(c) => self.replace('"', 2 * c.len_utf8()),
            '@' => self.at_sign(),
            '#' => self.hashtag(),
            '/' => self.slash(),
            '_' | '*' => self.emphasis(c),
            '\u{AD}' if self.divides_a_word() => {
                self.view.found.soft_hyphens.push(self.view.text.len() as u32);
                self.replace('-', c.len_utf8());
            }
            _ => match self.piece() {
                (Piece::Char(c), length) => self.character(c, length),
                (Piece::Breaks(_), _) => self.white_space(),
                (Piece::Nothing, length) => self.vanish(length),
            },
        }
    }

    /// The sign that stands next, and its bytes in the raw text.
    fn piece(&mut self) -> (Piece, usize) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return (Piece::Nothing, 0) };
        let oddities = &mut self.view.found.oddities;
        match c {
            '&' => entity(rest).map_or((Piece::Char(c), 1), |(c, length)| (Piece::Char(c), length)),
            '<' => {
                let Some(tag) = self.tags.read(rest) else { return (Piece::Char(c), 1) };
                oddities.tags += 1;
                let piece = match tag.effect {
                    TagEffect::Nothing => Piece::Nothing,
                    TagEffect::LineBreak => Piece::Breaks(1),
                    TagEffect::Paragraph => Piece::Breaks(2),
                    TagEffect::QuoteBegins => {
                        self.quotes += 1;
                        Piece::Breaks(2)
                    }
                    TagEffect::QuoteEnds => {
                        self.quotes = self.quotes.saturating_sub(1);
                        Piece::Breaks(2)
                    }
                };
                (piece, tag.bytes)
            }
            '\0'..='\x7F' => (Piece::Char(c), 1),
            char::REPLACEMENT_CHARACTER => {
                oddities.lost += 1;
                (Piece::Char(c), c.len_utf8())
            }
            _ => match misread(rest) {
                Some(Misread::As(c, length)) => {
                    oddities.repaired += 1;
                    (Piece::Char(c), length)
                }
                Some(Misread::Lost) => {
                    oddities.lost += 1;
                    (Piece::Char(c), c.len_utf8())
                }
                None => (Piece::Char(c), c.len_utf8()),
            },
        }
    }

    fn character(&mut self, c: char, length: usize) {
        if let Some(letters) = ligature(c) {
            for letter in letters.chars() {
                self.view.text.push(letter);
                // Between the letters there is no place in the raw text.
                self.view.alignment.push(self.view.text.len(), self.at + length);
            }
            self.at += length;
            return;
        }
        match fold_char(c) {
            Folded::Char(folded, diacritic) => {
                let at = self.view.text.len();
                if c.is_uppercase() {
                    self.view.masks.upper.set(at);
                }
                if diacritic == Diacritic::Removed {
                    self.view.masks.accent.set(at);
                }
                if matches!(c, '\u{2014}' | '\u{2015}') {
                    self.view.masks.dash.set(at);
                }
                self.replace(folded, length);
            }
            Folded::Space | Folded::LineBreak => self.white_space(),
            Folded::Nothing if matches!(c, '\u{300}'..='\u{36F}') => {
                // A combining mark is part of the character before it.
                if let Some((at, _)) = self.view.text.char_indices().next_back() {
                    self.view.masks.accent.set(at);
                }
                self.at += length;
                self.view.alignment.push(self.view.text.len(), self.at);
            }
            Folded::Nothing => self.vanish(length),
        }
    }

    fn replace(&mut self, folded: char, raw_length: usize) {
        self.view.text.push(folded);
        self.at += raw_length;
        if folded.len_utf8() != raw_length {
            self.view.alignment.push(self.view.text.len(), self.at);
        }
    }

    fn vanish(&mut self, raw_length: usize) {
        self.view.alignment.push(self.view.text.len(), self.at);
        self.at += raw_length;
        self.view.alignment.push(self.view.text.len(), self.at);
    }

    /// A run of white space: one space, one line break, or a blank line; in a block quotation of HTML with the mark of
    /// one in plain text.
    fn white_space(&mut self) {
        let (mut breaks, begin) = (0usize, self.at);
        let (mut previous, mut tags) = ('\0', 0);
        loop {
            let quotes = self.quotes;
            let (piece, length) = match self.rest().bytes().next() {
                None => break,
                Some(b'\n') => (Piece::Char('\n'), 1),
                Some(b' ') => (Piece::Char(' '), 1),
                Some(_) => self.peek(),
            };
            match piece {
                Piece::Breaks(n) => {
                    breaks += n;
                    tags += 1;
                }
                Piece::Nothing => {}
                Piece::Char(c) => {
                    match fold_char(c) {
                        Folded::LineBreak => {
                            // Alone in the run, "\r\n" is one break.
                            breaks += usize::from(!(c == '\n' && previous == '\r'));
                        }
                        Folded::Space => {}
                        Folded::Nothing if !matches!(c, '\u{300}'..='\u{36F}') && !self.divides_a_word() => {}
                        _ => {
                            self.quotes = quotes;
                            break;
                        }
                    }
                    previous = c;
                }
            }
            self.at += length;
        }
        let text = match breaks {
            _ if tags > 0 && self.quotes > 0 && breaks > 0 && self.at < self.raw.len() => "\n> ",
            0 => " ",
            1 => "\n",
            _ => "\n\n",
        };
        self.view.text.push_str(text);
        if text.len() != self.at - begin {
            self.view.alignment.push(self.view.text.len(), self.at);
        }
    }

    /// The next sign, where it may turn out to be none of white space and is then read again.
    fn peek(&mut self) -> (Piece, usize) {
        let before = self.view.found.oddities;
        let (piece, length) = self.piece();
        if let Piece::Char(_) = piece {
            self.view.found.oddities = before;
        }
        (piece, length)
    }

    /// Whether the soft hyphen that stands next divides a word at the end of a line.
    fn divides_a_word(&self) -> bool {
        let Some(behind) = self.rest().strip_prefix('\u{AD}') else { return false };
        let behind = behind.trim_start_matches([' ', '\t']);
        let next = behind.strip_prefix("\r\n").or_else(|| behind.strip_prefix('\n'));
        let after_letter = self.view.text.chars().next_back().is_some_and(char::is_alphabetic);
        after_letter && next.is_some_and(|next| next.trim_start_matches([' ', '\t']).starts_with(char::is_alphabetic))
    }

    /// `@`: an address of mail, a handle, or just the sign.
    fn at_sign(&mut self) {
        let text = &self.view.text;
        let local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte);
        let before = text.bytes().rev().take_while(local).count();
        let behind = &self.rest()[1..];
        let word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        if before > 0 {
            let domain = behind.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte)).count();
            let domain = behind[..domain].trim_end_matches(['.', '-']);
            let is_domain = domain.rsplit_once('.').is_some_and(|(_, last)| last.len() >= 2);
            if is_domain {
                return self.address(text.len() - before, 1 + domain.len());
            }
        }
        let name = behind.bytes().take_while(word).count();
        match text.chars().next_back() {
            Some(c) if c.is_alphanumeric() => self.replace('@', 1),
            _ if name > 0 => self.address(text.len(), 1 + name),
            _ => self.replace('@', 1),
        }
    }

    /// `#Karabakh`: a hashtag.
    fn hashtag(&mut self) {
        let behind = &self.rest()[1..];
        let begins = behind.starts_with(char::is_alphabetic);
        let after_word = self.view.text.ends_with(|c: char| c.is_alphanumeric() || c == '&');
        if !begins || after_word {
            return self.replace('#', 1);
        }
        let end = behind.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(behind.len());
        self.address(self.view.text.len(), 1 + end);
    }

    /// `https://example.org/a-page`, `example.org/a-page`.
    fn slash(&mut self) {
        let text = self.view.text.as_bytes();
        let is_address_byte = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-:".contains(byte);
        let before = text.iter().rev().take_while(is_address_byte).count();
        let word = &text[text.len() - before..];
        let scheme = [b"https:".as_slice(), b"http:", b"ftp:"].into_iter().find(|scheme| {
            word.len() >= scheme.len() && word[word.len() - scheme.len()..].eq_ignore_ascii_case(scheme)
        });
        let begins = match scheme.filter(|_| self.rest().starts_with("//")) {
            Some(scheme) => Some(text.len() - scheme.len()),
            None if is_domain(word) && self.rest()[1..].starts_with(|c: char| c.is_ascii_alphanumeric()) => {
                Some(text.len() - before)
            }
            None => None,
        };
        match begins {
            Some(begins) => self.address(begins, address_end(self.rest())),
            None => self.replace('/', 1),
        }
    }

    /// An address that began at `begins` of the view and goes on for `length` bytes of the raw text.
    fn address(&mut self, begins: usize, length: usize) {
        let end = self.at + length;
        while self.at < end {
            let Some(c) = self.rest().chars().next() else { break };
            match fold_char(c) {
                Folded::Char(..) if ligature(c).is_none() => self.character(c, c.len_utf8()),
                _ => self.vanish(c.len_utf8()),
            }
        }
        self.view.found.addresses.push(NormSpan::new(begins, self.view.text.len()));
    }

    /// `_so_`, `**so**`: emphasis vanishes where it embraces something, and stays elsewhere.
    fn emphasis(&mut self, c: char) {
        let run = self.rest().chars().take_while(|next| *next == c).count();
        let side = |c: Option<char>| match c {
            None => 0,
            Some(c) if c.is_whitespace() => 0,
            Some(c) if c.is_alphanumeric() => 2,
            Some(_) => 1,
        };
        let before = side(self.view.text.chars().next_back());
        let after = side(self.rest()[run..].chars().next());
        if before != after {
            return self.vanish(run);
        }
        for _ in 0..run {
            self.replace(c, 1);
        }
    }
}

/// `example.org`: small letters, at least one stop, and letters alone behind the last one.
fn is_domain(word: &[u8]) -> bool {
    let Some(last) = word.iter().rposition(|byte| *byte == b'.') else { return false };
    let (name, end) = (&word[..last], &word[last + 1..]);
    (2..=6).contains(&end.len())
        && end.iter().all(u8::is_ascii_lowercase)
        && name.len() >= 2
        && !name.contains(&b':')
        && name[0].is_ascii_alphanumeric()
}

/// How many bytes of the text belong to the address: up to white space, a quotation mark or an angle bracket, without
/// the punctuation of the sentence that follows.
fn address_end(rest: &str) -> usize {
    let ends = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '‘' | '’') || c.is_control()
    };
    let whole = &rest[..rest.find(ends).unwrap_or(rest.len())];
    let opens = whole.bytes().filter(|byte| *byte == b'(').count();
    let closes = whole.bytes().filter(|byte| *byte == b')').count();
    let end = whole.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ']', '}', '*', '_']);
    let end = if closes > opens { end.trim_end_matches(')').trim_end_matches(['.', ',']) } else { end };
    end.len().max(1)
}

/// The text of a stretch of the raw text, with entities, wrong encodings and ligatures read, and without tags.
pub(crate) fn read_through(raw: &str, out: &mut String) {
    let mut at = 0;
    while let Some(c) = raw[at..].chars().next() {
        let rest = &raw[at..];
        let (read, length) = match c {
            '&' => entity(rest).unwrap_or((c, 1)),
            '<' => match MarkupTags::default().read(rest) {
                Some(tag) => {
                    at += tag.bytes;
                    continue;
                }
                None => (c, 1),
            },
            _ => match misread(rest) {
                Some(Misread::As(read, length)) => (read, length),
                _ => (c, c.len_utf8()),
            },
        };
        match ligature(read) {
            Some(letters) => out.push_str(letters),
            None => out.push(read),
        }
        at += length;
    }
}
