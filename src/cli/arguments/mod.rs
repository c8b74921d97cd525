//! Arguments that several commands share.

mod choices;
mod codebook;
mod corpus;
mod study;

pub use choices::{voices, zone_lists};
pub use codebook::CodebookArguments;
pub use corpus::CorpusArguments;
pub use study::{ComparisonArguments, CountingArguments, StudyArguments};
