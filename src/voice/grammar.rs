//! The closed classes of English grammar: the few words that never change and hold a clause together.
//!
//! Open classes (verbs of saying, nouns of risk, deeds) are data: `dictionaries/cues.csv`.

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

/// The words of each class.
pub(super) const CLASSES: &[(Function, &str)] = &[
    (Function::Definite, "the this these those"),
    (Function::Indefinite, "a an no any another some every each more many several few"),
    (Function::Possessive, "its their his her our my your whose"),
    (Function::Pronoun, "it he she they we i you them him us one it's he's she's they're we're"),
    (Function::Relative, "which who whom where"),
    (Function::That, "that"),
    (Function::What, "what"),
    (Function::Of, "of"),
    (Function::By, "by"),
    (Function::For, "for"),
    (Function::With, "with"),
    (Function::To, "to"),
    (Function::As, "as"),
    (Function::On, "on upon"),
    (Function::Against, "against"),
    (Function::In, "in into inside within across"),
    (Function::About, "about over regarding"),
    (
        Function::Preposition,
        "at from during between among under through amid despite without near along around toward towards beyond \
         throughout like than behind via outside beside",
    ),
    (Function::And, "and or nor"),
    (
        Function::Auxiliary,
        "is are was were be been being am has have had having do does did isn't aren't wasn't weren't \
        hasn't haven't hadn't don't doesn't didn't",
    ),
    (Function::Modal, "will would can could may might must shall should cannot won't can't wouldn't couldn't"),
    (
        Function::Adverb,
        "also even still now ever again often further only just then thus too soon already yet later earlier today \
         never not instead once twice first both openly",
    ),
    (Function::Subordinator, "because if unless whether although though while whereas when after before since until"),
];
