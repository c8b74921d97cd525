//! What the article has shown so far: a later "the invasion" is the one spoken of before, and who fights whom.

use super::clause::{Determiner, Reading};
use super::deed::Deed;
use super::grammar::Function;
use super::sheet::{Gap, Name, NameUsage, Party, People};
use super::target::Roles;
use super::word_class::Class;
use crate::codebook::{CueKind, Strength};
use crate::id::{ActorId, FrameId};
use crate::normalise::View;
use crate::span::NormSpan;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How far back an event is remembered that a sentence without actors speaks on of, in sentences.
const SENTENCES_BACK: u32 = 1;

#[derive(Debug, Clone, Default)]
pub(super) struct Memory {
    /// The last event of a frame.
    events: FxHashMap<FrameId, Event>,
    /// The last event of a frame that was named by a word of this stem.
    named: FxHashMap<(FrameId, Stem), Event>,
    /// Who did last to a target what a word of this stem names.
    agents: FxHashMap<(Stem, ActorId), ActorId>,
    /// Sides that fight each other, the smaller first.
    sides: Vec<(ActorId, ActorId)>,
    /// Groups named so far, and where.
    groups: Vec<(NormSpan, ActorId)>,
    questions: Vec<Question>,
    others: Vec<ActorId>,
}

/// A deed without a target.
#[derive(Debug, Clone)]
struct Question {
    mention: usize,
    agent: ActorId,
    /// A range of `others`.
    others: Range<usize>,
}

/// The first letters of a word.
pub(super) type Stem = [u8; 6];

/// Whom a deed was done by and to, and where the article said so: sentences and passages come in their order.
#[derive(Debug, Clone, Copy)]
struct Event {
    sentence: u32,
    passage: u32,
    roles: Roles,
}

/// A hit as the memory sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion {
    pub frame: FrameId,
    pub stem: Stem,
    pub sentence: u32,
    pub passage: u32,
    pub deed: Deed,
    pub strength: Strength,
}

impl Memory {
    pub fn clear(&mut self) {
        self.events.clear();
        self.named.clear();
        self.agents.clear();
        self.sides.clear();
        self.groups.clear();
        self.questions.clear();
        self.others.clear();
    }

    pub fn note(&mut self, occasion: &Occasion, roles: Roles) {
        let Occasion { frame, stem, sentence, passage, .. } = *occasion;
        if let (Some(agent), Some(target)) = (roles.agent, roles.target) {
            self.oppose(agent, target);
            self.agents.insert((stem, target), agent);
        }
        if roles != Roles::default() {
            let event = Event { sentence, passage, roles };
            self.events.insert(frame, event);
            self.named.insert((frame, stem), event);
        }
    }

    pub fn note_group(&mut self, span: NormSpan, actor: ActorId) {
        if !self.groups.iter().any(|(_, known)| *known == actor) {
            self.groups.push((span, actor));
        }
    }

    /// The one group named before whose name ends with this people: "Armenians" after "Karabakh Armenians".
    pub fn group_named(&self, view: &View, people: NormSpan) -> Option<ActorId> {
        let name = view.slice(people);
        let mut fitting = self
            .groups
            .iter()
            .filter(|(span, _)| view.slice(*span).strip_suffix(name).is_some_and(|rest| rest.ends_with([' ', '-'])));
        let (_, group) = fitting.next()?;
        fitting.next().is_none().then_some(*group)
    }

    fn oppose(&mut self, a: ActorId, b: ActorId) {
        let pair = (a.min(b), a.max(b));
        if a != b && !self.sides.contains(&pair) {
            self.sides.push(pair);
        }
    }

    /// "war between X and Y", "a territory between X and Y".
    pub fn note_conflicts(&mut self, r: &Reading) {
        if !r.kinds.has(CueKind::Conflict) {
            return;
        }
        for at in 1..r.words.len() {
            let between = r.has_class(at, Class::Between);
            if !between || !(at.saturating_sub(2)..at).any(|word| r.is(word, CueKind::Conflict)) {
                continue;
            }
            let mut names = r.names.iter().filter(|name| name.first as usize > at && (name.first as usize) < at + 9);
            if let (Some(a), Some(b)) = (names.next(), names.next())
                && (a.last as usize..b.first as usize).any(|word| r.function(word) == Function::And)
                && is_side(a)
                && is_side(b)
            {
                self.oppose(a.fact.actor, b.fact.actor);
            }
        }
    }

    /// Completes the roles of a hit from what was said before.
    pub fn complete(&self, r: &Reading, occasion: &Occasion, first: usize, roles: Roles) -> Roles {
        let Occasion { frame, stem, sentence, passage, .. } = *occasion;
        if roles == Roles::default() {
            let here = |event: &&Event| event.passage == passage;
            let again = self.named.get(&(frame, stem)).filter(here).filter(|_| points_back(r, first));
            let just_before = || {
                let nameless = r.names.iter().all(|name| name.usage == NameUsage::Place);
                let near = |event: &&Event| nameless && sentence - event.sentence <= SENTENCES_BACK;
                self.events.get(&frame).filter(here).filter(near)
            };
            return again.or_else(just_before).map_or(roles, |event| event.roles);
        }
        if let (None, Some(target)) = (roles.agent, roles.target) {
            return Roles { agent: self.agents.get(&(stem, target)).copied(), ..roles };
        }
        roles
    }

    /// Remembers a deed whose target the sentence does not show, with the other sides that are named in it.
    pub fn ask(&mut self, r: &Reading, occasion: &Occasion, roles: Roles, mention: usize) {
        let (Some(agent), None) = (roles.agent, roles.target) else { return };
        if !matches!(occasion.deed, Deed::On | Deed::Of) || occasion.strength == Strength::Weak {
            return;
        }
        let from = self.others.len();
        let others = r.names.iter().filter(|name| is_side(name) && name.fact.actor != agent);
        self.others.extend(others.map(|name| name.fact.actor));
        if self.others.len() > from {
            self.questions.push(Question { mention, agent, others: from..self.others.len() });
        }
    }

    /// The open questions that the whole article answers: the one other side named beside the agent with whom it is
    /// known to fight.
    pub fn answers(&self) -> impl Iterator<Item = (usize, ActorId)> + '_ {
        self.questions.iter().filter_map(|question| {
            let fights =
                |other: &&ActorId| self.sides.contains(&(question.agent.min(**other), question.agent.max(**other)));
            let mut opponents = self.others[question.others.clone()].iter().filter(fights);
            let opponent = opponents.next()?;
            opponents.all(|other| other == opponent).then_some((question.mention, *opponent))
        })
    }
}

fn is_side(name: &Name) -> bool {
    matches!(name.fact.party, Party::Side | Party::Person | Party::Territory)
        && name.usage != NameUsage::Place
        && name.fact.people == People::No
}

/// Whether a definite article or a demonstrative points back: "the invasion", "this war".
fn points_back(r: &Reading, first: usize) -> bool {
    let (determiner, start) = r.determiner(first);
    determiner == Determiner::Definite && !r.gap(start).has(Gap::QUOTE)
}
