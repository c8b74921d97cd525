//! What compares groups, from outside: similarity and sourcing against the tables and rows they are made of, and corpora
//! in which there is nothing to compare.

use super::support::{Output, Row, repository, row, study};
use approx::assert_relative_eq;
use framescope::codebook::Codebook;
use framescope::stats::Measures;
use framescope::study::StudyOptions;
use std::collections::{BTreeMap, BTreeSet};

fn output_of(corpus: &std::path::Path) -> Output {
    let options = StudyOptions { measures: Measures::All, ..StudyOptions::default() };
    Output::of(&study(Codebook::embedded().expect("the codebook"), options), corpus)
}

fn seeds() -> Output {
    output_of(&repository("seeds"))
}

/// A corpus of source and text, one article each.
fn articles(texts: &[(&str, &str)]) -> Output {
    let file = tempfile::Builder::new().suffix(".jsonl").tempfile().expect("a file");
    let line = |(at, (source, text)): (usize, &(&str, &str))| {
        let article = serde_json::json!({"id": format!("a{at}"), "source": source, "text": text, "date": "2023-09-25"});
        format!("{article}\n")
    };
    std::fs::write(file.path(), texts.iter().enumerate().map(line).collect::<String>()).expect("written");
    output_of(file.path())
}

#[test]
fn who_is_given_the_word_adds_up_from_the_quotations() {
    let output = seeds();
    let sources: BTreeMap<String, String> = output
        .table("articles")
        .iter()
        .map(|row| (row.text("article_id").to_owned(), row.text("source").to_owned()))
        .collect();
    let mut counted: BTreeMap<(String, String), [u64; 2]> = BTreeMap::new();
    let quotations = output.table("quotations");
    assert!(quotations.len() > 10 && quotations.iter().any(|row| !row.text("speaker").is_empty()));
    for quotation in &quotations {
        let speaker = Some(quotation.text("speaker")).filter(|speaker| !speaker.is_empty()).unwrap_or("(none)");
        for source in [sources[quotation.text("article_id")].as_str(), "ALL"] {
            for speaker in [speaker, "(all)"] {
                let [n, words] = counted.entry((speaker.to_owned(), source.to_owned())).or_default();
                *n += 1;
                *words += quotation.number("words");
            }
        }
    }
    let sourcing = output.table("sourcing");
    for row in &sourcing {
        let key = (row.text("speaker").to_owned(), row.text("source").to_owned());
        let [n, words] = counted.remove(&key).unwrap_or_default();
        assert_eq!([row.number("n_quotations"), row.number("words_quoted")], [n, words], "{key:?}");
        if row.text("share_low").is_empty() {
            continue;
        }
        let share = words as f64 / row.float("words_quoted_all");
        assert_relative_eq!(row.float("share"), share, max_relative = 1e-11);
        assert!(row.float("share_low") <= share && share <= row.float("share_high"));
    }
    assert!(counted.is_empty(), "{counted:?}");
    let all = row(&sourcing, &[("speaker", "(all)"), ("source", "ALL")]);
    let named = |row: &&Row| row.is(&[("source", "ALL")]) && !row.text("speaker").starts_with('(');
    let counts: Vec<f64> = sourcing.iter().filter(named).map(|row| row.float("n_quotations")).collect();
    let total: f64 = counts.iter().sum();
    let hhi = counts.iter().map(|n| n * (n - 1.0)).sum::<f64>() / (total * (total - 1.0));
    assert_relative_eq!(all.float("hhi"), hhi, max_relative = 1e-11);
}

