//! Nexis Uni and Lexis+: DOCX, RTF and PDF bundles.
//!
//! ```text
//! Job Number: ...                      the cover page, with a table of contents
//! 1. A title
//!
//! A title                              each article
//! The Outlet
//! July 1, 2019 Monday 9:20 AM GMT
//! Copyright 2019 ...
//! Section: POLITICS; Pg. 4
//! Length: 355 words
//! Byline: A Name
//! Body
//! ... the text ...
//! Classification
//! Language: ENGLISH
//! Subject: ELECTIONS (90%)
//! End of Document
//! ```

use super::markers::{Marker, Markers};
use super::{DividedDownload, DownloadLine, Draft, is_date, joined};

pub(super) fn is_it(markers: &Markers, lines: &[DownloadLine<'_>]) -> bool {
    let has = |marker| lines.iter().any(|line| markers.line(line.text, marker).is_some());
    has(Marker::End) && (has(Marker::Body) || lines.iter().any(|line| labelled(markers, line.text, Marker::Length)))
}

fn labelled(markers: &Markers, line: &str, wanted: Marker) -> bool {
    markers.label(line).is_some_and(|(found, _)| found.contains(&wanted))
}

pub(super) fn divide(markers: &Markers, lines: &[DownloadLine<'_>]) -> DividedDownload {
    let listed = lines.iter().find_map(|line| markers.line(line.text, Marker::Count));
    let is_end = |line: &DownloadLine<'_>| markers.line(line.text, Marker::End).is_some();
    let mut drafts = Vec::new();
    for segment in lines.split(is_end) {
        drafts.extend(article(markers, segment));
    }
    DividedDownload { drafts, listed }
}

fn article(markers: &Markers, segment: &[DownloadLine<'_>]) -> Option<Draft> {
    let is = |line: &DownloadLine<'_>, marker| markers.line(line.text, marker).is_some();
    let body = segment.iter().position(|line| is(line, Marker::Body));
    // without the word that stands before the text, the length does
    let length = || segment.iter().rposition(|line| labelled(markers, line.text, Marker::Length));
    let head_end = body.or_else(|| length().map(|at| at + 1))?;
    let (head, rest) = (&segment[..head_end], &segment[head_end + usize::from(body.is_some())..]);
    let mut draft = Draft::default();
    header(markers, head, &mut draft);
    let text_end = text_end(markers, rest);
    for line in head.iter().chain(&rest[text_end..]) {
        if let Some((found, value)) = markers.label(line.text) {
            draft.put(found[0], value);
        }
    }
    // without `Body` the other labels of the head come after the length
    let labels = |line: &DownloadLine<'_>| line.is_blank() || markers.label(line.text).is_some();
    let text_start = if body.is_none() { rest[..text_end].iter().take_while(|line| labels(line)).count() } else { 0 };
    draft.text = joined(&rest[text_start..text_end]);
    Some(draft)
}

/// Title, outlet and date stand above the first label, the date last.
fn header(markers: &Markers, head: &[DownloadLine<'_>], draft: &mut Draft) {
    let cover_end = head.iter().rposition(|line| is_cover(markers, line.text)).map_or(0, |at| at + 1);
    let below = &head[cover_end..];
    let plain: Vec<&DownloadLine<'_>> = below.iter().filter(|line| !line.is_blank()).collect();
    draft.line = plain.first().map_or(1, |line| line.number);
    let first_label = plain.iter().position(|line| markers.label(line.text).is_some()).unwrap_or(plain.len());
    let above = &plain[..first_label];
    // a title may be a date; the outlet's line comes between
    let date = (1..above.len()).rev().find(|at| is_date(above[*at].text));
    let outlet = match date {
        Some(date) => date - 1,
        None => 1.min(above.len()),
    };
    if let Some(date) = date {
        above[date].text.trim().clone_into(&mut draft.date);
    }
    if let Some(line) = above.get(outlet).filter(|_| above.len() > 1) {
        line.text.trim().clone_into(&mut draft.outlet);
    }
    let title = &above[..outlet.min(above.len())];
    // the last line of a cover page is not always known by a label
    let title = if cover_end > 0 { &title[title.len().saturating_sub(1)..] } else { title };
    draft.line = title.first().map_or(draft.line, |line| line.number);
    draft.title = title.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join(" ");
}

/// A line of the cover page or of its table of contents.
fn is_cover(markers: &Markers, line: &str) -> bool {
    markers.line(line, Marker::Cover).is_some()
        || markers.line(line, Marker::Count).is_some()
        || labelled(markers, line, Marker::Cover)
        // `Sources: The Outlet; Content Type: News`
        || line.split(';').skip(1).any(|part| labelled(markers, part, Marker::Cover))
}

/// Lines in which a label comes after the word that ends the text.
const NEAR: usize = 4;

/// Where the text ends: before what is printed after it, which is never text.
fn text_end(markers: &Markers, rest: &[DownloadLine<'_>]) -> usize {
    let labelled = |line: &DownloadLine<'_>| markers.label(line.text).is_some();
    let is_tail = |at: &usize| markers.line(rest[*at].text, Marker::Tail).is_some();
    let mut end = rest.len();
    // a word such as `Graphic` may stand in a text too: labels, or the end, come soon after the one that ends it
    for tail in (0..rest.len()).rev().filter(is_tail) {
        let after = rest[tail + 1..end].iter().filter(|line| !line.is_blank());
        if after.clone().take(NEAR).any(labelled) || after.count() <= NEAR {
            end = tail;
        }
    }
    while end > 0 && (rest[end - 1].is_blank() || labelled(&rest[end - 1])) {
        end -= 1;
    }
    end
}
