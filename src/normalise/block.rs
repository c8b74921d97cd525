//! Sixty-four bytes at once: which of them are in a class, one bit a byte.
//!
//! Plain loops over arrays of a fixed size, which the compiler turns into vector instructions; by index, so that it
//! does so in any profile.

pub(super) const BLOCK: usize = 64;

/// The bytes from `at` on, filled up with zeros at the end of the text.
#[inline]
pub(super) fn block_at(bytes: &[u8], at: usize) -> [u8; BLOCK] {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(block) => *block,
        None => {
            let mut block = [0; BLOCK];
            let rest = bytes.get(at..).unwrap_or_default();
            block[..rest.len()].copy_from_slice(rest);
            block
        }
    }
}

/// One bit for each byte that passes the test, the first byte's lowest.
#[inline(always)]
pub(super) fn bits_where(block: &[u8; BLOCK], test: impl Fn(u8) -> bool) -> u64 {
    let mut passed = [0u8; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        passed[at] = u8::from(test(block[at]));
        at += 1;
    }
    let eights = passed.as_chunks::<8>().0;
    let (mut bits, mut at) = (0, 0);
    while at < eights.len() {
        // The product gathers the lowest bit of each byte in its highest byte.
        let gathered = u64::from_le_bytes(eights[at]).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits |= gathered << (at * 8);
        at += 1;
    }
    bits
}

/// The lowest `n` bits, all of them from 64 on.
#[inline]
pub(super) fn lowest(n: usize) -> u64 {
    if n >= 64 { !0 } else { (1 << n) - 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bits_tell_which_bytes_pass(bytes in proptest::collection::vec(any::<u8>(), 0..200), at in 0usize..210) {
            let block = block_at(&bytes, at);
            let vowels = bits_where(&block, |byte| matches!(byte | 0x20, b'a' | b'e' | b'i' | b'o' | b'u'));
            for (offset, read) in block.iter().enumerate() {
                let byte = bytes.get(at + offset).copied().unwrap_or(0);
                prop_assert_eq!(*read, byte);
                prop_assert_eq!(vowels >> offset & 1 == 1, b"aeiou".contains(&(byte | 0x20)));
            }
        }
    }
}
