//! The hits in columns, with the texts they stand in. Places are UTF-16 units, as the script of the page counts.

use super::super::inert::inert;
use super::super::texts::{Depth, NOWHERE, ReportText, Stretch, TextArticle, TextHit, TextLayer, Texts};
use crate::codebook::{AliasKind, Codebook};
use crate::count::Demonyms;
use crate::normalise::Zone;
use crate::study::Study;
use crate::voice::{RULES, Tier, Voice};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The columns of the hits, in the order of [`HitColumns::push`].
const COLUMNS: [&str; 14] = [
    "entry",
    "sentence",
    "start",
    "length",
    "byte",
    "line",
    "permille",
    "voice",
    "tier",
    "rule",
    "cue",
    "cueLength",
    "speaker",
    "agent",
];

/// What the page gets. Hits are many: no value of JSON is made of each of their numbers.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::report) struct HitsPayload<'t> {
    actors: Vec<&'t str>,
    articles: Vec<Value>,
    articles_total: u64,
    depth: &'static str,
    entries: Vec<Value>,
    hits: BTreeMap<&'static str, Vec<i64>>,
    hits_total: u64,
    rules: Vec<Value>,
    tiers: Vec<&'static str>,
    voices: Vec<&'static str>,
    zones: Vec<Value>,
}

pub(in crate::report) fn hits<'t>(texts: &'t Texts, study: &'t Study, allowed: ReportText) -> HitsPayload<'t> {
    let book = &study.codebook;
    let mut entries = Entries::default();
    let mut columns = HitColumns::default();
    let articles: Vec<Value> = texts
        .articles
        .iter()
        .map(|article| {
            let counted: Vec<&TextHit> = article.hits.iter().filter(|hit| is_counted(hit, study)).collect();
            let place = TextPlaces::of(article, allowed);
            let mut before = 0;
            for hit in &counted {
                let sentence = place.sentence(hit);
                let in_sentence = |stretch: Stretch| {
                    let inside = sentence.filter(|(from, until)| *from <= stretch.0 && stretch.1 <= *until)?;
                    Some((place.unit(stretch.0) - place.unit(inside.0), place.unit(stretch.1) - place.unit(stretch.0)))
                };
                let known = |stretch: Stretch| (stretch.0 != NOWHERE).then(|| in_sentence(stretch)).flatten();
                let pair = |found: Option<(i64, i64)>| found.unwrap_or((-1, 0));
                let ((start, length), (cue, cue_length)) = (pair(known(hit.span)), pair(known(hit.cue)));
                let byte = i64::from(hit.byte);
                // Pairs are looked for in one sentence also where its words are not in the page.
                let sentence = if hit.sentence == NOWHERE { -1 } else { i64::from(hit.sentence) };
                let [speaker, agent, target] = hit.roles.map(i64::from);
                columns.push([
                    entries.place(hit),
                    sentence,
                    start,
                    length,
                    byte - before,
                    i64::from(hit.line),
                    i64::from(hit.permille),
                    i64::from(hit.voice),
                    i64::from(hit.tier()),
                    i64::from(hit.rule),
                    cue,
                    cue_length,
                    speaker,
                    agent,
                ]);
                columns.targets.push(target);
                before = byte;
            }
            place.json(article, counted.len())
        })
        .collect();
    let names: Vec<&str> = std::iter::once("").chain(book.actors.iter().map(|actor| actor.code.as_str())).collect();
    let zone = |zone: &Zone| json!({ "name": zone.name(), "counted": study.is_counted(*zone) });
    HitsPayload {
        actors: names,
        articles,
        articles_total: texts.articles_total,
        depth: match (allowed, texts.depth) {
            (_, Depth::Sample) => "sample",
            (ReportText::None, _) => "none",
            (_, Depth::Sentences) => "sentences",
            (_, Depth::Articles) => "articles",
        },
        entries: entries.json(book),
        hits: columns.by_name(),
        hits_total: texts.hits_total,
        rules: RULES.iter().map(|rule| json!({ "name": rule.name, "says": rule.says })).collect(),
        tiers: Tier::ALL.map(Tier::name).to_vec(),
        voices: Voice::ALL.map(Voice::name).to_vec(),
        zones: Zone::ALL.iter().map(zone).collect(),
    }
}

/// Demonyms may be left out of the counts.
fn is_counted(hit: &TextHit, study: &Study) -> bool {
    let kind = || study.codebook.aliases[hit.entry as usize].kind;
    hit.layer != TextLayer::Actor || study.counting.demonyms == Demonyms::Counted || kind() != AliasKind::Demonym
}

/// The entries that have a hit, in the order of their first one.
#[derive(Default)]
struct Entries {
    places: BTreeMap<(u8, u32), i64>,
    order: Vec<(TextLayer, u32)>,
}

