//! A line into a tally.

use super::article::{Count, ITEMS, KINDS, PackedCounts, TallyArticle};
use super::columns::SectionColumns;
use super::digest;
use super::fingerprint::Fingerprint;
use super::name_table::NameKey;
use super::scan::{Refusal, Scanned, Scanner};
use super::section::{self, Section, SectionShape, name};
use super::write::FIRST;
use super::{SCHEMA, Tally, TallyGroup, VERSION, checked_add};
use crate::corpus::ReadAs;
use crate::count::{GroupKey, HitCounts};
use crate::error::{Error, Place, Result};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineAbout {
    articles_counted: u64,
    articles_in: u64,
    bad_records: u64,
    counted_by: BTreeMap<String, String>,
    /// Compared at the end, so that what else is wrong is reported first.
    #[serde(rename = "digest")]
    _digest: String,
    fingerprint: String,
    read_as: Vec<ReadAs>,
    schema: String,
    version: u64,
}

/// The least that a line of any version has.
#[derive(Deserialize)]
struct AnyAbout {
    schema: String,
    version: u64,
}

/// What the parts of a line are read with.
struct Context {
    place: Arc<Place>,
    columns: SectionColumns,
    /// The codes of the line by the tally's numbers.
    names: Vec<u32>,
    /// The articles of the line.
    articles: Vec<Arc<str>>,
}

impl Tally {
    /// Adds a line that a tally or a merge printed. Associative and commutative.
    ///
    /// # Errors
    /// A line that is broken ([`Error::Input`]); one that was made differently, has an article that is here already, or
    /// makes a sum too large ([`Error::Incompatible`]). What was added before goes with the tally.
    pub fn add(mut self, line: &str, place: &Place) -> Result<Self> {
        match self.scan(line, place) {
            Ok(()) => Ok(self),
            Err(refusal) => Err(refusal.error(place)),
        }
    }

    fn scan(&mut self, line: &str, place: &Place) -> Scanned<()> {
        let mut scanner = Scanner::new(line);
        scanner.expect("{\"about\":")?;
        let about = about(&mut scanner, place)?;
        let place = Arc::new(place.clone());
        if !about.fingerprint.is_empty() {
            self.accept(Fingerprint::new(about.counted_by.clone()), &place)?;
        }
        self.articles_in = checked_add(self.articles_in, about.articles_in)?;
        scanner.expect(",\"bad_records\":")?;
        self.add_bad_records(scanner.value()?, &about)?;
        scanner.expect(",\"codes\":[")?;
        let names = self.add_names(&mut scanner)?;
        let mut context = Context { place, columns: SectionColumns::default(), names, articles: Vec::new() };
        scanner.expect(",\"counted\":{")?;
        self.add_articles(&mut scanner, &mut context)?;
        let counted = context.articles.len() as u64;
        if counted != about.articles_counted {
            let what = format!("the header says {} articles, the line has {counted}", about.articles_counted);
            return Err(Refusal::what(what));
        }
        scanner.expect(",\"groups\":[")?;
        let keys = self.add_groups(&mut scanner, &mut context)?;
        scanner.expect(",\"parts\":")?;
        self.add_parts(scanner.value()?, counted, &context.place)?;
        scanner.expect(",\"words\":{")?;
        self.add_words(&mut scanner, &keys)?;
        scanner.expect("}")?;
        self.read_as.extend(about.read_as);
        scanner.end()?;
        match digest::is_sealed(line) {
            true => Ok(()),
            false => Err(Refusal::what("its digest is that of another line: something in it was changed")),
        }
    }

    fn add_bad_records(&mut self, records: Vec<(String, String, u64)>, about: &LineAbout) -> Scanned<()> {
        if records.iter().try_fold(0u64, |sum, record| sum.checked_add(record.2)) != Some(about.bad_records) {
            return Err(Refusal::what(format!(
                "the header says {} bad records, the line has others",
                about.bad_records
            )));
        }
        for (what, help, n) in records {
            let sum = self.bad_records.entry([what, help]).or_default();
            *sum = checked_add(*sum, n)?;
        }
        Ok(())
    }

    fn add_names(&mut self, scanner: &mut Scanner<'_>) -> Scanned<Vec<u32>> {
        let mut names = Vec::new();
        let mut last = None;
        scanner.elements("]", |scanner| {
            let name = scanner.text()?;
            if last.as_ref().is_some_and(|last| *last >= name) {
                return Err(Refusal::what(format!("the code `{name}` is out of order")));
            }
            names.push(self.names.number(&name)?);
            last = Some(name);
            Ok(())
        })?;
        Ok(names)
    }

