//! Bundles of articles, exchanged instead of the articles where both sides have many: the time of a draw would grow with the
//! articles otherwise. Articles that can be exchanged make bundles that can, and so many hide nothing.

use super::Stream;

/// Bundles at least of the smaller side, and of both. How far the rates of divisions spread is then known to a twentieth,
/// as `sqrt(2/1000)` is: with the articles that chance puts together a p of 0.05 moves by about a tenth of itself, one of
/// 0.0001 by about a third.
const OF_A_SIDE: usize = 250;
const OF_BOTH: usize = 1_000;

/// The stream of the random order in which articles are dealt into bundles.
const DEALING: u64 = u64::MAX;

/// What bundle of its part each article is in.
pub struct Bundles {
    of_article: Vec<Option<u32>>,
    /// How many there are.
    pub number: usize,
}

impl Bundles {
    /// How many articles a bundle may have, where the smaller side and both have so many: a power of two, so that sides of
    /// about one size have the same.
    pub fn articles(smaller: usize, both: usize) -> usize {
        1 << (smaller / OF_A_SIDE).min(both / OF_BOTH).max(1).ilog2()
    }

    /// Up to so many of the articles of each part in a bundle, at random. The bundles of the first part come first.
    pub fn new(articles: usize, most: usize, parts: &[Vec<u32>], seed: u64) -> Self {
        let (mut of_article, mut number) = (vec![None; articles], 0);
        let mut random = Stream { seed, pair: DEALING }.open();
        for part in parts {
            let (articles, bundles) = (part.len(), part.len().div_ceil(most));
            // Dealt out in the order of their ids, each bundle would have articles of all months, and bundles would be more alike
            // than articles that chance puts together.
            for (at, article) in random.shuffle(part.clone()).next(articles).iter().enumerate() {
                of_article[*article as usize] = Some((number + at % bundles) as u32);
            }
            number += bundles;
        }
        Self { of_article, number }
    }

    /// The bundles of whole parts.
    pub fn of(&self, articles: &[u32]) -> Vec<u32> {
        let mut bundles: Vec<u32> = articles.iter().filter_map(|article| self.of_article[*article as usize]).collect();
        bundles.sort_unstable();
        bundles.dedup();
        bundles
    }

    /// What each bundle has, of what each article has.
    pub fn sizes(&self, of_articles: &[u64]) -> Vec<u64> {
        let mut sizes = vec![0; self.number];
        for (size, bundle) in of_articles.iter().zip(&self.of_article) {
            bundle.iter().for_each(|bundle| sizes[*bundle as usize] += size);
        }
        sizes
    }

    /// The bundles that have an item, each with its count.
    pub fn item(&self, articles: &[(u32, u32)]) -> Vec<(u32, u32)> {
        let mut counts = vec![0u32; self.number];
        for (article, n) in articles {
            if let Some(bundle) = self.of_article[*article as usize] {
                let count = &mut counts[bundle as usize];
                *count = count.saturating_add(*n);
            }
        }
        (0..).zip(counts).filter(|(_, n)| *n > 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_article_of_a_part_is_in_a_bundle_of_the_part() {
        let parts: [Vec<u32>; 2] = [(0..2_500).map(|at| at * 3).collect(), (0..4_101).map(|at| at * 3 + 1).collect()];
        let bundles = Bundles::new(20_000, 2, &parts, 1);
        assert_eq!(bundles.number, 1_250 + 2_051);
        assert_eq!(bundles.of(&parts[0]), (0..1_250).collect::<Vec<_>>());
        assert_eq!(bundles.of(&parts[1]), (1_250..3_301).collect::<Vec<_>>());
        let sizes = bundles.sizes(&[1; 20_000]);
        assert_eq!((sizes.iter().sum::<u64>(), sizes.iter().max()), (6_601, Some(&2)));
        let item: Vec<(u32, u32)> = (0..20_000).map(|article| (article, 5)).collect();
        assert_eq!(bundles.item(&item).iter().map(|(_, n)| n).sum::<u32>(), 33_005);
        let one = bundles.item(&[(0, 2), (1, 7), (2, 9)]);
        assert!(matches!(one[..], [(a, 2), (b, 7)] if a < 1_250 && b >= 1_250), "{one:?}");
    }

    #[test]
    fn of_many_articles_there_are_enough_bundles() {
        let of_two = [5, 999, 1_000, 1_999, 2_000, 65_000].map(|side| Bundles::articles(side, 2 * side));
        assert_eq!(of_two, [1, 1, 2, 2, 4, 128]);
        let of_forty = [5, 499, 500, 999, 1_000, 25_000].map(|side| Bundles::articles(side, 40 * side));
        assert_eq!(of_forty, [1, 1, 2, 2, 4, 64]);
    }
}
