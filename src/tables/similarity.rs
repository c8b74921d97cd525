//! `similarity.csv`: how alike two groups are in what they speak of, beside what chance would show.

use super::columns::columns;
use super::items::{Layer, items, series};
use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, number, rates, text};
use crate::analysis::{Analysis, Group};
use crate::count::Counted;
use crate::needs::Need;
use crate::stats::permutation::{Bundles, Stream};
use crate::stats::similarity::{Similarity, cosine_of, jsd_of};
use crate::stats::{self, Profiles, TwoGroups};
use std::collections::BTreeMap;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "similarity",
    needs: &[Need::Words],
    answers: "How alike are two groups in their frames, terms, actors, names and words, and how alike would chance make them? \
              (No rows for more than 40 groups.)",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>(of: &ComparedPair, [a, b]: [String; 2], q: Option<f64>) {
        text("profile", "what is compared: `actor`, `frame`, `naming`, `term` or `word`, with the items of `keyness`") => of.layer.name(),
        text("a", "a group, the values of its `--by` columns joined with ` / `") => a,
        text("b", "another group, later in the order of names") => b,
        integer("n_a", "hits (words) of the profile in a") => of.similarity.n[0],
        integer("n_b", "hits (words) of the profile in b") => of.similarity.n[1],
        integer("articles_a", "articles of a that have counted words") => of.articles[0],
        integer("articles_b", "articles of b that have counted words") => of.articles[1],
        number(
            "jsd",
            "Jensen-Shannon divergence in bits: 0 the same shares, 1 nothing in common; empty without hits",
        ) => of.similarity.jsd,
        number(
            "cosine",
            "cosine of the counts: 1 the same shares, 0 nothing in common; empty without hits",
        ) => of.similarity.cosine,
        number(
            "null_median",
            "median jsd of exchanges of articles between the two, 99 to 999 random ones or all where there are fewer: what chance alone shows; only beyond it is a difference",
        ) => of.similarity.null.map(|null| null.median),
        number("p", "how often such an exchange has at least this jsd") => of.similarity.null.map(|null| null.p),
        number("q", "p adjusted for the false discovery rate (Benjamini-Hochberg) within the profile") => q,
        text(
            "flags",
            "single_article: a group has fewer than two, no null; no_null: words are not counted by article; exact: p of all exchanges, not a sample",
        ) => of.flags(),
    }
}

/// Pairs grow with the square of the groups, and each pair is drawn hundreds of times: of more groups no pair is written.
pub(super) const MOST_GROUPS: u64 = 40;

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let groups = analysis.parts().len() as u64;
    if groups > MOST_GROUPS {
        out.leave_out(groups * (groups - 1) / 2 * (Layer::PROFILES.len() as u64 + 1));
        return;
    }
    // By how many articles a bundle may have: the time of a division grows with them.
    let mut coded: BTreeMap<usize, CodedProfiles> = BTreeMap::new();
    let by_id = articles_with_words(analysis);
    let mut found: Vec<ComparedPair> = words(analysis).collect();
    for pair in pairs(analysis) {
        let articles = [pair.0, pair.1].map(|group| by_id[group].len());
        let most = Bundles::articles(articles[0].min(articles[1]), articles[0] + articles[1]);
        let coded = coded.entry(most).or_insert_with(|| CodedProfiles::new(analysis, &by_id, most));
        found.extend(coded.compare(analysis, pair).map(|(layer, similarity)| ComparedPair {
            layer,
            pair,
            articles: articles.map(|number| number as u64),
            similarity,
        }));
    }
    found.sort_by_key(|compared| (compared.layer, compared.pair));
    for of_layer in found.chunk_by(|a, b| a.layer == b.layer) {
        let p: Vec<Option<f64>> = of_layer.iter().map(|compared| Some(compared.similarity.null?.p)).collect();
        for (compared, q) in of_layer.iter().zip(stats::benjamini_hochberg(&p)) {
            let (a, b) = compared.pair;
            out.row(&cells(compared, [a, b].map(|group| analysis.parts()[group].name()), q));
        }
    }
}

/// Every two groups.
fn pairs(analysis: &Analysis<'_>) -> impl Iterator<Item = (usize, usize)> {
    let groups = analysis.parts().len();
    (0..groups).flat_map(move |a| (a + 1..groups).map(move |b| (a, b)))
}

struct ComparedPair {
    layer: Layer,
    pair: (usize, usize),
    articles: [u64; 2],
    similarity: Similarity,
}

/// Of each group its articles that have words, in the order of their ids: the place in the order of all, and the number.
fn articles_with_words(analysis: &Analysis<'_>) -> Vec<Vec<(u32, u32)>> {
    let group_of = analysis.group_of_articles();
    let mut groups = vec![Vec::new(); analysis.parts().len()];
    for (place, article) in (0..).zip(analysis.articles_by_id()) {
        if analysis.words_of_articles()[article as usize] > 0 {
            groups[group_of[article as usize] as usize].push((place, article));
        }
    }
    groups
}

/// The items of the codebook in each article, or in each bundle of articles.
struct CodedProfiles {
    profiles: Profiles,
    /// By group its articles or bundles, each after its place in the order of all.
    groups: Vec<Vec<(u32, u32)>>,
}

