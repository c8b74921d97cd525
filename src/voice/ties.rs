//! The relations of each actor of a sentence to a term, found on the clause walk.

use super::Hit;
use super::clause::Reading;
use super::feature::{Feature, Head, Part, Relation, Use, VERB_CLASSES, VERBS, Verb};
use super::grammar::Function;
use super::phrases::Group;
use super::sheet::{Gap, Name, NameUsage};
use super::walk::Governor;
use super::walk_subject::How;
use super::word_class::{Class, Tag};

/// How many verbs above the term are asked for their subjects and objects.
const LEVELS: usize = 3;
/// How many words the phrases of a verb may reach.
pub(super) const PHRASE_WORDS: usize = 16;

/// How many words away an actor may be for whom nothing else speaks.
pub(super) const FAR_AWAY: usize = 80;

/// The features of each name of the sentence, for one term.
pub(super) struct Ties<'s, 'a> {
    pub(super) r: &'s Reading<'a>,
    pub(super) hit: Hit,
    pub(super) out: &'s mut Vec<Vec<Feature>>,
    pub(super) nobody: &'s mut Vec<Feature>,
    pub(super) visited: Vec<usize>,
    /// What the noun above the term makes of the subject: "was the victim of".
    above: Option<Head>,
}

/// Fills one list of features for each name of the sentence, the first in `out`, and one of what speaks for nobody; a feature may come more
/// than once. Returns how the term is used.
pub(super) fn ties(r: &Reading, hit: &Hit, out: &mut Vec<Vec<Feature>>, nobody: &mut Vec<Feature>) -> Use {
    // Those of a longer sentence before are kept for the next.
    out.resize(r.names.len().max(out.len()), Vec::new());
    out.iter_mut().take(r.names.len()).for_each(Vec::clear);
    nobody.clear();
    let mut ties = Ties { r, hit: *hit, out, nobody, visited: Vec::new(), above: None };
    let verb = (hit.first..=hit.last).find(|word| r.tag(*word).is_verb() && r.group_at(*word).is_some());
    let used = match verb.and_then(|word| r.group_at(word)) {
        Some(number) => {
            let group = r.group(number);
            let used = if group.passive { Use::Passive } else { Use::Active };
            ties.of_verb(number, group, used);
            used
        }
        None => {
            let chunk = (hit.first..=hit.last).rev().find_map(|word| r.chunk_at(word));
            let participle = (hit.first..=hit.last).any(|word| r.tag(word) == Tag::Participle);
            if let Some(number) = chunk {
                ties.of_noun(number);
            }
            let inner = chunk.is_some_and(|number| r.chunk(number).last > hit.last);
            if participle || inner { Use::Adjective } else { Use::Noun }
        }
    };
    for number in 0..r.names.len() {
        ties.place(number);
    }
    ties.of_sentence();
    ties.of_nobody();
    used
}

impl Ties<'_, '_> {
    pub(super) fn add(&mut self, name: usize, feature: Feature) {
        self.out[name].push(feature);
    }

    fn name_at(&self, word: usize) -> Option<usize> {
        usize::from(self.r.words.get(word)?.name).checked_sub(1)
    }

    /// Gives a relation to the actors of a noun phrase: its names, or whom its pronoun stands for, and those of the
    /// phrases behind it ("the ministry of X").
    fn give(&mut self, chunk: usize, feature: Feature) {
        self.give_one(chunk, feature);
        let last = self.r.chunk(chunk).last;
        let and = last + 1;
        if and + 1 < self.r.words.len()
            && self.r.tag(and) == Tag::Conjunction
            && !self.r.gap(and).has(Gap::BREAK)
            && !self.r.gap(and + 1).has(Gap::BREAK)
            && let Some(second) = self.r.chunk_at(and + 1)
        {
            self.give_one(second, feature);
        }
    }

