//! Parts of speech: a tag for each word of a sentence.
//!
//! A hidden Markov model over three tags in a row, where a sign that parts clauses counts as one. Its weights are rounded
//! logarithms (`data/words.csv`), so that every machine finds the same tags; the closed classes of the language stand in
//! `data/grammar.csv`.

use super::grammar::rows;
use super::word_class::{Class, Classes, Tag};
use crate::id::Identity;
use crate::normalise::View;
use crate::segment::{Memo, Token, Tokens};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;
use std::sync::LazyLock;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Low,
    Capital,
    /// With a capital at the head of its sentence.
    First,
}

const SHAPES: usize = 3;

/// A range of `choices`.
type Choices = (u32, u32);

const TAGS: usize = Tag::NAMES.len();
/// The tag before the first word.
const START: usize = TAGS;
/// That of a sign which parts clauses, such as a comma.
const BREAK: usize = TAGS + 1;
const BREAK_NAME: &str = "PUNCT";
/// What the model knows before a word: every tag, `START` and `BREAK`.
const STATES: usize = TAGS + 2;
/// Space for every state: a power of two, so that a state below it needs no check.
const WIDTH: usize = 32;
const LONGEST_ENDING: usize = 4;
/// Of `data/words.csv`, about.
const BYTES_OF_A_LINE: usize = 32;
/// What a capital inside a sentence adds to a name, and takes from all else.
const NAME_BONUS: i32 = 8;
const CAPITAL_MALUS: i32 = 22;

#[derive(Debug, Default)]
struct Model {
    words: FxHashMap<&'static str, (Choices, Classes)>,
    endings: [FxHashMap<&'static str, Choices>; 3],
    classes_by_ending: Vec<(&'static str, Class)>,
    choices: Vec<(u8, i32)>,
    /// By the last state, the next, and the one before the last.
    after: Vec<[[i16; WIDTH]; STATES]>,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::parse(include_str!("data/words.csv")));

/// What stages remember of types for the tagger.
static IDENTITY: LazyLock<Identity> = LazyLock::new(Identity::default);

/// What the letters of a word say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct KnownForm {
    classes: Classes,
    possessive: bool,
    /// Where its choices begin in each [`Shape`], one behind the other, and where the last end.
    choices: [u32; SHAPES + 1],
}

/// The tags of one sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Tagging {
    pub tags: Vec<Tag>,
    pub classes: Vec<Classes>,
    /// Those of all words: most sentences lack the class that a question looks for.
    pub any_class: Classes,
    /// Whether a word ends with the sign of a possessive.
    pub possessives: Vec<bool>,
    types: Memo<KnownForm>,
    /// The tags that a word may have, with their weights: of the types, and of the words of the sentence that are
    /// spelled otherwise than the text.
    of_types: Vec<(u8, i32)>,
    of_others: Vec<(u8, i32)>,
    /// For each word, and each break before one, where its choices begin and end; those of others from [`OTHERS`] on.
    choices: Vec<Choices>,
    /// For each tag of a word and each of the word before it, the best score of a path that ends with them.
    scores: Vec<i32>,
    next: Vec<i32>,
    /// Word by word, for the same two tags, the tag before them on that path.
    back: Vec<u8>,
}

const OTHERS: u32 = 1 << 31;

impl Tagging {
    /// Makes ready for the tokens of an article.
    pub fn prepare(&mut self, tokens: &Tokens) {
        self.types.prepare(tokens, &IDENTITY);
    }

    pub fn clear(&mut self) {
        self.tags.clear();
        self.classes.clear();
        self.any_class = Classes::default();
        self.possessives.clear();
    }

