//! The program against the answers that count.

use super::variable::{VariableItem, VariableItems};
use super::{ALL_CLASSES, AgreementOf, Figure};
use crate::coding::{Field, HandCoding, Judged, KeyRow, Kind, NOBODY, is_right};
use crate::stats::Interval;
use crate::stats::correction::{Cell, Classed, Coded, Counted, Estimate, put_together, ratio, total};
use std::collections::{BTreeMap, BTreeSet};

/// What a share counts of an item: in the numerator, in the denominator, and what it could be of another item with the same
/// answer of the program.
struct ShareOfItem {
    y: bool,
    x: bool,
    possible: [(f64, f64); 2],
}

const WRONG: (f64, f64) = (0.0, 1.0);
const RIGHT: (f64, f64) = (1.0, 1.0);
const OUTSIDE: (f64, f64) = (0.0, 0.0);

fn is_right_answer(unit: &VariableItem) -> bool {
    unit.truth.as_ref() == Some(&unit.program)
}

/// All items, and those whose answer is right.
fn accuracy(unit: &VariableItem) -> ShareOfItem {
    ShareOfItem { y: is_right_answer(unit), x: true, possible: [WRONG, RIGHT] }
}

/// Those that the program puts into the class, and that belong there.
fn precision(unit: &VariableItem, class: &str) -> ShareOfItem {
    let x = unit.program == class;
    ShareOfItem { y: is_right_answer(unit), x, possible: if x { [WRONG, RIGHT] } else { [OUTSIDE; 2] } }
}

/// Those that belong into the class, and that the program puts there.
fn recall(unit: &VariableItem, class: &str) -> ShareOfItem {
    let y = unit.program == class;
    ShareOfItem { y, x: unit.truth.as_deref() == Some(class), possible: [OUTSIDE, if y { RIGHT } else { WRONG }] }
}

/// The share of the denominator that is in the numerator, each item weighed by how probable it was to be drawn.
fn share(
    judged: &Judged,
    classes: &[usize],
    units: &[&VariableItem],
    of: impl Fn(&VariableItem) -> ShareOfItem,
) -> (Option<Estimate>, u64) {
    let mut strata: BTreeMap<usize, Classed> = BTreeMap::new();
    let mut n = 0;
    for unit in units {
        let row = &judged.key.rows[unit.row];
        let stratum = judged.key.stratum(row);
        let ShareOfItem { y, x, possible } = of(unit);
        n += u64::from(x);
        let (weight, number) = (1.0 / stratum.inclusion(), |is: bool| f64::from(u8::from(is)));
        let one = strata.entry(row.stratum).or_insert_with(|| Classed {
            cell: Cell { size: 0.0, drawn_from: 0.0, coded: Vec::new(), possible: Vec::new() },
            class: classes[row.stratum],
            side: 0,
        });
        // Items that were not coded are left out: the figures are about the coded ones only.
        one.cell.size += weight;
        one.cell.drawn_from += weight;
        one.cell.coded.push(Coded { weight, y: number(y && x), x: number(x) });
        for pair in possible {
            if !one.cell.possible.contains(&pair) {
                one.cell.possible.push(pair);
            }
        }
    }
    let cells = put_together(strata.into_values().collect());
    (ratio(Counted { y: 0.0, x: 0.0 }, &cells), n)
}

pub(super) fn compare(table: &VariableItems, judged: &Judged, figures: &mut Vec<Figure>) {
    if table.kind == Kind::Misses {
        return;
    }
    let judged_units: Vec<&VariableItem> = table.units.iter().filter(|unit| unit.truth.is_some()).collect();
    if judged_units.is_empty() {
        return;
    }
    let classes = class_numbers(judged);
    let is_sense = table.variable.field() == Field::RightSense;
    let mut of_split = |split: &str, of: &str, units: &[&VariableItem], with_classes: bool| {
        let mut add = |class: &str, measure, value: Option<f64>, ends: Option<Interval>, n| {
            figures.push(Figure {
                about: AgreementOf::Program,
                kind: table.kind,
                variable: table.variable.name(),
                who: "program".into(),
                class: class.to_owned(),
                split: split.to_owned(),
                of: of.to_owned(),
                measure,
                value,
                low: ends.map(|ends| ends.low),
                high: ends.map(|ends| ends.high),
                n,
            });
        };
        let mut add_share = |class: &str, measure, (estimate, n): (Option<Estimate>, u64)| {
            let value = estimate.map(|estimate| estimate.value);
            add(class, measure, value, estimate.map(|estimate| estimate.share_interval()), n);
            value
        };
        add_share(ALL_CLASSES, "accuracy", share(judged, &classes, units, accuracy));
        if !with_classes || is_sense {
            return;
        }
        let codes: BTreeSet<&str> =
            units.iter().flat_map(|unit| unit.truth.iter().chain([&unit.program])).map(String::as_str).collect();
        let mut f1s = Vec::new();
        for class in codes {
            let precision =
                add_share(class, "precision", share(judged, &classes, units, |unit| precision(unit, class)));
            let recall = add_share(class, "recall", share(judged, &classes, units, |unit| recall(unit, class)));
            let f1 = match (precision, recall) {
                (Some(p), Some(r)) if p + r > 0.0 => Some(2.0 * p * r / (p + r)),
                _ => None,
            };
            let is_of_class = |unit: &&&VariableItem| unit.truth.as_deref() == Some(class) || unit.program == class;
            f1s.push((class.to_owned(), f1, units.iter().filter(is_of_class).count() as u64));
        }
        for (class, f1, n) in f1s {
            add(&class, "f1", f1, None, n);
        }
    };
    of_split("", "", &judged_units, true);
    let by = judged.key.by.join(" / ");
    type Split<'s> = (&'s str, &'s dyn Fn(&KeyRow) -> String, bool);
    let splits: [Split<'_>; 4] = [
        ("frame", &|row| row.frame.clone(), true),
        ("voice", &|row| row.voice.clone(), false),
        ("rule", &|row| row.rule.clone(), false),
        (&by, &|row| judged.key.stratum(row).group.join(" / "), true),
    ];
    for (split, value, with_classes) in splits {
        let mut parts: BTreeMap<String, Vec<&VariableItem>> = BTreeMap::new();
        for unit in &judged_units {
            parts.entry(value(&judged.key.rows[unit.row])).or_default().push(unit);
        }
        for (of, units) in parts.iter().filter(|(of, _)| !of.is_empty()) {
            of_split(split, of, units, with_classes);
        }
    }
}

