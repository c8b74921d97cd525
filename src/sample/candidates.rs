//! What there is to draw in one article.

use super::{SampleItem, number};
use crate::codebook::{Case, Codebook, CueForm, Pattern, hex};
use crate::coded::Coded;
use crate::coding::{KeyRow, Kind};
use crate::error::{Error, Result};
use crate::inspect::one_line;
use crate::ledger::Places;
use crate::normalise::Zone;
use crate::span::{NormSpan, RawSpan};
use crate::study::Study;
use crate::tag::{Entry, Matcher, MatcherEntry, Usage, Walks};

/// A sentence with a cue is drawn so many times more often than one without: framing terms that are missed stand where
/// somebody says or denies something.
pub(super) const FAVOUR_OF_CUES: u64 = 3;

/// The classes of sentences without a hit, and of lines.
pub(super) const CUE: &str = "cue";
const PLAIN: &str = "plain";
const COUNTED: &str = "counted";
const DROPPED: &str = "dropped";

/// Something that may be drawn: a mention, a sentence or a passage by its number.
#[derive(Debug, Clone, Copy)]
pub(super) struct Drawable {
    at: usize,
    pub class: &'static str,
    /// The smallest are drawn.
    pub number: u128,
}

/// Finds what may be drawn.
#[derive(Debug)]
pub(super) struct Finder<'s> {
    study: &'s Study,
    kind: Kind,
    seed: u64,
    /// Cues of voice; none where they are no matter.
    cues: Option<Matcher>,
}

impl<'s> Finder<'s> {
    /// # Errors
    /// A cue that does not compile; a parsed codebook has none.
    pub fn new(study: &'s Study, kind: Kind, seed: u64) -> Result<Self> {
        let cues = if kind == Kind::Misses { cues(&study.codebook)? } else { None };
        Ok(Self { study, kind, seed, cues })
    }

    pub fn candidates(&self, coded: &Coded<'_>, walks: &mut Walks) -> Vec<Drawable> {
        match self.kind {
            Kind::Hits | Kind::Roles | Kind::Actors => self.mentions(coded),
            Kind::Misses => self.sentences(coded, walks),
            Kind::Zones => self.passages(coded),
        }
    }

    fn mentions(&self, coded: &Coded<'_>) -> Vec<Drawable> {
        let book = &self.study.codebook;
        let class = |at: usize| match (self.kind, coded.mentions[at].entry) {
            (Kind::Hits, Entry::Term(_)) => coded.kept.of(at).map(|voicing| voicing.voice.name()),
            (Kind::Roles, Entry::Term(_)) => {
                coded.kept.of(at).map(|voicing| match (voicing.agent.is_some(), voicing.target.is_some()) {
                    (true, true) => "agent+target",
                    (true, false) => "agent",
                    (false, true) => "target",
                    (false, false) => "nobody",
                })
            }
            (Kind::Actors, Entry::Alias(alias)) => {
                let alias = &book.aliases[alias.index()];
                alias.actor.map(|_| match coded.mentions[at].usage {
                    Usage::Actor => alias.kind.name(),
                    Usage::Place => "place_use",
                })
            }
            _ => None,
        };
        let found = (0..coded.mentions.len()).filter_map(|at| {
            let class = class(at)?;
            let mention = &coded.mentions[at];
            let entry = match mention.entry {
                Entry::Term(term) => frame_and_term(book, term.index()),
                Entry::Alias(_) | Entry::Variant(_) => (String::new(), String::new()),
            };
            let span = coded.view.raw_span(mention.span);
            Some(Drawable { at, class, number: self.number(coded, span, &entry.0, &entry.1) })
        });
        found.collect()
    }

    /// The sentences of counted zones without a framing hit.
    fn sentences(&self, coded: &Coded<'_>, walks: &mut Walks) -> Vec<Drawable> {
        let mut has_hit = vec![false; coded.sentences.len()];
        for (at, mention) in coded.mentions.iter().enumerate() {
            if matches!(mention.entry, Entry::Term(_)) && coded.is_kept(at) {
                has_hit[mention.sentence as usize] = true;
            }
        }
        if let Some(cues) = &self.cues {
            cues.prepare(coded.tokens, walks);
        }
        let mut found = Vec::new();
        for (at, sentence) in coded.sentences.iter().enumerate().filter(|(at, _)| !has_hit[*at]) {
            let mut has_cue = false;
            if let Some(cues) = &self.cues {
                let words = coded.tokens.of(sentence.span);
                cues.find(coded.view, words, sentence.span, None, walks, &mut |_| has_cue = true);
            }
            let span = coded.view.raw_span(sentence.span);
            let class = if has_cue { CUE } else { PLAIN };
            found.push(Drawable { at, class, number: self.number(coded, span, "", "") });
        }
        found
    }

    fn passages(&self, coded: &Coded<'_>) -> Vec<Drawable> {
        let passage = |(at, passage): (usize, &crate::zones::Passage)| {
            let span = coded.view.raw_span(passage.span);
            let class = if self.study.is_counted(passage.zone) { COUNTED } else { DROPPED };
            Drawable { at, class, number: self.number(coded, span, "", "") }
        };
        let with_text = |passage: &&(usize, &crate::zones::Passage)| coded.view.words_in(passage.1.span) > 0;
        let passages: Vec<_> = coded.passages.iter().enumerate().collect();
        passages.iter().filter(with_text).map(|one| passage(*one)).collect()
    }