    pub(super) fn give_one(&mut self, number: usize, feature: Feature) {
        let chunk = self.r.chunk(number);
        let mut named = false;
        for word in chunk.first..=chunk.last {
            let Some(name) = self.name_at(word).filter(|name| usize::from(self.r.names[*name].last) == word) else {
                continue;
            };
            let part = if word == chunk.last { Part::Head } else { Part::Inner };
            self.add(name, feature.part(part));
            named = true;
        }
        // "X, whose army"
        let is_owned = |chunk: usize| self.r.has_class(self.r.chunk(chunk).first, Class::Whose);
        let whose = chunk.first.checked_sub(1).filter(|_| !named && is_owned(number));
        if let Some(owner) = whose.and_then(|word| self.r.chunk_at(word)).filter(|owner| !is_owned(*owner)) {
            self.give_one(owner, feature);
            return;
        }
        if !named
            && let Some(pronoun) = (chunk.first..=chunk.last)
                .find(|word| self.r.has_class(*word, Class::Pronoun) || self.r.has_class(*word, Class::Owner))
            && let Some(name) = self.r.antecedent_of(pronoun)
        {
            self.add(name, feature.part(if chunk.pronoun { Part::Head } else { Part::Inner }));
            self.add(name, Feature::of(Relation::Pronoun));
            named = true;
        }
        for (preposition, behind) in self.r.phrases_after(chunk.last, 10).take(3) {
            let place = self.r.preposition(preposition);
            let chunk = self.r.chunk(behind);
            if !matches!(place, Some(Class::Of | Class::In | Class::From)) || self.holds_hit(behind) {
                break;
            }
            for word in chunk.first..=chunk.last {
                if let Some(name) = self.name_at(word) {
                    self.add(name, feature.part(Part::After));
                    named = true;
                }
            }
        }
        if !named && !self.holds_hit(number) {
            self.nobody.push(feature.part(Part::Empty));
        }
    }

    pub(super) fn holds_hit(&self, chunk: usize) -> bool {
        let chunk = self.r.chunk(chunk);
        chunk.first <= self.hit.last && self.hit.first <= chunk.last
    }

    pub(super) fn verb_at(&self, word: usize) -> Option<Verb> {
        let classes = VERB_CLASSES.iter().find(|(class, _)| self.r.has_class(word, *class)).map(|(_, verb)| *verb);
        classes.or_else(|| VERBS.iter().find(|(kind, _)| self.r.is(word, *kind)).map(|(_, verb)| *verb))
    }

    pub(super) fn verb_of(&self, group: Group) -> Verb {
        // "maintains that", not "maintains a blockade"
        if self.r.is_verb_of_speech(group.head) && self.r.function_after(group.last) == Function::That {
            return Verb::Report;
        }
        self.verb_at(group.head).unwrap_or(if group.copula {
            Verb::Be
        } else if self.r.has_class(group.head, Class::Have) {
            Verb::Have
        } else {
            Verb::Other
        })
    }

    /// The term is a verb.
    fn of_verb(&mut self, number: usize, group: Group, used: Use) {
        let subject = self.r.subject_of(number);
        if let Some((chunk, _)) = subject {
            self.give(chunk, Feature::of(Relation::Subject).used(used));
        }
        let last = group.last.max(self.hit.last);
        let behind = self.r.chunk_at(last + 1).filter(|_| !self.r.gap(last + 1).has(Gap::BREAK));
        let object = self.r.object_of(number).filter(|chunk| self.r.chunk(*chunk).last > self.hit.last).or(behind);
        if let Some(chunk) = object {
            self.give(chunk, Feature::of(Relation::Object).used(used));
        }
        let end = object.map_or(last, |chunk| self.r.chunk(chunk).last);
        self.give_phrases(end, 4, Feature::of(Relation::Phrase).used(used));
        self.visited.push(number);
        self.climb_from(number, group, subject, 2);
    }

    fn give_phrases(&mut self, last: usize, most: usize, feature: Feature) {
        for (preposition, chunk) in self.r.phrases_after(last, PHRASE_WORDS).take(most) {
            if !self.holds_hit(chunk) {
                self.give_one(chunk, feature.preposition(self.r.preposition(preposition)));
            }
        }
    }

    /// The term stands in a noun phrase.
    fn of_noun(&mut self, number: usize) {
        let chunk = self.r.chunk(number);
        for word in chunk.first..=chunk.last {
            if let Some(at) = self.name_at(word).filter(|at| usize::from(self.r.names[*at].last) == word) {
                let relation = self.inner_relation(&self.r.names[at]);
                self.add(at, Feature::of(relation));
                let tags = (self.hit.first..=self.hit.last).map(|word| self.r.tag(word));
                if let Some(used) = tags.filter_map(used_in_phrase).next() {
                    self.add(at, Feature::of(relation).used(used));
                }
            } else if self.r.has_class(word, Class::Owner)
                && word < self.hit.first
                && let Some(name) = self.r.antecedent_of(word).or_else(|| self.subject_behind(word))
            {
                self.add(name, Feature::of(Relation::Possessive));
                self.add(name, Feature::of(Relation::Pronoun));
            }
        }
        self.share_possessive(chunk.first);
        self.of_apposition(number);
        let phrases = self.r.phrases_after(chunk.last.max(self.hit.last), PHRASE_WORDS).take(4);
        for (at, (preposition, behind)) in phrases.enumerate() {
            if self.r.is_by_of_report(preposition) {
                break;
            }
            let relation = if at == 0 { Relation::Dependent } else { Relation::SecondDependent };
            self.give_one(behind, Feature::of(relation).preposition(self.r.preposition(preposition)));
        }
        self.of_clause_behind(number, chunk.last);
        self.climb_noun(number, 1, 0);
    }

