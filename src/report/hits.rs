//! A bounded sample of framing hits with their context, gathered while the corpus is read.
//!
//! Kept are the hits of smallest hash of article id and place, and the marks of the articles of smallest hash of id.
//! What is kept depends on the corpus alone, not on the order in which workers meet it; memory is bounded by the two
//! limits. Each thing kept remembers its hash: the smallest of a corpus are the smallest of what its pieces kept.

use crate::coded::Coded;
use crate::error::Result;
use crate::id::TermId;
use crate::ledger::Places;
use crate::pipeline::{BlockRows, RowSink, Wanted};
use crate::span::RawSpan;
use crate::tag::Entry;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Framing hits of the concordance, and articles of the dispersion plot: of larger corpora a sample is shown.
pub const HITS_SHOWN: usize = 2000;
pub const ARTICLES_SHOWN: usize = 24;
/// Characters of context on each side of a hit.
const CONTEXT: usize = 80;
/// Characters of a hit that are shown; a wildcard may match a word of any length.
const LONGEST_HIT: usize = 160;
/// Steps into which the length of an article is divided for its marks.
const STEPS: u64 = 1000;

/// One framing hit with its context, as the ledger describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hit {
    /// What it was chosen by.
    pub hash: u64,
    /// Number of the term in the codebook.
    pub entry: TermId,
    pub article_id: String,
    pub source: String,
    pub start_byte: u64,
    pub end_byte: u64,
    pub line: u64,
    pub frame: String,
    pub term: String,
    pub voice: Cow<'static, str>,
    pub tier: Cow<'static, str>,
    pub rule: Cow<'static, str>,
    pub cue: String,
    pub speaker: String,
    pub left: String,
    pub hit: String,
    pub right: String,
}

/// Where in an article a term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mark {
    pub term: TermId,
    /// Share of the counted text that lies before the hit, in thousandths.
    pub permille: u16,
}

/// The marks of one article, each place once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HitsOfArticle {
    /// What it was chosen by.
    pub hash: u64,
    pub article_id: String,
    pub source: String,
    pub marks: Vec<Mark>,
}

/// What was kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HitSample {
    /// All framing hits of the corpus, kept or not.
    pub total: u64,
    /// By article and place.
    pub hits: Vec<Hit>,
    /// Articles with a framing hit, kept or not.
    pub articles_total: u64,
    /// By source and article.
    pub articles: Vec<HitsOfArticle>,
}

impl HitSample {
    /// Adds the sample of other articles: what one look at all of them would have kept.
    pub fn merge(&mut self, other: Self) {
        self.total = self.total.saturating_add(other.total);
        self.articles_total = self.articles_total.saturating_add(other.articles_total);
        self.hits.extend(other.hits);
        self.articles.extend(other.articles);
        if self.hits.len() > HITS_SHOWN {
            self.hits.sort_by(|a, b| (a.hash, a.place()).cmp(&(b.hash, b.place())));
            self.hits.truncate(HITS_SHOWN);
        }
        if self.articles.len() > ARTICLES_SHOWN {
            self.articles.sort_by(|a, b| (a.hash, &a.article_id).cmp(&(b.hash, &b.article_id)));
            self.articles.truncate(ARTICLES_SHOWN);
        }
        self.sort();
    }

    fn sort(&mut self) {
        self.hits.sort_by(|a, b| a.place().cmp(&b.place()));
        self.articles.sort_by(|a, b| (&a.source, &a.article_id).cmp(&(&b.source, &b.article_id)));
    }

    /// Whether every term is one of a codebook with so many.
    pub fn fits(&self, terms: usize) -> bool {
        let marks = self.articles.iter().flat_map(|article| &article.marks).map(|mark| mark.term);
        self.hits.iter().map(|hit| hit.entry).chain(marks).all(|term| term.index() < terms)
    }
}

impl Hit {
    fn place(&self) -> (&str, u64, TermId) {
        (&self.article_id, self.start_byte, self.entry)
    }
}

/// Hands rows on to another sink and looks at the articles that pass.
pub struct HitSink<'a> {
    rows: &'a dyn RowSink,
    hits: Keeper<(String, u64, TermId), Hit>,
    articles: Keeper<String, HitsOfArticle>,
}

impl<'a> HitSink<'a> {
    /// Keeps at most `hits` hits and the marks of at most `articles` articles.
    pub fn new(rows: &'a dyn RowSink, hits: usize, articles: usize) -> Self {
        Self { rows, hits: Keeper::new(hits), articles: Keeper::new(articles) }
    }

    pub fn finish(self) -> HitSample {
        let (total, hits) = self.hits.finish();
        let (articles_total, articles) = self.articles.finish();
        let mut sample = HitSample { total, hits, articles_total, articles };
        sample.sort();
        sample
    }
}

