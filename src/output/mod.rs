//! The output edge: a folder that appears whole or not at all.

pub(crate) mod file;
mod folder;
mod hashing;
pub(crate) mod made;
mod stream;

pub use file::write_whole;
pub use folder::{Force, OutputFolder};
pub use hashing::{FileHash, Hashing};
pub use stream::StreamSink;
