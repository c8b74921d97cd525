//! What each feature weighs for an actor as agent and as target (`data/roles.csv`).

use super::Voice;
use super::feature::Feature;
use crate::codebook::TermDeed;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// As agent and as target, in tenths of a logit.
pub(super) type Weights = [i32; 2];

/// The weights of one feature: for a term without a deed, then for each deed, where what it weighs of itself is counted
/// in.
type Row = [Weights; TermDeed::NAMES.len() + 1];

static WEIGHTS: LazyLock<FxHashMap<Feature, Row>> = LazyLock::new(|| parse(include_str!("data/roles.csv")));

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
    WEIGHTS.get(&feature).map_or([0, 0], |row| row[at])
}

/// What each feature weighs for an actor as the speaker, by the voice of the term.
static HEARD: LazyLock<FxHashMap<Feature, [i32; Voice::ALL.len()]>> =
    LazyLock::new(|| parse_heard(include_str!("data/speakers.csv")));

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
    HEARD.get(&feature).map_or(0, |row| row[voice as usize])
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
