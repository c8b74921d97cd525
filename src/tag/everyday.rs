//! Terms of everyday use (`everyday` in `terms.csv`): "church" and "gas" frame a conflict where a sentence speaks of it,
//! and are only words elsewhere.
//!
//! Such a term counts where its sentence names an actor or has a term that is not of everyday use. In an article that has
//! such other terms often enough ([`WORDS_A_TERM`]) an actor in the sentence before or another term in the one before or
//! after will do. This is decided when all sentences are tagged.

use super::{Entry, Mention, RejectReason, Rejected};
use crate::codebook::{Codebook, Pattern};
use std::cmp::Reverse;

/// An article with a term that is not of everyday use in so many words speaks of a conflict. Of 160 labelled hits of news
/// whose sentences do not speak for them, 16 of 26 were wrong in other articles; in such an article 14 of 32 where the
/// sentences beside do not either, and 27 of 102 where they do.
const WORDS_A_TERM: usize = 130;

#[derive(Debug, Clone, Default)]
pub(super) struct Everyday {
    /// By term.
    terms: Vec<bool>,
    any: bool,
}

impl Everyday {
    pub fn new(codebook: &Codebook) -> Self {
        let terms: Vec<bool> = codebook.terms.iter().map(|term| term.everyday && term.kind != Pattern::Mask).collect();
        let any = terms.contains(&true);
        Self { terms, any }
    }

    fn holds(&self, mention: &Mention) -> bool {
        matches!(mention.entry, Entry::Term(term) if self.terms[term.index()])
    }

    /// Moves the mentions of everyday terms that nothing speaks for to the rejected ones.
    /// `words` are those of the article.
    pub fn refuse(&self, words: usize, mentions: &mut Vec<Mention>, rejected: &mut Vec<Rejected>) {
        if !self.any || !mentions.iter().any(|mention| self.holds(mention)) {
            return;
        }
        let is_other = |mention: &&Mention| matches!(mention.entry, Entry::Term(_)) && !self.holds(mention);
        let speaks_of_conflict = mentions.iter().filter(is_other).count() * WORDS_A_TERM >= words;
        let sentences = mentions.last().map_or(0, |last| last.sentence as usize + 1);
        let (mut names_actor, mut has_term) = (vec![false; sentences], vec![false; sentences]);
        for mention in &*mentions {
            match mention.entry {
                Entry::Alias(_) => names_actor[mention.sentence as usize] = true,
                Entry::Term(_) => has_term[mention.sentence as usize] |= !self.holds(mention),
                Entry::Variant(_) => {}
            }
        }
        let before = rejected.len();
        mentions.retain(|mention| {
            let at = mention.sentence as usize;
            let before = at.saturating_sub(1);
            let beside = || names_actor[before] || has_term[before..sentences.min(at + 2)].contains(&true);
            let counts = !self.holds(mention) || names_actor[at] || has_term[at] || speaks_of_conflict && beside();
            if !counts {
                let Mention { span, entry, sentence, .. } = *mention;
                rejected.push(Rejected { span, entry, sentence, reason: RejectReason::Everyday });
            }
            counts
        });
        if rejected.len() > before {
            rejected.sort_by_key(|hit| (hit.sentence, hit.span.start, Reverse(hit.span.end), hit.entry));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::codebook::{Codebook, CsvFile};
    use crate::normalise::View;
    use crate::segment::{Sentence, Tokens};
    use crate::span::NormSpan;
    use crate::tag::{RejectReason, Tagger, Tags};

    const TERMS: &str = "frame,term,everyday\nheritage,church,true\nwar,siege,\nwar,road,true\n";

    const LONG: &str = " It rained on the hills.";

    /// The terms that count, and how many do not for this reason.
    fn counted(text: &str) -> (Vec<String>, usize) {
        let file = |name, text| CsvFile::new("cb", name, text);
        let files = vec![
            file("actors.csv", "actor,name,kind\nAAA,Ayland,state\n"),
            file("aliases.csv", "actor,alias\nAAA,Ayland\n"),
            file("frames.csv", "frame,name\nheritage,Heritage\nwar,War\n"),
            file("terms.csv", TERMS),
        ];
        let tagger = Tagger::new(&Codebook::parse(files).expect("a codebook")).expect("compiles");
        let view = View::of(text);
        let mut start = 0;
        let sentences: Vec<Sentence> = view
            .text()
            .split_inclusive(". ")
            .map(|sentence| {
                let span = NormSpan::new(start, start + sentence.trim_end().len());
                start += sentence.len();
                Sentence { span, passage: 0 }
            })
            .collect();
        let (mut tokens, mut tags) = (Tokens::default(), Tags::default());
        tokens.read(&view, text, &[NormSpan::new(0, view.text().len())]);
        tagger.tag(&view, &tokens, &sentences, None, &mut tags);
        let words = tags.mentions.iter().map(|mention| view.text()[mention.span.range()].to_owned());
        let refused = tags.rejected.iter().filter(|rejected| rejected.reason == RejectReason::Everyday).count();
        (words.filter(|word| word != "ayland").collect(), refused)
    }

    #[test]
    fn a_word_of_everyday_use_counts_where_something_speaks_for_it() {
        for (text, words, refused) in [
            ("They went to church.", vec![], 1),
            ("Ayland shelled the church.", vec!["church"], 0),
            ("The church fell in the siege.", vec!["church", "siege"], 0),
            ("The siege began. The church fell.", vec!["siege"], 1),
            ("Ayland spoke. The church was cold.", vec![], 1),
            // One word of everyday use does not speak for another.
            ("The road to the church was long.", vec![], 2),
        ] {
            let found = counted(&format!("{text}{}", LONG.repeat(50)));
            assert_eq!((found.0.iter().map(String::as_str).collect::<Vec<_>>(), found.1), (words, refused), "{text}");
        }
    }

    #[test]
    fn in_an_article_on_a_conflict_the_sentences_beside_speak_for_a_word_too() {
        for (text, words, refused) in [
            ("The siege began. The church fell.", vec!["siege", "church"], 0),
            ("The church fell. The siege began.", vec!["church", "siege"], 0),
            ("The church fell. It rained. The siege began.", vec!["siege"], 1),
            ("The siege began. It rained. Ayland spoke. The church was cold.", vec!["siege", "church"], 0),
            ("The siege began. It rained. The church was cold. Ayland spoke.", vec!["siege"], 1),
        ] {
            let found = counted(text);
            assert_eq!((found.0.iter().map(String::as_str).collect::<Vec<_>>(), found.1), (words, refused), "{text}");
        }
    }
}
