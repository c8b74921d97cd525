//! Template lines that a run without a sketch counts as text, noticed while it reads.
//!
//! They are those that a [`Sketch`](crate::sketch::Sketch) of the corpus would find, as far as they are counted now. In memory
//! each distinct short line of a source is a few integers, and no more than `LIMIT` lines are kept: of more, those
//! whose hash begins with enough zero bits. What is kept at the end was kept from the beginning, so its count is exact;
//! and which lines these are follows from the corpus alone, whatever the order in which workers meet its articles.

use crate::coded::Coded;
use crate::error::Result;
use crate::normalise::Zone;
use crate::pipeline::{BlockRows, BlockSink, WantedTables};
use crate::sketch::hash::line_hash;
use crate::sketch::is_template;
use crate::study::Study;
use crate::zones::MAX_TEMPLATE_WORDS;
use rustc_hash::FxHashMap;
use std::sync::Mutex;

/// Some thirteen megabytes; a corpus has this many short lines from about a hundred thousand articles on.
const LIMIT: usize = 1 << 18;

/// How many template lines are counted as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountedTemplates {
    Exactly(u64),
    /// The corpus has more short lines than are kept in memory.
    AtLeast(u64),
}

/// Hands rows on to another sink and looks at the lines of the articles that pass.
pub struct TemplateWatch<'a> {
    study: &'a Study,
    rows: &'a dyn BlockSink,
    lines: Mutex<ShortLines>,
}

/// One short line of an article.
#[derive(Debug, Clone, Copy)]
struct ShortLine {
    hash: u64,
    /// With a sketch it would be dropped.
    would_drop: bool,
}

#[derive(Debug)]
struct ShortLines {
    sources: FxHashMap<String, LinesOfSource>,
    limit: usize,
    /// Distinct lines, summed over the sources.
    kept: usize,
    /// How many zero bits the hash of a line must begin with.
    zeros: u32,
    /// The number of the article that is looked at.
    article: u32,
}

#[derive(Debug, Default)]
struct LinesOfSource {
    articles: u64,
    lines: FxHashMap<u64, SeenLine>,
}

#[derive(Debug, Default)]
struct SeenLine {
    articles: u32,
    last_article: u32,
    would_drop: bool,
}

impl<'a> TemplateWatch<'a> {
    /// `None` where a sketch would change nothing: one is given already, or navigation is counted like text.
    pub fn of(study: &'a Study, rows: &'a dyn BlockSink) -> Option<Self> {
        let is_needed = study.options.sketch.is_empty() && !study.is_counted(Zone::Navigation);
        is_needed.then(|| Self { study, rows, lines: Mutex::new(ShortLines::new(LIMIT)) })
    }

    pub fn finish(self) -> CountedTemplates {
        // A worker that stopped while it held the lock has ended the run already.
        self.lines.into_inner().map_or(CountedTemplates::AtLeast(0), |lines| lines.templates())
    }
}

impl BlockSink for TemplateWatch<'_> {
    fn wants(&self) -> WantedTables {
        self.rows.wants()
    }

    fn take(&self, rows: BlockRows) -> Result<()> {
        self.rows.take(rows)
    }

    fn look(&self, coded: &Coded<'_>) {
        self.rows.look(coded);
        let view = coded.view;
        let is_short = |words: usize| (1..=MAX_TEMPLATE_WORDS).contains(&words);
        let short = coded.passages.iter().filter(|passage| is_short(view.words_in(passage.span)));
        let short: Vec<ShortLine> = short
            .map(|passage| ShortLine {
                hash: line_hash(view.slice(passage.span)),
                // A row of `zones.csv` comes before what a sketch has found.
                would_drop: self.study.is_counted(passage.zone) && passage.is_by_structure(),
            })
            .collect();
        if let Ok(mut lines) = self.lines.lock() {
            lines.add(&coded.article.meta.source, &short);
        }
    }
}

impl ShortLines {
    fn new(limit: usize) -> Self {
        Self { sources: FxHashMap::default(), limit, kept: 0, zeros: 0, article: 0 }
    }

