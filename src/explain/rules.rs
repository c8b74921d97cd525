//! The rules that put a passage into its zone (those in code, and the rows of `zones.csv`) and a framing hit into its
//! voice, and what decides on agent and target.

use super::{Topic, TopicKind};
use crate::codebook::Codebook;
use crate::voice::{RULES, role_relations};
use crate::zones::{Scope, Structure, ZoneRow};

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
        let text = format!(
            "  says       {}\n  voice      {}\n  example    {}\n             (the voice of `{}`)\n",
            rule.says,
            rule.voice.name(),
            rule.example,
            rule.term
        );
        Topic::new(TopicKind::VoiceRule, rule.name, rule.says).with_text(text)
    })
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
