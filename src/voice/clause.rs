//! How far a clause reaches, and what a phrase is, in one sentence.

use super::cues::{CueAt, CueKinds};
use super::grammar::Function;
use super::phrases::Phrases;
use super::sheet::{Gap, Name, NameUsage, People, Sheet, Word};
use super::word_class::{Class, Tag};
use crate::codebook::CueKind;
use crate::normalise::View;
use crate::span::NormSpan;

/// How an article or a pronoun determines a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Determiner {
    Definite,
    Indefinite,
    Possessive,
    None,
}

/// From where a clause is held to reach onwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// A finite verb of a main clause.
    Main,
    /// A clause that another follows after a comma ("When Baku said so, ...").
    Subordinate,
    /// A participle between commas (", accused of theft, ...").
    Aside,
    /// What somebody says, with a verb of its own: clauses that depend on it are said too.
    Said,
}

/// One sentence, read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub view: &'a View,
    pub words: &'a [Word],
    pub names: &'a [Name],
    pub cues: &'a [CueAt],
    /// The kinds of all cues.
    pub kinds: CueKinds,
    /// Parts of speech and phrases.
    pub phrases: &'a Phrases,
}

/// What a look ahead for a subject and its verb may cover.
const SUBJECT_WORDS: usize = 7;

impl<'a> Reading<'a> {
    pub fn of(view: &'a View, sheet: &'a Sheet) -> Self {
        Self {
            view,
            words: &sheet.words,
            names: &sheet.names,
            cues: &sheet.cues,
            kinds: sheet.kinds,
            phrases: &sheet.phrases,
        }
    }

