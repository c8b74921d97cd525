//! Stage 10, report: the tables of a run in, what people open out.
//!
//! Everything here is made from the rows of the tables and from the hits that were kept while the corpus was read;
//! nothing is counted again. only [`write()`] touches files.

mod answers;
mod excel;
mod extract;
mod facts;
mod figure;
mod guide;
mod inert;
mod network_files;
mod package;
mod page;
mod palette;
#[cfg(feature = "parquet")]
mod parquet;
mod payload;
mod rows;
mod shown;
mod texts;
mod vega;
mod workbook;
mod write;

pub use extract::{CorpusFindings, Extract};
use facts::Facts;
pub(crate) use facts::TableFiles;
pub use facts::{Excel, Report, ReportOptions, ReportPage, TableFormat};
pub use shown::fill;
pub use texts::{ReportText, TextLayer, TextSink, Texts};
pub(crate) use write::known_names;
pub use write::write;
