//! What may be written into which column, with its meaning: for the people who code.

use crate::codebook::Codebook;
use crate::coding::{Field, Kind};
use crate::corpus::reading;
use crate::id::ActorId;

/// A code of a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub field: Field,
    pub code: String,
    pub label: String,
    pub meaning: String,
}

/// The codes of all columns of a kind, column by column.
pub fn codes(book: &Codebook, kind: Kind) -> Vec<Code> {
    kind.fields().iter().flat_map(|field| of_field(book, *field)).collect()
}

fn of_field(book: &Codebook, field: Field) -> Vec<Code> {
    let list = if field.is_actor() { Field::Actor } else { field };
    let rows = reading::rows(include_str!("../../dictionaries/reading/codes.csv"));
    let closed = rows.filter(|row| row.get(0) == Some(list.name())).map(|row| Code {
        field,
        code: row.get(1).unwrap_or_default().to_owned(),
        label: String::new(),
        meaning: row.get(3).unwrap_or_default().to_owned(),
    });
    let mut codes: Vec<Code> = closed.collect();
    match list {
        Field::Actor => {
            // Answers are rolled up, so only the ends of the chains of parents are asked for.
            let ends = (0..book.actors.len()).map(ActorId::new).filter(|actor| book.rollup(*actor) == *actor);
            let mut actors: Vec<_> = ends.map(|actor| &book.actors[actor.index()]).collect();
            actors.sort_by(|a, b| a.code.cmp(&b.code));
            codes.extend(actors.into_iter().map(|actor| Code {
                field,
                code: actor.code.clone(),
                label: actor.name.clone(),
                meaning: actor.kind.name().to_owned(),
            }));
        }
        Field::MissedFrames => codes.extend(book.frames.iter().map(|frame| Code {
            field,
            code: frame.code.clone(),
            label: frame.name.clone(),
            meaning: frame.definition.clone(),
        })),
        _ => {}
    }
    codes
}
