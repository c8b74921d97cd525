//! From what a person wrote into a cell to a code.

use super::raw::plain;
use super::{Field, NOBODY, RIGHT, WRONG};
use crate::codebook::Codebook;
use crate::corpus::reading;
use crate::error::{Error, did_you_mean};
use crate::normalise::Zone;
use crate::voice::Voice;
use rustc_hash::FxHashMap;

/// A person's answer: the code, and others that are right too. Of `missed_frames` every hit that was missed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer {
    pub codes: Vec<String>,
}

impl Answer {
    pub fn one(code: &str) -> Self {
        Self { codes: vec![code.to_owned()] }
    }

    /// The first code, which is the answer where one is needed.
    pub fn code(&self) -> &str {
        self.codes.first().map_or("", String::as_str)
    }

    /// Whether a code is right.
    pub fn accepts(&self, code: &str) -> bool {
        self.codes.iter().any(|own| own == code)
    }

    /// As it is written into a sheet.
    pub fn text(&self) -> String {
        self.codes.join("|")
    }
}

/// What reading a cell gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadCell {
    Empty,
    Plain(Answer),
    /// A slip of the pen that can mean one code only.
    Guessed(Answer),
    /// Not understood; what the person may have meant.
    Unread(String),
}

/// Knows the codes of every column, and the words that people write for them.
#[derive(Debug)]
pub struct CodeReader<'a> {
    codebook: &'a Codebook,
    /// By column and word as [`plain`] makes it.
    words: FxHashMap<(&'static str, String), String>,
}

/// The name of a column in the list of words: all columns with actors have the same.
fn list_of(field: Field) -> &'static str {
    if field.is_actor() { Field::Actor.name() } else { field.name() }
}

impl<'a> CodeReader<'a> {
    pub fn new(codebook: &'a Codebook) -> Self {
        let mut words = FxHashMap::default();
        for field in Field::ALL.into_iter().filter(|field| list_of(*field) == field.name()) {
            for code in closed_codes(field) {
                words.insert((field.name(), plain(code)), code.to_owned());
            }
            for row in reading::rows(include_str!("../../dictionaries/reading/codes.csv")) {
                if row.get(0) == Some(field.name())
                    && let (Some(code), Some(also)) = (row.get(1), row.get(2))
                {
                    for word in also.split('|') {
                        words.entry((field.name(), plain(word))).or_insert_with(|| code.to_owned());
                    }
                }
            }
        }
        Self { codebook, words }
    }

