//! The rules that put a passage into its zone (those in code, and the rows of `zones.csv`) and a framing hit into its
//! voice, and what decides on agent and target.

use super::{Topic, TopicKind};
use crate::codebook::Codebook;
use crate::voice::{RULES, Rule, role_relations};
use crate::zones::{Scope, Structure, ZoneRow};

/// Where texts begin behind their titles, and how long a line is.
const MARGIN: usize = 13;
const WIDTH: usize = 100;

pub(super) fn zone_rules(codebook: &Codebook) -> Vec<Topic> {
    let structural =
        Structure::ALL.into_iter().map(|rule| Topic::new(TopicKind::ZoneRule, rule.name(), rule.meaning()));
    structural.chain(codebook.zones.iter().map(row)).collect()
}

fn row(row: &ZoneRow) -> Topic {
    let summary = format!("{}: {} `{}`", row.zone.name(), scope(row.scope), row.pattern);
    let mut text = format!("  {summary}\n");
    if !row.note.is_empty() {
        text.push_str(&format!("  note       {}\n", row.note));
    }
    Topic::new(TopicKind::ZoneRule, format!("zones.csv:{}", row.line), summary).with_text(text)
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Line => "a line that is wholly",
        Scope::Start => "a line that begins with",
        Scope::Names => "a line of capitalised words that is wholly",
        Scope::Tail => "one of the last paragraphs, with a new name before it, that begins with",
        Scope::End => "the article ends at a line that begins with",
        Scope::EndLine => "the article ends at a line that is wholly",
    }
}

pub(super) fn voice_rules() -> impl Iterator<Item = Topic> {
    RULES.iter().map(|rule| {
        let mut text = format!("  says       {}\n", rule.says);
        text.push_str(&folded("when", &rule.when));
        text.push_str(&folded("unless", &rule.unless));
        text.push_str(&format!("  voice      {}\n", rule.voice.name()));
        for holds in ["yes", "no"] {
            for (number, example) in rule.examples().filter(|example| example.holds == holds).enumerate() {
                let title = if number == 0 { holds } else { "" };
                let other = if holds == "no" { format!(": {}", example.decided_by) } else { String::new() };
                text.push_str(&folded(title, &format!("{} [{}{other}]", example.sentence, example.term)));
            }
        }
        Topic::new(TopicKind::VoiceRule, &*rule.name, &*rule.says).with_text(text)
    })
}

/// A titled text in lines of at most [`WIDTH`] characters.
fn folded(title: &str, text: &str) -> String {
    let mut lines = format!("  {title:<10}");
    let mut width = MARGIN - 1;
    for word in text.split(' ') {
        let length = 1 + word.chars().count();
        if width + length > WIDTH && width >= MARGIN {
            width = MARGIN - 1;
            lines.push_str(&format!("\n{:width$}", ""));
        }
        lines.push(' ');
        lines.push_str(word);
        width += length;
    }
    lines + "\n"
}

/// The rules of voice as a table in Markdown, in the order in which their voices are tried.
pub fn voice_rule_table() -> String {
    let row = |rule: &Rule| format!("| `{}` | {} | {} | {} |\n", rule.name, rule.says, rule.when, rule.unless);
    let rows: String = RULES.iter().map(row).collect();
    format!("| rule | says | when | unless |\n|---|---|---|---|\n{rows}")
}

pub(super) fn role_features() -> impl Iterator<Item = Topic> {
    role_relations().iter().map(|relation| {
        let mut text = format!("  says       {}\n", relation.says);
        for (number, (feature, [agent, target])) in relation.features.iter().enumerate() {
            let title = if number == 0 { "weighs" } else { "" };
            text.push_str(&format!("  {title:<10} {agent:+} as agent, {target:+} as target: `{feature}`\n"));
        }
        for (number, (feature, weight)) in relation.speaking.iter().enumerate() {
            let title = if number == 0 && relation.features.is_empty() { "weighs" } else { "" };
            text.push_str(&format!("  {title:<10} {weight:+} as speaker: `{feature}`\n"));
        }
        Topic::new(TopicKind::RoleFeature, &*relation.name, &*relation.says).with_text(text)
    })
}
