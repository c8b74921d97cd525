//! Between [`Counts`], which number the entries of a codebook, and a [`Tally`], which names them.

use super::fingerprint::Fingerprint;
use super::name_table::NameKey;
use super::names::{Book, broken};
use super::numbered::{Numbered, Resolved};
use super::section::{self, Section, name, shape};
use super::{Tally, TallyGroup, article};
use crate::codebook::{Codebook, Force};
use crate::corpus::ReadAs;
use crate::count::{CodingUnit, Counts, GroupCounts, Numbers, PairTally, Shelf, UnitCounts, UsageTally, WordTally};
use crate::error::{Error, Fault, Place, Result};
use crate::study::Study;
use rustc_hash::FxHashMap;
use std::sync::Arc;

const SIZES: [&str; 5] = ["articles", "paragraphs", "sentences", "words", "words_dropped"];

impl Tally {
    /// The tally of what the pipeline read, and how the bytes were divided into it.
    ///
    /// # Errors
    /// A codebook with more entries than a tally can name.
    pub fn of(study: &Study, counts: Counts, read_as: ReadAs) -> Result<Self> {
        let book = Book::new(&study.codebook);
        let mut tally = Self {
            counted_by: Some((Fingerprint::of(study), Arc::default())),
            articles_in: counts.articles.len() as u64 + counts.bad_records.len() as u64,
            lexicon: counts.lexicon,
            ..Self::default()
        };
        // Where there was nothing, nothing was read.
        if tally.articles_in > 0 {
            tally.read_as.insert(read_as);
        }
        for fault in counts.bad_records {
            *tally.bad_records.entry([fault.what, fault.help]).or_default() += 1;
        }
        let mut names = Numbered::new(&mut tally.names, &book);
        for record in counts.articles.iter() {
            tally.articles.insert(record.id().into(), article::write(record, &mut names)?);
        }
        for (key, group) in counts.groups {
            tally.groups.insert(key, TallyGroup::of(group, &mut names)?);
        }
        Ok(tally)
    }

    /// The counts, by the numbers of a codebook.
    ///
    /// # Errors
    /// An entry that the codebook does not have; a record of a group that is not there.
    pub fn counts(self, codebook: &Codebook) -> Result<Counts> {
        let book = Book::new(codebook);
        let mut names = Resolved::new(&self.names, &book);
        let mut counts = Counts { lexicon: self.lexicon, ..Counts::default() };
        for (key, group) in self.groups {
            counts.groups.insert(key, group.counts(&mut names)?);
        }
        for ([what, help], n) in self.bad_records {
            let fault = Fault { place: Place::default(), what, help };
            let n = usize::try_from(n).ok().filter(|n| *n <= u32::MAX as usize);
            let n = n.ok_or_else(|| broken("more than 2^32 bad records".into()))?;
            counts.bad_records.extend(std::iter::repeat_n(fault, n));
        }
        let mut shelf = Shelf::default();
        for (id, article) in self.articles {
            article::read(&id, &article, &mut names, &mut shelf)?;
        }
        counts.articles = shelf.finish();
        if let Some(record) = counts.articles.iter().find(|record| !counts.groups.contains_key(record.group())) {
            return Err(broken(format!("article `{}` is of a group that has no counts", record.id())));
        }
        Ok(counts)
    }
}

