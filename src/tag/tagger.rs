//! The tagger: all layers of a codebook over one article.

use super::everyday::Everyday;
use super::matcher::{Found, Matcher, MatcherEntry, Walks};
use super::near::Nears;
use super::place::PlaceRules;
use super::resolve::{Reach, Rejected};
use super::{Entry, Mention, RejectReason, Usage};
use crate::codebook::{Alias, AliasKind, Case, Codebook, Pattern};
use crate::corpus::PartialDate;
use crate::error::{Error, Result};
use crate::id::{AliasId, TermId, VariantId};
use crate::normalise::View;
use crate::segment::{Sentence, Tokens};
use crate::span::NormSpan;
use std::cmp::Reverse;

/// Finds the mentions of a codebook's actors, frames and naming pairs. Shared by all workers.
#[derive(Debug, Clone)]
pub struct Tagger {
    matcher: Matcher,
    /// What each entry of the matcher is.
    targets: Vec<MatchTarget>,
    place_rules: PlaceRules,
    nears: Nears,
    everyday: Everyday,
    frames: usize,
    pairs: usize,
}

#[derive(Debug, Clone, Copy)]
struct MatchTarget {
    entry: Entry,
    lane: Lane,
    spelling: EntrySpelling,
}

/// Whether an entry of the matcher is one of the codebook or another spelling of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EntrySpelling {
    OfTheEntry,
    Other,
}

/// Where an entry competes: actors with actors, a term with the terms of its frame, a variant with those of its pair.
#[derive(Debug, Clone, Copy)]
enum Lane {
    Actor,
    ActorMask,
    Metonym,
    Frame(u32),
    FrameMask(u32),
    AllFramesMask,
    Pair(u32),
}

/// What was found in one article; reused from article to article.
#[derive(Debug, Clone, Default)]
pub struct Tags {
    /// In order of their start, longer first.
    pub mentions: Vec<Mention>,
    pub rejected: Vec<Rejected>,
    found: Vec<Found>,
    reaches: Reaches,
    walks: Walks,
}

#[derive(Debug, Clone, Default)]
struct Reaches {
    actor: Reach,
    all_frames: Reach,
    frames: Vec<Reach>,
    pairs: Vec<Reach>,
}

