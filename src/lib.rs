//! framescope: corpus statistics for comparing how sources frame a conflict.

pub mod analysis;
pub mod codebook;
pub mod coder;
pub mod concordance;
pub mod corpus;
pub mod count;
pub mod diff;
pub mod error;
pub mod explain;
pub mod id;
pub mod inspect;
pub mod normalise;
pub mod output;
pub mod pipeline;
pub mod run;
pub mod segment;
pub mod show;
pub mod sketch;
pub mod span;
pub mod stats;
pub mod study;
pub mod tables;
pub mod tag;
pub mod tally;
pub mod voice;
pub mod zones;
