//! Arguments that several commands share.

mod choices;
mod codebook;
mod coded;
mod corpus;
mod output;
mod study;

pub use choices::{voices, zone_lists};
pub use codebook::{CodebookArguments, name as codebook_name, read as codebook_in};
pub use coded::{CodedArguments, adjudication, contents, warn_of_cells};
pub use corpus::{CorpusArguments, ReadingArguments};
pub use output::{OutputArguments, force};
pub use study::{ComparisonArguments, CountingArguments, StudyArguments};
