//! A line into a tally.

use super::fingerprint::Fingerprint;
use super::json::{Pairs, Text, Values};
use super::section::{self, name};
use super::{Group, SCHEMA, Tally, VERSION, checked_add};
use crate::corpus::ReadAs;
use crate::count::GroupKey;
use crate::error::{Error, Place, Result};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    about: About,
    #[serde(borrow)]
    articles: Pairs<'a, &'a RawValue>,
    bad_records: Vec<(String, String, u64)>,
    groups: Vec<GroupLine<'a>>,
    parts: BTreeMap<String, u64>,
    words: Pairs<'a, Vec<u64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    articles_counted: u64,
    articles_in: u64,
    bad_records: u64,
    counted_by: BTreeMap<String, String>,
    fingerprint: String,
    read_as: Vec<ReadAs>,
    schema: String,
    version: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupLine<'a> {
    by: GroupKey,
    #[serde(borrow)]
    counts: Pairs<'a, Pairs<'a, Values>>,
    first: Pairs<'a, (String, u64)>,
}

/// The least that a line of any version has.
#[derive(Deserialize)]
struct AnyVersion {
    about: AnyAbout,
}

#[derive(Deserialize)]
struct AnyAbout {
    schema: String,
    version: u64,
}

impl Tally {
    /// Adds a line that a tally or a merge printed. Associative and commutative.
    ///
    /// # Errors
    /// A line that is broken ([`Error::Input`]); one that was made differently, has an article that is here already, or
    /// makes a sum too large ([`Error::Incompatible`]). What was added before goes with the tally.
    pub fn add(mut self, line: &str, place: &Place) -> Result<Self> {
        let line: Line<'_> = serde_json::from_str(line).map_err(|error| unreadable(line, &error, place))?;
        let broken = |what: String| {
            Error::input(
                place.clone(),
                format!("broken tally: {what}"),
                "each line is what `framescope tally` or `framescope merge` printed; make it again",
            )
        };
        if line.about.version != VERSION {
            return Err(other_version(line.about.version, place));
        }
        line.check().map_err(broken)?;
        self.accept(&line.about, place)?;
        self.articles_in = checked_add(self.articles_in, line.about.articles_in)?;
        self.read_as.extend(line.about.read_as);
        for (Text(id), record) in line.articles.0 {
            if self.articles.insert(id.clone().into_owned(), record.to_owned()).is_some() {
                let what = format!("{place}: the article `{id}` is in another tally too; count each article once");
                return Err(Error::Incompatible(what));
            }
        }
        for (what, help, n) in line.bad_records {
            let sum = self.bad_records.entry([what, help]).or_default();
            *sum = checked_add(*sum, n)?;
        }
        for (name, articles) in line.parts {
            if self.parts.insert(name.clone(), articles).is_some() {
                return Err(Error::Incompatible(format!("{place}: the part `{name}` is in another tally too")));
            }
        }
        let keys: Vec<GroupKey> = line.groups.iter().map(|group| group.by.clone()).collect();
        for group in line.groups {
            self.groups.entry(group.by).or_default().add(group.counts, group.first).map_err(|fault| match fault {
                Fault::Broken(what) => broken(what),
                Fault::Refused(error) => error,
            })?;
        }
        self.add_words(line.words, &keys).map_err(|fault| match fault {
            Fault::Broken(what) => broken(what),
            Fault::Refused(error) => error,
        })?;
        Ok(self)
    }

    /// Whether the line was counted as the others were.
    fn accept(&mut self, about: &About, place: &Place) -> Result<()> {
        if about.fingerprint.is_empty() {
            return Ok(());
        }
        let here = Fingerprint::new(about.counted_by.clone());
        match &self.fingerprint {
            None => self.fingerprint = Some(here),
            Some(known) if *known == here => {}
            Some(known) => {
                return Err(Error::Incompatible(format!(
                    "{place}: counted differently from the tallies before it: {} before and here",
                    known.differences(&here).join("; ")
                )));
            }
        }
        Ok(())
    }

    fn add_words(&mut self, words: Pairs<'_, Vec<u64>>, keys: &[GroupKey]) -> std::result::Result<(), Fault> {
        let mut cells: Vec<Vec<(u32, [u64; 2])>> = vec![Vec::new(); keys.len()];
        for (Text(word), numbers) in words.0 {
            let number = self.lexicon.number(&word);
            let (of_groups, rest) = numbers.as_chunks::<3>();
            if !rest.is_empty() || !of_groups.is_sorted_by(|a, b| a[0] < b[0]) {
                return Err(Fault::Broken(format!("the counts of the word `{word}` are not one triple a group")));
            }
            for [group, n, articles] in of_groups {
                let cells = usize::try_from(*group).ok().and_then(|group| cells.get_mut(group)).ok_or_else(|| {
                    Fault::Broken(format!("the word `{word}` is of group {group}, the line has {}", keys.len()))
                })?;
                cells.push((number, [*n, *articles]));
            }
        }
        for (key, cells) in keys.iter().zip(cells) {
            let Some(group) = self.groups.get_mut(key) else { continue };
            group.words.reserve(cells.len());
            for (word, [n, articles]) in cells {
                let sums = group.words.entry(word).or_default();
                *sums = [checked_add(sums[0], n)?, checked_add(sums[1], articles)?];
            }
        }
        Ok(())
    }
}

