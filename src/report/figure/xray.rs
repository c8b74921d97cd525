//! Where in each article chosen terms stand.

use super::super::Facts;
use super::super::rows::{integer, text};
use super::view;
use crate::codebook::Term;
use crate::report::texts::{TextArticle, TextLayer};

#[derive(Debug, Clone)]
pub struct Xray {
    /// `frame/term`.
    pub terms: Vec<String>,
    pub rows: Vec<XrayRow>,
}

#[derive(Debug, Clone)]
pub struct XrayRow {
    pub article_id: String,
    pub source: String,
    /// By term: thousandths of the counted text before each hit.
    pub marks: Vec<Vec<u16>>,
}

const MOST_TERMS: usize = 8;
/// Articles that are shown; of more, those of smallest hash.
const MOST_ARTICLES: usize = 24;
/// Of these at least so many have several words, when there are any.
const OF_SEVERAL_WORDS: usize = 3;

pub fn xray(facts: &Facts<'_>) -> Option<Xray> {
    let texts = facts.texts?;
    let view = view(facts, "frame_frequency")?;
    let (frame, term, n) = (view.column("frame")?, view.column("term")?, view.column("n")?);
    let mut counted: Vec<(u64, &str, &str)> = view
        .rows()
        .filter(|row| view.is_whole(row) && !Term::names_several(text(row, term)))
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
    let is_frame = |article: &&TextArticle| article.hits.iter().any(|hit| hit.layer == TextLayer::Frame);
    let mut articles: Vec<&TextArticle> = texts.articles.iter().filter(is_frame).collect();
    if chosen.is_empty() || articles.is_empty() {
        return None;
    }
    articles.sort_by_key(|article| (article.hash, &article.id));
    articles.truncate(MOST_ARTICLES);
    articles.sort_by_key(|article| (&article.source, &article.id));
    let book = &facts.study.codebook;
    let place = |number: u32| {
        let found = &book.terms[number as usize];
        let code = found.frame.map_or("", |frame| book.frames[frame.index()].code.as_str());
        chosen.iter().position(|(_, frame, term)| *term == found.term && *frame == code)
    };
    let rows = articles
        .into_iter()
        .map(|article| {
            let mut marks = vec![Vec::new(); chosen.len()];
            for hit in article.hits.iter().filter(|hit| hit.layer == TextLayer::Frame) {
                if let Some(at) = place(hit.entry) {
                    marks[at].push(hit.permille);
                }
            }
            marks.iter_mut().for_each(Vec::dedup);
            XrayRow { article_id: article.id.clone(), source: article.source.clone(), marks }
        })
        .collect();
    Some(Xray { terms: chosen.iter().map(|(_, frame, term)| format!("{frame}/{term}")).collect(), rows })
}
