//! Hand coding: the key of a sample and the sheets that people filled in, an answer of people for each item out.
//!
//! Comes in: files as text. Goes out: [`Key`]s and [`CodedSheet`]s, and of both together a [`HandCoding`]. Refused: a key that was
//! changed, a sheet without items, items of another sample. What a person wrote and the program cannot read is reported with
//! its row and cell, and kept ([`Unread`]). The format is described in `docs/coding-format.md`.

mod answers;
mod exports;
mod gather;
mod gold;
mod key;
mod raw;
mod sheet;

pub use answers::Answer;
pub use gather::Gathered;
pub(crate) use gold::is_right;
pub use gold::{Adjudication, AnswersByField, HandCoding, Judged, truth};
pub(crate) use key::KEY_COLUMNS;
pub use key::{GROUP, Key, KeyRow, Stratum};
pub(crate) use raw::RawRow;
pub use raw::RawSheet;
pub use sheet::{CodedSheet, SheetRow, Unread};

/// What is drawn and judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Hits of framing terms.
    Hits,
    /// Mentions of actors.
    Actors,
    /// Agent, target and speaker of framing hits.
    Roles,
    /// Sentences without any framing hit.
    Misses,
    /// Lines of articles.
    Zones,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Hits, Self::Actors, Self::Roles, Self::Misses, Self::Zones];

    pub fn name(self) -> &'static str {
        match self {
            Self::Hits => "hits",
            Self::Actors => "actors",
            Self::Roles => "roles",
            Self::Misses => "misses",
            Self::Zones => "zones",
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The letter with which the ids of its items begin.
    pub fn letter(self) -> char {
        match self {
            Self::Hits => 'h',
            Self::Actors => 'a',
            Self::Roles => 'r',
            Self::Misses => 'm',
            Self::Zones => 'z',
        }
    }

    /// What is to be filled in, in the order of the columns.
    pub fn fields(self) -> &'static [Field] {
        use Field::{Actor, Agent, MissedFrames, RightSense, Speaker, Target, Terms, Voice, Zone};
        match self {
            Self::Hits => &[RightSense, Voice, Speaker, Agent, Target],
            Self::Actors => &[RightSense, Actor],
            Self::Roles => &[RightSense, Speaker, Agent, Target],
            Self::Misses => &[MissedFrames, Terms],
            Self::Zones => &[Zone],
        }
    }
}

/// A column that people fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    RightSense,
    Voice,
    Speaker,
    Agent,
    Target,
    Actor,
    MissedFrames,
    /// The words of the missed hits: free text.
    Terms,
    Zone,
}

impl Field {
    pub const ALL: [Self; 9] = [
        Self::RightSense,
        Self::Voice,
        Self::Speaker,
        Self::Agent,
        Self::Target,
        Self::Actor,
        Self::MissedFrames,
        Self::Terms,
        Self::Zone,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::RightSense => "right_sense",
            Self::Voice => "voice",
            Self::Speaker => "speaker",
            Self::Agent => "agent",
            Self::Target => "target",
            Self::Actor => "actor",
            Self::MissedFrames => "missed_frames",
            Self::Terms => "terms",
            Self::Zone => "zone",
        }
    }

    /// Whether its cells hold ids of actors.
    pub fn is_actor(self) -> bool {
        matches!(self, Self::Speaker | Self::Agent | Self::Target | Self::Actor)
    }
}

/// The columns of every sheet beside those of its fields.
pub(crate) const ITEM: &str = "item";
pub(crate) const NOTE: &str = "note";
pub const CODER: &str = "coder";
/// The answer "there is none" as people write it.
pub(crate) const NOBODY: &str = "-";
/// The code of a hit that means what its frame is about.
pub(crate) const RIGHT: &str = "1";
pub(crate) const WRONG: &str = "0";
