//! Pairs of the last articles of a group, before its table takes them over.

/// Sentence and paragraph: the units that are parts of an article.
pub(super) const PARTS: usize = 2;

/// Units of one article that hold both of a pair.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ArticlePair {
    pub observed: [u32; PARTS],
    pub own: [u32; PARTS],
    pub not_own: [u32; PARTS],
}

/// Pairs of things by their numbers in the group, each in eight bytes; of a large number in [`WIDE`] and four bytes for each.
/// Thousands of groups have some waiting.
#[derive(Debug, Default)]
pub(super) struct WaitingPairs {
    bytes: Vec<u8>,
}

/// Numbers of a pair that waits.
const NUMBERS: usize = 2 + 3 * PARTS;
/// No number that is kept in a byte.
const WIDE: u8 = u8::MAX;

impl WaitingPairs {
    /// Their size.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Forgets them and keeps the memory.
    pub fn clear(&mut self) {
        self.bytes.clear();
    }

    pub fn push(&mut self, a: u32, b: u32, pair: &ArticlePair) {
        let ArticlePair { observed, own, not_own } = pair;
        let numbers: [u32; NUMBERS] = [a, b, observed[0], observed[1], own[0], own[1], not_own[0], not_own[1]];
        if numbers.iter().all(|number| *number < WIDE.into()) {
            self.bytes.extend_from_slice(&numbers.map(|number| number as u8));
        } else {
            self.bytes.push(WIDE);
            numbers.iter().for_each(|number| self.bytes.extend_from_slice(&number.to_le_bytes()));
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = (u32, u32, ArticlePair)> + '_ {
        let mut rest = self.bytes.as_slice();
        std::iter::from_fn(move || {
            let numbers: [u32; NUMBERS] = if rest.first() == Some(&WIDE) {
                let (wide, after) = rest[1..].split_first_chunk::<{ 4 * NUMBERS }>()?;
                rest = after;
                std::array::from_fn(|at| {
                    u32::from_le_bytes([wide[4 * at], wide[4 * at + 1], wide[4 * at + 2], wide[4 * at + 3]])
                })
            } else {
                let (narrow, after) = rest.split_first_chunk::<NUMBERS>()?;
                rest = after;
                narrow.map(u32::from)
            };
            let [a, b, observed @ .., own1, own2, not_own1, not_own2] = numbers;
            Some((a, b, ArticlePair { observed, own: [own1, own2], not_own: [not_own1, not_own2] }))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pairs_come_back(
            pairs in proptest::collection::vec(proptest::array::uniform8(prop_oneof![0u32..9, 250u32..260, any::<u32>()]), 0..20),
        ) {
            let pair = |[a, b, c, d, e, f, g, h]: [u32; NUMBERS]| {
                (a, b, ArticlePair { observed: [c, d], own: [e, f], not_own: [g, h] })
            };
            let pairs: Vec<(u32, u32, ArticlePair)> = pairs.into_iter().map(pair).collect();
            let mut waiting = WaitingPairs::default();
            pairs.iter().for_each(|(a, b, pair)| waiting.push(*a, *b, pair));
            prop_assert_eq!(waiting.iter().collect::<Vec<_>>(), pairs);
        }
    }
}
