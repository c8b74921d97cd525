//! Many patterns at once: anchored walks of one aho-corasick automaton from word starts.
//!
//! At each word start a filter of a few kilobytes tells whether any pattern can begin with this word; a walk from
//! there meets every key on its path, shorter ones first. The automaton is `aho_corasick`'s contiguous NFA driven by
//! hand, since a search of its own would stop at the first leftmost-longest match and so lose `phonebook` to
//! `the phone`.

use super::RejectReason;
use super::guard::Guards;
use super::pattern::{Compiled, Tail, key_of};
use crate::codebook::{Case, DateRange, Pattern};
use crate::corpus::PartialDate;
use crate::normalise::View;
use crate::span::NormSpan;
use aho_corasick::automaton::Automaton;
use aho_corasick::nfa::{contiguous, noncontiguous};
use aho_corasick::{Anchored, MatchKind};
use regex::Regex;
use std::collections::BTreeMap;

/// A pattern with its conditions, as the codebook has it.
#[derive(Debug, Clone)]
pub struct MatcherEntry<'a> {
    pub pattern: &'a str,
    pub kind: Pattern,
    pub case: Case,
    pub not_before: &'a [String],
    pub not_after: &'a [String],
    pub dates: Option<&'a DateRange>,
}

/// A hit, or a hit that a condition refused. `entry` is the number of the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    pub span: NormSpan,
    pub entry: u32,
    pub refused: Option<RejectReason>,
}

#[derive(Debug, Clone)]
pub struct Matcher {
    automaton: Option<contiguous::NFA>,
    filter: Filter,
    /// Entries of each key, as a range of `key_entries`.
    key_ranges: Vec<(u32, u32)>,
    key_entries: Vec<u32>,
    key_lengths: Vec<u32>,
    entries: Vec<Conditions>,
    /// Entries without a literal beginning, searched for in every sentence.
    searched: Vec<u32>,
}

#[derive(Debug, Clone)]
struct Conditions {
    tail: Tail,
    /// Where the capitals stand in a case-sensitive entry.
    capitals: Option<Capitals>,
    short_english_word: ShortWord,
    not_before: Guards,
    not_after: Guards,
    dates: Option<DateRange>,
}

