//! Direct speech: the quotations of an article, each with who speaks and the verb that brings it in, whether or not a
//! framing term stands in them.

use super::antecedent::Before;
use super::classify::SHORT_QUOTATION_WORDS;
use super::clause::Reading;
use super::cues::CueAt;
use super::introduced::Introduced;
use super::quotations::{Quotation, Quotations};
use super::sheet::{Gap, NameUsage};
use super::speaker::{speaker, speaking};
use super::spokesman::speaks_for;
use super::word_class::Class;
use crate::codebook::{CueKind, Stance};
use crate::id::ActorId;
use crate::segment::Sentence;
use crate::span::NormSpan;

/// A quotation, nested ones not counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Speech {
    /// Bytes of the view between the marks.
    pub span: NormSpan,
    pub words: u32,
    /// Who speaks, rolled up.
    pub speaker: Option<ActorId>,
    /// The verb or phrase that brings the quotation in. A quotation that goes on with the speech before has that one's.
    pub cue: Option<NormSpan>,
    /// How the article stands to what was said; `None` without a cue.
    pub stance: Option<Stance>,
}

impl Speech {
    /// Whether it is somebody's speech: a short quotation that nobody speaks is a term in marks, or a title.
    pub fn is_direct(&self) -> bool {
        let spoken = self.cue.is_some() || self.speaker.is_some();
        self.words > 0 && (spoken || self.words > SHORT_QUOTATION_WORDS)
    }
}

/// Words of a quotation that may go on with the speech before; a shorter one is a term in marks.
const LEAST_WORDS_TO_GO_ON: u32 = 5;
/// A cue so far before a quotation is that of the speech before.
const FAR_BYTES: u32 = 200;
/// How many words may stand between a quotation and the cue that brings it in.
const CUE_WORDS: usize = 18;

#[derive(Debug, Clone, Copy)]
struct Place {
    /// The sentences in which it begins and ends.
    sentences: (u32, u32),
    /// The words of the sentence before it are all before the mark.
    opens_sentence: bool,
    /// "he added"
    by_pronoun: bool,
    /// Nothing is said beside it in its sentence.
    alone: bool,
    /// Who says something in the sentence before it.
    said: Option<ActorId>,
}

/// The quotations of one article and the sentences to read for them.
#[derive(Debug, Clone, Default)]
pub(super) struct Speeches {
    pub found: Vec<Speech>,
    places: Vec<Place>,
    /// Sentences to read, in their order.
    pub wanted: Vec<u32>,
    /// All before this one end before the sentence at hand.
    cursor: usize,
    /// The cues of the sentence at hand that may bring in a quotation.
    cues: Vec<CueAt>,
}

impl Speeches {
    pub fn read(&mut self, quotations: &Quotations, sentences: &[Sentence]) {
        self.found.clear();
        self.places.clear();
        self.wanted.clear();
        self.cursor = 0;
        let mut end = 0;
        for quotation in &quotations.found {
            if quotation.span.start < end {
                continue;
            }
            end = quotation.span.end;
            let sentence_of = |at: u32| sentences.partition_point(|sentence| sentence.span.start <= at).max(1) - 1;
            let (first, last) = (sentence_of(quotation.span.start), sentence_of(end.max(1) - 1));
            let Some(sentence) = sentences.get(first) else { continue };
            let opens_sentence = quotation.span.start <= sentence.span.start + 2;
            self.places.push(Place {
                sentences: (first as u32, last as u32),
                opens_sentence,
                by_pronoun: false,
                alone: true,
                said: None,
            });
            let Quotation { span, words } = *quotation;
            self.found.push(Speech { span, words, speaker: None, cue: None, stance: None });
            for sentence in [first, last] {
                if self.wanted.last().is_none_or(|known| (*known as usize) < sentence) {
                    self.wanted.push(sentence as u32);
                }
            }
        }
    }

    /// Looks for the speakers of the quotations that begin or end in a sentence, or a piece of one. Sentences come in
    /// their order. `before` is who a pronoun may stand for.
    pub fn hear(&mut self, r: &Reading, piece: NormSpan, before: Before, introduced: &mut Introduced) {
        while self.found.get(self.cursor).is_some_and(|speech| speech.span.end < piece.start) {
            self.cursor += 1;
        }
        let near = self.found[self.cursor..].iter().take_while(|speech| speech.span.start <= piece.end).count();
        let near = self.cursor..self.cursor + near;
        self.cues.clear();
        for cue in r.cues {
            let verb = cue.kind.is_verb_of_speech() && cue.kind != CueKind::Demand && !r.is_noun(cue.first as usize);
            if (verb || cue.kind == CueKind::Source) && self.of(cue.span).is_none() {
                self.cues.push(*cue);
            }
        }
        for at in near {
            let speech = self.found[at];
            if speech.cue.is_some() || speech.speaker.is_some() {
                continue;
            }
            if let Some(cue) = self.cue_beside(r, speech.span) {
                let mut speaker = speaker(r, &cue);
                if let Some(chunk) = speaking(r, &cue) {
                    speaker = introduced.speaker_of(r, chunk, speaker);
                    // "it added" too goes on with the speech before
                    let first = r.chunk(chunk).first;
                    self.places[at].by_pronoun = r.chunk(chunk).pronoun && r.has_class(first, Class::Pronoun);
                    speaker = speaker.or_else(|| before.speaker(r, chunk));
                }
                self.found[at] = Speech { cue: Some(cue.span), stance: Some(cue.stance), speaker, ..speech };
            } else {
                self.found[at].speaker = labelled(r, speech.span).or_else(|| {
                    let chunk = signed(r, speech.span)?;
                    introduced.speaker_of(r, chunk, speaks_for(r, chunk))
                });
                // "“...,” the letter reads"
                let outside = |word: &usize| self.of(r.words[*word].span).is_none();
                let finite = |word: &usize| r.group_at(*word).is_some_and(|group| r.group(group).finite);
                self.places[at].alone &= !(0..r.words.len()).filter(outside).any(|word| finite(&word));
                if piece.contains(speech.span.start as usize) {
                    self.places[at].said = before.said;
                }
            }
        }
    }

