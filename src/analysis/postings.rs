//! In which articles an item occurs, and how often, in few bytes.

use crate::varint;
use std::ops::Range;

/// Postings between two marks.
const STRETCH: usize = 64;

/// The postings of one item, by number of the article.
#[derive(Debug, Default)]
pub(super) struct Postings {
    /// The distance from the article before it and the hits, for each.
    bytes: Vec<u8>,
    /// For each stretch its first article, and where its bytes begin.
    marks: Vec<(u32, usize)>,
    last: u32,
    number: usize,
}

impl Postings {
    /// Adds an article behind those that are there.
    pub fn push(&mut self, article: u32, hits: u32) {
        if self.number.is_multiple_of(STRETCH) {
            self.marks.push((article, self.bytes.len()));
            self.last = article;
        }
        varint::push((article - self.last).into(), &mut self.bytes);
        varint::push(hits.into(), &mut self.bytes);
        self.last = article;
        self.number += 1;
    }

    /// Gives back the room that was kept for more.
    pub fn finish(&mut self) {
        self.bytes.shrink_to_fit();
        self.marks.shrink_to_fit();
    }

    /// Articles of a range with their hits.
    pub fn within(&self, articles: Range<u32>) -> impl Iterator<Item = (u32, u32)> + '_ {
        let stretch = self.marks.partition_point(|(first, _)| *first < articles.start).saturating_sub(1);
        let stretches = self.marks[stretch.min(self.marks.len())..].iter().enumerate();
        let all = stretches.flat_map(move |(at, (first, begin))| {
            let end = self.marks.get(stretch + at + 1).map_or(self.bytes.len(), |(_, end)| *end);
            let (mut rest, mut article) = (&self.bytes[*begin..end], *first);
            std::iter::from_fn(move || {
                article += varint::take(&mut rest)? as u32;
                Some((article, varint::take(&mut rest)? as u32))
            })
        });
        all.skip_while(move |(article, _)| *article < articles.start)
            .take_while(move |(article, _)| *article < articles.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn postings_of_a_range_come_back(
            hits in proptest::collection::btree_map(0u32..2000, 1u32..400, 0..400),
            from in 0u32..2100,
            length in 0u32..900,
        ) {
            let mut postings = Postings::default();
            hits.iter().for_each(|(article, hits)| postings.push(*article, *hits));
            postings.finish();
            let expected: BTreeMap<u32, u32> = hits.range(from..from + length).map(|(a, n)| (*a, *n)).collect();
            prop_assert_eq!(postings.within(from..from + length).collect::<BTreeMap<_, _>>(), expected);
        }
    }
}
