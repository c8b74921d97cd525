//! File names that tell metadata: `Source_2023-09-25_title.txt`.

use regex::Regex;

use super::date::PartialDate;
use super::metadata::KnownMeta;
use crate::error::{Error, Result};

/// A pattern of literal text and `{fields}`: `{source}_{date}_{title}`. The fields are `source, date, title, author,
/// language`; any other name is kept as a further column. `{date}` takes ISO dates only; every other field takes as
/// little as it can, the last one all the rest. A pattern with a `/` is held against the path relative to the corpus
/// root, any other against the file name alone, both without extensions.
#[derive(Debug, Clone)]
pub struct NamePattern {
    text: String,
    regex: Regex,
    fields: Vec<String>,
}

/// Tried when no pattern is given.
pub(crate) const DEFAULT_PATTERN: &str = "{source}_{date}_{title}";

impl NamePattern {
    /// # Errors
    ///
    /// A pattern without a field, with an unclosed or empty brace, with a field named twice, or with two fields that
    /// nothing separates.
    pub fn parse(text: &str) -> Result<Self> {
        let fault = |what: &str| {
            Error::Usage(format!("the name pattern `{text}` {what}; a pattern reads like `{DEFAULT_PATTERN}`"))
        };
        let mut fields: Vec<String> = Vec::new();
        let mut expression = String::from("^");
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let literal = &rest[..open];
            if literal.contains('}') {
                return Err(fault("closes a brace that it did not open"));
            }
            if literal.is_empty() && !fields.is_empty() {
                return Err(fault("has two fields with nothing between them"));
            }
            let inner = &rest[open + 1..];
            let close = inner.find('}').ok_or_else(|| fault("does not close a brace"))?;
            let field = inner[..close].trim();
            if field.is_empty() || field.contains('{') {
                return Err(fault("has a brace without a field name in it"));
            }
            if fields.iter().any(|known| known == field) {
                return Err(fault(&format!("names `{field}` twice")));
            }
            rest = &inner[close + 1..];
            expression.push_str(&regex::escape(literal));
            expression.push_str(match field {
                "date" => r"([0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)",
                _ if rest.is_empty() => "(.+)",
                _ => "(.+?)",
            });
            fields.push(field.to_owned());
        }
        if fields.is_empty() {
            return Err(fault("has no `{field}`"));
        }
        if rest.contains('}') {
            return Err(fault("closes a brace that it did not open"));
        }
        expression.push_str(&regex::escape(rest));
        expression.push('$');
        let regex = Regex::new(&expression).map_err(|_| fault("is too long"))?;
        Ok(Self { text: text.to_owned(), regex, fields })
    }

    /// The pattern as it was given.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Fields that are not among the well-known ones.
    pub(crate) fn further_columns(&self) -> impl Iterator<Item = &str> {
        self.fields
            .iter()
            .map(String::as_str)
            .filter(|field| !["source", "date", "title", "author", "language"].contains(field))
    }

    /// The metadata in a path, given relative to the corpus root and without extensions; `None` when it does not match.
    pub(crate) fn read(&self, stem: &str) -> Option<KnownMeta> {
        let name = if self.text.contains('/') { stem } else { stem.rsplit_once('/').map_or(stem, |(_, name)| name) };
        let captures = self.regex.captures(name)?;
        let mut known = KnownMeta::default();
        for (index, field) in self.fields.iter().enumerate() {
            let value = captures.get(index + 1)?.as_str();
            match field.as_str() {
                "source" => known.source = Some(value.to_owned()),
                "date" => known.date = Some(PartialDate::parse(value)?),
                "title" => known.title = Some(value.to_owned()),
                "author" => known.author = Some(value.to_owned()),
                "language" => known.language = Some(value.to_owned()),
                further => {
                    known.more.insert(further.to_owned(), value.to_owned());
                }
            }
        }
        Some(known)
    }
}

impl PartialEq for NamePattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for NamePattern {}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pattern: &str, stem: &str) -> Option<String> {
        let known = NamePattern::parse(pattern).unwrap().read(stem)?;
        let date = known.date.map(|date| date.to_string());
        let parts = [known.source, date, known.title, known.author, known.language];
        let mut parts: Vec<String> = parts.into_iter().map(Option::unwrap_or_default).collect();
        parts.extend(known.more.into_iter().map(|(key, value)| format!("{key}={value}")));
        Some(parts.join("|"))
    }

    #[test]
    fn a_name_tells_what_the_pattern_says() {
        for (pattern, stem, expected) in [
            (DEFAULT_PATTERN, "Times_2023-09-25_a title", Some("Times|2023-09-25|a title||")),
            (DEFAULT_PATTERN, "sub/Times_2023-09_t", Some("Times|2023-09|t||")),
            (DEFAULT_PATTERN, "The_Daily_News_2020_one_two", Some("The_Daily_News|2020|one_two||")),
            (DEFAULT_PATTERN, "Times_2023-13-25_t", None),
            (DEFAULT_PATTERN, "ARM_2017", None),
            (DEFAULT_PATTERN, "article", None),
            ("{date} {author} ({language})", "2021 Ann (en)", Some("|2021||Ann|en")),
            ("{source}/{desk}-{date}", "Times/world-2021", Some("Times|2021||||desk=world")),
            ("{source}/{desk}-{date}", "world-2021", None),
            ("x.{source}", "x.a.b", Some("a.b||||")),
            ("x.{source}", "xya", None),
        ] {
            assert_eq!(shown(pattern, stem).as_deref(), expected, "{pattern} on {stem}");
        }
    }

    #[test]
    fn a_pattern_that_cannot_be_meant_is_refused() {
        for (pattern, what) in [
            ("", "has no `{field}`"),
            ("source", "has no `{field}`"),
            ("{source", "does not close"),
            ("{}", "without a field name"),
            ("{a{b}}", "without a field name"),
            ("{source}{date}", "nothing between"),
            ("{source}_{source}", "`source` twice"),
            ("}_{source}", "did not open"),
            ("{source}_}", "did not open"),
        ] {
            let message = NamePattern::parse(pattern).unwrap_err().to_string();
            assert!(message.contains(what), "{pattern}: {message}");
        }
    }
}
