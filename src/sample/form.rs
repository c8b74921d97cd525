//! A sheet as every format of it is written: one table, and the codes of its columns.

use super::files::{reading_columns, reading_text};
use super::{Blind, Code, Sample, SampleItem};
use crate::codebook::Codebook;
use crate::coding::{CODER, Field, Kind, NOBODY, NOTE, RIGHT, WRONG};

pub(super) struct SheetForm<'s> {
    pub kind: Kind,
    pub blind: Blind,
    pub coder: &'s str,
    /// The columns that are for reading.
    pub reading: Vec<&'static str>,
    pub fields: &'static [Field],
    pub items: Vec<&'s SampleItem>,
    pub codes: &'s [Code],
    book: &'s Codebook,
}

impl<'s> SheetForm<'s> {
    /// The sheet of a coder, or the one sheet.
    pub fn new(sample: &'s Sample, book: &'s Codebook, coder: Option<&'s str>) -> Self {
        Self {
            kind: sample.kind,
            blind: sample.blind,
            coder: coder.unwrap_or_default(),
            reading: reading_columns(sample),
            fields: sample.kind.fields(),
            items: sample.of(coder).collect(),
            codes: &sample.codes,
            book,
        }
    }

    /// The columns that are to be filled in.
    pub fn to_fill(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().map(|field| field.name()).chain([NOTE, CODER])
    }

    /// An item's cells of the columns for reading, with their names.
    pub fn reading(&self, item: &SampleItem) -> impl Iterator<Item = (&'static str, String)> {
        self.reading.iter().map(move |column| (*column, reading_text(item, column)))
    }

    /// The definition of an item's frame.
    pub fn definition(&self, item: &SampleItem) -> &'s str {
        self.book.frames.iter().find(|frame| frame.name == item.frame).map_or("", |frame| &frame.definition)
    }

    /// The codes of a column.
    pub fn codes_of(&self, field: Field) -> impl Iterator<Item = &'s Code> {
        self.codes.iter().filter(move |code| code.field == field)
    }
}

/// What a code is called where people choose it.
pub(super) fn label(code: &Code) -> String {
    match (code.field, code.code.as_str()) {
        _ if !code.label.is_empty() => code.label.clone(),
        (Field::RightSense, RIGHT) => "yes".into(),
        (Field::RightSense, WRONG) => "no".into(),
        (Field::MissedFrames, NOBODY) => "none".into(),
        (_, NOBODY) => "nobody".into(),
        (_, code) => code.replace('_', " "),
    }
}

/// What is asked of a column.
pub(super) fn question(kind: Kind, field: Field) -> &'static str {
    match field {
        Field::RightSense if kind == Kind::Actors => "Do the marked words name an actor?",
        Field::RightSense => "Do the marked words mean what the frame is about?",
        Field::Voice => "Whose voice is it?",
        Field::Speaker => "Who says it?",
        Field::Agent => "Who does it?",
        Field::Target => "To whom is it done?",
        Field::Actor => "Which actor is it?",
        Field::MissedFrames => "Which frames does the sentence use, in which words?",
        Field::Terms => "Which words stand for them?",
        Field::Zone => "What is the marked line?",
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::coding::Key;
    use crate::sample::codes;
    use std::collections::BTreeMap;

    pub fn book() -> Codebook {
        Codebook::embedded().expect("the codebook")
    }

    /// Two items, the first for both coders, the second for `ben`.
    pub fn sample(kind: Kind) -> Sample {
        let item = |number: u32, coders: &[&str]| {
            let text = |text: &str| text.to_owned();
            let (span, right) =
                if kind == Kind::Misses || kind == Kind::Zones { ("", "") } else { ("siege", " of it") };
            SampleItem {
                id: format!("{}1-{number}", kind.letter()),
                article: text("one"),
                source: text("The Daily"),
                date: text("2023-09-25"),
                before: text("Before."),
                left: text("They spoke, \u{1F440} of a "),
                span: text(span),
                right: text(right),
                after: String::new(),
                frame: if kind == Kind::Hits { text("Blockade and siege") } else { String::new() },
                coders: coders.iter().map(|coder| text(coder)).collect(),
            }
        };
        let key = Key {
            name: String::new(),
            kind,
            by: Vec::new(),
            rows: Vec::new(),
            strata: Vec::new(),
            seed: 1,
            settings: BTreeMap::new(),
        };
        let items = vec![item(1, &["anna", "ben"]), item(2, &["ben"])];
        Sample { kind, blind: Blind::No, items, codes: codes(&book(), kind), key, half_width: None }
    }
}
