//! What ratio measures are measured on: the items of each layer, with numerator and denominator of each article.

use super::Layer;
use super::frame_targets::actor_or_none;
use super::items::{items, series};
use crate::analysis::{Analysis, Series};
use crate::codebook::Stance;
use crate::count::{Counted, HitCounts, Said};
use crate::stats::{Column, Part, Quantity, RATIOS, RatioMeasure, SPEAKER};
use std::collections::BTreeMap;

/// An item of a ratio measure.
pub(super) struct RatioItem<'a> {
    pub measure: &'static RatioMeasure,
    pub layer: &'static str,
    pub name: String,
    /// The articles that have it, by number, each with its count. Of a corpus of short articles these are most of the memory
    /// that a comparison takes.
    articles: Vec<(u32, u32)>,
    /// Their sizes; of a rate it is the words of the article.
    sizes: Option<Vec<u32>>,
    words_of: &'a [u32],
}

impl<'a> RatioItem<'a> {
    fn new(
        measure: &'static RatioMeasure,
        layer: &'static str,
        name: String,
        analysis: &'a Analysis<'_>,
        articles: impl Iterator<Item = (u32, Part)>,
    ) -> Self {
        let small = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        let mut sizes = (measure.denominator != Quantity::Words).then(Vec::new);
        let count = |(article, part): (u32, Part)| {
            sizes.iter_mut().for_each(|sizes| sizes.push(small(part.size)));
            (article, small(part.count))
        };
        let mut articles: Vec<(u32, u32)> = articles.map(count).collect();
        articles.shrink_to_fit();
        Self { measure, layer, name, articles, sizes, words_of: analysis.words_of_articles() }
    }

    /// The articles that have it, by number; of a rate the size is the article's words.
    pub fn articles(&self) -> impl Iterator<Item = (u32, Part)> + '_ {
        self.articles.iter().enumerate().map(|(at, (article, count))| {
            let size = self.sizes.as_ref().map_or_else(|| self.words_of[*article as usize], |sizes| sizes[at]);
            (*article, Part { count: (*count).into(), size: size.into() })
        })
    }

    /// All that a contrast is made of.
    pub fn counts(&self) -> (&[(u32, u32)], Option<&[u32]>) {
        (&self.articles, self.sizes.as_deref())
    }

    /// Whether the denominator is the words of the article, whether it has the item or not.
    pub fn is_of_words(&self) -> bool {
        self.sizes.is_none()
    }
}

/// The items of each measure that is asked for and of each of its layers, in the order of the table.
pub(super) fn ratio_items<'a>(analysis: &'a Analysis<'_>) -> impl Iterator<Item = Vec<RatioItem<'a>>> {
    let all = analysis.options.measures.are_all();
    let asked = RATIOS.iter().filter(move |measure| all || measure.column == Column::Default);
    asked.flat_map(move |measure| {
        let speakers = (measure.layers == [SPEAKER]).then(|| of_speakers(measure, analysis).collect());
        let layers = Layer::CODED.into_iter().filter(|layer| measure.layers.contains(&layer.name()));
        speakers.into_iter().chain(layers.map(move |layer| {
            let mut of_layer = of_layer(measure, layer, analysis);
            of_layer.sort_by(|a, b| a.name.cmp(&b.name));
            of_layer
        }))
    })
}

fn of_speakers<'a>(measure: &'static RatioMeasure, analysis: &'a Analysis<'_>) -> impl Iterator<Item = RatioItem<'a>> {
    analysis.speakers().into_iter().map(move |speaker| {
        let part = |(article, hits): (u32, HitCounts)| {
            let of = |quantity| quantity_of(quantity, &hits, 0);
            (article, Part { count: of(measure.numerator), size: of(measure.denominator) })
        };
        let articles = analysis.hits([Series::Speaker(speaker)]).map(part);
        RatioItem::new(measure, SPEAKER, actor_or_none(analysis, speaker).to_owned(), analysis, articles)
    })
}

