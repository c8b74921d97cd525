//! Sentences with their framing hits, for reading a page with the program's eyes.

use crate::coded::Coded;
use crate::inspect::one_line;
use crate::ledger::Places;
use crate::span::RawSpan;
use crate::tables::CsvBuffer;
use crate::tables::ledger::LedgerRow;
use crate::tag::Entry;

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
        sentences[mention.sentence as usize].hits.push(row);
    }
    sentences
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
