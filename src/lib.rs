//! framescope

pub mod corpus;
pub mod error;
pub mod id;
pub mod span;
