//! Where on a page the article stands.
//!
//! Every stretch of text belongs to the innermost block around it. Blocks that read like paragraphs give their length to
//! the elements around them, a part less at each step outwards; the element that has most is the article. What stands
//! around or inside it as navigation, teasers, captions, comments and the like is known by its tag, its names
//! (`page_parts.csv`) or by being made of links.

use super::dom::{AttributeName, Dom, NodeId};
use super::parts::{self, PagePart, PageParts};
use super::tags::{self, ElementTag};

/// What was measured of each node of a page.
pub(super) struct NodeMeasures {
    /// The innermost block around each node; itself for a block.
    pub block: Vec<NodeId>,
    /// Whether a node is inside a link.
    pub in_link: Vec<bool>,
    /// Whether a node is not shown, or not part of the article by its tag or names.
    pub is_out: Vec<bool>,
    pub parts: Vec<PageParts>,
    /// Letters of the text that belongs to a block itself, and how many of them are links.
    letters: Vec<u32>,
    linked: Vec<u32>,
    /// Letters in paragraphs, of the node and all inside it.
    prose: Vec<u32>,
    /// Where the article can begin.
    first: NodeId,
}

/// A block of fewer letters is no paragraph, and one of fewer than the second only if it is a sentence.
const SHORT: u32 = 25;
const LONG: u32 = 80;
/// What is named as standing outside the article, but has more of the page's prose than this share, is not outside.
const OUTSIDE_SHARE: f32 = 0.3;
/// The same for comments, which may be longer than the article.
const COMMENTS_SHARE: f32 = 0.9;
/// With less prose below it, a headline says nothing about where the article is.
const LEAST: u32 = 300;
/// Letters of a link that may be a title, and of the text below such a title in a teaser.
const TITLE: u32 = 15;
const TEASER: u32 = 350;
/// What a step outwards leaves of the weight of a paragraph.
const DECAY: f32 = 0.6;
/// The first element below the headline that has this share of the greatest weight is the article: what is longer may
/// be a list of other articles.
const FIRST_SHARE: f32 = 0.5;
/// An element that is named as the article's body is believed from this share of the page's prose on.
const NAMED_SHARE: f32 = 0.35;

impl NodeMeasures {
    fn empty(dom: &Dom) -> Self {
        let n = dom.nodes.len();
        Self {
            block: vec![0; n],
            in_link: vec![false; n],
            is_out: vec![false; n],
            parts: vec![PageParts::default(); n],
            letters: vec![0; n],
            linked: vec![0; n],
            prose: vec![0; n],
            first: 0,
        }
    }

    pub fn of(dom: &Dom, headline: Option<NodeId>) -> Self {
        let mut it = Self::empty(dom);
        it.measure(dom);
        it.sum(dom);
        it.leave_out(dom, headline);
        it.sum(dom);
        it.leave_out_teasers(dom);
        it.sum(dom);
        it.begin_at(dom, headline);
        it
    }

    /// Of a text with elements that is no page: nothing of it is outside but what is not shown.
    pub fn of_fragment(dom: &Dom) -> Self {
        let mut it = Self::empty(dom);
        it.measure(dom);
        it.linked.fill(0);
        it
    }

    /// First pass: text to its block, and what is not shown.
    fn measure(&mut self, dom: &Dom) {
        for (node, facts) in dom.nodes.iter().enumerate() {
            let parent = facts.parent;
            self.in_link[node] = self.in_link[parent];
            self.is_out[node] = self.is_out[parent];
            self.block[node] = self.block[parent];
            match dom.tag(node) {
                Some(tag) => {
                    self.in_link[node] |= tag == tags::A;
                    self.is_out[node] |= tag.is_silent() || is_hidden(dom, node);
                    if tag.is_block() {
                        self.block[node] = node;
                    }
                    if !self.is_out[node] {
                        self.parts[node] = parts::of(dom, node);
                    }
                }
                None if !self.is_out[node] => {
                    let letters = dom.text(node).chars().filter(|c| !c.is_whitespace()).count() as u32;
                    let block = self.block[node];
                    self.letters[block] += letters;
                    if self.in_link[node] {
                        self.linked[block] += letters;
                    }
                }
                None => {}
            }
        }
    }

