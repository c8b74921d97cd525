//! The clause walk: the questions that are asked of the phrases of one sentence: subject, object, what governs a phrase,
//! which phrases depend on it.
//!
//! No tree is built. A question looks from its word to the left or right over whole phrases, at most [`FAR`] words.

use super::clause::Reading;
use super::grammar::Function;
use super::phrases::{Chunk, Group};
use super::sheet::{Gap, NameUsage};
use super::word_class::{Class, Tag};
use crate::codebook::CueKind;

/// How many words a question looks.
const FAR: usize = 30;
/// How many questions one question may ask of other verbs.
const DEEP: usize = 4;

/// What governs a noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Governor {
    /// It is the object of a group of verbs.
    Object(usize),
    /// It is the subject of a group of verbs.
    Subject(usize),
    /// A preposition at a word, which depends on a phrase or a group of verbs.
    Preposition { at: usize, chunk: Option<usize>, group: Option<usize> },
}

/// How a subject was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// It stands before its verb, or behind a verb of speech.
    Plain,
    /// It is what a relative clause speaks of.
    Relative,
    /// The subject or object of the verb that governs an infinitive.
    Control,
    /// Of a participle.
    Participle,
}

/// The questions.
impl<'a> Reading<'a> {
    pub fn tag(&self, word: usize) -> Tag {
        self.phrases.tagging.tags[word]
    }

    pub fn has_class(&self, word: usize, class: Class) -> bool {
        self.phrases.tagging.classes.get(word).is_some_and(|classes| classes.has(class))
    }

    /// Whether a word ends with the sign of a possessive.
    pub fn is_possessive(&self, word: usize) -> bool {
        self.phrases.tagging.possessives[word]
    }

    /// The preposition a word is, by its class.
    pub fn preposition(&self, word: usize) -> Option<Class> {
        self.phrases.tagging.classes[word].preposition()
    }

    pub fn chunk(&self, number: usize) -> Chunk {
        self.phrases.chunks[number]
    }

    pub fn group(&self, number: usize) -> Group {
        self.phrases.groups[number]
    }

    pub fn chunk_at(&self, word: usize) -> Option<usize> {
        usize::from(self.phrases.chunk_at.get(word).copied()?).checked_sub(1)
    }

    pub fn group_at(&self, word: usize) -> Option<usize> {
        usize::from(self.phrases.group_at.get(word).copied()?).checked_sub(1)
    }

    fn breaks(&self, word: usize) -> bool {
        self.gap(word).has(Gap::BREAK)
    }

    pub fn is_adposition(&self, word: usize) -> bool {
        let listed = self.preposition(word).is_some_and(|class| class as usize <= Class::As as usize);
        self.tag(word) == Tag::Adposition || listed && self.chunk_at(word).is_none()
    }

    /// The nearest group of verbs before a word that the clause still reaches.
    pub fn group_before(&self, word: usize, most: usize) -> Option<usize> {
        let mut at = word;
        while at > 0 && word - at < most {
            if self.gap(at).has(Gap::STOP) {
                return None;
            }
            at -= 1;
            if let Some(group) = self.group_at(at) {
                return Some(group);
            }
        }
        None
    }

    /// Who does what a group of verbs says, or suffers it if it is passive.
    pub fn subject_of(&self, group: usize) -> Option<(usize, How)> {
        self.subject_within(group, 0)
    }

    fn subject_within(&self, number: usize, depth: usize) -> Option<(usize, How)> {
        let group = self.group(number);
        if depth > DEEP {
            return None;
        }
        if group.infinitive {
            return self.controller(group, depth).map(|chunk| (chunk, How::Control));
        }
        if group.bare {
            return self.subject_of_participle(group, depth).map(|chunk| (chunk, How::Participle));
        }
        self.subject_before(number, depth).or_else(|| self.inverted(group).map(|chunk| (chunk, How::Plain)))
    }

    /// "urged Baku to stop": Baku; "wants to stop": who wants; "its plan to stop": the plan.
    fn controller(&self, group: Group, depth: usize) -> Option<usize> {
        let before = group.first.checked_sub(1)?;
        if let Some(chunk) = self.chunk_at(before) {
            let first = self.chunk(chunk).first;
            let above = first.checked_sub(1).filter(|_| !self.breaks(first));
            // "spoke with Baku to stop"; but "a plan of Baku to stop".
            let beside = |word: usize| {
                let owner = [Class::Of, Class::For, Class::By].iter().any(|class| self.has_class(word, *class));
                self.is_adposition(word) && !owner
            };
            let verb = above
                .and_then(|word| self.group_at(word).or_else(|| self.group_before(word, 8).filter(|_| beside(word))));
            let Some(verb) = verb else { return Some(chunk) };
            if self.has_class(self.group(verb).head, Class::ObjectControl) && !self.group(verb).passive {
                return Some(chunk);
            }
            return self.subject_within(verb, depth + 1).map(|(chunk, _)| chunk);
        }
        let verb = self.group_before(group.first, 8)?;
        self.subject_within(verb, depth + 1).map(|(chunk, _)| chunk)
    }

