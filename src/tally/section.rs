//! The sections of a group: what is counted, by how many names, and how many numbers each count has.

use super::checked_add;
use super::columns::SectionColumns;
use super::name_table::NameKey;
use crate::count::{ActorTally, CodingUnit, Numbers, PairTally, RoleTally, TermTally, VariantTally, VoiceTally};
use crate::error::Result;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// Names of the sections. Those of a coding unit are `<unit>/<name>`.
pub(super) mod name {
    pub const SIZES: &str = "sizes";
    pub const CODED: &str = "coded";
    pub const ROLLED: &str = "rolled";
    pub const FRAMES: &str = "frames";
    pub const FORCES: &str = "forces";
    pub const TERMS: &str = "terms";
    pub const VARIANTS: &str = "variants";
    pub const TARGETS: &str = "targets";
    pub const SPEAKERS: &str = "speakers";
    pub const USAGE: &str = "usage";
    pub const UNITS: &str = "units";
    pub const ACTORS: &str = "actors";
    pub const ACTOR_PAIRS: &str = "actor_pairs";
    pub const FRAME_PAIRS: &str = "frame_pairs";
    pub const ACTOR_FRAMES: &str = "actor_frames";
}

/// The form of a section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SectionShape {
    /// Names in a key.
    pub arity: usize,
    /// Numbers of a count.
    pub width: usize,
}

/// The form of the section of a name; `None` for one that does not exist.
pub(super) fn shape(section: &str) -> Option<SectionShape> {
    let (arity, width) = match section {
        name::SIZES | name::UNITS => (1, 1),
        name::VARIANTS => (1, VariantTally::WIDTH),
        name::CODED | name::ROLLED => (1, ActorTally::WIDTH),
        name::FRAMES | name::TERMS => (1, TermTally::WIDTH),
        name::FORCES => (2, TermTally::WIDTH),
        name::USAGE => (2, 4),
        name::SPEAKERS => (2, VoiceTally::WIDTH),
        name::TARGETS => (3, RoleTally::WIDTH),
        _ => {
            let (unit, of_unit) = section.split_once('/')?;
            CodingUnit::from_name(unit)?;
            match of_unit {
                name::ACTORS | name::FRAMES => (1, 1),
                name::ACTOR_PAIRS | name::FRAME_PAIRS => (2, 2),
                name::ACTOR_FRAMES => (2, PairTally::WIDTH),
                _ => return None,
            }
        }
    };
    Some(SectionShape { arity, width })
}

/// The section of a coding unit.
pub(super) fn of_unit(unit: CodingUnit, name: &str) -> String {
    format!("{}/{name}", unit.name())
}

/// Counts by key. The numbers of all counts lie in one array, so that an update touches little memory.
#[derive(Debug)]
pub(super) struct Section {
    pub shape: SectionShape,
    /// By row.
    keys: Vec<NameKey>,
    /// The rows of the first keys; those of the others are noted when a row is first looked for.
    rows: FxHashMap<NameKey, u32>,
    numbers: Vec<u64>,
}

impl Section {
    pub fn new(shape: SectionShape) -> Self {
        Self { shape, keys: Vec::new(), rows: FxHashMap::default(), numbers: Vec::new() }
    }

    /// Adds the count of a key that the section does not have.
    pub fn add_new(&mut self, key: NameKey, numbers: &[u64]) {
        debug_assert_eq!(numbers.len(), self.shape.width);
        self.keys.push(key);
        self.numbers.extend(numbers);
    }

    /// Adds a count of the section's width.
    ///
    /// # Errors
    /// A sum that does not fit.
    pub fn add(&mut self, key: NameKey, numbers: &[u64]) -> Result<()> {
        let row = self.row(key);
        self.add_to(row, numbers.iter().copied())
    }

    /// Adds counts as a line has them. All rows are looked up before anything is added: so the processor waits for many
    /// places in memory at once, which is most of the time that merging takes.
    ///
    /// # Errors
    /// A sum that does not fit.
    pub fn add_columns(&mut self, columns: &mut SectionColumns) -> Result<()> {
        let mut rows = std::mem::take(&mut columns.rows);
        rows.clear();
        rows.extend(columns.keys().iter().map(|key| self.row(*key)));
        for (at, row) in rows.iter().enumerate() {
            self.add_to(*row, columns.row(at))?;
        }
        columns.rows = rows;
        Ok(())
    }

    /// The row of a key, a new one of zeros if there is none.
    fn row(&mut self, key: NameKey) -> u32 {
        let noted = self.rows.len();
        self.rows.extend(self.keys[noted..].iter().copied().zip(noted as u32..));
        let next = self.keys.len() as u32;
        match self.rows.entry(key) {
            Entry::Occupied(row) => *row.get(),
            Entry::Vacant(row) => {
                self.keys.push(key);
                self.numbers.resize(self.numbers.len() + self.shape.width, 0);
                *row.insert(next)
            }
        }
    }

    fn add_to(&mut self, row: u32, numbers: impl Iterator<Item = u64>) -> Result<()> {
        let width = self.shape.width;
        for (sum, number) in self.numbers[row as usize * width..][..width].iter_mut().zip(numbers) {
            *sum = checked_add(*sum, number)?;
        }
        Ok(())
    }

    /// For a section of few rows.
    pub fn get(&self, key: NameKey) -> Option<&[u64]> {
        self.iter().find(|(known, _)| *known == key).map(|(_, numbers)| numbers)
    }

    /// Keys with their numbers, in no order that matters.
    pub fn iter(&self) -> impl Iterator<Item = (NameKey, &[u64])> {
        self.keys.iter().copied().zip(self.numbers.chunks_exact(self.shape.width))
    }

    /// A number of the n-th of those.
    pub fn number(&self, row: usize, column: usize) -> u64 {
        self.numbers[row * self.shape.width + column]
    }
}
