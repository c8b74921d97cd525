//! One article as the page shows it: its text, or the sentences with a hit, and every hit with its place in them.

use crate::codebook::Codebook;
use crate::voice::{RULES, Tier, Voice};
use serde::{Deserialize, Serialize};

/// The place of what is not in the text that was kept.
pub const NOWHERE: u32 = u32::MAX;

/// Beginning and end in bytes.
pub type Stretch = (u32, u32);

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextArticle {
    /// What it is chosen by when not all are kept.
    pub hash: u64,
    pub id: String,
    pub source: String,
    pub date: String,
    pub title: String,
    /// The values of the `--by` columns.
    pub group: Vec<String>,
    /// The raw text; when it was shortened, the sentences with a hit, a line each.
    pub text: String,
    pub is_whole: bool,
    /// Passages with the number of their zone; of a whole text only.
    pub passages: Vec<(u32, u32, u8)>,
    /// Sentences of the counted zones that have a hit.
    pub sentences: Vec<Stretch>,
    pub hits: Vec<TextHit>,
}

/// Which table of the codebook an entry is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextLayer {
    Frame,
    Actor,
    /// An alias of an actor that is only a place here.
    Place,
    Naming,
    /// A direct quotation, with a framing hit in it or without; it has a speaker and no entry.
    Quotation,
}

const TIERS: u32 = Tier::ALL.len() as u32;

/// A counted hit of the codebook. Numbers of entries, voices, rules and actors are those of their tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "[u32; 16]", try_from = "[u32; 16]")]
pub struct TextHit {
    pub layer: TextLayer,
    pub entry: u32,
    /// In the kept text; `NOWHERE` twice when it is not there.
    pub span: Stretch,
    /// Index in the sentences that were kept, or `NOWHERE`.
    pub sentence: u32,
    /// Of the raw text.
    pub byte: u32,
    pub line: u32,
    /// Share of the counted text that lies before it, in thousandths.
    pub permille: u16,
    pub voice: u8,
    /// Of the voice, of the agent and of the target.
    pub tiers: [u8; 3],
    pub rule: u8,
    pub cue: Stretch,
    /// Speaker, agent and target: the number of the actor plus one, 0 for none.
    pub roles: [u32; 3],
}

impl TextHit {
    /// How certain voice, agent and target are, as one number.
    pub fn tier(&self) -> u32 {
        self.tiers.iter().rev().fold(0, |number, tier| number * TIERS + u32::from(*tier))
    }

    /// Framing hits and contested names: what makes a sentence worth keeping.
    pub fn is_wording(&self) -> bool {
        matches!(self.layer, TextLayer::Frame | TextLayer::Naming)
    }
}

/// A stretch as it is written: its beginning from 1, 0 for nowhere, and its length. Most cues are nowhere.
fn written((begin, end): Stretch) -> Stretch {
    (begin.wrapping_add(1), end.wrapping_sub(begin))
}

fn read((begin, length): Stretch) -> Stretch {
    let begin = begin.wrapping_sub(1);
    (begin, begin.wrapping_add(length))
}

impl From<TextHit> for [u32; 16] {
    fn from(hit: TextHit) -> Self {
        let [speaker, agent, target] = hit.roles;
        let (layer, permille) = (hit.layer as u32, u32::from(hit.permille));
        let (voice, tier, rule) = (u32::from(hit.voice), hit.tier(), u32::from(hit.rule));
        let (begin, length) = written(hit.span);
        let (cue, cue_length) = written(hit.cue);
        [
            layer,
            hit.entry,
            begin,
            length,
            hit.sentence,
            hit.byte,
            hit.line,
            permille,
            voice,
            tier,
            rule,
            cue,
            cue_length,
            speaker,
            agent,
            target,
        ]
    }
}

impl TryFrom<[u32; 16]> for TextHit {
    type Error = String;

    fn try_from(numbers: [u32; 16]) -> Result<Self, String> {
        let [
            layer,
            entry,
            begin,
            length,
            sentence,
            byte,
            line,
            permille,
            voice,
            tier,
            rule,
            cue,
            cue_length,
            speaker,
            agent,
            target,
        ] = numbers;
        let small = |n: u32| u8::try_from(n).map_err(|_| format!("{n} is no small number"));
        let layer = match layer {
            0 => TextLayer::Frame,
            1 => TextLayer::Actor,
            2 => TextLayer::Place,
            3 => TextLayer::Naming,
            4 => TextLayer::Quotation,
            other => return Err(format!("{other} is no layer")),
        };
        Ok(Self {
            layer,
            entry,
            span: read((begin, length)),
            sentence,
            byte,
            line,
            permille: u16::try_from(permille).map_err(|_| format!("{permille} is no share"))?,
            voice: small(voice)?,
            tiers: [tier % TIERS, tier / TIERS % TIERS, tier / TIERS / TIERS].map(|tier| tier.min(255) as u8),
            rule: small(rule)?,
            cue: read((cue, cue_length)),
            roles: [speaker, agent, target],
        })
    }
}

/// What a hit and an article take beside the text, about.
const BYTES_OF_HIT: u64 = 40;
const BYTES_OF_ARTICLE: u64 = 200;

impl TextArticle {
    pub(super) fn order(&self) -> (u64, &str) {
        (self.hash, &self.id)
    }

