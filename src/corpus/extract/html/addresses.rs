//! The addresses that a page gives itself.

use super::dom::{AttributeName, Dom};
use super::meta::{PageMeta, has_word};
use super::tags;

/// The page's own address by its `link` elements, its `meta` elements and its JSON-LD, the surest first.
pub(super) fn of(dom: &Dom) -> Vec<String> {
    let linked = dom.elements().filter(|(node, tag)| {
        let rel = dom.attribute(*node, AttributeName::Rel);
        *tag == tags::LINK && (has_word(rel, "canonical") || has_word(rel, "shortlink"))
    });
    let mut all: Vec<String> =
        linked.filter_map(|(node, _)| dom.attribute(node, AttributeName::Href)).map(str::to_owned).collect();
    all.extend(PageMeta::of(dom).urls);
    all
}
