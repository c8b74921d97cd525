//! The words that hold a clause together: which part each plays. They stand in `data/grammar.csv`, as the other closed
//! classes do; open classes (verbs of saying, nouns of risk, deeds) are rows of `dictionaries/cues.csv`.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    /// No function word: a noun, verb, adjective or name.
    Content,
    /// the, this: what is meant is known.
    Definite,
    /// a, any, another.
    Indefinite,
    /// its, their.
    Possessive,
    /// it, he, they.
    Pronoun,
    /// which, who, where.
    Relative,
    That,
    What,
    Of,
    By,
    For,
    With,
    To,
    As,
    /// on, upon.
    On,
    Against,
    /// in, into, inside.
    In,
    /// about, over, regarding.
    About,
    /// Any other preposition.
    Preposition,
    /// and, or, nor.
    And,
    /// be, have, do.
    Auxiliary,
    Modal,
    /// also, still.
    Adverb,
    /// because, when, after a comma or at the head of a clause.
    Subordinator,
}

/// `data/grammar.csv`: the name of a class and its words.
pub(super) fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("data/grammar.csv").lines().skip(1).filter_map(|line| line.split_once(','))
}

impl Function {
    /// As they stand in `grammar.csv`, with `function:` before them.
    const NAMES: [(&'static str, Self); 23] = [
        ("definite", Self::Definite),
        ("indefinite", Self::Indefinite),
        ("possessive", Self::Possessive),
        ("pronoun", Self::Pronoun),
        ("relative", Self::Relative),
        ("that", Self::That),
        ("what", Self::What),
        ("of", Self::Of),
        ("by", Self::By),
        ("for", Self::For),
        ("with", Self::With),
        ("to", Self::To),
        ("as", Self::As),
        ("on", Self::On),
        ("against", Self::Against),
        ("in", Self::In),
        ("about", Self::About),
        ("preposition", Self::Preposition),
        ("and", Self::And),
        ("auxiliary", Self::Auxiliary),
        ("modal", Self::Modal),
        ("adverb", Self::Adverb),
        ("subordinator", Self::Subordinator),
    ];

    /// Each word that has a part of its own, with it.
    pub fn words() -> impl Iterator<Item = (Self, &'static str)> {
        let of = |(name, words): (&str, &'static str)| {
            let (_, part) = Self::NAMES.iter().find(|(known, _)| name.strip_prefix("function:") == Some(known))?;
            Some(words.split(' ').map(move |word| (*part, word)))
        };
        rows().filter_map(of).flatten()
    }
}
