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
pub(super) struct Page {
    pub glyphs: Vec<Glyph>,
    pub bottom: f64,
    pub top: f64,
}

/// Characters side by side.
#[derive(Debug, Clone)]
struct Piece {
    x: f64,
    end: f64,
    y: f64,
    size: f64,
    text: String,
}

/// The text of all pages; lines of a paragraph keep their ends, so that words divided at them are put together later.
pub(super) fn text(pages: Vec<Page>) -> String {
    let mut all: Vec<Vec<Piece>> = Vec::with_capacity(pages.len());
    let mut edges: HashMap<String, usize> = HashMap::new();
    let count = pages.len();
    for page in pages {
        let (bottom, top) = (page.bottom, page.top);
        let lines = in_columns(pieces(page.glyphs));
        let lines: Vec<Piece> = lines.into_iter().filter(|line| !line.text.trim().is_empty()).collect();
        let mut seen: Vec<String> = edge_keys(&lines, bottom, top).into_iter().map(|(_, key)| key).collect();
        seen.sort();
        seen.dedup();
        seen.into_iter().for_each(|key| *edges.entry(key).or_default() += 1);
        all.push(mark_edges(lines, bottom, top));
    }
    let is_running = |line: &Piece| {
        // the size of a line at an edge was made negative
        line.size < 0.0 && {
            let key = pattern(&line.text);
            let repeats = edges.get(&key).copied().unwrap_or_default();
            repeats >= 2.max(count * 2 / 5) || key.chars().all(|c| matches!(c, '#' | '/' | '-' | '–' | ' ' | '|'))
        }
    };
    let mut paragraphs = Paragraphs::default();
    for lines in &all {
        let kept: Vec<&Piece> = lines.iter().filter(|line| !is_running(line)).collect();
        paragraphs.page(&kept);
    }
    paragraphs.finish()
}

/// The part of a page's height, at its top and at its bottom, in which running heads stand.
const EDGE: f64 = 0.1;

fn is_at_edge(y: f64, bottom: f64, top: f64) -> bool {
    let height = top - bottom;
    y > top - height * EDGE || y < bottom + height * EDGE
}

fn edge_keys(lines: &[Piece], bottom: f64, top: f64) -> Vec<(usize, String)> {
    let at_edge = lines.iter().enumerate().filter(|(_, line)| is_at_edge(line.y, bottom, top));
    at_edge.map(|(at, line)| (at, pattern(&line.text))).collect()
}

fn mark_edges(mut lines: Vec<Piece>, bottom: f64, top: f64) -> Vec<Piece> {
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
fn pieces(glyphs: Vec<Glyph>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for glyph in glyphs {
        let size = glyph.size.max(0.1);
        let text = expanded(&glyph.text);
        if let Some(last) = pieces.last_mut() {
            let gap = glyph.x - last.end;
            let is_same_line = (glyph.y - last.y).abs() < 0.4 * size.max(last.size);
            if is_same_line && gap > -0.6 * size && gap < 1.6 * size {
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
            pieces.push(Piece { x: glyph.x, end: glyph.end, y: glyph.y, size, text });
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
fn in_columns(pieces: Vec<Piece>) -> Vec<Piece> {
    let is_pair = |pair: &&[Piece]| {
        let [left, right] = pair else { return false };
        (left.y - right.y).abs() < 0.4 * left.size && right.x > left.end + 1.2 * left.size
    };
    let mut gaps: Vec<f64> =
        pieces.windows(2).filter(is_pair).map(|pair| f64::midpoint(pair[0].end, pair[1].x)).collect();
    gaps.sort_by(f64::total_cmp);
    let gutter = gaps.get(gaps.len() / 2).copied().unwrap_or_default();
    let crosses = |piece: &Piece| piece.x < gutter && piece.end > gutter;
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
#[derive(Default)]
struct Paragraphs {
    text: String,
}

impl Paragraphs {
    fn page(&mut self, lines: &[&Piece]) {
        let mut before: Option<&Piece> = None;
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
                self.text.push_str(match (begins, is_same_row) {
                    (true, _) => "\n\n",
                    (false, true) => " ",
                    (false, false) => "\n",
                });
            }
            self.text.push_str(line.text.trim());
            before = Some(line);
        }
    }

    /// Whether the text so far ends in the middle of a sentence.
    fn goes_on(&self, line: &Piece) -> bool {
        let ends = self.text.trim_end().ends_with(['.', '!', '?', ':', '"', '”', '»', ')']);
        !self.text.is_empty() && !ends && line.text.trim().starts_with(char::is_lowercase)
    }

    fn is_new(&self, before: &Piece, line: &Piece, spacing: f64, width: f64) -> bool {
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
fn usual_spacing(lines: &[&Piece]) -> f64 {
    let mut distances: Vec<f64> =
        lines.windows(2).map(|pair| pair[0].y - pair[1].y).filter(|distance| *distance > 1.0).collect();
    distances.sort_by(f64::total_cmp);
    // the smaller half are those inside paragraphs
    distances.get(distances.len() / 3).copied().unwrap_or(f64::INFINITY)
}
