//! How many items each stratum gives.

use super::{PLANNED_ERROR, Size};
use crate::stats::intervals::Z_95;

/// A stratum to be drawn from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// The number of its group.
    pub group: usize,
    pub size: u64,
    /// How many times more often than others its items are drawn; 1 for most.
    pub favour: u64,
}

/// Fewer coded items than this tell nothing of how the others vary.
const FEWEST: u64 = 2;

/// The items of each stratum; together as many as asked for, or all.
///
/// Groups share them by the square roots of their sizes: between equal parts, which would be best for comparing groups,
/// and parts by size, best for the whole corpus (Bankier 1988). Within a group each stratum gets two, and the rest goes by
/// size.
pub fn allocate(strata: &[Plan], size: Size) -> Vec<u64> {
    match size {
        Size::Items(n) => items(strata, n),
        Size::Margin(margin) => {
            let all: u64 = strata.iter().map(|stratum| stratum.size).sum();
            let (mut too_few, mut enough) = (0, all);
            while enough - too_few > 1 {
                let n = too_few + (enough - too_few) / 2;
                if planned_half_width(strata, &items(strata, n)) <= margin { enough = n } else { too_few = n }
            }
            items(strata, enough)
        }
    }
}

/// The half width of the interval of a corrected share of all strata, where each has the planned share of wrong answers.
pub fn planned_half_width(strata: &[Plan], drawn: &[u64]) -> f64 {
    let all: u64 = strata.iter().map(|stratum| stratum.size).sum();
    let variance: f64 = strata
        .iter()
        .zip(drawn)
        .filter(|(stratum, n)| stratum.size > **n)
        .map(|(stratum, n)| {
            let weight = stratum.size as f64 / all as f64;
            // One item, or none, will be taken together with others; two at most.
            let n = (*n).max(FEWEST) as f64;
            let left = (1.0 - n / stratum.size as f64).max(0.0);
            weight * weight * PLANNED_ERROR * (1.0 - PLANNED_ERROR) / (n - 1.0) * left
        })
        .sum();
    Z_95 * variance.sqrt()
}

fn items(strata: &[Plan], n: u64) -> Vec<u64> {
    let groups = strata.iter().map(|stratum| stratum.group + 1).max().unwrap_or(0);
    let mut of_group = vec![0u64; groups];
    for stratum in strata {
        of_group[stratum.group] += stratum.size;
    }
    let weights: Vec<f64> = of_group.iter().map(|size| (*size as f64).sqrt()).collect();
    let shares = divided(n, &of_group, &weights);
    let mut drawn = vec![0; strata.len()];
    for (group, share) in shares.into_iter().enumerate() {
        let own: Vec<usize> = (0..strata.len()).filter(|at| strata[*at].group == group).collect();
        for (at, n) in own.iter().zip(in_group(&own.iter().map(|at| strata[*at]).collect::<Vec<_>>(), share)) {
            drawn[*at] = n;
        }
    }
    drawn
}

/// The items of the strata of one group.
fn in_group(strata: &[Plan], n: u64) -> Vec<u64> {
    let mut drawn = vec![0; strata.len()];
    // The largest first, where there are not two for each.
    let mut order: Vec<usize> = (0..strata.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(strata[*at].size));
    let mut rest = n;
    for round in 1..=FEWEST {
        for at in &order {
            if rest > 0 && strata[*at].size >= round {
                drawn[*at] += 1;
                rest -= 1;
            }
        }
    }
    // What a stratum has beyond its part by size stays with it; the others share the rest.
    let mut open: Vec<usize> = (0..strata.len()).collect();
    loop {
        let left: u64 = n - drawn.iter().enumerate().filter(|(at, _)| !open.contains(at)).map(|(_, n)| n).sum::<u64>();
        let limits: Vec<u64> = open.iter().map(|at| strata[*at].size).collect();
        let weights: Vec<f64> = open.iter().map(|at| (strata[*at].size * strata[*at].favour) as f64).collect();
        let parts = divided(left, &limits, &weights);
        let short: Vec<usize> =
            open.iter().zip(&parts).filter(|(at, part)| drawn[**at] > **part).map(|(at, _)| *at).collect();
        if short.is_empty() {
            for (at, part) in open.into_iter().zip(parts) {
                drawn[at] = part;
            }
            return drawn;
        }
        open.retain(|at| !short.contains(at));
    }
}

/// A number in parts by weight, none above its limit; as many as the limits allow.
fn divided(n: u64, limits: &[u64], weights: &[f64]) -> Vec<u64> {
    let mut parts = vec![0u64; limits.len()];
    let mut left = n.min(limits.iter().sum());
    while left > 0 {
        let open: Vec<usize> = (0..limits.len()).filter(|at| parts[*at] < limits[*at]).collect();
        let all: f64 = open.iter().map(|at| weights[*at]).sum();
        let exact =
            |at: usize| if all > 0.0 { left as f64 * weights[at] / all } else { left as f64 / open.len() as f64 };
        let mut given = 0;
        for at in &open {
            let part = (exact(*at).floor() as u64).min(limits[*at] - parts[*at]);
            parts[*at] += part;
            given += part;
        }
        if given == 0 {
            // Less than one for each: the largest remainders first.
            let mut order = open.clone();
            order.sort_by(|a, b| exact(*b).total_cmp(&exact(*a)).then(a.cmp(b)));
            for at in order.into_iter().take(left as usize) {
                parts[at] += 1;
                given += 1;
            }
        }
        left -= given;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plan(group: usize, size: u64) -> Plan {
        Plan { group, size, favour: 1 }
    }

    #[test]
    fn groups_share_by_their_roots_and_classes_by_size() {
        let strata = [plan(0, 600), plan(0, 300), plan(1, 100)];
        assert_eq!(allocate(&strata, Size::Items(80)), [40, 20, 20]);
        assert_eq!(allocate(&strata, Size::Items(5000)), [600, 300, 100]);
        // Two for each class, however rare.
        assert_eq!(allocate(&[plan(0, 990), plan(0, 7), plan(0, 1)], Size::Items(20)), [17, 2, 1]);
    }

    #[test]
    fn a_margin_is_kept_by_as_few_items_as_can_be() {
        let strata = [plan(0, 900), plan(0, 500), plan(1, 400), plan(1, 3)];
        for margin in [0.1, 0.05, 0.02] {
            let drawn = allocate(&strata, Size::Margin(margin));
            let n: u64 = drawn.iter().sum();
            assert!(planned_half_width(&strata, &drawn) <= margin);
            assert!(planned_half_width(&strata, &items(&strata, n - 1)) > margin);
        }
    }

    proptest! {
        #[test]
        fn every_number_is_divided_and_no_stratum_gives_more_than_it_has(
            strata in proptest::collection::vec((0usize..4, 0u64..60, 1u64..4), 1..12),
            n in 0u64..300,
        ) {
            let strata: Vec<Plan> =
                strata.into_iter().map(|(group, size, favour)| Plan { group, size, favour }).collect();
            let drawn = allocate(&strata, Size::Items(n));
            let all: u64 = strata.iter().map(|stratum| stratum.size).sum();
            prop_assert_eq!(drawn.iter().sum::<u64>(), n.min(all));
            for (n, stratum) in drawn.iter().zip(&strata) {
                prop_assert!(*n <= stratum.size);
            }
        }
    }
}
