//! Stage 6, voice: mentions of framing terms in, a [`Voicing`] of each out: who says it, and about whom.
//!
//! Quotations are paired per paragraph; a sentence with a framing hit is read once for its clauses and cues
//! (`dictionaries/cues.csv`), and each hit in it gets the first voice that fits: denied, scare, quoted, attributed,
//! hypothetical, own. Every answer names its rule (`RULES`) and the words that decided. Mentions of actors have no
//! voice. Nothing is refused.

mod added;
mod antecedent;
mod attribution;
mod blocks;
mod claim;
mod classify;
mod clause;
mod cues;
mod dashes;
mod deed;
mod demanded;
mod denial;
mod elsewhere;
mod feature;
mod grammar;
mod granted;
mod introduced;
mod lexicon;
mod memory;
mod mends;
mod naming;
mod phrases;
mod pieces;
mod place;
mod planned;
mod possibility;
mod posts;
mod quotations;
mod ranking;
mod relations;
mod report_cues;
mod rules;
mod sheet;
mod source;
mod speaker;
mod speaker_ranking;
mod speech;
mod spokesman;
mod subject;
mod target;
#[cfg(test)]
mod tests;
mod ties;
mod trace;
mod trailing;
mod voicer;
mod voices;
mod walk;
mod walk_subject;
mod weights;
mod word_class;
mod words;

pub(crate) use relations::role_relations;
pub(crate) use rules::RULES;
pub use rules::{Rule, RuleExample, rule};
pub use speech::Speech;
pub use trace::{RoleTrace, SpeakerTrace};
pub use voicer::VoiceScratch;
pub(crate) use voicer::Voicer;
pub use voices::MentionVoices;

use crate::codebook::Stance;
use crate::id::ActorId;
use crate::span::NormSpan;
use serde::Deserialize;

/// A framing hit in its sentence: its bytes, and its first and last word.
#[derive(Debug, Clone, Copy)]
struct Hit {
    span: NormSpan,
    first: usize,
    last: usize,
}

/// Whose words a framing term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    Own,
    Hypothetical,
    Attributed,
    Quoted,
    Scare,
    Denied,
}

impl Voice {
    pub const ALL: [Self; 6] =
        [Self::Own, Self::Hypothetical, Self::Attributed, Self::Quoted, Self::Scare, Self::Denied];

    pub fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Hypothetical => "hypothetical",
            Self::Attributed => "attributed",
            Self::Quoted => "quoted",
            Self::Scare => "scare",
            Self::Denied => "denied",
        }
    }
}

/// How sure the answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// A strong cue or a quotation decided.
    Firm,
    /// A weak or demand cue decided.
    Ambiguous,
    /// There was no cue.
    None,
}

impl Tier {
    pub const ALL: [Self; 3] = [Self::Firm, Self::Ambiguous, Self::None];

    pub fn name(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::Ambiguous => "ambiguous",
            Self::None => "none",
        }
    }
}

/// The voice of one framing hit, and who does what to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Voicing {
    pub voice: Voice,
    pub tier: Tier,
    /// The words that decided.
    pub cue: Option<NormSpan>,
    /// How the article stands to what was said; `None` where no cue of the codebook decided.
    pub stance: Option<Stance>,
    /// Who speaks, rolled up.
    pub speaker: Option<ActorId>,
    /// Who does it, rolled up.
    pub agent: Option<ActorId>,
    /// To whom it is done, rolled up.
    pub target: Option<ActorId>,
    /// Firm where rules and ranking agree, none where nobody was found.
    pub agent_tier: Tier,
    pub target_tier: Tier,
    /// The rule that decided; every name is documented and shown by `explain`.
    pub rule: &'static str,
}

impl Voicing {
    /// In the article's own voice, without any cue.
    pub const OWN: Self = Self {
        voice: Voice::Own,
        tier: Tier::None,
        cue: None,
        stance: None,
        speaker: None,
        agent: None,
        target: None,
        agent_tier: Tier::None,
        target_tier: Tier::None,
        rule: "own",
    };

    /// The agent, where the answer is firm.
    pub fn firm_agent(&self) -> Option<ActorId> {
        self.agent.filter(|_| self.agent_tier == Tier::Firm)
    }

    /// The target, where the answer is firm.
    pub fn firm_target(&self) -> Option<ActorId> {
        self.target.filter(|_| self.target_tier == Tier::Firm)
    }
}
