//! What became of the hits of each entry of the codebook: counted, covered, refused, and where they were found first.

use super::scratch::Scratch;
use super::{UsageTally, Usages};
use crate::codebook::Codebook;
use crate::coded::Coded;
use crate::id::{AliasId, TermId, VariantId};
use crate::tag::{Cover, Entry};
use crate::varint;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Reused from article to article.
#[derive(Debug, Default)]
pub(super) struct UsageCounter {
    /// By number of the entry.
    of_article: Scratch<EntryUse>,
}

/// What became of the hits of an entry in one article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct EntryUse {
    n: u32,
    shadowed: u32,
    refused: u32,
    /// Start of the first counted hit in the view.
    first: u32,
}

/// The same for a group while articles are added, by the number of the entry.
#[derive(Debug, Default)]
pub(super) struct UsageSums {
    sums: FxHashMap<u32, UsageSum>,
    /// What the last articles used, by article, before `sums` take it over: a table for each of thousands of groups takes
    /// much space and does not stay in the cache.
    waiting: Vec<u8>,
    /// The ids of these articles.
    ids: Vec<Arc<str>>,
}

/// When the sums take over what waits, in bytes. With the article that comes last it mostly fits in 8 kB.
const MANY: usize = 6_000;

#[derive(Debug)]
struct UsageSum {
    /// The head of the id of the article with the first hit: mostly it decides, without a look at the id itself.
    first_head: u64,
    tally: UsageTally,
}

impl Default for UsageSum {
    fn default() -> Self {
        Self { first_head: u64::MAX, tally: UsageTally::default() }
    }
}

impl UsageSums {
    pub fn finish(mut self, codebook: &Codebook) -> Usages {
        self.take_over();
        self.sums.into_iter().map(|(number, sum)| (entry_of(codebook, number), sum.tally)).collect()
    }

    /// Adds up what waits.
    fn take_over(&mut self) {
        let mut rest = self.waiting.as_slice();
        let mut next = || varint::take(&mut rest).unwrap_or_default();
        for id in self.ids.drain(..) {
            let head = head(&id);
            for _ in 0..next() {
                let UsageSum { first_head, tally } = self.sums.entry(next() as u32).or_default();
                let [n, shadowed, refused] = [next(), next(), next()];
                tally.n += n;
                tally.n_shadowed += shadowed;
                tally.n_refused += refused;
                if n > 0 {
                    tally.articles += 1;
                    let byte = next();
                    let is_first = head < *first_head
                        || head == *first_head && tally.first.as_ref().is_none_or(|(first, _)| id < *first);
                    if is_first {
                        tally.first = Some((Arc::clone(&id), byte));
                        *first_head = head;
                    }
                }
            }
        }
        self.waiting.clear();
    }
}

impl UsageCounter {
    pub fn count(&mut self, coded: &Coded<'_>, codebook: &Codebook, sums: &mut UsageSums) {
        for mention in coded.mentions {
            let usage = self.of_article.at(number_of(codebook, mention.entry));
            if usage.n == 0 {
                usage.first = mention.span.start;
            }
            usage.n += 1;
        }
        for rejected in coded.rejected {
            let usage = self.of_article.at(number_of(codebook, rejected.entry));
            match rejected.reason.cover() {
                Cover::Covered => usage.shadowed += 1,
                Cover::Refused => usage.refused += 1,
            }
        }
        sums.ids.push(Arc::clone(&coded.article.id));
        let used = self.of_article.drain();
        varint::push(used.len() as u64, &mut sums.waiting);
        for (number, used) in used {
            let byte = (used.n > 0).then(|| coded.view.alignment().raw_start(used.first as usize) as u64);
            let numbers = [number, used.n, used.shadowed, used.refused].map(u64::from);
            numbers.into_iter().chain(byte).for_each(|number| varint::push(number, &mut sums.waiting));
        }
        if sums.waiting.len() >= MANY {
            sums.take_over();
        }
    }
}

/// The first bytes of an id as a number: ids whose heads differ are in the order of their heads.
fn head(id: &str) -> u64 {
    let mut head = [0; 8];
    for (to, from) in head.iter_mut().zip(id.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(head)
}

/// Entries in one row: aliases, terms, variants.
fn number_of(codebook: &Codebook, entry: Entry) -> u32 {
    let (aliases, terms) = (codebook.aliases.len() as u32, codebook.terms.len() as u32);
    match entry {
        Entry::Alias(alias) => alias.0,
        Entry::Term(term) => aliases + term.0,
        Entry::Variant(variant) => aliases + terms + variant.0,
    }
}

fn entry_of(codebook: &Codebook, number: u32) -> Entry {
    let (aliases, terms) = (codebook.aliases.len() as u32, codebook.terms.len() as u32);
    if number < aliases {
        Entry::Alias(AliasId(number))
    } else if number < aliases + terms {
        Entry::Term(TermId(number - aliases))
    } else {
        Entry::Variant(VariantId(number - aliases - terms))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn ids_whose_heads_differ_are_in_the_order_of_their_heads(a in "[a-bé\0]{0,12}", b in "[a-bé\0]{0,12}") {
            prop_assert!(head(&a) == head(&b) || (head(&a) < head(&b)) == (a < b));
        }
    }
}
