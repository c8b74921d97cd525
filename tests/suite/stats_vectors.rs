//! The published vectors of every measure, and the registry which prints them.

use approx::assert_relative_eq;
use framescope::stats::*;

/// The vectors are published to six significant digits or more.
const PUBLISHED: f64 = 5e-6;

fn published(actual: impl Into<Option<f64>>, expected: f64) {
    assert_relative_eq!(actual.into().expect("a defined value"), expected, max_relative = PUBLISHED);
}

fn seven() -> Keyness {
    Keyness::new(7, 1000, 2, 1000).unwrap()
}

fn sixty() -> Keyness {
    Keyness::new(60, 1000, 20, 1000).unwrap()
}

fn three() -> Keyness {
    Keyness::new(3, 1286, 0, 5864).unwrap()
}

fn pair() -> Association {
    Association::new(30, 100, 50, 10_000).unwrap()
}

fn parts(pairs: &[(u64, u64)]) -> Vec<Part> {
    pairs.iter().map(|&(count, size)| Part { count, size }).collect()
}

#[test]
fn keyness_has_its_vectors() {
    published(keyness::g2(seven()), 2.954494);
    published(keyness::g2(sixty()), 21.763319);
    published(keyness::g2(three()), 10.299199);
    published(keyness::p(seven()), 0.0856391);
    published(keyness::chi2(seven()), 2.790334);
    published(keyness::log_ratio(seven()), 1.584963);
    published(keyness::log_ratio(three()), 4.995912);
    published(keyness::log_ratio_conservative(sixty(), 0.05, 1), 0.834062);
    published(keyness::log_ratio_conservative(three(), 0.05, 1), 0.914016);
    published(keyness::percent_diff(seven()), 250.0);
    published(keyness::odds_ratio(seven()), 3.517623);
    published(keyness::bic(seven()), -4.646408);
    published(keyness::bic(sixty()), 14.162417);
    published(keyness::fisher_p(seven()), 0.178702);
    published(keyness::fisher_p(three()), 0.00580729);
}

#[test]
fn a_log_ratio_whose_interval_holds_0_is_exactly_0() {
    let value = keyness::log_ratio_conservative(seven(), 0.05, 1).unwrap();
    assert_eq!(value.to_bits(), 0.0_f64.to_bits());
}

#[test]
fn a_larger_family_takes_the_conservative_log_ratio_towards_0() {
    let value = |m| keyness::log_ratio_conservative(sixty(), 0.05, m).unwrap();
    assert!(value(1) > value(10) && value(10) > value(100));
    assert_eq!(value(1_000_000), 0.0);
}

#[test]
fn keyness_without_a_value_is_none() {
    assert_eq!(keyness::percent_diff(three()), None);
    assert_eq!(keyness::odds_ratio(three()), None);
    let every_word = Keyness::new(10, 10, 3, 10).unwrap();
    assert_eq!(keyness::odds_ratio(every_word), None);
    let no_hit = Keyness::new(0, 10, 0, 10).unwrap();
    assert_eq!(keyness::chi2(no_hit), None);
    assert_eq!(keyness::log_ratio_conservative(no_hit, 0.05, 1), None);
    assert_eq!(keyness::log_ratio_conservative(seven(), 0.05, 0), None);
    assert_eq!(keyness::log_ratio_conservative(seven(), 0.0, 1), None);
    assert_eq!(keyness::log_ratio_conservative(seven(), f64::NAN, 1), None);
}

#[test]
fn impossible_tables_are_refused() {
    assert_eq!(Keyness::new(0, 0, 1, 10), None);
    assert_eq!(Keyness::new(1, 10, 0, 0), None);
    assert_eq!(Keyness::new(11, 10, 0, 10), None);
    assert_eq!(Association::new(0, 0, 0, 0), None);
    assert_eq!(Association::new(3, 2, 5, 10), None);
    assert_eq!(Association::new(1, 11, 5, 10), None);
    assert_eq!(Association::new(1, 8, 8, 10), None);
}

