//! The figures of the report as Vega-Lite specifications with their data inside, for notebooks and their viewers.

use super::facts::Facts;
use super::figure::{self, GroupChoice, Matrix, Shares};
use super::palette::{self, KINDS, STEPS};
use crate::voice::Voice;
use serde_json::{Value, json};

const SCHEMA: &str = "https://vega.github.io/schema/vega-lite/v5.json";

/// Name of the file and text of each specification, for the figures that the tables allow.
pub(super) fn specifications(facts: &Facts<'_>, groups: &GroupChoice) -> Vec<(String, String)> {
    let mut specs: Vec<(&str, Value)> = Vec::new();
    if let Some(matrix) = figure::frames_by_group(facts, groups) {
        specs.push(("frames", heat_map("Frames by group: hits per 1,000 counted words", &matrix)));
    }
    if let Some(shares) = figure::voices(facts, groups) {
        specs.push(("voices", voices(&shares)));
    }
    if let Some(pairs) = figure::naming(facts, groups) {
        specs.push(("naming", naming(&pairs)));
    }
    if let Some(matrix) = figure::actors_by_group(facts, groups) {
        specs.push(("actors", heat_map("Actors by group: mentions per 1,000 counted words", &matrix)));
    }
    if let Some(graph) = figure::graph(facts) {
        specs.push(("network", network(&graph)));
    }
    if let Some(matrix) = figure::actor_frame(facts) {
        specs.push(("actor_frame", heat_map("Actors and frames in one unit: npmi", &matrix)));
    }
    if let Some(effects) = figure::effects(facts, groups) {
        specs.push(("keyness", keyness(&effects)));
    }
    if let Some(xray) = figure::xray(facts) {
        specs.push(("xray", dispersion(&xray)));
    }
    if let Some(trend) = figure::trend(facts) {
        specs.push(("trend", trend_lines(&trend)));
    }
    specs.into_iter().map(|(name, spec)| (format!("charts/{name}.vl.json"), in_lines(spec))).collect()
}

/// A specification as text, its values a line each: with a line for each of their parts a file would be thrice as large.
fn in_lines(mut spec: Value) -> String {
    let values = spec["data"]["values"].take();
    let text = format!("{spec:#}\n");
    let lines: Vec<String> = values.as_array().into_iter().flatten().map(|value| format!("      {value}")).collect();
    let between = if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n    ]", lines.join(",\n")) };
    text.replacen("\"values\": null", &format!("\"values\": {between}"), 1)
}

fn spec(title: &str, values: Vec<Value>, mark: Value, encoding: Value) -> Value {
    json!({
        "$schema": SCHEMA,
        "title": title,
        "data": { "values": values },
        "mark": mark,
        "encoding": encoding,
    })
}

/// Values have the twelve digits of the tables.
fn number(value: f64) -> Value {
    crate::tables::number_text(value).parse::<f64>().map_or(Value::Null, |value| json!(value))
}

fn optional(value: Option<f64>) -> Value {
    value.map_or(Value::Null, number)
}

fn heat_map(title: &str, matrix: &Matrix) -> Value {
    let mut values = Vec::new();
    for (row, cells) in matrix.rows.iter().zip(&matrix.cells) {
        for (column, cell) in matrix.columns.iter().zip(cells) {
            values.push(json!({
                matrix.row_head: row,
                matrix.column_head: column,
                "value": optional(cell.value),
                "counts": cell.note,
            }));
        }
    }
    spec(
        title,
        values,
        json!({ "type": "rect", "tooltip": true }),
        json!({
            "x": { "field": matrix.column_head, "type": "nominal", "sort": null },
            "y": { "field": matrix.row_head, "type": "nominal", "sort": null },
            "color": {
                "field": "value", "type": "quantitative", "title": matrix.value,
                "scale": { "range": STEPS },
            },
        }),
    )
}

fn share_rows(shares: &Shares, more: impl Fn(&figure::Bar) -> Value) -> Vec<Value> {
    let mut values = Vec::new();
    for bar in &shares.bars {
        for (number, (part, n)) in shares.parts.iter().zip(&bar.counts).enumerate() {
            let mut value = more(bar);
            value["part"] = json!(part);
            value["order"] = json!(number);
            value["hits"] = json!(n);
            values.push(value);
        }
    }
    values
}

fn voices(shares: &Shares) -> Value {
    let values = share_rows(shares, |bar| json!({ "frame": bar.panel, "group": bar.label }));
    spec(
        "Voices of each frame by group",
        values,
        json!({ "type": "bar", "tooltip": true }),
        json!({
            "x": { "field": "hits", "type": "quantitative", "stack": "normalize", "title": "share of hits" },
            "y": { "field": "group", "type": "nominal", "sort": null },
            "row": { "field": "frame", "type": "nominal" },
            "color": {
                "field": "part", "type": "nominal", "title": "voice",
                "scale": { "domain": shares.parts, "range": Voice::ALL.map(palette::of_voice) },
            },
            "order": { "field": "order" },
        }),
    )
}

