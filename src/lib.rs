//! framescope

pub mod error;
pub mod id;
pub mod span;
pub mod corpus;