#[derive(Debug, Clone)]
enum Capitals {
    /// One bit a byte of the key.
    At(Vec<u64>),
    /// The expression with its own capitals, for the spelling found.
    Spelling(Box<Regex>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ShortWord {
    Yes,
    No,
}

/// Aliases of up to three letters that are English words as well: in an all-capitals line they tell nothing.
const SHORT_ENGLISH_WORDS: [&str; 24] = [
    "us", "it", "who", "am", "an", "as", "at", "be", "by", "do", "he", "in", "is", "me", "no", "of", "on", "or", "so",
    "to", "up", "we", "are", "can",
];

impl Matcher {
    /// Compiles the entries; the n-th is entry n in what is found.
    ///
    /// # Errors
    /// The reason why a pattern cannot be used; the codebook parser has refused those already.
    pub fn new(specs: &[MatcherEntry<'_>]) -> Result<Self, String> {
        let mut entries = Vec::with_capacity(specs.len());
        let mut keys: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut filter = Filter::default();
        let mut searched = Vec::new();
        for (number, spec) in specs.iter().enumerate() {
            let number = number as u32;
            let compiled = Compiled::new(spec.pattern, spec.kind)?;
            for key in &compiled.keys {
                keys.entry(key.clone()).or_default().push(number);
                filter.add(key, &compiled.tail);
            }
            if compiled.keys.is_empty() {
                searched.push(number);
            }
            entries.push(Conditions::new(spec, compiled)?);
        }
        let (mut key_ranges, mut key_entries, mut key_lengths) = (Vec::new(), Vec::new(), Vec::new());
        for (key, owners) in &keys {
            key_ranges.push((key_entries.len() as u32, (key_entries.len() + owners.len()) as u32));
            key_entries.extend(owners);
            key_lengths.push(key.len() as u32);
        }
        let automaton = if keys.is_empty() {
            None
        } else {
            let sparse = noncontiguous::Builder::new().match_kind(MatchKind::Standard).build(keys.keys());
            let dense =
                sparse.and_then(|sparse| contiguous::Builder::new().dense_depth(3).build_from_noncontiguous(&sparse));
            Some(dense.map_err(|error| error.to_string())?)
        };
        Ok(Self { automaton, filter, key_ranges, key_entries, key_lengths, entries, searched })
    }

    /// Finds every hit in one sentence: matches from each word start, shorter before longer, then what is searched
    /// for everywhere.
    pub fn find(&self, view: &View, sentence: NormSpan, date: Option<&PartialDate>, sink: &mut impl FnMut(Found)) {
        if let Some(automaton) = &self.automaton
            && let Ok(root) = automaton.start_state(Anchored::Yes)
        {
            for start in view.masks().start.iter(sentence.start as usize, sentence.end as usize) {
                if self.filter.lets_pass(view, start) {
                    self.walk(automaton, root, view, start, sentence, date, sink);
                }
            }
        }
        for number in &self.searched {
            self.search(*number, view, sentence, date, sink);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the loop's state, kept in registers")]
    fn walk(
        &self,
        automaton: &contiguous::NFA,
        root: aho_corasick::automaton::StateID,
        view: &View,
        start: usize,
        sentence: NormSpan,
        date: Option<&PartialDate>,
        sink: &mut impl FnMut(Found),
    ) {
        let mut state = root;
        for (at, byte) in (start..).zip(&view.bytes()[start..sentence.end as usize]) {
            let byte = if *byte == b'-' { b' ' } else { *byte };
            state = automaton.next_state(Anchored::Yes, state, byte);
            if !automaton.is_special(state) {
                continue;
            }
            if automaton.is_dead(state) {
                return;
            }
            if automaton.is_match(state) {
                let depth = (at + 1 - start) as u32;
                for index in 0..automaton.match_len(state) {
                    let key = automaton.match_pattern(state, index).as_usize();
                    if self.key_lengths[key] == depth {
                        let (from, to) = self.key_ranges[key];
                        for number in &self.key_entries[from as usize..to as usize] {
                            self.check(*number, view, NormSpan::new(start, at + 1), sentence, date, sink);
                        }
                    }
                }
            }
        }
    }

    /// A key stands at `key`: does the entry match from here, and do its conditions hold?
    fn check(
        &self,
        number: u32,
        view: &View,
        key: NormSpan,
        sentence: NormSpan,
        date: Option<&PartialDate>,
        sink: &mut impl FnMut(Found),
    ) {
        let entry = &self.entries[number as usize];
        let end = match &entry.tail {
            Tail::Exact => key.end as usize,
            Tail::Letters => letters_end(view, key.end as usize, sentence.end as usize),
            Tail::Regex(regex) => match regex.find(&view.text()[key.start as usize..sentence.end as usize]) {
                Some(found) => key.start as usize + found.end(),
                None => return,
            },
        };
        if view.is_right_edge(end) {
            let span = NormSpan::new(key.start as usize, end);
            sink(Found { span, entry: number, refused: entry.refuses(view, span, sentence, date) });
        }
    }

    fn search(
        &self,
        number: u32,
        view: &View,
        sentence: NormSpan,
        date: Option<&PartialDate>,
        sink: &mut impl FnMut(Found),
    ) {
        let entry = &self.entries[number as usize];
        let Tail::Regex(regex) = &entry.tail else { return };
        for found in regex.find_iter(view.slice(sentence)) {
            let span = NormSpan::new(sentence.start as usize + found.start(), sentence.start as usize + found.end());
            if !span.is_empty() && view.masks().start.get(span.start as usize) && view.is_right_edge(span.end as usize)
            {
                sink(Found { span, entry: number, refused: entry.refuses(view, span, sentence, date) });
            }
        }
    }
}

fn letters_end(view: &View, from: usize, end: usize) -> usize {
    let letters = view.text()[from..end].char_indices().find(|(_, c)| !c.is_alphabetic());
    letters.map_or(end, |(offset, _)| from + offset)
}

impl Conditions {
    fn new(spec: &MatcherEntry<'_>, compiled: Compiled) -> Result<Self, String> {
        let capitals = match (spec.case, spec.kind) {
            (Case::Insensitive, _) => None,
            (Case::Sensitive, Pattern::Regex) => {
                let regex = Regex::new(&format!("^(?:{})$", spec.pattern)).map_err(|error| error.to_string())?;
                Some(Capitals::Spelling(Box::new(regex)))
            }
            (Case::Sensitive, Pattern::Literal | Pattern::Wildcard | Pattern::Mask) => {
                let head = spec.pattern.split('*').next().unwrap_or_default();
                let view = View::of(head.trim());
                Some(Capitals::At(view.masks().upper.words()[..view.text().len().div_ceil(64)].to_vec()))
            }
        };
        let key = key_of(&crate::normalise::fold::fold_key(spec.pattern));
        let short = key.len() <= 3 && SHORT_ENGLISH_WORDS.contains(&key.as_str());
        Ok(Self {
            tail: compiled.tail,
            capitals,
            short_english_word: if short { ShortWord::Yes } else { ShortWord::No },
            not_before: Guards::new(spec.not_before),
            not_after: Guards::new(spec.not_after),
            dates: spec.dates.filter(|dates| !dates.is_open()).cloned(),
        })
    }

    fn refuses(
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
            Capitals::At(bits) => has_capitals(view, span, bits),
            Capitals::Spelling(regex) => regex.is_match(&spelling(view, span)),
        };
        if as_written && self.short_english_word == ShortWord::No {
            return None;
        }
        let all_capitals = view.is_all_capitals(span) && is_capitals_line(view, sentence);
        match (as_written, all_capitals, self.short_english_word) {
            (true, false, _) | (false, true, ShortWord::No) => None,
            (true, true, _) | (false, true, ShortWord::Yes) => Some(RejectReason::CapitalsLine),
            (false, false, _) => Some(RejectReason::Case),
        }
    }
}

/// Whether the span's capitals stand exactly where the entry has its own. A tail of free letters may hold none.
fn has_capitals(view: &View, span: NormSpan, bits: &[u64]) -> bool {
    (0..span.len().div_ceil(64)).all(|word| {
        let at = span.start as usize + word * 64;
        let left = span.end as usize - at;
        let keep = if left >= 64 { !0 } else { (1u64 << left) - 1 };
        view.masks().upper.window(at) & keep == bits.get(word).copied().unwrap_or(0)
    })
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

/// Tells at a word start, by the hash of the word's letters, whether any key may begin there.
#[derive(Debug, Clone)]
struct Filter {
    /// By the whole first word (up to eight bytes).
    words: Vec<u64>,
    /// By the first three bytes, for keys that end inside a word.
    stems: Vec<u64>,
}

const FILTER_BITS: u32 = 16;

impl Default for Filter {
    fn default() -> Self {
        let words = vec![0; 1 << (FILTER_BITS - 6)];
        Self { stems: words.clone(), words }
    }
}

impl Filter {
    fn add(&mut self, key: &str, tail: &Tail) {
        let bytes = key.as_bytes();
        let run = key.char_indices().find(|(_, c)| !c.is_alphanumeric()).map_or(bytes.len(), |(at, _)| at);
        let whole = run < bytes.len() || matches!(tail, Tail::Exact);
        let (table, slot) = if whole {
            (&mut self.words, slot(head(bytes, run)))
        } else {
            (&mut self.stems, slot(head(bytes, run.min(3))))
        };
        table[slot / 64] |= 1 << (slot % 64);
    }

    fn lets_pass(&self, view: &View, start: usize) -> bool {
        let run = (!view.masks().alnum.window(start)).trailing_zeros() as usize;
        let bytes = &view.bytes()[start..];
        let word = slot(head(bytes, run));
        let stem = slot(head(bytes, run.min(3)));
        (self.words[word / 64] >> (word % 64) | self.stems[stem / 64] >> (stem % 64)) & 1 == 1
    }
}

/// The first `run` bytes, eight at most, as a number.
fn head(bytes: &[u8], run: usize) -> u64 {
    let run = run.min(8);
    match bytes.first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight) & (!0u64).checked_shr(64 - 8 * run as u32).unwrap_or(0),
        None => bytes.iter().take(run).rev().fold(0, |head, byte| head << 8 | u64::from(*byte)),
    }
}

fn slot(head: u64) -> usize {
    (head.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - FILTER_BITS)) as usize
}
