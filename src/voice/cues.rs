//! The cues of the codebook, compiled: which of them stand in a sentence.

use crate::codebook::{Case, Cue, CueForm, CueKind, CueScope, Pattern, Strength};
use crate::error::{Error, Result};
use crate::normalise::View;
use crate::span::NormSpan;
use crate::tag::{Found, Matcher, MatcherEntry};
use std::cmp::Reverse;

/// A cue in a sentence; `first` and `last` are indices of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CueAt {
    pub span: NormSpan,
    pub first: u16,
    pub last: u16,
    pub kind: CueKind,
    pub scope: CueScope,
    pub strength: Strength,
}

#[derive(Debug, Clone)]
pub(super) struct CueBook {
    matcher: Matcher,
    /// What each entry of the matcher is.
    facts: Vec<(CueKind, CueScope, Strength)>,
}

impl CueBook {
    /// # Errors
    /// A form that does not compile; a parsed codebook has none.
    pub fn new(cues: &[Cue]) -> Result<Self> {
        let (mut entries, mut facts) = (Vec::new(), Vec::new());
        for cue in cues.iter().filter(|cue| !cue.kind.is_place()) {
            let forms = match &cue.form {
                CueForm::Words(words) => words.iter().map(|word| (word.as_str(), Pattern::Wildcard)).collect(),
                CueForm::Regex(regex) => vec![(regex.as_str(), Pattern::Regex)],
            };
            for (pattern, kind) in forms {
                let case = Case::Insensitive;
                entries.push(MatcherEntry { pattern, kind, case, not_before: &[], not_after: &[], dates: None });
                facts.push((cue.kind, cue.scope, cue.strength));
            }
        }
        Ok(Self { matcher: Matcher::new(&entries).map_err(Error::Usage)?, facts })
    }

    /// The cues of a sentence by their start, longer first. A cue inside a longer one does not count: "not" in "not
    /// only", "insists" in "insists on".
    pub fn find(&self, view: &View, sentence: NormSpan, found: &mut Vec<Found>, out: &mut Vec<CueAt>) {
        found.clear();
        out.clear();
        self.matcher.find(view, sentence, None, &mut |hit| found.push(hit));
        found.sort_unstable_by_key(|hit| (hit.span.start, Reverse(hit.span.end), hit.entry));
        let mut longest = NormSpan::default();
        for hit in found.iter() {
            let (kind, scope, strength) = self.facts[hit.entry as usize];
            if kind <= CueKind::SourceNoun {
                if hit.span.end <= longest.end && hit.span != longest {
                    continue;
                }
                longest = hit.span;
            }
            out.push(CueAt { span: hit.span, first: 0, last: 0, kind, scope, strength });
        }
    }
}
