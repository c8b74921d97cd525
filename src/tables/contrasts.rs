//! `contrasts.csv`: how each group differs from the others, and how sure that is, with the article as the unit.

use super::columns::columns;
use super::exchange::Exchange;
use super::keyness::OTHERS;
use super::ratio_items::{RatioItem, ratio_items};
use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, number, rates, text};
use crate::analysis::{Analysis, Group};
use crate::needs::Need;
use crate::stats::{self, Interval, Part, Sums, clusters};

pub(super) const TABLE: TableSpec = TableSpec {
    name: "contrasts",
    needs: &[Need::Voice],
    answers: "What does each group do more, or less, than the others, and would other articles of it show the same?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>(contrast: &ContrastRow, item: &'r RatioItem<'_>, group: &'r Group<'_>, reference: &'r str) {
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
            integer("n", "numerator in the group; a row stands where this is not 0, or where a rate lets five be expected; among more than 40 groups where five are there or expected"),
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

/// A group's item, with what was found of it; its sums are made again when it is written, since of thousands of groups they
/// would take most of the memory of a run.
pub(super) struct Contrast {
    pub item: u32,
    pub group: u32,
    pub p: Option<f64>,
    /// Whether p is that of all divisions.
    pub is_exact: bool,
    /// Whether it has a row: every p counts for the q of the others.
    is_shown: bool,
}

/// A contrast that is written.
struct ContrastRow {
    target: Sums,
    reference: Sums,
    p: Option<f64>,
    q: Option<f64>,
    is_exact: bool,
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let named = analysis.options.reference.as_ref();
    let reference = named.and_then(|name| analysis.parts().iter().position(|group| group.name() == *name));
    let mut sums = ContrastSums::new(analysis, reference);
    let exchange = Exchange::new(analysis);
    let reference_name = reference.map_or_else(|| OTHERS.to_owned(), |at| analysis.parts()[at].name());
    // One family after the other: the items of all take most of the memory of a run.
    for items in ratio_items(analysis) {
        let mut contrasts = contrasts(&items, analysis, &mut sums);
        exchange.test(&items, &mut contrasts, reference);
        contrasts.sort_unstable_by_key(|contrast| (contrast.group, contrast.item));
        let found = contrasts.len();
        let mut shown = correct(contrasts);
        out.leave_out((found - shown.len()) as u64);
        shown.sort_unstable_by_key(|(contrast, _)| (contrast.item, contrast.group));
        for of_item in shown.chunk_by(|(a, _), (b, _)| a.item == b.item) {
            let item = &items[of_item[0].0.item as usize];
            sums.read(item);
            for (Contrast { group, p, is_exact, .. }, q) in of_item {
                let (target, reference) = sums.sides(*group as usize);
                let contrast = ContrastRow { target, reference, p: *p, q: *q, is_exact: *is_exact };
                out.row(&cells(&contrast, item, &analysis.parts()[*group as usize], &reference_name));
            }
        }
    }
}

/// The sums of each group, of one item after the other.
struct ContrastSums<'a> {
    /// The group that others are compared with, by its number.
    reference: Option<usize>,
    /// The words of each group, and of all.
    words: Vec<Sums>,
    all_words: Sums,
    /// By article.
    group_of: &'a [u32],
    is_of_words: bool,
    /// Of the articles that have the item, by group: their sums, and those of their words alone.
    having: Vec<(Sums, Sums)>,
    /// The sums of all groups.
    all: Sums,
}

