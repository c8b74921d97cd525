//! The pure function at the centre: one article and a study in, the coded article out.
//!
//! A coder belongs to one worker and reuses its buffers; everything it knows of an article is gone with the next one.

use crate::corpus::Article;
use crate::count::{ArticleRecord, CodedArticle};
use crate::normalise::{View, Zone};
use crate::segment::Sentence;
use crate::span::{NormSpan, RawSpan};
use crate::study::Study;
use crate::tables::CsvBuffer;
use crate::tables::ledger::LedgerRow;
use crate::tables::zones::ZoneRow;
use crate::tag::{Entry, Tags, Usage};
use crate::voice::{Voice, VoiceScratch, Voicing};
use crate::zones::Passage;

/// Prefixes recorded beside a hit they are joined to by a hyphen.
const PREFIXES: [&str; 14] =
    ["anti", "counter", "ex", "inter", "mid", "neo", "non", "over", "post", "pre", "pro", "pseudo", "trans", "un"];

#[derive(Debug)]
pub struct Coder<'s> {
    study: &'s Study,
    pub view: View,
    /// Every passage of the article.
    pub passages: Vec<Passage>,
    /// The counted ones: paragraphs and headings.
    pub counted: Vec<Passage>,
    pub paragraphs: Vec<NormSpan>,
    /// The sentences of the counted passages; `passage` is an index in `counted`.
    pub sentences: Vec<Sentence>,
    pub tags: Tags,
    /// One per mention; `None` for actors.
    pub voices: Vec<Option<Voicing>>,
    /// `voices` without the framing hits that `--voice` or `--target` leave out.
    kept: Vec<Option<Voicing>>,
    scratch: VoiceScratch,
}

impl<'s> Coder<'s> {
    pub fn new(study: &'s Study) -> Self {
        Self {
            study,
            view: View::default(),
            passages: Vec::new(),
            counted: Vec::new(),
            paragraphs: Vec::new(),
            sentences: Vec::new(),
            tags: Tags::default(),
            voices: Vec::new(),
            kept: Vec::new(),
            scratch: VoiceScratch::default(),
        }
    }

    /// Codes an article: view, zones, sentences, mentions, voices.
    pub fn code(&mut self, article: &Article) {
        let study = self.study;
        self.view.read(&article.raw);
        study.zoner.passages(
            &mut self.view,
            Some(&article.meta.title),
            study.templates(&article.meta.source),
            &mut self.passages,
        );
        self.counted.clear();
        self.counted.extend(self.passages.iter().filter(|passage| study.is_counted(passage.zone)));
        self.paragraphs.clear();
        self.paragraphs.extend(self.counted.iter().map(|passage| passage.span));
        study.segmenter.sentences(&self.view, &self.counted, &mut self.sentences);
        study.tagger.tag(&self.view, &self.sentences, article.meta.date.as_ref(), &mut self.tags);
        study.voicer.read(
            &self.view,
            &article.raw,
            &self.counted,
            &self.sentences,
            &self.tags.mentions,
            &mut self.scratch,
            &mut self.voices,
        );
        if let Some(owner) = study.voice_owner(&article.meta) {
            give_own_voice(&mut self.voices, owner);
        }
        self.kept.clear();
        self.kept.extend(self.tags.mentions.iter().zip(&self.voices).map(|(mention, voicing)| match mention.entry {
            Entry::Term(_) => voicing.filter(|voicing| study.filter.lets_pass(voicing)),
            Entry::Alias(_) | Entry::Variant(_) => *voicing,
        }));
    }

    /// What the counter takes.
    pub fn coded<'a>(&'a self, article: &'a Article) -> CodedArticle<'a> {
        CodedArticle {
            id: &article.id,
            view: &self.view,
            raw: &article.raw,
            paragraphs: &self.paragraphs,
            sentences: &self.sentences,
            mentions: &self.tags.mentions,
            voices: &self.kept,
            rejected: &self.tags.rejected,
        }
    }

