//! A corpus small enough to count by hand, and the committed output of the sample corpus.
//!
//! `FRAMESCOPE_BLESS=1 cargo test` rewrites the stored tables; the numbers counted by hand below cannot be rewritten
//! so.

use super::support::{Output, by, compare_folders, golden_codebook, repository, row, run_into, study};
use approx::assert_relative_eq;
use framescope::codebook::{Codebook, read_folder};
use framescope::report::ReportPage;
use framescope::stats::Measures;
use framescope::study::StudyOptions;

fn golden() -> Output {
    Output::of(&study(golden_codebook(), StudyOptions::default()), &repository("tests/golden/corpus"))
}

#[test]
fn every_table_of_the_golden_corpus_is_the_stored_one() {
    compare_folders(&repository("tests/golden/output"), &golden().path());
}

#[test]
fn the_committed_output_is_what_a_fresh_run_writes() {
    let stored = repository("output");
    if !stored.join("articles.csv").exists() && !super::support::is_blessing() {
        panic!("`output/` is not there: FRAMESCOPE_BLESS=1 cargo test writes it");
    }
    let codebook = read_folder(&repository("dictionaries")).expect("the codebook");
    let fresh = tempfile::tempdir().expect("a temporary folder");
    let out = fresh.path().join("output");
    run_into(&study(codebook, StudyOptions::default()), &repository("seeds"), &out, ReportPage::Yes).expect("a run");
    compare_folders(&stored, &out);
}

/// Read from the committed output, which the test above keeps equal to a fresh run.
#[test]
fn own_words_of_a_statement_are_its_owners() {
    let rows = super::support::read_table(&repository("output/mentions.csv"));
    let own = |row: &&super::support::Row| row.text("layer") == "frame" && row.text("voice") == "own";
    let is_statement = |row: &super::support::Row| row.text("article_id").ends_with("2023-09-21_statement");
    let (statement, others): (Vec<_>, Vec<_>) = rows.iter().filter(own).partition(|row| is_statement(row));
    assert!(!statement.is_empty() && statement.iter().all(|row| row.text("speaker") == "AZE"));
    // A demand is somebody's too, and a source stands by what it is given for, though the words are the article's.
    let is_nobodys = |row: &&super::support::Row| row.text("speaker").is_empty() || row.text("rule") != "own";
    assert!(!others.is_empty() && others.iter().all(is_nobodys));
}

#[test]
fn the_folder_of_dictionaries_is_the_embedded_codebook() {
    let folder = read_folder(&repository("dictionaries")).expect("the codebook");
    assert_eq!(folder.fingerprint, Codebook::embedded().expect("the embedded one").fingerprint);
}

#[test]
fn sizes_are_those_counted_by_hand() {
    let groups = golden().table("groups");
    for (source, articles, words, dropped, sentences, paragraphs, mentions, hits) in
        [("ALL", 3, 185, 5, 23, 9, 15, 13), ("North", 2, 133, 5, 16, 6, 11, 7), ("South", 1, 52, 0, 7, 3, 4, 6)]
    {
        let group = row(&groups, &[("source", source)]);
        for (column, value) in [
            ("articles", articles),
            ("words", words),
            ("words_dropped", dropped),
            ("sentences", sentences),
            ("paragraphs", paragraphs),
            ("actor_mentions", mentions),
            ("frame_hits", hits),
        ] {
            assert_eq!(group.number(column), value, "{source}.{column}");
        }
    }
}

