//! The clause walk: the questions that are asked of the phrases of one sentence: subject, object, what governs a phrase,
//! which phrases depend on it.
//!
//! No tree is built. A question looks from its word to the left or right over whole phrases, at most [`FAR`] words.

use super::clause::Reading;
use super::grammar::Function;
use super::phrases::{Chunk, Group};
use super::sheet::{Gap, NameUsage};
use super::walk_subject::How;
use super::word_class::{Class, Tag};

/// How many words a question looks.
pub(super) const FAR: usize = 30;

/// How many questions one question may ask of other verbs.
pub(super) const DEEP: usize = 4;
/// How long the subject of a clause may be behind the word that opens it.
const OPENED_WORDS: usize = 8;
/// How far behind a verb of speech may stand who speaks: "accused of ... by X".
const REPORT_WORDS: usize = 10;

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

/// The questions. Behind the last word of the sentence there is a stop, and no word of any kind.
impl<'a> Reading<'a> {
    pub fn tag(&self, word: usize) -> Tag {
        self.phrases.tagging.tags.get(word).copied().unwrap_or(Tag::Other)
    }

    /// Whether a word may be of a part of speech in another sentence.
    pub fn may_be(&self, word: usize, tag: Tag) -> bool {
        self.phrases.tagging.may_be(word, self.words[word].breaks - self.words[0].breaks, tag)
    }

    pub fn has_class(&self, word: usize, class: Class) -> bool {
        self.phrases.tagging.classes.get(word).is_some_and(|classes| classes.has(class))
    }

    /// Whether a word of the sentence has a class.
    pub fn any_class(&self, class: Class) -> bool {
        self.phrases.tagging.any_class.has(class)
    }

    /// Whether a word of a stretch has a class.
    pub fn any_class_in(&self, from: usize, to: usize, class: Class) -> bool {
        self.any_class(class) && (from..to).any(|word| self.has_class(word, class))
    }

    /// Whether a word ends with the sign of a possessive.
    pub fn is_possessive(&self, word: usize) -> bool {
        self.phrases.tagging.possessives.get(word).is_some_and(|possessive| *possessive)
    }

