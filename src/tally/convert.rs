//! Between [`Counts`], which number the entries of a codebook, and a [`Tally`], which names them.

use super::names::{Book, broken};
use super::section::{self, Numbers, name, numbers};
use super::{Fingerprint, Group, Tally, record};
use crate::codebook::Codebook;
use crate::corpus::ReadAs;
use crate::count::{
    ActorTally, CodingUnit, Counts, Described, GroupCounts, PairTally, TermTally, UnitCounts, UsageTally, VariantTally,
    VoiceTally, WordTally,
};
use crate::error::{Error, Fault, Place, Result};
use crate::id::{AliasId, TermId, VariantId};
use crate::study::Study;
use crate::tag::Entry;
use rustc_hash::FxHashMap;

/// Nobody, as agent, target or speaker: no code begins with a hyphen.
const NOBODY: &str = "-";
const SIZES: [&str; 5] = ["articles", "paragraphs", "sentences", "words", "words_dropped"];

impl Tally {
    /// The tally of what the pipeline read, and how it was told from bytes.
    ///
    /// # Errors
    /// None that is known.
    pub fn of(study: &Study, counts: Counts, read_as: ReadAs) -> Result<Self> {
        let book = Book::new(&study.codebook);
        let mut tally = Self {
            fingerprint: Some(Fingerprint::of(study)),
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
        for (id, article) in counts.articles {
            tally.articles.insert(id, record::write(article, &book)?);
        }
        for (key, group) in counts.groups {
            tally.groups.insert(key, Group::of(group, &book));
        }
        Ok(tally)
    }

    /// The counts, by the numbers of a codebook.
    ///
    /// # Errors
    /// An entry that the codebook does not have; a record of a group that is not there.
    pub fn counts(self, codebook: &Codebook) -> Result<Counts> {
        let book = Book::new(codebook);
        let mut counts = Counts { lexicon: self.lexicon, ..Counts::default() };
        for (key, group) in self.groups {
            counts.groups.insert(key, group.counts(&book)?);
        }
        for ([what, help], n) in self.bad_records {
            let fault = Fault { place: Place::default(), what, help };
            let n = usize::try_from(n).ok().filter(|n| *n <= u32::MAX as usize);
            let n = n.ok_or_else(|| broken("more than 2^32 bad records".into()))?;
            counts.bad_records.extend(std::iter::repeat_n(fault, n));
        }
        for (id, raw) in self.articles {
            let record = record::read(&id, &raw, &book)?;
            if !counts.groups.contains_key(&record.group) {
                return Err(broken(format!("article `{id}` is of a group that has no counts")));
            }
            counts.articles.insert(id, record);
        }
        Ok(counts)
    }
}

impl Group {
    fn of(counts: GroupCounts, book: &Book) -> Self {
        let mut group = Self::default();
        let actor = |number: u32| book.actors.name(number);
        let anyone = |number: u32| number.checked_sub(1).map_or(NOBODY, |number| book.actors.name(number));
        let frame = |number: u32| book.frames.name(number);
        let sizes = [counts.articles, counts.paragraphs, counts.sentences, counts.words, counts.words_dropped];
        for (size, n) in SIZES.iter().zip(sizes) {
            group.put(name::SIZES, (*size).into(), &[n]);
        }
        for (section, tallies) in [(name::CODED, &counts.coded), (name::ROLLED, &counts.rolled)] {
            for (number, tally) in tallies {
                group.put(section, actor(*number).into(), &actor_values(tally));
            }
        }
        for (number, tally) in &counts.frames {
            group.put(name::FRAMES, frame(*number).into(), &term_values(tally));
        }
        for (number, tally) in &counts.terms {
            group.put(name::TERMS, book.terms.name(*number).into(), &term_values(tally));
        }
        for (number, tally) in &counts.variants {
            group.put(name::NAMES, book.variants.name(*number).into(), &[tally.n, tally.n_own, tally.articles]);
        }
        for ((of, agent, target), n) in &counts.targets {
            group.put(name::TARGETS, format!("{} {} {}", frame(*of), anyone(*agent), anyone(*target)), &[*n]);
        }
        for ((speaker, of), tally) in &counts.speakers {
            group.put(name::SPEAKERS, format!("{} {}", anyone(*speaker), frame(*of)), &voice_values(tally));
        }
        for (unit, of_unit) in &counts.units {
            group.put_unit(*unit, of_unit, book);
        }
        for (entry, tally) in counts.usage {
            let key = entry_name(entry, book);
            group.put(name::USAGE, key.clone(), &[tally.n, tally.n_shadowed, tally.n_refused, tally.articles]);
            if let Some(first) = tally.first {
                group.first.insert(key.into(), first);
            }
        }
        group.words = counts.vocabulary.iter().map(|(word, tally)| (word, [tally.n, tally.articles])).collect();
        group
    }

