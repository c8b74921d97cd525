//! `codebook.csv`: what a codebook is for. A codebook without this file says nothing of itself.

use super::actors::Actor;
use super::rows::{CodebookRow, CsvFile};
use crate::error::{Fault, did_you_mean};
use crate::id::ActorId;
use std::collections::HashMap;

/// What a codebook says of itself. Every part may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    pub name: String,
    /// The conflict its words were chosen for, in a sentence.
    pub conflict: String,
    /// Language codes of its words (`en`), in lower case.
    pub languages: Vec<String>,
    /// Actors whom an article on this conflict names, themselves or by an actor under them.
    pub core_actors: Vec<ActorId>,
    pub version: String,
    pub licence: String,
}

const COLUMNS: [&str; 3] = ["field", "value", "note"];

#[derive(Clone, Copy)]
enum AboutField {
    Name,
    Conflict,
    Languages,
    CoreActors,
    Version,
    Licence,
}

const FIELDS: [(&str, AboutField); 6] = [
    ("name", AboutField::Name),
    ("conflict", AboutField::Conflict),
    ("languages", AboutField::Languages),
    ("core_actors", AboutField::CoreActors),
    ("version", AboutField::Version),
    ("licence", AboutField::Licence),
];

impl About {
    /// The line that `run` prints: name, version, conflict, languages and core actors, as far as they are known.
    pub fn line(&self, actors: &[Actor]) -> String {
        let mut line = if self.name.is_empty() { "a codebook without a name".to_owned() } else { self.name.clone() };
        if !self.version.is_empty() {
            line += &format!(" {}", self.version);
        }
        if !self.conflict.is_empty() {
            line += &format!(", for {}", self.conflict);
        }
        if !self.languages.is_empty() {
            line += &format!("; language: {}", self.languages.join(", "));
        }
        if !self.core_actors.is_empty() {
            let names: Vec<&str> = self.core_actors.iter().map(|actor| actors[actor.index()].name.as_str()).collect();
            line += &format!("; core actors: {}", names.join(", "));
        }
        line
    }
}

pub(super) fn parse(file: &CsvFile, actors: &HashMap<&str, ActorId>, faults: &mut Vec<Fault>) -> About {
    let mut about = About::default();
    let mut seen: HashMap<String, u64> = HashMap::new();
    for row in &file.rows(&COLUMNS, 2, faults) {
        let Some(field) = row.choice(file, 0, "field", &FIELDS, faults) else { continue };
        if let Some(line) = seen.insert(row.take(0), row.line) {
            let what = format!("the field `{}` stands twice", row.cell(0));
            faults.push(row.fault(file, 0, what, format!("first in line {line}")));
            continue;
        }
        match field {
            AboutField::Name => about.name = row.take(1),
            AboutField::Conflict => about.conflict = row.take(1),
            AboutField::Languages => about.languages = languages(file, row, faults),
            AboutField::CoreActors => about.core_actors = actor_list(file, row, 1, actors, faults),
            AboutField::Version => about.version = row.take(1),
            AboutField::Licence => about.licence = row.take(1),
        }
    }
    about
}

fn languages(file: &CsvFile, row: &CodebookRow, faults: &mut Vec<Fault>) -> Vec<String> {
    let codes: Vec<String> = row.list(1).iter().map(|code| code.to_ascii_lowercase()).collect();
    for code in &codes {
        if !(2..=3).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_lowercase()) {
            let help = "write codes of two or three letters (ISO 639): `en`, or `en|fr`";
            faults.push(row.fault(file, 1, format!("`{code}` is no code of a language"), help));
        }
    }
    codes
}

/// A cell with codes of actors separated by `|`.
pub(super) fn actor_list(
    file: &CsvFile,
    row: &CodebookRow,
    column: usize,
    actors: &HashMap<&str, ActorId>,
    faults: &mut Vec<Fault>,
) -> Vec<ActorId> {
    let mut found = Vec::new();
    for code in row.list(column) {
        match actors.get(code.as_str()) {
            Some(actor) => found.push(*actor),
            None => {
                let help = did_you_mean(&code, actors.keys().copied());
                faults.push(row.fault(file, column, format!("unknown actor `{code}`"), help));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Codebook;
    use crate::error::Error;

    const ACTORS: &str = "actor,name,kind\nAAA,Ayland,state\nBBB,Beeland,state\n";

    fn codebook(about: &str) -> Result<Codebook, Error> {
        Codebook::parse(vec![CsvFile::new("cb", "actors.csv", ACTORS), CsvFile::new("cb", "codebook.csv", about)])
    }

    #[test]
    fn a_codebook_says_what_it_is_for() {
        let read = codebook(
            "field,value\nname,Two lands\nconflict,the war of the two lands\nlanguages,EN|fr\n\
             core_actors,BBB | AAA\nversion,2\nlicence,CC0\n",
        );
        let Codebook { about, actors, .. } = read.expect("a codebook");
        assert_eq!(about.core_actors, [ActorId::new(1), ActorId::new(0)]);
        let line = "Two lands 2, for the war of the two lands; language: en, fr; core actors: Beeland, Ayland";
        assert_eq!(about.line(&actors), line);
    }

    #[test]
    fn a_codebook_need_not_say_what_it_is_for() {
        let read = Codebook::parse(vec![CsvFile::new("cb", "actors.csv", ACTORS)]).expect("a codebook");
        assert_eq!(read.about, About::default());
        let empty = codebook("field,value\nname,\n").expect("a codebook");
        assert_eq!(empty.about, About::default());
        assert_ne!(read.fingerprint, empty.fingerprint, "its header is part of a codebook");
    }

    #[test]
    fn faults_of_the_header_are_reported_with_their_place() {
        for (text, what, line, column) in [
            ("field,value\nnmae,X\n", "unknown field `nmae`", 2, 1),
            ("field,value\nname,X\nname,Y\n", "the field `name` stands twice", 3, 1),
            ("field,value\nlanguages,English\n", "`english` is no code of a language", 2, 2),
            ("field,value\ncore_actors,AAA|AAB\n", "unknown actor `AAB`", 2, 2),
        ] {
            let Err(Error::Codebook(faults)) = codebook(text) else { panic!("{text} is refused") };
            assert_eq!(faults.len(), 1, "{faults:?}");
            assert_eq!((faults[0].what.as_str(), faults[0].place.line, faults[0].place.column), (what, line, column));
        }
    }
}
