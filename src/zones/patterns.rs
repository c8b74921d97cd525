//! The patterns of several rows, tried together on one line.
//!
//! A pattern that begins with something of its own fails within a few bytes of nearly every line. One that may begin
//! with anything (`.*\(photo by`) would be followed to the end of every line: it is tried only on lines that hold the
//! literal which each of its matches has, or one of the literals, and, where it is to match the whole line, that end in a sign
//! which a match can end in: `.* \((?:ap|afp)\)` in a bracket. The branches of a row (`.*a|.*b`) are patterns of their
//! own. On articles of one sentence this is a third of the time of reading: an automaton that counts `.{0,60}` in several
//! patterns at once meets new states on every line.

use super::rules::{Scope, ZoneRow};
use memchr::memmem::Finder;
use regex::bytes::{RegexSet, RegexSetBuilder};
use regex_syntax::ast::Ast;
use regex_syntax::ast::parse::Parser;
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, Hir, HirKind};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Up to this weight, see [`weight`], and so many signs that can stand within each other, a set surely compiles: it waits
/// for its first line. Compiling all of them is a tenth of the time in which the program starts.
const SURELY_COMPILES: u64 = 20_000;
const MOST_NESTED: usize = 60;

#[derive(Debug, Default)]
pub(super) struct Patterns {
    always: Set,
    guarded: Vec<Guarded>,
}

/// Patterns with one guard.
#[derive(Debug)]
struct Guarded {
    literals: Vec<Finder<'static>>,
    endings: Endings,
    set: Set,
}

impl Guarded {
    fn lets_in(&self, line: &[u8]) -> bool {
        line.last().is_some_and(|last| self.endings.has(*last))
            && self.literals.iter().any(|literal| literal.find(line).is_some())
    }
}

/// A set of patterns with the row of each.
#[derive(Debug, Default)]
struct Set {
    patterns: Vec<String>,
    set: OnceLock<RegexSet>,
    rows: Vec<usize>,
}

impl Patterns {
    /// # Errors
    /// Rows that cannot be compiled, with their lines in the file and what is wrong with them.
    pub fn compile(rows: &[(&ZoneRow, Hir)], wanted: impl Fn(Scope) -> bool) -> Result<Self, Vec<(u64, String)>> {
        let mut always = Vec::new();
        let mut guarded: BTreeMap<(Vec<Vec<u8>>, Endings), Vec<Branch>> = BTreeMap::new();
        for (row, (_, pattern)) in rows.iter().enumerate().filter(|(_, (row, _))| wanted(row.scope)) {
            for (text, branch) in branches(&rows[row].0.pattern, pattern) {
                let of = Branch { row, weight: weight_of(&text, &branch), pattern: text };
                match guard(&branch) {
                    Some(literals) => {
                        guarded.entry((literals, endings(rows[row].0.scope, &branch))).or_default().push(of)
                    }
                    None => always.push(of),
                }
            }
        }
        let mut waiting = Vec::with_capacity(guarded.len());
        for ((literals, endings), chosen) in guarded {
            let literals = literals.iter().map(|literal| Finder::new(literal).into_owned()).collect();
            waiting.push(Guarded { literals, endings, set: Set::compile(rows, chosen)? });
        }
        Ok(Self { always: Set::compile(rows, always)?, guarded: waiting })
    }

    /// The first row of the file that matches the line and is accepted.
    pub fn first(&self, line: &[u8], accepts: impl Fn(usize) -> bool) -> Option<usize> {
        let guarded = self.guarded.iter().filter(|guarded| guarded.lets_in(line)).map(|guarded| &guarded.set);
        std::iter::once(&self.always).chain(guarded).filter_map(|set| set.first(line, &accepts)).min()
    }
}

impl Set {
    fn compile(rows: &[(&ZoneRow, Hir)], chosen: Vec<Branch>) -> Result<Self, Vec<(u64, String)>> {
        let patterns: Vec<String> =
            chosen.iter().map(|branch| anchored(&branch.pattern, rows[branch.row].0.scope)).collect();
        let weight = chosen.iter().fold(0u64, |sum, branch| sum.saturating_add(branch.weight));
        let chosen: Vec<usize> = chosen.into_iter().map(|branch| branch.row).collect();
        if weight <= SURELY_COMPILES {
            return Ok(Self { patterns, set: OnceLock::new(), rows: chosen });
        }
        match build(&patterns) {
            Ok(set) => Ok(Self { patterns: Vec::new(), set: set.into(), rows: chosen }),
            Err(error) => {
                let alone = |row: &&ZoneRow| build(&[anchored(&row.pattern, row.scope)]).err();
                let faults: Vec<(u64, String)> = chosen
                    .iter()
                    .map(|row| rows[*row].0)
                    .filter_map(|row| Some((row.line, format!("cannot use pattern: {}", alone(&row)?))))
                    .collect();
                let line = chosen.first().map_or(0, |row| rows[*row].0.line);
                Err(if faults.is_empty() {
                    vec![(line, format!("cannot use the patterns together: {error}"))]
                } else {
                    faults
                })
            }
        }
    }