    fn put(&mut self, section: &str, key: String, values: &[u64]) {
        debug_assert_eq!(section::width(section), Some(values.len()));
        if !self.sections.contains_key(section) {
            self.sections.insert(section.to_owned(), FxHashMap::default());
        }
        if let Some(section) = self.sections.get_mut(section) {
            section.insert(key.into(), numbers(values));
        }
    }

    fn put_unit(&mut self, unit: CodingUnit, counts: &UnitCounts, book: &Book) {
        let actor = |number: u32| book.actors.name(number);
        let frame = |number: u32| book.frames.name(number);
        self.put(name::UNITS, unit.name(), &[counts.units]);
        for (number, n) in &counts.actors {
            self.put(&section::of_unit(unit, name::ACTORS), actor(*number).into(), &[*n]);
        }
        for (number, n) in &counts.frames {
            self.put(&section::of_unit(unit, name::FRAMES), frame(*number).into(), &[*n]);
        }
        for (pair, tally) in &counts.actor_pairs {
            let values = [tally.observed, tally.articles];
            self.put(&section::of_unit(unit, name::ACTOR_PAIRS), unordered(actor(pair.0), actor(pair.1)), &values);
        }
        for (pair, tally) in &counts.frame_pairs {
            let values = [tally.observed, tally.articles];
            self.put(&section::of_unit(unit, name::FRAME_PAIRS), unordered(frame(pair.0), frame(pair.1)), &values);
        }
        for (pair, tally) in &counts.actor_frames {
            let values = [tally.observed, tally.observed_own, tally.observed_not_own, tally.articles];
            let key = format!("{} {}", actor(pair.0), frame(pair.1));
            self.put(&section::of_unit(unit, name::ACTOR_FRAMES), key, &values);
        }
    }

