//! What is compared: a column of the sheets, or what follows from it.

use crate::coding::{Answer, CodedSheet, Field, Judged, Kind, NOBODY, WRONG, is_right, truth};
use crate::count::NONE;
use crate::normalise::Zone;
use crate::voice::Voice;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variable {
    Field(Field),
    /// Own or hypothetical, or somebody else's voice.
    OwnVoice,
    /// Whether a line is counted by the usual zones.
    Counted,
}

/// The two codes of [`Variable::OwnVoice`]: the article speaks, or others do.
const ARTICLE: &str = "article";
const OTHERS: &str = "others";

impl Variable {
    pub fn of(kind: Kind) -> Vec<Self> {
        let fields = kind.fields().iter().filter(|field| **field != Field::Terms);
        let mut variables: Vec<Self> = fields.map(|field| Self::Field(*field)).collect();
        match kind {
            Kind::Hits => variables.insert(2, Self::OwnVoice),
            Kind::Zones => variables.push(Self::Counted),
            Kind::Actors | Kind::Roles | Kind::Misses => {}
        }
        variables
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Field(field) => field.name(),
            Self::OwnVoice => "own_voice",
            Self::Counted => "counted",
        }
    }

    pub fn field(self) -> Field {
        match self {
            Self::Field(field) => field,
            Self::OwnVoice => Field::Voice,
            Self::Counted => Field::Zone,
        }
    }

    /// What a code of the field says of the variable.
    fn code(self, code: &str) -> String {
        let text = match self {
            Self::OwnVoice if [Voice::Own.name(), Voice::Hypothetical.name()].contains(&code) => ARTICLE,
            Self::OwnVoice => OTHERS,
            Self::Counted => {
                let counts = Zone::from_name(code).is_some_and(|zone| Zone::COUNTED.contains(&zone));
                if counts { "true" } else { "false" }
            }
            Self::Field(_) if code == NOBODY => NONE,
            Self::Field(_) => code,
        };
        text.to_owned()
    }

    fn answer(self, answer: &Answer) -> Answer {
        let mut codes: Vec<String> = answer.codes.iter().map(|code| self.code(code)).collect();
        if self.field() == Field::MissedFrames {
            // The frames of a sentence are one answer, in whatever order they were written.
            codes.sort();
            codes = vec![codes.join(";")];
        }
        Answer { codes }
    }
}

/// An item of a variable.
#[derive(Debug, Clone)]
pub(super) struct VariableItem {
    /// The row of the key.
    pub row: usize,
    pub article: String,
    /// By coder.
    pub codes: Vec<Option<String>>,
    pub program: String,
    /// What is true by the answers that count.
    pub truth: Option<String>,
}

/// All items of a variable.
pub(super) struct VariableItems {
    pub variable: Variable,
    pub kind: Kind,
    pub units: Vec<VariableItem>,
}

impl VariableItems {
    pub fn of(variable: Variable, number: usize, judged: &Judged, sheets: &[CodedSheet], coders: &[String]) -> Self {
        let field = variable.field();
        let mut units: Vec<VariableItem> = judged
            .rows()
            .enumerate()
            .map(|(row, (key, answers))| {
                let program = variable.code(key.answer(field));
                let is_scored = field == Field::RightSense || is_right(answers) != Some(false);
                let answer = answers.get(&field).filter(|_| is_scored).map(|answer| variable.answer(answer));
                // Who judges a hit's voice takes it for a hit.
                let implied = (field == Field::RightSense && answer.is_none())
                    .then(|| is_right(answers))
                    .flatten()
                    .map(|_| crate::coding::RIGHT.to_owned());
                let truth = answer.map(|answer| truth(&program, &answer).to_owned()).or(implied);
                VariableItem { row, article: key.article.clone(), codes: vec![None; coders.len()], program, truth }
            })
            .collect();
        for row in sheets.iter().flat_map(|sheet| &sheet.rows).filter(|row| row.key == number) {
            let wrong = row.answers.get(&Field::RightSense).is_some_and(|answer| answer.code() == WRONG);
            if wrong && field != Field::RightSense {
                continue;
            }
            if let (Some(answer), Ok(coder)) = (row.answers.get(&field), coders.binary_search(&row.coder)) {
                units[row.row].codes[coder] = Some(variable.answer(answer).code().to_owned());
            }
        }
        units.retain(|unit| unit.truth.is_some() || unit.codes.iter().any(Option::is_some));
        Self { variable, kind: judged.key.kind, units }
    }

    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }
}