impl RowSink for HitSink<'_> {
    fn wants(&self) -> Wanted {
        self.rows.wants()
    }

    fn take(&self, rows: BlockRows) -> Result<()> {
        self.rows.take(rows)
    }

    fn look(&self, coded: &Coded<'_>) {
        let article = coded.article;
        let seed = hash_bytes(article.id.as_bytes());
        let mut places = Places::new(&article.raw);
        let mut found = 0;
        for (at, mention) in coded.mentions.iter().enumerate() {
            let Entry::Term(term) = mention.entry else { continue };
            if !coded.is_kept(at) {
                continue;
            }
            found += 1;
            let hash = mix(seed ^ mix((u64::from(mention.span.start) << 32) | u64::from(term.0)));
            if self.hits.wants(hash)
                && let Some(hit) = hit_at(coded, at, (hash, term), &mut places)
            {
                self.hits.keep(hash, (article.id.to_string(), hit.start_byte, term), hit);
            }
        }
        self.hits.add_total(found);
        if found > 0 {
            self.articles.add_total(1);
            let hash = mix(seed);
            if self.articles.wants(hash) {
                self.articles.keep(hash, article.id.to_string(), marks_of(coded, hash));
            }
        }
    }
}

fn hit_at<'a>(coded: &Coded<'a>, at: usize, (hash, entry): (u64, TermId), places: &mut Places<'a>) -> Option<Hit> {
    let row = coded.ledger_row(at, places)?;
    let article = coded.article;
    let (left, right) = context(&article.raw, row.bytes);
    let voicing = coded.voices[at].as_ref()?;
    Some(Hit {
        hash,
        entry,
        article_id: article.id.to_string(),
        source: article.meta.source.clone(),
        start_byte: row.bytes.start.into(),
        end_byte: row.bytes.end.into(),
        line: row.line,
        frame: row.code.to_owned(),
        term: row.alias.to_owned(),
        voice: voicing.voice.name().into(),
        tier: voicing.tier.name().into(),
        rule: voicing.rule.into(),
        cue: one_line(&shorten(row.cue, LONGEST_HIT)),
        speaker: row.speaker.to_owned(),
        left,
        hit: one_line(&shorten(row.surface, LONGEST_HIT)),
        right,
    })
}

fn marks_of(coded: &Coded<'_>, hash: u64) -> HitsOfArticle {
    let article = coded.article;
    let mut before = Vec::with_capacity(coded.paragraphs.len());
    let mut length = 0u64;
    for paragraph in coded.paragraphs {
        before.push(length);
        length += paragraph.len() as u64;
    }
    let mut marks = Vec::new();
    for (at, mention) in coded.mentions.iter().enumerate() {
        let Entry::Term(term) = mention.entry else { continue };
        if !coded.is_kept(at) {
            continue;
        }
        let passage = coded.sentences[mention.sentence as usize].passage as usize;
        let offset = u64::from(mention.span.start - coded.paragraphs[passage].start);
        let permille = ((before[passage] + offset) * STEPS / length.max(1)).min(STEPS - 1);
        marks.push(Mark { term, permille: permille as u16 });
    }
    marks.sort_unstable();
    marks.dedup();
    HitsOfArticle { hash, article_id: article.id.to_string(), source: article.meta.source.clone(), marks }
}

/// The text on both sides of a span, as single lines.
fn context(raw: &str, span: RawSpan) -> (String, String) {
    let (before, after) = (&raw[..span.start as usize], &raw[span.end as usize..]);
    let begin = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
    let end = after.char_indices().nth(CONTEXT).map_or(after.len(), |(at, _)| at);
    (one_line(&before[begin..]), one_line(&after[..end]))
}

fn shorten(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

/// Runs of white space become one space; controls that would reorder or hide what stands beside them go.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() {
            if !space {
                line.push(' ');
            }
            space = true;
        } else if !c.is_control() && !is_direction_mark(c) {
            line.push(c);
            space = false;
        }
    }
    line
}

/// Bidirectional controls: an unclosed one would turn the rest of a line around.
pub(super) fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The things of smallest hash, a limited number of them.
struct Keeper<K, V> {
    limit: usize,
    total: AtomicU64,
    /// Nothing of a larger hash will be kept.
    highest: AtomicU64,
    kept: Mutex<BTreeMap<(u64, K), V>>,
}

impl<K: Ord, V> Keeper<K, V> {
    fn new(limit: usize) -> Self {
        let highest = if limit == 0 { 0 } else { u64::MAX };
        Self { limit, total: AtomicU64::new(0), highest: AtomicU64::new(highest), kept: Mutex::default() }
    }

