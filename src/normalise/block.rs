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
    // All ones where a byte passes: what a comparison of vectors gives.
    let mut passed = [0u8; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        passed[at] = 0u8.wrapping_sub(u8::from(test(block[at])));
        at += 1;
    }
    let sixteens = passed.as_chunks::<16>().0;
    let (mut bits, mut at) = (0, 0);
    while at < sixteens.len() {
        bits |= u64::from(highest_bits(sixteens[at])) << (at * 16);
        at += 1;
    }
    bits
}

/// The highest bit of each byte.
#[cfg(all(target_arch = "x86_64", target_feature = "sse2"))]
#[allow(unsafe_code)]
#[inline(always)]
fn highest_bits(bytes: [u8; 16]) -> u16 {
    use std::arch::x86_64::{_mm_movemask_epi8, _mm_set_epi64x};
    let [low, high] = [0, 8].map(|at| i64::from_le_bytes(std::array::from_fn(|byte| bytes[at + byte])));
    // The compiler finds no such instruction for plain loops; with it the view takes two thirds of the time.
    // SAFETY: both instructions belong to SSE2, without which this function is not compiled.
    unsafe { _mm_movemask_epi8(_mm_set_epi64x(high, low)) as u16 }
}

/// The highest bit of each byte.
#[cfg(not(all(target_arch = "x86_64", target_feature = "sse2")))]
#[inline(always)]
fn highest_bits(bytes: [u8; 16]) -> u16 {
    // The product gathers the lowest bit of each byte in its highest byte.
    let gathered = |eight: [u8; 8]| {
        (u64::from_le_bytes(eight) >> 7 & 0x0101_0101_0101_0101).wrapping_mul(0x0102_0408_1020_4080) >> 56
    };
    let [low, high] = [0, 8].map(|at| gathered(std::array::from_fn(|byte| bytes[at + byte])));
    (low | high << 8) as u16
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
