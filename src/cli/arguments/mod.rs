//! Arguments that several commands share.

mod choices;
mod codebook;
mod corpus;
mod output;
mod study;

pub use choices::{voices, zone_lists};
pub use codebook::{CodebookArguments, name as codebook_name, read as codebook_in};
pub use corpus::{CorpusArguments, ReadingArguments};
pub use output::OutputArguments;
pub use study::{ComparisonArguments, CountingArguments, StudyArguments};