    /// "In its attack on Y, X used drones": whom the owner at the head of a sentence means.
    fn subject_behind(&self, owner: usize) -> Option<usize> {
        let r = self.r;
        let comma = (owner + 1..r.words.len().min(owner + PHRASE_WORDS)).find(|word| r.gap(*word).has(Gap::BREAK))?;
        let subject = r.chunk_at(comma).filter(|chunk| r.gap(comma) == Gap::COMMA && r.has_verb_behind(*chunk))?;
        self.name_at(r.chunk(subject).last).filter(|_| !r.has_finite_verb(0, comma))
    }

    fn victim_or_author(&self, noun: usize) -> Option<Head> {
        let heads = [(Class::Victim, Head::Victim), (Class::Author, Head::Author)];
        heads.iter().find(|(class, _)| self.r.has_class(noun, *class)).map(|(_, head)| *head)
    }

    fn inner_relation(&self, name: &Name) -> Relation {
        let (first, last) = (usize::from(name.first), usize::from(name.last));
        if first <= self.hit.last && self.hit.first <= last {
            Relation::Inside
        } else if first > self.hit.last {
            Relation::Behind
        } else {
            match name.usage {
                NameUsage::Possessive => Relation::Possessive,
                NameUsage::Demonym => Relation::Demonym,
                NameUsage::Plain | NameUsage::Place => Relation::Modifier,
            }
        }
    }

    /// "the group, X", "X, a group".
    fn of_apposition(&mut self, number: usize) {
        let chunk = self.r.chunk(number);
        let comma = |word: usize| self.r.gap(word).has(Gap::COMMA);
        let before = chunk.first.checked_sub(1).filter(|_| comma(chunk.first)).and_then(|word| self.r.chunk_at(word));
        let after = Some(chunk.last + 1).filter(|word| comma(*word)).and_then(|word| self.r.chunk_at(word));
        for (side, other) in [before, after].into_iter().enumerate() {
            if let Some(other) = other {
                self.give_one(other, Feature::of(Relation::Apposition).number(side));
            }
        }
        // "the attack, the third on X"
        if let Some(other) = after {
            let behind = self.r.phrases_after(self.r.chunk(other).last, 4).next();
            if let Some((preposition, phrase)) = behind {
                let place = self.r.preposition(preposition);
                self.give_one(phrase, Feature::of(Relation::Apposition).preposition(place));
            }
        }
    }

    /// "X's aggression and occupation": both are X's.
    fn share_possessive(&mut self, first: usize) {
        let and = first
            .checked_sub(1)
            .filter(|word| self.r.tag(*word) == Tag::Conjunction && !self.r.gap(first).has(Gap::BREAK));
        let Some(before) = and.and_then(|word| word.checked_sub(1)).and_then(|word| self.r.chunk_at(word)) else {
            return;
        };
        let chunk = self.r.chunk(before);
        for word in chunk.first..chunk.last {
            if let Some(at) = self.name_at(word)
                && matches!(self.r.names[at].usage, NameUsage::Possessive | NameUsage::Demonym)
            {
                self.add(at, Feature::of(Relation::SharedPossessive));
            }
        }
    }

    /// "the attack launched by X on Y", "the attack that X launched".
    fn of_clause_behind(&mut self, number: usize, last: usize) {
        let next = last + 1;
        // "the attack, which X launched"
        let aside = self.r.gap(next) == Gap::COMMA && self.r.has_class(next, Class::Relative);
        if next >= self.r.words.len() || self.r.gap(next).has(Gap::BREAK) && !aside {
            return;
        }
        if let Some(verb) = self.r.group_at(next).filter(|verb| self.r.group(*verb).bare) {
            if let Some(object) = self.r.object_of(verb) {
                self.give(object, Feature::of(Relation::ParticipleObject));
            }
            self.give_phrases(self.r.group(verb).last, 3, Feature::of(Relation::ParticiplePhrase));
        } else if self.r.has_class(next, Class::Relative) || self.r.chunk_at(next).is_some() {
            let verb = (next..self.r.words.len().min(next + 6)).find_map(|word| self.r.group_at(word));
            let Some(verb) = verb else { return };
            if let Some((subject, _)) = self.r.subject_of(verb).filter(|(subject, _)| *subject != number) {
                self.give(subject, Feature::of(Relation::RelativeSubject));
            }
            if let Some(object) = self.r.object_of(verb).filter(|object| *object != number) {
                self.give(object, Feature::of(Relation::RelativeObject));
            }
        }
    }