    pub(super) fn whole_size(&self) -> u64 {
        self.text.len() as u64 + self.hits.len() as u64 * BYTES_OF_HIT + BYTES_OF_ARTICLE
    }

    /// The same before and after it was shortened.
    pub(super) fn short_size(&self) -> u64 {
        let mut size = self.hits.len() as u64 * BYTES_OF_HIT + BYTES_OF_ARTICLE;
        for (begin, end) in self.wordings() {
            // A file of a part that was edited by hand may have a sentence that ends before it begins; it is refused later.
            size += u64::from(end.saturating_sub(begin)) + 1;
        }
        size
    }

    /// The sentences with a framing hit or a contested name, in their order.
    fn wordings(&self) -> impl Iterator<Item = Stretch> + '_ {
        let mut last = NOWHERE;
        self.hits.iter().filter(|hit| hit.is_wording() && hit.sentence != NOWHERE).filter_map(move |hit| {
            (std::mem::replace(&mut last, hit.sentence) != hit.sentence)
                .then(|| self.sentences.get(hit.sentence as usize).copied())?
        })
    }

    /// Keeps of a whole text the sentences with a framing hit or a contested name. Hits elsewhere lose their place.
    pub(super) fn shorten(&mut self) {
        if !self.is_whole {
            return;
        }
        let mut text = String::new();
        let mut sentences = Vec::new();
        let mut new_place = vec![NOWHERE; self.sentences.len()];
        for hit in self.hits.iter().filter(|hit| hit.is_wording()) {
            let Some(place) = new_place.get_mut(hit.sentence as usize).filter(|place| **place == NOWHERE) else {
                continue;
            };
            let (begin, end) = self.sentences[hit.sentence as usize];
            *place = sentences.len() as u32;
            let at = text.len() as u32;
            text.push_str(self.text.get(begin as usize..end as usize).unwrap_or_default());
            sentences.push((at, text.len() as u32));
            text.push('\n');
        }
        for hit in &mut self.hits {
            let old = hit.sentence;
            let new = new_place.get(old as usize).copied().unwrap_or(NOWHERE);
            hit.sentence = new;
            if new == NOWHERE {
                (hit.span, hit.cue) = ((NOWHERE, NOWHERE), (NOWHERE, NOWHERE));
                continue;
            }
            let ((from, until), to) = (self.sentences[old as usize], sentences[new as usize].0);
            let moved = |(begin, end): Stretch| match from <= begin && begin <= end && end <= until {
                true => (begin - from + to, end - from + to),
                false => (NOWHERE, NOWHERE),
            };
            (hit.span, hit.cue) = (moved(hit.span), moved(hit.cue));
        }
        (self.text, self.sentences, self.is_whole) = (text, sentences, false);
        self.passages.clear();
    }

    pub(super) fn fits(&self, book: &Codebook) -> bool {
        let inside = |(begin, end): Stretch| {
            (begin, end) == (NOWHERE, NOWHERE)
                || begin <= end
                    && self.text.is_char_boundary(begin as usize)
                    && self.text.is_char_boundary(end as usize)
        };
        let of_codebook = |hit: &TextHit| {
            let entry = hit.entry as usize;
            match hit.layer {
                TextLayer::Frame => book.terms.get(entry).is_some_and(|term| term.frame.is_some()),
                TextLayer::Actor | TextLayer::Place => {
                    book.aliases.get(entry).is_some_and(|alias| alias.actor.is_some())
                }
                TextLayer::Naming => entry < book.variants.len(),
                TextLayer::Quotation => entry == 0,
            }
        };
        let hit_fits = |hit: &TextHit| {
            of_codebook(hit)
                && inside(hit.span)
                && inside(hit.cue)
                && (hit.sentence == NOWHERE || (hit.sentence as usize) < self.sentences.len())
                && usize::from(hit.voice) < Voice::ALL.len()
                && hit.tiers.iter().all(|tier| usize::from(*tier) < Tier::ALL.len())
                && usize::from(hit.rule) < RULES.len()
                && hit.roles.iter().all(|actor| *actor as usize <= book.actors.len())
        };
        self.sentences.iter().all(|sentence| inside(*sentence))
            && self.passages.iter().all(|passage| inside((passage.0, passage.1)))
            && self.hits.iter().all(hit_fits)
    }

    /// An article of some size with two hits in one of its two sentences.
    #[cfg(test)]
    pub(super) fn sample(number: u64, size: usize) -> Self {
        let half = size as u32 / 2;
        let hit = |layer, begin, sentence| TextHit {
            layer,
            entry: 0,
            span: (begin, begin + 3),
            sentence,
            byte: begin,
            line: 1,
            permille: 0,
            voice: 0,
            tiers: [0; 3],
            rule: 0,
            cue: (NOWHERE, NOWHERE),
            roles: [0; 3],
        };
        Self {
            hash: number.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            id: number.to_string(),
            source: (number % 3).to_string(),
            text: "é".repeat(size / 2),
            is_whole: true,
            sentences: vec![(0, half), (half + half % 2, size as u32 / 2 * 2)],
            hits: vec![hit(TextLayer::Actor, 0, 0), hit(TextLayer::Frame, half + half % 2, 1)],
            ..Self::default()
        }
    }
}
