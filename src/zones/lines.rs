//! Lines into paragraphs: hard-wrapped text is recognised by its line lengths and joined.

use super::divided::{Halves, Hyphen, KnownWords, Unbroken};
use super::shape::{Ending, begins_small, ending};
use crate::normalise::{Shift, View};
use crate::span::NormSpan;
use memchr::memchr_iter;

/// A paragraph, or a line that stands for itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paragraph {
    pub span: NormSpan,
    pub words: usize,
}

#[derive(Debug, Clone, Copy)]
struct ViewLine {
    span: NormSpan,
    /// No blank line stands between this line and the one before.
    follows_directly: bool,
    /// How many bytes the marks of a block quotation (`> `) take at its beginning.
    marks: usize,
}

impl ViewLine {
    /// Without the marks of a block quotation.
    fn text(&self) -> NormSpan {
        NormSpan::new(self.span.start as usize + self.marks, self.span.end as usize)
    }
}

/// Widths, in characters, at which mail programs and typewriters wrap.
const WRAP_WIDTHS: std::ops::RangeInclusive<usize> = 40..=130;
/// No wrapped line takes more bytes than this, whatever the script.
const MAX_WRAPPED_BYTES: usize = 4 * 130;
/// A line of so many words that ends in the middle of a sentence is continued by one that begins small.
const MIN_CONTINUED_WORDS: usize = 20;

/// The paragraphs of the view in order. The line breaks inside them become spaces in the view, a word that was divided
/// at the end of a line is one again, and the marks of a block quotation stay at its beginning alone.
pub(crate) fn paragraphs(view: &mut View, known: &KnownWords) -> Vec<Paragraph> {
    let lines = lines(view);
    let width = wrap_width(view, &lines);
    let mut joins = Joins::default();
    let mut out: Vec<Paragraph> = Vec::with_capacity(lines.len());
    let mut previous: Option<(ViewLine, usize)> = None;
    for line in lines {
        let words = view.words_in(line.span);
        let joins_on = previous.is_some_and(|(before, words_before)| {
            line.follows_directly
                && (line.marks > 0) == (before.marks > 0)
                && (before.marks > 0 && is_mid_sentence(view, before.text())
                    || goes_on(view, width, before.text(), words_before, line.text()))
        });
        match (out.last_mut(), previous) {
            (Some(paragraph), Some((before, _))) if joins_on => {
                joins.between(view, before.span, &line);
                paragraph.span.end = line.span.end;
                paragraph.words += words;
            }
            _ => out.push(Paragraph { span: line.span, words }),
        }
        previous = Some((line, words));
    }
    joins.apply(view, known, &mut out);
    out
}

/// What stands between the lines of one paragraph.
#[derive(Debug, Default)]
struct Joins {
    /// Line breaks that become spaces.
    breaks: Vec<usize>,
    /// The marks of a block quotation before a line that goes on.
    marks: Vec<NormSpan>,
    divided: Vec<(Halves, NormSpan)>,
}

impl Joins {
    fn between(&mut self, view: &View, before: NormSpan, line: &ViewLine) {
        let next = line.text();
        let gap = NormSpan::new(before.end as usize, next.start as usize);
        match Halves::between(view, before, next) {
            Some(halves) => self.divided.push((halves, gap)),
            None => {
                self.breaks.extend(gap.range());
                if line.marks > 0 {
                    self.marks.push(NormSpan::new(line.span.start as usize, gap.end as usize));
                }
            }
        }
    }

    fn apply(self, view: &mut View, known: &KnownWords, paragraphs: &mut [Paragraph]) {
        let mut cuts = self.marks;
        if !self.divided.is_empty() {
            let unbroken = Unbroken::read(view);
            cuts.extend(self.divided.iter().map(|(halves, gap)| {
                let start = match unbroken.hyphen(view, known, *halves) {
                    Hyphen::Kept => gap.start as usize,
                    Hyphen::Dropped => halves.hyphen,
                };
                NormSpan::new(start, gap.end as usize)
            }));
            cuts.sort_unstable();
        }
        if !self.breaks.is_empty() {
            view.join_lines(self.breaks);
        }
        if cuts.is_empty() {
            return;
        }
        view.cut(&cuts);
        let mut shift = Shift::new(&cuts);
        for Paragraph { span, words } in paragraphs {
            *span = NormSpan::new(shift.of(span.start as usize), shift.of(span.end as usize));
            *words = view.words_in(*span);
        }
    }
}

fn lines(view: &View) -> Vec<ViewLine> {
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
            let marks = text[first..last].iter().take_while(|byte| matches!(byte, b'>' | b' ')).count();
            let marks = if first + marks < last { marks } else { 0 };
            lines.push(ViewLine { span: NormSpan::new(first, last), follows_directly: !blank, marks });
        }
        blank = first == last;
        start = end + 1;
    }
    lines
}

/// Whether the paragraph that holds the line `before` goes on in the line `next`.
fn goes_on(view: &View, width: Option<usize>, before: NormSpan, words_before: usize, next: NormSpan) -> bool {
    if Halves::between(view, before, next).is_some() {
        return true;
    }
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

/// A text is wrapped when most of its direct line breaks stand where the next word did not fit, and most of
/// these break a sentence. The width is taken from the long lines; one in twenty may be longer still (an address).
fn wrap_width(view: &View, lines: &[ViewLine]) -> Option<usize> {
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
