//! The codebook's entries by the numbers of a tally's names, and back. What was looked up once is remembered.

use super::name_table::NameTable;
use super::names::{Book, Names, broken};
use crate::error::Result;
use crate::id::{AliasId, TermId, VariantId};
use crate::tag::Entry;

/// Nobody, as agent, target or speaker: no code begins with a hyphen.
const NOBODY: &str = "-";
/// What an entry of the codebook is an entry of.
const ACTOR: &str = "actor";
const FRAME: &str = "frame";
const NAMING: &str = "naming";

/// Numbers of one kind, as far as they have been asked for.
struct KnownNumbers<'b> {
    of: &'b Names,
    numbers: Vec<Option<u32>>,
}

impl<'b> KnownNumbers<'b> {
    fn new(of: &'b Names) -> Self {
        Self { of, numbers: Vec::new() }
    }

    fn get(&mut self, at: u32, look_up: impl FnOnce(&'b Names) -> Result<u32>) -> Result<u32> {
        let at = at as usize;
        if let Some(Some(number)) = self.numbers.get(at) {
            return Ok(*number);
        }
        let number = look_up(self.of)?;
        if self.numbers.len() <= at {
            self.numbers.resize(at + 1, None);
        }
        self.numbers[at] = Some(number);
        Ok(number)
    }
}

/// By kind.
struct Kinds<'b> {
    actors: KnownNumbers<'b>,
    frames: KnownNumbers<'b>,
    aliases: KnownNumbers<'b>,
    terms: KnownNumbers<'b>,
    variants: KnownNumbers<'b>,
}

impl<'b> Kinds<'b> {
    fn new(book: &'b Book) -> Self {
        Self {
            actors: KnownNumbers::new(&book.actors),
            frames: KnownNumbers::new(&book.frames),
            aliases: KnownNumbers::new(&book.aliases),
            terms: KnownNumbers::new(&book.terms),
            variants: KnownNumbers::new(&book.variants),
        }
    }
}

/// From the codebook's numbers to those of names.
pub(super) struct Numbered<'t> {
    pub table: &'t mut NameTable,
    kinds: Kinds<'t>,
}

impl<'t> Numbered<'t> {
    pub fn new(table: &'t mut NameTable, book: &'t Book) -> Self {
        Self { table, kinds: Kinds::new(book) }
    }

    pub fn word(&mut self, word: &str) -> Result<u32> {
        self.table.number(word)
    }

    pub fn actor(&mut self, number: u32) -> Result<u32> {
        self.kinds.actors.get(number, |of| self.table.number(of.name(number)))
    }

    /// The number of an actor plus 1, or 0 for no actor.
    pub fn anyone(&mut self, number: u32) -> Result<u32> {
        match number.checked_sub(1) {
            None => self.table.number(NOBODY),
            Some(actor) => self.actor(actor),
        }
    }

    pub fn frame(&mut self, number: u32) -> Result<u32> {
        self.kinds.frames.get(number, |of| self.table.number(of.name(number)))
    }

    pub fn term(&mut self, number: u32) -> Result<u32> {
        self.kinds.terms.get(number, |of| self.table.number(of.name(number)))
    }

    pub fn variant(&mut self, number: u32) -> Result<u32> {
        self.kinds.variants.get(number, |of| self.table.number(of.name(number)))
    }

    /// Kind and name.
    pub fn entry(&mut self, entry: Entry) -> Result<[u32; 2]> {
        Ok(match entry {
            Entry::Alias(AliasId(number)) => {
                let alias = self.kinds.aliases.get(number, |of| self.table.number(of.name(number)))?;
                [self.table.number(ACTOR)?, alias]
            }
            Entry::Term(TermId(number)) => [self.table.number(FRAME)?, self.term(number)?],
            Entry::Variant(VariantId(number)) => [self.table.number(NAMING)?, self.variant(number)?],
        })
    }

    /// Two actors or two frames, the smaller name first, as in the tables.
    pub fn pair(&self, a: u32, b: u32) -> [u32; 2] {
        if self.table.name(a) <= self.table.name(b) { [a, b] } else { [b, a] }
    }
}

/// From the numbers of names to those of the codebook.
pub(super) struct Resolved<'t> {
    pub table: &'t NameTable,
    kinds: Kinds<'t>,
}

impl<'t> Resolved<'t> {
    pub fn new(table: &'t NameTable, book: &'t Book) -> Self {
        Self { table, kinds: Kinds::new(book) }
    }

    pub fn word(&self, name: u32) -> &'t str {
        self.table.name(name)
    }

    pub fn actor(&mut self, name: u32) -> Result<u32> {
        self.kinds.actors.get(name, |of| of.number(self.table.name(name)))
    }

    pub fn anyone(&mut self, name: u32) -> Result<u32> {
        if self.word(name) == NOBODY { Ok(0) } else { Ok(self.actor(name)? + 1) }
    }

    pub fn frame(&mut self, name: u32) -> Result<u32> {
        self.kinds.frames.get(name, |of| of.number(self.table.name(name)))
    }

    pub fn term(&mut self, name: u32) -> Result<u32> {
        self.kinds.terms.get(name, |of| of.number(self.table.name(name)))
    }

    pub fn variant(&mut self, name: u32) -> Result<u32> {
        self.kinds.variants.get(name, |of| of.number(self.table.name(name)))
    }

    pub fn entry(&mut self, [kind, name]: [u32; 2]) -> Result<Entry> {
        match self.word(kind) {
            ACTOR => {
                let alias = self.kinds.aliases.get(name, |of| of.number(self.table.name(name)))?;
                Ok(Entry::Alias(AliasId(alias)))
            }
            FRAME => Ok(Entry::Term(TermId(self.term(name)?))),
            NAMING => Ok(Entry::Variant(VariantId(self.variant(name)?))),
            other => Err(broken(format!("`{other}` is no kind of entry"))),
        }
    }
}
