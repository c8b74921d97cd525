//! A regular expression as a short program over characters, made in a thousandth of the time of an automaton.
//!
//! It says the same as the crate `regex`, for a match from the beginning of the text to the edge of a word: the first way
//! in the order of the expression. Ways that were left are kept on a small stack, and what is too much for it is left to
//! the crate, so that no expression takes time beyond measure.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition};

/// Ways kept at a time, and steps taken in all, before the program gives up.
const MOST_WAYS: usize = 64;
const MOST_STEPS: usize = 2_000;
/// A longer program is not made.
const MOST_STATES: usize = 4_000;

/// What a program says of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MatchEnd {
    /// The match ends here.
    End(usize),
    Nothing,
    /// Nothing is known: there are too many ways.
    GivesUp,
}

#[derive(Debug, Clone)]
pub(super) struct Program {
    states: Vec<ProgramState>,
    /// With which bytes what begins at a state can begin.
    firsts: Vec<First>,
    classes: Vec<Characters>,
    start: u32,
}

#[derive(Debug, Clone)]
enum ProgramState {
    /// The edge of a word: the match ends.
    Edge,
    Literal {
        bytes: Box<[u8]>,
        next: u32,
    },
    One {
        class: u32,
        next: u32,
    },
    /// As many of the class as there are, at least one: what follows cannot begin with one of them.
    Run {
        class: u32,
        next: u32,
    },
    /// The first way, and when it fails the second.
    Ways([u32; 2]),
}

/// A set of first bytes; of those outside ASCII all or none are in it. At the end of the text only an edge can be.
#[derive(Debug, Clone, Copy, Default)]
struct First {
    bytes: [u64; 4],
    end: bool,
}

impl First {
    fn of(ascii: u128, others: bool, end: bool) -> Self {
        let others = if others { !0 } else { 0 };
        Self { bytes: [ascii as u64, (ascii >> 64) as u64, others, others], end }
    }

    fn or(self, other: Self) -> Self {
        let bytes = std::array::from_fn(|at| self.bytes[at] | other.bytes[at]);
        Self { bytes, end: self.end || other.end }
    }

    fn is_apart(self, other: Self) -> bool {
        self.bytes.iter().zip(other.bytes).all(|(here, there)| here & there == 0)
    }

    #[inline]
    fn has(&self, byte: Option<u8>) -> bool {
        byte.map_or(self.end, |byte| self.bytes[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1)
    }
}

/// Ways that were left, to be tried when the one that was taken fails. Most texts leave few.
#[derive(Debug, Default)]
struct Left {
    few: [(u32, u32); 6],
    more: Vec<(u32, u32)>,
    number: usize,
}

impl Left {
    #[inline]
    fn push(&mut self, state: u32, at: usize) {
        match self.few.get_mut(self.number) {
            Some(way) => *way = (state, at as u32),
            None => self.more.push((state, at as u32)),
        }
        self.number += 1;
    }

    #[inline]
    fn pop(&mut self) -> Option<(u32, usize)> {
        self.number = self.number.checked_sub(1)?;
        let (state, at) = self.more.pop().or_else(|| self.few.get(self.number).copied())?;
        Some((state, at as usize))
    }
}

/// A set of characters.
#[derive(Debug, Clone)]
struct Characters {
    ascii: u128,
    /// First and last of each range, with those of ASCII.
    ranges: Vec<(char, char)>,
}

impl Characters {
    fn of(class: &ClassUnicode) -> Self {
        let of = |range: &ClassUnicodeRange| (range.start(), range.end());
        let in_ascii = class.ranges().iter().map(of).take_while(|(from, _)| from.is_ascii());
        let ascii = in_ascii
            .flat_map(|(from, to)| u32::from(from)..=u32::from(to).min(127))
            .fold(0, |set, at| set | 1u128 << at);
        Self { ascii, ranges: class.ranges().iter().map(of).collect() }
    }

    fn is(&self, class: &ClassUnicode) -> bool {
        let same =
            |((from, to), range): (&(char, char), &ClassUnicodeRange)| *from == range.start() && *to == range.end();
        self.ranges.len() == class.ranges().len() && self.ranges.iter().zip(class.ranges()).all(same)
    }

    fn first(&self) -> First {
        let others = self.ranges.last().is_some_and(|(_, to)| !to.is_ascii());
        First::of(self.ascii, others, false)
    }

    /// The length of the character at the place, if it is one of the set.
    #[inline]
    fn length(&self, text: &str, at: usize) -> Option<usize> {
        let byte = *text.as_bytes().get(at)?;
        if byte < 128 {
            return (self.ascii >> byte & 1 == 1).then_some(1);
        }
        let c = text[at..].chars().next()?;
        let behind = self.ranges.partition_point(|(from, _)| *from <= c);
        (behind > 0 && c <= self.ranges[behind - 1].1).then(|| c.len_utf8())
    }
}

/// ASCII but letters, digits and the low line: with what an edge may be followed.
fn no_word() -> u128 {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    (0..128u8).filter(|byte| !is_word(*byte)).fold(0, |set, byte| set | 1 << byte)
}

impl Program {
    /// `None` of an expression that only the crate can read: one that looks around or is of bytes, has a count of what
    /// may be empty, or is long.
    pub fn new(hir: &Hir) -> Option<Self> {
        let first = First::of(no_word(), true, true);
        let mut program = Self { states: vec![ProgramState::Edge], firsts: vec![first], classes: Vec::new(), start: 0 };
        program.start = program.before(hir, 0)?;
        Some(program)
    }

