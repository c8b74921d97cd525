//! JSON files: an array of objects, wherever in the file it stands, as JSON Lines.

use std::collections::VecDeque;

use serde_json::value::RawValue;

use super::super::columns::{ColumnNames, Role};
use super::super::decode::NoText;
use super::super::json::{self, JsonValue};
use super::super::jsonl::path_roles;

/// Levels at which an array of articles is looked for.
const LEVELS: usize = 6;

/// The objects of a file, each as one line.
///
/// # Errors
///
/// Broken JSON, and a file without an object that has a text.
pub(crate) fn lines(text: &str, columns: &ColumnNames) -> Result<Vec<u8>, NoText> {
    let text = text.trim_start_matches('\u{FEFF}');
    let value: &RawValue = match serde_json::from_str(text) {
        Ok(value) => value,
        // JSON Lines under another name
        Err(_) if first_line_is_object(text) => return Ok(text.as_bytes().to_vec()),
        Err(error) => {
            return Err(NoText { what: format!("broken JSON: {error}"), help: "fetch it anew, or mend the place" });
        }
    };
    let mut waiting: VecDeque<(&RawValue, usize)> = VecDeque::from([(value, 0)]);
    while let Some((value, level)) = waiting.pop_front() {
        match value.get().as_bytes().first() {
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
                // the first objects show whether these are articles
                if items.iter().take(20).any(|item| has_text(item, columns)) {
                    return Ok(one_a_line(&items));
                }
            }
            Some(b'{') if has_text(value, columns) => return Ok(one_a_line(&[value])),
            Some(b'{') if level < LEVELS => {
                let Ok(members) = json::members(value.get()) else { continue };
                let inner: Vec<&RawValue> = members.into_iter().map(|(_, value)| value).collect();
                // articles under their ids
                if inner.len() > 1 && inner.iter().all(|value| has_text(value, columns)) {
                    return Ok(one_a_line(&inner));
                }
                waiting.extend(inner.into_iter().map(|value| (value, level + 1)));
            }
            _ => {}
        }
    }
    let wanted = columns.text.as_deref().unwrap_or("text");
    Err(NoText {
        what: format!("no object in it has a text under `{wanted}`"),
        help: "name the key that holds the text with `--text-column`, such as `--text-column article.body`",
    })
}

fn first_line_is_object(text: &str) -> bool {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    json::parse(line).is_ok()
}

/// Whether an object has the text of an article, in itself or in an object in it.
fn has_text(value: &RawValue, columns: &ColumnNames) -> bool {
    if !value.get().starts_with('{') {
        return false;
    }
    let Ok(cells) = json::flattened(value.get()) else { return false };
    let names: Vec<&str> = cells.iter().map(|(name, _)| name.as_ref()).collect();
    let roles = path_roles(&names, columns);
    roles.iter().zip(&cells).any(|(role, (_, cell))| *role == Role::Text && matches!(cell, JsonValue::String(_)))
}

fn one_a_line(items: &[&RawValue]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(items.iter().map(|item| item.get().len() + 1).sum());
    for item in items {
        // inside a string a line's end is written `\n`, so that these stand between values
        lines.extend(item.get().bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { b' ' } else { byte }));
        lines.push(b'\n');
    }
    lines
}
