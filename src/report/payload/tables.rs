//! The rows that the figures are drawn from, as the tables have them.

use super::super::Facts;
use super::super::figure::{self, GroupChoice};
use super::super::inert::inert;
use super::super::rows::{TableView, integer, text};
use crate::codebook::Term;
use crate::count::{ALL, ALL_TERMS};
use crate::tables::{Cell, Row, Truth};
use serde_json::{Value, json};

/// Pairs that stand together, of each table; of more, those observed most often.
const MOST_PAIRS: usize = 400;

pub(in crate::report) fn tables(facts: &Facts<'_>, groups: &GroupChoice) -> Value {
    let book = &facts.study.codebook;
    let all = &facts.analysis.all().counts;
    let by = facts.study.tables.by.join(" and ");
    let group_word = if facts.study.tables.by == ["source"] { "sources" } else { "groups" };
    let capital =
        by.chars().next().map_or(String::new(), |c| c.to_uppercase().collect::<String>() + &by[c.len_utf8()..]);
    let of_frame =
        |at: &str, row: &Row<'_>, view: &TableView<'_>| view.column(at).is_some_and(|at| integer(row, at) > 0);
    let of_all_terms =
        |row: &Row<'_>, view: &TableView<'_>| view.column("term").is_some_and(|term| text(row, term) == ALL_TERMS);
    let of_force = |row: &Row<'_>, view: &TableView<'_>| {
        view.column("term").is_some_and(|term| Term::names_several(text(row, term)))
    };
    let has_all_months = facts.shown("trend").is_some_and(|shown| shown.total == shown.table.rows.len());
    let dump = |name: &str, keep: &dyn Fn(&Row<'_>, &TableView<'_>) -> bool| rows(facts, groups, name, keep);
    json!({
        "by": by,
        "By": capital,
        "groupWord": group_word,
        "corpusWords": format!("{} article{}", all.articles, if all.articles == 1 { "" } else { "s" }),
        "partsWords": format!("{} {group_word}", facts.analysis.parts().len()),
        "groups": groups.names.iter().map(|name| inert(name)).collect::<Vec<_>>(),
        "frames": book.frames.iter().map(|frame| [frame.code.clone(), inert(&frame.name)]).collect::<Vec<_>>(),
        "actors": book.actors.iter().map(|actor| [actor.code.clone(), inert(&actor.name)]).collect::<Vec<_>>(),
        "pairs": book.pairs.iter().map(|pair| [pair.code.clone(), inert(&pair.object)]).collect::<Vec<_>>(),
        "tables": {
            "frame_frequency": dump("frame_frequency", &of_force),
            "actor_frequency": dump("actor_frequency", &|row, view| {
                view.column("level").is_some_and(|level| text(row, level) == "rolled")
            }),
            "naming": dump("naming", &|row, view| of_frame("n", row, view)),
            "speakers": dump("speakers", &of_all_terms),
            "sourcing": dump("sourcing", &|row, view| of_frame("n_quotations", row, view)),
            "similarity": table(facts, "similarity"),
            "frame_targets": dump("frame_targets", &of_all_terms),
            "corrected": dump("corrected", &|_, _| true),
            "agreement": agreement(facts),
            "trend": dump("trend", &|row, view| of_force(row, view) && (has_all_months || view.is_whole(row))),
            "actor_cooccurrence": pairs(facts, groups, "actor_cooccurrence"),
            "actor_frame": pairs(facts, groups, "actor_frame"),
            "keyness": keyness(facts, groups),
            "contrasts": dump("contrasts", &|row, view| {
                let is = |column: &str, values: &[&str]| view.column(column).is_some_and(|at| values.contains(&text(row, at)));
                is("measure", &["rate"]) && is("layer", &["force", "frame", "actor"])
            }),
        },
    })
}

fn value(cell: &Cell<'_>) -> Value {
    match cell {
        Cell::Text(text) => inert(text).into(),
        Cell::Integer(n) => json!(n),
        Cell::Number(x) => number(Some(*x)),
        Cell::Boolean(truth) => json!(*truth == Truth::True),
        Cell::Empty => Value::Null,
    }
}

/// Six decimals: more than a figure or its table shows.
fn number(value: Option<f64>) -> Value {
    value.and_then(|x| format!("{x:.6}").parse::<f64>().ok()).map_or(Value::Null, |x| json!(x + 0.0))
}

