//! What a word can be: its part of speech, and the closed classes of the language (`data/grammar.csv`).

/// A part of speech. Verbs are told apart by their form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Tag {
    Adjective,
    Adposition,
    Adverb,
    Auxiliary,
    /// The form without an ending: "attack" as a verb.
    Base,
    Conjunction,
    Determiner,
    Ing,
    Noun,
    Number,
    /// "to", "not".
    Particle,
    Past,
    Participle,
    Present,
    Pronoun,
    Name,
    Subordinator,
    Other,
}

impl Tag {
    /// As they stand in `words.csv`.
    pub const NAMES: [(&'static str, Self); 18] = [
        ("ADJ", Self::Adjective),
        ("ADP", Self::Adposition),
        ("ADV", Self::Adverb),
        ("AUX", Self::Auxiliary),
        ("BASE", Self::Base),
        ("CCONJ", Self::Conjunction),
        ("DET", Self::Determiner),
        ("ING", Self::Ing),
        ("NOUN", Self::Noun),
        ("NUM", Self::Number),
        ("PART", Self::Particle),
        ("PAST", Self::Past),
        ("PPLE", Self::Participle),
        ("PRES", Self::Present),
        ("PRON", Self::Pronoun),
        ("PROPN", Self::Name),
        ("SCONJ", Self::Subordinator),
        ("X", Self::Other),
    ];

    pub fn is_verb(self) -> bool {
        matches!(self, Self::Base | Self::Ing | Self::Past | Self::Participle | Self::Present)
    }

    /// Whether new words may be of it.
    pub fn is_open(self) -> bool {
        self.is_verb()
            || matches!(self, Self::Adjective | Self::Adverb | Self::Noun | Self::Number | Self::Name | Self::Other)
    }

    /// Whether it may stand in a noun phrase.
    pub fn is_nominal(self) -> bool {
        matches!(self, Self::Determiner | Self::Adjective | Self::Noun | Self::Name | Self::Number | Self::Pronoun)
    }
}

/// The closed classes of `grammar.csv`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Be,
    Have,
    Do,
    Modal,
    Infinitive,
    Negation,
    Relative,
    Pronoun,
    /// "he", "she".
    Person,
    It,
    Owner,
    PersonOwner,
    /// A word with an apostrophe that is no possessive: "it's".
    Clitic,
    /// Verbs whose object does what the infinitive says: "urged Baku to stop".
    ObjectControl,
    /// Verbs that a clause may follow without "that": "hoped the army would leave".
    TakesClause,
    /// Verbs whose passive may have an object: "was denied a visa", "was elected president".
    TwoObjects,
    /// Pronouns that are no object: "they".
    Nominative,
    Reflexive,
    /// What stands before a number: "about", "at least".
    Roughly,
    Whose,
    /// "who", of persons.
    Who,
    /// Verbs whose subject is one: "is".
    One,
    /// Verbs whose subject are many: "are".
    OfMany,
    /// Nouns of many without "-s": "people".
    Many,
    /// What opens a clause that is said or asked: "whether".
    Question,
    Particle,
    /// Verbs by what their subject does or suffers.
    Suffer,
    Harm,
    /// Verbs besides those whose object is counted: "displaced 90,000".
    Toll,
    Fend,
    Hold,
    Support,
    Send,
    Agree,
    /// "blamed the attack on X".
    Blame,
    /// "aimed at", "directed against".
    Aim,
    /// Nouns of who suffers and of who does: "the victim of", "the author of".
    Victim,
    Author,
    Day,
    /// "week", "morning".
    Period,
    /// What opens a clause or a phrase: "as", "after".
    Opener,
    /// Who speaks no more, or never did, for an office: "former".
    Former,
    /// Verbs of who has an office: "heads".
    Lead,
    /// Who speaks for others than those among whom he is: "embassy".
    Abroad,
    /// How somebody brings a claim into the world: "raise", "voice".
    Issue,
    /// Whose speech is the article's own.
    FirstPerson,
    Ours,
    /// What somebody has towards a matter without saying anything of it: "support".
    Attitude,
    Duty,
    /// "it is important to note"
    Remark,
    /// When somebody spoke.
    Recent,
    /// Verbs that say no more than "is".
    Copular,
    Condition,
    Conditional,
    While,
    /// Verbs whose object must be there to suffer it: "undermine".
    Undoing,
    /// What opens a question of yes or no: "whether".
    Doubt,
    /// What is spoken of before it is: "return", "restoration".
    Coming,
    /// "another", "new".
    Further,
    /// "fear", "hope".
    Feeling,
    Month,
    When,
    /// What takes a condition back: "even if".
    Even,
    /// "amid"
    Meanwhile,
    /// "until", "unless"
    Until,
    /// How an article goes on to judge: "marking", "referring".
    Judging,
    /// "mentioning", "elaborating"
    Saying,
    /// "asked", "pressed"
    Asked,
    /// "say", "think"
    Say,
    /// "propose", "threaten"
    Proposing,
    /// "so"
    So,
    /// What is promised or wished "that": "guarantee".
    Promise,
    /// What a thing has: "price", "impact".
    Aspect,
    /// Who rules a part of a state: "governor".
    Governor,
    /// Offices of the government of a state: "minister".
    Cabinet,
    /// What a union of states is called again: "bloc".
    Bloc,
    /// "failed", "abortive"
    Failed,
    Ensure,
    Able,
    /// Past forms of "be".
    Was,
    Decision,
    /// Of which a union consists: "states".
    Members,
    /// What somebody says something in: "interview".
    Comment,
    /// Words of cues that leave open whether a thing is there: "not ruled out", "a draft of".
    LeftOpen,
    /// "considering" before what somebody takes into account: it is there.
    InViewOf,
    /// "dismiss", "reject"
    Dismiss,
    /// "protect"
    Protect,
    /// "impose", "deploy": its object is not there before.
    Creating,
    /// "threaten"
    Threatening,
    /// "fight" in "fight off"
    Repelling,
    /// "fight", "eliminate"
    Combat,
    /// "majority"
    Most,
    /// What a movement is called again: "group".
    Movement,
    Something,
    Nobody,
    /// Verbs before what is said of their subject: "proved false".
    Proving,
    /// How a word ends.
    EndsIng,
    EndsEd,
    EndsS,
    Lack,
    /// What is done after it was done to oneself.
    Answer,
    Withdraw,
    Latter,
    /// Nouns in -ing.
    Act,
    Tell,
    Favour,
    /// Participles that do not end in -ed.
    Irregular,
    /// What a state is called again: "country".
    Land,
    /// What a territory is called behind its name: "region".
    Region,
    /// Who leads a body: "director".
    Director,
    /// What opens a clause set against the one before: "although".
    Contrast,
    /// "adding": goes on with the verb of speech before.
    Adds,
    /// Verbs of handing in a paper: "file".
    File,
    /// What stands before a person's name: "Mr".
    Honorific,
    /// What a state's law does to a group: "proscribed".
    Proscribe,
    /// What follows from what was said: ", raising fears".
    Aftermath,
    /// Verbs of sensing what is there: "see".
    Sense,
    /// "some", which may stand for people.
    Several,
    /// Verbs by which somebody says that something is not so, not that he refuses it.
    Deny,
    /// Who does "not join" something leaves it standing.
    Join,
    /// "want", "plan".
    Want,
    /// "ordinary", "mere": who is "not an ordinary separatist" is one.
    Mere,
    /// Verbs of looking into or judging what has been done: "investigate".
    Examine,
    /// Verbs by which a thing shows something, and a person says it: "this suggests that".
    Infer,
    Of,
    By,
    Against,
    On,
    In,
    From,
    With,
    Between,
    To,
    For,
    As,
    Under,
    /// "since", "during".
    Time,
    /// "like", "including".
    Like,
    About,
    Without,
}

