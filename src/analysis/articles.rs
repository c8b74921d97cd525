//! The articles group by group, and by id in each group: their numbers are those of this order.

use crate::count::{Articles, Counts, FiledRecord, GroupKey};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The articles of one group, or of the whole corpus.
#[derive(Debug, Clone)]
pub struct GroupArticles<'a> {
    records: &'a Articles,
    /// Of every article of the corpus, by its number, its place in the order of the ids.
    places: Arc<[u32]>,
    /// The numbers of those of the group.
    pub(super) range: Range<usize>,
}

impl<'a> GroupArticles<'a> {
    /// Those of the whole corpus, and those of each group by its key.
    pub(super) fn new(counts: &'a Counts) -> (Self, BTreeMap<&'a GroupKey, Self>) {
        let mut by_group: BTreeMap<&GroupKey, Vec<u32>> = counts.groups.keys().map(|key| (key, Vec::new())).collect();
        for (place, record) in (0..).zip(counts.articles.iter()) {
            by_group.entry(record.group()).or_default().push(place);
        }
        let places: Arc<[u32]> = by_group.values().flatten().copied().collect();
        let all = Self { records: &counts.articles, range: 0..places.len(), places };
        let mut end = 0;
        let of_group = |(key, places): (_, Vec<u32>)| {
            let begin = end;
            end += places.len();
            (key, Self { range: begin..end, ..all.clone() })
        };
        let groups = by_group.into_iter().map(of_group).collect();
        (all, groups)
    }

    pub fn len(&self) -> usize {
        self.range.len()
    }

    pub fn is_empty(&self) -> bool {
        self.range.is_empty()
    }

    /// In the order of their numbers.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = FiledRecord<'a>> {
        self.places[self.range.clone()].iter().map(|place| self.records.at(*place))
    }

    /// By article its place in the order of the ids.
    pub fn places(&self) -> &[u32] {
        &self.places[self.range.clone()]
    }
}
