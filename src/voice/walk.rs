//! The clause walk: noun phrases and groups of verbs of one sentence, and the questions that are asked of them: subject,
//! object, what governs a phrase, which phrases depend on it.
//!
//! No tree is built. A question looks from its word to the left or right over whole phrases, at most [`FAR`] words.

use super::clause::Reading;
use super::sheet::{Gap, Name, NameUsage, People, Word};
use super::words::{Class, Form, Tag, Tagging};
use crate::codebook::CueKind;
use crate::normalise::View;

/// How many words a question looks.
const FAR: usize = 30;
/// How many questions one question may ask of other verbs.
const DEEP: usize = 4;
/// How many words an insertion between dashes or brackets may have.
const INSERTION: usize = 14;

/// A noun phrase without what depends on it by prepositions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk {
    pub first: usize,
    pub last: usize,
    pub pronoun: bool,
}

/// A verb with its auxiliaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group {
    pub first: usize,
    pub last: usize,
    /// The word that says what is done.
    pub head: usize,
    /// The subject suffers: "was attacked", "attacked by".
    pub passive: bool,
    pub finite: bool,
    pub infinitive: bool,
    /// A participle alone.
    pub bare: bool,
    /// A form of "be" alone.
    pub copula: bool,
}

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

/// The phrases of one sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Walk {
    tagging: Tagging,
    chunks: Vec<Chunk>,
    groups: Vec<Group>,
    /// By word, the number of its phrase from 1; 0 for none.
    chunk_at: Vec<u16>,
    group_at: Vec<u16>,
}

impl Walk {
    pub fn clear(&mut self) {
        self.tagging.clear();
        self.chunks.clear();
        self.groups.clear();
        self.chunk_at.clear();
        self.group_at.clear();
    }

    pub fn read(&mut self, view: &View, words: &[Word], names: &[Name]) {
        self.clear();
        let form = |word: &Word| Form {
            text: view.slice(word.span),
            capital: view.masks().upper.get(word.span.start as usize),
        };
        self.tagging.read(words.iter().map(form));
        for name in names {
            self.tag_name(name, words);
        }
        self.chunk_at.resize(words.len(), 0);
        self.group_at.resize(words.len(), 0);
        self.find_chunks(words);
        self.find_groups(words);
    }

    /// A name is a noun; a demonym before a noun is an adjective.
    fn tag_name(&mut self, name: &Name, words: &[Word]) {
        let (first, last) = (usize::from(name.first), usize::from(name.last));
        let tags = &mut self.tagging.tags;
        for tag in &mut tags[first..=last] {
            if !matches!(tag, Tag::Adjective | Tag::Noun) {
                *tag = Tag::Name;
            }
        }
        let noun_follows = words.get(last + 1).is_some_and(|word| !word.gap.has(Gap::BREAK))
            && matches!(tags[last + 1], Tag::Noun | Tag::Adjective | Tag::Name | Tag::Participle | Tag::Number);
        let demonym = name.usage == NameUsage::Demonym && name.fact.people == People::No;
        tags[last] = if demonym && noun_follows { Tag::Adjective } else { Tag::Name };
        if name.usage == NameUsage::Possessive {
            self.tagging.possessives[last] = true;
        }
    }

    fn find_chunks(&mut self, words: &[Word]) {
        let mut at = 0;
        while at < words.len() {
            if !self.opens_chunk(at, words) {
                at += 1;
                continue;
            }
            let classes = self.tagging.classes[at];
            let pronoun = self.tagging.tags[at] == Tag::Pronoun && !classes.has(Class::Owner);
            let mut last = at;
            while !pronoun && self.goes_on(last, words) {
                last += 1;
            }
            self.chunks.push(Chunk { first: at, last, pronoun });
            self.chunk_at[at..=last].fill(u16::try_from(self.chunks.len()).unwrap_or(u16::MAX));
            at = last + 1;
        }
    }

    fn opens_chunk(&self, at: usize, words: &[Word]) -> bool {
        let tags = &self.tagging.tags;
        let joins = |word: usize| words.get(word).is_some_and(|word| !word.gap.has(Gap::BREAK));
        let noun =
            |word: usize| tags.get(word).is_some_and(|tag| matches!(tag, Tag::Noun | Tag::Name | Tag::Adjective));
        match tags[at] {
            Tag::Pronoun => !self.tagging.classes[at].has(Class::Relative),
            tag if tag.is_nominal() => true,
            Tag::Participle => {
                let before = at.checked_sub(1).map(|word| (tags[word], self.tagging.classes[word]));
                let adjective = before.is_none_or(|(tag, classes)| {
                    let governs = matches!(tag, Tag::Adposition | Tag::Conjunction) || tag.is_verb();
                    governs && !classes.any(&[Class::Be, Class::Have])
                });
                adjective && noun(at + 1) && joins(at + 1)
            }
            Tag::Adverb => {
                let phrase = matches!(tags.get(at + 1), Some(Tag::Adjective | Tag::Participle)) && noun(at + 2);
                phrase && joins(at + 1) && joins(at + 2)
            }
            _ => false,
        }
    }

