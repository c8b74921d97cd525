//! `keyness.csv`: what each group says more often, and less often, than the others.
//!
//! The measures depend on the counts alone, and most words are rare: the items of one group with the same two counts
//! are one `CountClass`, computed and written out once. So a row for every word in every group costs little.

use super::columns::{OfItem, columns};
use super::items::{Items, Layer, counts, items};
use super::number::rounded;
use super::{Cell, Declared, ItemRow, Measures, Row, RowSink, Source, TableSpec, extra, integer, number};
use super::{rates, text};
use crate::analysis::{Analysis, Group};
use crate::needs::Need;
use crate::stats::keyness::Prior;
use crate::stats::{self, Keyness, keyness};
use rustc_hash::FxHashMap;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "keyness",
    needs: &[Need::Words],
    answers: "What does each group say more often, and less often, than the others?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, fill cells<'h>(class: &CountClass, sides: &SideSizes, m: u64, head: &'h Head<'_>, measures: Measures) {
        text("layer", "`actor`, `force`, `frame`, `naming`, `term` or `word`") => head.layer.name(),
        text(
            "item",
            "actor, frame, `pair/variant`, `frame/term` or word; of `force` `frame/(loaded)` and `frame/(neutral)`",
        ) => OfItem,
        Declared::By => &head.group.key,
        text(
            "reference",
            "what the group is compared with: `(others)`, all other groups together, or a group by name",
        ) => head.reference.as_str(),
        integer("a", "hits in the group; among more than 40 groups a row stands where they are five, or five would be expected") => class.table.a(),
        integer("n1", "counted words of the group") => class.table.n1(),
        integer("b", "hits in the reference") => class.table.b(),
        integer("n2", "counted words of the reference") => class.table.n2(),
        number("expected", "hits the group would have at the rate of both sides together") => keyness::expected(class.table),
        number("g2", "log-likelihood ratio, positive when the group has the higher rate") => class.shown_g2,
        number(
            "p",
            "chi-square p of g2, 1 df; Fisher's exact p (flag `exact`) when a side is expected to have fewer than 5 hits; \
             empty when a side has one article",
        ) => class.p,
        number("q", "p adjusted for the false discovery rate (Benjamini-Hochberg) within group and layer") => class.q,
        number("log_ratio", "binary logarithm of the ratio of the rates, half a hit added to each") => keyness::log_ratio(class.table),
        number(
            "log_ratio_conservative",
            "log ratio that the counts support at the least, over all items of group and layer; 0: not distinguishable",
        ) => class.p.and_then(|_| keyness::log_ratio_conservative(class.table, stats::ALPHA, m)),
        number(
            "bic",
            "size of g2 less the natural logarithm of the words of both sides; above 2 is evidence",
        ) => keyness::bic_of_g2(class.table, class.g2),
        MORE => measures.are_all().then(|| more(class.table, class.prior)),
        text(
            "flags",
            "why the number is fragile: b_zero, expected_below_5, single_article; exact: p is Fisher's",
        ) => class.flags(sides),
    }
}

/// The reference of a run that names none: all other groups together.
pub const OTHERS: &str = "(others)";

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    write_layers(analysis, &Layer::ALL, out);
}

/// The rows of some layers. All but [`Layer::Word`] are short.
pub fn write_layers(analysis: &Analysis<'_>, layers: &[Layer], out: &mut dyn RowSink) {
    let reference = Reference::of(analysis);
    for layer in layers {
        let items = items(*layer, analysis);
        let compared = ComparedLayer::new(*layer, &items, reference, analysis);
        for group in analysis.parts() {
            let Some(sides) = reference.sides(group, analysis) else { continue };
            let head = Head { layer: *layer, group, reference: reference.name() };
            write_family(&items, &compared.hits(group), &sides, &head, analysis, out);
        }
    }
}

/// Hits of an item: in the group, in the reference, and in the whole corpus.
type ThreeCounts = (u64, u64, u64);

