//! What would keep a reader of PDF busy without end, or fill the stack or the memory: looked for before it is read.
//!
//! A drawing may contain drawings, and a page takes what it lacks from the node above it. A hostile file makes circles of
//! these, or packs gigabytes into kilobytes.

use std::collections::HashMap;
use std::io::Read;

use pdf_extract::{Dictionary, Document as Pdf, Object, ObjectId, Stream};

use super::super::super::decode::NoText;

/// Nodes above a page, and drawings in a drawing.
const MAX_LEVELS: usize = 64;
/// Drawings that are drawn for one page, each as often as it is drawn.
const MAX_DRAWN: u64 = 100_000;
/// Bytes that the drawing of a page may unpack to.
const MAX_CONTENT: u64 = 64 << 20;

/// # Errors
///
/// A file that is made to be unreadable.
pub(super) fn check(pdf: &Pdf) -> Result<(), NoText> {
    let refused = |what: &str| NoText { what: format!("it is no usual PDF: {what}"), help: "print it into a new PDF" };
    let mut drawings: HashMap<ObjectId, (Vec<ObjectId>, u64)> = HashMap::new();
    for (id, object) in &pdf.objects {
        let Ok(stream) = object.as_stream() else { continue };
        let is_form = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Form");
        if is_form && let Some(inner) = drawings_in(pdf, &stream.dict) {
            let content = unpacked(stream).ok_or_else(|| refused("a drawing unpacks to more than 64 MB"))?;
            let drawn = memchr::memmem::find_iter(&content, b"Do").count() as u64;
            drawings.insert(*id, (inner, drawn));
        } else if is_form {
            // it takes the page's drawings, which may be itself
            let content = unpacked(stream).ok_or_else(|| refused("a drawing unpacks to more than 64 MB"))?;
            if memchr::memmem::find(&content, b"Do").is_some() {
                return Err(refused("a drawing takes its parts from the page"));
            }
        }
    }
    let mut costs: HashMap<ObjectId, Option<u64>> = HashMap::new();
    for id in drawings.keys() {
        if cost(*id, &drawings, &mut costs, 0).is_none_or(|cost| cost > MAX_DRAWN) {
            return Err(refused("its drawings contain one another without end"));
        }
    }
    for page in pdf.get_pages().into_values() {
        let mut node = page;
        for level in 0.. {
            if level > MAX_LEVELS {
                return Err(refused("its pages hang on one another without end"));
            }
            let parent = pdf.get_dictionary(node).and_then(|node| node.get(b"Parent")).and_then(Object::as_reference);
            match parent {
                Ok(parent) => node = parent,
                Err(_) => break,
            }
        }
        let contents = pdf.get_page_contents(page).into_iter();
        if contents
            .filter_map(|id| pdf.get_object(id).and_then(Object::as_stream).ok())
            .any(|it| unpacked(it).is_none())
        {
            return Err(refused("a page unpacks to more than 64 MB"));
        }
    }
    Ok(())
}

/// The drawings that a drawing names; `None` where it has no list of its own.
fn drawings_in(pdf: &Pdf, drawing: &Dictionary) -> Option<Vec<ObjectId>> {
    let dictionary =
        |object: &Object| pdf.dereference(object).ok().and_then(|(_, object)| object.as_dict().ok().cloned());
    let resources = dictionary(drawing.get(b"Resources").ok()?)?;
    let Some(named) = resources.get(b"XObject").ok().and_then(dictionary) else { return Some(Vec::new()) };
    Some(named.iter().filter_map(|(_, object)| object.as_reference().ok()).collect())
}

/// How many drawings one drawing draws; `None` for a circle, or too many levels.
fn cost(
    id: ObjectId,
    drawings: &HashMap<ObjectId, (Vec<ObjectId>, u64)>,
    costs: &mut HashMap<ObjectId, Option<u64>>,
    level: usize,
) -> Option<u64> {
    if level > MAX_LEVELS {
        return None;
    }
    if let Some(known) = costs.get(&id) {
        return *known;
    }
    let Some((inner, drawn)) = drawings.get(&id) else { return Some(1) };
    // found again before it is known, it is a circle
    costs.insert(id, None);
    let mut most = 0;
    for inner in inner {
        most = most.max(cost(*inner, drawings, costs, level + 1)?);
    }
    let cost = drawn.saturating_mul(most).saturating_add(1);
    costs.insert(id, Some(cost));
    Some(cost)
}

/// The bytes of a stream; `None` beyond the limit. Of packings other than the usual one the bytes as they are.
fn unpacked(stream: &Stream) -> Option<Vec<u8>> {
    let is_deflated = stream.filters().is_ok_and(|filters| filters.len() == 1 && filters[0] == b"FlateDecode");
    let mut content = Vec::new();
    if is_deflated {
        // what is damaged is read as far as it goes
        let _ =
            flate2::read::ZlibDecoder::new(stream.content.as_slice()).take(MAX_CONTENT + 1).read_to_end(&mut content);
    } else {
        content.extend_from_slice(&stream.content);
    }
    (content.len() as u64 <= MAX_CONTENT).then_some(content)
}