    fn counts(mut self, book: &Book) -> Result<GroupCounts> {
        let mut counts = GroupCounts::default();
        let mut usage: FxHashMap<Entry, UsageTally> = FxHashMap::default();
        for (section, entries) in std::mem::take(&mut self.sections) {
            for (key, values) in entries {
                match section.as_str() {
                    name::SIZES => size(&mut counts, &key, values[0])?,
                    name::CODED => drop(counts.coded.insert(book.actors.number(&key)?, actor_tally(&values))),
                    name::ROLLED => drop(counts.rolled.insert(book.actors.number(&key)?, actor_tally(&values))),
                    name::FRAMES => drop(counts.frames.insert(book.frames.number(&key)?, term_tally(&values))),
                    name::TERMS => drop(counts.terms.insert(book.terms.number(&key)?, term_tally(&values))),
                    name::NAMES => {
                        let [n, n_own, articles, ..] = values;
                        counts.variants.insert(book.variants.number(&key)?, VariantTally { n, n_own, articles });
                    }
                    name::TARGETS => {
                        let [of, agent, target] = codes(&key)?;
                        let key = (book.frames.number(of)?, anyone(agent, book)?, anyone(target, book)?);
                        counts.targets.insert(key, values[0]);
                    }
                    name::SPEAKERS => {
                        let [speaker, of] = codes(&key)?;
                        counts.speakers.insert((anyone(speaker, book)?, book.frames.number(of)?), voices(&values));
                    }
                    name::USAGE => {
                        let [n, n_shadowed, n_refused, articles, ..] = values;
                        let first = self.first.remove(&key);
                        let tally = UsageTally { n, n_shadowed, n_refused, articles, first };
                        usage.insert(entry(&key, book)?, tally);
                    }
                    name::UNITS => unit_counts(&mut counts, &key)?.units = values[0],
                    _ => {
                        let (unit, of_unit) = section.split_once('/').ok_or_else(|| unknown(&section))?;
                        put_of_unit(unit_counts(&mut counts, unit)?, of_unit, &key, &values, book)?;
                    }
                }
            }
        }
        if let Some(key) = self.first.keys().next() {
            return Err(broken(format!("`{key}` has a first hit but no count")));
        }
        counts.usage = usage;
        for (word, [n, articles]) in self.words {
            counts.vocabulary.add(word, WordTally { n, articles });
        }
        Ok(counts)
    }
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

fn put_of_unit(counts: &mut UnitCounts, section: &str, key: &str, values: &Numbers, book: &Book) -> Result<()> {
    let pair = || codes::<2>(key);
    match section {
        name::ACTORS => drop(counts.actors.insert(book.actors.number(key)?, values[0])),
        name::FRAMES => drop(counts.frames.insert(book.frames.number(key)?, values[0])),
        name::ACTOR_PAIRS => {
            let [a, b] = pair()?;
            let pair = by_number(book.actors.number(a)?, book.actors.number(b)?, key)?;
            counts.actor_pairs.insert(pair, pair_tally(values));
        }
        name::FRAME_PAIRS => {
            let [a, b] = pair()?;
            let pair = by_number(book.frames.number(a)?, book.frames.number(b)?, key)?;
            counts.frame_pairs.insert(pair, pair_tally(values));
        }
        name::ACTOR_FRAMES => {
            let [actor, frame] = pair()?;
            let [observed, observed_own, observed_not_own, articles, ..] = *values;
            let tally = PairTally { observed, observed_own, observed_not_own, articles };
            counts.actor_frames.insert((book.actors.number(actor)?, book.frames.number(frame)?), tally);
        }
        _ => return Err(unknown(section)),
    }
    Ok(())
}

fn unknown(name: &str) -> Error {
    broken(format!("`{name}` is nothing that tallies count"))
}

/// A pair's key: the smaller code first, as in the tables.
fn unordered(a: &str, b: &str) -> String {
    if a <= b { format!("{a} {b}") } else { format!("{b} {a}") }
}

/// A pair as counts have it: the smaller number first.
fn by_number(a: u32, b: u32, key: &str) -> Result<(u32, u32)> {
    if a == b {
        return Err(broken(format!("`{key}` is a pair of one with itself")));
    }
    Ok((a.min(b), a.max(b)))
}

fn codes<const N: usize>(key: &str) -> Result<[&str; N]> {
    let codes: Vec<&str> = key.split(' ').collect();
    codes.try_into().map_err(|_| broken(format!("`{key}` is not {N} codes")))
}

fn anyone(code: &str, book: &Book) -> Result<u32> {
    if code == NOBODY { Ok(0) } else { Ok(book.actors.number(code)? + 1) }
}

fn entry_name(entry: Entry, book: &Book) -> String {
    match entry {
        Entry::Alias(alias) => format!("actor {}", book.aliases.name(alias.0)),
        Entry::Term(term) => format!("frame {}", book.terms.name(term.0)),
        Entry::Variant(variant) => format!("naming {}", book.variants.name(variant.0)),
    }
}

fn entry(key: &str, book: &Book) -> Result<Entry> {
    match key.split_once(' ') {
        Some(("actor", name)) => Ok(Entry::Alias(AliasId(book.aliases.number(name)?))),
        Some(("frame", name)) => Ok(Entry::Term(TermId(book.terms.number(name)?))),
        Some(("naming", name)) => Ok(Entry::Variant(VariantId(book.variants.number(name)?))),
        Some(_) | None => Err(unknown(key)),
    }
}

fn actor_values(tally: &ActorTally) -> [u64; 6] {
    let Described { articles, sentences } = tally.occurs;
    [tally.n_name, tally.n_demonym, tally.n_metonym, tally.n_place_use, articles, sentences]
}

fn actor_tally(values: &Numbers) -> ActorTally {
    let [n_name, n_demonym, n_metonym, n_place_use, articles, sentences, ..] = *values;
    ActorTally { n_name, n_demonym, n_metonym, n_place_use, occurs: Described { articles, sentences } }
}

fn voice_values(tally: &VoiceTally) -> Vec<u64> {
    let mut values = tally.by_voice.to_vec();
    values.extend([tally.own_at_least, tally.own_at_most]);
    values
}

fn voices(values: &Numbers) -> VoiceTally {
    let mut tally = VoiceTally::default();
    let voices = tally.by_voice.len();
    tally.by_voice.copy_from_slice(&values[..voices]);
    tally.own_at_least = values[voices];
    tally.own_at_most = values[voices + 1];
    tally
}

fn term_values(tally: &TermTally) -> Vec<u64> {
    let mut values = voice_values(&tally.voices);
    values.extend([tally.occurs.articles, tally.occurs.sentences]);
    values
}

fn term_tally(values: &Numbers) -> TermTally {
    let voices = voices(values);
    let at = voices.by_voice.len() + 2;
    TermTally { voices, occurs: Described { articles: values[at], sentences: values[at + 1] } }
}

fn pair_tally(values: &Numbers) -> PairTally {
    PairTally { observed: values[0], articles: values[1], ..PairTally::default() }
}
