//! How evenly the word is given: many voices or few.
//!
//! `n_i` quotations of speaker `i`, `N` of all, `k` speakers with one.

/// Probability that two of the quotations have one speaker, `sum(n(n-1))/(N(N-1))`: 0 all different, 1 all of one.
/// `None` with fewer than two. Simpson (1949), *Measurement of diversity*; it is the Herfindahl-Hirschman index without
/// its bias.
pub fn hhi(counts: &[u64]) -> Option<f64> {
    let pairs = |n: u64| u128::from(n) * u128::from(n.saturating_sub(1));
    let all = pairs(counts.iter().sum());
    (all > 0).then(|| counts.iter().map(|n| pairs(*n)).sum::<u128>() as f64 / all as f64)
}

/// Entropy in bits, `-sum(p*log2(p))` with `p = n_i/N`: 0 to `log2(k)`. `None` without a quotation. Shannon (1948), *A
/// mathematical theory of communication*.
pub fn shannon(counts: &[u64]) -> Option<f64> {
    let all = counts.iter().sum::<u64>() as f64;
    let bits = |n: &u64| *n as f64 / all * (all / *n as f64).log2();
    (all > 0.0).then(|| counts.iter().filter(|n| **n > 0).map(bits).sum())
}

/// `shannon/log2(k)`: 1 all as often. `None` with fewer than two speakers. Pielou (1966), *The measurement of diversity in
/// different types of biological collections*.
pub fn evenness(counts: &[u64]) -> Option<f64> {
    let k = counts.iter().filter(|n| **n > 0).count();
    (k > 1).then(|| Some((shannon(counts)? / (k as f64).log2()).min(1.0)))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;

    #[test]
    fn speakers_have_their_vectors() {
        let counts = [5, 2, 0, 1];
        assert_abs_diff_eq!(hhi(&counts).unwrap(), 0.392857143, epsilon = 5e-10);
        assert_abs_diff_eq!(shannon(&counts).unwrap(), 1.298794941, epsilon = 5e-10);
        assert_abs_diff_eq!(evenness(&counts).unwrap(), 0.819448, epsilon = 5e-7);
        assert_eq!((hhi(&[1, 1]), shannon(&[1, 1]), evenness(&[1, 1])), (Some(0.0), Some(1.0), Some(1.0)));
        assert_eq!((hhi(&[1]), shannon(&[1]), evenness(&[1])), (None, Some(0.0), None));
        assert_eq!((hhi(&[0]), shannon(&[]), evenness(&[0, 0])), (None, None, None));
    }
}
