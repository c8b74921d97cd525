//! Many patterns at once: anchored walks of one automaton from word starts.
//!
//! A walk from a word finds every key on its path, shorter ones first; what it finds within the word is remembered by
//! the word's type. Most entries ask for nothing but their letters, a word's edge and their capitals, which are bits to
//! compare; the others have [`Conditions`].
//!
//! It must equal a walk through the automaton from the beginning of every word (`Start::Word`), with nothing
//! remembered, and [`Conditions`] at every key.

use super::RejectReason;
use super::conditions::Conditions;
use super::keys::{Keys, Start};
use crate::codebook::pattern::{Compiled, Tail, from_first_letter};
use crate::codebook::{Case, DateRange, Pattern};
use crate::corpus::PartialDate;
use crate::normalise::View;
use crate::segment::{Memo, Token, Tokens};
use crate::span::NormSpan;
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
    keys: Option<Keys>,
    plain: Vec<Plain>,
    entries: Vec<Conditions>,
    /// Entries without a literal beginning, searched for in every sentence.
    searched: Vec<u32>,
}

/// The one question that most entries ask: do the capitals at a hit stand where the entry has them?
#[derive(Debug, Clone, Copy)]
enum Plain {
    /// `window & mask == capitals`, with one bit a byte. Otherwise the entry's conditions decide.
    Capitals { mask: u64, capitals: u64 },
    /// The entry has other conditions.
    No,
}

/// Where the walks from the words of a lexicon begin, as far as they were needed.
#[derive(Debug, Clone, Default)]
pub struct Walks(Memo<Start>);

/// Where a search takes place.
#[derive(Clone, Copy)]
struct SearchIn<'a> {
    view: &'a View,
    sentence: NormSpan,
    date: Option<&'a PartialDate>,
}

impl Matcher {
    /// Compiles the entries; the n-th is entry n in what is found.
    ///
    /// # Errors
    /// The reason why a pattern cannot be used; the codebook parser has refused those already.
    pub fn new(specs: &[MatcherEntry<'_>]) -> Result<Self, String> {
        let (mut entries, mut plain) = (Vec::with_capacity(specs.len()), Vec::with_capacity(specs.len()));
        let mut keys: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        let mut searched = Vec::new();
        for (number, spec) in specs.iter().enumerate() {
            let number = number as u32;
            let spec = &MatcherEntry { pattern: from_first_letter(spec.pattern, spec.kind), ..spec.clone() };
            let compiled = Compiled::new(spec.pattern, spec.kind)?;
            for key in &compiled.keys {
                keys.entry(key.clone()).or_default().push(number);
            }
            if compiled.keys.is_empty() {
                searched.push(number);
            }
            let conditions = Conditions::new(spec, compiled.tail)?;
            plain.push(match conditions.capitals_alone() {
                Some((mask, capitals)) => Plain::Capitals { mask, capitals },
                None => Plain::No,
            });
            entries.push(conditions);
        }
        Ok(Self { keys: Keys::new(&keys)?, plain, entries, searched })
    }

    /// Makes ready for the tokens of an article.
    pub fn prepare(&self, tokens: &Tokens, walks: &mut Walks) {
        if let Some(keys) = &self.keys {
            walks.0.prepare(tokens, keys.identity());
        }
    }

    /// Finds every hit in one sentence, of which `tokens` are the words: matches from each word, shorter before longer,
    /// then what is searched for everywhere. `walks` is prepared for the article.
    pub fn find(
        &self,
        view: &View,
        tokens: &[Token],
        sentence: NormSpan,
        date: Option<&PartialDate>,
        walks: &mut Walks,
        sink: &mut impl FnMut(Found),
    ) {
        let place = SearchIn { view, sentence, date };
        if let Some(keys) = &self.keys {
            let bytes = &view.bytes()[..sentence.end as usize];
            for tokens in tokens.chunks(64) {
                let mut ahead = walks.0.of_interest(tokens);
                while ahead != 0 {
                    let token = &tokens[ahead.trailing_zeros() as usize];
                    ahead &= ahead - 1;
                    let (from, word) = (token.span.start as usize, token.span.len());
                    let start = match walks.0.of(token, || keys.start(view.slice(token.span))) {
                        // A sentence may end before its last word does.
                        Start::Behind { .. } if token.span.end > sentence.end => &Start::Word,
                        start => start,
                    };
                    keys.walk(start, &bytes[from..], word, |length, entries| {
                        self.key_found(NormSpan::new(from, from + length), entries, &place, sink);
                    });
                }
            }
        }
        for number in &self.searched {
            self.search(*number, &place, sink);
        }
    }

    /// A key stands at a span: which of its entries match?
    #[inline]
    fn key_found(&self, key: NormSpan, entries: &[u32], place: &SearchIn<'_>, sink: &mut impl FnMut(Found)) {
        if is_parted(place.view, key) {
            return;
        }
        let is_edge = place.view.is_right_edge(key.end as usize);
        let window = place.view.masks().upper.window(key.start as usize);
        for number in entries {
            match self.plain[*number as usize] {
                Plain::Capitals { .. } if !is_edge => {}
                Plain::Capitals { mask, capitals } if window & mask == capitals => {
                    sink(Found { span: key, entry: *number, refused: None });
                }
                Plain::Capitals { .. } | Plain::No => self.check(*number, key, place, sink),
            }
        }
    }

    /// A key stands at `key`: does the entry match from here, and do its conditions hold?
    fn check(&self, number: u32, key: NormSpan, place: &SearchIn<'_>, sink: &mut impl FnMut(Found)) {
        let &SearchIn { view, sentence, date } = place;
        let entry = &self.entries[number as usize];
        let end = match &entry.tail {
            Tail::Exact => key.end as usize,
            Tail::Letters => letters_end(view, key.end as usize, sentence.end as usize),
            Tail::Regex(expression) => match expression.end(&view.text()[key.start as usize..sentence.end as usize]) {
                Some(end) => key.start as usize + end,
                None => return,
            },
        };
        let span = NormSpan::new(key.start as usize, end);
        if view.is_right_edge(end) && !is_parted(view, span) {
            sink(Found { span, entry: number, refused: entry.refuses(view, span, sentence, date) });
        }
    }

    fn search(&self, number: u32, place: &SearchIn<'_>, sink: &mut impl FnMut(Found)) {
        let &SearchIn { view, sentence, date } = place;
        let entry = &self.entries[number as usize];
        let Tail::Regex(expression) = &entry.tail else { return };
        for (start, end) in expression.each(view.slice(sentence)) {
            let span = NormSpan::new(sentence.start as usize + start, sentence.start as usize + end);
            if !span.is_empty()
                && view.masks().start.get(span.start as usize)
                && view.is_right_edge(span.end as usize)
                && !is_parted(view, span)
            {
                sink(Found { span, entry: number, refused: entry.refuses(view, span, sentence, date) });
            }
        }
    }
}

/// Whether an em dash lies in the span: it separates, so that no phrase goes across it.
#[inline]
fn is_parted(view: &View, span: NormSpan) -> bool {
    view.masks().dash.next(span.start as usize, span.end as usize).is_some()
}

fn letters_end(view: &View, from: usize, end: usize) -> usize {
    let letters = view.text()[from..end].char_indices().find(|(_, c)| !c.is_alphabetic());
    letters.map_or(end, |(offset, _)| from + offset)
}
