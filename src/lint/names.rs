//! Capitalised names that the codebook does not know: candidates for new entries.

use super::COMMON;
use crate::codebook::{AliasKind, Case, Codebook, Pattern};
use crate::coded::Coded;
use crate::error::{Error, Result};
use crate::inspect::one_line;
use crate::ledger::Places;
use crate::normalise::Zone;
use crate::segment::{AbbreviationKind, Sentence};
use crate::span::NormSpan;
use crate::tag::{Found, Matcher, MatcherEntry, Walks};
use std::collections::{BTreeMap, HashSet};

/// A name that no entry knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownName {
    pub name: String,
    pub n: u64,
    pub articles: u64,
    /// `path:line` of the first one.
    pub place: String,
    /// The words around the first one.
    pub example: String,
}

/// Capitalised words that are no names.
const NO_NAMES: [&str; 23] = [
    "i",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "english",
    "christmas",
    "easter",
];
/// Bytes of text on either side of an example.
const CONTEXT: usize = 40;

/// Collects candidates, article by article.
#[derive(Debug)]
pub struct Candidates {
    masks: Matcher,
    walks: Walks,
    titles: HashSet<String>,
    common: HashSet<&'static str>,
    found: BTreeMap<String, UnknownName>,
}

impl Candidates {
    /// # Errors
    /// A mask that cannot be compiled; a parsed codebook has none.
    pub fn new(codebook: &Codebook) -> Result<Self> {
        let masks: Vec<MatcherEntry<'_>> = codebook
            .aliases
            .iter()
            .filter(|alias| alias.kind == AliasKind::Mask)
            .map(|alias| MatcherEntry {
                pattern: &alias.alias,
                kind: Pattern::Literal,
                case: Case::Insensitive,
                not_before: &[],
                not_after: &[],
                dates: None,
            })
            .collect();
        let title = |kind: AbbreviationKind| matches!(kind, AbbreviationKind::Title | AbbreviationKind::Month);
        Ok(Self {
            masks: Matcher::new(&masks).map_err(Error::Usage)?,
            walks: Walks::default(),
            titles: codebook
                .abbreviations
                .iter()
                .filter(|row| title(row.kind))
                .map(|row| row.abbreviation.trim_end_matches('.').to_lowercase())
                .collect(),
            common: COMMON.split_whitespace().collect(),
            found: BTreeMap::new(),
        })
    }

    /// Takes the counted sentences of an article.
    pub fn read(&mut self, coded: &Coded<'_>) {
        let article = coded.article;
        let mut counted: HashSet<String> = HashSet::new();
        let mut places = Places::new(&article.raw);
        self.masks.prepare(coded.tokens, &mut self.walks);
        for (number, sentence) in coded.sentences.iter().enumerate() {
            // Titles have capitals that make no name.
            let is_title = matches!(coded.zone_of(sentence), Zone::Headline | Zone::Heading);
            if is_title || coded.view.is_all_capitals(sentence.span) {
                continue;
            }
            let known = self.known(coded, sentence, number as u32);
            for run in self.runs(coded, sentence, &known) {
                let bytes = coded.view.raw_span(run);
                let name = one_line(&article.raw[bytes.range()]);
                let line = places.line(bytes);
                let candidate = self.found.entry(name.clone()).or_insert_with(|| UnknownName {
                    n: 0,
                    articles: 0,
                    place: format!("{}:{line}", article.path),
                    example: around(&article.raw, bytes.range()),
                    name: name.clone(),
                });
                candidate.n += 1;
                candidate.articles += u64::from(counted.insert(name));
            }
        }
    }

    /// Most frequent first, then by name.
    pub fn finish(self) -> Vec<UnknownName> {
        let mut all: Vec<UnknownName> = self.found.into_values().collect();
        all.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.name.cmp(&b.name)));
        all
    }

    /// What the codebook knows of in a sentence: hits, refused ones, masks.
    fn known(&mut self, coded: &Coded<'_>, sentence: &Sentence, number: u32) -> Vec<NormSpan> {
        let mut known: Vec<NormSpan> = coded
            .mentions
            .iter()
            .filter(|mention| mention.sentence == number)
            .map(|mention| mention.span)
            .chain(coded.rejected.iter().filter(|hit| hit.sentence == number).map(|hit| hit.span))
            .collect();
        let words = coded.tokens.of(sentence.span);
        let sink = &mut |hit: Found| known.push(hit.span);
        self.masks.find(coded.view, words, sentence.span, None, &mut self.walks, sink);
        known
    }

    /// Runs of unknown capitalised words. The first word of a sentence has a capital of its own and says nothing;
    /// what stands before a known name (a title, a first name) belongs to it.
    fn runs(&self, coded: &Coded<'_>, sentence: &Sentence, known: &[NormSpan]) -> Vec<NormSpan> {
        let view = coded.view;
        let is_known = |word: NormSpan| known.iter().any(|span| span.start < word.end && word.start < span.end);
        let is_name = |word: NormSpan| {
            let text = view.slice(word);
            view.masks().upper.get(word.start as usize)
                && word.len() > 1
                && !NO_NAMES.contains(&text)
                && !self.titles.contains(text)
        };
        let joined = |a: NormSpan, b: NormSpan| matches!(&view.text()[a.end as usize..b.start as usize], " " | "-");
        let mut runs: Vec<NormSpan> = Vec::new();
        let mut open: Option<NormSpan> = None;
        for (at, word) in view.words(sentence.span).enumerate() {
            if is_known(word) {
                if let Some(run) = open.take()
                    && !joined(run, word)
                {
                    runs.push(run);
                }
            } else if at > 0 && is_name(word) {
                open = match open {
                    Some(run) if joined(run, word) => Some(NormSpan::new(run.start as usize, word.end as usize)),
                    Some(run) => {
                        runs.push(run);
                        Some(word)
                    }
                    None => Some(word),
                };
            } else {
                runs.extend(open.take());
            }
        }
        runs.extend(open);
        // A capital by itself does not make a name of "The" or "We", as after a dateline or inside a quotation.
        let is_common = |run: &NormSpan| self.common.contains(view.slice(*run));
        runs.into_iter().map(|run| without_possessive(view.slice(run), run)).filter(|run| !is_common(run)).collect()
    }
}

fn without_possessive(text: &str, span: NormSpan) -> NormSpan {
    match text.strip_suffix("'s") {
        Some(stem) => NormSpan::new(span.start as usize, span.start as usize + stem.len()),
        None => span,
    }
}

fn around(raw: &str, hit: std::ops::Range<usize>) -> String {
    let floor = |mut at: usize| {
        while !raw.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (floor(hit.start.saturating_sub(CONTEXT)), floor((hit.end + CONTEXT).min(raw.len())));
    one_line(&raw[start..end]).trim().to_owned()
}
