//! `actors.csv`: who can be named.

use super::rows::CsvFile;
use crate::error::{Fault, did_you_mean};
use crate::id::ActorId;
use crate::named::named;
use std::collections::HashMap;

named! {
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    pub enum ActorKind {
        State = "state",
        Government = "government",
        Person = "person",
        Organisation = "organisation",
        ArmedForce = "armed_force",
        Group = "group",
        Place = "place",
        Other = "other",
    }
}

#[derive(Debug, Clone)]
pub struct Actor {
    pub code: String,
    pub name: String,
    pub kind: ActorKind,
    /// The actor this one rolls up to.
    pub parent: Option<ActorId>,
    pub line: u64,
}

const COLUMNS: [&str; 4] = ["actor", "name", "kind", "parent"];

pub(super) fn parse(file: &CsvFile, faults: &mut Vec<Fault>) -> Vec<Actor> {
    let rows = file.rows(&COLUMNS, 2, faults);
    let mut actors: Vec<Actor> = Vec::new();
    let mut seen: HashMap<String, u64> = HashMap::new();
    let mut parents = Vec::new();
    for row in &rows {
        // An actor with a fault is known all the same, so that what refers to it is no second one.
        let code = row.code(file, 0, "actor", faults).unwrap_or_else(|| row.take(0));
        let name = row.filled(file, 1, "name", faults).unwrap_or_default().to_owned();
        let kind = match row.cell(2) {
            "" => ActorKind::Other,
            _ => row.choice(file, 2, "kind of actor", &ActorKind::NAMES, faults).unwrap_or(ActorKind::Other),
        };
        if let Some(line) = seen.insert(code.clone(), row.line) {
            faults.push(row.fault(file, 0, format!("actor `{code}` stands twice"), format!("first in line {line}")));
            continue;
        }
        parents.push(row);
        actors.push(Actor { code, name, kind, parent: None, line: row.line });
    }
    let ids: HashMap<String, ActorId> =
        actors.iter().enumerate().map(|(i, actor)| (actor.code.clone(), ActorId::new(i))).collect();
    for (actor, row) in actors.iter_mut().zip(&parents) {
        let parent = row.cell(3);
        if parent.is_empty() {
            continue;
        }
        actor.parent = ids.get(parent).copied();
        if actor.parent.is_none() {
            let help = did_you_mean(parent, ids.keys().map(String::as_str));
            faults.push(row.fault(file, 3, format!("unknown parent `{parent}`"), help));
        }
    }
    break_cycles(file, &mut actors, faults);
    actors
}

/// A chain of parents must end. A cycle is reported once, at its first row, and cut there so that reading goes on.
fn break_cycles(file: &CsvFile, actors: &mut [Actor], faults: &mut Vec<Fault>) {
    for start in 0..actors.len() {
        let (mut at, mut chain) = (start, vec![start]);
        while let Some(parent) = actors[at].parent {
            at = parent.index();
            if at == start {
                let codes: Vec<&str> = chain.iter().chain([&start]).map(|i| actors[*i].code.as_str()).collect();
                let what = format!("the parents go round in a circle: {}", codes.join(" -> "));
                faults.push(file.fault(actors[start].line, 4, &what, "let one of them have no parent"));
                actors[start].parent = None;
                break;
            }
            if chain.contains(&at) {
                break;
            }
            chain.push(at);
        }
    }
}
