//! `trend.csv`: frames by month, from the articles whose date names one.

use super::columns::columns;
use super::frame_item::{self, FrameItem};
use super::{Declared, Row, RowSink, Source, TableSpec, integer, number, rates, text};
use crate::analysis::{Analysis, Group, GroupArticles};
use crate::count::{FiledRecord, ItemKey};
use crate::needs::Need;
use crate::stats::changes::{Changes, MonthCounts, changes};
use crate::stats::permutation::Stream;
use crate::stats::{self, Part, Sums};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const TABLE: TableSpec = TableSpec {
    name: "trend",
    needs: &[Need::Voice],
    answers: "How does the use of each frame change from month to month?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>([month, frame, term]: [&'r str; 3], group: &'r Group<'_>, counts: (Sums, u64), articles: u64, level: Option<&Level>) {
        text("month", "YYYY-MM; articles without a month are left out") => month,
        text("frame", "frame id of the codebook") => frame,
        text("term", "`(all)` for the whole frame; `(loaded)` and `(neutral)`, before it, for its terms of that force") => term,
        Declared::By => &group.key,
        integer("n", "hits in the month's articles of the group") => counts.0.f,
        integer("n_own", "of these in the article's own voice") => counts.1,
        integer("words", "counted words of the month's articles of the group") => counts.0.s,
        rates::OF_ARTICLES => rates::of_articles(&counts.0),
        integer("articles", "articles of the month and group with a hit") => articles,
        integer(
            "n_articles",
            "articles of the month and group that have counted words: the sample of the interval",
        ) => counts.0.m,
        number(
            "level",
            "hits per 1,000 words from one change of frame and group to the next, at least five articles; empty where no \
             change stands out from chance",
        ) => level.map(|level| level.per_1000),
        number(
            "change_p",
            "in the month where a new level begins: how often months in random order, 499 times, have changes as large; below 0.05",
        ) => level.and_then(|level| level.change_p),
        text(
            "flags",
            "single_article: the month has fewer than two articles of the group, no interval",
        ) => rates::flags_cell([("single_article", counts.0.m < stats::FEWEST_ARTICLES)]),
    }
}

/// The articles of a month.
#[derive(Default)]
struct Month {
    /// Their words, without the hits of any frame.
    words: Sums,
    /// By item; each article that has it once.
    hits: Vec<ArticleHits>,
}

/// What an article has of an item.
struct ArticleHits {
    item: FrameItem,
    n: u32,
    n_own: u32,
    words: u64,
}

/// The months of a group.
type Series = BTreeMap<String, Month>;

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let items = frame_item::of_frames(analysis);
    let parts: Vec<Series> = analysis.parts().iter().map(|group| by_month(analysis, &group.articles)).collect();
    let all = by_month(analysis, &analysis.all().articles);
    let groups: Vec<Series> = std::iter::once(all).chain(parts).collect();
    let months: BTreeSet<&str> = groups.iter().flat_map(|months| months.keys().map(String::as_str)).collect();
    let levels: Vec<Vec<BTreeMap<&str, Level>>> =
        (0..).zip(&groups).map(|(at, series)| levels_of(series, &items, at, analysis)).collect();
    for month in months {
        // A group without an article in the month has no rate there, and no row.
        let of_groups = groups.iter().enumerate().filter_map(|(at, series)| Some((at, series.get(month)?)));
        let of_groups: Vec<(usize, &Month)> = of_groups.collect();
        for (number, item) in items.iter().enumerate() {
            let names = [month, analysis.frame_code(item.frame), item.name(analysis)];
            for (at, counts) in &of_groups {
                let level = levels[*at][number].get(month);
                let articles = counts.articles_with(*item);
                out.row(&cells(names, &analysis.groups[*at], counts.of(*item), articles, level));
            }
        }
    }
}

/// The level that a month belongs to, where the rate changes at all.
struct Level {
    per_1000: f64,
    change_p: Option<f64>,
}

/// Of each item and month its level; empty where no change is kept.
fn levels_of<'s>(
    series: &'s Series,
    items: &[FrameItem],
    group: u64,
    analysis: &Analysis<'_>,
) -> Vec<BTreeMap<&'s str, Level>> {
    let count = |month: &Month, item: FrameItem| {
        let (sums, _) = month.of(item);
        MonthCounts { hits: sums.f, words: sums.s, articles: sums.m }
    };
    let of_item = |item: &FrameItem| series.values().map(|month| count(month, *item)).collect();
    let months: Vec<Vec<MonthCounts>> = items.iter().map(of_item).collect();
    // The streams from 2^63 on are those of orders of months.
    let found = changes(&months, Stream { seed: analysis.options.seed, pair: 1 << 63 | group });
    let names: Vec<&str> = series.keys().map(String::as_str).collect();
    found.into_iter().zip(months).map(|(found, months)| levels(found, &names, &months)).collect()
}

fn levels<'s>(found: Option<Changes>, names: &[&'s str], months: &[MonthCounts]) -> BTreeMap<&'s str, Level> {
    let mut levels = BTreeMap::new();
    let Some(found) = found else { return levels };
    let begins = std::iter::once(&0).chain(&found.starts);
    for (begin, end) in begins.zip(found.starts.iter().chain([&months.len()])) {
        let of = &months[*begin..*end];
        let per_1000 =
            stats::per_1000(of.iter().map(|month| month.hits).sum(), of.iter().map(|month| month.words).sum());
        for (at, name) in names.iter().enumerate().take(*end).skip(*begin) {
            let change_p = (at == *begin && at > 0).then_some(found.p);
            per_1000.map(|per_1000| levels.insert(*name, Level { per_1000, change_p }));
        }
    }
    levels
}

fn by_month(analysis: &Analysis<'_>, articles: &GroupArticles<'_>) -> Series {
    let mut months = Series::new();
    let mut of_article: FxHashMap<FrameItem, (u32, u32)> = FxHashMap::default();
    for record in articles.iter().map(FiledRecord::open) {
        let Some(month) = record.month() else { continue };
        let counts = months.entry(month.to_owned()).or_default();
        let words = record.words;
        counts.words.add(Part { count: 0, size: words });
        for item in record.items.iter() {
            let ItemKey::Term(term) = item.key else { continue };
            for counted in FrameItem::of_term(analysis.codebook, term).filter(|of| !of.is_term()) {
                let (n, n_own) = of_article.entry(counted).or_default();
                *n += item.n();
                *n_own += item.n_own();
            }
        }
        counts.hits.extend(of_article.drain().map(|(item, (n, n_own))| ArticleHits { item, n, n_own, words }));
    }
    for month in months.values_mut() {
        month.hits.sort_unstable_by_key(|hits| hits.item);
        month.hits.shrink_to_fit();
    }
    months
}

impl Month {
    fn hits(&self, item: FrameItem) -> impl Iterator<Item = &ArticleHits> {
        let from = self.hits.partition_point(|hits| hits.item < item);
        self.hits[from..].iter().take_while(move |hits| hits.item == item)
    }

    /// The sums of an item over all articles of the month, and its hits in own voice.
    fn of(&self, item: FrameItem) -> (Sums, u64) {
        let (mut with, mut their_words, mut n_own) = (Sums::default(), Sums::default(), 0);
        for hits in self.hits(item) {
            with.add(Part { count: hits.n.into(), size: hits.words });
            their_words.add(Part { count: 0, size: hits.words });
            n_own += u64::from(hits.n_own);
        }
        (self.words.minus(their_words).plus(with), n_own)
    }

    fn articles_with(&self, item: FrameItem) -> u64 {
        self.hits(item).filter(|hits| hits.words > 0).count() as u64
    }
}
