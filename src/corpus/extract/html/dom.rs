//! A page as a tree, in an arena: no function calls itself, so that no page can exhaust the stack.
//!
//! Tags are found by the crate `html5gum`, which follows the standard; the tree is simpler than a browser's: what a
//! reader of text needs of it are elements that begin and end where they should although their end tags are missing.

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use std::convert::Infallible;
use std::ops::Range;

use super::tags::{self, ElementTag};

/// Elements may stand in one another as deep as this; it is what browsers allow.
pub(super) const MAX_DEPTH: usize = 512;

/// The attributes that are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AttributeName {
    AriaHidden,
    Class,
    Content,
    Datetime,
    Hidden,
    Href,
    HttpEquiv,
    Id,
    Itemprop,
    Lang,
    Name,
    Property,
    Rel,
    Role,
    Style,
    Testid,
    Type,
}

impl AttributeName {
    fn of(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"aria-hidden" => Self::AriaHidden,
            b"class" => Self::Class,
            b"content" => Self::Content,
            b"datetime" => Self::Datetime,
            b"hidden" => Self::Hidden,
            b"href" => Self::Href,
            b"http-equiv" => Self::HttpEquiv,
            b"id" => Self::Id,
            b"itemprop" => Self::Itemprop,
            b"lang" | b"xml:lang" => Self::Lang,
            b"name" => Self::Name,
            b"property" => Self::Property,
            b"rel" => Self::Rel,
            b"role" => Self::Role,
            b"style" => Self::Style,
            b"data-testid" | b"data-component" | b"data-qa" | b"data-test" => Self::Testid,
            b"type" => Self::Type,
            _ => return None,
        })
    }
}

/// The number of a node; nodes are numbered in the order of the page, so that a parent comes before its children.
pub(super) type NodeId = usize;

#[derive(Debug)]
pub(super) enum NodeKind {
    Element(ElementTag),
    /// Entities are resolved; space is as in the source.
    Text(Range<usize>),
}

#[derive(Debug)]
pub(super) struct DomNode {
    pub kind: NodeKind,
    pub parent: NodeId,
    /// One past the last node inside.
    pub end: NodeId,
    attributes: Range<usize>,
}

/// A page. Node 0 is the page itself.
#[derive(Debug)]
pub(super) struct Dom {
    pub nodes: Vec<DomNode>,
    attributes: Vec<(AttributeName, Range<usize>)>,
    chars: String,
}

/// Elements stand in one another deeper than [`MAX_DEPTH`].
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooDeep;

impl Dom {
    /// Reads a page; in time proportional to its size.
    ///
    /// # Errors
    /// Elements that stand in one another deeper than [`MAX_DEPTH`].
    pub fn parse(html: &str) -> Result<Self, TooDeep> {
        let mut builder = Builder::new(html.len());
        let mut emitter =
            CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<Infallible> {
                builder.take(event);
                None
            });
        emitter.naively_switch_states(true);
        let done: Result<(), Infallible> = Tokenizer::new_with_emitter(html, emitter).finish();
        let Ok(()) = done;
        builder.finish()
    }

    pub fn tag(&self, node: NodeId) -> Option<ElementTag> {
        match self.nodes[node].kind {
            NodeKind::Element(tag) => Some(tag),
            NodeKind::Text(_) => None,
        }
    }

    pub fn is(&self, node: NodeId, tag: ElementTag) -> bool {
        self.tag(node) == Some(tag)
    }

    /// The text of a text node as it stands in the page.
    pub fn text(&self, node: NodeId) -> &str {
        match &self.nodes[node].kind {
            NodeKind::Text(range) => &self.chars[range.clone()],
            NodeKind::Element(_) => "",
        }
    }

    pub fn attribute(&self, node: NodeId, name: AttributeName) -> Option<&str> {
        let attributes = &self.attributes[self.nodes[node].attributes.clone()];
        attributes.iter().find(|(known, _)| *known == name).map(|(_, range)| &self.chars[range.clone()])
    }

    /// All text inside, with each run of space as one blank.
    pub fn inner_text(&self, node: NodeId) -> String {
        let mut text = String::new();
        for inside in node..self.nodes[node].end {
            match self.tag(inside) {
                Some(tag) if tag.is_block() || tag == tags::BR => text.push(' '),
                Some(_) => {}
                None => text.push_str(self.text(inside)),
            }
        }
        collapsed(&text)
    }

    /// The nodes of the page from one on, in its order.
    pub fn elements(&self) -> impl Iterator<Item = (NodeId, ElementTag)> {
        (0..self.nodes.len()).filter_map(|node| Some((node, self.tag(node)?)))
    }
}

