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

const WORDS: &[(Function, &str)] = &[
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

/// Tells the class of a word by its first eight bytes and its length: a hash table of fixed size, since every word of
/// every sentence with a framing hit is asked for.
#[derive(Debug, Clone)]
pub(super) struct Grammar {
    slots: Vec<Option<(u64, Function)>>,
}

const SLOT_BITS: u32 = 10;
/// No function word is longer.
const LONGEST: usize = 10;

impl Grammar {
    pub fn new() -> Self {
        let mut slots = vec![None; 1 << SLOT_BITS];
        for (class, words) in WORDS {
            for word in words.split_whitespace() {
                let key = key(word.as_bytes());
                let mut slot = slot(key);
                while slots[slot].is_some() {
                    slot = (slot + 1) % slots.len();
                }
                slots[slot] = Some((key, *class));
            }
        }
        Self { slots }
    }

    pub fn class_of(&self, word: &[u8]) -> Function {
        if word.len() <= LONGEST {
            let key = key(word);
            let mut slot = slot(key);
            while let Some((known, class)) = self.slots[slot] {
                if known == key {
                    return class;
                }
                slot = (slot + 1) % self.slots.len();
            }
        }
        if word.len() > 4 && word.ends_with(b"ly") { Function::Adverb } else { Function::Content }
    }
}

/// The first eight bytes, mixed with the length.
fn key(word: &[u8]) -> u64 {
    let head = match word.first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => word.iter().rev().fold(0, |head, byte| head << 8 | u64::from(*byte)),
    };
    head ^ (word.len() as u64) << 56
}

fn slot(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - SLOT_BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_word_has_one_class() {
        let mut seen = std::collections::HashSet::new();
        for word in WORDS.iter().flat_map(|(_, words)| words.split_whitespace()) {
            assert!(seen.insert(word), "`{word}` stands twice");
        }
        let grammar = Grammar::new();
        for (class, words) in WORDS {
            for word in words.split_whitespace() {
                assert_eq!(grammar.class_of(word.as_bytes()), *class, "{word}");
            }
        }
        assert_eq!(grammar.class_of(b"the"), Function::Definite);
        assert_eq!(grammar.class_of(b"throughout"), Function::Preposition);
        assert_eq!(grammar.class_of(b"repeatedly"), Function::Adverb);
        assert_eq!(grammar.class_of(b"blockade"), Function::Content);
    }
}