    /// The preposition a word is, by its class.
    pub fn preposition(&self, word: usize) -> Option<Class> {
        self.phrases.tagging.classes.get(word)?.preposition()
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

    pub fn breaks(&self, word: usize) -> bool {
        self.gap(word).has(Gap::BREAK)
    }

    /// "the Hill Front, in Norland, which": the phrase before a place that is set off.
    pub fn before_place(&self, chunk: usize, relative: usize) -> Option<usize> {
        let place = self.chunk(chunk).first.checked_sub(1).filter(|word| self.has_class(*word, Class::In))?;
        let set_off = self.gap(place).has(Gap::COMMA) && self.gap(relative).has(Gap::COMMA);
        self.chunk_at(place.checked_sub(1)?).filter(|_| set_off)
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
                match self.inserted_before(group) {
                    // "had no choice, the author writes, but to retreat"
                    Some(start) => at = start,
                    None => return Some(group),
                }
            }
        }
        None
    }

    /// The first word of a short report between two commas (", the author writes,") that this group of verbs ends.
    fn inserted_before(&self, number: usize) -> Option<usize> {
        let group = self.group(number);
        let aside = group.last + 1 < self.words.len() && self.gap(group.last + 1) == Gap::COMMA;
        let subject = group.first.checked_sub(1).filter(|_| aside && self.is_verb_of_speech(group.head))?;
        let first = self.chunk(self.chunk_at(subject)?).first;
        (first > 0 && self.gap(first) == Gap::COMMA).then_some(first)
    }

    /// The noun phrase directly behind a group of verbs, or that of which its relative clause says that it is done to it.
    pub fn object_of(&self, number: usize) -> Option<usize> {
        self.object_within(number, 0)
    }

    pub fn object_within(&self, number: usize, depth: usize) -> Option<usize> {
        if depth > DEEP {
            return None;
        }
        let group = self.group(number);
        let mut word = group.last + 1;
        let end = self.words.len().min(word + 4);
        while word < end && !self.breaks(word) {
            if let Some(chunk) = self.chunk_at(word) {
                let other = self.is_time(chunk)
                    || self.has_class(word, Class::Nominative)
                    || self.takes_clause(number) && self.opens_said(chunk, self.is_verb_of_speech(group.head))
                    || self.inverted(group) == Some(chunk);
                return Some(chunk).filter(|_| !other);
            }
            // "besieged and shelled the town": of both.
            let next = self.group_at(word + 1).filter(|_| self.tag(word) == Tag::Conjunction && !self.breaks(word + 1));
            if let Some(second) = next.filter(|second| self.is_alike(number, *second)) {
                return self.object_within(second, depth + 1);
            }
            let adverb = self.tag(word) == Tag::Adverb
                && ![Class::Question, Class::When].iter().any(|class| self.has_class(word, *class));
            let skipped = [Class::Particle, Class::Negation].iter().any(|class| self.has_class(word, *class));
            if !(adverb || skipped || self.opens_number(word)) {
                break;
            }
            word += 1;
        }
        self.object_before(number, depth)
    }

    /// "killed about 80", "killed at least 80"
    fn opens_number(&self, word: usize) -> bool {
        let number = |word: usize| self.words.len() > word && self.tag(word) == Tag::Number;
        self.has_class(word, Class::Roughly)
            && (number(word + 1) || number(word + 2) && self.has_class(word + 1, Class::Roughly))
    }

    /// "the town which Baku besieged": the town.
    fn object_before(&self, number: usize, depth: usize) -> Option<usize> {
        let group = self.group(number);
        if !group.finite || group.passive || group.copula {
            return None;
        }
        let (subject, how) = self.subject_within(number, depth)?;
        let first = self.chunk(subject).first;
        let before = first.checked_sub(1).filter(|_| !self.breaks(first) && how == How::Plain)?;
        // not "the town in which Baku fought"
        let bare = before.checked_sub(1).is_some_and(|word| self.chunk_at(word).is_some());
        self.before_relative(before).filter(|_| bare && self.chunk(subject).last < group.first)
    }

    /// Whether a noun phrase tells when: "last week", "five hours".
    pub fn is_time(&self, chunk: usize) -> bool {
        let Chunk { first, last, .. } = self.chunk(chunk);
        // not "entered its third week"
        let time = [Class::Day, Class::Period].iter().any(|class| self.has_class(last, *class));
        // "insisted late Tuesday"
        let late = first == last && self.has_class(last, Class::Recent);
        !self.has_class(first, Class::Owner) && (time || late || self.has_class(first, Class::Day))
    }

    /// "accused of genocide by X": "by" tells who accuses, not whose genocide.
    pub fn is_by_of_report(&self, by: usize) -> bool {
        let words = (by.saturating_sub(REPORT_WORDS)..by).rev().take_while(|word| !self.breaks(word + 1));
        let groups = words.filter_map(|word| self.group_at(word)).map(|number| self.group(number));
        let verb = groups.into_iter().find(|group| group.finite || group.passive);
        self.has_class(by, Class::By) && verb.is_some_and(|group| group.passive && self.is_verb_of_speech(group.head))
    }

    /// Whether two groups end with the same form of a verb, and the second has no auxiliary of its own.
    pub fn is_alike(&self, first: usize, second: usize) -> bool {
        let Group { first: begin, head, .. } = self.group(second);
        begin == head && self.tag(head) == self.tag(self.group(first).head)
    }

    /// Whether a clause may follow a verb without "that".
    pub fn takes_clause(&self, group: usize) -> bool {
        let head = self.group(group).head;
        self.has_class(head, Class::TakesClause) || self.is_verb_of_speech(head)
    }

    /// "said the army of the north had fled", "claimed that troops fled": a subject, not what is said. `says`: the verb
    /// before it is one of speech.
    fn opens_said(&self, chunk: usize, says: bool) -> bool {
        let Chunk { first, last, .. } = self.chunk(chunk);
        let that = self.function(first) == Function::That && first < last;
        let phrases = self.phrases_after(last, FAR).map(|(_, phrase)| self.chunk(phrase).last);
        let mut next = phrases.last().unwrap_or(last) + 1;
        while next < self.words.len() && self.tag(next) == Tag::Adverb && !self.breaks(next) {
            next += 1;
        }
        let verb = self.group_at(next).filter(|_| !self.breaks(next)).map(|group| self.group(group));
        // not "saw the army flee"
        let base = |verb: Group| self.tag(verb.first) == Tag::Base && !says;
        that || verb.is_some_and(|verb| verb.finite && !base(verb))
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
        if let Some(governor) = self.governor_before(chunk) {
            return Some(governor);
        }
        let last = self.chunk(chunk).last;
        let after = (last + 1..self.words.len().min(last + 16)).take_while(|word| !self.gap(*word).has(Gap::STOP));
        let group = after.into_iter().find_map(|word| self.group_at(word))?;
        self.subject_of(group).filter(|(subject, _)| *subject == chunk).map(|_| Governor::Subject(group))
    }

    /// The first word of a noun phrase, or of the list in which it stands.
    pub fn first_of_list(&self, chunk: usize) -> usize {
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
        first
    }

    /// The verb or preposition before a noun phrase or its list that governs it.
    pub fn governor_before(&self, chunk: usize) -> Option<Governor> {
        let first = self.first_of_list(chunk);
        if let Some(before) = first.checked_sub(1).filter(|_| !self.breaks(first)) {
            if let Some(group) = self.group_at(before) {
                return Some(Governor::Object(group));
            }
            // "fought off the attack"
            let verb =
                before.checked_sub(1).filter(|_| self.has_class(before, Class::Particle) && !self.breaks(before));
            if let Some(group) = verb.and_then(|verb| self.group_at(verb)).filter(|group| !self.group(*group).copula) {
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
        None
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
        // "said in a message marking the day of the invasion"
        let marks = self.has_class(opener, Class::Judging);
        (subordinate || time || participle && (aside || marks || opener == last + 1)) && !ends
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
        !self.breaks(next) && self.has_finite_verb(next, next + 1)
    }

    /// Whether "and" joins a clause with a subject of its own between two words.
    pub fn joins_clause(&self, from: usize, to: usize) -> bool {
        let clause = |word: usize| {
            let Some(subject) = self.chunk_at(word) else { return false };
            // "and a rise in prices has"
            let phrases = self.phrases_after(self.chunk(subject).last, FAR).map(|(_, phrase)| phrase);
            self.has_verb_behind(subject) || phrases.last().is_some_and(|phrase| self.has_verb_behind(phrase))
        };
        (from + 1..to).any(|word| self.function(word) == Function::And && clause(word + 1))
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
        // "as the minister of Norland landed"
        let phrases = |chunk: usize| self.phrases_after(self.chunk(chunk).last, OPENED_WORDS).map(|(_, chunk)| chunk);
        let long = |chunk: usize| {
            self.function(word) != Function::What && phrases(chunk).any(|chunk| self.has_verb_behind(chunk))
        };
        // "as the army further delayed the talks"
        let later = |chunk: usize| {
            let next = self.chunk(chunk).last + 1;
            let adverb = self.words.len() > next + 1 && self.tag(next) == Tag::Adverb && !self.breaks(next + 1);
            adverb && self.has_finite_verb(next + 1, next + 2)
        };
        // "as the army and its allies marched"
        let second = |chunk: usize| {
            let and = self.chunk(chunk).last + 1;
            let joined = and + 1 < self.words.len() && self.tag(and) == Tag::Conjunction && !self.breaks(and);
            joined && self.chunk_at(and + 1).is_some_and(|chunk| self.has_verb_behind(chunk))
        };
        subject.is_some_and(|chunk| self.has_verb_behind(chunk) || later(chunk) || long(chunk) || second(chunk))
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
