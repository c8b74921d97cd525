//! The sections of a group: what is counted, by which key, and how many numbers each count has.

use crate::count::CodingUnit;
use crate::voice::Voice;

/// The numbers of one count; a section uses the first [`width`] of them.
pub(super) type Numbers = [u64; WIDEST];

/// Hits by voice, the two ends of the own-voice share, articles and sentences.
const WIDEST: usize = VOICES + 4;
const VOICES: usize = Voice::ALL.len();

/// Names of the sections. Those of a coding unit are `<unit>/<name>`.
pub(super) mod name {
    pub const SIZES: &str = "sizes";
    pub const CODED: &str = "coded";
    pub const ROLLED: &str = "rolled";
    pub const FRAMES: &str = "frames";
    pub const TERMS: &str = "terms";
    pub const NAMES: &str = "names";
    pub const TARGETS: &str = "targets";
    pub const SPEAKERS: &str = "speakers";
    pub const USAGE: &str = "usage";
    pub const UNITS: &str = "units";
    pub const ACTORS: &str = "actors";
    pub const ACTOR_PAIRS: &str = "actor_pairs";
    pub const FRAME_PAIRS: &str = "frame_pairs";
    pub const ACTOR_FRAMES: &str = "actor_frames";
}

/// How many numbers a count of the section has; `None` for a section that does not exist.
pub(super) fn width(section: &str) -> Option<usize> {
    match section {
        name::SIZES | name::UNITS | name::TARGETS => Some(1),
        name::NAMES => Some(3),
        name::USAGE => Some(4),
        name::CODED | name::ROLLED => Some(6),
        name::SPEAKERS => Some(VOICES + 2),
        name::FRAMES | name::TERMS => Some(VOICES + 4),
        _ => {
            let (unit, of_unit) = section.split_once('/')?;
            CodingUnit::from_name(unit)?;
            match of_unit {
                name::ACTORS | name::FRAMES => Some(1),
                name::ACTOR_PAIRS | name::FRAME_PAIRS => Some(2),
                name::ACTOR_FRAMES => Some(4),
                _ => None,
            }
        }
    }
}

/// The section of a coding unit.
pub(super) fn of_unit(unit: CodingUnit, name: &str) -> String {
    format!("{}/{name}", unit.name())
}

/// Fills the first numbers.
pub(super) fn numbers(values: &[u64]) -> Numbers {
    let mut numbers = [0; WIDEST];
    for (into, from) in numbers.iter_mut().zip(values) {
        *into = *from;
    }
    numbers
}
