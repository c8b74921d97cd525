//! Drawing while the corpus is read, and the sample at the end.

use super::allocate::{Plan, allocate, planned_half_width};
use super::candidates::{CUE, Drawable, FAVOUR_OF_CUES, Finder};
use super::{Sample, SampleItem, SampleOptions, Size, codes, number};
use crate::coded::Coded;
use crate::coding::{Key, KeyRow, Kind, Stratum};
use crate::error::Result;
use crate::pipeline::{BlockRows, BlockSink, WantedTables};
use crate::study::Study;
use crate::tag::Walks;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// With a margin it is not known beforehand how many items a stratum needs: this many times what one stratum would need alone.
const SPARE: f64 = 4.0;

/// Takes what may be drawn out of each article, and keeps what may be drawn of it in the end.
pub(super) struct Drawing<'s> {
    finder: Finder<'s>,
    study: &'s Study,
    /// A stratum keeps so many items.
    most: usize,
    state: Mutex<DrawState>,
}

#[derive(Default)]
struct DrawState {
    strata: BTreeMap<(Vec<String>, &'static str), Pot>,
    walks: Walks,
}

/// A stratum in the making.
#[derive(Default)]
pub(super) struct Pot {
    pub size: u64,
    /// By number, those with the smallest ones.
    kept: BTreeMap<u128, (SampleItem, KeyRow)>,
}

/// A stratum with its items, by their numbers.
pub(super) struct Filled {
    group: Vec<String>,
    class: &'static str,
    pub size: u64,
    items: Vec<(u128, SampleItem, KeyRow)>,
}

impl<'s> Drawing<'s> {
    pub fn new(study: &'s Study, options: &SampleOptions) -> Result<Self> {
        let most = match options.size {
            Size::Items(n) => n as usize,
            Size::Margin(margin) => (SPARE * (crate::stats::intervals::Z_95 / (2.0 * margin)).powi(2)) as usize + 100,
        };
        let finder = Finder::new(study, options.kind, options.seed)?;
        Ok(Self { finder, study, most, state: Mutex::default() })
    }

    pub fn finish(self) -> Vec<Filled> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        let filled = |((group, class), pot): ((Vec<String>, &'static str), Pot)| Filled {
            group,
            class,
            size: pot.size,
            items: pot.kept.into_iter().map(|(number, (item, row))| (number, item, row)).collect(),
        };
        state.strata.into_iter().map(filled).collect()
    }
}

impl BlockSink for Drawing<'_> {
    fn wants(&self) -> WantedTables {
        WantedTables { ledger: false, zones: false, quotations: false, in_parts: false }
    }

    fn take(&self, _rows: BlockRows) -> Result<()> {
        Ok(())
    }

    fn look(&self, coded: &Coded<'_>) {
        // The pipeline has refused an article whose group has a forbidden name.
        let Ok(group) = self.study.group(&coded.article.id, &coded.article.meta) else { return };
        let mut walks = std::mem::take(&mut self.lock().walks);
        let found = self.finder.candidates(coded, &mut walks);
        let mut state = self.lock();
        state.walks = walks;
        for candidate in &found {
            let pot = state.strata.entry((group.clone(), candidate.class)).or_default();
            pot.size += 1;
            if pot.takes(candidate, self.most) {
                pot.kept.insert(candidate.number, self.finder.item(coded, candidate));
                if pot.kept.len() > self.most {
                    pot.kept.pop_last();
                }
            }
        }
    }
}

impl Drawing<'_> {
    fn lock(&self) -> std::sync::MutexGuard<'_, DrawState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pot {
    fn takes(&self, candidate: &Drawable, most: usize) -> bool {
        self.kept.len() < most || self.kept.last_key_value().is_some_and(|(last, _)| candidate.number < *last)
    }
}

/// The sample: so many items of each stratum, in random order.
pub(super) fn put_together(study: &Study, options: &SampleOptions, strata: Vec<Filled>) -> Sample {
    let groups: Vec<&Vec<String>> =
        strata.iter().map(|stratum| &stratum.group).collect::<BTreeSet<_>>().into_iter().collect();
    let plan = |stratum: &Filled| Plan {
        group: groups.binary_search(&&stratum.group).unwrap_or_default(),
        size: stratum.size,
        favour: if stratum.class == CUE { FAVOUR_OF_CUES } else { 1 },
    };
    let plans: Vec<Plan> = strata.iter().map(plan).collect();
    let mut drawn = allocate(&plans, options.size);
    for (n, stratum) in drawn.iter_mut().zip(&strata) {
        *n = (*n).min(stratum.items.len() as u64);
    }
    let half_width = (options.kind == Kind::Hits).then(|| planned_half_width(&plans, &drawn));
    let settings: BTreeMap<String, String> =
        study.fingerprint_parts().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let mut chosen: Vec<(u128, SampleItem, KeyRow)> = Vec::new();
    let mut of_key = Vec::with_capacity(strata.len());
    for (at, (stratum, n)) in strata.into_iter().zip(&drawn).enumerate() {
        of_key.push(Stratum { group: stratum.group, class: stratum.class.to_owned(), size: stratum.size, drawn: *n });
        chosen.extend(stratum.items.into_iter().take(*n as usize).map(|(number, item, mut row)| {
            row.stratum = at;
            (number, item, row)
        }));
    }
    // The numbers that were drawn are small: the order has to come from others.
    let order = |(drawn, _, _): &(u128, SampleItem, KeyRow)| number(options.seed, &["order", &drawn.to_string()]);
    chosen.sort_by_cached_key(order);
    let all: Vec<String> = chosen.iter().map(|(number, _, _)| number.to_string()).collect();
    let parts: Vec<&str> = settings.values().chain(&all).map(String::as_str).collect();
    let tag = number(options.seed, &parts) as u16;
    let digits = chosen.len().to_string().len().max(3);
    let shared = (options.overlap * chosen.len() as f64).ceil() as usize;
    let (mut items, mut rows) = (Vec::with_capacity(chosen.len()), Vec::with_capacity(chosen.len()));
    for (at, (_, mut item, mut row)) in chosen.into_iter().enumerate() {
        item.id = format!("{}{tag:04x}-{:0digits$}", options.kind.letter(), at + 1);
        item.coders = match options.coders.len() {
            0 => Vec::new(),
            _ if at < shared => options.coders.clone(),
            n => vec![options.coders[(at - shared) % n].clone()],
        };
        row.item.clone_from(&item.id);
        row.coders.clone_from(&item.coders);
        items.push(item);
        rows.push(row);
    }
    let key = Key {
        name: String::new(),
        kind: options.kind,
        by: study.options.by.clone(),
        rows,
        strata: of_key,
        seed: options.seed,
        settings,
    };
    let codes = codes(&study.codebook, options.kind);
    Sample { kind: options.kind, blind: options.blind, items, codes, key, half_width }
}