fn of_layer<'a>(measure: &'static RatioMeasure, layer: Layer, analysis: &'a Analysis<'_>) -> Vec<RatioItem<'a>> {
    let item = |name: String, articles: &mut dyn Iterator<Item = (u32, Part)>| {
        RatioItem::new(measure, layer.name(), name, analysis, articles)
    };
    match measure.numerator {
        Quantity::Target => analysis
            .targets()
            .map(|(frame, actor)| {
                let name = format!("{}/{}", analysis.frame_code(frame), analysis.actor_code(actor));
                let about: BTreeMap<u32, HitCounts> = analysis.hits([Series::Target { frame, actor }]).collect();
                let part = |(article, hits): (u32, HitCounts)| {
                    let count = about.get(&article).map_or(0, |hits| hits.of(Counted::Hits));
                    (article, Part { count: count.into(), size: hits.of(Counted::Hits).into() })
                };
                item(name, &mut analysis.hits([Series::Frame(frame)]).map(part))
            })
            .collect(),
        Quantity::Pole => poles(analysis)
            .into_iter()
            .map(|((pair, pole), [of_pole, of_pair])| {
                let of_pole: BTreeMap<u32, HitCounts> =
                    analysis.hits(of_pole.into_iter().map(Series::Variant)).collect();
                let part = |(article, hits): (u32, HitCounts)| {
                    let count = of_pole.get(&article).map_or(0, |hits| hits.of(Counted::Hits));
                    (article, Part { count: count.into(), size: hits.of(Counted::Hits).into() })
                };
                let of_pair = analysis.hits(of_pair.into_iter().map(Series::Variant));
                item(format!("{pair}/{pole}"), &mut of_pair.map(part))
            })
            .collect(),
        _ => {
            let found = items(layer, analysis);
            let series = |number: &u32| series(layer, *number, analysis.options.level);
            let names = (0..found.numbers.len()).map(|at| found.names.get(at).text().into_owned());
            let with_name = names.zip(&found.numbers);
            with_name
                .filter_map(|(name, number)| {
                    let hits = analysis.hits([series(number)?]);
                    let part = |(article, hits): (u32, HitCounts)| {
                        let words = analysis.words_of_articles()[article as usize].into();
                        let of = |quantity| quantity_of(quantity, &hits, words);
                        (article, Part { count: of(measure.numerator), size: of(measure.denominator) })
                    };
                    Some(item(name, &mut hits.map(part)))
                })
                .collect()
        }
    }
}

/// Variants of each pole of each pair that occurs, and of the pair.
fn poles<'a>(analysis: &Analysis<'a>) -> BTreeMap<(&'a str, &'a str), [Vec<u32>; 2]> {
    let book = analysis.codebook;
    let occurs = |variant: &u32| analysis.all().counts.variants.contains_key(*variant);
    let mut poles: BTreeMap<(&str, &str), [Vec<u32>; 2]> = BTreeMap::new();
    for (variant, number) in book.variants.iter().zip(0..).filter(|(_, number)| occurs(number)) {
        let of_pair =
            book.variants.iter().zip(0..).filter(|(other, number)| other.pair == variant.pair && occurs(number));
        let pole = (book.pairs[variant.pair.index()].code.as_str(), variant.pole.as_str());
        let [of_pole, all] = poles.entry(pole).or_insert_with(|| [Vec::new(), of_pair.map(|(_, at)| at).collect()]);
        if !of_pole.contains(&number) {
            of_pole.push(number);
        }
        debug_assert!(!all.is_empty());
    }
    poles
}

fn quantity_of(quantity: Quantity, hits: &HitCounts, words: u64) -> u64 {
    let counted = match quantity {
        Quantity::Words => return words,
        Quantity::Distancing => return Said::of(hits).cues[Stance::Distancing as usize].into(),
        Quantity::Cues => return Said::of(hits).all_cues(),
        Quantity::Hits | Quantity::Target | Quantity::Pole | Quantity::Pair => Counted::Hits,
        Quantity::Own => Counted::Own,
        Quantity::Attributed => Counted::Attributed,
        Quantity::Quoted => Counted::Quoted,
        Quantity::Scare => Counted::Scare,
        Quantity::Denied => Counted::Denied,
        Quantity::Agent => Counted::Agent,
        Quantity::Lead => Counted::Lead,
    };
    hits.of(counted).into()
}
