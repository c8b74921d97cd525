//! Noun phrases and groups of verbs of one sentence.

use super::grammar::Function;
use super::mends::mend;
use super::sheet::{Gap, Name, NameUsage, People, Word};
use super::word_class::{Class, Classes, Tag};
use super::words::Tagging;
use crate::normalise::View;
use crate::segment::Token;

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

/// The phrases of one sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Phrases {
    pub tagging: Tagging,
    pub chunks: Vec<Chunk>,
    pub groups: Vec<Group>,
    /// By word, the number of its phrase from 1; 0 for none.
    pub chunk_at: Vec<u16>,
    pub group_at: Vec<u16>,
}

impl Phrases {
    pub fn clear(&mut self) {
        self.tagging.clear();
        self.chunks.clear();
        self.groups.clear();
        self.chunk_at.clear();
        self.group_at.clear();
    }

    /// `tokens` are those of the words.
    pub fn read(&mut self, view: &View, tokens: &[Token], words: &[Word], names: &[Name]) {
        self.clear();
        // In a headline of capitals they mark no names.
        let shouts = |at: usize| {
            let upper = |at: u32| view.masks().upper.get(at as usize);
            words.get(at).is_some_and(|word| word.span.len() > 2 && upper(word.span.start) && upper(word.span.end - 1))
        };
        let is_capital = |at: usize| {
            view.masks().upper.get(words[at].span.start as usize)
                && !(shouts(at) && (shouts(at + 1) || at > 0 && shouts(at - 1)))
        };
        self.tagging.read(view, tokens, is_capital, |at| words[at].gap.has(Gap::BREAK));
        for name in names {
            self.tag_name(name, words);
        }
        mend(&mut self.tagging, words);
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
            let pronoun = self.tagging.tags[at] == Tag::Pronoun;
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
            // "That is a war crime"
            Tag::Pronoun if words[at].function == Function::That => {
                at == 0 || words[at].gap.has(Gap::STOP) || tags[at - 1] == Tag::Subordinator
            }
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
                // not "has also proposed talks"
                let helped = tags.get(at + 1) == Some(&Tag::Participle) && self.auxiliary_before(at).is_some();
                phrase && !helped && joins(at + 1) && joins(at + 2)
            }
            _ => false,
        }
    }

    /// The classes of the form of "be" or "have" that stands before a word, over adverbs.
    fn auxiliary_before(&self, at: usize) -> Option<Classes> {
        let Tagging { tags, classes, .. } = &self.tagging;
        let before = (0..at).rev().find(|word| tags[*word] != Tag::Adverb && !classes[*word].has(Class::Negation))?;
        Some(classes[before]).filter(|classes| classes.any(&[Class::Be, Class::Have]))
    }

    /// Whether the phrase that has `last` goes on with the next word.
    fn goes_on(&self, last: usize, words: &[Word]) -> bool {
        let tags = &self.tagging.tags;
        let next = last + 1;
        let time = self.tagging.classes[last];
        if time.has(Class::Day) && tags.get(next) != Some(&Tag::Noun)
            || time.has(Class::Period) && tags.get(next) == Some(&Tag::Name)
        {
            return false;
        }
        let joined = words.get(next).filter(|word| !word.gap.has(Gap::BREAK) || self.is_listed_adjective(next, words));
        let Some(word) = joined else { return false };
        if self.tells_day(next, words) && tags[last].is_nominal() && !self.tagging.possessives[last] {
            return false;
        }
        let follows = |tags_: &[Tag]| {
            words.get(next + 1).is_some_and(|word| !word.gap.has(Gap::BREAK)) && tags_.contains(&tags[next + 1])
        };
        match tags[next] {
            Tag::Determiner => tags[last] == Tag::Determiner,
            Tag::Pronoun => false,
            tag if tag.is_nominal() => true,
            Tag::Participle | Tag::Ing | Tag::Adverb => {
                let inside = matches!(
                    tags[last],
                    Tag::Determiner | Tag::Adjective | Tag::Number | Tag::Pronoun | Tag::Adverb | Tag::Conjunction
                );
                let owned = self.tagging.possessives[last] || word.gap.has(Gap::HYPHEN);
                let noun =
                    tags[last] == Tag::Noun && self.tagging.classes[next].has(Class::Act) && follows(&[Tag::Noun]);
                noun || (inside || owned) && follows(&[Tag::Noun, Tag::Adjective, Tag::Name, Tag::Participle])
            }
            Tag::Conjunction => {
                // "recent democratic and economic reforms", "one or two towns"
                let third = words.get(next + 2).filter(|word| !word.gap.has(Gap::BREAK)).map(|_| tags[next + 2]);
                match tags[last] {
                    Tag::Adjective => {
                        follows(&[Tag::Adjective, Tag::Noun, Tag::Ing, Tag::Participle]) && third == Some(Tag::Noun)
                    }
                    Tag::Number => follows(&[Tag::Number]) && matches!(third, Some(Tag::Noun | Tag::Adjective)),
                    _ => false,
                }
            }
            _ => word.gap.has(Gap::HYPHEN) && follows(&[Tag::Noun, Tag::Name, Tag::Adjective]),
        }
    }

    /// "a bloody, endless siege": behind an adjective and a comma, before a noun.
    fn is_listed_adjective(&self, at: usize, words: &[Word]) -> bool {
        let tags = &self.tagging.tags;
        let noun = words.get(at + 1).is_some_and(|word| !word.gap.has(Gap::BREAK)) && tags[at + 1] == Tag::Noun;
        // not "The way was hard, military officials said"
        let before = (0..at - 1).rev().find(|word| tags[*word] != Tag::Adverb);
        let noun = noun && !before.is_some_and(|word| self.tagging.classes[word].has(Class::Be));
        words[at].gap == Gap::COMMA && tags[at - 1] == Tag::Adjective && tags[at] == Tag::Adjective && noun
    }

    /// "by Baku *last week*", "told reporters *Friday*": not "the Friday prayers".
    fn tells_day(&self, word: usize, words: &[Word]) -> bool {
        let Tagging { tags, classes, .. } = &self.tagging;
        let next = words.get(word + 1).filter(|next| !next.gap.has(Gap::BREAK)).map(|_| word + 1);
        let time = |word: usize| classes[word].any(&[Class::Period, Class::Day]);
        classes[word].has(Class::Day) && next.is_none_or(|next| time(next) || !tags[next].is_nominal())
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
        // "they're leaving", "it's occupied"
        let helped = self
            .auxiliary_before(first)
            .filter(|before| before.has(Class::Clitic) && !words[first].gap.has(Gap::BREAK));
        let bare = first == head && matches!(tags[head], Tag::Ing | Tag::Participle) && helped.is_none();
        let participle = matches!(tags[head], Tag::Participle | Tag::Past);
        let finite = !infinitive && !bare;
        let be = any(&[Class::Be], head) || helped.is_some_and(|before| before.has(Class::Be));
        let passive = participle && be || bare && tags[head] == Tag::Participle;
        Some(Group { first, last, head, passive, finite, infinitive, bare, copula: classes[head].has(Class::Be) })
    }
}