    fn first(&self, line: &[u8], accepts: impl Fn(usize) -> bool) -> Option<usize> {
        if self.rows.is_empty() {
            return None;
        }
        // What waited compiles: no line would match a set that does not.
        let set = self.set.get_or_init(|| build(&self.patterns).unwrap_or_default());
        if !set.is_match(line) {
            return None;
        }
        set.matches(line).into_iter().map(|pattern| self.rows[pattern]).find(|row| accepts(*row))
    }
}

/// One of the alternatives of a row.
struct Branch {
    row: usize,
    pattern: String,
    weight: u64,
}

/// The branches of a pattern; the pattern alone where it has none, or flags that go on from one branch to the next.
fn branches(text: &str, pattern: &Hir) -> Vec<(String, Hir)> {
    if !text.contains('|') || has_flags(text) {
        return vec![(text.to_owned(), pattern.clone())];
    }
    let branches = match &Parser::new().parse(text) {
        Ok(Ast::Alternation(of)) => {
            let branch = |of: &Ast| text.get(of.span().start.offset..of.span().end.offset);
            of.asts.iter().map(|of| branch(of).and_then(|text| Some((text.to_owned(), parse(text).ok()?)))).collect()
        }
        _ => None,
    };
    branches.unwrap_or_else(|| vec![(text.to_owned(), pattern.clone())])
}

fn has_flags(text: &str) -> bool {
    text.split("(?").skip(1).any(|group| !group.starts_with([':', 'P', '<']))
}

/// The weight of a branch; without limit where the frame around it could be read in another way, or might stand too deep.
fn weight_of(text: &str, branch: &Hir) -> u64 {
    let nested = text.bytes().filter(|byte| b"([{*+?".contains(byte)).count();
    if has_flags(text) || nested > MOST_NESTED { u64::MAX } else { weight(branch) }
}

/// About how many states an automaton of it has, with its counts written out.
fn weight(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) | HirKind::Class(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Capture(capture) => weight(&capture.sub),
        HirKind::Repetition(repetition) => {
            let times = repetition.max.unwrap_or(repetition.min).max(1);
            weight(&repetition.sub).saturating_mul(times.into()).saturating_add(1)
        }
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().fold(1, |sum, part| sum.saturating_add(weight(part)))
        }
    }
}

/// Literals without one of which a pattern cannot match, if the pattern may begin with anything.
fn guard(pattern: &Hir) -> Option<Vec<Vec<u8>>> {
    let beginnings = Extractor::new().extract(pattern);
    let is_open = beginnings.literals().is_none_or(|literals| literals.iter().any(|literal| literal.is_empty()));
    Some(required(pattern)).filter(|literals| is_open && are_rare(literals))
}

/// Whether few lines hold one of the literals: each has a sign that running text seldom has, or some length.
fn are_rare(literals: &[Vec<u8>]) -> bool {
    let common = |byte: &u8| byte.is_ascii_alphanumeric() || b" .,'\"-".contains(byte);
    let is_rare = |literal: &Vec<u8>| literal.len() >= 5 || !literal.iter().all(common);
    !literals.is_empty() && literals.iter().all(is_rare)
}

/// Literals of which each match holds one: rare ones if there are, and as long as possible; empty if none are found.
fn required(hir: &Hir) -> Vec<Vec<u8>> {
    match hir.kind() {
        HirKind::Literal(literal) => vec![literal.0.to_vec()],
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Concat(parts) => {
            let shortest = |literals: &Vec<Vec<u8>>| literals.iter().map(Vec::len).min();
            let found = parts.iter().map(required);
            found.max_by_key(|literals| (are_rare(literals), shortest(literals))).unwrap_or_default()
        }
        HirKind::Alternation(branches) => {
            let of_each: Vec<Vec<Vec<u8>>> = branches.iter().map(required).collect();
            if of_each.iter().all(|of| !of.is_empty()) { of_each.concat() } else { Vec::new() }
        }
        HirKind::Repetition(_) | HirKind::Class(_) | HirKind::Look(_) | HirKind::Empty => Vec::new(),
    }
}

/// Reads a pattern as the sets do: with ASCII classes.
pub(super) fn parse(pattern: &str) -> Result<Hir, Box<regex_syntax::Error>> {
    regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern).map_err(Box::new)
}

fn anchored(pattern: &str, scope: Scope) -> String {
    // A beginning ends where no word is cut: at least one side of the place is no word character.
    let end = if scope.is_whole_line() { r"\z" } else { r"(?:\b{start-half}|\b{end-half})" };
    format!(r"\A(?:{pattern}){end}")
}

fn build(patterns: &[String]) -> Result<RegexSet, regex::Error> {
    // Without Unicode classes a pattern is small and never leaves the fast automaton; the view is folded to ASCII
    // wherever Latin script allows.
    RegexSetBuilder::new(patterns).unicode(false).build()
}

/// The bytes that a match can end in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Endings([u128; 2]);

impl Endings {
    const NONE: Self = Self([0; 2]);
    const ANY: Self = Self([u128::MAX; 2]);

    fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 7)] >> (byte & 127) & 1 == 1
    }

    fn add(&mut self, byte: u8) {
        self.0[usize::from(byte >> 7)] |= 1 << (byte & 127);
    }

    fn or(self, other: Self) -> Self {
        Self([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }
}

/// Those of the lines that a pattern can match.
fn endings(scope: Scope, pattern: &Hir) -> Endings {
    if scope.is_whole_line() { last_of(pattern) } else { Endings::ANY }
}

fn last_of(hir: &Hir) -> Endings {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Endings::NONE,
        HirKind::Literal(literal) => {
            let mut found = Endings::NONE;
            literal.0.last().iter().for_each(|last| found.add(**last));
            found
        }
        HirKind::Class(Class::Bytes(class)) => {
            let mut found = Endings::NONE;
            class.iter().flat_map(|range| range.start()..=range.end()).for_each(|byte| found.add(byte));
            found
        }
        HirKind::Class(Class::Unicode(_)) => Endings::ANY,
        HirKind::Capture(capture) => last_of(&capture.sub),
        HirKind::Repetition(repetition) => last_of(&repetition.sub),
        HirKind::Alternation(branches) => branches.iter().map(last_of).fold(Endings::NONE, Endings::or),
        HirKind::Concat(parts) => {
            let empty = parts.iter().rev().take_while(|part| part.properties().minimum_len() == Some(0)).count();
            parts.iter().rev().take(empty + 1).map(last_of).fold(Endings::NONE, Endings::or)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::Zone;

    #[test]
    fn a_pattern_that_may_begin_with_anything_waits_for_its_literal() {
        for (pattern, expected) in [
            (r".*\((?:[^()]* )?(?:photo by|photo:)[^()]*\)\.?", Some(&["photo by", "photo:"][..])),
            (r"(?:.{0,80} )?all rights reserved\b.*", Some(&["all rights reserved"])),
            (r"[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}", Some(&["@"])),
            (r".*(?:x/)+ y?.*", Some(&["x/"])),
            (r".*(?:x/)*(yy/|z/).*", Some(&["yy/", "z/"])),
            (r".*(?:x/)*(y/|z).*", None),
            (r".*(?:, )x.*", None),
            (r"file photo\b.*", None),
            (r"(?:file|stock)? ?photos? ?:.*", None),
        ] {
            let guard = guard(&parse(pattern).expect("read"));
            let guard: Option<Vec<String>> =
                guard.map(|of| of.into_iter().map(|literal| String::from_utf8(literal).expect("UTF-8")).collect());
            let expected = expected.map(|of| of.iter().map(|literal| (*literal).to_owned()).collect());
            assert_eq!(guard, expected, "{pattern}");
        }
    }

    #[test]
    fn a_pattern_of_the_whole_line_knows_its_last_sign() {
        for (pattern, ends, does_not_end) in [
            (r".* \((?:ap|afp)\)", ")", ".p"),
            (r".*\(photo by [^()]*\)\.?", ").", "x"),
            (r"x (?:ab|[cd]+)(?: ?e)*\b", "bcde", "a x"),
            (r".*(?:©|\(c\)) ?[^.:?!]{2,80}", "x é", ".:"),
            ("(?:a|b?)", "ab", "c"),
        ] {
            let hir = parse(pattern).expect("read");
            let whole = endings(Scope::Line, &hir);
            assert!(
                ends.bytes().all(|last| whole.has(last)) && !does_not_end.bytes().any(|last| whole.has(last)),
                "{pattern}"
            );
            assert!(endings(Scope::Start, &hir).has(b'.'), "{pattern}");
        }
    }

    #[test]
    fn the_first_row_decides_whether_or_not_it_waits_for_a_literal() {
        let row = |(pattern, line): (&str, u64)| ZoneRow {
            zone: Zone::Caption,
            pattern: pattern.to_owned(),
            scope: Scope::Line,
            note: String::new(),
            line,
        };
        let first = |patterns: [&str; 3], line: &str| {
            let rows: Vec<ZoneRow> = patterns.into_iter().zip(1..).map(row).collect();
            let rows: Vec<(&ZoneRow, Hir)> = rows.iter().map(|row| (row, parse(&row.pattern).expect("read"))).collect();
            Patterns::compile(&rows, |_| true).expect("compiles").first(line.as_bytes(), |_| true)
        };
        let patterns = ["photo: .*", r".*\(afp\)", ".*/afp.*"];
        assert_eq!(first(patterns, "photo: x (afp)"), Some(0));
        assert_eq!(first([patterns[2], patterns[1], patterns[0]], "photo: x (afp)"), Some(1));
        assert_eq!(first([patterns[2], patterns[1], patterns[0]], "photo: x /afp (afp)"), Some(0));
        assert_eq!(first(patterns, "a photo of x, afp"), None);
        let branches = ["photo: .*|.*a/|b", r".*\(afp\)", "a+/|.*(?:x/|y/)"];
        for (line, row) in
            [("xa/", Some(0)), ("b", Some(0)), ("bb", None), ("(afp)", Some(1)), ("aa/", Some(0)), ("by/", Some(2))]
        {
            assert_eq!(first(branches, line), row, "{line}");
        }
    }
}
