//! The output edge: a folder that appears whole or not at all.

mod folder;
mod stream;

pub use folder::{Force, OutputFolder};
pub use stream::StreamSink;
