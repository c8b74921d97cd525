//! Near-duplicates: articles whose sets of shingles have a Jaccard coefficient of at least 0.8.
//!
//! Candidates share one of their [`BAND`] least shingles: two sets of coefficient 0.8 share none with probability
//! 0.2^16. Near-duplicates of near-duplicates form one group; `duplicate_of` is the smallest id of the group.

use super::{SIGNATURE, Signature};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// The coefficient from which two articles are near-duplicates, as a fraction.
const JACCARD: (u64, u64) = (4, 5);
const BAND: usize = 16;
/// A shingle that stands in many unlike articles (a slogan) leads to no more comparisons of one article than this, so
/// that the time stays linear.
const MAX_COMPARISONS: usize = 200;

/// Article -> the smallest id of its group; the smallest itself is left out.
pub(super) fn find(articles: &BTreeMap<String, Signature>) -> BTreeMap<String, String> {
    let all: Vec<(&String, &Signature)> =
        articles.iter().filter(|(_, signature)| !signature.least.is_empty()).collect();
    let mut groups = Groups { parent: (0..all.len()).collect() };
    let mut equal: FxHashMap<(u64, &[u64]), usize> = FxHashMap::default();
    let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for (index, (_, signature)) in all.iter().enumerate() {
        // Ids ascend, so that the first holder of a signature has the smallest.
        if let Some(first) = equal.get(&(signature.shingles, signature.least.as_slice())) {
            groups.join(*first, index);
            continue;
        }
        equal.insert((signature.shingles, &signature.least), index);
        for shingle in signature.least.iter().take(BAND) {
            let others = holders.entry(*shingle).or_default();
            let mut comparisons = 0;
            for other in others.iter() {
                if comparisons == MAX_COMPARISONS {
                    break;
                }
                if groups.root(*other) != groups.root(index) {
                    comparisons += 1;
                    if is_near(all[*other].1, signature) {
                        groups.join(*other, index);
                    }
                }
            }
            // The members of a large group stand for each other.
            let root = groups.root(index);
            let has_group = others.iter().filter(|other| groups.root(**other) == root).count() >= MAX_MEMBERS;
            if !has_group && others.len() < MAX_HOLDERS {
                others.push(index);
            }
        }
    }
    (0..all.len())
        .filter_map(|index| {
            let root = groups.root(index);
            (root != index).then(|| (all[index].0.clone(), all[root].0.clone()))
        })
        .collect()
}

/// Members of one group that are kept for comparison under one shingle.
const MAX_MEMBERS: usize = 8;
/// Articles that are kept for comparison under one shingle.
const MAX_HOLDERS: usize = 1000;

/// Whether the coefficient, estimated from the least hashes of the union, reaches the threshold.
fn is_near(a: &Signature, b: &Signature) -> bool {
    let (small, large) = (a.shingles.min(b.shingles), a.shingles.max(b.shingles));
    // The coefficient is at most the ratio of the sizes.
    if small.saturating_mul(JACCARD.1) < large.saturating_mul(JACCARD.0) {
        return false;
    }
    let (mut i, mut j, mut union, mut both) = (0, 0, 0u64, 0u64);
    while union < SIGNATURE as u64 {
        match (a.least.get(i), b.least.get(j)) {
            (Some(x), Some(y)) => {
                both += u64::from(x == y);
                i += usize::from(x <= y);
                j += usize::from(y <= x);
            }
            (Some(_), None) => i += 1,
            (None, Some(_)) => j += 1,
            (None, None) => break,
        }
        union += 1;
    }
    both * JACCARD.1 >= union * JACCARD.0
}

/// Union-find; the root of a group is its smallest member.
struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}
