//! One sentence laid out: its words with what stands between them, the actors named, the cues.

use super::cues::{CueAt, CueBook, CueKinds, Known};
use super::grammar::Function;
use super::phrases::Phrases;
use crate::codebook::AliasKind;
use crate::id::ActorId;
use crate::normalise::View;
use crate::segment::Token;
use crate::span::NormSpan;
use crate::tag::Found;

/// So many words in capitals are a headline.
const LEAST_HEADLINE: usize = 5;

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Gap(u8);

impl Gap {
    pub const COMMA: Self = Self(1);
    /// `;`, `!`, `?`.
    pub const STOP: Self = Self(2);
    pub const COLON: Self = Self(4);
    /// A dash that separates; no hyphen.
    pub const DASH: Self = Self(8);
    pub const OPEN: Self = Self(16);
    pub const CLOSE: Self = Self(32);
    pub const QUOTE: Self = Self(64);
    pub const HYPHEN: Self = Self(128);
    /// Where an inserted clause may begin.
    pub const ASIDE: Self = Self(1 | 2 | 4 | 8 | 16 | 32 | 64);
    /// Anything that ends a phrase.
    pub const BREAK: Self = Self(1 | 2 | 4 | 8 | 16 | 32);

    pub fn has(self, any_of: Self) -> bool {
        self.0 & any_of.0 != 0
    }

    fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub span: NormSpan,
    pub gap: Gap,
    pub function: Function,
    /// Number of the name this word is part of, from 1; 0 for none.
    pub name: u16,
    /// Number of the first cue that begins here, from 1; 0 for none.
    pub cue: u16,
    /// The kinds of the cues that begin here.
    pub kinds: CueKinds,
    /// How many words up to this one have a break before them, and how many are part of a name.
    pub breaks: u16,
    pub named: u16,
}

/// What an alias says about its actor, made once for the codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AliasFact {
    /// Rolled up.
    pub actor: ActorId,
    pub kind: AliasKind,
    pub party: Party,
    /// A ministry, an army or the like: counted with another actor.
    pub part: bool,
    /// "Armenians": a demonym in the plural names people, not a state.
    pub people: People,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum People {
    Yes,
    No,
}

/// Whether an actor can be a side of a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Party {
    /// States, governments, armed forces.
    Side,
    Group,
    Territory,
    Person,
    Other,
}

/// An actor named in the sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    pub span: NormSpan,
    pub first: u16,
    pub last: u16,
    pub fact: AliasFact,
    pub usage: NameUsage,
    /// The group named earlier in the article that a bare people ("Armenians") is short for.
    pub group: Option<ActorId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameUsage {
    Plain,
    /// Followed by `'s` or `s'`.
    Possessive,
    /// An adjective or the name of a people.
    Demonym,
    /// A capital that is only a place.
    Place,
}

/// The buffers of one sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Sheet {
    pub words: Vec<Word>,
    pub names: Vec<Name>,
    pub cues: Vec<CueAt>,
    /// The kinds of all cues.
    pub kinds: CueKinds,
    pub phrases: Phrases,
    found: Vec<Found>,
}

impl Sheet {
    /// Reads the words of a sentence, their gaps and the cues; `names` are filled by the caller before, and `known` is
    /// prepared for the article.
    pub fn read(
        &mut self,
        view: &View,
        raw: &str,
        tokens: &[Token],
        sentence: NormSpan,
        book: &CueBook,
        known: &mut Known,
    ) {
        self.words.clear();
        self.found.clear();
        let mut from = sentence.start as usize;
        let mut glued = false;
        for token in tokens {
            let span = token.span;
            let gap = gap(view, raw, from, span.start as usize);
            let function = book.read_word(view, token, sentence, known, &mut self.found);
            let capital = view.masks().upper.get(span.start as usize);
            glued |= capital & (function != Function::Content) & (gap == Gap::default()) & !self.words.is_empty();
            self.words.push(Word {
                span,
                gap,
                function,
                name: 0,
                cue: 0,
                kinds: CueKinds::default(),
                breaks: 0,
                named: 0,
            });
            from = span.end as usize;
        }
        part_headlines(view, &mut self.words);
        if glued {
            part_glued(view, &mut self.words);
        }
        book.choose(view, tokens, sentence, known, &mut self.found, &mut self.cues);
        self.kinds = CueKinds::default();
        let words = &mut self.words;
        let mut at = 0;
        for (number, name) in self.names.iter_mut().enumerate() {
            (name.first, name.last) = word_range(words, name.span, &mut at);
            for word in &mut words[name.first as usize..=name.last as usize] {
                word.name = number as u16 + 1;
                word.function = Function::Content;
            }
        }
        let (mut breaks, mut named) = (0u16, 0u16);
        for word in words.iter_mut() {
            breaks = breaks.saturating_add(u16::from(word.gap.has(Gap::BREAK)));
            named = named.saturating_add(u16::from(word.name != 0));
            (word.breaks, word.named) = (breaks, named);
        }
        self.phrases.read(view, tokens, words, &self.names);
        at = 0;
        for (number, cue) in self.cues.iter_mut().enumerate() {
            (cue.first, cue.last) = word_range(words, cue.span, &mut at);
            let word = &mut words[cue.first as usize];
            if word.cue == 0 {
                word.cue = number as u16 + 1;
            }
            word.kinds = word.kinds.with(cue.kind);
            self.kinds = self.kinds.with(cue.kind);
        }
    }
}