#[test]
fn similarity_is_that_of_the_counts_in_the_other_tables() {
    let output = seeds();
    let mut shares: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
    for row in output.table("frame_frequency").iter().filter(|row| row.is(&[("term", "(all)")])) {
        shares.entry(row.text("source").into()).or_default().insert(row.text("frame").into(), row.float("n"));
    }
    for counts in shares.values_mut() {
        let all: f64 = counts.values().sum();
        counts.values_mut().for_each(|n| *n /= all);
    }
    let entropy = |shares: &mut dyn Iterator<Item = f64>| -> f64 {
        shares.filter(|share| *share > 0.0).map(|share| -share * share.log2()).sum()
    };
    let similarity = output.table("similarity");
    let frames: Vec<&Row> = similarity.iter().filter(|row| row.is(&[("profile", "frame")])).collect();
    assert_eq!(frames.len(), 10, "every two of five sources");
    for row in frames {
        let (a, b) = (&shares[row.text("a")], &shares[row.text("b")]);
        let items: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
        let of = |shares: &BTreeMap<String, f64>, item: &String| shares.get(item).copied().unwrap_or_default();
        let both = entropy(&mut items.iter().map(|item| (of(a, item) + of(b, item)) / 2.0));
        let jsd = both - (entropy(&mut a.values().copied()) + entropy(&mut b.values().copied())) / 2.0;
        assert_relative_eq!(row.float("jsd"), jsd, max_relative = 1e-9);
        assert!(!row.text("null_median").is_empty() && row.float("p") >= 0.001 && row.float("p") <= row.float("q"));
    }
    assert!(similarity.iter().filter(|row| row.is(&[("profile", "word")])).all(|row| row.text("flags") == "no_null"));
}

/// Every cell of these columns is empty.
fn are_empty(rows: &[Row], columns: &[&str]) {
    for row in rows {
        columns.iter().for_each(|column| assert_eq!(row.text(column), "", "{column} in {row:?}"));
    }
}

const SIEGE: &str =
    "Armenia spoke of a blockade and of a siege. \"It is a blockade, and nobody may pass it,\" Yerevan said.";

#[test]
fn groups_with_one_article_each_have_values_and_no_more() {
    for texts in [vec![("North", SIEGE)], vec![("North", SIEGE), ("South", SIEGE)]] {
        let output = articles(&texts);
        let (contrasts, similarity) = (output.table("contrasts"), output.table("similarity"));
        are_empty(&contrasts, &["value_low", "value_high", "ratio_low", "ratio_high", "deff", "p", "q"]);
        are_empty(&similarity, &["null_median", "p", "q"]);
        let alike = |row: &Row| row.text("jsd") == "0" && row.text("cosine") == "1";
        assert!(similarity.iter().all(|row| row.text("jsd").is_empty() || alike(row)));
        assert!(similarity.iter().all(|row| row.text("flags").contains("single_article")));
        assert_eq!(similarity.is_empty(), texts.len() == 1);
        let parts: Vec<Row> = output.table("trend").into_iter().filter(|row| !row.is(&[("source", "ALL")])).collect();
        are_empty(&parts, &["per_1000_low", "per_1000_high", "level", "change_p"]);
        let of_groups = output.table("sourcing").into_iter().filter(|row| !row.is(&[("source", "ALL")]));
        are_empty(&of_groups.collect::<Vec<_>>(), &["share_low", "share_high"]);
    }
}

#[test]
fn a_group_without_words_or_hits_is_compared_with_nothing() {
    let output =
        articles(&[("Empty", "…"), ("Empty", "—"), ("North", SIEGE), ("North", SIEGE), ("Plain", "It rained.")]);
    let of = |name: &'static str| output.table("contrasts").into_iter().filter(move |row| row.is(&[("source", name)]));
    assert_eq!(of("Empty").count(), 0);
    assert!(of("North").count() > 0);
    let similarity = output.table("similarity");
    let with_empty: Vec<Row> =
        similarity.into_iter().filter(|row| row.text("a") == "Empty" || row.text("b") == "Empty").collect();
    assert!(!with_empty.is_empty());
    are_empty(&with_empty, &["jsd", "cosine", "null_median", "p", "q"]);
    are_empty(
        &output.table("trend").into_iter().filter(|row| row.is(&[("source", "Empty")])).collect::<Vec<_>>(),
        &["per_1000"],
    );
}

#[test]
fn one_article_everywhere_differs_nowhere() {
    let texts: Vec<(&str, &str)> = (0..12).map(|at| (["North", "South"][at % 2], SIEGE)).collect();
    let output = articles(&texts);
    let rates: Vec<Row> = output.table("contrasts").into_iter().filter(|row| row.is(&[("measure", "rate")])).collect();
    assert!(!rates.is_empty());
    for row in &rates {
        assert_eq!([row.text("ratio"), row.text("ratio_low"), row.text("ratio_high"), row.text("p")], ["1"; 4]);
    }
    for row in output.table("similarity").iter().filter(|row| !row.text("jsd").is_empty()) {
        assert_eq!([row.text("jsd"), row.text("cosine")], ["0", "1"]);
        assert!(row.is(&[("profile", "word")]) || row.text("p") == "1");
    }
}
