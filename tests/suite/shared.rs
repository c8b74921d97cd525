//! The real articles and speeches, which are not in the repository: `cargo test -- --ignored` with `../shared` beside
//! the repository, or FRAMESCOPE_SHARED set to it.

use super::ledger::{check_offsets, check_sums};
use super::support::{Output, Row, by, repository, row, shared, study};
use framescope::codebook::Codebook;
use framescope::stats::Measures;
use framescope::study::StudyOptions;
use std::path::Path;
use std::process::Command;

fn run(path: &Path, options: StudyOptions) -> Output {
    Output::of(&study(Codebook::embedded().expect("the codebook"), options), path)
}

/// The five articles' ids begin with their numbers.
fn of_article<'r>(rows: &'r [Row], number: &str) -> Vec<&'r Row> {
    rows.iter().filter(|row| row.text("article_id").starts_with(number)).collect()
}

#[test]
#[ignore = "needs ../shared"]
fn places_and_sums_of_the_real_articles() {
    for folder in ["seeds", "corpora/un"] {
        let output = run(&shared(folder), StudyOptions::default());
        check_offsets(&shared(folder), &output.path());
        check_sums(&output.path(), &Codebook::embedded().expect("the codebook"));
    }
}

#[test]
#[ignore = "needs ../shared"]
fn names_that_only_look_like_actors_are_none() {
    let output = run(&shared("seeds"), by(&["article_id"]));
    let actors = output.table("actor_frequency");
    let named = |actor: &str| -> u64 {
        let rows = of_article(&actors, "001");
        rows.iter().filter(|row| row.is(&[("actor", actor), ("level", "coded")])).map(|row| row.number("n")).sum()
    };
    for absent in ["ROU", "PSE", "SYR"] {
        assert_eq!(named(absent), 0, "{absent}");
    }
    assert_eq!(named("ISR"), 1);
    let ledger = output.table("mentions");
    let raw = |row: &Row| -> String {
        let path = shared("seeds").join(format!("{}.txt", row.text("article_id")));
        let text = std::fs::read_to_string(path).expect("UTF-8");
        let (start, end) = (row.number("start_byte") as usize, row.number("end_byte") as usize);
        let before = text[..start].char_indices().rev().nth(15).map_or(0, |(at, _)| at);
        let after = text[end..].char_indices().nth(12).map_or(text.len(), |(at, _)| end + at);
        text[before..after].to_owned()
    };
    for hit in ledger.iter().filter(|hit| hit.text("layer") == "actor") {
        let around = raw(hit);
        match (hit.text("rollup"), hit.text("surface")) {
            ("USA", surface) => assert_ne!(surface, "us", "{around}"),
            ("BLR", surface) => assert!(!surface.contains("Minsk") || !around.contains("Minsk Group"), "{around}"),
            ("NATO", "NATO") => assert!(!around.contains("Non-NATO"), "{around}"),
            ("RUS", surface) => {
                assert!(surface.contains("Red Cross") || !around.contains("Russian Red Cross"), "{around}")
            }
            _ => {}
        }
    }
}

#[test]
#[ignore = "needs ../shared"]
fn pull_quotes_are_left_out_of_the_counts() {
    let output = run(&shared("seeds"), by(&["article_id"]));
    let pulled: Vec<Row> = output.table("zones").into_iter().filter(|zone| zone.text("zone") == "pull_quote").collect();
    assert!(!pulled.is_empty());
    assert!(pulled.iter().all(|zone| zone.text("counted") == "false"));
    for hit in output.table("mentions") {
        let inside = |zone: &Row| {
            zone.text("article_id") == hit.text("article_id")
                && zone.number("start_byte") <= hit.number("start_byte")
                && hit.number("end_byte") <= zone.number("end_byte")
        };
        assert!(!pulled.iter().any(inside), "{hit:?}");
    }
}

#[test]
#[ignore = "needs ../shared"]
fn artsakh_drifts_out_of_the_armenian_statements() {
    let output = run(&shared("corpora/un"), by(&["source", "date"]));
    let naming = output.table("naming");
    let n = |date: &str| -> u64 {
        let artsakh = naming.iter().filter(|row| row.is(&[("source", "Armenia"), ("date", date)]));
        artsakh.filter(|row| row.text("variant").contains("Artsakh")).map(|row| row.number("n")).sum()
    };
    let drift = ["2017-09", "2020-09", "2022-09"].map(n);
    assert!(drift[0] >= 18 && drift[1] < drift[0] && drift[2] <= 2, "{drift:?}");
}

#[test]
#[ignore = "needs ../shared"]
fn each_side_of_the_speeches_is_known_by_its_words() {
    let output = run(&shared("corpora/un"), StudyOptions::default());
    let keyness = output.table("keyness");
    for (source, expected) in
        [("Armenia", &["Artsakh", "self-determination"][..]), ("Azerbaijan", &["occupied", "provocation", "liberated"])]
    {
        let layers = ["term", "naming", "actor"];
        let mut rows: Vec<&Row> =
            keyness.iter().filter(|row| row.text("source") == source && layers.contains(&row.text("layer"))).collect();
        rows.sort_by(|a, b| b.float("g2").total_cmp(&a.float("g2")).then_with(|| a.text("item").cmp(b.text("item"))));
        let first = &rows[..10];
        for item in expected {
            let found = first.iter().find(|row| row.text("item").ends_with(&format!("/{item}")));
            let found = found.unwrap_or_else(|| {
                panic!("{item} of {source}: {:?}", first.iter().map(|row| row.text("item")).collect::<Vec<_>>())
            });
            let sizes = ["a", "n1", "b", "n2"].map(|column| found.float(column));
            let [expected_a, expected_b] =
                [sizes[1], sizes[3]].map(|side| side * (sizes[0] + sizes[2]) / (sizes[1] + sizes[3]));
            let is_low = expected_a.min(expected_b) < 5.0;
            assert_eq!(found.text("flags").contains("expected_below_5"), is_low, "{found:?}");
            // Where one is low, p is Fisher's.
            assert_eq!(found.text("flags").contains("exact"), is_low, "{found:?}");
            assert!(!found.text("p").is_empty(), "{found:?}");
        }
    }
}

/// Recomputes every row of the tables of measures outside the program.
fn recompute(output: &Output, by: &str) {
    let status = Command::new("python3")
        .arg(repository("tests/recompute.py"))
        .arg(output.path())
        .args(["--by", by])
        .status()
        .expect("python3");
    assert!(status.success(), "`python3 tests/recompute.py` finds other values");
}

#[test]
#[ignore = "needs ../shared and python3"]
fn every_measure_is_the_one_computed_outside_the_program() {
    let all = || StudyOptions { measures: Measures::All, ..StudyOptions::default() };
    for path in [shared("seeds"), shared("corpora/un"), repository("seeds")] {
        recompute(&run(&path, all()), "source");
    }
    recompute(&run(&shared("corpora/un"), by(&["source", "date"])), "source,date");
    let named = StudyOptions { reference: Some("Azerbaijan".into()), ..StudyOptions::default() };
    let output = run(&shared("corpora/un"), named);
    assert!(output.table("keyness").iter().all(|row| row.text("reference") == "Azerbaijan"));
    recompute(&output, "source");
    let groups = output.table("groups");
    assert_eq!(row(&groups, &[("source", "Armenia")]).number("articles"), 3);
}
