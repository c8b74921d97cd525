//! Place use: a capital stands for its government, except where it is plainly a place.

use super::guard::{next_word, previous_word};
use crate::codebook::{Cue, CueForm, CueKind};
use crate::normalise::View;
use crate::normalise::fold::fold_key;
use crate::span::NormSpan;
use rustc_hash::FxHashSet;

/// How many words may stand between a word of travel and its preposition ("a visit of the two leaders to Tehran").
const TRAVEL_REACH: usize = 6;
/// How many words may stand between a place and the words that introduce its list. No list of prose is longer, and
/// each place of the list looks back over those before it.
const LIST_REACH: usize = 100;

/// The place cues of the codebook, as sets of words.
#[derive(Debug, Clone, Default)]
pub(super) struct PlaceRules {
    prepositions: FxHashSet<String>,
    travel: FxHashSet<String>,
    travel_prepositions: FxHashSet<String>,
    suffixes: FxHashSet<String>,
    list_heads: FxHashSet<String>,
    list_introductions: Vec<Vec<String>>,
}

impl PlaceRules {
    pub fn new(cues: &[Cue]) -> Self {
        let forms = |kind: CueKind| {
            let words = |cue: &Cue| match &cue.form {
                CueForm::Words(words) => words.iter().map(|word| fold_key(word)).collect::<Vec<_>>(),
                CueForm::Regex(_) => Vec::new(),
            };
            cues.iter().filter(move |cue| cue.kind == kind).flat_map(words).collect::<Vec<_>>()
        };
        let set = |kind| forms(kind).into_iter().collect::<FxHashSet<_>>();
        Self {
            prepositions: set(CueKind::PlacePreposition),
            travel: set(CueKind::PlaceTravel),
            travel_prepositions: set(CueKind::PlaceTravelPreposition),
            suffixes: set(CueKind::PlaceSuffix),
            list_heads: set(CueKind::PlaceListHead),
            list_introductions: forms(CueKind::PlaceListIntroduction)
                .iter()
                .map(|phrase| phrase.split(' ').rev().map(str::to_owned).collect())
                .collect(),
        }
    }

    /// Whether the metonym at `span` is only a place.
    pub fn is_place(&self, view: &View, span: NormSpan, sentence: NormSpan) -> bool {
        let start = sentence.start as usize;
        let hyphen = view.bytes().get(span.end as usize) == Some(&b'-');
        if hyphen
            && next_word(view, span.end as usize, sentence.end as usize)
                .is_some_and(|word| self.suffixes.contains(view.slice(word)))
        {
            return true;
        }
        let Some(before) = previous_word(view, start, span.start as usize) else {
            return self.is_listed(view, span, sentence);
        };
        let word = view.slice(before);
        if self.prepositions.contains(word) {
            return true;
        }
        // "visited Tehran", and "visit to Tehran" within reach.
        if self.travel.contains(word) {
            return true;
        }
        if self.travel_prepositions.contains(word) && self.follows_travel(view, before, sentence) {
            return true;
        }
        self.is_listed(view, span, sentence)
    }

    fn follows_travel(&self, view: &View, preposition: NormSpan, sentence: NormSpan) -> bool {
        let mut at = preposition;
        for _ in 0..TRAVEL_REACH {
            let Some(word) = previous_word(view, sentence.start as usize, at.start as usize) else { return false };
            if self.travel.contains(view.slice(word)) {
                return true;
            }
            at = word;
        }
        false
    }

    /// "various Western capitals, including Brussels, Prague and Washington".
    fn is_listed(&self, view: &View, span: NormSpan, sentence: NormSpan) -> bool {
        let starts = &view.masks().start;
        let mut at = span.start as usize;
        let mut before = std::iter::from_fn(|| {
            at = starts.previous(sentence.start as usize, at)?;
            Some(view.word_at(at))
        });
        // Back over the items: capitalised words and the words between them.
        let is_item =
            |word: &NormSpan| view.masks().upper.get(word.start as usize) || matches!(view.slice(*word), "and" | "or");
        let Some(last) = before.by_ref().take(LIST_REACH).find(|word| !is_item(word)) else { return false };
        let last = view.slice(last);
        if !self.list_introductions.iter().any(|introduction| introduction.first().is_some_and(|word| word == last)) {
            return false;
        }
        let texts: Vec<&str> = std::iter::once(last).chain(before.take(7).map(|word| view.slice(word))).collect();
        self.list_introductions.iter().any(|introduction| {
            texts.len() > introduction.len()
                && introduction.iter().zip(&texts).all(|(expected, text)| expected == text)
                && texts[introduction.len()..].iter().take(3).any(|text| self.list_heads.contains(*text))
        })
    }
}
