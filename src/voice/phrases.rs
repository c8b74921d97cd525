//! Noun phrases and groups of verbs of one sentence.

use super::grammar::Function;
use super::sheet::{Gap, Name, NameUsage, People, Word};
use super::word_class::{Class, Classes, Tag};
use super::words::Tagging;
use crate::normalise::View;
use crate::segment::Token;

/// How far behind a participle its by-phrase may begin.
const NEAR_BY: usize = 6;

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
        self.mend_tags(words);
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

    /// What three tags in a row cannot show: the verb of "Baku accused them", which has the form of a participle, and the
    /// noun of "in turn".
    fn mend_tags(&mut self, words: &[Word]) {
        let Tagging { tags, classes, possessives, .. } = &mut self.tagging;
        for at in 1..words.len() {
            let joined = !words[at].gap.has(Gap::BREAK);
            let by = words.get(at + 1).is_some_and(|word| !word.gap.has(Gap::ASIDE) && classes[at + 1].has(Class::By));
            if tags[at] == Tag::Past && words[at].gap.has(Gap::COMMA) && by {
                // "the valley, seized by Baku"
                tags[at] = Tag::Participle;
            }
            if matches!(tags[at], Tag::Noun | Tag::Adjective)
                && tags[at - 1] == Tag::Adposition
                && joined
                && classes[at].has(Class::EndsIng)
                && words.get(at + 1).is_some_and(|word| {
                    !word.gap.has(Gap::ASIDE) && matches!(tags[at + 1], Tag::Name | Tag::Determiner)
                })
            {
                // "against attacking Baku"
                tags[at] = Tag::Ing;
            }
            if tags[at] == Tag::Adjective
                && joined
                && classes[at].has(Class::EndsEd)
                && matches!(tags[at - 1], Tag::Noun | Tag::Name)
                && !possessives[at - 1]
                && words.get(at + 1).is_some_and(|word| {
                    !word.gap.has(Gap::BREAK) && matches!(tags[at + 1], Tag::Name | Tag::Determiner)
                })
            {
                // "The use of force by Baku surprised Moscow"
                tags[at] = Tag::Past;
            }
            if tags[at] == Tag::Participle {
                let subject = (0..at).rev().find(|word| tags[*word] != Tag::Adverb);
                let subject = subject.is_some_and(|word| {
                    matches!(tags[word], Tag::Noun | Tag::Name) || classes[word].has(Class::Pronoun)
                });
                let ed = classes[at].has(Class::EndsEd);
                if joined
                    && (subject && ed && is_past(words, tags, classes, at) || is_second_verb(words, tags, classes, at))
                {
                    tags[at] = Tag::Past;
                }
            } else if tags[at] == Tag::Noun
                && joined
                && !possessives[at - 1]
                && match tags[at - 1] {
                    // "Baku complains of"
                    Tag::Name => classes[at].has(Class::EndsS),
                    // "Farmers fear an offensive"
                    Tag::Noun => classes[at - 1].has(Class::EndsS) && !classes[at].has(Class::EndsS),
                    _ => false,
                }
                && (is_verbless(words, tags, classes, at) || {
                    // "Baku claims it freed the town"
                    let next = words.get(at + 1).is_some_and(|word| !word.gap.has(Gap::BREAK));
                    next && tags[at - 1] == Tag::Name && classes[at + 1].has(Class::Pronoun)
                })
            {
                tags[at] = Tag::Present;
            } else if matches!(tags[at], Tag::Base | Tag::Present)
                && tags[at - 1] == Tag::Adposition
                && joined
                && !classes[at - 1].has(Class::Infinitive)
            {
                tags[at] = Tag::Noun;
            } else if matches!(tags[at], Tag::Present | Tag::Base)
                && (possessives[at - 1]
                    || tags[at - 1] == Tag::Determiner && classes[at - 1].any(&[Class::Owner, Class::Ours]))
                && joined
            {
                // "Baku's airfields", "their robot"
                tags[at] = Tag::Noun;
            } else if tags[at] == Tag::Determiner
                && (words[at].function == Function::Relative && (!joined || tags[at - 1] == Tag::Adposition)
                    || words[at].function == Function::What && tags.get(at + 1) == Some(&Tag::Name))
            {
                // "the court, in which Baku says", "what Baku sees as"
                tags[at] = Tag::Pronoun;
            } else if tags[at] == Tag::Noun
                && tags[at - 1] == Tag::Pronoun
                && classes[at - 1].has(Class::Relative)
                && classes[at].has(Class::EndsS)
                && words.get(at + 1).is_some_and(|word| !word.gap.has(Gap::BREAK) && tags[at + 1].is_nominal())
            {
                // "which administers the area"
                tags[at] = Tag::Present;
            }
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
        let time = self.tagging.classes[last];
        if time.has(Class::Day) && tags.get(next) != Some(&Tag::Noun)
            || time.has(Class::Period) && tags.get(next) == Some(&Tag::Name)
        {
            return false;
        }
        let Some(word) = words.get(next).filter(|word| !word.gap.has(Gap::BREAK)) else { return false };
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
                let inside = matches!(tags[last], Tag::Determiner | Tag::Adjective | Tag::Number | Tag::Pronoun);
                let owned = self.tagging.possessives[last] || word.gap.has(Gap::HYPHEN);
                let noun =
                    tags[last] == Tag::Noun && self.tagging.classes[next].has(Class::Act) && follows(&[Tag::Noun]);
                noun || (inside || owned) && follows(&[Tag::Noun, Tag::Adjective, Tag::Name, Tag::Participle])
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
        let bare = first == head && matches!(tags[head], Tag::Ing | Tag::Participle);
        let participle = matches!(tags[head], Tag::Participle | Tag::Past);
        let finite = !infinitive && !bare;
        let passive = participle && any(&[Class::Be], head) || bare && tags[head] == Tag::Participle;
        Some(Group { first, last, head, passive, finite, infinitive, bare, copula: classes[head].has(Class::Be) })
    }
}

