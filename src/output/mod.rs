//! The output edge: a folder that appears whole or not at all.

mod earlier;
mod file;
mod folder;
mod hashing;
mod in_place;
mod made;
mod making;
mod parts;
mod place;
mod stream;
mod sync;

pub use earlier::{check_output, is_output_folder, listed};
pub use file::write_whole;
pub use folder::{Force, OutputFolder};
pub use hashing::{FileHash, Hashing};
pub use making::abandon;
pub use parts::{PartSink, PartTable, Parts};
pub use stream::StreamSink;
