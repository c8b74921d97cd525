//! A sheet that came back: what each coder answered for each item.

use super::answers::{Answer, CodeReader, ReadCell};
use super::key::Key;
use super::raw::RawSheet;
use super::{CODER, Field, ITEM, NOTE};
use crate::error::{Error, Fault, Result};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

/// What one coder said of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    pub coder: String,
    /// The number of the key among those given, and of the item's row in it.
    pub key: usize,
    pub row: usize,
    pub answers: BTreeMap<Field, Answer>,
    pub note: String,
    /// What it says of its sentence, for the list of disagreements.
    pub sentence: String,
}

/// A cell that was not read, or read as something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub file: String,
    pub line: u64,
    /// The field of the row, from 1.
    pub column: u64,
    pub item: String,
    pub name: String,
    pub cell: String,
    /// The code it was read as; `None` when it counts as no answer.
    pub read_as: Option<String>,
    pub why: String,
}

/// A sheet as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CodedSheet {
    pub name: String,
    pub rows: Vec<SheetRow>,
    pub unread: Vec<Unread>,
    /// Rows of items that have no answer at all.
    pub empty: u64,
}

impl Unread {
    /// As a warning.
    pub fn fault(&self) -> Fault {
        let place = crate::error::Place { file: self.file.clone(), line: self.line, column: self.column };
        let what = match (&self.read_as, self.name.as_str()) {
            (Some(code), name) => format!("`{name}` is `{}`, read as `{code}`", self.cell),
            (None, ITEM) => format!("the item `{}` is not read", self.cell),
            (None, name) => format!("`{name}` is `{}`, which is no code; it counts as no answer", self.cell),
        };
        Fault { place, what, help: self.why.clone() }
    }
}

impl CodedSheet {
    /// Reads the answers for the items of some keys.
    ///
    /// # Errors
    /// A sheet without a column of items, or none of whose items is in a key.
    pub fn read(raw: &RawSheet, keys: &[Key], reader: &CodeReader<'_>) -> Result<Self> {
        let Some(item_at) = raw.column(ITEM) else {
            let names: Vec<&str> = raw.header.iter().take(8).map(String::as_str).collect();
            let what = format!("there is no column `{ITEM}`; the first line is {}", names.join(", "));
            return Err(Error::Input(raw.fault(1, 0, what, "the columns of a sheet are to keep their names")));
        };
        let items: HashMap<&str, (usize, usize)> = keys
            .iter()
            .enumerate()
            .flat_map(|(key, of)| of.rows.iter().enumerate().map(move |(at, row)| (row.item.as_str(), (key, at))))
            .collect();
        let (coder_at, note_at, sentence_at) = (raw.column(CODER), raw.column(NOTE), raw.column("sentence"));
        let usual = usual_coder(raw, coder_at);
        let mut sheet = Self { name: raw.name.clone(), ..Self::default() };
        let mut known = 0;
        for row in &raw.rows {
            let cell =
                row.cell(Some(item_at)).trim_matches(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '\''));
            let unread = |column: usize, name: &str, cell: &str, read_as, why: String| Unread {
                file: raw.name.clone(),
                line: row.line,
                column: column as u64 + 1,
                item: row.cell(Some(item_at)).to_owned(),
                name: name.to_owned(),
                cell: cell.to_owned(),
                read_as,
                why,
            };
            let Some((key, at)) = items.get(cell.to_lowercase().as_str()).copied() else {
                let filled = is_answered(raw, row);
                if filled || !cell.is_empty() {
                    let why = match cell {
                        "" => "the row has answers and no item",
                        _ => "no key that was named has it: is this the sheet of another sample?",
                    };
                    sheet.unread.push(unread(item_at, ITEM, cell, None, why.into()));
                }
                continue;
            };
            known += 1;
            let mut answers = BTreeMap::new();
            let mut filled = false;
            for field in keys[key].kind.fields() {
                let Some(column) = raw.column(field.name()) else { continue };
                let cell = row.cell(Some(column));
                filled |= !cell.is_empty();
                match reader.read(*field, cell) {
                    ReadCell::Empty => {}
                    ReadCell::Plain(answer) => drop(answers.insert(*field, answer)),
                    ReadCell::Guessed(answer) => {
                        let why = String::from("write the code, if that is not what was meant");
                        sheet.unread.push(unread(column, field.name(), cell, Some(answer.text()), why));
                        answers.insert(*field, answer);
                    }
                    ReadCell::Unread(why) => sheet.unread.push(unread(column, field.name(), cell, None, why)),
                }
            }
            // Cells beyond the header hold what slipped out of its column.
            for (column, cell) in
                row.cells.iter().enumerate().skip(raw.header.len()).filter(|(_, cell)| !cell.is_empty())
            {
                let why = "it stands in a column without a name".to_owned();
                sheet.unread.push(unread(column, "", cell, None, why));
            }
            let note = row.cell(note_at).to_owned();
            if !filled && note.is_empty() {
                sheet.empty += 1;
                continue;
            }
            let coder = match row.cell(coder_at).trim() {
                "" => usual.clone(),
                coder => coder.to_owned(),
            };
            let sentence = row.cell(sentence_at).to_owned();
            sheet.rows.push(SheetRow { coder, key, row: at, answers, note, sentence });
        }
        if known == 0 {
            let help = "name the key that was written beside the sheet";
            let what = "none of its items is in the key: the two are of different samples";
            return Err(Error::Input(raw.fault(0, 0, what, help)));
        }
        sheet.take_doubles_out(raw, keys);
        Ok(sheet)
    }

    /// Of several rows of one coder for one item the first with each answer counts; another answer is reported.
    fn take_doubles_out(&mut self, raw: &RawSheet, keys: &[Key]) {
        let mut first: HashMap<(String, usize, usize), usize> = HashMap::new();
        let mut kept: Vec<SheetRow> = Vec::new();
        for row in std::mem::take(&mut self.rows) {
            let id = (row.coder.clone(), row.key, row.row);
            let Some(&before) = first.get(&id) else {
                first.insert(id, kept.len());
                kept.push(row);
                continue;
            };
            let item = &keys[row.key].rows[row.row].item;
            for (field, answer) in row.answers {
                let known = kept[before].answers.entry(field).or_insert_with(|| answer.clone());
                if *known != answer {
                    self.unread.push(Unread {
                        file: raw.name.clone(),
                        line: 0,
                        column: 0,
                        item: item.clone(),
                        name: field.name().into(),
                        cell: answer.text(),
                        read_as: None,
                        why: format!("the item stands twice, first with `{}`", known.text()),
                    });
                }
            }
        }
        self.rows = kept;
    }
}

/// Whether a row has anything in a column that people fill in.
fn is_answered(raw: &RawSheet, row: &super::RawRow) -> bool {
    let names = Field::ALL.map(Field::name).into_iter().chain([NOTE]);
    names.filter_map(|name| raw.column(name)).any(|at| !row.cell(Some(at)).is_empty())
}

/// The coder of rows that name none: the only one of the sheet, or else the name of the file.
fn usual_coder(raw: &RawSheet, coder_at: Option<usize>) -> String {
    let named: BTreeSet<&str> =
        raw.rows.iter().map(|row| row.cell(coder_at).trim()).filter(|coder| !coder.is_empty()).collect();
    match named.first() {
        Some(coder) if named.len() == 1 => (*coder).to_owned(),
        _ => Path::new(&raw.name)
            .file_stem()
            .map_or_else(|| raw.name.clone(), |stem| stem.to_string_lossy().into_owned()),
    }
}
