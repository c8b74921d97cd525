//! `contrasts.csv`: how each group differs from the others, and how sure that is, with the article as the unit.

use super::columns::columns;
use super::exchange::Exchange;
use super::keyness::OTHERS;
use super::ratio_items::{RatioItem, ratio_items};
use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, number, rates, text};
use crate::analysis::{Analysis, Group};
use crate::needs::Need;
use crate::stats::{self, Interval, Part, Sums, clusters};
use rustc_hash::FxHashMap;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "contrasts",
    needs: &[Need::Voice],
    answers: "What does each group do more, or less, than the others, and would other articles of it show the same?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>(contrast: &Contrast, item: &'r RatioItem, group: &'r Group<'_>, reference: &'r str) {
        text(
            "measure",
            "`rate`, `own_share`; with `--measures all` every ratio measure that `explain ratios` lists",
        ) => item.measure.name,
        text("layer", "`actor`, `force`, `frame`, `naming`, `term`; with `--measures all` `speaker`") => item.layer,
        text(
            "item",
            "actor, frame, `frame/term`, `pair/variant`; of `force` `frame/(loaded)` and `frame/(neutral)`; `frame/actor` of target_share, `pair/pole` of pole_share; speaker of distancing_share",
        ) => item.name.as_str(),
        Declared::By => &group.key,
        text(
            "reference",
            "what the group is compared with: `(others)`, all other groups together, or a group by name",
        ) => reference,
        Declared::Several(&[
            integer("n", "numerator in the group; a row stands where this is not 0, or where a rate lets five be expected"),
            integer("base", "denominator in the group: counted words of a rate, hits of a share"),
            integer("articles", "articles of the group whose denominator is not 0: the sample"),
            number("value", "n over base; of a rate per 1,000 words"),
        ]) => side(&contrast.target, item),
        Declared::Several(&[
            number("value_low", "lower end of the 95% Korn-Graubard interval over articles; empty with one article"),
            number("value_high", "upper end of the 95% Korn-Graubard interval over articles; empty with one article"),
        ]) => ends(contrast.target.interval(), item.measure.per),
        Declared::Several(&[
            integer("n_ref", "numerator in the reference"),
            integer("base_ref", "denominator in the reference"),
            integer("articles_ref", "articles of the reference whose denominator is not 0"),
            number("value_ref", "n_ref over base_ref; of a rate per 1,000 words"),
        ]) => side(&contrast.reference, item),
        number(
            "ratio",
            "value over value_ref; empty when either is 0",
        ) => clusters::ratio_of(&contrast.target, &contrast.reference),
        Declared::Several(&[
            number("ratio_low", "lower end of the 95% interval of the ratio over articles"),
            number("ratio_high", "upper end of the 95% interval of the ratio over articles"),
        ]) => ends(clusters::ratio_interval(&contrast.target, &contrast.reference), 1.0),
        number(
            "deff",
            "design effect in the group: how many times the variance exceeds that of units drawn one by one",
        ) => contrast.target.deff(),
        number(
            "p",
            "how often articles exchanged between the two sides tell them apart as far; empty with one article",
        ) => contrast.p,
        number(
            "q",
            "p adjusted for the false discovery rate (Benjamini-Hochberg) within measure, layer and group",
        ) => contrast.q,
        text(
            "flags",
            "single_article: a side has fewer than two; zero_side: no ratio to 0; exact: p of all divisions, not a sample",
        ) => contrast.flags(),
    }
}

/// What a group is compared on, before it is written.
pub(super) struct Contrast {
    pub item: usize,
    pub group: usize,
    target: Sums,
    reference: Sums,
    pub p: Option<f64>,
    q: Option<f64>,
    /// Whether p is that of all divisions.
    pub is_exact: bool,
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let items = ratio_items(analysis);
    let named = analysis.options.reference.as_ref();
    let reference = named.and_then(|name| analysis.parts().iter().position(|group| group.name() == *name));
    let mut contrasts = contrasts(&items, analysis, reference);
    Exchange::new(&items, analysis).test(&mut contrasts, reference);
    contrasts.sort_by_key(|contrast| (contrast.group, contrast.item));
    correct(&mut contrasts, &items);
    contrasts.sort_by_key(|contrast| (contrast.item, contrast.group));
    let reference = reference.map_or_else(|| OTHERS.to_owned(), |at| analysis.parts()[at].name());
    for contrast in &contrasts {
        let (item, group) = (&items[contrast.item], &analysis.parts()[contrast.group]);
        out.row(&cells(contrast, item, group, &reference));
    }
}