    /// Tags the words of a sentence; `is_capital` says of the n-th whether a capital there marks a name, `is_parted`
    /// whether a sign before it parts clauses.
    pub fn read(
        &mut self,
        view: &View,
        tokens: &[Token],
        is_capital: impl Fn(usize) -> bool,
        is_parted: impl Fn(usize) -> bool,
    ) {
        let model = &*MODEL;
        self.clear();
        self.choices.clear();
        self.of_others.clear();
        self.of_others.push((BREAK as u8, 0));
        let words = tokens.len();
        self.classes.resize(words, Classes::default());
        self.possessives.resize(words, false);
        let places = self.classes.iter_mut().zip(&mut self.possessives);
        for ((at, token), (classes, possessive)) in tokens.iter().enumerate().zip(places) {
            if at > 0 && is_parted(at) {
                self.choices.push((OTHERS, OTHERS + 1));
            }
            let shape = match (is_capital(at), at) {
                (false, _) => Shape::Low,
                (true, 0) => Shape::First,
                (true, _) => Shape::Capital,
            };
            let (of_types, of_others) = (&mut self.of_types, &mut self.of_others);
            // In small letters, with its possessive ending.
            let text = || view.slice(token.span);
            let (known, from) = match self.types.keeps(token) {
                true => (*self.types.of(token, || model.know(text(), of_types)), 0),
                false => (model.know(text(), of_others), OTHERS),
            };
            (*classes, *possessive) = (known.classes, known.possessive);
            self.any_class = self.any_class.or(known.classes);
            self.choices.push((from + known.choices[shape as usize], from + known.choices[shape as usize + 1]));
        }
        self.find_best(model);
    }

    /// Whether a word, before which the sentence has so many breaks, may be of a part of speech.
    pub fn may_be(&self, word: usize, breaks: u16, tag: Tag) -> bool {
        self.choices_of(word + usize::from(breaks)).iter().any(|(choice, _)| *choice == tag as u8)
    }

    fn choices_of(&self, word: usize) -> &[(u8, i32)] {
        match self.choices[word] {
            (begin, end) if begin < OTHERS => &self.of_types[begin as usize..end as usize],
            (begin, end) => &self.of_others[(begin - OTHERS) as usize..(end - OTHERS) as usize],
        }
    }

    /// How many choices the word has so many words before another; before the first there is one.
    fn width_before(&self, word: usize, back: usize) -> usize {
        word.checked_sub(back).map_or(1, |word| (self.choices[word].1 - self.choices[word].0) as usize)
    }

    /// Fills `tags` with the most likely path.
    fn find_best(&mut self, model: &Model) {
        let (mut scores, mut next) = (std::mem::take(&mut self.scores), std::mem::take(&mut self.next));
        let mut back = std::mem::take(&mut self.back);
        back.clear();
        scores.clear();
        scores.push(0);
        let start = [(START as u8, 0)];
        let (mut before, mut two) = (&start[..], &start[..]);
        for word in 0..self.choices.len() {
            let here = self.choices_of(word);
            let ends = back.len() + here.len() * before.len();
            if let ([(tag, weight)], [(last, _)], [(first, _)], [score]) = (here, before, two, &mut scores[..]) {
                let after = &model.after[usize::from(*last)][usize::from(*tag)];
                *score += i32::from(after[usize::from(*first) % WIDTH]) + weight;
                back.push(0);
                (two, before) = (before, here);
                continue;
            }
            next.clear();
            for (tag, weight) in here {
                let after = |last: u8| &model.after[usize::from(last)][usize::from(*tag)];
                if let [(first, _)] = two {
                    // There is one way.
                    let score = |((last, _), known): (&(u8, i32), &i32)| {
                        known + i32::from(after(*last)[usize::from(*first) % WIDTH]) + weight
                    };
                    next.extend(before.iter().zip(&scores).map(score));
                    continue;
                }
                for ((last, _), known) in before.iter().zip(scores.chunks_exact(two.len())) {
                    let after = after(*last);
                    let (mut best, mut best_at) = (i32::MIN, 0);
                    for (at, ((first, _), known)) in two.iter().zip(known).enumerate() {
                        let score = known + i32::from(after[usize::from(*first) % WIDTH]);
                        if score > best {
                            (best, best_at) = (score, at as u8);
                        }
                    }
                    next.push(best + weight);
                    back.push(best_at);
                }
            }
            back.resize(ends, 0);
            (two, before) = (before, here);
            std::mem::swap(&mut scores, &mut next);
        }
        (self.scores, self.next, self.back) = (scores, next, back);
        self.follow_back();
    }

