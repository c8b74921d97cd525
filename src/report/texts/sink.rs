//! Looks at each article while its coding is at hand, and keeps what the page will show of it.

use super::{
    Depth, MOST_OF_SAMPLE, MOST_SENTENCES, MOST_WHOLE, NOWHERE, ReportText, Stretch, TextArticle, TextHit, TextLayer,
    Texts,
};
use crate::coded::Coded;
use crate::error::Result;
use crate::ledger::Places;
use crate::normalise::Zone;
use crate::pipeline::{BlockRows, BlockSink, WantedTables};
use crate::span::NormSpan;
use crate::study::Study;
use crate::tag::{Entry, Usage};
use crate::voice::{RULES, Tier, Voice};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// Steps into which the length of an article is divided for the places of its hits.
const STEPS: u64 = 1000;

/// Hands rows on to another sink and looks at the articles that pass.
pub struct TextSink<'a> {
    rows: &'a dyn BlockSink,
    /// Nothing is looked at without.
    study: Option<&'a Study>,
    articles: AtomicU64,
    hits: AtomicU64,
    /// As far as is known to all workers: the depth, and the hash from which on nothing is kept.
    depth: AtomicU8,
    below: AtomicU64,
    kept: Mutex<KeptTexts>,
}

/// By hash and id.
#[derive(Default)]
struct KeptTexts {
    depth: Depth,
    whole: u64,
    short: u64,
    below: Option<(u64, String)>,
    articles: BTreeMap<(u64, String), TextArticle>,
}

impl<'a> TextSink<'a> {
    /// Keeps what `text` allows of the articles; without a study, nothing.
    pub fn new(rows: &'a dyn BlockSink, study: Option<&'a Study>, text: ReportText) -> Self {
        let depth = match text {
            ReportText::All => Depth::Articles,
            ReportText::Hits | ReportText::None => Depth::Sentences,
        };
        Self {
            rows,
            study,
            articles: AtomicU64::new(0),
            hits: AtomicU64::new(0),
            depth: AtomicU8::new(depth as u8),
            below: AtomicU64::new(u64::MAX),
            kept: Mutex::new(KeptTexts { depth, ..KeptTexts::default() }),
        }
    }

    pub fn finish(self) -> Texts {
        let kept = self.kept.into_inner().unwrap_or_default();
        let mut texts = Texts {
            depth: kept.depth,
            articles_total: self.articles.into_inner(),
            hits_total: self.hits.into_inner(),
            whole: if kept.depth == Depth::Articles { kept.whole } else { 0 },
            short: if kept.depth == Depth::Sample { 0 } else { kept.short },
            below: kept.below,
            articles: kept.articles.into_values().collect(),
        };
        texts.sort();
        texts
    }

    fn keep(&self, mut article: TextArticle) {
        let (whole, short) = (article.whole_size(), article.short_size());
        if self.depth.load(Ordering::Relaxed) != Depth::Articles as u8 {
            article.shorten();
        }
        // A worker that stopped while it held the lock has ended the run already.
        let Ok(mut kept) = self.kept.lock() else { return };
        kept.add(article, whole, short);
        self.depth.store(kept.depth as u8, Ordering::Relaxed);
        if let Some((hash, _)) = &kept.below {
            self.below.store(*hash, Ordering::Relaxed);
        }
    }
}

impl KeptTexts {
    fn add(&mut self, mut article: TextArticle, whole: u64, short: u64) {
        if self.depth > Depth::Articles {
            article.shorten();
        }
        let key = (article.hash, article.id.clone());
        if self.below.as_ref().is_some_and(|below| key >= *below) {
            return;
        }
        (self.whole, self.short) = (self.whole + whole, self.short + short);
        self.articles.insert(key, article);
        if self.depth == Depth::Articles && self.whole > MOST_WHOLE {
            self.depth = Depth::Sentences;
            self.articles.values_mut().for_each(TextArticle::shorten);
        }
        if self.depth == Depth::Sentences && self.short > MOST_SENTENCES {
            self.depth = Depth::Sample;
        }
        while self.depth == Depth::Sample && self.short > MOST_OF_SAMPLE {
            let Some((key, article)) = self.articles.pop_last() else { break };
            self.short -= article.short_size();
            self.below = Some(key);
        }
    }
}

impl BlockSink for TextSink<'_> {
    fn wants(&self) -> WantedTables {
        self.rows.wants()
    }

    fn take(&self, rows: BlockRows) -> Result<()> {
        self.rows.take(rows)
    }

    fn look(&self, coded: &Coded<'_>) {
        self.rows.look(coded);
        let Some(study) = self.study else { return };
        let is_hit = |at: &usize| matches!(coded.mentions[*at].entry, Entry::Term(_)) && coded.is_kept(*at);
        let found = (0..coded.mentions.len()).filter(is_hit).count();
        self.hits.fetch_add(found as u64, Ordering::Relaxed);
        self.articles.fetch_add(1, Ordering::Relaxed);
        let hash = mix(hash_bytes(coded.article.id.as_bytes()));
        if hash <= self.below.load(Ordering::Relaxed) {
            self.keep(article(coded, study, hash));
        }
    }
}

