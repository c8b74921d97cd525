//! From integers to groups one can compare: the merged counts, the row of the whole corpus, and each item's counts
//! per article. Everything that is computed after the merge reads this.

mod core_actors;
mod postings;
mod series;
mod spread;
mod words;

pub use series::Series;
pub use spread::ItemSpread;
pub use words::WordList;

use crate::codebook::Codebook;
use crate::coding::HandCoding;
use crate::corpus::language_code;
use crate::count::Level;
use crate::count::{ALL, Counts, FiledRecord, GroupCounts, GroupKey, HitCounts, Merge, NONE};
use crate::id::TermId;
use crate::stats::Measures;
use rustc_hash::FxHashMap;
use series::SeriesIndex;
use spread::ArticleSizes;
use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;
use std::ops::Range;
use std::sync::OnceLock;

/// The settings that tables are made by.
#[derive(Debug, Clone)]
pub struct TableOptions {
    pub by: Vec<String>,
    pub level: Level,
    pub reference: Option<String>,
    pub measures: Measures,
    /// What random divisions begin with.
    pub seed: u64,
    /// What people coded of the same corpus.
    pub hand: Option<HandCoding>,
}

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
    /// Articles that have the text of another one, each with the smallest id among those that have it; not this one.
    pub same_texts: BTreeMap<&'a str, &'a str>,
    /// How many articles are in each language that the codebook does not declare, by its code.
    pub other_languages: BTreeMap<String, u64>,
    pub words: WordList,
    series: SeriesIndex,
    sizes: OnceLock<ArticleSizes>,
}

/// One group, or the whole corpus.
#[derive(Debug)]
pub struct Group<'a> {
    /// The values of the `--by` columns; `ALL` in each for the whole corpus.
    pub key: Vec<String>,
    pub whole: Whole,
    pub counts: Cow<'a, GroupCounts>,
    pub articles: Vec<&'a FiledRecord>,
    /// The articles' numbers.
    range: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    Corpus,
    Group,
}

/// Of articles that come by their ids, ascending: those that have the text of another one, each with the first of them.
pub fn same_texts<'a, D: Hash + Eq>(articles: impl Iterator<Item = (&'a str, D)>) -> Vec<(&'a str, &'a str)> {
    let mut first: FxHashMap<D, &str> = FxHashMap::default();
    let mut same = Vec::new();
    for (id, digest) in articles {
        match first.entry(digest) {
            Entry::Vacant(entry) => {
                entry.insert(id);
            }
            Entry::Occupied(entry) => same.push((id, *entry.get())),
        }
    }
    same
}

/// The languages of articles that are none of those declared; none where nothing is declared or no language is meant.
fn other_languages(declared: &[String], given: BTreeMap<&str, u64>) -> BTreeMap<String, u64> {
    let mut other = BTreeMap::new();
    if declared.is_empty() {
        return other;
    }
    let declared: BTreeSet<String> = declared.iter().filter_map(|code| language_code(code)).collect();
    for (language, articles) in given {
        if let Some(code) = language_code(language)
            && !declared.contains(&code)
        {
            *other.entry(code).or_default() += articles;
        }
    }
    other
}