    fn number(&self, coded: &Coded<'_>, span: RawSpan, frame: &str, term: &str) -> u128 {
        let place = format!("{}-{}", span.start, span.end);
        number(self.seed, &[self.kind.name(), &coded.article.id, &place, frame, term])
    }

    /// The item and its row of the key.
    pub fn item(&self, coded: &Coded<'_>, candidate: &Drawable) -> (SampleItem, KeyRow) {
        let article = coded.article;
        let mut item = SampleItem {
            article: article.id.to_string(),
            source: article.meta.source.clone(),
            date: article.meta.date.as_ref().map(ToString::to_string).unwrap_or_default(),
            ..SampleItem::default()
        };
        let mut row = KeyRow { article: item.article.clone(), sha256: hex(&article.sha256), ..KeyRow::default() };
        let line = |span: NormSpan| one_line(&article.raw[coded.view.raw_span(span).range()]).trim().to_owned();
        let span = match self.kind {
            Kind::Hits | Kind::Roles | Kind::Actors => {
                self.mention(coded, candidate.at, &mut item, &mut row);
                coded.view.raw_span(coded.mentions[candidate.at].span)
            }
            Kind::Misses => {
                self.neighbours(coded, candidate.at, &mut item);
                let sentence = &coded.sentences[candidate.at];
                item.left = line(sentence.span);
                self.zone(coded.zone_of(sentence), &mut row);
                coded.view.raw_span(sentence.span)
            }
            Kind::Zones => {
                let passage = &coded.passages[candidate.at];
                let other = |at: Option<usize>| {
                    at.and_then(|at| coded.passages.get(at)).map_or(String::new(), |one| line(one.span))
                };
                (item.before, item.after) = (other(candidate.at.checked_sub(1)), other(Some(candidate.at + 1)));
                item.left = line(passage.span);
                self.zone(passage.zone, &mut row);
                coded.view.raw_span(passage.span)
            }
        };
        (row.start, row.end) = (span.start.into(), span.end.into());
        (item, row)
    }

    fn zone(&self, zone: Zone, row: &mut KeyRow) {
        row.zone = zone.name().to_owned();
        row.counted = self.study.is_counted(zone);
    }

    fn mention(&self, coded: &Coded<'_>, at: usize, item: &mut SampleItem, row: &mut KeyRow) {
        let book = &self.study.codebook;
        let (raw, mention) = (&coded.article.raw, &coded.mentions[at]);
        let sentence = &coded.sentences[mention.sentence as usize];
        let (hit, around) = (coded.view.raw_span(mention.span), coded.view.raw_span(sentence.span));
        item.left = one_line(&raw[around.start as usize..hit.start as usize]).trim_start().to_owned();
        item.span = one_line(&raw[hit.range()]);
        item.right = one_line(&raw[hit.end as usize..around.end as usize]).trim_end().to_owned();
        self.neighbours(coded, mention.sentence as usize, item);
        self.zone(coded.zone_of(sentence), row);
        // The ledger says it as every table does.
        let Some(shown) = coded.ledger_row(at, &mut Places::new(raw)) else { return };
        match mention.entry {
            Entry::Term(term) => {
                (row.frame, row.term) = frame_and_term(book, term.index());
                item.frame =
                    book.frame(&row.frame).map_or_else(String::new, |frame| book.frames[frame.index()].name.clone());
                for (cell, value) in [
                    (&mut row.voice, shown.voice),
                    (&mut row.speaker, shown.speaker),
                    (&mut row.agent, shown.agent),
                    (&mut row.target, shown.target),
                    (&mut row.rule, shown.rule),
                ] {
                    value.clone_into(cell);
                }
            }
            Entry::Alias(_) => {
                shown.rollup.clone_into(&mut row.actor);
                shown.kind.clone_into(&mut row.rule);
                shown.alias.clone_into(&mut row.term);
            }
            Entry::Variant(_) => {}
        }
    }

    fn neighbours(&self, coded: &Coded<'_>, sentence: usize, item: &mut SampleItem) {
        let text = |at: Option<usize>| {
            let span = at.and_then(|at| coded.sentences.get(at)).map(|sentence| coded.view.raw_span(sentence.span));
            span.map_or(String::new(), |span| one_line(&coded.article.raw[span.range()]).trim().to_owned())
        };
        (item.before, item.after) = (text(sentence.checked_sub(1)), text(Some(sentence + 1)));
    }
}

fn frame_and_term(book: &Codebook, term: usize) -> (String, String) {
    let term = &book.terms[term];
    let frame = term.frame.map_or("", |frame| book.frames[frame.index()].code.as_str());
    (frame.to_owned(), term.term.clone())
}

/// The cues of voice as one matcher.
fn cues(book: &Codebook) -> Result<Option<Matcher>> {
    let words = book.cues.iter().filter(|cue| !cue.kind.is_place()).flat_map(|cue| match &cue.form {
        CueForm::Words(words) => words.iter().map(|word| (word.as_str(), Pattern::Wildcard)).collect::<Vec<_>>(),
        CueForm::Regex(regex) => vec![(regex.as_str(), Pattern::Regex)],
    });
    let entry = |(pattern, kind)| MatcherEntry {
        pattern,
        kind,
        case: Case::Insensitive,
        not_before: &[],
        not_after: &[],
        dates: None,
    };
    let entries: Vec<MatcherEntry<'_>> = words.map(entry).collect();
    if entries.is_empty() {
        return Ok(None);
    }
    Matcher::new(&entries).map(Some).map_err(Error::Usage)
}
