//! What an entry asks for beside its letters: capitals, words around it that forbid it, dates.

use super::RejectReason;
use super::guard::Guards;
use super::matcher::MatcherEntry;
use crate::codebook::pattern::{Tail, key_of};
use crate::codebook::{Case, DateRange, Pattern};
use crate::corpus::PartialDate;
use crate::normalise::View;
use crate::span::NormSpan;
use regex::Regex;

#[derive(Debug, Clone)]
pub(super) struct Conditions {
    pub tail: Tail,
    /// Where the capitals stand in a case-sensitive entry.
    capitals: Option<Capitals>,
    is_short_english_word: bool,
    house_style: HouseStyle,
    not_before: Guards,
    not_after: Guards,
    dates: Option<DateRange>,
}

#[derive(Debug, Clone)]
enum Capitals {
    /// One bit a byte of the key.
    At { bits: Vec<u64>, length: usize },
    /// The expression with its own capitals, for the spelling found.
    Spelling(Box<Regex>),
}

/// Whether other capitals than the entry's may be meant. A mask hides one spelling alone (`Guam` is not GUAM).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum HouseStyle {
    Allowed,
    Refused,
}

/// Shorter acronyms are written in capitals everywhere, and shorter names may be other words in capitals.
const MIN_HOUSE_STYLE_BYTES: usize = 4;

/// Aliases of up to three letters that are English words as well: in an all-capitals line they tell nothing.
const SHORT_ENGLISH_WORDS: [&str; 24] = [
    "us", "it", "who", "am", "an", "as", "at", "be", "by", "do", "he", "in", "is", "me", "no", "of", "on", "or", "so",
    "to", "up", "we", "are", "can",
];

impl Conditions {
    pub fn new(spec: &MatcherEntry<'_>, tail: Tail) -> Result<Self, String> {
        let capitals = match (spec.case, spec.kind) {
            (Case::Insensitive, _) => None,
            (Case::Sensitive, Pattern::Regex) => {
                let regex = Regex::new(&format!("^(?:{})$", spec.pattern)).map_err(|error| error.to_string())?;
                Some(Capitals::Spelling(Box::new(regex)))
            }
            (Case::Sensitive, Pattern::Literal | Pattern::Wildcard | Pattern::Mask) => {
                let head = spec.pattern.split('*').next().unwrap_or_default();
                let view = View::of(head.trim());
                let length = view.text().len();
                Some(Capitals::At { bits: view.masks().upper.words()[..length.div_ceil(64)].to_vec(), length })
            }
        };
        let key = key_of(&crate::normalise::fold::fold_key(spec.pattern));
        Ok(Self {
            tail,
            capitals,
            is_short_english_word: SHORT_ENGLISH_WORDS.contains(&key.as_str()),
            house_style: if spec.kind == Pattern::Mask { HouseStyle::Refused } else { HouseStyle::Allowed },
            not_before: Guards::new(spec.not_before),
            not_after: Guards::new(spec.not_after),
            dates: spec.dates.filter(|dates| !dates.is_open()).cloned(),
        })
    }

    /// Mask and bits that the capitals of a hit are compared with, when nothing else is asked. Where they differ,
    /// [`Conditions::refuses`] says whether and why the hit is refused.
    pub fn capitals_alone(&self) -> Option<(u64, u64)> {
        let free = matches!(self.tail, Tail::Exact)
            && !self.is_short_english_word
            && self.not_before.is_empty()
            && self.not_after.is_empty()
            && self.dates.is_none();
        match &self.capitals {
            None if free => Some((0, 0)),
            Some(Capitals::At { bits, length }) if free && *length <= 64 => {
                Some((!0 >> (64 - length), bits.first().copied().unwrap_or(0)))
            }
            Some(Capitals::At { .. } | Capitals::Spelling(_)) | None => None,
        }
    }

