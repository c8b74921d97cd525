//! One JSON object as the cells of a row.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use rustc_hash::FxHashMap;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// The keys of one object in their order; of a key that comes twice the last value counts.
pub(crate) struct Object<'a>(pub Vec<(Cow<'a, str>, JsonValue<'a>)>);

/// The value of a key.
pub(crate) enum JsonValue<'a> {
    String(Cow<'a, str>),
    /// A number or truth value as text.
    Scalar(String),
    /// The plain values of an array, joined by `; `.
    List(String),
    /// A number, or an array with one, whose digits a floating point number would not keep: see [`parse`].
    Inexact,
    Null,
    /// What cannot be a value of a table's cell.
    Nested(&'static str),
}

impl JsonValue<'_> {
    /// The value as a table would show it; nothing for what cannot be in a cell.
    pub fn as_text(&self) -> &str {
        match self {
            Self::String(value) => value,
            Self::Scalar(value) | Self::List(value) => value,
            Self::Inexact | Self::Null | Self::Nested(_) => "",
        }
    }

    pub fn kind(&self) -> &'static str {
        match self {
            Self::String(_) => "a string",
            Self::Scalar(_) | Self::Inexact => "a number or a truth value",
            Self::List(_) => "an array",
            Self::Null => "null",
            Self::Nested(kind) => kind,
        }
    }
}

/// Reads an object. Numbers keep their digits, so that two large ids stay two.
///
/// # Errors
/// A text that is no JSON object.
pub(crate) fn parse(text: &str) -> serde_json::Result<Object<'_>> {
    let mut object: Object<'_> = serde_json::from_str(text)?;
    if object.0.iter().any(|(_, cell)| matches!(cell, JsonValue::Inexact)) {
        let raw: HashMap<String, &RawValue> = serde_json::from_str(text)?;
        for (name, cell) in &mut object.0 {
            if let (JsonValue::Inexact, Some(raw)) = (&*cell, raw.get(name.as_ref())) {
                *cell = as_written(raw.get())?;
            }
        }
    }
    Ok(object)
}

/// The keys of an object with their values as they are written, in their order.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct MembersVisitor;
        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> std::result::Result<Self::Value, M::Error> {
                let mut members = Vec::new();
                while let Some(JsonValue::String(key)) = map.next_key()? {
                    members.push((key, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(MembersVisitor)
    }
}

/// The values of an object with their keys, as they are written.
///
/// # Errors
/// A text that is no JSON object.
pub(crate) fn members(text: &str) -> serde_json::Result<Vec<(Cow<'_, str>, &RawValue)>> {
    serde_json::from_str::<Members<'_>>(text).map(|Members(members)| members)
}

/// Objects in objects are entered so far.
const LEVELS: usize = 8;

/// As [`parse`], with the cells of objects in the object under `outer.inner`.
///
/// # Errors
/// A text that is no JSON object.
pub(crate) fn flattened(text: &str) -> serde_json::Result<Vec<(Cow<'_, str>, JsonValue<'_>)>> {
    let mut cells = Vec::new();
    flatten(text, "", LEVELS, &mut cells)?;
    Ok(cells)
}

fn flatten<'a>(
    text: &'a str,
    before: &str,
    levels: usize,
    cells: &mut Vec<(Cow<'a, str>, JsonValue<'a>)>,
) -> serde_json::Result<()> {
    let Object(own) = parse(text)?;
    let is_nested = |cell: &JsonValue<'_>| matches!(cell, JsonValue::Nested("an object"));
    let inner: HashMap<Cow<'a, str>, &'a RawValue> =
        if own.iter().any(|(_, cell)| is_nested(cell)) { members(text)?.into_iter().collect() } else { HashMap::new() };
    for (name, cell) in own {
        let raw = if levels > 0 && is_nested(&cell) { inner.get(&name) } else { None };
        let path = if before.is_empty() { name } else { Cow::Owned(format!("{before}.{name}")) };
        match raw {
            Some(raw) => flatten(raw.get(), &path, levels - 1, cells)?,
            None => cells.push((path, cell)),
        }
    }
    Ok(())
}

/// A number, or an array of plain values, with its numbers as they are written.
fn as_written(raw: &str) -> serde_json::Result<JsonValue<'static>> {
    if !raw.starts_with('[') {
        return Ok(JsonValue::Scalar(raw.to_owned()));
    }
    let mut list = JoinedList::default();
    let values: Vec<&RawValue> = serde_json::from_str(raw)?;
    for value in values {
        match value.get() {
            "null" => {}
            text if text.starts_with('"') => list.add(&serde_json::from_str::<String>(text)?),
            text => list.add(text),
        }
    }
    Ok(JsonValue::List(list.joined))
}

/// Values joined by `; `.
#[derive(Default)]
struct JoinedList {
    joined: String,
}

