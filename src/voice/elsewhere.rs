//! What the other hits of the article show of an actor: how often he clearly acts or suffers, and against whom.

use super::feature::{Feature, Relation};
use super::weights::{Weights, add, weigh};
use crate::codebook::TermDeed;
use crate::id::{ActorId, FrameId};
use rustc_hash::FxHashMap;

/// How many actors of a sentence are asked for whom they act on.
const OPPONENTS: usize = 24;
/// More times than this are not told apart.
const MOST: usize = 4;

/// As agent and as target.
type Times = [usize; 2];

#[derive(Debug, Clone, Default)]
pub(super) struct Elsewhere {
    /// What each hit showed.
    hits: Vec<(FrameId, [Option<ActorId>; 2])>,
    of_frame: FxHashMap<(FrameId, ActorId), Times>,
    of_all: FxHashMap<ActorId, Times>,
    pairs: FxHashMap<(ActorId, ActorId), usize>,
    /// The hit that is looked at.
    number: usize,
    frame: Option<FrameId>,
    /// The actors of its sentence.
    present: Vec<ActorId>,
}

impl Elsewhere {
    pub fn clear(&mut self) {
        self.hits.clear();
        self.of_frame.clear();
        self.of_all.clear();
        self.pairs.clear();
    }

    /// Notes who clearly acts and suffers at a hit.
    pub fn note(&mut self, frame: FrameId, roles: [Option<ActorId>; 2]) {
        for (role, actor) in roles.into_iter().enumerate() {
            if let Some(actor) = actor {
                self.of_frame.entry((frame, actor)).or_default()[role] += 1;
                self.of_all.entry(actor).or_default()[role] += 1;
            }
        }
        if let [Some(agent), Some(target)] = roles {
            *self.pairs.entry((agent, target)).or_default() += 1;
        }
        self.hits.push((frame, roles));
    }

    /// Looks at a hit: what follows is asked of the others.
    pub fn look(&mut self, number: usize, frame: FrameId, present: impl Iterator<Item = ActorId>) {
        (self.number, self.frame) = (number, Some(frame));
        self.present.clear();
        self.present.extend(present.take(OPPONENTS));
    }

    /// The features of an actor whom no other hit shows.
    fn unseen() -> [Feature; 6] {
        Self::counted([0, 0], [0, 0])
    }

    /// What those weigh.
    pub fn unknown(deed: Option<TermDeed>) -> Weights {
        let mut sum = [0, 0];
        Self::unseen().iter().for_each(|feature| add(&mut sum, weigh(*feature, deed)));
        sum
    }

    fn counted(same: Times, other: Times) -> [Feature; 6] {
        let net = |times: Times, most: usize| (most + times[0].min(most * 2)).saturating_sub(times[1]).min(most * 2);
        [
            Feature::of(Relation::AgentSame).number(same[0].min(MOST - 1)),
            Feature::of(Relation::TargetSame).number(same[1].min(MOST - 1)),
            Feature::of(Relation::AgentOther).number(other[0].min(MOST)),
            Feature::of(Relation::TargetOther).number(other[1].min(MOST)),
            Feature::of(Relation::NetSame).number(net(same, 2)),
            Feature::of(Relation::NetOther).number(net(other, 3)),
        ]
    }

    /// What the other hits show of an actor of the sentence.
    pub fn features(&self, actor: ActorId) -> impl Iterator<Item = Feature> + use<> {
        let own = self.hits[self.number].1;
        let of_frame = self.frame.and_then(|frame| self.of_frame.get(&(frame, actor))).copied().unwrap_or_default();
        let of_all = self.of_all.get(&actor).copied().unwrap_or_default();
        let here = own.map(|own| usize::from(own == Some(actor)));
        let same = [of_frame[0] - here[0], of_frame[1] - here[1]];
        let other = [of_all[0] - of_frame[0], of_all[1] - of_frame[1]];
        let acts = |agent: ActorId, target: ActorId| {
            let times = self.pairs.get(&(agent, target)).copied().unwrap_or_default();
            times > usize::from(own == [Some(agent), Some(target)])
        };
        let any = |of: &dyn Fn(ActorId) -> bool| !self.pairs.is_empty() && self.present.iter().any(|other| of(*other));
        let agent = any(&|other| acts(actor, other)).then_some(Feature::of(Relation::PairAgent));
        let target = any(&|other| acts(other, actor)).then_some(Feature::of(Relation::PairTarget));
        Self::counted(same, other).into_iter().chain(agent).chain(target)
    }
}
