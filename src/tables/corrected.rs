//! `corrected.csv`: what the program counted, corrected by what people coded.

use super::columns::columns;
use super::frame_targets::actor_or_none;
use super::rates::flags_cell;
use super::{Declared, Row, RowSink, Source, TableSpec, integer, number, text};
use crate::analysis::{Analysis, Group};
use crate::codebook::hex;
use crate::coding::{Field, HandCoding, Kind};
use crate::count::ALL_TERMS;
use crate::error::{Error, Result};
use crate::needs::Need;
use crate::stats::correction::{Counted, Estimate, ratio, total};
use crate::stats::{self, Interval};
use crate::voice::Voice;
use std::collections::{BTreeMap, BTreeSet};

mod chosen;
mod judged;

use chosen::{Chosen, Coding, FEWEST_CODED};
use judged::{Hits, Misses};

pub(super) const TABLE: TableSpec = TableSpec {
    name: "corrected",
    needs: &[Need::Voice],
    answers: "What would the shares and rates be if people had read every hit, and how sure is that?",
    columns: COLUMNS,
    rows: Source::Analysis(rows),
};

columns! {
    COLUMNS, cells<'r>(of: &Corrected<'r>, group: &'r Group<'_>, value: Option<f64>, interval: Option<Interval>, chosen: &Chosen) {
        text(
            "measure",
            "`own_share`: hits in own voice of all hits; `rate`: hits per 1,000 counted words; `agent_share`, `target_share`: hits with this agent or target of all hits",
        ) => of.measure,
        text(
            "item",
            "frame of own_share and rate, `(all)` for all frames; actor of the other two, `(none)` for no actor",
        ) => of.item,
        Declared::By => &group.key,
        integer("n", "hits that the program counts: of the frame, or all") => of.n,
        number("raw", "the share or rate as the program counts it") => of.raw,
        number(
            "corrected",
            "the same with the differences between coders and program; hits of another sense are taken out, and with `--of misses` missed ones added to the rate",
        ) => value,
        number(
            "low",
            "lower end of the 95% interval of the corrected value, from the coded sample",
        ) => interval.map(|ends| ends.low),
        number(
            "high",
            "upper end of the 95% interval of the corrected value, from the coded sample",
        ) => interval.map(|ends| ends.high),
        integer("n_coded", "coded hits on which the correction rests; of a rate with the coded sentences") => chosen.n_coded,
        text(
            "method",
            "`stratified`: by the coded hits of the group; `pooled`: of all groups, where the group has fewer than 20",
        ) => value.map_or("", |_| chosen.method.name()),
        text(
            "flags",
            "few_coded: it rests on fewer than 20; no_misses: missed hits were not looked for; no_sense: no coder said whether hits are in the right sense",
        ) => flags_cell([
            ("few_coded", chosen.n_coded < FEWEST_CODED && !chosen.is_whole()),
            ("no_misses", of.no_misses),
            ("no_sense", of.no_sense),
        ]),
    }
}

fn rows(analysis: &Analysis<'_>, out: &mut dyn RowSink) {
    let Some(hand) = &analysis.options.hand else { return };
    own_shares(analysis, hand, out);
    hit_rates(analysis, hand, out);
    for (measure, field) in [("agent_share", Field::Agent), ("target_share", Field::Target)] {
        role_shares(analysis, hand, measure, field, out);
    }
}

/// All frames, and those of which people coded hits.
fn frames(analysis: &Analysis<'_>, hits: &Hits<'_>) -> Vec<Option<u32>> {
    let mut frames: Vec<u32> = hits.units.iter().filter_map(|unit| unit.frame).collect();
    frames.sort_by_key(|frame| analysis.frame_code(*frame));
    frames.dedup();
    std::iter::once(None).chain(frames.into_iter().map(Some)).collect()
}

fn name<'a>(analysis: &Analysis<'a>, frame: Option<u32>) -> &'a str {
    frame.map_or(ALL_TERMS, |frame| analysis.frame_code(frame))
}

