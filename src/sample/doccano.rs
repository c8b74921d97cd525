//! A sheet as JSON Lines for doccano, and the labels of its project.
//!
//! A project of text classification, with a label for each code of each column: `voice:own`. Of `misses` a project of
//! sequence labelling, in which the words of each frame are marked.

use super::form::SheetForm;
use crate::coding::{Field, Kind, NOBODY};
use serde_json::{Map, Value, json};

/// A line for each item. doccano shows `text`, and keeps what stands beside it.
pub(super) fn lines(form: &SheetForm<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    for item in &form.items {
        let cells: Map<String, Value> = form.reading(item).map(|(name, text)| (name.to_owned(), text.into())).collect();
        let cell = |name: &str| cells.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        // Marks count characters of the sentence, so it stands alone there.
        let text = match form.kind {
            Kind::Misses => cell("sentence"),
            Kind::Hits | Kind::Actors | Kind::Roles | Kind::Zones => {
                let mut parts = vec![cell("before"), cell("sentence"), cell("after")];
                if !item.frame.is_empty() {
                    parts.push(format!("Frame: {}", item.frame));
                }
                parts.retain(|part| !part.is_empty());
                parts.join("\n\n")
            }
        };
        let mut line = cells;
        line.insert("text".into(), text.into());
        line.insert("label".into(), json!([]));
        if !form.coder.is_empty() {
            line.insert("coder".into(), form.coder.into());
        }
        out.extend(Value::Object(line).to_string().into_bytes());
        out.push(b'\n');
    }
    out
}

/// The labels, for the import of labels.
pub(super) fn labels(form: &SheetForm<'_>) -> Vec<u8> {
    // One colour a column, dark enough for white letters.
    const COLOURS: [&str; 6] = ["#0b57a4", "#8a3ffc", "#a2191f", "#0e6027", "#8e6a00", "#3d3d3d"];
    let mut labels = Vec::new();
    for (at, field) in form.fields.iter().enumerate() {
        for code in form.codes_of(*field) {
            let text = match field {
                // A sentence in which nothing is marked has none.
                Field::MissedFrames if code.code == NOBODY => continue,
                Field::MissedFrames => code.code.clone(),
                field => format!("{}:{}", field.name(), code.code),
            };
            labels.push(json!({
                "text": text, "suffixKey": null, "backgroundColor": COLOURS[at % COLOURS.len()], "textColor": "#ffffff",
            }));
        }
    }
    let mut bytes = serde_json::to_vec_pretty(&labels).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::super::form::tests::{book, sample};
    use super::*;

    #[test]
    fn every_item_is_a_line_and_every_code_a_label() {
        let book = book();
        for kind in Kind::ALL {
            let sample = sample(kind);
            let form = SheetForm::new(&sample, &book, None);
            let lines = String::from_utf8(lines(&form)).expect("text");
            let first: Value = serde_json::from_str(lines.lines().next().expect("a line")).expect("JSON");
            assert_eq!((lines.lines().count(), &first["item"]), (2, &json!(format!("{}1-1", kind.letter()))));
            let labels: Value = serde_json::from_slice(&labels(&form)).expect("JSON");
            let none = usize::from(kind == Kind::Misses);
            assert_eq!(labels.as_array().map(Vec::len), Some(form.codes.len() - none), "{kind:?}");
        }
    }
}
