//! `mentions.csv`, the ledger: every counted hit with its place. All other tables are aggregations of it.

use super::columns::record;
use super::{CsvBuffer, Declared, Source, TableSpec, integer, text};
use crate::needs::Need;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "mentions",
    needs: &[Need::Voice],
    answers: "Which words does each number count? One row a hit; every other table is an aggregation of these rows.",
    columns: COLUMNS,
    rows: Source::Stream,
};

record! {
    COLUMNS,
    /// One hit.
    LedgerRow {
        article_id: text = "id of the article",
        zone: text = "zone of the article in which the hit lies",
        layer: text = "`actor`, `frame` or `naming`",
        code: text = "actor, frame or pair of the codebook",
        rollup: text = "what the hit counts for after roll-up; empty for a place use",
        alias: text = "the entry of the codebook that matched: alias, term or variant",
        kind: text = "kind of the entry, or `place_use` for a capital that is only a place",
        surface: text = "the words as they stand in the raw text",
        start_byte: integer = "first byte of the hit in the raw text",
        end_byte: integer = "byte after the last one",
        start_char: integer = "first code point of the hit in the raw text",
        end_char: integer = "code point after the last one",
        line: integer = "line of the raw text, from 1",
        paragraph: integer = "counted paragraph of the article, from 1",
        sentence: integer = "counted sentence of the article, from 1",
        prefix: text = "prefix joined to the hit by a hyphen (pro, anti, non ...)",
        voice: text = "own, hypothetical, attributed, quoted, scare or denied; empty for actors",
        tier: text = "firm, ambiguous or none; empty for actors",
        cue: text = "the words that decided the voice",
        speaker: text = "the actor to whom the words belong, rolled up; in a speech or statement own words are the \
                         `voice_owner`'s",
        agent: text = "who does it, rolled up",
        target: text = "to whom it is done, rolled up",
        agent_tier: text = "firm where the rules and the ranking of actors agree, else ambiguous; none without an agent",
        target_tier: text = "the same of the target",
        rule: text = "the rule that decided the voice; for an actor `undated` when a date-bound alias met an article \
                      without a date",
    }
}

impl LedgerRow<'_> {
    /// The bytes of the raw text that are the hit.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start_byte as usize..self.end_byte as usize
    }
}