impl Class {
    pub const NAMES: [(&'static str, Self); 140] = [
        ("be", Self::Be),
        ("have", Self::Have),
        ("do", Self::Do),
        ("modal", Self::Modal),
        ("infinitive", Self::Infinitive),
        ("negation", Self::Negation),
        ("relative", Self::Relative),
        ("pronoun", Self::Pronoun),
        ("person", Self::Person),
        ("it", Self::It),
        ("owner", Self::Owner),
        ("person_owner", Self::PersonOwner),
        ("clitic", Self::Clitic),
        ("object_control", Self::ObjectControl),
        ("takes_clause", Self::TakesClause),
        ("two_objects", Self::TwoObjects),
        ("nominative", Self::Nominative),
        ("reflexive", Self::Reflexive),
        ("roughly", Self::Roughly),
        ("whose", Self::Whose),
        ("who", Self::Who),
        ("one", Self::One),
        ("of_many", Self::OfMany),
        ("many", Self::Many),
        ("question", Self::Question),
        ("particle", Self::Particle),
        ("suffer", Self::Suffer),
        ("harm", Self::Harm),
        ("toll", Self::Toll),
        ("fend", Self::Fend),
        ("hold", Self::Hold),
        ("support", Self::Support),
        ("send", Self::Send),
        ("agree", Self::Agree),
        ("blame", Self::Blame),
        ("aim", Self::Aim),
        ("victim", Self::Victim),
        ("author", Self::Author),
        ("day", Self::Day),
        ("period", Self::Period),
        ("opener", Self::Opener),
        ("former", Self::Former),
        ("lead", Self::Lead),
        ("abroad", Self::Abroad),
        ("issue", Self::Issue),
        ("first_person", Self::FirstPerson),
        ("ours", Self::Ours),
        ("attitude", Self::Attitude),
        ("duty", Self::Duty),
        ("remark", Self::Remark),
        ("recent", Self::Recent),
        ("copular", Self::Copular),
        ("condition", Self::Condition),
        ("conditional", Self::Conditional),
        ("while", Self::While),
        ("undoing", Self::Undoing),
        ("doubt", Self::Doubt),
        ("coming", Self::Coming),
        ("further", Self::Further),
        ("feeling", Self::Feeling),
        ("month", Self::Month),
        ("when", Self::When),
        ("even", Self::Even),
        ("meanwhile", Self::Meanwhile),
        ("until", Self::Until),
        ("judging", Self::Judging),
        ("saying", Self::Saying),
        ("asked", Self::Asked),
        ("say", Self::Say),
        ("proposing", Self::Proposing),
        ("so", Self::So),
        ("promise", Self::Promise),
        ("aspect", Self::Aspect),
        ("governor", Self::Governor),
        ("cabinet", Self::Cabinet),
        ("bloc", Self::Bloc),
        ("failed", Self::Failed),
        ("ensure", Self::Ensure),
        ("able", Self::Able),
        ("was", Self::Was),
        ("decision", Self::Decision),
        ("members", Self::Members),
        ("comment", Self::Comment),
        ("left_open", Self::LeftOpen),
        ("in_view_of", Self::InViewOf),
        ("dismiss", Self::Dismiss),
        ("protect", Self::Protect),
        ("creating", Self::Creating),
        ("threatening", Self::Threatening),
        ("repelling", Self::Repelling),
        ("combat", Self::Combat),
        ("most", Self::Most),
        ("movement", Self::Movement),
        ("something", Self::Something),
        ("nobody", Self::Nobody),
        ("proving", Self::Proving),
        ("ending:ing", Self::EndsIng),
        ("ending:ed", Self::EndsEd),
        ("ending:s", Self::EndsS),
        ("lack", Self::Lack),
        ("answer", Self::Answer),
        ("withdraw", Self::Withdraw),
        ("latter", Self::Latter),
        ("act", Self::Act),
        ("tell", Self::Tell),
        ("favour", Self::Favour),
        ("irregular", Self::Irregular),
        ("land", Self::Land),
        ("region", Self::Region),
        ("director", Self::Director),
        ("contrast", Self::Contrast),
        ("adds", Self::Adds),
        ("file", Self::File),
        ("honorific", Self::Honorific),
        ("proscribe", Self::Proscribe),
        ("aftermath", Self::Aftermath),
        ("sense", Self::Sense),
        ("several", Self::Several),
        ("deny", Self::Deny),
        ("join", Self::Join),
        ("want", Self::Want),
        ("mere", Self::Mere),
        ("examine", Self::Examine),
        ("infer", Self::Infer),
        ("of", Self::Of),
        ("by", Self::By),
        ("against", Self::Against),
        ("on", Self::On),
        ("in", Self::In),
        ("from", Self::From),
        ("with", Self::With),
        ("between", Self::Between),
        ("to", Self::To),
        ("for", Self::For),
        ("as", Self::As),
        ("under", Self::Under),
        ("time", Self::Time),
        ("like", Self::Like),
        ("about", Self::About),
        ("without", Self::Without),
    ];

    /// The classes of prepositions with their names.
    pub fn prepositions() -> &'static [(&'static str, Self)] {
        &Self::NAMES[Self::Of as usize..]
    }
}

/// The closed classes of one word: a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes([u64; 3]);

impl Classes {
    pub fn has(self, class: Class) -> bool {
        let at = class as usize;
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    pub fn any(self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.has(*class))
    }

    /// The first class of prepositions that the word has.
    pub fn preposition(self) -> Option<Class> {
        // They are the last classes, in their order, none among the first 64.
        let last = u128::from(self.0[2]) << 64 | u128::from(self.0[1]);
        let first = (last >> (Class::Of as u32 - 64)).trailing_zeros();
        Class::prepositions().get(first as usize).map(|(_, class)| *class)
    }

    /// The classes of either.
    pub fn or(self, other: Self) -> Self {
        Self(std::array::from_fn(|at| self.0[at] | other.0[at]))
    }

    pub fn with(mut self, class: Class) -> Self {
        self.0[class as usize / 64] |= 1 << (class as usize % 64);
        self
    }
}