/// Pages run a headline in capitals and the text around it into one sentence: each is a sentence of its own.
fn part_headlines(view: &View, words: &mut [Word]) {
    let mut loud = 0;
    for at in 0..=words.len() {
        let span = words.get(at).map_or(NormSpan::default(), |word| word.span);
        let upper = |at: u32| view.masks().upper.get(at as usize);
        let letter = |at: u32| view.masks().alnum.get(at as usize) && !view.bytes()[at as usize].is_ascii_digit();
        if !span.is_empty() && (span.start..span.end).all(|at| upper(at) || !letter(at)) {
            loud += 1;
            continue;
        }
        if loud >= LEAST_HEADLINE {
            for word in [at - loud, at] {
                if let Some(word) = words.get_mut(word).filter(|_| word > 0) {
                    word.gap = word.gap.with(Gap::STOP);
                }
            }
        }
        loud = 0;
    }
}

/// A heading that a page glues to the next sentence: "Norland denies the charge The siege goes on". A function word in capitals
/// behind a small word begins a sentence; "the paper The Harbour" is a name.
fn part_glued(view: &View, words: &mut [Word]) {
    let upper = |at: u32| view.masks().upper.get(at as usize);
    let capital = |word: &Word| upper(word.span.start);
    for at in 1..words.len().saturating_sub(1) {
        let (word, next) = (&words[at], &words[at + 1]);
        let opens = match word.function {
            Function::Content => false,
            _ if !capital(word) || word.gap != Gap::default() => false,
            Function::Definite => !capital(next) && next.gap == Gap::default(),
            // not "US"
            Function::Pronoun => word.span.len() > 1 && !upper(word.span.start + 1) && !capital(next),
            Function::Subordinator | Function::In | Function::On | Function::Preposition => true,
            _ => false,
        };
        let before = &words[at - 1];
        if opens && !capital(before) && before.function == Function::Content && before.span.len() > 2 {
            words[at].gap = Gap::STOP;
        }
    }
}

/// First and last word of a span; spans come by their start.
fn word_range(words: &[Word], span: NormSpan, at: &mut usize) -> (u16, u16) {
    while *at + 1 < words.len() && words[*at].span.end <= span.start {
        *at += 1;
    }
    let mut last = *at;
    while last + 1 < words.len() && words[last + 1].span.start < span.end {
        last += 1;
    }
    // Only a mention of thousands of words goes further: a piece of a sentence is short.
    let number = |word: usize| u16::try_from(word).unwrap_or(u16::MAX);
    (number(*at), number(last))
}

fn gap(view: &View, raw: &str, from: usize, to: usize) -> Gap {
    if to == from + 1 && view.bytes()[from] == b' ' {
        return Gap::default();
    }
    let bytes = &view.bytes()[from..to];
    let mut gap = Gap::default();
    for (offset, byte) in bytes.iter().enumerate() {
        gap.0 |= match byte {
            b',' => Gap::COMMA.0,
            b';' | b'!' | b'?' => Gap::STOP.0,
            b':' => Gap::COLON.0,
            b'(' | b'[' => Gap::OPEN.0,
            b')' | b']' => Gap::CLOSE.0,
            b'"' => Gap::QUOTE.0,
            b'\'' if offset + 1 == bytes.len() => Gap::QUOTE.0,
            b'-' if !bytes.contains(&b' ') && !bytes.starts_with(b"--") => {
                match raw[view.alignment().raw_start(from + offset)..].chars().next() {
                    Some('—' | '―') => Gap::DASH.0,
                    _ => Gap::HYPHEN.0,
                }
            }
            b'-' => Gap::DASH.0,
            _ => 0,
        };
    }
    gap
}