#[test]
fn actors_are_those_counted_by_hand() {
    let actors = golden().table("actor_frequency");
    for (actor, level, source, n, name, demonym, metonym, place, articles, sentences) in [
        // Aldova twice in each northern article, Velm once as a government; Velm-based, and travelled to Velm.
        ("ALD", "rolled", "North", 5, 4, 0, 1, 2, 2, 5),
        ("ALD", "rolled", "South", 1, 0, 1, 0, 0, 1, 1),
        ("BRN", "coded", "North", 3, 2, 1, 0, 0, 2, 3),
        ("BRN", "rolled", "North", 4, 3, 1, 0, 0, 2, 4),
        ("BRN", "rolled", "South", 2, 2, 0, 0, 0, 1, 2),
        ("BRN_ARMY", "coded", "ALL", 2, 2, 0, 0, 0, 2, 2),
        // The Suicide Pact is a film.
        ("PACT", "rolled", "ALL", 3, 3, 0, 0, 0, 3, 3),
    ] {
        let found = row(&actors, &[("actor", actor), ("level", level), ("source", source)]);
        for (column, value) in [
            ("n", n),
            ("n_name", name),
            ("n_demonym", demonym),
            ("n_metonym", metonym),
            ("n_place_use", place),
            ("articles", articles),
            ("sentences", sentences),
        ] {
            assert_eq!(found.number(column), value, "{actor} {level} {source}: {column}");
        }
    }
    let aldova = row(&actors, &[("actor", "ALD"), ("level", "rolled"), ("source", "North")]);
    assert_relative_eq!(aldova.float("per_1000"), 1000.0 * 5.0 / 133.0, max_relative = 1e-11);
    // North-1 has 3 in 71 words, north-2 2 in 62.
    assert_relative_eq!(aldova.float("loo_min"), 1000.0 * 2.0 / 62.0, max_relative = 1e-11);
    assert_relative_eq!(aldova.float("loo_max"), 1000.0 * 3.0 / 71.0, max_relative = 1e-11);
    assert_relative_eq!(aldova.float("mean_of_articles"), 500.0 * (2.0 / 62.0 + 3.0 / 71.0), max_relative = 1e-11);
    assert_relative_eq!(aldova.float("share"), 5.0 / 11.0, max_relative = 1e-11);
}

#[test]
fn frames_and_their_voices_are_those_read_by_hand() {
    let frames = golden().table("frame_frequency");
    for (frame, term, source, voices) in [
        // own, hypothetical, attributed, quoted, scare, denied
        ("occupation", "(all)", "North", [2, 0, 0, 1, 0, 1]),
        ("occupation", "occupation", "North", [1, 0, 0, 1, 0, 1]),
        ("occupation", "occupied", "ALL", [1, 0, 0, 0, 0, 0]),
        ("occupation", "(loaded)", "North", [1, 0, 0, 1, 0, 1]),
        ("occupation", "(neutral)", "ALL", [1, 0, 0, 0, 0, 0]),
        ("occupation", "(all)", "South", [1, 1, 0, 0, 1, 0]),
        ("liberation", "(all)", "North", [0, 0, 0, 0, 1, 0]),
        ("liberation", "(all)", "South", [1, 0, 0, 0, 0, 0]),
        ("self_rule", "(all)", "ALL", [4, 0, 0, 0, 0, 0]),
        ("self_rule", "right to rule", "ALL", [2, 0, 0, 0, 0, 0]),
    ] {
        let found = row(&frames, &[("frame", frame), ("term", term), ("source", source)]);
        let columns = ["n_own", "n_hypothetical", "n_attributed", "n_quoted", "n_scare", "n_denied"];
        assert_eq!(columns.map(|column| found.number(column)), voices, "{frame}/{term} in {source}");
        assert_eq!(found.number("n"), voices.iter().sum::<u64>());
    }
    let south = row(&frames, &[("frame", "occupation"), ("term", "(all)"), ("source", "South")]);
    assert_relative_eq!(south.float("own_low"), 1.0 / 3.0, max_relative = 1e-11);
    assert_relative_eq!(south.float("own_high"), 2.0 / 3.0, max_relative = 1e-11);
}