/// The rows of the chosen groups, with the group's name for its `--by` columns.
fn rows(facts: &Facts<'_>, groups: &GroupChoice, name: &str, keep: &dyn Fn(&Row<'_>, &TableView<'_>) -> bool) -> Value {
    let Some(view) = facts.table(name).and_then(|table| TableView::new(table, &facts.study.tables.by)) else {
        return Value::Null;
    };
    let by = &facts.study.tables.by;
    let places: Vec<usize> =
        (0..view.table.fields.len()).filter(|at| !by.contains(&view.table.fields[*at].name)).collect();
    let mut columns: Vec<&str> = places.iter().map(|at| view.table.fields[*at].name.as_str()).collect();
    columns.push("group");
    let mut rows = Vec::new();
    for row in view.rows().filter(|row| keep(row, &view)) {
        let group = view.group(row);
        if groups.index(&group).is_some() {
            let mut cells: Vec<Value> = places.iter().map(|at| value(&row[*at])).collect();
            cells.push(inert(&group).into());
            rows.push(cells);
        }
    }
    json!({ "columns": columns, "rows": rows })
}

/// All rows of a table that names groups in columns of its own.
fn table(facts: &Facts<'_>, name: &str) -> Value {
    let Some(table) = facts.table(name) else { return Value::Null };
    let columns: Vec<&str> = table.fields.iter().map(|field| field.name.as_str()).collect();
    let rows: Vec<Vec<Value>> = table.rows.iter().map(|row| row.iter().map(value).collect()).collect();
    json!({ "columns": columns, "rows": rows })
}

/// How far people agree, and the program with them, over all items; nothing where no hand coding was given.
fn agreement(facts: &Facts<'_>) -> Value {
    let Some(hand) = facts.study.tables.hand.as_ref().filter(|_| facts.is_written("corrected")) else {
        return Value::Null;
    };
    let figures = crate::agreement::agreement(hand, 1).figures;
    let rows: Vec<Value> = figures
        .iter()
        .filter(|one| one.split.is_empty())
        .map(|one| {
            let [who, class] = [&one.who, &one.class].map(|text| inert(text));
            let [value, low, high] = [one.value, one.low, one.high].map(number);
            json!([one.about.name(), one.kind.name(), one.variable, who, class, one.measure, value, low, high, one.n])
        })
        .collect();
    json!({ "columns": ["about", "kind", "variable", "who", "class", "measure", "value", "low", "high", "n"], "rows": rows })
}

fn pairs(facts: &Facts<'_>, groups: &GroupChoice, name: &str) -> Value {
    let is_whole = |row: &Row<'_>, view: &TableView<'_>| view.is_whole(row);
    let mut dumped = rows(facts, groups, name, &is_whole);
    if dumped.is_null() {
        return dumped;
    }
    let observed = dumped["columns"].as_array().and_then(|columns| columns.iter().position(|name| name == "observed"));
    if let (Some(at), Some(rows)) = (observed, dumped["rows"].as_array_mut()) {
        let of = rows.len();
        rows.sort_by_key(|row| std::cmp::Reverse(row[at].as_u64()));
        rows.truncate(MOST_PAIRS);
        dumped["of"] = of.into();
    }
    dumped
}

fn keyness(facts: &Facts<'_>, groups: &GroupChoice) -> Value {
    let Some(effects) = figure::effects(facts, groups) else { return Value::Null };
    let columns =
        ["layer", "item", "group", "reference", "a", "n1", "b", "n2", "g2", "q", "log_ratio", "log_ratio_conservative"];
    let reference = |group: &str| match &facts.study.tables.reference {
        Some(reference) => reference.clone(),
        None if group == ALL => String::new(),
        None => "the others".into(),
    };
    let rows: Vec<Value> = effects
        .iter()
        .map(|effect| {
            json!([
                effect.layer,
                inert(&effect.item),
                inert(&effect.group),
                inert(&reference(&effect.group)),
                effect.a,
                effect.n1,
                effect.b,
                effect.n2,
                number(effect.g2),
                number(effect.q),
                number(effect.log_ratio),
                number(effect.conservative)
            ])
        })
        .collect();
    json!({ "columns": columns, "rows": rows })
}