impl<'a> ContrastSums<'a> {
    fn new(analysis: &'a Analysis<'_>, reference: Option<usize>) -> Self {
        let of_group = |group: &Group<'_>| {
            let parts: Vec<Part> =
                group.articles.iter().map(|article| Part { count: 0, size: article.words() }).collect();
            Sums::of(&parts)
        };
        let words: Vec<Sums> = analysis.parts().iter().map(of_group).collect();
        Self {
            reference,
            all_words: words.iter().fold(Sums::default(), |sum, words| sum.plus(*words)),
            group_of: analysis.group_of_articles(),
            is_of_words: false,
            having: vec![Default::default(); words.len()],
            words,
            all: Sums::default(),
        }
    }

    fn read(&mut self, item: &RatioItem<'_>) {
        self.is_of_words = item.is_of_words();
        self.having.fill(Default::default());
        for (article, part) in item.articles() {
            let (with, words) = &mut self.having[self.group_of[article as usize] as usize];
            with.add(part);
            words.add(Part { count: 0, size: part.size });
        }
        self.all = self.having.iter().fold(Sums::default(), |sum, (with, _)| sum.plus(*with));
        if self.is_of_words {
            let their_words = self.having.iter().fold(Sums::default(), |sum, (_, words)| sum.plus(*words));
            self.all = self.all_words.minus(their_words).plus(self.all);
        }
    }

    /// Of the articles that have the item; those of a rate get the words of the others too.
    fn of(&self, group: usize) -> Sums {
        let (with, their_words) = self.having[group];
        if self.is_of_words { self.words[group].minus(their_words).plus(with) } else { with }
    }

    /// Those of a group and of what it is compared with.
    fn sides(&self, group: usize) -> (Sums, Sums) {
        let target = self.of(group);
        (target, self.reference.map_or_else(|| self.all.minus(target), |reference| self.of(reference)))
    }
}

/// The contrasts that count, without their p.
fn contrasts(items: &[RatioItem<'_>], analysis: &Analysis<'_>, sums: &mut ContrastSums<'_>) -> Vec<Contrast> {
    let mut found = Vec::new();
    for (number, item) in (0..).zip(items) {
        sums.read(item);
        if sums.all.f == 0 && item.is_of_words() {
            continue;
        }
        for group in (0..analysis.parts().len()).filter(|group| sums.reference != Some(*group)) {
            let (target, reference) = sums.sides(group);
            if target.s == 0 || reference.s == 0 || !says_something(item, &target, &reference) {
                continue;
            }
            let n = if item.is_of_words() { target.f } else { target.s };
            let is_shown = rates::is_shown(analysis, n, || is_expected(&target, &reference));
            found.push(Contrast { item: number, group: group as u32, p: None, is_exact: false, is_shown });
        }
    }
    found
}

/// A share has a denominator where the group has hits. A rate of 0 says something where five hits would be expected.
fn says_something(item: &RatioItem<'_>, target: &Sums, reference: &Sums) -> bool {
    !item.is_of_words() || target.f > 0 || is_expected(target, reference)
}

/// Whether five hits would be expected at the rate of both sides together.
fn is_expected(target: &Sums, reference: &Sums) -> bool {
    let both = u128::from(target.f) + u128::from(reference.f);
    let words = u128::from(target.s) + u128::from(reference.s);
    u128::from(target.s) * both >= u128::from(stats::SMALLEST_EXPECTED) * words
}

/// Those of one measure and layer that have a row, each with its q: within its group, as they come.
fn correct(contrasts: Vec<Contrast>) -> Vec<(Contrast, Option<f64>)> {
    let mut q = Vec::new();
    for of_group in contrasts.chunk_by(|a, b| a.group == b.group) {
        let p: Vec<Option<f64>> = of_group.iter().map(|contrast| contrast.p).collect();
        let of_rows = stats::benjamini_hochberg(&p).into_iter().zip(of_group);
        q.extend(of_rows.filter(|(_, contrast)| contrast.is_shown).map(|(q, _)| q));
    }
    contrasts.into_iter().filter(|contrast| contrast.is_shown).zip(q).collect()
}

/// Numerator, denominator, articles and value.
fn side(sums: &Sums, item: &RatioItem<'_>) -> [Cell<'static>; 4] {
    [sums.f.into(), sums.s.into(), sums.m.into(), sums.value().map(|value| value * item.measure.per).into()]
}

fn ends(interval: Option<Interval>, per: f64) -> [Option<f64>; 2] {
    interval.map_or([None; 2], |ends| [Some(ends.low * per), Some(ends.high * per)])
}

impl ContrastRow {
    fn flags(&self) -> Cell<'static> {
        let (target, other) = (&self.target, &self.reference);
        rates::flags_cell([
            ("single_article", target.m.min(other.m) < stats::FEWEST_ARTICLES),
            ("zero_side", clusters::ratio_of(target, other).is_none()),
            ("exact", self.is_exact),
        ])
    }
}
