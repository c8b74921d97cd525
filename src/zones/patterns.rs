//! The patterns of several rows, tried together on one line.
//!
//! A pattern that begins with something of its own fails within a few bytes of nearly every line. One that may begin
//! with anything (`.*\(photo by`) would be followed to the end of every line: it is tried only on lines that hold the
//! literal which each of its matches has.

use super::rules::{Scope, ZoneRow};
use memchr::memmem::Finder;
use regex::bytes::{RegexSet, RegexSetBuilder};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Hir, HirKind};
use std::collections::BTreeMap;

#[derive(Debug, Default)]
pub(super) struct Patterns {
    always: Set,
    guarded: Vec<(Finder<'static>, Set)>,
}

/// A set of patterns with the row of each.
#[derive(Debug, Default)]
struct Set {
    set: RegexSet,
    rows: Vec<usize>,
}

impl Patterns {
    /// # Errors
    /// Rows that cannot be compiled, with their lines in the file and what is wrong with them.
    pub fn compile(rows: &[(&ZoneRow, Hir)], wanted: impl Fn(Scope) -> bool) -> Result<Self, Vec<(u64, String)>> {
        let mut always = Vec::new();
        let mut guarded: BTreeMap<Vec<u8>, Vec<usize>> = BTreeMap::new();
        for (number, (_, pattern)) in rows.iter().enumerate().filter(|(_, (row, _))| wanted(row.scope)) {
            match guard(pattern) {
                Some(literal) => guarded.entry(literal).or_default().push(number),
                None => always.push(number),
            }
        }
        let mut waiting = Vec::with_capacity(guarded.len());
        for (literal, chosen) in guarded {
            waiting.push((Finder::new(&literal).into_owned(), Set::compile(rows, chosen)?));
        }
        Ok(Self { always: Set::compile(rows, always)?, guarded: waiting })
    }

    /// The first row of the file that matches the line and is accepted.
    pub fn first(&self, line: &[u8], accepts: impl Fn(usize) -> bool) -> Option<usize> {
        let guarded = self.guarded.iter().filter(|(finder, _)| finder.find(line).is_some()).map(|(_, set)| set);
        std::iter::once(&self.always).chain(guarded).filter_map(|set| set.first(line, &accepts)).min()
    }
}

impl Set {
    fn compile(rows: &[(&ZoneRow, Hir)], chosen: Vec<usize>) -> Result<Self, Vec<(u64, String)>> {
        let set = build(chosen.iter().map(|row| anchored(rows[*row].0)));
        match set {
            Ok(set) => Ok(Self { set, rows: chosen }),
            Err(error) => {
                let alone = |row: &&ZoneRow| build(std::iter::once(anchored(row))).err();
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
        if !self.set.is_match(line) {
            return None;
        }
        self.set.matches(line).into_iter().map(|pattern| self.rows[pattern]).find(|row| accepts(*row))
    }
}

/// The literal without which a pattern cannot match, if the pattern may begin with anything.
fn guard(pattern: &Hir) -> Option<Vec<u8>> {
    let beginnings = Extractor::new().extract(pattern);
    let is_open = beginnings.literals().is_none_or(|literals| literals.iter().any(|literal| literal.is_empty()));
    Some(required(pattern)).filter(|literal| is_open && is_rare(literal))
}

/// Whether few lines hold the literal: it has a sign that running text seldom has, or some length.
fn is_rare(literal: &[u8]) -> bool {
    let common = |byte: &u8| byte.is_ascii_alphanumeric() || b" .,'\"-".contains(byte);
    literal.len() >= 6 || !literal.iter().all(common)
}

/// A literal that each match holds, a rare one if there is one, and as long as possible; empty if none is found.
fn required(hir: &Hir) -> Vec<u8> {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.to_vec(),
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Concat(parts) => {
            parts.iter().map(required).max_by_key(|literal| (is_rare(literal), literal.len())).unwrap_or_default()
        }
        HirKind::Repetition(_) | HirKind::Alternation(_) | HirKind::Class(_) | HirKind::Look(_) | HirKind::Empty => {
            Vec::new()
        }
    }
}

/// Reads a pattern as the sets do: with ASCII classes.
pub(super) fn parse(pattern: &str) -> Result<Hir, Box<regex_syntax::Error>> {
    regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(pattern).map_err(Box::new)
}

fn anchored(row: &ZoneRow) -> String {
    // A beginning ends where no word is cut: at least one side of the place is no word character.
    let end = if row.scope.is_whole_line() { r"\z" } else { r"(?:\b{start-half}|\b{end-half})" };
    format!(r"\A(?:{}){end}", row.pattern)
}

fn build(patterns: impl Iterator<Item = String>) -> Result<RegexSet, regex::Error> {
    // Without Unicode classes a pattern is small and never leaves the fast automaton; the view is folded to ASCII
    // wherever Latin script allows.
    RegexSetBuilder::new(patterns).unicode(false).build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::Zone;

    #[test]
    fn a_pattern_that_may_begin_with_anything_waits_for_its_literal() {
        for (pattern, expected) in [
            (r".*\((?:[^()]* )?(?:photo by|photo:)[^()]*\)\.?", Some(")")),
            (r"(?:.{0,80} )?all rights reserved\b.*", Some("all rights reserved")),
            (r"[a-z0-9._%+-]+@[a-z0-9.-]+\.[a-z]{2,}", Some("@")),
            (r".*(?:x/)+ y?.*", Some("x/")),
            (r".*(?:x/)*(y/|z/).*", None),
            (r".*(?:, )x.*", None),
            (r"file photo\b.*", None),
            (r"(?:file|stock)? ?photos? ?:.*", None),
        ] {
            assert_eq!(
                guard(&parse(pattern).expect("read")),
                expected.map(|literal| literal.as_bytes().to_vec()),
                "{pattern}"
            );
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
    }
}
