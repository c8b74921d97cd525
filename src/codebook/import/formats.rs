//! The formats that are not YAML, each as categories with words.

use super::ReadDictionary;
use crate::error::{Error, Place, Result};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;

/// `%`, numbers with names, `%`, then words with the numbers of their categories.
pub(super) fn liwc(text: &str) -> ReadDictionary {
    let mut read = ReadDictionary::default();
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut part = 0;
    for (number, line) in text.lines().enumerate() {
        let mut cells = line.split_whitespace();
        match cells.next() {
            None => {}
            Some("%") => part += 1,
            Some(id) if part == 1 => {
                names.insert(id, line.trim().strip_prefix(id).unwrap_or_default().trim());
            }
            Some(first) => {
                // A word may be of several words: its numbers come behind a tab.
                let (word, ids) = line.split_once('\t').unwrap_or((first, line[first.len()..].trim()));
                for id in ids.split_whitespace() {
                    match names.get(id) {
                        Some(name) => read.word(&[(*name).to_owned()], word.trim()),
                        None => read
                            .lost
                            .push(format!("line {}: `{id}` of `{word}` is no number of a category", number + 1)),
                    }
                }
            }
        }
    }
    read
}

/// Tabs for depth; words end with their weight in brackets.
pub(super) fn wordstat(text: &str) -> ReadDictionary {
    let mut read = ReadDictionary::default();
    let mut path: Vec<String> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let depth = line.chars().take_while(|c| *c == '\t').count();
        let name = line.trim();
        if name.is_empty() {
            continue;
        }
        let weighted = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
        match weighted {
            Some((word, _)) if word.starts_with('@') => {
                read.lost.push(format!("line {}: the rule `{word}`", number + 1));
            }
            Some((word, _)) => {
                path.truncate(depth);
                read.word(&path.clone(), word);
            }
            None => {
                path.truncate(depth);
                path.push(name.to_owned());
            }
        }
    }
    read
}

/// `cnode` is a category, `pnode` a word; the outermost category is the dictionary itself.
pub(super) fn yoshikoder(text: &str) -> Result<ReadDictionary> {
    let mut read = ReadDictionary::default();
    let mut path: Vec<String> = Vec::new();
    let mut reader = Reader::from_str(text);
    loop {
        let event = reader.read_event().map_err(|error| unreadable(format!("the XML cannot be read: {error}")))?;
        match event {
            Event::Eof => return Ok(read),
            Event::Start(tag) if tag.name().as_ref() == "cnode" => path.push(name_of(&tag)?),
            Event::End(tag) if tag.name().as_ref() == "cnode" => {
                path.pop();
            }
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == "pnode" => {
                let inner = path.get(1..).filter(|inner| !inner.is_empty()).unwrap_or(&path).to_vec();
                read.word(&inner, &name_of(&tag)?);
            }
            _ => {}
        }
    }
}

fn name_of(tag: &BytesStart<'_>) -> Result<String> {
    let name = tag.try_get_attribute("name").ok().flatten();
    let name = name.map(|name| name.value.into_owned());
    let name = name.ok_or_else(|| unreadable("a category or word has no name".into()))?;
    Ok(quick_xml::escape::unescape(&name).map_or(name.clone(), |plain| plain.into_owned()))
}

fn unreadable(what: String) -> Error {
    Error::input(Place::default(), what, "save the dictionary again from its program")
}

/// One object a line; a category is an id, or else a label.
pub(super) fn spacy(text: &str) -> Result<ReadDictionary> {
    let mut read = ReadDictionary::default();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let object: serde_json::Value = serde_json::from_str(line)
            .map_err(|error| unreadable(format!("line {} is no JSON object: {error}", number + 1)))?;
        let text_of = |key: &str| object.get(key).and_then(serde_json::Value::as_str);
        let Some(category) = text_of("id").or_else(|| text_of("label")) else {
            read.lost.push(format!("line {}: it has neither `id` nor `label`", number + 1));
            continue;
        };
        let word = match object.get("pattern") {
            Some(serde_json::Value::String(word)) => Some(word.clone()),
            Some(serde_json::Value::Array(tokens)) => {
                tokens.iter().map(token).collect::<Option<Vec<_>>>().map(|words| words.join(" "))
            }
            _ => None,
        };
        match word {
            Some(word) => read.word(&[category.to_owned()], &word),
            None => read.lost.push(format!("line {}: a pattern with more than words of the text", number + 1)),
        }
    }
    Ok(read)
}

/// A token that asks for nothing but its text.
fn token(token: &serde_json::Value) -> Option<&str> {
    let conditions = token.as_object()?;
    let (key, value) = conditions.iter().next().filter(|_| conditions.len() == 1)?;
    ["LOWER", "TEXT", "ORTH"].contains(&key.as_str()).then(|| value.as_str()).flatten()
}

/// `NAME_ [CODE]`, other names behind `+`, codes with days on lines of their own.
pub(super) fn petrarch(text: &str) -> ReadDictionary {
    let mut read = ReadDictionary::default();
    // Names that wait for a code.
    let mut names: Vec<String> = Vec::new();
    let mut code: Option<String> = None;
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default().trim_end();
        let bracket = line.find('[').map(|at| line[at + 1..].trim_end_matches(']').trim());
        let name = line.split('[').next().unwrap_or_default().trim();
        if name.is_empty() {
            let Some(bracket) = bracket else { continue };
            let mut parts = bracket.split_whitespace();
            let own = parts.next().unwrap_or_default().to_owned();
            if code.is_none() {
                code = Some(own.clone());
                for name in names.drain(..) {
                    read.word(std::slice::from_ref(&own), &name);
                }
                if parts.next().is_some() {
                    read.lost.push(format!("the days of `[{bracket}]`: give them in `from` and `to`"));
                }
            } else {
                read.lost.push(format!("the second code `[{bracket}]` of one name"));
            }
            continue;
        }
        let is_other_name = name.starts_with('+');
        let name = name.trim_start_matches('+').trim_matches('_').replace('_', " ");
        if !is_other_name {
            names.clear();
            code = bracket.and_then(|bracket| bracket.split_whitespace().next()).map(str::to_owned);
        }
        match &code {
            Some(code) => read.word(std::slice::from_ref(code), name.trim()),
            None => names.push(name.trim().to_owned()),
        }
    }
    read
}

/// Category and word in the first two columns, whatever divides them.
pub(super) fn csv(text: &str) -> ReadDictionary {
    let mut read = ReadDictionary::default();
    let sheet = crate::codebook::sheet::CsvText::of(text);
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).delimiter(sheet.delimiter).from_reader(sheet.text.as_bytes());
    for record in reader.records() {
        match record {
            Ok(record) => match (record.get(0).map(str::trim), record.get(1).map(str::trim)) {
                (Some(category), Some(word)) if !category.is_empty() && !word.is_empty() => {
                    read.word(&[category.to_owned()], word);
                }
                _ => read
                    .lost
                    .push(format!("line {}: no category and word", record.position().map_or(0, csv::Position::line))),
            },
            Err(error) => read.lost.push(error.to_string()),
        }
    }
    read
}
