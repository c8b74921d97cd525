//! ProQuest: text files.
//!
//! ```text
//! ____________________________________________________________
//!
//! Document 1 of 100
//!
//! A title
//!
//! Author: Name, A
//!
//! Publication info: The Outlet; City [City]04 Jan 2010: A.1.
//!
//! Full text: ... the text ...
//!
//! Subject: Elections
//!
//! Publication title: The Outlet; City
//!
//! Publication date: Jan 4, 2010
//! ____________________________________________________________
//! ```

use super::markers::{Marker, Markers};
use super::{DividedDownload, DownloadLine, Draft, blocks, in_one_line, joined};

pub(super) fn is_it(markers: &Markers, lines: &[DownloadLine<'_>]) -> bool {
    let labelled = |wanted: &[Marker]| {
        lines.iter().any(|line| markers.label(line.text).is_some_and(|(found, _)| wanted.contains(&found[0])))
    };
    labelled(&[Marker::Outlet, Marker::Info, Marker::Id])
        && (labelled(&[Marker::Text]) || labelled(&[Marker::Id]))
        && lines.iter().any(|line| is_rule(line) || markers.line(line.text, Marker::Start).is_some())
}

/// `________________`
fn is_rule(line: &DownloadLine<'_>) -> bool {
    let line = line.text.trim();
    line.len() >= 20 && line.bytes().all(|byte| byte == b'_')
}

pub(super) fn divide(markers: &Markers, lines: &[DownloadLine<'_>]) -> DividedDownload {
    let is_start = |line: &DownloadLine<'_>| markers.line(line.text, Marker::Start).is_some();
    let drafts =
        lines.split(|line| is_rule(line) || is_start(line)).filter_map(|segment| article(markers, segment)).collect();
    let listed = lines
        .iter()
        .find(|line| is_start(line))
        .and_then(|line| line.text.split_whitespace().filter_map(super::number).next_back());
    DividedDownload { drafts, listed }
}

fn article(markers: &Markers, segment: &[DownloadLine<'_>]) -> Option<Draft> {
    let mut draft = Draft::default();
    let (mut text, mut info): (Vec<DownloadLine<'_>>, String) = (Vec::new(), String::new());
    let (mut is_text, mut labels) = (false, 0);
    for block in blocks(segment) {
        // each label begins a line; several may stand in one block
        let mut from = 0;
        while from < block.len() {
            let label = markers.label(block[from].text).map(|(found, value)| (found[0], value));
            let more = (from + 1..block.len()).find(|at| markers.label(block[*at].text).is_some());
            let end = more.unwrap_or(block.len());
            let part = &block[from..end];
            from = end;
            let Some((marker, value)) = label else {
                if is_text {
                    text.push(DownloadLine { text: "", number: 0 });
                    text.extend(part);
                } else if labels == 0 && draft.title.is_empty() {
                    draft.title = in_one_line(part);
                    draft.line = part[0].number;
                }
                continue;
            };
            labels += 1;
            is_text = marker == Marker::Text;
            if is_text {
                text.push(DownloadLine { text: value, number: part[0].number });
                text.extend(&part[1..]);
            } else if marker == Marker::Info {
                info = in_one_line(part).split_once(':').map_or("", |(_, value)| value).trim().to_owned();
            } else {
                draft.put(marker, in_one_line(part).split_once(':').map_or("", |(_, value)| value.trim()));
            }
        }
    }
    // what has no outlet is the cover page or the list of references
    if draft.outlet.is_empty() && info.is_empty() {
        return None;
    }
    if draft.line == 0 {
        draft.line = segment.first().map_or(1, |line| line.number);
    }
    let outlet = if draft.outlet.is_empty() { &info } else { &draft.outlet };
    draft.outlet = outlet.split(';').next().unwrap_or_default().trim().to_owned();
    if draft.date.is_empty() {
        // `... [New York, N.Y]04 Jan 2010: A.1.`
        let after = info.rsplit_once(']').map_or("", |(_, after)| after);
        draft.date = after.split(':').next().unwrap_or_default().trim().to_owned();
    }
    draft.text = joined(&text);
    Some(draft)
}
