//! The postings of several items, read as those of one.

use super::postings::Postings;
use crate::count::HitCounts;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Each article that is in one of the lists, ascending, with its counts in all of them. Nothing is kept: in a corpus of short
/// articles the counts of one item would take as much memory as all postings.
pub(super) fn merged<'a>(lists: impl IntoIterator<Item = &'a Postings>) -> impl Iterator<Item = (u32, HitCounts)> {
    let mut heads = Vec::new();
    let mut next = BinaryHeap::new();
    for mut rest in lists.into_iter().map(Postings::iter) {
        if let Some((article, counts)) = rest.next() {
            next.push(Reverse((article, heads.len())));
            heads.push((counts, rest));
        }
    }
    let mut take = move || {
        let Reverse((article, list)) = next.pop()?;
        let (head, rest) = &mut heads[list];
        let counts = *head;
        if let Some((article, counts)) = rest.next() {
            *head = counts;
            next.push(Reverse((article, list)));
        }
        Some((article, counts))
    };
    let mut ahead = take();
    std::iter::from_fn(move || {
        let (article, mut counts) = ahead?;
        loop {
            ahead = take();
            match &ahead {
                Some((same, more)) if *same == article => counts.merge(more),
                _ => return Some((article, counts)),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn lists_are_added_up_by_article(
            lists in proptest::collection::vec(proptest::collection::btree_map(0u32..30, 1u32..9, 0..20), 0..5),
        ) {
            let mut sums: BTreeMap<u32, HitCounts> = BTreeMap::new();
            let postings = |of: &BTreeMap<u32, u32>| {
                let mut postings = Postings::default();
                for (article, n) in of {
                    postings.push(*article, &HitCounts::hits(*n));
                    sums.entry(*article).or_default().merge(&HitCounts::hits(*n));
                }
                postings
            };
            let postings: Vec<Postings> = lists.iter().map(postings).collect();
            prop_assert_eq!(merged(&postings).collect::<Vec<_>>(), sums.into_iter().collect::<Vec<_>>());
        }
    }
}
