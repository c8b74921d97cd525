//! Agent and target: the actors of a sentence are ranked by what speaks for them.
//!
//! Each has features ([`ties`]); their weights ([`weigh`]) were fitted to labelled hits of news. What the rules answered
//! is one feature among them. The article is gone through twice: who clearly acts or suffers elsewhere in it speaks for
//! an actor too.

use super::Hit;
use super::Tier;
use super::clause::Reading;
use super::elsewhere::Elsewhere;
use super::feature::{Feature, Relation, Use};
use super::target::Roles;
use super::ties::ties;
use super::weights::{Weights, add, weigh};
use crate::codebook::TermDeed;
use crate::id::{ActorId, FrameId};

/// By how much an actor must be ahead of all others and of nobody to be given, and to be firm; in tenths of a logit.
const AHEAD: Weights = [9, 11];
const FIRM: Weights = [24, 22];
/// By how much less whom the rules found.
const AGREED: Weights = [5, 7];
/// By how much less a place: few are taken for a side by mistake.
const PLACE: Weights = [0, 3];
/// By how much to count elsewhere in the article.
const CLEAR: i32 = 11;
/// What speaks against one actor in both roles.
const SAME: i32 = 30;

/// An actor of the sentence as agent or target, or nobody.
#[derive(Debug, Clone)]
struct Candidate {
    actor: Option<ActorId>,
    scores: Weights,
    is_place: bool,
}

/// A hit with its candidates.
#[derive(Debug, Clone, Copy)]
struct Case {
    mention: usize,
    frame: FrameId,
    deed: Option<TermDeed>,
    /// What the rules found, with what the article said before.
    by_rule: Roles,
    /// A range of the candidates.
    from: usize,
    to: usize,
}

/// The hits of an article, and buffers.
#[derive(Debug, Clone, Default)]
pub(super) struct Ranking {
    ties: Vec<Vec<Feature>>,
    nobody: Vec<Feature>,
    actors: Vec<(ActorId, Vec<Feature>)>,
    candidates: Vec<Candidate>,
    /// Those of each candidate, kept for those who ask how the roles were found. Beside the candidates, not in them:
    /// without these a candidate of a long article takes 20 bytes instead of 48.
    features: Vec<Vec<Feature>>,
    cases: Vec<Case>,
    /// Whom the rules gave which role in the last sentence.
    here: Vec<(usize, ActorId)>,
    sentence: u32,
    elsewhere: Elsewhere,
}

/// What the rules found: in the sentence alone, and with what the article said before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answers {
    pub shown: Roles,
    pub completed: Roles,
}

impl Answers {
    fn by_role(self) -> [(Option<ActorId>, Option<ActorId>); 2] {
        [(self.shown.agent, self.completed.agent), (self.shown.target, self.completed.target)]
    }
}

/// What is known of a hit before its roles.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    pub mention: usize,
    pub sentence: u32,
    pub frame: FrameId,
    pub deed: Option<TermDeed>,
    pub rules: Answers,
    pub speaker: Option<ActorId>,
}

/// Whom the ranking chose, and how sure that is.
pub(super) type Choice = (Option<ActorId>, Tier);

/// One candidate as it came out, for those who ask.
pub(super) struct Ranked {
    pub mention: usize,
    pub actor: Option<ActorId>,
    pub scores: Weights,
    pub deed: Option<TermDeed>,
    pub features: Vec<Feature>,
}

/// Things that are kept from one article to the next at most.
const MOST_KEPT: usize = 1 << 16;

/// Gives back what a long article took.
pub(super) fn release<T>(of: &mut Vec<T>) {
    if of.capacity() > MOST_KEPT {
        *of = Vec::new();
    }
}

impl Ranking {
    /// Gives back what a long article took: nobody asks for it again, and its counts and rows need the memory.
    pub fn release(&mut self) {
        release(&mut self.candidates);
        release(&mut self.cases);
    }

    /// Forgets the article before.
    pub fn clear(&mut self) {
        self.candidates.clear();
        self.features.clear();
        self.cases.clear();
        self.here.clear();
        self.elsewhere.clear();
    }

