//! The output edge: a folder that appears whole or not at all.

mod earlier;
mod files;
mod folder;
mod hashing;
mod in_place;
pub(crate) mod made;
pub(crate) mod making;
mod new_folder;
mod place;
mod small;
mod stream;
mod sync;

pub(crate) use earlier::hash_of;
pub use earlier::{Deviation, check_output};
pub use files::{Files, IsOurs};
pub use folder::{Force, OutputFolder};
pub use hashing::{FileHash, Hashing};
pub use making::abandon;
pub use new_folder::NewFolder;
pub use small::{is_as_written, small_package};
pub use stream::StreamSink;