impl TallyGroup {
    fn of(counts: GroupCounts, names: &mut Numbered<'_>) -> Result<Self> {
        let mut group = Self::default();
        let sizes = [counts.articles, counts.paragraphs, counts.sentences, counts.words, counts.words_dropped];
        let rows = SIZES.iter().zip(sizes).map(|(size, n)| Ok((NameKey::new(&[names.word(size)?]), n)));
        group.put(name::SIZES, rows)?;
        for (section, tallies) in [(name::CODED, &counts.coded), (name::ROLLED, &counts.rolled)] {
            group.put(section, tallies.iter().map(|(number, tally)| Ok((one(names.actor(number)?), tally))))?;
        }
        let rows = counts.frames.iter().map(|(number, tally)| Ok((one(names.frame(number)?), tally)));
        group.put(name::FRAMES, rows)?;
        let rows = counts.forces.iter().map(|((number, force), tally)| {
            Ok((NameKey::new(&[names.frame(number)?, names.word(force.name())?]), tally))
        });
        group.put(name::FORCES, rows)?;
        let rows = counts.terms.iter().map(|(number, tally)| Ok((one(names.term(number)?), tally)));
        group.put(name::TERMS, rows)?;
        let rows = counts.variants.iter().map(|(number, tally)| Ok((one(names.variant(number)?), tally)));
        group.put(name::VARIANTS, rows)?;
        let rows = counts.targets.iter().map(|((of, agent, target), tally)| {
            let key = [names.term(of)?, names.anyone(agent)?, names.anyone(target)?];
            Ok((NameKey::new(&key), tally))
        });
        group.put(name::TARGETS, rows)?;
        let rows = counts
            .speakers
            .iter()
            .map(|((speaker, of), tally)| Ok((NameKey::new(&[names.anyone(speaker)?, names.term(of)?]), tally)));
        group.put(name::SPEAKERS, rows)?;
        for (unit, of_unit) in &counts.units {
            group.put_unit(*unit, of_unit, names)?;
        }
        let mut first = FxHashMap::default();
        let rows = counts.usage.iter().map(|(entry, tally)| {
            let key = NameKey::new(&names.entry(entry)?);
            first.extend(tally.first.map(|hit| (key, hit)));
            Ok((key, [tally.n, tally.n_shadowed, tally.n_refused, tally.articles]))
        });
        group.put(name::USAGE, rows)?;
        group.first = first;
        group.words = counts.vocabulary.iter().map(|(word, tally)| (word, [tally.n, tally.articles])).collect();
        Ok(group)
    }

    /// Adds rows of new keys to a section; one without rows is none.
    fn put<N: Numbers>(&mut self, name: &str, rows: impl Iterator<Item = Result<(NameKey, N)>>) -> Result<()> {
        let mut rows = rows.peekable();
        if rows.peek().is_none() {
            return Ok(());
        }
        let shape = shape(name).ok_or_else(|| unknown(name))?;
        let section = self.sections.entry(name.to_owned()).or_insert_with(|| Section::new(shape));
        let mut numbers = Vec::with_capacity(shape.width);
        for row in rows {
            let (key, tally) = row?;
            numbers.clear();
            tally.put(&mut numbers);
            section.add_new(key, &numbers);
        }
        Ok(())
    }

    fn put_unit(&mut self, unit: CodingUnit, counts: &UnitCounts, names: &mut Numbered<'_>) -> Result<()> {
        let section = |name: &str| section::of_unit(unit, name);
        self.put(name::UNITS, std::iter::once(names.word(&unit.name()).map(|name| (one(name), counts.units))))?;
        let rows = counts.actors.iter().map(|(number, n)| Ok((one(names.actor(*number)?), *n)));
        self.put(&section(name::ACTORS), rows)?;
        let rows = counts.frames.iter().map(|(number, n)| Ok((one(names.frame(*number)?), *n)));
        self.put(&section(name::FRAMES), rows)?;
        let rows = counts.actor_pairs.iter().map(|(pair, tally)| {
            let (a, b) = (names.actor(pair.0)?, names.actor(pair.1)?);
            Ok((NameKey::new(&names.pair(a, b)), [tally.observed, tally.articles]))
        });
        self.put(&section(name::ACTOR_PAIRS), rows)?;
        let rows = counts.frame_pairs.iter().map(|(pair, tally)| {
            let (a, b) = (names.frame(pair.0)?, names.frame(pair.1)?);
            Ok((NameKey::new(&names.pair(a, b)), [tally.observed, tally.articles]))
        });
        self.put(&section(name::FRAME_PAIRS), rows)?;
        let rows = counts
            .actor_frames
            .iter()
            .map(|(pair, tally)| Ok((NameKey::new(&[names.actor(pair.0)?, names.frame(pair.1)?]), tally)));
        self.put(&section(name::ACTOR_FRAMES), rows)
    }

