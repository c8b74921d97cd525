//! What speaks for an actor of the sentence as the agent or the target of a term: named relations.
//!
//! A feature is a number made of a relation and what qualifies it, so that scoring needs no text; its name is what
//! stands in `data/roles.csv`: `relation.qualifier...`, and after a bar the deed of the term.

use super::words::Class;
use crate::codebook::{CueKind, TermDeed};
use std::fmt;

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($variant:ident = $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum $type { $($variant,)+ }

        impl $type {
            pub const NAMES: &[(&'static str, Self)] = &[$(($name, Self::$variant),)+];
        }
    };
}

named! {
    /// How an actor stands to a term.
    Relation {
        Subject = "subject",
        Object = "object",
        Phrase = "phrase",
        Possessive = "possessive",
        SharedPossessive = "shared_possessive",
        Demonym = "demonym",
        Modifier = "modifier",
        Inside = "inside",
        Behind = "behind",
        Dependent = "dependent",
        SecondDependent = "second_dependent",
        ParticipleObject = "participle_object",
        ParticiplePhrase = "participle_phrase",
        RelativeSubject = "relative_subject",
        RelativeObject = "relative_object",
        Above = "above",
        FarAbove = "far_above",
        VerbSubject = "verb_subject",
        VerbObject = "verb_object",
        VerbPhrase = "verb_phrase",
        OuterSubject = "outer_subject",
        OuterObject = "outer_object",
        OuterPhrase = "outer_phrase",
        PredicateObject = "predicate_object",
        PredicatePhrase = "predicate_phrase",
        Governed = "governed",
        BeforeVerb = "before_verb",
        Pronoun = "pronoun",
        OwnsSomething = "owns_something",
        IsPlace = "is_place",
        IsDemonym = "is_demonym",
        IsPeople = "is_people",
        IsTerritory = "is_territory",
        IsPerson = "is_person",
        IsGroup = "is_group",
        IsOther = "is_other",
        Left = "left",
        Right = "right",
        Breaks = "breaks",
        Between = "between",
        Rule = "rule",
        OtherRole = "other_role",
        Speaker = "speaker",
        Nobody = "nobody",
        NobodyByRule = "nobody_by_rule",
        NobodyOf = "nobody_of",
    }
}

named! {
    /// What kind of verb stands in a relation.
    Verb {
        Doing = "doing",
        Ending = "ending",
        Accusation = "accusation",
        Report = "report",
        Demand = "demand",
        Denial = "denial",
        Hypothetical = "hypothetical",
        Naming = "naming",
        Failing = "failing",
        Be = "be",
        Have = "have",
        Other = "other",
    }
}

/// The kinds of cues that tell the kind of a verb, the first that fits.
pub(super) const VERBS: [(CueKind, Verb); 12] = [
    (CueKind::Doing, Verb::Doing),
    (CueKind::Ending, Verb::Ending),
    (CueKind::Accusation, Verb::Accusation),
    (CueKind::Report, Verb::Report),
    (CueKind::Assertion, Verb::Report),
    (CueKind::Factive, Verb::Report),
    (CueKind::Demand, Verb::Demand),
    (CueKind::Denial, Verb::Denial),
    (CueKind::Hypothetical, Verb::Hypothetical),
    (CueKind::Naming, Verb::Naming),
    (CueKind::Perception, Verb::Naming),
    (CueKind::PseudoNegation, Verb::Failing),
];

named! {
    /// Where in a noun phrase an actor stands.
    Part {
        Head = "head",
        Inner = "inner",
        After = "after",
    }
}

named! {
    /// How a term is used.
    Use {
        Noun = "noun",
        Adjective = "adjective",
        Active = "active",
        Passive = "passive",
    }
}

/// A feature: relation, preposition, verb, part, use, a number and a deed, each in its bits; 0 is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Feature(u32);

/// Where each qualifier begins, and its bits.
const PREPOSITION: (u32, u32) = (6, 4);
const VERB: (u32, u32) = (10, 4);
const PART: (u32, u32) = (14, 2);
const USE: (u32, u32) = (16, 3);
const NUMBER: (u32, u32) = (19, 3);
const DEED: (u32, u32) = (22, 4);

impl Feature {
    pub fn of(relation: Relation) -> Self {
        Self(relation as u32)
    }

    fn with(self, (start, _): (u32, u32), value: u32) -> Self {
        Self(self.0 | (value + 1) << start)
    }

    fn get(self, (start, bits): (u32, u32)) -> Option<usize> {
        (self.0 >> start & ((1 << bits) - 1)).checked_sub(1).map(|value| value as usize)
    }

    pub fn preposition(self, preposition: Option<Class>) -> Self {
        let known = preposition.map_or(Class::prepositions().len(), |class| class as usize - Class::Of as usize);
        self.with(PREPOSITION, known as u32)
    }

    pub fn verb(self, verb: Verb) -> Self {
        self.with(VERB, verb as u32)
    }

    pub fn part(self, part: Part) -> Self {
        self.with(PART, part as u32)
    }

    pub fn used(self, used: Use) -> Self {
        self.with(USE, used as u32)
    }

    /// A small number: more than six is six.
    pub fn number(self, number: usize) -> Self {
        self.with(NUMBER, number.min(6) as u32)
    }

    pub fn deed(self, deed: TermDeed) -> Self {
        self.with(DEED, deed as u32)
    }

    /// Whether it tells what the actor has to do with the term, which depends on the deed.
    pub fn is_tie(self) -> bool {
        (self.0 & 63) < Relation::Governed as u32
    }

    /// The feature of a name in `roles.csv`.
    pub fn parse(name: &str) -> Option<Self> {
        let (ties, deed) = name.split_once('|').map_or((name, None), |(ties, deed)| (ties, Some(deed)));
        let mut parts = ties.split('.');
        let first = parts.next()?;
        let (_, relation) = Relation::NAMES.iter().find(|(known, _)| *known == first)?;
        let mut feature = Self::of(*relation);
        for part in parts {
            let prefixed = |prefix: char| part.strip_prefix(prefix);
            let (field, value) = if let Some(name) = prefixed('+') {
                let at = position(Class::prepositions(), name);
                (PREPOSITION, at.unwrap_or(Class::prepositions().len()))
            } else if let Ok(number) = part.parse::<usize>() {
                (NUMBER, number)
            } else if let Some(at) = position(Part::NAMES, part) {
                (PART, at)
            } else if let Some(name) = prefixed('=') {
                (USE, position(Use::NAMES, name)?)
            } else {
                (VERB, position(Verb::NAMES, part)?)
            };
            feature = feature.with(field, value as u32);
        }
        match deed {
            None => Some(feature),
            Some(deed) => TermDeed::NAMES.iter().find(|(known, _)| *known == deed).map(|(_, deed)| feature.deed(*deed)),
        }
    }
}

fn position<T>(known: &[(&str, T)], name: &str) -> Option<usize> {
    known.iter().position(|(known, _)| *known == name)
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Relation::NAMES[(self.0 & 63) as usize].0)?;
        if let Some(used) = self.get(USE) {
            write!(f, ".={}", Use::NAMES[used].0)?;
        }
        if let Some(preposition) = self.get(PREPOSITION) {
            write!(f, ".+{}", Class::prepositions().get(preposition).map_or("other", |(name, _)| name))?;
        }
        if let Some(verb) = self.get(VERB) {
            write!(f, ".{}", Verb::NAMES[verb].0)?;
        }
        if let Some(part) = self.get(PART) {
            write!(f, ".{}", Part::NAMES[part].0)?;
        }
        if let Some(number) = self.get(NUMBER) {
            write!(f, ".{number}")?;
        }
        match self.get(DEED) {
            Some(deed) => write!(f, "|{}", TermDeed::NAMES[deed].0),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_found_again_by_its_name() {
        let subject = Feature::of(Relation::VerbSubject);
        for (feature, name) in [
            (subject, "verb_subject"),
            (subject.verb(Verb::Doing).part(Part::Inner).deed(TermDeed::On), "verb_subject.doing.inner|on"),
            (Feature::of(Relation::Dependent).preposition(Some(Class::Against)), "dependent.+against"),
            (Feature::of(Relation::Dependent).preposition(None).part(Part::Head), "dependent.+other.head"),
            (Feature::of(Relation::Subject).used(Use::Passive), "subject.=passive"),
            (Feature::of(Relation::Left).number(9), "left.6"),
        ] {
            assert_eq!(feature.to_string(), name);
            assert_eq!(Feature::parse(name), Some(feature), "{name}");
        }
        for name in ["", "somebody", "subject.=sometimes", "subject.flying", "subject|other"] {
            assert_eq!(Feature::parse(name), None, "{name}");
        }
    }
}
