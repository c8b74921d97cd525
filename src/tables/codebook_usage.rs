//! `codebook_usage.csv`: how often each entry of the codebook was found and counted; entries that never matched are rows too.

use super::columns::columns;
use super::{Declared, Row, RowSink, Source, TableSpec, integer, text};
use crate::analysis::Analysis;
use crate::count::UsageTally;
use crate::id::{AliasId, TermId, VariantId};
use crate::tag::Entry;
use rustc_hash::FxHashMap;

pub(super) const TABLE: TableSpec = TableSpec {
    name: "codebook_usage",
    needs: &[],
    answers: "Which entries of the codebook match, which are dead, which are always covered or refused?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>([layer, code, entry, kind]: [&'r str; 4], usage: &'r UsageTally, groups: u64) {
        text("layer", "`actor`, `frame` or `naming`") => layer,
        text("code", "actor, frame or pair; empty for a mask") => code,
        text("entry", "alias, term or variant") => entry,
        text("kind", "kind of the entry") => kind,
        integer("n", "counted hits, place uses included") => usage.n,
        integer("n_shadowed", "hits covered by a longer or earlier one, or by a mask") => usage.n_shadowed,
        integer("n_refused", "hits refused by a guard, the date or the capitals") => usage.n_refused,
        integer("articles", "articles with a counted hit") => usage.articles,
        integer("groups", "groups with a counted hit") => groups,
        text("first_article", "smallest id of the articles with a counted hit") => usage.first.as_ref().map_or("", |first| &first.0),
        integer("first_start_byte", "raw byte at which its first counted hit begins") => usage.first.as_ref().map(|first| first.1),
    }
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let book = analysis.codebook;
    let mut entries: Vec<(&str, &str, &str, &str, Entry)> = Vec::new();
    for (at, alias) in book.aliases.iter().enumerate() {
        let code = alias.actor.map_or("", |actor| book.actors[actor.index()].code.as_str());
        entries.push(("actor", code, &alias.alias, alias.kind.name(), Entry::Alias(AliasId::new(at))));
    }
    for (at, term) in book.terms.iter().enumerate() {
        let code = term.frame.map_or("", |frame| book.frames[frame.index()].code.as_str());
        entries.push(("frame", code, &term.term, term.kind.name(), Entry::Term(TermId::new(at))));
    }
    for (at, variant) in book.variants.iter().enumerate() {
        let code = book.pairs[variant.pair.index()].code.as_str();
        entries.push(("naming", code, &variant.term, "literal", Entry::Variant(VariantId::new(at))));
    }
    entries.sort();
    let none = UsageTally::default();
    let all: FxHashMap<Entry, UsageTally> = analysis.all().counts.usage.iter().collect();
    let mut having: FxHashMap<Entry, u64> = FxHashMap::default();
    for (entry, _) in
        analysis.parts().iter().flat_map(|group| group.counts.usage.iter()).filter(|(_, usage)| usage.n > 0)
    {
        *having.entry(entry).or_default() += 1;
    }
    for (layer, code, entry, kind, id) in entries {
        let usage = all.get(&id).unwrap_or(&none);
        let groups = having.get(&id).copied().unwrap_or_default();
        out.row(&cells([layer, code, entry, kind], usage, groups));
    }
}