    /// Whether the phrase that has `last` goes on with the next word.
    fn goes_on(&self, last: usize, words: &[Word]) -> bool {
        let tags = &self.tagging.tags;
        let next = last + 1;
        let Some(word) = words.get(next).filter(|word| !word.gap.has(Gap::BREAK)) else { return false };
        let follows = |tags_: &[Tag]| {
            words.get(next + 1).is_some_and(|word| !word.gap.has(Gap::BREAK)) && tags_.contains(&tags[next + 1])
        };
        match tags[next] {
            Tag::Determiner => tags[last] == Tag::Determiner,
            Tag::Pronoun => false,
            tag if tag.is_nominal() => true,
            Tag::Participle | Tag::Ing | Tag::Adverb => {
                let inside = matches!(tags[last], Tag::Determiner | Tag::Adjective | Tag::Number | Tag::Pronoun);
                let owned = self.tagging.possessives[last] || word.gap.has(Gap::HYPHEN);
                (inside || owned) && follows(&[Tag::Noun, Tag::Adjective, Tag::Name, Tag::Participle])
            }
            Tag::Conjunction => {
                tags[last] == Tag::Adjective
                    && follows(&[Tag::Adjective])
                    && words.get(next + 2).is_some_and(|word| !word.gap.has(Gap::BREAK))
                    && tags[next + 2] == Tag::Noun
            }
            _ => word.gap.has(Gap::HYPHEN) && follows(&[Tag::Noun, Tag::Name, Tag::Adjective]),
        }
    }

    fn find_groups(&mut self, words: &[Word]) {
        let mut at = 0;
        while at < words.len() {
            let Some(group) = self.group_from(at, words) else {
                at += 1;
                continue;
            };
            self.groups.push(group);
            self.group_at[at..=group.last].fill(u16::try_from(self.groups.len()).unwrap_or(u16::MAX));
            at = group.last + 1;
        }
    }

    fn group_from(&self, first: usize, words: &[Word]) -> Option<Group> {
        let Tagging { tags, classes, .. } = &self.tagging;
        let verbal = |word: usize| {
            word < words.len() && self.chunk_at[word] == 0 && (tags[word].is_verb() || tags[word] == Tag::Auxiliary)
        };
        let infinitive = classes[first].has(Class::Infinitive)
            && (first + 1..words.len().min(first + 3))
                .take_while(|word| !words[*word].gap.has(Gap::BREAK))
                .find(|word| tags[*word] != Tag::Adverb)
                .is_some_and(|word| matches!(tags[word], Tag::Base | Tag::Auxiliary) && self.chunk_at[word] == 0);
        if self.chunk_at[first] != 0 || !(verbal(first) || infinitive) {
            return None;
        }
        let helps = |word: usize| {
            tags[word] == Tag::Auxiliary
                || classes[word].any(&[Class::Be, Class::Have, Class::Modal, Class::Infinitive])
        };
        let mut last = first;
        loop {
            // Adverbs belong to the group when a verb follows.
            let next = (last + 1..words.len().min(last + 4))
                .take_while(|word| !words[*word].gap.has(Gap::BREAK) && self.chunk_at[*word] == 0)
                .find(|word| tags[*word] != Tag::Adverb && !classes[*word].has(Class::Negation) || verbal(*word));
            match next {
                Some(next) if verbal(next) && helps(last) => last = next,
                _ => break,
            }
        }
        let head = last;
        let any = |wanted: &[Class], to: usize| (first..to).any(|word| classes[word].any(wanted));
        let bare = first == head && matches!(tags[head], Tag::Ing | Tag::Participle);
        let participle = matches!(tags[head], Tag::Participle | Tag::Past);
        let finite = !infinitive && !bare;
        let passive = participle && any(&[Class::Be], head) || bare && tags[head] == Tag::Participle;
        Some(Group { first, last, head, passive, finite, infinitive, bare, copula: classes[head].has(Class::Be) })
    }
}

/// The questions.
impl<'a> Reading<'a> {
    pub fn tag(&self, word: usize) -> Tag {
        self.walk.tagging.tags[word]
    }

    pub fn has_class(&self, word: usize, class: Class) -> bool {
        self.walk.tagging.classes.get(word).is_some_and(|classes| classes.has(class))
    }

    /// The preposition a word is, by its class.
    pub fn preposition(&self, word: usize) -> Option<Class> {
        let classes = self.walk.tagging.classes[word];
        Class::prepositions().iter().map(|(_, class)| *class).find(|class| classes.has(*class))
    }

