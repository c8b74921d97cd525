//! The key of a sample: the program's answers and how the items were drawn.

use super::raw::RawSheet;
use super::{Field, Kind, RIGHT};
use crate::count::NONE;
use crate::error::{Error, Result};
use std::collections::BTreeMap;

/// The columns of a key before those of the group.
pub const KEY_COLUMNS: [&str; 24] = [
    "item",
    "kind",
    "article_id",
    "sha256",
    "start_byte",
    "end_byte",
    "frame",
    "term",
    "voice",
    "speaker",
    "agent",
    "target",
    "rule",
    "actor",
    "zone",
    "counted",
    "coders",
    "stratum",
    "class",
    "stratum_size",
    "stratum_drawn",
    "inclusion",
    "seed",
    "settings",
];

/// How the columns of the group begin.
pub const GROUP: &str = "by:";

/// A drawn item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyRow {
    pub item: String,
    pub article: String,
    /// SHA-256 of the article, in hexadecimal digits.
    pub sha256: String,
    pub start: u64,
    pub end: u64,
    pub frame: String,
    pub term: String,
    pub voice: String,
    pub speaker: String,
    pub agent: String,
    pub target: String,
    pub rule: String,
    pub actor: String,
    pub zone: String,
    pub counted: bool,
    pub coders: Vec<String>,
    /// The place of its stratum among those of the key.
    pub stratum: usize,
}

/// Items of one class in one group, among which was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stratum {
    pub group: Vec<String>,
    pub class: String,
    pub size: u64,
    pub drawn: u64,
}

/// The key of one sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its file, for messages.
    pub name: String,
    pub kind: Kind,
    pub by: Vec<String>,
    pub rows: Vec<KeyRow>,
    pub strata: Vec<Stratum>,
    pub seed: u64,
    /// Codebook, options, program: the parts of a fingerprint by name.
    pub settings: BTreeMap<String, String>,
}

impl KeyRow {
    /// The program's answer; `(none)` where it gave none.
    pub fn answer(&self, field: Field) -> &str {
        let answer = match field {
            Field::RightSense => RIGHT,
            Field::Voice => &self.voice,
            Field::Speaker => &self.speaker,
            Field::Agent => &self.agent,
            Field::Target => &self.target,
            Field::Actor => &self.actor,
            Field::Zone => &self.zone,
            Field::MissedFrames | Field::Terms => "",
        };
        if answer.is_empty() { NONE } else { answer }
    }
}

impl Stratum {
    /// How probable each of its items was to be drawn.
    pub fn inclusion(&self) -> f64 {
        self.drawn as f64 / self.size as f64
    }
}

impl Key {
    /// Whether a table is a key and no sheet.
    pub fn is_key(sheet: &RawSheet) -> bool {
        sheet.column("inclusion").is_some() && sheet.column("settings").is_some()
    }

