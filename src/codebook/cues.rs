//! `cues.csv`: the words that show whose voice a term stands in, and whether a capital is only a place.

use super::rows::CsvFile;
use crate::error::Fault;
use crate::named::named;

named! {
    /// What a cue shows.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum CueKind {
        /// Neutral verbs of saying and thinking ("said", "believes").
        Report = "report",
        /// Verbs that commit the speaker ("insists", "claims").
        Assertion = "assertion",
        /// Verbs by which the article endorses what was said ("acknowledged").
        Factive = "factive",
        /// Verbs that charge somebody ("accused ... of", "condemned").
        Accusation = "accusation",
        /// Verbs that give a name ("called", "labelled").
        Naming = "naming",
        /// Verbs that give a name after "as" ("sees it as", "described as").
        Perception = "perception",
        /// "according to", "in the view of", "reportedly".
        Source = "source",
        /// Nouns of speech and thought before of/that ("claims of", "fears that").
        SpeechNoun = "speech_noun",
        /// Demands ("called for", "insists on"): the term stays in own voice.
        Demand = "demand",
        /// Distancing words directly before a term ("so-called").
        Scare = "scare",
        /// Verbs and nouns of denial ("denies", "no evidence of").
        Denial = "denial",
        /// What is said of a term or a claim to deny it ("are baseless", "could not be proven").
        DenialPredicate = "denial_predicate",
        /// What can be refused without being denied ("access", "a proposal").
        Withheld = "withheld",
        /// "not", "no", "never".
        Negation = "negation",
        /// Words that look like a negation and are none ("not only"), or undo a prevention ("failed to").
        PseudoNegation = "pseudo_negation",
        /// Risk, prevention, possibility, goal ("avert", "could", "risk of").
        Hypothetical = "hypothetical",
        /// Phrases that only look like a cue ("sees fit", "claimed responsibility").
        NoCue = "no_cue",
        /// Words that end a clause ("but", "while").
        Stop = "stop",
        /// Nouns that may be the source of a report without being actors ("officials", "analysts").
        SourceNoun = "source_noun",
        /// Verbs by which somebody does a deed ("launched", "committed").
        Doing = "doing",
        /// Verbs that end or ease what is ("lift", "reduce").
        Ending = "ending",
        /// Deeds done *on* or *against* somebody; "of" names who does them ("attacks", "aggression").
        DeedOn = "deed_on",
        /// Deeds done *to* what "of" names ("invasion of", "siege of").
        DeedOf = "deed_of",
        /// What somebody has; the target is the holder ("territorial integrity").
        Holder = "holder",
        /// Those who act; the agent is who sends them ("peacekeepers").
        Force = "force",
        /// What exists whether or not it is spoken of as possible ("corridor", "gas").
        Thing = "thing",
        /// Words that make a demonym a people, not a state ("Armenian population").
        People = "people",
        /// What is fought between two parties ("war between X and Y").
        Conflict = "conflict",
        /// Prepositions that, directly before a capital, make it a place ("in", "near").
        PlacePreposition = "place_preposition",
        /// Words of travel ("visit", "flew").
        PlaceTravel = "place_travel",
        /// Prepositions between a word of travel and a capital ("to", "from").
        PlaceTravelPreposition = "place_travel_preposition",
        /// What follows a hyphen after a place ("based", "born").
        PlaceSuffix = "place_suffix",
        /// Heads of a list of cities ("capitals", "cities").
        PlaceListHead = "place_list_head",
        /// What introduces the list ("including", "such as").
        PlaceListIntroduction = "place_list_introduction",
    }
}

impl CueKind {
    /// Whether the rule of place use reads this cue, rather than the rules of voice.
    pub fn is_place(self) -> bool {
        self >= Self::PlacePreposition
    }

    /// Verbs by which somebody says, thinks, names, demands or denies something.
    pub const fn is_verb_of_speech(self) -> bool {
        matches!(
            self,
            Self::Report
                | Self::Assertion
                | Self::Factive
                | Self::Accusation
                | Self::Naming
                | Self::Perception
                | Self::Demand
                | Self::Denial
        )
    }
}

named! {
    /// Where the words lie on which a cue acts.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum CueScope {
        /// What follows in the clause: a clause or an object.
        Forward = "forward",
        /// What precedes in the clause.
        Backward = "backward",
        /// The noun phrase directly after.
        Adjacent = "adjacent",
        /// The whole clause; of a verb, only a clause that depends on it ("said that ...").
        Clause = "clause",
        /// The infinitive that depends on it, or "of" or "for" and a verb in -ing.
        Infinitive = "infinitive",
        /// The subject of its verb ("looms").
        Subject = "subject",
        /// Nothing: it ends what others act on.
        Stop = "stop",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    Strong,
    Weak,
}

named! {
    /// How the article stands to what a verb of speech brings in.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Stance {
        /// It only says who speaks ("said").
        Neutral = "neutral",
        /// It keeps its distance ("claimed").
        Distancing = "distancing",
        /// It holds what was said to be so ("acknowledged").
        Factive = "factive",
    }
}

/// How a cue is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CueForm {
    /// Alternatives of words; `*` is any run of letters.
    Words(Vec<String>),
    Regex(String),
}

#[derive(Debug, Clone)]
pub struct Cue {
    pub kind: CueKind,
    pub form: CueForm,
    pub scope: CueScope,
    pub strength: Strength,
    pub stance: Stance,
    pub note: String,
    pub line: u64,
}

const COLUMNS: [&str; 6] = ["kind", "form", "scope", "strength", "stance", "note"];
const STRENGTHS: [(&str, Strength); 3] =
    [("strong", Strength::Strong), ("weak", Strength::Weak), ("", Strength::Strong)];

/// An empty cell: as the kind has it.
const STANCES: [(&str, Option<Stance>); 4] = [
    ("neutral", Some(Stance::Neutral)),
    ("distancing", Some(Stance::Distancing)),
    ("factive", Some(Stance::Factive)),
    ("", None),
];

pub(super) fn parse(file: &CsvFile, faults: &mut Vec<Fault>) -> Vec<Cue> {
    let rows = file.rows(&COLUMNS, 3, faults);
    let mut cues = Vec::new();
    for row in &rows {
        let (Some(kind), Some(form), Some(scope), Some(strength), Some(stance)) = (
            row.choice(file, 0, "kind of cue", &CueKind::NAMES, faults),
            row.filled(file, 1, "form", faults),
            row.choice(file, 2, "scope", &CueScope::NAMES, faults),
            row.choice(file, 3, "strength", &STRENGTHS, faults),
            row.choice(file, 4, "stance", &STANCES, faults),
        ) else {
            continue;
        };
        let stance = stance.unwrap_or(if kind == CueKind::Factive { Stance::Factive } else { Stance::Neutral });
        let (form, checks) = match form.strip_prefix("re:") {
            Some(regex) => (CueForm::Regex(regex.to_owned()), vec![(regex.to_owned(), super::Pattern::Regex)]),
            None => {
                let words = row.list(1);
                (
                    CueForm::Words(words.clone()),
                    words.into_iter().map(|word| (word, super::Pattern::Wildcard)).collect(),
                )
            }
        };
        for (pattern, kind) in checks {
            if let Err(message) = file.check_pattern(&pattern, kind) {
                faults.push(row.fault(file, 1, format!("form `{pattern}`: {message}"), ""));
            }
        }
        cues.push(Cue { kind, form, scope, strength, stance, note: row.take(5), line: row.line });
    }
    cues
}