    /// The prose of each node with all inside it.
    fn sum(&mut self, dom: &Dom) {
        self.prose.fill(0);
        for node in (0..dom.nodes.len()).rev() {
            if !self.is_out[node] && self.block[node] == node {
                self.prose[node] += self.own_prose(node);
            }
            if node > 0 {
                self.prose[dom.nodes[node].parent] += self.prose[node];
            }
        }
    }

    /// The article stands below its headline, if anything does.
    fn begin_at(&mut self, dom: &Dom, headline: Option<NodeId>) {
        let Some(headline) = headline else { return };
        let below = |it: &Self| {
            (headline..dom.nodes.len())
                .filter(|node| it.block[*node] == *node && !it.is_out[*node])
                .map(|node| it.own_prose(node))
                .sum::<u32>()
        };
        if below(self) < LEAST {
            return;
        }
        self.first = headline;
        self.sum(dom);
    }

    /// Letters of a block that reads like a paragraph.
    fn own_prose(&self, block: NodeId) -> u32 {
        if block < self.first {
            return 0;
        }
        let (letters, linked) = (self.letters[block], self.linked[block]);
        if letters >= SHORT && linked * 2 < letters { if letters >= LONG { letters } else { letters / 2 } } else { 0 }
    }

    /// Second pass: what is outside the article by its tag or names.
    fn leave_out(&mut self, dom: &Dom, headline: Option<NodeId>) {
        let total = self.prose[0] as f32;
        for node in 1..dom.nodes.len() {
            if self.is_out[dom.nodes[node].parent] {
                self.is_out[node] = true;
                continue;
            }
            let Some(tag) = dom.tag(node) else { continue };
            let share = self.prose[node] as f32 / total.max(1.0);
            let parts = self.parts[node];
            let is_outside = is_outside_by_tag(tag) || is_outside_by_role(dom, node) || parts.has(PagePart::Outside);
            let has_headline = headline.is_some_and(|headline| (node..dom.nodes[node].end).contains(&headline));
            let is_comments = parts.has(PagePart::Comments) && !has_headline && share < COMMENTS_SHARE;
            self.is_out[node] |= !parts.has(PagePart::Body) && ((is_outside && share < OUTSIDE_SHARE) || is_comments);
        }
    }

    /// Whether a block is made of links.
    pub fn is_links(&self, block: NodeId) -> bool {
        self.linked[block] * 5 > self.letters[block] * 3
    }

    /// Letters in paragraphs inside.
    pub fn prose(&self, node: NodeId) -> u32 {
        self.prose[node]
    }

    /// The element that holds the article.
    pub fn article(&self, dom: &Dom) -> NodeId {
        let total = self.prose[0] as f32;
        let mut weight = vec![0f32; dom.nodes.len()];
        let mut named: Option<NodeId> = None;
        let mut best = 0f32;
        let mut heaviest_child = vec![0f32; dom.nodes.len()];
        for node in (0..dom.nodes.len()).rev() {
            if self.is_out[node] || dom.tag(node).is_none() {
                continue;
            }
            if self.block[node] == node {
                weight[node] += self.own_prose(node) as f32;
            }
            best = best.max(weight[node]);
            let parent = dom.nodes[node].parent;
            if node > 0 {
                weight[parent] += DECAY * weight[node];
                heaviest_child[parent] = heaviest_child[parent].max(weight[node]);
            }
            let is_named = self.parts[node].has(PagePart::Body) && self.prose[node] as f32 >= NAMED_SHARE * total;
            if is_named && named.is_none_or(|named| self.prose[node] as f32 > 1.1 * self.prose[named] as f32) {
                named = Some(node);
            }
        }
        let is_peak = |node: &NodeId| {
            let parent = dom.nodes[*node].parent;
            let own = weight[*node];
            own > 0.0
                && own >= FIRST_SHARE * best
                && own >= heaviest_child[*node]
                && (own >= weight[parent] || parent == *node)
        };
        let best = (0..dom.nodes.len()).find(is_peak).unwrap_or_default();
        self.widened(dom, named.unwrap_or(best))
    }

