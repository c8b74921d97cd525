//! What became of the hits of each entry of the codebook: counted, covered, refused, and where they were found first.

use super::UsageTally;
use super::scratch::Scratch;
use crate::codebook::Codebook;
use crate::coded::Coded;
use crate::id::{AliasId, TermId, VariantId};
use crate::tag::{Cover, Entry};
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
pub(super) struct UsageSums(FxHashMap<u32, UsageSum>);

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
    pub fn finish(self, codebook: &Codebook) -> FxHashMap<Entry, UsageTally> {
        self.0.into_iter().map(|(number, sum)| (entry_of(codebook, number), sum.tally)).collect()
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
        let head = head(&coded.article.id);
        for (number, used) in self.of_article.drain() {
            let UsageSum { first_head, tally } = sums.0.entry(number).or_default();
            tally.n += u64::from(used.n);
            tally.n_shadowed += u64::from(used.shadowed);
            tally.n_refused += u64::from(used.refused);
            if used.n > 0 {
                tally.articles += 1;
                let is_first = head < *first_head
                    || head == *first_head && tally.first.as_ref().is_none_or(|(id, _)| coded.article.id < *id);
                if is_first {
                    let byte = coded.view.alignment().raw_start(used.first as usize);
                    tally.first = Some((Arc::clone(&coded.article.id), byte as u64));
                    *first_head = head;
                }
            }
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
