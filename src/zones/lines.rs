//! Lines into paragraphs: hard-wrapped text is recognised by its line lengths and joined.

use super::shape::{Ending, begins_small, ending};
use crate::normalise::View;
use crate::span::NormSpan;
use memchr::memchr_iter;

/// A paragraph, or a line that stands for itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paragraph {
    pub span: NormSpan,
    pub words: usize,
}

#[derive(Debug, Clone, Copy)]
struct Line {
    span: NormSpan,
    /// No blank line stands between this line and the one before.
    follows_directly: bool,
}

/// Widths, in characters, at which mail programs and typewriters wrap.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 40..=130;
/// No wrapped line takes more bytes than this, whatever the script.
const MAX_WRAPPED_BYTES: usize = 4 * 130;
/// A line of so many words that ends in the middle of a sentence is continued by one that begins small.
const MIN_CONTINUED_WORDS: usize = 20;

/// The paragraphs of the view in order; the line breaks inside them become spaces in the view.
pub(crate) fn paragraphs(view: &mut View) -> Vec<Paragraph> {
    let lines = lines(view);
    let width = wrap_width(view, &lines);
    let mut breaks = Vec::new();
    let mut out: Vec<Paragraph> = Vec::with_capacity(lines.len());
    let mut previous: Option<(Line, usize)> = None;
    for line in lines {
        let words = view.words_in(line.span);
        let joins = previous.is_some_and(|(before, words_before)| {
            line.follows_directly && goes_on(view, width, before.span, words_before, line.span)
        });
        match out.last_mut() {
            Some(paragraph) if joins => {
                breaks.extend(paragraph.span.end as usize..line.span.start as usize);
                paragraph.span.end = line.span.end;
                paragraph.words += words;
            }
            Some(_) | None => out.push(Paragraph { span: line.span, words }),
        }
        previous = Some((line, words));
    }
    if !breaks.is_empty() {
        view.join_lines(breaks);
    }
    out
}

fn lines(view: &View) -> Vec<Line> {
    let text = view.bytes();
    let mut lines = Vec::new();
    let mut start = 0;
    let mut blank = true;
    for end in memchr_iter(b'\n', text).chain(std::iter::once(text.len())) {
        let (mut first, mut last) = (start, end);
        while first < last && text[first] == b' ' {
            first += 1;
        }
        while last > first && text[last - 1] == b' ' {
            last -= 1;
        }
        if first < last {
            lines.push(Line { span: NormSpan::new(first, last), follows_directly: !blank });
        }
        blank = first == last;
        start = end + 1;
    }
    lines
}

/// Whether the paragraph that holds the line `before` goes on in the line `next`.
fn goes_on(view: &View, width: Option<usize>, before: NormSpan, words_before: usize, next: NormSpan) -> bool {
    let is_full = width.is_some_and(|width| !next_word_fits(view, width, before, next));
    if is_full {
        return true;
    }
    let may_continue = width.is_some() || words_before >= MIN_CONTINUED_WORDS;
    may_continue && begins_small(view, next) && is_mid_sentence(view, before)
}

fn is_mid_sentence(view: &View, line: NormSpan) -> bool {
    match ending(view, line) {
        Ending::Open => true,
        Ending::Pause => !view.slice(line).ends_with([';', ':']),
        Ending::Stop | Ending::Mark => false,
    }
}

/// A text is wrapped when most of its direct line breaks stand where the next word had no more room, and most of
/// these break a sentence. The width is taken from the long lines; one in twenty may be longer still (an address).
fn wrap_width(view: &View, lines: &[Line]) -> Option<usize> {
    let too_long = lines.iter().filter(|line| line.span.len() > MAX_WRAPPED_BYTES).count();
    if lines.len() < 3 || too_long * 20 > lines.len() {
        return None;
    }
    let mut lengths: Vec<usize> = lines.iter().map(|line| chars(view, line.span)).collect();
    let at = (lengths.len() - 1) * 19 / 20;
    let width = *lengths.select_nth_unstable(at).1;
    if !WRAP_WIDTHS.contains(&width) {
        return None;
    }
    let (mut breaks, mut full, mut inside) = (0usize, 0usize, 0usize);
    for pair in lines.windows(2).filter(|pair| pair[1].follows_directly) {
        breaks += 1;
        if !next_word_fits(view, width, pair[0].span, pair[1].span) {
            full += 1;
            let opens_sentence = !begins_small(view, pair[1].span) && !is_mid_sentence(view, pair[0].span);
            inside += usize::from(!opens_sentence && !capital_after_open(view, pair[0].span, pair[1].span));
        }
    }
    (breaks >= 2 && full * 10 >= breaks * 6 && inside * 2 >= full).then_some(width)
}

/// A list of titles has no stops and begins each line with a capital; wrapped text breaks before small words.
fn capital_after_open(view: &View, before: NormSpan, next: NormSpan) -> bool {
    ending(view, before) == Ending::Open && !begins_small(view, next)
}

fn next_word_fits(view: &View, width: usize, line: NormSpan, next: NormSpan) -> bool {
    let text = view.slice(next);
    let word = text.find(' ').map_or(text, |end| &text[..end]);
    chars(view, line) + 1 + word.chars().count() <= width
}

fn chars(view: &View, span: NormSpan) -> usize {
    view.slice(span).chars().count()
}
