//! One pattern of the codebook, made ready for the anchored walk: the literal keys by which it is entered, and what
//! is checked from there.

use super::Pattern;
use super::expression::Expression;
use crate::normalise::fold::{Folded, fold_char, fold_key};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use std::sync::Arc;

/// The shortest literal by which a wildcard or regex is entered; shorter ones are searched for everywhere.
const SHORTEST_KEY: usize = 3;
/// More alternatives than this at the beginning of a regex, and it is searched for everywhere.
const MOST_KEYS: usize = 128;

/// The weight of the largest regex, see [`weight`]: counts within counts multiply, and a pattern of one line can stand
/// for millions of characters.
const LARGEST: u64 = 10_000;

/// What must follow a key for the pattern to match.
#[derive(Debug, Clone)]
pub(crate) enum Tail {
    /// Nothing: the key is the pattern.
    Exact,
    /// Any run of letters, then the edge.
    Letters,
    /// This expression, matched from the beginning of the key.
    Regex(Arc<Expression>),
}

#[derive(Debug, Clone)]
pub(crate) struct Compiled {
    /// Folded, hyphens as spaces. Empty: the tail is searched for in the whole sentence.
    pub keys: Vec<String>,
    pub tail: Tail,
}

/// The pattern without apostrophes and quotation marks before its first letter: a match begins with a word, and "‘Afrin"
/// is found wherever "Afrin" stands. A regular expression stays as it is.
pub fn from_first_letter(pattern: &str, kind: Pattern) -> &str {
    match kind {
        Pattern::Regex => pattern,
        Pattern::Literal | Pattern::Wildcard | Pattern::Mask => {
            pattern.trim_start_matches(|c| matches!(fold_char(c), Folded::Char('\'' | '"', _)))
        }
    }
}

/// Says why a pattern cannot be used, if so.
///
/// # Errors
/// The reason in words, for the fault that the codebook parser makes of it.
pub fn check_pattern(pattern: &str, kind: Pattern) -> Result<(), String> {
    match kind {
        // Parsing is enough here and costs a hundredth of compiling, which the matcher does.
        Pattern::Regex => parse_regex(pattern).map(|_| ()),
        Pattern::Literal | Pattern::Wildcard | Pattern::Mask => {
            Compiled::new(from_first_letter(pattern, kind), kind).map(|_| ())
        }
    }
}

/// The folded expression, which can be parsed and cannot match the empty string.
fn parse_regex(pattern: &str) -> Result<(String, Hir), String> {
    let folded = fold_regex(pattern);
    let hir = regex_syntax::parse(&folded).map_err(|error| regex_message(&error, pattern))?;
    if let Some(anchor) = anchor(&hir) {
        return Err(format!(
            "`{anchor}` has no meaning here: a pattern is found anywhere in a sentence, from the beginning of a word to the \
             end of one; leave it out"
        ));
    }
    let weight = weight(&hir);
    if weight > LARGEST {
        return Err(format!(
            "it stands for {weight} characters when its counts are written out, and {LARGEST} are the most; take smaller \
             counts"
        ));
    }
    if hir.properties().minimum_len() == Some(0) {
        return Err("it can match nothing at all; make at least one part of it required".into());
    }
    Ok((folded, hir))
}

/// How many characters a pattern has when its counts are written out. A class of many characters weighs more, as its
/// search does.
fn weight(hir: &Hir) -> u64 {
    const RANGES_OF_ONE: u64 = 8;
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(Class::Unicode(class)) => 1 + class.ranges().len() as u64 / RANGES_OF_ONE,
        HirKind::Class(Class::Bytes(class)) => 1 + class.ranges().len() as u64 / RANGES_OF_ONE,
        HirKind::Capture(capture) => weight(&capture.sub),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min).max(1);
            weight(&repetition.sub).saturating_mul(u64::from(times))
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(0, |sum, part| sum.saturating_add(weight(part)))
        }
    }
}

