//! `terms.csv`: the wordings that mark a frame.

use super::Case;
use super::rows::{CsvFile, YES_OR_NO};
use crate::error::{Fault, did_you_mean};
use crate::id::FrameId;
use crate::named::named;
use std::collections::HashMap;

named! {
    /// How a term's pattern is to be read.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Pattern {
        Literal = "literal",
        /// `*` is any run of letters inside one word.
        Wildcard = "wildcard",
        /// The `regex` crate's syntax, on the folded view.
        Regex = "regex",
        /// Counts for nothing and hides what lies inside it.
        Mask = "mask",
    }
}

named! {
    /// What a term speaks of: how its agent and its target stand to it.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum TermDeed {
        /// Done on or against somebody; "of" names who does it ("attack", "aggression").
        On = "on",
        /// Done to what "of" names ("invasion", "siege").
        Of = "of",
        /// What somebody has; the target is the holder ("sovereignty").
        Holder = "holder",
        /// Those who act; the agent is who sends them ("peacekeepers").
        Force = "force",
        /// Those who suffer; the target is whose people they are ("hostages", "displaced").
        Victim = "victim",
        /// What somebody is or does by himself ("indifference").
        Trait = "trait",
        /// What two sides do to each other or together ("clash", "ceasefire").
        Mutual = "mutual",
        /// What has no doer ("road", "gas").
        Thing = "thing",
        /// Those who are held; the agent is who holds them, the target whose people they are ("hostages").
        Captive = "captive",
        /// What somebody is called; the agent is who is called so, the target whom they harm ("terrorists").
        Label = "label",
        /// What parties agree on; the agent is who brokers or offers it ("ceasefire").
        Truce = "truce",
        /// Imposed by somebody on somebody ("sanctions").
        Measure = "measure",
        /// Not done by somebody for somebody ("inaction").
        Failure = "failure",
        /// A rule that somebody breaks and that the breach of harms somebody ("international law").
        Norm = "norm",
        /// People driven from where they live; "of" names them ("displacement").
        Expulsion = "expulsion",
        /// Many people killed; "of" names them ("massacre").
        Killing = "killing",
        /// Land or rule that is taken; "of" names what is taken ("occupation").
        Taking = "taking",
        /// Land that is taken back; "of" names what is taken back ("liberation").
        Recovery = "recovery",
        /// Somebody or something shut in or shut out ("blockade").
        Barrier = "barrier",
        /// Breaks the rules of war; the target are those whom it harms ("atrocity").
        Crime = "crime",
        /// Provokes or undermines somebody ("sabotage").
        Stir = "stir",
        /// What rises between two sides or in a place ("escalation").
        Tension = "tension",
        /// Those who fight the state they live in; the target is that state ("separatists").
        Rebel = "rebel",
        /// Those who fight for pay or faith; the agent is who sends them ("mercenaries").
        Fighter = "fighter",
        /// Those who fled or come back; the target is whose people they are ("refugees").
        Refugee = "refugee",
        /// Those who bring parties together; the agent mediates ("mediators").
        Broker = "broker",
        /// What is held against the claim of another ("breakaway").
        Claim = "claim",
        /// How somebody governs; the agent governs ("crackdown").
        Rule = "rule",
        /// What somebody gives to somebody ("gas", "aid").
        Supply = "supply",
        /// A way for people or goods ("corridor").
        Route = "route",
    }
}

named! {
    /// Whether a wording judges what it names.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Force {
        /// It blames, accuses or takes sides ("aggression", "occupiers").
        Loaded = "loaded",
        /// Both sides and a neutral reporter may use it ("attack", "checkpoint").
        Neutral = "neutral",
    }
}

impl Force {
    /// The term of the row over all terms of a frame that have this force.
    pub fn row(self) -> &'static str {
        match self {
            Self::Loaded => "(loaded)",
            Self::Neutral => "(neutral)",
        }
    }
}

#[derive(Debug, Clone)]
pub struct Term {
    /// `None` in a mask that hides in every frame.
    pub frame: Option<FrameId>,
    pub term: String,
    pub pattern: String,
    pub kind: Pattern,
    pub case: Case,
    /// `None` where the codebook does not say.
    pub deed: Option<TermDeed>,
    /// `None` where the codebook does not say: such a term is counted among the neutral ones.
    pub force: Option<Force>,
    /// Whether it is a word of everyday use, which in an article with few other terms counts only where its sentence names
    /// an actor or another term stands in or beside it.
    pub everyday: bool,
    pub not_before: Vec<String>,
    pub not_after: Vec<String>,
    pub note: String,
    pub line: u64,
}

impl Term {
    /// The force that it is counted by.
    pub fn force(&self) -> Force {
        self.force.unwrap_or(Force::Neutral)
    }

    /// Whether this is no term but the name of the rows over several terms of a frame.
    pub fn names_several(term: &str) -> bool {
        term == "(all)" || Force::ALL.iter().any(|force| force.row() == term)
    }
}

const COLUMNS: [&str; 11] =
    ["frame", "term", "pattern", "kind", "match_case", "not_before", "not_after", "note", "deed", "force", "everyday"];

pub(super) fn parse(file: &CsvFile, frames: &HashMap<&str, FrameId>, faults: &mut Vec<Fault>) -> Vec<Term> {
    let rows = file.rows(&COLUMNS, 2, faults);
    let mut seen: HashMap<(Option<FrameId>, String), u64> = HashMap::new();
    let mut terms = Vec::new();
    for row in &rows {
        let Some(term) = row.filled(file, 1, "term", faults) else { continue };
        let pattern = if row.cell(2).is_empty() { term.to_owned() } else { row.take(2) };
        let kind = match row.cell(3) {
            "" if pattern.contains('*') => Some(Pattern::Wildcard),
            "" => Some(Pattern::Literal),
            _ => row.choice(file, 3, "kind of pattern", &Pattern::NAMES, faults),
        };
        let Some(kind) = kind else { continue };
        let frame = match row.cell(0) {
            "" if kind == Pattern::Mask => None,
            code => match frames.get(code) {
                Some(frame) => Some(*frame),
                None => {
                    let help = did_you_mean(code, frames.keys().copied());
                    faults.push(row.fault(file, 0, format!("unknown frame `{code}`"), help));
                    continue;
                }
            },
        };
        if Term::names_several(term) {
            let what = format!("`{term}` cannot be a term");
            faults.push(row.fault(file, 1, what, "it names a row over several terms of a frame"));
        }
        if let Some(line) = seen.insert((frame, term.to_owned()), row.line) {
            let help = format!(
                "first in line {line}; give this pattern a name of its own, or join both in one wildcard or regex"
            );
            faults.push(row.fault(file, 1, format!("term `{term}` stands twice in its frame"), help));
            continue;
        }
        if let Err(message) = file.check_pattern(&pattern, kind) {
            faults.push(row.fault(file, 2, format!("pattern `{pattern}`: {message}"), ""));
            continue;
        }
        terms.push(Term {
            frame,
            term: term.to_owned(),
            pattern,
            kind,
            case: row.case(file, 4, Case::Insensitive, faults),
            deed: match row.cell(8) {
                "" => None,
                _ => row.choice(file, 8, "deed", &TermDeed::NAMES, faults),
            },
            force: match row.cell(9) {
                "" => None,
                _ => row.choice(file, 9, "force", &Force::ALL.map(|force| (force.name(), force)), faults),
            },
            everyday: row.choice(file, 10, "value of `everyday`", &YES_OR_NO, faults).unwrap_or(false),
            not_before: row.list(5),
            not_after: row.list(6),
            note: row.take(7),
            line: row.line,
        });
    }
    terms
}
