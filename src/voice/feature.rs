//! What speaks for an actor of the sentence as the agent or the target of a term: named relations.
//!
//! A feature is a number made of a relation and what qualifies it, so that scoring needs no text; its name is what
//! stands in `data/roles.csv`: `relation.qualifier...`, and there after a bar the deed of the terms it is meant for.

use super::rules::RULES;
use super::word_class::Class;
use crate::codebook::{CueKind, TermDeed};
use std::fmt;

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$inner:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum $type { $($(#[$inner])* $variant,)+ }

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
        Remembered = "remembered",
        Speaker = "speaker",
        Apposition = "apposition",
        HeadIs = "head_is",
        PathLeft = "path_left",
        PathRight = "path_right",
        AgentSame = "agent_same",
        TargetSame = "target_same",
        AgentOther = "agent_other",
        TargetOther = "target_other",
        NetSame = "net_same",
        NetOther = "net_other",
        PairAgent = "pair_agent",
        PairTarget = "pair_target",
        AgentHere = "agent_here",
        TargetHere = "target_here",
        MainSubject = "main_subject",
        NearSubject = "near_subject",
        NearObject = "near_object",
        Hyphen = "hyphen",
        HyphenBefore = "hyphen_before",
        Determined = "determined",
        HitGoverned = "hit_governed",
        Verbless = "verbless",
        NobodySides = "nobody_sides",
        Nobody = "nobody",
        NobodyByRule = "nobody_by_rule",
        NobodyOf = "nobody_of",
        SaysBefore = "says_before",
        SaysBehind = "says_behind",
        NearBefore = "near_before",
        NearBehind = "near_behind",
        SaysAcross = "says_across",
        SaysFar = "says_far",
        Decides = "decides",
        InSpeaker = "in_speaker",
        BehindSpeaker = "behind_speaker",
        RuleSays = "rule_says",
        RuleSilent = "rule_silent",
        RuleHeard = "rule_heard",
        PersonBefore = "person_before",
        SubjectBefore = "subject_before",
        HeardBefore = "heard_before",
        QuotedBy = "quoted_by",
        QuotedByNobody = "quoted_by_nobody",
        QuotedBefore = "quoted_before",
        QuotedBehind = "quoted_behind",
        HasOffice = "has_office",
        InQuotation = "in_quotation",
        Opens = "opens",
        Unnamed = "unnamed",
        TermModifies = "term_modifies",
        TermKnown = "term_known",
        TermWhen = "term_when",
        Speakers = "speakers",
        SubjectAbove = "subject_above",
    }
}

named! {
    /// What kind of verb stands in a relation.
    Verb {
        Suffering = "suffering",
        Harming = "harming",
        Fending = "fending",
        Holding = "holding",
        Supporting = "supporting",
        Sending = "sending",
        Agreeing = "agreeing",
        Aiming = "aiming",
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
        Source = "source",
        Claim = "claim",
    }
}

/// The classes of verbs that tell their kind, before all cues.
pub(super) const VERB_CLASSES: [(Class, Verb); 8] = [
    (Class::Suffer, Verb::Suffering),
    (Class::Harm, Verb::Harming),
    (Class::Fend, Verb::Fending),
    (Class::Hold, Verb::Holding),
    (Class::Support, Verb::Supporting),
    (Class::Send, Verb::Sending),
    (Class::Agree, Verb::Agreeing),
    (Class::Aim, Verb::Aiming),
];

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
        /// The phrase names no actor: this speaks for nobody.
        Empty = "empty",
    }
}

named! {
    /// What the noun is that an actor's name modifies.
    Head {
        People = "people",
        Force = "force",
        Office = "office",
        Observer = "observer",
        Deed = "deed",
        Conflict = "conflict",
        Thing = "thing",
        Victim = "victim",
        Author = "author",
        Noun = "noun",
    }
}

