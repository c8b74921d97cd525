//! What is remembered of each article: its row of `articles.csv` and sparse counts for leave-one-out and dispersion.

use super::PackedItems;
use crate::codebook::Stance;
use crate::varint;
use crate::voice::Voice;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The record of one counted article; [`Articles`](super::Articles) keep it in fewer bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleRecord<'a> {
    pub group: &'a [String],
    pub source: &'a str,
    pub date: Cow<'a, str>,
    pub title: &'a str,
    pub language: &'a str,
    pub path: &'a str,
    pub line: u64,
    pub encoding: &'a str,
    pub bytes: u64,
    pub words: u64,
    pub words_dropped: u64,
    pub sentences: u64,
    pub paragraphs: u64,
    pub repairs: u64,
    pub unclosed_quotes: u64,
    pub duplicate_of: &'a str,
    pub sha256: [u8; 32],
    /// What articles with the same text have in common; all zeros for a text without a word.
    pub text_digest: [u8; 16],
    /// Every further metadata column.
    pub more: BTreeMap<&'a str, &'a str>,
    pub items: PackedItems<'a>,
}

impl ArticleRecord<'_> {
    /// Where the article came from, for messages.
    pub fn place(&self) -> String {
        if self.line > 1 { format!("{}:{}", self.path, self.line) } else { self.path.to_owned() }
    }

    /// `YYYY-MM`, when the date is that precise.
    pub fn month(&self) -> Option<&str> {
        self.date.get(..7)
    }
}

/// What an article's counts are counts of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKey {
    /// An actor as coded.
    Actor(u32),
    Term(u32),
    Variant(u32),
    /// What a speaker is quoted with: the number of the actor plus 1, or 0 where the speaker is not known.
    Speaker(u32),
    /// Hits of a frame with this actor as their firm target.
    Target {
        frame: u32,
        actor: u32,
    },
}

/// What is counted of an item: all hits, and how many of them are of some kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// All of them.
    Hits,
    /// In the article's own voice; of naming variants with the hypothetical ones.
    Own,
    Hypothetical,
    Attributed,
    Quoted,
    Scare,
    Denied,
    /// With a firm agent.
    Agent,
    /// In the headline or the standfirst.
    Lead,
}

impl Counted {
    /// How many there are.
    pub const NUMBER: usize = Self::ALL.len();
    pub const ALL: [Self; 9] = [
        Self::Hits,
        Self::Own,
        Self::Hypothetical,
        Self::Attributed,
        Self::Quoted,
        Self::Scare,
        Self::Denied,
        Self::Agent,
        Self::Lead,
    ];

    pub fn of_voice(voice: Voice) -> Self {
        match voice {
            Voice::Own => Self::Own,
            Voice::Hypothetical => Self::Hypothetical,
            Voice::Attributed => Self::Attributed,
            Voice::Quoted => Self::Quoted,
            Voice::Scare => Self::Scare,
            Voice::Denied => Self::Denied,
        }
    }
}

/// The counts of an item in an article; those of a kind are parts of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HitCounts(pub [u32; Counted::NUMBER]);

impl HitCounts {
    /// So many hits of no kind in particular.
    pub fn hits(n: u32) -> Self {
        let mut counts = Self::default();
        counts.0[0] = n;
        counts
    }

    pub fn of(&self, counted: Counted) -> u32 {
        self.0[counted as usize]
    }

    pub fn add(&mut self, counted: Counted) {
        let count = &mut self.0[counted as usize];
        *count = count.saturating_add(1);
    }

    /// Adds those of another item of the article.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count = count.saturating_add(more);
        }
    }

    /// Whether no kind has more than all have together.
    pub fn is_possible(&self) -> bool {
        self.0.iter().all(|count| *count <= self.0[0])
    }

    /// Appends them in few bytes: all hits, which kinds there are, and how many of each; of a single hit the kinds say
    /// it all.
    pub(crate) fn push(&self, out: &mut Vec<u8>) {
        let [n, kinds @ ..] = self.0;
        let present = kinds.iter().rev().fold(0, |present, count| present << 1 | u64::from(*count > 0));
        varint::push(n.into(), out);
        varint::push(present, out);
        if n != 1 {
            kinds.iter().filter(|count| **count > 0).for_each(|count| varint::push((*count).into(), out));
        }
    }

    /// Takes from the front what [`HitCounts::push`] has appended; `None` at the end.
    pub(crate) fn take(bytes: &mut &[u8]) -> Option<Self> {
        let mut counts = Self::hits(varint::take(bytes)? as u32);
        let present = varint::take(bytes)?;
        for kind in 1..Counted::NUMBER {
            if present >> (kind - 1) & 1 == 1 {
                counts.0[kind] = if counts.0[0] == 1 { 1 } else { varint::take(bytes)? as u32 };
            }
        }
        Some(counts)
    }
}

/// How much an article quotes a speaker.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// Direct quotations.
    pub quotations: u32,
    /// The words in them.
    pub words: u32,
    /// Attributed clauses with a framing hit.
    pub attributed: u32,
    /// The cues that bring quotations and clauses in, by their stance.
    pub cues: [u32; Stance::NAMES.len()],
}

impl Said {
    /// Numbers that are kept.
    pub const NUMBER: usize = 3 + Stance::NAMES.len();

    /// As the counts of an item, the first of which is at least each other: words and attributed clauses together.
    pub fn to_counts(self) -> HitCounts {
        let mut counts = HitCounts::hits(self.words.saturating_add(self.attributed));
        [counts.0[1], counts.0[2]] = [self.quotations, self.attributed];
        counts.0[3..Self::NUMBER].copy_from_slice(&self.cues);
        counts
    }

    /// What [`Said::to_counts`] was made of.
    pub fn of(counts: &HitCounts) -> Self {
        let [all, quotations, attributed, ..] = counts.0;
        let mut cues = [0; Stance::NAMES.len()];
        cues.copy_from_slice(&counts.0[3..Self::NUMBER]);
        Self { quotations, words: all.saturating_sub(attributed), attributed, cues }
    }

    /// All cues.
    pub fn all_cues(&self) -> u64 {
        self.cues.iter().copied().map(u64::from).sum()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemRecord {
    pub key: ItemKey,
    pub counts: HitCounts,
}

impl ItemRecord {
    pub fn n(&self) -> u32 {
        self.counts.of(Counted::Hits)
    }

    pub fn n_own(&self) -> u32 {
        self.counts.of(Counted::Own)
    }
}