impl Tagger {
    /// # Errors
    /// A pattern that does not compile; a parsed codebook has none.
    pub fn new(codebook: &Codebook) -> Result<Self> {
        let (mut entries, mut targets) = (Vec::new(), Vec::new());
        for (index, alias) in codebook.aliases.iter().enumerate() {
            entries.push(MatcherEntry {
                pattern: &alias.alias,
                kind: if alias.kind == AliasKind::Mask { Pattern::Mask } else { Pattern::Literal },
                case: alias.case,
                not_before: &alias.not_before,
                not_after: &alias.not_after,
                dates: Some(&alias.dates),
            });
            let entry = Entry::Alias(AliasId::new(index));
            targets.push(MatchTarget { entry, lane: Self::alias_lane(alias), spelling: EntrySpelling::OfTheEntry });
        }
        for (index, term) in codebook.terms.iter().enumerate() {
            entries.push(MatcherEntry {
                pattern: &term.pattern,
                kind: term.kind,
                case: term.case,
                not_before: &term.not_before,
                not_after: &term.not_after,
                dates: None,
            });
            let lane = match (term.kind, term.frame) {
                (Pattern::Mask, Some(frame)) => Lane::FrameMask(frame.0),
                (Pattern::Mask, None) => Lane::AllFramesMask,
                (Pattern::Literal | Pattern::Wildcard | Pattern::Regex, frame) => {
                    Lane::Frame(frame.map_or(0, |frame| frame.0))
                }
            };
            let entry = Entry::Term(TermId::new(index));
            targets.push(MatchTarget { entry, lane, spelling: EntrySpelling::OfTheEntry });
        }
        for (index, variant) in codebook.variants.iter().enumerate() {
            entries.push(MatcherEntry {
                pattern: &variant.term,
                kind: Pattern::Literal,
                case: Case::Insensitive,
                not_before: &[],
                not_after: &[],
                dates: Some(&variant.dates),
            });
            let (entry, lane) = (Entry::Variant(VariantId::new(index)), Lane::Pair(variant.pair.0));
            targets.push(MatchTarget { entry, lane, spelling: EntrySpelling::OfTheEntry });
        }
        let respelled: Vec<(usize, String)> = entries
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.kind != Pattern::Regex)
            .flat_map(|(of, entry)| dotted_otherwise(entry.pattern).into_iter().map(move |pattern| (of, pattern)))
            .collect();
        for (of, pattern) in &respelled {
            entries.push(MatcherEntry { pattern, ..entries[*of].clone() });
            targets.push(MatchTarget { spelling: EntrySpelling::Other, ..targets[*of] });
        }
        let matcher = Matcher::new(&entries).map_err(Error::Usage)?;
        let place_rules = PlaceRules::new(&codebook.cues);
        let (nears, everyday) = (Nears::new(codebook), Everyday::new(codebook));
        let (frames, pairs) = (codebook.frames.len(), codebook.pairs.len());
        Ok(Self { matcher, targets, place_rules, nears, everyday, frames, pairs })
    }

    fn alias_lane(alias: &Alias) -> Lane {
        match alias.kind {
            AliasKind::Mask => Lane::ActorMask,
            AliasKind::Metonym => Lane::Metonym,
            AliasKind::Name | AliasKind::Acronym | AliasKind::Demonym | AliasKind::Title | AliasKind::Spelling => {
                Lane::Actor
            }
        }
    }

    /// Tags the sentences of one article; `tokens` are those of its passages.
    pub fn tag(
        &self,
        view: &View,
        tokens: &Tokens,
        sentences: &[Sentence],
        date: Option<&PartialDate>,
        tags: &mut Tags,
    ) {
        tags.mentions.clear();
        tags.rejected.clear();
        tags.reaches.actor = Reach::default();
        tags.reaches.all_frames = Reach::default();
        tags.reaches.frames.clear();
        tags.reaches.frames.resize(self.frames, Reach::default());
        tags.reaches.pairs.clear();
        tags.reaches.pairs.resize(self.pairs, Reach::default());
        self.matcher.prepare(tokens, &mut tags.walks);
        let mut words = tokens.sentencewise();
        for (number, sentence) in sentences.iter().enumerate() {
            let Tags { found, walks, .. } = tags;
            found.clear();
            let words = words.of(sentence.span);
            self.matcher.find(view, words, sentence.span, date, walks, &mut |hit| found.push(hit));
            // A mask says what the spelling found does not mean: it comes before the entry of another one.
            let is_no_mask = |hit: &Found| self.targets[hit.entry as usize].lane.mask() == IsMask::No;
            found.sort_unstable_by_key(|hit| (hit.span.start, Reverse(hit.span.end), is_no_mask(hit), hit.entry));
            self.resolve(view, sentence.span, number as u32, date.is_some(), tags);
        }
        self.everyday.refuse(tokens.all().len(), &mut tags.mentions, &mut tags.rejected);
    }

    fn resolve(&self, view: &View, sentence: NormSpan, number: u32, has_date: bool, tags: &mut Tags) {
        let Tags { mentions, rejected, found, reaches, .. } = tags;
        let (first, first_rejected) = (mentions.len(), rejected.len());
        // Whether a contested name counts may hang on the actors of the whole sentence: those come first.
        let is_name = |hit: &&Found| matches!(self.targets[hit.entry as usize].lane, Lane::Pair(_));
        let has_names = found.iter().any(|hit| is_name(&hit));
        let names = found.iter().filter(is_name).take(if has_names { usize::MAX } else { 0 });
        for hit in found.iter().filter(|hit| !is_name(hit)).chain(names) {
            let target = self.targets[hit.entry as usize];
            let refused = hit.refused.or_else(|| match target.entry {
                Entry::Variant(variant) => self.nears.refuses(variant, &mentions[first..], has_date),
                Entry::Alias(_) | Entry::Term(_) => None,
            });
            let verdict = refused.map_or_else(|| reaches.take(target.lane, hit.span), Err);
            match (verdict, target.lane) {
                (Err(_), _) if target.spelling == EntrySpelling::Other => {}
                (Err(reason), _) => {
                    rejected.push(Rejected { span: hit.span, entry: target.entry, sentence: number, reason })
                }
                (Ok(()), Lane::ActorMask | Lane::FrameMask(_) | Lane::AllFramesMask) => {}
                (Ok(()), Lane::Metonym) => {
                    let place =
                        is_dateline(view, hit.span, sentence) || self.place_rules.is_place(view, hit.span, sentence);
                    let usage = if place { Usage::Place } else { Usage::Actor };
                    mentions.push(Mention { span: hit.span, entry: target.entry, sentence: number, usage });
                }
                (Ok(()), Lane::Actor | Lane::Frame(_) | Lane::Pair(_)) => {
                    mentions.push(Mention {
                        span: hit.span,
                        entry: target.entry,
                        sentence: number,
                        usage: Usage::Actor,
                    });
                }
            }
        }
        if has_names {
            mentions[first..].sort_by_key(|hit| (hit.span.start, Reverse(hit.span.end), hit.entry));
            rejected[first_rejected..].sort_by_key(|hit| (hit.span.start, Reverse(hit.span.end), hit.entry));
        }
    }
}

