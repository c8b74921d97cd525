//! From integers to groups one can compare: the merged counts, the row of the whole corpus, and each item's counts
//! per article. Everything that is computed after the merge reads this.

use crate::codebook::Codebook;
use crate::count::{ALL, ArticleRecord, Counts, GroupCounts, ItemKey, Merge};
use crate::id::{ActorId, TermId};
use crate::stats::Part;
use crate::study::TableOptions;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// What tables are made from.
#[derive(Debug)]
pub struct Analysis<'a> {
    pub codebook: &'a Codebook,
    pub options: &'a TableOptions,
    pub counts: &'a Counts,
    /// The whole corpus first, then the groups by key.
    pub groups: Vec<Group<'a>>,
    /// The further metadata columns of the articles.
    pub metadata: Vec<String>,
    /// The words of the lexicon by number.
    pub words: Vec<String>,
}

/// One group, or the whole corpus.
#[derive(Debug)]
pub struct Group<'a> {
    /// The values of the `--by` columns; `ALL` in each for the whole corpus.
    pub key: Vec<String>,
    pub whole: Whole,
    pub counts: std::borrow::Cow<'a, GroupCounts>,
    pub articles: Vec<&'a ArticleRecord>,
    series: FxHashMap<Series, Vec<(u32, u32)>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    Corpus,
    Group,
}

/// What is counted per article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Series {
    Coded(u32),
    Rolled(u32),
    Frame(u32),
    Term(u32),
    Variant(u32),
}

impl<'a> Analysis<'a> {
    pub fn new(codebook: &'a Codebook, options: &'a TableOptions, counts: &'a Counts) -> Self {
        let mut groups = Vec::with_capacity(counts.groups.len() + 1);
        let mut all = GroupCounts::default();
        for group in counts.groups.values() {
            all.merge(group);
        }
        let records: Vec<&ArticleRecord> = counts.articles.values().collect();
        groups.push(Group::new(
            codebook,
            vec![ALL.to_owned(); options.by.len()],
            Whole::Corpus,
            std::borrow::Cow::Owned(all),
            records.clone(),
        ));
        for (key, group) in &counts.groups {
            let articles = records.iter().copied().filter(|record| record.group == *key).collect();
            groups.push(Group::new(codebook, key.clone(), Whole::Group, std::borrow::Cow::Borrowed(group), articles));
        }
        let metadata: BTreeSet<&String> = counts.articles.values().flat_map(|record| record.more.keys()).collect();
        let metadata = metadata.into_iter().cloned().collect();
        Self { codebook, options, counts, groups, metadata, words: counts.lexicon.words() }
    }

    /// The whole corpus.
    pub fn all(&self) -> &Group<'a> {
        &self.groups[0]
    }

    /// The groups without the whole corpus.
    pub fn parts(&self) -> &[Group<'a>] {
        &self.groups[1..]
    }

    /// The names of the per-group columns.
    pub fn group_names(&self) -> Vec<String> {
        self.parts().iter().map(|group| group.name()).collect()
    }

    /// The numbers of the terms of all frames that count, in the order of frame code and term.
    pub fn terms(&self) -> Vec<TermId> {
        let mut terms: Vec<TermId> = (0..self.codebook.terms.len())
            .map(TermId::new)
            .filter(|term| {
                self.term_frame(*term).is_some()
                    && self.codebook.terms[term.index()].kind != crate::codebook::Pattern::Mask
            })
            .collect();
        terms.sort_by_key(|term| (self.frame_code_of(*term), self.codebook.terms[term.index()].term.as_str()));
        terms
    }

    fn term_frame(&self, term: TermId) -> Option<usize> {
        self.codebook.terms[term.index()].frame.map(|frame| frame.index())
    }

    fn frame_code_of(&self, term: TermId) -> &str {
        self.term_frame(term).map_or("", |frame| &self.codebook.frames[frame].code)
    }

    pub fn actor_code(&self, actor: u32) -> &'a str {
        &self.codebook.actors[actor as usize].code
    }

    pub fn frame_code(&self, frame: u32) -> &'a str {
        &self.codebook.frames[frame as usize].code
    }
}

impl<'a> Group<'a> {
    fn new(
        codebook: &Codebook,
        key: Vec<String>,
        whole: Whole,
        counts: std::borrow::Cow<'a, GroupCounts>,
        articles: Vec<&'a ArticleRecord>,
    ) -> Self {
        let rollups: Vec<u32> =
            (0..codebook.actors.len()).map(|actor| codebook.rollup(ActorId::new(actor)).0).collect();
        let mut series: FxHashMap<Series, Vec<(u32, u32)>> = FxHashMap::default();
        let mut add = |of: Series, article: u32, n: u32| {
            let counts = series.entry(of).or_default();
            match counts.last_mut() {
                Some(last) if last.0 == article => last.1 += n,
                _ => counts.push((article, n)),
            }
        };
        for (number, article) in articles.iter().enumerate() {
            let number = number as u32;
            for item in &article.items {
                match item.key {
                    ItemKey::Actor(actor) => {
                        add(Series::Coded(actor), number, item.n);
                        add(Series::Rolled(rollups[actor as usize]), number, item.n);
                    }
                    ItemKey::Term(term) => {
                        add(Series::Term(term), number, item.n);
                        if let Some(frame) = codebook.terms[term as usize].frame {
                            add(Series::Frame(frame.0), number, item.n);
                        }
                    }
                    ItemKey::Variant(variant) => add(Series::Variant(variant), number, item.n),
                }
            }
        }
        Self { key, whole, counts, articles, series }
    }

    /// The values of the `--by` columns in one string.
    pub fn name(&self) -> String {
        self.key.join(" / ")
    }

    /// An item's count and the article's words, for each article of the group.
    pub fn parts(&self, of: Series) -> Vec<Part> {
        let mut parts: Vec<Part> = self.articles.iter().map(|article| Part { count: 0, size: article.words }).collect();
        for (article, n) in self.series.get(&of).into_iter().flatten() {
            parts[*article as usize].count = u64::from(*n);
        }
        parts
    }

    /// The item's count in the group.
    pub fn count(&self, of: Series) -> u64 {
        self.series.get(&of).into_iter().flatten().map(|(_, n)| u64::from(*n)).sum()
    }

    /// In how many articles the item occurs.
    pub fn articles_with(&self, of: Series) -> u64 {
        self.series.get(&of).map_or(0, |counts| counts.len() as u64)
    }
}
