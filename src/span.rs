//! Positions. Bytes of the raw text and bytes of the normalised view are two types, so that they cannot be mixed up.

macro_rules! span {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $name {
            pub start: u32,
            pub end: u32,
        }

        impl $name {
            pub fn new(start: usize, end: usize) -> Self {
                debug_assert!(start <= end && end <= u32::MAX as usize);
                Self { start: start as u32, end: end as u32 }
            }

            pub fn range(self) -> std::ops::Range<usize> {
                self.start as usize..self.end as usize
            }

            pub fn len(self) -> usize {
                (self.end - self.start) as usize
            }

            pub fn is_empty(self) -> bool {
                self.start == self.end
            }

            /// Half-open: the end itself lies outside.
            pub fn contains(self, at: usize) -> bool {
                self.range().contains(&at)
            }
        }
    };
}

span! {
    /// Bytes of the raw text, half-open.
    RawSpan
}

span! {
    /// Bytes of the normalised view, half-open.
    NormSpan
}
