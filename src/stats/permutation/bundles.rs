//! Bundles of articles, exchanged instead of the articles where both sides have many: the time of a draw would grow with the
//! articles otherwise. Articles that can be exchanged make bundles that can, and so many hide nothing.

/// Bundles at least of the smaller side.
const FEWEST: usize = 1_000;

/// What bundle of its side each article is in.
pub struct Bundles {
    of_article: Vec<Option<u32>>,
    /// Those of the one side, which come first, and those of the other.
    pub first: usize,
    pub others: usize,
}

impl Bundles {
    /// Whether a smaller side of so many articles makes bundles of two or more.
    pub fn are_worth(smaller: usize) -> bool {
        smaller / FEWEST >= 2
    }

    /// `None` where the sides are too small.
    pub fn new(articles: usize, sides: [&[u32]; 2]) -> Option<Self> {
        let smaller = sides[0].len().min(sides[1].len());
        if !Self::are_worth(smaller) {
            return None;
        }
        let of = smaller / FEWEST;
        let [first, others] = sides.map(|side| side.len().div_ceil(of));
        let mut of_article = vec![None; articles];
        // The articles of a side are dealt out like cards.
        for (side, (begin, bundles)) in sides.into_iter().zip([(0, first), (first, others)]) {
            for (number, article) in side.iter().enumerate() {
                of_article[*article as usize] = Some((begin + number % bundles) as u32);
            }
        }
        Some(Self { of_article, first, others })
    }

    /// What each bundle has, of what each article has.
    pub fn sizes(&self, of_articles: &[u64]) -> Vec<u64> {
        let mut sizes = vec![0; self.first + self.others];
        for (size, bundle) in of_articles.iter().zip(&self.of_article) {
            bundle.iter().for_each(|bundle| sizes[*bundle as usize] += size);
        }
        sizes
    }

    /// The bundles that have an item, each with its count.
    pub fn item(&self, articles: &[(u32, u32)]) -> Vec<(u32, u32)> {
        let mut counts = vec![0u32; self.first + self.others];
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
    fn every_article_of_a_side_is_in_a_bundle_of_the_side() {
        let sides: [Vec<u32>; 2] = [(0..2_500).map(|at| at * 3).collect(), (0..4_100).map(|at| at * 3 + 1).collect()];
        let bundles = Bundles::new(20_000, [&sides[0], &sides[1]]).expect("bundles of two");
        assert_eq!((bundles.first, bundles.others), (1_250, 2_050));
        let sizes = bundles.sizes(&[1; 20_000]);
        assert_eq!((sizes.iter().sum::<u64>(), sizes.iter().max()), (6_600, Some(&2)));
        let item: Vec<(u32, u32)> = (0..20_000).map(|article| (article, 5)).collect();
        assert_eq!(bundles.item(&item).iter().map(|(_, n)| n).sum::<u32>(), 33_000);
        assert_eq!(bundles.item(&[(0, 2), (1, 7), (2, 9), (3 * 1_250, 4)]), [(0, 6), (1_250, 7)]);
        assert!(Bundles::new(20_000, [&sides[0][..1_999], &sides[1]]).is_none());
    }
}
