//! What holds for every count: signs, symmetry, bounds, merging, and that undefined is never a number.

use approx::relative_eq;
use framescope::stats::*;
use proptest::prelude::*;

const RELATIVE: f64 = 1e-9;

/// From 0 to four thousand million, small counts as often as large ones.
fn count() -> impl Strategy<Value = u64> {
    (0_u32..=32, any::<u32>()).prop_map(|(bits, value)| u64::from(value) & ((1 << bits) - 1))
}

/// Every combination, possible or not, with many zeros and equal values among them.
fn four_counts() -> impl Strategy<Value = [u64; 4]> {
    let any_count = prop_oneof![3 => count(), 1 => Just(0), 1 => Just(u64::from(u32::MAX))];
    proptest::array::uniform4(any_count)
}

fn keyness_table() -> impl Strategy<Value = Keyness> {
    (count(), count(), count(), count()).prop_map(|(a, c, b, d)| Keyness::new(a, a + c + 1, b, b + d + 1).unwrap())
}

fn association_table() -> impl Strategy<Value = Association> {
    (count(), count(), count(), count()).prop_map(|(o11, o12, o21, o22)| {
        Association::new(o11, o11 + o12, o11 + o21, o11 + o12 + o21 + o22 + 1).unwrap()
    })
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    let part = (0_u64..50, 0_u64..5000).prop_map(|(count, others)| Part { count, size: count + others });
    proptest::collection::vec(part, 0..12)
}

fn with_words(parts: &[Part]) -> Vec<Part> {
    parts.iter().copied().filter(|part| part.size > 0).collect()
}

fn keyness_values(table: Keyness) -> Vec<(&'static str, Option<f64>)> {
    vec![
        ("expected", Some(keyness::expected(table))),
        ("g2", Some(keyness::g2(table))),
        ("p", Some(keyness::p(table))),
        ("chi2", keyness::chi2(table)),
        ("log_ratio", Some(keyness::log_ratio(table))),
        ("log_ratio_conservative", keyness::log_ratio_conservative(table, keyness::ALPHA, 20)),
        ("percent_diff", keyness::percent_diff(table)),
        ("odds_ratio", keyness::odds_ratio(table)),
        ("bic", Some(keyness::bic(table))),
        ("fisher_p", Some(keyness::fisher_p(table))),
    ]
}

fn association_values(pair: Association) -> Vec<(&'static str, Option<f64>)> {
    vec![
        ("expected", Some(association::expected(pair))),
        ("mi", association::mi(pair)),
        ("npmi", association::npmi(pair)),
        ("t_score", association::t_score(pair)),
        ("log_dice", association::log_dice(pair)),
        ("dice", association::dice(pair)),
        ("jaccard", association::jaccard(pair)),
        ("delta_p_2_given_1", association::delta_p_2_given_1(pair)),
        ("delta_p_1_given_2", association::delta_p_1_given_2(pair)),
        ("g2", Some(association::g2(pair))),
        ("p", Some(association::p(pair))),
    ]
}

fn part_values(parts: &[Part]) -> Vec<(&'static str, Option<f64>)> {
    let left_out = intervals::leave_one_out(parts);
    vec![
        ("range", Some(dispersion::range(parts) as f64)),
        ("juilland_d", dispersion::juilland_d(parts)),
        ("gries_dp", dispersion::gries_dp(parts)),
        ("dp_norm", dispersion::dp_norm(parts)),
        ("loo_min", left_out.map(|range| range.low)),
        ("loo_max", left_out.map(|range| range.high)),
        ("mean_of_articles", intervals::mean_of_articles(parts)),
    ]
}

