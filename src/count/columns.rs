//! Which of the last articles of a group hold a thing, as bits: all pairs of an article are found by comparing columns,
//! for many articles at once.
//!
//! It must equal a map to which the pairs of each article are added one by one; the test compares them. A pair of an
//! article takes 14 instructions, 52 that way (callgrind, 34 things an article of 140 in a group).

/// Voices of a frame's hits in a unit, as bits: 1 own, 2 any other. An actor has none.
pub(super) type Voices = u8;

/// Words of a column; 64 articles each.
const WORDS: usize = 4;

type ArticleBits = [u64; WORDS];

#[derive(Debug, Clone, Copy, Default)]
struct ThingColumn {
    present: ArticleBits,
    own: ArticleBits,
    not_own: ArticleBits,
}

#[derive(Debug, Clone, Default)]
pub(super) struct ThingColumns {
    /// By number of the thing.
    things: Vec<ThingColumn>,
    articles: usize,
}

/// In how many articles two things occur both, and in how many of them in own and in other voices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SharedArticles {
    pub observed: u32,
    pub own: u32,
    pub not_own: u32,
}

impl ThingColumns {
    /// Adds an article by its things, each once.
    pub fn add(&mut self, things: impl Iterator<Item = (u32, Voices)>) {
        let (word, bit) = (self.articles / 64, self.articles % 64);
        for (thing, voices) in things {
            let at = thing as usize;
            if at >= self.things.len() {
                self.things.resize(at + 1, ThingColumn::default());
            }
            let column = &mut self.things[at];
            column.present[word] |= 1 << bit;
            column.own[word] |= u64::from(voices & 1) << bit;
            column.not_own[word] |= u64::from(voices >> 1) << bit;
        }
        self.articles += 1;
    }

    /// Whether there is no space for another article.
    pub fn are_full(&self) -> bool {
        self.articles == WORDS * 64
    }

    /// Hands each pair to `found`, the smaller number first, and forgets the articles.
    pub fn drain_pairs(&mut self, mut found: impl FnMut(u32, u32, SharedArticles)) {
        for (b, large) in self.things.iter().enumerate() {
            for (a, small) in self.things[..b].iter().enumerate() {
                let both = |of: fn(&ThingColumn, usize) -> u64| -> u32 {
                    let held = |word: usize| small.present[word] & large.present[word];
                    (0..WORDS).map(|word| (held(word) & (of(small, word) | of(large, word))).count_ones()).sum()
                };
                let observed = both(|column, word| column.present[word]);
                if observed > 0 {
                    let own = both(|column, word| column.own[word]);
                    let not_own = both(|column, word| column.not_own[word]);
                    found(a as u32, b as u32, SharedArticles { observed, own, not_own });
                }
            }
        }
        self.things.fill(ThingColumn::default());
        self.articles = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn columns_count_pairs_as_a_map_does(
            articles in proptest::collection::vec(proptest::collection::btree_map(0u32..9, 0u8..4, 0..6), 0..600),
        ) {
            let (mut columns, mut counted, mut plain) = (ThingColumns::default(), BTreeMap::new(), BTreeMap::new());
            let mut take = |columns: &mut ThingColumns| {
                columns.drain_pairs(|a, b, pair| {
                    let sums: &mut [u32; 3] = counted.entry((a, b)).or_default();
                    for (sum, n) in sums.iter_mut().zip([pair.observed, pair.own, pair.not_own]) {
                        *sum += n;
                    }
                });
            };
            for article in &articles {
                columns.add(article.iter().map(|(thing, voices)| (*thing, *voices)));
                if columns.are_full() {
                    take(&mut columns);
                }
                for (a, small) in article {
                    for (b, large) in article.range(a + 1..) {
                        let sums: &mut [u32; 3] = plain.entry((*a, *b)).or_default();
                        let voices = small | large;
                        for (sum, n) in sums.iter_mut().zip([1, voices & 1, voices >> 1]) {
                            *sum += u32::from(n);
                        }
                    }
                }
            }
            take(&mut columns);
            prop_assert_eq!(counted, plain);
        }
    }
}
