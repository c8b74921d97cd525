//! What is looked for.

use crate::codebook::{Case, Codebook, Pattern, same};
use crate::error::{Error, Fault, Place, Result, did_you_mean, nearest};
use crate::id::{ActorId, FrameId, TermId, VariantId};
use crate::span::NormSpan;
use crate::tag::{Entry, Matcher, MatcherEntry};
use crate::voice::Voice;
use std::collections::{BTreeSet, HashSet};

/// What was asked; a hit of any of the first four is a line, the last two leave lines out.
#[derive(Debug, Clone, Default)]
pub struct QueryOptions {
    /// Ids, names or aliases of actors; those that roll up to them are found too.
    pub actors: Vec<String>,
    pub frames: Vec<String>,
    /// Terms as `frame/term` or `term`, or variants of naming pairs.
    pub terms: Vec<String>,
    /// A regular expression as in `terms.csv`.
    pub pattern: Option<String>,
    pub sources: Vec<String>,
    pub voices: Vec<Voice>,
}

/// What it means for a codebook.
#[derive(Debug)]
pub struct Query {
    entries: HashSet<Entry>,
    pattern: Option<Matcher>,
    sources: Vec<String>,
    voices: Vec<Voice>,
}

/// A hit to make a line of: a mention, or a hit of the pattern.
#[derive(Debug, Clone, Copy)]
pub(super) struct WantedHit {
    pub span: NormSpan,
    pub sentence: usize,
    pub mention: Option<usize>,
}

impl Query {
    /// # Errors
    /// A code or term that the codebook does not have, a pattern that cannot be used, nothing to look for.
    pub fn new(codebook: &Codebook, options: &QueryOptions) -> Result<Self> {
        let mut entries = HashSet::new();
        for code in &options.actors {
            let actor = codebook.find_actor(code)?;
            let aliases = codebook.aliases.iter().enumerate();
            let of_actor = aliases.filter(|(_, alias)| alias.actor.is_some_and(|own| is_under(codebook, own, actor)));
            entries.extend(of_actor.map(|(at, _)| Entry::Alias(crate::id::AliasId::new(at))));
        }
        for code in &options.frames {
            let frame = codebook.find_frame(code)?;
            let terms = codebook.terms.iter().enumerate().filter(|(_, term)| term.frame == Some(frame));
            entries.extend(terms.map(|(at, _)| Entry::Term(TermId::new(at))));
        }
        for name in &options.terms {
            let found: Vec<Entry> = terms_of(codebook, name).collect();
            entries.extend(&found);
            if found.is_empty() {
                let terms = codebook.terms.iter().map(|term| term.term.as_str());
                let variants = codebook.variants.iter().map(|variant| variant.term.as_str());
                return Err(unknown("term", name, terms.chain(variants)));
            }
        }
        if entries.is_empty() && options.pattern.is_none() {
            return Err(Error::Usage(
                "nothing to look for; name an actor (`--actor`), a frame (`--frame`), a term (`--term`) or a regular \
                 expression (`--pattern`)"
                    .into(),
            ));
        }
        Ok(Self {
            entries,
            pattern: options.pattern.as_deref().map(matcher).transpose()?,
            sources: options.sources.clone(),
            voices: options.voices.clone(),
        })
    }

    pub(super) fn takes(&self, entry: Entry) -> bool {
        self.entries.contains(&entry)
    }

    pub(super) fn takes_source(&self, source: &str) -> bool {
        self.sources.is_empty() || self.sources.iter().any(|wanted| wanted == source)
    }

    /// The sources asked for that are none of `known`, each with what may be meant.
    pub(super) fn unknown_sources(&self, known: &BTreeSet<String>) -> Vec<Fault> {
        let unknown = self.sources.iter().filter(|source| !known.contains(*source));
        unknown
            .map(|source| Fault {
                place: Place::default(),
                what: format!("no article has the source `{source}`"),
                help: did_you_mean(source, known.iter().map(String::as_str)),
            })
            .collect()
    }

    pub(super) fn takes_voice(&self, voice: &str) -> bool {
        self.voices.is_empty() || self.voices.iter().any(|wanted| wanted.name() == voice)
    }

    pub(super) fn pattern(&self) -> Option<&Matcher> {
        self.pattern.as_ref()
    }
}

fn is_under(codebook: &Codebook, actor: ActorId, ancestor: ActorId) -> bool {
    let mut at = Some(actor);
    while let Some(actor) = at {
        if actor == ancestor {
            return true;
        }
        at = codebook.actors[actor.index()].parent;
    }
    false
}

fn terms_of<'a>(codebook: &'a Codebook, name: &'a str) -> impl Iterator<Item = Entry> + 'a {
    let frame_code = |frame: Option<FrameId>| frame.map_or("", |frame| codebook.frames[frame.index()].code.as_str());
    let terms = codebook.terms.iter().enumerate().filter(move |(_, term)| {
        let of_frame = |(frame, label)| same(label, &term.term) && same(frame, frame_code(term.frame));
        same(&term.term, name) || name.split_once('/').is_some_and(of_frame)
    });
    let variants = codebook.variants.iter().enumerate().filter(move |(_, variant)| same(&variant.term, name));
    let terms = terms.map(|(at, _)| Entry::Term(TermId::new(at)));
    terms.chain(variants.map(|(at, _)| Entry::Variant(VariantId::new(at))))
}

fn matcher(pattern: &str) -> Result<Matcher> {
    let entry = MatcherEntry {
        pattern,
        kind: Pattern::Regex,
        case: Case::Insensitive,
        not_before: &[],
        not_after: &[],
        dates: None,
    };
    Matcher::new(&[entry]).map_err(|message| Error::Usage(format!("the pattern `{pattern}`: {message}")))
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Error {
    let help = nearest(name, known).unwrap_or_else(|| "`codebook_usage.csv` of a run lists its entries".to_owned());
    Error::Usage(format!("the codebook has no {what} `{name}`; {help}"))
}
