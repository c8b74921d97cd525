//! Posts of social networks that a page shows in its text: "We go on. — Orlo Benn (@orlobenn) May 8, 2022".
//!
//! What stands before the signature is its writer's, up to the beginning of the paragraph or, where a page has glued the post
//! to the sentence before it, to that place; but no more than a post may hold.

use super::quotations::{Quotation, WHOLE_SENTENCE_WORDS};
use crate::normalise::View;
use crate::segment::Sentence;
use crate::span::NormSpan;

/// The beginning of an account's name in a signature.
pub(super) const ACCOUNT: &str = "(@";
const LONGEST_POST_BYTES: usize = 300;
/// A signature has so many bytes before the account.
const LONGEST_NAME_BYTES: usize = 60;
/// "(@orlobenn) September 30, 2022": its date ends within so many bytes.
const LONGEST_DATE_BYTES: usize = 45;

/// Gives the posts of one paragraph to `found`.
pub(super) fn read(view: &View, sentences: &[Sentence], mut found: impl FnMut(Quotation)) {
    let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else { return };
    let (mut from, end) = (first.span.start as usize, last.span.end as usize);
    // Where the signature before ends: another post may begin there.
    let mut behind = None;
    while let Some(account) = view.text()[from..end].find(ACCOUNT).map(|at| from + at) {
        let dash = view.text()[from..account].rfind("- ").map(|at| from + at);
        // not "- follow him on his page (@orlobenn)"
        let masks = view.masks();
        let small = |word: usize| view.bytes()[word].is_ascii_alphabetic() && !masks.upper.get(word);
        if let Some(dash) = dash.filter(|dash| account - dash <= LONGEST_NAME_BYTES && !small(dash + 2)) {
            let earliest = from.max(dash.saturating_sub(LONGEST_POST_BYTES));
            let near = sentences.partition_point(|sentence| (sentence.span.start as usize) < earliest);
            let starts = sentences[near..].iter().map(|sentence| sentence.span.start as usize);
            let starts = behind.filter(|behind| *behind >= earliest).into_iter().chain(starts);
            let starts: Vec<usize> = starts.take_while(|start| *start < dash).collect();
            let glued = |start: &&usize| **start > 0 && !view.bytes()[*start - 1].is_ascii_whitespace();
            if let Some(start) = starts.iter().rfind(glued).or(starts.first()) {
                let span = NormSpan::new(*start, start + view.text()[*start..dash].trim_end().len());
                let words = view.words_in(span) as u32;
                if words > 0 {
                    found(Quotation { span, words: words.max(WHOLE_SENTENCE_WORDS) });
                }
            }
        }
        behind = end_of_date(view, account, end);
        from = behind.unwrap_or(account + ACCOUNT.len());
    }
}

/// Where the year of a signature ends.
fn end_of_date(view: &View, account: usize, end: usize) -> Option<usize> {
    let bytes = &view.bytes()[account..end.min(account + LONGEST_DATE_BYTES)];
    let year = |at: &usize| bytes[*at..*at + 4].iter().all(u8::is_ascii_digit) && bytes[at - 1] == b' ';
    (1..bytes.len().saturating_sub(3)).find(year).map(|at| account + at + 4)
}
