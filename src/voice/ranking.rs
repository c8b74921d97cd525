//! Agent and target: the actors of the sentence are ranked by what speaks for them.
//!
//! Each has features ([`ties`]); their weights (`data/roles.csv`) were fitted to labelled hits of news. What the rules
//! answered is one feature among them. An answer is firm where rules and ranking agree.

use super::Hit;
use super::Tier;
use super::clause::Reading;
use super::feature::{Feature, Relation, Use};
use super::target::Roles;
use super::ties::ties;
use crate::codebook::TermDeed;
use crate::id::ActorId;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Weights as agent and as target.
type Weights = [i32; 2];

static WEIGHTS: LazyLock<FxHashMap<Feature, Weights>> = LazyLock::new(|| {
    let rows = include_str!("data/roles.csv").lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let feature = Feature::parse(cells.next()?)?;
        Some((feature, [cells.next()?.parse().ok()?, cells.next()?.parse().ok()?]))
    });
    rows.collect()
});

/// By how much an actor must be ahead of all others and of nobody to be given, and to be firm; in tenths of a logit.
const AHEAD: Weights = [9, 9];
const FIRM: Weights = [9, 10];
/// How far what the rules found may be behind and is still given.
const BEHIND: Weights = [8, 8];

/// An actor of the sentence as agent or target, or nobody.
#[derive(Debug, Clone, Default)]
pub(super) struct Candidate {
    pub actor: Option<ActorId>,
    pub features: Vec<Feature>,
    pub scores: Weights,
}

/// The buffers of the ranking; the candidates of the last hit stay in `candidates`.
#[derive(Debug, Clone, Default)]
pub(super) struct Ranking {
    ties: Vec<Vec<Feature>>,
    pub candidates: Vec<Candidate>,
}

/// Whom the ranking chose, and how sure that is.
pub(super) type Choice = (Option<ActorId>, Tier);

impl Ranking {
    /// Agent and target of a hit. `rules` is what the rules found, `speaker` who speaks.
    pub fn choose(
        &mut self,
        r: &Reading,
        hit: &Hit,
        deed: Option<TermDeed>,
        rules: Roles,
        speaker: Option<ActorId>,
    ) -> [Choice; 2] {
        let used = ties(r, hit, &mut self.ties);
        self.candidates.clear();
        for (name, features) in r.names.iter().zip(&self.ties).filter(|(_, features)| !features.is_empty()) {
            let actor = Some(name.fact.actor);
            match self.candidates.iter_mut().find(|candidate| candidate.actor == actor) {
                Some(candidate) => candidate.features.extend(features),
                None => self.candidates.push(Candidate { actor, features: features.clone(), scores: [0, 0] }),
            }
        }
        let actors = self.candidates.len();
        for candidate in &mut self.candidates {
            add_answers(candidate, rules, speaker, deed, used);
        }
        self.candidates.push(Candidate { actor: None, features: nobody(actors, rules, deed, used), scores: [0, 0] });
        for candidate in &mut self.candidates {
            let weights = candidate.features.iter().filter_map(|feature| WEIGHTS.get(feature));
            candidate.scores = weights.fold([0, 0], |sum, weight| [sum[0] + weight[0], sum[1] + weight[1]]);
        }
        let agent = self.pick(0, rules.agent);
        let target = self.pick(1, rules.target);
        if agent.0.is_some() && agent.0 == target.0 {
            // One of them is wrong.
            let weaker = usize::from(self.lead(0, agent.0) >= self.lead(1, target.0));
            let mut both = [agent, target];
            both[weaker] = (None, Tier::None);
            return both;
        }
        [agent, target]
    }

    /// By how much an actor is ahead of the best of the others; negative where it is behind.
    fn lead(&self, role: usize, actor: Option<ActorId>) -> i32 {
        let of = |same: bool| {
            let scores = self.candidates.iter().filter(|candidate| (candidate.actor == actor) == same);
            scores.map(|candidate| candidate.scores[role]).max()
        };
        of(true).zip(of(false)).map_or(0, |(own, other)| own - other)
    }

    fn pick(&self, role: usize, by_rule: Option<ActorId>) -> Choice {
        let best = self.candidates.iter().rev().max_by_key(|candidate| candidate.scores[role]);
        let best =
            best.and_then(|candidate| candidate.actor).filter(|actor| self.lead(role, Some(*actor)) >= AHEAD[role]);
        if let Some(actor) = by_rule {
            let named = self.candidates.iter().any(|candidate| candidate.actor == by_rule);
            let lead = self.lead(role, by_rule);
            if !named || best.is_none_or(|best| best == actor) && lead >= -BEHIND[role] {
                let firm = named && lead >= FIRM[role];
                return (by_rule, if firm { Tier::Firm } else { Tier::Ambiguous });
            }
        }
        (best, if best.is_some() { Tier::Ambiguous } else { Tier::None })
    }
}

/// What the rules say of an actor, and each tie once more with the deed of the term.
fn add_answers(candidate: &mut Candidate, rules: Roles, speaker: Option<ActorId>, deed: Option<TermDeed>, used: Use) {
    let features = &mut candidate.features;
    features.sort_unstable();
    features.dedup();
    if let Some(deed) = deed {
        for at in 0..features.len() {
            if features[at].is_tie() {
                features.push(features[at].deed(deed));
            }
        }
    }
    let actor = candidate.actor;
    // A number tells for which role the rules gave the actor: 0 agent, 1 target.
    for (role, found) in [rules.agent, rules.target].into_iter().enumerate() {
        if found.is_some() && found == actor {
            features.push(Feature::of(Relation::Rule).number(role));
            features.push(Feature::of(Relation::Rule).number(role).used(used));
        }
    }
    if speaker.is_some() && speaker == actor {
        features.push(Feature::of(Relation::Speaker));
    }
}

fn nobody(actors: usize, rules: Roles, deed: Option<TermDeed>, used: Use) -> Vec<Feature> {
    let nobody = Feature::of(Relation::Nobody);
    let mut features = vec![nobody, nobody.used(used), Feature::of(Relation::NobodyOf).number(actors.min(4))];
    features.extend(deed.map(|deed| nobody.deed(deed)));
    for (role, found) in [rules.agent, rules.target].into_iter().enumerate() {
        if found.is_none() {
            features.push(Feature::of(Relation::NobodyByRule).number(role));
        }
    }
    features
}
