//! What a word may be: its class, and the cue forms that can begin with it.

use super::grammar::{Function, rows};
use crate::tag::NextWords;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A shorter word that ends like an adverb is none ("fly").
const LEAST_ADVERB: usize = 4;

/// The class of a word, whatever stands around it, and where the cue forms are that may begin with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordClass {
    pub function: Function,
    /// The length of the first word of those forms.
    known: u32,
    /// Forms of several words, and behind them those of one.
    forms: (u32, u32),
    ones: (u32, u32),
    /// How the forms of several words go on.
    next: NextWords,
}

/// A word with no part in the grammar and in no cue.
impl Default for WordClass {
    fn default() -> Self {
        Self { function: Function::Content, known: 0, forms: (0, 0), ones: (0, 0), next: NextWords::default() }
    }
}

/// A cue form; `rest` is what follows its first word, with spaces for hyphens.
#[derive(Debug, Clone)]
struct Form {
    rest: Box<[u8]>,
    number: u32,
}

#[derive(Debug, Clone)]
pub(super) struct Lexicon {
    words: FxHashMap<String, WordClass>,
    forms: Vec<Form>,
    /// Of the adverbs that are not listed.
    adverb_ending: &'static str,
}

impl Lexicon {
    /// Of the function words and of cue forms with their numbers. A form is folded, has spaces for hyphens, and begins
    /// with a letter or digit.
    pub fn new<'a>(forms: impl IntoIterator<Item = (&'a str, u32)>) -> Self {
        let mut words: BTreeMap<&str, (Function, Vec<Form>)> = BTreeMap::new();
        for (function, word) in Function::words() {
            words.insert(word, (function, Vec::new()));
        }
        for (form, number) in forms {
            let (first, rest) = form.split_at(letters(form));
            let form = Form { rest: rest.as_bytes().into(), number };
            words.entry(first).or_insert((Function::Content, Vec::new())).1.push(form);
        }
        let (mut classes, mut all_forms) = (FxHashMap::default(), Vec::new());
        for (word, (function, mut forms)) in words {
            // Where several forms of a word fit, the longest comes first.
            forms.sort_by_key(|form| (Reverse(form.rest.len()), form.number));
            let from = all_forms.len();
            let several = forms.iter().filter(|form| !form.rest.is_empty());
            let next = several.clone().fold(NextWords::default(), |next, form| next.with(&form.rest));
            let ones = from + several.count();
            all_forms.extend(forms);
            let class = WordClass {
                function,
                known: word.len() as u32,
                forms: (from as u32, ones as u32),
                ones: (ones as u32, all_forms.len() as u32),
                next,
            };
            classes.insert(word.to_owned(), class);
        }
        let adverb_ending = rows().find(|(name, _)| *name == "ending:adverb").map_or("", |(_, ending)| ending);
        Self { words: classes, forms: all_forms, adverb_ending }
    }

    /// The class of a word.
    pub fn class(&self, word: &str) -> WordClass {
        let of = |word: &str| self.words.get(word).copied().unwrap_or_default();
        // "don't": the word goes on behind its first letters, with which a form may begin.
        let first = of(&word[..letters(word)]);
        let function = match of(word).function {
            Function::Content if word.ends_with(self.adverb_ending) && word.len() > LEAST_ADVERB => Function::Adverb,
            function => function,
        };
        WordClass { function, ..first }
    }

    /// Gives to `found` the number and length of each cue form that the text has from a word of this class on. `text`
    /// begins with the word and ends with the sentence.
    #[inline]
    pub fn forms(&self, class: &WordClass, text: &[u8], mut found: impl FnMut(u32, usize)) {
        let known = class.known as usize;
        let of = |(from, to): (u32, u32)| &self.forms[from as usize..to as usize];
        // Few of the words after "no" are those after "no" in a form.
        if class.next.may_follow(text, known) {
            for form in of(class.forms) {
                if let Some(length) = form.fits(text, known) {
                    found(form.number, length);
                }
            }
        }
        for form in of(class.ones) {
            if known <= text.len() {
                found(form.number, known);
            }
        }
    }
}

/// How many bytes the letters and digits have with which a text begins.
fn letters(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
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
        let class = lexicon.class(text.split([' ', '-']).next().unwrap_or_default());
        let mut found = Vec::new();
        lexicon.forms(&class, text.as_bytes(), |number, length| found.push((number, length)));
        (class.function, found)
    }

    #[test]
    fn every_function_word_has_one_class() {
        let mut seen = std::collections::HashSet::new();
        let lexicon = Lexicon::new([]);
        for (class, word) in Function::words() {
            assert!(seen.insert(word), "`{word}` stands twice");
            assert_eq!(read(&lexicon, word), (class, vec![]), "{word}");
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
            ("announcedx", vec![]),
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
