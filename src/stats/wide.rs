//! Loops over numbers that the processor takes several at once: four of 64 bits where it can, two on every other.
//!
//! With four the logarithms of `similarity` take half the time, and the likelihoods of `trend` two thirds.

/// Declares a function twice: as it stands, and with the same operations in wider instructions, for processors that have
/// them. The answers are the same to the last bit, since no operation is joined with another or moved.
macro_rules! wide {
    ($(#[$about:meta])* $vis:vis fn $name:ident $(<const $N:ident: usize>)? ($($arg:ident: $type:ty),* $(,)?) $(-> $answer:ty)? $body:block) => {
        $(#[$about])*
        #[inline(never)]
        $vis fn $name $(<const $N: usize>)? ($($arg: $type),*) $(-> $answer)? {
            #[inline(always)]
            fn plain $(<const $N: usize>)? ($($arg: $type),*) $(-> $answer)? $body

            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn in_fours $(<const $N: usize>)? ($($arg: $type),*) $(-> $answer)? {
                    plain $(::<$N>)? ($($arg),*)
                }
                if std::is_x86_feature_detected!("avx2") {
                    // SAFETY: the processor has what the function is compiled for.
                    #[allow(unsafe_code)]
                    return unsafe { in_fours $(::<$N>)? ($($arg),*) };
                }
            }
            plain $(::<$N>)? ($($arg),*)
        }
    };
}

pub(in crate::stats) use wide;
