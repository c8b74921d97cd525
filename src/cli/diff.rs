//! `framescope diff`

use super::terminal::print;
use clap::Args;
use framescope::diff::{Diff, csv, text};
use framescope::error::Result;
use std::path::PathBuf;

/// Show what changed between two outputs, and why
///
/// Tells first what went in or was decided differently: articles added, removed or edited, files and entries of the
/// codebook, options, the version. Then, for each table, the rows that were added or removed and the cells that changed,
/// by the key of their row.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct DiffCommand {
    /// Folder of the older output
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// Folder of the newer output
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// Print every difference as CSV: what, name, key, column, old, new, change
    #[arg(long)]
    csv: bool,

    /// Show this many rows of each table; the CSV has them all
    #[arg(long, value_name = "N", default_value_t = 10)]
    rows: usize,
}

const EXAMPLES: &str = "\
Examples:
  framescope diff output.old output
  framescope diff output.old output --csv > changes.csv";

impl DiffCommand {
    pub fn execute(self) -> Result<()> {
        let diff = Diff::between(&self.old, &self.new)?;
        match self.csv {
            true => print(&csv(&diff)),
            false => print(&text(&diff, self.rows)),
        }
    }
}
