//! What each feature weighs for an actor as agent and as target (`data/roles.csv`).

use super::Voice;
use super::feature::Feature;
use crate::codebook::TermDeed;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Rows by their feature. Most questions are for features that have none: a free slot answers them at once.
#[derive(Debug)]
struct Table<R> {
    /// The feature and the number of its row, from 1; more than half of the slots are free.
    slots: Vec<(Feature, u32)>,
    rows: Vec<R>,
}

impl<R> Table<R> {
    fn new(of: FxHashMap<Feature, R>) -> Self {
        let size = (of.len() * 2 + 1).next_power_of_two();
        let mut table = Self { slots: vec![(Feature::default(), 0); size], rows: Vec::with_capacity(of.len()) };
        // In an order of their own, so that a row has the same number in every run.
        let mut of: Vec<(Feature, R)> = of.into_iter().collect();
        of.sort_unstable_by_key(|(feature, _)| *feature);
        for (feature, row) in of {
            table.rows.push(row);
            let mut at = table.home(feature);
            while table.slots[at].1 != 0 {
                at = (at + 1) & (size - 1);
            }
            table.slots[at] = (feature, table.rows.len() as u32);
        }
        table
    }

    #[inline]
    fn home(&self, feature: Feature) -> usize {
        feature.mixed() & (self.slots.len() - 1)
    }

    /// The number of the feature's row.
    #[inline]
    fn find(&self, feature: Feature) -> Option<usize> {
        let mut at = self.home(feature);
        loop {
            let (known, number) = *self.slots.get(at)?;
            if number == 0 {
                return None;
            }
            if known == feature {
                return Some(number as usize - 1);
            }
            at = (at + 1) & (self.slots.len() - 1);
        }
    }

    fn get(&self, feature: Feature) -> Option<&R> {
        self.find(feature).and_then(|row| self.rows.get(row))
    }
}

/// As agent and as target, in tenths of a logit.
pub(super) type Weights = [i32; 2];

/// The weights of one feature: for a term without a deed, then for each deed, where what it weighs of itself is counted
/// in.
type Row = [Weights; TermDeed::NAMES.len() + 1];

static WEIGHTS: LazyLock<Table<Row>> = LazyLock::new(|| Table::new(parse(include_str!("data/roles.csv"))));

fn parse(table: &str) -> FxHashMap<Feature, Row> {
    let mut rows: FxHashMap<Feature, Row> = FxHashMap::default();
    for line in table.lines().skip(1) {
        let mut cells = line.split(',');
        let known = cells.next().and_then(Feature::parse);
        let mut weight = || cells.next().and_then(|cell| cell.parse::<i32>().ok()).unwrap_or_default();
        let weights = [weight(), weight()];
        let Some((feature, deed)) = known else { continue };
        let row = rows.entry(feature).or_default();
        match deed {
            Some(deed) => add(&mut row[deed as usize + 1], weights),
            None => row.iter_mut().for_each(|sum| add(sum, weights)),
        }
    }
    rows
}

/// What a feature weighs for a term with a deed.
pub(super) fn weigh(feature: Feature, deed: Option<TermDeed>) -> Weights {
    let at = deed.map_or(0, |deed| deed as usize + 1);
    WEIGHTS.get(feature).map_or([0, 0], |row| row[at])
}

/// Adds up what different features weigh: a feature that comes again counts once.
#[derive(Debug, Clone, Default)]
pub(super) struct Sum {
    /// By row: the sum it was last part of.
    counted: Vec<u32>,
    sum: u32,
}

impl Sum {
    /// What the features weigh for a term with a deed.
    pub fn of_roles(&mut self, features: impl Iterator<Item = Feature>, deed: Option<TermDeed>) -> Weights {
        let (mut weights, at) = ([0, 0], deed.map_or(0, |deed| deed as usize + 1));
        self.each(&WEIGHTS, features, |row| add(&mut weights, row[at]));
        weights
    }

