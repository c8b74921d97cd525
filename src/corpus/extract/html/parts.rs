//! What the names that a site gives its elements tell of them: rows of `dictionaries/reading/page_parts.csv`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::dom::{AttributeName, Dom, NodeId};

/// What an element is, as its names say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PagePart {
    Body,
    Headline,
    Standfirst,
    Comments,
    Outside,
    /// The first word of a name that says nothing of what an element is.
    State,
}

/// The parts that an element is named as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct PageParts(u8);

impl PageParts {
    pub fn has(self, part: PagePart) -> bool {
        self.0 & (1 << part as u8) != 0
    }

    fn add(&mut self, part: PagePart) {
        self.0 |= 1 << part as u8;
    }
}

/// The most words that a row joins.
const LONGEST: usize = 4;

fn known() -> &'static FxHashMap<String, PagePart> {
    static KNOWN: OnceLock<FxHashMap<String, PagePart>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = FxHashMap::default();
        for row in crate::corpus::reading::rows(include_str!("../../../../dictionaries/reading/page_parts.csv")) {
            let part = match row.get(0).unwrap_or_default() {
                "body" => PagePart::Body,
                "headline" => PagePart::Headline,
                "standfirst" => PagePart::Standfirst,
                "comments" => PagePart::Comments,
                "state" => PagePart::State,
                _ => PagePart::Outside,
            };
            for words in row.get(1).unwrap_or_default().split('|') {
                known.entry(words.replace(' ', "")).or_insert(part);
            }
        }
        known
    })
}

/// What the class names, the id and the like of an element say.
pub(super) fn of(dom: &Dom, node: NodeId) -> PageParts {
    let mut parts = PageParts::default();
    for name in [AttributeName::Class, AttributeName::Id, AttributeName::Testid, AttributeName::Itemprop] {
        for word in dom.attribute(node, name).unwrap_or_default().split_ascii_whitespace() {
            named(word, &mut parts);
        }
    }
    parts
}

/// Looks up all runs of words in a name such as `article-body__text` or `ArticleBody`.
fn named(name: &str, parts: &mut PageParts) {
    // where each word starts in `letters`
    let mut letters = String::with_capacity(name.len());
    let mut starts = Vec::new();
    let mut before = ' ';
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            let is_start = !before.is_ascii_alphanumeric() || (c.is_ascii_uppercase() && before.is_ascii_lowercase());
            if is_start {
                starts.push(letters.len());
            }
            letters.push(c.to_ascii_lowercase());
        }
        before = c;
    }
    if let [first, second, ..] = starts[..]
        && known().get(&letters[first..second]) == Some(&PagePart::State)
    {
        return;
    }
    for (at, start) in starts.iter().enumerate() {
        for next in at + 1..=(at + LONGEST).min(starts.len()) {
            let end = starts.get(next).copied().unwrap_or(letters.len());
            if let Some(part) = known().get(&letters[*start..end]) {
                parts.add(*part);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_word_by_word() {
        for (name, part) in [
            ("article-body", PagePart::Body),
            ("ArticleBody", PagePart::Body),
            ("c-articlebody__inner", PagePart::Body),
            ("story_comments", PagePart::Comments),
            ("RelatedLinks", PagePart::Outside),
            ("js-share", PagePart::Outside),
        ] {
            let mut parts = PageParts::default();
            named(name, &mut parts);
            assert!(parts.has(part), "{name}");
        }
        let mut parts = PageParts::default();
        for name in ["shareholder-meeting", "has-sidebar", "category-comments"] {
            named(name, &mut parts);
        }
        assert_eq!(parts, PageParts::default());
    }
}
