//! Words that were divided at the end of a line: which of them are one word, and which had a hyphen all along.

use crate::normalise::View;
use crate::normalise::fold::fold_key;
use crate::span::NormSpan;
use rustc_hash::FxHashSet;
use std::sync::OnceLock;

/// Words that a codebook speaks of, by which a divided word is known.
#[derive(Debug, Default)]
pub struct KnownWords {
    /// Patterns, each with whether it is a regular expression: most corpora have no divided word.
    patterns: Vec<(String, bool)>,
    learned: OnceLock<Learned>,
}

#[derive(Debug, Default)]
struct Learned {
    /// Single words, and two words that stand together, with a space between them.
    words: FxHashSet<Box<str>>,
    /// Beginnings of such.
    stems: FxHashSet<Box<str>>,
}

/// Shorter beginnings fit too many words.
const MIN_STEM_BYTES: usize = 4;
/// A compound is distinguished from a divided word by its halves standing alone elsewhere, if they are not shorter.
const MIN_HALF_BYTES: usize = 4;

impl KnownWords {
    /// Learns the words of a literal pattern; `*` at the end of a word is any run of letters.
    pub fn learn(&mut self, pattern: &str) {
        self.patterns.push((pattern.to_owned(), false));
    }

    /// Learns what the runs of letters in a regular expression begin.
    pub fn learn_expression(&mut self, pattern: &str) {
        self.patterns.push((pattern.to_owned(), true));
    }

    fn knows(&self, word: &str) -> bool {
        let learned = self.learned.get_or_init(|| {
            let mut learned = Learned::default();
            for (pattern, is_expression) in &self.patterns {
                if *is_expression { learned.learn_expression(pattern) } else { learned.learn(pattern) }
            }
            learned
        });
        learned.knows(word)
    }
}

impl Learned {
    fn learn(&mut self, pattern: &str) {
        let mut before: Option<String> = None;
        let pattern = fold_key(pattern);
        for word in pattern.split([' ', '-']) {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '*');
            let pair = before.take().map(|before| format!("{before} {word}"));
            for word in [Some(word), pair.as_deref()].into_iter().flatten() {
                self.note(word);
            }
            before = (!word.contains('*')).then(|| word.to_owned());
        }
    }

    fn learn_expression(&mut self, pattern: &str) {
        let mut pattern = fold_key(pattern);
        for either in ["[ -]?", "[- ]?", "[ -]", "[- ]", "-?"] {
            pattern = pattern.replace(either, "-");
        }
        for run in pattern.split(|c: char| !c.is_alphanumeric() && c != '-') {
            let words: Vec<&str> = run.split('-').filter(|word| !word.is_empty()).collect();
            for pair in words.windows(2) {
                self.note(&format!("{} {}*", pair[0], pair[1]));
            }
            for word in words {
                self.note(&format!("{word}*"));
            }
        }
    }

    fn note(&mut self, word: &str) {
        match word.split_once('*') {
            None if !word.is_empty() => drop(self.words.insert(word.into())),
            Some((stem, "")) if stem.len() >= MIN_STEM_BYTES => drop(self.stems.insert(stem.into())),
            None | Some(_) => {}
        }
    }

    fn knows(&self, word: &str) -> bool {
        let is_stem = |end: usize| word.get(..end).is_some_and(|stem| self.stems.contains(stem));
        self.words.contains(word) || (MIN_STEM_BYTES..=word.len()).any(is_stem)
    }
}

/// Whether the hyphen at the end of a line belongs to the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hyphen {
    /// `Nagorno-` and `Karabakh`.
    Kept,
    /// `Azer-` and `baijan`.
    Dropped,
}

/// Two halves of what may be one word: that before the hyphen at the end of a line, and that at the head of the next.
#[derive(Debug, Clone, Copy)]
pub(super) struct Halves {
    before: NormSpan,
    /// Where the hyphen stands.
    pub hyphen: usize,
    after: NormSpan,
}

impl Halves {
    /// The halves at the end of one line and the beginning of the next, if a hyphen stands between two letters or digits.
    pub fn between(view: &View, before: NormSpan, next: NormSpan) -> Option<Self> {
        let hyphen = before.end as usize - 1;
        let masks = view.masks();
        let is_hyphen = view.bytes()[hyphen] == b'-' && !masks.dash.get(hyphen);
        if !is_hyphen || hyphen <= before.start as usize || !masks.word.get(hyphen - 1) {
            return None;
        }
        if !masks.start.get(next.start as usize) {
            return None;
        }
        let start = masks.start.previous(before.start as usize, hyphen)?;
        let after = view.word_at(next.start as usize);
        // "pre- and post-war": the hyphen waits for a later word.
        let waits = matches!(view.slice(after), "and" | "or");
        (!waits).then(|| Self { before: NormSpan::new(start, hyphen), hyphen, after })
    }
}

/// The words of an article as they stand within its lines.
#[derive(Debug, Default)]
pub(super) struct Unbroken<'v> {
    words: FxHashSet<&'v str>,
    /// With a space for the hyphen.
    compounds: FxHashSet<String>,
}

impl<'v> Unbroken<'v> {
    pub fn read(view: &'v View) -> Self {
        let mut unbroken = Self::default();
        let bytes = view.bytes();
        let hyphen = |at: u32| bytes.get(at as usize) == Some(&b'-');
        let mut before: Option<NormSpan> = None;
        for word in view.words(NormSpan::new(0, bytes.len())) {
            let joined = before.filter(|before| hyphen(before.end) && before.end + 1 == word.start);
            let is_broken = |span: NormSpan| hyphen(span.end) && bytes.get(span.end as usize + 1) == Some(&b'\n');
            let is_rest = before.is_some_and(|before| is_broken(before) && before.end + 2 == word.start);
            if let Some(before) = joined {
                unbroken.compounds.insert(format!("{} {}", view.slice(before), view.slice(word)));
            }
            if !is_rest && !is_broken(word) {
                unbroken.words.insert(view.slice(word));
            }
            before = Some(word);
        }
        unbroken
    }

    /// What becomes of the hyphen.
    pub fn hyphen(&self, view: &View, known: &KnownWords, halves: Halves) -> Hyphen {
        let (before, after) = (view.slice(halves.before), view.slice(halves.after));
        let after = after.strip_suffix("'s").unwrap_or(after);
        if view.is_soft_hyphen(halves.hyphen) {
            return Hyphen::Dropped;
        }
        let digit = |text: &str| text.bytes().any(|byte| byte.is_ascii_digit());
        let (one, two) = (format!("{before}{after}"), format!("{before} {after}"));
        if digit(before) || digit(after) || known.knows(&two) {
            return Hyphen::Kept;
        }
        match (self.words.contains(one.as_str()), self.compounds.contains(&two)) {
            (true, false) => return Hyphen::Dropped,
            (false, true) => return Hyphen::Kept,
            (true, true) | (false, false) => {}
        }
        let alone = |half: &str| half.len() >= MIN_HALF_BYTES && (self.words.contains(half) || known.knows(half));
        let is_name = view.masks().upper.get(halves.after.start as usize);
        if known.knows(&one) {
            Hyphen::Dropped
        } else if is_name || (alone(before) && alone(after)) {
            Hyphen::Kept
        } else {
            Hyphen::Dropped
        }
    }
}