    /// Takes in what belongs to the article beside the element found: an article comes in pieces between
    /// advertisements, and the pieces have the same class.
    fn widened(&self, dom: &Dom, article: NodeId) -> NodeId {
        let mut at = article;
        // a lone paragraph stands for the element around it
        while at > 0 && (dom.is(at, tags::P) || dom.tag(at).is_none_or(|tag| !tag.is_block())) {
            at = dom.nodes[at].parent;
        }
        let class = dom.attribute(at, AttributeName::Class).unwrap_or_default();
        if class.is_empty() {
            return at;
        }
        let is_piece = |node: &NodeId| {
            !self.is_out[*node]
                && dom.tag(*node) == dom.tag(at)
                && dom.attribute(*node, AttributeName::Class) == Some(class)
                && self.prose[*node] > 0
        };
        let pieces: Vec<NodeId> = (1..dom.nodes.len()).filter(is_piece).collect();
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return at };
        let prose: u32 = pieces.iter().map(|piece| self.prose[*piece]).sum();
        let mut around = *first;
        while dom.nodes[around].end <= *last {
            around = dom.nodes[around].parent;
        }
        if self.prose[around] as f32 <= 1.3 * prose as f32 { around } else { at }
    }

    /// Lists of teasers, each a linked title with a few words: elements of one kind beside one another that are little
    /// more than that.
    fn leave_out_teasers(&mut self, dom: &Dom) {
        let n = dom.nodes.len();
        // letters of links that are long enough for a title
        let mut titles = vec![0u32; n];
        for node in (1..n).rev() {
            let parent = dom.nodes[node].parent;
            if self.block[node] == node && self.is_links(node) && self.linked[node] >= TITLE {
                titles[node] += 1;
            }
            titles[parent] += titles[node];
        }
        let mut teasers = vec![(0u32, 0u32); n];
        let is_teaser = |it: &Self, node: NodeId| {
            let is_container = dom.tag(node).is_some_and(|tag| tag.is_block() && tag != tags::P);
            is_container && (1..=2).contains(&titles[node]) && (1..=TEASER).contains(&it.prose[node])
        };
        for node in 1..n {
            if is_teaser(self, node) {
                let (count, prose) = &mut teasers[dom.nodes[node].parent];
                *count += 1;
                *prose += self.prose[node];
            }
        }
        for node in 1..n {
            let parent = dom.nodes[node].parent;
            let (count, prose) = teasers[parent];
            let is_list = count >= 3 && prose * 5 > self.prose[parent] * 3;
            self.is_out[node] |= self.is_out[parent] || (is_list && is_teaser(self, node));
        }
    }
}

fn is_hidden(dom: &Dom, node: NodeId) -> bool {
    let style = dom.attribute(node, AttributeName::Style).unwrap_or_default();
    let is_styled = style.contains("display:none") || style.contains("display: none");
    is_styled
        || dom.attribute(node, AttributeName::Hidden).is_some()
        || dom.attribute(node, AttributeName::AriaHidden) == Some("true")
}

fn is_outside_by_tag(tag: ElementTag) -> bool {
    matches!(
        tag,
        tags::NAV
            | tags::ASIDE
            | tags::FOOTER
            | tags::HEADER
            | tags::FIGURE
            | tags::FIGCAPTION
            | tags::DIALOG
            | tags::FORM
            | tags::CAPTION
    )
}

fn is_outside_by_role(dom: &Dom, node: NodeId) -> bool {
    matches!(
        dom.attribute(node, AttributeName::Role),
        Some(
            "navigation"
                | "complementary"
                | "contentinfo"
                | "search"
                | "dialog"
                | "alertdialog"
                | "alert"
                | "banner"
                | "menu"
                | "toolbar"
        )
    )
}
