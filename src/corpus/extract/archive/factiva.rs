//! Factiva: RTF and text, in its two layouts.
//!
//! ```text
//! A title                              HD    A title
//! A Name                               BY    A Name
//! 550 words                            WC    550 words
//! 4 January 2010                       PD    4 January 2010
//! The Outlet                           SN    The Outlet
//! OUTL                                 SC    OUTL
//! English                              LA    English
//! (c) 2010 ...                         LP    ... the first paragraphs ...
//!                                      TD    ... the text ...
//! ... the text ...                     NS    gcat : Political/General News
//! Document OUTL000020100104e61400001   AN    Document OUTL000020100104e61400001
//! ```

use super::markers::{Marker, Markers};
use super::{DividedDownload, DownloadLine, Draft, is_date, joined};

fn is_end(markers: &Markers, line: &DownloadLine<'_>) -> bool {
    let content = match markers.field(line.text) {
        Some((Marker::Id, content)) => content,
        _ => line.text,
    };
    markers.line(content, Marker::End).is_some()
}

fn is_length(markers: &Markers, line: &DownloadLine<'_>) -> bool {
    markers.line(line.text, Marker::Length).is_some()
}

pub(super) fn is_it(markers: &Markers, lines: &[DownloadLine<'_>]) -> bool {
    let has_field =
        |wanted| lines.iter().any(|line| markers.field(line.text).is_some_and(|(found, _)| found == wanted));
    lines.iter().any(|line| is_end(markers, line))
        && (lines.iter().any(|line| is_length(markers, line)) || has_field(Marker::Length) || has_field(Marker::Title))
}

pub(super) fn divide(markers: &Markers, lines: &[DownloadLine<'_>]) -> DividedDownload {
    let mut drafts = Vec::new();
    for (at, segment) in lines.split(|line| is_end(markers, line)).enumerate() {
        let codes = segment.iter().position(|line| markers.field(line.text).is_some_and(|(found, _)| is_head(found)));
        let has_words = segment.iter().any(|line| is_length(markers, line));
        drafts.extend(match codes {
            Some(start) if !has_words || by_codes_only(markers, segment) => Some(coded(markers, &segment[start..])),
            _ => printed(markers, segment, at == 0),
        });
    }
    DividedDownload { drafts, listed: None }
}

/// Codes that stand before the text; the others also begin sentences in capitals.
fn is_head(marker: Marker) -> bool {
    matches!(marker, Marker::Title | Marker::Length | Marker::Date | Marker::Outlet | Marker::Section)
}

/// A page's headline is marked like a code in the other layout too.
fn by_codes_only(markers: &Markers, segment: &[DownloadLine<'_>]) -> bool {
    segment.iter().any(|line| markers.field(line.text).is_some_and(|(found, _)| found == Marker::Text))
}

fn coded(markers: &Markers, segment: &[DownloadLine<'_>]) -> Draft {
    let mut draft = Draft { line: segment[0].number, ..Draft::default() };
    let mut text: Vec<DownloadLine<'_>> = Vec::new();
    let mut at = 0;
    while at < segment.len() {
        let field = markers.field(segment[at].text);
        let next = (at + 1..segment.len()).find(|next| markers.field(segment[*next].text).is_some());
        let end = next.unwrap_or(segment.len());
        if let Some((marker, value)) = field {
            let value = DownloadLine { text: value, number: segment[at].number };
            let content: Vec<DownloadLine<'_>> =
                std::iter::once(value).chain(segment[at + 1..end].iter().copied()).collect();
            if marker == Marker::Text {
                text.push(DownloadLine { text: "", number: 0 });
                text.extend(content);
            } else {
                draft.put(marker, joined(&content).replace('\n', " ").trim());
            }
        }
        at = end;
    }
    draft.text = joined(&text);
    draft
}

fn printed(markers: &Markers, segment: &[DownloadLine<'_>], is_first: bool) -> Option<Draft> {
    // a table of contents has lengths too, but not on lines of their own with a date below
    let lines: Vec<&DownloadLine<'_>> = segment.iter().filter(|line| !line.is_blank()).collect();
    let length = (0..lines.len()).find(|at| is_length(markers, lines[*at]))?;
    let mut draft = Draft { declared: markers.line(lines[length].text, Marker::Length), ..Draft::default() };
    above(markers, &lines[..length], is_first, &mut draft);
    let mut at = length + 1;
    // the date, the time of day, the outlet, its code, the page, the language and the rights, in this order
    if lines.get(at).is_some_and(|line| is_date(line.text)) {
        lines[at].text.trim().clone_into(&mut draft.date);
        at += 1;
    }
    let is_time = |line: &&DownloadLine<'_>| {
        let text = line.text.trim();
        text.len() <= 20 && text.contains(':') && text.starts_with(|c: char| c.is_ascii_digit())
    };
    at += usize::from(lines.get(at).is_some_and(is_time));
    if let Some(line) = lines.get(at) {
        line.text.trim().clone_into(&mut draft.outlet);
        at += 1;
    }
    let head = |line: &&&DownloadLine<'_>| line.text.trim().chars().count() <= 60;
    let language = lines[at.min(lines.len())..]
        .iter()
        .take(8)
        .take_while(head)
        .position(|line| markers.line(line.text, Marker::Language).is_some());
    if let Some(language) = language {
        lines[at + language].text.trim().clone_into(&mut draft.language);
        at += language + 1;
    } else {
        let is_code = |line: &&DownloadLine<'_>| {
            let text = line.text.trim();
            text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        };
        at += usize::from(lines.get(at).is_some_and(is_code));
    }
    let rights = lines[at.min(lines.len())..].iter().take(2).rposition(|line| markers.is_copyright(line.text));
    at += rights.map_or(0, |rights| rights + 1);
    if let Some(first) = lines.get(at) {
        let from = segment.iter().position(|line| line.number == first.number).unwrap_or(segment.len());
        draft.text = joined(&segment[from..]);
    }
    Some(draft)
}

/// What stands above the length: a section, the title, an author; above the first one a table of contents.
fn above(markers: &Markers, lines: &[&DownloadLine<'_>], is_first: bool, draft: &mut Draft) {
    let titled =
        lines.iter().rposition(|line| markers.field(line.text).is_some_and(|(found, _)| found == Marker::Title));
    let (title, text) = match titled {
        Some(at) => (at, markers.field(lines[at].text).map_or("", |(_, text)| text)),
        None => {
            let listed = |at: usize| {
                let title = lines[at].text.trim();
                lines[..at]
                    .iter()
                    .any(|line| line.text.trim() == title || line.text.contains(title) && title.len() > 20)
            };
            let last = lines.len().saturating_sub(1);
            let title = if lines.len() < 2 || is_first && listed(last) { last } else { last - 1 };
            match lines.get(title) {
                Some(line) => (title, line.text),
                None => return,
            }
        }
    };
    draft.line = lines[title].number;
    text.trim().clone_into(&mut draft.title);
    draft.author = lines[title + 1..].iter().map(|line| line.text.trim()).collect::<Vec<_>>().join(" ");
    if titled.is_some() || !is_first {
        draft.section = lines[..title].last().map_or("", |line| line.text.trim()).to_owned();
    }
}
