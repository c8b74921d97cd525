//! What was read, what was odd about it, and what its size allows one to say.

use super::super::extract::CorpusFindings;
use super::super::facts::Facts;
use super::super::figure::GroupChoice;
use super::super::inert::{clip, inert};
use super::super::rows::{TableView, integer, number, text};
use super::PageTable;
use super::grid::{Align, Grid, Value};
use crate::corpus::WarningKind;
use crate::error::Fault;
use crate::normalise::Zone;

/// Findings that are printed in full; of more, the rest is counted.
const MOST_FINDINGS: usize = 40;

pub(super) fn tables(facts: &Facts<'_>, groups: &GroupChoice) -> Vec<PageTable> {
    let made = [groups_table(facts, groups), articles_table(facts), findings(facts)];
    made.into_iter().flatten().collect()
}

/// What the page is called: whose framing it compares.
pub(in crate::report) fn title(facts: &Facts<'_>) -> String {
    let names = facts.analysis.group_names();
    match names.as_slice() {
        [one] => format!("How {one} frames it"),
        [a, b] => format!("How {a} and {b} frame it"),
        more if facts.study.tables.by == ["source"] => format!("How {} sources frame it", more.len()),
        more => format!("Framing in {} groups", more.len()),
    }
}

fn plural(n: u64, one: &str) -> String {
    format!("{n} {one}{}", if n == 1 { "" } else { "s" })
}

/// Which corpus it is: articles, groups, dates, words, hits.
pub(in crate::report) fn corpus(facts: &Facts<'_>, groups: &GroupChoice) -> Vec<String> {
    let all = &facts.analysis.all().counts;
    let hits: u64 = all.frames.values().map(|frame| frame.voices.n()).sum();
    let mentions: u64 = all.coded.values().map(|tally| tally.n()).sum();
    let dates = facts.analysis.all().articles.iter().map(|record| record.open().date).filter(|date| !date.is_empty());
    let first_and_last = dates.map(|date| (date.clone(), date)).reduce(|(a, b), (c, d)| (a.min(c), b.max(d)));
    let dates = match first_and_last {
        Some((first, last)) if first == last => format!(", of {first}"),
        Some((first, last)) => format!(", from {first} to {last}"),
        None => String::new(),
    };
    let by = facts.study.tables.by.join(" and ");
    let mut lines = vec![format!(
        "{} in {} by {by}{dates}: {} counted, {} left out as no part of the text. They name actors {} and use framing terms {}.",
        plural(all.articles, "article"),
        plural(facts.analysis.parts().len() as u64, "group"),
        plural(all.words, "word"),
        all.words_dropped,
        plural(mentions, "time"),
        plural(hits, "time"),
    )];
    lines.extend(codebook(facts));
    if groups.names.len() <= 9 {
        lines.push(format!(
            "Groups: {}.",
            groups.names.iter().skip(1).map(|name| clip(name, 60)).collect::<Vec<_>>().join(", ")
        ));
    }
    lines
}

/// What counted it: the codebook by name, as far as it says.
fn codebook(facts: &Facts<'_>) -> Option<String> {
    let about = &facts.study.codebook.about;
    if about.name.is_empty() {
        return None;
    }
    let mut line = format!("Codebook: {}", inert(&about.name));
    if !about.version.is_empty() {
        line += &format!(" {}", inert(&about.version));
    }
    if !about.languages.is_empty() {
        line += &format!(", for texts in {}", inert(&about.languages.join(", ")));
    }
    if !about.conflict.is_empty() {
        line += &format!("; made for: {}", inert(about.conflict.trim_end_matches('.')));
    }
    Some(line + ".")
}

/// The filters in force, as they were typed; nothing when everything is counted.
pub(in crate::report) fn filters(facts: &Facts<'_>) -> String {
    let options = &facts.study.options;
    let voices: Vec<String> = options.voices.iter().map(|voice| voice.name().to_owned()).collect();
    let mut filters = Vec::new();
    for (flag, values) in [("--voice", &voices), ("--target", &options.targets), ("--not-target", &options.not_targets)]
    {
        if !values.is_empty() {
            filters.push(format!("{flag} {}", values.join(",")));
        }
    }
    if options.zones != Zone::COUNTED {
        let zones: Vec<&str> = options.zones.iter().map(|zone| zone.name()).collect();
        filters.push(format!("--zones {}", zones.join(",")));
    }
    filters.join(" ")
}

/// What the size of the corpus allows one to say.
pub(in crate::report) fn caveats(facts: &Facts<'_>, groups: &GroupChoice) -> Vec<String> {
    let all = &facts.analysis.all().counts;
    let parts = facts.analysis.parts();
    let single = parts.iter().filter(|group| group.counts.articles == 1).count() as u64;
    let mut lead = vec![format!(
        "These numbers describe {}. Whether the same would hold for other articles of the same sources depends on how these \
         were chosen, which no number here knows.",
        if all.articles == 1 { "this one article".to_owned() } else { format!("these {} articles", all.articles) }
    )];
    if let Some(rare) = facts.analysis.rare_core_actors() {
        lead.push(inert(&format!("{rare}.")));
    }
    if single > 0 {
        lead.push(format!(
            "{single} of {} {} a single article: what one article does cannot be told apart from what its source does.",
            plural(parts.len() as u64, "group"),
            if single == 1 { "has" } else { "have" },
        ));
    }
    lead.push(
        "Intervals are 95 % intervals of the rate with the article as the unit: words of one article hang together. A \
         dash (–) is undefined, never zero. With one article on a side nothing is tested."
            .into(),
    );
    let same = facts.analysis.same_texts.len();
    if same > 0 {
        lead.push(format!(
            "{} the same text as another, and each is counted: `duplicate_of` in articles.csv names them.",
            if same == 1 { "One article has".to_owned() } else { format!("{same} articles have") },
        ));
    }
    if let Some(languages) = facts.analysis.language_caveat() {
        lead.push(languages + ".");
    }
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

fn groups_table(facts: &Facts<'_>, groups: &GroupChoice) -> Option<PageTable> {
    let view = TableView::new(facts.table("groups")?, &facts.study.tables.by)?;
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
    Some(PageTable { heading: "Groups".into(), grid, open: true, csv: "groups.csv".into() })
}

fn about<'t>(view: &TableView<'t>, name: &str) -> &'t str {
    view.column(name).map_or("", |at| view.table.fields[at].about.as_str())
}

/// The articles, when they are few enough to be looked through.
fn articles_table(facts: &Facts<'_>) -> Option<PageTable> {
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
    Some(PageTable { heading: "Articles".into(), grid, open: false, csv: "articles.csv".into() })
}

fn findings(facts: &Facts<'_>) -> Option<PageTable> {
    let CorpusFindings { left_out, warnings, notes } = facts.findings;
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
    Some(PageTable { heading: "What was odd about the corpus".into(), grid, open: true, csv: String::new() })
}
