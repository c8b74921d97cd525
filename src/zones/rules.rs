//! Rules as data: the rows of `zones.csv`, compiled.

use super::patterns::{Patterns, parse};
use super::shape::is_capitalised;
use crate::named::named;
use crate::normalise::fold::{Diacritic, Folded, fold_char};
use crate::normalise::{View, Zone};
use crate::span::NormSpan;
use regex_syntax::hir::Hir;

/// One row of `zones.csv`. The pattern is a regular expression (ASCII classes) on the line as the view has it: lower
/// case, straight quotation marks, `-` for every dash, single spaces.
#[derive(Debug, Clone)]
pub struct ZoneRow {
    pub zone: Zone,
    pub pattern: String,
    pub scope: Scope,
    pub note: String,
    /// The row's line in the file, from 1.
    pub line: u64,
}

named! {
    /// Where a pattern must match, and whether the article ends there.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Scope {
        /// The whole line, of at most `MAX_LINE_WORDS` words.
        Line = "line",
        /// The beginning of a line of any length, up to the edge of a word.
        Start = "start",
        /// Like `line`, and every word but small ones (`by`, `of`, `and`) begins with a capital or a digit.
        Names = "names",
        /// Like `start`, only in the last paragraphs of the body, of at most `MAX_LINE_WORDS` words, and only when the
        /// first two words are a name that the body does not mention.
        Tail = "tail",
        /// Like `start`, and an end marker: what follows is no body unless a rule says otherwise.
        End = "end",
        /// Like `line`, and an end marker.
        EndLine = "end_line",
    }
}

impl Scope {
    pub(super) fn is_whole_line(self) -> bool {
        match self {
            Self::Line | Self::Names | Self::EndLine => true,
            Self::Start | Self::Tail | Self::End => false,
        }
    }

    pub(super) fn is_end(self) -> bool {
        match self {
            Self::End | Self::EndLine => true,
            Self::Line | Self::Start | Self::Names | Self::Tail => false,
        }
    }
}

/// Longer lines are tried against patterns of scope `start` and `end` only.
pub const MAX_LINE_WORDS: usize = 60;

#[derive(Debug, Default)]
pub(super) struct Rules {
    rows: Vec<RuleRow>,
    /// Patterns that must match a whole line.
    whole: Patterns,
    /// Patterns that must match the beginning of a line.
    start: Patterns,
    tail: Patterns,
}

#[derive(Debug)]
struct RuleRow {
    zone: Zone,
    scope: Scope,
    name: String,
}