fn own_shares(analysis: &Analysis<'_>, hand: &HandCoding, out: &mut dyn RowSink) {
    let Some(hits) = Hits::of(analysis, hand, Kind::Hits) else { return };
    for frame in frames(analysis, &hits) {
        let coding = hits.own_voice(frame);
        for (at, group) in analysis.groups.iter().enumerate() {
            let n = hits.size(at.checked_sub(1), frame);
            let own = hits.class_size(at.checked_sub(1), Voice::Own.name(), frame);
            if n == 0 {
                continue;
            }
            let chosen = coding.choose(at.checked_sub(1));
            let estimate = chosen.cells().and_then(|cells| ratio(Counted { y: own as f64, x: n as f64 }, cells));
            let raw = stats::ratio(own as f64, n as f64);
            let no_sense = !hits.judges_sense;
            Corrected { measure: "own_share", item: name(analysis, frame), n, raw, no_misses: false, no_sense }.write(
                group,
                estimate,
                Estimate::share_interval,
                &chosen,
                out,
            );
        }
    }
}

fn hit_rates(analysis: &Analysis<'_>, hand: &HandCoding, out: &mut dyn RowSink) {
    let hits = Hits::of(analysis, hand, Kind::Hits).or_else(|| Hits::of(analysis, hand, Kind::Roles));
    let hits = hits.filter(|hits| hits.judges_sense);
    let misses = Misses::of(analysis, hand);
    if hits.is_none() && misses.is_none() {
        return;
    }
    let mut of_frames = hits.as_ref().map_or_else(|| vec![None], |hits| frames(analysis, hits));
    let missed: BTreeSet<u32> = misses.iter().flat_map(Misses::frames).collect();
    let more = missed.into_iter().map(Some).filter(|frame| !of_frames.contains(frame)).collect::<Vec<_>>();
    of_frames.extend(more);
    of_frames.sort_by_key(|frame| frame.map_or("", |frame| analysis.frame_code(frame)));
    for frame in of_frames {
        let senses = hits.as_ref().map(|hits| hits.senses(frame));
        let found = misses.as_ref().map(|misses| misses.found(frame));
        for (at, group) in analysis.groups.iter().enumerate() {
            let counts = &group.counts;
            let n: u64 = match frame {
                Some(frame) => counts.frames.get(frame).map_or(0, |tally| tally.voices.n()),
                None => counts.frames.values().map(|tally| tally.voices.n()).sum(),
            };
            let choose = |coding: &Option<Coding>| {
                coding.as_ref().map_or_else(Chosen::default, |coding| coding.choose(at.checked_sub(1)))
            };
            let (of_hits, of_misses) = (choose(&senses), choose(&found));
            let part = |counted: f64, chosen: &Chosen| chosen.cells().map(|cells| total(counted, cells));
            let parts = [part(n as f64, &of_hits), part(0.0, &of_misses)];
            let words = counts.words as f64;
            let is_known = words > 0.0 && (n > 0 || parts[1].is_some()) && (parts[0].is_some() || parts[1].is_some());
            let estimate = is_known.then(|| {
                let without = Estimate { value: n as f64, variance: 0.0 };
                let (right, missed) =
                    (parts[0].unwrap_or(without), parts[1].unwrap_or(Estimate { value: 0.0, variance: 0.0 }));
                let per = stats::PER / words;
                Estimate {
                    value: (right.value + missed.value) * per,
                    variance: (right.variance + missed.variance) * per * per,
                }
            });
            if n == 0 && parts[1].is_none_or(|missed| missed.value == 0.0) {
                continue;
            }
            let raw = stats::per_1000(n, counts.words);
            let (no_misses, no_sense) = (parts[1].is_none(), parts[0].is_none());
            Corrected { measure: "rate", item: name(analysis, frame), n, raw, no_misses, no_sense }.write(
                group,
                estimate,
                |rate| Interval { low: rate.interval().low.max(0.0), high: rate.interval().high },
                &of_hits.and(of_misses),
                out,
            );
        }
    }
}

