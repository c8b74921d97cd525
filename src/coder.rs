//! The pure function at the centre: one article and a study in, a [`Coded`] out.
//!
//! A coder belongs to one worker and reuses its buffers: nothing of one article is left when the next one is coded.

use crate::coded::Coded;
use crate::corpus::{Article, text_digest};
use crate::count::{ArticleRecord, PackedItems};
use crate::needs::{Need, Needs};
use crate::normalise::View;
use crate::segment::{Lexicon, Sentence, Tokens};
use crate::span::NormSpan;
use crate::study::Study;
use crate::tag::{Entry, Tags};
use crate::voice::{MentionVoices, Voice, VoiceScratch, Voicing};
use crate::zones::Passage;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Voicings {
    Read,
    NotNeeded,
}

/// Reads articles with one study. Its fields are buffers; what they hold is seen through [`Coded`].
#[derive(Debug)]
pub struct Coder<'s> {
    study: &'s Study,
    voicing: Voicings,
    view: View,
    passages: Vec<Passage>,
    counted: Vec<Passage>,
    paragraphs: Vec<NormSpan>,
    sentences: Vec<Sentence>,
    tokens: Tokens,
    tags: Tags,
    voices: MentionVoices,
    /// Empty where nothing is left out: then these are the voices.
    kept: MentionVoices,
    scratch: VoiceScratch,
}

impl<'s> Coder<'s> {
    pub fn new(study: &'s Study) -> Self {
        Self::needing(study, Needs::ALL)
    }

    /// A coder that reads no voices where no table needs them; every framing hit is in own voice then.
    pub fn needing(study: &'s Study, needs: Needs) -> Self {
        let voice = needs.has(Need::Voice) || study.filter.needs_voice();
        Self {
            study,
            voicing: if voice { Voicings::Read } else { Voicings::NotNeeded },
            view: View::default(),
            passages: Vec::new(),
            counted: Vec::new(),
            paragraphs: Vec::new(),
            sentences: Vec::new(),
            tokens: Tokens::default(),
            tags: Tags::default(),
            voices: MentionVoices::default(),
            kept: MentionVoices::default(),
            scratch: VoiceScratch::default(),
        }
    }

    /// Keeps what speaks for each actor as agent and target, for those who look at single hits.
    pub fn keep_roles(&mut self) {
        self.scratch.keep_roles();
    }

    /// Codes an article: view, zones, sentences, mentions, voices.
    pub fn code<'a>(&'a mut self, article: &'a Article) -> Coded<'a> {
        let study = self.study;
        self.view.read(&article.raw);
        study.codebook.zoner.passages(
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
        self.tokens.read(&self.view, &article.raw, &self.paragraphs);
        study.tagger.tag(&self.view, &self.tokens, &self.sentences, article.meta.date.as_ref(), &mut self.tags);
        self.read_voices(article);
        self.kept.clear();
        if study.filter.needs_voice() {
            for (mention, voicing) in self.tags.mentions.iter().zip(self.voices.iter()) {
                self.kept.push(match mention.entry {
                    Entry::Term(_) => voicing.filter(|voicing| study.filter.lets_pass(voicing)).copied(),
                    Entry::Alias(_) | Entry::Variant(_) => voicing.copied(),
                });
            }
        }
        self.coded(article)
    }

    /// What the last call of [`code`](Self::code), which was given this article, has found.
    fn coded<'a>(&'a self, article: &'a Article) -> Coded<'a> {
        Coded {
            article,
            codebook: &self.study.codebook,
            view: &self.view,
            passages: &self.passages,
            counted: &self.counted,
            paragraphs: &self.paragraphs,
            sentences: &self.sentences,
            tokens: &self.tokens,
            mentions: &self.tags.mentions,
            rejected: &self.tags.rejected,
            voices: &self.voices,
            kept: if self.study.filter.needs_voice() { &self.kept } else { &self.voices },
            speeches: self.scratch.speeches(),
            roles: self.scratch.roles(),
            ranked_speakers: self.scratch.ranked_speakers(),
            unclosed_quotes: self.scratch.unclosed_quotes(),
        }
    }

    fn read_voices(&mut self, article: &Article) {
        let study = self.study;
        let mentions = &self.tags.mentions;
        match self.voicing {
            Voicings::Read => study.voicer.read(
                &self.view,
                &article.raw,
                &self.tokens,
                &self.counted,
                &self.sentences,
                mentions,
                &mut self.scratch,
                &mut self.voices,
            ),
            Voicings::NotNeeded => self.voices.give_all(mentions.len(), Voicing::OWN),
        }
        if let Some(owner) = study.voice_owner(&article.meta) {
            give_own_voice(&mut self.voices, owner);
        }
    }

    /// The lexicon of all articles coded.
    pub fn into_lexicon(self) -> Lexicon {
        self.tokens.into_lexicon()
    }
}

/// The article's record, without the counts that the counter fills in.
pub fn record<'a>(study: &'a Study, coded: &Coded<'a>) -> ArticleRecord<'a> {
    let article = coded.article;
    let meta = &article.meta;
    let dropped = coded.passages.iter().filter(|passage| !study.is_counted(passage.zone));
    let words_dropped = dropped.map(|passage| coded.view.words_in(passage.span) as u64).sum();
    let mut more: BTreeMap<&str, &str> = meta.more.iter().map(|(name, value)| (&**name, &**value)).collect();
    if !meta.author.is_empty() {
        more.insert("author", &meta.author);
    }
    ArticleRecord {
        group: &[],
        source: &meta.source,
        date: meta.date.as_ref().map(ToString::to_string).unwrap_or_default().into(),
        title: &meta.title,
        language: &meta.language,
        path: &article.path,
        line: article.line,
        encoding: &article.encoding,
        bytes: article.bytes,
        words: coded.tokens.all().len() as u64,
        words_dropped,
        sentences: coded.sentences.len() as u64,
        paragraphs: coded.counted.len() as u64,
        repairs: article.repairs,
        unclosed_quotes: coded.unclosed_quotes,
        duplicate_of: study.findings.duplicates.get(&*article.id).map_or("", String::as_str),
        sha256: article.sha256,
        text_digest: text_digest(&article.raw),
        more,
        items: PackedItems::default(),
    }
}

/// In a speech or statement the own voice is the speaker's: what no other speaker says, the owner says.
fn give_own_voice(voices: &mut MentionVoices, owner: crate::id::ActorId) {
    for voicing in voices.all_mut() {
        if matches!(voicing.voice, Voice::Own | Voice::Hypothetical) {
            voicing.speaker = voicing.speaker.or(Some(owner));
        }
    }
}
