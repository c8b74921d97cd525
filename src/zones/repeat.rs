//! Paragraphs that stand again inside a longer one, found in one pass over the text.
//!
//! The sought texts are sorted; those that begin at a place are the predecessor of the text there, in that order, and
//! the sought texts that are beginnings of it. A bitmap over sixteen of the first bytes keeps nearly all places away
//! from the search, so that the time is linear however many short lines an article has.
//!
//! It must equal a search for each sought text in each longer paragraph; the test compares them.

use super::lines::Paragraph;
use crate::normalise::View;
use crate::span::NormSpan;

/// Shorter paragraphs are not taken for pull quotes.
const MIN_WORDS: usize = 6;
/// The bytes that the bitmap distinguishes: six words take eleven at least; more than these add little.
const KEY_BYTES: std::ops::RangeInclusive<usize> = 11..=24;

/// For each paragraph whether it stands again, word for word, inside a longer one. Only paragraphs for which `is_text`
/// holds are sought or searched.
pub(super) fn repeated_inside(view: &View, paragraphs: &[Paragraph], is_text: impl Fn(usize) -> bool) -> Vec<usize> {
    let longest = (0..paragraphs.len()).filter(|i| is_text(*i)).map(|i| paragraphs[i].words).max().unwrap_or(0);
    let wanted = |i: &usize| is_text(*i) && (MIN_WORDS..longest).contains(&paragraphs[*i].words);
    let mut needles: Vec<(&[u8], usize)> = (0..paragraphs.len())
        .filter(wanted)
        .filter_map(|i| Some((view.slice(core(view, paragraphs[i].span)?).as_bytes(), i)))
        .filter(|(text, _)| text.len() >= *KEY_BYTES.start())
        .collect();
    if needles.is_empty() {
        return Vec::new();
    }
    needles.sort_unstable();
    let mut sought = Sought::new(&needles, paragraphs);
    let shortest = sought.texts.iter().map(|text| text.words).min().unwrap_or(0);
    for (i, host) in paragraphs.iter().enumerate() {
        if host.words > shortest && is_text(i) {
            sought.search(view, *host);
        }
    }
    let found = |(text, _): &&(&[u8], usize)| sought.is_found(text);
    let mut repeated: Vec<usize> = needles.iter().filter(found).map(|(_, i)| *i).collect();
    repeated.sort_unstable();
    repeated
}

/// The paragraph from its first word to its last: quotation marks and the full stop around it do not matter.
fn core(view: &View, span: NormSpan) -> Option<NormSpan> {
    let (start, end) = (span.start as usize, span.end as usize);
    let first = view.masks().start.next(start, end)?;
    let last = view.masks().word.previous(first, end)?;
    Some(NormSpan::new(first, last + 1))
}

struct RepeatText<'v> {
    bytes: &'v [u8],
    words: usize,
    /// The longest sought text that is a beginning of this one.
    beginning: Option<usize>,
    found: bool,
}

struct Sought<'v> {
    /// Sorted, each once.
    texts: Vec<RepeatText<'v>>,
    filter: Vec<u64>,
    shift: u32,
    /// How many first bytes the filter looks at: no sought text is shorter.
    reach: usize,
}

