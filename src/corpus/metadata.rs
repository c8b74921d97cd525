//! What is known of an article besides its text, and where each piece may come from.

use std::collections::BTreeMap;

use super::date::PartialDate;
use super::options::{ID_COLUMNS, TEXT_COLUMNS};

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
pub(crate) struct Known {
    pub source: Option<String>,
    pub date: Option<PartialDate>,
    pub title: Option<String>,
    pub language: Option<String>,
    pub author: Option<String>,
    pub more: BTreeMap<String, String>,
}

impl Known {
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

    /// Stores a value under its role; blanks around it are dropped, and an empty one is no value. A date is returned
    /// when it is none.
    pub fn put<'v>(&mut self, role: Role, column: &str, value: &'v str) -> Result<(), &'v str> {
        let value = value.trim();
        if value.is_empty() {
            return Ok(());
        }
        match role {
            Role::Source => self.source = Some(value.to_owned()),
            Role::Date => {
                self.date = PartialDate::parse(value);
                if self.date.is_none() {
                    return Err(value);
                }
            }
            Role::Title => self.title = Some(value.to_owned()),
            Role::Language => self.language = Some(value.to_owned()),
            Role::Author => self.author = Some(value.to_owned()),
            Role::More => {
                self.more.insert(column.to_owned(), value.to_owned());
            }
            Role::Id | Role::Text => {}
        }
        Ok(())
    }
}

/// What a column of a table, or a key of a JSON object, is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Id,
    Text,
    Source,
    Date,
    Title,
    Language,
    Author,
    More,
}

/// Gives each column its role. Names are compared without regard to case; where several columns could play one role
/// the first name of its list does, and the others are kept as further columns.
pub(crate) fn roles(names: &[&str], text_column: Option<&str>) -> Vec<Role> {
    let mut roles = vec![Role::More; names.len()];
    let mut assign = |role: Role, candidates: &[&str]| {
        let found = candidates.iter().find_map(|candidate| {
            let exact = names.iter().position(|name| name == candidate);
            exact.or_else(|| names.iter().position(|name| name.eq_ignore_ascii_case(candidate)))
        });
        if let Some(index) = found {
            roles[index] = role;
        }
    };
    assign(Role::Source, &["source"]);
    assign(Role::Date, &["date"]);
    assign(Role::Title, &["title"]);
    assign(Role::Language, &["language"]);
    assign(Role::Author, &["author"]);
    assign(Role::Id, &ID_COLUMNS);
    // last, so that a column chosen as text is text whatever its name
    match text_column {
        Some(column) => assign(Role::Text, &[column]),
        None => assign(Role::Text, &TEXT_COLUMNS),
    }
    roles
}

/// Column names for a message: the first ones, cut short, without control characters, since a file that is no table may
/// have any.
pub(crate) fn listed(names: &[&str]) -> String {
    const NAMES: usize = 24;
    const CHARACTERS: usize = 60;
    let shown = names.iter().take(NAMES).map(|name| {
        let cut = if name.chars().count() > CHARACTERS { "..." } else { "" };
        let plain = name.chars().take(CHARACTERS).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c });
        format!("`{}{cut}`", plain.collect::<String>())
    });
    let more = if names.len() > NAMES { ", ..." } else { "" };
    shown.collect::<Vec<_>>().join(", ") + more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_columns_fits_a_message() {
        assert_eq!(listed(&["a", "b\u{7}"]), "`a`, `b\u{FFFD}`");
        let long = "x".repeat(1000);
        let message = listed(&[long.as_str(); 100]);
        assert!(message.len() < 2000 && message.ends_with("x...`, ..."), "{message}");
    }

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
    fn each_role_is_played_by_one_column() {
        use Role::*;
        for (names, text_column, expected) in [
            (vec!["id", "text", "source"], None, vec![Id, Text, Source]),
            (vec!["doc_id", "id", "body", "text"], None, vec![More, Id, More, Text]),
            (vec!["Title", "CONTENT", "Desk"], None, vec![Title, Text, More]),
            (vec!["text", "title"], Some("title"), vec![More, Text]),
            (vec!["text"], Some("body"), vec![More]),
            (vec!["Source", "source"], None, vec![More, Source]),
        ] {
            assert_eq!(roles(&names, text_column), expected, "{names:?}");
        }
    }

    #[test]
    fn the_higher_place_wins_and_the_lower_fills_what_is_missing() {
        let mut high = Known { source: Some("high".into()), ..Known::default() };
        high.more.insert("a".into(), "high".into());
        let mut low = Known { source: Some("low".into()), title: Some("low".into()), ..Known::default() };
        low.more.extend([("a".into(), "low".into()), ("b".into(), "low".into())]);
        let metadata = high.or(&low).finish("folder");
        assert_eq!((metadata.source.as_str(), metadata.title.as_str()), ("high", "low"));
        assert_eq!(metadata.more.values().collect::<Vec<_>>(), ["high", "low"]);
        assert_eq!(Known::default().finish("folder").source, "folder");
    }
}