    fn follow_back(&mut self) {
        let Some(last) = self.choices.len().checked_sub(1) else { return };
        let mut width = self.width_before(last, 1);
        let ends = self.scores.iter().enumerate().map(|(at, score)| (*score, at % width, at / width));
        // Of equal scores the first tag of the word before counts, then the first of the last word.
        let end = ends.max_by_key(|(score, before, here)| (*score, Reverse((*before, *here))));
        let (_, mut before, mut here) = end.unwrap_or_default();
        let mut ends = self.back.len();
        for word in (0..=last).rev() {
            let choices = self.choices_of(word);
            let tag = choices[here].0;
            ends -= choices.len() * width;
            self.tags.extend(Tag::NAMES.get(usize::from(tag)).map(|(_, tag)| *tag));
            let two = usize::from(self.back[ends + here * width + before]);
            (here, before) = (before, two);
            width = self.width_before(word, 2);
        }
        self.tags.reverse();
    }
}

/// The text before the first such byte and that after it; without it the whole text. Cells here are too short for a
/// search of the library to be worth its beginning: with it the program starts a twentieth slower.
fn cut(text: &str, at: u8) -> (&str, &str) {
    let found = text.bytes().position(|byte| byte == at);
    found.map_or((text, ""), |found| (&text[..found], &text[found + 1..]))
}

impl Model {
    fn parse(words: &'static str) -> Self {
        let mut model = Self { after: vec![[[-60; WIDTH]; STATES]; STATES], ..Self::default() };
        model.words.reserve(words.len() / BYTES_OF_A_LINE);
        let mut tags: FxHashMap<&str, usize> = Tag::NAMES.iter().map(|(name, _)| *name).zip(0..).collect();
        tags.insert(BREAK_NAME, BREAK);
        let tag = |name: &str| tags.get(name).copied();
        for line in words.lines().skip(1) {
            let (kind, line) = cut(line, b',');
            let (key, mut weights) = cut(line, b',');
            let from = model.choices.len() as u32;
            while !weights.is_empty() {
                let (name, rest) = cut(weights, b' ');
                let (weight, rest) = cut(rest, b' ');
                weights = rest;
                model.choices.extend(tag(name).zip(weight.parse().ok()).map(|(tag, weight)| (tag as u8, weight)));
            }
            if matches!(kind, "low" | "capital" | "first") {
                let ending = model.choices.split_off(from as usize);
                let is_open = |(tag, _): &(u8, i32)| Tag::NAMES[usize::from(*tag)].1.is_open();
                // The closed classes are listed whole: no other word is of them.
                let any_open = ending.iter().any(is_open);
                model.choices.extend(ending.into_iter().filter(|choice| !any_open || is_open(choice)));
            }
            let range = (from, model.choices.len() as u32);
            match kind {
                "word" => _ = model.words.insert(key, (range, Classes::default())),
                "low" => _ = model.endings[Shape::Low as usize].insert(key, range),
                "capital" => _ = model.endings[Shape::Capital as usize].insert(key, range),
                "first" => _ = model.endings[Shape::First as usize].insert(key, range),
                _ => {
                    let mut pair = key.split(' ').map(|name| tag(name).unwrap_or(START));
                    let (two, before) = (pair.next().unwrap_or(START), pair.next().unwrap_or(START));
                    for (tag, weight) in model.choices.drain(from as usize..) {
                        model.after[before][usize::from(tag)][two] = weight as i16;
                    }
                }
            }
        }
        for (name, list) in rows() {
            let Some((_, class)) = Class::NAMES.iter().find(|(known, _)| *known == name) else { continue };
            if name.starts_with("ending:") {
                model.classes_by_ending.push((list, *class));
                continue;
            }
            for word in list.split(' ') {
                // A word without weights of its own is guessed by its ending.
                let guess = model.guess(word, Shape::Low);
                let entry = model.words.entry(word).or_insert((guess, Classes::default()));
                entry.1 = entry.1.with(*class);
            }
        }
        model
    }

    fn guess(&self, word: &str, shape: Shape) -> Choices {
        let endings = &self.endings[shape as usize];
        let starts = word.char_indices().rev().take(LONGEST_ENDING).map(|(at, _)| at).collect::<Vec<_>>();
        let known = starts.iter().rev().find_map(|at| endings.get(&word[*at..]));
        known.or_else(|| endings.get("")).copied().unwrap_or_default()
    }