    /// The nearest of the cues outside all quotations.
    fn cue_beside(&self, r: &Reading, span: NormSpan) -> Option<CueAt> {
        let first = r.words.partition_point(|word| word.span.start < span.start);
        let last = r.words.partition_point(|word| word.span.start < span.end);
        let distance = |cue: &&CueAt| match cue.last as usize {
            word if word < first => first - word,
            _ => (cue.first as usize + 1).saturating_sub(last),
        };
        let nearest = self.cues.iter().min_by_key(distance)?;
        (distance(&nearest) <= CUE_WORDS).then_some(*nearest)
    }

    /// Speech that goes on in the next sentence or paragraph without a verb of its own is the same speaker's; so is speech
    /// behind a sentence that tells what somebody says.
    pub fn carry_on(&mut self) {
        for at in 0..self.found.len() {
            let (place, speech) = (self.places[at], self.found[at]);
            if speech.speaker.is_some() {
                continue;
            }
            let goes_on =
                place.opens_sentence && place.alone && speech.words >= LEAST_WORDS_TO_GO_ON && speech.cue.is_none();
            let near = |before: &usize| place.sentences.0 <= self.places[*before].sentences.1 + 1;
            match at.checked_sub(1).filter(near).map(|before| self.found[before]) {
                Some(before) if place.by_pronoun => self.found[at].speaker = before.speaker,
                _ if goes_on && place.said.is_some() => self.found[at].speaker = place.said,
                Some(Speech { speaker, cue, stance, .. }) if goes_on => {
                    self.found[at] = Speech { speaker, cue, stance, ..speech };
                }
                _ => {}
            }
        }
    }

    /// The number of the quotation around a span.
    pub fn of(&self, span: NormSpan) -> Option<usize> {
        let after = self.found.partition_point(|speech| speech.span.start <= span.start);
        after.checked_sub(1).filter(|at| self.found[*at].span.contains(span.start as usize))
    }

    /// How the speaker of a quotation was looked for: 0 nowhere, 1 by a cue, 2 by a pronoun, 3 in the speech before.
    pub fn kind(&self, at: usize) -> usize {
        let (speech, place) = (&self.found[at], &self.places[at]);
        match speech.cue {
            _ if place.by_pronoun => 2,
            Some(cue) if cue.start + FAR_BYTES < speech.span.start => 3,
            Some(_) => 1,
            None => 0,
        }
    }

    /// Whether two quotations stand in the same sentence or in neighbours.
    pub fn are_near(&self, at: usize, other: usize) -> bool {
        let (Some(a), Some(b)) = (self.places.get(at), self.places.get(other)) else { return false };
        let (first, second) = if at < other { (a, b) } else { (b, a) };
        second.sentences.0 <= first.sentences.1 + 1
    }
}

/// "“...,” Macron continued.", "“...,” the letter reads.": whatever the verb, nothing follows it.
fn signed(r: &Reading, span: NormSpan) -> Option<usize> {
    let after = r.words.partition_point(|word| word.span.start < span.end);
    let chunk = r.chunk_at(after).filter(|_| r.gap(after).has(Gap::QUOTE))?;
    let verb = r.group_at(r.chunk(chunk).last + 1).map(|group| r.group(group))?;
    let ends = verb.last + 1 == r.words.len() || r.gap(verb.last + 1).has(Gap::BREAK);
    (verb.finite && !verb.copula && ends && r.chunk(chunk).first == after).then_some(chunk)
}

/// "Lavrov: “...”", "“...” — Lavrov"
fn labelled(r: &Reading, span: NormSpan) -> Option<ActorId> {
    let first = r.words.partition_point(|word| word.span.start < span.start);
    let after = r.words.partition_point(|word| word.span.start < span.end);
    let signed = || (r.gap(after).has(Gap::DASH) && after < r.words.len()).then_some(after);
    let label = first.checked_sub(1).filter(|_| r.gap(first).has(Gap::COLON)).or_else(signed)?;
    r.name_at(label).filter(|name| name.usage != NameUsage::Place).map(|name| name.fact.actor)
}
