//! What the entries of the codebook are: frames, actors, contested names and terms, with all they hold.

use super::{Topic, TopicKind};
use crate::codebook::{Actor, Alias, AliasKind, Codebook, Force, Frame, Pair, Term, Variant, same};
use crate::id::{ActorId, FrameId, PairId};
use std::fmt::Write as _;

/// Characters of a line of names.
const WIDTH: usize = 96;

pub(super) fn frames(codebook: &Codebook) -> impl Iterator<Item = Topic> + '_ {
    codebook.frames.iter().enumerate().map(|(at, frame)| {
        Topic::new(TopicKind::Frame, &frame.code, summary_of(frame)).with_text(frame_text(
            codebook,
            FrameId::new(at),
            frame,
        ))
    })
}

fn summary_of(frame: &Frame) -> String {
    match frame.definition.is_empty() {
        true => format!("the frame {}", frame.name),
        false => format!("{}: {}", frame.name, frame.definition),
    }
}

fn frame_text(codebook: &Codebook, id: FrameId, frame: &Frame) -> String {
    let mut text = format!("  name       {}\n", frame.name);
    if !frame.definition.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  definition {}", frame.definition);
    }
    text.push_str("  terms\n");
    let terms: Vec<&Term> = codebook.terms.iter().filter(|term| term.frame == Some(id)).collect();
    let width = terms.iter().map(|term| term.term.chars().count()).max().unwrap_or(0);
    for term in terms {
        let force = term.force.map_or("", Force::name);
        let _ = writeln!(text, "    {:<width$}  {force:<7}  {}", term.term, pattern(term));
    }
    text
}

/// The pattern of a term with its kind and guards.
fn pattern(term: &Term) -> String {
    let mut text = format!("{} `{}`", term.kind.name(), term.pattern);
    if term.everyday {
        text.push_str(", everyday");
    }
    for (name, guards) in [("not before", &term.not_before), ("not after", &term.not_after)] {
        if !guards.is_empty() {
            let _ = write!(text, ", {name} {}", guards.join(" | "));
        }
    }
    text
}

pub(super) fn actors(codebook: &Codebook) -> impl Iterator<Item = Topic> + '_ {
    codebook
        .actors
        .iter()
        .map(|actor| Topic::new(TopicKind::Actor, &actor.code, format!("{} ({})", actor.name, actor.kind.name())))
}

/// The whole of what the codebook says of an actor, without the heading.
pub(super) fn actor(codebook: &Codebook, id: ActorId) -> Topic {
    let actor = &codebook.actors[id.index()];
    let mut text = format!("  name       {}\n  kind       {}\n", actor.name, actor.kind.name());
    if actor.parent.is_some() {
        let _ = writeln!(text, "  rolls up   {}", chain(codebook, id));
    }
    let under: Vec<&str> =
        codebook.actors.iter().filter(|other| other.parent == Some(id)).map(|other| other.code.as_str()).collect();
    list(&mut text, "has under it", &under);
    for kind in AliasKind::ALL {
        let names: Vec<String> = codebook
            .aliases
            .iter()
            .filter(|alias| alias.actor == Some(id) && alias.kind == kind)
            .map(written)
            .collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        list(&mut text, &format!("aliases: {}", kind.name()), &names);
    }
    Topic::new(TopicKind::Actor, &actor.code, actor.name.as_str()).with_text(text)
}

fn chain(codebook: &Codebook, id: ActorId) -> String {
    let of = |id: ActorId| -> &Actor { &codebook.actors[id.index()] };
    let (mut at, mut codes) = (of(id), vec![of(id).code.as_str()]);
    while let Some(parent) = at.parent {
        at = of(parent);
        codes.push(&at.code);
    }
    codes.join(" to ")
}

/// An alias with the days on which it holds.
fn written(alias: &Alias) -> String {
    let day = |date: &Option<crate::corpus::PartialDate>| date.as_ref().map(ToString::to_string).unwrap_or_default();
    match alias.dates.is_open() {
        true => alias.alias.clone(),
        false => format!("{} ({} to {})", alias.alias, day(&alias.dates.from), day(&alias.dates.to)),
    }
}

fn list(text: &mut String, heading: &str, names: &[&str]) {
    if names.is_empty() {
        return;
    }
    let _ = writeln!(text, "  {heading}");
    for line in super::wrapped(names, WIDTH) {
        let _ = writeln!(text, "    {line}");
    }
}

pub(super) fn pairs(codebook: &Codebook) -> impl Iterator<Item = Topic> + '_ {
    codebook.pairs.iter().enumerate().map(|(at, pair)| {
        let summary = format!("words used for {}", pair.object);
        Topic::new(TopicKind::Pair, &pair.code, summary).with_text(pair_text(codebook, PairId::new(at), pair))
    })
}

fn pair_text(codebook: &Codebook, id: PairId, pair: &Pair) -> String {
    let mut text = format!("  object     {}\n", pair.object);
    let variants: Vec<&Variant> = codebook.variants.iter().filter(|variant| variant.pair == id).collect();
    let mut poles: Vec<&str> = Vec::new();
    for variant in &variants {
        if !poles.contains(&variant.pole.as_str()) {
            poles.push(&variant.pole);
        }
    }
    for pole in poles {
        let names: Vec<&str> =
            variants.iter().filter(|variant| variant.pole == pole).map(|variant| variant.term.as_str()).collect();
        list(&mut text, pole, &names);
    }
    text
}

/// The terms of a name, each with its frame.
pub(super) fn terms(codebook: &Codebook, name: &str) -> Vec<String> {
    let of_name = codebook.terms.iter().filter(|term| same(&term.term, name));
    let line = |term: &Term| {
        let frame = term.frame.map_or("every frame", |frame| codebook.frames[frame.index()].code.as_str());
        let mut text = format!("{} (term)\n  frame      {frame}\n  pattern    {}\n", term.term, pattern(term));
        if !term.note.is_empty() {
            let _ = writeln!(text, "  note       {}", term.note);
        }
        text
    };
    of_name.map(line).collect()
}

/// What the codebook alone holds under a name: frames, pairs, actors, terms.
pub(super) fn all(codebook: &Codebook, name: &str) -> Vec<String> {
    let is_named = |topic: &Topic| same(&topic.name, name);
    let mut found: Vec<String> = Vec::new();
    let by_name = codebook.find_frame(name).ok().map(|frame| codebook.frames[frame.index()].code.clone());
    found.extend(frames(codebook).filter(|topic| by_name.as_ref() == Some(&topic.name)).map(|topic| topic.render()));
    found.extend(pairs(codebook).filter(is_named).map(|topic| topic.render()));
    found.extend(codebook.find_actor(name).ok().map(|id| actor(codebook, id).render()));
    found.extend(terms(codebook, name));
    found
}
