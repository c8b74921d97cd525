//! Links to other articles inside a text, whose page lost the lines around them: "... Getty Images Related article Troops
//! leave the valley The mayor said ...". No stop parts them from the text.

use super::openers::is_opener;
use crate::normalise::View;
use crate::span::NormSpan;
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// What stands before the headline of the other article, and what it is.
const RELATED: &str = "related ";
const KINDS: &[&str] = &["article", "audio", "card", "gallery", "video"];
static LINK: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(RELATED));
/// A headline has so many words at least.
const FEWEST_WORDS: usize = 3;

/// Whether a passage may have a link.
pub(super) fn may_stand_in(view: &View, passage: NormSpan) -> bool {
    LINK.find(view.slice(passage).as_bytes()).is_some()
}

/// Cuts a sentence before each link in it, and behind the headline of the link where a word follows that begins a sentence.
pub(super) fn cut(view: &View, sentence: NormSpan, part: &mut impl FnMut(NormSpan)) {
    let mut start = sentence.start as usize;
    let end = sentence.end as usize;
    let mut at = start;
    while let Some(found) = LINK.find(&view.bytes()[at..end]) {
        let link = at + found;
        at = link + RELATED.len();
        if !is_link(view, link) {
            continue;
        }
        if link > start {
            part(NormSpan::new(start, view.text()[start..link].trim_end().len() + start));
        }
        start = link;
        if let Some(next) = behind_headline(view, NormSpan::new(link, end)) {
            part(NormSpan::new(start, view.text()[start..next].trim_end().len() + start));
            (start, at) = (next, next);
        }
    }
    part(NormSpan::new(start, end));
}

/// "Related article", with one capital.
fn is_link(view: &View, link: usize) -> bool {
    let masks = view.masks();
    let capital = masks.start.get(link) && masks.upper.get(link) && !masks.upper.get(link + 1);
    let kind = view.slice(view.word_at(link + RELATED.len()));
    capital && KINDS.contains(&kind) && !masks.upper.get(link + RELATED.len())
}

/// Where the sentence begins that follows a headline: at a word that begins sentences, or at a speech, behind a word or the end
/// of one and no sign.
fn behind_headline(view: &View, link: NormSpan) -> Option<usize> {
    let mut before = link.start as usize;
    for (number, word) in view.words(link).enumerate() {
        let between = &view.text()[before..word.start as usize];
        let (start, text) = (word.start as usize, view.slice(word));
        before = word.end as usize;
        // Two words are "related article".
        if number < 2 + FEWEST_WORDS || !view.masks().upper.get(start) {
            continue;
        }
        let Some(opening) = between.find(' ').map(|space| between[space..].trim_start()) else { continue };
        let closed = between.trim_start_matches(['"', '\'']).starts_with(' ');
        // "I" has a capital everywhere.
        let opens = opening.is_empty() && is_opener(text) && text != "i" || opening == "\"";
        if closed && opens {
            return Some(start - opening.len());
        }
    }
    None
}
