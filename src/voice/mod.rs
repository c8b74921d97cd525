//! Stage 6, voice: mentions of framing terms in, a [`Voicing`] of each out: who says it, and about whom.

use crate::id::ActorId;
use crate::span::NormSpan;

/// Whose words a framing term is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// Who speaks, rolled up.
    pub speaker: Option<ActorId>,
    /// Who does it, rolled up.
    pub agent: Option<ActorId>,
    /// To whom it is done, rolled up.
    pub target: Option<ActorId>,
    /// The rule that decided; every name is documented and shown by `explain`.
    pub rule: &'static str,
}

impl Voicing {
    /// In the article's own voice, without any cue.
    pub const OWN: Self =
        Self { voice: Voice::Own, tier: Tier::None, cue: None, speaker: None, agent: None, target: None, rule: "own" };
}

/// stand-in
#[derive(Debug)]
pub struct Voicer;
#[derive(Debug, Default)]
pub struct VoiceScratch;
impl VoiceScratch {
    pub fn unclosed_quotes(&self) -> u64 {
        0
    }
}
impl Voicer {
    pub fn new(_: &crate::codebook::Codebook) -> crate::error::Result<Self> {
        Ok(Self)
    }
    pub fn read(
        &self,
        _view: &crate::normalise::View,
        _raw: &str,
        _p: &[crate::zones::Passage],
        _s: &[crate::segment::Sentence],
        mentions: &[crate::tag::Mention],
        _x: &mut VoiceScratch,
        out: &mut Vec<Option<Voicing>>,
    ) {
        out.clear();
        out.extend(mentions.iter().map(|m| match m.entry {
            crate::tag::Entry::Alias(_) => None,
            _ => Some(Voicing::OWN),
        }));
    }
}
