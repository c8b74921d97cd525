//! The rules by which a voice is given: what each says and asks stands in `data/rules.csv`, sentences that it decides and
//! sentences that it must not in `data/rule_examples.csv`. `explain` prints both.

use super::Voice;
use csv::ReaderBuilder;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::sync::LazyLock;

/// A rule of voice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Rule {
    /// As it stands in the column `rule`.
    #[serde(rename = "rule")]
    pub name: String,
    pub voice: Voice,
    /// The rule in one sentence.
    pub says: String,
    /// What must hold.
    pub when: String,
    /// What must not hold.
    pub unless: String,
}

/// A sentence with a cue of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct RuleExample {
    rule: String,
    /// `yes` where the rule decides, `no` where another does.
    pub holds: String,
    /// The framing term of the sentence that is spoken of.
    pub term: String,
    /// The rule that gives its voice.
    pub decided_by: String,
    pub sentence: String,
}

macro_rules! names {
    ($($constant:ident = $name:literal,)*) => {
        $(pub(super) const $constant: &str = $name;)*
        #[cfg(test)]
        pub(super) const NAMES: &[&str] = &[$($name),*];
    };
}

names! {
    DENIED_VERB = "denied_verb",
    DENIED_CLAIM = "denied_claim",
    DENIED_PREDICATE = "denied_predicate",
    DENIED_NEGATION = "denied_negation",
    SCARE_WORD = "scare_word",
    SCARE_NAMING = "scare_naming",
    SCARE_QUOTES = "scare_quotes",
    QUOTED = "quoted",
    QUOTED_PHRASE = "quoted_phrase",
    ATTRIBUTED_VERB = "attributed_verb",
    ATTRIBUTED_ENDORSED = "attributed_endorsed",
    ATTRIBUTED_TRAILING = "attributed_trailing",
    ATTRIBUTED_ACCUSATION = "attributed_accusation",
    ATTRIBUTED_NAMING = "attributed_naming",
    ATTRIBUTED_NOUN = "attributed_noun",
    ATTRIBUTED_SOURCE = "attributed_source",
    ATTRIBUTED_LABEL = "attributed_label",
    HYPOTHETICAL_RISK = "hypothetical_risk",
    HYPOTHETICAL_ADJECTIVE = "hypothetical_adjective",
    HYPOTHETICAL_MODAL = "hypothetical_modal",
    HYPOTHETICAL_PLAN = "hypothetical_plan",
    HYPOTHETICAL_CONDITION = "hypothetical_condition",
    HYPOTHETICAL_DEMAND = "hypothetical_demand",
    OWN_DEMAND = "own_demand",
    OWN_PRESUPPOSED = "own_presupposed",
    OWN_GRANTED = "own_granted",
    OWN = "own",
}

/// Every rule, in the order in which their voices are tried.
pub static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| rows(RULE_ROWS));

static EXAMPLES: LazyLock<Vec<RuleExample>> = LazyLock::new(|| rows(EXAMPLE_ROWS));

pub(super) const RULE_ROWS: &str = include_str!("data/rules.csv");
pub(super) const EXAMPLE_ROWS: &str = include_str!("data/rule_examples.csv");

fn rows<T: DeserializeOwned>(text: &str) -> Vec<T> {
    ReaderBuilder::new().from_reader(text.as_bytes()).into_deserialize().filter_map(Result::ok).collect()
}

/// The rule of this name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}

impl Rule {
    /// Its sentences, in the order of their file.
    pub fn examples(&self) -> impl Iterator<Item = &'static RuleExample> {
        EXAMPLES.iter().filter(|example| example.rule == self.name)
    }
}
