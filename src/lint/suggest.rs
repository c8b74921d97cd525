//! Candidate entries for a codebook, from a corpus: names as [`Candidates`] finds them, and words and phrases that
//! gather around framing hits or set one source apart.

use super::{COMMON, Candidates, UnknownName};
use crate::coded::Coded;
use crate::corpus::CorpusOptions;
use crate::error::{Fault, Result};
use crate::inspect::{inspect, one_line};
use crate::ledger::Places;
use crate::normalise::Zone;
use crate::segment::Sentence;
use crate::span::NormSpan;
use crate::stats::Keyness;
use crate::study::Study;
use crate::tag::Entry;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// Words of the longest phrase.
const LONGEST: usize = 3;
/// Fewer hits say nothing.
const FEWEST: u64 = 3;
/// The log-likelihood ratio from which on a word is suggested: chance brings it in one word of a thousand.
const LEAST_G2: f64 = 10.83;
/// Characters of the sentence that is shown.
const SHOWN: usize = 160;

/// A word or phrase that no entry knows.
#[derive(Debug, Clone, PartialEq)]
pub struct TermCandidate {
    pub term: String,
    /// The frame whose hits stand most often in the same sentence; empty where none does.
    pub frame: String,
    pub n: u64,
    pub articles: u64,
    /// How many of the hits stand in a sentence with a framing hit.
    pub n_near: u64,
    /// The source that has it more often than the others, where this is what makes it a candidate.
    pub source: Option<String>,
    /// Signed log-likelihood ratio of the stronger of the two reasons.
    pub g2: f64,
    /// `path:line` of the first one, and its sentence.
    pub place: String,
    pub example: String,
}

/// What a corpus offers.
#[derive(Debug, Clone, Default)]
pub struct Suggestions {
    /// Most frequent first.
    pub names: Vec<UnknownName>,
    /// The clearest first.
    pub terms: Vec<TermCandidate>,
    /// Records that could not be read.
    pub left_out: Vec<Fault>,
}

/// Reads a corpus for candidates. All phrases that may be candidates are kept in memory.
///
/// # Errors
/// Whatever reading says.
pub fn suggest(study: &Study, corpus: &CorpusOptions) -> Result<Suggestions> {
    let mut names = Candidates::new(&study.codebook)?;
    let mut phrases = PhraseCounts::default();
    let left_out = inspect(study, corpus, &mut |coded| {
        names.read(coded);
        phrases.read(coded);
        Ok(ControlFlow::Continue(()))
    })?;
    let frames: Vec<&str> = study.codebook.frames.iter().map(|frame| frame.code.as_str()).collect();
    Ok(Suggestions { names: names.finish(), terms: phrases.finish(&frames), left_out })
}

/// A phrase while the corpus is read.
#[derive(Debug, Default)]
struct PhraseUse {
    n: u64,
    n_near: u64,
    articles: u64,
    /// The last article, from 1.
    last: u64,
    sources: BTreeMap<u32, u64>,
    frames: BTreeMap<u32, u64>,
    place: String,
    example: String,
}

#[derive(Debug)]
struct PhraseCounts {
    common: FxHashSet<&'static str>,
    by_phrase: FxHashMap<String, PhraseUse>,
    sources: BTreeMap<String, u32>,
    /// Words of each source.
    words: Vec<u64>,
    /// Words of sentences with a framing hit.
    words_near: u64,
    articles: u64,
}

impl Default for PhraseCounts {
    fn default() -> Self {
        Self {
            common: COMMON.split_whitespace().collect(),
            by_phrase: FxHashMap::default(),
            sources: BTreeMap::new(),
            words: Vec::new(),
            words_near: 0,
            articles: 0,
        }
    }
}

impl PhraseCounts {
    fn read(&mut self, coded: &Coded<'_>) {
        self.articles += 1;
        let source = coded.article.meta.source.clone();
        let next = self.sources.len() as u32;
        let source = *self.sources.entry(source).or_insert(next);
        self.words.resize(self.sources.len(), 0);
        let mut places = Places::new(&coded.article.raw);
        for (number, sentence) in coded.sentences.iter().enumerate() {
            if coded.view.is_all_capitals(sentence.span)
                || matches!(coded.zone_of(sentence), Zone::Headline | Zone::Heading)
            {
                continue;
            }
            self.read_sentence(coded, sentence, number as u32, source, &mut places);
        }
    }

