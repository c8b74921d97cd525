//! `mentions.csv`, the ledger: every counted hit with its place. All other tables are aggregations of it.

use super::{CsvBuffer, Source, TableSpec, integer, text};
use crate::needs::Need;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "mentions",
    needs: &[Need::Voice],
    answers: "Which words does each number count? One row a hit; every other table is an aggregation of these rows.",
    columns: &[
        text("article_id", "id of the article"),
        text("zone", "zone of the article in which the hit lies"),
        text("layer", "`actor`, `frame` or `naming`"),
        text("code", "actor, frame or pair of the codebook"),
        text("rollup", "what the hit counts for after roll-up; empty for a place use"),
        text("alias", "the entry of the codebook that matched: alias, term or variant"),
        text("kind", "kind of the entry, or `place_use` for a capital that is only a place"),
        text("surface", "the words as they stand in the raw text"),
        integer("start_byte", "first byte of the hit in the raw text"),
        integer("end_byte", "byte after the last one"),
        integer("start_char", "first code point of the hit in the raw text"),
        integer("end_char", "code point after the last one"),
        integer("line", "line of the raw text, from 1"),
        integer("paragraph", "counted paragraph of the article, from 1"),
        integer("sentence", "counted sentence of the article, from 1"),
        text("prefix", "prefix joined to the hit by a hyphen (pro, anti, non ...)"),
        text("voice", "own, hypothetical, attributed, quoted, scare or denied; empty for actors"),
        text("tier", "firm, ambiguous or none; empty for actors"),
        text("cue", "the words that decided the voice"),
        text(
            "speaker",
            "the actor to whom the words belong, rolled up; in a speech or statement own words are the `voice_owner`'s",
        ),
        text("agent", "who does it, rolled up"),
        text("target", "to whom it is done, rolled up"),
        text(
            "agent_tier",
            "firm where the rules and the ranking of actors agree, else ambiguous; none without an agent",
        ),
        text("target_tier", "the same of the target"),
        text(
            "rule",
            "the rule that decided the voice; for an actor `undated` when a date-bound alias met an article without a date",
        ),
    ],
    rows: Source::Stream,
};

/// One hit. The fields are the columns.
#[derive(Debug, Clone, Copy, Default)]
pub struct LedgerRow<'a> {
    pub article_id: &'a str,
    pub zone: &'a str,
    pub layer: &'a str,
    pub code: &'a str,
    pub rollup: &'a str,
    pub alias: &'a str,
    pub kind: &'a str,
    pub surface: &'a str,
    pub bytes: crate::span::RawSpan,
    pub chars: (u64, u64),
    pub line: u64,
    pub paragraph: u64,
    pub sentence: u64,
    pub prefix: &'a str,
    pub voice: &'a str,
    pub tier: &'a str,
    pub cue: &'a str,
    pub speaker: &'a str,
    pub agent: &'a str,
    pub target: &'a str,
    pub agent_tier: &'a str,
    pub target_tier: &'a str,
    pub rule: &'a str,
}

impl LedgerRow<'_> {
    pub fn write(&self, out: &mut CsvBuffer) {
        out.text(self.article_id)
            .plain(self.zone)
            .plain(self.layer)
            .plain(self.code)
            .plain(self.rollup)
            .text(self.alias)
            .plain(self.kind)
            .text(self.surface)
            .integer(self.bytes.start.into())
            .integer(self.bytes.end.into())
            .integer(self.chars.0)
            .integer(self.chars.1)
            .integer(self.line)
            .integer(self.paragraph)
            .integer(self.sentence)
            .plain(self.prefix)
            .plain(self.voice)
            .plain(self.tier)
            .text(self.cue)
            .plain(self.speaker)
            .plain(self.agent)
            .plain(self.target)
            .plain(self.agent_tier)
            .plain(self.target_tier)
            .plain(self.rule);
        out.end_row();
    }
}
