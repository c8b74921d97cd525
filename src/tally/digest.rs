//! The digest that a line carries of itself: a number that was changed on the way is noticed. Nobody is kept from
//! computing it anew; against that a tally would have to be signed.

use crate::codebook::hex;
use sha2::{Digest, Sha256};

/// Where the digest stands; what is in the line before it has no such text.
pub(super) const KEY: &str = ",\"digest\":\"";
/// Hexadecimal digits of it.
const LENGTH: usize = 64;

/// Writes the digest of a line into it, at the place that was left for it.
pub(super) fn seal(line: &mut String) {
    if let Some(at) = place(line) {
        let digest = of(line, "");
        line.insert_str(at, &digest);
    }
}

/// Whether a line has the digest that belongs to it.
pub(super) fn is_sealed(line: &str) -> bool {
    let parts =
        place(line).and_then(|at| Some((line.get(..at)?, line.get(at..at + LENGTH)?, line.get(at + LENGTH..)?)));
    parts.is_some_and(|(before, digest, after)| of(before, after) == digest)
}

fn place(line: &str) -> Option<usize> {
    line.find(KEY).map(|at| at + KEY.len())
}

/// The digest of a line in two pieces.
fn of(before: &str, after: &str) -> String {
    hex(&Sha256::new().chain_update(before).chain_update(after).finalize())
}