    /// The article's record, without the counts that the counter fills in.
    pub fn record(&self, article: &Article) -> ArticleRecord {
        let meta = &article.meta;
        let words =
            |passages: &[Passage]| passages.iter().map(|passage| self.view.words_in(passage.span) as u64).sum::<u64>();
        let counted = words(&self.counted);
        let mut more = meta.more.clone();
        if !meta.author.is_empty() {
            more.insert("author".into(), meta.author.clone());
        }
        ArticleRecord {
            group: Vec::new(),
            source: meta.source.clone(),
            date: meta.date.as_ref().map(ToString::to_string).unwrap_or_default(),
            title: meta.title.clone(),
            language: meta.language.clone(),
            path: article.path.clone(),
            line: article.line,
            encoding: article.encoding.clone(),
            bytes: article.bytes,
            words: counted,
            words_dropped: words(&self.passages) - counted,
            sentences: self.sentences.len() as u64,
            paragraphs: self.counted.len() as u64,
            repairs: article.repairs,
            unclosed_quotes: self.scratch.unclosed_quotes(),
            duplicate_of: self.study.findings.duplicates.get(&article.id).cloned().unwrap_or_default(),
            sha256: crate::codebook::hex(&article.sha256),
            more,
            items: Vec::new(),
        }
    }

    /// The article's rows of the ledger: counted hits, in the order of the text.
    pub fn write_ledger(&self, article: &Article, out: &mut CsvBuffer) {
        let mut places = Places::new(&article.raw);
        for at in 0..self.tags.mentions.len() {
            if let Some(row) = self.ledger_row(article, at, &mut places) {
                row.write(out);
            }
        }
    }

    /// One row of the ledger; `None` for a framing hit that the study's filter leaves out.
    pub fn ledger_row<'a>(&'a self, article: &'a Article, at: usize, places: &mut Places<'a>) -> Option<LedgerRow<'a>> {
        let book = &self.study.codebook;
        let mention = &self.tags.mentions[at];
        let bytes = self.view.raw_span(mention.span);
        let chars = places.chars(bytes);
        let sentence = &self.sentences[mention.sentence as usize];
        let mut row = LedgerRow {
            article_id: &article.id,
            zone: self.counted[sentence.passage as usize].zone.name(),
            surface: &article.raw[bytes.range()],
            bytes,
            chars,
            line: places.line(bytes),
            paragraph: u64::from(sentence.passage) + 1,
            sentence: u64::from(mention.sentence) + 1,
            prefix: self.prefix(mention.span, sentence.span),
            ..LedgerRow::default()
        };
        match mention.entry {
            Entry::Alias(alias) => {
                let alias = &book.aliases[alias.index()];
                let actor = alias.actor?;
                row.layer = "actor";
                row.code = &book.actors[actor.index()].code;
                row.alias = &alias.alias;
                match mention.usage {
                    Usage::Actor => {
                        row.kind = alias.kind.name();
                        row.rollup = &book.actors[book.rollup(actor).index()].code;
                    }
                    Usage::Place => row.kind = "place_use",
                }
                if !alias.dates.is_open() && article.meta.date.is_none() {
                    row.rule = "undated";
                }
            }
            Entry::Term(term) => {
                self.kept[at]?;
                let term = &book.terms[term.index()];
                row.layer = "frame";
                row.code = &book.frames[term.frame?.index()].code;
                row.rollup = row.code;
                row.alias = &term.term;
                row.kind = term.kind.name();
            }
            Entry::Variant(variant) => {
                let variant = &book.variants[variant.index()];
                row.layer = "naming";
                row.code = &book.pairs[variant.pair.index()].code;
                row.rollup = row.code;
                row.alias = &variant.term;
                row.kind = "literal";
            }
        }
        if let Some(voicing) = &self.voices[at] {
            let code =
                |actor: Option<crate::id::ActorId>| actor.map_or("", |actor| book.actors[actor.index()].code.as_str());
            row.voice = voicing.voice.name();
            row.tier = voicing.tier.name();
            row.cue = voicing.cue.map_or("", |cue| &article.raw[self.view.raw_span(cue).range()]);
            row.speaker = code(voicing.speaker);
            row.agent = code(voicing.agent);
            row.target = code(voicing.target);
            row.rule = voicing.rule;
        }
        Some(row)
    }

    /// Whether a mention counts: framing hits may be left out by `--voice` or `--target`.
    pub fn is_kept(&self, at: usize) -> bool {
        match self.tags.mentions[at].entry {
            Entry::Term(_) => self.kept[at].is_some(),
            Entry::Alias(_) | Entry::Variant(_) => true,
        }
    }

    fn prefix(&self, span: NormSpan, sentence: NormSpan) -> &'static str {
        let Some(before) = (span.start as usize).checked_sub(1).filter(|at| *at >= sentence.start as usize) else {
            return "";
        };
        if self.view.bytes()[before] != b'-' {
            return "";
        }
        let masks = self.view.masks();
        let Some(start) = masks.start.previous(sentence.start as usize, before) else { return "" };
        let word = &self.view.text()[start..before];
        PREFIXES.into_iter().find(|prefix| *prefix == word).unwrap_or("")
    }

    /// The article's rows of `zones.csv`.
    pub fn write_zones(&self, article: &Article, out: &mut CsvBuffer) {
        let mut places = Places::new(&article.raw);
        for passage in &self.passages {
            let bytes = self.view.raw_span(passage.span);
            let row = ZoneRow {
                article_id: &article.id,
                bytes,
                chars: places.chars(bytes),
                zone: passage.zone.name(),
                rule: self.study.zoner.rule_name(passage.rule),
                words: self.view.words_in(passage.span) as u64,
                counted: self.study.is_counted(passage.zone).into(),
            };
            row.write(out);
        }
    }

    pub fn zone_of(&self, sentence: &Sentence) -> Zone {
        self.counted[sentence.passage as usize].zone
    }
}

