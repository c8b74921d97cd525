//! Looking at one stage: a study and a corpus in, rows of CSV out.
//!
//! Byte and code-point offsets are those of the raw text, as in every table. Where zones that do not count are shown
//! too, paragraphs and sentences are numbered through them, so that their numbers differ from those of the ledger; the
//! offsets never do.

mod rows;
mod voice;

pub use voice::{VoicedHit, VoicedSentence, voiced_sentences};

use crate::coded::Coded;
use crate::corpus::CorpusOptions;
use crate::error::{Fault, Result};
use crate::inspect::inspect;
use crate::ledger::RowWriter;
use crate::named::named;
use crate::study::Study;
use crate::tables::CsvBuffer;
use std::ops::ControlFlow;

named! {
    /// What one can look at.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Stage: meaning {
        Normalised = "normalised": "paragraphs as the matcher sees them: folded, quotes and dashes made alike",
        Zones = "zones": "every stretch of the text with its zone and the rule that decided, as in zones.csv",
        Sentences = "sentences": "sentences with their places and words",
        Words = "words": "words with their places, as vocabulary.csv counts them",
        Mentions = "mentions": "hits of the codebook, as in mentions.csv",
        Rejected = "rejected": "hits that do not count, each with the reason",
        Voice = "voice": "framing hits with voice, cue, speaker, agent and target, in their sentences",
        Roles = "roles": "what speaks for each actor of a sentence as agent and target of a framing hit",
        Speakers = "speakers": "what speaks for each actor as the speaker of a framing hit",
    }
}

impl Stage {
    /// The columns of its rows.
    pub fn columns(self) -> Vec<&'static str> {
        rows::columns(self)
    }

    fn write(self, coded: &Coded<'_>, writer: &mut RowWriter<'_>, out: &mut CsvBuffer) {
        match self {
            Self::Normalised => rows::normalised(coded, out),
            Self::Zones => writer.zones(coded, out),
            Self::Sentences => rows::sentences(coded, out),
            Self::Words => rows::words(coded, out),
            Self::Mentions => writer.ledger(coded, out),
            Self::Rejected => rows::rejected(coded, out),
            Self::Voice => voice::rows(coded, out),
            Self::Roles => rows::roles(coded, out),
            Self::Speakers => rows::speakers(coded, out),
        }
    }
}

/// Hands the header and then each article's rows to `sink`, as CSV. Gives the records that could not be read.
///
/// # Errors
/// Whatever reading or the sink says.
pub fn show(
    stage: Stage,
    study: &Study,
    corpus: &CorpusOptions,
    sink: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<Vec<Fault>> {
    let mut out = CsvBuffer::default();
    for column in stage.columns() {
        out.text(column);
    }
    out.end_row();
    sink(&out.bytes)?;
    let mut writer = RowWriter::new(study);
    inspect(study, corpus, &mut |coded| {
        out.clear();
        stage.write(coded, &mut writer, &mut out);
        sink(&out.bytes)?;
        Ok(ControlFlow::Continue(()))
    })
}
