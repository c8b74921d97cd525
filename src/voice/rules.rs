//! The rules by which a voice is given, each with what it says and an example. `explain` prints them.

use super::Voice;

/// A rule of voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// As it stands in the column `rule`.
    pub name: &'static str,
    pub voice: Voice,
    /// What must hold.
    pub says: &'static str,
    /// A sentence to which the rule applies.
    pub example: &'static str,
    /// The framing term of the example that it decides.
    pub term: &'static str,
}

pub(super) const DENIED_VERB: &str = "denied_verb";
pub(super) const DENIED_CLAIM: &str = "denied_claim";
pub(super) const DENIED_PREDICATE: &str = "denied_predicate";
pub(super) const DENIED_NEGATION: &str = "denied_negation";
pub(super) const SCARE_WORD: &str = "scare_word";
pub(super) const SCARE_NAMING: &str = "scare_naming";
pub(super) const SCARE_QUOTES: &str = "scare_quotes";
pub(super) const QUOTED: &str = "quoted";
pub(super) const QUOTED_PHRASE: &str = "quoted_phrase";
pub(super) const ATTRIBUTED_VERB: &str = "attributed_verb";
pub(super) const ATTRIBUTED_ENDORSED: &str = "attributed_endorsed";
pub(super) const ATTRIBUTED_TRAILING: &str = "attributed_trailing";
pub(super) const ATTRIBUTED_ACCUSATION: &str = "attributed_accusation";
pub(super) const ATTRIBUTED_NAMING: &str = "attributed_naming";
pub(super) const ATTRIBUTED_NOUN: &str = "attributed_noun";
pub(super) const ATTRIBUTED_SOURCE: &str = "attributed_source";
pub(super) const ATTRIBUTED_LABEL: &str = "attributed_label";
pub(super) const HYPOTHETICAL_RISK: &str = "hypothetical_risk";
pub(super) const HYPOTHETICAL_ADJECTIVE: &str = "hypothetical_adjective";
pub(super) const HYPOTHETICAL_MODAL: &str = "hypothetical_modal";
pub(super) const HYPOTHETICAL_PLAN: &str = "hypothetical_plan";
pub(super) const HYPOTHETICAL_CONDITION: &str = "hypothetical_condition";
pub(super) const HYPOTHETICAL_DEMAND: &str = "hypothetical_demand";
pub(super) const OWN_DEMAND: &str = "own_demand";
pub(super) const OWN_PRESUPPOSED: &str = "own_presupposed";
pub(super) const OWN_GRANTED: &str = "own_granted";
pub(super) const OWN: &str = "own";

