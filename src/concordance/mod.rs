//! Key words in context: a [`Query`] and a corpus in, one [`Line`] a hit out, in the order of the corpus.

mod query;

pub use query::{Query, QueryOptions};

use crate::coded::Coded;
use crate::corpus::CorpusOptions;
use crate::error::{Fault, Result};
use crate::inspect::{inspect, one_line};
use crate::ledger::Places;
use crate::span::NormSpan;
use crate::study::Study;
use crate::tables::CsvBuffer;
use crate::tables::ledger::LedgerRow;
use crate::tag::{Found, Walks};
use query::WantedHit;
use std::collections::BTreeSet;
use std::ops::ControlFlow;

/// One hit with its surroundings. What the ledger says of a hit is empty for a hit of a pattern.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    pub source: &'a str,
    pub date: String,
    pub hit: LedgerRow<'a>,
    /// The paragraph before the hit, and after it, on one line.
    pub left: String,
    pub right: String,
    /// The sentence of the hit, on one line.
    pub sentence_text: String,
}

/// Characters of context that [`Line::write`] gives on either side.
pub(crate) const CONTEXT_CHARS: usize = 100;

/// The columns of a line of CSV, each with its value.
macro_rules! line_columns {
    ($line:ident => { $($name:literal: $kind:ident = $value:expr,)* }) => {
        /// The columns of [`Line::write`].
        pub const COLUMNS: &[&str] = &[$($name),*];

        impl Line<'_> {
            /// The line as a row of CSV.
            pub fn write(&self, out: &mut CsvBuffer) {
                let $line = self;
                $(out.$kind($value);)*
                out.end_row();
            }
        }
    };
}

line_columns! {
    line => {
        "article_id": text = line.hit.article_id,
        "source": text = line.source,
        "date": text = &line.date,
        "zone": text = line.hit.zone,
        "start_byte": integer = line.hit.start_byte,
        "end_byte": integer = line.hit.end_byte,
        "left": text = last_chars(&line.left, CONTEXT_CHARS),
        "hit": text = line.hit.surface,
        "right": text = first_chars(&line.right, CONTEXT_CHARS),
        "sentence": text = &line.sentence_text,
        "code": text = line.hit.code,
        "voice": text = line.hit.voice,
        "tier": text = line.hit.tier,
        "cue": text = line.hit.cue,
        "speaker": text = line.hit.speaker,
        "agent": text = line.hit.agent,
        "target": text = line.hit.target,
        "rule": text = line.hit.rule,
        "layer": text = line.hit.layer,
        "alias": text = line.hit.alias,
        "line": integer = line.hit.line,
    }
}

impl Line<'_> {
    /// The hit as it stands in the text, on one line.
    pub fn surface(&self) -> String {
        one_line(self.hit.surface)
    }
}

/// What there is to say when all hits are listed.
#[derive(Debug, Default)]
pub struct Notices {
    /// Records that could not be read.
    pub left_out: Vec<Fault>,
    /// Sources that were asked for and that no article has; empty when the sink stopped early, for then it is not known.
    pub unknown_sources: Vec<Fault>,
}

/// Hands every hit of the query to `sink` until that breaks off.
///
/// # Errors
/// Whatever reading or the sink says.
pub fn concordance(
    study: &Study,
    corpus: &CorpusOptions,
    query: &Query,
    sink: &mut dyn FnMut(&Line<'_>) -> Result<ControlFlow<()>>,
) -> Result<Notices> {
    let mut walks = Walks::default();
    let mut sources = BTreeSet::new();
    let mut broke_off = false;
    let left_out = inspect(study, corpus, &mut |coded| {
        let article = coded.article;
        if !sources.contains(&article.meta.source) {
            sources.insert(article.meta.source.clone());
        }
        if !query.takes_source(&article.meta.source) {
            return Ok(ControlFlow::Continue(()));
        }
        let mut places = Places::new(&article.raw);
        for wanted in wanted(coded, query, &mut walks) {
            if let Some(line) = line(coded, query, wanted, &mut places)
                && sink(&line)?.is_break()
            {
                broke_off = true;
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    })?;
    let unknown_sources = if broke_off { Vec::new() } else { query.unknown_sources(&sources) };
    Ok(Notices { left_out, unknown_sources })
}

/// The hits in the order of the text.
fn wanted(coded: &Coded<'_>, query: &Query, walks: &mut Walks) -> Vec<WantedHit> {
    let mut all: Vec<WantedHit> = Vec::new();
    for (at, mention) in coded.mentions.iter().enumerate() {
        if query.takes(mention.entry) {
            all.push(WantedHit { span: mention.span, sentence: mention.sentence as usize, mention: Some(at) });
        }
    }
    if let Some(pattern) = query.pattern() {
        let mut found: Vec<Found> = Vec::new();
        pattern.prepare(coded.tokens, walks);
        for (number, sentence) in coded.sentences.iter().enumerate() {
            found.clear();
            let (words, date) = (coded.tokens.of(sentence.span), coded.article.meta.date.as_ref());
            pattern.find(coded.view, words, sentence.span, date, walks, &mut |hit| found.push(hit));
            found.sort_by_key(|hit| (hit.span.start, std::cmp::Reverse(hit.span.end)));
            let mut end = 0;
            for hit in &found {
                if hit.span.start >= end {
                    end = hit.span.end;
                    all.push(WantedHit { span: hit.span, sentence: number, mention: None });
                }
            }
        }
        all.sort_by_key(|wanted| (wanted.span.start, wanted.span.end, wanted.mention));
    }
    all
}

fn line<'a>(coded: &Coded<'a>, query: &Query, wanted: WantedHit, places: &mut Places<'a>) -> Option<Line<'a>> {
    let article = coded.article;
    let sentence = &coded.sentences[wanted.sentence];
    let hit = match wanted.mention {
        Some(at) => coded.ledger_row(at, places)?,
        None => LedgerRow { layer: "pattern", ..coded.row_of_words(wanted.span, wanted.sentence, places) },
    };
    if !query.takes_voice(hit.voice) {
        return None;
    }
    let passage = coded.counted[sentence.passage as usize].span;
    let text = |span: NormSpan| one_line(&article.raw[coded.view.raw_span(span).range()]);
    let around = coded.view.raw_span(passage);
    Some(Line {
        source: &article.meta.source,
        date: article.meta.date.as_ref().map(ToString::to_string).unwrap_or_default(),
        left: one_line(&article.raw[around.start as usize..hit.start_byte as usize]),
        right: one_line(&article.raw[hit.end_byte as usize..around.end as usize]),
        sentence_text: text(sentence.span).trim().to_owned(),
        hit,
    })
}

/// The last `n` characters of a text.
pub fn last_chars(text: &str, n: usize) -> &str {
    match n.checked_sub(1) {
        None => "",
        Some(before) => text.char_indices().rev().nth(before).map_or(text, |(at, _)| &text[at..]),
    }
}

/// The first `n` characters of a text.
pub fn first_chars(text: &str, n: usize) -> &str {
    text.char_indices().nth(n).map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_is_cut_by_characters() {
        for (n, last, first) in [(0, "", ""), (2, "é!", "Ka"), (9, "Kaé!", "Kaé!")] {
            assert_eq!((last_chars("Kaé!", n), first_chars("Kaé!", n)), (last, first));
        }
    }
}
