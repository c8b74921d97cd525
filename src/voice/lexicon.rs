//! What a word may be, by one look: its class, and the cues that can begin with it.
//!
//! Every word of every sentence with a framing hit is asked for, so a look takes no branch that depends on the word.

use super::grammar::{CLASSES, Function};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A word as the table knows it: its first eight bytes and its length.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Key {
    head: u64,
    length: u8,
}

impl Key {
    /// The key of the first `length` bytes; what is longer than the longest word has the length of that.
    pub fn new(bytes: &[u8], length: usize) -> Self {
        let kept = length.min(HEAD_BYTES);
        let head = match bytes.first_chunk::<HEAD_BYTES>() {
            Some(eight) => u64::from_le_bytes(*eight) & (!0u64).checked_shr(64 - 8 * kept as u32).unwrap_or(0),
            None => bytes.iter().take(kept).rev().fold(0, |head, byte| head << 8 | u64::from(*byte)),
        };
        Self { head, length: length.min(LONGEST) as u8 }
    }

    /// Another multiplier parts any two keys that this one brings together.
    #[inline]
    fn hash(self, multiplier: u64, shift: u32) -> usize {
        let length = u64::from(self.length).wrapping_mul(multiplier.rotate_left(32));
        ((self.head.wrapping_mul(multiplier) ^ length) >> shift) as usize
    }

    /// How many bytes the key knows exactly.
    fn known(self) -> usize {
        usize::from(self.length).min(HEAD_BYTES)
    }
}

const HEAD_BYTES: usize = 8;
/// A window of a bit set shows no longer run.
const LONGEST: usize = 64;

/// A cue form; `rest` is what its key does not know, with spaces for hyphens.
#[derive(Debug, Clone)]
struct Form {
    rest: Box<[u8]>,
    number: u32,
}

/// What the lexicon knows of a key.
#[derive(Debug, Clone)]
struct Entry {
    key: Key,
    function: Function,
    /// A range of the forms.
    forms: (u32, u32),
}

#[derive(Debug, Clone)]
pub(super) struct Lexicon {
    /// Numbers of entries. The entry of a key stands at its hash or in the slot behind.
    slots: Vec<u32>,
    shift: u32,
    multiplier: u64,
    /// The first is that of every word the lexicon does not know.
    entries: Vec<Entry>,
    forms: Vec<Form>,
}

const UNKNOWN: Entry = Entry { key: Key { head: 0, length: 0 }, function: Function::Content, forms: (0, 0) };

impl Lexicon {
    /// Of the function words and of cue forms with their numbers. A form is folded, has spaces for hyphens, and begins
    /// with a letter or digit.
    pub fn new<'a>(forms: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let mut words: BTreeMap<Key, (Function, Vec<Form>)> = BTreeMap::new();
        for (function, word) in CLASSES.iter().flat_map(|(class, words)| words.split_whitespace().map(|w| (*class, w)))
        {
            words.insert(Key::new(word.as_bytes(), word.len()), (function, Vec::new()));
        }
        for (form, number) in forms {
            let first = form.find(|c: char| !c.is_alphanumeric()).unwrap_or(form.len());
            let key = Key::new(form.as_bytes(), first);
            let rest = form.as_bytes()[key.known()..].into();
            words.entry(key).or_insert((Function::Content, Vec::new())).1.push(Form { rest, number });
        }
        let (mut entries, mut all_forms) = (vec![UNKNOWN], Vec::new());
        for (key, (function, mut forms)) in words {
            // Where several forms of a word fit, the longest comes first.
            forms.sort_by_key(|form| (Reverse(form.rest.len()), form.number));
            let from = all_forms.len() as u32;
            all_forms.extend(forms);
            entries.push(Entry { key, function, forms: (from, all_forms.len() as u32) });
        }
        let (slots, shift, multiplier) = place(&entries);
        Self { slots, shift, multiplier, entries, forms: all_forms }
    }

    #[inline]
    fn entry(&self, key: Key) -> &Entry {
        let slot = key.hash(self.multiplier, self.shift);
        let [first, second] = [&self.entries[self.slots[slot] as usize], &self.entries[self.slots[slot + 1] as usize]];
        let other = if second.key == key { second } else { &self.entries[0] };
        if first.key == key { first } else { other }
    }

    /// The class of a word, and to `found` the number and length of each cue form that the text has from there.
    ///
    /// `text` begins with the word and ends with the sentence; `letters` is how many letters and digits it begins with.
    pub fn read(&self, text: &[u8], word: usize, letters: usize, mut found: impl FnMut(u32, usize)) -> Function {
        let entry = self.entry(Key::new(text, letters));
        let (from, to) = entry.forms;
        for form in &self.forms[from as usize..to as usize] {
            if let Some(length) = form.fits(text, entry.key.known()) {
                found(form.number, length);
            }
        }
        // "don't": the word goes on behind its first letters.
        let entry = if letters == word { entry } else { self.entry(Key::new(text, word)) };
        let is_adverb = text[..word].ends_with(b"ly") && word > 4;
        if is_adverb && entry.function == Function::Content { Function::Adverb } else { entry.function }
    }
}