/// Every rule, in the order in which they are tried.
pub const RULES: [Rule; 27] = [
    Rule {
        name: DENIED_VERB,
        voice: Voice::Denied,
        says: "Under a verb or noun of denial, in the same clause.",
        example: "Baku denies ethnic cleansing in the region.",
        term: "ethnic cleansing",
    },
    Rule {
        name: DENIED_CLAIM,
        voice: Voice::Denied,
        says: "A clause that says \"a claim X denies\" or \"which X rejects\" follows.",
        example: "Baku accused Yerevan of aggression, a claim Yerevan denies.",
        term: "aggression",
    },
    Rule {
        name: DENIED_PREDICATE,
        voice: Voice::Denied,
        says: "What is said of the term or of a claim about it denies it.",
        example: "Claims of a blockade are baseless.",
        term: "blockade",
    },
    Rule {
        name: DENIED_NEGATION,
        voice: Voice::Denied,
        says: "The article itself says that it is not so.",
        example: "There was no invasion of the island.",
        term: "invasion",
    },
    Rule {
        name: SCARE_WORD,
        voice: Voice::Scare,
        says: "A distancing word stands directly before.",
        example: "The so-called liberation left no house standing.",
        term: "liberation",
    },
    Rule {
        name: SCARE_NAMING,
        voice: Voice::Scare,
        says: "\"what X called\" stands directly before.",
        example: "It began what it called an anti-terrorist operation.",
        term: "anti-terrorist operation",
    },
    Rule {
        name: SCARE_QUOTES,
        voice: Voice::Scare,
        says: "In quotation marks, up to six words, and no reporting cue brings it in.",
        example: "The ‘liberation’ left no house standing.",
        term: "liberation",
    },
    Rule {
        name: QUOTED,
        voice: Voice::Quoted,
        says: "Inside a quotation of more than six words.",
        example: "“We shall never accept an occupation of our valley,” said the mayor.",
        term: "occupation",
    },
    Rule {
        name: QUOTED_PHRASE,
        voice: Voice::Quoted,
        says: "In quotation marks, up to six words, brought in by a reporting cue.",
        example: "The parliament condemned a “large-scale aggression” on Friday.",
        term: "aggression",
    },
    Rule {
        name: ATTRIBUTED_VERB,
        voice: Voice::Attributed,
        says: "Under a verb of saying or thinking, in the same clause.",
        example: "Yerevan insists that the blockade must end.",
        term: "blockade",
    },
    Rule {
        name: ATTRIBUTED_ENDORSED,
        voice: Voice::Attributed,
        says: "Under a verb by which the article endorses what was said.",
        example: "The minister acknowledged that the offensive had failed.",
        term: "offensive",
    },
    Rule {
        name: ATTRIBUTED_TRAILING,
        voice: Voice::Attributed,
        says: "A reporting clause follows or is inserted.",
        example: "The attack began at dawn, the ministry said.",
        term: "attack",
    },
    Rule {
        name: ATTRIBUTED_ACCUSATION,
        voice: Voice::Attributed,
        says: "Under a verb that charges somebody.",
        example: "Yerevan accused Baku of aggression.",
        term: "aggression",
    },
    Rule {
        name: ATTRIBUTED_NAMING,
        voice: Voice::Attributed,
        says: "The name that somebody gives it, or how somebody sees it.",
        example: "Baku regards the post as an occupation of its land.",
        term: "occupation",
    },
    Rule {
        name: ATTRIBUTED_NOUN,
        voice: Voice::Attributed,
        says: "Under a noun of speech or thought.",
        example: "Allegations of a new offensive emptied the town.",
        term: "offensive",
    },
    Rule {
        name: ATTRIBUTED_SOURCE,
        voice: Voice::Attributed,
        says: "A source is given: \"according to\", \"in the view of\", \"as X put it\".",
        example: "According to Yerevan, the siege lasted nine months.",
        term: "siege",
    },
    Rule {
        name: ATTRIBUTED_LABEL,
        voice: Voice::Attributed,
        says: "A headline names who says it before a colon.",
        example: "Lavrov: the offensive is over",
        term: "offensive",
    },
    Rule {
        name: HYPOTHETICAL_RISK,
        voice: Voice::Hypothetical,
        says: "A risk, a threat or a prevention of it.",
        example: "The talks should avert the risk of a new offensive.",
        term: "offensive",
    },
    Rule {
        name: HYPOTHETICAL_ADJECTIVE,
        voice: Voice::Hypothetical,
        says: "Possible, potential, imminent.",
        example: "The town fears nothing more; a possible offensive is far away.",
        term: "offensive",
    },
    Rule {
        name: HYPOTHETICAL_MODAL,
        voice: Voice::Hypothetical,
        says: "It may, could, would or will be, or is somebody's goal.",
        example: "The quarrel could lead to another blockade.",
        term: "blockade",
    },
    Rule {
        name: HYPOTHETICAL_PLAN,
        voice: Voice::Hypothetical,
        says: "What somebody wants, plans, tries or is asked to do: in an infinitive that depends on such a word.",
        example: "Plans by the generals to attack at dawn were burnt.",
        term: "attack",
    },
    Rule {
        name: HYPOTHETICAL_CONDITION,
        voice: Voice::Hypothetical,
        says: "In a condition.",
        example: "If it was genocide, the court must say so.",
        term: "genocide",
    },
    Rule {
        name: HYPOTHETICAL_DEMAND,
        voice: Voice::Hypothetical,
        says: "Somebody demands it, and it is not there yet.",
        example: "The envoy called for an immediate blockade.",
        term: "blockade",
    },
    Rule {
        name: OWN_DEMAND,
        voice: Voice::Own,
        says: "Somebody demands it, nobody reports it; not for certain the article's voice.",
        example: "The envoy called for lifting the blockade.",
        term: "blockade",
    },
    Rule {
        name: OWN_PRESUPPOSED,
        voice: Voice::Own,
        says: "Under a risk or prevention, but known to be; not for certain the article's voice.",
        example: "There is little they can do to prevent the ethnic cleansing.",
        term: "ethnic cleansing",
    },
    Rule {
        name: OWN_GRANTED,
        voice: Voice::Own,
        says: "A report with its source behind takes it for granted: it stands beside another noun, or tells when or where.",
        example: "Two men died in the occupied town, doctors said.",
        term: "occupied",
    },
    Rule {
        name: OWN,
        voice: Voice::Own,
        says: "No cue and no quotation stands over the term.",
        example: "Azerbaijan launched an offensive.",
        term: "offensive",
    },
];

/// The rule of this name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}
