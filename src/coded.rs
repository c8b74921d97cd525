//! What the stages found in one article: the product of a [`Coder`](crate::coder::Coder), and all that counting, the
//! ledger, the concordance and the commands which look at stages know of the article.

use crate::codebook::Codebook;
use crate::corpus::Article;
use crate::error::Fault;
use crate::normalise::{View, Zone};
use crate::segment::{Sentence, Tokens};
use crate::span::NormSpan;
use crate::tag::{Entry, Mention, Rejected};
use crate::voice::{MentionVoices, RoleTrace, SpeakerTrace, Speech};
use crate::zones::Passage;

/// One coded article. It borrows the buffers of its coder, which the next article fills anew.
#[derive(Debug, Clone, Copy)]
pub struct Coded<'a> {
    pub article: &'a Article,
    /// What the numbers of the mentions refer to.
    pub codebook: &'a Codebook,
    pub view: &'a View,
    /// Every passage of the article.
    pub passages: &'a [Passage],
    /// The counted ones: paragraphs and headings.
    pub counted: &'a [Passage],
    /// The spans of the counted passages.
    pub paragraphs: &'a [NormSpan],
    /// The sentences of the counted passages; `passage` is an index in `counted`.
    pub sentences: &'a [Sentence],
    /// The words of the counted passages. All articles of a coder have their numbers from one lexicon.
    pub tokens: &'a Tokens,
    pub mentions: &'a [Mention],
    pub rejected: &'a [Rejected],
    /// Of the framing hits among the mentions.
    pub voices: &'a MentionVoices,
    /// `voices` without the framing hits that `--voice` or `--target` leave out.
    pub kept: &'a MentionVoices,
    /// The quotations of the counted passages, in the order of the text; none where voices are not needed.
    pub speeches: &'a [Speech],
    /// What spoke for each actor as agent and target of each framing hit, where that is kept.
    pub roles: &'a [RoleTrace],
    /// What spoke for each actor as the speaker of each framing hit, where that is kept.
    pub ranked_speakers: &'a [SpeakerTrace],
    pub unclosed_quotes: u64,
}

/// Words in Latin letters that a text must have before it says something that none of them has a capital.
const MANY_WORDS: usize = 40;

impl Coded<'_> {
    /// What is odd about the text and cannot be mended here.
    pub fn oddities(&self) -> impl Iterator<Item = Fault> {
        let lost = self.view.oddities().lost;
        let damaged = (lost > 0).then(|| {
            let (s, are) = if lost == 1 { ("", "is") } else { ("s", "are") };
            let what = format!("{lost} character{s} of the text {are} lost: `\u{FFFD}`, or read in a wrong encoding");
            (what, "get the text again from where it came, as UTF-8")
        });
        let lowered = self.is_lowered().then(|| {
            let what = "the text has no capital letter, as if it had been lower-cased".to_owned();
            (what, "names and ends of sentences that capitals show are missed; take the text as it was published")
        });
        let fault = |(what, help): (String, &str)| Fault { place: self.article.place(), what, help: help.into() };
        damaged.into_iter().chain(lowered).map(fault)
    }

    fn is_lowered(&self) -> bool {
        let masks = self.view.masks();
        let text = self.view.text().as_bytes();
        let is_latin = |at: &usize| text[*at].is_ascii_lowercase();
        masks.upper.words().iter().all(|word| *word == 0)
            && masks.start.iter(0, text.len()).filter(is_latin).nth(MANY_WORDS - 1).is_some()
    }

    /// Whether a mention counts: framing hits may be left out by `--voice` or `--target`.
    pub fn is_kept(&self, at: usize) -> bool {
        match self.mentions[at].entry {
            Entry::Term(_) => self.kept.of(at).is_some(),
            Entry::Alias(_) | Entry::Variant(_) => true,
        }
    }

    pub fn zone_of(&self, sentence: &Sentence) -> Zone {
        self.counted[sentence.passage as usize].zone
    }
}