fn assert_numbers(values: Vec<(&'static str, Option<f64>)>) -> Result<(), TestCaseError> {
    for (name, value) in values {
        if let Some(value) = value {
            prop_assert!(value.is_finite(), "{} is {}", name, value);
            prop_assert!(value.to_bits() != (-0.0_f64).to_bits(), "{} is -0", name);
        }
    }
    Ok(())
}

fn is_between(low: f64, value: Option<f64>, high: f64) -> bool {
    value.is_none_or(|value| (low..=high).contains(&value))
}

fn is_near(left: f64, right: f64) -> bool {
    relative_eq!(left, right, max_relative = RELATIVE, epsilon = 1e-300)
}

fn are_near(left: Option<f64>, right: Option<f64>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => is_near(left, right),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_four_numbers_give_finite_values_or_none([a, n1, b, n2] in four_counts()) {
        if let Some(table) = Keyness::new(a, n1, b, n2) {
            assert_numbers(keyness_values(table))?;
        }
        if let Some(pair) = Association::new(a, n1, b, n2) {
            assert_numbers(association_values(pair))?;
        }
        let window = Window { observed: a, f1: n1, f2: b, span: 10, n: n2 };
        assert_numbers(vec![
            ("window_expected", association::window_expected(window)),
            ("window_mi", association::window_mi(window)),
            ("per_1000", intervals::per_1000(a, n1)),
        ])?;
        let confusion = Confusion { true_positives: a, false_positives: n1, false_negatives: b };
        for interval in [
            intervals::wilson(a, n1),
            intervals::clopper_pearson(a, n1, keyness::ALPHA),
            agreement::precision_interval(confusion),
            agreement::recall_interval(confusion),
            agreement::f1_interval(confusion),
        ] {
            assert_numbers(vec![("low", interval.map(|ends| ends.low)), ("high", interval.map(|ends| ends.high))])?;
        }
    }

    #[test]
    fn possible_tables_give_finite_values_or_none(table in keyness_table(), pair in association_table()) {
        assert_numbers(keyness_values(table))?;
        assert_numbers(association_values(pair))?;
    }

    #[test]
    fn articles_give_finite_values_or_none(parts in parts()) {
        assert_numbers(part_values(&parts))?;
    }

    #[test]
    fn counts_of_64_bits_do_not_overflow([a, c, b, d] in proptest::array::uniform4(any::<u64>())) {
        let table = Keyness::new(a, a.saturating_add(c), b, b.saturating_add(d));
        if let Some(table) = table {
            assert_numbers(vec![
                ("g2", Some(keyness::g2(table))),
                ("p", Some(keyness::p(table))),
                ("chi2", keyness::chi2(table)),
                ("log_ratio", Some(keyness::log_ratio(table))),
                ("percent_diff", keyness::percent_diff(table)),
                ("odds_ratio", keyness::odds_ratio(table)),
                ("bic", Some(keyness::bic(table))),
            ])?;
        }
        if let Some(pair) = Association::new(a.min(b), a, b, a.max(b)) {
            assert_numbers(association_values(pair))?;
        }
        let parts = [Part { count: a, size: b }, Part { count: c, size: d }];
        assert_numbers(part_values(&parts).into_iter().take(4).collect())?;
    }

    #[test]
    fn swapping_the_sides_of_keyness_flips_the_sign(table in keyness_table()) {
        let swapped = table.swapped();
        prop_assert!(is_near(keyness::g2(table), -keyness::g2(swapped)));
        prop_assert!(is_near(keyness::log_ratio(table), -keyness::log_ratio(swapped)));
        let conservative = |table| keyness::log_ratio_conservative(table, keyness::ALPHA, 3);
        prop_assert!(are_near(conservative(table), conservative(swapped).map(|value| 0.0 - value)));
        prop_assert!(is_near(keyness::p(table), keyness::p(swapped)));
        prop_assert!(is_near(keyness::fisher_p(table), keyness::fisher_p(swapped)));
        prop_assert!(are_near(keyness::chi2(table), keyness::chi2(swapped)));
        prop_assert!(is_near(keyness::bic(table), keyness::bic(swapped)));
        if let (Some(ratio), Some(inverse)) = (keyness::odds_ratio(table), keyness::odds_ratio(swapped)) {
            prop_assert!(ratio == 0.0 || is_near(ratio, 1.0 / inverse));
        }
    }

    #[test]
    fn the_sign_is_that_of_the_difference_of_rates(table in keyness_table()) {
        let (left, right) =
            (u128::from(table.a()) * u128::from(table.n2()), u128::from(table.b()) * u128::from(table.n1()));
        let sign = |value: f64| value.partial_cmp(&0.0).unwrap();
        prop_assert_eq!(sign(keyness::g2(table)), left.cmp(&right));
        if let Some(percent) = keyness::percent_diff(table) {
            prop_assert_eq!(sign(percent), left.cmp(&right));
        }
        let conservative = keyness::log_ratio_conservative(table, keyness::ALPHA, 1).unwrap_or(0.0);
        prop_assert!(conservative == 0.0 || sign(conservative) == left.cmp(&right));
    }

    #[test]
    fn equal_rates_give_exactly_0(a in 0_u64..1000, others in 1_u64..100_000, times in 1_u64..1000) {
        let table = Keyness::new(a, a + others, a * times, (a + others) * times).unwrap();
        prop_assert_eq!(keyness::g2(table).to_bits(), 0.0_f64.to_bits());
        prop_assert_eq!(keyness::p(table), 1.0);
        prop_assert_eq!(keyness::fisher_p(table), 1.0);
        prop_assert_eq!(keyness::chi2(table).unwrap_or(0.0).to_bits(), 0.0_f64.to_bits());
    }

    #[test]
    fn keyness_stays_within_its_bounds(table in keyness_table()) {
        let words = table.n1() as f64 + table.n2() as f64;
        prop_assert!(is_between(0.0, Some(keyness::p(table)), 1.0));
        prop_assert!(is_between(0.0, Some(keyness::fisher_p(table)), 1.0));
        prop_assert!(is_between(0.0, keyness::chi2(table), words * (1.0 + RELATIVE)));
        prop_assert!(is_between(-100.0, keyness::percent_diff(table), f64::MAX));
        prop_assert!(is_between(0.0, keyness::odds_ratio(table), f64::MAX));
        prop_assert!(is_between(0.0, Some(keyness::expected(table)), table.n1() as f64 * (1.0 + RELATIVE)));
        prop_assert_eq!(keyness::percent_diff(table).is_none(), table.b() == 0);
        prop_assert_eq!(keyness::odds_ratio(table).is_none(), table.b() == 0 || table.a() == table.n1());
    }

    #[test]
    fn the_conservative_log_ratio_claims_less_than_the_plain_ratio(table in keyness_table()) {
        let table = Keyness::new(table.a() + 1, table.n1() + 1, table.b() + 1, table.n2() + 1).unwrap();
        let rate = |hits: u64, words: u64| (hits as f64 / words as f64).log2();
        let plain = rate(table.a(), table.n1()) - rate(table.b(), table.n2());
        let conservative = keyness::log_ratio_conservative(table, keyness::ALPHA, 1).unwrap();
        prop_assert!(conservative.abs() <= plain.abs() + 1e-12);
        let of_a_family = keyness::log_ratio_conservative(table, keyness::ALPHA, 50).unwrap();
        prop_assert!(of_a_family.abs() <= conservative.abs());
    }

    #[test]
    fn fishers_test_is_the_sum_over_all_tables(a in 0_u64..12, c in 0_u64..30, b in 0_u64..12, d in 0_u64..30) {
        prop_assume!(a + c > 0 && b + d > 0);
        let choose = |n: u64, k: u64| (0..k).fold(1_u128, |value, i| value * u128::from(n - i) / u128::from(i + 1));
        let (n1, n2, hits) = (a + c, b + d, a + b);
        let weight = |k: u64| choose(n1, k) * choose(n2, hits - k);
        let weights: Vec<u128> = (hits.saturating_sub(n2)..=hits.min(n1)).map(weight).collect();
        let own = weight(a);
        let extreme: u128 = weights.iter().filter(|&&weight| weight <= own).sum();
        let expected = extreme as f64 / weights.iter().sum::<u128>() as f64;
        prop_assert!(is_near(keyness::fisher_p(Keyness::new(a, n1, b, n2).unwrap()), expected));
    }

    #[test]
    fn association_is_symmetrical(pair in association_table()) {
        let swapped = pair.swapped();
        for (left, right) in [
            (association::mi(pair), association::mi(swapped)),
            (association::npmi(pair), association::npmi(swapped)),
            (association::t_score(pair), association::t_score(swapped)),
            (association::log_dice(pair), association::log_dice(swapped)),
            (association::dice(pair), association::dice(swapped)),
            (association::jaccard(pair), association::jaccard(swapped)),
            (association::delta_p_2_given_1(pair), association::delta_p_1_given_2(swapped)),
            (Some(association::g2(pair)), Some(association::g2(swapped))),
        ] {
            prop_assert!(are_near(left, right), "{:?} and {:?}", left, right);
        }
    }

    #[test]
    fn association_stays_within_its_bounds(pair in association_table()) {
        prop_assert!(is_between(-1.0, association::npmi(pair), 1.0));
        prop_assert!(is_between(f64::MIN, association::log_dice(pair), 14.0));
        prop_assert!(is_between(0.0, association::dice(pair), 1.0));
        prop_assert!(is_between(0.0, association::jaccard(pair), 1.0));
        prop_assert!(is_between(-1.0, association::delta_p_2_given_1(pair), 1.0));
        prop_assert!(is_between(-1.0, association::delta_p_1_given_2(pair), 1.0));
        prop_assert!(is_between(0.0, Some(association::p(pair)), 1.0));
        prop_assert!(is_between(f64::MIN, association::t_score(pair), (pair.o11() as f64).sqrt()));
        for value in [association::mi(pair), association::npmi(pair), association::t_score(pair), association::log_dice(pair)] {
            prop_assert_eq!(value.is_none(), pair.o11() == 0);
        }
    }

    #[test]
    fn association_agrees_in_sign(pair in association_table()) {
        let together = u128::from(pair.o11()) * u128::from(pair.n());
        let expected = u128::from(pair.r1()) * u128::from(pair.c1());
        let sign = |value: f64| value.partial_cmp(&0.0).unwrap();
        prop_assert_eq!(sign(association::g2(pair)), together.cmp(&expected));
        for value in [association::mi(pair), association::t_score(pair), association::delta_p_2_given_1(pair)] {
            prop_assert!(value.is_none_or(|value| sign(value) == together.cmp(&expected)));
        }
    }

    #[test]
    fn items_which_never_part_have_the_highest_association(units in 1_u64..1000, others in 0_u64..10_000) {
        let pair = Association::new(units, units, units, units + others).unwrap();
        prop_assert!(is_near(association::npmi(pair).unwrap(), 1.0));
        prop_assert!(is_near(association::log_dice(pair).unwrap(), 14.0));
        prop_assert_eq!(association::jaccard(pair), Some(1.0));
    }

    #[test]
    fn intervals_hold_the_proportion_and_mirror(hits in count(), others in count(), tail in 1_u32..12) {
        let n = hits + others;
        prop_assume!(n > 0);
        let alpha = 0.5_f64.powi(tail as i32);
        let rate = hits as f64 / n as f64;
        let of = |hits| [intervals::wilson(hits, n).unwrap(), intervals::clopper_pearson(hits, n, alpha).unwrap()];
        for (interval, mirrored) in of(hits).into_iter().zip(of(others)) {
            prop_assert!(0.0 <= interval.low && interval.high <= 1.0);
            prop_assert!(interval.low <= rate * (1.0 + RELATIVE) && rate <= interval.high * (1.0 + RELATIVE));
            prop_assert!((interval.low + mirrored.high - 1.0).abs() < 1e-12);
            prop_assert_eq!(interval.low == 0.0, hits == 0);
        }
    }

    #[test]
    fn a_stricter_level_widens_the_exact_interval(hits in 0_u64..5000, others in 1_u64..5000) {
        let of = |alpha| intervals::clopper_pearson(hits, hits + others, alpha).unwrap();
        let (wide, narrow) = (of(0.01), of(0.05));
        prop_assert!(wide.low <= narrow.low && narrow.high <= wide.high);
    }

    #[test]
    fn dispersion_stays_within_its_bounds(parts in parts()) {
        prop_assert!(is_between(0.0, dispersion::juilland_d(&parts), 1.0));
        prop_assert!(is_between(0.0, dispersion::gries_dp(&parts), 1.0));
        prop_assert!(is_between(0.0, dispersion::dp_norm(&parts), 1.0));
        prop_assert!(dispersion::range(&parts) <= parts.len() as u64);
        let has_hits = parts.iter().any(|part| part.count > 0);
        let has_two = with_words(&parts).len() > 1;
        prop_assert_eq!(dispersion::gries_dp(&parts).is_some(), has_hits);
        prop_assert_eq!(dispersion::juilland_d(&parts).is_some(), has_hits && has_two);
        prop_assert_eq!(dispersion::dp_norm(&parts).is_some(), has_hits && has_two);
        prop_assert_eq!(intervals::leave_one_out(&parts).is_some(), has_two);
    }

    #[test]
    fn the_order_of_articles_and_empty_ones_do_not_matter(parts in parts()) {
        let mut other: Vec<Part> = parts.iter().rev().copied().collect();
        other.push(Part { count: 0, size: 0 });
        for ((name, left), (_, right)) in part_values(&parts).into_iter().zip(part_values(&other)) {
            let is_same = match (left, right) {
                (Some(left), Some(right)) => (left - right).abs() <= 1e-12,
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            };
            prop_assert!(is_same, "{} is {:?} or {:?}", name, left, right);
        }
    }

    #[test]
    fn even_articles_are_even(count in 1_u64..20, others in 0_u64..500, times in proptest::collection::vec(1_u64..50, 2..8)) {
        let parts: Vec<Part> =
            times.iter().map(|&times| Part { count: count * times, size: (count + others) * times }).collect();
        prop_assert!((dispersion::juilland_d(&parts).unwrap() - 1.0).abs() < 1e-12);
        prop_assert_eq!(dispersion::gries_dp(&parts), Some(0.0));
        let rate = intervals::leave_one_out(&parts).unwrap();
        prop_assert!(is_near(rate.low, rate.high) && is_near(rate.low, intervals::mean_of_articles(&parts).unwrap()));
    }

    #[test]
    fn leaving_out_brackets_the_pooled_rate(parts in parts()) {
        if let Some(range) = intervals::leave_one_out(&parts) {
            let hits: u64 = parts.iter().map(|part| part.count).sum();
            let words: u64 = parts.iter().map(|part| part.size).sum();
            let rate = hits as f64 / words as f64;
            prop_assert!(range.low <= rate * (1.0 + RELATIVE) && rate <= range.high * (1.0 + RELATIVE));
        }
    }

    /// Sources enter as sums: keyness against merged sources is keyness against their summed counts, and two sources
    /// with the same rate add up to at least the evidence of either.
    #[test]
    fn merging_sources_of_equal_rate_keeps_the_ratio_and_adds_evidence(
        table in (0_u64..500, 1_u64..50_000, 1_u64..500, 1_u64..50_000), times in 2_u64..20,
    ) {
        let (a, c, b, d) = table;
        let one = Keyness::new(a, a + c, b, b + d).unwrap();
        let merged = Keyness::new(times * a, times * (a + c), times * b, times * (b + d)).unwrap();
        prop_assert!(are_near(keyness::percent_diff(one), keyness::percent_diff(merged)));
        prop_assert!(are_near(keyness::odds_ratio(one), keyness::odds_ratio(merged)));
        prop_assert!(is_near(keyness::g2(merged), times as f64 * keyness::g2(one)));
        prop_assert!(are_near(keyness::chi2(merged), keyness::chi2(one).map(|value| times as f64 * value)));
        prop_assert!(keyness::p(merged) <= keyness::p(one));
    }

    /// The chain rule of the likelihood ratio: splitting the reference into sources moves evidence, and loses none.
    #[test]
    fn evidence_of_merged_sources_and_of_their_split_adds_up(
        (a, c) in (0_u64..500, 1_u64..50_000),
        (b, d) in (0_u64..500, 1_u64..50_000),
        (e, f) in (0_u64..500, 1_u64..50_000),
    ) {
        let g2 = |a: u64, n1: u64, b: u64, n2: u64| keyness::g2(Keyness::new(a, n1, b, n2).unwrap()).abs();
        let (n1, n2, n3) = (a + c, b + d, e + f);
        let target_first = g2(a, n1, b + e, n2 + n3) + g2(b, n2, e, n3);
        let target_last = g2(e, n3, a + b, n1 + n2) + g2(a, n1, b, n2);
        prop_assert!(relative_eq!(target_first, target_last, max_relative = RELATIVE, epsilon = 1e-12));
    }

    #[test]
    fn q_is_between_p_and_1_and_keeps_the_order(
        p in proptest::collection::vec(proptest::option::weighted(0.8, 0.0_f64..=1.0), 0..40),
    ) {
        let q = multiple::benjamini_hochberg(&p);
        prop_assert_eq!(q.len(), p.len());
        let mut pairs = Vec::new();
        for (p, q) in p.iter().zip(&q) {
            prop_assert_eq!(p.is_some(), q.is_some());
            pairs.extend(p.zip(*q));
        }
        pairs.sort_by(|left, right| left.0.total_cmp(&right.0));
        prop_assert!(pairs.iter().all(|&(p, q)| p <= q && q <= 1.0));
        prop_assert!(pairs.is_sorted_by_key(|&(_, q)| q));
        let mut shown: Vec<Option<f64>> = p.iter().copied().filter(Option::is_some).collect();
        shown.reverse();
        let mut reversed = multiple::benjamini_hochberg(&shown);
        reversed.reverse();
        prop_assert_eq!(reversed, q.into_iter().filter(Option::is_some).collect::<Vec<_>>());
    }

    #[test]
    fn agreement_is_symmetrical_and_bounded(pairs in proptest::collection::vec((0_u8..4, 0_u8..4), 0..40)) {
        let swapped: Vec<(u8, u8)> = pairs.iter().map(|&(first, second)| (second, first)).collect();
        let units = |pairs: &[(u8, u8)]| -> Vec<Vec<Option<u8>>> {
            pairs.iter().map(|&(first, second)| vec![Some(first), None, Some(second)]).collect()
        };
        let kappa = agreement::cohen_kappa(&pairs);
        let alpha = agreement::krippendorff_alpha(&units(&pairs));
        prop_assert_eq!(kappa, agreement::cohen_kappa(&swapped));
        prop_assert_eq!(alpha, agreement::krippendorff_alpha(&units(&swapped)));
        prop_assert!(is_between(-1.0, kappa, 1.0) && is_between(-1.0, alpha, 1.0));
        assert_numbers(vec![("kappa", kappa), ("alpha", alpha)])?;
        let is_full = pairs.iter().all(|(first, second)| first == second);
        prop_assert!(kappa.is_none_or(|kappa| (kappa == 1.0) == is_full));
        prop_assert!(alpha.is_none_or(|alpha| (alpha == 1.0) == is_full));
    }

    #[test]
    fn f1_lies_between_precision_and_recall(hits in 0_u64..1000, extra in 0_u64..1000, missed in 0_u64..1000) {
        let confusion = Confusion { true_positives: hits, false_positives: extra, false_negatives: missed };
        if let (Some(precision), Some(recall), Some(f1)) =
            (agreement::precision(confusion), agreement::recall(confusion), agreement::f1(confusion))
        {
            let slack = 1.0 + RELATIVE;
            prop_assert!(precision.min(recall) <= f1 * slack && f1 <= precision.max(recall) * slack);
            let interval = agreement::f1_interval(confusion).unwrap();
            prop_assert!(interval.low <= f1 * slack && f1 <= interval.high * slack);
        }
    }

    #[test]
    fn ratios_of_articles_know_neither_order_nor_split(articles in parts(), at in any::<prop::sample::Index>()) {
        let whole = Sums::of(&articles);
        let (one, other) = articles.split_at(at.index(articles.len() + 1));
        prop_assert_eq!(Sums::of(one).plus(Sums::of(other)), whole);
        prop_assert_eq!(whole.minus(Sums::of(one)), Sums::of(other));
        let mut turned = articles.clone();
        turned.reverse();
        prop_assert_eq!(Sums::of(&turned), whole);
    }

    #[test]
    fn an_interval_of_articles_holds_its_value(articles in parts(), others in parts()) {
        let (target, reference) = (Sums::of(&articles), Sums::of(&others));
        for sums in [target, reference] {
            let (Some(value), Some(ends)) = (sums.value(), sums.interval()) else { continue };
            prop_assert!(ends.low <= value + 1e-12 && value <= ends.high + 1e-12, "{:?} {}", ends, value);
            prop_assert!(0.0 <= ends.low && ends.high <= 1.0);
        }
        if let (Some(ratio), Some(ends)) =
            (clusters::ratio_of(&target, &reference), clusters::ratio_interval(&target, &reference))
        {
            prop_assert!(ends.low <= ratio && ratio <= ends.high);
            // The other way round it is the inverse.
            let turned = clusters::ratio_interval(&reference, &target).unwrap();
            prop_assert!(relative_eq!(turned.low * ends.high, 1.0, max_relative = RELATIVE));
        }
    }

    #[test]
    fn a_ratio_does_not_change_with_the_unit_of_its_words(articles in parts(), unit in 2u64..50) {
        let scaled: Vec<Part> = articles.iter().map(|part| Part { size: part.size * unit, ..*part }).collect();
        let (plain, scaled) = (Sums::of(&articles), Sums::of(&scaled));
        let values = plain.value().zip(scaled.value()).map(|(plain, scaled)| (plain, scaled * unit as f64));
        if let Some((plain, scaled)) = values {
            prop_assert!(relative_eq!(plain, scaled, max_relative = RELATIVE));
        }
        let variances = plain.variance().zip(scaled.variance());
        if let Some((plain, scaled)) = variances {
            prop_assert!(relative_eq!(plain, scaled * (unit * unit) as f64, max_relative = RELATIVE));
        }
    }

    #[test]
    fn a_permutation_p_knows_neither_unit_nor_side(
        articles in proptest::collection::vec((0u32..9, 1u64..900), 4..40),
        first in 2usize..20,
        factor in 2u32..9,
    ) {
        let first = first.min(articles.len() - 2);
        let sizes: Vec<u64> = articles.iter().map(|(_, size)| size * 10).collect();
        let having = |factor: u32| (0..).zip(&articles).map(|(at, (f, _))| (at, f * factor)).collect::<Vec<(u32, u32)>>();
        let stream = permutation::Stream { seed: 1, pair: 7 };
        let p = |is_first: &dyn Fn(usize) -> bool, factor| {
            let pool = permutation::Pool::new(sizes.clone(), vec![having(factor)]);
            let first = (0..sizes.len() as u32).filter(|at| is_first(*at as usize)).collect();
            pool.sides(first).expect("two sides").p(&[0], stream)[0]
        };
        let plain = p(&|at| at < first, 1);
        prop_assert!(plain > 0.0 && plain <= 1.0);
        prop_assert_eq!(plain, p(&|at| at < first, factor));
        if first * 2 != articles.len() {
            prop_assert_eq!(plain, p(&|at| at >= first, 1));
        }
    }
}