impl Rules {
    pub fn compile(rows: &[ZoneRow]) -> Result<Self, Vec<(u64, String)>> {
        let (mut read, mut faults) = (Vec::with_capacity(rows.len()), Vec::new());
        for row in rows {
            match read_pattern(&row.pattern) {
                Ok(pattern) => read.push((row, pattern)),
                Err(what) => faults.push((row.line, what)),
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(Self {
            whole: Patterns::compile(&read, |scope| scope.is_whole_line())?,
            start: Patterns::compile(&read, |scope| !scope.is_whole_line() && scope != Scope::Tail)?,
            tail: Patterns::compile(&read, |scope| scope == Scope::Tail)?,
            rows: rows
                .iter()
                .map(|row| RuleRow { zone: row.zone, scope: row.scope, name: format!("zones.csv:{}", row.line) })
                .collect(),
        })
    }

    pub fn name(&self, row: usize) -> &str {
        &self.rows[row].name
    }

    pub fn zone(&self, row: usize) -> Zone {
        self.rows[row].zone
    }

    pub fn scope(&self, row: usize) -> Scope {
        self.rows[row].scope
    }

    /// The first row of the file that matches the line, those of scope `tail` left out.
    pub fn first_match(&self, view: &View, span: NormSpan, words: usize) -> Option<usize> {
        let line = view.slice(span).as_bytes();
        let start = self.start.first(line, |_| true);
        if words > MAX_LINE_WORDS {
            return start;
        }
        let whole = self.whole.first(line, |row| self.scope(row) != Scope::Names || is_capitalised(view, span));
        start.into_iter().chain(whole).min()
    }

    /// The first row of scope `tail` that matches the line.
    pub fn tail_match(&self, view: &View, span: NormSpan, words: usize) -> Option<usize> {
        if words > MAX_LINE_WORDS { None } else { self.tail.first(view.slice(span).as_bytes(), |_| true) }
    }
}

/// Reads a pattern, before it is compiled with the others.
///
/// # Errors
/// What is wrong with it.
fn read_pattern(pattern: &str) -> Result<Hir, String> {
    if let Some((written, folded)) = unfolded(pattern) {
        let instead = if folded.is_empty() { "nothing".to_owned() } else { format!("`{folded}`") };
        return Err(format!("`{written}` never stands in the folded text; write {instead}"));
    }
    let hir = parse(pattern).map_err(|error| format!("cannot read pattern: {error}"))?;
    match hir.properties().minimum_len() {
        Some(1..) => Ok(hir),
        Some(0) => Err("the pattern matches the empty line; make one part of it required".to_owned()),
        None => Err("the pattern can never match".to_owned()),
    }
}

/// The first character of the pattern that folding would change, with what it becomes.
fn unfolded(pattern: &str) -> Option<(char, String)> {
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            // `\W`, `\pL`, `\p{Lu}`: the letters name a class.
            '\\' => {
                let class = chars.next();
                if matches!(class, Some('p' | 'P' | 'b' | 'x' | 'u')) && chars.peek() == Some(&'{') {
                    chars.by_ref().find(|c| *c == '}');
                }
            }
            // `(?P<name>`: likewise.
            '(' if chars.peek() == Some(&'?') => {
                chars.by_ref().find(|c| matches!(c, ':' | ')' | '>'));
            }
            _ => match fold_char(c) {
                Folded::Char(folded, Diacritic::Kept) if folded == c => {}
                Folded::Space if c == ' ' => {}
                Folded::Char(folded, _) => return Some((c, folded.to_string())),
                Folded::Space | Folded::LineBreak => return Some((c, " ".to_owned())),
                Folded::Nothing => return Some((c, String::new())),
            },
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(pattern: &str, scope: Scope) -> ZoneRow {
        ZoneRow { zone: Zone::Navigation, pattern: pattern.to_owned(), scope, note: String::new(), line: 7 }
    }

    #[test]
    fn a_faulty_pattern_is_named_by_its_line() {
        for (pattern, part) in [
            ("Follow us", "write `f`"),
            ("editor’s note", "write `'`"),
            ("a – b", "write `-`"),
            ("(open", "unclosed group"),
            (".*", "empty line"),
            ("a|", "empty line"),
            ("[^\\s\\S]", "never match"),
        ] {
            let faults = Rules::compile(&[row(pattern, Scope::Line)]).expect_err(pattern);
            assert_eq!(faults[0].0, 7);
            assert!(faults[0].1.contains(part), "{pattern}: {}", faults[0].1);
        }
        for pattern in [r"\S+ \W\D", r"(?P<A>x)", r"\b{start-half}x", "·"] {
            assert!(Rules::compile(&[row(pattern, Scope::Line)]).is_ok(), "{pattern}");
        }
    }

    #[test]
    fn a_scope_says_how_much_of_the_line_must_match() {
        for (scope, line, matches) in [
            (Scope::Line, "Image: x", false),
            (Scope::Start, "Image: x", true),
            (Scope::Start, "Image:x", true),
            (Scope::Start, "Images: x", false),
            (Scope::EndLine, "image:", true),
            (Scope::Names, "image:", false),
            (Scope::Names, "Image:", true),
            (Scope::Tail, "Image: x", false),
        ] {
            let rules = Rules::compile(&[row("image:|image", scope)]).expect("compiles");
            let view = View::of(line);
            let span = NormSpan::new(0, view.text().len());
            assert_eq!(rules.first_match(&view, span, view.words_in(span)).is_some(), matches, "{scope:?} {line}");
        }
    }

    #[test]
    fn scopes_are_known_by_their_names() {
        for scope in Scope::ALL {
            assert_eq!(Scope::from_name(scope.name()), Some(scope));
        }
        assert_eq!(Scope::from_name("Line"), None);
    }
}
