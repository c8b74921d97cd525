//! Sentences with their framing hits, for reading a page with the program's eyes.

use crate::coded::Coded;
use crate::inspect::one_line;
use crate::ledger::Places;
use crate::span::RawSpan;
use crate::tables::CsvBuffer;
use crate::tables::ledger::LedgerRow;
use crate::tag::Entry;
use crate::voice::{RoleTrace, SpeakerTrace};

/// A sentence and the framing hits in it.
#[derive(Debug, Clone)]
pub struct VoicedSentence<'a> {
    /// Number of the sentence in the article, from 1.
    pub number: u64,
    /// Line of the raw text on which it begins, from 1.
    pub line: u64,
    pub bytes: RawSpan,
    pub hits: Vec<VoicedHit<'a>>,
}

/// A framing hit.
#[derive(Debug, Clone)]
pub struct VoicedHit<'a> {
    /// Its row of the ledger.
    pub row: LedgerRow<'a>,
    /// What spoke for the agent and for the target.
    pub traces: [Option<&'a RoleTrace>; 2],
    /// What spoke for the speaker, if one was found by what speaks for him.
    pub ranked_speaker: Option<&'a SpeakerTrace>,
}

/// Every counted sentence of the article, those without a hit included.
pub fn voiced_sentences<'a>(coded: &Coded<'a>) -> Vec<VoicedSentence<'a>> {
    let mut lines = Places::new(&coded.article.raw);
    let mut sentences: Vec<VoicedSentence<'a>> = Vec::with_capacity(coded.sentences.len());
    for (number, sentence) in coded.sentences.iter().enumerate() {
        let bytes = coded.view.raw_span(sentence.span);
        sentences.push(VoicedSentence { number: number as u64 + 1, line: lines.line(bytes), bytes, hits: Vec::new() });
    }
    let mut places = Places::new(&coded.article.raw);
    for (at, mention) in coded.mentions.iter().enumerate() {
        match mention.entry {
            Entry::Term(_) => {}
            Entry::Alias(_) | Entry::Variant(_) => continue,
        }
        let Some(row) = coded.ledger_row(at, &mut places) else { continue };
        let hit = VoicedHit { row, traces: traces(coded, at), ranked_speaker: ranked_speaker(coded, at) };
        sentences[mention.sentence as usize].hits.push(hit);
    }
    sentences
}

/// What spoke for the agent and the target of a mention.
fn traces<'a>(coded: &Coded<'a>, mention: usize) -> [Option<&'a RoleTrace>; 2] {
    let Some(voicing) = coded.voices.of(mention) else { return [None, None] };
    let of_mention = &coded.roles[coded.roles.partition_point(|trace| trace.mention < mention)..];
    let of_mention = || of_mention.iter().take_while(|trace| trace.mention == mention);
    [voicing.agent, voicing.target].map(|actor| of_mention().find(|trace| actor.is_some() && trace.actor == actor))
}

fn ranked_speaker<'a>(coded: &Coded<'a>, mention: usize) -> Option<&'a SpeakerTrace> {
    let speaker = coded.voices.of(mention)?.speaker?;
    let from = coded.ranked_speakers.partition_point(|trace| trace.mention < mention);
    let of_mention = coded.ranked_speakers[from..].iter().take_while(|trace| trace.mention == mention);
    of_mention.into_iter().find(|trace| trace.actor == Some(speaker))
}

pub(super) fn rows(coded: &Coded<'_>, out: &mut CsvBuffer) {
    for sentence in voiced_sentences(coded) {
        for hit in &sentence.hits {
            out.text(&coded.article.id).integer(sentence.line).integer(sentence.number);
            out.integer(hit.row.start_byte).integer(hit.row.end_byte);
            for cell in [
                hit.row.code,
                hit.row.alias,
                hit.row.surface,
                hit.row.voice,
                hit.row.tier,
                hit.row.cue,
                hit.row.speaker,
                hit.row.agent,
                hit.row.target,
                hit.row.rule,
            ] {
                out.text(cell);
            }
            out.text(one_line(&coded.article.raw[sentence.bytes.range()]).trim());
            out.end_row();
        }
    }
}