fn article(coded: &Coded<'_>, study: &Study, hash: u64) -> TextArticle {
    let found = coded.article;
    let mut spans = coded.view.alignment().forward();
    let passages = coded.passages.iter().map(|passage| {
        let span = spans.raw_span(passage.span);
        let zone = Zone::ALL.iter().position(|zone| *zone == passage.zone).unwrap_or_default();
        (span.start, span.end, zone as u8)
    });
    let mut article = TextArticle {
        hash,
        id: found.id.to_string(),
        source: found.meta.source.clone(),
        date: found.meta.value("date").unwrap_or_default().to_owned(),
        title: found.meta.title.clone(),
        group: study.group(&found.id, &found.meta).unwrap_or_default(),
        text: found.raw.clone(),
        is_whole: true,
        passages: passages.collect(),
        ..TextArticle::default()
    };
    add_hits(coded, &mut article);
    article
}

/// The hits of the ledger, in its order, and the sentences they stand in.
fn add_hits(coded: &Coded<'_>, article: &mut TextArticle) {
    let mut before = Vec::with_capacity(coded.paragraphs.len());
    let mut length = 0u64;
    for paragraph in coded.paragraphs {
        before.push(length);
        length += paragraph.len() as u64;
    }
    let raw = |span: NormSpan| -> Stretch {
        let span = coded.view.raw_span(span);
        (span.start, span.end)
    };
    let mut places = Places::new(&coded.article.raw);
    let mut last = NOWHERE;
    for (at, mention) in coded.mentions.iter().enumerate() {
        let book = coded.codebook;
        let (layer, entry) = match (mention.entry, mention.usage) {
            (Entry::Term(term), _) if book.terms[term.index()].frame.is_some() => (TextLayer::Frame, term.0),
            (Entry::Alias(alias), Usage::Actor) if book.aliases[alias.index()].actor.is_some() => {
                (TextLayer::Actor, alias.0)
            }
            (Entry::Alias(alias), Usage::Place) if book.aliases[alias.index()].actor.is_some() => {
                (TextLayer::Place, alias.0)
            }
            (Entry::Variant(variant), _) => (TextLayer::Naming, variant.0),
            (Entry::Term(_) | Entry::Alias(_), _) => continue,
        };
        if !coded.is_kept(at) {
            continue;
        }
        let sentence = &coded.sentences[mention.sentence as usize];
        if last != mention.sentence {
            last = mention.sentence;
            article.sentences.push(raw(sentence.span));
        }
        let passage = sentence.passage as usize;
        let offset = u64::from(mention.span.start - coded.paragraphs[passage].start);
        let permille = ((before[passage] + offset) * STEPS / length.max(1)).min(STEPS - 1) as u16;
        let bytes = coded.view.raw_span(mention.span);
        let mut hit = TextHit {
            layer,
            entry,
            span: (bytes.start, bytes.end),
            sentence: article.sentences.len() as u32 - 1,
            byte: bytes.start,
            line: u32::try_from(places.line(bytes)).unwrap_or(u32::MAX),
            permille,
            voice: 0,
            tiers: [0; 3],
            rule: 0,
            cue: (NOWHERE, NOWHERE),
            roles: [0; 3],
        };
        if let Some(voicing) = coded.voices.of(at) {
            let place = |position: Option<usize>| position.unwrap_or_default() as u8;
            hit.voice = place(Voice::ALL.iter().position(|voice| *voice == voicing.voice));
            hit.tiers = [voicing.tier, voicing.agent_tier, voicing.target_tier]
                .map(|tier| place(Tier::ALL.iter().position(|one| *one == tier)));
            hit.rule = place(RULES.iter().position(|rule| rule.name == voicing.rule));
            hit.cue = voicing.cue.map_or((NOWHERE, NOWHERE), raw);
            hit.roles =
                [voicing.speaker, voicing.agent, voicing.target].map(|actor| actor.map_or(0, |actor| actor.0 + 1));
        }
        article.hits.push(hit);
    }
    add_quotations(coded, article);
}

/// The quotations that `sourcing.csv` counts, each with the sentence in which it begins.
fn add_quotations(coded: &Coded<'_>, article: &mut TextArticle) {
    let mut places = Places::new(&coded.article.raw);
    let known = article.sentences.len();
    for speech in coded.speeches.iter().filter(|speech| speech.is_direct()) {
        let before = coded.sentences.partition_point(|sentence| sentence.span.start <= speech.span.start);
        let Some(first) = before.checked_sub(1).map(|at| coded.view.raw_span(coded.sentences[at].span)) else {
            continue;
        };
        let bytes = coded.view.raw_span(speech.span);
        let sentence = article.sentences[..known].binary_search_by_key(&first.start, |(start, _)| *start);
        let sentence = sentence.unwrap_or_else(|_| {
            article.sentences.push((first.start, first.end));
            article.sentences.len() - 1
        });
        article.hits.push(TextHit {
            layer: TextLayer::Quotation,
            entry: 0,
            span: (bytes.start, bytes.end.min(first.end)),
            sentence: sentence as u32,
            byte: bytes.start,
            line: u32::try_from(places.line(bytes)).unwrap_or(u32::MAX),
            permille: 0,
            voice: 0,
            tiers: [0; 3],
            rule: 0,
            cue: (NOWHERE, NOWHERE),
            roles: [speech.speaker.map_or(0, |actor| actor.0 + 1), 0, 0],
        });
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
