//! Sentences with their framing hits, for reading a page with the program's eyes.

use crate::coded::Coded;
use crate::inspect::one_line;
use crate::ledger::Places;
use crate::span::RawSpan;
use crate::tables::CsvBuffer;
use crate::tables::ledger::LedgerRow;
use crate::tag::Entry;
use crate::voice::RoleTrace;

/// A sentence and the framing hits in it.
#[derive(Debug, Clone)]
pub struct VoicedSentence<'a> {
    /// Number of the sentence in the article, from 1.
    pub number: u64,
    /// Line of the raw text on which it begins, from 1.
    pub line: u64,
    pub bytes: RawSpan,
    /// The rows of the ledger of its framing hits.
    pub hits: Vec<LedgerRow<'a>>,
    /// For each hit, what spoke for its agent and for its target.
    pub traces: Vec<[Option<&'a RoleTrace>; 2]>,
}

/// Every counted sentence of the article, those without a hit included.
pub fn voiced_sentences<'a>(coded: &Coded<'a>) -> Vec<VoicedSentence<'a>> {
    let mut lines = Places::new(&coded.article.raw);
    let mut sentences: Vec<VoicedSentence<'a>> = Vec::with_capacity(coded.sentences.len());
    for (number, sentence) in coded.sentences.iter().enumerate() {
        let bytes = coded.view.raw_span(sentence.span);
        sentences.push(VoicedSentence {
            number: number as u64 + 1,
            line: lines.line(bytes),
            bytes,
            hits: Vec::new(),
            traces: Vec::new(),
        });
    }
    let mut places = Places::new(&coded.article.raw);
    for (at, mention) in coded.mentions.iter().enumerate() {
        match mention.entry {
            Entry::Term(_) => {}
            Entry::Alias(_) | Entry::Variant(_) => continue,
        }
        let Some(row) = coded.ledger_row(at, &mut places) else { continue };
        let sentence = &mut sentences[mention.sentence as usize];
        sentence.hits.push(row);
        sentence.traces.push(traces(coded, at));
    }
    sentences
}

/// What spoke for the agent and the target of a mention.
fn traces<'a>(coded: &Coded<'a>, mention: usize) -> [Option<&'a RoleTrace>; 2] {
    let Some(voicing) = coded.voices[mention] else { return [None, None] };
    let of_mention = &coded.roles[coded.roles.partition_point(|trace| trace.mention < mention)..];
    let of_mention = || of_mention.iter().take_while(|trace| trace.mention == mention);
    [voicing.agent, voicing.target].map(|actor| of_mention().find(|trace| actor.is_some() && trace.actor == actor))
}

pub(super) fn rows(coded: &Coded<'_>, out: &mut CsvBuffer) {
    for sentence in voiced_sentences(coded) {
        for hit in &sentence.hits {
            out.text(&coded.article.id).integer(sentence.line).integer(sentence.number);
            out.integer(hit.start_byte).integer(hit.end_byte);
            for cell in [
                hit.code,
                hit.alias,
                hit.surface,
                hit.voice,
                hit.tier,
                hit.cue,
                hit.speaker,
                hit.agent,
                hit.target,
                hit.rule,
            ] {
                out.text(cell);
            }
            out.text(one_line(&coded.article.raw[sentence.bytes.range()]).trim());
            out.end_row();
        }
    }
}
