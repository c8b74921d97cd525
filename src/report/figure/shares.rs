//! Counts divided into kinds: voices of a frame, names of an object.

use super::super::Facts;
use super::super::rows::{integer, text};
use super::{GroupChoice, view};
use crate::count::{ALL, ALL_TERMS};
use crate::voice::Voice;
use std::collections::BTreeMap;

#[derive(Debug, Clone)]
pub struct Shares {
    /// What the parts are, in their order.
    pub parts: Vec<String>,
    pub bars: Vec<Bar>,
}

#[derive(Debug, Clone)]
pub struct Bar {
    /// Bars of one panel stand together.
    pub panel: String,
    pub label: String,
    pub counts: Vec<u64>,
}

impl Bar {
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }
}

/// Every frame and group with a hit.
pub fn voices(facts: &Facts<'_>, groups: &GroupChoice) -> Option<Shares> {
    let view = view(facts, "frame_frequency")?;
    let (frame, term) = (view.column("frame")?, view.column("term")?);
    let columns: Vec<usize> =
        Voice::ALL.iter().map(|voice| view.column(&format!("n_{}", voice.name()))).collect::<Option<_>>()?;
    let mut bars = Vec::new();
    for row in view.rows().filter(|row| text(row, term) == ALL_TERMS) {
        let label = view.group(row);
        let counts: Vec<u64> = columns.iter().map(|at| integer(row, *at)).collect();
        if groups.index(&label).is_none() || counts.iter().sum::<u64>() == 0 {
            continue;
        }
        bars.push(Bar { panel: text(row, frame).to_owned(), label, counts });
    }
    Some(Shares { parts: Voice::ALL.iter().map(|voice| voice.name().to_owned()).collect(), bars })
}

/// One figure a pair: its poles, in each group with a hit.
pub fn naming(facts: &Facts<'_>, groups: &GroupChoice) -> Option<Vec<(String, Shares)>> {
    let view = view(facts, "naming")?;
    let (pair, object, pole, n) =
        (view.column("pair")?, view.column("object")?, view.column("pole")?, view.column("n")?);
    let mut poles: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut objects: BTreeMap<&str, &str> = BTreeMap::new();
    let mut counts: BTreeMap<(&str, usize, &str), u64> = BTreeMap::new();
    for row in view.rows() {
        let key = text(row, pair);
        let of_pair = poles.entry(key).or_default();
        if !of_pair.iter().any(|known| known == text(row, pole)) {
            of_pair.push(text(row, pole).to_owned());
        }
        objects.insert(key, text(row, object));
        if let Some(group) = groups.index(&view.group(row)) {
            *counts.entry((key, group, text(row, pole))).or_default() += integer(row, n);
        }
    }
    let mut figures: Vec<(u64, String, Shares)> = Vec::new();
    for (key, parts) in &poles {
        let mut bars = Vec::new();
        for (number, label) in groups.names.iter().enumerate() {
            let of_group: Vec<u64> = parts
                .iter()
                .map(|pole| counts.get(&(*key, number, pole.as_str())).copied().unwrap_or_default())
                .collect();
            if of_group.iter().sum::<u64>() > 0 {
                bars.push(Bar { panel: String::new(), label: label.clone(), counts: of_group });
            }
        }
        let total = bars.iter().find(|bar| bar.label == ALL).map_or(0, Bar::total);
        if total > 0 {
            figures.push((total, format!("{} ({key})", objects[key]), Shares { parts: parts.clone(), bars }));
        }
    }
    figures.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Some(figures.into_iter().map(|(_, name, shares)| (name, shares)).collect())
}
