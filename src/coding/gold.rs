//! Of several coders' answers the one that counts.

use super::Gathered;
use super::answers::Answer;
use super::key::{Key, KeyRow};
use super::sheet::{CodedSheet, SheetRow};
use super::{Field, Kind, NOBODY, RIGHT, WRONG};
use crate::count::NONE;
use crate::error::{Error, Result, did_you_mean};
use std::collections::{BTreeMap, BTreeSet};

/// Whose answers count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Adjudication {
    /// Of each answer the most frequent one; none where two are as frequent.
    Majority,
    /// Those of one coder.
    Coder(String),
}

/// Answers by field.
pub type AnswersByField = BTreeMap<Field, Answer>;

/// A key with the answers that count, one set for each of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    pub key: Key,
    pub answers: Vec<AnswersByField>,
}

/// What people said, ready to correct what the program counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandCoding {
    /// One of a kind at most.
    pub samples: Vec<Judged>,
    /// Answers on which coders differ and which are not decided.
    pub undecided: u64,
    /// What each coder wrote.
    pub sheets: Vec<CodedSheet>,
    /// Name and SHA-256 of the files that were read, for the data package.
    pub files: Vec<(String, String)>,
}

impl HandCoding {
    /// Decides which answers count. Those of the person who looked at the differences come first.
    ///
    /// # Errors
    /// Two keys of one kind; a coder that no sheet is of.
    pub fn new(gathered: &Gathered, rule: &Adjudication) -> Result<Self> {
        let Gathered { keys, sheets, decided, files } = gathered;
        let mut kinds: BTreeMap<Kind, &str> = BTreeMap::new();
        for key in keys {
            if let Some(other) = kinds.insert(key.kind, &key.name) {
                return Err(Error::Usage(format!(
                    "`{other}` and `{}` are both keys of {}; name one of a kind",
                    key.name,
                    key.kind.name()
                )));
            }
        }
        if let Adjudication::Coder(coder) = rule {
            let coders: BTreeSet<&str> =
                sheets.iter().flat_map(|sheet| &sheet.rows).map(|row| row.coder.as_str()).collect();
            if !coders.contains(coder.as_str()) {
                let help = did_you_mean(coder, coders);
                return Err(Error::Usage(format!("no sheet is of the coder `{coder}`; {help}")));
            }
        }
        let mut answers: Vec<Vec<BTreeMap<Field, Vec<&Answer>>>> =
            keys.iter().map(|key| vec![BTreeMap::new(); key.rows.len()]).collect();
        let rows = sheets.iter().flat_map(|sheet| &sheet.rows);
        let counts = |row: &&SheetRow| match rule {
            Adjudication::Majority => true,
            Adjudication::Coder(coder) => row.coder == *coder,
        };
        for row in rows.filter(counts) {
            for (field, answer) in &row.answers {
                answers[row.key][row.row].entry(*field).or_default().push(answer);
            }
        }
        let mut undecided = BTreeSet::new();
        let mut samples: Vec<Judged> = Vec::with_capacity(keys.len());
        for (number, (key, of_key)) in keys.iter().zip(answers).enumerate() {
            let mut kept = vec![AnswersByField::new(); of_key.len()];
            for (row, of_item) in of_key.into_iter().enumerate() {
                for (field, given) in of_item {
                    match majority(&given) {
                        Some(answer) => drop(kept[row].insert(field, answer)),
                        None => drop(undecided.insert((number, row, field))),
                    }
                }
            }
            samples.push(Judged { key: key.clone(), answers: kept });
        }
        for row in decided.iter().flat_map(|sheet| &sheet.rows) {
            for (field, answer) in &row.answers {
                samples[row.key].answers[row.row].insert(*field, answer.clone());
                undecided.remove(&(row.key, row.row, *field));
            }
        }
        Ok(Self { samples, undecided: undecided.len() as u64, sheets: sheets.clone(), files: files.clone() })
    }

    /// The sample of a kind.
    pub fn of(&self, kind: Kind) -> Option<&Judged> {
        self.samples.iter().find(|sample| sample.key.kind == kind)
    }
}

/// The most frequent answer, by its code; of several that are as frequent none.
fn majority(given: &[&Answer]) -> Option<Answer> {
    let mut by_code: BTreeMap<&str, (usize, &Answer)> = BTreeMap::new();
    for answer in given {
        by_code.entry(answer.code()).or_insert((0, answer)).0 += 1;
    }
    let most = by_code.values().map(|(n, _)| *n).max()?;
    let mut first = by_code.values().filter(|(n, _)| *n == most);
    let (_, answer) = first.next()?;
    first.next().is_none().then(|| (*answer).clone())
}

impl Judged {
    /// The rows of the key with their answers.
    pub fn rows(&self) -> impl Iterator<Item = (&KeyRow, &AnswersByField)> {
        self.key.rows.iter().zip(&self.answers)
    }

    /// Whether anybody said whether hits are in the right sense.
    pub fn judges_sense(&self) -> bool {
        self.answers.iter().any(|answers| answers.contains_key(&Field::RightSense))
    }
}

/// The right answer for an item: the program's where people accept it, else the first that they give. No actor is
/// `(none)`.
pub fn truth<'a>(program: &'a str, answer: &'a Answer) -> &'a str {
    let as_program = |code: &'a str| if code == NOBODY { NONE } else { code };
    match answer.codes.iter().any(|code| as_program(code) == program) {
        true => program,
        false => as_program(answer.code()),
    }
}

/// Whether the answers say that the words are a hit. Who judges the voice of a hit takes it for one; `None` is no answer.
pub fn is_right(answers: &AnswersByField) -> Option<bool> {
    match answers.get(&Field::RightSense) {
        Some(answer) if answer.code() == WRONG => Some(false),
        Some(answer) if answer.code() == RIGHT => Some(true),
        _ => (!answers.is_empty()).then_some(true),
    }
}