impl Entries {
    fn place(&mut self, hit: &TextHit) -> i64 {
        let next = self.order.len() as i64;
        *self.places.entry((hit.layer as u8, hit.entry)).or_insert_with(|| {
            self.order.push((hit.layer, hit.entry));
            next
        })
    }

    fn json(&self, book: &Codebook) -> Vec<Value> {
        let entry = |(layer, number): &(TextLayer, u32)| {
            let number = *number as usize;
            match layer {
                TextLayer::Frame => {
                    let term = &book.terms[number];
                    let frame = term.frame.map(|frame| &book.frames[frame.index()]);
                    let (code, name) = frame.map_or(("", ""), |frame| (frame.code.as_str(), frame.name.as_str()));
                    json!({
                        "layer": "frame", "code": code, "name": inert(name), "term": inert(&term.term),
                        "force": term.force().name(), "voiced": true,
                    })
                }
                TextLayer::Actor | TextLayer::Place => {
                    let alias = &book.aliases[number];
                    let actor = alias.actor.map(|id| (&book.actors[id.index()], &book.actors[book.rollup(id).index()]));
                    let (code, name) = actor.map_or(("", ""), |(actor, _)| (actor.code.as_str(), actor.name.as_str()));
                    let roll = actor.map_or("", |(_, roll)| roll.code.as_str());
                    let layer = if *layer == TextLayer::Actor { "actor" } else { "place" };
                    json!({ "layer": layer, "code": code, "name": inert(name), "roll": roll, "term": inert(&alias.alias) })
                }
                TextLayer::Quotation => json!({ "layer": "quotation", "code": "", "name": "quotation", "term": "" }),
                TextLayer::Naming => {
                    let variant = &book.variants[number];
                    let pair = &book.pairs[variant.pair.index()];
                    json!({
                        "layer": "naming", "code": pair.code, "name": inert(&pair.object), "pole": inert(&variant.pole),
                        "term": inert(&variant.term), "voiced": true,
                    })
                }
            }
        };
        self.order.iter().map(entry).collect()
    }
}

#[derive(Default)]
struct HitColumns {
    columns: [Vec<i64>; COLUMNS.len()],
    targets: Vec<i64>,
}

impl HitColumns {
    fn push(&mut self, values: [i64; COLUMNS.len()]) {
        for (column, value) in self.columns.iter_mut().zip(values) {
            column.push(value);
        }
    }

    fn by_name(self) -> BTreeMap<&'static str, Vec<i64>> {
        COLUMNS.into_iter().zip(self.columns).chain([("target", self.targets)]).collect()
    }
}

/// The text of an article as the page gets it, and where bytes of it lie there.
struct TextPlaces<'t> {
    article: &'t TextArticle,
    allowed: ReportText,
    /// UTF-16 units before each byte that begins a character; nothing for ASCII.
    units: Vec<u32>,
}

impl<'t> TextPlaces<'t> {
    fn of(article: &'t TextArticle, allowed: ReportText) -> Self {
        let mut units = Vec::new();
        if !article.text.is_ascii() {
            units.reserve(article.text.len() + 1);
            let mut sum = 0;
            for c in article.text.chars() {
                units.resize(units.len() + c.len_utf8(), sum);
                sum += c.len_utf16() as u32;
            }
            units.push(sum);
        }
        Self { article, allowed, units }
    }

    fn unit(&self, byte: u32) -> i64 {
        self.units.get(byte as usize).map_or(i64::from(byte), |unit| i64::from(*unit))
    }

    fn sentence(&self, hit: &TextHit) -> Option<Stretch> {
        let is_here = self.allowed != ReportText::None;
        is_here.then(|| self.article.sentences.get(hit.sentence as usize).copied()).flatten()
    }

    fn json(&self, article: &TextArticle, hits: usize) -> Value {
        let is_here = self.allowed != ReportText::None;
        let mut end = 0;
        let mut sentences = Vec::new();
        for (from, until) in article.sentences.iter().filter(|_| is_here) {
            let (from, until) = (self.unit(*from), self.unit(*until));
            sentences.extend([from - end, until - from]);
            end = until;
        }
        let passage = |(from, until, zone): &(u32, u32, u8)| json!([self.unit(*from), self.unit(*until), zone]);
        let passages: Vec<Value> = article.passages.iter().filter(|_| is_here).map(passage).collect();
        json!({
            "id": inert(&article.id),
            "source": inert(&article.source),
            "date": article.date,
            "title": inert(&article.title),
            "group": inert(&article.group.join(" / ")),
            "whole": article.is_whole && is_here,
            "text": if is_here { inert(&article.text) } else { String::new() },
            "sentences": sentences,
            "passages": passages,
            "n": hits,
        })
    }
}
