//! In which articles an item occurs, and how often, in few bytes.

use crate::count::HitCounts;
use crate::varint;

/// The postings of one item, by number of the article.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// The distance from the article before it and the counts, for each.
    bytes: Vec<u8>,
    last: u32,
}

impl Postings {
    /// Adds an article behind those that are there.
    pub fn push(&mut self, article: u32, counts: &HitCounts) {
        varint::push((article - self.last).into(), &mut self.bytes);
        counts.push(&mut self.bytes);
        self.last = article;
    }

    /// Gives back the space that was kept for more.
    pub fn finish(&mut self) {
        self.bytes.shrink_to_fit();
    }

    /// Each article with its counts.
    pub fn iter(&self) -> impl Iterator<Item = (u32, HitCounts)> + '_ {
        let (mut rest, mut article) = (self.bytes.as_slice(), 0);
        std::iter::from_fn(move || {
            article += varint::take(&mut rest)? as u32;
            Some((article, HitCounts::take(&mut rest)?))
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
            let hits: BTreeMap<u32, HitCounts> = hits.into_iter().map(|(at, n)| (at, HitCounts::hits(n))).collect();
            hits.iter().for_each(|(article, counts)| postings.push(*article, counts));
            postings.finish();
            prop_assert_eq!(postings.iter().collect::<BTreeMap<_, _>>(), hits);
        }
    }
}
