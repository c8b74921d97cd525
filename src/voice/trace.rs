//! What spoke for each actor as agent, target and speaker of a mention, for those who ask.

use super::Voice;
use super::feature::Feature;
use super::weights::{weigh, weigh_speaker};
use crate::codebook::TermDeed;
use crate::id::ActorId;

/// What spoke for one actor, or for nobody, as agent and target of a mention.
#[derive(Debug, Clone)]
pub struct RoleTrace {
    /// The index of the mention.
    pub mention: usize,
    /// Rolled up; `None` is nobody.
    pub actor: Option<ActorId>,
    /// As agent and as target, in tenths of a logit.
    pub scores: [i32; 2],
    pub(super) deed: Option<TermDeed>,
    pub(super) features: Vec<Feature>,
}

/// How many features say why an actor was chosen.
const GROUNDS: usize = 3;

impl RoleTrace {
    /// The features that spoke most for it as agent (0) or as target (1), each with its tenths of a logit.
    pub fn grounds(&self, role: usize) -> String {
        grounds(self.features.iter().map(|feature| (weigh(*feature, self.deed)[role], feature)))
    }

    /// The names of its features, with a space between them.
    pub fn features(&self) -> String {
        names(&self.features)
    }
}

/// What spoke for one actor, or for nobody, as the speaker of a mention.
#[derive(Debug, Clone)]
pub struct SpeakerTrace {
    /// The index of the mention.
    pub mention: usize,
    /// Rolled up; `None` is nobody.
    pub actor: Option<ActorId>,
    /// In tenths of a logit.
    pub score: i32,
    /// Whom the rules found.
    pub by_rule: Option<ActorId>,
    pub(super) voice: Voice,
    pub(super) features: Vec<Feature>,
}

impl SpeakerTrace {
    /// The features that spoke most for it, each with its tenths of a logit.
    pub fn grounds(&self) -> String {
        grounds(self.features.iter().map(|feature| (weigh_speaker(*feature, self.voice), feature)))
    }

    /// The names of its features, with a space between them.
    pub fn features(&self) -> String {
        names(&self.features)
    }
}

/// The features that weigh most, each with its weight.
fn grounds<'a>(weighed: impl Iterator<Item = (i32, &'a Feature)>) -> String {
    let mut grounds: Vec<_> = weighed.filter(|(weight, _)| *weight > 0).collect();
    grounds.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    grounds.truncate(GROUNDS);
    grounds.iter().map(|(weight, feature)| format!("{feature} +{weight}")).collect::<Vec<_>>().join(", ")
}

fn names(features: &[Feature]) -> String {
    features.iter().map(Feature::to_string).collect::<Vec<_>>().join(" ")
}
