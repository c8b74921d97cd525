//! One sentence read for its clauses: its words with what stands between them, the actors named and the cues, and how
//! far a clause reaches.

use super::cues::{CueAt, CueBook};
use super::grammar::{Function, Grammar};
use crate::codebook::{AliasKind, CueKind};
use crate::id::ActorId;
use crate::normalise::View;
use crate::span::NormSpan;
use crate::tag::Found;

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Gap(u8);

impl Gap {
    pub const COMMA: Self = Self(1);
    /// `;`, `!`, `?`.
    pub const STOP: Self = Self(2);
    pub const COLON: Self = Self(4);
    /// A dash that separates; no hyphen.
    pub const DASH: Self = Self(8);
    pub const OPEN: Self = Self(16);
    pub const CLOSE: Self = Self(32);
    pub const QUOTE: Self = Self(64);
    pub const HYPHEN: Self = Self(128);
    /// Where an inserted clause may begin.
    pub const ASIDE: Self = Self(1 | 2 | 4 | 8 | 16 | 32 | 64);
    /// Anything that ends a phrase.
    pub const BREAK: Self = Self(1 | 2 | 4 | 8 | 16 | 32);

    pub fn has(self, any_of: Self) -> bool {
        self.0 & any_of.0 != 0
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub span: NormSpan,
    pub gap: Gap,
    pub function: Function,
    /// Number of the name this word is part of, from 1; 0 for none.
    name: u16,
    /// Number of the first cue that begins here, from 1; 0 for none.
    cue: u16,
}

/// What an alias says about its actor, made once for the codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AliasFact {
    /// Rolled up.
    pub actor: ActorId,
    pub kind: AliasKind,
    pub party: Party,
    /// "Armenians": a demonym in the plural names people, not a state.
    pub people: People,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum People {
    Yes,
    No,
}

/// Whether an actor can be a side of a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Party {
    /// States, governments, armed forces.
    Side,
    Group,
    Territory,
    Person,
    Other,
}

/// An actor named in the sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    pub span: NormSpan,
    pub first: u16,
    pub last: u16,
    pub fact: AliasFact,
    pub usage: NameUsage,
    /// The group named earlier in the article that a bare people ("Armenians") is short for.
    pub group: Option<ActorId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameUsage {
    Plain,
    /// Followed by `'s` or `s'`.
    Possessive,
    /// An adjective or the name of a people.
    Demonym,
    /// A capital that is only a place.
    Place,
}

/// The buffers of one sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pub words: Vec<Word>,
    pub names: Vec<Name>,
    pub cues: Vec<CueAt>,
    found: Vec<Found>,
}

impl Sheet {
    /// Reads the words, their gaps and the cues of a sentence; `names` are filled by the caller before.
    pub fn read(&mut self, view: &View, raw: &str, sentence: NormSpan, book: &CueBook, grammar: &Grammar) {
        book.find(view, sentence, &mut self.found, &mut self.cues);
        self.words.clear();
        let mut end = sentence.start as usize;
        for span in view.words(sentence) {
            let gap = gap(view, raw, end, span.start as usize);
            let function = grammar.class_of(&view.bytes()[span.range()]);
            self.words.push(Word { span, gap, function, name: 0, cue: 0 });
            end = span.end as usize;
        }
        let words = &mut self.words;
        let mut at = 0;
        for (number, name) in self.names.iter_mut().enumerate() {
            (name.first, name.last) = word_range(words, name.span, &mut at);
            for word in &mut words[name.first as usize..=name.last as usize] {
                word.name = number as u16 + 1;
                word.function = Function::Content;
            }
        }
        at = 0;
        for (number, cue) in self.cues.iter_mut().enumerate() {
            (cue.first, cue.last) = word_range(words, cue.span, &mut at);
            let word = &mut words[cue.first as usize];
            if word.cue == 0 {
                word.cue = number as u16 + 1;
            }
        }
    }
}

/// First and last word of a span; spans come by their start.
fn word_range(words: &[Word], span: NormSpan, at: &mut usize) -> (u16, u16) {
    while *at + 1 < words.len() && words[*at].span.end <= span.start {
        *at += 1;
    }
    let mut last = *at;
    while last + 1 < words.len() && words[last + 1].span.start < span.end {
        last += 1;
    }
    (*at as u16, last as u16)
}

fn gap(view: &View, raw: &str, from: usize, to: usize) -> Gap {
    let bytes = &view.bytes()[from..to];
    if bytes == b" " {
        return Gap::default();
    }
    let mut gap = Gap::default();
    for (offset, byte) in bytes.iter().enumerate() {
        gap.0 |= match byte {
            b',' => Gap::COMMA.0,
            b';' | b'!' | b'?' => Gap::STOP.0,
            b':' => Gap::COLON.0,
            b'(' | b'[' => Gap::OPEN.0,
            b')' | b']' => Gap::CLOSE.0,
            b'"' => Gap::QUOTE.0,
            b'\'' if offset + 1 == bytes.len() => Gap::QUOTE.0,
            b'-' if !bytes.contains(&b' ') && !bytes.starts_with(b"--") => {
                match raw[view.alignment().raw_start(from + offset)..].chars().next() {
                    Some('—' | '―') => Gap::DASH.0,
                    _ => Gap::HYPHEN.0,
                }
            }
            b'-' => Gap::DASH.0,
            _ => 0,
        };
    }
    gap
}

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
}

/// One sentence, read.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub view: &'a View,
    pub words: &'a [Word],
    pub names: &'a [Name],
    pub cues: &'a [CueAt],
}

/// What a look ahead for a subject and its verb may cover.
const SUBJECT_WORDS: usize = 7;

