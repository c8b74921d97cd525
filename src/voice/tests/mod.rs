//! Shared by the tests of this stage.

use super::*;
use crate::codebook::{Codebook, CsvFile};
use crate::normalise::{View, Zone};
use crate::segment::{Abbreviation, AbbreviationKind, Abbreviations, Segmenter, Sentence, Tokens};
use crate::tag::{Entry, Tagger, Tags};
use crate::zones::Passage;

mod annotated;
mod rule_examples;
mod speakers;
mod traps;
mod treebank;

/// Paragraphs of a test text: its lines.
pub(super) fn passages_of(view: &View, zone: Zone) -> Vec<Passage> {
    let mut at = 0;
    let mut passages = Vec::new();
    for line in view.text().split('\n') {
        if !line.is_empty() {
            passages.push(Passage { span: NormSpan::new(at, at + line.len()), zone, rule: crate::id::RuleId(0) });
        }
        at += line.len() + 1;
    }
    passages
}

/// Sentences of a test text, with the default abbreviations.
pub(super) fn sentences_of(view: &View, passages: &[Passage]) -> Vec<Sentence> {
    let mut reader = csv::Reader::from_reader(&include_bytes!("../../../dictionaries/abbreviations.csv")[..]);
    let row = |(line, record): (usize, csv::Result<csv::StringRecord>)| {
        let record = record.expect("a row of the file");
        let kind = AbbreviationKind::from_name(&record[1]).expect("a known kind");
        Abbreviation { abbreviation: record[0].to_owned(), kind, note: String::new(), line: line as u64 + 2 }
    };
    let rows: Vec<Abbreviation> = reader.records().enumerate().map(row).collect();
    let abbreviations = Abbreviations::compile(&rows).expect("the default abbreviations compile");
    let mut sentences = Vec::new();
    Segmenter::new(&abbreviations).sentences(view, passages, &mut sentences);
    sentences
}

pub(super) struct Bench {
    pub codebook: Codebook,
    tagger: Tagger,
    voicer: Voicer,
}

/// A framing hit with its answer, in words.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub surface: String,
    pub voice: &'static str,
    pub tier: &'static str,
    pub speaker: String,
    pub agent: String,
    pub target: String,
    pub rule: &'static str,
    pub sentence: String,
}

impl Bench {
    pub fn new(codebook: Codebook) -> Self {
        let tagger = Tagger::new(&codebook).expect("the tagger compiles");
        let voicer = Voicer::new(&codebook).expect("the voicer compiles");
        Self { codebook, tagger, voicer }
    }

    /// The default cues with the given actors, aliases and terms.
    pub fn of(files: &[(&str, &str)]) -> Self {
        let cues = include_str!("../../../dictionaries/cues.csv");
        let cues = [("cues.csv", cues)];
        let files = files.iter().chain(&cues).map(|(name, text)| CsvFile::new("test", *name, *text));
        match Codebook::parse(files.collect()) {
            Ok(codebook) => Self::new(codebook),
            Err(error) => panic!("{error}"),
        }
    }

    pub fn read(&self, raw: &str) -> Vec<Answer> {
        let view = View::of(raw);
        let passages = passages_of(&view, Zone::Body);
        let sentences = sentences_of(&view, &passages);
        let (mut tags, mut tokens) = (Tags::default(), Tokens::default());
        tokens.read(&view, raw, &passages.iter().map(|passage| passage.span).collect::<Vec<_>>());
        self.tagger.tag(&view, &tokens, &sentences, None, &mut tags);
        let (mut scratch, mut voicings) = (VoiceScratch::default(), MentionVoices::default());
        self.voicer.read(&view, raw, &tokens, &passages, &sentences, &tags.mentions, &mut scratch, &mut voicings);
        let text = |span: NormSpan| raw[view.raw_span(span).range()].to_owned();
        let code = |actor: Option<crate::id::ActorId>| {
            actor.map_or(String::new(), |actor| self.codebook.actors[actor.index()].code.clone())
        };
        let mut answers = Vec::new();
        for (mention, voicing) in tags.mentions.iter().zip(voicings.iter()) {
            let (Entry::Term(_), Some(voicing)) = (mention.entry, voicing) else { continue };
            let span = view.raw_span(mention.span).range();
            answers.push(Answer {
                surface: raw[span.clone()].to_owned(),
                voice: voicing.voice.name(),
                tier: voicing.tier.name(),
                speaker: code(voicing.speaker),
                agent: code(voicing.agent),
                target: code(voicing.target),
                rule: voicing.rule,
                sentence: text(sentences[mention.sentence as usize].span),
            });
        }
        answers
    }
}

/// A small world of two conflicts for sentences made up for the tests.
pub(super) fn small_world() -> Bench {
    Bench::of(&[
        ("actors.csv", include_str!("../../../tests/data/voice_actors.csv")),
        ("aliases.csv", include_str!("../../../tests/data/voice_aliases.csv")),
        ("frames.csv", include_str!("../../../tests/data/voice_frames.csv")),
        ("terms.csv", include_str!("../../../tests/data/voice_terms.csv")),
    ])
}
