//! The output edge: a folder that appears whole or not at all.

mod file;
mod folder;
mod hashing;
mod made;
mod parts;
mod stream;

pub use file::write_whole;
pub use folder::{Force, OutputFolder};
pub use hashing::{FileHash, Hashing};
pub use parts::{PartSink, PartTable, Parts};
pub use stream::StreamSink;