impl JoinedList {
    fn add(&mut self, value: &str) {
        if !self.joined.is_empty() && !value.is_empty() {
            self.joined.push_str("; ");
        }
        self.joined.push_str(value);
    }
}

/// So many keys are compared one by one; more are found by their hashes.
const FEW_KEYS: usize = 24;

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct ObjectVisitor;
        impl<'de> Visitor<'de> for ObjectVisitor {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> std::result::Result<Self::Value, M::Error> {
                let mut cells: Vec<(Cow<'de, str>, JsonValue<'de>)> = Vec::with_capacity(8);
                let mut places: FxHashMap<String, usize> = FxHashMap::default();
                while let Some(JsonValue::String(key)) = map.next_key()? {
                    let value = map.next_value()?;
                    if cells.len() == FEW_KEYS && places.is_empty() {
                        places.extend(cells.iter().enumerate().map(|(at, (name, _))| (name.clone().into_owned(), at)));
                    }
                    let known = match places.is_empty() {
                        true => cells.iter().position(|(known, _)| *known == key),
                        false => places.get(key.as_ref()).copied(),
                    };
                    if let Some(at) = known {
                        cells[at].1 = value;
                        continue;
                    }
                    if !places.is_empty() {
                        places.insert(key.clone().into_owned(), cells.len());
                    }
                    cells.push((key, value));
                }
                Ok(Object(cells))
            }
        }
        deserializer.deserialize_map(ObjectVisitor)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for JsonValue<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = JsonValue<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> std::result::Result<Self::Value, E> {
        Ok(JsonValue::String(Cow::Borrowed(value)))
    }

    fn visit_str<E>(self, value: &str) -> std::result::Result<Self::Value, E> {
        Ok(JsonValue::String(Cow::Owned(value.to_owned())))
    }

    fn visit_bool<E>(self, value: bool) -> std::result::Result<Self::Value, E> {
        Ok(JsonValue::Scalar(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> std::result::Result<Self::Value, E> {
        Ok(JsonValue::Scalar(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> std::result::Result<Self::Value, E> {
        Ok(JsonValue::Scalar(value.to_string()))
    }

    fn visit_f64<E>(self, _: f64) -> std::result::Result<Self::Value, E> {
        Ok(JsonValue::Inexact)
    }

    fn visit_unit<E>(self) -> std::result::Result<Self::Value, E> {
        Ok(JsonValue::Null)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut sequence: S) -> std::result::Result<Self::Value, S::Error> {
        let mut list = JoinedList::default();
        let (mut is_plain, mut is_exact) = (true, true);
        while let Some(cell) = sequence.next_element::<JsonValue<'de>>()? {
            is_plain &= !matches!(cell, JsonValue::List(_) | JsonValue::Nested(_));
            is_exact &= !matches!(cell, JsonValue::Inexact);
            list.add(cell.as_text());
        }
        Ok(match (is_plain, is_exact) {
            (true, true) => JsonValue::List(list.joined),
            (true, false) => JsonValue::Inexact,
            (false, _) => JsonValue::Nested("a nested array"),
        })
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> std::result::Result<Self::Value, M::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(JsonValue::Nested("an object"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let Object(cells) = parse(text).unwrap();
        cells.iter().map(|(name, cell)| format!("{name}={}", cell.as_text())).collect()
    }

    #[test]
    fn numbers_keep_their_digits() {
        assert_eq!(
            shown(r#"{"a": 123456789012345678901, "b": [1, 1.50, "x", null, true], "c": -0.10, "d": 1e308, "e": 7}"#),
            ["a=123456789012345678901", "b=1; 1.50; x; true", "c=-0.10", "d=1e308", "e=7"]
        );
    }

    #[test]
    fn objects_in_objects_are_cells_under_their_path() {
        let cells = flattened(r#"{"a": {"b": {"c": "x"}, "d": 1}, "e": [1]}"#).unwrap();
        let shown: Vec<String> = cells.iter().map(|(name, cell)| format!("{name}={}", cell.as_text())).collect();
        assert_eq!(shown, ["a.b.c=x", "a.d=1", "e=1"]);
        let deep = format!("{}1{}", "{\"a\":".repeat(20), "}".repeat(20));
        assert_eq!(flattened(&deep).unwrap().len(), 1);
    }

    #[test]
    fn of_a_key_that_comes_twice_the_last_value_counts() {
        let many: Vec<String> = (0..100).map(|n| format!("\"k{n}\": {n}")).collect();
        let text = format!("{{{}, \"k3\": \"three\", \"k99\": 9.5, \"k3\": \"3\"}}", many.join(", "));
        let shown = shown(&text);
        assert_eq!((shown.len(), shown[3].as_str(), shown[99].as_str()), (100, "k3=3", "k99=9.5"));
    }
}