/// Whether a word stands before "of", "that" or a phrase, and its stretch has no verb.
fn is_verbless(words: &[Word], tags: &[Tag], classes: &[Classes], at: usize) -> bool {
    let breaks = |word: &usize| words[*word].gap.has(Gap::BREAK);
    let start = (1..=at).rev().find(breaks).unwrap_or(0);
    let end = (at + 1..words.len()).find(breaks).unwrap_or(words.len());
    let goes_on = at + 1 < end
        && (classes[at + 1].any(&[Class::Of, Class::About])
            || matches!(tags[at + 1], Tag::Determiner | Tag::Subordinator));
    goes_on && !(start..end).any(|word| tags[word].is_verb() || tags[word] == Tag::Auxiliary)
}

/// "said goodbye and crossed the valley": behind a verb in the past and "and", with an object.
fn is_second_verb(words: &[Word], tags: &[Tag], classes: &[Classes], at: usize) -> bool {
    let object = words.get(at + 1).is_some_and(|word| !word.gap.has(Gap::ASIDE));
    let object = object && matches!(tags[at + 1], Tag::Determiner | Tag::Pronoun | Tag::Name);
    let verb =
        (0..at - 1).rev().take_while(|word| !words[word + 1].gap.has(Gap::ASIDE)).find(|word| tags[*word].is_verb());
    // not "was beaten and robbed the day after"
    let first = verb.is_some_and(|word| tags[word] == Tag::Past && words[word].function != Function::Auxiliary);
    object && first && tags[at - 1] == Tag::Conjunction && classes[at].has(Class::EndsEd)
}

/// Whether what may be a participle behind a noun is the verb of its clause: no "by" follows, and an object does or no
/// other verb.
fn is_past(words: &[Word], tags: &[Tag], classes: &[Classes], participle: usize) -> bool {
    let next = participle + 1;
    let joined = words.get(next).is_some_and(|word| !word.gap.has(Gap::ASIDE));
    let object = joined && tags[next].is_nominal() && tags[next] != Tag::Number && !classes[next].has(Class::Day);
    for at in next..words.len() {
        if words[at].gap.has(Gap::BREAK) || tags[at] == Tag::Subordinator && !classes[at].has(Class::Of) {
            break;
        }
        let by = classes[at].has(Class::By) && at <= participle + NEAR_BY;
        let verb = matches!(tags[at], Tag::Past | Tag::Present) || classes[at].any(&[Class::Be, Class::Have]);
        if by || verb && !object {
            return false;
        }
    }
    true
}