/// What the groups of one layer are compared with, by the number of the item.
struct ComparedLayer<'c> {
    layer: Layer,
    items: &'c Items,
    reference: Reference<'c>,
    analysis: &'c Analysis<'c>,
    in_reference: Vec<u64>,
    in_all: Vec<u64>,
    /// The place of each word among the items.
    places: Vec<u32>,
    /// How many words the reference has.
    words_of_reference: u64,
}

/// The items of a group that may have a row, ascending, and how many others there are on either side.
struct OfGroup {
    hits: Vec<(u32, ThreeCounts)>,
    without_row: u64,
}

impl<'c> ComparedLayer<'c> {
    fn new(layer: Layer, items: &'c Items, reference: Reference<'c>, analysis: &'c Analysis<'c>) -> Self {
        let in_reference = counts(layer, reference.counted_in(analysis), analysis);
        let mut places = Vec::new();
        if layer == Layer::Word {
            places.resize(items.numbers.len(), 0);
            (0..).zip(&items.numbers).for_each(|(place, number)| places[*number as usize] = place);
        }
        let words_of_reference = in_reference.iter().filter(|n| **n > 0).count() as u64;
        let in_all = counts(layer, analysis.all(), analysis);
        Self { layer, items, reference, analysis, in_reference, in_all, places, words_of_reference }
    }

    fn of(&self, number: u32, a: u64) -> ThreeCounts {
        let number = number as usize;
        (a, self.reference.hits(self.in_reference[number], a), self.in_all[number])
    }

    /// A word that the group does not have has no row: it is not looked at, since most groups have few of all words.
    fn hits(&self, group: &Group<'_>) -> OfGroup {
        if self.layer != Layer::Word {
            let a = counts(self.layer, group, self.analysis);
            let hits = (0..).zip(&self.items.numbers).map(|(at, number)| (at, self.of(*number, a[*number as usize])));
            return OfGroup { hits: hits.collect(), without_row: 0 };
        }
        let mut hits: Vec<(u32, ThreeCounts)> = Vec::with_capacity(group.counts.vocabulary.len());
        let mut shared = 0;
        for (word, tally) in group.counts.vocabulary.iter() {
            shared += u64::from(self.in_reference[word as usize] > 0);
            hits.push((self.places[word as usize], self.of(word, tally.n)));
        }
        hits.sort_unstable_by_key(|(place, _)| *place);
        OfGroup { without_row: self.words_of_reference - shared, hits }
    }
}

/// What every group is compared with.
#[derive(Debug, Clone, Copy)]
enum Reference<'a> {
    Others,
    Named(&'a Group<'a>),
}

/// The sizes of the two sides of a comparison.
#[derive(Debug, Clone, Copy)]
struct SideSizes {
    n1: u64,
    n2: u64,
    articles: [u64; 2],
    /// Of the whole corpus.
    words: u64,
}

impl<'a> Reference<'a> {
    /// A name that is no group's was refused before; here it compares with nothing in particular.
    fn of(analysis: &'a Analysis<'_>) -> Self {
        let named = analysis.options.reference.as_ref();
        named
            .and_then(|name| analysis.parts().iter().find(|group| group.name() == *name))
            .map_or(Self::Others, Self::Named)
    }

    fn name(self) -> String {
        match self {
            Self::Others => OTHERS.to_owned(),
            Self::Named(group) => group.name(),
        }
    }

    /// The group whose counts the reference's hits are taken from.
    fn counted_in(self, analysis: &'a Analysis<'_>) -> &'a Group<'a> {
        match self {
            Self::Others => analysis.all(),
            Self::Named(group) => group,
        }
    }

    fn hits(self, counted: u64, a: u64) -> u64 {
        match self {
            Self::Others => counted - a,
            Self::Named(_) => counted,
        }
    }

