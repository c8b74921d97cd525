//! The output edge: a folder that appears whole or not at all.

mod earlier;
pub(crate) mod file;
mod folder;
mod hashing;
mod in_place;
pub(crate) mod made;
mod making;
mod place;
mod stream;
mod sync;

pub use earlier::{Deviation, check_output};
pub use file::write_whole;
pub use folder::{Force, OutputFolder};
pub use hashing::{FileHash, Hashing};
pub use making::abandon;
pub use stream::StreamSink;
