//! Hashes that are the same on every machine and in every version, because they are written to files.

/// Words in a shingle.
const SHINGLE: usize = 5;

/// FNV-1a over the bytes, mixed so that the least values of a set are a random sample of it.
fn hash(bytes: &[u8]) -> u64 {
    let fnv = bytes
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01B3));
    mix(fnv)
}

/// The finaliser of SplitMix64.
fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

pub(crate) fn line_hash(line: &str) -> u64 {
    hash(line.as_bytes())
}

/// The hashes of the distinct runs of five words, ascending. A text of fewer words has none.
pub(super) fn shingles<'t>(words: impl Iterator<Item = &'t str>) -> Vec<u64> {
    let mut window = [0u64; SHINGLE];
    let mut out = Vec::new();
    for (index, word) in words.enumerate() {
        window.rotate_left(1);
        window[SHINGLE - 1] = hash(word.as_bytes());
        if index + 1 >= SHINGLE {
            out.push(window.iter().fold(0, |all: u64, word| mix(all.wrapping_mul(31).wrapping_add(*word))));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shingles_are_the_distinct_runs_of_five_words() {
        let count = |text: &str| shingles(text.split(' ')).len();
        assert_eq!((count("a b c d"), count("a b c d e"), count("a b c d e f"), count("a a a a a a a")), (0, 1, 2, 1));
        assert_ne!(shingles("a b c d e".split(' ')), shingles("b a c d e".split(' ')));
    }

    #[test]
    fn hashes_stay_what_stored_sketches_hold() {
        assert_eq!(line_hash(""), 0xF52A_15E9_A9B5_E89B);
    }
}
