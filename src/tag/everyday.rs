//! Terms of everyday use (`everyday` in `terms.csv`): "church" and "gas" frame a conflict where a sentence speaks of it,
//! and are only words elsewhere.
//!
//! Such a term counts in an article that has other terms often enough ([`WORDS_A_TERM`]). In any other article it counts
//! where its sentence names an actor, or where a term that is not of everyday use stands in its sentence, the one before
//! or the one after. This is decided when all sentences are tagged.

use super::{Entry, Mention, RejectReason, Rejected};
use crate::codebook::{Codebook, Pattern};
use std::cmp::Reverse;

/// An article with a term that is not of everyday use in so many words speaks of a conflict. Of 106 labelled hits of
/// news in whose sentences nothing speaks for them, 28 of 37 were wrong in articles with fewer, 29 of 69 in the others.
const WORDS_A_TERM: usize = 170;

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
        if mentions.iter().filter(is_other).count() * WORDS_A_TERM >= words {
            return;
        }
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
            let counts = !self.holds(mention)
                || names_actor[at]
                || has_term[at.saturating_sub(1)..sentences.min(at + 2)].contains(&true);
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
            ("The siege began. The church fell.", vec!["siege", "church"], 0),
            ("The church fell. The siege began.", vec!["church", "siege"], 0),
            ("The church fell. It rained. The siege began.", vec!["siege"], 1),
            // An actor must stand in the sentence itself, and one word of everyday use does not speak for another.
            ("Ayland spoke. The church was cold.", vec![], 1),
            ("The road to the church was long.", vec![], 2),
        ] {
            let found = counted(&format!("{text}{}", LONG.repeat(50)));
            assert_eq!((found.0.iter().map(String::as_str).collect::<Vec<_>>(), found.1), (words, refused), "{text}");
        }
        // A short article on a siege speaks of a conflict in all its sentences.
        let found = counted("The church fell. It rained. The siege began.");
        assert_eq!(found, (vec!["church".to_owned(), "siege".to_owned()], 0));
    }
}