    fn add_articles(&mut self, scanner: &mut Scanner<'_>, context: &mut Context) -> Scanned<()> {
        scanner.elements("}", |scanner| {
            let id: Arc<str> = scanner.key()?.into();
            if context.articles.last().is_some_and(|last| *last >= id) {
                return Err(Refusal::what(format!("the article `{id}` is out of order")));
            }
            scanner.expect("{\"about\":")?;
            let about: &RawValue = scanner.value()?;
            let mut items: [PackedCounts; KINDS] = Default::default();
            for ((name, shape), items) in ITEMS.iter().zip(&mut items) {
                scanner.expect(&format!(",\"{name}\":"))?;
                *items = counts(scanner, context, *shape)?;
            }
            scanner.expect("}")?;
            context.articles.push(id.clone());
            self.add_article(id, TallyArticle { about: about.to_owned(), items, place: context.place.clone() })?;
            Ok(())
        })
    }

    /// Adds the groups and returns their keys.
    fn add_groups(&mut self, scanner: &mut Scanner<'_>, context: &mut Context) -> Scanned<Vec<GroupKey>> {
        let mut keys: Vec<GroupKey> = Vec::new();
        let mut articles = 0u64;
        scanner.elements("]", |scanner| {
            scanner.expect("{\"by\":")?;
            let key: GroupKey = scanner.value()?;
            if keys.last().is_some_and(|last| *last >= key) {
                return Err(Refusal::what("the groups are not sorted"));
            }
            let group = self.groups.entry(key.clone()).or_default();
            let size = self.names.known("articles");
            let before = group.articles(size);
            scanner.expect(",\"counts\":{")?;
            group.add_sections(scanner, context)?;
            scanner.expect(",\"first\":")?;
            group.add_first(scanner, context)?;
            let size = self.names.known("articles");
            articles = checked_add(articles, group.articles(size).saturating_sub(before))?;
            keys.push(key);
            scanner.expect("}")
        })?;
        if articles != context.articles.len() as u64 {
            return Err(Refusal::what("the groups have another number of articles than the line"));
        }
        Ok(keys)
    }

    fn add_parts(&mut self, parts: BTreeMap<String, u64>, articles: u64, place: &Place) -> Scanned<()> {
        let in_parts = parts.values().try_fold(0u64, |sum, n| sum.checked_add(*n));
        if in_parts.is_none_or(|in_parts| in_parts > articles) {
            return Err(Refusal::what("the parts have more articles than the line"));
        }
        for (name, articles) in parts {
            self.add_part_once(name, articles).map_err(|error| match error {
                Error::Incompatible(what) => Error::Incompatible(format!("{place}: {what}")),
                other => other,
            })?;
        }
        Ok(())
    }

    fn add_words(&mut self, scanner: &mut Scanner<'_>, keys: &[GroupKey]) -> Scanned<()> {
        let mut cells: Vec<Vec<(u32, [u64; 2])>> = vec![Vec::new(); keys.len()];
        let mut numbers = Vec::new();
        let mut last = None;
        scanner.elements("}", |scanner| {
            let word = scanner.key()?;
            if last.as_ref().is_some_and(|last| *last >= word) {
                return Err(Refusal::what(format!("the word `{word}` is out of order")));
            }
            numbers.clear();
            scanner.numbers(&mut numbers)?;
            let (of_groups, rest) = numbers.as_chunks::<3>();
            if !rest.is_empty() || !of_groups.is_sorted_by(|a, b| a[0] < b[0]) {
                return Err(Refusal::what(format!("the counts of the word `{word}` are not one triple a group")));
            }
            let number = self.lexicon.number(&word);
            for [group, n, articles] in of_groups {
                let cells = usize::try_from(*group).ok().and_then(|group| cells.get_mut(group)).ok_or_else(|| {
                    Refusal::what(format!("the word `{word}` is of group {group}, the line has {}", keys.len()))
                })?;
                cells.push((number, [*n, *articles]));
            }
            last = Some(word);
            Ok(())
        })?;
        for (key, cells) in keys.iter().zip(cells) {
            self.groups.entry(key.clone()).or_default().add_words(cells)?;
        }
        Ok(())
    }
}