fn role_shares(analysis: &Analysis<'_>, hand: &HandCoding, measure: &'static str, field: Field, out: &mut dyn RowSink) {
    let of = |kind| Hits::of(analysis, hand, kind).filter(|hits| hits.answers(field) > 0);
    let (by_hits, by_roles) = (of(Kind::Hits), of(Kind::Roles));
    // Of two samples the one with more answers.
    let answers = |hits: &Option<Hits<'_>>| hits.as_ref().map_or(0, |hits| hits.answers(field));
    let chosen = if answers(&by_hits) >= answers(&by_roles) { by_hits } else { by_roles };
    let Some(hits) = chosen else { return };
    let of_role = |group: &Group<'_>| {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for ((_, agent, target), tally) in group.counts.targets.iter() {
            *counts.entry(actor_or_none(analysis, if field == Field::Agent { agent } else { target })).or_default() +=
                tally.n;
        }
        counts
    };
    let counts: Vec<BTreeMap<&str, u64>> = analysis.groups.iter().map(of_role).collect();
    let mut actors: BTreeSet<&str> = hits.actors(field);
    actors.extend(counts[0].keys());
    for actor in actors {
        let coding = hits.role(field, actor);
        for (at, group) in analysis.groups.iter().enumerate() {
            let (n, with) = (hits.size(at.checked_sub(1), None), counts[at].get(actor).copied().unwrap_or_default());
            let chosen = coding.choose(at.checked_sub(1));
            let estimate = chosen.cells().and_then(|cells| ratio(Counted { y: with as f64, x: n as f64 }, cells));
            // An actor that neither coder nor program finds in the group has no row.
            if n == 0 || with == 0 && estimate.is_none_or(|estimate| estimate.value <= 0.0) {
                continue;
            }
            let (raw, no_sense) = (stats::ratio(with as f64, n as f64), !hits.judges_sense);
            Corrected { measure, item: actor, n, raw, no_misses: false, no_sense }.write(
                group,
                estimate,
                Estimate::share_interval,
                &chosen,
                out,
            );
        }
    }
}

struct Corrected<'r> {
    measure: &'static str,
    item: &'r str,
    n: u64,
    raw: Option<f64>,
    no_misses: bool,
    no_sense: bool,
}

impl Corrected<'_> {
    fn write(
        &self,
        group: &Group<'_>,
        estimate: Option<Estimate>,
        ends: impl Fn(&Estimate) -> Interval,
        chosen: &Chosen,
        out: &mut dyn RowSink,
    ) {
        let interval = estimate.as_ref().map(&ends);
        out.row(&cells(self, group, estimate.map(|estimate| estimate.value), interval, chosen));
    }
}

/// Whether the key was drawn from the articles that are counted here.
///
/// # Errors
/// An article that is not here or has another text; a class that has another number of hits.
pub(crate) fn check_hand_coding(analysis: &Analysis<'_>) -> Result<()> {
    let Some(hand) = &analysis.options.hand else { return Ok(()) };
    for judged in &hand.samples {
        let other = |what: String| {
            let help = "correct the corpus it was drawn from, or draw a new sample with `framescope sample`";
            Error::Incompatible(format!("the key `{}` was drawn from another corpus: {what}; {help}", judged.key.name))
        };
        for row in &judged.key.rows {
            match analysis.counts.articles.get(row.article.as_str()) {
                None => return Err(other(format!("the article `{}` is not here", row.article))),
                Some(record) if hex(&record.open().sha256) != row.sha256 => {
                    return Err(other(format!("the article `{}` has another text here", row.article)));
                }
                Some(_) => {}
            }
        }
        if !matches!(judged.key.kind, Kind::Hits | Kind::Roles) {
            continue;
        }
        let (classes, sizes) = judged::strata(analysis, judged);
        let groups = analysis.parts();
        let of_key: BTreeMap<(&[String], &str), u64> =
            judged.key.strata.iter().map(|stratum| ((&*stratum.group, &*stratum.class), stratum.size)).collect();
        for ((group, class), n) in sizes {
            let (group, class) = (&groups[group], classes[class]);
            let drawn_from = of_key.get(&(&*group.key, class)).copied().unwrap_or_default();
            if n != drawn_from {
                let what =
                    format!("`{}` has {drawn_from} hits of the class `{class}` in the key and {n} here", group.name());
                return Err(other(what));
            }
        }
        let is_known = |stratum: &&crate::coding::Stratum| judged::group_number(analysis, &stratum.group).is_some();
        if let Some(stratum) = judged.key.strata.iter().find(|stratum| !is_known(stratum)) {
            return Err(other(format!("there is no group `{}` here", stratum.group.join(" / "))));
        }
    }
    Ok(())
}