/// Slots for the entries but the first, with the shift and the multiplier that place each in one of two.
fn place(entries: &[Entry]) -> (Vec<u32>, u32, u64) {
    let mut size = (entries.len() * 8).next_power_of_two();
    loop {
        let shift = 64 - size.trailing_zeros();
        let mut multiplier = 0x9E37_79B9_7F4A_7C15_u64;
        for _ in 0..64 {
            if let Some(slots) = slots(entries, size, shift, multiplier) {
                return (slots, shift, multiplier);
            }
            // Any odd number will do.
            multiplier = multiplier.wrapping_mul(0xD134_2543_DE82_EF95).wrapping_add(2);
        }
        size *= 2;
    }
}

/// `None` if an entry finds both of its slots taken.
fn slots(entries: &[Entry], size: usize, shift: u32, multiplier: u64) -> Option<Vec<u32>> {
    let mut slots = vec![0; size + 1];
    for (entry, number) in entries.iter().zip(0..).skip(1) {
        let at = entry.key.hash(multiplier, shift);
        let free = slots[at..at + 2].iter_mut().find(|slot| **slot == 0)?;
        *free = number;
    }
    Some(slots)
}

impl Form {
    /// The length of the form if the text has it, of which so many bytes are known to agree.
    fn fits(&self, text: &[u8], known: usize) -> Option<usize> {
        let end = known + self.rest.len();
        let here = text.get(known..end)?;
        let same = |(a, b): (&u8, &u8)| a == b || (*a == b'-' && *b == b' ');
        here.iter().zip(&self.rest[..]).all(same).then_some(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lexicon: &Lexicon, text: &str) -> (Function, Vec<(u32, usize)>) {
        let word = text.find([' ', '-']).unwrap_or(text.len());
        let letters = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
        let mut found = Vec::new();
        let function = lexicon.read(text.as_bytes(), word, letters, |number, length| found.push((number, length)));
        (function, found)
    }

    #[test]
    fn every_function_word_has_one_class() {
        let mut seen = std::collections::HashSet::new();
        let lexicon = Lexicon::new([]);
        for (class, words) in CLASSES {
            for word in words.split_whitespace() {
                assert!(seen.insert(word), "`{word}` stands twice");
                assert_eq!(read(&lexicon, word), (*class, vec![]), "{word}");
            }
        }
        for (word, class) in [
            ("the", Function::Definite),
            ("throughout", Function::Preposition),
            ("repeatedly", Function::Adverb),
            ("fly", Function::Content),
            ("blockade", Function::Content),
            ("", Function::Content),
        ] {
            assert_eq!(read(&lexicon, word).0, class, "{word}");
        }
    }

    #[test]
    fn any_words_find_their_places() {
        let words: Vec<String> =
            (0..9u8).map(|n| format!("abcdefg{}{}", (b'a' + n) as char, "x".repeat(n.into()))).collect();
        let lexicon = Lexicon::new(words.iter().map(String::as_str).zip(0..));
        for (word, number) in words.iter().zip(0..) {
            assert_eq!(read(&lexicon, word).1, [(number, word.len())]);
        }
    }

    #[test]
    fn forms_are_found_by_their_first_word_the_longest_first() {
        let forms =
            ["no", "no evidence of", "announced", "announces", "so called", "isn't", "no", "acknowledging that"];
        let lexicon = Lexicon::new(forms.into_iter().zip(0..));
        for (text, expected) in [
            ("no evidence of it", vec![(1, 14), (0, 2), (6, 2)]),
            ("no evidence at all", vec![(0, 2), (6, 2)]),
            ("nobody", vec![]),
            ("announces it", vec![(3, 9)]),
            ("announcer", vec![]),
            ("so-called state", vec![(4, 9)]),
            ("so", vec![]),
            ("isn't so", vec![(5, 5)]),
            ("acknowledging-that", vec![(7, 18)]),
        ] {
            assert_eq!(read(&lexicon, text).1, expected, "{text}");
        }
        assert_eq!(read(&lexicon, "isn't").0, Function::Auxiliary);
        assert_eq!(read(&lexicon, "no evidence of").0, Function::Indefinite);
    }
}
