//! From characters with places to text.
//!
//! Most programs write a page in the order in which it is read, column after column. Where lines of two columns come
//! side by side, the gap between them shows the columns. What repeats at the edges of pages is no text.

use std::collections::HashMap;

/// A page has fewer characters than these.
pub(super) const MAX_GLYPHS: usize = 1_000_000;

/// A character (or several that were drawn as one) and where it stands; y grows upwards.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub x: f64,
    pub y: f64,
    pub end: f64,
    pub size: f64,
    pub text: String,
}

#[derive(Debug, Default)]
pub(super) struct PdfPage {
    pub glyphs: Vec<Glyph>,
    pub bottom: f64,
    pub top: f64,
}

/// Characters side by side.
#[derive(Debug, Clone)]
struct GlyphRun {
    x: f64,
    end: f64,
    y: f64,
    size: f64,
    text: String,
}

/// What becomes of the ends of lines inside paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Kept,
    Joined,
}

/// The text of all pages.
pub(super) fn text(pages: &[PdfPage], ends: Ends) -> String {
    let mut all: Vec<Vec<GlyphRun>> = Vec::with_capacity(pages.len());
    let mut edges: HashMap<String, usize> = HashMap::new();
    let count = pages.len();
    for page in pages {
        let (bottom, top) = (page.bottom, page.top);
        let lines = in_columns(pieces(&page.glyphs));
        let lines: Vec<GlyphRun> = lines.into_iter().filter(|line| !line.text.trim().is_empty()).collect();
        let mut seen: Vec<String> = edge_keys(&lines, bottom, top).into_iter().map(|(_, key)| key).collect();
        seen.sort();
        seen.dedup();
        seen.into_iter().for_each(|key| *edges.entry(key).or_default() += 1);
        all.push(mark_edges(lines, bottom, top));
    }
    let is_running = |line: &GlyphRun| {
        // the size of a line at an edge was made negative
        line.size < 0.0 && {
            let key = pattern(&line.text);
            let repeats = edges.get(&key).copied().unwrap_or_default();
            repeats >= 2.max(count * 2 / 5)
                || is_printed_by_browser(&key)
                || key.chars().all(|c| matches!(c, '#' | '/' | '-' | '–' | ' ' | '|'))
        }
    };
    let mut paragraphs = PdfParagraphs { text: String::new(), ends };
    for lines in &all {
        let kept: Vec<&GlyphRun> = lines.iter().filter(|line| !is_running(line)).collect();
        paragraphs.page(&kept);
    }
    paragraphs.finish()
}

/// The lines that browsers print around a page: an address, and day and time before the title.
fn is_printed_by_browser(pattern: &str) -> bool {
    let is_address = ["http://", "https://", "file://"].iter().any(|begin| pattern.starts_with(begin));
    is_address || ["#/#/#, #:#", "#.#.#, #:#", "#-#-#, #:#"].iter().any(|begin| pattern.starts_with(begin))
}

/// The part of a page's height, at its top and at its bottom, in which running heads stand.
const EDGE: f64 = 0.1;

fn is_at_edge(y: f64, bottom: f64, top: f64) -> bool {
    let height = top - bottom;
    y > top - height * EDGE || y < bottom + height * EDGE
}

fn edge_keys(lines: &[GlyphRun], bottom: f64, top: f64) -> Vec<(usize, String)> {
    let at_edge = lines.iter().enumerate().filter(|(_, line)| is_at_edge(line.y, bottom, top));
    at_edge.map(|(at, line)| (at, pattern(&line.text))).collect()
}

fn mark_edges(mut lines: Vec<GlyphRun>, bottom: f64, top: f64) -> Vec<GlyphRun> {
    for line in lines.iter_mut().filter(|line| is_at_edge(line.y, bottom, top)) {
        line.size = -line.size.abs();
    }
    lines
}

/// A line with a mark for each number, since page numbers change.
fn pattern(line: &str) -> String {
    let mut pattern = String::new();
    for c in line.trim().chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if c != '#' || !pattern.ends_with('#') {
            pattern.push(c);
        }
    }
    pattern
}

/// Joins characters that stand on one line without a wide gap.
fn pieces(glyphs: &[Glyph]) -> Vec<GlyphRun> {
    let mut pieces: Vec<GlyphRun> = Vec::new();
    for glyph in glyphs {
        let size = glyph.size.max(0.1);
        let text = expanded(&glyph.text);
        if let Some(last) = pieces.last_mut() {
            let gap = glyph.x - last.end;
            let is_same_line = (glyph.y - last.y).abs() < 0.4 * size.max(last.size);
            // the widths of some fonts cannot be read: what comes further right goes on
            let goes_on = gap > -0.6 * size || glyph.x > last.x;
            if is_same_line && goes_on && gap < 1.6 * size {
                if gap > 0.15 * size && !last.text.ends_with(' ') && !text.starts_with(' ') {
                    last.text.push(' ');
                }
                last.text.push_str(&text);
                last.end = glyph.end.max(last.end);
                last.size = last.size.max(size);
                continue;
            }
        }
        // a blank begins no line
        if !text.trim().is_empty() {
            pieces.push(GlyphRun { x: glyph.x, end: glyph.end, y: glyph.y, size, text });
        }
    }
    pieces
}

