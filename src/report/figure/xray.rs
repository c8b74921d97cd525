//! Where in each article chosen terms stand.

use super::super::Facts;
use super::super::rows::{integer, text};
use super::view;
use crate::count::ALL_TERMS;

#[derive(Debug, Clone)]
pub struct Xray {
    /// `frame/term`.
    pub terms: Vec<String>,
    pub rows: Vec<XrayRow>,
    /// Articles with a framing hit.
    pub of: u64,
}

#[derive(Debug, Clone)]
pub struct XrayRow {
    pub article_id: String,
    pub source: String,
    /// By term: thousandths of the counted text before each hit.
    pub marks: Vec<Vec<u16>>,
}

const MOST_TERMS: usize = 8;
/// Of these at least so many have several words, when there are any.
const OF_SEVERAL_WORDS: usize = 3;

pub fn xray(facts: &Facts<'_>) -> Option<Xray> {
    let hits = facts.hits?;
    let view = view(facts, "frame_frequency")?;
    let (frame, term, n) = (view.column("frame")?, view.column("term")?, view.column("n")?);
    let mut counted: Vec<(u64, &str, &str)> = view
        .rows()
        .filter(|row| view.is_whole(row) && text(row, term) != ALL_TERMS)
        .map(|row| (integer(row, n), text(row, frame), text(row, term)))
        .collect();
    counted.sort_by(|x, y| y.0.cmp(&x.0).then_with(|| (x.2, x.1).cmp(&(y.2, y.1))));
    // Frames may share a term; one is enough.
    let mut seen = std::collections::BTreeSet::new();
    counted.retain(|(_, _, term)| seen.insert(*term));
    let several = |term: &&(u64, &str, &str)| term.2.contains(' ');
    let phrases: Vec<_> = counted.iter().filter(several).take(OF_SEVERAL_WORDS).collect();
    let rest = counted.iter().filter(|term| !phrases.contains(term)).take(MOST_TERMS - phrases.len());
    let mut chosen: Vec<_> = rest.chain(phrases.iter().copied()).collect();
    chosen.sort_by(|x, y| y.0.cmp(&x.0).then_with(|| (x.2, x.1).cmp(&(y.2, y.1))));
    if chosen.is_empty() || hits.articles.is_empty() {
        return None;
    }
    let book = &facts.study.codebook;
    let place = |id: crate::id::TermId| {
        let found = &book.terms[id.index()];
        let code = found.frame.map_or("", |frame| book.frames[frame.index()].code.as_str());
        chosen.iter().position(|(_, frame, term)| *term == found.term && *frame == code)
    };
    let rows = hits
        .articles
        .iter()
        .map(|article| {
            let mut marks = vec![Vec::new(); chosen.len()];
            for mark in &article.marks {
                if let Some(at) = place(mark.term) {
                    marks[at].push(mark.permille);
                }
            }
            XrayRow { article_id: article.article_id.clone(), source: article.source.clone(), marks }
        })
        .collect();
    Some(Xray {
        terms: chosen.iter().map(|(_, frame, term)| format!("{frame}/{term}")).collect(),
        rows,
        of: hits.articles_total,
    })
}
