//! What is known of an article besides its text, and where each piece may come from.

use std::collections::BTreeMap;

use super::columns::Role;
use super::date::PartialDate;
use super::dates::{self, BadDate, DateOrder};
use super::visible::visible;

/// What is known of an article besides its text. Empty text means "not known"; `source` is never empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    pub source: String,
    pub date: Option<PartialDate>,
    pub title: String,
    pub language: String,
    pub author: String,
    /// Every further column or key, by its name as written; empty values are left out.
    pub more: BTreeMap<String, String>,
}

impl Metadata {
    /// The value of a column an analysis may group by: `source, date, year, month, title, language, author` or any
    /// further one. `None` when the article does not have it.
    pub fn value(&self, column: &str) -> Option<&str> {
        let known = match column {
            "source" => Some(self.source.as_str()),
            "date" => self.date.as_ref().map(PartialDate::as_str),
            "year" => self.date.as_ref().map(PartialDate::year),
            "month" => self.date.as_ref().and_then(PartialDate::month),
            "title" => Some(self.title.as_str()),
            "language" => Some(self.language.as_str()),
            "author" => Some(self.author.as_str()),
            _ => None,
        };
        known.filter(|value| !value.is_empty()).or_else(|| self.more.get(column).map(String::as_str))
    }
}

/// Metadata from one place, before the places are laid over one another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct KnownMeta {
    pub source: Option<String>,
    pub date: Option<PartialDate>,
    pub title: Option<String>,
    pub language: Option<String>,
    pub author: Option<String>,
    pub more: BTreeMap<String, String>,
}

impl KnownMeta {
    /// Fills what is missing here from a place of lower rank.
    pub fn or(mut self, lower: &Self) -> Self {
        self.source = self.source.or_else(|| lower.source.clone());
        self.date = self.date.or_else(|| lower.date.clone());
        self.title = self.title.or_else(|| lower.title.clone());
        self.language = self.language.or_else(|| lower.language.clone());
        self.author = self.author.or_else(|| lower.author.clone());
        for (column, value) in &lower.more {
            self.more.entry(column.clone()).or_insert_with(|| value.clone());
        }
        self
    }

    pub fn finish(self, source: &str) -> Metadata {
        Metadata {
            source: self.source.unwrap_or_else(|| source.to_owned()),
            date: self.date,
            title: self.title.unwrap_or_default(),
            language: self.language.unwrap_or_default(),
            author: self.author.unwrap_or_default(),
            more: self.more,
        }
    }

    /// Stores a value under its role; blanks around it are dropped, and an empty one is no value. `order` is asked for
    /// the order of day and month where a date needs it.
    ///
    /// # Errors
    /// A date that is none; nothing is stored then.
    pub fn put<'v>(
        &mut self,
        role: Role,
        column: &str,
        value: &'v str,
        order: impl FnOnce() -> Option<DateOrder>,
    ) -> Result<(), BadDate<'v>> {
        let value = value.trim();
        if value.is_empty() {
            return Ok(());
        }
        let text = || Some(visible(value).into_owned()).filter(|value| !value.is_empty());
        match role {
            Role::Source => self.source = text(),
            Role::Date => self.date = Some(dates::parse(value, order)?),
            Role::Title => self.title = text(),
            Role::Headline => self.title = self.title.take().or_else(text),
            Role::Language => self.language = text(),
            Role::Author => self.author = text(),
            Role::Address | Role::More => {
                if let Some(value) = text() {
                    self.more.insert(column.to_owned(), value);
                }
            }
            Role::Id | Role::Text | Role::Standfirst | Role::File => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_column_whatever_place_it_came_from() {
        let date = PartialDate::parse("2023-09");
        let more = BTreeMap::from([("desk".to_owned(), "world".to_owned()), ("year".to_owned(), "other".to_owned())]);
        let metadata = Metadata { source: "S".into(), date, title: "T".into(), more, ..Metadata::default() };
        for (column, expected) in [
            ("source", Some("S")),
            ("date", Some("2023-09")),
            ("year", Some("2023")),
            ("month", Some("2023-09")),
            ("title", Some("T")),
            ("language", None),
            ("author", None),
            ("desk", Some("world")),
            ("unknown", None),
        ] {
            assert_eq!(metadata.value(column), expected, "{column}");
        }
        let undated = Metadata { date: None, ..metadata };
        assert_eq!(undated.value("year"), Some("other"));
    }

    #[test]
    fn the_higher_place_wins_and_the_lower_fills_what_is_missing() {
        let mut high = KnownMeta { source: Some("high".into()), ..KnownMeta::default() };
        high.more.insert("a".into(), "high".into());
        let mut low = KnownMeta { source: Some("low".into()), title: Some("low".into()), ..KnownMeta::default() };
        low.more.extend([("a".into(), "low".into()), ("b".into(), "low".into())]);
        let metadata = high.or(&low).finish("folder");
        assert_eq!((metadata.source.as_str(), metadata.title.as_str()), ("high", "low"));
        assert_eq!(metadata.more.values().collect::<Vec<_>>(), ["high", "low"]);
        assert_eq!(KnownMeta::default().finish("folder").source, "folder");
    }
}
