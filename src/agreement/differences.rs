//! Where coders differ from each other and the program from them: item by item, and counted.

use super::variable::VariableItems;
use crate::coding::{CodedSheet, Judged, Kind};
use std::collections::{BTreeMap, HashMap};

/// An item on which answers differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// `coders`, or `program` where only the program differs from what people say.
    pub between: &'static str,
    pub kind: Kind,
    pub variable: &'static str,
    pub item: String,
    pub article: String,
    pub start: u64,
    pub end: u64,
    pub frame: String,
    pub term: String,
    pub sentence: String,
    /// The program's answer.
    pub program: String,
    pub rule: String,
    /// The answer that counts; empty where it is not decided.
    pub truth: String,
    /// By coder; empty for no answer.
    pub codes: Vec<String>,
    /// The notes of all coders.
    pub notes: String,
}

/// How often two give two codes to the same items.
#[derive(Debug, Clone, PartialEq)]
pub struct Confused {
    pub kind: Kind,
    pub variable: &'static str,
    /// Who gives `code`, and who gives `other_code`.
    pub who: String,
    pub other: String,
    pub code: String,
    pub other_code: String,
    pub n: u64,
    /// Items of the corpus for which these stand.
    pub weight: f64,
}

pub(super) fn list(
    table: &VariableItems,
    judged: &Judged,
    sheets: &[CodedSheet],
    number: usize,
    coders: &[String],
    differences: &mut Vec<Difference>,
) {
    let mut texts: HashMap<usize, (&str, Vec<String>)> = HashMap::new();
    for row in sheets.iter().flat_map(|sheet| &sheet.rows).filter(|row| row.key == number) {
        let (sentence, notes) = texts.entry(row.row).or_default();
        if sentence.is_empty() {
            *sentence = &row.sentence;
        }
        if !row.note.is_empty() {
            notes.push(if coders.len() > 1 { format!("{}: {}", row.coder, row.note) } else { row.note.clone() });
        }
    }
    for unit in &table.units {
        let mut given = unit.codes.iter().flatten();
        let first = given.next();
        let coders_differ = given.any(|code| Some(code) != first);
        let program_differs =
            table.kind != Kind::Misses && unit.truth.as_ref().is_some_and(|truth| *truth != unit.program);
        if !coders_differ && !program_differs {
            continue;
        }
        let row = &judged.key.rows[unit.row];
        let (sentence, notes) = texts.get(&unit.row).cloned().unwrap_or_default();
        differences.push(Difference {
            between: if coders_differ { "coders" } else { "program" },
            kind: table.kind,
            variable: table.variable.name(),
            item: row.item.clone(),
            article: row.article.clone(),
            start: row.start,
            end: row.end,
            frame: row.frame.clone(),
            term: row.term.clone(),
            sentence: sentence.to_owned(),
            program: if table.kind == Kind::Misses { String::new() } else { unit.program.clone() },
            rule: row.rule.clone(),
            truth: unit.truth.clone().unwrap_or_default(),
            codes: unit.codes.iter().map(|code| code.clone().unwrap_or_default()).collect(),
            notes: notes.join("; "),
        });
    }
}

pub(super) fn confuse(table: &VariableItems, judged: &Judged, coders: &[String], confusions: &mut Vec<Confused>) {
    let mut add = |who: &str, other: &str, pairs: Vec<(&str, &str, f64)>| {
        let mut counts: BTreeMap<(&str, &str), (u64, f64)> = BTreeMap::new();
        for (code, other_code, weight) in pairs {
            let count = counts.entry((code, other_code)).or_default();
            count.0 += 1;
            count.1 += weight;
        }
        confusions.extend(counts.into_iter().map(|((code, other_code), (n, weight))| Confused {
            kind: table.kind,
            variable: table.variable.name(),
            who: who.to_owned(),
            other: other.to_owned(),
            code: code.to_owned(),
            other_code: other_code.to_owned(),
            n,
            weight,
        }));
    };
    let weight = |row: usize| 1.0 / judged.key.stratum(&judged.key.rows[row]).inclusion();
    if table.kind != Kind::Misses {
        let pair = |unit: &'_ super::variable::VariableItem| unit.truth.is_some();
        let pairs = table.units.iter().filter(|unit| pair(unit));
        let pairs =
            pairs.map(|unit| (unit.program.as_str(), unit.truth.as_deref().unwrap_or_default(), weight(unit.row)));
        add("program", "people", pairs.collect());
    }
    for (a, first) in coders.iter().enumerate() {
        for (b, second) in coders.iter().enumerate().skip(a + 1) {
            let both = |unit: &'_ super::variable::VariableItem| unit.codes[a].is_some() && unit.codes[b].is_some();
            let pairs = table.units.iter().filter(|unit| both(unit)).map(|unit| {
                let code = |at: usize| unit.codes[at].as_deref().unwrap_or_default();
                (code(a), code(b), weight(unit.row))
            });
            add(first, second, pairs.collect());
        }
    }
}
