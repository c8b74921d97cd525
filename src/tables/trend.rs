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

/// The articles of a month.
#[derive(Default)]
struct Month {
    words: u64,
    /// By number.
    frames: Vec<FrameCounts>,
}

#[derive(Clone, Copy, Default)]
struct FrameCounts {
    n: u64,
    n_own: u64,
    articles: u64,
    /// The article of the last hit, counted from 1.
    last: usize,
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let mut frames: Vec<u32> = analysis.all().counts.frames.keys().copied().collect();
    frames.sort_by_key(|frame| analysis.frame_code(*frame));
    let parts: Vec<BTreeMap<String, Month>> =
        analysis.parts().iter().map(|group| by_month(analysis, &group.articles)).collect();
    let mut all: BTreeMap<String, Month> = BTreeMap::new();
    for (month, counts) in parts.iter().flatten() {
        all.entry(month.clone()).or_default().add(counts);
    }
    let by_group = std::iter::once(all).chain(parts);
    let groups: Vec<(&Group<'_>, BTreeMap<String, Month>)> = analysis.groups.iter().zip(by_group).collect();
    let months: BTreeSet<&str> = groups.iter().flat_map(|(_, months)| months.keys().map(String::as_str)).collect();
    for month in months {
        for frame in &frames {
            for (group, by_month) in &groups {
                // A group without an article in the month has no rate there, and no row.
                let Some(counts) = by_month.get(month) else { continue };
                let of = counts.frames.get(*frame as usize).copied().unwrap_or_default();
                let mut row: Row<'_> = vec![month.into(), analysis.frame_code(*frame).into()];
                row.extend(group.key.iter().map(|value| Cell::from(value.as_str())));
                row.extend([
                    of.n.into(),
                    of.n_own.into(),
                    counts.words.into(),
                    stats::per_1000(of.n, counts.words).into(),
                    of.articles.into(),
                ]);
                out.row(&row);
            }
        }
    }
}

fn by_month(analysis: &Analysis<'_>, articles: &[&FiledRecord]) -> BTreeMap<String, Month> {
    let mut months: BTreeMap<String, Month> = BTreeMap::new();
    for (article, number) in articles.iter().zip(1..) {
        let record = article.open();
        let Some(month) = record.month() else { continue };
        let counts = months.entry(month.to_owned()).or_default();
        counts.words += record.words;
        for item in record.items.iter() {
            let ItemKey::Term(term) = item.key else { continue };
            let Some(frame) = analysis.codebook.terms[term as usize].frame else { continue };
            let of = counts.frame(frame.index());
            of.n += u64::from(item.n());
            of.n_own += u64::from(item.n_own());
            of.articles += u64::from(of.last != number);
            of.last = number;
        }
    }
    months
}

impl Month {
    fn frame(&mut self, frame: usize) -> &mut FrameCounts {
        if frame >= self.frames.len() {
            self.frames.resize(frame + 1, FrameCounts::default());
        }
        &mut self.frames[frame]
    }

    /// Adds those of another group.
    fn add(&mut self, other: &Self) {
        self.words += other.words;
        for (frame, of) in other.frames.iter().enumerate() {
            let sum = self.frame(frame);
            sum.n += of.n;
            sum.n_own += of.n_own;
            sum.articles += of.articles;
        }
    }
}