/// The header, when it agrees with itself.
fn about(scanner: &mut Scanner<'_>, place: &Place) -> Scanned<LineAbout> {
    let other_version = |version: u64| {
        Refusal::Refused(Error::Incompatible(format!(
            "{place}: a tally of version {version}, this program reads version {VERSION}; make all tallies with one program"
        )))
    };
    let mut ahead = scanner.clone();
    let about: LineAbout = scanner.value().map_err(|refusal| match ahead.value() {
        // Perhaps it could not be read because it is of another version.
        Ok(AnyAbout { schema, version }) if schema == SCHEMA && version != VERSION => other_version(version),
        _ => refusal,
    })?;
    if about.schema != SCHEMA {
        return Err(Refusal::what(format!("the schema is `{}`, not `{SCHEMA}`", about.schema)));
    }
    if about.version != VERSION {
        return Err(other_version(about.version));
    }
    let is_neutral = about.fingerprint.is_empty() && about.counted_by.is_empty();
    if !is_neutral && Fingerprint::new(about.counted_by.clone()).hash() != about.fingerprint {
        return Err(Refusal::what("`fingerprint` does not belong to `counted_by`"));
    }
    if is_neutral && about.articles_in > 0 {
        return Err(Refusal::what("articles without a fingerprint"));
    }
    if about.read_as.is_empty() != (about.articles_in == 0) {
        return Err(Refusal::what("`read_as` does not belong to `articles_in`"));
    }
    if about.articles_counted.checked_add(about.bad_records) != Some(about.articles_in) {
        return Err(Refusal::what("`articles_in` is not counted articles and bad records together"));
    }
    Ok(about)
}

/// An article's counts of one kind.
fn counts(scanner: &mut Scanner<'_>, context: &mut Context, shape: SectionShape) -> Scanned<PackedCounts> {
    let Context { columns, names, .. } = context;
    columns.scan(scanner, shape, names)?;
    let number = |row: usize, column: usize| {
        u32::try_from(columns.number(row, column)).map_err(|_| Refusal::what("an article with more than 2^32 hits"))
    };
    let count = |(row, key): (usize, &NameKey)| {
        let mut counts = HitCounts::default();
        for (column, count) in counts.0[..shape.width].iter_mut().enumerate() {
            *count = number(row, column)?;
        }
        let names = if shape.arity == 1 { [key.names::<1>()[0]; 2] } else { key.names::<2>() };
        Ok(Count { names, counts })
    };
    columns.keys().iter().enumerate().map(count).collect()
}

impl TallyGroup {
    /// Articles by the sizes.
    fn articles(&self, name: Option<u32>) -> u64 {
        let sizes = self.sections.get(name::SIZES);
        let key = name.map(|name| NameKey::new(&[name]));
        sizes.zip(key).and_then(|(sizes, key)| sizes.get(key)).map_or(0, |numbers| numbers[0])
    }

    fn add_sections(&mut self, scanner: &mut Scanner<'_>, context: &mut Context) -> Scanned<()> {
        let mut last = None;
        let Context { columns, names, .. } = context;
        scanner.elements("}", |scanner| {
            let name = scanner.key()?;
            if last.as_ref().is_some_and(|last| *last >= name) {
                return Err(Refusal::what(format!("the section `{name}` is out of order")));
            }
            let shape = section::shape(&name)
                .ok_or_else(|| Refusal::what(format!("`{name}` is nothing that tallies count")))?;
            columns.scan(scanner, shape, names)?;
            if !self.sections.contains_key(name.as_ref()) {
                self.sections.insert(name.clone().into_owned(), Section::new(shape));
            }
            if let Some(section) = self.sections.get_mut(name.as_ref()) {
                section.add_columns(columns)?;
            }
            last = Some(name);
            Ok(())
        })
    }

    fn add_first(&mut self, scanner: &mut Scanner<'_>, context: &mut Context) -> Scanned<()> {
        let Context { columns, names, articles, .. } = context;
        columns.scan(scanner, FIRST, names)?;
        for (row, key) in columns.keys().iter().enumerate() {
            let article = usize::try_from(columns.number(row, 0)).ok().and_then(|at| articles.get(at));
            let article =
                article.ok_or_else(|| Refusal::what("a first hit in an article that the line does not have"))?;
            self.meet_first(*key, (article, columns.number(row, 1)));
        }
        Ok(())
    }
}
