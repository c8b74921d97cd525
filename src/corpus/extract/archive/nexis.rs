//! LexisNexis before Nexis Uni: text files.
//!
//! ```text
//!                            1 of 10 DOCUMENTS
//!
//!                            The Outlet (London)
//!
//!                          January 11, 2010 Monday
//!                              Final Edition
//!
//! A title
//!
//! BYLINE: A Name
//!
//! LENGTH: 355 words
//!
//! ... the text ...
//!
//! LOAD-DATE: January 11, 2010
//!
//!                        Copyright 2010 ...
//! ```

use super::markers::{Marker, Markers};
use super::{DividedDownload, DownloadLine, Draft, blocks, in_one_line, is_date, joined};

/// Lines that begin further to the right are centred.
const CENTRED: usize = 8;

pub(super) fn is_it(markers: &Markers, lines: &[DownloadLine<'_>]) -> bool {
    lines.iter().any(|line| markers.line(line.text, Marker::Start).is_some())
        && lines.iter().any(|line| markers.label(line.text).is_some_and(|(found, _)| found.contains(&Marker::Length)))
}

pub(super) fn divide(markers: &Markers, lines: &[DownloadLine<'_>]) -> DividedDownload {
    let is_start = |line: &DownloadLine<'_>| markers.line(line.text, Marker::Start).is_some();
    let drafts: Vec<Draft> = lines.split(is_start).skip(1).filter_map(|segment| article(markers, segment)).collect();
    let listed = lines
        .iter()
        .find(|line| is_start(line))
        .and_then(|line| line.text.split_whitespace().filter_map(super::number).next_back());
    DividedDownload { drafts, listed }
}

fn is_centred(block: &[DownloadLine<'_>]) -> bool {
    block.iter().all(|line| line.text.len() - line.text.trim_start().len() >= CENTRED)
}

fn article(markers: &Markers, segment: &[DownloadLine<'_>]) -> Option<Draft> {
    let blocks = blocks(segment);
    let mut draft = Draft { line: blocks.first()?.first()?.number, ..Draft::default() };
    let label = |block: &[DownloadLine<'_>]| markers.label(block[0].text).map(|(found, _)| found[0]);
    let mut titles: Vec<String> = Vec::new();
    let mut has_labels = false;
    let mut at = 0;
    let mut text: Vec<DownloadLine<'_>> = Vec::new();
    while at < blocks.len() {
        let block = blocks[at];
        match label(block) {
            Some(Marker::Index) => break,
            // the text may begin on the label's own line
            Some(Marker::Text) => {
                let (_, value) = markers.label(block[0].text)?;
                text.push(DownloadLine { text: value, number: block[0].number });
                text.extend(&block[1..]);
                at += 1;
                break;
            }
            Some(marker) => {
                let one = in_one_line(block);
                let value = one.split_once(':').map_or("", |(_, value)| value.trim());
                draft.put(marker, value);
                has_labels = true;
            }
            None if has_labels => break,
            None if markers.is_copyright(block[0].text) => {}
            None => heading(block, &mut draft, &mut titles),
        }
        at += 1;
    }
    if draft.title.is_empty() {
        draft.title = titles.join(" ");
    }
    let mut end = blocks.len();
    // what is printed after the text: labels, and centred lines of rights
    let is_after = |block: &[DownloadLine<'_>]| {
        label(block).is_some() || (is_centred(block) || block.len() <= 2) && markers.is_copyright(block[0].text)
    };
    while end > at && is_after(blocks[end - 1]) {
        end -= 1;
    }
    for block in &blocks[end..] {
        if let Some(marker) = label(block) {
            draft.put(marker, markers.label(block[0].text).map_or("", |(_, value)| value));
        }
    }
    for block in &blocks[at..end] {
        text.push(DownloadLine { text: "", number: 0 });
        text.extend(*block);
    }
    draft.text = joined(&text);
    Some(draft)
}

/// A block above the labels: the outlet first, then the date, then editions (centred) and the title.
fn heading(block: &[DownloadLine<'_>], draft: &mut Draft, titles: &mut Vec<String>) {
    let date = block.iter().position(|line| is_date(line.text));
    match date {
        Some(date) if draft.date.is_empty() && (date > 0 || !draft.outlet.is_empty()) => {
            block[date].text.trim().clone_into(&mut draft.date);
            if draft.outlet.is_empty() {
                draft.outlet = in_one_line(&block[..date]);
            }
        }
        _ if draft.outlet.is_empty() => block[0].text.trim().clone_into(&mut draft.outlet),
        _ if draft.date.is_empty() || is_centred(block) => {}
        _ => titles.push(in_one_line(block)),
    }
}
