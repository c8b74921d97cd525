//! The rows of the tables that are written while the corpus is read: the coded article in, CSV out.
//!
//! Most of a row is the same for every hit of an entry of the codebook, or for every hit of a paragraph: these cells
//! are written out once and copied.

mod entries;
mod places;
mod row;

pub use places::Places;

use crate::codebook::Stance;
use crate::coded::Coded;
use crate::error::Result;
use crate::study::Study;
use crate::tables::digits::Integers;
use crate::tables::quotations::QuotationRow;
use crate::tables::zones::ZoneRow;
use crate::tables::{CsvBuffer, write_text};
use crate::voice::Voicing;
use entries::EntryCells;

/// Writes the rows of ledger, zones and quotations for one worker.
#[derive(Debug)]
pub struct RowWriter<'s> {
    study: &'s Study,
    entries: EntryCells,
    /// The cells that all hits of a paragraph begin with.
    head: Vec<u8>,
    /// Line, paragraph and sentence, with a comma before each, and [`NOTHING_MORE`].
    tail: Vec<u8>,
}

/// What follows the integers in most rows: no prefix, no voice, no rule.
const NOTHING_MORE: &[u8] = b",,,,,,,,,,\n";

impl<'s> RowWriter<'s> {
    pub fn new(study: &'s Study) -> Self {
        Self { study, entries: EntryCells::new(&study.codebook), head: Vec::new(), tail: Vec::new() }
    }

    /// The article's rows of the ledger: counted hits, in the order of the text. The columns are those of
    /// [`LedgerRow`](crate::tables::ledger::LedgerRow).
    pub fn ledger(&mut self, coded: &Coded<'_>, out: &mut CsvBuffer) {
        // Nothing is handed on that could fail.
        let _ = self.ledger_in_parts(coded, out, |_| Ok(()));
    }

    /// The same; before each row `made` sees those that are there, and may take them.
    ///
    /// # Errors
    /// What `made` says.
    pub fn ledger_in_parts(
        &mut self,
        coded: &Coded<'_>,
        out: &mut CsvBuffer,
        mut made: impl FnMut(&mut CsvBuffer) -> Result<()>,
    ) -> Result<()> {
        let article = coded.article;
        let mut places = Places::new(&article.raw);
        let mut spans = coded.view.alignment().forward();
        let (mut paragraph, mut place) = (None, None);
        for (at, mention) in coded.mentions.iter().enumerate() {
            let Some(cells) = self.entries.get(mention) else { continue };
            if !coded.is_kept(at) {
                continue;
            }
            made(out)?;
            let sentence = &coded.sentences[mention.sentence as usize];
            if paragraph != Some(sentence.passage) {
                paragraph = Some(sentence.passage);
                self.head.clear();
                write_text(&article.id, &mut self.head);
                self.head.push(b',');
                self.head.extend_from_slice(coded.zone_of(sentence).name().as_bytes());
                self.head.push(b',');
            }
            let bytes = spans.raw_span(mention.span);
            let (chars, line) = (places.chars(bytes), places.line(bytes));
            if place != Some((mention.sentence, line)) {
                place = Some((mention.sentence, line));
                let mut numbers = Integers::<63>::of(u64::from(mention.sentence) + 1);
                numbers.before(u64::from(sentence.passage) + 1);
                numbers.before(line);
                self.tail.clear();
                self.tail.extend_from_slice(numbers.after_comma());
                self.tail.extend_from_slice(NOTHING_MORE);
            }
            let mut numbers = Integers::<84>::of(chars.1);
            numbers.before(chars.0);
            numbers.before(bytes.end.into());
            numbers.before(bytes.start.into());
            let out = &mut out.bytes;
            out.extend_from_slice(&self.head);
            out.extend_from_slice(cells);
            write_text(&article.raw[bytes.range()], out);
            out.extend_from_slice(numbers.after_comma());
            let prefix = coded.prefix(mention.span, sentence.span);
            match coded.voices.of(at) {
                None if prefix.is_empty() && article.meta.date.is_some() => out.extend_from_slice(&self.tail),
                voicing => {
                    out.extend_from_slice(&self.tail[..self.tail.len() - NOTHING_MORE.len()]);
                    self.end_row(coded, at, prefix, voicing, out);
                }
            }
        }
        Ok(())
    }

