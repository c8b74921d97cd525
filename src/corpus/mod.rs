//! Stage 1, read: folders, tables and JSON Lines in, [`Article`]s out.
mod date;
pub use date::PartialDate;