#[test]
fn pairs_are_those_counted_by_hand() {
    let pairs = golden().table("actor_cooccurrence");
    for (unit, source, observed, n_a, n_b, n_units, articles) in [
        // Boats from Aldova to Brenia; Brenia and Aldova met.
        ("sentence", "ALL", 2, 6, 6, 23, 1),
        ("sentence", "North", 2, 5, 4, 16, 1),
        ("paragraph", "ALL", 3, 5, 5, 9, 3),
        ("article", "ALL", 3, 3, 3, 3, 3),
    ] {
        let pair = row(&pairs, &[("a", "ALD"), ("b", "BRN"), ("unit", unit), ("source", source)]);
        let columns = ["observed", "n_a", "n_b", "n_units", "articles"];
        let values = columns.map(|column| pair.number(column));
        assert_eq!(values, [observed, n_a, n_b, n_units, articles], "{unit} {source}");
        assert_relative_eq!(pair.float("expected"), (n_a * n_b) as f64 / n_units as f64, max_relative = 1e-11);
    }
    let never = [("a", "ALD"), ("b", "BRN"), ("unit", "sentence"), ("source", "South")];
    assert!(!pairs.iter().any(|row| row.is(&never)), "a group that never has a pair has no row of it");
}

#[test]
fn contested_names_are_those_counted_by_hand() {
    let naming = golden().table("naming");
    for (variant, source, n, n_pair) in [
        ("Green Vale", "North", 1, 2),
        ("Zelen", "North", 1, 2),
        ("Green Vale", "South", 0, 4),
        ("Zelen", "South", 4, 4),
    ] {
        let found = row(&naming, &[("variant", variant), ("source", source)]);
        assert_eq!([found.number("n"), found.number("n_pair")], [n, n_pair], "{variant} in {source}");
    }
}

#[test]
fn keyness_is_that_of_a_hand_calculation() {
    let keyness = golden().table("keyness");
    let zelen = row(&keyness, &[("layer", "naming"), ("item", "valley/Zelen"), ("source", "South")]);
    assert_eq!(["a", "n1", "b", "n2"].map(|column| zelen.number(column)), [4, 52, 1, 133]);
    assert_eq!(zelen.text("reference"), "(others)");
    // 2*(4 ln(4/1.405405) + 1 ln(1/3.594595) + 48 ln(48/50.594595) + 132 ln(132/129.405405))
    assert_relative_eq!(zelen.float("expected"), 52.0 * 5.0 / 185.0, max_relative = 1e-11);
    assert_relative_eq!(zelen.float("g2"), 5.995_954_493_627, max_relative = 1e-11);
    for empty in ["p", "q", "log_ratio_conservative"] {
        assert_eq!(zelen.text(empty), "", "{empty}");
    }
    assert_eq!(zelen.text("flags"), "expected_below_5|single_article");
    let north = row(&keyness, &[("layer", "naming"), ("item", "valley/Zelen"), ("source", "North")]);
    assert_relative_eq!(north.float("g2"), -zelen.float("g2"), max_relative = 1e-11);
    assert!(keyness.iter().all(|row| row.text("source") != "ALL" && row.number("a") + row.number("b") > 0));
    let words: Vec<_> = keyness.iter().filter(|row| row.is(&[("layer", "word")])).collect();
    assert!(!words.is_empty());
    assert!(words.iter().all(|row| row.number("a") > 0 && row.number("a") + row.number("b") >= 5));
}

#[test]
fn contrasts_of_a_group_with_one_article_are_values_without_p() {
    let contrasts = golden().table("contrasts");
    let of = |measure, source| {
        let key = [("measure", measure), ("layer", "naming"), ("item", "valley/Zelen"), ("source", source)];
        row(&contrasts, &key)
    };
    let south = of("rate", "South");
    assert_eq!(["n", "base", "articles", "n_ref", "base_ref"].map(|column| south.number(column)), [4, 52, 1, 1, 133]);
    assert_relative_eq!(south.float("value"), 4000.0 / 52.0, max_relative = 1e-11);
    assert_relative_eq!(south.float("ratio"), 4.0 * 133.0 / 52.0, max_relative = 1e-11);
    for empty in ["value_low", "value_high", "ratio_low", "ratio_high", "deff", "p", "q"] {
        assert_eq!(south.text(empty), "", "{empty}");
    }
    assert_eq!(south.text("flags"), "single_article");
    let north = of("rate", "North");
    assert_relative_eq!(north.float("ratio") * south.float("ratio"), 1.0, max_relative = 1e-11);
    assert!(north.float("value_low") <= north.float("value") && north.float("value") <= north.float("value_high"));
    let own = of("own_share", "South");
    assert_eq!(own.number("base"), 4);
}