/// The sign of a beginning or end of a line or text in a pattern, if there is one.
fn anchor(hir: &Hir) -> Option<&'static str> {
    let looks = hir.properties().look_set();
    let named = [
        (Look::Start, "^"),
        (Look::StartLF, "^"),
        (Look::StartCRLF, "^"),
        (Look::End, "$"),
        (Look::EndLF, "$"),
        (Look::EndCRLF, "$"),
    ];
    named.into_iter().find(|(look, _)| looks.contains(*look)).map(|(_, sign)| sign)
}

impl Compiled {
    pub fn new(pattern: &str, kind: Pattern) -> Result<Self, String> {
        match kind {
            Pattern::Literal => Self::literal(pattern),
            Pattern::Wildcard => Self::wildcard(pattern),
            Pattern::Mask if pattern.contains('*') => Self::wildcard(pattern),
            Pattern::Mask => Self::literal(pattern),
            Pattern::Regex => Self::regex(pattern),
        }
    }

    fn literal(pattern: &str) -> Result<Self, String> {
        let key = fold_key(pattern);
        begins_a_word(&key)?;
        Ok(Self { keys: vec![key_of(&key)], tail: Tail::Exact })
    }

    fn wildcard(pattern: &str) -> Result<Self, String> {
        let key = fold_key(pattern);
        let Some(star) = key.find('*') else { return Self::literal(pattern) };
        if !key.chars().any(char::is_alphanumeric) {
            return Err("it has no letter of its own".into());
        }
        if star > 0 {
            begins_a_word(&key)?;
        }
        let prefix = key_of(&key[..star]);
        if star + 1 == key.len() && prefix.ends_with(char::is_alphabetic) && prefix.len() >= SHORTEST_KEY {
            return Ok(Self { keys: vec![prefix], tail: Tail::Letters });
        }
        let parts: Vec<String> = key
            .split('*')
            .map(|part| regex::escape(part).replace([' ', '-'], "[ -]").replace("\\[ -]", "[ -]"))
            .collect();
        let keys = if prefix.len() >= SHORTEST_KEY { vec![prefix] } else { Vec::new() };
        let pattern = parts.join(r"\pL*");
        let hir = regex_syntax::parse(&pattern).map_err(|error| regex_message(&error, &pattern))?;
        Self::entered(keys, &pattern, &hir)
    }

    fn regex(pattern: &str) -> Result<Self, String> {
        let (folded, hir) = parse_regex(pattern)?;
        let keys = leading_literals(&hir);
        Self::entered(keys, &folded, &hir)
    }

    /// An expression that is matched where one of the keys stands, or is searched for when it has none.
    fn entered(keys: Vec<String>, pattern: &str, hir: &Hir) -> Result<Self, String> {
        let expression = match keys.is_empty() {
            true => Expression::anywhere(pattern)?,
            false => Expression::from_beginning(pattern, hir, weight(hir))?,
        };
        Ok(Self { keys, tail: Tail::Regex(Arc::new(expression)) })
    }
}

/// The crate's own message without the drawing of the pattern, which the fault shows already.
pub(super) fn regex_message(error: &impl std::fmt::Display, pattern: &str) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or(&text).trim_start_matches("error: ").to_owned();
    if pattern.contains("(?=") || pattern.contains("(?!") || pattern.contains("(?<") {
        return format!("{last}; instead of looking around, use `not_before` and `not_after`");
    }
    last
}

fn begins_a_word(key: &str) -> Result<(), String> {
    match key.chars().next() {
        None => Err("it is empty".into()),
        Some(first) if first.is_alphanumeric() => Ok(()),
        Some(first) => Err(format!("it begins with `{first}`, but a match begins with a letter or digit")),
    }
}

/// The alphabet of the walk: a space or a hyphen where the term has one of them.
pub(crate) fn key_of(folded: &str) -> String {
    folded.replace('-', " ")
}

/// Folds the literal characters of a regex and leaves its escapes alone.
fn fold_regex(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '\\' {
            match fold_char(c) {
                Folded::Char(folded, _) => out.push(folded),
                Folded::Space => out.push(' '),
                Folded::LineBreak | Folded::Nothing => {}
            }
            continue;
        }
        out.push(c);
        let Some(escape) = chars.next() else { break };
        out.push(escape);
        if matches!(escape, 'p' | 'P') && chars.peek() == Some(&'{') {
            for c in chars.by_ref() {
                out.push(c);
                if c == '}' {
                    break;
                }
            }
        }
    }
    out
}