/// In a speech or statement the own voice is the speaker's: what nobody else says, the owner says.
fn give_own_voice(voices: &mut [Option<Voicing>], owner: crate::id::ActorId) {
    for voicing in voices.iter_mut().flatten() {
        if matches!(voicing.voice, Voice::Own | Voice::Hypothetical) {
            voicing.speaker = voicing.speaker.or(Some(owner));
        }
    }
}

/// Code points and lines of ascending byte positions: a cursor that only moves forward.
#[derive(Debug)]
pub struct Places<'a> {
    raw: &'a str,
    byte: usize,
    chars: u64,
    line_byte: usize,
    line: u64,
}

impl<'a> Places<'a> {
    pub fn new(raw: &'a str) -> Self {
        Self { raw, byte: 0, chars: 0, line_byte: 0, line: 1 }
    }

    /// Code points at which a span begins and ends. Spans must come by start.
    pub fn chars(&mut self, span: RawSpan) -> (u64, u64) {
        let start = span.start as usize;
        self.chars += count_chars(&self.raw.as_bytes()[self.byte..start]);
        self.byte = start;
        (self.chars, self.chars + count_chars(&self.raw.as_bytes()[span.range()]))
    }

    /// The line on which a span begins, from 1.
    pub fn line(&mut self, span: RawSpan) -> u64 {
        let start = span.start as usize;
        self.line += memchr::memchr_iter(b'\n', &self.raw.as_bytes()[self.line_byte..start]).count() as u64;
        self.line_byte = start;
        self.line
    }
}

fn count_chars(bytes: &[u8]) -> u64 {
    // Every byte but a continuation byte begins a code point.
    bytes.iter().filter(|byte| (**byte as i8) >= -0x40).count() as u64
}
