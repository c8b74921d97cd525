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

/// An actor, whom it acts on or suffers from, and at how many hits.
type ActedOn = ((ActorId, ActorId), usize);

#[derive(Debug, Clone, Default)]
pub(super) struct Elsewhere {
    /// What each hit showed.
    hits: Vec<(FrameId, [Option<ActorId>; 2])>,
    of_frame: FxHashMap<(FrameId, ActorId), Times>,
    of_all: FxHashMap<ActorId, Times>,
    /// Who acts on whom and at how many hits, by agent, and the same by target.
    acting: Vec<ActedOn>,
    suffering: Vec<ActedOn>,
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
        self.acting.clear();
        self.suffering.clear();
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
            self.acting.push(((agent, target), 1));
        }
        self.hits.push((frame, roles));
    }

    /// To be called when all hits are noted.
    pub fn count_pairs(&mut self) {
        self.acting.sort_unstable();
        self.acting.dedup_by(|(pair, again), (known, times)| {
            let is_known = pair == known;
            *times += if is_known { *again } else { 0 };
            is_known
        });
        self.suffering.extend(self.acting.iter().map(|((agent, target), times)| ((*target, *agent), *times)));
        self.suffering.sort_unstable();
    }

    /// Looks at a hit: what follows is asked of the others.
    pub fn look(&mut self, number: usize, frame: FrameId, present: impl Iterator<Item = ActorId>) {
        (self.number, self.frame) = (number, Some(frame));
        self.present.clear();
        self.present.extend(present.take(OPPONENTS));
    }

    /// What the features of an actor whom no other hit shows weigh.
    pub fn unknown(deed: Option<TermDeed>) -> Weights {
        let mut sum = [0, 0];
        Self::counted([0, 0], [0, 0]).iter().for_each(|feature| add(&mut sum, weigh(*feature, deed)));
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

    /// Whether any hit shows the actor.
    pub fn shows(&self, actor: ActorId) -> bool {
        self.of_all.contains_key(&actor)
    }

    /// What the other hits show of an actor of the sentence.
    pub fn features(&self, actor: ActorId) -> impl Iterator<Item = Feature> + use<> {
        let own = self.hits[self.number].1;
        let of_frame = self.frame.and_then(|frame| self.of_frame.get(&(frame, actor))).copied().unwrap_or_default();
        let of_all = self.of_all.get(&actor).copied().unwrap_or_default();
        let here = own.map(|own| usize::from(own == Some(actor)));
        let same = [of_frame[0] - here[0], of_frame[1] - here[1]];
        let other = [of_all[0] - of_frame[0], of_all[1] - of_frame[1]];
        let any = |pairs: &[ActedOn], own: [Option<ActorId>; 2]| {
            let from = pairs.partition_point(|((first, _), _)| *first < actor);
            pairs[from..].iter().take_while(|((first, _), _)| *first == actor).any(|((first, other), times)| {
                *times > usize::from(own == [Some(*first), Some(*other)]) && self.present.contains(other)
            })
        };
        let agent = any(&self.acting, own).then_some(Feature::of(Relation::PairAgent));
        let target = any(&self.suffering, [own[1], own[0]]).then_some(Feature::of(Relation::PairTarget));
        Self::counted(same, other).into_iter().chain(agent).chain(target)
    }
}
