//! The registry of rules: each rule has a name of its own and an example that it decides.

use super::small_world;
use crate::voice::{RULES, rule};

#[test]
fn every_example_is_decided_by_its_rule() {
    let bench = small_world();
    for expected in &RULES {
        let answers = bench.read(expected.example);
        let answer = answers.iter().find(|answer| answer.surface == expected.term);
        let got = answer.map(|answer| (answer.rule, answer.voice));
        assert_eq!(got, Some((expected.name, expected.voice.name())), "{}", expected.example);
    }
}

#[test]
fn names_are_unique_and_found() {
    for (number, one) in RULES.iter().enumerate() {
        assert!(RULES[number + 1..].iter().all(|other| other.name != one.name), "`{}` stands twice", one.name);
        assert!(one.name.starts_with(one.voice.name()), "`{}` does not say its voice", one.name);
        assert_eq!(rule(one.name), Some(one));
    }
}
