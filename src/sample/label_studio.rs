//! A sheet as tasks of Label Studio, and the labelling configuration of its project.
//!
//! Values of choices are codes, or names that [`crate::coding`] reads as codes.

use super::form::{self, SheetForm};
use super::{Blind, Code};
use crate::coding::{Field, Kind, NOBODY, NOTE};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// So many choices are shown at once; more are a list in which one searches.
const MOST_SHOWN: usize = 16;

/// The choice that a sentence has no frame stands beside the marks in the text.
pub(super) const NO_FRAME: &str = "no_frame";

/// An array of tasks.
pub(super) fn tasks(form: &SheetForm<'_>) -> Vec<u8> {
    let tasks: Vec<Value> = form
        .items
        .iter()
        .map(|item| {
            let mut data: Map<String, Value> = form
                .reading(item)
                // An empty text is taken for one that is missing.
                .map(|(name, text)| (name.to_owned(), Value::from(if text.is_empty() { "–".to_owned() } else { text })))
                .collect();
            if !form.coder.is_empty() {
                data.insert("coder".into(), form.coder.into());
            }
            if form.reading.contains(&"frame") {
                data.insert("definition".into(), form.definition(item).into());
            }
            json!({ "data": data })
        })
        .collect();
    let mut bytes = serde_json::to_vec_pretty(&tasks).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// The labelling configuration, in XML.
pub(super) fn labels(form: &SheetForm<'_>) -> Vec<u8> {
    let mut out = String::from("<View>\n");
    if form.blind == Blind::No {
        out += "  <Header value=\"$source, $date, $article\" size=\"6\"/>\n";
    }
    out += "  <Text name=\"before\" value=\"$before\" valueType=\"text\"/>\n";
    if form.kind == Kind::Misses {
        out += "  <Header value=\"Mark the words of each frame, one mark a hit.\" size=\"5\"/>\n";
        out += &format!("  <Labels name=\"{}\" toName=\"sentence\">\n", Field::MissedFrames.name());
        for code in form.codes_of(Field::MissedFrames).filter(|code| code.code != NOBODY) {
            out += &format!("    <Label value=\"{}\" hint=\"{}\"/>\n", escaped(&code.code), escaped(&code.meaning));
        }
        out += "  </Labels>\n";
    }
    out += "  <Text name=\"sentence\" value=\"$sentence\" valueType=\"text\"/>\n";
    out += "  <Text name=\"after\" value=\"$after\" valueType=\"text\"/>\n";
    if form.reading.contains(&"frame") {
        out += "  <Header value=\"Frame: $frame. $definition\" size=\"5\"/>\n";
    }
    for field in form.fields {
        match field {
            Field::Terms => {}
            Field::MissedFrames => {
                out += &format!(
                    "  <Choices name=\"{NO_FRAME}\" toName=\"sentence\" choice=\"single\">\n    <Choice value=\"none\" \
                     hint=\"the sentence has no hit of any frame\"/>\n  </Choices>\n"
                );
            }
            field => out += &choices(form, *field),
        }
    }
    out += &format!(
        "  <TextArea name=\"{NOTE}\" toName=\"sentence\" placeholder=\"Note\" maxSubmissions=\"1\"/>\n</View>\n"
    );
    out.into_bytes()
}

/// A question with its answers, shown where it is to be answered.
fn choices(form: &SheetForm<'_>, field: Field) -> String {
    let shown = |tag: &str, values: &str| {
        format!(" visibleWhen=\"choice-selected\" whenTagName=\"{tag}\" whenChoiceValue=\"{values}\"")
    };
    let when = match field {
        Field::RightSense | Field::Zone | Field::MissedFrames | Field::Terms => String::new(),
        Field::Speaker if form.kind == Kind::Hits => {
            let others: Vec<&str> =
                form.codes_of(Field::Voice).map(|code| code.code.as_str()).filter(|code| *code != "own").collect();
            shown(Field::Voice.name(), &others.join(","))
        }
        Field::Voice | Field::Speaker | Field::Agent | Field::Target | Field::Actor => {
            shown(Field::RightSense.name(), "yes")
        }
    };
    let codes: Vec<&Code> = form.codes_of(field).collect();
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for code in &codes {
        *names.entry(form::label(code)).or_default() += 1;
    }
    let layout = if codes.len() > MOST_SHOWN { " layout=\"select\"" } else { " showInline=\"true\"" };
    let mut out = format!("  <View{when}>\n    <Header value=\"{}\" size=\"5\"/>\n", form::question(form.kind, field));
    out += &format!("    <Choices name=\"{}\" toName=\"sentence\" choice=\"single\"{layout}>\n", field.name());
    for code in codes {
        let name = form::label(code);
        // A name that two actors share says nothing.
        let value = if names[&name] == 1 { &name } else { &code.code };
        out += &format!("      <Choice value=\"{}\" hint=\"{}\"/>\n", escaped(value), escaped(&code.meaning));
    }
    out + "    </Choices>\n  </View>\n"
}

/// Text in an attribute. `$` begins the name of a variable there.
fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).replace('$', "")
}

#[cfg(test)]
mod tests {
    use super::super::form::tests::{book, sample};
    use super::*;

    #[test]
    fn every_code_can_be_chosen_in_a_configuration_that_is_xml() {
        let book = book();
        for kind in Kind::ALL {
            let sample = sample(kind);
            let form = SheetForm::new(&sample, &book, None);
            let xml = String::from_utf8(labels(&form)).expect("text");
            let mut reader = quick_xml::Reader::from_str(&xml);
            let (mut choices, mut names) = (0, Vec::new());
            loop {
                match reader.read_event().expect("XML") {
                    quick_xml::events::Event::Eof => break,
                    quick_xml::events::Event::Empty(tag) | quick_xml::events::Event::Start(tag) => {
                        let tag_name = tag.name().as_ref().to_owned();
                        choices += usize::from(tag_name == "Choice" || tag_name == "Label");
                        if ["Choices", "Labels", "TextArea"].contains(&tag_name.as_str()) {
                            let name = tag.try_get_attribute("name").expect("attributes").expect("a name");
                            names.push(name.value.into_owned());
                        }
                    }
                    _ => {}
                }
            }
            assert_eq!(choices, form.codes.len(), "{kind:?}");
            let fields: Vec<&str> =
                form.fields.iter().map(|field| field.name()).filter(|name| *name != "terms").collect();
            assert!(fields.iter().all(|name| names.iter().any(|own| own == name)), "{kind:?}: {names:?}");
        }
    }

    #[test]
    fn tasks_hold_the_sentence_and_nothing_of_the_answers() {
        let (book, sample) = (book(), sample(Kind::Hits));
        let tasks: Value = serde_json::from_slice(&tasks(&SheetForm::new(&sample, &book, Some("ben")))).expect("JSON");
        assert_eq!(tasks.as_array().map(Vec::len), Some(2));
        assert_eq!(tasks[0]["data"]["sentence"], "They spoke, \u{1F440} of a [[siege]] of it");
        assert_eq!((&tasks[0]["data"]["after"], &tasks[0]["data"]["coder"]), (&json!("–"), &json!("ben")));
        assert!(tasks[0].get("annotations").is_none() && tasks[0].get("predictions").is_none());
    }
}
