//! `trend.csv`: frames by month, from the articles whose date names one.

use super::{Cell, Declared, Row, RowSink, Source, TableSpec, integer, rates, text};
use crate::analysis::{Analysis, Group};
use crate::count::{FiledRecord, ItemKey};
use crate::needs::Need;
use crate::stats;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const TABLE: TableSpec = TableSpec {
    name: "trend",
    needs: &[Need::Voice],
    answers: "How does the use of each frame change from month to month?",
    columns: &[
        text("month", "YYYY-MM; articles without a month are left out"),
        text("frame", "frame id of the codebook"),
        Declared::By,
        integer("n", "hits in the month's articles of the group"),
        integer("n_own", "of these in the article's own voice"),
        integer("words", "counted words of the month's articles of the group"),
        rates::PER_1000,
        integer("articles", "articles of the month and group with a hit"),
    ],
    rows: Source::Analysis(rows),
};

#[derive(Default)]
struct Month {
    words: u64,
    /// By frame: hits, hits in own voice, articles.
    frames: BTreeMap<u32, (u64, u64, u64)>,
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let mut frames: Vec<u32> = analysis.all().counts.frames.keys().copied().collect();
    frames.sort_by_key(|frame| analysis.frame_code(*frame));
    let groups: Vec<(&Group<'_>, BTreeMap<String, Month>)> =
        analysis.groups.iter().map(|group| (group, by_month(analysis, &group.articles))).collect();
    let months: BTreeSet<&str> = groups.iter().flat_map(|(_, months)| months.keys().map(String::as_str)).collect();
    for month in months {
        for frame in &frames {
            for (group, by_month) in &groups {
                // A group without an article in the month has no rate there, and no row.
                let Some(counts) = by_month.get(month) else { continue };
                let (n, n_own, articles) = counts.frames.get(frame).copied().unwrap_or_default();
                let mut row: Row<'_> = vec![month.into(), analysis.frame_code(*frame).into()];
                row.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
                row.extend([
                    n.into(),
                    n_own.into(),
                    counts.words.into(),
                    stats::per_1000(n, counts.words).into(),
                    articles.into(),
                ]);
                out.row(&row);
            }
        }
    }
}

fn by_month(analysis: &Analysis<'_>, articles: &[&FiledRecord]) -> BTreeMap<String, Month> {
    let mut months: BTreeMap<String, Month> = BTreeMap::new();
    for article in articles {
        let record = article.open();
        let Some(month) = record.month() else { continue };
        let counts = months.entry(month.to_owned()).or_default();
        counts.words += record.words;
        let mut seen = BTreeSet::new();
        for item in record.items.iter() {
            let ItemKey::Term(term) = item.key else { continue };
            let Some(frame) = analysis.codebook.terms[term as usize].frame else { continue };
            let entry = counts.frames.entry(frame.0).or_default();
            entry.0 += u64::from(item.n);
            entry.1 += u64::from(item.n_own);
            entry.2 += u64::from(seen.insert(frame));
        }
    }
    months
}