    /// What the letters of a word say; the tags it may have go to `out`.
    fn know(&self, text: &str, out: &mut Vec<(u8, i32)>) -> KnownForm {
        let listed = self.words.get(text);
        let clitic = listed.is_some_and(|(_, classes)| classes.has(Class::Clitic));
        let stem = text.strip_suffix("'s").or_else(|| text.strip_suffix('\'')).filter(|_| !clitic);
        let listed = stem.map_or(listed, |stem| self.words.get(stem));
        let mut classes = listed.map_or_else(Classes::default, |(_, classes)| *classes);
        for (ending, class) in &self.classes_by_ending {
            if text.ends_with(ending) {
                classes = classes.with(*class);
            }
        }
        let mut choices = [out.len() as u32; SHAPES + 1];
        for shape in [Shape::Low, Shape::Capital, Shape::First] {
            self.choose(stem.unwrap_or(text), listed.map(|(range, _)| *range), shape, out);
            choices[shape as usize + 1] = out.len() as u32;
        }
        KnownForm { classes, possessive: stem.is_some(), choices }
    }

    /// Adds the tags that a word may have; `listed` are its choices if it is listed.
    fn choose(&self, word: &str, listed: Option<Choices>, shape: Shape, out: &mut Vec<(u8, i32)>) {
        let from = out.len();
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            out.push((Tag::Number as u8, 0));
        } else if let Some(range) = listed {
            out.extend_from_slice(&self.choices[range.0 as usize..range.1 as usize]);
            if shape == Shape::Capital {
                let name = Tag::Name as u8;
                for (tag, weight) in &mut out[from..] {
                    *weight += if *tag == name { NAME_BONUS } else { -CAPITAL_MALUS };
                }
                if out[from..].iter().all(|(tag, _)| *tag != name) {
                    out.push((name, NAME_BONUS));
                }
            }
        } else {
            let range = self.guess(word, shape);
            out.extend_from_slice(&self.choices[range.0 as usize..range.1 as usize]);
        }
        if out.len() == from {
            out.push((Tag::Noun as u8, 0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::NormSpan;

    fn tags(sentence: &str) -> String {
        let view = View::of(sentence);
        let (mut tokens, mut tagging) = (Tokens::default(), Tagging::default());
        tokens.read(&view, sentence, &[NormSpan::new(0, view.text().len())]);
        tagging.prepare(&tokens);
        let is_capital = |at: usize| view.masks().upper.get(tokens.all()[at].span.start as usize);
        tagging.read(&view, tokens.all(), is_capital, |_| false);
        let name = |tag: &Tag| Tag::NAMES.iter().find(|(_, known)| known == tag).map_or("", |(name, _)| *name);
        tagging.tags.iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_that_are_noun_or_verb_are_told_apart() {
        for (sentence, expected) in [
            ("The claims were false", "DET NOUN AUX ADJ"),
            ("The minister says that it was false", "DET NOUN PRES SCONJ PRON AUX ADJ"),
            ("The attack was stopped", "DET NOUN AUX PPLE"),
            ("They may attack the town", "PRON AUX BASE DET NOUN"),
            ("Its fears of a new attack grew", "DET NOUN ADP DET ADJ NOUN PAST"),
        ] {
            assert_eq!(tags(sentence), expected, "{sentence}");
        }
    }

    #[test]
    fn every_tag_and_class_stands_at_its_number() {
        assert!(Tag::NAMES.iter().enumerate().all(|(at, (_, tag))| *tag as usize == at));
        assert!(Class::NAMES.iter().enumerate().all(|(at, (_, class))| *class as usize == at));
        for (name, class) in Class::NAMES {
            let by_ending = MODEL.classes_by_ending.iter().filter(|(_, known)| *known == class).count();
            let listed = MODEL.words.values().filter(|(_, classes)| classes.has(class)).count() + by_ending;
            assert!(listed > 0, "`{name}` has no word in `grammar.csv`");
        }
    }
}
