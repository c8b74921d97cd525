//! The sentences between headline and text, where they stand outside the element with the text.

use super::blocks::TextBlock;
use super::body::NodeMeasures;
use super::dom::{Dom, NodeId};
use super::headline::{MOST_NODES, letters};
use super::parts::PagePart;
use super::tags;

/// Letters that a standfirst has at least and at most.
const LENGTH: std::ops::Range<usize> = 25..700;

/// The first block between headline and text that is named as a standfirst or that the page gives as its description;
/// empty where there is none, or where the text has it.
pub(super) fn find(
    dom: &Dom,
    measures: &NodeMeasures,
    headline: Option<NodeId>,
    description: &str,
    body: &[TextBlock],
) -> String {
    let (Some(headline), Some(first)) = (headline, body.first()) else { return String::new() };
    let description = letters(description);
    let mut node = dom.nodes[headline].end;
    while node < first.node {
        let Some(tag) = dom.tag(node) else {
            node += 1;
            continue;
        };
        if tag.is_silent() || matches!(tag, tags::NAV | tags::ASIDE | tags::FIGURE | tags::FORM) {
            node = dom.nodes[node].end;
            continue;
        }
        // an element around the text is no standfirst, and looking into large ones again and again takes time
        let end = dom.nodes[node].end;
        let is_small = end <= first.node && end - node <= MOST_NODES;
        if is_small && (tag.is_block() || measures.parts[node].has(PagePart::Standfirst)) {
            let text = dom.inner_text(node);
            let is_named = measures.parts[node].has(PagePart::Standfirst);
            if LENGTH.contains(&text.len()) && (is_named || is_same(&letters(&text), &description)) {
                let is_repeated = body.iter().take(3).any(|block| block.text.contains(&text));
                return if is_repeated { String::new() } else { text };
            }
        }
        node += 1;
    }
    String::new()
}

/// A description is often cut short.
fn is_same(text: &str, description: &str) -> bool {
    !text.is_empty() && (text == description || (description.len() >= 60 && text.starts_with(description)))
}