    fn add_total(&self, n: u64) {
        self.total.fetch_add(n, Ordering::Relaxed);
    }

    /// Whether a thing of this hash may be among the smallest, as far as is known.
    fn wants(&self, hash: u64) -> bool {
        hash <= self.highest.load(Ordering::Relaxed)
    }

    fn keep(&self, hash: u64, key: K, value: V) {
        // A worker that stopped while it held the lock has ended the run already.
        let Ok(mut kept) = self.kept.lock() else { return };
        kept.insert((hash, key), value);
        if kept.len() > self.limit {
            kept.pop_last();
            if let Some(((highest, _), _)) = kept.last_key_value() {
                self.highest.store(*highest, Ordering::Relaxed);
            }
        }
    }

    fn finish(self) -> (u64, Vec<V>) {
        let kept = self.kept.into_inner().unwrap_or_default();
        (self.total.into_inner(), kept.into_values().collect())
    }
}

/// FNV-1a: the same on every machine and in every version.
fn hash_bytes(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3))
}

/// The finaliser of SplitMix64.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_are_kept_whatever_the_order() {
        let of = |order: &[u64]| {
            let keeper = Keeper::new(3);
            for at in order {
                if keeper.wants(mix(*at)) {
                    keeper.keep(mix(*at), *at, ());
                }
                keeper.add_total(1);
            }
            keeper.finish()
        };
        let forward: Vec<u64> = (0..100).collect();
        let backward: Vec<u64> = (0..100).rev().collect();
        let (total, kept) = of(&forward);
        assert_eq!((total, kept.len()), (100, 3));
        assert_eq!(of(&backward).1, kept);
        assert!(of(&[]).1.is_empty());
    }

    #[test]
    fn samples_of_pieces_add_up_to_the_sample_of_the_whole() {
        let hit = |at: u64| Hit {
            hash: mix(at % 2800),
            entry: TermId(0),
            article_id: format!("{}", at / 10),
            source: String::new(),
            start_byte: at,
            end_byte: at + 1,
            line: 1,
            frame: String::new(),
            term: String::new(),
            voice: "own".into(),
            tier: "none".into(),
            rule: "".into(),
            cue: String::new(),
            speaker: String::new(),
            left: String::new(),
            hit: String::new(),
            right: String::new(),
        };
        let article = |at: u64| HitsOfArticle {
            hash: mix(at),
            article_id: at.to_string(),
            source: (at % 3).to_string(),
            marks: Vec::new(),
        };
        let of = |numbers: &[u64]| {
            let mut sample = HitSample { total: 0, hits: Vec::new(), articles_total: 0, articles: Vec::new() };
            for at in numbers {
                let (hits, articles) = (vec![hit(*at)], vec![article(*at)]);
                sample.merge(HitSample { total: 1, hits, articles_total: 1, articles });
            }
            sample
        };
        let all: Vec<u64> = (0..3000).collect();
        let whole = HitSample {
            total: 3000,
            hits: all.iter().map(|at| hit(*at)).collect(),
            articles_total: 3000,
            articles: all.iter().map(|at| article(*at)).collect(),
        };
        let mut expected = HitSample::default();
        expected.merge(whole);
        assert_eq!((expected.hits.len(), expected.articles.len()), (HITS_SHOWN, ARTICLES_SHOWN));
        let mut backward: Vec<u64> = all[..700].iter().rev().copied().collect();
        backward.rotate_left(123);
        let (mut a, b) = (of(&backward), HitSample::default());
        a.merge(b);
        let rest: Vec<Hit> = all[700..].iter().map(|at| hit(*at)).collect();
        let articles = all[700..].iter().map(|at| article(*at)).collect();
        let mut sum = HitSample { total: 2300, hits: rest, articles_total: 2300, articles };
        sum.merge(a);
        assert_eq!(sum, expected);
    }

    #[test]
    fn a_limit_of_nothing_keeps_nothing() {
        let keeper = Keeper::new(0);
        keeper.keep(0, 0, ());
        assert!(keeper.finish().1.is_empty());
    }

    #[test]
    fn context_is_one_line_and_keeps_its_order() {
        let raw = format!("{}\n\n  siege\u{202E} {}", "é".repeat(200), "word ".repeat(100));
        let start = raw.find("siege").unwrap();
        let (left, right) = context(&raw, RawSpan::new(start, start + 5));
        assert_eq!(left.chars().last(), Some(' '));
        assert!(left.chars().count() <= CONTEXT && right.chars().count() <= CONTEXT);
        assert!(!left.contains('\n') && !right.contains('\u{202E}'));
    }
}