/// Letters that are drawn as one, as the letters that they are; invisible hyphens as none.
fn expanded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{FB00}' => out.push_str("ff"),
            '\u{FB01}' => out.push_str("fi"),
            '\u{FB02}' => out.push_str("fl"),
            '\u{FB03}' => out.push_str("ffi"),
            '\u{FB04}' => out.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => out.push_str("st"),
            '\u{A0}' | '\t' | '\r' | '\n' => out.push(' '),
            '\0'..='\u{1F}' => {}
            c => out.push(c),
        }
    }
    out
}

/// So many lines beside each other show two columns.
const PAIRS: usize = 5;

/// Puts the pieces into reading order.
fn in_columns(pieces: Vec<GlyphRun>) -> Vec<GlyphRun> {
    let is_pair = |pair: &&[GlyphRun]| {
        let [left, right] = pair else { return false };
        (left.y - right.y).abs() < 0.4 * left.size && right.x > left.end + 1.2 * left.size
    };
    let mut gaps: Vec<f64> =
        pieces.windows(2).filter(is_pair).map(|pair| f64::midpoint(pair[0].end, pair[1].x)).collect();
    gaps.sort_by(f64::total_cmp);
    let gutter = gaps.get(gaps.len() / 2).copied().unwrap_or_default();
    let crosses = |piece: &GlyphRun| piece.x < gutter && piece.end > gutter;
    let crossing = pieces.iter().filter(|piece| crosses(piece)).count();
    if gaps.len() < PAIRS || crossing * 5 > pieces.len() {
        return pieces;
    }
    let mut ordered = Vec::with_capacity(pieces.len());
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for piece in pieces {
        if crosses(&piece) {
            ordered.append(&mut left);
            ordered.append(&mut right);
            ordered.push(piece);
        } else if piece.end <= gutter {
            left.push(piece);
        } else {
            right.push(piece);
        }
    }
    ordered.append(&mut left);
    ordered.append(&mut right);
    ordered
}

/// Lines put together to paragraphs.
struct PdfParagraphs {
    text: String,
    ends: Ends,
}

impl PdfParagraphs {
    fn page(&mut self, lines: &[&GlyphRun]) {
        let mut before: Option<&GlyphRun> = None;
        let left = lines.iter().map(|line| line.x).fold(f64::INFINITY, f64::min);
        let right = lines.iter().map(|line| line.end).fold(0.0, f64::max);
        let spacing = usual_spacing(lines);
        for line in lines {
            let begins = match before {
                // a paragraph may go on over the page's end
                None => !self.goes_on(line),
                Some(before) => self.is_new(before, line, spacing, right - left),
            };
            if !self.text.is_empty() {
                let is_same_row = before.is_some_and(|before| (before.y - line.y).abs() < 0.4 * line.size.abs());
                // a word that is divided at the line's end keeps it, so that it is put together later
                let is_kept = !is_same_row && self.ends == Ends::Kept;
                let is_divided = is_kept || !is_same_row && self.text.ends_with(['-', '\u{AD}', '\u{2010}']);
                self.text.push_str(match (begins, is_divided) {
                    (true, _) => "\n\n",
                    (false, true) => "\n",
                    (false, false) => " ",
                });
            }
            self.text.push_str(line.text.trim());
            before = Some(line);
        }
    }

    /// Whether the text so far ends in the middle of a sentence.
    fn goes_on(&self, line: &GlyphRun) -> bool {
        let ends = self.text.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '»', ')']);
        !self.text.is_empty() && !ends && line.text.trim().starts_with(char::is_lowercase)
    }

    fn is_new(&self, before: &GlyphRun, line: &GlyphRun, spacing: f64, width: f64) -> bool {
        let (size, size_before) = (line.size.abs(), before.size.abs());
        let down = before.y - line.y;
        if down.abs() < 0.4 * size {
            return false;
        }
        if (size - size_before).abs() > 0.12 * size_before {
            return true;
        }
        // up again: the next column
        if down < 0.0 {
            return !self.goes_on(line);
        }
        let is_apart = down > spacing * 1.3 || down > 2.2 * size;
        let is_indented = line.x > before.x + 0.8 * size && line.x < before.x + 4.0 * size;
        let ends = self.text.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '»']);
        let is_short = before.end - before.x < 0.6 * width.min(line.end - line.x + 1e-9).max(0.3 * width);
        is_apart || ends && (is_indented || is_short)
    }

    fn finish(self) -> String {
        self.text
    }
}

/// The distance between most lines of a page.
fn usual_spacing(lines: &[&GlyphRun]) -> f64 {
    let mut distances: Vec<f64> =
        lines.windows(2).map(|pair| pair[0].y - pair[1].y).filter(|distance| *distance > 1.0).collect();
    distances.sort_by(f64::total_cmp);
    // the smaller half are those inside paragraphs
    distances.get(distances.len() / 3).copied().unwrap_or(f64::INFINITY)
}
