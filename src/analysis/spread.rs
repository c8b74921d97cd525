//! Items over articles: what leave-one-out ranges and dispersion are computed from.

use super::Group;
use crate::count::{Counted, FiledRecord, HitCounts};
use crate::stats::{Part, Sizes, Spread};

/// The words of the articles, by group.
#[derive(Debug)]
pub(super) struct ArticleSizes {
    /// Of the whole corpus first, as the groups are.
    of_groups: Vec<Sizes>,
    /// The place of each article among those that have words, and behind the last one their number.
    places: Vec<u32>,
    /// The articles of each group, by their places.
    ranges: Vec<(u32, u32)>,
}

impl ArticleSizes {
    pub fn new(groups: &[Group<'_>]) -> Self {
        let mut places = vec![0];
        for article in groups[0].articles.iter() {
            places.push(places[places.len() - 1] + u32::from(article.words() > 0));
        }
        let range = |group: &Group<'_>| (places[group.articles.range.start], places[group.articles.range.end]);
        let ranges = groups.iter().map(range).collect();
        let sizes = |group: &Group<'_>| Sizes::new(group.articles.iter().map(FiledRecord::words));
        Self { of_groups: groups.iter().map(sizes).collect(), places, ranges }
    }
}

/// An item over the articles of the corpus.
#[derive(Debug)]
pub struct ItemSpread<'a> {
    sizes: &'a ArticleSizes,
    /// By place, ascending.
    hits: Vec<(u32, Part)>,
    in_all: u64,
}

impl<'a> ItemSpread<'a> {
    pub(super) fn new(
        sizes: &'a ArticleSizes,
        words_of: &[u32],
        counts: impl Iterator<Item = (u32, HitCounts)>,
    ) -> Self {
        let part = |(article, counts): (u32, HitCounts)| {
            let size = words_of[article as usize].into();
            (sizes.places[article as usize], Part { count: counts.of(Counted::Hits).into(), size })
        };
        let parts: Vec<(u32, Part)> = counts.map(part).filter(|(_, part)| part.count > 0).collect();
        let in_all = parts.iter().map(|(_, part)| part.count).sum();
        Self { sizes, hits: parts.into_iter().filter(|(_, part)| part.size > 0).collect(), in_all }
    }

    /// Hits in the whole corpus.
    pub fn in_all(&self) -> u64 {
        self.in_all
    }

    /// In the group of a number; 0 is the whole corpus.
    pub fn of(&self, group: usize) -> Spread<'_> {
        let (first, end) = self.sizes.ranges[group];
        let at = |place: u32| self.hits.partition_point(|(at, _)| *at < place);
        Spread::new(&self.sizes.of_groups[group], &self.hits[at(first)..at(end)], first)
    }
}