    /// What the features weigh for the speaker of a term in a voice.
    pub fn of_speaker(&mut self, features: impl Iterator<Item = Feature>, voice: Voice) -> i32 {
        let mut weight = 0;
        self.each(&HEARD, features, |row| weight += row[voice as usize]);
        weight
    }

    fn each<R>(&mut self, table: &Table<R>, features: impl Iterator<Item = Feature>, mut take: impl FnMut(&R)) {
        if self.counted.len() < table.rows.len() || self.sum == u32::MAX {
            self.counted.clear();
            self.counted.resize(table.rows.len(), 0);
            self.sum = 0;
        }
        self.sum += 1;
        for row in features.filter_map(|feature| table.find(feature)) {
            if self.counted[row] != self.sum {
                self.counted[row] = self.sum;
                take(&table.rows[row]);
            }
        }
    }
}

/// What each feature weighs for an actor as the speaker, by the voice of the term.
static HEARD: LazyLock<Table<[i32; Voice::ALL.len()]>> =
    LazyLock::new(|| Table::new(parse_heard(include_str!("data/speakers.csv"))));

fn parse_heard(table: &str) -> FxHashMap<Feature, [i32; Voice::ALL.len()]> {
    let mut rows: FxHashMap<Feature, [i32; Voice::ALL.len()]> = FxHashMap::default();
    for line in table.lines().skip(1) {
        let Some((name, weight)) = line.split_once(',') else { continue };
        let (feature, voice) = name.split_once('|').map_or((name, None), |(feature, voice)| (feature, Some(voice)));
        let (Some((feature, _)), Ok(weight)) = (Feature::parse(feature), weight.parse::<i32>()) else { continue };
        let row = rows.entry(feature).or_default();
        for (sum, of) in row.iter_mut().zip(Voice::ALL) {
            *sum += if voice.is_none_or(|voice| voice == of.name()) { weight } else { 0 };
        }
    }
    rows
}

/// What a feature weighs for an actor as the speaker of a term in a voice.
pub(super) fn weigh_speaker(feature: Feature, voice: Voice) -> i32 {
    HEARD.get(feature).map_or(0, |row| row[voice as usize])
}

pub(super) fn add(sum: &mut Weights, weights: Weights) {
    sum[0] += weights[0];
    sum[1] += weights[1];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::feature::Relation;

    #[test]
    fn a_deed_adds_to_what_a_feature_weighs_of_itself() {
        let rows = parse("feature,agent,target\ndemonym,1,2\ndemonym|on,10,-20\n");
        let row = rows[&Feature::of(Relation::Demonym)];
        assert_eq!(row[0], [1, 2]);
        assert_eq!(row[TermDeed::On as usize + 1], [11, -18]);
        assert_eq!(row[TermDeed::Of as usize + 1], [1, 2]);
    }

    #[test]
    fn a_voice_adds_to_what_a_feature_weighs_of_itself() {
        let rows = parse_heard("feature,speaker\nrule_says,5\nrule_says|quoted,-7\n");
        let row = rows[&Feature::of(Relation::RuleSays)];
        assert_eq!((row[Voice::Own as usize], row[Voice::Quoted as usize]), (5, -2));
    }

    #[test]
    fn every_row_of_the_tables_is_a_known_feature() {
        for line in include_str!("data/roles.csv").lines().skip(1) {
            let name = line.split(',').next().unwrap_or_default();
            assert!(Feature::parse(name).is_some(), "{name}");
        }
        for line in include_str!("data/speakers.csv").lines().skip(1) {
            let (feature, voice) =
                line.split(',').next().map(|name| name.split_once('|').unwrap_or((name, "own"))).unwrap();
            assert!(Feature::parse(feature).is_some(), "{feature}");
            assert!(Voice::ALL.iter().any(|known| known.name() == voice), "{voice}");
        }
    }
}