    /// Writes the states of an expression that goes on with the state `next`; its first one.
    fn before(&mut self, hir: &Hir, next: u32) -> Option<u32> {
        match hir.kind() {
            HirKind::Empty => Some(next),
            HirKind::Look(_) | HirKind::Class(Class::Bytes(_)) => None,
            HirKind::Literal(literal) => {
                let byte = *literal.0.first()?;
                let ascii = if byte < 128 { 1 << byte } else { 0 };
                let first = First::of(ascii, byte >= 128, false);
                self.push(ProgramState::Literal { bytes: literal.0.clone(), next }, first)
            }
            HirKind::Class(Class::Unicode(class)) => {
                let class = self.class(class);
                self.push(ProgramState::One { class, next }, self.classes[class as usize].first())
            }
            HirKind::Capture(capture) => self.before(&capture.sub, next),
            HirKind::Concat(parts) => parts.iter().rev().try_fold(next, |next, part| self.before(part, next)),
            HirKind::Alternation(parts) => {
                let mut ways = parts.iter().rev();
                let last = self.before(ways.next()?, next)?;
                ways.try_fold(last, |other, way| {
                    let way = self.before(way, next)?;
                    self.ways([way, other])
                })
            }
            HirKind::Repetition(repetition) => self.repeated(repetition, next),
        }
    }

    fn repeated(&mut self, repetition: &Repetition, next: u32) -> Option<u32> {
        let Repetition { min, max, greedy, sub } = repetition;
        let may_be_nothing = sub.properties().minimum_len().is_none_or(|least| least == 0);
        if may_be_nothing && *max != Some(1) {
            return None;
        }
        let in_order = |way: u32, other: u32| if *greedy { [way, other] } else { [other, way] };
        let (mut at, mut required) = (next, *min);
        match max {
            Some(max) => {
                // Written from the end: `x{0,2}` is `(?:x(?:x)?)?`.
                for _ in *min..*max {
                    let way = self.before(sub, at)?;
                    at = self.ways(in_order(way, next))?;
                }
            }
            None => match sub.kind() {
                HirKind::Class(Class::Unicode(class)) if *greedy && self.is_apart(class, next) => {
                    let class = self.class(class);
                    at = self.push(ProgramState::Run { class, next }, self.classes[class as usize].first())?;
                    if required == 0 {
                        at = self.ways([at, next])?;
                    }
                    required = required.saturating_sub(1);
                }
                _ => {
                    // Until it is known what a way round can begin with, it is anything.
                    at = self.push(ProgramState::Ways([0, 0]), First::of(!0, true, true))?;
                    let way = self.before(sub, at)?;
                    self.states[at as usize] = ProgramState::Ways(in_order(way, next));
                    self.firsts[at as usize] = self.firsts[way as usize].or(self.firsts[next as usize]);
                }
            },
        }
        (0..required).try_fold(at, |at, _| self.before(sub, at))
    }

    fn is_apart(&mut self, class: &ClassUnicode, next: u32) -> bool {
        let class = self.class(class);
        self.classes[class as usize].first().is_apart(self.firsts[next as usize])
    }

    fn class(&mut self, class: &ClassUnicode) -> u32 {
        let known = self.classes.iter().position(|known| known.is(class));
        known.unwrap_or_else(|| {
            self.classes.push(Characters::of(class));
            self.classes.len() - 1
        }) as u32
    }

    fn ways(&mut self, ways: [u32; 2]) -> Option<u32> {
        let first = self.firsts[ways[0] as usize].or(self.firsts[ways[1] as usize]);
        self.push(ProgramState::Ways(ways), first)
    }

    fn push(&mut self, state: ProgramState, first: First) -> Option<u32> {
        self.states.push(state);
        self.firsts.push(first);
        (self.states.len() <= MOST_STATES).then(|| self.states.len() as u32 - 1)
    }

    /// Where a match from the beginning of the text ends. `is_edge` says whether a word may end at a place.
    pub fn run(&self, text: &str, is_edge: impl Fn(usize) -> bool) -> MatchEnd {
        let bytes = text.as_bytes();
        let mut left = Left::default();
        let (mut state, mut at) = (self.start, 0);
        for _ in 0..MOST_STEPS {
            let goes_on = match &self.states[state as usize] {
                ProgramState::Edge if is_edge(at) => return MatchEnd::End(at),
                ProgramState::Edge => None,
                ProgramState::Literal { bytes: literal, next } => {
                    bytes[at..].starts_with(literal).then(|| (*next, at + literal.len()))
                }
                ProgramState::One { class, next } => {
                    self.classes[*class as usize].length(text, at).map(|length| (*next, at + length))
                }
                ProgramState::Run { class, next } => {
                    let class = &self.classes[*class as usize];
                    let mut end = at;
                    while let Some(length) = class.length(text, end) {
                        end += length;
                    }
                    (end > at).then_some((*next, end))
                }
                ProgramState::Ways([first, second]) => {
                    let byte = bytes.get(at).copied();
                    match [first, second].map(|way| self.firsts[*way as usize].has(byte)) {
                        [true, true] if left.number == MOST_WAYS => return MatchEnd::GivesUp,
                        [true, true] => {
                            left.push(*second, at);
                            Some((*first, at))
                        }
                        [true, false] => Some((*first, at)),
                        [false, true] => Some((*second, at)),
                        [false, false] => None,
                    }
                }
            };
            (state, at) = match goes_on.or_else(|| left.pop()) {
                Some(next) => next,
                None => return MatchEnd::Nothing,
            };
        }
        MatchEnd::GivesUp
    }
}
