//! framescope

pub mod corpus;
pub mod error;
pub mod id;
pub mod normalise;
pub mod segment;
pub mod span;
pub mod zones;
