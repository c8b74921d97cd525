//! What the tables say, in sentences, by rules that are stated here.
//!
//! A difference is reported when its q is below [`MOST_Q`], the side with the larger value has at least [`LEAST_HITS`]
//! hits, and both sides have as many articles; a share needs as many hits in its denominator too. The differences that are
//! surely large come first, by the bound of the ratio's interval that lies nearer to 1. Where the loaded terms of a frame
//! differ as the whole frame does, that is said and the frame left out. What groups do is described where they have
//! [`LEAST_HITS`] hits. Where no difference passes, that is the answer.

use super::Facts;
use super::figure::GroupChoice;
use super::inert::{clip, inert};
use super::rows::{TableView, integer, number, text};
use crate::codebook::Force;
use crate::count::{ALL, ALL_TERMS, NONE};
use crate::tables::Row;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashSet};

/// Where differences are looked at: false discoveries among those reported are this rare.
const MOST_Q: f64 = 0.05;
/// Hits below which nothing is said, and articles below which nothing is compared.
const LEAST_HITS: u64 = 5;
/// Differences that are reported of one kind; the table has all.
const MOST_OF_A_KIND: usize = 6;
/// Groups that let the same one speak most and have a sentence each; more share one.
const MOST_GROUPS_ONE_BY_ONE: usize = 3;

/// One sentence, and the hits it speaks of.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AnswerSentence {
    pub text: String,
    /// The filter of the page that shows the hits, as JSON; empty where there are none to show.
    pub filter: String,
    pub n: u64,
}

pub(super) fn answers(facts: &Facts<'_>, groups: &GroupChoice) -> Vec<AnswerSentence> {
    let mut answers = differences(facts);
    answers.extend(own_voice(facts, groups));
    answers.extend(speakers(facts, groups));
    answers
}

fn answer(text: String, filter: &Value, n: u64) -> AnswerSentence {
    AnswerSentence { text: inert(&text), filter: if n > 0 { filter.to_string() } else { String::new() }, n }
}

/// A ratio in words: never less than one, as people say it.
fn times(ratio: f64) -> String {
    if ratio >= 1.0 {
        format!("{ratio:.1} times as often as")
    } else {
        format!("{:.1} times less often than", 1.0 / ratio)
    }
}

fn differences(facts: &Facts<'_>) -> Vec<AnswerSentence> {
    let Some(view) = facts.table("contrasts").and_then(|table| TableView::new(table, &facts.study.tables.by)) else {
        return Vec::new();
    };
    let Some(columns) = ContrastColumns::of(&view) else { return Vec::new() };
    let is_compared = |row: &&Row<'_>| {
        let is_of_frame = match text(row, columns.layer) {
            "frame" => true,
            "force" => columns.frame(row).1 == Some(Force::Loaded),
            _ => false,
        };
        is_of_frame && matches!(text(row, columns.measure), "rate" | "own_share")
    };
    let is_sure = |row: &&Row<'_>| number(row, columns.q).is_some_and(|q| q < MOST_Q) && columns.has_enough(row);
    let what_it_says = |row: &Row<'_>| {
        let (measure, frame) = (text(row, columns.measure).to_owned(), columns.frame(row).0.to_owned());
        (measure, frame, view.group(row), columns.is_more(row))
    };
    let compared = view.rows().filter(is_compared).count();
    let sure: Vec<&Row<'_>> = view.rows().filter(is_compared).filter(is_sure).collect();
    let loaded = sure.iter().filter(|row| columns.frame(row).1.is_some());
    let of_loaded: HashSet<_> = loaded.map(|row| what_it_says(row)).collect();
    let mut found: Vec<(f64, AnswerSentence, &str)> = sure
        .into_iter()
        .filter(|row| columns.frame(row).1.is_some() || !of_loaded.contains(&what_it_says(row)))
        .filter_map(|row| {
            let (size, answer) = columns.difference(row, &view, facts)?;
            Some((size, answer, text(row, columns.measure)))
        })
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.text.cmp(&b.1.text)));
    if found.is_empty() {
        let text = format!(
            "No difference between the groups is robust: of {compared} that were tested, none has q below {MOST_Q} with \
             {LEAST_HITS} hits and {LEAST_HITS} articles on a side. What follows describes these articles and no more."
        );
        return vec![answer(text, &Value::Null, 0)];
    }
    let total = found.len();
    let mut answers = Vec::new();
    for kind in ["rate", "own_share"] {
        answers.extend(found.iter().filter(|one| one.2 == kind).take(MOST_OF_A_KIND).map(|one| one.1.clone()));
    }
    if total > answers.len() {
        let text = format!("{} more differences have q below {MOST_Q}; contrasts.csv has all.", total - answers.len());
        answers.push(answer(text, &Value::Null, 0));
    }
    answers
}