    /// `None` for the reference itself, and where a side has no words: there is nothing to compare.
    fn sides(self, group: &Group<'_>, analysis: &Analysis<'_>) -> Option<SideSizes> {
        let (target, all) = (&group.counts, &analysis.all().counts);
        let (n2, articles) = match self {
            Self::Others => (all.words - target.words, all.articles - target.articles),
            Self::Named(reference) if reference.key == group.key => return None,
            Self::Named(reference) => (reference.counts.words, reference.counts.articles),
        };
        (target.words > 0 && n2 > 0).then_some(SideSizes {
            n1: target.words,
            n2,
            articles: [target.articles, articles],
            words: all.words,
        })
    }
}

/// What the rows of one family begin with.
struct Head<'h> {
    layer: Layer,
    group: &'h Group<'h>,
    reference: String,
}

/// The items of a family with the same two counts, and the same in the whole corpus.
struct CountClass {
    table: Keyness,
    prior: Prior,
    g2: f64,
    /// As it is printed.
    shown_g2: f64,
    p: Option<f64>,
    q: Option<f64>,
    /// Its first item.
    first: u32,
    number: usize,
    /// Where its items end among those of all classes.
    end: usize,
}

/// The classes of a family.
struct CountClasses {
    classes: Vec<CountClass>,
    /// Class by class the indices of the items, which come by name.
    items: Vec<u32>,
    /// The number of items of the corpus that have no row.
    left_out: u64,
}

