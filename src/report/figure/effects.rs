//! What sets a group apart: effect sizes of keyness.

use super::super::Facts;
use super::super::rows::{integer, number, text};
use super::{GroupChoice, view};

#[derive(Debug, Clone)]
pub struct Effect {
    pub group: String,
    pub layer: String,
    pub item: String,
    pub a: u64,
    pub n1: u64,
    pub b: u64,
    pub n2: u64,
    pub g2: Option<f64>,
    pub q: Option<f64>,
    pub log_ratio: Option<f64>,
    /// The bound of the interval that lies nearer to zero.
    pub conservative: Option<f64>,
}

/// For each group and layer the items that stand out most, by the bound of the interval, then by g2.
pub fn effects(facts: &Facts<'_>, groups: &GroupChoice) -> Option<Vec<Effect>> {
    const MOST: usize = 8;
    let view = view(facts, "keyness")?;
    let (layer, item) = (view.column("layer")?, view.column("item")?);
    let (a, n1, b, n2) = (view.column("a")?, view.column("n1")?, view.column("b")?, view.column("n2")?);
    let (g2, q) = (view.column("g2")?, view.column("q")?);
    let (log_ratio, conservative) = (view.column("log_ratio")?, view.column("log_ratio_conservative")?);
    let mut by_key: std::collections::BTreeMap<(usize, usize), Vec<Effect>> = std::collections::BTreeMap::new();
    let layers = ["force", "frame", "term", "actor", "naming", "word"];
    for row in view.rows() {
        let group = view.group(row);
        let Some(number_of_group) = groups.index(&group) else { continue };
        let Some(at) = layers.iter().position(|known| *known == text(row, layer)) else { continue };
        by_key.entry((number_of_group, at)).or_default().push(Effect {
            group,
            layer: text(row, layer).to_owned(),
            item: text(row, item).to_owned(),
            a: integer(row, a),
            n1: integer(row, n1),
            b: integer(row, b),
            n2: integer(row, n2),
            g2: number(row, g2),
            q: number(row, q),
            log_ratio: number(row, log_ratio),
            conservative: number(row, conservative),
        });
    }
    let mut chosen = Vec::new();
    for mut effects in by_key.into_values() {
        let size = |value: Option<f64>| value.map_or(-1.0, f64::abs);
        effects.sort_by(|x, y| {
            size(y.conservative)
                .total_cmp(&size(x.conservative))
                .then_with(|| size(y.g2).total_cmp(&size(x.g2)))
                .then_with(|| x.item.cmp(&y.item))
        });
        effects.truncate(MOST);
        chosen.extend(effects);
    }
    Some(chosen)
}