#[test]
fn p_is_shown_from_five_expected_hits_and_two_articles_on() {
    let enough = Keyness::new(5, 1000, 5, 1000).unwrap();
    let shown = |table, target, reference| keyness::shown_p(table, keyness::g2(table), target, reference);
    assert_eq!(shown(enough, 2, 2), Some(keyness::p(enough)));
    assert_eq!(shown(enough, 1, 2), None);
    assert_eq!(shown(enough, 2, 1), None);
    let too_few = Keyness::new(5, 1000, 4, 1000).unwrap();
    assert_eq!(shown(too_few, 2, 2), Some(keyness::fisher_p(too_few)));
    assert_eq!(shown(three(), 9, 9), Some(keyness::fisher_p(three())));
    let together = Association::new(9, 50, 100, 1000).unwrap();
    assert!(association::is_p_shown(together, 2));
    assert!(!association::is_p_shown(together, 1));
    assert!(!association::is_p_shown(Association::new(9, 49, 100, 1000).unwrap(), 2));
}

#[test]
fn intervals_have_their_vectors() {
    let ends = |hits, n| intervals::wilson(hits, n).unwrap();
    published(ends(7, 1000).low, 0.003394868);
    published(ends(7, 1000).high, 0.014378315);
    assert_eq!(ends(0, 1286).low.to_bits(), 0.0_f64.to_bits());
    published(ends(0, 1286).high, 0.002978241);
    published(ends(3, 10).low, 0.107791);
    published(ends(3, 10).high, 0.603222);
    assert_eq!(ends(10, 10).high, 1.0);
    assert_eq!(intervals::wilson(0, 0), None);
    assert_eq!(intervals::wilson(2, 1), None);
    assert_eq!(intervals::clopper_pearson(2, 1, 0.05), None);
    assert_eq!(intervals::clopper_pearson(0, 0, 0.05), None);
    assert_eq!(intervals::clopper_pearson(1, 2, 1.0), None);
}

#[test]
fn leaving_out_each_article_gives_the_range_of_rates() {
    let articles = parts(&[(6, 400), (1, 600)]);
    let range = intervals::leave_one_out(&articles).unwrap();
    published(range.low, 1.0 / 600.0);
    published(range.high, 6.0 / 400.0);
    published(intervals::mean_of_articles(&articles), (6.0 / 400.0 + 1.0 / 600.0) / 2.0);
    published(intervals::per_1000(7, 1000), 7.0);
}

#[test]
fn one_article_has_no_range_of_rates_and_its_own_mean() {
    let one = parts(&[(6, 400)]);
    assert_eq!(intervals::leave_one_out(&one), None);
    published(intervals::mean_of_articles(&one), 0.015);
    assert_eq!(intervals::leave_one_out(&parts(&[(6, 400), (0, 0)])), None);
    assert_eq!(intervals::mean_of_articles(&parts(&[(0, 0)])), None);
    assert_eq!(intervals::mean_of_articles(&[]), None);
    assert_eq!(intervals::per_1000(0, 0), None);
}

#[test]
fn association_has_its_vectors() {
    published(association::expected(pair()), 0.5);
    published(association::mi(pair()), 5.906891);
    published(association::npmi(pair()), 0.704810);
    published(association::t_score(pair()), 5.385938);
    published(association::log_dice(pair()), 12.678072);
    published(association::dice(pair()), 0.4);
    published(association::jaccard(pair()), 0.25);
    published(association::delta_p_2_given_1(pair()), 0.297980);
    published(association::delta_p_1_given_2(pair()), 0.592965);
    published(association::g2(pair()), 219.266579);
}

#[test]
fn association_without_a_value_is_none() {
    let never = Association::new(0, 5, 5, 100).unwrap();
    assert_eq!(association::mi(never), None);
    assert_eq!(association::npmi(never), None);
    assert_eq!(association::t_score(never), None);
    assert_eq!(association::log_dice(never), None);
    assert_eq!(association::dice(never), Some(0.0));
    let absent = Association::new(0, 0, 0, 100).unwrap();
    assert_eq!(association::dice(absent), None);
    assert_eq!(association::jaccard(absent), None);
    assert_eq!(association::delta_p_2_given_1(absent), None);
    let everywhere = Association::new(10, 10, 10, 10).unwrap();
    assert_eq!(association::npmi(everywhere), Some(1.0));
    assert_eq!(association::delta_p_1_given_2(everywhere), None);
}

