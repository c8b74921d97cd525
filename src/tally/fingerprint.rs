//! How articles were counted: tallies add up only when all of it agrees.

use crate::codebook::hex;
use crate::count::{CodingUnit, Demonyms, Level};
use crate::error::{Error, Place, Result};
use crate::normalise::Zone;
use crate::study::{Study, StudyOptions};
use crate::voice::Voice;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Codebook, options, Unicode version and program, and one hash over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    hash: String,
    parts: BTreeMap<String, String>,
}

impl Fingerprint {
    pub fn of(study: &Study) -> Self {
        Self::new(study.fingerprint_parts().into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    pub(super) fn new(parts: BTreeMap<String, String>) -> Self {
        let mut hash = Sha256::new();
        for (name, value) in &parts {
            // A length before each value, so that no two lists of parts look alike.
            hash.update(format!("{name} {} {value}\n", value.len()));
        }
        Self { hash: hex(&hash.finalize()), parts }
    }

    /// The same with one part taken over from another fingerprint.
    pub(super) fn with_part_of(mut self, name: &str, other: &Self) -> Self {
        match other.parts.get(name) {
            Some(value) => drop(self.parts.insert(name.to_owned(), value.clone())),
            None => drop(self.parts.remove(name)),
        }
        Self::new(self.parts)
    }

    /// SHA-256 over the parts, in hexadecimal digits.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The parts by name.
    pub fn parts(&self) -> &BTreeMap<String, String> {
        &self.parts
    }

    /// What differs between two fingerprints, one phrase each; empty when they are the same.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let names: std::collections::BTreeSet<&String> = self.parts.keys().chain(other.parts.keys()).collect();
        let shown = |parts: &BTreeMap<String, String>, name: &String| match parts.get(name).map(String::as_str) {
            None => "absent".to_owned(),
            Some("") => "empty".to_owned(),
            Some(value) => format!("`{}`", value.get(..60).map_or(value.to_owned(), |start| format!("{start}..."))),
        };
        let differing = names.into_iter().filter(|name| self.parts.get(*name) != other.parts.get(*name));
        differing
            .map(|name| format!("`{name}` is {} and {}", shown(&self.parts, name), shown(&other.parts, name)))
            .collect()
    }

    /// The options of counting that the parts tell; those of the tables are the defaults.
    ///
    /// # Errors
    /// A value that this program does not know.
    pub fn study_options(&self) -> Result<StudyOptions> {
        let part = |name: &str| self.parts.get(name).map_or("", String::as_str);
        let list = |name: &str| -> Vec<String> {
            part(name).split(',').filter(|value| !value.is_empty()).map(str::to_owned).collect()
        };
        let unknown = |name: &str, value: &str| {
            let what = format!("broken tally: `{name}` is `{value}`, which this program does not know");
            Error::input(Place::default(), what, "make the tally again")
        };
        fn each<T>(
            values: &[String],
            known: impl Fn(&str) -> Option<T>,
            unknown: impl Fn(&str) -> Error,
        ) -> Result<Vec<T>> {
            values.iter().map(|value| known(value).ok_or_else(|| unknown(value))).collect()
        }
        let level = Level::from_name(part("level"));
        let demonyms = match part("demonyms") {
            "counted" => Demonyms::Counted,
            "ignored" => Demonyms::Ignored,
            value => return Err(unknown("demonyms", value)),
        };
        let voice = |name: &str| Voice::ALL.into_iter().find(|voice| voice.name() == name);
        Ok(StudyOptions {
            by: list("by"),
            units: each(&list("unit"), CodingUnit::from_name, |value| unknown("unit", value))?,
            level: level.ok_or_else(|| unknown("level", part("level")))?,
            demonyms,
            zones: each(&list("zones"), Zone::from_name, |value| unknown("zones", value))?,
            voices: each(&list("voice"), voice, |value| unknown("voice", value))?,
            targets: list("target"),
            not_targets: list("not_target"),
            sketch: part("sketch").to_owned(),
            ..StudyOptions::default()
        })
    }
}
