//! The cells `layer,code,rollup,alias,kind` of every entry of a codebook, each with a comma behind it.

use crate::codebook::Codebook;
use crate::tables::write_text;
use crate::tag::{Entry, Mention, Usage};

#[derive(Debug, Default)]
pub(super) struct EntryCells {
    /// By the number of the alias, for an actor and for a place; empty for what is no actor's.
    aliases: Vec<[CellSpan; 2]>,
    /// Empty for what is no frame's.
    terms: Vec<CellSpan>,
    variants: Vec<CellSpan>,
    bytes: Vec<u8>,
}

/// A stretch of the bytes.
#[derive(Debug, Clone, Copy, Default)]
struct CellSpan {
    begin: u32,
    end: u32,
}

impl EntryCells {
    pub fn new(book: &Codebook) -> Self {
        let mut cells = Self::default();
        for alias in &book.aliases {
            let pair = alias.actor.map_or([CellSpan::default(); 2], |actor| {
                let code = &book.actors[actor.index()].code;
                let rollup = &book.actors[book.rollup(actor).index()].code;
                [
                    cells.push(["actor", code, rollup, &alias.alias, alias.kind.name()]),
                    cells.push(["actor", code, "", &alias.alias, "place_use"]),
                ]
            });
            cells.aliases.push(pair);
        }
        for term in &book.terms {
            let of_term = term.frame.map_or(CellSpan::default(), |frame| {
                let code = &book.frames[frame.index()].code;
                cells.push(["frame", code, code, &term.term, term.kind.name()])
            });
            cells.terms.push(of_term);
        }
        for variant in &book.variants {
            let code = &book.pairs[variant.pair.index()].code;
            let of_variant = cells.push(["naming", code, code, &variant.term, "literal"]);
            cells.variants.push(of_variant);
        }
        cells
    }

    fn push(&mut self, texts: [&str; 5]) -> CellSpan {
        let begin = self.bytes.len() as u32;
        for text in texts {
            write_text(text, &mut self.bytes);
            self.bytes.push(b',');
        }
        CellSpan { begin, end: self.bytes.len() as u32 }
    }

    /// `None` for an entry that is no actor's and no frame's.
    pub fn get(&self, mention: &Mention) -> Option<&[u8]> {
        let cells = match mention.entry {
            Entry::Alias(alias) => self.aliases[alias.index()][usize::from(mention.usage == Usage::Place)],
            Entry::Term(term) => self.terms[term.index()],
            Entry::Variant(variant) => self.variants[variant.index()],
        };
        (cells.begin < cells.end).then(|| &self.bytes[cells.begin as usize..cells.end as usize])
    }
}