/// Places of the columns of `contrasts.csv`.
struct ContrastColumns {
    measure: usize,
    layer: usize,
    item: usize,
    reference: usize,
    n: [usize; 2],
    base: [usize; 2],
    articles: [usize; 2],
    value: usize,
    value_ref: usize,
    ratio: [usize; 3],
    q: usize,
}

impl ContrastColumns {
    fn of(view: &TableView<'_>) -> Option<Self> {
        let at = |name: &str| view.column(name);
        Some(Self {
            measure: at("measure")?,
            layer: at("layer")?,
            item: at("item")?,
            reference: at("reference")?,
            n: [at("n")?, at("n_ref")?],
            base: [at("base")?, at("base_ref")?],
            articles: [at("articles")?, at("articles_ref")?],
            value: at("value")?,
            value_ref: at("value_ref")?,
            ratio: [at("ratio")?, at("ratio_low")?, at("ratio_high")?],
            q: at("q")?,
        })
    }

    /// Whether the group has more than its reference.
    fn is_more(&self, row: &Row<'_>) -> bool {
        number(row, self.value) > number(row, self.value_ref)
    }

    /// Whether there are hits and articles enough for a sentence.
    fn has_enough(&self, row: &Row<'_>) -> bool {
        let [larger, smaller] = if self.is_more(row) { [0, 1] } else { [1, 0] };
        integer(row, self.n[larger]) >= LEAST_HITS
            && integer(row, self.base[smaller]) >= LEAST_HITS
            && self.articles.iter().all(|articles| integer(row, *articles) >= LEAST_HITS)
    }

    /// The frame that a row is about, and the force where it is about terms of one force.
    fn frame<'r>(&self, row: &'r Row<'_>) -> (&'r str, Option<Force>) {
        let item = text(row, self.item);
        let of_force = |force: Force| Some((item.strip_suffix(force.row())?.strip_suffix('/')?, Some(force)));
        Force::ALL.into_iter().find_map(of_force).unwrap_or((item, None))
    }

    /// How sure and large it is, and its sentence.
    fn difference(&self, row: &Row<'_>, view: &TableView<'_>, facts: &Facts<'_>) -> Option<(f64, AnswerSentence)> {
        let [ratio, low, high] = self.ratio.map(|at| number(row, at));
        let (value, other) = (number(row, self.value)?, number(row, self.value_ref)?);
        let ((code, force), group) = (self.frame(row), view.group(row));
        let name = facts.study.codebook.frame(code).map_or(code, |at| &facts.study.codebook.frames[at.index()].name);
        let name = force.map_or_else(|| format!("“{name}”"), |force| format!("{} terms of “{name}”", force.name()));
        let reference = match text(row, self.reference) {
            "(others)" => "the others",
            named => named,
        };
        let (n, articles) = (integer(row, self.n[0]), integer(row, self.articles[0]));
        let is_less_often = text(row, self.measure) == "rate" && ratio.is_some_and(|ratio| ratio < 1.0);
        let interval = match (low, high) {
            (Some(low), Some(high)) if is_less_often && low > 0.0 => {
                format!("; {:.1} to {:.1} times with 95 % confidence", 1.0 / high, 1.0 / low)
            }
            (Some(low), Some(high)) => format!("; the ratio is {low:.1} to {high:.1} with 95 % confidence"),
            _ => String::new(),
        };
        let (text, mut filter) = if text(row, self.measure) == "rate" {
            let often = match ratio {
                Some(ratio) => format!("uses {name} {} {reference}", times(ratio)),
                None if n == 0 => format!("never uses {name}, unlike {reference}"),
                None => format!("uses {name}, {reference} never"),
            };
            let text = format!(
                "{group} {often}: {value:.2} against {other:.2} per 1,000 words, in {articles} articles{interval}."
            );
            (text, json!({ "frame": code, "group": group }))
        } else {
            let (share, others) = (value * 100.0, other * 100.0);
            let text = format!(
                "When {group} uses {name}, {share:.0} % stand in its own voice, against {others:.0} % of {reference}{interval}."
            );
            (text, json!({ "frame": code, "group": group, "voice": "own" }))
        };
        if let Some(force) = force {
            filter["force"] = force.name().into();
        }
        let size = match (ratio, low, high) {
            (Some(_), Some(low), Some(high)) if low > 1.0 || high < 1.0 => low.max(1.0 / high).ln(),
            _ => 0.0,
        };
        Some((size, answer(text, &filter, n)))
    }
}

