//! `datapackage.json`: Data Package v2 with the meaning of every column and the hash of every file.

use super::facts::{Facts, ReportPage, WrittenTable};
use super::guide::kind;
use crate::codebook::hex;
use crate::corpus::ReadAs;
use crate::count::{CodingUnit, UnitCounts};
use crate::output::FileHash;
use crate::tables::TableColumn;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

pub(super) fn package(facts: &Facts<'_>, files: &[FileHash]) -> String {
    let tables = &facts.written;
    let (mut resources, mut others) = (Vec::new(), Vec::new());
    for file in files {
        match tables.iter().find(|table| file.path == format!("{}.csv", table.name)) {
            Some(table) => resources.push(resource(table, file)),
            None => others.push(json!({
                "path": file.path,
                "bytes": file.bytes,
                "hash": format!("sha256:{}", file.sha256),
            })),
        }
    }
    let codebook = &facts.study.codebook;
    let codebook_files: Vec<Value> = codebook
        .files
        .iter()
        .map(|(name, sha256)| json!({ "path": name, "hash": format!("sha256:{sha256}") }))
        .collect();
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "framescope-output",
        "title": "How sources frame a conflict: counts of actors, framing terms and their voices",
        "description": "Tables written by framescope. Empty cells are undefined values. README.md says what each table answers.",
        "framescope": env!("CARGO_PKG_VERSION"),
        "options": options(facts),
        "codebook": { "fingerprint": format!("sha256:{}", codebook.fingerprint), "files": codebook_files },
        "inputs": inputs(facts),
        "pairs_without_rows": pairs_without_rows(facts),
        "rows_left_out": facts.left_out,
        "files": others,
        "resources": resources,
    });
    if !facts.only.is_empty()
        && let Some(package) = package.as_object_mut()
    {
        let note = format!("written with --only: other tables than {} were not asked for", facts.only.join(", "));
        package.insert("only".into(), json!(facts.only));
        package.insert("note".into(), json!(note));
    }
    // A map with text keys and plain values always has a JSON text.
    let mut text = serde_json::to_string_pretty(&package).unwrap_or_default();
    text.push('\n');
    text
}

fn resource(table: &WrittenTable, file: &FileHash) -> Value {
    json!({
        "name": table.name,
        "type": "table",
        "path": file.path,
        "description": table.answers,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": format!("sha256:{}", file.sha256),
        "schema": { "fields": table.fields.iter().map(field).collect::<Vec<_>>(), "missingValues": [""] },
    })
}

fn field(field: &TableColumn) -> Value {
    json!({ "name": field.name, "type": kind(field.kind), "description": field.about })
}

/// An option of reading.
type ReadOption = fn(&ReadAs) -> &Option<String>;

/// The options of reading that are texts.
const READ_AS: [(&str, ReadOption); 8] = [
    ("input_format", |read| &read.input_format),
    ("name_pattern", |read| &read.name_pattern),
    ("text_column", |read| &read.text_column),
    ("id_column", |read| &read.id_column),
    ("source_column", |read| &read.source_column),
    ("date_column", |read| &read.date_column),
    ("title_column", |read| &read.title_column),
    ("date_order", |read| &read.date_order),
];

/// Every setting that can change a byte of the output; the number of threads cannot.
fn options(facts: &Facts<'_>) -> Value {
    let mut options = serde_json::Map::new();
    for (name, value) in facts.study.fingerprint_parts() {
        if !matches!(name, "program" | "codebook") {
            options.insert(name.into(), json!(value));
        }
    }
    let study = &facts.study.options;
    options.insert("reference".into(), json!(study.reference));
    options.insert("measures".into(), json!(if study.measures.are_all() { "all" } else { "default" }));
    options.insert("seed".into(), json!(study.seed));
    if let Some(hand) = &facts.study.tables.hand {
        let files: BTreeSet<String> = hand.files.iter().map(|(_, sha256)| format!("sha256:{sha256}")).collect();
        options.insert("coded".into(), json!(files));
    }
    options.insert("only".into(), json!(facts.only));
    options.insert("report".into(), json!(facts.options.page == ReportPage::Yes));
    options.insert("excel".into(), json!(facts.options.excel == super::Excel::Yes));
    options.insert("format".into(), json!(facts.options.format.name()));
    for (name, option) in READ_AS {
        options.insert(name.into(), read_as(facts, option));
    }
    if facts.read_as.iter().any(|read| read.duplicates.is_some()) {
        options.insert("duplicates".into(), read_as(facts, |read| &read.duplicates));
    }
    options.insert("max_article".into(), one_or_all(facts.read_as.iter().map(|read| read.max_article)));
    Value::Object(options)
}

/// The value of an option of reading; all values in an array when the counts of corpora read in several ways were added.
fn read_as(facts: &Facts<'_>, option: ReadOption) -> Value {
    one_or_all(facts.read_as.iter().map(option))
}

fn one_or_all<T: serde::Serialize + Ord>(values: impl Iterator<Item = T>) -> Value {
    let values: BTreeSet<T> = values.collect();
    match values.first() {
        Some(value) if values.len() == 1 => json!(value),
        Some(_) => json!(values),
        None => Value::Null,
    }
}

/// The articles as one hash: it changes when an article is added, removed, renamed or edited.
fn inputs(facts: &Facts<'_>) -> Value {
    let counts = facts.analysis.counts;
    let mut all = Sha256::new();
    for record in counts.articles.iter() {
        all.update(format!("{} {}\n", hex(&record.open().sha256), record.id()));
    }
    json!({
        "articles": counts.articles.len(),
        "records_left_out": counts.bad_records.len(),
        "hash": format!("sha256:{}", hex(&all.finalize())),
    })
}

/// Pairs that were never observed in a unit have no row; this is how many there are, over what occurs in the corpus.
fn pairs_without_rows(facts: &Facts<'_>) -> Value {
    let never = |things: u64, seen: usize| (things * things.saturating_sub(1) / 2).saturating_sub(seen as u64);
    let of = |(unit, counts): (&CodingUnit, &UnitCounts)| {
        let (actors, frames) = (counts.actors.len() as u64, counts.frames.len() as u64);
        json!({
            "unit": unit.name(),
            "actors": actors,
            "frames": frames,
            "actor_cooccurrence": never(actors, counts.actor_pairs.len()),
            "frame_cooccurrence": never(frames, counts.frame_pairs.len()),
            "actor_frame": (actors * frames).saturating_sub(counts.actor_frames.len() as u64),
        })
    };
    facts.analysis.all().counts.units.iter().map(of).collect()
}
