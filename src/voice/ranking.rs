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
use super::weights::{Sum, Weights, add, weigh};
use crate::codebook::TermDeed;
use crate::id::{ActorId, FrameId};

/// By how much an actor must be ahead of all others and of nobody to be given, to be given against the rules' answer, and
/// to be firm; in tenths of a logit.
const AHEAD: Weights = [7, 9];
const SURE: Weights = [24, 24];
const FIRM: Weights = [28, 26];
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
    /// What the rules and the hits before say of one actor.
    answers: Vec<Feature>,
    sum: Sum,
    candidates: Vec<Candidate>,
    /// Those of each candidate, kept for those who ask how the roles were found. Beside the candidates, not in them:
    /// without these a candidate of a long article takes 20 bytes instead of 48.
    features: Vec<Vec<Feature>>,
    cases: Vec<Case>,
    /// Whom the rules gave which role in the last sentence.
    here: Vec<(usize, ActorId)>,
    sentence: u32,
    elsewhere: Elsewhere,
    ahead: Vec<Weights>,
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
        let Question { deed, rules, speaker, .. } = *question;
        if self.sentence != question.sentence {
            (self.sentence, _) = (question.sentence, self.here.clear());
        }
        let from = self.candidates.len();
        if r.names.is_empty() && !keep {
            // Nobody is the only candidate, whatever speaks for it.
            self.candidates.push(Candidate { actor: None, scores: [0, 0], is_place: false });
            self.add_case(question, from);
            return;
        }
        let used = ties(r, hit, &mut self.ties, &mut self.nobody);
        for (at, (name, features)) in r.names.iter().zip(&self.ties).enumerate() {
            let actor = name.fact.actor;
            let known = || self.candidates[from..].iter().any(|known| known.actor == Some(actor));
            if features.is_empty() || known() {
                continue;
            }
            self.answers.clear();
            add_answers(&mut self.answers, actor, rules, speaker, used);
            for (role, relation) in [Relation::AgentHere, Relation::TargetHere].into_iter().enumerate() {
                if self.here.contains(&(role, actor)) {
                    self.answers.push(Feature::of(relation));
                }
            }
            // The actor may be named again.
            let names = r.names[at..].iter().zip(&self.ties[at..]).filter(|(name, _)| name.fact.actor == actor);
            let features = names.flat_map(|(_, features)| features).chain(&self.answers).copied();
            self.candidates.push(Candidate {
                actor: Some(actor),
                scores: self.sum.of_roles(features.clone(), deed),
                is_place: features.clone().any(|feature| feature == Feature::of(Relation::IsTerritory)),
            });
            if keep {
                self.features.push(in_order(features));
            }
        }
        add_nobody(&mut self.nobody, self.candidates.len() - from, rules, used);
        let nobody = self.nobody.iter().copied();
        self.candidates.push(Candidate {
            actor: None,
            scores: self.sum.of_roles(nobody.clone(), deed),
            is_place: false,
        });
        if keep {
            self.features.push(in_order(nobody));
        }
        self.add_case(question, from);
    }

    /// Ends with a hit whose candidates begin at `from`.
    fn add_case(&mut self, question: &Question, from: usize) {
        let Question { mention, frame, deed, rules, .. } = *question;
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
        let Self { candidates, features, cases, elsewhere, ahead, .. } = self;
        let mut unknown = [None; TermDeed::NAMES.len() + 1];
        let mut unknown = |deed: Option<TermDeed>| {
            let known = &mut unknown[deed.map_or(0, |deed| deed as usize + 1)];
            *known.get_or_insert_with(|| Elsewhere::unknown(deed))
        };
        for case in &*cases {
            let unseen = unknown(case.deed);
            let clear = [0, 1].map(|role| {
                let scores = candidates[case.from..case.to].iter().map(|candidate| {
                    let unknown = candidate.actor.map_or(0, |_| unseen[role]);
                    candidate.scores[role] + unknown
                });
                let best = Best::of(scores);
                let actor = candidates[case.from + best.at].actor;
                actor.filter(|_| best.first - best.second >= CLEAR)
            });
            elsewhere.note(case.frame, clear);
        }
        elsewhere.count_pairs();
        for (number, case) in cases.iter().enumerate() {
            let candidates = &mut candidates[case.from..case.to];
            elsewhere.look(number, case.frame, candidates.iter().filter_map(|candidate| candidate.actor));
            for (at, candidate) in (case.from..).zip(candidates.iter_mut()) {
                let Some(actor) = candidate.actor else { continue };
                if features.is_empty() && !elsewhere.shows(actor) {
                    add(&mut candidate.scores, unknown(case.deed));
                    continue;
                }
                for feature in elsewhere.features(actor) {
                    add(&mut candidate.scores, weigh(feature, case.deed));
                    if let Some(features) = features.get_mut(at) {
                        features.push(feature);
                    }
                }
            }
            leads(candidates, ahead);
            let by_rule = [case.by_rule.agent, case.by_rule.target];
            let pair = by_rule.iter().all(Option::is_some);
            give(case.mention, [0, 1].map(|role| pick(candidates, role, ahead, by_rule[role], pair, &is_short_for)));
            let kept = features.get_mut(case.from..case.to).unwrap_or_default();
            for (candidate, features) in candidates.iter().zip(kept).filter(|(_, features)| !features.is_empty()) {
                let features = std::mem::take(features);
                let (mention, deed) = (case.mention, case.deed);
                tell(Ranked { mention, actor: candidate.actor, scores: candidate.scores, deed, features });
            }
        }
    }
}

/// Each feature once, for those who ask.
fn in_order(features: impl Iterator<Item = Feature>) -> Vec<Feature> {
    let mut features: Vec<Feature> = features.collect();
    features.sort_unstable();
    features.dedup();
    features
}

/// By how much each candidate is ahead of all others in each role, negative where it is behind, when the other role is
/// given as well as can be: nobody acts on himself.
fn leads(candidates: &[Candidate], leads: &mut Vec<Weights>) {
    let best = [0, 1].map(|role| Best::of(candidates.iter().map(|candidate| candidate.scores[role])));
    let whole = |at: usize, role: usize| {
        let other = best[1 - role];
        let free = candidates[at].actor.is_none() || other.at != at;
        let both = candidates[at].scores[1 - role] - SAME;
        candidates[at].scores[role] + if free { other.first } else { other.second.max(both) }
    };
    let tops = [0, 1].map(|role| Best::of((0..candidates.len()).map(|at| whole(at, role))));
    let lead = |at: usize, role: usize| {
        let other = if tops[role].at == at { tops[role].second } else { tops[role].first };
        whole(at, role) - other
    };
    leads.clear();
    leads.extend((0..candidates.len()).map(|at| [lead(at, 0), lead(at, 1)]));
}

/// The actor who is far enough ahead, or who is one of a pair that the sentences before name. Against the rules' answer,
/// where it is in the sentence too, only a sure lead counts. Of two who are far more likely than nobody, as "Georgia and
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
        let both_likely = || of_rule().is_some_and(|found| found.scores[role] - nobody >= SURE[role]);
        let over_nobody = || candidates[*at].scores[role] - nobody;
        let needed = match by_rule {
            Some(_) if actor == by_rule && over_nobody() >= SURE[role] => -AGREED[role],
            Some(_) if actor == by_rule => AHEAD[role] - AGREED[role],
            Some(_) if both_likely() && over_nobody() >= SURE[role] => AHEAD[role] - AGREED[role],
            Some(_) if of_rule().is_some() && !both_likely() => SURE[role],
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
