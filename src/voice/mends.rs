//! Tags that three words in a row cannot show are mended: the verb of "Baku accused them", which has the form of a
//! participle, and the noun of "in turn".

use super::grammar::Function;
use super::sheet::{Gap, Word};
use super::walk::FAR;
use super::word_class::{Class, Classes, Tag};
use super::words::Tagging;

/// How far behind a participle its by-phrase may begin.
const NEAR_BY: usize = 6;

/// How far behind a verb of telling the "that" of what is told may stand.
const TOLD_WORDS: usize = 9;

/// One sentence: up to the word that is looked at its tags are mended.
struct Mend<'a> {
    tagging: &'a Tagging,
    words: &'a [Word],
}

/// Mends the tags of a sentence from left to right; of the rules below the first that holds for a word counts.
pub(super) fn mend(tagging: &mut Tagging, words: &[Word]) {
    for at in 1..words.len() {
        let sentence = Mend { tagging, words };
        if sentence.is_verb_of_some(at) {
            (tagging.tags[at - 1], tagging.tags[at]) = (Tag::Pronoun, Tag::Base);
            continue;
        }
        let tag = match sentence.tag(at) {
            Tag::Past => sentence.is_part_of_by(at).then_some(Tag::Participle),
            Tag::Participle => sentence.is_past(at).then_some(Tag::Past),
            Tag::Adjective if sentence.is_past_before_object(at) => Some(Tag::Past),
            Tag::Adjective if sentence.is_noun_before_clause(at) => Some(Tag::Noun),
            Tag::Noun | Tag::Adjective if sentence.is_gerund(at) => Some(Tag::Ing),
            Tag::Noun | Tag::Adjective if sentence.is_infinitive(at) => Some(Tag::Base),
            Tag::Noun if sentence.is_present(at) => Some(Tag::Present),
            Tag::Noun | Tag::Adjective => sentence.verb_of_condition(at),
            Tag::Base | Tag::Present if sentence.is_noun(at) => Some(Tag::Noun),
            Tag::Subordinator | Tag::Adposition if sentence.is_since(at) => Some(Tag::Adverb),
            Tag::Determiner if sentence.stands_alone(at) => Some(Tag::Pronoun),
            _ => None,
        };
        if let Some(tag) = tag {
            tagging.tags[at] = tag;
        }
    }
}

