//! An expression that is matched from where its key stands, or searched for in a sentence.

use super::pattern::regex_message;
use super::program::{MatchEnd, Program};
use regex::Regex;
use regex_syntax::hir::Hir;
use std::sync::OnceLock;

/// Expressions up to this weight always compile; see `pattern::weight`.
const SURELY_COMPILES: u64 = 2_000;

/// A program says at once what most texts hold; the automaton is made for the first text that is too much for it.
#[derive(Debug)]
pub(crate) struct Expression {
    source: String,
    program: Option<Program>,
    regex: OnceLock<Regex>,
}

impl Expression {
    /// One that is matched from the beginning of a text to the edge of a word.
    ///
    /// # Errors
    /// The reason in words, when it cannot be compiled.
    pub fn from_beginning(pattern: &str, hir: &Hir, weight: u64) -> Result<Self, String> {
        let source = format!(r"^(?:{pattern})\b{{end-half}}");
        let program = if weight <= SURELY_COMPILES { Program::new(hir) } else { None };
        if program.is_some() {
            // A flag may change how the frame around the pattern is read.
            if pattern.split("(?").skip(1).any(|group| !group.starts_with([':', 'P', '<'])) {
                regex_syntax::parse(&source).map_err(|error| regex_message(&error, pattern))?;
            }
            return Ok(Self { source, program, regex: OnceLock::new() });
        }
        Self::compiled(source, pattern)
    }

    /// One that is searched for, from the beginning of a word to the end of one.
    ///
    /// # Errors
    /// The reason in words, when it cannot be compiled.
    pub fn anywhere(pattern: &str) -> Result<Self, String> {
        Self::compiled(format!(r"\b{{start-half}}(?:{pattern})\b{{end-half}}"), pattern)
    }

    fn compiled(source: String, pattern: &str) -> Result<Self, String> {
        let regex = Regex::new(&source).map_err(|error| regex_message(&error, pattern))?;
        Ok(Self { source, program: None, regex: regex.into() })
    }

    /// Where the match from the beginning of the text ends.
    pub fn end(&self, text: &str) -> Option<usize> {
        let is_edge = |at: usize| !text[at..].chars().next().is_some_and(is_word);
        match self.program.as_ref().map_or(MatchEnd::GivesUp, |program| program.run(text, is_edge)) {
            MatchEnd::End(end) => Some(end),
            MatchEnd::Nothing => None,
            MatchEnd::GivesUp => Some(self.regex()?.find(text)?.end()),
        }
    }

    /// Every match, as beginning and end.
    pub fn each<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (usize, usize)> + 't {
        self.regex().into_iter().flat_map(|regex| regex.find_iter(text)).map(|found| (found.start(), found.end()))
    }

    /// The automaton. There is always one: what is not compiled at once was parsed, and is small.
    fn regex(&self) -> Option<&Regex> {
        if self.regex.get().is_none()
            && let Ok(regex) = Regex::new(&self.source)
        {
            return Some(self.regex.get_or_init(|| regex));
        }
        self.regex.get()
    }
}

/// Whether the character is one of `\w`.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    regex_syntax::try_is_word_character(c).unwrap_or_else(|_| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::{Codebook, Pattern};
    use proptest::prelude::*;

    /// The regular expressions of the embedded codebook, read once.
    fn terms() -> &'static [String] {
        static TERMS: OnceLock<Vec<String>> = OnceLock::new();
        TERMS.get_or_init(|| {
            let terms = Codebook::embedded().unwrap().terms.into_iter();
            terms.filter(|term| term.kind == Pattern::Regex).map(|term| term.pattern).collect()
        })
    }

    fn both(pattern: &str) -> (Expression, Regex) {
        let hir = regex_syntax::parse(pattern).unwrap();
        let expression = Expression::from_beginning(pattern, &hir, 1).unwrap();
        let regex = Regex::new(&format!(r"^(?:{pattern})\b{{end-half}}")).unwrap();
        (expression, regex)
    }

    #[test]
    fn a_program_says_what_the_crate_says() {
        let texts = [
            "block the old road",
            "blocked road",
            "blocks roads and convoys",
            "aaaa",
            "aaab",
            "ab ab abc",
            "x-y z",
            "x",
            "",
            "añb",
            "ñ",
            "a b c d e road",
            "road",
            "roadé",
            "the republic of",
            "a'b c",
            "abc abc",
            "xyyyz",
            "aXb",
        ];
        let patterns = [
            r"block(?:s|ed|ing)? (?:of )?(?:[\w']+[ -]){0,4}(?:corridors?|roads?|convoys?)",
            "a+",
            "a+?",
            "a*b",
            "(?:a|ab)(?: ab)?",
            r"\w+",
            r"\w+?",
            r"(?:\w+ )*road",
            r"x[ -]?y? ?z?",
            "(?:ab?){1,3}",
            "(?:a|b){2}",
            r"a\w?b?",
            r"[^a]",
            "xy{2,}z",
            "xy{2,}?z?",
            "(?i)AXB",
            "a.b",
            "(?:|x)a?ab?",
            r"\pL*",
            r"(?:the )?(?:republic of)?",
            "(a)(?:b|c)?",
        ];
        for pattern in patterns {
            let (expression, regex) = both(pattern);
            assert!(expression.program.is_some(), "{pattern}");
            for text in texts {
                assert_eq!(expression.end(text), regex.find(text).map(|found| found.end()), "{pattern} in {text}");
            }
        }
    }

    #[test]
    fn too_many_ways_are_left_to_the_crate() {
        let (expression, _) = both("(?:a|aa)+b");
        let many = "a".repeat(300);
        assert_eq!(expression.program.as_ref().unwrap().run(&many, |_| true), MatchEnd::GivesUp);
        assert_eq!((expression.end(&many), expression.end(&format!("{many}b"))), (None, Some(301)));
        for pattern in [r"a\b", "(?:a?)*b", r"(?-u)a"] {
            let hir = regex_syntax::parse(pattern).unwrap();
            assert_eq!(Program::new(&hir).is_none(), pattern != r"(?-u)a", "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn the_terms_of_the_codebook_find_the_same(start in 0usize..400, words in proptest::collection::vec("[a-z]{1,4}|the|road|'s|é", 0..8)) {
            let terms = terms();
            let pattern = terms[start % terms.len()].as_str();
            let (expression, regex) = both(pattern);
            // The words of the pattern itself, among others, so that texts come near to it.
            let own: Vec<&str> = pattern.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2).collect();
            let mut text = own.first().copied().unwrap_or_default().to_owned();
            for (at, word) in words.iter().enumerate() {
                text = format!("{text} {word} {}", own.get(at * 7 % own.len().max(1)).copied().unwrap_or_default());
            }
            prop_assert_eq!(expression.end(&text), regex.find(&text).map(|found| found.end()), "{} in {}", pattern, text);
        }
    }
}