/// Each run of space as one blank, none at the ends.
pub(super) fn collapsed(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !whole.is_empty() {
            whole.push(' ');
        }
        whole.push_str(word);
    }
    whole
}

struct Builder {
    dom: Dom,
    /// Open elements, the page itself first.
    open: Vec<NodeId>,
    /// The attribute whose value may come.
    attribute: Option<AttributeName>,
    /// A start tag whose attributes are being read.
    is_in_tag: bool,
    is_too_deep: bool,
}

impl Builder {
    fn new(bytes: usize) -> Self {
        let page = DomNode { kind: NodeKind::Element(tags::HTML), parent: 0, end: 0, attributes: 0..0 };
        Self {
            dom: Dom { nodes: vec![page], attributes: Vec::new(), chars: String::with_capacity(bytes / 2) },
            open: vec![0],
            attribute: None,
            is_in_tag: false,
            is_too_deep: false,
        }
    }

    fn take(&mut self, event: CallbackEvent<'_>) {
        if self.is_too_deep {
            return;
        }
        match event {
            CallbackEvent::OpenStartTag { name } => self.start(name),
            CallbackEvent::AttributeName { name } => {
                self.attribute = if self.is_in_tag { AttributeName::of(name) } else { None };
                if let Some(name) = self.attribute {
                    let at = self.dom.chars.len();
                    self.keep(name, at..at);
                }
            }
            CallbackEvent::AttributeValue { value } => {
                if self.attribute.take().is_some() {
                    let range = self.store(value);
                    if let Some((_, empty)) = self.dom.attributes.last_mut() {
                        *empty = range;
                    }
                }
            }
            CallbackEvent::CloseStartTag { .. } => self.started(),
            CallbackEvent::EndTag { name } => self.end(ElementTag::of(name), name),
            CallbackEvent::String { value } => {
                let range = self.store(value);
                self.add(NodeKind::Text(range));
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
    }

    fn store(&mut self, bytes: &[u8]) -> Range<usize> {
        let start = self.dom.chars.len();
        self.dom.chars.push_str(&String::from_utf8_lossy(bytes));
        start..self.dom.chars.len()
    }

    fn keep(&mut self, name: AttributeName, range: Range<usize>) {
        self.dom.attributes.push((name, range));
        if let Some(node) = self.dom.nodes.last_mut() {
            node.attributes.end = self.dom.attributes.len();
        }
    }

    fn add(&mut self, kind: NodeKind) -> NodeId {
        let node = self.dom.nodes.len();
        let parent = self.open.last().copied().unwrap_or_default();
        let at = self.dom.attributes.len();
        self.dom.nodes.push(DomNode { kind, parent, end: node + 1, attributes: at..at });
        node
    }

    fn start(&mut self, name: &[u8]) {
        let tag = ElementTag::of(name);
        if tag.closes_paragraph() {
            self.close_until(|open| open == tags::P, |open| open.is_wall() || open == tags::BUTTON);
        }
        let (closed, limits) = tag.ends();
        if !closed.is_empty() {
            self.close_until(|open| closed.contains(&open), |open| limits.contains(&open));
        }
        self.add(NodeKind::Element(tag));
        self.is_in_tag = true;
    }

    /// After the attributes: what has content stays open. Of `html`, `head` and `body` only the attributes matter.
    fn started(&mut self) {
        self.is_in_tag = false;
        let node = self.dom.nodes.len() - 1;
        let Some(tag) = self.dom.tag(node) else { return };
        if tag.is_void() || matches!(tag, tags::HTML | tags::HEAD | tags::BODY) {
            return;
        }
        self.open.push(node);
        self.is_too_deep = self.open.len() > MAX_DEPTH;
    }

    fn end(&mut self, tag: ElementTag, name: &[u8]) {
        self.is_in_tag = false;
        if tag == tags::OTHER {
            // an unknown name is inline: it ends the nearest such element that no block separates from it
            self.close_until(|open| open == tags::OTHER, ElementTag::is_block);
        } else if tag == tags::BR && name == b"br" {
            self.add(NodeKind::Element(tags::BR));
        } else if tag.is_table_part() {
            self.close_until(|open| open == tag, |open| open == tags::TABLE);
        } else if tag.is_block() {
            self.close_until(|open| open == tag, ElementTag::is_wall);
        } else {
            self.close_until(|open| open == tag, ElementTag::is_block);
        }
    }

    /// Closes the nearest open element of a kind with all that is open inside, unless a wall comes first.
    fn close_until(&mut self, is_wanted: impl Fn(ElementTag) -> bool, is_wall: impl Fn(ElementTag) -> bool) {
        for at in (1..self.open.len()).rev() {
            let Some(tag) = self.dom.tag(self.open[at]) else { return };
            if is_wanted(tag) {
                let end = self.dom.nodes.len();
                for node in self.open.drain(at..) {
                    self.dom.nodes[node].end = end;
                }
                return;
            }
            if is_wall(tag) {
                return;
            }
        }
    }

    fn finish(mut self) -> Result<Dom, TooDeep> {
        if self.is_too_deep {
            return Err(TooDeep);
        }
        let end = self.dom.nodes.len();
        for node in self.open {
            self.dom.nodes[node].end = end;
        }
        Ok(self.dom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as nested brackets.
    fn shape(html: &str) -> String {
        let dom = Dom::parse(html).unwrap();
        let mut out = String::new();
        let mut ends: Vec<NodeId> = Vec::new();
        for node in 1..dom.nodes.len() {
            while ends.last().is_some_and(|end| *end <= node) {
                ends.pop();
                out.push(']');
            }
            match dom.tag(node) {
                Some(_) => {
                    out.push('[');
                    ends.push(dom.nodes[node].end);
                }
                None => out.push_str(dom.text(node).trim()),
            }
        }
        out + &"]".repeat(ends.len())
    }

    #[test]
    fn elements_end_where_they_should_without_end_tags() {
        for (html, expected) in [
            ("<p>a<p>b", "[a][b]"),
            ("<ul><li>a<ul><li>b<li>c</ul><li>d</ul>e", "[[a[[b][c]]][d]]e"),
            ("<table><tr><td>a<td>b<tr><td>c</table>d", "[[[a][b]][[c]]]d"),
            ("<div><p>a<b>b</div>c", "[[a[b]]]c"),
            ("<div>a</span>b</div>c", "[ab]c"),
            ("<span>a<div>b</span>c</div>d</span>e", "[a[bc]d]e"),
            ("<table><tr><td>a</div></p>b</td></tr></table></div>c", "[[[ab]]]c"),
            ("a<br>b<img>c</br>d", "a[]b[]c[]d"),
            ("<dl><dt>a<dd>b<dt>c</dl>", "[[a][b][c]]"),
            ("<html><head><title>t</title><body>a</body></html>b", "[][][t][]ab"),
            ("<a>x<a>y</a>", "[x][y]"),
        ] {
            assert_eq!(shape(html), expected, "{html}");
        }
    }

    #[test]
    fn attributes_and_entities_are_read() {
        let dom = Dom::parse("<p class='a &amp; b' hidden id=x>caf&eacute; &#8217;&nbsp;&lt;</p>").unwrap();
        assert_eq!(dom.attribute(1, AttributeName::Class), Some("a & b"));
        assert_eq!(
            (dom.attribute(1, AttributeName::Hidden), dom.attribute(1, AttributeName::Id)),
            (Some(""), Some("x"))
        );
        assert_eq!(dom.inner_text(1), "café ’ <");
    }

    #[test]
    fn depth_is_limited_and_nothing_else_is() {
        let nested = |n: usize| Dom::parse(&"<div>".repeat(n));
        assert!(nested(MAX_DEPTH - 1).is_ok());
        assert_eq!(nested(MAX_DEPTH).unwrap_err(), TooDeep);
        assert_eq!(nested(200_000).unwrap_err(), TooDeep);
        assert!(Dom::parse(&"<p>".repeat(200_000)).is_ok());
        assert!(Dom::parse(&"<!-- ".repeat(20_000)).is_ok());
    }
}