    pub fn text(&self, word: usize) -> &'a str {
        self.view.slice(self.words[word].span)
    }

    pub fn function(&self, word: usize) -> Function {
        self.words.get(word).map_or(Function::Content, |word| word.function)
    }

    pub fn gap(&self, word: usize) -> Gap {
        self.words.get(word).map_or(Gap::STOP, |word| word.gap)
    }

    pub fn name_at(&self, word: usize) -> Option<&'a Name> {
        let number = self.words.get(word)?.name as usize;
        number.checked_sub(1).map(|index| &self.names[index])
    }

    pub fn is_capital(&self, word: usize) -> bool {
        self.view.masks().upper.get(self.words[word].span.start as usize)
    }

    /// The cues that begin at a word.
    pub fn cues_at(&self, word: usize) -> impl Iterator<Item = &'a CueAt> {
        let from = (self.words.get(word).map_or(0, |word| word.cue) as usize).checked_sub(1);
        let cues = from.map_or(&[][..], |from| &self.cues[from..]);
        cues.iter().take_while(move |cue| cue.first as usize == word)
    }

    pub fn is(&self, word: usize, kind: CueKind) -> bool {
        self.words.get(word).is_some_and(|word| word.kinds.has(kind))
    }

    pub fn any_in(&self, from: usize, to: usize, kind: CueKind) -> bool {
        self.kinds.has(kind) && (from..to).any(|word| self.is(word, kind))
    }

    pub fn is_verb_of_speech(&self, word: usize) -> bool {
        self.may_be_verb_of_speech(word) && !self.is_noun(word)
    }

    fn may_be_verb_of_speech(&self, word: usize) -> bool {
        self.words.get(word).is_some_and(|word| word.kinds.has_any(CueKinds::VERBS_OF_SPEECH))
    }

    /// First and last word of a mention, which begins with a word.
    pub fn words_of(&self, span: NormSpan) -> (usize, usize) {
        let starts = &self.view.masks().start;
        let sentence = self.words[0].span.start as usize;
        let first = starts.count(sentence, span.start as usize).min(self.words.len() - 1);
        let last = starts.count(sentence, span.end as usize).min(self.words.len()).saturating_sub(1);
        (first, last.max(first))
    }

    /// Whether the clause of word `from` still holds at word `to`, which follows it.
    pub fn reaches(&self, from: usize, to: usize, hold: Hold) -> bool {
        let mut at = from + 1;
        while at <= to {
            let gap = self.gap(at);
            if gap.has(Gap::STOP) || gap.has(Gap::COLON) && self.ends_at_colon(from, at, hold) {
                return false;
            }
            if gap.has(Gap::DASH) || gap.has(Gap::OPEN) {
                let closing = if gap.has(Gap::DASH) { Gap::DASH } else { Gap::CLOSE };
                match (at + 1..=to).find(|word| self.gap(*word).has(closing)) {
                    // "said it had grain - far too little - but they are accused of"
                    Some(resumed) if self.is(resumed, CueKind::Stop) => return false,
                    Some(resumed) => at = resumed,
                    None if hold == Hold::Said && gap.has(Gap::DASH) && self.goes_on(at) => {}
                    None => return false,
                }
            } else if gap.has(Gap::CLOSE) || at > from + 1 && self.stops(from, at, hold) {
                // "(he said the town had fallen) for crimes": what is said ends with the brackets.
                // "saying instead": part of the verb.
                return false;
            } else if gap.has(Gap::COMMA) {
                match self.after_comma(at, to, hold) {
                    Some(next) => at = next,
                    None => return false,
                }
            } else if self.function(at) == Function::And && self.verb_follows(at + 1) {
                return false;
            }
            at += 1;
        }
        true
    }

    /// "said it was tired, but the siege goes on"; not "but that the siege goes on", "is not a deal but a siege".
    fn stops(&self, from: usize, at: usize, hold: Hold) -> bool {
        let noun = || self.chunk_at(at + 1).is_some() && !self.has_finite_verb(at + 1, self.segment_end(at + 1));
        let contrast = || self.any_class_in(from, at, Class::Negation) && noun();
        let goes_on = hold == Hold::Said && (self.function_after(at) == Function::That || contrast());
        self.is(at, CueKind::Stop) && !goes_on
    }

    /// "said it would pay: the council had done so", but not "said that it had three aims: war, fear and hate".
    fn ends_at_colon(&self, from: usize, colon: usize, hold: Hold) -> bool {
        let list = hold == Hold::Said && !self.has_finite_verb(colon, self.words.len());
        !list && (colon - from > 4 || self.has_finite_verb(from + 1, colon))
    }

    /// Whether what follows a dash belongs to the clause: "- and has fled", "- for example", not "- a sign of weakness".
    fn goes_on(&self, at: usize) -> bool {
        let remark = self.function(at) == Function::Relative || self.is(at, CueKind::Stop);
        !remark && self.chunk_at(at).is_none()
    }

    /// Where a clause goes on after the comma before `at`, if it does.
    fn after_comma(&self, at: usize, to: usize, hold: Hold) -> Option<usize> {
        match self.function(at) {
            // The clause is taken up again after the relative clause.
            Function::Relative => (at + 1..=to).find(|word| self.gap(*word).has(Gap::COMMA)),
            Function::Subordinator if hold != Hold::Said && self.has_class(at, Class::When) => {
                (at + 1..=to).find(|word| self.gap(*word).has(Gap::COMMA))
            }
            Function::And if self.function_after(at) == Function::That => Some(at),
            Function::And if self.function_after(at) == Function::Relative => None,
            // "said the men had fled, and left": the speaker left
            Function::And if self.is_finite(at + 1) && !self.is_finite(self.segment_start(at - 1)) => None,
            Function::And if self.verb_follows(at + 1) => None,
            Function::And if hold != Hold::Said && self.is_clause(at + 1, to) => None,
            Function::And | Function::Of | Function::For => Some(at),
            _ if hold == Hold::Aside || (hold == Hold::Subordinate && !self.is_item(at)) => None,
            _ => Some(at),
        }
    }

    fn is_finite(&self, word: usize) -> bool {
        self.group_at(word).is_some_and(|group| self.group(group).finite)
    }

    /// Whether one item of a list follows the comma before `at`: another comma or an "and" ends it soon.
    fn is_item(&self, at: usize) -> bool {
        let end = self.segment_end(at);
        let short = end - at <= 4 && end < self.words.len() && self.gap(end).has(Gap::COMMA);
        let last = (at + 1..end.min(at + 5)).any(|word| self.function(word) == Function::And);
        let opens_clause = self.function(at) == Function::Definite || self.name_at(at).is_some();
        (short || last) && !opens_clause && !self.is_clause(at, end)
    }

    pub fn function_at(&self, word: usize) -> Option<Function> {
        self.words.get(word).map(|word| word.function)
    }

    pub fn function_after(&self, word: usize) -> Function {
        self.words.get(word + 1).map_or(Function::Content, |word| word.function)
    }

    /// Whether a verb of speech stands at `at` or after one adverb or auxiliary: a new predicate begins.
    fn verb_follows(&self, at: usize) -> bool {
        let skipped = (at..self.words.len())
            .take(3)
            .find(|word| !matches!(self.function(*word), Function::Adverb | Function::Auxiliary));
        skipped.is_some_and(|word| {
            let base_form = self.cues_at(word).any(|cue| cue.kind.is_verb_of_speech());
            base_form && !self.is_noun(word) && self.function_after(word) != Function::And
        })
    }

    /// Whether a subject and a finite verb begin at `at`.
    pub fn is_clause(&self, at: usize, to: usize) -> bool {
        let mut subject = false;
        for word in at..self.words.len().min(at + SUBJECT_WORDS).min(to.max(at) + 1) {
            if word > at && self.gap(word).has(Gap::BREAK) {
                return false;
            }
            let finite = matches!(self.function(word), Function::Auxiliary | Function::Modal)
                || self.is_verb_of_speech(word)
                || self.is(word, CueKind::Doing);
            if finite {
                return subject;
            }
            subject |= matches!(self.function(word), Function::Pronoun | Function::Content);
        }
        false
    }

    /// Whether the clause of `word` is a subordinate one at the head of its sentence, or an aside.
    pub fn hold_of(&self, word: usize) -> Hold {
        let start = self.segment_start(word);
        let ing = self.has_class(word, Class::EndsIng);
        if start == word && (ing || self.has_class(word, Class::EndsEd)) {
            match word {
                // "Fearing a siege, they fled"
                0 => return Hold::Subordinate,
                _ if self.gap(word).has(Gap::COMMA) => return Hold::Aside,
                _ => {}
            }
        }
        // "Even though Norland said so, ..."
        let even = start < word && self.has_class(start, Class::Even) && self.tag(start + 1) == Tag::Subordinator;
        let opener = if even { Function::Subordinator } else { self.function(start) };
        if opener == Function::Relative && start > 0 && self.gap(start).has(Gap::COMMA) {
            return Hold::Aside;
        }
        let preposition =
            matches!(opener, Function::Preposition | Function::By | Function::With | Function::As | Function::In);
        // "As Norland hints at a siege, people flee"
        let tells_when =
            opener == Function::As && start < word && self.group_at(word).is_some_and(|group| self.group(group).finite);
        if opener == Function::Subordinator || self.is(start, CueKind::Stop) || tells_when || (preposition && ing) {
            return Hold::Subordinate;
        }
        Hold::Main
    }

    /// Whether one of two words stands in a quotation and the other does not.
    pub fn parted_by_mark(&self, from: usize, to: usize) -> bool {
        (from + 1..=to).filter(|word| self.gap(*word).has(Gap::QUOTE)).count() % 2 == 1
    }

    /// The first word of the stretch without a break that holds `word`.
    pub fn segment_start(&self, word: usize) -> usize {
        (1..=word).rev().find(|at| self.gap(*at).has(Gap::BREAK)).unwrap_or(0)
    }

    /// The first word after the stretch without a break that holds `word`.
    pub fn segment_end(&self, word: usize) -> usize {
        (word + 1..self.words.len()).find(|at| self.gap(*at).has(Gap::BREAK)).unwrap_or(self.words.len())
    }

    /// [`Self::segment_start`], but no word before `least`; no more than that is looked at, however long the sentence.
    pub fn segment_start_from(&self, word: usize, least: usize) -> usize {
        (least.max(1)..=word).rev().find(|at| self.gap(*at).has(Gap::BREAK)).unwrap_or(least)
    }

    /// [`Self::segment_end`], but no word after `most`; no more than that is looked at, however long the sentence.
    pub fn segment_end_by(&self, word: usize, most: usize) -> usize {
        let most = most.min(self.words.len());
        (word + 1..most).find(|at| self.gap(*at).has(Gap::BREAK)).unwrap_or(most)
    }

    /// Whether a word that may be noun or verb ("claims", "report") is a noun here, by the word before it.
    pub fn is_noun(&self, word: usize) -> bool {
        let Some(before) = word.checked_sub(1).filter(|_| !self.gap(word).has(Gap::BREAK)) else { return false };
        let inflected = self.has_class(word, Class::EndsEd) || self.has_class(word, Class::EndsIng);
        let noun_too = self.is(word, CueKind::SpeechNoun) || self.is(word, CueKind::Demand);
        let ends_phrase = self.gap(word + 1).has(Gap::BREAK)
            || matches!(self.function_after(word), Function::And | Function::Of | Function::For | Function::Auxiliary);
        // ", the Harbour Post reports."
        let subject = self.chunk_at(before).map(|chunk| self.chunk(chunk).first);
        let reports = || self.tag(word) == Tag::Present && subject.is_some_and(|first| self.gap(first).has(Gap::COMMA));
        if noun_too && !inflected && ends_phrase && self.name_at(before).is_none() && !reports() {
            return self.function(before) != Function::Pronoun;
        }
        // "there is fear in the streets"
        if noun_too && !inflected && (self.tag(word) == Tag::Noun || self.has_class(before, Class::Be)) {
            return true;
        }
        // "they say", "some say"
        let pronoun = self.function(before) == Function::Pronoun || self.tag(before) == Tag::Pronoun;
        if pronoun && self.tag(word).is_verb() {
            return false;
        }
        if let Some(name) = self.name_at(before) {
            let adjective = name.usage == NameUsage::Demonym && name.fact.people == People::No;
            return name.usage == NameUsage::Possessive || (adjective && !inflected);
        }
        match self.function(before) {
            Function::Definite | Function::Indefinite | Function::Possessive => true,
            Function::Of
            | Function::By
            | Function::For
            | Function::With
            | Function::In
            | Function::On
            | Function::About
            | Function::Against
            | Function::Preposition => !inflected,
            Function::Adverb if inflected && before > 0 => {
                matches!(self.function(before - 1), Function::Definite | Function::Indefinite | Function::Possessive)
            }
            _ => self.is_possessive(before),
        }
    }

    /// How the noun phrase that ends with `word` is determined, and where it begins. A verb has no determiner: "if the army
    /// attacked".
    pub fn determiner(&self, word: usize) -> (Determiner, usize) {
        if self.is_verb_of_subject(word) {
            return (Determiner::None, word);
        }
        let mut first = word;
        for at in (0..=word).rev().take(7) {
            if at < word {
                if self.gap(at + 1).has(Gap::BREAK) {
                    break;
                }
                match self.function(at) {
                    Function::Definite => return (Determiner::Definite, at),
                    Function::Indefinite => return (Determiner::Indefinite, at),
                    Function::Possessive => return (Determiner::Possessive, at),
                    Function::Content | Function::Adverb => {}
                    // "aggression and occupation" share their determiner.
                    Function::And if at + 1 < word || at > 0 => {}
                    _ => break,
                }
                // "keep the border safe and stop attacks"
                let verb = matches!(self.tag(at), Tag::Base | Tag::Present) && self.group_at(at).is_some();
                if verb || self.is_verb_of_speech(at) || self.is(at, CueKind::Doing) {
                    break;
                }
                match self.name_at(at).map(|name| name.usage) {
                    Some(NameUsage::Possessive) => return (Determiner::Possessive, at),
                    // "the Hamas attack", but not "to give Hamas time"
                    Some(NameUsage::Plain) if !self.gap(at + 1).has(Gap::HYPHEN) && !self.is_one_chunk(at, word) => {
                        break;
                    }
                    _ => {}
                }
                first = at;
            }
        }
        (Determiner::None, first)
    }

    fn is_one_chunk(&self, first: usize, last: usize) -> bool {
        self.chunk_at(first).is_some_and(|chunk| self.chunk_at(last) == Some(chunk))
    }

    /// "answered questions *about* how the siege began"
    pub fn opens_topic(&self, word: usize) -> bool {
        self.function(word) == Function::About && self.has_class(word + 1, Class::Question)
    }

    /// Whether only adjectives, adverbs and determiners stand between two words: at most `most` of them.
    pub fn adjoins(&self, from: usize, to: usize, most: usize) -> bool {
        to > from
            && to - from <= most + 1
            && !(from + 1..=to).any(|word| self.gap(word).has(Gap::BREAK))
            && (from + 1..to).all(|word| {
                let phrase = matches!(
                    self.function(word),
                    Function::Content
                        | Function::Adverb
                        | Function::Definite
                        | Function::Indefinite
                        | Function::Possessive
                );
                phrase && !self.is_verb_of_speech(word) && !self.is(word, CueKind::Doing)
            })
    }

    /// Whether "what" stands shortly before: "launched what it called an operation".
    pub fn any_what(&self, word: usize) -> bool {
        (word.saturating_sub(8)..word).any(|at| self.function(at) == Function::What)
    }
}
