//! What a document's own properties say of it: Dublin Core, as DOCX, ODT and EPUB have it.

use super::super::columns::Role;
use super::super::decode::NoText;
use super::super::language::language_code;
use super::super::metadata::KnownMeta;
use super::xml::{XmlEvent, walk};

/// The column with the day on which the file was made, which need not be the day on which the article appeared.
const CREATED: &str = "created";

/// Reads the properties of a part.
///
/// # Errors
///
/// XML that is not well-formed.
pub(super) fn read(xml: &[u8]) -> Result<KnownMeta, NoText> {
    let mut known = KnownMeta::default();
    let mut value = String::new();
    walk(xml, |node| match node {
        XmlEvent::Open(..) => value.clear(),
        XmlEvent::Text(text) => value.push_str(text),
        XmlEvent::Close(name) => {
            put(&mut known, name, &value);
            value.clear();
        }
    })?;
    Ok(known)
}

/// Stores one property by its element's name.
pub(super) fn put(known: &mut KnownMeta, name: &str, value: &str) {
    let value = value.trim();
    let role = match name {
        // Word's own name for a file that has no name
        "title" if value.starts_with("Microsoft Word") => return,
        "title" if known.title.is_none() => Role::Title,
        "creator" | "initial-creator" if known.author.is_none() => Role::Author,
        "language" => {
            known.language = known.language.take().or_else(|| language_code(value));
            return;
        }
        "created" | "creation-date" => {
            let day: String = value.chars().take(10).collect();
            if !day.is_empty() {
                known.more.insert(CREATED.to_owned(), day);
            }
            return;
        }
        "publisher" => Role::Source,
        "date" => Role::Date,
        _ => return,
    };
    // a date that is none is no date
    let _ = known.put(role, name, value, || None);
}
