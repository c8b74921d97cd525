//! Stage 10, report: the tables of a run in, what people open out.
//!
//! Everything here is made from the rows of the tables and from a bounded sample of framing hits; nothing is counted
//! again. only [`write()`] touches files.

mod chart;
mod excel;
mod extract;
mod facts;
mod figure;
mod guide;
mod hits;
mod network_files;
mod package;
mod page;
#[cfg(feature = "parquet")]
mod parquet;
mod rows;
mod shown;
mod vega;
mod workbook;
mod write;

pub use extract::{Extract, Findings};
use facts::Facts;
pub use facts::{Excel, Page, Report, ReportOptions, TableFormat};
pub use hits::{ARTICLES_SHOWN, HITS_SHOWN, Hit, HitSample, HitSink, HitsOfArticle, Mark};
pub use shown::{Shown, fill};
pub use write::{known_names, write};