    fn subject_of_participle(&self, group: Group, depth: usize) -> Option<usize> {
        if let Some(before) = group.first.checked_sub(1) {
            let noun = self.chunk_at(before);
            if noun.is_some() && (!self.breaks(group.first) || self.tag(group.head) == Tag::Participle) {
                return noun;
            }
            if self.is_adposition(before)
                && !self.breaks(group.first)
                && let Some(verb) = self.group_before(before, 14)
            {
                return self.charged(group).or_else(|| self.subject_within(verb, depth + 1).map(|(chunk, _)| chunk));
            }
        }
        let mut at = group.first;
        while at > 0 && group.first - at < FAR && !self.gap(at).has(Gap::STOP) {
            at -= 1;
            if let Some(verb) = self.group_at(at).filter(|verb| self.group(*verb).finite) {
                return self.subject_within(verb, depth + 1).map(|(chunk, _)| chunk);
            }
        }
        // "Taking control of Y, X insists": what opens the clause after the comma.
        let comma =
            (group.last + 1..self.words.len().min(group.last + FAR)).find(|word| self.gap(*word).has(Gap::COMMA))?;
        (comma..self.words.len().min(comma + 4)).find_map(|word| self.chunk_at(word))
    }

    /// "accused X of planning", "warned X against planning", "charged X with planning": X.
    pub fn charged(&self, participle: Group) -> Option<usize> {
        let before = participle.first.checked_sub(1).filter(|_| !self.breaks(participle.first))?;
        let links = [Class::Of, Class::For, Class::From, Class::Against];
        let verb = self.group_before(before, 14).filter(|verb| !self.group(*verb).passive)?;
        let object = self.object_of(verb).filter(|object| self.chunk(*object).last < before)?;
        let with = self.has_class(before, Class::With) && self.is(self.group(verb).head, CueKind::Accusation);
        (with || links.into_iter().any(|class| self.has_class(before, class))).then_some(object)
    }

    fn subject_before(&self, number: usize, depth: usize) -> Option<(usize, How)> {
        let group = self.group(number);
        let mut at = self.before_insertion(group.first);
        // where the phrases that depend on the subject begin
        let mut edge = group.first;
        let mut beside = false;
        while at > 0 && group.first - at < FAR {
            if self.gap(at).has(Gap::STOP) {
                return None;
            }
            at -= 1;
            if let Some(chunk) = self.chunk_at(at) {
                let first = self.chunk(chunk).first;
                let Some(before) = first.checked_sub(1) else { return Some((chunk, How::Plain)) };
                let joined = !self.breaks(first);
                let clause = self.has_class(before, Class::Opener) && self.chunk(chunk).last + 1 == edge;
                if joined && clause && group.finite {
                    return Some((chunk, How::Plain));
                }
                // "X, an ally and friend, said", "X, the minister of Y, said"
                // "A storm yesterday caused"
                let time = self.phrases.tagging.classes[at].any(&[Class::Day, Class::Period]);
                if joined && time && self.chunk_at(before).is_some() {
                    (at, edge) = (first, first);
                    continue;
                }
                let closes = self.gap(at + 1).has(Gap::COMMA) || self.gap(group.first).has(Gap::COMMA);
                let inserted = self.gap(first).has(Gap::COMMA) && closes;
                let listed = || self.joins_list(before);
                if joined && (self.is_adposition(before) || listed()) {
                    (at, edge) = (before, before);
                    // "X, which was tired, on Friday said"
                    let resumed = self.before_insertion(before);
                    if resumed < before && self.gap(before).has(Gap::COMMA) {
                        (at, edge) = (resumed, resumed);
                    }
                } else if inserted && !beside && self.chunk_at(before).is_some() {
                    // "the minister, Orlo Benn, said"
                    (at, beside) = (first, true);
                } else if let Some((antecedent, How::Relative)) =
                    self.group_at(before).filter(|_| joined).and_then(|verb| self.subject_within(verb, depth + 1))
                {
                    // "an attack that kills people could": the attack.
                    return Some((antecedent, How::Plain));
                } else {
                    return Some((chunk, How::Plain));
                }
            } else if self.has_class(at, Class::Relative) && self.group_at(at).is_none() {
                let back = at.checked_sub(1).filter(|word| self.is_adposition(*word)).unwrap_or(at);
                return back.checked_sub(1).and_then(|word| self.chunk_at(word)).map(|chunk| (chunk, How::Relative));
            } else if self.tag(at) == Tag::Conjunction && at + 1 == group.first {
                let verb = self.speech_before(group, at).or_else(|| self.group_before(at, FAR))?;
                return self.subject_within(verb, depth + 1).map(|(chunk, _)| (chunk, How::Plain));
            } else if let Some(verb) = self.group_at(at) {
                let passed = self.group(verb);
                if !passed.finite || self.breaks(at + 1) {
                    at = passed.first;
                    continue;
                }
                // "X, which is backed by Y, continued": X.
                return self
                    .subject_within(verb, depth + 1)
                    .filter(|(_, how)| *how == How::Relative)
                    .map(|(chunk, _)| (chunk, How::Plain));
            } else if self.tag(at) == Tag::Subordinator {
                return None;
            }
        }
        None
    }

