//! The rate of an item in a group, with its intervals: cells that several tables share.

use super::{Cell, Declared, number};
use crate::analysis::{Analysis, Group, Whole};
use crate::stats::{self, Spread, Sums};

pub(super) const PER_1000: Declared = number("per_1000", "hits per 1,000 counted words of the group");
const PER_1000_LOW: Declared = number(
    "per_1000_low",
    "lower end of the 95% interval of the rate over articles (Korn-Graubard); empty with one article",
);
const PER_1000_HIGH: Declared = number(
    "per_1000_high",
    "upper end of the 95% interval of the rate over articles (Korn-Graubard); empty with one article",
);
const DEFF: Declared = number(
    "deff",
    "design effect: how many times the variance of the rate over articles exceeds that of words drawn one by one",
);
const LOO_MIN: Declared =
    number("loo_min", "smallest rate per 1,000 words when each article is left out in turn; empty with one article");
const LOO_MAX: Declared =
    number("loo_max", "largest rate per 1,000 words when each article is left out in turn; empty with one article");
const MEAN_OF_ARTICLES: Declared =
    number("mean_of_articles", "mean over articles of the article's own rate per 1,000 words");

/// The columns of [`of_articles`].
pub(super) const OF_ARTICLES: Declared = Declared::Several(&[PER_1000, PER_1000_LOW, PER_1000_HIGH, DEFF]);

/// The rate of the sums of some articles, with its interval.
pub(super) fn of_articles(sums: &Sums) -> [Option<f64>; 4] {
    let per = |value: f64| value * stats::PER;
    let [low, high] = sums.interval().map_or([None; 2], |ends| [Some(per(ends.low)), Some(per(ends.high))]);
    [stats::per_1000(sums.f, sums.s), low, high, sums.deff()]
}

/// The columns of [`cells`].
pub(super) const COLUMNS: Declared = Declared::Several(&[OF_ARTICLES, LOO_MIN, LOO_MAX, MEAN_OF_ARTICLES]);

pub(super) fn cells(spread: Spread<'_>) -> [Option<f64>; 7] {
    let [rate, low, high, deff] = of_articles(&spread.sums());
    let per = |value: f64| value * stats::PER;
    let [least, most] = spread.leave_one_out().map_or([None; 2], |ends| [Some(per(ends.low)), Some(per(ends.high))]);
    [rate, low, high, deff, least, most, spread.mean_of_articles().map(per)]
}

/// Why a rate is fragile: `single_article`, and `expected_below_5` when the group would be expected to have fewer
/// than five hits at the rate of the whole corpus.
pub(super) fn flags(group: &Group<'_>, hits_in_all: u64, words_in_all: u64) -> Cell<'static> {
    let expected_low = is_expected_low(group, hits_in_all, words_in_all);
    flags_cell([("expected_below_5", expected_low), ("single_article", group.counts.articles < stats::FEWEST_ARTICLES)])
}

/// Whether the group would be expected to have fewer than five hits at the rate of the whole corpus.
fn is_expected_low(group: &Group<'_>, hits_in_all: u64, words_in_all: u64) -> bool {
    u128::from(group.counts.words) * u128::from(hits_in_all)
        < u128::from(stats::SMALLEST_EXPECTED) * u128::from(words_in_all)
}

/// Up to so many groups are looked at side by side. Of more, most have few of anything, and their rows would be all of a
/// table.
const MOST_SIDE_BY_SIDE: usize = 40;

/// Whether groups are so few that all of them have rows of what any of them has.
pub(super) fn are_side_by_side(analysis: &Analysis<'_>) -> bool {
    analysis.parts().len() <= MOST_SIDE_BY_SIDE
}

/// Whether a comparison of a group has a row. Among many groups that is where it has five hits, or five would be
/// expected: fewer tell nothing apart, and the tables of counts have them.
pub(super) fn is_shown(analysis: &Analysis<'_>, n: u64, is_expected: impl FnOnce() -> bool) -> bool {
    are_side_by_side(analysis) || is_fivefold(n, is_expected)
}

/// Whether five hits are there, or would be expected.
pub(super) fn is_fivefold(n: u64, is_expected: impl FnOnce() -> bool) -> bool {
    n >= stats::SMALLEST_EXPECTED || is_expected()
}

/// Whether a rate of 0 has no row: of one among many groups, in which fewer than five hits would be expected.
pub(super) fn is_silent(group: &Group<'_>, hits_in_all: u64, analysis: &Analysis<'_>) -> bool {
    let words_in_all = analysis.all().counts.words;
    !are_side_by_side(analysis) && group.whole == Whole::Group && is_expected_low(group, hits_in_all, words_in_all)
}

/// The flags that are set as one cell, separated by `|`.
pub(super) fn flags_cell<const N: usize>(flags: [(&'static str, bool); N]) -> Cell<'static> {
    let mut set = flags.iter().filter(|(_, is_set)| *is_set).map(|(name, _)| *name);
    match (set.next(), set.next()) {
        (None, _) => Cell::Empty,
        (Some(one), None) => one.into(),
        (Some(first), Some(second)) => set.fold([first, second].join("|"), |names, name| names + "|" + name).into(),
    }
}

/// The own-voice share as an interval: at least, at most.
pub(super) fn own_share(voices: &crate::count::VoiceTally) -> [Option<f64>; 2] {
    let n = voices.n();
    let share = |part: u64| (n > 0).then(|| part as f64 / n as f64);
    [share(voices.own_at_least), share(voices.own_at_most)]
}
