//! The framing hits and contested names, each with its sentence and a link to its article in the report.

use super::super::facts::Facts;
use super::super::texts::{Depth, ReportText, TextArticle, TextHit, TextLayer, Texts};
use super::{ListedSheet, SheetResult, behind_numbers, clip, head, height, lines, number_head, on_paper, wrapped};
use crate::voice::Voice;
use rust_xlsxwriter::{Format, FormatAlign, Url, Worksheet};

/// Hits of the sheet; a sheet holds 65,530 links, and more rows than these take longer to write than articles to read.
const MOST_HITS: usize = 10_000;

const HEADS: [(&str, u16); 12] = [
    ("article", 24),
    ("group", 20),
    ("date", 11),
    ("title", 36),
    ("frame or object", 26),
    ("term or name", 22),
    ("voice", 12),
    ("speaker", 15),
    ("agent", 15),
    ("target", 15),
    ("line", 6),
    ("sentence", 110),
];

pub(super) fn sheet(sheet: &mut Worksheet, texts: &Texts, facts: &Facts<'_>) -> SheetResult<ListedSheet> {
    sheet.set_name("hits")?;
    for (at, (name, width)) in HEADS.iter().enumerate() {
        let format = match *name {
            "line" => number_head(),
            // Over cells that keep off the numbers before them.
            "sentence" => head().set_indent(1),
            _ => head(),
        };
        sheet.write_string_with_format(0, at as u16, *name, &format)?;
        sheet.set_column_width(at as u16, *width)?;
    }
    let link = wrapped().set_hyperlink();
    for at in 0..HEADS.len() as u16 - 1 {
        sheet.set_column_format(at, &wrapped())?;
    }
    sheet.set_column_format(HEADS.len() as u16 - 1, &behind_numbers())?;
    let mut written = 0;
    let mut total = 0;
    for article in &texts.articles {
        for hit in article.hits.iter().filter(|hit| hit.is_wording()) {
            total += 1;
            if written < MOST_HITS {
                written += 1;
                row(sheet, written as u32, article, hit, facts, &link)?;
            }
        }
    }
    let left_out = match (texts.depth, total > written) {
        (Depth::Sample, _) => "hits of other articles than the sample".to_owned(),
        (_, true) => format!("hits after the first {MOST_HITS}"),
        (_, false) => String::new(),
    };
    sheet.autofilter(0, 0, written as u32, HEADS.len() as u16 - 1)?;
    if !left_out.is_empty() {
        let note = format!("Left out here: {left_out}. mentions.csv has all.");
        // Not broken into lines, as the cells of its column are.
        sheet.write_string_with_format(written as u32 + 2, 0, note, &Format::new().set_align(FormatAlign::Top))?;
    }
    on_paper(sheet)?;
    Ok(ListedSheet {
        name: "hits".into(),
        answers: "Which sentences stand behind the numbers? An article's name opens it in the report".into(),
        rows: written,
        total,
        cut: if total > written { format!("hits after the first {MOST_HITS}") } else { String::new() },
        left_out,
    })
}

fn row(
    sheet: &mut Worksheet,
    at: u32,
    article: &TextArticle,
    hit: &TextHit,
    facts: &Facts<'_>,
    link: &Format,
) -> SheetResult {
    let book = &facts.study.codebook;
    let entry = hit.entry as usize;
    let (name, term) = if hit.layer == TextLayer::Frame {
        let term = &book.terms[entry];
        (term.frame.map_or("", |frame| book.frames[frame.index()].name.as_str()), term.term.as_str())
    } else {
        let variant = &book.variants[entry];
        (book.pairs[variant.pair.index()].object.as_str(), variant.term.as_str())
    };
    let id = clip(&article.id);
    let address = format!("file:///report.html#read?article={}", encoded(&article.id));
    // A link holds 2,080 characters, and what it shows 255.
    if address.len() < 2_000 && id.chars().count() < 255 {
        sheet.write_url_with_format(at, 0, Url::new(address).set_text(id.as_str()), link)?;
    } else {
        sheet.write_string(at, 0, &id)?;
    }
    let actor = |number: u32| number.checked_sub(1).map_or("", |at| book.actors[at as usize].name.as_str());
    let sentence = match (facts.options.text, article.sentences.get(hit.sentence as usize)) {
        (ReportText::None, _) | (_, None) => "",
        (_, Some((from, to))) => article.text.get(*from as usize..*to as usize).unwrap_or_default(),
    };
    let [speaker, agent, target] = hit.roles.map(actor);
    let voice = Voice::ALL[usize::from(hit.voice)].name();
    let group = article.group.join(" / ");
    let texts = [&group, article.date.as_str(), &article.title, name, term, voice, speaker, agent, target];
    for (place, text) in texts.into_iter().enumerate() {
        sheet.write_string(at, place as u16 + 1, clip(text))?;
    }
    sheet.write_number(at, 10, f64::from(hit.line))?;
    let line: Vec<&str> = sentence.split_whitespace().collect();
    let line = clip(&line.join(" "));
    let all = std::iter::once(id.as_str()).chain(texts).chain(["", line.as_str()]);
    let most = all.zip(HEADS).map(|(text, (_, width))| lines(text, usize::from(width) - 1)).max();
    sheet.write_string(at, 11, line)?;
    sheet.set_row_height(at, height(most.unwrap_or(1)))?;
    Ok(())
}

/// As a part of an address.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