    /// Reads a cell of a column.
    pub fn read(&self, field: Field, cell: &str) -> ReadCell {
        let cell = cell.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\u{FEFF}' | '`' | '.'));
        if cell.is_empty() {
            return ReadCell::Empty;
        }
        if field == Field::Terms {
            return ReadCell::Plain(Answer::one(cell));
        }
        // The whole first: `n/a` is no list.
        match self.code(field, cell) {
            ReadCell::Unread(help) => {
                let parts: Vec<&str> = match field {
                    Field::MissedFrames => cell.split(['|', ';', ',', '/', '\n']).collect(),
                    _ => cell.split(['|', ';', '/', '\n']).collect(),
                };
                if parts.len() < 2 { ReadCell::Unread(help) } else { self.list(field, &parts) }
            }
            read => read,
        }
    }

    fn list(&self, field: Field, parts: &[&str]) -> ReadCell {
        let mut codes = Vec::new();
        let mut guessed = false;
        for part in parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()) {
            match self.code(field, part) {
                ReadCell::Plain(answer) => codes.extend(answer.codes),
                ReadCell::Guessed(answer) => {
                    guessed = true;
                    codes.extend(answer.codes);
                }
                ReadCell::Empty => {}
                // One of several codes is not known: the answer as a whole is not what the person meant.
                ReadCell::Unread(help) => return ReadCell::Unread(help),
            }
        }
        if codes.is_empty() {
            return ReadCell::Empty;
        }
        if field == Field::MissedFrames && codes.len() > 1 && codes.iter().any(|code| code == NOBODY) {
            return ReadCell::Unread("`-` says that there is none, and cannot stand beside a frame".into());
        }
        if field != Field::MissedFrames {
            let mut seen = std::collections::BTreeSet::new();
            codes.retain(|code| seen.insert(code.clone()));
        }
        if guessed { ReadCell::Guessed(Answer { codes }) } else { ReadCell::Plain(Answer { codes }) }
    }

    /// One code.
    fn code(&self, field: Field, word: &str) -> ReadCell {
        let list = list_of(field);
        let key = plain(word);
        if let Some(code) = self.words.get(&(list, key.clone())) {
            return ReadCell::Plain(Answer::one(code));
        }
        if field.is_actor() {
            return self.actor(word);
        }
        if field == Field::MissedFrames {
            return match self.codebook.find_frame(word) {
                Ok(frame) => ReadCell::Plain(Answer::one(&self.codebook.frames[frame.index()].code)),
                Err(error) => ReadCell::Unread(help_of(&error)),
            };
        }
        let of_list = self.words.iter().filter(|((own, _), _)| *own == list);
        let near: std::collections::BTreeSet<&str> =
            of_list.filter(|((_, known), _)| is_slip(&key, known)).map(|(_, code)| code.as_str()).collect();
        match near.first() {
            Some(code) if near.len() == 1 => ReadCell::Guessed(Answer::one(code)),
            _ => ReadCell::Unread(did_you_mean(word, closed_codes(field).iter().copied())),
        }
    }

    fn actor(&self, word: &str) -> ReadCell {
        match self.codebook.find_actor(word) {
            Ok(actor) => {
                let rolled = self.codebook.rollup(actor);
                ReadCell::Plain(Answer::one(&self.codebook.actors[rolled.index()].code))
            }
            Err(error) => match self.actor_meant(&plain(word)) {
                Some(code) => ReadCell::Guessed(Answer::one(code)),
                // The annotation guide: what is outside the codebook is written in small letters.
                None if !word.chars().any(char::is_uppercase) && word.chars().any(char::is_alphabetic) => {
                    ReadCell::Plain(Answer::one(word))
                }
                None => ReadCell::Unread(help_of(&error)),
            },
        }
    }

    /// The actor of whose names a word differs in one letter, where that is one actor only.
    fn actor_meant(&self, word: &str) -> Option<&str> {
        let book = self.codebook;
        let names = book.actors.iter().enumerate().map(|(at, actor)| (crate::id::ActorId::new(at), &actor.name));
        let aliases = book.aliases.iter().filter_map(|alias| Some((alias.actor?, &alias.alias)));
        let near = names.chain(aliases).filter(|(_, name)| is_misspelt(word, &plain(name)));
        let near: std::collections::BTreeSet<_> = near.map(|(actor, _)| book.rollup(actor)).collect();
        let actor = near.first().filter(|_| near.len() == 1)?;
        Some(&book.actors[actor.index()].code)
    }
}

/// The codes of a column that has a closed list.
fn closed_codes(field: Field) -> Vec<&'static str> {
    match field {
        Field::RightSense => vec![RIGHT, WRONG],
        Field::Voice => Voice::ALL.map(Voice::name).to_vec(),
        Field::Zone => Zone::ALL.map(Zone::name).to_vec(),
        Field::Speaker | Field::Agent | Field::Target | Field::Actor | Field::MissedFrames => vec![NOBODY],
        Field::Terms => Vec::new(),
    }
}

fn help_of(error: &Error) -> String {
    let text = error.to_string();
    text.split_once("; ").map_or(String::new(), |(_, help)| help.to_owned())
}

/// Letters from which on a beginning or a slip can mean one word only.
const SHORTEST: usize = 3;

/// Whether a word is the beginning of a known one, or a slip of the pen.
fn is_slip(word: &str, known: &str) -> bool {
    word.chars().count() >= SHORTEST && known.starts_with(word) || is_misspelt(word, known)
}

/// Whether a word of some length differs from a known one in a single letter: one more, one less, another one, or two
/// exchanged.
fn is_misspelt(word: &str, known: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), known.chars().collect());
    if a.len().min(b.len()) < SHORTEST + 2 || a.len().abs_diff(b.len()) > 1 {
        return false;
    }
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same_start..], &b[same_start..]);
    match a.len().cmp(&b.len()) {
        std::cmp::Ordering::Less => *a == b[1..],
        std::cmp::Ordering::Greater => a[1..] == *b,
        std::cmp::Ordering::Equal => match (a, b) {
            ([x, y, a @ ..], [u, v, b @ ..]) if x == v && y == u => a == b,
            ([_, a @ ..], [_, b @ ..]) => a == b,
            _ => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_where_the_meaning_is_plain() {
        let book = Codebook::embedded().expect("the codebook");
        let reader = CodeReader::new(&book);
        for (field, cell, code) in [
            (Field::RightSense, "TRUE", "1"),
            (Field::RightSense, " 1.0 ", "1"),
            (Field::RightSense, "No", "0"),
            (Field::Voice, "Own Voice", "own"),
            (Field::Voice, "ATTRIBUTED ", "attributed"),
            (Field::Voice, "direct\u{a0}quote", "quoted"),
            (Field::Agent, "Azerbaijan", "AZE"),
            (Field::Target, "—", "-"),
            (Field::Speaker, "n/a", "-"),
            (Field::Speaker, "human rights watch group", "human rights watch group"),
            (Field::Zone, "Pull quote", "pull_quote"),
            (Field::Voice, "attributed|own", "attributed|own"),
            (Field::Agent, "ARM; AZE", "ARM|AZE"),
            (Field::MissedFrames, "Genocide; blockade, blockade", "genocide|blockade|blockade"),
        ] {
            let ReadCell::Plain(answer) = reader.read(field, cell) else { panic!("{cell}") };
            assert_eq!(answer.text(), code, "{cell}");
        }
        assert_eq!(reader.read(Field::Voice, "\u{a0}"), ReadCell::Empty);
    }

    #[test]
    fn slips_are_guessed_and_told_and_the_rest_is_not_read() {
        let book = Codebook::embedded().expect("the codebook");
        let reader = CodeReader::new(&book);
        for (cell, code) in
            [("atributed", "attributed"), ("qouted", "quoted"), ("attr", "attributed"), ("hypo", "hypothetical")]
        {
            assert_eq!(reader.read(Field::Voice, cell), ReadCell::Guessed(Answer::one(code)), "{cell}");
        }
        for cell in ["Azerbajian", "azerbajan"] {
            assert_eq!(reader.read(Field::Agent, cell), ReadCell::Guessed(Answer::one("AZE")), "{cell}");
        }
        for (field, cell) in [
            (Field::Voice, "maybe"),
            (Field::RightSense, "2"),
            (Field::Agent, "Ruritania"),
            (Field::MissedFrames, "genocide; -"),
            (Field::MissedFrames, "something"),
        ] {
            assert!(matches!(reader.read(field, cell), ReadCell::Unread(_)), "{cell}");
        }
    }

    #[test]
    fn no_word_of_the_list_means_two_codes() {
        let mut seen = std::collections::BTreeMap::new();
        for row in reading::rows(include_str!("../../dictionaries/reading/codes.csv")) {
            for word in row[2].split('|') {
                let before = seen.insert((row[0].to_owned(), plain(word)), row[1].to_owned());
                assert!(before.is_none_or(|code| code == row[1]), "{word} of {}", &row[0]);
            }
        }
    }
}