impl CodedProfiles {
    /// Of bundles of up to so many articles, of the articles themselves for 1.
    fn new(analysis: &Analysis<'_>, by_id: &[Vec<(u32, u32)>], most: usize) -> Self {
        let articles = analysis.all().articles.len();
        let numbers = |group: &Vec<(u32, u32)>| group.iter().map(|(_, article)| *article).collect();
        let parts: Vec<Vec<u32>> = by_id.iter().map(numbers).collect();
        let bundles = (most > 1).then(|| Bundles::new(articles, most, &parts, analysis.options.seed));
        let of_item = |layer: Layer, number: u32| {
            let hits = analysis.hits([series(layer, number, analysis.options.level)?]);
            let counts: Vec<(u32, u32)> = hits.map(|(article, hits)| (article, hits.of(Counted::Hits))).collect();
            Some(match &bundles {
                Some(bundles) => bundles.item(&counts),
                None => counts,
            })
        };
        let of_layer = |layer: Layer| -> Vec<Vec<(u32, u32)>> {
            items(layer, analysis).numbers.into_iter().filter_map(|number| of_item(layer, number)).collect()
        };
        let number = bundles.as_ref().map_or(articles, |bundles| bundles.number);
        // Bundles have the order of their numbers.
        let of_part = |bundles: &Bundles, part: &Vec<u32>| bundles.of(part).into_iter().map(|at| (at, at)).collect();
        let groups = match &bundles {
            Some(bundles) => parts.iter().map(|part| of_part(bundles, part)).collect(),
            None => by_id.to_vec(),
        };
        Self { profiles: Profiles::new(number, Layer::PROFILES.into_iter().map(of_layer)), groups }
    }

    fn compare(&self, analysis: &Analysis<'_>, pair: (usize, usize)) -> impl Iterator<Item = (Layer, Similarity)> {
        let (a, b) = (&self.groups[pair.0], &self.groups[pair.1]);
        let mut order: Vec<(u32, u32, bool)> = Vec::with_capacity(a.len() + b.len());
        order.extend(a.iter().map(|(place, article)| (*place, *article, true)));
        order.extend(b.iter().map(|(place, article)| (*place, *article, false)));
        order.sort_unstable();
        let groups = TwoGroups {
            articles: order.iter().map(|(_, article, _)| *article).collect(),
            is_first: order.iter().map(|(_, _, is_first)| *is_first).collect(),
        };
        // The streams below 2^32 are those of a group and its reference.
        let stream = Stream { seed: analysis.options.seed, pair: (pair.0 as u64 + 1) << 32 | pair.1 as u64 };
        Layer::PROFILES.into_iter().zip(self.profiles.compare(&groups, stream))
    }
}

/// Words are counted by group only: they can be compared, but not by exchanging articles.
fn words<'a>(analysis: &'a Analysis<'_>) -> impl Iterator<Item = ComparedPair> + 'a {
    // In the order of the alphabet: their numbers depend on the order of reading.
    let numbers = items(Layer::Word, analysis).numbers;
    let of_group = |group: &Group<'_>| {
        let counts = super::items::counts(Layer::Word, group, analysis);
        let of = |(place, number): (u32, &u32)| (place, counts[*number as usize]);
        let words = (0..).zip(&numbers).map(of).filter(|(_, n)| *n > 0).collect();
        let articles = group.articles.iter().filter(|article| article.words() > 0).count() as u64;
        (words, articles)
    };
    let groups: Vec<(Vec<(u32, u64)>, u64)> = analysis.parts().iter().map(of_group).collect();
    let sums: Vec<u64> = groups.iter().map(|(words, _)| words.iter().map(|(_, n)| n).sum()).collect();
    pairs(analysis).map(move |(a, b)| {
        let ((of_a, articles_a), (of_b, articles_b)) = (&groups[a], &groups[b]);
        let n = [sums[a], sums[b]];
        let both = || WordsOfBoth { a: of_a, b: of_b };
        let similarity = Similarity { n, jsd: jsd_of(both(), n[0], n[1]), cosine: cosine_of(both()), null: None };
        ComparedPair { layer: Layer::Word, pair: (a, b), articles: [*articles_a, *articles_b], similarity }
    })
}

/// The counts of each word that either of two groups has, in order.
struct WordsOfBoth<'w> {
    a: &'w [(u32, u64)],
    b: &'w [(u32, u64)],
}

impl Iterator for WordsOfBoth<'_> {
    type Item = (u64, u64);

    fn next(&mut self) -> Option<(u64, u64)> {
        let word = |side: &[(u32, u64)]| side.first().map(|(place, _)| *place);
        let next = word(self.a).into_iter().chain(word(self.b)).min()?;
        let take = |side: &mut &[(u32, u64)]| match side.split_first() {
            Some(((place, n), rest)) if *place == next => {
                *side = rest;
                *n
            }
            _ => 0,
        };
        Some((take(&mut self.a), take(&mut self.b)))
    }
}

impl ComparedPair {
    fn flags(&self) -> Cell<'static> {
        rates::flags_cell([
            ("single_article", self.articles.into_iter().any(|articles| articles < stats::FEWEST_ARTICLES)),
            ("no_null", self.layer == Layer::Word),
            ("exact", self.similarity.null.is_some_and(|null| null.is_exact)),
        ])
    }
}
