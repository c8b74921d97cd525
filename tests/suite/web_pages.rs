//! Saved pages with their articles, in `tests/data/pages/html`; `tests/pages.py` measures the same from outside, and on any
//! folder of pages.

use super::support::repository;
use framescope::corpus::Corpus;
use framescope::{Article, Codebook, Coder, CorpusOptions, Input, Places, Study, StudyOptions};
use std::collections::BTreeMap;

/// The share of words that page and article have in common, as F1.
fn f1(gold: &str, found: &str) -> f64 {
    let words = |text: &str| {
        let mut words: BTreeMap<String, i64> = BTreeMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *words.entry(word.to_owned()).or_default() += 1;
        }
        words
    };
    let (gold, found) = (words(gold), words(found));
    let both: i64 = gold.iter().map(|(word, n)| (*n).min(found.get(word).copied().unwrap_or(0))).sum();
    2.0 * both as f64 / (gold.values().sum::<i64>() + found.values().sum::<i64>()) as f64
}

/// Framing hits as `code: surface`.
fn hits(coder: &mut Coder, article: &Article) -> Vec<String> {
    let coded = coder.code(article);
    let mut places = Places::new(&article.raw);
    let rows = (0..coded.mentions.len()).filter_map(|at| coded.ledger_row(at, &mut places));
    let mut hits: Vec<String> =
        rows.filter(|row| row.layer == "frame").map(|row| format!("{}: {}", row.code, row.surface)).collect();
    hits.sort();
    hits
}

#[test]
fn saved_pages_give_their_articles_and_no_framing_hit_from_beside_them() {
    let folder = repository("tests/data/pages/html");
    let pages = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let pages = pages.filter(|path| path.extension().is_some_and(|extension| extension == "html"));
    let inputs: Vec<Input> = pages.map(Input::Path).collect();
    assert_eq!(inputs.len(), 12);
    let mut corpus = Corpus::open(&CorpusOptions { inputs, ..CorpusOptions::default() }).unwrap();
    let study = Study::new(Codebook::embedded().unwrap(), StudyOptions::default()).unwrap();
    let mut coder = Coder::new(&study);
    let mut scores = Vec::new();
    while let Some(block) = corpus.next_block().unwrap() {
        for article in block.into_articles() {
            let article = article.unwrap();
            let name = article.path.rsplit('/').next().unwrap().replace(".html", ".txt");
            let gold = Article::from_text("gold", std::fs::read_to_string(folder.join(name)).unwrap());
            scores.push(f1(&gold.raw, &article.raw));
            assert_eq!(hits(&mut coder, &article), hits(&mut coder, &gold), "{}", article.path);
            assert!(
                article.meta.date.is_some() && !article.meta.title.is_empty(),
                "{}: {:?}",
                article.path,
                article.meta
            );
            assert!(!article.meta.source.starts_with(char::is_numeric), "{}: {:?}", article.path, article.meta);
        }
    }
    assert_eq!(scores.len(), 12);
    let mean = scores.iter().sum::<f64>() / scores.len() as f64;
    assert!(mean >= 0.97, "F1 of words {mean:.3}: {scores:?}");
}
