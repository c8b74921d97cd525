//! The marks by which the downloads of each archive are read: rows of `dictionaries/reading/archives.csv`.

use std::collections::HashMap;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

/// What a line means in the downloads of one archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Marker {
    /// A line before each article.
    Start,
    /// A line after each article.
    End,
    /// A line of its own before the text.
    Body,
    /// A line of its own, from which on nothing is text.
    Tail,
    /// A label of the cover page.
    Cover,
    /// How many articles the cover page lists.
    Count,
    /// How a line of rights begins or ends.
    Copyright,
    Title,
    Outlet,
    Date,
    Author,
    Section,
    Length,
    Language,
    Standfirst,
    /// The label of the text itself.
    Text,
    /// Outlet and date in one.
    Info,
    Id,
    /// A label before the text whose value is not needed.
    Head,
    /// A label whose value is never text.
    Index,
}

const NAMES: [(&str, Marker); 30] = [
    ("start", Marker::Start),
    ("end", Marker::End),
    ("body", Marker::Body),
    ("tail", Marker::Tail),
    ("cover", Marker::Cover),
    ("count", Marker::Count),
    ("copyright", Marker::Copyright),
    ("title", Marker::Title),
    ("outlet", Marker::Outlet),
    ("date", Marker::Date),
    ("author", Marker::Author),
    ("section", Marker::Section),
    ("length", Marker::Length),
    ("language", Marker::Language),
    ("standfirst", Marker::Standfirst),
    ("text", Marker::Text),
    ("info", Marker::Info),
    ("id", Marker::Id),
    ("head", Marker::Head),
    ("index", Marker::Index),
    // codes of two or three letters at the beginning of a line
    ("field_title", Marker::Title),
    ("field_author", Marker::Author),
    ("field_length", Marker::Length),
    ("field_date", Marker::Date),
    ("field_outlet", Marker::Outlet),
    ("field_section", Marker::Section),
    ("field_language", Marker::Language),
    ("field_text", Marker::Text),
    ("field_id", Marker::Id),
    ("field_index", Marker::Index),
];

/// The marks of one archive.
#[derive(Debug, Default)]
pub(super) struct Markers {
    /// Names as written, before a colon or as a whole line. A name may have several meanings, each in its place.
    names: HashMap<&'static str, Vec<Marker>>,
    /// Codes at the beginning of a line.
    fields: HashMap<&'static str, Marker>,
    /// Lines with a place for a number or an id.
    patterns: Vec<(Marker, Vec<&'static str>)>,
    /// How lines of rights begin or end.
    copyright: Vec<&'static str>,
}

struct All {
    archives: HashMap<&'static str, Markers>,
    hints: Option<AhoCorasick>,
}

fn all() -> &'static All {
    static ALL: OnceLock<All> = OnceLock::new();
    ALL.get_or_init(|| {
        let list = include_str!("../../../../dictionaries/reading/archives.csv");
        let mut archives: HashMap<&'static str, Markers> = HashMap::new();
        let mut hints: Vec<&'static str> = Vec::new();
        for line in list.lines().skip(1) {
            // the list has no quoted cells, so that its names can be borrowed
            let cells: Vec<&'static str> = line.split(',').collect();
            let [archive, name, _, names] = cells[..] else { continue };
            let Some((_, marker)) = NAMES.iter().find(|(known, _)| *known == name) else { continue };
            let markers = archives.entry(archive).or_default();
            for text in names.split('|') {
                let tokens: Vec<&'static str> = text.split(' ').collect();
                if matches!(marker, Marker::Start | Marker::End) {
                    hints.extend(tokens.iter().filter(|token| !token.contains('{')).max_by_key(|token| token.len()));
                }
                if name.starts_with("field_") {
                    markers.fields.insert(text, *marker);
                } else if *marker == Marker::Copyright {
                    markers.copyright.push(text);
                } else if text.contains('{') {
                    markers.patterns.push((*marker, tokens));
                } else {
                    markers.names.entry(text).or_default().push(*marker);
                }
            }
        }
        hints.sort_unstable();
        hints.dedup();
        All { archives, hints: AhoCorasick::new(hints).ok() }
    })
}

/// Whether a text may be a download of any archive: a quick look, since most texts are not.
pub(super) fn is_possible(text: &str) -> bool {
    all().hints.as_ref().is_some_and(|hints| hints.is_match(text))
}