/// `BAKU, Azerbaijan -`: the name of a capital city in capital letters, in a line that is not, says where the article was written.
fn is_dateline(view: &View, span: NormSpan, sentence: NormSpan) -> bool {
    view.is_all_capitals(span) && !view.is_all_capitals(sentence)
}

/// Other ways to write the dotted acronyms of a pattern: the last stop left out (`U.S`), or a space behind each (`U. S.`).
fn dotted_otherwise(pattern: &str) -> Vec<String> {
    let is_dotted = |word: &str| {
        word.len() >= 4
            && word.bytes().enumerate().all(|(at, byte)| match at % 2 {
                0 => byte.is_ascii_uppercase(),
                _ => byte == b'.',
            })
            && word.ends_with('.')
    };
    if !pattern.split(' ').any(is_dotted) {
        return Vec::new();
    }
    let respell = |how: &dyn Fn(&str) -> String| {
        let words = pattern.split(' ').map(|word| if is_dotted(word) { how(word) } else { word.to_owned() });
        words.collect::<Vec<_>>().join(" ")
    };
    vec![
        respell(&|word| word.trim_end_matches('.').to_owned()),
        respell(&|word| word.replace('.', ". ").trim_end().to_owned()),
    ]
}

impl Lane {
    fn mask(self) -> IsMask {
        match self {
            Self::ActorMask | Self::FrameMask(_) | Self::AllFramesMask => IsMask::Yes,
            Self::Actor | Self::Metonym | Self::Frame(_) | Self::Pair(_) => IsMask::No,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum IsMask {
    Yes,
    No,
}

impl Reaches {
    fn take(&mut self, lane: Lane, span: NormSpan) -> std::result::Result<(), RejectReason> {
        match lane {
            Lane::Actor | Lane::Metonym => self.actor.take(span),
            Lane::ActorMask => self.actor.mask(span),
            Lane::Frame(frame) => {
                self.all_frames.is_free(span)?;
                self.frames[frame as usize].take(span)
            }
            Lane::FrameMask(frame) => self.frames[frame as usize].mask(span),
            Lane::AllFramesMask => self.all_frames.mask(span),
            Lane::Pair(pair) => self.pairs[pair as usize].take(span),
        }
    }
}
