//! A walk through XML, element by element: nothing is built, so that depth costs nothing.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};

use super::super::decode::{NoText, decode};

/// What a walk comes to. Names are without their prefix.
pub(super) enum XmlEvent<'n> {
    Open(&'n str, &'n Attributes<'n>),
    Close(&'n str),
    Text(&'n str),
}

/// The attributes of an element.
pub(super) struct Attributes<'a>(&'a BytesStart<'a>);

impl Attributes<'_> {
    /// The value of the attribute of this name, whatever its prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.html_attributes();
        let found = attributes.find_map(|attribute| {
            let attribute = attribute.ok()?;
            (attribute.key.local_name().as_ref() == name).then_some(attribute)
        })?;
        let value = found.value.into_owned();
        Some(quick_xml::escape::unescape(&value).map(Cow::into_owned).unwrap_or(value))
    }
}

/// Walks through a part.
///
/// # Errors
///
/// XML that is not well-formed; what came before was walked through.
pub(super) fn walk(xml: &[u8], mut each: impl FnMut(XmlEvent<'_>)) -> Result<(), NoText> {
    let decoded;
    let xml = match std::str::from_utf8(xml) {
        Ok(text) => text,
        Err(_) => {
            decoded = decode(xml.to_vec())?.text;
            &decoded
        }
    };
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{FEFF}'));
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader.config_mut().expand_empty_elements = true;
    let damaged = |error: &dyn std::fmt::Display| NoText {
        what: format!("it is damaged: {error}"),
        help: "open it in the program that made it, and save it anew",
    };
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(start) => {
                let name = start.local_name();
                each(XmlEvent::Open(name.as_ref(), &Attributes(&start)));
            }
            Event::End(end) => each(XmlEvent::Close(end.local_name().as_ref())),
            Event::Text(text) => each(XmlEvent::Text(&text)),
            Event::CData(data) => each(XmlEvent::Text(&data)),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                let named = || resolve_html5_entity(&reference).map(str::to_owned);
                each(XmlEvent::Text(&character.or_else(named).unwrap_or_default()));
            }
            Event::Eof => return Ok(()),
            Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) | Event::Comment(_) => {}
        }
    }
}