    /// Whether a conjunction joins two noun phrases. "X fled, but Y" and "X fled, and Y" begin a clause; "X, Y, and Z" is a
    /// list.
    fn joins_list(&self, and: usize) -> bool {
        let before = and.checked_sub(1).and_then(|word| self.chunk_at(word)).map(|chunk| self.chunk(chunk).first);
        let member = |first: usize| !self.gap(and).has(Gap::COMMA) || self.gap(first).has(Gap::COMMA);
        self.tag(and) == Tag::Conjunction && !self.is(and, CueKind::Stop) && before.is_some_and(member)
    }

    /// Where the clause of a verb goes on to the left, over what is inserted before it: "X, who was tired, said".
    pub fn before_insertion(&self, verb: usize) -> usize {
        let mut at = verb;
        for _ in 0..2 {
            let closing = self.gap(at);
            let opening = match () {
                () if closing.has(Gap::COMMA) => Gap::COMMA,
                () if closing.has(Gap::DASH) => Gap::DASH,
                () if closing.has(Gap::CLOSE) => Gap::OPEN,
                () => break,
            };
            let start = (at.saturating_sub(FAR).max(1)..at).rev().find(|word| self.gap(*word).has(opening));
            let Some(start) = start.filter(|start| self.chunk_at(start - 1).is_some()) else { break };
            let opens = self.has_class(start, Class::Relative)
                || opening != Gap::COMMA
                || self.is_adposition(start)
                || self.group_at(start).is_some_and(|group| self.group(group).bare)
                || self
                    .chunk_at(start)
                    .is_some_and(|chunk| self.has_class(self.chunk(chunk).last + 1, Class::Relative));
            if !opens {
                break;
            }
            at = start;
        }
        at
    }

    /// "said the truce was over and blamed Baku": the verb of speech before has the same subject.
    fn speech_before(&self, group: Group, and: usize) -> Option<usize> {
        if !self.is_verb_of_speech(group.head) {
            return None;
        }
        let says = |word: &usize| {
            self.is_verb_of_speech(*word) && self.group_at(*word).is_some_and(|group| self.group(group).finite)
        };
        (and.saturating_sub(FAR)..and).rev().find(says).and_then(|word| self.group_at(word))
    }

    /// "..., said the minister."
    fn inverted(&self, group: Group) -> Option<usize> {
        let next = group.last + 1;
        let speech = [CueKind::Report, CueKind::Assertion, CueKind::Factive];
        let says = speech.iter().any(|kind| self.is(group.head, *kind));
        (says && next < self.words.len() && !self.breaks(next)).then(|| self.chunk_at(next)).flatten()
    }

    /// The noun phrase directly behind a group of verbs.
    pub fn object_of(&self, group: usize) -> Option<usize> {
        let last = self.group(group).last;
        for word in last + 1..self.words.len().min(last + 4) {
            if self.breaks(word) {
                return None;
            }
            if let Some(chunk) = self.chunk_at(word) {
                return Some(chunk).filter(|chunk| !self.opens_said(*chunk));
            }
            if self.tag(word) != Tag::Adverb && !self.has_class(word, Class::Particle) {
                return None;
            }
        }
        None
    }

