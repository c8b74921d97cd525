//! In which articles an item occurs, and how often, in few bytes.

use crate::varint;

/// The postings of one item, by number of the article.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// The distance from the article before it and the hits, for each.
    bytes: Vec<u8>,
    last: u32,
}

impl Postings {
    /// Adds an article behind those that are there.
    pub fn push(&mut self, article: u32, hits: u32) {
        varint::push((article - self.last).into(), &mut self.bytes);
        varint::push(hits.into(), &mut self.bytes);
        self.last = article;
    }

    /// Gives back the room that was kept for more.
    pub fn finish(&mut self) {
        self.bytes.shrink_to_fit();
    }

    /// Each article with its hits.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        let (mut rest, mut article) = (self.bytes.as_slice(), 0);
        std::iter::from_fn(move || {
            article += varint::take(&mut rest)? as u32;
            Some((article, varint::take(&mut rest)? as u32))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn postings_come_back(hits in proptest::collection::btree_map(0u32..2000, 1u32..400, 0..400)) {
            let mut postings = Postings::default();
            hits.iter().for_each(|(article, hits)| postings.push(*article, *hits));
            postings.finish();
            prop_assert_eq!(postings.iter().collect::<BTreeMap<_, _>>(), hits);
        }
    }
}
