//! The output edge: a folder that appears whole or not at all.

mod earlier;
mod files;
mod folder;
mod hashing;
mod in_place;
mod limit;
pub(crate) mod made;
pub(crate) mod making;
mod new_folder;
mod place;
mod small;
mod stream;
mod sync;

pub(crate) use earlier::hash_of;
pub use earlier::{Deviation, check_output};
pub use files::Files;
pub(crate) use folder::OutputFolder;
pub use folder::Overwrite;
pub(crate) use hashing::{FileHash, Hashing};
pub(crate) use limit::refuse_large;
pub use limit::{MostBytes, in_words};
pub use making::abandon;
pub use new_folder::NewFolder;
pub use small::{is_as_written, small_package};
pub(crate) use stream::StreamSink;
