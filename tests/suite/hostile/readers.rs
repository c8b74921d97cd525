//! Readers of the kinds of files that an output has, stricter than those that people use.

use quick_xml::events::Event;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

pub type Rows = Vec<Vec<String>>;

pub fn rows(csv: &[u8]) -> Rows {
    // Not flexible: a row with another number of cells is an error.
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv);
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// What a reader of XML makes of a file: elements with their attributes, and text. Ill-formed XML fails.
pub fn xml(name: &str, bytes: &[u8]) -> Vec<(String, BTreeMap<String, String>, String)> {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
    let is_bad =
        |c: &char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}');
    assert_eq!(text.chars().find(is_bad), None, "{name}: no character of XML");
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut found: Vec<(String, BTreeMap<String, String>, String)> = Vec::new();
    let mut open = Vec::new();
    loop {
        let event = reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}"));
        let is_start = matches!(event, Event::Start(_));
        match event {
            Event::Start(tag) | Event::Empty(tag) => {
                let element = tag.name().as_ref().to_owned();
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap_or_else(|error| panic!("{name}: {error}"));
                    let key = attribute.key.as_ref().to_owned();
                    (key, quick_xml::escape::unescape(&attribute.value).unwrap().into_owned())
                });
                found.push((element, attributes.collect(), String::new()));
                if is_start {
                    open.push(found.len() - 1);
                }
            }
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => {
                let text: &str = &text;
                assert!(!text.contains("]]>"), "{name}: an end of CDATA in text");
                if let Some(at) = open.last() {
                    found[*at].2.push_str(text);
                }
            }
            Event::GeneralRef(reference) => {
                let whole = format!("&{};", &*reference);
                let text = quick_xml::escape::unescape(&whole).unwrap_or_else(|error| panic!("{name}: {error}"));
                if let Some(at) = open.last() {
                    found[*at].2.push_str(&text);
                }
            }
            Event::CData(_) | Event::Comment(_) | Event::DocType(_) => panic!("{name}: a section that we never write"),
            Event::PI(_) => panic!("{name}: an instruction that we never write"),
            Event::Decl(_) => {}
            Event::Eof => break,
        }
    }
    assert!(open.is_empty(), "{name}: an element is open");
    found
}

/// `_x0041_` is how a workbook writes a character that XML cannot have, or that it would take for such a sequence.
pub fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 7).filter(|code| code.ends_with('_'));
        match code.and_then(|code| u32::from_str_radix(&code[..4], 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out + rest
}

/// The elements of a page with the names of their attributes, scripts and styles left out.
pub fn tags(page: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"!/-".contains(c)).unwrap();
        let element = rest[..end].to_lowercase();
        rest = &rest[end..];
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix(['>', '/']) {
                rest = after;
                break;
            }
            let end = rest.find(|c: char| c == '=' || c == '>' || c.is_whitespace()).unwrap();
            found.insert((element.clone(), rest[..end].to_owned()));
            rest = &rest[end..];
            if let Some(value) = rest.strip_prefix('=') {
                let value = value.strip_prefix('"').expect("a value in quotation marks");
                let (value, after) = value.split_once('"').unwrap();
                assert!(!value.trim().to_lowercase().starts_with("javascript:") || element == "option", "{value}");
                rest = after;
            }
        }
        if matches!(element.as_str(), "script" | "style") {
            rest = &rest[rest.find(&format!("</{element}>")).unwrap()..];
        }
        found.insert((element, String::new()));
    }
    found
}

/// What a page carries for its script.
pub fn carried(page: &str, id: &str) -> Value {
    let block = page.split_once(&format!("id=\"{id}\">")).unwrap().1.split_once("</script>").unwrap().0;
    let bytes = super::super::report::decode_base64(block);
    serde_json::from_reader(flate2::read::GzDecoder::new(bytes.as_slice())).unwrap()
}

/// All texts in a value.
pub fn strings(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Array(values) => values.iter().for_each(|value| strings(value, into)),
        Value::Object(map) => map.values().for_each(|value| strings(value, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text of a page of Markdown outside of code, and its code; a table's cells and a code span end where a reader of
/// CommonMark ends them.
pub fn markdown(page: &str) -> (String, Vec<String>) {
    let (mut text, mut code) = (String::new(), Vec::new());
    let mut rest = page;
    while let Some(at) = rest.find(['`', '\\']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('\\') {
            let c = after.chars().next().unwrap();
            text.push(if c.is_ascii_punctuation() { ' ' } else { '\\' });
            rest = if c.is_ascii_punctuation() { &after[c.len_utf8()..] } else { after };
            continue;
        }
        let fence: String = rest.chars().take_while(|c| *c == '`').collect();
        let inside = &rest[fence.len()..];
        let end = inside
            .match_indices(&fence)
            .map(|(at, _)| at)
            .find(|at| !inside[..*at].ends_with('`') && !inside[at + fence.len()..].starts_with('`'));
        let end = end.unwrap_or_else(|| panic!("a code span is open: {:?}", inside.get(..80)));
        code.push(inside[..end].replace("\\|", "|").trim().to_owned());
        rest = &inside[end + fence.len()..];
    }
    text.push_str(rest);
    (text, code)
}
