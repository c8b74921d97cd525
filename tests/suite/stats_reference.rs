//! A few thousand random tables against SciPy, statsmodels, scikit-learn and `krippendorff`; see `data/stats/generate.py`.

use approx::relative_eq;
use framescope::stats::*;

const RELATIVE: f64 = 1e-9;

/// For values which may be close to 0 as the difference of two of ordinary size.
const LAST_BITS: f64 = 1e-14;

/// Below this a p is no longer a normal floating point number.
const SMALLEST_P: f64 = 1e-300;

struct Row<'a> {
    line: &'a str,
    cells: std::str::Split<'a, char>,
}

impl<'a> Row<'a> {
    fn text(&mut self) -> &'a str {
        self.cells.next().unwrap_or_else(|| panic!("too few cells in `{}`", self.line))
    }

    fn count(&mut self) -> u64 {
        self.text().parse().unwrap()
    }

    fn number(&mut self) -> f64 {
        self.text().parse().unwrap()
    }

    /// Compares with the next cell, which is empty for an undefined value.
    fn expect(&mut self, actual: impl Into<Option<f64>>, absolute: f64) {
        let (actual, expected) = (actual.into(), self.text());
        let expected = (!expected.is_empty()).then(|| expected.parse::<f64>().unwrap());
        let is_equal = match (actual, expected) {
            (Some(actual), Some(expected)) => {
                relative_eq!(actual, expected, max_relative = RELATIVE, epsilon = absolute)
            }
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        assert!(is_equal, "{actual:?} instead of {expected:?} in `{}`", self.line);
    }
}

/// Runs `check` on every row and asserts that it read all cells; there are at least `fewest` rows.
fn each_row(file: &str, fewest: usize, check: impl Fn(&mut Row)) {
    let rows = file.lines().skip(1);
    assert!(rows.clone().count() >= fewest);
    for line in rows {
        let mut row = Row { line, cells: line.split(',') };
        check(&mut row);
        assert_eq!(row.cells.next(), None, "a cell nobody compared in `{line}`");
    }
}

#[test]
fn keyness_agrees() {
    each_row(include_str!("../data/stats/keyness.csv"), 3000, |row| {
        let table = Keyness::new(row.count(), row.count(), row.count(), row.count()).unwrap();
        row.expect(keyness::g2(table), 0.0);
        row.expect(keyness::p(table), SMALLEST_P);
        row.expect(keyness::chi2(table), 0.0);
        row.expect(keyness::log_ratio(table), 0.0);
        let m = row.count();
        row.expect(keyness::log_ratio_conservative(table, keyness::ALPHA, m), LAST_BITS);
        row.expect(keyness::percent_diff(table), 0.0);
        row.expect(keyness::odds_ratio(table), 0.0);
        row.expect(keyness::bic(table), LAST_BITS);
        row.expect(keyness::fisher_p(table), SMALLEST_P);
    });
}

#[test]
fn association_agrees() {
    each_row(include_str!("../data/stats/association.csv"), 2000, |row| {
        let pair = Association::new(row.count(), row.count(), row.count(), row.count()).unwrap();
        row.expect(association::mi(pair), 0.0);
        row.expect(association::npmi(pair), 0.0);
        row.expect(association::t_score(pair), 0.0);
        row.expect(association::log_dice(pair), LAST_BITS);
        row.expect(association::dice(pair), 0.0);
        row.expect(association::jaccard(pair), 0.0);
        row.expect(association::delta_p_2_given_1(pair), 0.0);
        row.expect(association::delta_p_1_given_2(pair), 0.0);
        row.expect(association::g2(pair), 0.0);
        row.expect(association::p(pair), SMALLEST_P);
    });
}

#[test]
fn intervals_agree() {
    each_row(include_str!("../data/stats/proportions.csv"), 2000, |row| {
        let (hits, n) = (row.count(), row.count());
        let wilson = intervals::wilson(hits, n).unwrap();
        row.expect(wilson.low, 0.0);
        row.expect(wilson.high, 0.0);
        let exact = intervals::clopper_pearson(hits, n, row.number()).unwrap();
        row.expect(exact.low, 0.0);
        row.expect(exact.high, 0.0);
    });
}