    /// Why the entry does not match here, if so.
    pub fn refuses(
        &self,
        view: &View,
        span: NormSpan,
        sentence: NormSpan,
        date: Option<&PartialDate>,
    ) -> Option<RejectReason> {
        if let Some(reason) = self.refuses_case(view, span, sentence) {
            return Some(reason);
        }
        if !self.not_before.is_empty() && self.not_before.forbid_after(view, span.end as usize, sentence) {
            return Some(RejectReason::NotBefore);
        }
        if !self.not_after.is_empty() && self.not_after.forbid_before(view, span.start as usize, sentence) {
            return Some(RejectReason::NotAfter);
        }
        match (&self.dates, date) {
            (Some(dates), Some(date)) if !dates.overlaps(date) => Some(RejectReason::Date),
            _ => None,
        }
    }

    fn refuses_case(&self, view: &View, span: NormSpan, sentence: NormSpan) -> Option<RejectReason> {
        let capitals = self.capitals.as_ref()?;
        let as_written = match capitals {
            Capitals::At { bits, .. } => {
                let in_house_style = || self.house_style == HouseStyle::Allowed && is_in_house_style(view, span, bits);
                has_capitals(view, span, bits) || in_house_style()
            }
            Capitals::Spelling(regex) => regex.is_match(&spelling(view, span)),
        };
        if as_written && !self.is_short_english_word {
            return None;
        }
        let all_capitals = view.is_all_capitals(span) && is_capitals_line(view, sentence);
        match (as_written, all_capitals, self.is_short_english_word) {
            (true, false, _) | (false, true, false) => None,
            (true, true, _) | (false, true, true) => Some(RejectReason::CapitalsLine),
            (false, false, _) => Some(RejectReason::Case),
        }
    }
}

/// Whether the span's capitals stand exactly where the entry has its own. The letters that a wildcard stands for may have no capital.
fn has_capitals(view: &View, span: NormSpan, bits: &[u64]) -> bool {
    (0..span.len().div_ceil(64)).all(|word| {
        let at = span.start as usize + word * 64;
        let left = span.end as usize - at;
        let keep = if left >= 64 { !0 } else { (1u64 << left) - 1 };
        view.masks().upper.window(at) & keep == bits.get(word).copied().unwrap_or(0)
    })
}

/// Whether each word has the entry's capitals or those of a house that writes `Nato` for NATO or `PASHINYAN` for
/// Pashinyan, and some word has.
fn is_in_house_style(view: &View, span: NormSpan, bits: &[u64]) -> bool {
    let wanted = |at: usize| {
        let offset = at - span.start as usize;
        bits.get(offset / 64).is_some_and(|word| word >> (offset % 64) & 1 == 1)
    };
    let upper = &view.masks().upper;
    // Signs between the words, a full stop in `U.S.` among them, have no case.
    view.slice(span)
        .split_inclusive(|c: char| !c.is_alphanumeric())
        .try_fold(span.start as usize, |start, word| {
            let length = word.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
            let letters = || start..start + length;
            let as_written = letters().all(|at| wanted(at) == upper.get(at));
            let is_long = length >= MIN_HOUSE_STYLE_BYTES;
            let first_alone = |is: &dyn Fn(usize) -> bool| is(start) && letters().skip(1).all(|at| !is(at));
            let all = |is: &dyn Fn(usize) -> bool| {
                word.char_indices().take_while(|(at, _)| *at < length).all(|(at, _)| is(start + at))
            };
            let has = |at: usize| upper.get(at);
            let fits = as_written
                || is_long && all(&wanted) && first_alone(&has)
                || is_long && first_alone(&wanted) && all(&has);
            fits.then_some(start + word.len())
        })
        .is_some()
}

fn spelling(view: &View, span: NormSpan) -> String {
    let upper = &view.masks().upper;
    let cased = view.slice(span).char_indices().flat_map(|(at, c)| {
        let capital = upper.get(span.start as usize + at);
        let (large, small) = if capital { (Some(c.to_uppercase()), None) } else { (None, Some(c)) };
        large.into_iter().flatten().chain(small)
    });
    cased.collect()
}

/// A line in capitals has at least two words in capitals and no small letter.
fn is_capitals_line(view: &View, sentence: NormSpan) -> bool {
    view.words_in(sentence) >= 2 && view.is_all_capitals(sentence)
}
