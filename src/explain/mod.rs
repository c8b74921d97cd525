//! What every name in the tables means: the registries in, text out.

mod columns;
mod entries;
mod rules;
mod terms;

use crate::codebook::{Codebook, same};
use crate::error::{Error, Result, nearest};
use crate::named::named;
use crate::stats::MEASURES;
use std::fmt::Write as _;

pub use rules::voice_rule_table;

named! {
    /// What a name is a name of.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub(crate) enum TopicKind: plural {
        Measure = "measure": "measures",
        Ratio = "ratio over articles": "ratios",
        Table = "table": "tables",
        Column = "column": "columns",
        Zone = "zone": "zones",
        ZoneRule = "zone rule": "zone rules",
        Voice = "voice": "voices",
        VoiceRule = "voice rule": "voice rules",
        RoleFeature = "role feature": "role features",
        Tier = "tier": "tiers",
        RejectReason = "reason why a hit does not count": "reject reasons",
        Flag = "flag": "flags",
        Value = "value": "values",
        Frame = "frame": "frames",
        Pair = "contested name": "pairs",
        Actor = "actor": "actors",
    }
}

/// Something that can be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Topic {
    pub kind: TopicKind,
    pub name: String,
    /// One line, for lists.
    pub summary: String,
    /// The whole text, without the heading.
    text: String,
}

impl Topic {
    fn new(kind: TopicKind, name: impl Into<String>, summary: impl Into<String>) -> Self {
        let summary = summary.into();
        Self { kind, name: name.into(), text: format!("  {summary}\n"), summary }
    }

    fn with_text(mut self, text: String) -> Self {
        self.text = text;
        self
    }

    /// The topic as text; ends with a newline.
    pub fn render(&self) -> String {
        match self.kind {
            // A measure renders itself, heading included.
            TopicKind::Measure => self.text.clone(),
            TopicKind::Ratio
            | TopicKind::Table
            | TopicKind::Column
            | TopicKind::Zone
            | TopicKind::ZoneRule
            | TopicKind::Voice
            | TopicKind::VoiceRule
            | TopicKind::RoleFeature
            | TopicKind::Tier
            | TopicKind::RejectReason
            | TopicKind::Flag
            | TopicKind::Value
            | TopicKind::Frame
            | TopicKind::Pair
            | TopicKind::Actor => format!("{} ({})\n{}", self.name, self.kind.name(), self.text),
        }
    }
}

/// Everything that can be explained, by kind. The rows of `zones.csv` are the codebook's.
pub(crate) fn topics(codebook: &Codebook) -> Vec<Topic> {
    let mut topics: Vec<Topic> = MEASURES
        .iter()
        .map(|measure| Topic::new(TopicKind::Measure, measure.name, measure.meaning).with_text(measure.render()))
        .collect();
    topics.extend(terms::ratios());
    topics.extend(columns::tables());
    topics.extend(columns::columns());
    topics.extend(terms::zones());
    topics.extend(rules::zone_rules(codebook));
    topics.extend(terms::voices());
    topics.extend(rules::voice_rules());
    topics.extend(rules::role_features());
    topics.extend(terms::tiers());
    topics.extend(terms::reject_reasons());
    topics.extend(terms::flags());
    topics.extend(terms::values());
    topics.extend(entries::frames(codebook));
    topics.extend(entries::pairs(codebook));
    topics.extend(entries::actors(codebook));
    topics
}

/// The text of `explain NAME`: every topic of the name, or the list of a kind (`tables`). `TABLE.COLUMN` names one
/// column; upper and lower case are the same.
///
/// # Errors
/// A name that nothing has.
pub fn explain(name: &str, codebook: &Codebook) -> Result<String> {
    let topics = topics(codebook);
    let wanted = name.trim().trim_end_matches(".csv");
    // `zones` is a kind and a table.
    let kind = TopicKind::ALL.into_iter().find(|kind| same(kind.plural(), wanted));
    let mut found: Vec<String> = kind.map(|kind| list_kind(kind, &topics)).into_iter().collect();
    if let Some(text) = columns::column_of_table(wanted) {
        return Ok(text);
    }
    let is_entry = |topic: &Topic| matches!(topic.kind, TopicKind::Frame | TopicKind::Pair | TopicKind::Actor);
    let named =
        topics.iter().filter(|topic| !is_entry(topic) && (same(&topic.name, wanted) || same(&topic.name, name)));
    found.extend(named.map(Topic::render));
    found.extend(entries::all(codebook, wanted));
    if !found.is_empty() {
        return Ok(found.join("\n"));
    }
    let names = codebook.actors.iter().map(|actor| actor.name.as_str());
    let terms = codebook.terms.iter().map(|term| term.term.as_str());
    let help = nearest(wanted, topics.iter().map(|topic| topic.name.as_str()).chain(names).chain(terms));
    let help = help.unwrap_or_else(|| "`framescope explain` lists what has a meaning".to_owned());
    Err(Error::Usage(format!("nothing is called `{name}`; {help}")))
}