    /// Writes the rest of a row, behind its prefix.
    fn end_row(&self, coded: &Coded<'_>, at: usize, prefix: &str, voicing: Option<&Voicing>, out: &mut Vec<u8>) {
        let book = &self.study.codebook;
        plain(prefix, out);
        if let Some(voicing) = voicing {
            plain(voicing.voice.name(), out);
            plain(voicing.tier.name(), out);
            out.push(b',');
            if let Some(cue) = voicing.cue {
                write_text(&coded.article.raw[coded.view.raw_span(cue).range()], out);
            }
            for actor in [voicing.speaker, voicing.agent, voicing.target] {
                plain(row::code(book, actor), out);
            }
            plain(voicing.agent_tier.name(), out);
            plain(voicing.target_tier.name(), out);
            plain(voicing.rule, out);
        } else {
            out.extend_from_slice(b",,,,,,,,");
            plain(row::rule_of_actor(book, coded.article, &coded.mentions[at]), out);
        }
        out.push(b'\n');
    }

    /// The article's rows of `quotations.csv`, in the order of the text.
    pub fn quotations(&self, coded: &Coded<'_>, out: &mut CsvBuffer) {
        let article = coded.article;
        let mut places = Places::new(&article.raw);
        let mut spans = coded.view.alignment().forward();
        for speech in coded.speeches.iter().filter(|speech| speech.is_direct()) {
            let bytes = spans.raw_span(speech.span);
            let (start_char, end_char) = places.chars(bytes);
            let row = QuotationRow {
                article_id: &article.id,
                start_byte: bytes.start.into(),
                end_byte: bytes.end.into(),
                start_char,
                end_char,
                line: places.line(bytes),
                speaker: row::code(&self.study.codebook, speech.speaker),
                cue: speech.cue.map_or("", |cue| &article.raw[coded.view.raw_span(cue).range()]),
                stance: speech.stance.map_or("", Stance::name),
                words: speech.words.into(),
                quotation: &article.raw[bytes.range()],
            };
            row.write(out);
        }
    }

    /// The article's rows of `zones.csv`.
    pub fn zones(&self, coded: &Coded<'_>, out: &mut CsvBuffer) {
        let article = coded.article;
        let mut places = Places::new(&article.raw);
        let mut spans = coded.view.alignment().forward();
        for passage in coded.passages {
            let bytes = spans.raw_span(passage.span);
            let (start_char, end_char) = places.chars(bytes);
            let row = ZoneRow {
                article_id: &article.id,
                start_byte: bytes.start.into(),
                end_byte: bytes.end.into(),
                start_char,
                end_char,
                zone: passage.zone.name(),
                rule: self.study.codebook.zoner.rule_name(passage.rule),
                words: coded.view.words_in(passage.span) as u64,
                counted: self.study.is_counted(passage.zone),
            };
            row.write(out);
        }
    }
}

/// A cell that needs no quotes, after another one.
fn plain(text: &str, out: &mut Vec<u8>) {
    out.push(b',');
    out.extend_from_slice(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Codebook;
    use crate::corpus::{CorpusOptions, Input};
    use crate::inspect::inspect;
    use crate::study::StudyOptions;
    use std::ops::ControlFlow;

    /// Cells with quotes, prefixes, places, voices, several lines, and what is no ASCII.
    const ODD: &str = r#"{"id":"a,\"1\"","source":"s","text":"Pro-Russian forces\nof Türkiye’s “anti-Armenian\naggression”, Baku-based aides said.\n\nOfficials in Baku: the so-called “genocide” — Ilham\u00a0 Aliyev denied it."}
{"id":"b","source":"s","date":"2020-10-01","text":"Azerbaijan’s aggression, he claimed, was \"ethnic\u00ad cleansing\" of the United\r\nStates."}"#;

    #[test]
    fn a_row_has_the_same_bytes_as_its_cells_apart() {
        let study = Study::new(Codebook::embedded().expect("the codebook"), StudyOptions::default()).expect("a study");
        let odd = tempfile::Builder::new().suffix(".jsonl").tempfile().expect("a file");
        std::fs::write(odd.path(), ODD).expect("written");
        let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds").into();
        let inputs = vec![Input::Path(odd.path().into()), Input::Path(seeds)];
        let corpus = CorpusOptions { inputs, ..CorpusOptions::default() };
        let mut writer = RowWriter::new(&study);
        let mut rows = 0;
        let left_out = inspect(&study, &corpus, &mut |coded| {
            let (mut together, mut apart) = (CsvBuffer::default(), CsvBuffer::default());
            writer.ledger(coded, &mut together);
            let mut places = Places::new(&coded.article.raw);
            for at in 0..coded.mentions.len() {
                if let Some(row) = coded.ledger_row(at, &mut places) {
                    row.write(&mut apart);
                    rows += 1;
                }
            }
            assert_eq!(String::from_utf8_lossy(&together.bytes), String::from_utf8_lossy(&apart.bytes));
            Ok(ControlFlow::Continue(()))
        });
        assert!(left_out.expect("read").is_empty());
        assert!(rows > 100, "only {rows} rows");
    }
}