impl<'v> Sought<'v> {
    fn new(needles: &[(&'v [u8], usize)], paragraphs: &[Paragraph]) -> Self {
        let mut texts: Vec<RepeatText<'v>> = Vec::with_capacity(needles.len());
        for (bytes, paragraph) in needles {
            let mut beginning = texts.len().checked_sub(1);
            while let Some(at) = beginning {
                if bytes.starts_with(texts[at].bytes) {
                    break;
                }
                beginning = texts[at].beginning;
            }
            if beginning.is_none_or(|at| texts[at].bytes != *bytes) {
                texts.push(RepeatText { bytes, words: paragraphs[*paragraph].words, beginning, found: false });
            }
        }
        let bits = (texts.len() * 16).next_power_of_two().clamp(1 << 10, 1 << 24);
        let shift = 64 - bits.trailing_zeros();
        let reach = texts.iter().map(|text| text.bytes.len()).min().unwrap_or(0).min(*KEY_BYTES.end());
        let mut filter = vec![0u64; bits / 64];
        for text in &texts {
            if let Some(hash) = hash(text.bytes, 0, reach) {
                let bit = (hash >> shift) as usize;
                filter[bit / 64] |= 1 << (bit % 64);
            }
        }
        Self { texts, filter, shift, reach }
    }

    fn search(&mut self, view: &View, host: Paragraph) {
        let (start, end) = (host.span.start as usize, host.span.end as usize);
        let bytes = &view.bytes()[..end];
        for at in (start..end).step_by(64) {
            // The words that begin in the next 64 bytes; beyond the end of the paragraph there is no key.
            let mut starts = view.masks().start.window(at);
            while starts != 0 {
                let place = at + starts.trailing_zeros() as usize;
                starts &= starts - 1;
                let Some(hash) = hash(bytes, place, self.reach) else { break };
                let bit = (hash >> self.shift) as usize;
                if self.filter[bit / 64] >> (bit % 64) & 1 == 1 {
                    self.look_at(view, host, place);
                }
            }
        }
    }

    fn look_at(&mut self, view: &View, host: Paragraph, at: usize) {
        let here = &view.bytes()[at..host.span.end as usize];
        let mut candidate = self.texts.partition_point(|text| text.bytes <= here).checked_sub(1);
        while let Some(index) = candidate {
            let text = &mut self.texts[index];
            candidate = text.beginning;
            if text.found {
                // Whatever begins it was found with it.
                break;
            }
            let end = at + text.bytes.len();
            let is_cut = view.masks().word.get(end) && !view.masks().start.get(end);
            text.found = host.words > text.words && here.starts_with(text.bytes) && !is_cut;
        }
    }

    fn is_found(&self, bytes: &[u8]) -> bool {
        self.texts.binary_search_by(|text| text.bytes.cmp(bytes)).is_ok_and(|at| self.texts[at].found)
    }
}

/// Mixes the first and the last eight of `reach` bytes.
fn hash(bytes: &[u8], at: usize, reach: usize) -> Option<u64> {
    let all = bytes.get(at..at + reach)?;
    let first: [u8; 8] = *all.first_chunk()?;
    let last: [u8; 8] = *all.last_chunk()?;
    let mixed = u64::from_le_bytes(first).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ u64::from_le_bytes(last);
    Some(mixed.wrapping_mul(0xD6E8_FEB8_6659_FD93))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zones::lines;
    use proptest::prelude::*;

    fn repeated(raw: &str) -> Vec<usize> {
        let mut view = View::of(raw);
        let paragraphs = lines::paragraphs(&mut view, &crate::zones::KnownWords::default());
        repeated_inside(&view, &paragraphs, |_| true)
    }

    #[test]
    fn a_paragraph_repeated_inside_a_longer_one_is_found() {
        let host = "In response, the town of stone kept its own counsel again, and so did we.";
        for (line, found) in [
            ("The town of stone kept its own counsel", true),
            ("“The town of stone kept its own counsel.”", true),
            ("The town of stone kept its own counsels", false),
            ("The town of stone kept its own coun", false),
            ("Town of stone kept its", false),
            ("In response, the town of stone kept its own counsel again, and so did we.", false),
        ] {
            let expected: Vec<usize> = if found { vec![0] } else { vec![] };
            assert_eq!(repeated(&format!("{line}\n\n{host}")), expected, "{line}");
        }
    }

    #[test]
    fn beginnings_of_beginnings_are_found_too() {
        assert_eq!(
            repeated("a b c d e f\n\na b c d e f g\n\na b c d e f h\n\na b c d e f\n\nx a b c d e f g z"),
            [0, 1, 3]
        );
    }

    proptest! {
        #[test]
        fn the_search_agrees_with_a_plain_one(lines in proptest::collection::vec("[ab]( [abc]){5,9}", 1..12)) {
            let raw = lines.join("\n\n");
            let words = |line: &str| line.split(' ').count();
            let plain: Vec<usize> = (0..lines.len())
                .filter(|i| {
                    let needle = format!(" {} ", lines[*i]);
                    lines.iter().any(|host| words(host) > words(&lines[*i]) && format!(" {host} ").contains(&needle))
                })
                .collect();
            prop_assert_eq!(repeated(&raw), plain);
        }
    }
}
