//! One row of the ledger with its cells apart, for those who look at single hits.

use super::Places;
use crate::codebook::Codebook;
use crate::coded::Coded;
use crate::corpus::Article;
use crate::id::ActorId;
use crate::span::NormSpan;
use crate::tables::ledger::LedgerRow;
use crate::tag::{Entry, Mention, Usage};

/// Prefixes recorded beside a hit they are joined to by a hyphen.
const PREFIXES: [&str; 14] =
    ["anti", "counter", "ex", "inter", "mid", "neo", "non", "over", "post", "pre", "pro", "pseudo", "trans", "un"];

impl<'a> Coded<'a> {
    /// One row of the ledger; `None` for a framing hit that the study's filter leaves out.
    pub fn ledger_row(&self, at: usize, places: &mut Places<'a>) -> Option<LedgerRow<'a>> {
        let Self { article, codebook: book, .. } = *self;
        let mention = &self.mentions[at];
        if !self.is_kept(at) {
            return None;
        }
        let sentence = mention.sentence as usize;
        let mut row = self.row_of_words(mention.span, sentence, places);
        row.prefix = self.prefix(mention.span, self.sentences[sentence].span);
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
                row.rule = rule_of_actor(book, article, mention);
            }
            Entry::Term(term) => {
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
        if let Some(voicing) = self.voices.of(at) {
            row.voice = voicing.voice.name();
            row.tier = voicing.tier.name();
            row.cue = voicing.cue.map_or("", |cue| &article.raw[self.view.raw_span(cue).range()]);
            row.speaker = code(book, voicing.speaker);
            row.agent = code(book, voicing.agent);
            row.target = code(book, voicing.target);
            row.agent_tier = voicing.agent_tier.name();
            row.target_tier = voicing.target_tier.name();
            row.rule = voicing.rule;
        }
        Some(row)
    }

    /// Where some words of a sentence stand; nothing of what they are.
    pub(crate) fn row_of_words(&self, span: NormSpan, sentence: usize, places: &mut Places<'a>) -> LedgerRow<'a> {
        let bytes = self.view.raw_span(span);
        let (start_char, end_char) = places.chars(bytes);
        let passage = self.sentences[sentence].passage;
        LedgerRow {
            article_id: &self.article.id,
            zone: self.counted[passage as usize].zone.name(),
            surface: &self.article.raw[bytes.range()],
            start_byte: bytes.start.into(),
            end_byte: bytes.end.into(),
            start_char,
            end_char,
            line: places.line(bytes),
            paragraph: u64::from(passage) + 1,
            sentence: sentence as u64 + 1,
            ..LedgerRow::default()
        }
    }

    pub(super) fn prefix(&self, span: NormSpan, sentence: NormSpan) -> &'static str {
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
}

pub(super) fn code(book: &Codebook, actor: Option<ActorId>) -> &str {
    actor.map_or("", |actor| &book.actors[actor.index()].code)
}

/// `undated` where a date-bound alias matched in an article without a date.
pub(super) fn rule_of_actor(book: &Codebook, article: &Article, mention: &Mention) -> &'static str {
    match mention.entry {
        Entry::Alias(alias) if article.meta.date.is_none() && !book.aliases[alias.index()].dates.is_open() => "undated",
        Entry::Alias(_) | Entry::Term(_) | Entry::Variant(_) => "",
    }
}