/// The literals one of which every match begins with; empty when there is no such small set.
fn leading_literals(hir: &Hir) -> Vec<String> {
    let mut sequence = Extractor::new().limit_total(MOST_KEYS).extract(hir);
    sequence.optimize_for_prefix_by_preference();
    let Some(literals) = sequence.literals() else { return Vec::new() };
    let mut keys = Vec::new();
    for literal in literals {
        match std::str::from_utf8(literal.as_bytes()) {
            Ok(text) if text.len() >= SHORTEST_KEY => keys.push(key_of(text)),
            _ => return Vec::new(),
        }
    }
    keys.sort();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::View;
    use crate::segment::Tokens;
    use crate::span::NormSpan;
    use crate::tag::{Matcher, MatcherEntry, Walks};

    #[test]
    fn a_mark_before_the_first_letter_is_no_part_of_a_match() {
        let case = crate::codebook::Case::Sensitive;
        let entry = |pattern, kind| MatcherEntry { pattern, kind, case, not_before: &[], not_after: &[], dates: None };
        let entries = [entry("‘Afrīn", Pattern::Literal), entry("\"'So-called state", Pattern::Wildcard)];
        assert!(entries.iter().all(|entry| check_pattern(entry.pattern, entry.kind).is_ok()));
        let matcher = Matcher::new(&entries).expect("compiles");
        let text = "From Afrin, ‘Afrīn and afrin to the \"So-called state\".";
        let view = View::of(text);
        let whole = NormSpan::new(0, view.text().len());
        let (mut tokens, mut walks, mut found) = (Tokens::default(), Walks::default(), Vec::new());
        tokens.read(&view, text, &[whole]);
        matcher.prepare(&tokens, &mut walks);
        matcher.find(&view, tokens.all(), whole, None, &mut walks, &mut |hit| {
            found.push((&text[view.raw_span(hit.span).range()], hit.refused.is_some()));
        });
        assert_eq!(found, [("Afrin", false), ("Afrīn", false), ("afrin", true), ("So-called state", false)]);
    }

    #[test]
    fn patterns_that_cannot_match_are_refused_with_the_reason() {
        for (pattern, kind, reason) in [
            ("", Pattern::Literal, "it is empty"),
            ("(x", Pattern::Literal, "it begins with `(`"),
            ("*", Pattern::Wildcard, "it has no letter"),
            ("a*|b*", Pattern::Regex, "it can match nothing"),
            ("(?:x", Pattern::Regex, "unclosed group"),
            ("a(?!b)", Pattern::Regex, "not_before"),
            ("^blockade", Pattern::Regex, "`^` has no meaning here"),
            ("(?:the|a$) end", Pattern::Regex, "`$` has no meaning here"),
            (r"\Athe end", Pattern::Regex, "`^` has no meaning here"),
            ("(?:(?:a{1,50}){1,50}){1,50}", Pattern::Regex, "stands for 125000 characters"),
            ("(?:a{1000}){1000}", Pattern::Regex, "10000 are the most"),
            (r"\pL{1000}", Pattern::Regex, "10000 are the most"),
        ] {
            let message = check_pattern(pattern, kind).expect_err(pattern);
            assert!(message.contains(reason), "{pattern}: {message}");
        }
    }

    #[test]
    fn a_regex_is_entered_by_its_leading_literals_when_it_has_some() {
        let keys = |pattern| Compiled::new(pattern, Pattern::Regex).expect("compiles").keys;
        let lifted = keys(r"(?:lift|end)(?:ing)? (?:the )?blockade");
        assert!(!lifted.is_empty() && lifted.iter().all(|key| key.starts_with("lift") || key.starts_with("end")));
        assert_eq!(keys(r"Self[ -]determination"), ["self determination"]);
        assert!(keys(r"\w+ blockade").is_empty());
    }
}
