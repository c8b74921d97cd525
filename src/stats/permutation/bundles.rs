//! Bundles of articles, exchanged instead of the articles where both sides have many: the time of a draw would grow with the
//! articles otherwise. Articles that can be exchanged make bundles that can, and so many hide nothing.

/// Bundles at least of the smaller side.
const FEWEST: usize = 1_000;

/// What bundle of its part each article is in.
pub struct Bundles {
    of_article: Vec<Option<u32>>,
    /// How many there are.
    pub number: usize,
}

impl Bundles {
    /// How many articles a bundle may have, where the smaller side has so many: a power of two, so that sides of about one size
    /// have the same.
    pub fn articles(smaller: usize) -> usize {
        1 << (smaller / FEWEST).max(1).ilog2()
    }

    /// Up to so many of the articles of each part in a bundle. The bundles of the first part come first.
    pub fn new(articles: usize, most: usize, parts: &[Vec<u32>]) -> Self {
        let (mut of_article, mut number) = (vec![None; articles], 0);
        for part in parts {
            let bundles = part.len().div_ceil(most);
            // The articles of a part are dealt out like cards.
            for (at, article) in part.iter().enumerate() {
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
        let bundles = Bundles::new(20_000, Bundles::articles(2_500), &parts);
        assert_eq!(bundles.number, 1_250 + 2_051);
        assert_eq!(bundles.of(&parts[0]), (0..1_250).collect::<Vec<_>>());
        assert_eq!(bundles.of(&parts[1]), (1_250..3_301).collect::<Vec<_>>());
        let sizes = bundles.sizes(&[1; 20_000]);
        assert_eq!((sizes.iter().sum::<u64>(), sizes.iter().max()), (6_601, Some(&2)));
        let item: Vec<(u32, u32)> = (0..20_000).map(|article| (article, 5)).collect();
        assert_eq!(bundles.item(&item).iter().map(|(_, n)| n).sum::<u32>(), 33_005);
        assert_eq!(bundles.item(&[(0, 2), (1, 7), (2, 9), (3 * 1_250, 4)]), [(0, 6), (1_250, 7)]);
    }

    #[test]
    fn a_side_of_many_articles_has_a_thousand_bundles_or_more() {
        let articles = [5, 999, 1_999, 2_000, 3_999, 4_000, 65_000].map(Bundles::articles);
        assert_eq!(articles, [1, 1, 1, 2, 2, 4, 64]);
    }
}
