//! Dense numbers for the things a codebook names, one type each, so that an actor never indexes a frame.

use std::sync::atomic::{AtomicU64, Ordering};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub struct $name(pub u32);

        impl $name {
            pub fn new(index: usize) -> Self {
                debug_assert!(index <= u32::MAX as usize);
                Self(index as u32)
            }

            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

ids! {
    /// A row of `actors.csv`.
    ActorId,
    /// A row of `aliases.csv`.
    AliasId,
    /// A row of `frames.csv`.
    FrameId,
    /// A row of `terms.csv`.
    TermId,
    /// A pair of `pairs.csv`.
    PairId,
    /// A row of `pairs.csv`: one variant of a pair.
    VariantId,
    /// A rule that puts a passage into its zone: a structural one or a row of `zones.csv`.
    RuleId,
}

/// Tells a value from all others of its type, a copy included: what is remembered of one must not be used for another.
#[derive(Debug)]
pub struct Identity(u64);

impl Identity {
    pub fn number(&self) -> u64 {
        self.0
    }
}

impl Default for Identity {
    fn default() -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        Self(NEXT.fetch_add(1, Ordering::Relaxed))
    }
}

impl Clone for Identity {
    fn clone(&self) -> Self {
        Self::default()
    }
}
