//! Many tests at once: the false discovery rate.

/// Benjamini-Hochberg q of every p: `min over j >= i of p(j)*m/j`, `p(1) <= ... <= p(m)`, at most 1.
///
/// The expected share of false findings when everything up to this q is taken for one. `m` is the number of rows with
/// a p; a row without one (`None`, or not a probability) has no q and does not count. Equal p share their q; the order
/// of the rows does not matter. Benjamini and Hochberg (1995), *Controlling the false discovery rate*.
pub fn benjamini_hochberg(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut ranked: Vec<(f64, usize)> =
        p.iter().enumerate().filter_map(|(row, &p)| p.filter(|p| (0.0..=1.0).contains(p)).map(|p| (p, row))).collect();
    ranked.sort_by(|left, right| left.0.total_cmp(&right.0));
    let m = ranked.len() as f64;
    let mut q = vec![None; p.len()];
    let mut smallest = 1.0_f64;
    for (index, &(p, row)) in ranked.iter().enumerate().rev() {
        // The factor first: it is exactly 1 at the last rank, where q must not fall below p.
        smallest = smallest.min(p * (m / (index + 1) as f64));
        q[row] = Some(smallest);
    }
    q
}
