//! The text of an element, block by block.

use super::body::NodeMeasures;
use super::dom::{Dom, NodeId, collapsed};
use super::markup;
use super::tags;

/// What a block of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BlockKind {
    Heading,
    Item,
    Paragraph,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TextBlock {
    pub kind: BlockKind,
    pub text: String,
    /// The element that the text belongs to.
    pub node: NodeId,
}

/// Stands for `<br>`: a line end of the source is no more than a blank.
const LINE_END: char = '\r';

/// The blocks inside an element in the order of the page, without what stands outside the article.
pub(super) fn inside(dom: &Dom, measures: &NodeMeasures, element: NodeId) -> Vec<TextBlock> {
    let mut blocks = Vec::new();
    let mut text = String::new();
    let mut of = element;
    // an element outside the article that was taken for the article is still read
    let mut node = element;
    let mut breaks = 0;
    while node < dom.nodes[element].end {
        if measures.is_out[node] && node != element {
            node = dom.nodes[node].end;
            continue;
        }
        let block = measures.block[node];
        if block != of {
            finish(dom, measures, of, &mut text, &mut blocks);
            of = block;
        }
        if dom.is(node, tags::BR) {
            breaks += 1;
            text.push(LINE_END);
            if breaks == 2 {
                finish(dom, measures, of, &mut text, &mut blocks);
            }
        } else {
            let piece = dom.text(node);
            if !piece.trim().is_empty() {
                breaks = 0;
            }
            text.push_str(piece);
        }
        node += 1;
    }
    finish(dom, measures, of, &mut text, &mut blocks);
    blocks
}

fn finish(dom: &Dom, measures: &NodeMeasures, of: NodeId, text: &mut String, blocks: &mut Vec<TextBlock>) {
    let lines: Vec<String> = text.split(LINE_END).map(collapsed).filter(|line| !line.is_empty()).collect();
    let whole = lines.join("\n");
    text.clear();
    if whole.is_empty() || measures.is_links(of) {
        return;
    }
    let kind = match dom.tag(of) {
        Some(tag) if tag.is_heading() => BlockKind::Heading,
        Some(tags::LI) => BlockKind::Item,
        _ => BlockKind::Paragraph,
    };
    blocks.push(TextBlock { kind, text: whole, node: of });
}

/// The blocks of a text that may have elements inside: all that is shown.
pub(super) fn of_text(text: &str) -> Vec<TextBlock> {
    if markup::is_markup(text)
        && let Ok(dom) = Dom::parse(text)
    {
        return inside(&dom, &NodeMeasures::of_fragment(&dom), 0);
    }
    let lines = text.lines().map(collapsed).filter(|line| !line.is_empty());
    lines.map(|text| TextBlock { kind: BlockKind::Paragraph, text, node: 0 }).collect()
}
