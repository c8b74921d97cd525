//! What the page carries for its script: the rows of the tables, and the hits with their texts. Both are JSON, compressed
//! with gzip, in base64.

mod hits;
mod tables;

pub(super) use hits::hits;
pub(super) use tables::tables;

use flate2::{Compression, GzBuilder};
use serde_json::Value;
use std::io::Write;

/// The same bytes each time: no name and no time goes into the head.
pub(super) fn packed(value: &Value) -> std::io::Result<String> {
    let mut zip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::new(7));
    zip.write_all(value.to_string().as_bytes())?;
    Ok(base64(&zip.finish()?))
}

/// RFC 4648, with padding.
pub(super) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().enumerate().fold(0u32, |word, (at, byte)| word | u32::from(*byte) << (16 - 8 * at));
        for at in 0..4 {
            if at <= chunk.len() {
                out.push(char::from(DIGITS[(word >> (18 - 6 * at)) as usize & 63]));
            } else {
                out.push('=');
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_follows_the_vectors_of_rfc_4648() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