#[test]
fn window_expectation_counts_the_span() {
    let window = Window { observed: 12, f1: 40, f2: 30, span: 10, n: 10_000 };
    published(association::window_expected(window), 1.2);
    published(association::window_mi(window), 10.0_f64.log2());
    assert_eq!(association::window_mi(Window { observed: 0, ..window }), None);
    assert_eq!(association::window_mi(Window { f1: 0, ..window }), None);
    assert_eq!(association::window_expected(Window { n: 0, ..window }), None);
}

#[test]
fn dispersion_has_its_vectors() {
    let parts = parts(&[(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)]);
    assert_eq!(dispersion::range(&parts), 5);
    published(dispersion::juilland_d(&parts), 0.785150);
    published(dispersion::gries_dp(&parts), 0.18);
    published(dispersion::dp_norm(&parts), 0.219512);
}

#[test]
fn dispersion_of_the_extremes_is_exact() {
    let one_of_three = parts(&[(7, 30), (0, 11), (0, 17)]);
    assert_eq!(dispersion::juilland_d(&one_of_three).unwrap().to_bits(), 0.0_f64.to_bits());
    let smallest = parts(&[(0, 30), (3, 11), (0, 17)]);
    published(dispersion::dp_norm(&smallest), 1.0);
    let even = parts(&[(3, 30), (1, 10), (2, 20)]);
    published(dispersion::juilland_d(&even), 1.0);
    assert_eq!(dispersion::gries_dp(&even).unwrap().to_bits(), 0.0_f64.to_bits());
    let none = parts(&[(0, 30), (0, 10)]);
    assert_eq!(dispersion::juilland_d(&none), None);
    assert_eq!(dispersion::gries_dp(&none), None);
    let single = parts(&[(3, 30)]);
    assert_eq!(dispersion::juilland_d(&single), None);
    assert_eq!(dispersion::gries_dp(&single), Some(0.0));
    assert_eq!(dispersion::dp_norm(&single), None);
}

#[test]
fn benjamini_hochberg_has_its_vector() {
    let q = multiple::benjamini_hochberg(&[0.01, 0.04, 0.03, 0.005, 0.5].map(Some));
    for (q, expected) in q.into_iter().zip([0.025, 0.05, 0.05, 0.025, 0.5]) {
        published(q, expected);
    }
}

#[test]
fn a_row_without_p_has_no_q_and_does_not_count() {
    let q = multiple::benjamini_hochberg(&[Some(0.01), None, Some(0.02), Some(f64::NAN)]);
    published(q[0], 0.02);
    published(q[2], 0.02);
    assert_eq!((q[1], q[3]), (None, None));
    assert!(multiple::benjamini_hochberg(&[]).is_empty());
}

/// Rows are coders, a dot is a gap.
fn units(coders: &[&str]) -> Vec<Vec<Option<char>>> {
    let codes = |unit| move |coder: &&str| coder.chars().nth(unit).filter(|&code| code != '.');
    (0..coders[0].len()).map(|unit| coders.iter().map(codes(unit)).collect()).collect()
}

#[test]
fn krippendorffs_alpha_has_its_published_examples() {
    let alpha = |coders: &[&str]| agreement::krippendorff_alpha(&units(coders)).unwrap();
    assert_relative_eq!(alpha(&["0100000010", "1110010000"]), 0.095, epsilon = 5e-4);
    assert_relative_eq!(alpha(&["aabbdcccedda", "babbbccceddd"]), 0.692, epsilon = 5e-4);
    let four = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
    assert_relative_eq!(alpha(&four), 0.743, epsilon = 5e-4);
}