/// The contrasts that have a row, without their p.
fn contrasts(items: &[RatioItem], analysis: &Analysis<'_>, reference: Option<usize>) -> Vec<Contrast> {
    let words: Vec<Sums> = analysis
        .parts()
        .iter()
        .map(|group| {
            let parts: Vec<Part> =
                group.articles.iter().map(|article| Part { count: 0, size: article.words() }).collect();
            Sums::of(&parts)
        })
        .collect();
    let all_words = words.iter().fold(Sums::default(), |sum, words| sum.plus(*words));
    let group_of = analysis.group_of_articles();
    let mut found = Vec::new();
    for (number, item) in items.iter().enumerate() {
        // Sums of the articles that have the item; those of a rate get the words of the others afterwards.
        let mut having: FxHashMap<usize, (Sums, Sums)> = FxHashMap::default();
        for (article, part) in &item.articles {
            let (with, words) = having.entry(group_of[*article as usize] as usize).or_default();
            with.add(*part);
            words.add(Part { count: 0, size: part.size });
        }
        let of = |group: usize| {
            let (with, their_words) = having.get(&group).copied().unwrap_or_default();
            if item.is_of_words() { words[group].minus(their_words).plus(with) } else { with }
        };
        let mut all = having.values().fold(Sums::default(), |sum, (with, _)| sum.plus(*with));
        if item.is_of_words() {
            let their_words = having.values().fold(Sums::default(), |sum, (_, words)| sum.plus(*words));
            all = all_words.minus(their_words).plus(all);
        }
        if all.f == 0 && item.is_of_words() {
            continue;
        }
        let named = reference.map(of);
        for group in 0..analysis.parts().len() {
            if reference == Some(group) {
                continue;
            }
            let target = of(group);
            let reference = named.unwrap_or_else(|| all.minus(target));
            if target.s == 0 || reference.s == 0 || !says_something(item, &target, &reference) {
                continue;
            }
            found.push(Contrast { item: number, group, target, reference, p: None, q: None, is_exact: false });
        }
    }
    found
}

/// A share has a denominator where the group has hits. A rate of 0 says something where five hits would be expected at
/// the rate of both sides together.
fn says_something(item: &RatioItem, target: &Sums, reference: &Sums) -> bool {
    let both = u128::from(target.f) + u128::from(reference.f);
    let words = u128::from(target.s) + u128::from(reference.s);
    let is_expected = || u128::from(target.s) * both >= u128::from(stats::SMALLEST_EXPECTED) * words;
    !item.is_of_words() || target.f > 0 || is_expected()
}

/// Fills the q in: within measure, layer and group.
fn correct(contrasts: &mut [Contrast], items: &[RatioItem]) {
    let family = |contrast: &Contrast| {
        let item = &items[contrast.item];
        (contrast.group, item.measure.name, item.layer)
    };
    for of_family in contrasts.chunk_by_mut(|a, b| family(a) == family(b)) {
        let p: Vec<Option<f64>> = of_family.iter().map(|contrast| contrast.p).collect();
        for (contrast, q) in of_family.iter_mut().zip(stats::benjamini_hochberg(&p)) {
            contrast.q = q;
        }
    }
}

/// Numerator, denominator, articles and value.
fn side(sums: &Sums, item: &RatioItem) -> [Cell<'static>; 4] {
    [sums.f.into(), sums.s.into(), sums.m.into(), sums.value().map(|value| value * item.measure.per).into()]
}

fn ends(interval: Option<Interval>, per: f64) -> [Option<f64>; 2] {
    interval.map_or([None; 2], |ends| [Some(ends.low * per), Some(ends.high * per)])
}

impl Contrast {
    fn flags(&self) -> Cell<'static> {
        let (target, other) = (&self.target, &self.reference);
        rates::flags_cell([
            ("single_article", target.m.min(other.m) < stats::FEWEST_ARTICLES),
            ("zero_side", clusters::ratio_of(target, other).is_none()),
            ("exact", self.is_exact),
        ])
    }
}