impl Mend<'_> {
    fn tag(&self, at: usize) -> Tag {
        self.tagging.tags[at]
    }

    fn classes(&self, at: usize) -> Classes {
        self.tagging.classes[at]
    }

    fn has(&self, at: usize, class: Class) -> bool {
        self.classes(at).has(class)
    }

    fn may_be(&self, at: usize, tag: Tag) -> bool {
        self.tagging.may_be(at, self.words[at].breaks - self.words[0].breaks, tag)
    }

    fn is_named(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.name != 0)
    }

    /// A noun and a verb of saying, before a name and its auxiliary.
    fn opens_said(&self, at: usize) -> bool {
        let helps = |word: usize| self.classes(word).any(&[Class::Have, Class::Be, Class::Modal]);
        matches!(self.tag(at - 1), Tag::Noun | Tag::Name)
            && self.has(at, Class::TakesClause)
            && self.has(at, Class::EndsS)
            && self.follows(at, &[Tag::Name])
            && self.is_joined(at + 2)
            && helps(at + 2)
    }

    /// Whether no sign parts a word from the one before it.
    fn is_joined(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| !word.gap.has(Gap::BREAK))
    }

    /// Whether the word behind has one of these tags, without a sign or a quotation mark between.
    fn follows(&self, at: usize, tags: &[Tag]) -> bool {
        self.words.get(at + 1).is_some_and(|word| !word.gap.has(Gap::ASIDE)) && tags.contains(&self.tag(at + 1))
    }

    /// "the valley, seized by Baku", "the strike, called a crime by Baku, killed nine"
    fn is_part_of_by(&self, at: usize) -> bool {
        let by = self.words.get(at + 1).is_some_and(|word| !word.gap.has(Gap::ASIDE)) && self.has(at + 1, Class::By);
        self.words[at].gap.has(Gap::COMMA) && (by || self.is_closed_before_verb(at))
    }

    /// "against attacking Baku"
    fn is_gerund(&self, at: usize) -> bool {
        // "urged them to help, warning guests that"
        let ends = self.words.len().min(at + TOLD_WORDS);
        let that = || (at + 2..ends).any(|word| self.words[word].function == Function::That);
        let tells =
            self.words[at].gap.has(Gap::COMMA) && self.has(at, Class::TakesClause) && self.has(at, Class::EndsIng);
        // "closed the road, warning of a raid"
        let of = tells && self.words.get(at + 1).is_some_and(|word| word.function == Function::Of);
        if of || tells && self.follows(at, &[Tag::Name, Tag::Determiner, Tag::Noun]) && that() {
            return true;
        }
        self.tag(at - 1) == Tag::Adposition
            && self.is_joined(at)
            && self.has(at, Class::EndsIng)
            && self.follows(at, &[Tag::Name, Tag::Determiner])
    }

    /// "the offensive Baku launched"
    fn is_noun_before_clause(&self, at: usize) -> bool {
        let name = self.follows(at, &[Tag::Name]) && !self.tagging.possessives[at + 1];
        self.tag(at - 1) == Tag::Determiner
            && self.is_joined(at)
            && self.may_be(at, Tag::Noun)
            && name
            && self.follows(at + 1, &[Tag::Past, Tag::Participle, Tag::Present])
    }

    /// "decided to slight the envoy": no noun behind "to".
    fn is_infinitive(&self, at: usize) -> bool {
        self.has(at - 1, Class::Infinitive)
            && self.is_joined(at)
            && self.may_be(at, Tag::Base)
            && self.follows(at, &[Tag::Determiner, Tag::Pronoun])
    }

    /// "The use of force by Baku surprised Moscow"
    fn is_past_before_object(&self, at: usize) -> bool {
        self.is_joined(at)
            && self.has(at, Class::EndsEd)
            && matches!(self.tag(at - 1), Tag::Noun | Tag::Name)
            && !self.tagging.possessives[at - 1]
            && self.words.get(at + 1).is_some_and(|word| !word.gap.has(Gap::BREAK))
            && (matches!(self.tag(at + 1), Tag::Name | Tag::Determiner)
                // "The attack wounded nine soldiers"
                || self.tag(at + 1) == Tag::Number && self.is_joined(at + 2) && self.tag(at + 2).is_nominal())
    }

    /// Whether what has the form of a participle is the verb of its clause.
    fn is_past(&self, at: usize) -> bool {
        let Some(before) = (0..at).rev().find(|word| self.tag(*word) != Tag::Adverb) else { return false };
        // "The ministry in May 2021 named"
        let dated = self.tag(before) == Tag::Number && before > 0 && self.has(before - 1, Class::Period);
        let noun = dated || matches!(self.tag(before), Tag::Noun | Tag::Name);
        let subject = noun || self.has(before, Class::Pronoun);
        let ed = self.has(at, Class::EndsEd);
        if self.is_joined(at) && (subject && ed && self.ends_clause(at) || self.is_second_verb(at)) {
            return true;
        }
        if ed && self.closes_relative(at) {
            return true;
        }
        // "The minister, its founder, expressed interest": with an object it is no participle, which would have none.
        let past = ed || self.may_be(at, Tag::Past);
        let aside = subject && self.words[before + 1].gap.has(Gap::COMMA);
        let aside = aside && !self.is_closed_before_verb(at);
        // "The minister, its founder, told journalists"
        let told = || self.has(at, Class::Tell) && self.follows(at, &[Tag::Noun, Tag::Name, Tag::Pronoun]);
        // "The minister, Orlo Benn, warned of a siege", "remarked that"
        let leads = |word: &Word| matches!(word.function, Function::Of | Function::That);
        let warned = || self.has(at, Class::TakesClause) && self.words.get(at + 1).is_some_and(leads);
        if past && aside && (told() || warned()) {
            return true;
        }
        past && (subject && self.is_joined(at) || aside || self.tag(at - 1) == Tag::Conjunction) && self.has_object(at)
    }

    /// "The strike, called a crime by Baku, killed nine": the verb stands behind the comma.
    fn is_closed_before_verb(&self, participle: usize) -> bool {
        let comma = (participle + 1..self.words.len()).find(|word| !self.is_joined(*word));
        comma.is_some_and(|word| {
            self.words[word].gap.has(Gap::COMMA)
                && self.is_finite(word)
                && (participle + 1..word).any(|at| self.has(at, Class::By))
        })
    }

    /// Whether what may be a participle behind a noun is the verb of its clause: no "by" follows, and an object does or no
    /// other verb.
    fn ends_clause(&self, participle: usize) -> bool {
        let next = participle + 1;
        let joined = self.words.get(next).is_some_and(|word| !word.gap.has(Gap::ASIDE));
        let object = joined
            && self.tag(next).is_nominal()
            && self.tag(next) != Tag::Number
            && !self.has(next, Class::Day)
            && !self.has(participle, Class::TwoObjects);
        for at in next..self.words.len() {
            if !self.is_joined(at) || self.tag(at) == Tag::Subordinator && !self.has(at, Class::Of) {
                break;
            }
            let by = self.has(at, Class::By) && at <= participle + NEAR_BY;
            if by || self.is_finite(at) && !object {
                return false;
            }
        }
        object || !self.has_verb_before(participle)
    }

    /// "The minister, who was in Baku, called for calm": behind the comma that ends a relative clause, where no other verb is
    /// left for the noun before it.
    fn closes_relative(&self, at: usize) -> bool {
        let comma = |word: &usize| self.words[*word].gap.has(Gap::COMMA);
        let opens = |word: &usize| self.has(*word, Class::Relative) && comma(word);
        let before =
            (at.saturating_sub(FAR).max(1)..at).rev().take_while(|word| !self.words[word + 1].gap.has(Gap::STOP));
        let Some(relative) = before.into_iter().find(comma).filter(|word| comma(&at) && opens(word)) else {
            return false;
        };
        let subject = matches!(self.tag(relative - 1), Tag::Noun | Tag::Name);
        let ends = |word: &usize| {
            self.words[*word].gap.has(Gap::STOP)
                || self.tag(*word) == Tag::Subordinator && !self.has(*word, Class::Of)
                || self.has(*word, Class::Relative)
        };
        let mut rest = (at + 1..self.words.len()).take_while(|word| !ends(word));
        let by = at + 1 < self.words.len() && self.has(at + 1, Class::By);
        subject && !by && (relative..at).any(|word| self.is_finite(word)) && !rest.any(|word| self.is_finite(word))
    }

    fn is_finite(&self, at: usize) -> bool {
        matches!(self.tag(at), Tag::Past | Tag::Present) || self.classes(at).any(&[Class::Be, Class::Have])
    }

    /// "is a town surrounded with": the noun belongs to another verb, which takes no clause.
    fn has_verb_before(&self, participle: usize) -> bool {
        let parts = |word: &usize| {
            !self.is_joined(word + 1)
                || matches!(self.tag(*word), Tag::Conjunction | Tag::Subordinator)
                || self.has(*word, Class::Relative)
                || self.words[*word].function == Function::What
        };
        let before = (participle.saturating_sub(FAR)..participle).rev();
        let verb = before.take_while(|word| !parts(word)).find(|word| self.is_finite(*word));
        verb.is_some_and(|verb| !self.has(verb, Class::TakesClause))
    }

    /// Whether an object stands directly behind a word; none is when it was done, and what some verbs have besides.
    fn has_object(&self, at: usize) -> bool {
        if self.has(at, Class::TwoObjects) {
            return false;
        }
        let first = if self.is_joined(at + 1) && self.has(at + 1, Class::Particle) { at + 2 } else { at + 1 };
        let nominal = |word: &usize| self.is_joined(*word) && self.tag(*word).is_nominal();
        let phrase = || (first..self.words.len()).take_while(nominal);
        let time = phrase().any(|word| self.classes(word).any(&[Class::Day, Class::Period]));
        let noun = |word: usize| {
            matches!(self.tag(word), Tag::Noun | Tag::Name)
                || self.tag(word) == Tag::Pronoun && !self.has(word, Class::Relative)
        };
        !time && phrase().any(noun)
    }

    /// "said goodbye and crossed the valley", "left and moved to Baku": behind a verb in the past and "and".
    fn is_second_verb(&self, at: usize) -> bool {
        let object = self.follows(at, &[Tag::Determiner, Tag::Pronoun, Tag::Name]);
        let verb = (0..at - 1)
            .rev()
            .take_while(|word| !self.words[word + 1].gap.has(Gap::ASIDE))
            .find(|word| self.tag(*word).is_verb());
        // not "was beaten and robbed the day after"
        let first =
            verb.is_some_and(|word| self.tag(word) == Tag::Past && self.words[word].function != Function::Auxiliary);
        // not "the town and occupied areas"
        let alone = !(self.is_joined(at + 1) && self.tag(at + 1).is_nominal());
        (object || alone) && first && self.tag(at - 1) == Tag::Conjunction && self.has(at, Class::EndsEd)
    }

    fn is_present(&self, at: usize) -> bool {
        let relative = self.tag(at - 1) == Tag::Pronoun && self.has(at - 1, Class::Relative);
        if relative {
            // "which administers the area"
            return self.has(at, Class::EndsS) && self.is_joined(at + 1) && self.tag(at + 1).is_nominal();
        }
        // "the losses we face"
        if self.has(at - 1, Class::Nominative) && !self.has(at - 1, Class::Clitic) && self.is_joined(at) {
            return [Tag::Base, Tag::Present].iter().any(|tag| self.may_be(at, *tag));
        }
        // "The agency for refugees reports that"
        let that = self.words.get(at + 1).is_some_and(|word| word.function == Function::That);
        if that
            && self.is_joined(at)
            && self.has(at, Class::TakesClause)
            && self.has(at, Class::EndsS)
            && self.tag(at - 1) == Tag::Noun
        {
            return self.is_verbless(at);
        }
        if self.closes_as_clause(at) {
            return true;
        }
        // "which Baku claims is its own"
        let which = at > 1 && self.words[at - 2].function == Function::Relative && self.tag(at - 1) == Tag::Name;
        if which && self.has(at, Class::TakesClause) && self.has(at, Class::EndsS) && self.is_joined(at + 1) {
            return self.classes(at + 1).any(&[Class::Have, Class::Be, Class::Modal]);
        }
        self.is_joined(at)
            && !self.tagging.possessives[at - 1]
            && match self.tag(at - 1) {
                // "Baku complains of"
                Tag::Name => self.has(at, Class::EndsS),
                // "Farmers fear an offensive"
                Tag::Noun => self.has(at - 1, Class::EndsS) && !self.has(at, Class::EndsS),
                _ => false,
            }
            && (self.is_verbless(at) || {
                // "Baku claims it freed the town"
                self.is_joined(at + 1) && self.tag(at - 1) == Tag::Name && self.has(at + 1, Class::Pronoun)
            })
            // "the ministry claims Baku has fled"
            || self.opens_said(at)
    }

    /// "As the ministry notes, ..."
    fn closes_as_clause(&self, at: usize) -> bool {
        let says = self.has(at, Class::TakesClause) && self.has(at, Class::EndsS) && self.is_joined(at);
        let phrase = |word: &usize| {
            self.is_joined(*word + 1)
                && (self.tag(*word).is_nominal() || matches!(self.tag(*word), Tag::Determiner | Tag::Adjective))
        };
        let opener = || (0..at).rev().find(|word| !phrase(word));
        says && !self.is_joined(at + 1)
            && opener().is_some_and(|opener| {
                let opens = opener == 0 || !self.is_joined(opener);
                opens && opener + 1 < at && self.has(opener, Class::As)
            })
            && !self.tagging.possessives[at - 1]
    }

    /// "If the army attacks, ...", "Should the army attack, ...": a condition has a verb.
    fn verb_of_condition(&self, at: usize) -> Option<Tag> {
        let subject = matches!(self.tag(at - 1), Tag::Noun | Tag::Name) && !self.tagging.possessives[at - 1];
        if !subject || !self.is_joined(at) || self.follows(at, &[Tag::Noun]) {
            return None;
        }
        let phrase = |word: &usize| self.is_joined(word + 1) && self.tag(*word).is_nominal();
        let opener = (0..at).rev().find(|word| !phrase(word) && self.tag(*word) != Tag::Determiner)?;
        let opens = self.is_joined(opener + 1) && self.classes(opener).any(&[Class::Condition, Class::Doubt]);
        let inverted = opener == 0 && self.words[0].function == Function::Modal && self.is_joined(1);
        let many = self.has(at - 1, Class::EndsS) || self.has(at - 1, Class::Many);
        let (tag, fits) = match inverted || many {
            true => (Tag::Base, !self.has(at, Class::EndsS)),
            false => (Tag::Present, self.has(at, Class::EndsS)),
        };
        let end = (at + 1..self.words.len()).find(|word| !self.is_joined(*word)).unwrap_or(self.words.len());
        let verb = |word: usize| self.tag(word).is_verb() || self.tag(word) == Tag::Auxiliary;
        let is = (opens || inverted) && fits && self.may_be(at, tag) && !(opener + 1..end).any(verb);
        is.then_some(tag)
    }

    /// Whether a word stands before "of", "that" or a phrase, and its stretch has no verb.
    fn is_verbless(&self, at: usize) -> bool {
        let start = (1..=at).rev().find(|word| !self.is_joined(*word)).unwrap_or(0);
        let end = (at + 1..self.words.len()).find(|word| !self.is_joined(*word)).unwrap_or(self.words.len());
        let goes_on = at + 1 < end
            && (self.classes(at + 1).any(&[Class::Of, Class::About])
                || matches!(self.tag(at + 1), Tag::Determiner | Tag::Subordinator | Tag::Pronoun));
        goes_on && !(start..end).any(|word| self.tag(word).is_verb() || self.tag(word) == Tag::Auxiliary)
    }

    fn is_noun(&self, at: usize) -> bool {
        if !self.is_joined(at) {
            // "after the fire, sabotage was not ruled out"
            return self.words[at].gap.has(Gap::COMMA) && self.is_joined(at + 1) && self.has(at + 1, Class::One);
        }
        // "in turn"
        self.tag(at - 1) == Tag::Adposition && !self.has(at - 1, Class::Infinitive)
            // "Baku's airfields", "their robot"
            || self.tagging.possessives[at - 1]
            || self.tag(at - 1) == Tag::Determiner && self.classes(at - 1).any(&[Class::Owner, Class::Ours])
            // "won a corner kick"
            || self.tag(at) == Tag::Base && self.ends_noun_phrase(at)
    }

    /// "a corner kick": behind a noun in the singular with an article, and nothing follows that it could act on.
    fn ends_noun_phrase(&self, at: usize) -> bool {
        let article = at >= 2 && matches!(self.words[at - 2].function, Function::Indefinite);
        article
            && self.is_joined(at - 1)
            && self.tag(at - 1) == Tag::Noun
            && !self.has(at - 1, Class::EndsS)
            && self.may_be(at, Tag::Noun)
            && !(self.is_joined(at + 1) && self.tag(at + 1).is_nominal())
    }

    /// "Some say it was", "many call it"
    fn is_verb_of_some(&self, at: usize) -> bool {
        let opens = at == 1
            || !self.is_joined(at - 1)
            || matches!(self.tag(at - 2), Tag::Conjunction | Tag::Subordinator | Tag::Adverb);
        let some = matches!(self.tag(at - 1), Tag::Determiner | Tag::Adjective) && self.has(at - 1, Class::Several);
        let goes_on = [Tag::Pronoun, Tag::Determiner, Tag::Subordinator];
        let verb = || self.may_be(at, Tag::Base) && self.follows(at, &goes_on) && !self.has(at + 1, Class::Of);
        opens && some && self.is_joined(at) && (self.tag(at) == Tag::Base || verb())
    }

    /// "has since admitted", "has since also admitted"
    fn is_since(&self, at: usize) -> bool {
        let verb = [Tag::Adverb, Tag::Participle, Tag::Past];
        self.has(at, Class::Time) && self.has(at - 1, Class::Have) && self.is_joined(at) && self.follows(at, &verb)
    }

    /// "the court, in which Baku says", "what Baku sees as", "what Norlandic officials see as"
    fn stands_alone(&self, at: usize) -> bool {
        let relative = self.words[at].function == Function::Relative;
        relative && (!self.is_joined(at) || self.tag(at - 1) == Tag::Adposition)
            || self.words[at].function == Function::What && (self.follows(at, &[Tag::Name]) || self.is_named(at + 1))
    }
}
