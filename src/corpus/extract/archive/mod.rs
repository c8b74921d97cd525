//! Downloads from newspaper archives: one file with many articles, each between marks that the archive prints.
//!
//! Comes in: the text of a file, line by line, whatever the file's format was. Goes out: its articles with what the
//! archive says of each; cover pages, tables of contents and index terms are never text. The marks are data
//! (`dictionaries/reading/archives.csv`); what is here is the order in which they come.

mod factiva;
mod factiva_html;
mod markers;
mod nexis;
mod nexis_uni;
mod proquest;

pub(crate) use factiva_html::factiva_html;

use super::super::columns::Role;
use super::super::dates::{self, DateReading};
use super::super::language::language_code;
use super::super::metadata::KnownMeta;
use super::{Document, Extracted, Note};
use markers::{Marker, Markers, number};

/// The column with the number of words that the archive declares.
const DECLARED: &str = "declared_words";

/// A line of a download.
#[derive(Debug, Clone, Copy)]
struct DownloadLine<'t> {
    text: &'t str,
    number: u64,
}

impl DownloadLine<'_> {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// An article as its marks tell it.
#[derive(Debug, Default)]
struct Draft {
    title: String,
    outlet: String,
    date: String,
    author: String,
    section: String,
    language: String,
    standfirst: String,
    id: String,
    declared: Option<u64>,
    text: String,
    line: u64,
    notes: Vec<Note>,
}

/// An archive: whether a file is its download, and how it is divided.
struct Archive {
    name: &'static str,
    is_it: fn(&Markers, &[DownloadLine<'_>]) -> bool,
    divide: fn(&Markers, &[DownloadLine<'_>]) -> DividedDownload,
}

/// What a download was divided into.
#[derive(Default)]
struct DividedDownload {
    drafts: Vec<Draft>,
    /// How many articles the file says it has.
    listed: Option<u64>,
}

const ARCHIVES: [Archive; 4] = [
    Archive { name: "nexis_uni", is_it: nexis_uni::is_it, divide: nexis_uni::divide },
    Archive { name: "factiva", is_it: factiva::is_it, divide: factiva::divide },
    Archive { name: "proquest", is_it: proquest::is_it, divide: proquest::divide },
    Archive { name: "nexis", is_it: nexis::is_it, divide: nexis::divide },
];

/// The articles of a download; `None` where the text is no download that is known.
pub(crate) fn of_text(text: &str) -> Option<Document> {
    if !markers::is_possible(text) {
        return None;
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let lines: Vec<DownloadLine<'_>> = (1..)
        .zip(text.split(['\n', '\u{C}']))
        .map(|(number, line)| DownloadLine { text: line.trim_end_matches('\r'), number })
        .collect();
    let archive = ARCHIVES.iter().find(|archive| (archive.is_it)(Markers::of(archive.name), &lines))?;
    let divided = (archive.divide)(Markers::of(archive.name), &lines);
    Some(document(divided, archive.name))
}

fn document(divided: DividedDownload, archive: &'static str) -> Document {
    let mut document = Document { archive: Some(archive), ..Document::default() };
    let found = divided.drafts.len() as u64;
    for draft in divided.drafts {
        match draft.finish() {
            Ok(article) => document.articles.push(article),
            Err(note) => document.left_out.push(note),
        }
    }
    if let Some(listed) = divided.listed.filter(|listed| *listed != found) {
        let what = format!("the file says that it has {listed} articles; {found} were found");
        document.notes.push(Note::new(0, what, "look at the file, and download it anew if some are missing"));
    }
    document
}

impl Draft {
    /// The article; a note where it has no text.
    fn finish(self) -> Result<Extracted, Note> {
        let mut known = KnownMeta::default();
        let mut notes = self.notes;
        let counted = words(&self.text);
        if counted == 0 {
            let named = if self.title.is_empty() { String::new() } else { format!(" `{}`", short(&self.title)) };
            return Err(Note::new(self.line, format!("the article{named} has no text in this download"), ""));
        }
        for (role, column, value) in [
            (Role::Title, "title", &self.title),
            (Role::Source, "source", &self.outlet),
            (Role::Author, "author", &self.author),
            (Role::More, "section", &self.section),
            (Role::More, "teaser", &self.standfirst),
            (Role::More, "archive_id", &self.id),
            (Role::Date, "date", &self.date),
        ] {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Err(date) = known.put(role, column, &value, || None) {
                notes.push(Note::new(self.line, date.to_string(), date.help()));
            }
        }
        known.language = language_code(self.language.split([';', ',']).next().unwrap_or_default());
        if self.date.trim().is_empty() {
            notes.push(Note::new(self.line, "no date was found above the article", ""));
        }
        if let Some(declared) = self.declared {
            known.more.insert(DECLARED.to_owned(), declared.to_string());
            if declared.abs_diff(counted) > (declared / 10).max(10) {
                let what = format!("the archive declares {declared} words, and the text has {counted}");
                notes.push(Note::new(self.line, what, "look whether the text is whole, and only the text"));
            }
        }
        Ok(Extracted { text: self.text, known, line: self.line, notes, ..Extracted::default() })
    }

    /// Stores the value of a label; `false` where the label is not one of these.
    fn put(&mut self, marker: Marker, value: &str) -> bool {
        let field = match marker {
            Marker::Title => &mut self.title,
            Marker::Outlet => &mut self.outlet,
            Marker::Date => &mut self.date,
            Marker::Author => &mut self.author,
            Marker::Section => &mut self.section,
            Marker::Language => &mut self.language,
            Marker::Standfirst => &mut self.standfirst,
            Marker::Id => &mut self.id,
            Marker::Length => {
                self.declared = self.declared.or_else(|| first_number(value));
                return true;
            }
            _ => return false,
        };
        if field.is_empty() {
            value.clone_into(field);
        }
        true
    }
}

/// `1,056 words` and `words: 1056`
fn first_number(text: &str) -> Option<u64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let belongs = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{A0}' | '\u{202F}' | ' ');
    let end = text[start..].find(|c| !belongs(c)).map_or(text.len(), |end| start + end);
    number(&text[start..end].replace(' ', ""))
}

/// Words as the archives count them: between white space.
fn words(text: &str) -> u64 {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count() as u64
}

/// A title for a message.
fn short(title: &str) -> String {
    let cut = if title.chars().count() > 60 { "..." } else { "" };
    title.chars().take(60).collect::<String>() + cut
}

/// Whether a line is a date as archives print it, and nothing else.
fn is_date(line: &str) -> bool {
    let line = line.trim();
    // a date has a year, and no date is long
    let has_year = line.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    has_year && line.len() <= 80 && matches!(dates::read(line, None), DateReading::Date(_) | DateReading::Ambiguous)
}

/// The lines as text: paragraphs stay apart, and blank lines before, after and beyond the first are dropped.
fn joined(lines: &[DownloadLine<'_>]) -> String {
    let mut text = String::new();
    let mut blank = false;
    for line in lines {
        let content = line.text.trim_matches(|c: char| c.is_whitespace());
        if content.is_empty() {
            blank = true;
            continue;
        }
        if !text.is_empty() {
            text.push_str(if blank { "\n\n" } else { "\n" });
        }
        blank = false;
        text.push_str(content);
    }
    text
}

/// The runs of lines between blank lines.
fn blocks<'l, 't>(lines: &'l [DownloadLine<'t>]) -> Vec<&'l [DownloadLine<'t>]> {
    lines.split(DownloadLine::is_blank).filter(|block| !block.is_empty()).collect()
}

/// A block's lines as one.
fn in_one_line(block: &[DownloadLine<'_>]) -> String {
    block.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
