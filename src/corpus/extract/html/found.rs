//! The parts of an article, found on its page.

use super::blocks::{self, BlockKind, TextBlock};
use super::body::NodeMeasures;
use super::dom::{Dom, TooDeep};
use super::headline;
use super::meta::PageMeta;
use super::standfirst;

/// What JSON-LD has as the text is taken where the page shows less than this part of it.
const SHOWN_SHARE: usize = 2;

/// An article on a page.
pub(super) struct FoundArticle {
    pub meta: PageMeta,
    pub headline: String,
    pub standfirst: String,
    pub body: Vec<TextBlock>,
    /// The text stands in the page's JSON-LD, not in what it shows.
    pub is_from_json: bool,
}

impl FoundArticle {
    /// Finds the article of a page; its body is empty where there is none.
    ///
    /// # Errors
    /// Elements that stand in one another too deep.
    pub fn on(html: &str) -> Result<Self, TooDeep> {
        let dom = Dom::parse(html)?;
        let meta = PageMeta::of(&dom);
        let heading = headline::find(&dom, &meta.titles);
        let measures = NodeMeasures::of(&dom, heading);
        let article = measures.article(&dom);
        let mut body = blocks::inside(&dom, &measures, article);
        let headline = heading.map_or_else(|| meta.title.clone(), |heading| dom.inner_text(heading));
        body.retain(|block| heading.is_none_or(|heading| block.node > heading) && block.text != headline);
        while body.last().is_some_and(|last| last.kind == BlockKind::Heading) {
            body.pop();
        }
        if measures.prose(article) == 0 {
            body.clear();
        }
        let standfirst = standfirst::find(&dom, &measures, heading, &meta.description, &body);
        let mut found = Self { meta, headline, standfirst, body, is_from_json: false };
        found.take_json();
        Ok(found)
    }

    /// Takes the text from JSON-LD where the page itself shows hardly any of it.
    fn take_json(&mut self) {
        let shown: usize = self.body.iter().map(|block| block.text.len()).sum();
        if shown * SHOWN_SHARE >= self.meta.body.len() {
            return;
        }
        self.is_from_json = true;
        let text = std::mem::take(&mut self.meta.body);
        self.body = blocks::of_text(&text);
    }

    /// Headline, standfirst and body, with a blank line between blocks; empty without a body.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if self.body.is_empty() {
            return text;
        }
        let parts = [&self.headline, &self.standfirst].into_iter();
        for part in parts.chain(self.body.iter().map(|block| &block.text)).filter(|part| !part.is_empty()) {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(part);
        }
        text
    }
}