impl Markers {
    /// The marks of an archive by its name in the list.
    pub fn of(archive: &str) -> &'static Self {
        static NONE: OnceLock<Markers> = OnceLock::new();
        all().archives.get(archive).unwrap_or_else(|| NONE.get_or_init(Self::default))
    }

    /// Whether a whole line is a marker of this kind; the number in it, or 0.
    pub fn line(&self, line: &str, marker: Marker) -> Option<u64> {
        let line = line.trim();
        if self.names.get(line).is_some_and(|markers| markers.contains(&marker)) {
            return Some(0);
        }
        // no mark is longer
        if line.len() > 120 {
            return None;
        }
        let joined = thousands_joined(line);
        let words: Vec<&str> = joined.split_whitespace().collect();
        let matches = |tokens: &[&str]| {
            let is_same = |(token, word): (&&str, &&str)| {
                let (Some((before, rest)), word) = (token.split_once('{'), *word) else { return token == word };
                let Some((kind, after)) = rest.split_once('}') else { return false };
                let inner = word.strip_prefix(before).and_then(|word| word.strip_suffix(after));
                inner.is_some_and(|inner| if kind == "n" { number(inner).is_some() } else { is_id(inner) })
            };
            tokens.len() == words.len() && tokens.iter().zip(&words).all(is_same)
        };
        let patterns = self.patterns.iter().filter(|(known, _)| *known == marker);
        patterns.map(|(_, tokens)| tokens).find(|tokens| matches(tokens))?;
        Some(words.iter().find_map(|word| number(word.trim_matches(['(', ')']))).unwrap_or(0))
    }

    /// The label at the beginning of a line, its meanings and the rest of the line.
    pub fn label<'t>(&self, line: &'t str) -> Option<(&[Marker], &'t str)> {
        let (label, value) = line.split_once(':')?;
        let markers = self.names.get(label.trim())?;
        Some((markers, value.trim()))
    }

    /// The code at the beginning of a line, its meaning and the rest of the line.
    pub fn field<'t>(&self, line: &'t str) -> Option<(Marker, &'t str)> {
        let line = line.trim_start();
        let end = line.find(char::is_whitespace).unwrap_or(line.len());
        let marker = self.fields.get(&line[..end])?;
        let rest = &line[end..];
        // a sentence may begin with the same letters: a code stands in a column of its own
        let is_column =
            rest.is_empty() || rest.trim_start_matches('\u{A0}').starts_with(['\t', '\r']) || rest.starts_with("  ");
        is_column.then(|| (*marker, rest.trim()))
    }

    /// Whether a line is a copyright notice.
    pub fn is_copyright(&self, line: &str) -> bool {
        let line = line.trim();
        let shape = |mark: &&str| line.starts_with(*mark) || line.trim_end_matches('.').ends_with(*mark);
        self.copyright.iter().any(shape)
    }
}

/// `1 056 mots` as `1056 mots`.
fn thousands_joined(line: &str) -> String {
    let mut joined = String::with_capacity(line.len());
    let is_digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let mut before_is_number = false;
    for word in line.split_whitespace() {
        let goes_on = before_is_number && word.len() == 3 && is_digits(word);
        if !joined.is_empty() && !goes_on {
            joined.push(' ');
        }
        joined.push_str(word);
        before_is_number = is_digits(word);
    }
    joined
}

/// `1,056`, `1.056` and `1056` are the same number.
pub(super) fn number(text: &str) -> Option<u64> {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{A0}' | '\u{202F}' | '\''));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if is_number { digits.parse().ok() } else { None }
}

/// `GRDN000020100104e61400001`
fn is_id(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (16..=60).contains(&text.len())
        && digits >= 6
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::reading;

    #[test]
    fn every_row_of_the_list_has_a_marker_that_is_known() {
        let list = include_str!("../../../../dictionaries/reading/archives.csv");
        for row in reading::rows(list) {
            assert_eq!(row.len(), 4, "{row:?}");
            assert!(NAMES.iter().any(|(name, _)| *name == &row[1]), "{row:?}");
        }
        assert_eq!(list.lines().count() - 1, reading::rows(list).count());
        assert!(!list.contains('"'));
    }

    #[test]
    fn a_line_is_a_mark_as_a_whole_only() {
        let nexis = Markers::of("nexis");
        assert_eq!(nexis.line("        12 of 1,000 DOCUMENTS ", Marker::Start), Some(12));
        assert_eq!(nexis.line("one of ten DOCUMENTS", Marker::Start), None);
        let factiva = Markers::of("factiva");
        for line in ["1,056 words", "1.056 Wörter", "1\u{202F}056 mots", "1 056 слов"] {
            assert_eq!(factiva.line(line, Marker::Length), Some(1056), "{line}");
        }
        assert_eq!(factiva.field("HD\tA title"), Some((Marker::Title, "A title")));
        assert_eq!(factiva.field("IN the village"), None);
        assert!(factiva.line("Document GRDN000020100104e61400001", Marker::End).is_some());
        assert!(factiva.line("Document signed", Marker::End).is_none());
        assert_eq!(Markers::of("nexis_uni").line("Documents (10)", Marker::Count), Some(10));
        assert!(is_possible("a\nEnd of Document\n") && !is_possible("The road is shut."));
    }
}
