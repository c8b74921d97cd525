//! framescope

pub mod codebook;
pub mod corpus;
pub mod error;
pub mod id;
pub mod normalise;
pub mod segment;
pub mod sketch;
pub mod span;
pub mod tag;
pub mod voice;
pub mod zones;