named! {
    /// What stands between an actor and a term, a phrase or a word each.
    Step {
        Phrase = "phrase",
        Actor = "actor",
        Comma = "comma",
        And = "and",
        Clause = "clause",
        Active = "active",
        Passive = "passive",
        Infinitive = "infinitive",
        Ing = "ing",
        Participle = "participle",
        Be = "be",
        // From here on prepositions, in their order.
        Preposition = "preposition",
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

/// A feature: relation, preposition, verb, part, use, a number, a head, a path and a rule of voice, each in its bits; 0 is
/// none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) struct Feature(u64);

/// Where each qualifier begins, and its bits.
const RELATION: (u32, u32) = (0, 7);
const PREPOSITION: (u32, u32) = (7, 5);
const VERB: (u32, u32) = (12, 5);
const PART: (u32, u32) = (17, 3);
const USE: (u32, u32) = (20, 3);
const NUMBER: (u32, u32) = (23, 3);
const HEAD: (u32, u32) = (26, 4);
/// The first of [`STEPS`] steps.
const STEP: (u32, u32) = (30, 5);
/// The most steps of a path.
pub(super) const STEPS: usize = 4;
const RULE: (u32, u32) = (50, 6);

impl Feature {
    pub fn of(relation: Relation) -> Self {
        Self(relation as u64)
    }

    fn with(self, (start, _): (u32, u32), value: usize) -> Self {
        Self(self.0 | (value as u64 + 1) << start)
    }

    fn get(self, (start, bits): (u32, u32)) -> Option<usize> {
        (self.0 >> start & ((1 << bits) - 1)).checked_sub(1).map(|value| value as usize)
    }

    pub fn preposition(self, preposition: Option<Class>) -> Self {
        let known = preposition.map_or(Class::prepositions().len(), |class| class as usize - Class::Of as usize);
        self.with(PREPOSITION, known)
    }

    pub fn verb(self, verb: Verb) -> Self {
        self.with(VERB, verb as usize)
    }

    pub fn part(self, part: Part) -> Self {
        self.with(PART, part as usize)
    }

    pub fn used(self, used: Use) -> Self {
        self.with(USE, used as usize)
    }

    /// A small number: more than six is six.
    pub fn number(self, number: usize) -> Self {
        self.with(NUMBER, number.min(6))
    }

    pub fn head(self, head: Head) -> Self {
        self.with(HEAD, head as usize)
    }

    /// The rule that gave the voice, by its number in [`RULES`].
    pub fn rule(self, rule: Option<usize>) -> Self {
        rule.map_or(self, |rule| self.with(RULE, rule))
    }

    /// A step of a path: the first is number 0.
    pub fn step(self, number: usize, step: usize) -> Self {
        self.with((STEP.0 + STEP.1 * number as u32, STEP.1), step)
    }

    /// A number for tables whose size is a power of two.
    pub fn mixed(self) -> usize {
        (self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32) as usize
    }

    fn relation(self) -> usize {
        (self.0 & ((1 << RELATION.1) - 1)) as usize
    }

    /// The feature of a name in `roles.csv`, and for which deed alone its weights are, if for one.
    pub fn parse(name: &str) -> Option<(Self, Option<TermDeed>)> {
        let (ties, deed) = name.split_once('|').map_or((name, None), |(ties, deed)| (ties, Some(deed)));
        let mut parts = ties.split('.');
        let first = parts.next()?;
        let (_, relation) = Relation::NAMES.iter().find(|(known, _)| *known == first)?;
        let mut feature = Self::of(*relation);
        let mut steps = 0;
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
            } else if let Some(name) = prefixed('~') {
                let preposition =
                    || position(Class::prepositions(), name).map(|at| Step::Preposition as usize + 1 + at);
                steps += 1;
                ((STEP.0 + STEP.1 * (steps - 1), STEP.1), position(Step::NAMES, name).or_else(preposition)?)
            } else if let Some(name) = prefixed('^') {
                (HEAD, position(Head::NAMES, name)?)
            } else if let Some(name) = prefixed('!') {
                (RULE, RULES.iter().position(|rule| rule.name == name)?)
            } else {
                (VERB, position(Verb::NAMES, part)?)
            };
            feature = feature.with(field, value);
        }
        match deed {
            None => Some((feature, None)),
            Some(name) => position(&TermDeed::NAMES, name).map(|at| (feature, Some(TermDeed::NAMES[at].1))),
        }
    }
}

fn position<T>(known: &[(&str, T)], name: &str) -> Option<usize> {
    known.iter().position(|(known, _)| *known == name)
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Relation::NAMES[self.relation()].0)?;
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
        if let Some(head) = self.get(HEAD) {
            write!(f, ".^{}", Head::NAMES[head].0)?;
        }
        if let Some(rule) = self.get(RULE).and_then(|rule| RULES.get(rule)) {
            write!(f, ".!{}", rule.name)?;
        }
        for number in 0..STEPS as u32 {
            let Some(step) = self.get((STEP.0 + STEP.1 * number, STEP.1)) else { break };
            let preposition = step.checked_sub(Step::NAMES.len()).and_then(|at| Class::prepositions().get(at));
            let name = Step::NAMES.get(step).map(|(name, _)| *name);
            write!(f, ".~{}", name.or(preposition.map(|(name, _)| *name)).unwrap_or("other"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feature_is_found_again_by_its_name() {
        let subject = Feature::of(Relation::VerbSubject);
        let path = Feature::of(Relation::PathLeft).step(0, Step::Active as usize);
        for (feature, name) in [
            (subject, "verb_subject"),
            (subject.verb(Verb::Doing).part(Part::Inner), "verb_subject.doing.inner"),
            (Feature::of(Relation::Dependent).preposition(Some(Class::Against)), "dependent.+against"),
            (Feature::of(Relation::Dependent).preposition(None).part(Part::Head), "dependent.+other.head"),
            (Feature::of(Relation::Subject).used(Use::Passive), "subject.=passive"),
            (Feature::of(Relation::Left).number(9), "left.6"),
            (Feature::of(Relation::HeadIs).head(Head::People), "head_is.^people"),
            (Feature::of(Relation::Decides).rule(Some(0)), "decides.!denied_verb"),
            (path.step(1, Step::Preposition as usize), "path_left.~active.~preposition"),
            (path.step(1, Step::Preposition as usize + 1), "path_left.~active.~of"),
        ] {
            assert_eq!(feature.to_string(), name);
            assert_eq!(Feature::parse(name), Some((feature, None)), "{name}");
            assert_eq!(Feature::parse(&format!("{name}|on")), Some((feature, Some(TermDeed::On))), "{name}");
        }
        for name in ["", "somebody", "subject.=sometimes", "subject.flying", "subject|other", "path_left.~sideways"] {
            assert_eq!(Feature::parse(name), None, "{name}");
        }
    }
}