    /// Takes a hit with the actors of its sentence; `keep` says whether their features are wanted afterwards.
    pub fn read(&mut self, r: &Reading, hit: &Hit, question: &Question, keep: bool) {
        let Question { mention, frame, deed, rules, speaker, .. } = *question;
        if self.sentence != question.sentence {
            (self.sentence, _) = (question.sentence, self.here.clear());
        }
        let used = ties(r, hit, &mut self.ties, &mut self.nobody);
        self.actors.clear();
        for (name, features) in r.names.iter().zip(&self.ties).filter(|(_, features)| !features.is_empty()) {
            match self.actors.iter_mut().find(|(actor, _)| *actor == name.fact.actor) {
                Some((_, known)) => known.extend(features),
                None => self.actors.push((name.fact.actor, features.clone())),
            }
        }
        let from = self.candidates.len();
        add_nobody(&mut self.nobody, self.actors.len(), rules, used);
        for (actor, features) in &mut self.actors {
            add_answers(features, *actor, rules, speaker, used);
            for (role, relation) in [Relation::AgentHere, Relation::TargetHere].into_iter().enumerate() {
                if self.here.contains(&(role, *actor)) {
                    features.push(Feature::of(relation));
                }
            }
        }
        let nobody = (None, &mut self.nobody);
        let actors = self.actors.iter_mut().map(|(actor, features)| (Some(*actor), features));
        for (actor, features) in actors.chain([nobody]) {
            features.sort_unstable();
            features.dedup();
            let mut scores = [0, 0];
            features.iter().for_each(|feature| add(&mut scores, weigh(*feature, deed)));
            self.candidates.push(Candidate {
                actor,
                scores,
                is_place: features.iter().any(|feature| *feature == Feature::of(Relation::IsTerritory)),
            });
            if keep {
                self.features.push(features.clone());
            }
        }
        self.cases.push(Case { mention, frame, deed, by_rule: rules.completed, from, to: self.candidates.len() });
        for (role, actor) in [rules.shown.agent, rules.shown.target].into_iter().enumerate() {
            let new = actor.map(|actor| (role, actor)).filter(|pair| !self.here.contains(pair));
            self.here.extend(new);
        }
    }

    /// Gives agent and target of every hit to `give`, and each candidate to `tell`.
    ///
    /// `is_short_for` says whether the name of the first actor is short for the second.
    pub fn finish(
        &mut self,
        is_short_for: impl Fn(ActorId, ActorId) -> bool,
        mut give: impl FnMut(usize, [Choice; 2]),
        mut tell: impl FnMut(Ranked),
    ) {
        let Self { candidates, features, cases, elsewhere, .. } = self;
        for case in &*cases {
            let clear = [0, 1].map(|role| {
                let scores = candidates[case.from..case.to].iter().map(|candidate| {
                    let unknown = candidate.actor.map_or(0, |_| Elsewhere::unknown(case.deed)[role]);
                    candidate.scores[role] + unknown
                });
                let best = Best::of(scores);
                let actor = candidates[case.from + best.at].actor;
                actor.filter(|_| best.first - best.second >= CLEAR)
            });
            elsewhere.note(case.frame, clear);
        }
        for (number, case) in cases.iter().enumerate() {
            let candidates = &mut candidates[case.from..case.to];
            elsewhere.look(number, case.frame, candidates.iter().filter_map(|candidate| candidate.actor));
            for (at, candidate) in (case.from..).zip(candidates.iter_mut()) {
                let Some(actor) = candidate.actor else { continue };
                for feature in elsewhere.features(actor) {
                    add(&mut candidate.scores, weigh(feature, case.deed));
                    if let Some(features) = features.get_mut(at) {
                        features.push(feature);
                    }
                }
            }
            let leads = leads(candidates);
            let by_rule = [case.by_rule.agent, case.by_rule.target];
            let pair = by_rule.iter().all(Option::is_some);
            give(case.mention, [0, 1].map(|role| pick(candidates, role, &leads, by_rule[role], pair, &is_short_for)));
            let kept = features.get_mut(case.from..case.to).unwrap_or_default();
            for (candidate, features) in candidates.iter().zip(kept).filter(|(_, features)| !features.is_empty()) {
                let features = std::mem::take(features);
                let (mention, deed) = (case.mention, case.deed);
                tell(Ranked { mention, actor: candidate.actor, scores: candidate.scores, deed, features });
            }
        }
    }
}

/// By how much each candidate is ahead of all others in each role, negative where it is behind, when the other role is
/// given as well as can be: nobody acts on himself.
fn leads(candidates: &[Candidate]) -> Vec<Weights> {
    let best = [0, 1].map(|role| Best::of(candidates.iter().map(|candidate| candidate.scores[role])));
    let whole = |at: usize, role: usize| {
        let other = best[1 - role];
        let free = candidates[at].actor.is_none() || other.at != at;
        let both = candidates[at].scores[1 - role] - SAME;
        candidates[at].scores[role] + if free { other.first } else { other.second.max(both) }
    };
    let sums = [0, 1].map(|role| (0..candidates.len()).map(|at| whole(at, role)).collect::<Vec<_>>());
    let tops = [0, 1].map(|role| Best::of(sums[role].iter().copied()));
    let lead = |at: usize, role: usize| {
        let other = if tops[role].at == at { tops[role].second } else { tops[role].first };
        sums[role][at] - other
    };
    (0..candidates.len()).map(|at| [lead(at, 0), lead(at, 1)]).collect()
}