    /// What governs the noun phrase of the term, upwards.
    fn climb_noun(&mut self, number: usize, level: usize, nouns: usize) {
        match self.r.governor(number) {
            Some(Governor::Object(verb)) => self.climb_verb(verb, level, None),
            Some(Governor::Subject(verb)) => self.of_predicate(number, verb),
            Some(Governor::Preposition { at, chunk: Some(above), .. }) if nouns < LEVELS => {
                let relation = if nouns == 0 { Relation::Above } else { Relation::FarAbove };
                self.give_one(above, Feature::of(relation).preposition(self.r.preposition(at)));
                if nouns == 0 {
                    self.above = self.victim_or_author(self.r.chunk(above).last);
                }
                self.climb_noun(above, level, nouns + 1);
            }
            Some(Governor::Preposition { at, group: Some(verb), .. }) => self.climb_verb(verb, level, Some(at)),
            _ => {}
        }
    }

    fn of_predicate(&mut self, number: usize, verb: usize) {
        let group = self.r.group(verb);
        let kind = self.verb_of(group);
        let object = self.r.object_of(verb);
        if let Some(object) = object {
            self.give(object, Feature::of(Relation::PredicateObject).verb(kind));
        }
        let end = object.map_or(group.last, |chunk| self.r.chunk(chunk).last);
        let used = if group.passive { Use::Passive } else { Use::Active };
        let phrase = Feature::of(Relation::PredicatePhrase).used(used);
        self.give_phrases(end, 3, phrase);
        self.give_phrases(end, 3, phrase.verb(kind));
        if let Some(outer) = self.r.group_before(self.r.chunk(number).first, 8) {
            self.climb_verb(outer, 2, None);
        }
    }

    /// A verb above the term: its subject, its objects, and the verb above it.
    fn climb_verb(&mut self, number: usize, level: usize, preposition: Option<usize>) {
        if level > LEVELS || self.visited.contains(&number) {
            return;
        }
        self.visited.push(number);
        let group = self.r.group(number);
        let kind = self.verb_of(group);
        let used = if group.passive { Use::Passive } else { Use::Active };
        let near = level == 1;
        let pick = |close: Relation, far: Relation| Feature::of(if near { close } else { far }).used(used);
        // With the kind of the verb; of the verb directly above the term also with the preposition between them.
        let by = |feature: Feature| match preposition.filter(|_| near) {
            Some(at) => feature.verb(kind).preposition(self.r.preposition(at)),
            None => feature.verb(kind),
        };
        let subject = self.r.subject_of(number);
        if let Some((chunk, _)) = subject {
            self.give(chunk, pick(Relation::VerbSubject, Relation::OuterSubject));
            self.give(chunk, by(pick(Relation::VerbSubject, Relation::OuterSubject)));
            // "was the victim of", "is the author of"
            if let Some(head) = self.above.filter(|_| near && kind == Verb::Be) {
                self.give(chunk, Feature::of(Relation::VerbSubject).head(head));
            }
        }
        let object = self.r.object_of(number);
        if let Some(chunk) = object.filter(|chunk| !self.holds_hit(*chunk)) {
            self.give(chunk, pick(Relation::VerbObject, Relation::OuterObject));
            self.give(chunk, by(pick(Relation::VerbObject, Relation::OuterObject)));
        }
        let end = object.map_or(group.last, |chunk| self.r.chunk(chunk).last);
        let phrase = pick(Relation::VerbPhrase, Relation::OuterPhrase);
        self.give_phrases(end, 4, phrase);
        self.give_phrases(end, 4, phrase.verb(kind));
        self.climb_from(number, group, subject, level + 1);
    }

    /// The verb before a verb and its subject.
    fn climb_from(&mut self, number: usize, group: Group, subject: Option<(usize, How)>, level: usize) {
        let own = subject.filter(|(_, how)| *how != How::Relative && group.finite);
        let start = own.map_or(group.first, |(chunk, _)| self.r.chunk(chunk).first.min(group.first));
        if let Some(outer) = self.r.group_before(start, 11).filter(|outer| *outer != number) {
            self.climb_verb(outer, level, None);
        }
    }
}

/// "invading troops", "occupied land": whether who stands behind does it or suffers it.
fn used_in_phrase(tag: Tag) -> Option<Use> {
    match tag {
        Tag::Ing => Some(Use::Active),
        Tag::Participle => Some(Use::Passive),
        Tag::Adjective => Some(Use::Adjective),
        _ => None,
    }
}