impl<'a> Analysis<'a> {
    pub fn new(codebook: &'a Codebook, options: &'a TableOptions, counts: &'a Counts) -> Self {
        let mut groups = Vec::with_capacity(counts.groups.len() + 1);
        let mut all = GroupCounts::default();
        for group in counts.groups.values() {
            all.merge(group);
        }
        let mut by_group: BTreeMap<&GroupKey, Vec<&FiledRecord>> =
            counts.groups.keys().map(|key| (key, Vec::new())).collect();
        for record in counts.articles.values() {
            by_group.entry(record.group()).or_default().push(record);
        }
        let records: Vec<&FiledRecord> = by_group.values().flatten().copied().collect();
        let series = SeriesIndex::new(codebook, &records);
        let mut begin = 0;
        let mut group = |key: Vec<String>, whole, counts, articles: Vec<&'a FiledRecord>| {
            let range = begin..begin + articles.len();
            if whole == Whole::Group {
                begin = range.end;
            }
            Group { key, whole, counts, articles, range }
        };
        groups.push(group(vec![ALL.to_owned(); options.by.len()], Whole::Corpus, Cow::Owned(all), records));
        for (key, of_group) in &counts.groups {
            let articles = by_group.remove(key).unwrap_or_default();
            groups.push(group(key.clone(), Whole::Group, Cow::Borrowed(of_group), articles));
        }
        let mut metadata: BTreeSet<&str> = BTreeSet::new();
        let mut digests = Vec::new();
        let mut languages: BTreeMap<&str, u64> = BTreeMap::new();
        for (id, record) in &counts.articles {
            let record = record.open();
            if record.text_digest != [0; 16] {
                digests.push((id.as_ref(), record.text_digest));
            }
            *languages.entry(record.language).or_default() += 1;
            metadata.extend(record.more.into_keys());
        }
        let same_texts = same_texts(digests.into_iter()).into_iter().collect();
        let other_languages = other_languages(&codebook.about.languages, languages);
        let metadata = metadata.into_iter().map(str::to_owned).collect();
        Self {
            codebook,
            options,
            counts,
            groups,
            metadata,
            same_texts,
            other_languages,
            words: WordList::new(&counts.lexicon),
            series,
            sizes: OnceLock::new(),
        }
    }

    /// That articles are in languages which the codebook does not declare: how many in which.
    pub fn language_caveat(&self) -> Option<String> {
        let n: u64 = self.other_languages.values().sum();
        let each: Vec<String> = self.other_languages.iter().map(|(code, n)| format!("{code}: {n}")).collect();
        (n > 0).then(|| {
            format!(
                "{n} article{} in a language that the codebook does not declare ({}; its languages: {}): what it finds \
                 there says little",
                if n == 1 { " is" } else { "s are" },
                each.join(", "),
                self.codebook.about.languages.join(", "),
            )
        })
    }

    /// The whole corpus.
    pub fn all(&self) -> &Group<'a> {
        &self.groups[0]
    }

    /// The groups without the whole corpus.
    pub fn parts(&self) -> &[Group<'a>] {
        &self.groups[1..]
    }

    /// How an item is spread over the articles of the corpus and of each group.
    pub fn spread(&self, of: Series) -> ItemSpread<'_> {
        let sizes = self.sizes.get_or_init(|| ArticleSizes::new(&self.groups));
        ItemSpread::new(sizes, &self.all().articles, self.hits([of]))
    }

    /// An item's counts by article, ascending: those of several series together.
    pub fn hits(&self, of: impl IntoIterator<Item = Series>) -> Vec<(u32, HitCounts)> {
        let mut hits: Vec<(u32, HitCounts)> = Vec::new();
        for series in of {
            self.series.each(series, |article, counts| hits.push((article, *counts)));
        }
        hits.sort_by_key(|(article, _)| *article);
        hits.dedup_by(|next, hits| {
            let is_same = next.0 == hits.0;
            if is_same {
                hits.1.merge(&next.1);
            }
            is_same
        });
        hits
    }

    /// Frames with the actors that hits of them are about.
    pub fn targets(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.series.targets()
    }

    /// Those who are given the word, by name: an actor's number after 1, or 0 for `(none)`.
    pub fn speakers(&self) -> Vec<u32> {
        let mut speakers: Vec<u32> = self.series.speakers().collect();
        speakers.sort_by_key(|speaker| speaker.checked_sub(1).map_or(NONE, |actor| self.actor_code(actor)));
        speakers
    }

    /// The number of each article's group among the parts.
    pub fn group_of_articles(&self) -> Vec<u32> {
        self.parts().iter().zip(0..).flat_map(|(group, number)| group.articles.iter().map(move |_| number)).collect()
    }

    /// The numbers of the articles in the order of their ids.
    pub fn articles_by_id(&self) -> Vec<u32> {
        let mut next: BTreeMap<&GroupKey, u32> =
            self.parts().iter().map(|group| (&group.key, group.range.start as u32)).collect();
        let number = |record: &FiledRecord| {
            let next = next.get_mut(record.group())?;
            *next += 1;
            Some(*next - 1)
        };
        self.counts.articles.values().filter_map(number).collect()
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
    /// The values of the `--by` columns in one string.
    pub fn name(&self) -> String {
        self.key.join(" / ")
    }
}