    /// "said the army of the north had fled", "claimed that troops fled": a subject, not what is said.
    fn opens_said(&self, chunk: usize) -> bool {
        let Chunk { first, last, .. } = self.chunk(chunk);
        let that = self.function(first) == Function::That && first < last;
        let phrases = self.phrases_after(last, FAR).map(|(_, phrase)| self.chunk(phrase).last);
        let next = phrases.last().unwrap_or(last) + 1;
        let verb = self.group_at(next).filter(|_| !self.breaks(next)).map(|group| self.group(group));
        // not "saw the army flee"
        that || verb.is_some_and(|verb| verb.finite && self.tag(verb.first) != Tag::Base)
    }

    /// The phrases with prepositions that follow a word one after the other: the word of the preposition and the phrase.
    pub fn phrases_after(&self, last: usize, far: usize) -> impl Iterator<Item = (usize, usize)> + use<'a> {
        let r = *self;
        let mut at = last + 1;
        let end = r.words.len().min(last + far);
        let mut preposition = None;
        std::iter::from_fn(move || {
            while at + 1 < end && !r.breaks(at) {
                let and = r.tag(at) == Tag::Conjunction && preposition.is_some();
                if r.chunk_at(at).is_none() && (r.is_adposition(at) || and) {
                    if !and {
                        preposition = Some(at);
                    }
                    let chunk = r.chunk_at(at + 1).filter(|_| !r.breaks(at + 1));
                    let Some((chunk, preposition)) = chunk.zip(preposition) else {
                        at += 1;
                        continue;
                    };
                    at = r.chunk(chunk).last + 1;
                    return Some((preposition, chunk));
                }
                let participle = r.group_at(at).map(|group| r.group(group)).filter(|group| group.bare && group.passive);
                match participle {
                    Some(group) => at = group.last + 1,
                    None if r.tag(at) == Tag::Adverb => at += 1,
                    None => return None,
                }
            }
            None
        })
    }

    /// What governs a noun phrase, over the members of its list.
    pub fn governor(&self, chunk: usize) -> Option<Governor> {
        let mut first = self.chunk(chunk).first;
        for _ in 0..4 {
            let Some(before) = first.checked_sub(1) else { break };
            let and = self.tag(before) == Tag::Conjunction;
            let member =
                if and { before.checked_sub(1) } else { Some(before).filter(|_| self.gap(first).has(Gap::COMMA)) };
            match member.and_then(|word| self.chunk_at(word)) {
                Some(chunk) => first = self.chunk(chunk).first,
                None => break,
            }
        }
        if let Some(before) = first.checked_sub(1).filter(|_| !self.breaks(first)) {
            if let Some(group) = self.group_at(before) {
                return Some(Governor::Object(group));
            }
            if self.is_adposition(before) {
                let above = before.checked_sub(1).filter(|_| !self.breaks(before));
                let chunk = above.and_then(|word| self.chunk_at(word));
                let group = above.and_then(|word| self.group_at(word));
                return Some(Governor::Preposition { at: before, chunk, group });
            }
            if self.tag(before) == Tag::Adverb
                && let Some(group) = before.checked_sub(1).and_then(|word| self.group_at(word))
            {
                return Some(Governor::Object(group));
            }
        }
        let last = self.chunk(chunk).last;
        let after = (last + 1..self.words.len().min(last + 16)).take_while(|word| !self.gap(*word).has(Gap::STOP));
        let group = after.into_iter().find_map(|word| self.group_at(word))?;
        self.subject_of(group).filter(|(subject, _)| *subject == chunk).map(|_| Governor::Subject(group))
    }

    /// Whom a pronoun may stand for in its sentence: the last actor before it that is no possessive and no object of a
    /// preposition, or else the last one.
    pub fn antecedent_of(&self, pronoun: usize) -> Option<usize> {
        let before = || self.names.iter().enumerate().take_while(|(_, name)| usize::from(name.last) < pronoun);
        let free = before().filter(|(_, name)| {
            let first =
                self.chunk_at(usize::from(name.last)).map_or(usize::from(name.first), |chunk| self.chunk(chunk).first);
            let governed = first.checked_sub(1).is_some_and(|word| !self.breaks(first) && self.is_adposition(word));
            !governed && name.usage != NameUsage::Possessive
        });
        free.last().or_else(|| before().last()).map(|(at, _)| at)
    }

    /// Whether a word stands in what only tells when, where or why somebody spoke: "reported from the occupied town",
    /// "spoke after the attack", "reported, marking an escalation". `last` is the last word of the verb.
    pub fn is_circumstance(&self, last: usize, word: usize) -> bool {
        let mut at = last + 1;
        for (preposition, chunk) in self.phrases_after(last, FAR) {
            if preposition >= word || self.is_content(preposition) {
                break;
            }
            at = self.chunk(chunk).last + 1;
            if word < at {
                return true;
            }
        }
        let opener = (at..self.words.len().min(at + 3)).find(|word| self.tag(*word) != Tag::Adverb);
        let Some(opener) = opener.filter(|opener| *opener <= word) else { return false };
        let aside = (at..=opener).any(|word| self.gap(word).has(Gap::COMMA));
        let subordinate = self.tag(opener) == Tag::Subordinator && !self.has_class(opener, Class::Question);
        // "said firing on them was a crime": a subject.
        let end = self.segment_end_by(word, word + 9);
        let participle = self.tag(opener) == Tag::Ing && (aside || !self.has_finite_verb(opener + 1, end));
        let ends = (opener + 1..=word).any(|word| self.gap(word).has(Gap::COMMA));
        // ", amid the siege"
        let time = aside && self.has_class(opener, Class::Time);
        (subordinate || time || participle && (aside || opener == last + 1)) && !ends
    }

    /// Whether a preposition leads to what is said ("spoke of"), not to when or where.
    fn is_content(&self, preposition: usize) -> bool {
        let class = self.preposition(preposition);
        let other = |class: Class| class as usize >= Class::As as usize && class != Class::Time;
        matches!(class, Some(Class::Of | Class::Against | Class::To)) || class.is_none_or(other)
    }

    /// Whether a clause of its own begins between two words and reaches the second: "condemned it after they attacked".
    pub fn is_in_other_clause(&self, from: usize, to: usize) -> bool {
        // "asked if", but not "threatened to stop if".
        let asked = |word: usize| {
            self.has_class(word, Class::Question)
                && !(self.has_class(word, Class::Condition) && (from + 1..word).any(|at| self.group_at(at).is_some()))
        };
        let opens = |word: &usize| {
            self.tag(*word) == Tag::Subordinator && !asked(*word)
                || self.opens_clause(*word)
                || self.adds_clause(from, *word)
        };
        let opener = (from + 1..=to).rev().take(FAR).find(opens);
        opener.is_some_and(|word| self.has_finite_verb(word, self.words.len().min(to + 8)))
    }

    /// Whether a finite verb follows a noun phrase: its own, most often.
    pub fn has_verb_behind(&self, chunk: usize) -> bool {
        let next = self.chunk(chunk).last + 1;
        self.has_finite_verb(next, next + 1)
    }

    /// "claims the valley and it can build": "and" before a subject and its verb, behind an object.
    fn adds_clause(&self, from: usize, and: usize) -> bool {
        let subject = self.chunk_at(and + 1).filter(|_| self.tag(and) == Tag::Conjunction && !self.breaks(and + 1));
        let subject = subject.filter(|chunk| self.chunk(*chunk).pronoun || self.has_finite_verb(from + 1, and));
        subject.is_some_and(|chunk| self.has_verb_behind(chunk))
    }

    /// "as" and "after" before a subject and its verb.
    pub fn opens_clause(&self, word: usize) -> bool {
        let subject = self.chunk_at(word + 1).filter(|_| self.has_class(word, Class::Opener) && !self.breaks(word + 1));
        subject.is_some_and(|chunk| self.has_verb_behind(chunk))
    }

    /// Whether somebody does a second thing between two words: "said goodbye and crossed the valley", "..., then crossed".
    pub fn has_second_verb(&self, from: usize, to: usize) -> bool {
        // not "threatens to besiege and starve"
        let own = |group: Group| group.finite && self.tag(group.head) != Tag::Base;
        let verb = |word: usize| self.group_at(word).is_some_and(|group| own(self.group(group)));
        let then = |word: usize| self.tag(word) == Tag::Adverb && self.gap(word).has(Gap::COMMA);
        (from + 1..to).any(|word| (self.tag(word) == Tag::Conjunction || then(word)) && verb(word + 1))
    }

    /// Whether a finite verb follows a word in its stretch.
    pub fn has_finite_verb_by(&self, word: usize) -> bool {
        self.has_finite_verb(word + 1, self.segment_end_by(word, word + FAR))
    }

    /// Whether a group of verbs ends a clause before a word: a finite verb stands in a stretch.
    pub fn has_finite_verb(&self, from: usize, to: usize) -> bool {
        (from..to).any(|word| self.group_at(word).is_some_and(|group| self.group(group).finite))
    }
}
