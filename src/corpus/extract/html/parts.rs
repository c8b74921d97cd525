//! What the names that a site gives its elements tell of them: rows of `dictionaries/reading/page_parts.csv`.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::dom::{Dom, Name, NodeId};

/// What an element is, as its names say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Body,
    Headline,
    Standfirst,
    Comments,
    Outside,
}

/// The parts that an element is named as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Parts(u8);

impl Parts {
    pub fn has(self, part: Part) -> bool {
        self.0 & (1 << part as u8) != 0
    }

    fn add(&mut self, part: Part) {
        self.0 |= 1 << part as u8;
    }
}

/// The most words that a row joins.
const LONGEST: usize = 4;

fn known() -> &'static FxHashMap<String, Part> {
    static KNOWN: OnceLock<FxHashMap<String, Part>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = FxHashMap::default();
        for row in crate::corpus::reading::rows(include_str!("../../../../dictionaries/reading/page_parts.csv")) {
            let part = match row.get(0).unwrap_or_default() {
                "body" => Part::Body,
                "headline" => Part::Headline,
                "standfirst" => Part::Standfirst,
                "comments" => Part::Comments,
                _ => Part::Outside,
            };
            for words in row.get(1).unwrap_or_default().split('|') {
                known.entry(words.replace(' ', "")).or_insert(part);
            }
        }
        known
    })
}

/// What the class names, the id and the like of an element say.
pub(super) fn of(dom: &Dom, node: NodeId) -> Parts {
    let mut parts = Parts::default();
    for name in [Name::Class, Name::Id, Name::Testid, Name::Itemprop] {
        for word in dom.attribute(node, name).unwrap_or_default().split_ascii_whitespace() {
            named(word, &mut parts);
        }
    }
    parts
}

/// Looks up all runs of words in a name such as `article-body__text` or `ArticleBody`.
fn named(name: &str, parts: &mut Parts) {
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
            ("article-body", Part::Body),
            ("ArticleBody", Part::Body),
            ("c-articlebody__inner", Part::Body),
            ("story_comments", Part::Comments),
            ("RelatedLinks", Part::Outside),
            ("js-share", Part::Outside),
        ] {
            let mut parts = Parts::default();
            named(name, &mut parts);
            assert!(parts.has(part), "{name}");
        }
        let mut parts = Parts::default();
        named("shareholder-meeting", &mut parts);
        assert_eq!(parts, Parts::default());
    }
}