    fn read_sentence(
        &mut self,
        coded: &Coded<'_>,
        sentence: &Sentence,
        number: u32,
        source: u32,
        places: &mut Places<'_>,
    ) {
        let view = coded.view;
        let mentions = coded.mentions.iter().filter(|mention| mention.sentence == number);
        let mut frames: Vec<u32> = Vec::new();
        let mut known: Vec<NormSpan> = Vec::new();
        for mention in mentions {
            known.push(mention.span);
            if let Entry::Term(term) = mention.entry {
                frames.extend(coded.codebook.terms[term.index()].frame.map(|frame| frame.0));
            }
        }
        known.extend(coded.rejected.iter().filter(|hit| hit.sentence == number).map(|hit| hit.span));
        frames.sort_unstable();
        frames.dedup();
        let words: Vec<NormSpan> = view.words(sentence.span).collect();
        self.words[source as usize] += words.len() as u64;
        if !frames.is_empty() {
            self.words_near += words.len() as u64;
        }
        let is_free = |word: &NormSpan| {
            let text = view.slice(*word);
            !known.iter().any(|span| span.start < word.end && word.start < span.end)
                && !view.masks().upper.get(word.start as usize)
                && text.chars().all(|c| c.is_alphabetic() || c == '-')
        };
        let free: Vec<bool> = words.iter().map(is_free).collect();
        for begin in 0..words.len() {
            for length in 1..=LONGEST.min(words.len() - begin) {
                let end = begin + length;
                if !free[end - 1] {
                    break;
                }
                let joined = |pair: &[NormSpan]| &view.text()[pair[0].end as usize..pair[1].start as usize] == " ";
                let run = &words[begin..end];
                if !run.windows(2).all(joined) {
                    break;
                }
                let ends = [view.slice(run[0]), view.slice(run[length - 1])];
                if ends.iter().any(|word| word.len() < 3 || self.common.contains(*word)) {
                    continue;
                }
                let span = NormSpan::new(run[0].start as usize, run[length - 1].end as usize);
                if !self.by_phrase.contains_key(view.slice(span)) {
                    let bytes = view.raw_span(span);
                    let place = format!("{}:{}", coded.article.path, places.line(bytes));
                    let sentence = &coded.article.raw[view.raw_span(sentence.span).range()];
                    let example = shortened(&one_line(sentence));
                    self.by_phrase
                        .insert(view.slice(span).to_owned(), PhraseUse { place, example, ..PhraseUse::default() });
                }
                let Some(phrase) = self.by_phrase.get_mut(view.slice(span)) else { continue };
                phrase.n += 1;
                phrase.n_near += u64::from(!frames.is_empty());
                phrase.articles += u64::from(phrase.last != self.articles);
                phrase.last = self.articles;
                *phrase.sources.entry(source).or_default() += 1;
                for frame in &frames {
                    *phrase.frames.entry(*frame).or_default() += 1;
                }
            }
        }
    }

    fn finish(self, frames: &[&str]) -> Vec<TermCandidate> {
        let names: BTreeMap<u32, &String> = self.sources.iter().map(|(name, number)| (*number, name)).collect();
        let all: u64 = self.words.iter().sum();
        let fewest_articles = self.articles.min(2);
        let g2 = |a: u64, n1: u64, n: u64| Keyness::new(a, n1, n - a, all - n1).map_or(0.0, crate::stats::keyness::g2);
        let mut found: Vec<TermCandidate> = Vec::new();
        for (term, phrase) in &self.by_phrase {
            if phrase.n < FEWEST || phrase.articles < fewest_articles {
                continue;
            }
            let near = g2(phrase.n_near, self.words_near, phrase.n);
            let of_source = |(source, n): (&u32, &u64)| (g2(*n, self.words[*source as usize], phrase.n), *source);
            // Of equal ones the first source.
            let best = phrase.sources.iter().map(of_source).max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
            let (by_source, source) = best.unwrap_or((0.0, 0));
            if near.max(by_source) < LEAST_G2 {
                continue;
            }
            let frame = phrase.frames.iter().max_by(|x, y| x.1.cmp(y.1).then(y.0.cmp(x.0))).map(|(frame, _)| *frame);
            found.push(TermCandidate {
                term: term.clone(),
                frame: frame.map_or("", |frame| frames[frame as usize]).to_owned(),
                n: phrase.n,
                articles: phrase.articles,
                n_near: phrase.n_near,
                source: if by_source > near { names.get(&source).map(|name| (*name).clone()) } else { None },
                g2: near.max(by_source),
                place: phrase.place.clone(),
                example: phrase.example.clone(),
            });
        }
        found.sort_by(|a, b| b.g2.total_cmp(&a.g2).then_with(|| a.term.cmp(&b.term)));
        without_parts(found)
    }
}

/// Leaves out what stands in a longer candidate as often as alone.
fn without_parts(found: Vec<TermCandidate>) -> Vec<TermCandidate> {
    let mut in_longer: FxHashMap<String, u64> = FxHashMap::default();
    for candidate in &found {
        let words: Vec<&str> = candidate.term.split(' ').collect();
        for length in 1..words.len() {
            for part in words.windows(length) {
                let most = in_longer.entry(part.join(" ")).or_default();
                *most = candidate.n.max(*most);
            }
        }
    }
    found.into_iter().filter(|candidate| in_longer.get(&candidate.term).is_none_or(|n| *n < candidate.n)).collect()
}

fn shortened(sentence: &str) -> String {
    match sentence.trim().char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{} ...", sentence.trim()[..end].trim_end()),
        None => sentence.trim().to_owned(),
    }
}