/// What the codebook holds under a name: a frame, an actor, a contested name, a term.
///
/// # Errors
/// A name that no entry of the codebook has.
pub fn entry(name: &str, codebook: &Codebook) -> Result<String> {
    let found = entries::all(codebook, name);
    if !found.is_empty() {
        return Ok(found.join("\n"));
    }
    let codes = codebook
        .frames
        .iter()
        .map(|frame| frame.code.as_str())
        .chain(codebook.pairs.iter().map(|pair| pair.code.as_str()));
    let terms = codebook.terms.iter().map(|term| term.term.as_str());
    let names = codebook.actors.iter().flat_map(|actor| [actor.code.as_str(), actor.name.as_str()]);
    let help = nearest(name, codes.chain(terms).chain(names));
    let help = help.unwrap_or_else(|| "`framescope explain frames` and `explain actors` list entries".to_owned());
    Err(Error::Usage(format!("the codebook has no entry `{name}`; {help}")))
}

/// How the names of the rows of `zones.csv` begin.
const ROWS: &str = "zones.csv:";

/// The names of all topics, by kind.
pub fn list(codebook: &Codebook) -> String {
    let topics = topics(codebook);
    let mut text = String::new();
    for kind in TopicKind::ALL {
        let mut names: Vec<&str> =
            topics.iter().filter(|topic| topic.kind == kind).map(|topic| topic.name.as_str()).collect();
        // The rows of a file are known by their lines.
        if kind == TopicKind::Actor {
            names = vec!["an id, a name or an alias of an actor; `framescope explain actors` lists them"];
        }
        let rows = names.iter().filter(|name| name.starts_with(ROWS)).count();
        names.retain(|name| !name.starts_with(ROWS));
        if rows > 0 {
            names.push("zones.csv:LINE");
        }
        names.dedup();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{}", kind.plural());
        for line in wrapped(&names, 100) {
            let _ = writeln!(text, "  {line}");
        }
    }
    text
}

fn list_kind(kind: TopicKind, topics: &[Topic]) -> String {
    let of_kind: Vec<&Topic> = topics.iter().filter(|topic| topic.kind == kind).collect();
    let width = of_kind.iter().map(|topic| topic.name.chars().count()).max().unwrap_or(0).min(32);
    of_kind.iter().map(|topic| format!("{:<width$}  {}\n", topic.name, topic.summary)).collect()
}

/// Names in lines of at most `width` characters.
fn wrapped(names: &[&str], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut() {
            Some(line) if line.len() + 2 + name.len() <= width => {
                line.push_str(", ");
                line.push_str(name);
            }
            _ => lines.push((*name).to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codebook() -> Codebook {
        Codebook::embedded().expect("the embedded codebook")
    }

    #[test]
    fn every_topic_is_found_by_its_own_name_and_says_something() {
        let book = codebook();
        let all = topics(&book);
        for kind in TopicKind::ALL {
            assert!(all.iter().any(|topic| topic.kind == kind), "no {}", kind.plural());
        }
        for topic in all.iter().filter(|topic| topic.kind != TopicKind::ZoneRule) {
            assert!(topic.summary.len() > 8, "{} is not explained", topic.name);
            let summary = topic.summary.split(": ").last().unwrap_or_default();
            let summary = summary.split(" (").next().unwrap_or_default().trim_start_matches("words used for ");
            assert!(explain(&topic.name, &book).unwrap().contains(summary), "{}", topic.name);
        }
    }

    #[test]
    fn a_name_is_explained_in_all_its_meanings() {
        let book = codebook();
        let both = explain("NPMI", &book).unwrap();
        assert!(both.starts_with("npmi (association)") && both.contains("npmi (column)"), "{both}");
        assert!(explain("actor_frequency.csv", &book).unwrap().contains("n_place_use"));
        assert!(explain("groups.words", &book).unwrap().starts_with("groups.words (column)"));
        assert!(explain("pull_quote", &book).unwrap().contains("(zone rule)"));
        let blockade = explain("blockade", &book).unwrap();
        assert!(blockade.starts_with("blockade (frame)") && blockade.contains("besiege"), "{blockade}");
        assert!(explain("united nations", &book).unwrap().starts_with("UN (actor)"));
        assert!(entry("siege", &book).unwrap().contains("frame      blockade"));
        assert!(explain("tables", &book).unwrap().lines().count() >= 15);
        let error = explain("actor_frequenzy", &book).unwrap_err().to_string();
        assert_eq!(error, "nothing is called `actor_frequenzy`; did you mean `actor_frequency`?");
    }
}