#[test]
fn dispersion_targets_and_speakers_are_those_read_by_hand() {
    let output = golden();
    let dispersion = output.table("dispersion");
    let occupation = row(&dispersion, &[("layer", "frame"), ("item", "occupation"), ("source", "North")]);
    assert_eq!(["n", "parts", "range"].map(|column| occupation.number(column)), [4, 2, 2]);
    // Three of four hits in 71 of 133 words.
    let dp = 3.0 / 4.0 - 71.0 / 133.0;
    assert_relative_eq!(occupation.float("gries_dp"), dp, max_relative = 1e-11);
    assert_relative_eq!(occupation.float("dp_norm"), dp / (1.0 - 62.0 / 133.0), max_relative = 1e-11);
    let speakers = output.table("speakers");
    let pact = row(&speakers, &[("speaker", "PACT"), ("frame", "occupation"), ("term", "(all)"), ("source", "North")]);
    assert_eq!(["n", "n_quoted", "n_denied"].map(|column| pact.number(column)), [1, 1, 0]);
    let velm = row(&speakers, &[("speaker", "ALD"), ("frame", "occupation"), ("term", "(loaded)"), ("source", "ALL")]);
    assert_eq!(["n", "n_quoted", "n_denied"].map(|column| velm.number(column)), [1, 0, 1]);
    for target in output.table("frame_targets") {
        assert!(target.number("n") > 0 && target.number("n") <= target.number("n_term"));
    }
}

#[test]
fn a_named_reference_is_compared_with_and_has_no_rows_itself() {
    let options = StudyOptions { reference: Some("South".into()), measures: Measures::All, ..StudyOptions::default() };
    let output = Output::of(&study(golden_codebook(), options), &repository("tests/golden/corpus"));
    let keyness = output.table("keyness");
    assert!(keyness.iter().all(|row| row.is(&[("source", "North"), ("reference", "South")])));
    let zelen = row(&keyness, &[("layer", "naming"), ("item", "valley/Zelen")]);
    assert_eq!(["a", "n1", "b", "n2"].map(|column| zelen.number(column)), [1, 133, 4, 52]);
    assert_relative_eq!(zelen.float("percent_diff"), 100.0 * (1.0 / 133.0 * 52.0 / 4.0 - 1.0), max_relative = 1e-11);
    assert_relative_eq!(zelen.float("odds_ratio"), (1.0 * 48.0) / (4.0 * 132.0), max_relative = 1e-11);
}

#[test]
fn a_reference_that_is_no_group_is_refused_with_the_nearest_name() {
    let options = StudyOptions { reference: Some("Sauth".into()), ..StudyOptions::default() };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    let error = run_into(&study(golden_codebook(), options), &repository("tests/golden/corpus"), &out, ReportPage::No)
        .expect_err("no such group");
    assert_eq!(error.to_string(), "`--reference Sauth`: no group by source has this name; did you mean `South`?");
    assert_eq!(error.exit_code(), 2);
    assert!(!out.exists());
}

#[test]
fn a_single_group_has_nothing_to_be_compared_with() {
    let output = Output::of(&study(golden_codebook(), by(&["language"])), &repository("tests/golden/corpus"));
    assert!(output.table("keyness").is_empty());
    let text = std::fs::read_to_string(output.path().join("keyness.csv")).expect("the table");
    assert!(text.starts_with("layer,item,language,reference,a,n1,b,n2,expected,g2,p,q,"));
}