#[test]
fn agreement_without_a_value_is_none() {
    assert_eq!(agreement::cohen_kappa::<char>(&[]), None);
    assert_eq!(agreement::cohen_kappa(&[('a', 'a'), ('a', 'a')]), None);
    assert_eq!(agreement::krippendorff_alpha(&units(&["a.", ".b"])), None);
    assert_eq!(agreement::krippendorff_alpha(&units(&["aa", "aa"])), None);
    let nothing = Confusion { true_positives: 0, false_positives: 0, false_negatives: 0 };
    assert_eq!(agreement::precision(nothing), None);
    assert_eq!(agreement::recall(nothing), None);
    assert_eq!(agreement::f1(nothing), None);
    assert_eq!(agreement::f1_interval(nothing), None);
}

#[test]
fn kappa_of_a_hand_calculation() {
    // 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed 0.7, by chance 0.5.
    let pairs: Vec<(char, char)> = [(('y', 'y'), 20), (('y', 'n'), 5), (('n', 'y'), 10), (('n', 'n'), 15)]
        .into_iter()
        .flat_map(|(pair, times)| std::iter::repeat_n(pair, times))
        .collect();
    published(agreement::cohen_kappa(&pairs), 0.4);
}

#[test]
fn precision_recall_and_f1_carry_wilson_intervals() {
    let confusion = Confusion { true_positives: 3, false_positives: 7, false_negatives: 1 };
    published(agreement::precision(confusion), 0.3);
    published(agreement::recall(confusion), 0.75);
    published(agreement::f1(confusion), 6.0 / 14.0);
    let precision = agreement::precision_interval(confusion).unwrap();
    published(precision.low, 0.107791);
    published(precision.high, 0.603222);
    assert_eq!(agreement::recall_interval(confusion), intervals::wilson(3, 4));
    let (f1, share) = (agreement::f1_interval(confusion).unwrap(), intervals::wilson(3, 11).unwrap());
    published(f1.low, 2.0 * share.low / (1.0 + share.low));
    published(f1.high, 2.0 * share.high / (1.0 + share.high));
}

#[test]
fn every_worked_example_of_the_registry_is_what_the_functions_compute() {
    for measure in MEASURES {
        assert!(!measure.vector.is_empty(), "`{}` has no worked example", measure.name);
        for example in measure.vector {
            let digits = example.value.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            let computed = (example.compute)().map_or_else(|| "empty".to_owned(), |value| format!("{value:.digits$}"));
            assert_eq!(computed, example.value, "{} of {}", measure.name, example.inputs);
        }
    }
}

#[test]
fn the_registry_has_no_duplicate_and_no_empty_field() {
    for (index, measure) in MEASURES.iter().enumerate() {
        let fields =
            [measure.name, measure.formula, measure.range, measure.meaning, measure.edge_rule, measure.reference];
        for field in fields {
            assert!(!field.trim().is_empty() && field.trim() == field, "`{}` has an empty field", measure.name);
        }
        let is_same = |other: &Measure| (other.family, other.name) == (measure.family, measure.name);
        assert!(!MEASURES[..index].iter().any(is_same), "`{}` twice in its family", measure.name);
    }
}

#[test]
fn the_registry_is_grouped_by_family_in_order() {
    assert!(MEASURES.is_sorted_by_key(|measure| measure.family));
    assert!(Family::ALL.is_sorted());
    for family in Family::ALL {
        assert!(MEASURES.iter().any(|measure| measure.family == family), "{family:?} is empty");
    }
}

#[test]
fn explain_prints_every_field_and_every_family_of_a_name() {
    for measure in MEASURES {
        let text = explain(measure.name).unwrap();
        for part in [measure.formula, measure.meaning, measure.edge_rule, measure.reference, measure.range] {
            assert!(text.contains(part), "{text}");
        }
        assert!(text.contains(measure.vector[0].value) && text.ends_with('\n'));
    }
    let g2 = explain("G2").unwrap();
    assert!(g2.contains("g2 (keyness)") && g2.contains("g2 (association)"));
    assert_eq!(explain("no_such_measure"), None);
}

#[test]
fn the_readme_table_has_one_row_of_seven_cells_for_every_measure() {
    let table = readme_table();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(rows.len(), MEASURES.len());
    for (row, measure) in rows.into_iter().zip(MEASURES) {
        assert!(row.starts_with(&format!("| `{}`", measure.name)), "{row}");
        assert_eq!(row.replace("\\|", "").matches('|').count(), 8, "{row}");
    }
}