    /// Reads a key.
    ///
    /// # Errors
    /// A column that is missing, a number that is none, strata that contradict each other: a key is not for editing.
    pub fn read(sheet: &RawSheet) -> Result<Self> {
        let fault = |line: u64, column: u64, what: String| {
            Error::Input(sheet.fault(line, column, what, "a key is to be left as `framescope sample` wrote it"))
        };
        let mut at = [0; KEY_COLUMNS.len()];
        for (place, name) in at.iter_mut().zip(KEY_COLUMNS) {
            *place = sheet.column(name).ok_or_else(|| fault(1, 0, format!("the key has no column `{name}`")))?;
        }
        let by: Vec<(String, usize)> = sheet
            .header
            .iter()
            .enumerate()
            .filter_map(|(at, name)| Some((name.strip_prefix(GROUP)?.to_owned(), at)))
            .collect();
        let mut key: Option<Self> = None;
        let mut numbers: BTreeMap<u64, usize> = BTreeMap::new();
        let mut items = std::collections::HashSet::new();
        for row in &sheet.rows {
            let column = |name: &str| KEY_COLUMNS.iter().position(|own| *own == name).map(|place| at[place]);
            let text = |name: &str| row.cell(column(name));
            let number = |name: &str| {
                let cell = text(name);
                // A spreadsheet may have made `12.0` of 12.
                cell.strip_suffix(".0").unwrap_or(cell).parse::<u64>().map_err(|_| {
                    fault(
                        row.line,
                        column(name).map_or(0, |at| at as u64 + 1),
                        format!("`{name}` is `{cell}`, which is no number"),
                    )
                })
            };
            let kind = Kind::from_name(text("kind"))
                .ok_or_else(|| fault(row.line, 0, format!("`{}` is no kind of sample", text("kind"))))?;
            let settings: BTreeMap<String, String> = serde_json::from_str(text("settings"))
                .map_err(|_| fault(row.line, 0, "`settings` is no list of settings".into()))?;
            let (seed, by_names) = (number("seed")?, by.iter().map(|(name, _)| name.clone()).collect());
            let key = key.get_or_insert_with(|| Self {
                name: sheet.name.clone(),
                kind,
                by: by_names,
                rows: Vec::new(),
                strata: Vec::new(),
                seed,
                settings: settings.clone(),
            });
            if key.kind != kind || key.settings != settings || key.seed != seed {
                return Err(fault(row.line, 0, "this row is of another sample than the first one".into()));
            }
            let stratum = Stratum {
                group: by.iter().map(|(_, at)| row.cell(Some(*at)).to_owned()).collect(),
                class: text("class").to_owned(),
                size: number("stratum_size")?,
                drawn: number("stratum_drawn")?,
            };
            if stratum.drawn > stratum.size {
                return Err(fault(row.line, 0, "more were drawn than the stratum has".into()));
            }
            let place = *numbers.entry(number("stratum")?).or_insert(key.strata.len());
            match key.strata.get(place) {
                None => key.strata.push(stratum),
                Some(known) if *known == stratum => {}
                Some(_) => return Err(fault(row.line, 0, "its stratum is another one in an earlier row".into())),
            }
            let item = text("item").to_lowercase();
            if item.is_empty() {
                continue;
            }
            if !items.insert(item.clone()) {
                return Err(fault(row.line, 0, format!("the item `{item}` stands twice")));
            }
            key.rows.push(KeyRow {
                item,
                article: text("article_id").to_owned(),
                sha256: text("sha256").to_owned(),
                start: number("start_byte")?,
                end: number("end_byte")?,
                frame: text("frame").to_owned(),
                term: text("term").to_owned(),
                voice: text("voice").to_owned(),
                speaker: text("speaker").to_owned(),
                agent: text("agent").to_owned(),
                target: text("target").to_owned(),
                rule: text("rule").to_owned(),
                actor: text("actor").to_owned(),
                zone: text("zone").to_owned(),
                counted: text("counted").eq_ignore_ascii_case("true"),
                coders: text("coders").split(';').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
                stratum: place,
            });
        }
        let key = key.ok_or_else(|| fault(0, 0, "the key has no item".into()))?;
        for (at, stratum) in key.strata.iter().enumerate() {
            let rows = key.rows.iter().filter(|row| row.stratum == at).count() as u64;
            if rows != stratum.drawn {
                return Err(fault(
                    0,
                    0,
                    format!(
                        "{} items were drawn of the class `{}` of {}, and the key has {rows}: rows are missing",
                        stratum.drawn,
                        stratum.class,
                        stratum.group.join(" / ")
                    ),
                ));
            }
        }
        Ok(key)
    }

    /// The stratum of an item.
    pub fn stratum(&self, row: &KeyRow) -> &Stratum {
        &self.strata[row.stratum]
    }

    /// What differs between the settings of the key and others; empty when they are the same.
    pub fn differences(&self, others: &[(&'static str, String)]) -> Vec<String> {
        let others: BTreeMap<&str, &str> = others.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let names: std::collections::BTreeSet<&str> =
            self.settings.keys().map(String::as_str).chain(others.keys().copied()).collect();
        let shown = |value: Option<&str>| match value {
            None => "absent".to_owned(),
            Some("") => "empty".to_owned(),
            Some(value) => format!("`{}`", value.get(..60).map_or(value.to_owned(), |start| format!("{start}..."))),
        };
        let pair = |name: &str| (self.settings.get(name).map(String::as_str), others.get(name).copied());
        names
            .into_iter()
            .filter(|name| pair(name).0 != pair(name).1)
            .map(|name| format!("`{name}` is {} in the key and {} here", shown(pair(name).0), shown(pair(name).1)))
            .collect()
    }
}
