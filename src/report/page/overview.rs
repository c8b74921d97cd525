//! What was read, what was odd about it, and what its size allows one to say.

use super::super::extract::Findings;
use super::super::facts::Facts;
use super::super::figure::GroupChoice;
use super::super::rows::{View, integer, number, text};
use super::grid::{Align, Grid, Value};
use super::{Figure, Section};
use crate::corpus::WarningKind;
use crate::error::Fault;

/// Findings that are printed in full; of more, the rest is counted.
const MOST_FINDINGS: usize = 40;

pub(super) fn overview(facts: &Facts<'_>, groups: &GroupChoice) -> Section {
    let mut section = Section { id: "read", title: "What was read", ..Section::default() };
    section.lead = size(facts, groups);
    section.figures.extend(groups_table(facts, groups));
    section.figures.extend(articles_table(facts));
    section.figures.extend(findings(facts));
    section
}

fn plural(n: u64, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

fn size(facts: &Facts<'_>, groups: &GroupChoice) -> Vec<String> {
    let all = &facts.analysis.all().counts;
    let by = facts.study.tables.by.join(" and ");
    let parts = facts.analysis.parts();
    let single = parts.iter().filter(|group| group.counts.articles == 1).count() as u64;
    let hits: u64 = all.frames.values().map(|frame| frame.voices.n()).sum();
    let mentions: u64 = all.coded.values().map(crate::count::ActorTally::n).sum();
    let mut lead = vec![
        format!(
            "{} of {} ({by}), with {} counted and {} left out as no part of the text. They name actors {} and use \
             framing terms {}.",
            plural(all.articles, "article"),
            plural(parts.len() as u64, "group"),
            plural(all.words, "word"),
            all.words_dropped,
            plural(mentions, "time"),
            plural(hits, "time"),
        ),
        format!(
            "These numbers describe {}. They say how often something stands in them; whether the same would hold for \
             other articles of the same sources depends on how these were chosen, which no number here knows.",
            if all.articles == 1 { "this one article".to_owned() } else { format!("these {} articles", all.articles) }
        ),
    ];
    if single > 0 {
        lead.push(format!(
            "{} of {} {} a single article. What one article does cannot be told apart from what its source does, so such a \
             group has rates but no p and no q, and its rows are flagged single_article.",
            single,
            plural(parts.len() as u64, "group"),
            if single == 1 { "has" } else { "have" },
        ));
    }
    lead.push(
        "Intervals are 95 % intervals of the rate with the article as the unit: words of one article hang together. An \
         empty value (–) is undefined, never zero. With one article on a side nothing is tested."
            .into(),
    );
    if groups.of > groups.names.len() - 1 {
        lead.push(format!(
            "Figures show the {} groups with the most words of {}; the CSV files have all.",
            groups.names.len() - 1,
            groups.of
        ));
    }
    if !facts.only.is_empty() {
        lead.push(format!(
            "The run wrote only the tables {} (--only); figures that need others are left out.",
            facts.only.join(", ")
        ));
    }
    lead
}

fn groups_table(facts: &Facts<'_>, groups: &GroupChoice) -> Option<Figure> {
    let view = View::new(facts.table("groups")?, &facts.study.tables.by)?;
    let names =
        ["articles", "words", "words_dropped", "sentences", "paragraphs", "types", "actor_mentions", "frame_hits"];
    let mut heads = vec![("group", Align::Text, "")];
    heads.extend(names.map(|name| (name, Align::Number, about(&view, name))));
    heads.extend(["own_low", "own_high"].map(|name| (name, Align::Number, about(&view, name))));
    let mut grid = Grid::new("Sizes of the groups; ALL is the whole corpus", &heads);
    let counts = names.map(|name| view.column(name));
    let shares = ["own_low", "own_high"].map(|name| view.column(name));
    for row in view.rows() {
        let group = view.group(row);
        if groups.index(&group).is_none() {
            continue;
        }
        let mut values = vec![Value::text(group)];
        values.extend(counts.iter().flatten().map(|at| Value::count(integer(row, *at))));
        values.extend(shares.iter().flatten().map(|at| Value::number(number(row, *at), 2)));
        grid.rows.push(values);
    }
    Some(Figure {
        heading: "Groups".into(),
        grid: Some(grid),
        open: true,
        csv: "groups.csv".into(),
        ..Figure::default()
    })
}

fn about<'t>(view: &View<'t>, name: &str) -> &'t str {
    view.column(name).map_or("", |at| view.table.fields[at].about.as_str())
}

/// The articles, when they are few enough to be looked through.
fn articles_table(facts: &Facts<'_>) -> Option<Figure> {
    const MOST: usize = 60;
    let shown = facts.shown("articles")?;
    let table = &shown.table;
    let columns = ["article_id", "source", "date", "title", "encoding"].map(|name| table.column(name));
    let numbers = ["words", "words_dropped", "repairs", "unclosed_quotes"].map(|name| table.column(name));
    let mut grid = Grid::new(
        if shown.total > MOST {
            format!("The first {MOST} of {} articles", shown.total)
        } else {
            "The articles".into()
        },
        &[
            ("article", Align::Text, "id of the article"),
            ("source", Align::Text, ""),
            ("date", Align::Text, ""),
            ("title", Align::Text, "from the metadata; never counted"),
            ("encoding", Align::Text, ""),
            ("words", Align::Number, "counted words"),
            ("dropped", Align::Number, "words in zones that are not counted"),
            ("repairs", Align::Number, "characters that could not be decoded"),
            ("unclosed quotes", Align::Number, "quotations that are opened and never closed"),
        ],
    );
    for row in table.rows.iter().take(MOST) {
        let mut values: Vec<Value> = columns.iter().map(|at| Value::text(at.map_or("", |at| text(row, at)))).collect();
        values.extend(numbers.iter().map(|at| Value::count(at.map_or(0, |at| integer(row, at)))));
        grid.rows.push(values);
    }
    Some(Figure { heading: "Articles".into(), grid: Some(grid), csv: "articles.csv".into(), ..Figure::default() })
}

fn findings(facts: &Facts<'_>) -> Option<Figure> {
    let Findings { left_out, warnings, notes } = facts.findings;
    if facts.findings.total() == 0 {
        return None;
    }
    let counted: Vec<String> = WarningKind::ALL
        .into_iter()
        .map(|kind| (kind, warnings.iter().filter(|warning| warning.kind == kind).count()))
        .filter(|(_, n)| *n > 0)
        .map(|(kind, n)| format!("{n} {}", kind.meaning()))
        .chain((!left_out.is_empty()).then(|| plural(left_out.len() as u64, "record") + " left out"))
        .chain((!notes.is_empty()).then(|| plural(notes.len() as u64, "note") + " about articles"))
        .collect();
    let mut grid = Grid::new(
        format!("Findings: {}", counted.join("; ")),
        &[("kind", Align::Text, ""), ("where", Align::Text, ""), ("what", Align::Text, "")],
    );
    let row = |kind: &str, fault: &Fault| {
        vec![Value::text(kind), Value::text(fault.place.to_string()), Value::text(fault.what.as_str())]
    };
    let records = left_out.iter().map(|fault| row("left out", fault));
    let warnings = warnings.iter().map(|warning| row(warning.kind.meaning(), &warning.fault));
    let notes = notes.iter().map(|fault| row("note", fault));
    grid.rows = records.chain(warnings).chain(notes).take(MOST_FINDINGS).collect();
    Some(Figure { heading: "What was odd about the corpus".into(), grid: Some(grid), open: true, ..Figure::default() })
}