/// One group in one layer: the rows that share the correction for multiple testing.
fn write_family(
    items: &Items,
    hits: &OfGroup,
    sides: &SideSizes,
    head: &Head<'_>,
    analysis: &Analysis<'_>,
    out: &mut dyn RowSink,
) {
    let measures = analysis.options.measures;
    let CountClasses { mut classes, items: members, left_out } = classes(head.layer, hits, sides);
    out.leave_out(left_out);
    let of = |class: &CountClass| members[class.end - class.number..class.end].iter().copied();
    let m = correct(&mut classes);
    classes.retain(|class| {
        let is_expected = || keyness::expected(class.table) >= stats::SMALLEST_EXPECTED as f64;
        let is_shown = rates::is_shown(analysis, class.table.a(), is_expected);
        if !is_shown {
            out.leave_out(class.number as u64);
        }
        is_shown
    });
    // By the g2 that is printed, so that the order can be seen to be right in the file.
    classes.sort_unstable_by(|a, b| b.shown_g2.total_cmp(&a.shown_g2).then_with(|| a.first.cmp(&b.first)));
    let mut row = ItemRow::default();
    for equal in classes.chunk_by(|a, b| a.shown_g2.total_cmp(&b.shown_g2).is_eq()) {
        if let [class] = equal {
            row.set(1, |cells| self::cells(cells, class, sides, m, head, measures));
            of(class).for_each(|item| out.item_row(&row, items.names.get(item as usize)));
            continue;
        }
        let row_of = |class: &CountClass| {
            let mut cells = Row::new();
            self::cells(&mut cells, class, sides, m, head, measures);
            ItemRow::new(cells, 1)
        };
        let rows: Vec<ItemRow<'_>> = equal.iter().map(row_of).collect();
        let with_rows = equal.iter().zip(&rows);
        let mut of_items: Vec<(u32, &ItemRow<'_>)> =
            with_rows.flat_map(|(class, row)| of(class).map(move |item| (item, row))).collect();
        of_items.sort_unstable_by_key(|(item, _)| *item);
        for (item, row) in of_items {
            out.item_row(row, items.names.get(item as usize));
        }
    }
}

/// Words that are rarer on both sides together have no row.
pub(super) const FEWEST_OF_A_WORD: u64 = 5;

/// Whether an item has a row: where the group has it, and a word not too seldom. That a group lacks an entry of the
/// codebook says something where five hits would be expected.
fn has_row(layer: Layer, table: Keyness) -> bool {
    match layer {
        Layer::Word => table.a() > 0 && table.a() + table.b() >= FEWEST_OF_A_WORD,
        Layer::Actor | Layer::Force | Layer::Frame | Layer::Naming | Layer::Term => {
            table.a() > 0 || keyness::expected(table) >= stats::SMALLEST_EXPECTED as f64
        }
    }
}

fn classes(layer: Layer, hits: &OfGroup, sides: &SideSizes) -> CountClasses {
    let mut classes: Vec<CountClass> = Vec::new();
    let mut numbers: FxHashMap<ThreeCounts, Option<usize>> = FxHashMap::default();
    let mut in_class: Vec<(usize, u32)> = Vec::new();
    let mut left_out = hits.without_row;
    for (item, (a, b, all)) in hits.hits.iter().copied() {
        if a + b == 0 {
            continue;
        }
        let class = numbers.entry((a, b, all)).or_insert_with(|| {
            let table = Keyness::new(a, sides.n1, b, sides.n2).filter(|table| has_row(layer, *table))?;
            let g2 = keyness::g2(table);
            let p = keyness::shown_p(table, g2, sides.articles[0], sides.articles[1]);
            let prior = Prior { hits: all, words: sides.words };
            classes.push(CountClass {
                table,
                prior,
                g2,
                shown_g2: rounded(g2),
                p,
                q: None,
                first: item,
                number: 0,
                end: 0,
            });
            Some(classes.len() - 1)
        });
        match *class {
            Some(class) => {
                classes[class].number += 1;
                in_class.push((class, item));
            }
            None => left_out += 1,
        }
    }
    let mut begin = 0;
    for class in &mut classes {
        // Moves to the end of its items as they are filled in.
        class.end = begin;
        begin += class.number;
    }
    let mut items = vec![0; in_class.len()];
    for (class, item) in in_class {
        items[classes[class].end] = item;
        classes[class].end += 1;
    }
    CountClasses { classes, items, left_out }
}

/// Fills the q in; the answer is the number of rows with a p.
fn correct(classes: &mut [CountClass]) -> u64 {
    let with_p = || classes.iter().filter(|class| class.p.is_some());
    let of_rows: Vec<Option<f64>> = with_p().flat_map(|class| std::iter::repeat_n(class.p, class.number)).collect();
    let q = stats::benjamini_hochberg(&of_rows);
    let mut at = 0;
    for class in classes.iter_mut().filter(|class| class.p.is_some()) {
        class.q = q[at];
        at += class.number;
    }
    of_rows.len() as u64
}

/// Of `--measures all`.
const MORE: Declared = Declared::Several(&[
    extra("chi2", "Pearson's chi-square without correction"),
    extra("percent_diff", "by how many per cent the group's rate is above the reference's; empty when b is 0"),
    extra("odds_ratio", "odds ratio; empty when b is 0"),
    extra("fisher_p", "two-sided p of Fisher's exact test"),
    extra("log_odds", "difference of the log odds, both sides drawn towards the share of the whole corpus (500 words)"),
    extra("log_odds_z", "log_odds over its standard deviation: beyond 1.96 either way it stands out"),
]);

fn more(table: Keyness, prior: Prior) -> [Cell<'static>; 6] {
    [
        keyness::chi2(table).into(),
        keyness::percent_diff(table).into(),
        keyness::odds_ratio(table).into(),
        keyness::fisher_p(table).into(),
        keyness::log_odds(table, prior).into(),
        keyness::log_odds_z(table, prior).into(),
    ]
}

impl CountClass {
    fn flags(&self, sides: &SideSizes) -> Cell<'static> {
        rates::flags_cell([
            ("b_zero", self.table.b() == 0),
            ("expected_below_5", keyness::is_expected_low(self.table)),
            ("single_article", sides.articles.into_iter().any(|articles| articles < stats::FEWEST_ARTICLES)),
            ("exact", self.p.is_some() && keyness::is_expected_low(self.table)),
        ])
    }
}
