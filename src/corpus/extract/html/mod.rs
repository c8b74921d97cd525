//! Saved web pages: the article out of the page.
//!
//! Comes in: the bytes of a page. Goes out: its headline, standfirst and main text as blocks with a blank line between
//! them, and what the page says of itself. Refused: a page without an article, and one whose elements stand in one
//! another deeper than browsers allow. Every step takes time in proportion to the page, and none calls itself.

mod addresses;
mod blocks;
mod body;
mod decoded;
mod dom;
mod found;
mod headline;
mod markup;
mod meta;
mod parts;
mod standfirst;
mod tags;
#[cfg(test)]
mod tests;

pub(super) use decoded::decoded;

use super::super::columns::Role;
use super::super::decode::{Decoded, NoText};
use super::super::metadata::KnownMeta;
use super::{Extracted, Note};
use dom::{Dom, MAX_DEPTH, TooDeep};
use found::FoundArticle;
use meta::PageMeta;

/// Name and version of what finds the text.
pub(super) const EXTRACTOR: &str = "framescope-html 1";

/// The main text of a page.
///
/// # Errors
///
/// No text, or elements that stand in one another too deep.
pub(super) fn html(bytes: &[u8]) -> Result<Vec<Extracted>, NoText> {
    Ok(vec![page(decoded(bytes, None)?, None)?])
}

/// The main text of a page that is decoded. `address` is where it was found, as far as that is known.
pub(super) fn page(decoded: Decoded, address: Option<&str>) -> Result<Extracted, NoText> {
    if !decoded.text.contains('<') {
        return Err(NoText { what: "a web page without HTML".to_owned(), help: "name it .txt if it is plain text" });
    }
    let found = FoundArticle::on(&decoded.text).map_err(|TooDeep| NoText {
        what: format!("the elements of the page stand in one another more than {MAX_DEPTH} deep"),
        help: "no browser shows such a page; leave it out",
    })?;
    let mut extracted = Extracted {
        text: found.text(),
        line: 1,
        encoding: decoded.encoding,
        repairs: decoded.repairs,
        ..Extracted::default()
    };
    if extracted.text.is_empty() {
        let no_script =
            "it may be a list of articles, or be filled by a script; save it from the browser as it is shown";
        return Err(NoText { what: "no article was found on the page".to_owned(), help: no_script });
    }
    if found.is_from_json {
        let what = "the page shows less of the article than it has in its JSON-LD, which was taken";
        extracted.notes.push(Note::new(1, what, ""));
    }
    extracted.notes.extend(tell(found, &mut extracted.known, address));
    Ok(extracted)
}

/// The addresses that a page gives itself; those before its body are enough.
pub(super) fn addresses(decoded: &Decoded) -> Vec<String> {
    let text = &decoded.text;
    let body = memchr::memmem::find_iter(text.as_bytes(), b"<body").next();
    let mut all = Dom::parse(&text[..body.unwrap_or(text.len())]).map(|dom| addresses::of(&dom)).unwrap_or_default();
    if all.is_empty() && body.is_some() {
        all = Dom::parse(text).map(|dom| addresses::of(&dom)).unwrap_or_default();
    }
    all
}

/// The text of a cell that is markup, with what a whole page in it says of itself; `None` where the cell is plain text, or
/// where nothing is shown of it.
pub(in super::super) fn cell(text: &str) -> Option<(String, KnownMeta)> {
    if !markup::is_markup(text) {
        return None;
    }
    let mut known = KnownMeta::default();
    if markup::is_page(text)
        && let Ok(found) = FoundArticle::on(text)
        && !found.body.is_empty()
    {
        let text = found.text();
        tell(found, &mut known, None);
        return Some((text, known));
    }
    let blocks: Vec<String> = blocks::of_text(text).into_iter().map(|block| block.text).collect();
    (!blocks.is_empty()).then(|| (blocks.join("\n\n"), known))
}

/// What a page says of itself; a date that is none is reported.
fn tell(found: FoundArticle, known: &mut KnownMeta, address: Option<&str>) -> Option<Note> {
    let PageMeta { title, date, author, source, language, url, section, .. } = found.meta;
    let url = if url.is_empty() { address.unwrap_or_default().to_owned() } else { url };
    let source = if source.is_empty() { meta::host(&url).to_owned() } else { source };
    let title = if found.headline.is_empty() { title } else { found.headline };
    let language = super::super::language_code(&language).unwrap_or_default();
    let values = [
        (Role::Source, "source", &source),
        (Role::Title, "title", &title),
        (Role::Author, "author", &author),
        (Role::Language, "language", &language),
        (Role::More, "url", &url),
        (Role::More, "section", &section),
    ];
    let mut bad = None;
    for (role, column, value) in values.into_iter().chain([(Role::Date, "date", &date)]) {
        if let Err(date) = known.put(role, column, value, || None) {
            bad = Some(Note::new(1, date.to_string(), date.help()));
        }
    }
    bad
}
