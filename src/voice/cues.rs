//! The cues of the codebook, compiled: which of them stand in a sentence.

use super::grammar::Function;
use super::lexicon::{Lexicon, WordClass};
use crate::codebook::{Case, Cue, CueForm, CueKind, CueScope, Pattern, Stance, Strength};
use crate::error::{Error, Result};
use crate::id::Identity;
use crate::normalise::View;
use crate::normalise::fold::fold_key;
use crate::segment::{Memo, Token, Tokens};
use crate::span::NormSpan;
use crate::tag::{Found, Matcher, MatcherEntry, Walks};
use std::cmp::Reverse;

/// A verb of speech this far behind a dash closes speech.
const WORDS_BEFORE_SAID: usize = 12;

/// A cue in a sentence; `first` and `last` are indices of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CueAt {
    pub span: NormSpan,
    pub first: u16,
    pub last: u16,
    pub kind: CueKind,
    pub scope: CueScope,
    pub strength: Strength,
    pub stance: Stance,
}

/// A set of kinds of cues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct CueKinds(u64);

impl CueKinds {
    /// Verbs by which somebody says, thinks, names, demands or denies something.
    pub const VERBS_OF_SPEECH: Self = {
        let mut kinds = Self(0);
        let mut index = 0;
        while index < CueKind::NAMES.len() {
            let kind = CueKind::NAMES[index].1;
            if kind.is_verb_of_speech() {
                kinds = kinds.with(kind);
            }
            index += 1;
        }
        kinds
    };

    pub const fn with(self, kind: CueKind) -> Self {
        Self(self.0 | 1 << kind as u32)
    }

    pub fn has(self, kind: CueKind) -> bool {
        self.has_any(Self(0).with(kind))
    }

    pub fn has_any(self, kinds: Self) -> bool {
        self.0 & kinds.0 != 0
    }
}

#[derive(Debug, Clone)]
pub(super) struct CueBook {
    /// Forms of fixed words.
    lexicon: Lexicon,
    /// Wildcards and regular expressions, if there are any, with the number of each.
    patterns: Option<(Matcher, Vec<u32>)>,
    /// What each form is.
    facts: Vec<(CueKind, CueScope, Strength, Stance)>,
    identity: Identity,
}

/// What the cue book knows of the types of a lexicon.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    classes: Memo<WordClass>,
    walks: Walks,
}

impl CueBook {
    /// # Errors
    /// A form that does not compile; a parsed codebook has none.
    pub fn new(cues: &[Cue]) -> Result<Self> {
        let (mut words, mut entries, mut numbers, mut facts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for cue in cues.iter().filter(|cue| !cue.kind.is_place()) {
            let forms = match &cue.form {
                CueForm::Words(words) => words.iter().map(|word| (word.as_str(), Pattern::Wildcard)).collect(),
                CueForm::Regex(regex) => vec![(regex.as_str(), Pattern::Regex)],
            };
            for (pattern, kind) in forms {
                let number = facts.len() as u32;
                facts.push((cue.kind, cue.scope, cue.strength, cue.stance));
                let folded = fold_key(pattern).replace('-', " ");
                let fixed = folded.starts_with(char::is_alphanumeric) && !folded.contains('*');
                if kind == Pattern::Wildcard && fixed {
                    words.push((folded, number));
                } else {
                    let case = Case::Insensitive;
                    entries.push(MatcherEntry { pattern, kind, case, not_before: &[], not_after: &[], dates: None });
                    numbers.push(number);
                }
            }
        }
        let patterns =
            if entries.is_empty() { None } else { Some((Matcher::new(&entries).map_err(Error::Usage)?, numbers)) };
        let lexicon = Lexicon::new(words.iter().map(|(word, number)| (word.as_str(), *number)));
        Ok(Self { lexicon, patterns, facts, identity: Identity::default() })
    }

    /// Whether a verb of speech stands among the first words of a span, and what stands before it can be its subject:
    /// "said Doe", "the head of Norland's army said", not "as Doe said".
    pub fn says(&self, view: &View, span: NormSpan) -> bool {
        let text = &view.bytes()[..span.end as usize];
        let pause = text[span.start as usize..].iter().position(|byte| b",;:?!".contains(byte));
        let span = NormSpan::new(span.start as usize, pause.map_or(text.len(), |at| span.start as usize + at));
        for word in view.words(span).take(WORDS_BEFORE_SAID) {
            let class = self.lexicon.class(view.slice(word));
            let mut says = false;
            self.lexicon.forms(&class, &text[word.start as usize..], |form, _| {
                says |= CueKinds::VERBS_OF_SPEECH.has(self.facts[form as usize].0);
            });
            if says {
                return true;
            }
            let is_subject = !matches!(
                class.function,
                Function::As | Function::That | Function::And | Function::Relative | Function::Subordinator
            );
            if !is_subject {
                return false;
            }
        }
        false
    }

    /// Makes ready for the tokens of an article.
    pub fn prepare(&self, tokens: &Tokens, known: &mut Known) {
        known.classes.prepare(tokens, &self.identity);
        if let Some((matcher, _)) = &self.patterns {
            matcher.prepare(tokens, &mut known.walks);
        }
    }

    /// The class of a word of a sentence; the forms that begin with it are added to `found`.
    #[inline]
    pub fn read_word(
        &self,
        view: &View,
        token: &Token,
        sentence: NormSpan,
        known: &mut Known,
        found: &mut Vec<Found>,
    ) -> Function {
        let class = known.classes.of(token, || self.lexicon.class(view.slice(token.span)));
        let start = token.span.start as usize;
        // A sentence may end before its last word does.
        let text = view.bytes().get(start..sentence.end as usize).unwrap_or_default();
        self.lexicon.forms(class, text, |entry, length| {
            let span = NormSpan::new(start, start + length);
            if view.is_right_edge(start + length) {
                found.push(Found { span, entry, refused: None });
            }
        });
        class.function
    }

    /// The cues of a sentence by their start, longer first, from the forms found at its words. A cue inside a longer
    /// one does not count: "not" in "not only", "insists" in "insists on".
    pub fn choose(
        &self,
        view: &View,
        tokens: &[Token],
        sentence: NormSpan,
        known: &mut Known,
        found: &mut Vec<Found>,
        out: &mut Vec<CueAt>,
    ) {
        out.clear();
        if let Some((matcher, numbers)) = &self.patterns {
            let sink = &mut |hit: Found| found.push(Found { entry: numbers[hit.entry as usize], ..hit });
            matcher.find(view, tokens, sentence, None, &mut known.walks, sink);
            found.sort_unstable_by_key(|hit| (hit.span.start, Reverse(hit.span.end), hit.entry));
        }
        let mut longest = NormSpan::default();
        for hit in found.iter() {
            let (kind, scope, strength, stance) = self.facts[hit.entry as usize];
            if kind <= CueKind::SourceNoun {
                if hit.span.end <= longest.end && hit.span != longest {
                    continue;
                }
                longest = hit.span;
            }
            out.push(CueAt { span: hit.span, first: 0, last: 0, kind, scope, strength, stance });
        }
    }
}
