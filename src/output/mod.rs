//! The output edge: a folder that appears whole or not at all.

mod folder;
mod hashing;
mod parts;
mod stream;

pub use folder::{Force, OutputFolder};
pub use hashing::{FileHash, Hashing};
pub use parts::{PartSink, PartTable, Parts};
pub use stream::StreamSink;
