//! Stage 4, the codebook: the CSV files of a folder (or the embedded default) in, a [`Codebook`] out.
//!
//! Refused, with file, line and column: unknown or missing columns, unknown kinds, duplicate codes, unknown parents,
//! patterns that do not compile or could match nothing. All faults of all files are reported at once,
//! but for an `actors.csv` or `frames.csv` of which nothing can be read: what refers to it is not looked at then.

mod about;
mod actors;
mod aliases;
mod cues;
mod embedded;
mod expression;
mod frames;
pub mod import;
mod lookup;
mod misc;
mod pairs;
pub(crate) mod pattern;
mod program;
mod read;
mod reported_once;
pub(crate) mod rows;
pub(crate) mod sheet;
mod terms;

pub use about::About;
pub use actors::{Actor, ActorKind};
pub use aliases::{Alias, AliasKind, DateRange};
pub use cues::{Cue, CueForm, CueKind, CueScope, Stance, Strength};
pub use embedded::{FILES as EMBEDDED_FILES, new_files};
pub use frames::Frame;
pub(crate) use lookup::same;
pub use pairs::{Pair, Variant};
pub use read::read_folder;
pub use rows::{CodebookRow, CsvFile};
pub use sheet::delimiter;
pub use terms::{Force, Pattern, Term, TermDeed};

use crate::error::{Error, Fault, Place, Result};
use crate::id::{ActorId, FrameId, PairId};
use crate::segment::Abbreviation;
use crate::zones::{ZoneRow, Zoner};
use reported_once::reported_once;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;

/// Everything the user's files say, checked and cross-referenced.
#[derive(Debug, Clone)]
pub struct Codebook {
    pub about: About,
    pub actors: Vec<Actor>,
    pub aliases: Vec<Alias>,
    pub frames: Vec<Frame>,
    pub terms: Vec<Term>,
    pub pairs: Vec<Pair>,
    pub variants: Vec<Variant>,
    pub cues: Vec<Cue>,
    pub zones: Vec<ZoneRow>,
    /// What `zones` compile to.
    pub zoner: Arc<Zoner>,
    pub abbreviations: Vec<Abbreviation>,
    /// The files as read: name and SHA-256, by name.
    pub files: Vec<(String, String)>,
    /// Changes when any byte of any file changes.
    pub fingerprint: String,
}

/// Whether an entry's capitals must be those of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    Sensitive,
    Insensitive,
}

/// The files of a codebook. Any may be missing.
pub(crate) const FILE_NAMES: [&str; 9] = [
    "codebook.csv",
    "actors.csv",
    "aliases.csv",
    "frames.csv",
    "terms.csv",
    "pairs.csv",
    "cues.csv",
    "zones.csv",
    "abbreviations.csv",
];

impl Codebook {
    /// The default codebook, compiled into the program.
    ///
    /// # Errors
    /// None in a released program: a test reads it.
    pub fn embedded() -> Result<Self> {
        Self::parse(
            EMBEDDED_FILES
                .iter()
                .filter(|(name, _)| name.ends_with(".csv"))
                .map(|(name, text)| CsvFile::ours(name, text))
                .collect(),
        )
    }

    /// Parses a codebook from the texts of its files.
    ///
    /// # Errors
    /// [`Error::Codebook`] with every fault found.
    pub fn parse(files: Vec<CsvFile>) -> Result<Self> {
        let mut faults = Vec::new();
        let empty = CsvFile::default();
        let file = |name: &str| files.iter().find(|file| file.name() == name).unwrap_or(&empty);

        let actors = actors::parse(file("actors.csv"), &mut faults);
        // Where no actor could be read, every row that names one would be a fault too, and bury the real one.
        if actors.is_empty() && !faults.is_empty() {
            return Err(Error::Codebook(reported_once(faults)));
        }
        let actor_ids: HashMap<&str, ActorId> =
            actors.iter().enumerate().map(|(i, actor)| (actor.code.as_str(), ActorId::new(i))).collect();
        let about = about::parse(file("codebook.csv"), &actor_ids, &mut faults);
        let aliases = aliases::parse(file("aliases.csv"), &actor_ids, &mut faults);
        let before = faults.len();
        let frames = frames::parse(file("frames.csv"), &mut faults);
        if frames.is_empty() && faults.len() > before {
            return Err(Error::Codebook(reported_once(faults)));
        }
        let frame_ids: HashMap<&str, FrameId> =
            frames.iter().enumerate().map(|(i, frame)| (frame.code.as_str(), FrameId::new(i))).collect();
        let terms = terms::parse(file("terms.csv"), &frame_ids, &mut faults);
        let (pairs, variants) = pairs::parse(file("pairs.csv"), &actor_ids, &mut faults);
        let cues = cues::parse(file("cues.csv"), &mut faults);
        let (zones, zoner) = misc::zones(file("zones.csv"), &mut faults);
        let zoner = zoner.knowing(misc::known_words(&aliases, &terms, &variants));
        let abbreviations = misc::abbreviations(file("abbreviations.csv"), &mut faults);
        if actors.is_empty() && frames.is_empty() && pairs.is_empty() && faults.is_empty() {
            let place = files.first().map_or(Place::default(), |file| file.place(0, 0));
            faults.push(Fault {
                place,
                what: "no actor, frame or naming pair in this codebook".into(),
                help: "write `actors.csv` with `aliases.csv`, or `frames.csv` with `terms.csv`; `framescope codebook new DIR` makes empty ones".into(),
            });
        }
        if !faults.is_empty() {
            return Err(Error::Codebook(reported_once(faults)));
        }
        let hashes: Vec<(String, String)> = FILE_NAMES
            .iter()
            .filter_map(|name| files.iter().find(|file| file.name() == *name))
            .map(|file| (file.name().to_owned(), hex(&Sha256::digest(file.text()))))
            .collect();
        let mut all = Sha256::new();
        for (name, hash) in &hashes {
            all.update(format!("{name} {hash}\n"));
        }
        let fingerprint = hex(&all.finalize());
        Ok(Self {
            about,
            actors,
            aliases,
            frames,
            terms,
            pairs,
            variants,
            cues,
            zones,
            zoner: Arc::new(zoner),
            abbreviations,
            files: hashes,
            fingerprint,
        })
    }

    /// Whether it says of any term whether it judges.
    pub fn has_forces(&self) -> bool {
        self.terms.iter().any(|term| term.force.is_some())
    }

    /// The last actor of the parent chain: what mentions of `actor` count for after roll-up.
    pub fn rollup(&self, actor: ActorId) -> ActorId {
        let mut at = actor;
        while let Some(parent) = self.actors[at.index()].parent {
            at = parent;
        }
        at
    }

    pub fn actor(&self, code: &str) -> Option<ActorId> {
        self.actors.iter().position(|actor| actor.code == code).map(ActorId::new)
    }

    pub fn frame(&self, code: &str) -> Option<FrameId> {
        self.frames.iter().position(|frame| frame.code == code).map(FrameId::new)
    }

    pub fn pair(&self, code: &str) -> Option<PairId> {
        self.pairs.iter().position(|pair| pair.code == code).map(PairId::new)
    }
}

pub use crate::corpus::hex;
