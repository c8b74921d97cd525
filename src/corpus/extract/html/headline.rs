//! The headline of a page: the heading that says what the page says its title is.

use super::dom::{AttributeName, Dom, NodeId};
use super::parts::{self, PagePart};
use super::tags;

/// Shorter titles are found in other headings by chance.
const LEAST: usize = 8;
/// A heading or standfirst has no more nodes inside than this.
pub(super) const MOST_NODES: usize = 40;

/// Letters and digits in lower case.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The first heading (the greatest kind of heading comes first) that is in one of the titles, or has one of them in it.
pub(super) fn find(dom: &Dom, titles: &[String]) -> Option<NodeId> {
    let titles: Vec<String> = titles.iter().map(|title| letters(title)).filter(|title| title.len() >= LEAST).collect();
    let mut found: Option<(u8, NodeId)> = None;
    for (node, tag) in dom.elements() {
        let rank = match tag {
            tags::H1 => 0,
            tags::H2 => 1,
            tags::H3 => 2,
            _ if dom.attribute(node, AttributeName::Itemprop) == Some("headline") => 1,
            tag if tag.is_block() && found.is_none() && parts::of(dom, node).has(PagePart::Headline) => 3,
            _ => continue,
        };
        if found.is_some_and(|(best, _)| best <= rank) || dom.nodes[node].end > node + MOST_NODES {
            continue;
        }
        let text = letters(&dom.inner_text(node));
        if text.len() >= LEAST && titles.iter().any(|title| title.contains(&text) || text.contains(title.as_str())) {
            found = Some((rank, node));
        }
    }
    if titles.is_empty() {
        // a page without a title has at most the only heading of the greatest kind
        let mut greatest = dom.elements().filter(|(_, tag)| *tag == tags::H1).map(|(node, _)| node);
        return greatest.next().filter(|_| greatest.next().is_none());
    }
    found.map(|(_, node)| node)
}