/// What is wrong with a line: it is none, or it must not be added.
enum Fault {
    Broken(String),
    Refused(Error),
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl Group {
    fn add(
        &mut self,
        counts: Pairs<'_, Pairs<'_, Values>>,
        first: Pairs<'_, (String, u64)>,
    ) -> std::result::Result<(), Fault> {
        for (Text(section), entries) in counts.0 {
            let width = section::width(&section)
                .ok_or_else(|| Fault::Broken(format!("`{section}` is nothing that tallies count")))?;
            if !self.sections.contains_key(section.as_ref()) {
                self.sections.insert(section.clone().into_owned(), Default::default());
            }
            let Some(into) = self.sections.get_mut(section.as_ref()) else { continue };
            for (Text(key), Values { numbers, len }) in entries.0 {
                if len != width {
                    return Err(Fault::Broken(format!("`{key}` in `{section}` has {len} numbers instead of {width}")));
                }
                match into.get_mut(key.as_ref()) {
                    Some(sums) => {
                        for (sum, number) in sums.iter_mut().zip(numbers).take(width) {
                            *sum = checked_add(*sum, number)?;
                        }
                    }
                    None => drop(into.insert(key.as_ref().into(), numbers)),
                }
            }
        }
        for (Text(key), here) in first.0 {
            match self.first.get_mut(key.as_ref()) {
                Some(known) if *known <= here => {}
                Some(known) => *known = here,
                None => drop(self.first.insert(key.as_ref().into(), here)),
            }
        }
        Ok(())
    }
}

impl Line<'_> {
    /// Whether the line is whole: its sums must be those its header tells.
    fn check(&self) -> std::result::Result<(), String> {
        let about = &self.about;
        if about.schema != SCHEMA {
            return Err(format!("the schema is `{}`, not `{SCHEMA}`", about.schema));
        }
        let is_neutral = about.fingerprint.is_empty() && about.counted_by.is_empty();
        if !is_neutral && Fingerprint::new(about.counted_by.clone()).hash() != about.fingerprint {
            return Err("`fingerprint` does not belong to `counted_by`".into());
        }
        if about.read_as.is_empty() != (about.articles_in == 0) {
            return Err("`read_as` does not belong to `articles_in`".into());
        }
        if is_neutral && about.articles_in > 0 {
            return Err("articles without a fingerprint".into());
        }
        let articles = self.articles.0.len() as u64;
        if articles != about.articles_counted {
            return Err(format!("the header says {} articles, the line has {articles}", about.articles_counted));
        }
        if sum(self.groups.iter().map(GroupLine::articles)) != Some(articles) {
            return Err("the groups have another number of articles than the line".into());
        }
        if sum(self.bad_records.iter().map(|record| record.2)) != Some(about.bad_records) {
            return Err(format!("the header says {} bad records, the line has others", about.bad_records));
        }
        if about.articles_counted.checked_add(about.bad_records) != Some(about.articles_in) {
            return Err("`articles_in` is not counted articles and bad records together".into());
        }
        if sum(self.parts.values().copied()).is_none_or(|in_parts| in_parts > articles) {
            return Err("the parts have more articles than the line".into());
        }
        if !self.groups.is_sorted_by(|a, b| a.by < b.by) {
            return Err("the groups are not sorted".into());
        }
        Ok(())
    }
}

fn sum(mut numbers: impl Iterator<Item = u64>) -> Option<u64> {
    numbers.try_fold(0, u64::checked_add)
}

impl GroupLine<'_> {
    fn articles(&self) -> u64 {
        let of = |key: &str, Text(name): &Text<'_>| name == key;
        let sizes = self.counts.0.iter().find(|(section, _)| of(name::SIZES, section));
        let articles = sizes.and_then(|(_, sizes)| sizes.0.iter().find(|(size, _)| of("articles", size)));
        articles.map_or(0, |(_, values)| values.numbers[0])
    }
}

fn other_version(version: u64, place: &Place) -> Error {
    Error::Incompatible(format!(
        "{place}: a tally of version {version}, this program reads version {VERSION}; make all tallies with one program"
    ))
}

/// Why a line could not be parsed: perhaps it is of another version.
fn unreadable(line: &str, error: &serde_json::Error, place: &Place) -> Error {
    if let Ok(AnyVersion { about }) = serde_json::from_str::<AnyVersion>(line)
        && about.schema == SCHEMA
        && about.version != VERSION
    {
        return other_version(about.version, place);
    }
    let place = Place { column: error.column() as u64, ..place.clone() };
    let message = error.to_string();
    let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
    Error::input(
        place,
        format!("broken tally: {what}"),
        "each line is what `framescope tally` or `framescope merge` printed; make it again",
    )
}
