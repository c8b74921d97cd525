//! The output edge: a folder that appears whole or not at all.

mod earlier;
pub(crate) mod file;
mod folder;
mod hashing;
mod in_place;
mod limit;
pub(crate) mod made;
mod making;
mod new_folder;
mod place;
mod stream;
mod sync;

pub use earlier::{Deviation, check_output};
pub use file::{write_streamed, write_whole};
pub use folder::{Force, OutputFolder};
pub use hashing::{FileHash, Hashing};
pub use limit::{MostBytes, in_words, refuse_large};
pub use making::abandon;
pub use new_folder::NewFolder;
pub use stream::StreamSink;