    /// Adds the lines of one article, of which equal ones count once.
    fn add(&mut self, source: &str, lines: &[ShortLine]) {
        self.article = self.article.wrapping_add(1);
        if !self.sources.contains_key(source) {
            self.sources.insert(source.to_owned(), LinesOfSource::default());
        }
        let Some(of_source) = self.sources.get_mut(source) else { return };
        of_source.articles += 1;
        for line in lines.iter().filter(|line| line.hash.leading_zeros() >= self.zeros) {
            let seen = of_source.lines.entry(line.hash).or_insert_with(|| {
                self.kept += 1;
                SeenLine::default()
            });
            if seen.articles == 0 || seen.last_article != self.article {
                seen.articles = seen.articles.saturating_add(1);
                seen.last_article = self.article;
            }
            seen.would_drop |= line.would_drop;
        }
        self.shrink();
    }

    fn shrink(&mut self) {
        while self.kept > self.limit {
            self.zeros += 1;
            for source in self.sources.values_mut() {
                source.lines.retain(|hash, _| hash.leading_zeros() >= self.zeros);
            }
            self.kept = self.sources.values().map(|source| source.lines.len()).sum();
        }
    }

    fn templates(&self) -> CountedTemplates {
        let is_found = |source: &LinesOfSource, seen: &SeenLine| {
            seen.would_drop && is_template(u64::from(seen.articles), source.articles)
        };
        let found: usize = self
            .sources
            .values()
            .map(|source| source.lines.values().filter(|seen| is_found(source, seen)).count())
            .sum();
        match self.zeros {
            0 => CountedTemplates::Exactly(found as u64),
            _ => CountedTemplates::AtLeast(found as u64),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalise::View;
    use crate::sketch::Sketch;
    use proptest::prelude::*;

    /// Source and lines of an article; every line is counted.
    type Lines = (String, Vec<String>);

    fn watched(articles: &[Lines], limit: usize) -> CountedTemplates {
        let mut lines = ShortLines::new(limit);
        for (source, text) in articles {
            let line = |line: &String| ShortLine { hash: line_hash(line), would_drop: true };
            lines.add(source, &text.iter().map(line).collect::<Vec<_>>());
            assert!(lines.kept <= limit, "{} lines", lines.kept);
        }
        lines.templates()
    }

    fn sketched(articles: &[Lines]) -> u64 {
        let mut sketch = Sketch::default();
        for (at, (source, lines)) in articles.iter().enumerate() {
            sketch.add(&mut View::of(&lines.join("\n\n")), &at.to_string(), source, &[0; 32]).expect("ids differ");
        }
        sketch.finish().template_lines() as u64
    }

    fn articles() -> impl Strategy<Value = Vec<Lines>> {
        proptest::collection::vec(("[PQ]", proptest::collection::vec("[a-h]{1,2}", 0..6)), 0..60)
    }

    proptest! {
        #[test]
        fn a_watch_finds_what_a_sketch_finds(articles in articles()) {
            prop_assert_eq!(watched(&articles, LIMIT), CountedTemplates::Exactly(sketched(&articles)));
        }

        #[test]
        fn under_a_limit_a_watch_finds_no_more_and_the_same_in_any_order(articles in articles(), limit in 0usize..40) {
            let found = watched(&articles, limit);
            let reversed: Vec<Lines> = articles.iter().rev().cloned().collect();
            prop_assert_eq!(watched(&reversed, limit), found);
            match found {
                CountedTemplates::Exactly(n) => prop_assert_eq!(n, sketched(&articles)),
                CountedTemplates::AtLeast(n) => prop_assert!(n <= sketched(&articles)),
            }
        }
    }

    #[test]
    fn lines_that_are_not_counted_anyway_are_not_told() {
        for (counted, n) in [([false; 5], 0), ([false, true, false, false, false], 1)] {
            let mut lines = ShortLines::new(LIMIT);
            for would_drop in counted {
                lines.add("Post", &[ShortLine { hash: line_hash("share this"), would_drop }]);
            }
            assert_eq!(lines.templates(), CountedTemplates::Exactly(n));
        }
    }
}