/// The actor who is far enough ahead, or who is one of a pair that the sentences before name. Against the rules' answer,
/// where it is in the sentence too, only a firm lead counts. Of two who are far more likely than nobody, as "Georgia and
/// Armenia" or "Tavush region of Armenia", the rules' answer is given if they are about as likely, else who is ahead.
fn pick(
    candidates: &[Candidate],
    role: usize,
    leads: &[Weights],
    by_rule: Option<ActorId>,
    pair: bool,
    is_short_for: &impl Fn(ActorId, ActorId) -> bool,
) -> Choice {
    let nobody = candidates.iter().find(|candidate| candidate.actor.is_none());
    let nobody = nobody.map_or(0, |candidate| candidate.scores[role]);
    let ahead = |at: &usize| {
        let actor = candidates[*at].actor;
        let of_rule = || candidates.iter().find(|candidate| candidate.actor == by_rule);
        let both_likely = || of_rule().is_some_and(|found| found.scores[role] - nobody >= FIRM[role]);
        let over_nobody = || candidates[*at].scores[role] - nobody;
        let needed = match by_rule {
            Some(_) if actor == by_rule && over_nobody() >= FIRM[role] => -AGREED[role],
            Some(_) if actor == by_rule => AHEAD[role] - AGREED[role],
            Some(_) if of_rule().is_some() && !both_likely() => FIRM[role],
            _ if candidates[*at].is_place => AHEAD[role] - PLACE[role],
            _ => AHEAD[role],
        };
        actor.is_some() && leads[*at][role] >= needed
    };
    if let Some(at) = (0..leads.len()).find(ahead) {
        // who was named in full before is meant by the short name too
        let in_full = by_rule.filter(|group| candidates[at].actor.is_some_and(|people| is_short_for(people, *group)));
        if in_full.is_some() {
            return (in_full, Tier::Ambiguous);
        }
        let firm = leads[at][role] >= FIRM[role];
        return (candidates[at].actor, if firm { Tier::Firm } else { Tier::Ambiguous });
    }
    let elsewhere = by_rule.filter(|actor| pair && candidates.iter().all(|candidate| candidate.actor != Some(*actor)));
    (elsewhere, if elsewhere.is_some() { Tier::Ambiguous } else { Tier::None })
}

/// The highest of some scores, and the next.
#[derive(Debug, Clone, Copy)]
struct Best {
    at: usize,
    first: i32,
    second: i32,
}

impl Best {
    /// Lower than any score, and far from the least number.
    const NONE: i32 = -1_000_000;

    fn of(scores: impl Iterator<Item = i32>) -> Self {
        let mut best = Self { at: 0, first: Self::NONE, second: Self::NONE };
        for (at, score) in scores.enumerate() {
            if score > best.first {
                best = Self { at, first: score, second: best.first };
            } else {
                best.second = best.second.max(score);
            }
        }
        best
    }
}

/// What the rules say of an actor. A number tells for which role: 0 agent, 1 target.
fn add_answers(features: &mut Vec<Feature>, actor: ActorId, rules: Answers, speaker: Option<ActorId>, used: Use) {
    for (role, (found, known)) in rules.by_role().into_iter().enumerate() {
        if found == Some(actor) {
            let rule = Feature::of(Relation::Rule).number(role);
            features.extend([rule, rule.used(used)]);
        } else if known == Some(actor) {
            features.push(Feature::of(Relation::Remembered).number(role));
        }
    }
    if speaker == Some(actor) {
        features.push(Feature::of(Relation::Speaker));
    }
}

fn add_nobody(features: &mut Vec<Feature>, actors: usize, rules: Answers, used: Use) {
    let nobody = Feature::of(Relation::Nobody);
    features.extend([nobody, nobody.used(used), Feature::of(Relation::NobodyOf).number(actors.min(4))]);
    for (role, (found, _)) in rules.by_role().into_iter().enumerate() {
        if found.is_none() {
            features.push(Feature::of(Relation::NobodyByRule).number(role));
        }
    }
}