/// Where the own voice is largest and where smallest.
fn own_voice(facts: &Facts<'_>, groups: &GroupChoice) -> Option<AnswerSentence> {
    let view = TableView::new(facts.table("groups")?, &facts.study.tables.by)?;
    let (hits, low, high) = (view.column("frame_hits")?, view.column("own_low")?, view.column("own_high")?);
    let mut shares: Vec<(f64, f64, String)> = view
        .rows()
        .filter(|row| {
            integer(row, hits) >= LEAST_HITS && groups.index(&view.group(row)).is_some() && !view.is_whole(row)
        })
        .filter_map(|row| Some((number(row, low)?, number(row, high)?, view.group(row))))
        .collect();
    shares.sort_by(|a, b| (a.0 + a.1).total_cmp(&(b.0 + b.1)).then_with(|| a.2.cmp(&b.2)));
    let (first, last) = (shares.first()?, shares.last()?);
    let share = |(low, high, _): &(f64, f64, String)| {
        let (low, high) = (format!("{:.0}", low * 100.0), format!("{:.0}", high * 100.0));
        if low == high { format!("{low} %") } else { format!("{low} to {high} %") }
    };
    let text = match shares.len() {
        1 => format!("{} of the framing terms of {} stand in its own voice.", share(first), clip(&first.2, 60)),
        _ => format!(
            "Own voice: {} says {} of its framing terms itself, {} only {}.",
            clip(&last.2, 60),
            share(last),
            clip(&first.2, 60),
            share(first)
        ),
    };
    Some(answer(text, &Value::Null, 0))
}

/// How often a group quotes one actor, of all that it quotes.
struct Heard<'g> {
    group: &'g str,
    heard: u64,
    total: u64,
}

impl Heard<'_> {
    fn share(&self) -> f64 {
        self.heard as f64 / self.total as f64
    }
}

/// Whom each group lets speak where a framing term is not its own.
fn speakers(facts: &Facts<'_>, groups: &GroupChoice) -> Vec<AnswerSentence> {
    let Some(view) = facts.table("speakers").and_then(|table| TableView::new(table, &facts.study.tables.by)) else {
        return Vec::new();
    };
    let (Some(speaker), Some(term), Some(n)) = (view.column("speaker"), view.column("term"), view.column("n")) else {
        return Vec::new();
    };
    let mut sums: BTreeMap<usize, BTreeMap<&str, u64>> = BTreeMap::new();
    for row in view.rows().filter(|row| text(row, term) == ALL_TERMS) {
        if let Some(group) = groups.index(&view.group(row)) {
            *sums.entry(group).or_default().entry(text(row, speaker)).or_default() += integer(row, n);
        }
    }
    let book = &facts.study.codebook;
    let name_of = |code: &'_ str| book.actor(code).map_or(code.to_owned(), |at| book.actors[at.index()].name.clone());
    let mut most: BTreeMap<&str, Vec<Heard<'_>>> = BTreeMap::new();
    let mut spoken_for = 0;
    for (group, sums) in &sums {
        let group = groups.names[*group].as_str();
        let named = sums.iter().filter(|(name, _)| **name != NONE);
        let top = named.max_by_key(|(name, n)| (**n, std::cmp::Reverse(**name)));
        let Some((code, heard)) = top.filter(|(_, heard)| group != ALL && **heard >= LEAST_HITS) else { continue };
        // The speeches of a state are its own words; it quotes no other actor.
        if name_of(code) != group {
            most.entry(code).or_default().push(Heard { group, heard: *heard, total: sums.values().sum() });
            spoken_for += 1;
        }
    }
    let mut answers = Vec::new();
    let mut most: Vec<(&str, Vec<Heard<'_>>)> = most.into_iter().collect();
    most.sort_by_key(|(_, heard)| std::cmp::Reverse(heard.len()));
    for (code, mut heard) in most {
        let name = name_of(code);
        if heard.len() > MOST_GROUPS_ONE_BY_ONE {
            heard.sort_by(|a, b| a.share().total_cmp(&b.share()));
            let (least, largest) = (&heard[0], &heard[heard.len() - 1]);
            let of_all = view
                .rows()
                .filter(|row| view.is_whole(row) && text(row, term) == ALL_TERMS && text(row, speaker) == code);
            let n = of_all.map(|row| integer(row, n)).sum();
            let text = format!(
                "{} of {spoken_for} groups let {name} speak most: from {:.0} % ({}) to {:.0} % ({}) of the framing terms that \
                 stand in somebody’s words there.",
                heard.len(),
                least.share() * 100.0,
                clip(least.group, 60),
                largest.share() * 100.0,
                clip(largest.group, 60),
            );
            answers.push(answer(text, &json!({ "layer": "frame", "speaker": code }), n));
            continue;
        }
        for Heard { group, heard, total } in heard {
            let text = format!(
                "{} lets {name} speak most: {heard} of the {total} framing terms that stand in somebody’s words there.",
                clip(group, 60)
            );
            answers.push(answer(text, &json!({ "layer": "frame", "speaker": code, "group": group }), heard));
        }
    }
    answers
}

#[cfg(test)]
mod tests {
    use super::times;

    #[test]
    fn a_ratio_is_never_said_as_less_than_one() {
        assert_eq!(times(2.04), "2.0 times as often as");
        assert_eq!(times(0.25), "4.0 times less often than");
    }
}
