//! The clause walk: the subject of a group of verbs, before it, behind it, of a participle or an infinitive, over
//! insertions, lists and chains of verbs.

use super::clause::Reading;
use super::grammar::Function;
use super::phrases::{Chunk, Group};
use super::sheet::{Gap, NameUsage, Party};
use super::walk::{DEEP, FAR, Governor};
use super::word_class::{Class, Tag};
use crate::codebook::CueKind;

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

/// What a word before a verb says of its subject.
enum Step {
    /// It stands farther to the left: before this word.
    Left(usize),
    End(Option<(usize, How)>),
}

impl Reading<'_> {
    /// Who does what a group of verbs says, or suffers it if it is passive.
    pub fn subject_of(&self, group: usize) -> Option<(usize, How)> {
        self.subject_within(group, 0)
    }

    /// The subject of the first finite verb.
    pub fn first_subject(&self) -> Option<Chunk> {
        let finite = |word| self.group_at(word).filter(|group| self.group(*group).finite);
        let verb = (0..self.words.len()).find_map(finite)?;
        self.subject_of(verb).map(|(chunk, _)| self.chunk(chunk))
    }

    pub fn subject_within(&self, number: usize, depth: usize) -> Option<(usize, How)> {
        let group = self.group(number);
        if depth > DEEP {
            return None;
        }
        if group.infinitive {
            return self.controller(group, depth).map(|chunk| (chunk, How::Control));
        }
        if group.bare {
            if let Some(first) = self.verb_before_and(group) {
                // "is besieging and starving", "they marched, saying that X had fled and calling Y an occupier"
                return self.subject_within(first, depth + 1);
            }
            return self.subject_of_participle(group, depth).map(|chunk| (chunk, How::Participle));
        }
        let inverted = self.inverted(group).map(|chunk| (chunk, How::Plain));
        inverted.or_else(|| self.subject_before(number, depth))
    }

    /// "urged Baku to stop": Baku; "wants to stop": who wants; "its plan to stop": the plan.
    fn controller(&self, group: Group, depth: usize) -> Option<usize> {
        let before = group.first.checked_sub(1)?;
        if let Some(chunk) = self.chunk_at(before) {
            // "met with his western and eastern colleagues to stop"
            let first = self.first_of_list(chunk);
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
            // "The minister, while noting that"
            let aside = before > 0 && self.has_class(before, Class::While) && self.gap(before).has(Gap::COMMA);
            let noun = self.chunk_at(before - usize::from(aside));
            if noun.is_some() && (!self.breaks(group.first) || self.tag(group.head) == Tag::Participle) {
                return noun;
            }
            if self.is_adposition(before)
                && !self.breaks(group.first)
                && let Some(verb) = self.group_before(before, 14)
            {
                return self
                    .charged_within(group, depth)
                    .or_else(|| self.subject_within(verb, depth + 1).map(|(chunk, _)| chunk));
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

    /// "In its letter accusing Y, X insists": X, the subject behind the comma that ends the phrase.
    pub fn subject_of_fronted(&self, participle: Group) -> Option<usize> {
        let noun = participle.first.checked_sub(1).and_then(|word| self.chunk_at(word))?;
        let opens = self.chunk(noun).first.checked_sub(1).is_some_and(|word| {
            // "With Y's army accusing X, Z said": the army.
            self.is_adposition(word)
                && !self.has_class(word, Class::With)
                && (word == 0 || self.gap(word).has(Gap::STOP))
                && !self.breaks(word + 1)
        });
        let alone = participle.bare && self.tag(participle.head) == Tag::Ing && !self.breaks(participle.first);
        let after = participle.last + 1..self.words.len().min(participle.last + FAR);
        let comma = after.into_iter().find(|word| self.gap(*word).has(Gap::COMMA)).filter(|_| opens && alone)?;
        let subject = self.chunk_at(comma)?;
        let verb = self.group_at(self.chunk(subject).last + 1)?;
        self.group(verb).finite.then_some(subject)
    }

    /// "accused X of planning", "warned X against planning", "charged X with planning": X.
    pub fn charged(&self, participle: Group) -> Option<usize> {
        self.charged_within(participle, 0)
    }

    fn charged_within(&self, participle: Group, depth: usize) -> Option<usize> {
        let before = participle.first.checked_sub(1).filter(|_| !self.breaks(participle.first))?;
        let links = [Class::Of, Class::For, Class::From, Class::Against];
        let verb = self.group_before(before, 14).filter(|verb| !self.group(*verb).passive)?;
        let object = self.object_within(verb, depth + 1).filter(|object| self.chunk(*object).last < before)?;
        let with = self.has_class(before, Class::With) && self.is(self.group(verb).head, CueKind::Accusation);
        (with || links.into_iter().any(|class| self.has_class(before, class))).then_some(object)
    }

    fn subject_before(&self, number: usize, depth: usize) -> Option<(usize, How)> {
        let group = self.group(number);
        let mut at = self.before_insertion(group.first);
        let mut beside = false;
        while at > 0 && group.first - at < FAR && !self.gap(at).has(Gap::STOP) {
            let step = match self.chunk_at(at - 1) {
                Some(chunk) => self.step_over_phrase(number, chunk, &mut beside, depth),
                None => self.step_over_word(number, at - 1, depth),
            };
            match step {
                Step::Left(word) => at = word,
                Step::End(subject) => return subject,
            }
        }
        // "In a statement Baku said": two phrases that are read as one.
        let nearest =
            group.first.checked_sub(1).filter(|_| !self.breaks(group.first)).and_then(|word| self.chunk_at(word));
        let is_name = |word: usize| self.tag(word) == Tag::Name;
        nearest
            .filter(|chunk| {
                let Chunk { first, last, .. } = self.chunk(*chunk);
                is_name(last) && (first..last).any(|word| self.tag(word) == Tag::Noun)
            })
            .map(|chunk| (chunk, How::Plain))
    }

    /// On the way to the subject of a verb: at a noun phrase. `beside` is set where one in apposition was passed.
    fn step_over_phrase(&self, number: usize, chunk: usize, beside: &mut bool, depth: usize) -> Step {
        let group = self.group(number);
        let Chunk { mut first, last, .. } = self.chunk(chunk);
        while first > 0
            && self.is_roughly(first - 1)
            && (self.tag(first) == Tag::Number || self.has_class(first, Class::Roughly))
            && !self.breaks(first)
        {
            first -= 1;
        }
        // "X, then the minister of Y, said"
        if first > 0 && self.tag(first - 1) == Tag::Adverb && self.gap(first - 1).has(Gap::COMMA) && !self.breaks(first)
        {
            first -= 1;
        }
        let found = Step::End(Some((chunk, How::Plain)));
        let Some(before) = first.checked_sub(1) else { return found };
        let joined = !self.breaks(first);
        // "the president himself said", "A storm yesterday caused"
        let time = self.has_class(last, Class::Day) || self.has_class(last, Class::Period);
        // "Baku earlier this week announced"
        let over = before.saturating_sub(usize::from(self.has_class(before, Class::Recent) && !self.breaks(before)));
        if self.has_class(first, Class::Reflexive) || joined && time && self.chunk_at(over).is_some() {
            return Step::Left(over + 1);
        }
        // "towns such as X"
        let such = joined && before > 0 && self.has_class(before - 1, Class::Like) && !self.breaks(before);
        if such {
            return Step::Left(before - 1);
        }
        // "as the army fled"
        if joined && self.has_class(before, Class::Opener) && group.finite {
            return found;
        }
        let listed = || self.joins_list(before) && !(last + 1 == group.first && self.opens_second(before, chunk));
        let depends = || self.is_adposition(before) || self.has_class(before, Class::Like);
        // "X, an ally and friend, said", "X, the minister of Y, said"
        if joined && (depends() || listed()) {
            // "X, which was tired, on Friday said"
            let resumed = if self.gap(before).has(Gap::COMMA) { self.before_insertion(before) } else { before };
            return Step::Left(resumed);
        }
        let closes = self.gap(last + 1).has(Gap::COMMA) || self.gap(group.first).has(Gap::COMMA);
        // "In May, the minister, who was tired, said"
        let opens = |chunk: usize| {
            let preposition = self.chunk(chunk).first.checked_sub(1).filter(|word| self.is_adposition(*word));
            preposition.is_some_and(|word| word == 0 || self.gap(word).has(Gap::STOP))
        };
        let titled = self.chunk_at(before).is_some_and(|chunk| !opens(chunk) && !self.is_time(chunk));
        if self.gap(first).has(Gap::COMMA) && closes && !*beside && titled {
            // "the minister, Orlo Benn, said"
            *beside = true;
            return Step::Left(first);
        }
        let Some(verb) = self.group_at(before).filter(|_| joined) else { return found };
        let governs = self.group(verb);
        if !governs.finite && !self.takes_clause(verb) {
            // "forces attacking the town have", "a plan to take the town is"; but "taking the town is a crime"
            // "The minister, showing calm, said"
            let aside = self.gap(governs.first).has(Gap::COMMA) && self.gap(group.first).has(Gap::COMMA);
            let noun = governs.first.checked_sub(1).filter(|_| aside || !self.breaks(governs.first));
            let depends = noun.is_some_and(|noun| self.chunk_at(noun).is_some() || self.group_at(noun).is_some());
            return if depends { Step::Left(governs.first) } else { Step::End(None) };
        }
        match self.subject_within(verb, depth + 1) {
            // "an attack that kills people could": the attack.
            Some((antecedent, How::Relative)) => Step::End(Some((antecedent, How::Plain))),
            // "They besieged the town, shelled it": they.
            above @ Some(_) if self.gap(group.first).has(Gap::COMMA) && self.is_alike(verb, number) => Step::End(above),
            _ => found,
        }
    }

    /// "at least 20 people were", but not "an adviser to two ministers".
    fn is_roughly(&self, word: usize) -> bool {
        let noun = || word > 0 && !self.breaks(word) && self.chunk_at(word - 1).is_some();
        self.has_class(word, Class::Roughly) && !(self.is_adposition(word) && noun())
    }

    /// The same at a word of no noun phrase.
    fn step_over_word(&self, number: usize, at: usize, depth: usize) -> Step {
        let group = self.group(number);
        if self.has_class(at, Class::Relative) && self.group_at(at).is_none() {
            let nearest = self.before_relative(at);
            return Step::End(nearest.map(|nearest| (self.antecedent(nearest, at, group), How::Relative)));
        }
        if Some(at) == self.and_before(group) {
            let verb = self.speech_before(group, at).or_else(|| self.verb_before_and(group));
            return Step::End(verb.and_then(|verb| self.subject_within(verb, depth + 1)));
        }
        let Some(verb) = self.group_at(at) else {
            return if self.tag(at) == Tag::Subordinator { Step::End(None) } else { Step::Left(at) };
        };
        if !self.group(verb).finite || self.breaks(at + 1) {
            return Step::Left(self.group(verb).first);
        }
        let Some((subject, how)) = self.subject_within(verb, depth + 1) else { return Step::End(None) };
        // "X, which is backed by Y, continued": X; "the losses (which) they suffered are": the losses.
        let first = self.chunk(subject).first;
        let before = first.checked_sub(1).filter(|_| !self.breaks(first));
        let above = || before.and_then(|word| self.chunk_at(word).or_else(|| self.before_relative(word)));
        let chunk = if how == How::Relative { Some(subject) } else { above() };
        Step::End(chunk.map(|chunk| (chunk, How::Plain)))
    }

    /// The noun phrase before a relative pronoun: "the town which", "the town in which".
    pub fn before_relative(&self, relative: usize) -> Option<usize> {
        let back = relative.checked_sub(1).filter(|word| self.is_adposition(*word)).unwrap_or(relative);
        back.checked_sub(1).filter(|_| self.has_class(relative, Class::Relative)).and_then(|word| self.chunk_at(word))
    }

    /// Which noun phrase a relative clause speaks of: the nearest before it, or what that depends on, if only this fits the
    /// verb in number ("the forces of Baku, which are", "the members of the senate who").
    fn antecedent(&self, nearest: usize, relative: usize, verb: Group) -> usize {
        let fits = |chunk: usize| self.may_mean(chunk, relative) && self.agrees(chunk, verb);
        let nearest = self.before_place(nearest, relative).unwrap_or(nearest);
        let mut chunk = nearest;
        for _ in 0..3 {
            if fits(chunk) {
                return chunk;
            }
            match self.governor_before(chunk) {
                Some(Governor::Preposition { chunk: Some(above), .. }) => chunk = above,
                _ => break,
            }
        }
        nearest
    }

    /// "who" means no country.
    fn may_mean(&self, chunk: usize, relative: usize) -> bool {
        let Chunk { first, last, .. } = self.chunk(chunk);
        let name = self.name_at(last);
        let state = name.is_some_and(|name| name.fact.party != Party::Person && name.usage != NameUsage::Demonym);
        // "members of the senate who"
        let many = self.has_class(last, Class::EndsS) || self.has_class(last, Class::Many);
        let of = first.checked_sub(1).filter(|word| self.has_class(*word, Class::Of) && !self.breaks(first));
        let above = of.and_then(|of| of.checked_sub(1)).filter(|above| self.has_class(*above, Class::EndsS));
        !(self.has_class(relative, Class::Who) && (state || !many && name.is_none() && above.is_some()))
    }

    /// Whether a word is a finite verb directly behind its subject: "if the army attacks", "Should the army attack".
    pub fn is_verb_of_subject(&self, word: usize) -> bool {
        let Some(number) = self.group_at(word).filter(|_| self.chunk_at(word).is_none()) else { return false };
        let group = self.group(number);
        let Some(subject) = group.first.checked_sub(1).and_then(|word| self.chunk_at(word)) else { return false };
        let before = self.chunk(subject).first.checked_sub(1);
        // "Had the army attacked"
        let inverted = before.is_some_and(|word| match self.tag(group.head) {
            Tag::Base => self.words[word].function == Function::Modal,
            _ => word == 0 && self.has_class(word, Class::Have),
        });
        (inverted || group.finite && self.agrees(subject, group)) && !self.breaks(group.first)
    }

    /// Whether a noun may be the subject of a verb by its number; of names nothing is known.
    fn agrees(&self, chunk: usize, verb: Group) -> bool {
        let last = self.chunk(chunk).last;
        let plural = match self.tag(last) {
            Tag::Noun => self.has_class(last, Class::EndsS) || self.has_class(last, Class::Many),
            _ => return true,
        };
        let word = verb.first;
        let one = self.tag(word) == Tag::Present || self.has_class(word, Class::One);
        let many = self.tag(word) == Tag::Base || self.has_class(word, Class::OfMany);
        !(plural && one || !plural && many)
    }

    /// Whether a conjunction joins two noun phrases. "X fled, but Y" and "X fled, and Y" begin a clause; "X, Y, and Z" is a
    /// list.
    fn joins_list(&self, and: usize) -> bool {
        let before = and.checked_sub(1).and_then(|word| self.chunk_at(word)).map(|chunk| self.chunk(chunk).first);
        let member = |first: usize| !self.gap(and).has(Gap::COMMA) || self.gap(first).has(Gap::COMMA);
        self.tag(and) == Tag::Conjunction && !self.is(and, CueKind::Stop) && before.is_some_and(member)
    }

    /// "Baku fell and the army fled", "and it fled": a second clause, whose subject stands between "and" and its verb.
    fn opens_second(&self, and: usize, subject: usize) -> bool {
        let parts = |word: &usize| {
            self.breaks(word + 1)
                || matches!(self.tag(*word), Tag::Conjunction | Tag::Subordinator)
                || self.has_class(*word, Class::Relative)
        };
        let verb = (and.saturating_sub(FAR)..and)
            .rev()
            .take_while(|word| !parts(word))
            .find_map(|word| self.group_at(word).filter(|number| self.group(*number).finite));
        self.chunk(subject).pronoun || verb.is_some_and(|verb| !self.takes_clause(verb))
    }

    /// Where the clause of a verb goes on to the left, over what is inserted before it: "X, who was tired, said".
    pub fn before_insertion(&self, verb: usize) -> usize {
        let mut at = verb;
        for _ in 0..2 {
            let closing = self.gap(at);
            let opening = match () {
                () if closing.has(Gap::CLOSE) => Gap::OPEN,
                () if closing.has(Gap::COMMA) => Gap::COMMA,
                () if closing.has(Gap::DASH) => Gap::DASH,
                () => break,
            };
            let start = (at.saturating_sub(FAR).max(1)..at).rev().find(|word| self.gap(*word).has(opening));
            let Some(start) = start.filter(|start| self.chunk_at(start - 1).is_some()) else { break };
            let opens = self.has_class(start, Class::Relative)
                || self.has_class(start, Class::Whose)
                || opening != Gap::COMMA
                || self.is_adposition(start)
                || self.has_class(start, Class::Like)
                || self.says_aside(start, at)
                || self.group_at(start).is_some_and(|group| self.group(group).bare)
                || self
                    .chunk_at(start)
                    .map(|chunk| self.chunk(chunk).last + 1)
                    .filter(|word| !self.gap(*word).has(Gap::COMMA))
                    .is_some_and(|word| self.has_class(word, Class::Relative) || self.has_class(word, Class::Whose));
            if !opens {
                break;
            }
            at = start;
        }
        at
    }

    /// The conjunction before a group of verbs: "and then left".
    fn and_before(&self, group: Group) -> Option<usize> {
        let adverb = |word: &usize| self.tag(*word) == Tag::Adverb && !self.breaks(*word);
        let before = |word: usize| word - (0..word).rev().take_while(adverb).count();
        let first = before(group.first);
        // "but on Friday admitted"
        let time = first.checked_sub(1).and_then(|word| self.chunk_at(word)).filter(|chunk| self.is_time(*chunk));
        let time = time.map(|chunk| self.chunk(chunk).first).filter(|first| !self.breaks(*first));
        let opens = |first: usize| {
            let word = first.checked_sub(1).filter(|word| self.is_adposition(*word) && !self.breaks(*word));
            before(word.unwrap_or(first))
        };
        let conjunction = |word: usize| word.checked_sub(1).filter(|word| self.tag(*word) == Tag::Conjunction);
        conjunction(first).or_else(|| conjunction(opens(time?)))
    }

    /// "X, meanwhile, said", "X, said the minister, is", "X, he said, is".
    fn says_aside(&self, start: usize, end: usize) -> bool {
        let adverb = self.tag(start) == Tag::Adverb && start + 1 == end;
        let behind = self.chunk_at(start).map(|chunk| self.chunk(chunk).last + 1);
        let verb = self.group_at(behind.unwrap_or(start)).map(|group| self.group(group));
        let says = verb.is_some_and(|verb| {
            verb.finite && self.is_verb_of_speech(verb.head) && (behind.is_none() || verb.last + 1 == end)
        });
        adverb || says
    }

    /// "came to stop the fighting and left": the verb before "and" that has the same form.
    fn verb_before_and(&self, group: Group) -> Option<usize> {
        let and = self.and_before(group)?;
        let verbs = || {
            (and.saturating_sub(FAR)..and)
                .rev()
                .take_while(|word| !self.gap(word + 1).has(Gap::STOP))
                .filter(|word| self.group_at(*word).is_some_and(|number| self.group(number).head == *word))
                .filter_map(|word| self.group_at(word))
        };
        let tag = self.tag(group.head);
        let like = |number: &usize| {
            let other = self.group(*number);
            match tag {
                Tag::Ing | Tag::Participle if group.bare => self.tag(other.head) == tag,
                Tag::Base if group.first == group.head => self.tag(other.head) == Tag::Base,
                _ => other.finite,
            }
        };
        // "accusing X of targeting the dam and saying": not who targets it.
        let free = |number: &usize| {
            let before = self.group(*number).first.checked_sub(1);
            like(number) && !before.is_some_and(|word| self.is_adposition(word))
        };
        let said = group.bare && self.is_verb_of_speech(group.head);
        let alike = if said { verbs().find(free) } else { verbs().find(like) };
        alike.or_else(|| verbs().next().filter(|_| !group.bare))
    }

    /// "said the truce was over and blamed Baku": the verb of speech before has the same subject.
    fn speech_before(&self, group: Group, and: usize) -> Option<usize> {
        if !self.is_verb_of_speech(group.head) {
            return None;
        }
        let says = |word: &usize| {
            // "shared that"
            let that = self.function_after(*word) == Function::That && !self.breaks(word + 1);
            (that || self.is_verb_of_speech(*word))
                && self.group_at(*word).is_some_and(|group| self.group(group).finite && self.group(group).last == *word)
        };
        // "X warned Y, though Y took no notice and argued": Y.
        let same = |word: &usize| !(self.has_class(*word, Class::Contrast) && self.gap(*word).has(Gap::COMMA));
        let mut before = (and.saturating_sub(FAR)..and).rev().take_while(same);
        before.find(says).and_then(|word| self.group_at(word))
    }

    /// "..., said the ministry's spokesman X": no clause follows.
    pub fn inverted(&self, group: Group) -> Option<usize> {
        let next = group.last + 1;
        let opens = group.first == 0 || self.gap(group.first).has(Gap::ASIDE);
        let says =
            [CueKind::Report, CueKind::Assertion, CueKind::Factive].iter().any(|kind| self.is(group.head, *kind));
        // "told journalists": who hears it
        let says = says && !self.has_class(group.head, Class::Tell);
        if !group.finite || !opens || !says || self.tag(group.head) == Tag::Ing || self.breaks(next) {
            return None;
        }
        let chunk = self.chunk_at(next).filter(|chunk| !self.is_time(*chunk))?;
        // not "X, who was tired, said goodbye"
        let speech_before = group.first == 0
            || self.gap(group.first).has(Gap::QUOTE)
            || self.has_finite_verb(group.first.saturating_sub(FAR), group.first)
                && self.before_insertion(group.first) == group.first;
        let after = self.chunk(chunk).last + 1;
        // "Norland under siege, says Sudmark": a headline
        let named = self.name_at(after - 1).is_some() || self.any_office(after - 1, after - 1);
        let speech_before = speech_before || after == self.words.len() && named;
        let that = self.words.get(after).is_some_and(|word| word.function == Function::That);
        // ", said an envoy involved in the talks"
        let described = self.has_class(after, Class::EndsEd) && self.is_adposition(after + 1) && speech_before;
        let clause = (self.has_verb_behind(chunk) && !described || that) && !self.breaks(after);
        (speech_before && !clause).then_some(chunk)
    }
}
