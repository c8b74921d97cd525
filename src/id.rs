//! Dense numbers for the things a codebook names, one type each, so that an actor never indexes a frame.

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
