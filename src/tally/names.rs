//! The codebook's entries by the names that tallies give them.

use crate::codebook::Codebook;
use crate::error::{Error, Place, Result};
use rustc_hash::FxHashMap;

/// Names to numbers and back, for one kind of thing.
#[derive(Debug, Default)]
pub(super) struct Names {
    kind: &'static str,
    names: Vec<String>,
    numbers: FxHashMap<String, u32>,
}

impl Names {
    /// Equal names are distinguished by their order in the codebook (`ARM/PM`, `ARM/PM#2`): one alias may stand in two
    /// rows, for two spans of time.
    fn new(kind: &'static str, names: impl Iterator<Item = String>) -> Self {
        let mut all = Self { kind, ..Self::default() };
        for (number, name) in names.enumerate() {
            let mut unique = name.clone();
            let mut copy = 1;
            while all.numbers.contains_key(&unique) {
                copy += 1;
                unique = format!("{name}#{copy}");
            }
            all.numbers.insert(unique.clone(), number as u32);
            all.names.push(unique);
        }
        all
    }

    pub fn name(&self, number: u32) -> &str {
        &self.names[number as usize]
    }

    /// The number of a name.
    ///
    /// # Errors
    /// A name that the codebook does not have.
    pub fn number(&self, name: &str) -> Result<u32> {
        self.numbers.get(name).copied().ok_or_else(|| broken(format!("the codebook has no {} `{name}`", self.kind)))
    }
}

/// The names of everything that tallies count.
#[derive(Debug)]
pub(super) struct Book {
    pub actors: Names,
    pub frames: Names,
    pub aliases: Names,
    pub terms: Names,
    pub variants: Names,
}

impl Book {
    pub fn new(book: &Codebook) -> Self {
        let frame = |frame: Option<crate::id::FrameId>| frame.map_or("", |frame| &book.frames[frame.index()].code);
        let actor = |actor: Option<crate::id::ActorId>| actor.map_or("", |actor| &book.actors[actor.index()].code);
        Self {
            actors: Names::new("actor", book.actors.iter().map(|row| row.code.clone())),
            frames: Names::new("frame", book.frames.iter().map(|row| row.code.clone())),
            aliases: Names::new("alias", book.aliases.iter().map(|row| format!("{}/{}", actor(row.actor), row.alias))),
            terms: Names::new("term", book.terms.iter().map(|row| format!("{}/{}", frame(row.frame), row.term))),
            variants: Names::new(
                "variant",
                book.variants.iter().map(|row| format!("{}/{}", book.pairs[row.pair.index()].code, row.term)),
            ),
        }
    }
}

/// A line that no tally printed.
pub(super) fn broken(what: String) -> Error {
    Error::input(Place::default(), format!("broken tally: {what}"), "make the tally again")
}
