//! What is known of the agreement as CSV.

use super::{Agreement, Confused, Difference, Figure};
use crate::coding::{CODER, Field, HandCoding, ITEM, NOTE, Unread};
use crate::tables::{Cell, CsvBuffer};
use std::collections::BTreeSet;

fn header<'n>(names: impl IntoIterator<Item = &'n str>) -> CsvBuffer {
    let mut out = CsvBuffer::default();
    for name in names {
        out.text(name);
    }
    out.end_row();
    out
}

fn row<'c>(cells: impl IntoIterator<Item = Cell<'c>>, out: &mut CsvBuffer) {
    for cell in cells {
        out.cell(&cell);
    }
    out.end_row();
}

/// `agreement.csv`: one figure a row.
pub fn figures_csv(figures: &[Figure]) -> Vec<u8> {
    let mut out =
        header(["about", "kind", "variable", "who", "class", "split", "of", "measure", "value", "low", "high", "n"]);
    for one in figures {
        let texts =
            [one.about.name(), one.kind.name(), one.variable, &one.who, &one.class, &one.split, &one.of, one.measure];
        let numbers = [one.value.into(), one.low.into(), one.high.into(), one.n.into()];
        row(texts.map(Cell::from).into_iter().chain(numbers), &mut out);
    }
    out.bytes
}

/// `disagreements.csv`: one item and variable a row, with its sentence and what everybody says.
pub fn differences_csv(agreement: &Agreement) -> Vec<u8> {
    let coders: Vec<String> = agreement.coders.iter().map(|coder| format!("coder:{coder}")).collect();
    let names =
        ["between", "kind", "variable", ITEM, "article_id", "start_byte", "end_byte", "frame", "term", "sentence"];
    let more = ["program", "rule", "people"];
    let mut out = header(names.into_iter().chain(more).chain(coders.iter().map(String::as_str)).chain([NOTE]));
    for one in &agreement.differences {
        let Difference { between, kind, variable, item, article, start, end, frame, term, .. } = one;
        let cells = [
            Cell::from(*between),
            kind.name().into(),
            (*variable).into(),
            item.as_str().into(),
            article.as_str().into(),
        ];
        let places = [(*start).into(), (*end).into()];
        let texts = [frame, term, &one.sentence, &one.program, &one.rule, &one.truth];
        let texts = texts.into_iter().chain(&one.codes).chain([&one.notes]).map(|text| Cell::from(text.as_str()));
        row(cells.into_iter().chain(places).chain(texts), &mut out);
    }
    out.bytes
}

/// `confusion.csv`: how often two give two codes to one item.
pub fn confusion_csv(confusions: &[Confused]) -> Vec<u8> {
    let mut out = header(["kind", "variable", "who", "other", "code", "other_code", "n", "weight"]);
    for one in confusions {
        let texts = [one.kind.name(), one.variable, &one.who, &one.other, &one.code, &one.other_code];
        row(texts.map(Cell::from).into_iter().chain([one.n.into(), one.weight.into()]), &mut out);
    }
    out.bytes
}

/// `unread.csv`: every cell that was not read, or read as something else.
pub fn unread_csv<'u>(unread: impl Iterator<Item = &'u Unread>) -> Vec<u8> {
    let mut out = header(["file", "row", "cell", ITEM, "column", "text", "read_as", "why"]);
    for one in unread {
        let read_as = one.read_as.as_deref().unwrap_or_default();
        let texts = [one.item.as_str(), &one.name, &one.cell, read_as, &one.why];
        let place = [Cell::from(one.file.as_str()), one.line.into(), one.column.into()];
        row(place.into_iter().chain(texts.map(Cell::from)), &mut out);
    }
    out.bytes
}

/// `coded.csv`: the answers that count, as a sheet that `run --coded` takes with the key.
pub fn coded_csv(hand: &HandCoding) -> Vec<u8> {
    let fields: BTreeSet<Field> = hand.samples.iter().flat_map(|judged| judged.key.kind.fields()).copied().collect();
    let mut out = header([ITEM].into_iter().chain(fields.iter().map(|field| field.name())).chain([CODER]));
    for judged in &hand.samples {
        for (key, answers) in judged.rows().filter(|(_, answers)| !answers.is_empty()) {
            let text = |field: &Field| answers.get(field).map_or(Cell::Empty, |answer| answer.text().into());
            row(
                [key.item.as_str().into()].into_iter().chain(fields.iter().map(text)).chain(["decided".into()]),
                &mut out,
            );
        }
    }
    out.bytes
}