#[test]
fn dispersion_agrees() {
    each_row(include_str!("../data/stats/dispersion.csv"), 1500, |row| {
        let parts: Vec<Part> = row
            .text()
            .split(' ')
            .map(|part| part.split_once('/').unwrap())
            .map(|(count, size)| Part { count: count.parse().unwrap(), size: size.parse().unwrap() })
            .collect();
        assert_eq!(dispersion::range(&parts), row.count());
        row.expect(dispersion::juilland_d(&parts), LAST_BITS);
        row.expect(dispersion::gries_dp(&parts), 0.0);
        row.expect(dispersion::dp_norm(&parts), 0.0);
        let left_out = intervals::leave_one_out(&parts);
        row.expect(left_out.map(|range| range.low), 0.0);
        row.expect(left_out.map(|range| range.high), 0.0);
        row.expect(intervals::mean_of_articles(&parts), 0.0);
    });
}

fn articles(text: &str) -> Vec<Part> {
    let part = |part: &str| {
        let (count, size) = part.split_once('/').unwrap();
        Part { count: count.parse().unwrap(), size: size.parse().unwrap() }
    };
    text.split(' ').map(part).collect()
}

#[test]
fn comparison_agrees() {
    each_row(include_str!("../data/stats/comparison.csv"), 2000, |row| {
        let (first, second) = (articles(row.text()), articles(row.text()));
        let (target, reference) = (Sums::of(&first), Sums::of(&second));
        row.expect(target.value(), 0.0);
        row.expect(target.variance(), LAST_BITS);
        row.expect(target.deff(), LAST_BITS);
        row.expect(target.effective_size(), 0.0);
        row.expect(target.interval().map(|ends| ends.low), SMALLEST_P);
        row.expect(target.interval().map(|ends| ends.high), 0.0);
        row.expect(clusters::ratio_of(&target, &reference), 0.0);
        let ends = clusters::ratio_interval(&target, &reference);
        row.expect(ends.map(|ends| ends.low), SMALLEST_P);
        row.expect(ends.map(|ends| ends.high), 0.0);
        if first.len() + second.len() > 10 {
            assert_eq!(row.text(), "");
            return;
        }
        let in_words = |part: &&Part| part.size > 0;
        let both: Vec<Part> = first.iter().chain(&second).filter(in_words).copied().collect();
        let having = (0..).zip(&both).map(|(at, part)| (at, part.count as u32)).collect();
        let pool = permutation::Pool::new(both.iter().map(|part| part.size).collect(), vec![having]);
        let p = |sides: permutation::Sides| {
            assert!(sides.is_exact());
            sides.p(&[0], permutation::Stream { seed: 1, pair: 0 })[0]
        };
        let sides = pool.sides((0..target.m as u32).collect());
        row.expect(sides.map(p), 0.0);
    });
}

#[test]
fn profiles_agree() {
    let counts = |text: &str| text.split(' ').map(|n| n.parse().unwrap()).collect::<Vec<u64>>();
    each_row(include_str!("../data/stats/profiles.csv"), 1000, |row| {
        let (a, b) = (counts(row.text()), counts(row.text()));
        row.expect(similarity::jsd(&a, &b), LAST_BITS);
        row.expect(similarity::cosine(&a, &b), 0.0);
        row.expect(diversity::hhi(&a), 0.0);
        row.expect(diversity::shannon(&a), LAST_BITS);
        row.expect(diversity::evenness(&a), LAST_BITS);
    });
}

#[test]
fn benjamini_hochberg_agrees() {
    let numbers = |text: &str| text.split(' ').map(|number| number.parse().unwrap()).collect::<Vec<f64>>();
    each_row(include_str!("../data/stats/multiple.csv"), 150, |row| {
        let p: Vec<Option<f64>> = numbers(row.text()).into_iter().map(Some).collect();
        let expected = numbers(row.text());
        let q = multiple::benjamini_hochberg(&p);
        assert_eq!(q.len(), expected.len());
        for (q, expected) in q.into_iter().zip(expected) {
            assert!(relative_eq!(q.unwrap(), expected, max_relative = RELATIVE), "{q:?} instead of {expected}");
        }
    });
}

#[test]
fn agreement_agrees() {
    each_row(include_str!("../data/stats/agreement.csv"), 1500, |row| {
        let units: Vec<Vec<Option<char>>> = row
            .text()
            .split(' ')
            .map(|unit| unit.chars().map(|code| (code != '.').then_some(code)).collect())
            .collect();
        let pairs: Option<Vec<(char, char)>> = units
            .iter()
            .map(|unit| match unit[..] {
                [Some(first), Some(second)] => Some((first, second)),
                [..] => None,
            })
            .collect();
        row.expect(pairs.and_then(|pairs| agreement::cohen_kappa(&pairs)), LAST_BITS);
        row.expect(agreement::krippendorff_alpha(&units), LAST_BITS);
    });
}