fn naming(pairs: &[(String, Shares)]) -> Value {
    let values = pairs
        .iter()
        .flat_map(|(name, shares)| share_rows(shares, |bar| json!({ "pair": name, "group": bar.label })))
        .collect();
    spec(
        "Contested names by group",
        values,
        json!({ "type": "bar", "tooltip": true }),
        json!({
            "x": { "field": "hits", "type": "quantitative", "stack": "normalize", "title": "share of hits" },
            "y": { "field": "group", "type": "nominal", "sort": null },
            "row": { "field": "pair", "type": "nominal" },
            "color": { "field": "part", "type": "nominal", "title": "pole", "scale": { "range": KINDS } },
        }),
    )
}

/// Edges as a matrix: the grammar has no layout for graphs.
fn network(graph: &figure::Graph) -> Value {
    let edge = |edge: &figure::Edge| {
        json!({
            "a": graph.nodes[edge.a].code,
            "b": graph.nodes[edge.b].code,
            "observed": edge.observed,
            "expected": optional(edge.expected),
            "npmi": optional(edge.npmi),
            "log_dice": optional(edge.log_dice),
        })
    };
    spec(
        &format!("Actors named together in one {}", graph.unit),
        graph.edges.iter().map(edge).collect(),
        json!({ "type": "circle", "tooltip": true }),
        json!({
            "x": { "field": "a", "type": "nominal" },
            "y": { "field": "b", "type": "nominal" },
            "size": { "field": "observed", "type": "quantitative" },
            "color": {
                "field": "npmi", "type": "quantitative", "scale": { "range": STEPS },
            },
        }),
    )
}

fn keyness(effects: &[figure::Effect]) -> Value {
    let row = |effect: &figure::Effect| {
        json!({
            "group": effect.group,
            "layer": effect.layer,
            "item": format!("{} ({})", effect.item, effect.layer),
            "a": effect.a,
            "b": effect.b,
            "log_ratio": optional(effect.log_ratio),
            "conservative": optional(effect.conservative),
            "q": optional(effect.q),
        })
    };
    json!({
        "$schema": SCHEMA,
        "title": "What sets groups apart: log ratio, with the bound of its interval nearer to zero",
        "data": { "values": effects.iter().map(row).collect::<Vec<_>>() },
        "facet": { "row": { "field": "group", "type": "nominal" } },
        "resolve": { "scale": { "y": "independent" } },
        "spec": {
            "encoding": { "y": { "field": "item", "type": "nominal", "sort": null } },
            "layer": [
                {
                    "mark": { "type": "rule", "tooltip": true },
                    "encoding": {
                        "x": { "field": "conservative", "type": "quantitative", "title": "log ratio" },
                        "x2": { "field": "log_ratio" },
                    },
                },
                {
                    "mark": { "type": "point", "filled": true, "tooltip": true },
                    "encoding": { "x": { "field": "log_ratio", "type": "quantitative" } },
                },
            ],
        },
    })
}

fn dispersion(xray: &figure::Xray) -> Value {
    let mut values = Vec::new();
    for row in &xray.rows {
        for (term, marks) in xray.terms.iter().zip(&row.marks) {
            for mark in marks {
                values.push(json!({
                    "article": row.article_id,
                    "source": row.source,
                    "term": term,
                    "position": number(f64::from(*mark) / 1000.0),
                }));
            }
        }
    }
    spec(
        "Where frequent framing terms stand in articles",
        values,
        json!({ "type": "tick", "tooltip": true }),
        json!({
            "x": {
                "field": "position", "type": "quantitative", "title": "share of the article before the hit",
                "scale": { "domain": [0, 1] },
            },
            "y": { "field": "article", "type": "nominal" },
            "column": { "field": "term", "type": "nominal" },
        }),
    )
}

fn trend_lines(trend: &figure::Trend) -> Value {
    let mut values = Vec::new();
    for panel in &trend.panels {
        for (month, point) in trend.months.iter().zip(&panel.points) {
            if let Some((rate, n, words)) = point {
                values.push(json!({
                    "month": month,
                    "frame": panel.frame,
                    "per_1000": number(*rate),
                    "n": n,
                    "words": words,
                }));
            }
        }
    }
    spec(
        "Frames by month: hits per 1,000 counted words",
        values,
        json!({ "type": "line", "point": true, "tooltip": true }),
        json!({
            "x": { "field": "month", "type": "ordinal" },
            "y": { "field": "per_1000", "type": "quantitative" },
            "facet": { "field": "frame", "type": "nominal", "columns": 3 },
        }),
    )
}
