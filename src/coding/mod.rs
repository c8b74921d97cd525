//! Hand coding: the key of a sample and the sheets that people filled in, an answer of people for each item out.
//!
//! Comes in: files as text. Goes out: [`Key`]s and [`CodedSheet`]s, and of both together a [`HandCoding`]. Refused: a key that was
//! changed, a sheet without items, items of another sample. What a person wrote and the program cannot read is reported with
//! its row and cell, and kept ([`Unread`]). The format is described in `docs/coding-format.md`.

use crate::named::named;

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

named! {
    /// What is drawn and judged.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Kind {
        /// Hits of framing terms.
        Hits = "hits",
        /// Mentions of actors.
        Actors = "actors",
        /// Agent, target and speaker of framing hits.
        Roles = "roles",
        /// Sentences without any framing hit.
        Misses = "misses",
        /// Lines of articles.
        Zones = "zones",
    }
}

impl Kind {
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

named! {
    /// A column that people fill in.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Field {
        RightSense = "right_sense",
        Voice = "voice",
        Speaker = "speaker",
        Agent = "agent",
        Target = "target",
        Actor = "actor",
        MissedFrames = "missed_frames",
        /// The words of the missed hits: free text.
        Terms = "terms",
        Zone = "zone",
    }
}

impl Field {
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
