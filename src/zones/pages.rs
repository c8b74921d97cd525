//! Whole pages of news sites as text, with the lines of the article marked, in `tests/data/pages`. A line begins
//! with `+` if it belongs to what should be counted, and with `-` if not.

use super::tests::default_zoner;
use crate::normalise::{View, Zone};
use crate::span::NormSpan;

#[derive(Debug, Default, Clone, Copy)]
struct PageWords {
    /// Of the article, and counted.
    right: usize,
    counted: usize,
    article: usize,
}

impl PageWords {
    fn f(self) -> (f64, f64, f64) {
        let precision = self.right as f64 / self.counted as f64;
        let recall = self.right as f64 / self.article as f64;
        (precision, recall, 2.0 * precision * recall / (precision + recall))
    }
}

/// Each page: its text, and for each line whether it belongs to the article.
fn pages() -> Vec<(String, String, Vec<bool>)> {
    let mut paths: Vec<_> = std::fs::read_dir("tests/data/pages")
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let page = |path: &std::path::PathBuf| {
        let marked = std::fs::read_to_string(path).expect("a page");
        let lines: Vec<(bool, &str)> =
            marked.lines().map(|line| (line.starts_with('+'), line.get(1..).unwrap_or(""))).collect();
        let text: String = lines.iter().map(|(_, line)| format!("{line}\n")).collect();
        (path.display().to_string(), text, lines.iter().map(|(is_article, _)| *is_article).collect())
    };
    paths.iter().map(page).collect()
}

/// Counts the words of the lines for which `is_counted` says so, by their byte in the page.
fn measure(text: &str, article: &[bool], is_counted: impl Fn(usize) -> bool) -> PageWords {
    let mut words = PageWords::default();
    let mut at = 0;
    for (line, is_article) in text.split_inclusive('\n').zip(article) {
        let start = at + (line.len() - line.trim_start().len());
        let view = View::of(line);
        let n = view.words_in(NormSpan::new(0, view.text().len()));
        let counts = n > 0 && is_counted(start);
        words.article += if *is_article { n } else { 0 };
        words.counted += if counts { n } else { 0 };
        words.right += if counts && *is_article { n } else { 0 };
        at += line.len();
    }
    words
}

fn sum(all: &[PageWords]) -> PageWords {
    all.iter().fold(PageWords::default(), |sum, words| PageWords {
        right: sum.right + words.right,
        counted: sum.counted + words.counted,
        article: sum.article + words.article,
    })
}

#[test]
fn on_whole_pages_the_article_is_counted_and_little_else() {
    let (mut ours, mut plain) = (Vec::new(), Vec::new());
    for (name, text, article) in pages() {
        let mut view = View::of(&text);
        let mut passages = Vec::new();
        default_zoner().passages(&mut view, None, None, &mut passages);
        let counted: Vec<_> = passages.iter().filter(|passage| Zone::COUNTED.contains(&passage.zone)).collect();
        let spans: Vec<_> = counted.iter().map(|passage| view.raw_span(passage.span)).collect();
        let words = measure(&text, &article, |at| spans.iter().any(|span| span.contains(at)));
        // The yardstick: lines of 20 words, or of 10 that end in a stop.
        let baseline = measure(&text, &article, |at| {
            let line = text[at..].lines().next().unwrap_or_default();
            let words = View::of(line).masks().start.count(0, line.len());
            words >= 20 || words >= 10 && line.trim_end().trim_end_matches(['"', '”', '\'']).ends_with('.')
        });
        println!("{name}: {:.2?} (lines alone {:.2?})", words.f(), baseline.f());
        ours.push(words);
        plain.push(baseline);
    }
    let ((precision, recall, f), (_, _, baseline)) = (sum(&ours).f(), sum(&plain).f());
    println!("all: precision {precision:.3} recall {recall:.3} F {f:.3}; lines alone F {baseline:.3}");
    assert!(ours.len() >= 12, "{} pages", ours.len());
    assert!(
        precision >= 0.92 && recall >= 0.92 && f >= 0.93 && f > baseline,
        "{precision:.3} {recall:.3} {f:.3} {baseline:.3}"
    );
}