    fn counts(mut self, names: &mut Resolved<'_>) -> Result<GroupCounts> {
        let mut counts = GroupCounts::default();
        for (section, entries) in std::mem::take(&mut self.sections) {
            for (key, values) in entries.iter() {
                let [one] = key.names::<1>();
                let [first, second] = key.names::<2>();
                match section.as_str() {
                    name::SIZES => size(&mut counts, names.word(one), values[0])?,
                    name::CODED => counts.coded.add(names.actor(one)?, &Numbers::of_row(values)),
                    name::ROLLED => counts.rolled.add(names.actor(one)?, &Numbers::of_row(values)),
                    name::FRAMES => counts.frames.add(names.frame(one)?, &Numbers::of_row(values)),
                    name::FORCES => {
                        let force = names.word(second);
                        let key = (names.frame(first)?, Force::from_name(force).ok_or_else(|| unknown(force))?);
                        counts.forces.add(key, &Numbers::of_row(values));
                    }
                    name::TERMS => counts.terms.add(names.term(one)?, &Numbers::of_row(values)),
                    name::VARIANTS => counts.variants.add(names.variant(one)?, &Numbers::of_row(values)),
                    name::TARGETS => {
                        let [of, agent, target] = key.names::<3>();
                        let key = (names.term(of)?, names.anyone(agent)?, names.anyone(target)?);
                        counts.targets.add(key, &Numbers::of_row(values));
                    }
                    name::SPEAKERS => {
                        let key = (names.anyone(first)?, names.term(second)?);
                        counts.speakers.add(key, &Numbers::of_row(values));
                    }
                    name::USAGE => {
                        let tally = UsageTally {
                            n: values[0],
                            n_shadowed: values[1],
                            n_refused: values[2],
                            articles: values[3],
                            first: self.first.remove(&key),
                        };
                        counts.usage.add(names.entry([first, second])?, &tally);
                    }
                    name::UNITS => unit_counts(&mut counts, names.word(one))?.units = values[0],
                    _ => {
                        let (unit, of_unit) = section.split_once('/').ok_or_else(|| unknown(&section))?;
                        put_of_unit(unit_counts(&mut counts, unit)?, of_unit, key, values, names)?;
                    }
                }
            }
        }
        if let Some(key) = self.first.keys().next() {
            let [_, entry] = key.names::<2>();
            return Err(broken(format!("`{}` has a first hit but no count", names.word(entry))));
        }
        for (word, [n, articles]) in self.words {
            counts.vocabulary.add(word, WordTally { n, articles });
        }
        counts.pack();
        Ok(counts)
    }
}

fn one(name: u32) -> NameKey {
    NameKey::new(&[name])
}

fn size(counts: &mut GroupCounts, key: &str, n: u64) -> Result<()> {
    let field = match key {
        "articles" => &mut counts.articles,
        "paragraphs" => &mut counts.paragraphs,
        "sentences" => &mut counts.sentences,
        "words" => &mut counts.words,
        "words_dropped" => &mut counts.words_dropped,
        _ => return Err(unknown(key)),
    };
    *field = n;
    Ok(())
}

fn unit_counts<'c>(counts: &'c mut GroupCounts, unit: &str) -> Result<&'c mut UnitCounts> {
    Ok(counts.units.entry(CodingUnit::from_name(unit).ok_or_else(|| unknown(unit))?).or_default())
}

fn put_of_unit(
    counts: &mut UnitCounts,
    section: &str,
    key: NameKey,
    values: &[u64],
    names: &mut Resolved<'_>,
) -> Result<()> {
    let [one] = key.names::<1>();
    let [a, b] = key.names::<2>();
    match section {
        name::ACTORS => drop(counts.actors.insert(names.actor(one)?, values[0])),
        name::FRAMES => drop(counts.frames.insert(names.frame(one)?, values[0])),
        name::ACTOR_PAIRS => {
            let pair = by_number(names.actor(a)?, names.actor(b)?, names.word(a))?;
            counts.actor_pairs.add(pair, &pair_tally(values));
        }
        name::FRAME_PAIRS => {
            let pair = by_number(names.frame(a)?, names.frame(b)?, names.word(a))?;
            counts.frame_pairs.add(pair, &pair_tally(values));
        }
        name::ACTOR_FRAMES => {
            counts.actor_frames.add((names.actor(a)?, names.frame(b)?), &Numbers::of_row(values));
        }
        _ => return Err(unknown(section)),
    }
    Ok(())
}

fn unknown(name: &str) -> Error {
    broken(format!("`{name}` is nothing that tallies count"))
}

/// A pair as counts have it: the smaller number first.
fn by_number(a: u32, b: u32, name: &str) -> Result<(u32, u32)> {
    if a == b {
        return Err(broken(format!("`{name}` is paired with itself")));
    }
    Ok((a.min(b), a.max(b)))
}

fn pair_tally(values: &[u64]) -> PairTally {
    PairTally { observed: values[0], articles: values[1], ..PairTally::default() }
}
