//! The counts of one group.

use super::Merge;
use super::sums::{merged, numbers};
use super::tallies::Tallies;
use super::unit::{CodingUnit, UnitCounts};
use super::usages::Usages;
use super::vocabulary::Vocabulary;
use crate::codebook::Force;
use crate::voice::{Tier, Voice, Voicing};
use std::collections::BTreeMap;
use std::sync::Arc;

merged! {
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct GroupCounts {
        pub articles: u64,
        pub words: u64,
        pub words_dropped: u64,
        pub sentences: u64,
        pub paragraphs: u64,
        /// By actor as coded.
        pub coded: Tallies<u32, ActorTally>,
        /// By the actor rolled up to.
        pub rolled: Tallies<u32, ActorTally>,
        pub frames: Tallies<u32, TermTally>,
        /// The terms of a frame that have one force, together.
        pub forces: Tallies<(u32, Force), TermTally>,
        pub terms: Tallies<u32, TermTally>,
        pub variants: Tallies<u32, VariantTally>,
        /// (term, agent + 1 or 0, target + 1 or 0).
        pub targets: Tallies<(u32, u32, u32), RoleTally>,
        /// (speaker + 1 or 0, term).
        pub speakers: Tallies<(u32, u32), VoiceTally>,
        pub units: BTreeMap<CodingUnit, UnitCounts>,
        pub vocabulary: Vocabulary,
        pub usage: Usages,
    }
}

impl GroupCounts {
    /// Puts what is large into few bytes: of a group that is counted.
    pub fn pack(&mut self) {
        [&mut self.coded, &mut self.rolled].into_iter().for_each(Tallies::pack);
        [&mut self.frames, &mut self.terms].into_iter().for_each(Tallies::pack);
        self.forces.pack();
        self.variants.pack();
        self.targets.pack();
        self.speakers.pack();
        self.usage.pack();
        self.units.values_mut().for_each(UnitCounts::pack);
        self.vocabulary.pack();
    }
}

numbers! {
    /// In how many articles and sentences of the group something occurs.
    pub struct Occurrence {
        pub articles: u64,
        pub sentences: u64,
    }
}

numbers! {
    pub struct ActorTally {
        pub n_name: u64,
        pub n_demonym: u64,
        pub n_metonym: u64,
        /// In no other number.
        pub n_place_use: u64,
        pub occurs: Occurrence,
    }
}

impl ActorTally {
    pub fn n(&self) -> u64 {
        self.n_name + self.n_demonym + self.n_metonym
    }
}

numbers! {
    /// Hits by voice, and the two counts behind the interval of the own-voice share.
    pub struct VoiceTally {
        pub by_voice: [u64; Voice::ALL.len()],
        /// Voice own without any cue.
        pub own_at_least: u64,
        /// Voice own or hypothetical, or any voice that only a weak cue decided.
        pub own_at_most: u64,
    }
}

impl VoiceTally {
    pub fn n(&self) -> u64 {
        self.by_voice.iter().sum()
    }

    pub fn of(&self, voice: Voice) -> u64 {
        self.by_voice[voice as usize]
    }

    pub fn add(&mut self, voicing: &Voicing) {
        self.by_voice[voicing.voice as usize] += 1;
        let own = voicing.voice == Voice::Own;
        self.own_at_least += u64::from(own && voicing.tier == Tier::None);
        let maybe = own || voicing.voice == Voice::Hypothetical || voicing.tier == Tier::Ambiguous;
        self.own_at_most += u64::from(maybe);
    }
}

numbers! {
    /// Hits of one agent and one target, and how sure the two are.
    pub struct RoleTally {
        pub n: u64,
        /// With a firm agent.
        pub agent_firm: u64,
        /// With a firm target.
        pub target_firm: u64,
        /// With both.
        pub both_firm: u64,
    }
}

impl RoleTally {
    pub fn add(&mut self, voicing: &Voicing) {
        let [agent, target] = [voicing.firm_agent(), voicing.firm_target()].map(|actor| actor.is_some());
        self.n += 1;
        self.agent_firm += u64::from(agent);
        self.target_firm += u64::from(target);
        self.both_firm += u64::from(agent && target);
    }
}

numbers! {
    pub struct TermTally {
        pub voices: VoiceTally,
        pub occurs: Occurrence,
    }
}

numbers! {
    pub struct VariantTally {
        pub n: u64,
        pub n_own: u64,
        pub articles: u64,
    }
}

/// How often an entry of the codebook was counted or refused, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UsageTally {
    pub n: u64,
    /// Covered by another hit or a mask.
    pub n_shadowed: u64,
    /// Refused by a guard, the date or the capitals.
    pub n_refused: u64,
    pub articles: u64,
    /// The first counted hit: article id and raw byte.
    pub first: Option<(Arc<str>, u64)>,
}

impl Merge for UsageTally {
    fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.n_shadowed += other.n_shadowed;
        self.n_refused += other.n_refused;
        self.articles += other.articles;
        self.first = match (self.first.take(), other.first.clone()) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
    }
}
