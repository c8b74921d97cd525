//! The registry of rules: each has a name, words for people, and sentences that it decides or must not.

use super::small_world;
use crate::voice::RULES;
use crate::voice::rules::{EXAMPLE_ROWS, NAMES, RULE_ROWS};

/// How many sentences of each kind a rule has at least.
const EACH: usize = 2;

#[test]
fn every_rule_of_the_program_is_a_row_in_its_place() {
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name.as_str()).collect();
    assert_eq!(names, NAMES);
    assert_eq!(RULE_ROWS.lines().count(), 1 + RULES.len(), "a row of rules.csv is faulty");
    for rule in RULES.iter() {
        assert!(rule.name.starts_with(rule.voice.name()), "`{}` does not say its voice", rule.name);
        for (column, text) in [("says", &rule.says), ("when", &rule.when), ("unless", &rule.unless)] {
            assert!(text.ends_with('.'), "`{}` has no sentence in `{column}`", rule.name);
        }
    }
}

#[test]
fn every_example_is_decided_by_the_rule_that_it_names() {
    let bench = small_world();
    let (mut read, mut faults) = (0, Vec::new());
    for rule in RULES.iter() {
        for holds in ["yes", "no"] {
            let rows: Vec<_> = rule.examples().filter(|row| row.holds == holds).collect();
            assert!(rows.len() >= EACH, "`{}` has {} rows with `{holds}`", rule.name, rows.len());
            read += rows.len();
            for row in rows {
                assert_eq!(row.decided_by == rule.name, holds == "yes", "`{}`: {}", rule.name, row.sentence);
                let answers = bench.read(&row.sentence);
                let answer = answers.iter().find(|answer| answer.surface.eq_ignore_ascii_case(&row.term));
                let got = answer.map_or("nothing", |answer| answer.rule);
                if got != row.decided_by {
                    faults.push(format!("{}, {holds}: by {got}, not {}: {}", rule.name, row.decided_by, row.sentence));
                }
            }
        }
    }
    assert_eq!(EXAMPLE_ROWS.lines().count(), 1 + read, "a row of rule_examples.csv is faulty");
    assert!(faults.is_empty(), "{} rows of rule_examples.csv\n{}", faults.len(), faults.join("\n"));
}
