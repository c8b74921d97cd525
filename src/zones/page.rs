//! A whole web page as text: menus, teasers and buttons around the article, and among them the article.
//!
//! On such a page most lines are short and end in no stop. The article is the stretch with the most running text: each
//! paragraph counts for its words, each line that is no running text against it, and the stretch with the greatest sum
//! is taken.

use std::ops::Range;

/// What one line of a page is to the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    /// A paragraph of running text, with its words.
    Running(usize),
    /// A short sentence, with its words.
    Sentence(usize),
    /// A short line without a stop.
    Open,
    /// A line that a row of the dictionary took.
    Known,
}

/// Fewer lines without running text are no page around an article.
const MIN_OTHER_LINES: usize = 12;
/// Fewer paragraphs of running text are no article.
const MIN_RUNNING: usize = 3;
const MIN_RUNNING_WORDS: usize = 80;
/// What a line that is no running text counts against a stretch, in words.
const OPEN_LINE_WORDS: i64 = 12;
const KNOWN_LINE_WORDS: i64 = 6;

/// The lines of the article, if this is a page with one.
pub(super) fn main_text(lines: &[LineKind]) -> Option<Range<usize>> {
    let (mut running, mut words, mut other) = (0, 0, 0);
    for line in lines {
        match line {
            LineKind::Running(n) => (running, words) = (running + 1, words + n),
            LineKind::Open | LineKind::Known => other += 1,
            LineKind::Sentence(_) => {}
        }
    }
    let is_page = other >= MIN_OTHER_LINES && other * 2 >= lines.len();
    if !is_page || running < MIN_RUNNING || words < MIN_RUNNING_WORDS {
        return None;
    }
    let (mut sum, mut start) = (0i64, 0);
    let (mut best, mut found) = (0, 0..0);
    for (index, line) in lines.iter().enumerate() {
        if sum <= 0 {
            (sum, start) = (0, index);
        }
        sum += match line {
            LineKind::Running(words) => *words as i64,
            LineKind::Sentence(words) => *words as i64 / 2,
            LineKind::Open => -OPEN_LINE_WORDS,
            LineKind::Known => -KNOWN_LINE_WORDS,
        };
        if sum > best {
            (best, found) = (sum, start..index + 1);
        }
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_is_the_stretch_with_the_most_running_text() {
        let mut lines = vec![LineKind::Open; 8];
        lines.extend([
            LineKind::Running(30),
            LineKind::Known,
            LineKind::Running(40),
            LineKind::Sentence(8),
            LineKind::Open,
            LineKind::Running(50),
        ]);
        lines.extend([
            LineKind::Open,
            LineKind::Known,
            LineKind::Open,
            LineKind::Open,
            LineKind::Running(25),
            LineKind::Open,
        ]);
        assert_eq!(main_text(&lines), Some(8..14));
        // An article with some headings is no page, and a list of titles holds no article.
        assert_eq!(main_text(&lines[6..15]), None);
        assert_eq!(main_text(&[LineKind::Open; 40]), None);
    }
}
