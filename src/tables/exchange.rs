//! The p of contrasts: articles are exchanged between a group and what it is compared with.

use super::contrasts::Contrast;
use super::ratio_items::RatioItem;
use crate::analysis::Analysis;
use crate::stats::Part;
use crate::stats::permutation::{ItemLists, Pool, Sides, Stream};
use rustc_hash::FxHashMap;

/// The articles, whose words and groups are those of every item.
pub(super) struct Exchange<'a> {
    seed: u64,
    /// By article.
    groups: &'a [u32],
    words: &'a [u32],
    /// The place of each article in the order of the ids.
    places: &'a [u32],
}

/// The items of one measure and layer.
struct TestedFamily<'a> {
    items: &'a [RatioItem<'a>],
    /// By item the first one that has the same counts in the same articles, and so the same p: a frame and its term, where it
    /// has one.
    first_alike: Vec<u32>,
}

impl TestedFamily<'_> {
    fn alike(&self, contrast: &Contrast) -> u32 {
        self.first_alike[contrast.item as usize]
    }
}

impl<'a> Exchange<'a> {
    pub fn new(analysis: &'a Analysis<'_>) -> Self {
        Self {
            seed: analysis.options.seed,
            groups: analysis.group_of_articles(),
            words: analysis.words_of_articles(),
            places: analysis.all().articles.places(),
        }
    }

    /// Gives each contrast of the items, which are of one measure and layer, its p. Against all others every group is a part of
    /// the same articles; against a group by name each has its own.
    pub fn test(&self, items: &[RatioItem<'_>], contrasts: &mut [Contrast], reference: Option<usize>) {
        let items = &TestedFamily { items, first_alike: first_alike(items) };
        let Some(reference) = reference else { return self.test_among(items, contrasts, 0, |_| true) };
        contrasts.sort_unstable_by_key(|contrast| (contrast.group, contrast.item));
        for of_group in contrasts.chunk_by_mut(|a, b| a.group == b.group) {
            let group = of_group[0].group;
            self.test_among(items, of_group, group, |of| of == group || of as usize == reference);
        }
    }

    /// Only articles of these groups are exchanged, and only those with words. Of each pool the random numbers are those of one
    /// stream, for all groups.
    fn test_among(
        &self,
        items: &TestedFamily<'_>,
        contrasts: &mut [Contrast],
        stream: u32,
        is_in: impl Fn(u32) -> bool,
    ) {
        let is_in = |article: u32| self.words[article as usize] > 0 && is_in(self.group_of(article));
        let stream = Stream { seed: self.seed, pair: stream.into() };
        if items.items.first().is_some_and(RatioItem::is_of_words) {
            self.test_rates(items, contrasts, stream, &is_in);
        } else {
            self.test_shares(items, contrasts, stream, &is_in);
        }
    }

    /// The items of a rate share their divisions, since every article has words.
    fn test_rates(&self, of: &TestedFamily<'_>, rates: &mut [Contrast], stream: Stream, is_in: &impl Fn(u32) -> bool) {
        let mut items: Vec<u32> = rates.iter().map(|contrast| of.alike(contrast)).collect();
        items.sort_unstable();
        items.dedup();
        let articles = self.in_order((0..self.words.len() as u32).filter(|article| is_in(*article)).collect());
        let mut at = vec![0; self.words.len()];
        for (place, article) in (0..).zip(&articles) {
            at[*article as usize] = place;
        }
        let having = |item: u32| {
            let articles = of.items[item as usize].articles().filter(|(article, _)| is_in(*article));
            articles.map(|(article, part)| (at[article as usize], part.count as u32)).collect()
        };
        let sizes = articles.iter().map(|article| self.words[*article as usize].into()).collect();
        let lists = ItemLists::Made { number: items.len(), of: Box::new(|at| having(items[at as usize])) };
        let pool = Pool::new(sizes, lists);
        let groups = self.by_group(&articles);
        rates.sort_unstable_by_key(|contrast| (contrast.group, contrast.item));
        let place = |contrast: &Contrast| items.partition_point(|item| *item < of.alike(contrast)) as u32;
        test_groups(rates, &pool, &groups, stream, place);
    }

    /// Of a share, by item and group, those articles are exchanged that have its denominator, whichever group it is.
    fn test_shares(
        &self,
        of: &TestedFamily<'_>,
        shares: &mut [Contrast],
        stream: Stream,
        is_in: &impl Fn(u32) -> bool,
    ) {
        shares.sort_unstable_by_key(|contrast| (of.alike(contrast), contrast.group));
        for of_item in shares.chunk_by_mut(|a, b| of.alike(a) == of.alike(b)) {
            let has_size = |(article, part): &(u32, Part)| part.size > 0 && is_in(*article);
            let mut parts: Vec<(u32, Part)> = of.items[of_item[0].item as usize].articles().filter(has_size).collect();
            parts.sort_unstable_by_key(|(article, _)| self.places[*article as usize]);
            let having: Vec<(u32, u32)> = (0..).zip(&parts).map(|(at, (_, part))| (at, part.count as u32)).collect();
            let pool = Pool::new(parts.iter().map(|(_, part)| part.size).collect(), vec![having]);
            let groups = self.by_group(&parts.iter().map(|(article, _)| *article).collect::<Vec<_>>());
            test_groups(of_item, &pool, &groups, stream, |_| 0);
        }
    }

    fn group_of(&self, article: u32) -> u32 {
        self.groups[article as usize]
    }

    fn in_order(&self, mut articles: Vec<u32>) -> Vec<u32> {
        articles.sort_unstable_by_key(|article| self.places[*article as usize]);
        articles
    }

    /// The group of each of these articles and its place among them, group by group.
    fn by_group(&self, articles: &[u32]) -> Vec<(u32, u32)> {
        let mut groups: Vec<(u32, u32)> = articles.iter().map(|article| self.group_of(*article)).zip(0..).collect();
        groups.sort_unstable();
        groups
    }
}

/// The contrasts of each group, one group after the other, with the place of their item in the pool.
fn test_groups(
    contrasts: &mut [Contrast],
    pool: &Pool<'_>,
    groups: &[(u32, u32)],
    stream: Stream,
    place: impl Fn(&Contrast) -> u32,
) {
    let (mut tested, mut asked) = (Vec::new(), Vec::new());
    for of_group in contrasts.chunk_by_mut(|a, b| a.group == b.group) {
        let Some(sides) = sides(pool, groups, of_group[0].group) else { continue };
        let mut items: Vec<u32> = of_group.iter().map(&place).collect();
        items.sort_unstable();
        items.dedup();
        tested.push(of_group);
        asked.push((sides, items));
    }
    let found = pool.p_of_each(&asked, stream);
    for ((of_group, (sides, items)), p) in tested.into_iter().zip(&asked).zip(found) {
        for contrast in of_group {
            let at = items.partition_point(|item| *item < place(contrast));
            (contrast.p, contrast.is_exact) = (p.get(at).copied(), sides.is_exact());
        }
    }
}

fn first_alike(items: &[RatioItem<'_>]) -> Vec<u32> {
    let mut first = FxHashMap::default();
    (0..).zip(items).map(|(number, item)| *first.entry(item.counts()).or_insert(number)).collect()
}

/// A group against all other articles of the pool.
fn sides<'p>(pool: &'p Pool<'p>, groups: &[(u32, u32)], group: u32) -> Option<Sides<'p>> {
    let from = groups.partition_point(|(of, _)| *of < group);
    let to = groups.partition_point(|(of, _)| *of <= group);
    pool.sides(groups[from..to].iter().map(|(_, place)| *place).collect())
}