/// How many hits the program misses: per sentence without a hit, and of all hits, where both were sampled.
pub(super) fn missed(hand: &HandCoding, figures: &mut Vec<Figure>) {
    let Some(misses) = hand.of(Kind::Misses) else { return };
    let answered = || misses.rows().filter_map(|(row, answers)| Some((row, answers.get(&Field::MissedFrames)?)));
    let n_sentences = answered().count() as u64;
    let codes = answered().flat_map(|(_, answer)| answer.codes.iter().map(String::as_str));
    let mut frames: BTreeSet<Option<&str>> = codes.filter(|code| *code != NOBODY).map(Some).collect();
    let hits = hand.of(Kind::Hits).or_else(|| hand.of(Kind::Roles)).filter(|hits| hits.judges_sense());
    frames.extend(hits.iter().flat_map(|hits| &hits.key.rows).map(|row| Some(row.frame.as_str())));
    frames.insert(None);
    let sentences: u64 = misses.key.strata.iter().map(|stratum| stratum.size).sum();
    for frame in frames {
        let is_frame = |code: &str| frame.is_none_or(|frame| frame == code);
        let found = answered().map(|(row, answer)| {
            let n = answer.codes.iter().filter(|code| *code != NOBODY && is_frame(code)).count();
            (row, n as f64)
        });
        let of_misses = total(0.0, &cells(misses, found));
        let mut add = |measure, value: f64, variance: f64, n, share: bool| {
            let estimate = Estimate { value, variance };
            let ends = if share { estimate.share_interval() } else { estimate.interval() };
            figures.push(Figure {
                about: AgreementOf::Program,
                kind: Kind::Misses,
                variable: "hits",
                who: "program".into(),
                class: ALL_CLASSES.into(),
                split: if frame.is_some() { "frame".into() } else { String::new() },
                of: frame.unwrap_or_default().to_owned(),
                measure,
                value: Some(value),
                low: Some(ends.low.max(0.0)),
                high: Some(ends.high),
                n,
            });
        };
        if frame.is_none() || of_misses.value > 0.0 {
            let per = 1.0 / sentences as f64;
            add("missed_per_sentence", of_misses.value * per, of_misses.variance * per * per, n_sentences, false);
        }
        let Some(hits) = hits else { continue };
        let right = hits.rows().filter_map(|(row, answers)| {
            let right = is_right(answers)? && is_frame(&row.frame);
            Some((row, f64::from(u8::from(right))))
        });
        let right: Vec<_> = right.collect();
        let n = right.iter().filter(|(_, y)| *y > 0.0).count() as u64;
        let of_hits = total(0.0, &cells(hits, right.into_iter()));
        let all = of_hits.value + of_misses.value;
        if all > 0.0 {
            let variance =
                (of_misses.value.powi(2) * of_hits.variance + of_hits.value.powi(2) * of_misses.variance) / all.powi(4);
            add("recall", of_hits.value / all, variance, n + n_sentences, true);
        }
    }
}

/// A number for the class of each stratum.
fn class_numbers(judged: &Judged) -> Vec<usize> {
    let strata = &judged.key.strata;
    let names: BTreeSet<&str> = strata.iter().map(|stratum| stratum.class.as_str()).collect();
    let names: Vec<&str> = names.into_iter().collect();
    strata.iter().map(|stratum| names.binary_search(&stratum.class.as_str()).unwrap_or_default()).collect()
}

/// A cell for each stratum of a sample.
fn cells<'k>(judged: &Judged, units: impl Iterator<Item = (&'k KeyRow, f64)>) -> Vec<Cell> {
    let strata = judged.key.strata.iter().zip(class_numbers(judged)).map(|(stratum, class)| Classed {
        cell: Cell {
            size: stratum.size as f64,
            drawn_from: stratum.size as f64,
            coded: Vec::new(),
            possible: vec![(0.0, 0.0), (1.0, 0.0)],
        },
        class,
        side: 0,
    });
    let mut strata: Vec<Classed> = strata.collect();
    for (row, y) in units {
        let weight = 1.0 / judged.key.stratum(row).inclusion();
        strata[row.stratum].cell.coded.push(Coded { weight, y, x: 0.0 });
    }
    put_together(strata)
}