impl<'a> Reading<'a> {
    pub fn text(&self, word: usize) -> &'a str {
        self.view.slice(self.words[word].span)
    }

    pub fn function(&self, word: usize) -> Function {
        self.words[word].function
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
        self.cues_at(word).any(|cue| cue.kind == kind)
    }

    pub fn any_in(&self, from: usize, to: usize, kind: CueKind) -> bool {
        (from..to).any(|word| self.is(word, kind))
    }

    pub fn is_verb_of_speech(&self, word: usize) -> bool {
        self.cues_at(word).any(|cue| cue.kind.is_verb_of_speech()) && !self.is_noun(word)
    }

    /// First and last word of a mention.
    pub fn words_of(&self, span: NormSpan) -> (usize, usize) {
        let first = self.words.partition_point(|word| word.span.end <= span.start);
        let after = self.words.partition_point(|word| word.span.start < span.end);
        (first.min(self.words.len() - 1), after.saturating_sub(1).max(first.min(self.words.len() - 1)))
    }

    /// Whether the clause of word `from` still holds at word `to`, which follows it.
    pub fn reaches(&self, from: usize, to: usize, hold: Hold) -> bool {
        let mut at = from + 1;
        while at <= to {
            let gap = self.gap(at);
            if gap.has(Gap::STOP) || (gap.has(Gap::COLON) && at - from > 4) {
                return false;
            }
            if gap.has(Gap::DASH) || gap.has(Gap::OPEN) {
                let closing = if gap.has(Gap::DASH) { Gap::DASH } else { Gap::CLOSE };
                match (at + 1..=to).find(|word| self.gap(*word).has(closing)) {
                    Some(resumed) => at = resumed,
                    None => return false,
                }
            } else if self.is(at, CueKind::Stop) {
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

    /// Where a clause goes on after the comma before `at`, if it does.
    fn after_comma(&self, at: usize, to: usize, hold: Hold) -> Option<usize> {
        match self.function(at) {
            // The clause is taken up again after the relative clause.
            Function::Relative => (at + 1..=to).find(|word| self.gap(*word).has(Gap::COMMA)),
            Function::Subordinator if self.text(at) == "when" => {
                (at + 1..=to).find(|word| self.gap(*word).has(Gap::COMMA))
            }
            Function::And if self.function_after(at) == Function::That => Some(at),
            Function::And if self.verb_follows(at + 1) || self.is_clause(at + 1, to) => None,
            Function::And | Function::Of | Function::For => Some(at),
            _ if hold == Hold::Aside || (hold == Hold::Subordinate && !self.is_item(at)) => None,
            _ => Some(at),
        }
    }

    /// Whether one item of a list follows the comma before `at`: another comma or an "and" ends it soon.
    fn is_item(&self, at: usize) -> bool {
        let end = self.segment_end(at);
        let short = end - at <= 4 && end < self.words.len() && self.gap(end).has(Gap::COMMA);
        let last = (at + 1..end.min(at + 5)).any(|word| self.function(word) == Function::And);
        let opens_clause = self.function(at) == Function::Definite || self.name_at(at).is_some();
        (short || last) && !opens_clause && !self.is_clause(at, end)
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
        let text = self.text(word);
        if start == word && self.gap(word).has(Gap::COMMA) && (text.ends_with("ed") || text.ends_with("ing")) {
            return Hold::Aside;
        }
        let opener = self.function(start);
        if opener == Function::Relative && start > 0 && self.gap(start).has(Gap::COMMA) {
            return Hold::Aside;
        }
        let preposition =
            matches!(opener, Function::Preposition | Function::By | Function::With | Function::As | Function::In);
        if opener == Function::Subordinator || self.is(start, CueKind::Stop) || (preposition && text.ends_with("ing")) {
            return Hold::Subordinate;
        }
        Hold::Main
    }

    /// The first word of the stretch without a break that holds `word`.
    pub fn segment_start(&self, word: usize) -> usize {
        (1..=word).rev().find(|at| self.gap(*at).has(Gap::BREAK)).unwrap_or(0)
    }

    /// The first word after the stretch without a break that holds `word`.
    pub fn segment_end(&self, word: usize) -> usize {
        (word + 1..self.words.len()).find(|at| self.gap(*at).has(Gap::BREAK)).unwrap_or(self.words.len())
    }

    /// Whether a word that may be noun or verb ("claims", "report") is a noun here, by the word before it.
    pub fn is_noun(&self, word: usize) -> bool {
        let Some(before) = word.checked_sub(1).filter(|_| !self.gap(word).has(Gap::BREAK)) else { return false };
        let text = self.text(word);
        let inflected = text.ends_with("ed") || text.ends_with("ing");
        let noun_too = self.is(word, CueKind::SpeechNoun) || self.is(word, CueKind::Demand);
        let ends_phrase = self.gap(word + 1).has(Gap::BREAK)
            || matches!(self.function_after(word), Function::And | Function::Of | Function::For | Function::Auxiliary);
        if noun_too && !inflected && ends_phrase && self.name_at(before).is_none() {
            return self.function(before) != Function::Pronoun;
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
            _ => self.text(before).ends_with("'s"),
        }
    }

    /// How the noun phrase that ends with `word` is determined, and where it begins.
    pub fn determiner(&self, word: usize) -> (Determiner, usize) {
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
                if self.is_verb_of_speech(at) || self.is(at, CueKind::Doing) {
                    break;
                }
                match self.name_at(at).map(|name| name.usage) {
                    Some(NameUsage::Possessive) => return (Determiner::Possessive, at),
                    Some(NameUsage::Plain) if !self.gap(at + 1).has(Gap::HYPHEN) => break,
                    _ => {}
                }
                first = at;
            }
        }
        (Determiner::None, first)
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