    pub fn chunk(&self, number: usize) -> Chunk {
        self.walk.chunks[number]
    }

    pub fn group(&self, number: usize) -> Group {
        self.walk.groups[number]
    }

    pub fn chunk_at(&self, word: usize) -> Option<usize> {
        usize::from(self.walk.chunk_at.get(word).copied()?).checked_sub(1)
    }

    pub fn group_at(&self, word: usize) -> Option<usize> {
        usize::from(self.walk.group_at.get(word).copied()?).checked_sub(1)
    }

    fn breaks(&self, word: usize) -> bool {
        self.gap(word).has(Gap::BREAK)
    }

    fn is_adposition(&self, word: usize) -> bool {
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
            let verb = first.checked_sub(1).filter(|_| !self.breaks(first)).and_then(|word| self.group_at(word));
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
                // "accused X of planning": X.
                let object = self.object_of(verb).filter(|object| self.chunk(*object).last < before);
                let charged = object.filter(|_| {
                    let link =
                        [Class::Of, Class::For, Class::From, Class::Against].map(|class| self.has_class(before, class));
                    link.contains(&true) && !self.group(verb).passive
                });
                return charged.or_else(|| self.subject_within(verb, depth + 1).map(|(chunk, _)| chunk));
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

    fn subject_before(&self, number: usize, depth: usize) -> Option<(usize, How)> {
        let group = self.group(number);
        let mut at = group.first;
        while at > 0 && group.first - at < FAR {
            if self.gap(at).has(Gap::STOP) {
                return None;
            }
            at = self.before_insertion(at) - 1;
            if let Some(chunk) = self.chunk_at(at) {
                let first = self.chunk(chunk).first;
                let Some(before) = first.checked_sub(1) else { return Some((chunk, How::Plain)) };
                let joined = !self.breaks(first);
                let inserted = self.gap(first).has(Gap::COMMA) && self.gap(at + 1).has(Gap::COMMA);
                let listed =
                    || self.tag(before) == Tag::Conjunction && before > 0 && self.chunk_at(before - 1).is_some();
                if joined && (self.is_adposition(before) || listed()) {
                    at = before;
                } else if inserted && self.chunk_at(before).is_some() {
                    at = first;
                } else {
                    return Some((chunk, How::Plain));
                }
            } else if self.has_class(at, Class::Relative) && self.group_at(at).is_none() {
                let back = at.checked_sub(1).filter(|word| self.is_adposition(*word)).unwrap_or(at);
                return back.checked_sub(1).and_then(|word| self.chunk_at(word)).map(|chunk| (chunk, How::Relative));
            } else if self.tag(at) == Tag::Conjunction && at + 1 == group.first {
                let verb = self.group_before(at, FAR)?;
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

    /// Where an insertion between dashes or brackets begins that ends before a word; else the word.
    fn before_insertion(&self, word: usize) -> usize {
        let gap = self.gap(word);
        let opening = match () {
            () if gap.has(Gap::DASH) => Gap::DASH,
            () if gap.has(Gap::CLOSE) => Gap::OPEN,
            () => return word,
        };
        let opens = (word.saturating_sub(INSERTION).max(1)..word).rev().find(|at| self.gap(*at).has(opening));
        opens.unwrap_or(word)
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
                return Some(chunk);
            }
            if self.tag(word) != Tag::Adverb && !self.has_class(word, Class::Particle) {
                return None;
            }
        }
        None
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
        let participle = self.tag(opener) == Tag::Ing;
        let ends = (opener + 1..=word).any(|word| self.gap(word).has(Gap::COMMA));
        (subordinate || participle && (aside || opener == last + 1)) && !ends
    }

    /// Whether a preposition leads to what is said ("spoke of"), not to when or where.
    fn is_content(&self, preposition: usize) -> bool {
        let class = self.preposition(preposition);
        matches!(class, Some(Class::Of | Class::Against | Class::To))
            || class.is_none_or(|class| class as usize >= Class::As as usize)
    }

    /// Whether a clause of its own begins between two words and reaches the second: "condemned it after they attacked".
    pub fn is_in_other_clause(&self, from: usize, to: usize) -> bool {
        let opens = |word: &usize| self.tag(*word) == Tag::Subordinator && !self.has_class(*word, Class::Question);
        let opener = (from + 1..=to).rev().take(FAR).find(opens);
        opener.is_some_and(|word| self.has_finite_verb(word, self.words.len().min(to + 8)))
    }

    /// Whether a group of verbs ends a clause before a word: a finite verb stands in a stretch.
    pub fn has_finite_verb(&self, from: usize, to: usize) -> bool {
        (from..to).any(|word| self.group_at(word).is_some_and(|group| self.group(group).finite))
    }
}
