//! The relations by which agents, targets and speakers are ranked, in words, with what they weigh most.

use csv::ReaderBuilder;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// One relation of an actor to a term, or to what is said of it.
pub(crate) struct RoleRelation {
    /// What its features begin with in `show roles` and `show speakers`.
    pub name: String,
    /// What holds of the actor.
    pub says: String,
    /// Its features that weigh most, with their weights as agent and as target in tenths of a logit; the heaviest first.
    pub features: Vec<(&'static str, [i32; 2])>,
    /// Those that weigh most for a speaker, with their weights; behind a bar the voice for which alone they hold.
    pub speaking: Vec<(&'static str, i32)>,
}

/// How many features of a relation are named.
const NAMED: usize = 8;

static RELATIONS: LazyLock<Vec<RoleRelation>> = LazyLock::new(|| {
    let mut of_relation: FxHashMap<&str, Vec<_>> = FxHashMap::default();
    for (feature, weights) in include_str!("data/roles.csv").lines().skip(1).filter_map(weighed) {
        of_relation.entry(relation_of(feature)).or_default().push((feature, weights));
    }
    let mut of_speakers: FxHashMap<&str, Vec<_>> = FxHashMap::default();
    for (feature, weight) in include_str!("data/speakers.csv").lines().filter_map(|line| line.split_once(',')) {
        let (name, Ok(weight)) = (relation_of(feature), weight.parse::<i32>()) else { continue };
        of_speakers.entry(name).or_default().push((feature, weight));
    }
    let mut reader = ReaderBuilder::new().from_reader(include_str!("data/relations.csv").as_bytes());
    let rows = reader.deserialize::<(String, String)>().filter_map(Result::ok);
    rows.map(|(name, says)| {
        let mut features: Vec<(&str, [i32; 2])> = of_relation.remove(&*name).unwrap_or_default();
        features.sort_by_key(|(feature, [agent, target])| (-agent.abs().max(target.abs()), *feature));
        features.truncate(NAMED);
        let mut speaking: Vec<(&str, i32)> = of_speakers.remove(&*name).unwrap_or_default();
        speaking.sort_by_key(|(feature, weight)| (-weight.abs(), *feature));
        speaking.truncate(NAMED);
        RoleRelation { name, says, features, speaking }
    })
    .collect()
});

/// All relations, in the order of their file.
pub(crate) fn role_relations() -> &'static [RoleRelation] {
    &RELATIONS
}

/// The relation with which the name of a feature begins.
fn relation_of(feature: &str) -> &str {
    feature.split(['.', '|']).next().unwrap_or_default()
}

fn weighed(line: &'static str) -> Option<(&'static str, [i32; 2])> {
    let mut cells = line.split(',');
    let feature = cells.next()?;
    let mut weight = || cells.next().and_then(|cell| cell.parse().ok());
    Some((feature, [weight()?, weight()?]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voice::feature::Relation;

    #[test]
    fn every_relation_is_said_in_words() {
        let said: Vec<_> = role_relations().iter().map(|relation| relation.name.clone()).collect();
        let known: Vec<_> = Relation::NAMES.iter().map(|(name, _)| name.to_string()).collect();
        assert_eq!(said, known);
    }

    #[test]
    fn a_relation_has_the_features_that_begin_with_its_name() {
        let relations = role_relations();
        let of = |name: &str| &relations.iter().find(|relation| relation.name == name).expect("a relation").features;
        assert!(of("demonym").iter().any(|(feature, [agent, _])| *feature == "demonym" && *agent > 0));
        assert!(of("is_place").iter().all(|(feature, _)| feature.starts_with("is_place")));
    }
}
