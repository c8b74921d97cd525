//! Coders against each other.

use super::variable::{VariableItem, VariableItems};
use super::{ALL_CLASSES, AgreementOf, Figure};
use crate::stats::Interval;
use crate::stats::agreement::{alpha_interval, cohen_kappa, krippendorff_alpha};
use crate::stats::permutation::Stream;
use std::collections::{BTreeMap, BTreeSet};

/// `place` is the seed and the number of the variable: each has random numbers of its own.
pub(super) fn compare(table: &VariableItems, coders: &[String], place: (u64, u64), figures: &mut Vec<Figure>) {
    let twice: Vec<&VariableItem> = table.units.iter().filter(|unit| unit.codes.iter().flatten().count() > 1).collect();
    if twice.is_empty() {
        return;
    }
    let codes: BTreeSet<&str> = twice.iter().flat_map(|unit| unit.codes.iter().flatten()).map(String::as_str).collect();
    let classes = || std::iter::once(None).chain(codes.iter().copied().map(Some));
    let seen_as = |code: &Option<String>, class: Option<&str>| -> Option<String> {
        let code = code.as_ref()?;
        Some(class.map_or_else(|| code.clone(), |class| (class == code).to_string()))
    };
    let figure = |who: &str, class: Option<&str>, measure, value, ends: Option<Interval>, n: usize| Figure {
        about: AgreementOf::Coders,
        kind: table.kind,
        variable: table.variable.name(),
        who: who.to_owned(),
        class: class.unwrap_or(ALL_CLASSES).to_owned(),
        split: String::new(),
        of: String::new(),
        measure,
        value,
        low: ends.map(|ends| ends.low),
        high: ends.map(|ends| ends.high),
        n: n as u64,
    };
    for class in classes() {
        let mut articles: BTreeMap<&str, Vec<Vec<Option<String>>>> = BTreeMap::new();
        for unit in &twice {
            let codes = unit.codes.iter().map(|code| seen_as(code, class)).collect();
            articles.entry(unit.article.as_str()).or_default().push(codes);
        }
        let articles: Vec<_> = articles.into_values().collect();
        let units: Vec<Vec<Option<String>>> = articles.iter().flatten().cloned().collect();
        let ends = alpha_interval(&articles, Stream { seed: place.0, pair: place.1 });
        let who = "all coders";
        figures.push(figure(who, class, "percent", Some(percent(&units)), None, units.len()));
        figures.push(figure(who, class, "krippendorff_alpha", krippendorff_alpha(&units), ends, units.len()));
    }
    for (a, first) in coders.iter().enumerate() {
        for (b, second) in coders.iter().enumerate().skip(a + 1) {
            let both = |class| -> Vec<(String, String)> {
                let pair =
                    |unit: &&VariableItem| Some((seen_as(&unit.codes[a], class)?, seen_as(&unit.codes[b], class)?));
                twice.iter().filter_map(pair).collect()
            };
            for class in classes() {
                let pairs = both(class);
                if pairs.is_empty() {
                    continue;
                }
                let who = format!("{first} & {second}");
                let same = pairs.iter().filter(|(a, b)| a == b).count() as f64 / pairs.len() as f64;
                figures.push(figure(&who, class, "percent", Some(same), None, pairs.len()));
                figures.push(figure(&who, class, "cohen_kappa", cohen_kappa(&pairs), None, pairs.len()));
            }
        }
    }
}

/// The share of equal pairs of codes, each item weighed the same.
fn percent(units: &[Vec<Option<String>>]) -> f64 {
    let of_unit = |unit: &Vec<Option<String>>| {
        let codes: Vec<&String> = unit.iter().flatten().collect();
        let n = codes.len();
        let pairs = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
        let same = pairs.filter(|(a, b)| codes[*a] == codes[*b]).count();
        same as f64 / (n * (n - 1) / 2) as f64
    };
    units.iter().map(of_unit).sum::<f64>() / units.len() as f64
}
