//! From integers to groups one can compare: the merged counts, the row of the whole corpus, and each item's counts
//! per article. Everything that is computed after the merge reads this.

mod articles;
mod core_actors;
mod merged;
mod postings;
mod series;
mod spread;
mod words;

pub use articles::GroupArticles;
pub use series::Series;
pub use spread::ItemSpread;
pub use words::WordList;

use crate::codebook::Codebook;
use crate::coding::HandCoding;
use crate::corpus::language_code;
use crate::count::Level;
use crate::count::{ALL, Counts, FiledRecord, GroupCounts, HitCounts, Merge, NONE};
use crate::id::TermId;
use crate::stats::Measures;
use merged::merged;
use series::SeriesIndex;
use spread::ArticleSizes;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
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
    /// Of each article, by its number: its counted words, and the number of its group among the parts.
    words_of: Vec<u32>,
    group_of: Vec<u32>,
}

/// One group, or the whole corpus.
#[derive(Debug)]
pub struct Group<'a> {
    /// The values of the `--by` columns; `ALL` in each for the whole corpus.
    pub key: Vec<String>,
    pub whole: Whole,
    pub counts: Cow<'a, GroupCounts>,
    pub articles: GroupArticles<'a>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    Corpus,
    Group,
}

/// The articles that have the text of another one, each with the first of those that have it: by digest of the text.
pub fn same_texts<A: Copy + Ord, D: Ord>(articles: impl Iterator<Item = (A, D)>) -> Vec<(A, A)> {
    let mut by_digest: Vec<(D, A)> = articles.map(|(article, digest)| (digest, article)).collect();
    by_digest.sort_unstable();
    let same = by_digest.chunk_by(|(a, _), (b, _)| a == b);
    let mut same: Vec<(A, A)> = same.flat_map(|of| of[1..].iter().map(|(_, article)| (*article, of[0].1))).collect();
    same.sort_unstable();
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
        let (articles, mut by_group) = GroupArticles::new(counts);
        let series = SeriesIndex::new(codebook, &articles);
        let words_of = articles.iter().map(|record| u32::try_from(record.words()).unwrap_or(u32::MAX)).collect();
        let mut group_of = vec![0; articles.len()];
        let key = vec![ALL.to_owned(); options.by.len()];
        groups.push(Group { key, whole: Whole::Corpus, counts: Cow::Owned(all), articles });
        for (number, (key, of_group)) in (0..).zip(&counts.groups) {
            let Some(articles) = by_group.remove(key) else { continue };
            group_of[articles.range.clone()].fill(number);
            let counts = Cow::Borrowed(of_group);
            groups.push(Group { key: key.clone(), whole: Whole::Group, counts, articles });
        }
        let mut metadata: BTreeSet<&str> = BTreeSet::new();
        let mut languages: BTreeMap<&str, u64> = BTreeMap::new();
        for record in counts.articles.iter().map(FiledRecord::open) {
            *languages.entry(record.language).or_default() += 1;
            metadata.extend(record.more.into_keys());
        }
        let digests = (0..).zip(counts.articles.iter().map(|record| record.open().text_digest));
        let id = |place: u32| counts.articles.at(place).id();
        let same_texts = same_texts(digests.filter(|(_, digest)| *digest != [0; 16]))
            .into_iter()
            .map(|(place, first)| (id(place), id(first)))
            .collect();
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
            words_of,
            group_of,
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
        ItemSpread::new(sizes, &self.words_of, self.hits([of]))
    }

    /// An item's counts by article, ascending: those of several series together.
    pub fn hits(&self, of: impl IntoIterator<Item = Series>) -> impl Iterator<Item = (u32, HitCounts)> {
        merged(of.into_iter().flat_map(|series| self.series.of(series)))
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
    pub fn group_of_articles(&self) -> &[u32] {
        &self.group_of
    }

    /// The counted words of each article.
    pub fn words_of_articles(&self) -> &[u32] {
        &self.words_of
    }

    /// The numbers of the articles in the order of their ids.
    pub fn articles_by_id(&self) -> Vec<u32> {
        let places = self.all().articles.places();
        let mut numbers = vec![0; places.len()];
        (0..).zip(places).for_each(|(number, place)| numbers[*place as usize] = number);
        numbers
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
